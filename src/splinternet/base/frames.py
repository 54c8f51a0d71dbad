"""Frames that callers give: whether they have the columns that are needed, of the right types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import polars as pl

from splinternet.base.errors import MisuseError

__all__ = ["Holds", "check_columns", "check_numbers_of_networks"]

#: What a column holds; of AS numbers none may be missing.
Holds = Literal["AS numbers", "numbers", "texts", "truth values", "groups"]


def check_columns(frame: pl.DataFrame, called: str, needed: Mapping[str, Holds], form: str) -> None:
    """Check that a frame has the columns that are needed, of the right types.

    Parameters
    ----------
    frame
        The frame.
    called
        What it is, as the error begins.
    needed
        What each column must hold.
    form
        What to give, as the error ends.

    Raises
    ------
    MisuseError
        If it lacks a column, or one holds something else.
    """
    for name, holds in needed.items():
        if name not in frame.columns:
            has = ", ".join(frame.columns) or "none"
            raise MisuseError(f"{called}: no column {name!r} among those given ({has}); {form}")
        column = frame[name]
        if not _fits(column.dtype, holds):
            kind = f"is of type {column.dtype}"
        elif holds == "AS numbers" and column.has_nulls():
            kind = "has gaps"
        else:
            continue
        raise MisuseError(f"{called}: column {name!r} {kind}, but should have {holds}; {form}")


def check_numbers_of_networks(given: pl.Series) -> None:
    """Check that a column that is given for networks holds AS numbers.

    Raises
    ------
    MisuseError
        If it holds something else, or nothing in a row.
    """
    form = "give AS numbers, as [3356, 1299]"
    check_columns(given.to_frame("asn"), "networks", {"asn": "AS numbers"}, form)


def _fits(dtype: pl.DataType, holds: Holds) -> bool:
    if holds == "AS numbers":
        return dtype.is_integer()
    if isinstance(dtype, pl.Null):
        return True  # nothing is known in any row
    if holds == "numbers":
        return dtype.is_numeric()
    if holds == "truth values":
        return isinstance(dtype, pl.Boolean)
    if holds == "texts":
        return isinstance(dtype, pl.String | pl.Categorical | pl.Enum)
    return not dtype.is_nested()
