"""Rankings of all nations by every figure that is shipped of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import polars as pl
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from splinternet.base.shares import UNKNOWN
from splinternet.base.texts import country_called, nation_called, phrase
from splinternet.brief.ranged import figure_ranged
from splinternet.figures.ranges import ends_around
from splinternet.figures.shipped import Figures, list_figures
from splinternet.measures.catalogue import headline_figures, list_measures, mapped_figures
from splinternet.measures.measure import Figure
from splinternet.web.parts import Link, Part, show, titles, to
from splinternet.web.problems import NotHereError
from splinternet.web.site import site_of
from splinternet.web.sureness import because, marked

__all__ = ["about_ranges", "beside", "cell", "known_figures", "ranking", "rankings"]

#: What a figure is in, where its unit says no word of it.
_UNITS = {"share": "share", "1": "index", "": "number"}


def known_figures() -> dict[str, Figure]:
    """Every figure that is a number and shipped of all nations, by name."""
    every = (figure for measure in list_measures().values() for figure in measure.figures)
    shipped = {
        column.name
        for each in list_figures()
        for column in each.nations.iter_columns()
        if column.count()
    }
    return {each.name: each for each in every if each.is_number and each.name in shipped}


async def rankings(request: Request) -> Response:
    """List every figure that nations are ranked by, those that a brief begins with first."""
    world = site_of(request).served(request).name
    known = known_figures()
    heads = [figure.name for figure, _ in headline_figures() if figure.name in known]
    rows = tuple(
        (Link(known[name].words, f"/rankings/{name}"), Link(_unit(known[name])))
        for name in dict.fromkeys((*heads, *known))
    )
    part = Part(
        phrase("web.rankings.figures"),
        columns=titles("figure", "unit"),
        rows=rows,
    )
    return show(
        request,
        world,
        name=phrase("web.rankings.name"),
        title=phrase("web.rankings.title"),
        parts=(part,),
        actions=_elsewhere(),
        is_model=False,
    )


def _elsewhere() -> list[Link]:
    """Lead to what else is listed: dates, and all that is named."""
    dates = (each.world.date for each in list_figures())
    return [
        *(
            Link(phrase("web.rankings.date", month=each[:7]), f"/dates/{each[:7]}")
            for each in dates
        ),
        *(
            Link(phrase(f"web.actors.kinds.{kind}"), f"/actors?kind={kind}")
            for kind in ("vendor", "operator", "cable")
        ),
        Link(phrase("web.rankings.exchanges"), "/exchanges"),
        Link(phrase("web.tries.worst"), "/what-if/each"),
        Link(phrase("web.rankings.archive"), "/figures.zip"),
    ]


async def ranking(request: Request) -> Response:
    """Rank all nations by a figure, or a measure's first, beside that of the other dates."""
    name = request.path_params["figure"]
    known = known_figures()
    if name not in known and name in (measures := list_measures()):
        figures = [each.name for each in measures[name].figures if each.name in known]
        query = f"?{request.url.query}" if request.url.query else ""
        if figures:
            return RedirectResponse(f"/rankings/{figures[0]}{query}", 303)
    if name not in known:
        raise NotHereError.unknown("figure", name, known, "/rankings lists all")
    world = site_of(request).served(request).name
    shipped = [each for each in list_figures() if name in each.nations.columns]
    dates = tuple(each.world.date[:7] for each in shipped)
    table = beside(shipped, name).sort(dates[0], descending=True, nulls_last=True)
    address = to(request, world)
    rows = tuple(
        (
            Link(country_called(row["country"]), address(f"nation:{row['country']}")),
            *(cell(row, known[name], each) for each in shipped),
        )
        for row in table.iter_rows(named=True)
    )
    first = table.row(0, named=True)
    figure, nation = known[name], nation_called(first["country"])
    value = rows[0][1].text  # with its range, and marked where it is in doubt
    title = phrase("web.rankings.most", figure=figure.words, nation=nation, value=value)
    doubts = because(
        (f"{country_called(code)}, {date}", _doubt(each, code, name))
        for date, each in zip(dates, shipped, strict=True)
        for code in table["country"]
    )
    about = phrase("web.rankings.about", unit=_unit(figure))
    sure = f"{about_ranges(shipped, name)} {doubts}".rstrip()
    columns = (phrase("web.column.nation"), *dates)
    part = Part(phrase("web.rankings.nations"), about, columns=columns, rows=rows, about=sure)
    return show(
        request,
        world,
        name=phrase("web.rankings.one"),
        title=title,
        parts=(part,),
        actions=_onward(name, dates),
        worlds=dates,
    )


def about_ranges(shipped: Iterable[Figures], name: str) -> str:
    """Say what the ranges of a figure are, or that none are shipped of it."""
    are = any(name in around for each in shipped for around in each.around.values())
    return phrase("words.ranges.figures") if are else phrase("web.rankings.no_ranges")


def _unit(figure: Figure) -> str:
    """Name what a figure is in."""
    known = _UNITS.get(figure.unit)
    return figure.unit if known is None else phrase(f"web.rankings.unit.{known}")


def _onward(name: str, dates: Sequence[str]) -> list[Link]:
    """Lead to the map of the figure, if it is drawn, and to the figures as files."""
    drawn = (
        [Link(phrase("web.rankings.map"), f"/?{urlencode({'figure': name})}")]
        if name in mapped_figures()
        else []
    )
    files = [
        Link(phrase("web.rankings.file", month=each), f"/nations.csv?world={each}")
        for each in dates
    ]
    return [*drawn, *files, Link(phrase("web.common.all_rankings"), "/rankings")]


def beside(shipped: list[Figures], name: str) -> pl.DataFrame:
    """Set a figure of each nation at several dates side by side."""
    frames = [
        each.nations.select("country", pl.col(name).cast(pl.Float64).alias(each.world.date[:7]))
        for each in shipped
    ]
    table = frames[0]
    for frame in frames[1:]:
        table = table.join(frame, on="country", how="full", coalesce=True)
    return table


def cell(row: Mapping[str, Any], figure: Figure, of: Figures) -> Link:
    """Write a nation's figure at a date with its range, marked if in doubt; its number sorts."""
    value = row[of.world.date[:7]]
    if value is None:
        return Link(UNKNOWN)
    ends = ends_around(of.around.get(row["country"], {}), {figure.name: value})
    low, high = (ends.get(f"{figure.name}_{end}") for end in ("low", "high"))
    said = figure_ranged(value, low, high, figure.unit)
    return Link(marked(said, _doubt(of, row["country"], figure.name)), number=value)


def _doubt(figures: Figures, country: str, figure: str) -> str | None:
    """Tell why a nation's figure is in doubt."""
    name = figures.made.columns[figure]["measure"]
    return figures.doubts.get(country, {}).get(name)
