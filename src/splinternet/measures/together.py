"""Several measures asked together: of one nation, of many, in several worlds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from splinternet.base.choices import CHOICES, Counting, Routing
from splinternet.base.errors import SplinternetError
from splinternet.base.takes import Takes
from splinternet.measures.doubt_column import write_doubts
from splinternet.measures.doubts import figures_doubt
from splinternet.measures.measure import Measure
from splinternet.world.world import World

__all__ = [
    "Answer",
    "answers_of",
    "figures_in",
    "figures_of",
    "options_of",
    "schema_of",
    "takes_of",
]


def takes_of(who: str, measures: Iterable[Measure], names: Iterable[str] = ()) -> Takes:
    """Choices and options that a question about measures leaves open: those that any of them does.

    Parameters
    ----------
    who
        The question.
    measures
        The measures.
    names
        Choices that the question leaves open besides.
    """
    every = list(measures)
    wanted = {*names, *(name for each in every for name in each.takes.names)}
    own = {
        name: choice
        for each in every
        for name, choice in each.takes.own.items()
        if not choice.of_rows
    }
    return Takes(who, tuple(name for name in CHOICES if name in wanted), own=own)


def options_of(
    takes: Takes,
    routing: Routing | None,
    counting: Counting | None,
    choices: Mapping[str, Any],
) -> dict[str, Any]:
    """Options by which measures are asked together: all that is named, and weights.

    Each measure takes those that make a difference to it, see
    :meth:`~splinternet.measures.measure.Measure.only`. All weigh alike, also those that weigh
    otherwise by themselves, so that their figures can stand side by side.

    Raises
    ------
    MisuseError
        If none of them leaves a choice open, or it cannot have this value.
    """
    takes.chosen(routing, counting, choices)
    objects = [vars(each) for each in (routing, counting) if each is not None]
    named = {name: value for each in objects for name, value in each.items()}
    return {"weights": Counting().weights, **named, **choices}


def figures_of(
    world: World, country: str, measures: Iterable[Measure], options: Mapping[str, Any]
) -> dict[str, Any]:
    """Figures of some measures for one nation.

    Parameters
    ----------
    world
        The world.
    country
        The nation's code.
    measures
        What to compute.
    options
        Options of the measures; each is given to those that take it.

    Returns
    -------
    dict
        The figures by name, None where there is nothing to measure; ``doubt``, for each measure
        whose figures rest on a carrier in doubt its name, the carrier and why; and ``missing``,
        for each that failed or found nothing its name and the reason. Else both are None.
    """
    return figures_in(answers_of(world, country, measures, options))


@dataclass(frozen=True)
class Answer:
    """Answer of a measure about one nation: table, figures and doubt, or why there are none."""

    measure: Measure
    table: pl.DataFrame | None
    figures: Mapping[str, Any]
    missing: str | None
    doubt: str | None = None


def answers_of(
    world: World, country: str, measures: Iterable[Measure], options: Mapping[str, Any]
) -> Iterator[Answer]:
    """Tables and figures of some measures for one nation, see :func:`figures_of`."""
    for measure in measures:
        try:
            table = measure.table(world, country, **measure.only(options))
            found = measure.summary(table, country)
        except SplinternetError as error:
            yield Answer(measure, None, {}, str(error))
        else:
            nothing = all(value is None for value in found.values())
            missing = "found nothing" if nothing else None
            yield Answer(measure, table, found, missing, figures_doubt(measure, table, country))


def figures_in(answers: Iterable[Answer]) -> dict[str, Any]:
    """Figures of some answers, what is in doubt and what is missing, as of :func:`figures_of`."""
    row: dict[str, Any] = {}
    doubts: dict[str, str] = {}
    missing = []
    for each in answers:
        if each.doubt:
            doubts[each.measure.name] = each.doubt
        if each.missing:
            missing.append(f"{each.measure.name}: {each.missing}")
        row |= {figure.name: each.figures.get(figure.name) for figure in each.measure.figures}
    return {**row, "doubt": write_doubts(doubts), "missing": "; ".join(missing) or None}


_TYPES: dict[str, pl.DataType] = {
    "ASN": pl.UInt32(),
    "country": pl.String(),
    "networks": pl.Float64(),
    "text": pl.String(),
}


def schema_of(measures: Iterable[Measure]) -> dict[str, pl.DataType]:
    """Names and types of what :func:`figures_of` gives."""
    figures = (figure for measure in measures for figure in measure.figures)
    return {
        **{figure.name: _TYPES.get(figure.unit, pl.Float64()) for figure in figures},
        "doubt": pl.String(),
        "missing": pl.String(),
    }
