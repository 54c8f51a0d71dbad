"""Doubts of shipped figures: the carriers in doubt that figures of nations rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from splinternet.measures.catalogue import find_measure
from splinternet.measures.doubts import figures_doubt

__all__ = ["Doubts", "doubts_in", "with_doubt"]

#: By nation, then by measure: the carriers, and why they are in doubt.
Doubts = Mapping[str, Mapping[str, str]]


def doubts_in(tables: Iterable[tuple[str, pl.DataFrame]]) -> Doubts:
    """Doubts of the figures that measures take from their tables.

    Parameters
    ----------
    tables
        Measures by name, and their rows of all nations, by ``nation``; those without a column
        ``doubt`` have none.
    """
    found: dict[str, dict[str, str]] = {}
    for name, table in tables:
        if "doubt" not in table.columns:
            continue
        for code in table.drop_nulls("doubt")["nation"].unique().sort():
            rows = table.filter(nation=code).drop("nation")
            if words := figures_doubt(find_measure(name), rows, code):
                found.setdefault(code, {})[name] = words
    return found


def with_doubt(nations: pl.DataFrame, doubts: Doubts) -> pl.DataFrame:
    """Nations with a column ``doubt``: measures whose figures are in doubt, and why; or null."""
    words = {
        code: "; ".join(f"{name}: {why}" for name, why in each.items())
        for code, each in doubts.items()
    }
    doubt = pl.col("country").replace_strict(words, default=None, return_dtype=pl.String)
    return nations.with_columns(doubt=doubt).select(
        pl.exclude("doubt", "missing"), "doubt", *(n for n in nations.columns if n == "missing")
    )
