"""Several nations side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import polars as pl
from starlette.requests import Request
from starlette.responses import Response

from splinternet.base.countries import country_codes
from splinternet.base.errors import MisuseError
from splinternet.base.tables import FORMS
from splinternet.base.texts import country_called, nation_called, phrase
from splinternet.brief.ranged import about_figures, figure_ranged
from splinternet.brief.words import network_title
from splinternet.figures.ranges import ends_around
from splinternet.figures.ranks import Rank, rank
from splinternet.figures.shipped import (
    Doubts,
    Figures,
    levels_line,
    list_figures,
    shipped_figures,
)
from splinternet.measures.catalogue import find_measure, list_measures
from splinternet.measures.measure import Figure, Measure
from splinternet.measures.together import answers_of, figures_in
from splinternet.web.bars import Bar, bars
from splinternet.web.jobs import Progress
from splinternet.web.site import Site, nation, site_of, table_download
from splinternet.web.sureness import because, marked
from splinternet.world.world import World

__all__ = ["MOST_COLUMNS", "MOST_NATIONS", "compare", "compare_table", "compared"]

#: Nations side by side that a page can show, and columns of them at several dates.
MOST_NATIONS, MOST_COLUMNS = 6, 6

#: Rows that differ most, which come first, and how many of them are read out.
_FEW, _READ = 6, 3

#: Figures that a first sentence may be about.
_FINDINGS = (
    "dependence",
    "foreign_dependence",
    "state_share",
    "control_points",
    "continuity",
    "detours",
    "node_cut",
)

_SCHEMA = {
    "measure": pl.String(),
    "figure": pl.String(),
    "unit": pl.String(),
    "country": pl.String(),
    "value": pl.Float64(),
    "value_low": pl.Float64(),
    "value_high": pl.Float64(),
    "text": pl.String(),
    "asn": pl.Int64(),
    "about": pl.String(),
    "doubt": pl.String(),
}

#: Columns of a figure, and of the ends of its range.
_RANGED = ("value", "value_low", "value_high")


@dataclass(frozen=True)
class _Column:
    """A nation at a date.

    Attributes
    ----------
    code, label, called
        The nation, what stands above it, and how a sentence goes on with it.
    world
        Whose figures these are.
    nations
        Those of all nations then, for its rank; None where none are at hand.
    """

    code: str
    label: str
    called: str
    world: str
    nations: pl.DataFrame | None


@dataclass(frozen=True)
class _Row:
    """A figure: its name in files, words for it, and a cell and a rank for each column.

    ``spread`` is how far apart the ranks are, as a part of all nations.
    """

    name: str
    words: str
    cells: tuple[Bar, ...]
    ranks: tuple[str, ...]
    values: tuple[float | None, ...]
    spread: float


class _End(NamedTuple):
    """The smallest or largest figure of a row: whose it is, and in words."""

    value: float
    called: str
    text: str


@dataclass(frozen=True)
class _Group:
    """The figures of a measure, and what it asks."""

    question: str
    rows: list[_Row]


def _asked(request: Request) -> tuple[tuple[str, ...], bool]:
    """Read which nations are compared, and whether at every date."""
    given = [text for text in request.query_params.getlist("country") if text.strip()]
    codes = tuple(dict.fromkeys(nation(text) for text in given))
    if len(codes) > MOST_NATIONS:
        raise MisuseError(f"{len(codes)} nations are too many for a page; take {MOST_NATIONS}")
    dates = request.query_params.get("dates", "")
    if dates not in ("", "all"):
        raise MisuseError.unknown("value of dates", dates, ("all",), "it takes all")
    over_time = dates == "all"
    most = MOST_COLUMNS // len(list_figures())
    if over_time and len(codes) > most:
        raise MisuseError(f"{len(codes)} nations are too many at every date; take {most}")
    return codes, over_time


async def compare(request: Request) -> Response:
    """Show nations side by side, or each at every date."""
    site = site_of(request)
    world = site.served(request).name
    codes, over_time = _asked(request)
    parts, columns = await _at(site, request, world, codes, over_time)
    key = ("levels", site.worlds.stamp(world))
    levels = await site.look_up(key, lambda: levels_line(site.worlds.open(world), changes=False))
    groups = _groups(parts, columns)
    # Of each measure its first figure: the others are of the same, and their words lean on it.
    heads = (group.rows[0] for group in groups if group.rows[0].spread > 0)
    first = sorted(heads, key=lambda row: -row.spread)[:_FEW]
    return site.page(
        request,
        "compare.html",
        world=world,
        codes=codes,
        columns=columns,
        over_time=over_time,
        groups=groups,
        first=first,
        finding=_finding(groups, columns),
        reading=[_read(row, columns) for row in first[:_READ]] if len(columns) > 1 else [],
        levels="" if over_time else levels,
        ranges=about_figures(parts),
        doubts=because(_doubted(parts, columns)),
        countries=sorted((country_called(code), code) for code in country_codes()),
        most=MOST_NATIONS,
        forms=FORMS,
        query=request.url.query,
    )


async def _at(
    site: Site, request: Request, world: str, codes: tuple[str, ...], over_time: bool
) -> tuple[list[pl.DataFrame], tuple[_Column, ...]]:
    """Return the columns, and the rows of :func:`compared` for each of them."""
    if over_time:
        shipped = list_figures()
        columns = tuple(
            _Column(
                code,
                phrase("web.compare.at", nation=country_called(code), month=each.world.date[:7]),
                phrase("web.compare.at", nation=nation_called(code), month=each.world.date[:7]),
                each.world.name,
                each.nations,
            )
            for code in codes
            for each in shipped
        )
        opened = site.worlds.open(world)
        dates = [each for _ in codes for each in shipped]
        return [
            _shipped(opened, figures, (column.code,))
            for column, figures in zip(columns, dates, strict=True)
        ], columns
    frame = await compared(site, request, world, codes)
    known = shipped_figures(site.worlds.open(world))
    nations = None if known is None else known.nations
    columns = tuple(
        _Column(code, country_called(code), nation_called(code), world, nations) for code in codes
    )
    return [frame.filter(country=code) for code in codes], columns


def _doubted(
    parts: Iterable[pl.DataFrame], columns: Iterable[_Column]
) -> Iterator[tuple[str, str]]:
    """Tell of each nation which measures are in doubt, and why."""
    for part, column in zip(parts, columns, strict=True):
        doubted = part.drop_nulls("doubt").unique("measure", maintain_order=True)
        for name, doubt in doubted.select("measure", "doubt").iter_rows():
            yield f"{column.label}, {find_measure(name).title}", doubt


def _finding(groups: Iterable[_Group], columns: tuple[_Column, ...]) -> str:
    """Say in a sentence what sets them apart most, of the figures that have one; else nothing."""
    told = [row for group in groups for row in group.rows if row.name in _FINDINGS]
    row = max(told, key=lambda each: each.spread, default=None)
    if row is None or not row.spread:
        return ""
    return phrase(f"web.compare.finding.{row.name}", **_ends_said(row, columns))


def _read(row: _Row, columns: tuple[_Column, ...]) -> str:
    """Say where a figure is largest, and where it is smallest."""
    return phrase("web.compare.reading", figure=row.words, **_ends_said(row, columns))


def _ends_said(row: _Row, columns: tuple[_Column, ...]) -> dict[str, str]:
    """Values for a sentence about the largest and the smallest figure."""
    low, high = _ends(row, columns)
    return {"high": high.text, "highest": high.called, "low": low.text, "lowest": low.called}


def _ends(row: _Row, columns: tuple[_Column, ...]) -> tuple[_End, _End]:
    """Find where a figure is smallest, and where it is largest."""
    known = [
        _End(value, column.called, cell.text)
        for value, column, cell in zip(row.values, columns, row.cells, strict=True)
        if value is not None
    ]
    return min(known), max(known)


async def compare_table(request: Request) -> Response:
    """Send the figures of nations, a row for each figure of each."""
    site = site_of(request)
    served = site.served(request)
    codes, over_time = _asked(request)
    parts, columns = await _at(site, request, served.name, codes, over_time)
    frames = [
        part.with_columns(world=pl.lit(column.world)) if over_time else part
        for part, column in zip(parts, columns, strict=True)
    ]
    tables = {"compare": pl.concat(frames) if frames else pl.DataFrame(schema=_SCHEMA)}
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
        none, null where there is nothing to measure; ``value_low`` and ``value_high``, both ends of
        its range by other rules, null where none is shipped; ``asn``, the number of a network;
        ``about``, what the figure is; ``doubt``, the carriers in doubt that figures of the measure
        rest on, or null.
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
    if known is not None:
        return _shipped(opened, known, codes)
    taken = [each for each in list_measures().values() if each.quick]
    found: dict[str, Mapping[str, Any]] = {}
    doubts: dict[str, Mapping[str, str]] = {}
    for number, code in enumerate(codes):
        options: dict[str, Any] = {"progress": progress}
        answers = list(answers_of(opened, code, taken, options))
        found[code] = figures_in(answers)
        doubts[code] = {each.measure.name: each.doubt for each in answers if each.doubt}
        progress(number + 1, len(codes))
    return _frame(opened, taken, found, doubts)


def _shipped(world: World, known: Figures, codes: Iterable[str]) -> pl.DataFrame:
    every = list_measures().values()
    measures = [each for each in every if each.figures[0].name in known.nations.columns]
    rows = {code: known.row(code) for code in codes}
    ends = {code: ends_around(known.around.get(code, {}), row) for code, row in rows.items()}
    return _frame(world, measures, {code: rows[code] | ends[code] for code in rows}, known.doubts)


def _frame(
    world: World,
    measures: Iterable[Measure],
    found: Mapping[str, Mapping[str, Any]],
    doubts: Doubts,
) -> pl.DataFrame:
    names = dict(world.named.select("asn", "name").iter_rows())
    rows = []
    for measure in measures:
        for figure in measure.figures:
            for code, figures in found.items():
                value = figures.get(figure.name)
                text = None
                asn = value if figure.unit == "ASN" else None
                if not figure.is_number:
                    text = None if value is None else _named(figure.unit, value, names)
                    value = None
                doubt = doubts.get(code, {}).get(measure.name)
                about = (measure.name, figure.name, figure.unit, code)
                ends = (figures.get(f"{figure.name}_{end}") for end in ("low", "high"))
                rows.append((*about, value, *ends, text, asn, figure.doc, doubt))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _named(unit: str, value: object, names: Mapping[int, str | None]) -> str:
    if unit == "ASN" and isinstance(value, int):
        return network_title(value, names.get(value))
    return country_called(str(value)) if unit == "country" else str(value)


def _groups(parts: Sequence[pl.DataFrame], columns: tuple[_Column, ...]) -> list[_Group]:
    """Set the columns' figures side by side, by measure."""
    groups = []
    for measure in list_measures().values():
        rows = [row for each in measure.figures if (row := _row(each, parts, columns))]
        if rows:
            groups.append(_Group(measure.question, rows))
    return groups


def _row(
    figure: Figure, parts: Sequence[pl.DataFrame], columns: tuple[_Column, ...]
) -> _Row | None:
    """Return a figure in all columns; None where no column has it."""
    found = [next(part.filter(figure=figure.name).iter_rows(named=True), None) for part in parts]
    if not any(found):
        return None
    values = tuple(None if each is None else each["value"] for each in found)
    texts = [None if each is None else each["text"] for each in found]
    ranged = [
        (None, None, None) if each is None else tuple(each[name] for name in _RANGED)
        for each in found
    ]
    places = [_place(figure, column) for column in columns]
    parted = [each.place / each.of for each in places if each is not None]
    return _Row(
        figure.name,
        figure.words,
        tuple(
            replace(bar, text=_told(bar.text, figure.unit, each))
            for bar, each in zip(bars(ranged, figure.unit, texts), found, strict=True)
        ),
        tuple(
            "" if each is None else phrase("web.compare.rank", place=each.place, number=each.of)
            for each in places
        ),
        values,
        max(parted) - min(parted) if len(parted) > 1 else 0.0,
    )


def _told(text: str, unit: str, row: Mapping[str, Any] | None) -> str:
    """Write a figure with its range, marked if in doubt; ``text`` of what is no number."""
    if row is None:
        return text
    value, low, high = (row[name] for name in _RANGED)
    return marked(text if value is None else figure_ranged(value, low, high, unit), row["doubt"])


def _place(figure: Figure, column: _Column) -> Rank | None:
    if column.nations is None or not figure.is_number:
        return None
    return rank(column.nations, figure.name, column.code)
