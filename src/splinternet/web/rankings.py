"""Rankings of every figure over all nations, and what changed between two dates."""

from __future__ import annotations

import polars as pl
from starlette.requests import Request
from starlette.responses import Response

from splinternet.base.countries import country_name, the_nation
from splinternet.brief.words import day, rounded
from splinternet.figures.shipped import Figures, list_figures
from splinternet.measures.catalogue import find_measures
from splinternet.measures.measure import Figure
from splinternet.web.parts import Address, Link, Part, show, to
from splinternet.web.problems import NotHereError
from splinternet.web.site import site_of

__all__ = ["changes", "ranking", "rankings"]

#: Nations whose figure changed most, that a page names for each figure.
_MOVERS = 8

#: Figures whose changes are told first.
_TOLD = ("foreign_dependence", "state_share", "control_points", "reliability", "detours")


def _figures() -> dict[str, Figure]:
    """Every figure that is a number, by name."""
    usual = find_measures(None)  # no atlas has figures of measures on request
    every = (figure for measure in usual for figure in measure.figures)
    return {figure.name: figure for figure in every if figure.is_number}


async def rankings(request: Request) -> Response:
    """List every figure that nations are ranked by."""
    world = site_of(request).served(request).name
    rows = tuple(
        (Link(figure.words, f"/rankings/{name}"), Link(figure.unit or "number"))
        for name, figure in _figures().items()
    )
    part = Part("Figures", columns=("figure", "unit"), rows=rows)
    return show(request, world, name="Rankings", title="All nations by every figure", parts=(part,))


async def ranking(request: Request) -> Response:
    """Rank all nations by a figure, beside that of the other dates."""
    name = request.path_params["figure"]
    known = _figures()
    if name not in known:
        raise NotHereError(f"no figure is called {name!r}; /rankings lists all")
    world = site_of(request).served(request).name
    shipped = [each for each in list_figures() if name in each.nations.columns]
    if not shipped:
        raise NotHereError(f"no figures of {name!r} are shipped")
    dates = tuple(each.world.date[:7] for each in shipped)
    table = _beside(shipped, name).sort(dates[0], descending=True, nulls_last=True)
    address = to(request, world)
    rows = tuple(
        (
            Link(country_name(row["country"]), address(f"nation:{row['country']}")),
            *(_cell(row[date], known[name]) for date in dates),
        )
        for row in table.iter_rows(named=True)
    )
    first = table.row(0, named=True)
    words = f"{known[name].words}: most in {the_nation(first['country'])}"
    part = Part("All nations", "", columns=("nation", *dates), rows=rows)
    return show(request, world, name="Ranking", title=words, parts=(part,))


async def changes(request: Request) -> Response:
    """Show which nations' figures changed most between the shipped dates."""
    world = site_of(request).served(request).name
    shipped = list_figures()
    first, last = shipped[0], shipped[-1]
    address = to(request, world)
    known = _figures()
    parts = [
        _movers(first, last, name, known[name], address)
        for name in _TOLD
        if name in first.nations.columns and name in last.nations.columns
    ]
    between = f"{day(first.world.date)} and {day(last.world.date)}"
    return show(
        request, world, name="Over time", title=f"What changed most between {between}", parts=parts
    )


def _beside(shipped: list[Figures], name: str) -> pl.DataFrame:
    """Set a figure of each nation at several dates side by side."""
    frames = [
        each.nations.select("country", pl.col(name).cast(pl.Float64).alias(each.world.date[:7]))
        for each in shipped
    ]
    table = frames[0]
    for frame in frames[1:]:
        table = table.join(frame, on="country", how="full", coalesce=True)
    return table


def _movers(first: Figures, last: Figures, name: str, figure: Figure, address: Address) -> Part:
    before, after = (each.world.date[:7] for each in (first, last))
    table = (
        _beside([first, last], name)
        .drop_nulls()
        .with_columns(change=pl.col(after) - pl.col(before))
        .sort(pl.col("change").abs(), "country", descending=[True, False])
        .head(_MOVERS)
    )
    rows = tuple(
        (
            Link(country_name(row["country"]), address(f"nation:{row['country']}")),
            _cell(row[before], figure),
            _cell(row[after], figure),
        )
        for row in table.iter_rows(named=True)
    )
    return Part(figure.words, columns=("nation", before, after), rows=rows)


def _cell(value: float | None, figure: Figure) -> Link:
    if value is None:
        return Link("–")
    said = rounded(value) if figure.unit == "share" else f"{value:,.3g}"
    return Link(said, number=value)
