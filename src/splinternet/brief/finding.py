"""The finding that titles a nation's page: what is unusual for it among all nations.

Each rule looks at one figure of an atlas. Rules on who carries the nation's traffic come before
rules on what follows from it; of those of a kind that hold the one is told by which the nation
stands furthest out: whose figure the smallest part of all nations match or exceed. Where a figure
has an interval, the rule must hold at the near end of it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

__all__ = ["LOST", "RULES", "Finding", "Rule", "after_a_loss", "findings"]

_Figures = npt.NDArray[np.float64]

#: A nation stands out by a figure that at most this part of all nations match or exceed.
UNUSUAL = 0.25

#: Figures that differ by less are the same.
_ALIKE = 1e-9

#: What an atlas has of the state that stands out, if that is known.
_STANDING = {"stands": pl.String, "stands_share": pl.Float64, "stands_above": pl.Float64}

#: Nations of so few networks are told of in a few lines.
_TINY = 2


@dataclass(frozen=True)
class Rule:
    """Feature that may be unusual of a nation.

    Attributes
    ----------
    key
        Its name, which is that of its sentence, ``finding.KEY``.
    figure
        The figure of an atlas, null for nations of which the rule tells nothing.
    most
        Whether large figures are the unusual ones; else small ones.
    least, largest
        Between these the sentence is true.
    of
        The column that names the network or state that the figure is about.
    told
        The column whose figure the sentence tells; by default the one that is looked at.
    first
        Whether it is on who carries the traffic, and so comes before those that are not.
    networks
        How many networks the nations have that it compares, at the least.
    """

    key: str
    figure: pl.Expr
    most: bool = True
    least: float = 0.0
    largest: float = float("inf")
    of: str = ""
    told: str = ""
    first: bool = True
    networks: int = 0

    def of_nations(self) -> pl.Expr:
        """The figure of the nations that it compares."""
        figure = self.figure.cast(pl.Float64)
        return pl.when(pl.col("networks") >= self.networks).then(figure).alias(self.key)


_AT_HOME = pl.col("dependence") > pl.col("foreign_dependence").fill_null(0.0)

#: In order: of two that are equally unusual the first is told.
RULES = (
    Rule("gates", pl.col("control_points"), most=False, largest=3, networks=30),
    Rule("home", pl.when(_AT_HOME).then(pl.col("dependence")), least=0.5, of="dependence_on"),
    Rule("least", pl.col("foreign_dependence"), most=False, largest=0.25, of="state"),
    Rule("foreign", pl.col("foreign_dependence"), least=0.5, of="foreign_dependence_on"),
    Rule("state", pl.col("state_share"), least=0.5, of="state"),
    Rule("stands", pl.col("stands_above"), least=0.4, of="stands", told="stands_share"),
    Rule("apart", pl.col("state_share"), most=False, largest=0.4, of="state", first=False),
    Rule(
        "detours",
        pl.col("detours"),
        least=0.5,
        of="detours_through",
        first=False,
        networks=10,
    ),
    Rule(
        "fragile",
        pl.col("reliability"),
        least=0.25,
        of="reliability_of",
        first=False,
        networks=20,
    ),
    Rule("alone", pl.col("continuity"), most=False, largest=0.3, first=False, networks=20),
    Rule("inside", pl.col("detours"), most=False, largest=0.05, first=False, networks=30),
    Rule("many", pl.col("control_points"), least=10, first=False),
)


#: A nation that loses so much of its routes by a scenario is first told to.
LOST = 0.1

#: What is no finding where routes are lost: that little passes one network or state, or nothing.
_OF_LITTLE = ("least", "apart", "ordinary", "none")

#: What the rules look at, a column each.
_FIGURES = [rule.of_nations() for rule in RULES]


@dataclass(frozen=True)
class Finding:
    """Unusual feature of a nation.

    Attributes
    ----------
    key
        The rule that found it; ``tiny`` for nations of a network or two, ``ordinary`` where no
        rule finds anything, ``none`` where there is no figure.
    value
        The figure.
    of
        The network or state that it is about.
    unusual
        The part of all nations whose figure is as far out, or further.
    figure
        The figure that the rule looks at, as in an atlas.
    first
        Whether every other nation's figure is less far out, at the near end of an interval too.
    among
        How many nations are compared, if only those of some networks are, and itself; else 0.
    least
        How many networks these have at the least.
    behind
        How many of them have a figure that is less far out.
    low, high
        The interval that the figure lies in, whoever has it; None if not known.
    own_low, own_high
        The interval of the share of ``of`` itself, which is told where that is named.
    """

    key: str
    value: float | None = None
    of: int | str | None = None
    unusual: float = 1.0
    figure: str = ""
    first: bool = False
    among: int = 0
    least: int = 0
    behind: int = 0
    low: float | None = None
    high: float | None = None
    own_low: float | None = None
    own_high: float | None = None


def findings(
    atlas: pl.DataFrame, country: str, beside: Mapping[str, Any] = MappingProxyType({})
) -> tuple[Finding, ...]:
    """Return what is unusual of a nation, the most unusual first; one finding at the least.

    Parameters
    ----------
    atlas
        All nations side by side, as :func:`~splinternet.measures.atlas.atlas` gives them.
    country
        The nation's code.
        ``stands``, ``stands_share`` and ``stands_above`` are the state that stands out, its share
        and by how much that is above its mean, if they are known.
    beside
        ``FIGURE_low`` and ``FIGURE_high`` of its figures, and the same of the columns that name who
        has them, as far as known.
    """
    unknown = [
        pl.lit(None, kind).alias(name)
        for name, kind in _STANDING.items()
        if name not in atlas.columns
    ]
    atlas = atlas.with_columns(unknown)
    own = atlas.filter(pl.col("country") == country)
    if own.is_empty() or (own["foreign_dependence"][0] is None and own["dependence"][0] is None):
        return (Finding("none"),)
    row = own.row(0, named=True)
    figures = atlas.select(*_FIGURES)
    at = atlas["country"].to_list().index(country)
    if row["networks"] <= _TINY and row["foreign_dependence"] is not None:
        found = [_ordinary("tiny", row, beside)]
    else:
        found = []
    more: list[Finding] = []
    for first in (True, False):
        rules = (rule for rule in RULES if rule.first is first)
        ranked = [each for rule in rules if (each := _found(rule, figures, at, row, beside))]
        if found and found[0].key == "tiny":  # which tells of the foreign network already
            ranked = [each for each in ranked if each.key != "foreign"]
        # Sorting is stable: of equals the rule that stands first comes first.
        more += sorted(ranked, key=lambda each: each.unusual)
    found += _once(more)
    return tuple(found) or (_ordinary("ordinary", row, beside),)


def after_a_loss(found: tuple[Finding, ...], lost: float) -> tuple[Finding, ...]:
    """Findings of a nation that loses many of its routes: first that it does.

    Shares are of all routes that there were, so that of one with few left no network has much: it
    depends on little because it is cut off.
    """
    kept = (each for each in found if each.key not in _OF_LITTLE)
    return (Finding("lost", lost, figure="lost"), *kept)


def _once(ranked: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out what is told of a state again."""
    told: set[int | str | None] = set()
    for each in ranked:
        if not (isinstance(each.of, str) and each.of in told):
            yield each
        told.add(each.of)


def _ordinary(key: str, row: Mapping[str, Any], beside: Mapping[str, Any]) -> Finding:
    figure = "foreign_dependence"
    of = "foreign_dependence_on"
    return _with_ends(Finding(key, row[figure], row[of]), figure, of, beside)


def _with_ends(found: Finding, figure: str, of: str, beside: Mapping[str, Any]) -> Finding:
    low, high = _ends(figure, beside)
    own_low, own_high = _ends(of, beside)
    return replace(found, low=low, high=high, own_low=own_low, own_high=own_high)


def _ends(figure: str, beside: Mapping[str, Any]) -> tuple[float | None, float | None]:
    return beside.get(f"{figure}_low"), beside.get(f"{figure}_high")


def _found(
    rule: Rule, figures: pl.DataFrame, at: int, row: Mapping[str, Any], beside: Mapping[str, Any]
) -> Finding | None:
    """Apply a rule; None where it does not hold, does not set the nation apart, or is not sure."""
    values = figures[rule.key].to_numpy()
    value = float(values[at])
    if np.isnan(value):
        return None
    known = _known(values)
    figure = rule.figure.meta.output_name()
    near = beside.get(f"{figure}_{'low' if rule.most else 'high'}", value)
    if not (_holds(rule, known, value) and _holds(rule, known, near)):
        return None
    of = row[rule.of] if rule.of else None
    told = row[rule.told] if rule.told else value
    sign = -1 if rule.most else 1
    first = bool(((_known(np.delete(values, at)) - near) * sign > _ALIKE).all())
    unusual = _unusual(rule, known, value)
    found = Finding(rule.key, told, of, unusual, figure, first)
    found = _with_ends(found, figure, rule.of, beside)
    if not rule.networks:
        return found
    behind = np.count_nonzero((known - value) * sign > _ALIKE)
    return replace(found, among=len(known), least=rule.networks, behind=int(behind))


def _known(values: _Figures) -> _Figures:
    return values[~np.isnan(values)]


def _holds(rule: Rule, known: _Figures, value: float) -> bool:
    return rule.least <= value <= rule.largest and _unusual(rule, known, value) <= UNUSUAL


def _unusual(rule: Rule, known: _Figures, value: float) -> float:
    """Part of all nations whose figure is as far out as a value, or further."""
    differs = known - value
    ahead = (differs > _ALIKE) if rule.most else (differs < -_ALIKE)
    alike = np.abs(differs) <= _ALIKE
    return float((np.count_nonzero(ahead) + np.count_nonzero(alike) / 2) / len(known))
