"""Links of the formats of relationships, in common."""

from __future__ import annotations

import re

import polars as pl

from splinternet.world.files import Source
from splinternet.world.readers._lines import Layout
from splinternet.world.readers._reading import Reading
from splinternet.world.schema import KINDS

__all__ = ["CITATION", "LICENCE", "checks", "links_table", "reading"]

LICENCE = "CAIDA Acceptable Use Agreement for publicly accessible datasets"
CITATION = "The CAIDA UCSD AS Relationships Dataset, https://www.caida.org/catalog/datasets/as-relationships/"

#: Comments that begin CAIDA's own files, and no others that are known.
_SIGNED = re.compile(r"# ?(source: ?topology\||(input|inferred) clique: ?\d|IXP ASes: ?\d)")

_CLIQUE = re.compile(r"# ?(?:input|inferred) clique:((?: \d{1,10})+)")
_ROUTE_SERVERS = re.compile(r"# ?IXP ASes:((?: \d{1,10})+)")

_A, _B, _CODE = pl.col("a"), pl.col("b"), pl.col("code")

checks = (
    (
        ~_CODE.is_in([-1, 0, 1, 2]),
        "the relationship code must be -1 (provider and customer), 0 (peers), or 1 or 2 (siblings)",
    ),
    ((_A == 0) | (_B == 0), "0 is no AS number"),
    (_A == _B, "a network has no relationship with itself"),
)


def reading(source: Source, layout: Layout, evidence: pl.Expr, implied: str | None) -> Reading:
    """Read the links of a file whose layout has the columns ``a``, ``b`` and ``code``.

    Siblings, which are one organisation and neither customer nor peer of each other, are left out.
    """
    rows, head = layout.parse(source), source.head()
    told, notes = _one_way(rows)
    linked = told.filter(_CODE <= 0)
    kind = pl.when(_CODE == 0).then(pl.lit("p2p")).otherwise(pl.lit("p2c"))
    siblings = told.height - linked.height
    return Reading(
        rows=rows.height,
        skipped={"siblings (code 1 or 2)": siblings} if siblings else {},
        notes=notes,
        is_signed=any(_SIGNED.match(line) for line in head),
        implied=implied,
        links=links_table(linked, kind, evidence),
        clique=_named(_CLIQUE, head),
        route_servers=_named(_ROUTE_SERVERS, head),
    )


def _named(comment: re.Pattern[str], head: list[str]) -> tuple[int, ...]:
    """AS numbers in a comment at the top of the file."""
    lists = [found[1].split() for line in head if (found := comment.match(line))]
    return tuple(sorted({int(asn) for numbers in lists for asn in numbers}))


def links_table(rows: pl.DataFrame, kind: pl.Expr, evidence: pl.Expr) -> pl.DataFrame:
    """Make links of the columns ``a`` and ``b``; of peers the lower number goes first."""
    peers = pl.col("kind") == "p2p"
    return rows.select("a", "b", kind.cast(pl.Enum(KINDS)).alias("kind"), evidence=evidence).select(
        pl.when(peers).then(pl.min_horizontal("a", "b")).otherwise("a").alias("a"),
        pl.when(peers).then(pl.max_horizontal("a", "b")).otherwise("b").alias("b"),
        "kind",
        "evidence",
    )


def _one_way(rows: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Turn the form of CAIDA's files before 2010 into that of today.

    These say everything twice: ``customer|provider|-1`` and ``provider|customer|1``. Where a code 1
    mirrors a code -1, a file is of that form.
    """
    turned = rows.filter(_CODE == 1).select(a="b", b="a")
    if not turned.join(rows.filter(_CODE == -1), on=["a", "b"], how="semi").height:
        return rows, ()
    transit = _CODE.abs() == 1
    first = _CODE == -1
    today = rows.with_columns(
        pl.when(first).then(_B).otherwise(_A).alias("a"),
        pl.when(first).then(_A).otherwise(_B).alias("b"),
        pl.when(transit).then(pl.lit(-1, pl.Int32)).otherwise(_CODE).alias("code"),
    )
    note = "of the form before 2010: code 1 has the provider first, code -1 the customer"
    return today, (note,)
