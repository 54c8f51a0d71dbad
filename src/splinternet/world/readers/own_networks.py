"""Networks of one's own: CSV with ``asn`` and what one knows of them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import polars as pl

from splinternet.base.countries import known_country
from splinternet.world.files import Source
from splinternet.world.readers import libloc
from splinternet.world.readers._facts import CONTROLS, cleaned, counted
from splinternet.world.readers._lines import ADVICE
from splinternet.world.readers._own import OwnTable, asn_of
from splinternet.world.readers._reading import Reading

NAME = "own table of networks"
EXAMPLE = "asn,country,name,organisation,addresses,users"
PROVIDES = frozenset({"addresses", "country", "names", "users"})
LICENCE, CITATION = "", ""

_FACTS = ("country", "name", "org", "ipv4_addresses", "users")
_TABLE = OwnTable(
    {
        "asn": "asn",
        "as": "asn",
        "country": "country",
        "name": "name",
        "organisation": "org",
        "organization": "org",
        "org": "org",
        "addresses": "ipv4_addresses",
        "ipv4_addresses": "ipv4_addresses",
        "users": "users",
    }
)
_MOST = {"ipv4_addresses": 2**32, "users": 10**10}


def detect(head: list[str]) -> bool:
    """Tell whether the first line names ``asn`` and a fact, once each."""
    columns = _TABLE.columns(head)
    known = [column for column in columns if column in ("asn", *_FACTS)]
    told_once = len(set(known)) == len(known) >= 2
    return "asn" in known and told_once and not libloc.detect(head)


def read(source: Source) -> Reading:
    """Read what the table tells; of a network listed again, users are summed.

    Its country is then that in which most of its users are.
    """
    found: dict[str, list[Any]] = defaultdict(list)
    strange: dict[str, int] = defaultdict(int)
    controls = 0
    columns = _TABLE.columns(source.head())
    told = [column for column in _FACTS if column in columns]
    for line, cells in _TABLE.rows(source):
        number = asn_of(cells["asn"])
        if number is None:
            raise source.error(f"asn: {cells['asn'][:40]!r} is no AS number; {ADVICE}", line)
        found["asn"].append(number)
        for column in told:
            given = cells[column]
            controls += len(re.findall(CONTROLS, given)) if column in ("name", "org") else 0
            try:
                value = _value(column, cleaned(given) if column in ("name", "org") else given)
            except ValueError as error:
                raise source.error(f"{column}: {error}; {ADVICE}", line) from None
            if column == "country" and given and value is None:
                strange[f"no country ({given[:20]})"] += 1
            found[column].append(value)
    if not found:
        raise source.error("holds no line of data; put one under the names of the columns")
    schema = {"asn": pl.UInt32, **{c: pl.Int64 if c in _MOST else pl.String for c in told}}
    rows = pl.DataFrame({c: found[c] for c in schema}, schema=schema)
    unused = [column for column in columns if column.isupper()]
    notes = (f"columns not used: {', '.join(unused).lower()}",) if unused else ()
    return Reading(
        rows=rows.height,
        no_country=dict(strange),
        notes=notes + counted(controls),
        is_signed=False,
        facts=_summed(rows) if "users" in told else rows,
    )


def _value(column: str, given: str) -> Any:  # noqa: ANN401 - text or a number, as the column has
    if not given:
        return None
    if column == "country":
        return known_country(given)
    if column not in _MOST:
        return given
    found = re.fullmatch(r"(\d{1,18})(?:\.0*)?", given)
    if not found or int(found[1]) > _MOST[column]:
        raise ValueError(f"{given[:40]!r} is no whole number from 0 to {_MOST[column]:,}")
    return int(found[1])


def _summed(rows: pl.DataFrame) -> pl.DataFrame:
    """Leave one row of a network: that with the most users, and the users of all."""
    first = rows.sort("users", descending=True, nulls_last=True, maintain_order=True).unique(
        "asn", keep="first", maintain_order=True
    )
    known = pl.col("users").count() > 0
    sums = rows.group_by("asn").agg(pl.when(known).then(pl.col("users").sum()).alias("users"))
    return first.drop("users").join(sums, on="asn", maintain_order="left")
