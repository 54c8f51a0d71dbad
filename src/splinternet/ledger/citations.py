"""Citations of sources in the styles of MLA, APA and Chicago, made by citeproc-py.

The styles are our own, in the Citation Style Language, and as small as a ledger's sources allow.
"""

from __future__ import annotations

import json
import re
from calendar import month_name
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import Any, Literal, get_args

from splinternet.base.errors import MisuseError
from splinternet.ledger.ledger import Ledger

__all__ = ["STYLES", "Style", "cite"]

Style = Literal["mla", "apa", "chicago"]

#: The handbooks that a citation can follow.
STYLES: tuple[str, ...] = get_args(Style)

_NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")

_FOLDER = Path(__file__).with_name("styles")


def cite(ledger: Ledger, sources: Iterable[str], style: Style = "mla") -> dict[str, str]:
    """Cite sources as a list of works does, each with its kind in brackets behind it.

    Parameters
    ----------
    sources
        Their ids.
    style
        MLA Handbook, 9th edition; APA Publication Manual, 7th edition; or Chicago Manual of
        Style, 17th edition, author-date. Titles keep the capitals they have.

    Returns
    -------
    dict of str
        The citation of each source.

    Raises
    ------
    MisuseError
        If there is no such style.
    """
    if style not in STYLES:
        raise MisuseError.unknown("style", style, STYLES, f"one of {', '.join(STYLES)}")
    rows = {row["id"]: row for row in ledger.sources.iter_rows(named=True)}
    wanted = [rows[source] for source in dict.fromkeys(sources)]
    works = _works([json.loads(row["csl"]) for row in wanted], style)
    return {row["id"]: f"{work} [{_kind(row)}]" for row, work in zip(wanted, works, strict=True)}


def _kind(row: dict[str, str | None]) -> str:
    """Say what a source is, whose report it has, and that little of it was seen."""
    original = f", from {row['original']}" if row["original"] else ""
    return f"{row['kind']}{original}" + (", not seen" if row["seen"] == "not seen" else "")


def _works(items: list[dict[str, Any]], style: str) -> list[str]:
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON

    # Ids of our own making, as citeproc folds the case of those it is given.
    numbered = [
        item | _dates(item) | _authors(item) | {"id": f"work{number}"}
        for number, item in enumerate(items)
    ]
    form = CitationStylesStyle(str(_FOLDER / f"{style}.csl"), validate=False)
    bibliography = CitationStylesBibliography(form, CiteProcJSON(numbered), formatter.plain)
    for item in numbered:
        bibliography.register(Citation([CitationItem(item["id"])]))
    return [_mended(str(work)) for work in bibliography.bibliography()]


def _dates(item: dict[str, Any]) -> dict[str, Any]:
    """Write ranges of dates out, which citeproc cannot; ``status`` tells the styles of one."""
    found: dict[str, Any] = {}
    for key in ("issued", "accessed"):
        ends = item.get(key, {}).get("date-parts", ())
        if len(ends) == 2:
            found[key] = {"literal": _range(*ends)}
            found |= {"status": "range"} if key == "issued" else {}
    return found


def _range(first: list[int], last: list[int]) -> str:
    """Write a range: 5-7 June 2019, 30 May to 2 June 2019, 2019 to 1 March 2020.

    Parts that both ends share stand once; a hyphen joins ends of one word that are as exact.
    """
    begin, end = _in_words(first), _in_words(last)
    as_exact = len(begin) == len(end)
    while as_exact and begin[-1] == end[len(begin) - 1]:
        begin.pop()
    between = "-" if as_exact and len(begin) == 1 else " to "
    return f"{' '.join(begin)}{between}{' '.join(end)}"


def _in_words(parts: list[int]) -> list[str]:
    """Day, month and year, as far as they are known."""
    year, *rest = parts
    month, day = ([month_name[rest[0]]] if rest else []), [str(n) for n in rest[1:]]
    return [*day, *month, str(year)]


def _authors(item: dict[str, Any]) -> dict[str, Any]:
    """Leave the parts of names that citeproc knows."""
    authors = item.get("author", [])
    return {"author": [_name(author) for author in authors]} if authors else {}


def _name(author: dict[str, str]) -> dict[str, str]:
    if not author.get("family"):
        return {"literal": author["literal"]}
    return {part: text for part, text in author.items() if part in _NAME_PARTS and text}


def _mended(work: str) -> str:
    """Undo escapes, and drop the full stop behind a title that asks or cries."""
    return re.sub(r"([?!])\.(?=”| \()", r"\1", unescape(work).strip())
