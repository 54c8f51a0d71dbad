"""Findings of a comparison: a world before a scenario and after it, in one table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from splinternet.base.choices import Carriers, Direction
from splinternet.base.html import html_facts
from splinternet.base.texts import country_called, phrase
from splinternet.routing.reroutes import Reroutes
from splinternet.scenario.reachability import Pairs
from splinternet.world.world import World

__all__ = ["ENDS", "BothTables", "Comparison", "MeasureFigure", "NationCompared", "beside"]

#: Ends of the ranges by other rules, of what is before, after, and of the difference.
ENDS: tuple[str, ...] = (
    "before_low",
    "before_high",
    "after_low",
    "after_high",
    "difference_low",
    "difference_high",
)

#: Figure of a measure: the measure, the figure, its unit, before and after.
MeasureFigure = tuple[str, str, str, float | None, float | None]

#: Tables of a measure before and after.
BothTables = tuple[pl.DataFrame | None, pl.DataFrame | None]

#: What a table of all figures has, besides the difference.
_GIVEN = pl.Schema(
    {
        "country": pl.String(),
        "figure": pl.String(),
        "of": pl.String(),
        "name": pl.String(),
        "unit": pl.String(),
        "before": pl.Float64(),
        "after": pl.Float64(),
    }
)

#: Paths to list that got longer by most.
_PATHS = 20

_Row = tuple[str | None, str, str | None, str | None, str, float | None, float | None]


@dataclass(frozen=True, eq=False)
class NationCompared:
    """Changes of a scenario for a nation.

    Attributes
    ----------
    country
        Its code.
    by
        Whether ``carriers`` are networks or states.
    direction
        Direction of the routes that they are on.
    abroad, within
        Its pairs of networks with others, and its own.
    carriers
        ``asn``, ``name``, ``country``, or by state ``country`` only; ``before``, ``after`` and
        ``difference``, shares of the traffic offered before that passes them; behind these, where
        they are known, the ends of their ranges by other rules, and ``doubt``, why a share is not
        sure. The largest gain is first, the largest loss last.
    detours
        Share of the domestic traffic offered before that passes a network known to be foreign,
        before and after; None where there is no domestic traffic.
    reroutes
        What takes more links than before.
    figures
        Figures of measures: the measure, the figure, its unit, before and after; None where there
        is nothing to measure.
    tables
        Tables of the measures by name, before and after; None where there is nothing to measure.
    """

    country: str
    by: Carriers
    direction: Direction
    abroad: Pairs
    within: Pairs
    carriers: pl.DataFrame
    detours: tuple[float, float] | None
    reroutes: Reroutes
    figures: tuple[MeasureFigure, ...]
    tables: Mapping[str, BothTables] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Comparison:
    """Comparison of a world before a scenario and after it.

    Attributes
    ----------
    before, after
        The two worlds.
    pairs
        Pairs of networks: those with an end in the nation, or all if there is none.
    lost
        The pairs that lose all routes: of the nation with each country, or of each country; see
        :class:`~splinternet.scenario.reachability.Reachability`.
    nation
        What changes for the nation that was asked for.
    levels
        Where they come from if not from the two worlds, see :mod:`splinternet.scenario.levels`;
        and what ranges are.
    ends
        Ranges of figures of measures by other rules, by name of the measure and of the figure:
        ``before_low`` and ``before_high``, and the like of after and difference where known.
    """

    before: World
    after: World
    pairs: Pairs
    lost: pl.DataFrame
    nation: NationCompared | None
    levels: str | None = None
    ends: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Comparison of {self.before.manifest.name} before and after {self._after}>"

    def _repr_html_(self) -> str:
        """Table of what changes most, for notebooks."""
        names = (f'"{name}"' for name in self.after.manifest.after)
        after = phrase("notebook.changes.and").join(names)
        nation = "" if self.nation is None else country_called(self.nation.country)
        facts = {
            phrase("notebook.changes.world"): self.before.manifest.name,
            phrase("notebook.changes.after"): after or phrase("notebook.changes.a_change"),
            phrase("notebook.changes.nation"): nation,
            phrase("notebook.changes.pairs_before"): f"{self.pairs.before:,}",
            phrase("notebook.changes.pairs_after"): f"{self.pairs.after:,}",
        }
        most = self.table().sort(pl.col("difference").abs(), descending=True, nulls_last=True)
        heading = phrase("notebook.changes.heading")
        return html_facts(heading, facts, most.head(10)._repr_html_())

    @property
    def _after(self) -> str:
        return " and ".join(f'"{name}"' for name in self.after.manifest.after) or "a change"

    def table(self) -> pl.DataFrame:
        """Return every figure in one long table.

        Returns
        -------
        polars.DataFrame
            ``country``, ``figure``, ``of`` (an AS number, a country, or the two ends of a path),
            ``name``, ``unit``, ``before``, ``after``, ``difference``, and ``factor``: by what the
            figure grows, ``after`` over ``before``; null where there was nothing before. Whether
            those who take over have the capacity is not known. Behind ``before``, ``after`` and
            ``difference`` are the ends of their ranges by other rules, where any is known; last is
            the ``doubt`` of a carrier, where doubts were looked for.
        """
        nation = self.nation
        few = _pairs_rows(None, "", self.pairs) if nation is None else _nation_rows(nation)
        frames = [pl.DataFrame(list(few), schema=_GIVEN, orient="row")]
        if nation is not None:
            frames += [_carriers_frame(nation), _paths_frame(nation)]
        frames.append(_lost_frame(self.lost, nation))
        before, after = pl.col("before"), pl.col("after")
        table = pl.concat(frames).with_columns(
            difference=after - before, factor=pl.when(before > 0).then(after / before)
        )
        return table if nation is None else _ranged(table, nation, self.ends)


def beside(columns: Sequence[str], ends: Sequence[str]) -> list[str]:
    """Put the ends of ranges behind the figures that they are of."""
    of = {end: end.rpartition("_")[0] for end in ends}
    return [each for name in columns for each in (name, *(e for e in ends if of[e] == name))]


def _ranged(
    table: pl.DataFrame, nation: NationCompared, ends: Mapping[str, Mapping[str, float]]
) -> pl.DataFrame:
    """Put the ranges that are known behind figures, doubts last; no column where none is."""
    of_carriers = [name for name in (*ENDS, "doubt") if name in nation.carriers.columns]
    known = [name for name in ENDS if name in of_carriers or any(name in e for e in ends.values())]
    if not known and not of_carriers:
        return table
    schema = pl.Schema({"figure": pl.String(), "of": pl.String(), **dict.fromkeys(known, _SHARE)})
    rows = [{"figure": figure, **each} for figure, each in ends.items()]
    frames = [pl.DataFrame(rows, schema=schema)]
    if of_carriers:
        frames.append(
            _carriers_frame(nation)
            .select("figure", "of")
            .hstack(nation.carriers.select(of_carriers))
        )
    ranged = table.join(
        pl.concat(frames, how="diagonal"),
        on=["figure", "of"],
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    doubts = [name for name in of_carriers if name not in known]
    return ranged.select(*beside(table.columns, known), *doubts)


_SHARE = pl.Float64()


def _pairs_rows(country: str | None, side: str, pairs: Pairs) -> Iterator[_Row]:
    end = f"_{side}" if side else ""
    yield country, f"pairs{end}", None, None, "pairs", pairs.before, pairs.after
    yield country, f"reached{end}", None, None, "share", pairs.share_before, pairs.share_after
    yield (
        country,
        f"reached{end}_addresses",
        None,
        None,
        "share",
        pairs.addresses_before,
        pairs.addresses_after,
    )


def _nation_rows(nation: NationCompared) -> Iterator[_Row]:
    code = nation.country
    yield from _pairs_rows(code, "abroad", nation.abroad)
    yield from _pairs_rows(code, "domestic", nation.within)
    if nation.detours is not None:
        yield code, "detours", None, None, "share", *nation.detours
    yield code, "longer_paths", None, None, "share", 0.0, nation.reroutes.longer
    for measure, figure, unit, before, after in nation.figures:
        yield code, f"{measure}.{figure}", None, None, unit, before, after


def _carriers_frame(nation: NationCompared) -> pl.DataFrame:
    by_state = nation.by == "state"
    return nation.carriers.select(
        country=pl.lit(nation.country),
        figure=pl.lit(f"{nation.direction}_passes"),
        of=pl.col("country") if by_state else pl.format("AS{}", "asn"),
        name=pl.lit(None) if by_state else pl.col("name"),
        unit=pl.lit("share"),
        before="before",
        after="after",
    ).cast(_GIVEN)


def _paths_frame(nation: NationCompared) -> pl.DataFrame:
    return (
        nation.reroutes.paths.head(_PATHS)
        .select(
            country=pl.lit(nation.country),
            figure=pl.lit("path"),
            of=pl.format("AS{} AS{}", "source", "destination"),
            name=pl.lit(None),
            unit=pl.lit("links"),
            before="before",
            after="after",
        )
        .cast(_GIVEN)
    )


def _lost_frame(lost: pl.DataFrame, nation: NationCompared | None) -> pl.DataFrame:
    return lost.select(
        country=pl.col("country") if nation is None else pl.lit(nation.country),
        figure=pl.format("pairs_{}", "side") if nation is None else pl.lit("pairs_with"),
        of=pl.lit(None) if nation is None else pl.col("country"),
        name=pl.lit(None),
        unit=pl.lit("pairs"),
        before="pairs",
        after=pl.col("pairs") - pl.col("lost"),
    ).cast(_GIVEN)
