"""IPv4 ranges as integers, and the network that originates them: ``first,last,asn,name``."""

from __future__ import annotations

import re

import polars as pl

from splinternet.world.files import Source
from splinternet.world.readers._facts import clean_texts, text
from splinternet.world.readers._lines import RANGE_CHECKS, Layout
from splinternet.world.readers._reading import Reading

NAME = "integer ranges of networks"
EXAMPLE = '16777216,16777471,13335,"Cloudflare, Inc."'
PROVIDES = frozenset({"addresses", "names"})
LICENCE = "CC BY 4.0"
CITATION = "ip-location-db asn (RouteViews, DB-IP), https://github.com/sapics/ip-location-db"

_LAYOUT = Layout(
    form="first,last,asn,name",
    schema={"first": pl.Int64, "last": pl.Int64, "asn": pl.UInt32, "name": pl.String},
    separator=",",
    quoted=True,
    checks=RANGE_CHECKS,
)


def detect(head: list[str]) -> bool:
    """Tell whether the first line is three numbers and a name between commas."""
    return re.fullmatch(r'\d+,\d+,\d+,(".+"|[^,"]+)\s*', _LAYOUT.first_line(head)) is not None


def read(source: Source) -> Reading:
    """Read who originates which range, and the names of networks."""
    rows, notes = clean_texts(_LAYOUT.parse(source), "name")
    routed = rows.filter(pl.col("asn") != 0)
    skipped = {"not routed (AS0)": rows.height - routed.height}
    return Reading(
        rows=rows.height,
        skipped={reason: n for reason, n in skipped.items() if n},
        notes=notes,
        facts=routed.select("asn", text("name")),
        origins=routed.select("first", "last", "asn"),
    )
