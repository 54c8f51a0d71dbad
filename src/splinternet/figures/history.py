"""The shipped figures of all nations at many dates, like with like: links that BGP shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from splinternet.base.choices import Counting, Routing
from splinternet.base.countries import country_code
from splinternet.base.errors import MisuseError, remedy
from splinternet.figures import shipped
from splinternet.figures.matching import other_settings
from splinternet.figures.ranges import Around, ends_around
from splinternet.figures.shipped import HISTORY, MANIFEST, Made, list_figures
from splinternet.measures.atlas import settings_of
from splinternet.measures.doubt_column import read_doubts, write_doubts

__all__ = ["SETTINGS", "history_made", "shipped_history", "with_ends"]

#: The choices that they are followed by; the weights stand in each row.
SETTINGS = settings_of({**vars(Routing(links="bgp")), "weights": Counting().weights})

#: What rows begin with.
_FACTS = ("date", "world", "evidence", "links", "weights")


def history_made() -> Made | None:
    """Record of the shipped figures of many dates; None if none are shipped.

    Figures of another version of the definitions count for none.
    """
    found = _made(shipped.FOLDER / HISTORY)
    return None if found is None or other_settings(found.settings, SETTINGS) else found


def shipped_history(
    country: str, *, weights: str | None = None, measures: Iterable[str] | None = None
) -> pl.DataFrame | None:
    """Figures of a nation at every date that a snapshot is known of, from 1998 on.

    Parameters
    ----------
    country
        Code or English name.
    weights
        ``networks``, or ``addresses`` for the dates that prefixes of their time are known of;
        both by default.
    measures
        Names of measures; all that are shipped by default.

    Returns
    -------
    polars.DataFrame or None
        ``date``, ``world``, ``evidence``, ``links``, ``weights``, the figures, and ``doubt``,
        which says which carriers in doubt they rest on, by date; then ``FIGURE_low`` and
        ``FIGURE_high``, see :func:`with_ends`. None where none are shipped.

    Raises
    ------
    MisuseError
        If there is no such country, or a measure is not followed.
    """
    code = country_code(country)
    made = history_made()
    if made is None:
        return None
    known: dict[str, list[str]] = {}
    for figure, about in made.columns.items():
        known.setdefault(about["measure"], []).append(figure)
    wanted = list(known) if measures is None else list(measures)
    for name in wanted:
        if name not in known:
            raise MisuseError(
                f"{name} is not among the figures that are shipped for all dates "
                f"({', '.join(known)}); name {remedy('worlds', 'worlds with --worlds')}"
            )
    rows = _rows(shipped.FOLDER / HISTORY).filter(pl.col("country") == code)
    figures = [figure for name in wanted for figure in known[name]]
    found = rows.select(*_FACTS, *figures, "doubt").sort("date", "weights")
    doubts = [
        write_doubts({name: doubt for name, doubt in read_doubts(cell).items() if name in wanted})
        for cell in found["doubt"]
    ]
    ranged = with_ends(found.with_columns(doubt=pl.Series(doubts, dtype=pl.String)), code)
    return ranged if weights is None else ranged.filter(pl.col("weights") == weights)


def with_ends(rows: pl.DataFrame, country: str) -> pl.DataFrame:
    """Add to figures of a nation over time the ranges that are known of them.

    They are known at dates whose figures by trusted links have ranges, of what addresses count: as
    far around the figure by links that BGP shows, if it is of the same network. As a range is what
    every weighting gives, that of the figure by networks is the same, and reaches to the figure
    itself where the full world has this outside of what the digest gives. Elsewhere they are null:
    no range of another question is taken for this one.

    Parameters
    ----------
    rows
        ``date``, ``weights`` and figures by name.
    country
        The nation's code.
    """
    known = {each.world.date: each for each in list_figures()}
    around = {date: each.around.get(country, {}) for date, each in known.items()}
    ranged = {name for each in known.values() for own in each.around.values() for name in own}
    ends: dict[str, list[float | None]] = {
        f"{figure}_{end}": [] for figure in rows.columns if figure in ranged for end in _ENDS
    }
    by_addresses = {
        row["date"]: _ends_of(row, known[row["date"]].row(country), around[row["date"]])
        for row in rows.iter_rows(named=True)
        if row["weights"] == Counting().weights and row["date"] in known
    }
    for row in rows.iter_rows(named=True):
        found = by_addresses.get(row["date"], {})
        for name, cells in ends.items():
            cells.append(_reaching(found.get(name), row[name.rpartition("_")[0]], name))
    return rows.with_columns(pl.Series(name, cells, pl.Float64) for name, cells in ends.items())


def _ends_of(
    row: Mapping[str, Any], trusted: Mapping[str, Any], around: Around
) -> dict[str, float]:
    """Ends around the figures of a row that are of the same network as those by trusted links."""
    alike = {
        figure: own for figure, own in around.items() if _of(row, figure) == _of(trusted, figure)
    }
    return ends_around(alike, row)


def _reaching(end: float | None, value: float | None, name: str) -> float | None:
    """Let an end of a range reach to a figure."""
    if end is None or value is None:
        return None
    return min(end, value) if name.endswith("_low") else max(end, value)


_ENDS = ("low", "high")


def _of(row: Mapping[str, Any], figure: str) -> object:
    """The network that a figure is of."""
    return row.get(f"{figure}_on", row.get(f"{figure}_of"))


@cache
def _made(folder: Path) -> Made | None:
    path = folder / MANIFEST
    return msgspec.json.decode(path.read_bytes(), type=Made) if path.is_file() else None


@cache
def _rows(folder: Path) -> pl.DataFrame:
    return pl.read_parquet(folder / "nations.parquet")
