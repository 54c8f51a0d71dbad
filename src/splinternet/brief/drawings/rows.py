"""The rows of a frame that a picture is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from splinternet.base.errors import MisuseError

__all__ = ["checked"]


def checked(
    frame: pl.DataFrame, chart: str, needed: Iterable[str], optional: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """Return the rows of a frame, optional columns filled with null, as is what is no number.

    Raises
    ------
    MisuseError
        If the frame lacks a column or has no rows.
    """
    lacking = [name for name in needed if name not in frame.columns]
    if lacking:
        raise MisuseError(
            f"{chart}: the frame has no column {lacking[0]!r}; give {', '.join(needed)}"
        )
    if frame.is_empty():
        raise MisuseError(f"{chart}: the frame has no rows, so there is nothing to draw")
    blank = dict.fromkeys(optional)
    return [blank | row for row in frame.fill_nan(None).iter_rows(named=True)]
