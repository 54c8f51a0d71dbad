"""RIR delegated-extended statistics: what a registry delegated, and to which country."""

from __future__ import annotations

import re

import polars as pl

from splinternet.world.ages import dated
from splinternet.world.files import Source
from splinternet.world.readers._facts import known_countries
from splinternet.world.readers._lines import Layout
from splinternet.world.readers._reading import Reading

NAME = "RIR delegated-extended"
EXAMPLE = "ripencc|GB|asn|9002|1|19970828|allocated|x"
PROVIDES = frozenset({"country"})
LICENCE = "published by the registry for general use"
CITATION = (
    "Delegated-extended statistics of the regional Internet registries, "
    "https://www.nro.net/about/rirs/statistics/"
)

_VERSION = r"^\d+(\.\d+)?\|[a-z]+\|\d+\|\d+\|\d*\|\d*\|[+-]?\d*$"
_SUMMARY = r"^[a-z]+\|\*\|(asn|ipv4|ipv6)\|\*\|(\d+)\|summary$"
_RECORD = (
    r"^[a-z]+\|[A-Za-z]{0,2}\|(asn\|\d+(\.\d+)?|ipv[46]\|[0-9a-fA-F.:]+)"
    r"\|\d+\|[0-9-]*\|[a-z]+(\|.*)?$"
)
#: An AS number may be written 1.10, for 65546 (RFC 5396).
_HELD_ASN = (
    r"^[a-z]+\|([A-Za-z]{0,2})\|asn\|(?:(\d+)\.)?(\d+)\|(\d+)\|[0-9-]*\|"
    r"(?:allocated|assigned)(?:\|.*)?$"
)

#: A registry itself gets AS numbers from IANA in blocks of 1,024; far above is a typing error.
_MOST_AT_ONCE = 65_536

_LINE = pl.col("line")
_HIGH, _LOW, _COUNT = (
    _LINE.str.extract(_HELD_ASN, group).cast(pl.Int64, strict=False) for group in (2, 3, 4)
)
_START = pl.when(_HIGH.is_null()).then(_LOW).otherwise(_HIGH * 65_536 + _LOW)

_LAYOUT = Layout(
    form="registry|country|asn, ipv4 or ipv6|start|count|date|status|...",
    schema={"line": pl.String},
    separator="\x1f",  # does not occur: lines of three shapes are taken whole
    trimmed="|",
    derived=(_START.alias("start"), _COUNT.alias("count"), _HIGH.alias("high"), _LOW.alias("low")),
    checks=(
        (
            ~_LINE.str.contains(f"{_VERSION}|{_SUMMARY}|{_RECORD}"),
            "should be 'registry|country|asn, ipv4 or ipv6|start|count|date|status|...'",
        ),
        (
            pl.col("high").is_not_null() & (pl.max_horizontal("high", "low") > 65_535),
            "the parts of an AS number with a dot go to 65535",
        ),
        (
            (pl.col("start") + pl.col("count") > 2**32) | (pl.col("count") > _MOST_AT_ONCE),
            "there are no so many AS numbers",
        ),
        (
            _LINE.str.contains(_HELD_ASN) & (pl.col("start") + pl.col("count")).is_null(),
            "a number of more digits than AS numbers have",
        ),
    ),
)


def detect(head: list[str]) -> bool:
    """Tell whether the first line is the version line."""
    return re.match(_VERSION, _LAYOUT.first_line(head)) is not None


def read(source: Source) -> Reading:
    """Read the countries of AS numbers that are allocated or assigned."""
    lines = _LAYOUT.parse(source)
    rows = lines.filter(_LINE.str.contains(_RECORD))
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
        notes=_miscounted(lines, rows),
        dated=dated(str(lines["line"].first())),  # of the version line, the end comes last
        facts=facts,
    )


def _miscounted(lines: pl.DataFrame, rows: pl.DataFrame) -> tuple[str, ...]:
    """Compare the records of each kind with how many the file's own summary says there are.

    A note, no refusal: registries miscount too (LACNIC on 2019-09-10).
    """
    stated = lines.select(
        kind=_LINE.str.extract(_SUMMARY, 1),
        stated=_LINE.str.extract(_SUMMARY, 2).cast(pl.Int64, strict=False),
    ).drop_nulls()
    there = rows.select(kind=_LINE.str.split("|").list.get(2))["kind"].value_counts(name="there")
    sums = stated.group_by("kind", maintain_order=True).agg(pl.col("stated").sum())
    compared = sums.join(there, on="kind", how="left", maintain_order="left").fill_null(0)
    return tuple(
        f"its summary says {said:,} records of {kind}, {found:,} are there"
        for kind, said, found in compared.select("kind", "stated", "there").iter_rows()
        if said != found
    )
