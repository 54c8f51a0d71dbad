"""Cleaning what files say about networks."""

from __future__ import annotations

import re

import polars as pl

from splinternet.base.countries import country_codes

__all__ = ["CONTROLS", "cleaned", "controls_in", "counted", "known_countries", "text"]

#: Control characters, of which XML 1.0 lacks most and terminals obey some, and what it lacks
#: besides; not the white space among them.
CONTROLS = "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]"

_BLANKS = re.compile(r"\s+")


def text(column: str) -> pl.Expr:
    """Trim a column of text, drop control characters; nothing left is null."""
    shown = pl.col(column).str.replace_all(CONTROLS, "").str.replace_all(r"\s+", " ")
    trimmed = shown.str.strip_chars()
    return pl.when(trimmed != "").then(trimmed).alias(column)


def cleaned(given: str) -> str:
    """Trim a text and drop control characters, as :func:`text` does of a column."""
    return _BLANKS.sub(" ", re.sub(CONTROLS, "", given)).strip()


def controls_in(frame: pl.DataFrame, *columns: str) -> tuple[str, ...]:
    """Count the control characters in columns of text, for a note; no note where there are none."""
    found = int(frame.select(pl.sum_horizontal(_controls(c) for c in columns)).item() or 0)
    return counted(found)


def counted(controls: int) -> tuple[str, ...]:
    """Note that so many control characters were dropped, if any were."""
    return (f"{controls:,} control characters in names were dropped",) if controls else ()


def _controls(column: str) -> pl.Expr:
    return pl.col(column).str.count_matches(CONTROLS).sum()


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
