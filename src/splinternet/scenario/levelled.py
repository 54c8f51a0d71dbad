"""Answers about the world after a scenario, told on the levels of a digest's full world.

A table of shares has ``before``, what is shipped of the full world, and ``share``, that and the
digest's ``difference``; of other tables the nation's figures are moved. The levels are those of
:mod:`splinternet.scenario.levels`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from splinternet.base.choices import Carriers, Counting, Routing
from splinternet.base.countries import country_code
from splinternet.base.errors import SplinternetError
from splinternet.base.texts import phrase
from splinternet.figures.ranges import weightings
from splinternet.figures.shipped import Figures, levels_line, shipped_of
from splinternet.measures.measure import Measure
from splinternet.measures.parallel import side_by_side
from splinternet.scenario.comparison import ENDS, MeasureFigure, beside
from splinternet.scenario.doubted import with_own_doubts
from splinternet.scenario.headlines import headlines_after
from splinternet.scenario.levels import carriers_on_levels, figure_on_levels
from splinternet.scenario.moving import shares_on_levels
from splinternet.scenario.ruled import other_rules, with_ends
from splinternet.world.world import World

__all__ = [
    "COLUMNS",
    "ByRule",
    "Levelled",
    "Table",
    "as_shares",
    "both_shares",
    "measure_on_levels",
    "own_line",
    "shares_line",
]

#: What columns that stand beside shares are.
COLUMNS = {
    "before": "The share before the scenario, of the full world.",
    "before_low": "The smallest value of it by other rules; empty if not known.",
    "before_high": "The largest value of it by other rules; empty if not known.",
    "share": "The share after the scenario: that before and the digest's difference.",
    "share_low": "The smallest value of it by other rules; empty if not known.",
    "share_high": "The largest value of it by other rules; empty if not known.",
    "difference": "Change of the share in the digest.",
    "difference_low": "The least change by any rule; empty if not known.",
    "difference_high": "The greatest change by any rule; empty if not known.",
}

#: Computes a table of a world.
Table = Callable[[World], pl.DataFrame]

#: Computes a table of a world by other choices.
ByRule = Callable[[World, Mapping[str, Any]], pl.DataFrame]


@dataclass(frozen=True, eq=False)
class Levelled:
    """Answer about the world after a scenario.

    Attributes
    ----------
    table
        With ``before`` and ``difference`` beside ``share`` where shares are on levels; else that
        of the digest after the scenario.
    line
        Where its levels come from.
    figures
        The measure's figures of the nation that are on levels, before and after.
    is_moved
        Whether the table is on levels.
    country
        Code of the nation whose carriers its rows are, if they are.
    """

    table: pl.DataFrame
    line: str
    figures: tuple[MeasureFigure, ...] = ()
    is_moved: bool = False
    country: str | None = None


def measure_on_levels(
    before: World,
    after: World,
    measure: Measure,
    country: str,
    compute: Table,
    options: Mapping[str, Any],
    by_rule: ByRule | None = None,
) -> Levelled:
    """Tell a measure of a nation after a scenario.

    Parameters
    ----------
    before, after
        The digest, and the same after the scenario.
    measure
        The measure.
    country
        Code or name of the nation, or a network where the measure takes one.
    compute
        The measure's table of a world.
    options
        The choices and options that are named.
    by_rule
        The same by a preference and a weighting, where ranges by other rules are wanted.
    """
    now = compute(after)
    by_state = measure.name == "dependence" and options.get("by") == "state"
    asked = {key: value for key, value in options.items() if not (by_state and key == "by")}
    figures = shipped_of(before, measure, asked)
    if figures is None:
        return Levelled(now, own_line(before, measure, asked))
    code = country_code(country)
    then = compute(before)
    table = now
    if measure.name in ("dependence", "states"):
        by: Carriers = "state" if by_state or measure.name == "states" else "network"
        others: Sequence[pl.DataFrame] = ()
        if by_rule is not None:
            others = _by_rules(by_rule, (before, after), code, by)
        table = _shares(then, now, figures, code, by, others)
        table = with_own_doubts(table, figures, after, code, asked)
    found = () if by_state else _figures(measure, code, before, (then, now), asked)
    is_moved = table is not now
    if not is_moved and not found:
        return Levelled(now, own_line(before, measure, asked))
    by_asn: Carriers = "network" if "asn" in table.columns else "state"
    line = shares_line(table, by_asn) if is_moved else phrase("what_if.levels.figures")
    return Levelled(table, line, found, is_moved, code if is_moved else None)


def _shares(
    then: pl.DataFrame,
    now: pl.DataFrame,
    figures: Figures,
    country: str,
    by: Carriers,
    others: Sequence[pl.DataFrame],
) -> pl.DataFrame:
    """Table of a nation's carriers after, on levels, with ranges if it is known by other rules."""
    key = "country" if by == "state" else "asn"
    both = both_shares(then, now, key)
    told = carriers_on_levels(both, figures, country, by)
    table = as_shares(with_ends(told, both, others, key) if others else told, now)
    return _unavoidable(table, then, now, figures.table("states", country))


def _unavoidable(
    table: pl.DataFrame, then: pl.DataFrame, now: pl.DataFrame, levels: pl.DataFrame | None
) -> pl.DataFrame:
    """Set what is unavoidable of shares of states on levels too; it is no more than the share."""
    if levels is None or "unavoidable" not in table.columns:
        return table
    was, is_now = (each.select("country", share="unavoidable") for each in (then, now))
    both = both_shares(was, is_now, "country")
    shipped = levels.select("country", share="unavoidable")
    told = shares_on_levels(both, shipped, "country", pl.lit(value=True))
    found = table.drop("unavoidable").join(
        told.select("country", unavoidable=pl.col("after")),
        on="country",
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    return found.with_columns(pl.min_horizontal("unavoidable", "share")).select(table.columns)


def _by_rules(
    by_rule: ByRule, worlds: tuple[World, World], country: str, by: Carriers
) -> list[pl.DataFrame]:
    """Shares before and after by every rule but that by default, of which levels are shipped."""
    key = "country" if by == "state" else "asn"
    known = weightings(worlds[0], country, Counting().weights)
    rules = list(other_rules(Routing(), Counting(), known[:1] if by == "state" else known))

    def ask(rule: tuple[Routing, Counting]) -> pl.DataFrame | None:
        choices = {"prefer": rule[0].prefer, "weights": rule[1].weights}
        try:
            then, now = (by_rule(world, choices) for world in worlds)
            return both_shares(then, now, key)
        except SplinternetError:
            return None  # nothing can be measured by this rule

    return [each for each in side_by_side(ask, rules) if each is not None]


def both_shares(then: pl.DataFrame, now: pl.DataFrame, key: str) -> pl.DataFrame:
    """Join the rows of two tables: what the later says, and ``before`` and ``after``."""
    about = [name for name in ("name", "country") if name in now.columns and name != key]
    both = now.rename({"share": "after"}).join(
        then.select(key, *about, before="share"),
        on=key,
        how="full",
        coalesce=True,
        nulls_equal=True,
        suffix="_then",
    )
    return both.with_columns(
        pl.col("before", "after").fill_null(0.0),
        *(pl.coalesce(name, f"{name}_then").alias(name) for name in about),
    ).with_columns(difference=pl.col("after") - pl.col("before"))


def as_shares(levelled: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Put what is before beside the shares of a table, the largest first."""
    ends = [name for name in ENDS if name in levelled.columns]
    named = {name: name.replace("after", "share") for name in ("after", *ends)}
    shares = beside(["before", "share", "difference"], [named[end] for end in ends])
    at = now.columns.index("share")
    return (
        levelled.rename(named)
        .select(*now.columns[:at], *shares, *now.columns[at + 1 :])
        .sort(pl.max_horizontal("share", "before"), now.columns[0], descending=[True, False])
    )


def _figures(
    measure: Measure,
    country: str,
    world: World,
    tables: tuple[pl.DataFrame, pl.DataFrame],
    named: Mapping[str, Any],
) -> tuple[MeasureFigure, ...]:
    """The measure's figures of the nation that are shipped, before and after."""
    then, now = (measure.summary(each, country) for each in tables)
    figures = shipped_of(world, measure, named)
    row = {} if figures is None else figures.row(country)
    headlines = headlines_after(measure, country, world, tables, figures, named)
    return tuple(
        figure_on_levels(
            (measure.name, each.name, each.unit, then.get(each.name), now.get(each.name)),
            country,
            world,
            named,
            headlines=headlines,
        )
        for each in measure.figures
        if each.is_number and row.get(each.name) is not None
    )


def shares_line(table: pl.DataFrame, by: Carriers, unranged: str = "ranges") -> str:
    """Say where shares on levels come from, and their ranges; ``unranged`` tells of no others."""
    said = [phrase("what_if.levels.shipped")]
    if "share_low" in table.columns:
        said.append(phrase(f"what_if.levels.ruled_{by}"))
    elif "before_low" in table.columns:
        said.append(phrase(f"what_if.levels.{unranged}"))
    return " ".join(said)


def own_line(world: World, measure: Measure, options: Mapping[str, Any]) -> str:
    """Say that levels are the digest's, and why."""
    return phrase("what_if.levels.own", why=levels_line(world, measure.only(options)))
