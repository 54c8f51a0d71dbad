"""Several nations side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from starlette.requests import Request
from starlette.responses import Response

from splinternet.base.countries import country_codes, country_name
from splinternet.base.errors import MisuseError
from splinternet.base.tables import FORMS
from splinternet.brief.names import shown_name
from splinternet.brief.words import network_title
from splinternet.figures.shipped import levels_line, shipped_figures
from splinternet.measures.catalogue import list_measures
from splinternet.measures.measure import Measure
from splinternet.measures.together import figures_of
from splinternet.web.bars import Bar, bars
from splinternet.web.jobs import Progress
from splinternet.web.site import Site, nation, site_of, table_download
from splinternet.world.world import World

__all__ = ["MOST_NATIONS", "compare", "compare_table", "compared"]

#: Nations side by side that a page can show.
MOST_NATIONS = 6

_SCHEMA = {
    "measure": pl.String(),
    "figure": pl.String(),
    "unit": pl.String(),
    "country": pl.String(),
    "value": pl.Float64(),
    "text": pl.String(),
    "about": pl.String(),
}


@dataclass(frozen=True)
class _Row:
    """A figure of all nations: its name in files, words for it, and a cell for each nation."""

    name: str
    words: str
    cells: tuple[Bar, ...]


@dataclass(frozen=True)
class _Group:
    """The figures of a measure, and what it asks."""

    question: str
    rows: list[_Row]


def _asked(request: Request) -> tuple[str, ...]:
    """Read which nations are compared."""
    given = [text for text in request.query_params.getlist("country") if text.strip()]
    codes = tuple(dict.fromkeys(nation(text) for text in given))
    if len(codes) > MOST_NATIONS:
        raise MisuseError(f"{len(codes)} nations are too many for a page; take {MOST_NATIONS}")
    return codes


async def compare(request: Request) -> Response:
    """Show nations side by side."""
    site = site_of(request)
    world = site.served(request).name
    codes = _asked(request)
    frame = await compared(site, request, world, codes)
    key = ("levels", site.worlds.stamp(world))
    levels = await site.look_up(key, lambda: levels_line(site.worlds.open(world)))
    return site.page(
        request,
        "compare.html",
        world=world,
        codes=codes,
        groups=_groups(frame),
        levels=levels,
        countries=sorted((country_name(code), code) for code in country_codes()),
        most=MOST_NATIONS,
        forms=FORMS,
        query=request.url.query,
    )


async def compare_table(request: Request) -> Response:
    """Send the figures of nations, a row for each figure of each."""
    site = site_of(request)
    served = site.served(request)
    tables = {"compare": await compared(site, request, served.name, _asked(request))}
    form = request.path_params["form"]
    return table_download(request, "compare", form, tables, served.record())


async def compared(
    site: Site, request: Request, world: str, codes: tuple[str, ...]
) -> pl.DataFrame:
    """Return a row for each figure of each nation.

    Returns
    -------
    polars.DataFrame
        ``measure``, ``figure``, ``unit``, ``country``; ``value`` of numbers and ``text`` of what is
        none, null where there is nothing to measure; ``about``, what the figure is.
    """
    if not codes:
        return pl.DataFrame(schema=_SCHEMA)
    key = ("compare", site.worlds.stamp(world), codes)
    found: pl.DataFrame = await site.compute(
        request, key, lambda progress: _compute(site, world, codes, progress)
    )
    return found


def _compute(site: Site, world: str, codes: tuple[str, ...], progress: Progress) -> pl.DataFrame:
    opened = site.worlds.open(world)
    known = shipped_figures(opened)
    measures = list_measures()
    if known is not None:
        taken = [m for m in measures.values() if m.figures[0].name in known.nations.columns]
        return _frame(opened, taken, {code: known.row(code) for code in codes})
    taken = [each for each in measures.values() if each.quick]
    found = {}
    for number, code in enumerate(codes):
        options: dict[str, Any] = {"progress": progress}
        found[code] = figures_of(opened, code, taken, options)
        progress(number + 1, len(codes))
    return _frame(opened, taken, found)


def _frame(
    world: World, measures: Iterable[Measure], found: Mapping[str, Mapping[str, Any]]
) -> pl.DataFrame:
    names = dict(world.networks.select("asn", shown_name()).iter_rows())
    rows = []
    for measure in measures:
        for figure in measure.figures:
            for code, figures in found.items():
                value = figures.get(figure.name)
                text = None
                if not figure.is_number:
                    text = None if value is None else _named(figure.unit, value, names)
                    value = None
                rows.append((measure.name, figure.name, figure.unit, code, value, text, figure.doc))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _named(unit: str, value: object, names: Mapping[int, str | None]) -> str:
    if unit == "ASN" and isinstance(value, int):
        return network_title(value, names.get(value))
    return country_name(str(value)) if unit == "country" else str(value)


def _groups(frame: pl.DataFrame) -> list[_Group]:
    measures = list_measures()
    words = {each.name: each.words for m in measures.values() for each in m.figures}
    return [
        _Group(measures[str(name)].question, list(_rows(part, words)))
        for (name,), part in frame.group_by("measure", maintain_order=True)
    ]


def _rows(frame: pl.DataFrame, words: Mapping[str, str]) -> Iterator[_Row]:
    for (figure,), part in frame.group_by("figure", maintain_order=True):
        unit = part["unit"][0]
        values = part["value"].to_list()
        yield _Row(
            str(figure),
            words[str(figure)],
            bars(values, unit, part["text"].to_list()),
        )
