"""How a nation's figures changed over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from splinternet.base.shares import UNKNOWN, rounded
from splinternet.base.texts import phrase
from splinternet.brief.chapters.teller import Teller
from splinternet.brief.document import Block, Chapter, Column, Paragraph, Picture, Points, Table
from splinternet.brief.facts.changes import FIGURES
from splinternet.brief.ranged import figure_ranged
from splinternet.brief.words import day
from splinternet.figures.ranges import COUNTED, ends_around
from splinternet.figures.shipped import list_figures

__all__ = ["changes"]


def changes(tell: Teller) -> Chapter:
    """Tell how the figures at a glance changed."""
    found, code = tell.brief.changes, tell.brief.country
    if found is None:
        command = f"splinternet brief {code} --worlds FOLDER"
        blocks: tuple[Block, ...] = (Paragraph(tell("changes.none", command=command)),)
    else:
        blocks = tuple(_known(tell, found))
    return Chapter("changes", tell("changes.title"), blocks)


def _known(tell: Teller, found: pl.DataFrame) -> Iterator[Block]:
    shipped = found["kind"][0] == "full" and tell.brief.asked.full is not None
    named = [] if shipped else [f" --worlds {world}" for world in found["world"]]
    figures = [figure for figure in FIGURES if found[figure].count()]
    taken = dict.fromkeys(FIGURES[figure] for figure in figures)
    measures = "".join([*named, *(f" --measure {measure}" for measure in taken)])
    note = tell.note("history", f"history {tell.brief.country}{measures}")
    yield Paragraph(tell("changes.intro", count=found.height), (note,))
    if shipped:
        yield Paragraph(tell("changes.shipped"), small=True)
    shares = [figure for figure in figures if figure != "control_points"]
    frame = found.unpivot(on=shares, index="date", variable_name="figure", value_name="value")
    names = {figure: tell(f"changes.figures.{figure}") for figure in shares}
    yield Picture(
        key="changes",
        kind="lines",
        frame=frame.drop_nulls("value").with_columns(
            pl.col("figure").replace_strict(names, return_dtype=pl.String)
        ),
        title=tell("changes.picture"),
        options={"unit": "share"},
        notes=(note,),
    )
    columns = (
        Column(tell("changes.date"), date=True),
        *(Column(tell(f"changes.figures.{figure}"), number=True) for figure in figures),
    )
    rows = tuple(_row(tell, row, figures) for row in found.iter_rows(named=True))
    yield Table(tell("changes.table"), columns, rows, (note,))
    if shipped:
        yield from _with_ranges(tell, figures, columns)
    doubted = found.drop_nulls("doubt").group_by("doubt", maintain_order=True).agg("date")
    if doubted.height:
        yield Paragraph(tell("changes.doubted"))
        yield Points(
            tuple(
                tell("changes.doubt", dates=", ".join(map(day, dates)), doubt=doubt)
                for doubt, dates in doubted.iter_rows()
            )
        )


def _with_ranges(
    tell: Teller, figures: Iterable[str], columns: tuple[Column, ...]
) -> Iterator[Block]:
    """Show the figures of the dates of which ranges are shipped, as cards have them."""
    code, wanted = tell.brief.country, (*figures, *_MORE)
    rows = []
    for each in list_figures():
        row = each.row(code)
        ends = ends_around(each.around.get(code, {}), row)
        known = [name for name in dict.fromkeys(wanted) if f"{name}_low" in ends]
        rows += [
            (
                each.world.date,
                tell(f"changes.figures.{name}"),
                figure_ranged(row[name], ends[f"{name}_low"], ends[f"{name}_high"], _unit(name)),
            )
            for name in known
        ]
    if rows:
        titles = Column(tell("changes.what")), Column(tell("changes.ranged"), number=True)
        note = tell.note("atlas", "atlas")
        yield Table(tell("changes.ranges"), (columns[0], *titles), tuple(rows), (note,))
        yield Paragraph(phrase("words.ranges.some"), small=True)


#: Headlines that are shipped at the three dates alone.
_MORE = ("state_share", COUNTED)


def _unit(figure: str) -> str:
    return "networks" if figure == COUNTED else "share"


def _row(tell: Teller, row: dict[str, Any], figures: Iterable[str]) -> tuple[str, ...]:
    cells = [row["date"]]
    about = {
        "foreign_dependence": f"AS{row['foreign_dependence_on']}",
        "state_share": tell.country(row["state"]),
    }
    for figure in figures:
        value = row[figure]
        if value is None:
            cells.append(UNKNOWN)
            continue
        text = f"{value:,.0f}" if figure == "control_points" else rounded(value)
        of = about.get(figure)
        cells.append(tell("changes.with_of", value=text, of=of) if of else text)
    return tuple(cells)
