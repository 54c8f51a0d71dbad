"""Tables of charts: the figures that a chart of an answer, or of all nations, shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from splinternet.base.shares import UNKNOWN, in_points, rounded
from splinternet.base.texts import country_called
from splinternet.brief.drawings.nations_map import CHANGES, Nation
from splinternet.brief.pictures import Address
from splinternet.brief.ranged import ranged
from splinternet.web.answers import Answer
from splinternet.web.parts import Link, titles

__all__ = ["ChartTable", "carried", "coloured", "differences", "mapped"]


@dataclass(frozen=True)
class ChartTable:
    """Figures of a chart as people read them: titles of columns, and rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Link, ...], ...]


def mapped(found: Answer) -> pl.DataFrame:
    """Return the figures of an answer's map, by country: all of them, unrounded."""
    if found.before is None:
        return _by_country("share", found.after)
    before, after = _by_country("before", found.before), _by_country("after", found.after)
    both = before.join(after, on="country", how="full", coalesce=True).sort("country")
    return both.with_columns(
        difference=pl.col("after").fill_null(0.0) - pl.col("before").fill_null(0.0)
    )


def differences(found: Answer, address: Address) -> ChartTable:
    """List the nations that an answer's map does not show as unchanged, most changed first."""
    frame = mapped(found)
    if found.before is None:
        some = frame.filter(pl.col("share") > 0)
        shares = some.sort("share", "country", descending=[True, False])
        return ChartTable(
            titles("nation", "share"),
            tuple(
                (_nation(code, address), Link(rounded(share), number=share))
                for code, share in shares.iter_rows()
            ),
        )
    changed = (
        frame.filter(pl.col("difference").abs() >= CHANGES[3])
        .with_columns(by=pl.col("difference").abs())
        .sort("by", "country", descending=[True, False])
        .drop("by")
    )
    return ChartTable(
        titles("nation", "before", "after", "points"),
        tuple(
            (
                _nation(code, address),
                _share(before),
                _share(after),
                Link(in_points(points), number=points),
            )
            for code, before, after, points in changed.iter_rows()
        ),
    )


def carried(found: Answer, address: Address) -> ChartTable:
    """List the largest carriers, before and after."""
    rows = tuple(
        (
            Link(row["label"], address(row["ref"]) if row["ref"] else None),
            _share(row["other"]),
            _share(row["value"], row["low"], row["high"]),
        )
        for row in found.bars.iter_rows(named=True)
    )
    return ChartTable(titles("state" if found.by_state else "network", "before", "after"), rows)


def coloured(known: Mapping[str, Nation], address: Address) -> ChartTable:
    """List what a map of all nations tells of each."""
    rows = ((_nation(code, address), Link(each.words)) for code, each in known.items())
    by_name = sorted(rows, key=lambda cells: cells[0].text)
    return ChartTable(titles("nation", "figure"), tuple(by_name))


def _by_country(name: str, shares: Mapping[str, float]) -> pl.DataFrame:
    schema = {"country": pl.String, name: pl.Float64}
    return pl.DataFrame(sorted(shares.items()), schema=schema, orient="row")


def _nation(code: str, address: Address) -> Link:
    return Link(country_called(code), address(f"nation:{code}"))


def _share(share: float | None, low: float | None = None, high: float | None = None) -> Link:
    if share is None:
        return Link(UNKNOWN)
    return Link(ranged(share, low, high), number=share)
