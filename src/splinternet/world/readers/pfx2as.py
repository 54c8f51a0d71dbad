"""CAIDA pfx2as: prefix, length and origin; ``_`` joins several origins, ``,`` an AS set."""

from __future__ import annotations

import re

import polars as pl

from splinternet.world.files import Source
from splinternet.world.readers._lines import Layout
from splinternet.world.readers._reading import Reading

NAME = "CAIDA pfx2as"
EXAMPLE = "1.0.4.0\t24\t56203"
PROVIDES = frozenset({"addresses"})
LICENCE = "CAIDA Acceptable Use Agreement for publicly accessible datasets"
CITATION = (
    "The CAIDA UCSD RouteViews Prefix-to-AS mappings Dataset, "
    "https://www.caida.org/catalog/datasets/routeviews-prefix2as/"
)

#: Nobody is allocated more than a /8; what is shorter is a default route that leaked.
_SHORTEST = 8

_OCTETS = pl.col("prefix").str.splitn(".", 4).struct
_FIRST = pl.sum_horizontal(
    (
        _OCTETS.field(f"field_{i}").cast(pl.UInt8, strict=False).cast(pl.Int64) * 256 ** (3 - i)
        for i in range(4)
    ),
    ignore_nulls=False,
)
_SIZE = pl.lit(2, pl.Int64).pow(32 - pl.col("length").clip(0, 32).cast(pl.Int64))
_NUMBER = pl.element().cast(pl.UInt32, strict=False)
#: Null for an AS set, whose numbers a comma joins.
_AS_NUMBER = pl.col("asn").cast(pl.UInt32, strict=False)
_NUMBERS = pl.col("origin").str.replace_all(",", "_", literal=True).str.split("_")

_LAYOUT = Layout(
    form="prefix, length, origin (between tabs)",
    schema={"prefix": pl.String, "length": pl.UInt8, "origin": pl.String},
    separator="\t",
    derived=(_FIRST.alias("first"), _SIZE.alias("size")),
    checks=(
        (pl.col("first").is_null(), "the prefix is no IPv4 address"),
        (pl.col("length") > 32, "an IPv4 prefix is at most 32 bits long"),
        (pl.col("first") % pl.col("size") != 0, "the prefix has bits beyond its length"),
        (
            _NUMBERS.list.eval(_NUMBER.is_null()).list.any(),
            "the origin is no AS number (0 to 4294967295), nor several joined by _ or ,",
        ),
    ),
)


def detect(head: list[str]) -> bool:
    """Tell whether the first line is an IPv4 prefix, its length and an origin between tabs."""
    line = _LAYOUT.first_line(head)
    return re.fullmatch(r"\d+\.\d+\.\d+\.\d+\t\d+\t\d[\d_,]*\s*", line) is not None


def read(source: Source) -> Reading:
    """Read who originates which range; nobody in particular originates what an AS set does."""
    rows = _LAYOUT.parse(source)
    usable = rows.filter(pl.col("length") >= _SHORTEST)
    named = usable.with_row_index("row").select(
        "row",
        "first",
        (pl.col("first") + pl.col("size") - 1).alias("last"),
        pl.col("origin").str.split("_").alias("asn"),
    )
    origins = named.explode("asn").with_columns(_AS_NUMBER).drop_nulls("asn")
    skipped = {
        f"prefix shorter than /{_SHORTEST}": rows.height - usable.height,
        "AS set as origin": usable.height - origins["row"].n_unique(),
    }
    return Reading(
        rows=rows.height,
        skipped={reason: n for reason, n in skipped.items() if n},
        origins=origins.select("first", "last", "asn"),
    )
