"""The world map: one figure of each nation, as a shade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from splinternet.base.checked import typed
from splinternet.base.countries import country_codes
from splinternet.base.errors import MisuseError
from splinternet.base.texts import country_called, phrase
from splinternet.brief.charts.frames import figure
from splinternet.brief.drawings.classes import class_names, class_of, round_breaks
from splinternet.brief.drawings.nations_map import Nation, nations_map
from splinternet.brief.drawings.rows import checked
from splinternet.brief.drawings.svg import Drawing
from splinternet.brief.theme import NONE, SHADES, SPREAD

__all__ = ["world_map"]

#: How many of the largest and of the smallest figures the description tells.
_TOLD = 5


@typed
def world_map(
    values: pl.DataFrame,
    *,
    title: str,
    unit: str = "share",
    highlight: str | None = None,
    breaks: Sequence[float] | None = None,
    link: str | None = None,
) -> Drawing:
    """Shade each nation by its figure, in a few classes that can be told apart.

    The projection is Equal Earth (Šavrič, Patterson and Jenny 2018), which shows areas truly.
    Antarctica is left out.

    Parameters
    ----------
    values
        ``country``, an ISO 3166-1 alpha-2 code, and ``value``, null if not known. Nations that
        are not here are shown as without a figure. Where values are below nought the scale has
        two arms.
    title
        What is seen.
    unit
        ``share`` for shares of one; anything else stands behind the title.
    highlight
        Code of a nation to outline.
    breaks
        Where one class ends and the next begins: up to four ascending numbers, or six where some
        are below nought. Maps with the same breaks can be compared. Left out, they follow from
        the values.
    link
        Address of a nation's page with ``{country}`` in it, for maps to choose from.

    Raises
    ------
    MisuseError
        If the frame lacks columns or rows, names a country twice or one that is none, or if the
        breaks do not ascend or are too many or few.
    """
    known = _figures(checked(values, "world map", ("country", "value")))
    if highlight is not None and highlight not in country_codes():
        raise MisuseError.unknown("country code", highlight, country_codes())
    breaks, ramp = _classes([v for v in known.values() if v is not None], unit, breaks)
    nations = {
        code: Nation(NONE if value is None else ramp[class_of(value, breaks)], figure(value, unit))
        for code, value in known.items()
    }
    return nations_map(
        nations,
        title=title if unit == "share" else f"{title} ({unit})",
        link=None if link is None else lambda code: link.replace("{country}", code),
        highlight=highlight,
        legend=(
            *zip(ramp, class_names(breaks, unit), strict=True),
            (NONE, figure(None, unit)),
        ),
        about=_description(known, unit),
    )


def _classes(
    values: list[float], unit: str, breaks: Sequence[float] | None
) -> tuple[Sequence[float], list[str]]:
    """Choose where classes end, and the shade of each."""
    if breaks is None:
        breaks = round_breaks(values, unit)
    ramp = SPREAD if min([*values, *breaks]) < 0 else SHADES
    if list(breaks) != sorted(set(breaks)) or not 1 <= len(breaks) < len(ramp):
        raise MisuseError(f"world map: give up to {len(ramp) - 1} ascending breaks, not {breaks}")
    # Where there are fewer classes than shades, take shades that are far from each other.
    apart = (len(ramp) - 1) / len(breaks)
    return breaks, [ramp[round(number * apart)] for number in range(len(breaks) + 1)]


def _figures(rows: list[dict[str, Any]]) -> dict[str, float | None]:
    """Return the figure of each nation, which may be null."""
    found: dict[str, float | None] = {}
    for row in rows:
        code = row["country"]
        if code not in country_codes():
            raise MisuseError.unknown("country code", str(code), country_codes(), "in a world map")
        if code in found:
            raise MisuseError(f"world map: {code} is there twice; give each country one row")
        found[code] = row["value"]
    return found


def _description(known: dict[str, float | None], unit: str) -> str:
    """Tell the largest and smallest figures, and how many there are."""
    figures = [(value, code) for code, value in known.items() if value is not None]
    ranked = sorted(figures, key=lambda pair: (-pair[0], pair[1]))
    if len(ranked) <= 2 * _TOLD:
        parts = [_listed(ranked, unit)]
    else:
        parts = [
            phrase("charts.largest", nations=_listed(ranked[:_TOLD], unit)),
            phrase("charts.smallest", nations=_listed(ranked[-_TOLD:], unit)),
        ]
    return phrase("charts.map", number=len(figures), said="; ".join(parts))


def _listed(ranked: list[tuple[float, str]], unit: str) -> str:
    return ", ".join(f"{country_called(code)} {figure(value, unit)}" for value, code in ranked)
