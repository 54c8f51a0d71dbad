"""The first screen on a nation: what is unusual of it, and three figures among all nations'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import polars as pl

from splinternet.brief.finding import LOST, Finding, after_a_loss, findings
from splinternet.figures.ranges import COUNTED

__all__ = ["FIGURES", "TITLED", "Beside", "Doubted", "Front", "Placed", "front"]

#: The usual figures, and the column that names what each is about.
FIGURES = {
    "foreign_dependence": "foreign_dependence_on",
    "state_share": "state",
    COUNTED: "",
}

#: Figures that a title may be about, and that come before the others then.
TITLED = {
    "dependence": "dependence_on",
    "continuity": "",
    "detours": "",
    "reliability": "reliability_of",
}

#: How many figures there are.
_SHOWN = 3


@dataclass(frozen=True)
class Beside:
    """The nation that has the next figure below, or above."""

    country: str
    value: float


@dataclass(frozen=True)
class Doubted:
    """Why a figure is not sure: the carrier that is in doubt, why, and whether it counts in it."""

    asn: int
    why: str
    leads: bool


@dataclass(frozen=True)
class Placed:
    """One figure of a nation among all nations'.

    Attributes
    ----------
    figure
        Its name, as in an atlas.
    value
        A share, or a number of networks; None where there is nothing to measure.
    of
        The network or state that it is about.
    low, high
        The interval that it lies in, None if not known.
    doubt
        Why it is not sure, None if nothing speaks against it.
    values, median
        The figures of all nations, and the one in the middle.
    below, above
        The nations beside it; None at either end.
    """

    figure: str
    value: float | None
    of: int | str | None
    low: float | None
    high: float | None
    doubt: Doubted | None
    values: tuple[float, ...]
    median: float | None
    below: Beside | None
    above: Beside | None


@dataclass(frozen=True)
class Front:
    """First screen on a nation.

    Attributes
    ----------
    country
        The nation's code.
    networks
        How many it has.
    findings
        What is unusual of it, the most unusual first.
    state, state_share, state_low, state_high
        The foreign state that most of its routes pass, what part of them, and its own interval.
    figures
        The three figures, first that of the title.
    """

    country: str
    networks: int
    findings: tuple[Finding, ...]
    state: str | None
    state_share: float | None
    state_low: float | None
    state_high: float | None
    figures: tuple[Placed, ...]


def front(
    atlas: pl.DataFrame,
    country: str,
    beside: Mapping[str, Any] = MappingProxyType({}),
    lost: float | None = None,
) -> Front:
    """Find what the first screen on a nation says.

    Parameters
    ----------
    atlas
        All nations side by side, as :func:`~splinternet.measures.atlas.atlas` gives them.
    country
        The nation's code.
    beside
        ``FIGURE_low``, ``FIGURE_high`` and ``FIGURE_doubt`` of its figures, as far as known.
    lost
        The part of its routes that a scenario takes away, if it is after one.
    """
    own = atlas.filter(pl.col("country") == country)
    row = {**own.row(0, named=True), **beside} if own.height else {}
    found = findings(atlas, country, beside)
    if lost is not None and lost >= LOST:
        found = after_a_loss(found, lost)
    about = {each: of for each, of in TITLED.items() if each == found[0].figure} | FIGURES
    return Front(
        country=country,
        networks=int(row.get("networks") or 0),
        findings=found,
        state=row.get("state"),
        state_share=row.get("state_share"),
        state_low=row.get("state_low"),
        state_high=row.get("state_high"),
        figures=tuple(_placed(atlas, row, *each) for each in list(about.items())[:_SHOWN]),
    )


def _placed(atlas: pl.DataFrame, row: Mapping[str, Any], figure: str, about: str) -> Placed:
    value = row.get(figure)
    known = (
        atlas.select("country", value=pl.col(figure).cast(pl.Float64))
        .drop_nulls()
        .sort("value", "country")
    )
    values = known["value"]
    others = known.filter(pl.col("country") != row.get("country", ""))
    below = None if value is None else others.filter(pl.col("value") <= value).tail(1)
    above = None if value is None else others.filter(pl.col("value") > value).head(1)
    median = values.median()
    return Placed(
        figure=figure,
        value=value,
        of=row.get(about) if value is not None else None,
        low=row.get(f"{figure}_low"),
        high=row.get(f"{figure}_high"),
        doubt=row.get(f"{figure}_doubt"),
        values=tuple(values),
        median=None if median is None else float(str(median)),
        below=_beside(below),
        above=_beside(above),
    )


def _beside(found: pl.DataFrame | None) -> Beside | None:
    return None if found is None or found.is_empty() else Beside(*found.row(0))
