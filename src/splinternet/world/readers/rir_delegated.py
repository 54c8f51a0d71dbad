"""RIR delegated-extended statistics: what a registry delegated, and to which country."""

from __future__ import annotations

import re

import polars as pl

from splinternet.world.files import Source
from splinternet.world.readers._facts import known_countries
from splinternet.world.readers._lines import Layout, first_line
from splinternet.world.readers._reading import Reading

NAME = "RIR delegated-extended"
PROVIDES = frozenset({"country"})
LICENCE = "published by the registry for general use"
CITATION = (
    "Delegated-extended statistics of the regional Internet registries, "
    "https://www.nro.net/about/rirs/statistics/"
)

_VERSION = r"^\d+(\.\d+)?\|[a-z]+\|\d+\|\d+\|\d*\|\d*\|[+-]?\d*$"
_SUMMARY = r"^[a-z]+\|\*\|(asn|ipv4|ipv6)\|\*\|\d+\|summary$"
_RECORD = r"^[a-z]+\|[A-Za-z]{0,2}\|(asn|ipv4|ipv6)\|[0-9a-fA-F.:]+\|\d+\|[0-9-]*\|[a-z]+(\|.*)?$"
_HELD_ASN = r"^[a-z]+\|([A-Za-z]{2})\|asn\|(\d+)\|(\d+)\|[0-9-]*\|(?:allocated|assigned)(?:\|.*)?$"

#: A registry itself gets AS numbers from IANA in blocks of 1,024; far above is a typing error.
_MOST_AT_ONCE = 65_536

_LINE = pl.col("line")
_START = _LINE.str.extract(_HELD_ASN, 2).cast(pl.Int64, strict=False)
_COUNT = _LINE.str.extract(_HELD_ASN, 3).cast(pl.Int64, strict=False)

_LAYOUT = Layout(
    form="registry|country|asn, ipv4 or ipv6|start|count|date|status|...",
    schema={"line": pl.String},
    separator="\x1f",  # does not occur: lines of three shapes are taken whole
    derived=(_START.alias("start"), _COUNT.alias("count")),
    checks=(
        (
            ~_LINE.str.contains(f"{_VERSION}|{_SUMMARY}|{_RECORD}"),
            "should be 'registry|country|asn, ipv4 or ipv6|start|count|date|status|...'",
        ),
        (
            (pl.col("start") + pl.col("count") > 2**32) | (pl.col("count") > _MOST_AT_ONCE),
            "there are no so many AS numbers",
        ),
    ),
)


def detect(head: list[str]) -> bool:
    """Tell whether the first line is the version line."""
    return re.match(_VERSION, first_line(head).strip()) is not None


def read(source: Source) -> Reading:
    """Read the countries of AS numbers that are allocated or assigned."""
    rows = _LAYOUT.parse(source).filter(_LINE.str.contains(_RECORD))
    asns = rows.filter(_LINE.str.contains("|asn|", literal=True))
    held = asns.drop_nulls("start").select(
        pl.int_ranges("start", pl.col("start") + pl.col("count"), dtype=pl.Int64).alias("asn"),
        _LINE.str.extract(_HELD_ASN, 1).alias("country"),
    )
    facts, strange = known_countries(
        held.explode("asn").with_columns(pl.col("asn").cast(pl.UInt32))
    )
    skipped = {
        "IPv4 or IPv6 record": rows.height - asns.height,
        "neither allocated nor assigned": asns.height - held.height,
    }
    return Reading(
        rows=rows.height,
        skipped={reason: n for reason, n in skipped.items() if n},
        no_country=strange,
        facts=facts,
    )
