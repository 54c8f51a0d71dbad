"""Dates as exactly as they are known, and the years that a chart marks."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from splinternet.base.errors import MisuseError

__all__ = ["day_of", "marked_years"]

#: A marked year takes at least so many pixels.
_ROOM = 44


def day_of(text: object, what: str, *, last: bool = False) -> date:
    """Return the first day that a date may mean, or the last.

    Parameters
    ----------
    text
        An ISO date: ``2019``, ``2019-11`` or ``2019-11-05``; or a :class:`datetime.date`.
    what
        What has this date, for the error.
    last
        Whether the last day is wanted.

    Raises
    ------
    MisuseError
        If it is no such date.
    """
    try:
        year, month, day = ([int(part) for part in str(text).split("-")] + [0, 0])[:3]
        month = month or (12 if last else 1)
        return date(year, month, day or (monthrange(year, month)[1] if last else 1))
    except ValueError:
        raise MisuseError(
            f"{what} has the date {str(text)!r}; give it as 2019, 2019-11 or 2019-11-05"
        ) from None


def marked_years(first: int, last: int, width: float) -> list[int]:
    """Return every year from the first to the last, or every few where there is little room."""
    steps = (1, 2, 5, 10, 20, 50, 100, 1000)
    step = next(many for many in steps if width * many >= _ROOM * (last - first))
    return [year for year in range(first, last + 1) if year % step == 0]
