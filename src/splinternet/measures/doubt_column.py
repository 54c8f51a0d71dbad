"""The column ``doubt`` of tables with figures of many measures: doubts by measure, as one text.

A doubt names the carriers that figures of a measure rest on, each with why it is in doubt, as
``AS1: of one link; AS2: of two``. A table has those of all measures in one cell, each after the
name of its measure: ``cti: AS1: of one link; AS2: of two; cut: AS1: of one link``. Only what reads
shipped tables, which have nothing else, takes such a cell apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["read_doubts", "write_doubts"]

#: Where the doubts of a measure begin: its name, and the first carrier.
_BEGIN = re.compile(r"(?:^|; )(?=[\w-]+: AS\d)")


def write_doubts(doubts: Mapping[str, str]) -> str | None:
    """Write doubts, by name of the measure, as a cell of the column; None if there are none.

    Examples
    --------
    >>> write_doubts({"cti": "AS1: of one link; AS2: of two", "cut": "AS1: of one link"})
    'cti: AS1: of one link; AS2: of two; cut: AS1: of one link'
    """
    return "; ".join(f"{name}: {doubt}" for name, doubt in doubts.items()) or None


def read_doubts(cell: str | None) -> dict[str, str]:
    """Doubts by name of the measure, as :func:`write_doubts` writes them.

    Examples
    --------
    >>> read_doubts("cti: AS1: of one link; AS2: of two; cut: AS1: of one link")
    {'cti': 'AS1: of one link; AS2: of two', 'cut': 'AS1: of one link'}
    """
    parts = (each.partition(": ") for each in _BEGIN.split(cell or "") if each)
    return {name: doubt for name, _, doubt in parts}
