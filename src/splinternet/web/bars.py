"""Bars within tables: a figure in words, and how long its bar is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from splinternet.base.shares import rounded, rounded_number
from splinternet.base.texts import phrase

__all__ = ["Bar", "Track", "bars", "tracks"]


@dataclass(frozen=True)
class Bar:
    """A figure in words, and the length of its bar in hundredths; None for no bar."""

    text: str
    length: float | None = None


@dataclass(frozen=True)
class Track:
    """A share before and after on one track, in words, and both in hundredths of it."""

    text: str
    before: float
    after: float


def tracks(before: Sequence[float], after: Sequence[float]) -> tuple[Track, ...]:
    """Set shares after a change beside those before it."""
    return tuple(
        Track(_change(was, now), round(100 * was, 2), round(100 * now, 2))
        for was, now in zip(before, after, strict=True)
    )


def _change(was: float, now: float) -> str:
    if was == now:
        return phrase("web.bars.no_change", share=rounded(was))
    return f"{rounded(was)} → {rounded(now)}"


def bars(
    values: Sequence[float | None], unit: str = "share", texts: Sequence[str | None] = ()
) -> tuple[Bar, ...]:
    """Give figures of one unit their bars.

    Shares have bars of their own length, as long as none is above one; other figures are set
    against the largest, and one alone has none. ``texts`` stand in for figures that are none.
    """
    most = max((value for value in values if value is not None), default=0.0)
    full = 1.0 if unit == "share" else most if len(values) > 1 else 0.0
    found = []
    for number, value in enumerate(values):
        if value is None:
            text = texts[number] if number < len(texts) else None
            found.append(Bar(text or "–"))
        else:
            said = rounded(value) if unit == "share" else rounded_number(value)
            found.append(Bar(said, round(100 * min(1.0, value / full), 2) if full else None))
    return tuple(found)
