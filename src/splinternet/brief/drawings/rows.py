"""The rows of a frame that a picture is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from splinternet.base.errors import MisuseError
from splinternet.base.frames import Holds, check_columns

__all__ = ["checked"]

#: What columns hold that are no words.
_HOLDS: Mapping[str, Holds] = {
    **dict.fromkeys(("value", "low", "high", "other", "share"), "numbers"),
    "country": "texts",
    "disputed": "truth values",
}


def checked(
    frame: pl.DataFrame, chart: str, needed: Sequence[str], optional: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """Return the rows of a frame, optional columns filled with null, as is what is no number.

    Words and dates may be of other types than text.

    Raises
    ------
    MisuseError
        If the frame lacks a column or has no rows, or a column is of another type.
    """
    has = [name for name in optional if name in frame.columns]
    holds = {name: _HOLDS.get(name, "groups") for name in (*needed, *has)}
    check_columns(frame, chart, holds, f"give {', '.join(needed)}")
    words = [name for name, what in holds.items() if what == "groups"]
    frame = frame.with_columns(pl.col(words).cast(pl.String))
    if frame.is_empty():
        raise MisuseError(f"{chart}: the frame has no rows, so there is nothing to draw")
    blank = dict.fromkeys(optional)
    floats = [pl.col(name) for name, kind in frame.schema.items() if kind.is_float()]
    finite = frame.with_columns(pl.when(each.is_finite()).then(each) for each in floats)
    return [blank | row for row in finite.iter_rows(named=True)]
