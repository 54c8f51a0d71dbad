"""Cleaning what files say about networks."""

from __future__ import annotations

import re

import polars as pl

from splinternet.base.countries import country_codes

__all__ = ["CONTROLS", "clean_texts", "cleaned", "counted", "known_countries", "text"]

#: Control characters, of which XML 1.0 lacks most and terminals obey some, and what it lacks
#: besides; not the white space among them.
CONTROLS = "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]"
_ODD = CONTROLS[:-1] + "\t\n\x0b\x0c\r\x85]"


def text(column: str) -> pl.Expr:
    """Trim a column of text; nothing left is null."""
    trimmed = pl.col(column).str.strip_chars()
    return pl.when(trimmed != "").then(trimmed).alias(column)


def clean_texts(frame: pl.DataFrame, *columns: str) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Drop control characters from columns of text; note how many, and what is no UTF-8."""
    controls = unknown = 0
    for column in columns:
        unknown += int(frame[column].str.contains("\ufffd", literal=True).sum())
        if frame[column].str.contains(_ODD).any():
            controls += int(frame[column].str.count_matches(CONTROLS).sum())
            shown = pl.col(column).str.replace_all(CONTROLS, "").str.replace_all(r"\s+", " ")
            frame = frame.with_columns(shown)
    encoded = f"names with characters that are no UTF-8, shown as \ufffd: {unknown:,}"
    return frame, (*counted(controls), *([encoded] if unknown else []))


def cleaned(given: str) -> str:
    """Trim a text and drop control characters, as :func:`clean_texts` does of a column."""
    return re.sub(r"\s+", " ", re.sub(CONTROLS, "", given)).strip()


def counted(controls: int) -> tuple[str, ...]:
    """Note that so many control characters were dropped, if any were."""
    return (f"{controls:,} control characters in names were dropped",) if controls else ()


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
