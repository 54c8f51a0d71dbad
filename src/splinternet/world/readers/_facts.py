"""Cleaning what files say about networks."""

from __future__ import annotations

import polars as pl

from splinternet.base.countries import country_codes

__all__ = ["known_countries", "text"]


def text(column: str) -> pl.Expr:
    """Trim a column of text; nothing left is null."""
    trimmed = pl.col(column).str.strip_chars()
    return pl.when(trimmed != "").then(trimmed).alias(column)


def known_countries(frame: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, int]]:
    """Make null what is no country in the column ``country``, and count it.

    Registries also use codes of regions (EU, AP) and of nothing (ZZ); none of them is a country.
    """
    given = frame["country"].str.strip_chars().str.to_uppercase()
    known = given.is_in(sorted(country_codes()))
    strange = given.filter(~known)
    named = ", ".join(strange.unique().sort().head(6).to_list())
    cleaned = frame.with_columns(pl.when(known).then(given).alias("country"))
    return cleaned, {f"not an ISO 3166-1 country ({named})": len(strange)} if len(strange) else {}
