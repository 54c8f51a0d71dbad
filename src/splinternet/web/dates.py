"""Pages of dates: the Internet of a month, and the nations whose figures changed most."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from urllib.parse import urlencode

import polars as pl
from starlette.requests import Request
from starlette.responses import Response

from splinternet.base.texts import country_called, nation_called, phrase
from splinternet.brief.words import count, day
from splinternet.figures.shipped import Figures, list_figures
from splinternet.measures.catalogue import dated_figures
from splinternet.measures.measure import Figure
from splinternet.web.parts import Address, Link, Part, show, titles, to
from splinternet.web.problems import NotHereError
from splinternet.web.rankings import about_ranges, beside, cell, known_figures
from splinternet.web.site import site_of

__all__ = ["changes", "date"]

#: Nations whose figure changed most, that a page names for each figure.
_MOVERS = 8


async def changes(request: Request) -> Response:
    """Show which nations' figures changed most between two shipped dates."""
    world = site_of(request).served(request).name
    shipped, asked = _shipped(), request.query_params
    first = _figures(shipped, asked.get("from") or next(iter(shipped)))
    last = _figures(shipped, asked.get("to") or next(reversed(shipped)))
    parts = tuple(_all_movers(first, last, to(request, world)))
    between = phrase("web.dates.between_is", first=day(first.world.date), last=day(last.world.date))
    links = [
        Link(
            phrase("web.dates.one_to_other", one=one, other=other),
            f"/changes?{urlencode({'from': one, 'to': other})}",
        )
        for one, other in combinations(shipped, 2)
    ]
    actions = (*links, *(Link(each, f"/dates/{each}") for each in shipped))
    title = _finding(first, last, phrase("web.dates.largest", dates=between))
    return show(
        request,
        world,
        name=phrase("web.dates.between", dates=between),
        title=title,
        parts=parts,
        actions=actions,
        worlds=(first.world.name, last.world.name),
    )


async def date(request: Request) -> Response:
    """Show the Internet of a month, and what changed since the date before and until the next."""
    site, given = site_of(request), request.path_params["date"]
    shipped = _shipped()
    here = _figures(shipped, given)
    months = list(shipped)
    at = months.index(here.world.date[:7])
    world, address = site.served(request).name, to(request, site.served(request).name)
    parts = [_facts(here)]
    for other in (months[at - 1] if at else None, months[at + 1] if at + 1 < len(months) else None):
        if other is not None:
            pair = sorted((given[:7], other))
            first, last = (shipped[each] for each in pair)
            since = "since" if other < given[:7] else "until"
            when = phrase(f"web.dates.{since}", date=day(shipped[other].world.date))
            parts += _all_movers(first, last, address, when)
    links = [Link(each, f"/dates/{each}") for each in months if each != months[at]]
    links += [Link(phrase("web.dates.map"), f"/?{urlencode({'world': months[at]})}")]
    links += [Link(phrase("web.common.all_rankings"), "/rankings")]
    title = phrase("web.dates.title", date=day(here.world.date), size=_size(here))
    return show(
        request,
        world,
        name=phrase("web.dates.name"),
        title=title,
        parts=parts,
        actions=links,
        worlds=(here.world.name,),
    )


def _shipped() -> dict[str, Figures]:
    """The shipped figures by month, the earliest first."""
    found = {each.world.date[:7]: each for each in list_figures()}
    if not found:
        raise NotHereError("no figures are shipped")
    return dict(sorted(found.items()))


def _figures(shipped: dict[str, Figures], month: str) -> Figures:
    try:
        return shipped[month[:7]]
    except KeyError:
        known = ", ".join(shipped)
        raise NotHereError(f"no figures of {month!r} are shipped; there are {known}") from None


def _size(figures: Figures) -> str:
    rows = {name: stored.rows for name, stored in figures.world.tables.items()}
    return phrase(
        "web.dates.size",
        networks=count(rows.get("networks", 0), "network"),
        links=count(rows.get("links", 0), "link"),
    )


def _facts(figures: Figures) -> Part:
    """List the sources that a world was made of."""
    cited = dict.fromkeys(each.citation for each in figures.world.inputs if each.citation)
    rows = tuple((Link(each),) for each in cited)
    return Part(phrase("web.dates.made_of"), columns=titles("source"), rows=rows)


def _finding(first: Figures, last: Figures, otherwise: str) -> str:
    """Name the nation whose dependence on another state changed most."""
    name = dated_figures()[0]
    found = _changed(first, last, name)
    if found.is_empty():
        return otherwise
    row, figure = found.row(0, named=True), known_figures()[name]
    before, after = (each.world.date[:7] for each in (first, last))
    return phrase(
        "web.dates.finding",
        nation=nation_called(row["country"]),
        before=cell(row, figure, first).text,
        first=before,
        after=cell(row, figure, last).text,
        last=after,
    )


def _all_movers(first: Figures, last: Figures, address: Address, when: str = "") -> Iterator[Part]:
    dated = dated_figures()
    known, said = known_figures(), about_ranges((first, last), dated[0])
    for name in dated:
        if name in first.nations.columns and name in last.nations.columns:
            yield _movers(first, last, known[name], address, when, said)
            said = ""  # once is enough


def _movers(
    first: Figures, last: Figures, figure: Figure, address: Address, when: str, said: str
) -> Part:
    before, after = (each.world.date[:7] for each in (first, last))
    rows = tuple(
        (
            Link(country_called(row["country"]), address(f"nation:{row['country']}")),
            cell(row, figure, first),
            cell(row, figure, last),
        )
        for row in _changed(first, last, figure.name).iter_rows(named=True)
    )
    words = figure.words[:1].lower() + figure.words[1:] if when else figure.words
    unit = "" if figure.unit == "share" else phrase("web.dates.unit", unit=figure.unit)
    columns = (phrase("web.column.nation"), before, after)
    return Part(f"{when}{words}", unit, columns=columns, rows=rows, about=said)


def _changed(first: Figures, last: Figures, name: str) -> pl.DataFrame:
    """Set a figure side by side for the nations where it changed most."""
    before, after = (each.world.date[:7] for each in (first, last))
    return (
        beside([first, last], name)
        .drop_nulls()
        .with_columns(change=pl.col(after) - pl.col(before))
        .filter(pl.col("change") != 0)
        .sort(pl.col("change").abs(), "country", descending=[True, False])
        .head(_MOVERS)
    )
