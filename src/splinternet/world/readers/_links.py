"""What the two as-rel formats have in common."""

from __future__ import annotations

import polars as pl

from splinternet.world.files import Source
from splinternet.world.readers._lines import Layout
from splinternet.world.readers._reading import Reading
from splinternet.world.schema import KINDS

__all__ = ["CITATION", "LICENCE", "checks", "reading"]

LICENCE = "CAIDA Acceptable Use Agreement for publicly accessible datasets"
CITATION = "The CAIDA UCSD AS Relationships Dataset, https://www.caida.org/catalog/datasets/as-relationships/"

_A, _B, _CODE = pl.col("a"), pl.col("b"), pl.col("code")

checks = (
    (
        ~_CODE.is_in([-1, 0]),
        "the relationship code must be -1 (provider and customer) or 0 (peers)",
    ),
    ((_A == 0) | (_B == 0), "0 is no AS number"),
    (_A == _B, "a network has no relationship with itself"),
)


def reading(source: Source, layout: Layout, evidence: pl.Expr) -> Reading:
    """Read the links of a file whose layout has the columns ``a``, ``b`` and ``code``."""
    rows = layout.parse(source)
    reserved = _reserved(_A) | _reserved(_B)
    peers = _CODE == 0
    links = rows.filter(~reserved).select(
        pl.when(peers).then(pl.min_horizontal("a", "b")).otherwise("a").alias("a"),
        pl.when(peers).then(pl.max_horizontal("a", "b")).otherwise("b").alias("b"),
        pl.when(peers)
        .then(pl.lit("p2p"))
        .otherwise(pl.lit("p2c"))
        .cast(pl.Enum(KINDS))
        .alias("kind"),
        evidence.alias("evidence"),
    )
    left_out = rows.height - links.height
    skipped = {"private or reserved AS number": left_out} if left_out else {}
    return Reading(rows=rows.height, skipped=skipped, links=links)


def _reserved(asn: pl.Expr) -> pl.Expr:
    """Numbers that name no one network (IANA special-purpose AS numbers, RFC 6996, 5398, 7300)."""
    return asn.is_between(64_496, 131_071) | (asn >= 4_200_000_000) | (asn == 23_456)
