"""CAIDA IXPs, ``ixs``: the exchange points, one JSON object a line."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import Annotated

import msgspec
import polars as pl

from splinternet.base.countries import known_country
from splinternet.world.files import Source
from splinternet.world.readers._facts import CONTROLS, cleaned, counted
from splinternet.world.readers._json_lines import decode_lines, keys_of_first
from splinternet.world.readers._reading import Reading
from splinternet.world.schema import TABLES

NAME = "CAIDA IXPs, exchanges"
EXAMPLE = '{"ix_id": 1, "name": "MSK-IX", "country": "RU"}'
PROVIDES = frozenset({"exchanges"})
LICENCE = "CAIDA Acceptable Use Agreement for publicly accessible datasets"
CITATION = "The CAIDA UCSD IXPs Dataset, https://www.caida.org/catalog/datasets/ixps/"


class _Exchange(msgspec.Struct):
    ix_id: Annotated[int, msgspec.Meta(ge=0, lt=2**32)]
    name: str
    country: str | None = None
    city: str | None = None


def detect(head: list[str]) -> bool:
    """Tell whether the first line is an object with the keys of an exchange."""
    return {"ix_id", "name"} <= keys_of_first(head)


def read(source: Source) -> Reading:
    """Read the exchanges; a few countries are given by name.

    Some editions give one number to several exchanges. Their members cannot be told apart
    then, so all of these are skipped.
    """
    rows = decode_lines(source, _Exchange)
    times = Counter(row.ix_id for row in rows)
    single = [row for row in rows if times[row.ix_id] == 1]
    exchanges = pl.DataFrame(
        [
            (row.ix_id, _text(row.name), _country(row.country), _text(row.city) or None)
            for row in single
        ],
        schema=TABLES["exchanges"].schema,
        orient="row",
    )
    left_out = len(rows) - len(single)
    return Reading(
        rows=len(rows),
        skipped={"number shared by several exchanges": left_out} if left_out else {},
        notes=counted(sum(len(re.findall(CONTROLS, f"{row.name}{row.city}")) for row in single)),
        exchanges=exchanges,
    )


def _text(given: str | None) -> str:
    return cleaned(html.unescape(given or ""))


def _country(given: str | None) -> str | None:
    return known_country(_text(given)) if given else None
