"""All measures of all nations side by side, in tables that can be stopped and resumed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import DEFINITIONS, Counting, Routing
from splinternet.base.countries import codes_of, country_name
from splinternet.base.errors import SplinternetError
from splinternet.measures.atlas_folder import AtlasFolder, NationPart
from splinternet.measures.bootstrap import figure_intervals, interval_schema
from splinternet.measures.catalogue import Measures, find_measures
from splinternet.measures.measure import Measure
from splinternet.measures.parallel import side_by_side
from splinternet.measures.resampling import Draws
from splinternet.measures.together import (
    answers_of,
    figures_in,
    options_of,
    schema_of,
    takes_of,
)
from splinternet.routing.sweep import Progress, precompute
from splinternet.world.learned import as_routed
from splinternet.world.manifest import software
from splinternet.world.world import World

__all__ = ["LEAST", "atlas", "atlas_and_rows", "atlas_manifest", "settings_of"]

#: Rows that have less are left out.
LEAST = 0.01

#: From so many nations on it pays to compute first what all of them share.
_MANY = 10


@typed
def atlas(
    world: World,
    measures: Measures | None = None,
    countries: str | Iterable[str] | None = None,
    *,
    folder: str | Path | None = None,
    draws: Draws | None = None,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Any,  # noqa: ANN401 (of the measures, which check them)
) -> pl.DataFrame:
    """Figures of measures for nations, side by side.

    Parameters
    ----------
    world
        The world.
    measures
        Measures, or their names, one or more; by default all but those on request.
    countries
        Codes or names, one or more; every country that the world has a network in by default.
    folder
        Where to keep each nation's figures as they come. If it holds some already, of the same
        world and settings, these are not computed again.
    draws
        Worlds to draw for intervals of the figures, ``_low`` and ``_high`` of each that is a
        number. All is computed so many times more.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them, see
        :mod:`splinternet.base.choices`, and options of the measures. Each takes those that make a
        difference to it; all weigh alike.
    progress
        Told of nations done and of all.

    Returns
    -------
    polars.DataFrame
        A row for each nation, by code: ``country``, ``name``, ``networks``, ``addresses``, the
        figures (null where there is nothing to measure), ``doubt``, which says which carriers in
        doubt they rest on, and ``missing``, which says why there are none.

    Raises
    ------
    MisuseError
        If there is no such measure, choice or country, or the folder is of another world or
        settings.
    InputError
        If a file of the folder is damaged.
    WorldError
        If the folder cannot be written.

    Examples
    --------
    >>> atlas(world, "dependence", ["CU", "KP"]).select("country", "dependence_on").rows()
    [('CU', 11960), ('KP', 20485)]
    """
    parts, chosen = _parts(
        world,
        measures,
        countries,
        folder,
        routing=routing,
        counting=counting,
        progress=progress,
        choices=choices,
    )
    table = _nations(parts, chosen)
    if draws is None:
        return table
    options = options_of(takes_of("atlas", chosen.values()), routing, counting, choices)
    shown = as_routed(world, _routing(options))

    def between(code: str) -> dict[str, float | None]:
        return figure_intervals(shown, code, chosen.values(), options, draws)

    found = list(side_by_side(between, list(parts), progress))
    schema = interval_schema(chosen.values())
    return pl.concat([table, pl.DataFrame(found, schema=schema)], how="horizontal")


def atlas_and_rows(
    world: World,
    measures: Measures | None = None,
    countries: str | Iterable[str] | None = None,
    *,
    folder: str | Path | None = None,
    least: float = LEAST,
    progress: Progress | None = None,
    **choices: Any,  # noqa: ANN401 (of the measures, which check them)
) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """Compute the figures of nations, and the rows of the measures' tables behind them.

    Takes and raises what :func:`atlas` does; ``least`` is what a row must have, 1 % by default.

    Returns
    -------
    tuple
        The nations, as :func:`atlas` gives them; and by name of the measure its rows of 1 % or
        more, as it gives them, with ``nation`` before.

    Examples
    --------
    >>> nations, rows = atlas_and_rows(world, ["dependence", "states"])
    >>> rows["states"].columns
    ['nation', 'country', 'share', 'unavoidable']
    """
    parts, chosen = _parts(
        world,
        measures,
        countries,
        folder,
        rows=True,
        least=least,
        progress=progress,
        choices=choices,
    )
    kept = {name: _rows(parts, name) for name, each in chosen.items() if each.rows}
    return _nations(parts, chosen), {name: rows for name, rows in kept.items() if rows.height}


def _parts(
    world: World,
    measures: Measures | None,
    countries: str | Iterable[str] | None,
    folder: str | Path | None,
    *,
    rows: bool = False,
    least: float = LEAST,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None,
    choices: Mapping[str, Any],
) -> tuple[dict[str, NationPart], Mapping[str, Measure]]:
    """Compute what there is of each nation, by code."""
    chosen = {each.name: each for each in find_measures(measures)}
    kept = {name: each.rows.least for name, each in chosen.items() if rows and each.rows}
    options = options_of(takes_of("atlas", chosen.values()), routing, counting, choices)
    shared = _routing(options)
    world = as_routed(world, shared)
    has = world.networks["country"].drop_nulls().unique().sort().to_list()
    wanted = has if countries is None else codes_of(countries)
    settings = settings_of(options) | ({} if least == LEAST else {"least": least})
    keep = (
        None
        if folder is None
        else AtlasFolder(
            Path(folder), world, list(chosen), settings, kept, _schema(chosen.values())
        )
    )
    sizes = dict(world.networks.group_by("country").agg(pl.col("members").sum()).iter_rows())
    # The largest first: then the last to finish are short.
    order = sorted(wanted, key=lambda code: (-sizes.get(code, 0), code))

    ready = world

    def part(code: str) -> NationPart:
        found = keep.read(code) if keep else None
        if found is None:
            found = _part(ready, code, chosen, options, kept, least)
            if keep:
                keep.write(code, found)
        return found

    # By all that are asked for: an atlas that is resumed is the same to the last digit.
    if (
        len(order) >= _MANY
        and not (keep and all(map(keep.has, order)))
        and _to_all(chosen.values(), options)
    ):
        # What this world has not got, each nation will tell.
        with suppress(SplinternetError):
            ready = precompute(world, shared)
    parts = dict(zip(order, side_by_side(part, order, progress), strict=True))
    return {code: parts[code] for code in sorted(parts)}, chosen


def _to_all(measures: Iterable[Measure], options: Mapping[str, Any]) -> bool:
    """Tell whether routes from a nation to everybody are asked for."""
    return options.get("direction") == "outbound" or any(each.to_all for each in measures)


def _nations(parts: Mapping[str, NationPart], measures: Mapping[str, Measure]) -> pl.DataFrame:
    figures = [part.figures for part in parts.values()]
    return pl.DataFrame(figures, schema=_schema(measures.values()))


def _rows(parts: Mapping[str, NationPart], measure: str) -> pl.DataFrame:
    rows = [
        {"nation": code, **row}
        for code, part in parts.items()
        for row in part.rows.get(measure, ())
    ]
    found = pl.DataFrame(rows, infer_schema_length=None)
    words = pl.selectors.by_dtype(pl.Null).cast(pl.String)  # doubts, where there are none
    return found.with_columns(words).cast(
        {name: pl.UInt32 for name in found.columns if name == "asn"}
    )


def settings_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options of an atlas as its manifest has them: how routes are chosen, and all that is named.

    Its measures count otherwise by default where their definitions do.
    """
    routing = {**vars(_routing(options))}
    return {"definitions": DEFINITIONS, **routing, **options}


def _routing(options: Mapping[str, Any]) -> Routing:
    return Routing(**{name: options[name] for name in vars(Routing()) if name in options})


def atlas_manifest(
    world: World,
    measures: Measures | None = None,
    *,
    routing: Routing | None = None,
    counting: Counting | None = None,
    **choices: Any,  # noqa: ANN401 (of the measures, which check them)
) -> dict[str, Any]:
    """Say what an atlas was made of: program, world with its inputs, settings, every column."""
    chosen = find_measures(measures)
    options = options_of(takes_of("atlas", chosen), routing, counting, choices)
    world = as_routed(world, _routing(options))
    return {
        "made_by": software(),
        "world": msgspec.to_builtins(world.manifest),
        "settings": settings_of(options),
        "columns": {
            figure.name: {
                "measure": measure.name,
                "unit": figure.unit,
                "meaning": figure.doc,
                "source": measure.source,
                **_own_settings(measure, options),
            }
            for measure in chosen
            for figure in measure.figures
        },
    }


def _own_settings(measure: Measure, options: Mapping[str, Any]) -> dict[str, str]:
    """How a measure chooses routes, where it does otherwise by default than the others."""
    taken = {**measure.takes.defaults, **measure.only(options)}
    own = [
        f"{name.replace('_', '-')} {taken[name]}"
        for name, value in vars(_routing(options)).items()
        if taken.get(name, value) != value
    ]
    return {"settings": "; ".join(own)} if own else {}


def _part(
    world: World,
    code: str,
    measures: Mapping[str, Measure],
    options: Mapping[str, Any],
    rows: Mapping[str, str | None],
    least: float,
) -> NationPart:
    """Compute what there is of one nation."""
    here = world.networks.filter(pl.col("country") == code)
    answers = list(answers_of(world, code, measures.values(), options))
    figures = {
        "country": code,
        "name": country_name(code),
        "networks": int(here["members"].sum()),
        "addresses": here["ipv4_addresses"].sum() if here["ipv4_addresses"].count() else None,
        **figures_in(answers),
    }
    kept = {
        name: _largest(each.table, rows[name], least).to_dicts()
        for each in answers
        if (name := each.measure.name) in rows and each.table is not None
    }
    return NationPart(figures, kept)


def _largest(table: pl.DataFrame, column: str | None, least: float) -> pl.DataFrame:
    """Leave the rows of so much or more; all if no column says of what."""
    return table if column is None else table.filter(pl.col(column) >= least)


def _schema(measures: Iterable[Measure]) -> dict[str, pl.DataType]:
    return {
        "country": pl.String(),
        "name": pl.String(),
        "networks": pl.Int64(),
        "addresses": pl.Int64(),
        **schema_of(measures),
    }
