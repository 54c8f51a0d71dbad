"""How a nation's figures changed over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from splinternet.base.shares import rounded
from splinternet.brief.chapters.teller import Teller
from splinternet.brief.document import Block, Chapter, Column, Paragraph, Picture, Points, Table
from splinternet.brief.facts.changes import FIGURES
from splinternet.brief.words import day

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
    shipped = found["kind"][0] == "full" and tell.brief.asked.figures is not None
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
    doubted = found.drop_nulls("doubt").group_by("doubt", maintain_order=True).agg("date")
    if doubted.height:
        yield Paragraph(tell("changes.doubted"))
        yield Points(
            tuple(
                tell("changes.doubt", dates=", ".join(map(day, dates)), doubt=doubt)
                for doubt, dates in doubted.iter_rows()
            )
        )


def _row(tell: Teller, row: dict[str, Any], figures: Iterable[str]) -> tuple[str, ...]:
    cells = [row["date"]]
    about = {
        "foreign_dependence": f"AS{row['foreign_dependence_on']}",
        "state_share": tell.country(row["state"]),
    }
    for figure in figures:
        value = row[figure]
        if value is None:
            cells.append(tell("changes.figure"))
            continue
        text = f"{value:,.0f}" if figure == "control_points" else rounded(value)
        of = about.get(figure)
        cells.append(tell("changes.with_of", value=text, of=of) if of else text)
    return tuple(cells)
