"""The finding of a what-if: what a scenario changes, in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Any

import polars as pl

from splinternet.base.shares import in_points, in_unit, rounded
from splinternet.base.texts import nation_called, phrase
from splinternet.brief.errors import difference_error, is_told
from splinternet.brief.ranged import ranged
from splinternet.brief.words import capital, country_title, network_title
from splinternet.scenario.comparison import Comparison, MeasureFigure, NationCompared
from splinternet.scenario.levelled_rows import BEFORE, DIFFERENCE
from splinternet.scenario.reachability import Pairs
from splinternet.world.manifest import Manifest
from splinternet.world.schema import FIRST_GROUP
from splinternet.world.world import World

__all__ = [
    "FEW",
    "changed",
    "differences_told",
    "figures_changed",
    "is_changed",
    "least_told",
    "loses",
    "lost_routes",
    "named_carriers",
    "part_lost",
    "rows_told",
    "who",
]

#: Shares of routes, in parts of one, below which nobody gains or loses anything worth telling.
_WORTH_TELLING = 0.001

#: A part of the routes to the world below this is no headline.
FEW = 0.01

#: From here on a part is told as all.
_ALL = 0.9995

#: So far apart what is lost by pairs is told beside what is lost by addresses.
_APART = 0.05

#: How many nations a finding names.
_NAMED = 3


def changed(compared: Comparison) -> str:
    """Tell the finding: of a nation what it loses and who takes over, else who loses most."""
    nation = compared.nation
    said = _world(compared) if nation is None else _nation(nation, compared)
    return phrase("what_if.finding.in_the_model", said=said)


def lost_routes(compared: Comparison) -> float:
    """Part of its routes to the world that the nation loses, or of all; by addresses if known."""
    nation = compared.nation
    return part_lost(compared.pairs if nation is None else nation.abroad)


def least_told(manifest: Manifest) -> float:
    """The least change of a carrier's share that is told: no error, and no rounding."""
    return max(_WORTH_TELLING, difference_error(manifest, "carrier"))


def differences_told(
    shares: pl.DataFrame, manifest: Manifest, nation: str | None = None
) -> pl.DataFrame:
    """Write the differences of a table of shares as people read them, small ones as no change.

    ``nation`` is the code of that whose carriers they are, if they are of one.
    """
    told = is_changed(shares, manifest, nation)
    points = pl.col("difference").map_elements(in_points, return_dtype=pl.String)
    ended = [end for end in ("", "_low", "_high") if f"share{end}" in shares.columns]
    return shares.with_columns(
        *(
            pl.when(told).then(f"share{end}").otherwise(f"before{end}").alias(f"share{end}")
            for end in ended
        ),
        *(pl.when(told).then(f"difference{end}").alias(f"difference{end}") for end in ended if end),
        difference=pl.when(told).then(points).otherwise(pl.lit(phrase("charts.no_change"))),
    )


def is_changed(
    shares: pl.DataFrame, manifest: Manifest, nation: str | None = None, after: str = "share"
) -> pl.Series:
    """Whether the change of each share is told: if it is no smaller than the digest's error.

    Also where nothing is left, which is no matter of errors. Where the largest share of a nation's
    carriers changes by the error or more, so are those told that would stand above the largest
    after it, and this one: else rows would contradict the headline.

    Parameters
    ----------
    shares
        ``before``, ``difference`` and the share ``after``.
    manifest
        Of the world before.
    nation
        Code of the nation whose carriers they are; None if the shares are of several nations.
    after
        The column of shares after.
    """
    least = least_told(manifest)
    gone = (pl.col(after) == 0) & (pl.col("before") > 0)
    told = (pl.col("difference").abs() >= least) | gone
    if nation is not None:
        sure = pl.col("doubt").is_null() if "doubt" in shares.columns else pl.lit(value=True)
        if "asn" in shares.columns:
            sure &= pl.col("asn") < FIRST_GROUP
        abroad = pl.col("country").ne_missing(nation)
        first, most = (
            pl.when(sure).then(name).otherwise(0.0).max().over(abroad) for name in ("before", after)
        )
        leads = (pl.col(after) == most) | (pl.col("before") > most)
        is_other = (most - first).abs() >= least
        told |= is_other & leads & (pl.col("difference").abs() >= _WORTH_TELLING)
    return shares.select(told=told)["told"]


def rows_told(rows: pl.DataFrame, manifests: Sequence[Manifest]) -> pl.DataFrame:
    """Leave figures of rows as they were before where what changes is small.

    Parameters
    ----------
    rows
        Figures, and each before as ``before_FIGURE``.
    manifests
        That of the world of each row, or one of all.
    """
    kinds = rows.schema
    known = {name for name in kinds if f"{BEFORE}{name}" in kinds and kinds[name].is_numeric()}
    ends = {f"{name}_{end}" for name in known for end in ("low", "high")}
    figures = [name for name in rows.columns if name in known - ends]
    differences = [f"{DIFFERENCE}{name}" for name in (*figures, *sorted(ends))]
    each = [rows] if len(manifests) == 1 else rows.iter_slices(1)
    return pl.concat(
        part.with_columns(
            pl.when(_is_small(name.removesuffix("_low").removesuffix("_high"), of))
            .then(f"{BEFORE}{name}" if f"{BEFORE}{name}" in rows.columns else None)
            .otherwise(name)
            .alias(name)
            for name in (*figures, *sorted(ends), *differences)
            if name in rows.columns
        )
        for part, of in zip(each, manifests, strict=True)
    )


def _is_small(name: str, manifest: Manifest) -> pl.Expr:
    """Whether a figure, or a difference of one, is of a change below the digest's error."""
    figure = name.removeprefix(DIFFERENCE)
    change = (pl.col(figure) - pl.col(f"{BEFORE}{figure}")).abs()
    return change < difference_error(manifest, figure)


def figures_changed(figures: Iterable[MeasureFigure], manifest: Manifest) -> Iterator[str]:
    """Tell figures of measures before and after, small differences as no change."""
    for _, figure, unit, before, after in figures:
        told = {"figure": figure, "before": in_unit(before, unit), "after": in_unit(after, unit)}
        if after is None:
            key = "gone"
        elif before is not None and not is_told(manifest, figure, after - before):
            key = "unchanged"
        else:
            key = "unchanged" if told["before"] == told["after"] else "before_after"
        yield phrase(f"what_if.levels.{key}", **told)


def _least_lost(manifest: Manifest) -> float:
    return max(FEW, difference_error(manifest, "reached_abroad"))


def part_lost(pairs: Pairs) -> float:
    """Part of the pairs that lose every route; by addresses if known."""
    before, after = pairs.addresses_before, pairs.addresses_after
    if not before or after is None:
        before, after = pairs.share_before, pairs.share_after
    return _share_lost(before, after)


def _share_lost(before: float | None, after: float | None) -> float:
    return (before - after) / before if before and after is not None else 0.0


def _nation(nation: NationCompared, compared: Comparison) -> str:
    world = compared.before
    name, lost = nation_called(nation.country), part_lost(nation.abroad)
    least = _least_lost(world.manifest)
    kept = _kept(lost, least)
    if kept == "few" and nation.abroad.lost <= 0:
        kept = "gained" if -lost >= least else "none"
    routes = loses(name, lost, kept)
    if kept == "some" and (ends := _cut_off(nation, compared.lost)):
        routes = phrase("what_if.finding.mostly", routes=routes, nations=ends)
    if kept in _KEPT:
        routes = _by_pairs(routes, nation.abroad)
    then = _within(nation) if kept == "all" else _moved(nation, world)
    return phrase("what_if.finding.and", routes=routes, then=then)


def loses(name: str, lost: float, kept: str = "") -> str:
    """Say what part of its routes to the world a nation loses, or that it keeps or gains some."""
    kept = kept or _kept(lost, FEW)
    return phrase(f"what_if.finding.lost_{kept}", nation=name, share=rounded(abs(lost)))


def _cut_off(nation: NationCompared, lost: pl.DataFrame) -> str:
    """Name the nations to which all routes are lost, where these are most of what is lost.

    Such routes are lost at their other end: that says nothing of whom the nation depends on.
    """
    abroad = lost.filter(pl.col("country").ne_missing(nation.country), pl.col("lost") > 0)
    ends = abroad.filter(pl.col("share") >= _ALL).drop_nulls("country")
    ranked = ends.sort("lost", "country", descending=[True, False])
    half = abroad["lost"].sum() / 2
    if ranked["lost"].sum() <= half:
        return ""
    named = ranked.filter(pl.col("lost").cum_sum() - pl.col("lost") <= half)["country"].to_list()
    if len(named) > _NAMED:
        return phrase("what_if.finding.cut_off", number=ranked.height)
    return phrase("what_if.finding.listed").join(nation_called(code) for code in named)


def _within(nation: NationCompared) -> str:
    """Say what is left within a nation that loses all routes to the world."""
    name, lost = nation_called(nation.country), part_lost(nation.within)
    if not nation.within.networks:
        return phrase("what_if.finding.no_two", nation=name)
    kept = _kept(lost, FEW)
    said = phrase(f"what_if.finding.within_{kept}", nation=name, share=rounded(lost))
    return _by_pairs(said, nation.within)


#: How much is kept, where something is lost.
_KEPT = ("all", "some", "few")


def _kept(lost: float, least: float) -> str:
    return "all" if lost >= _ALL else "some" if lost >= least else "few"


def _by_pairs(said: str, pairs: Pairs) -> str:
    """Add what part of the pairs of networks is lost, where by addresses quite another part is."""
    lost = _share_lost(pairs.share_before, pairs.share_after)
    if abs(lost - part_lost(pairs)) < _APART:
        return said
    return phrase("what_if.finding.by_pairs", said=said, share=rounded(lost))


def _moved(nation: NationCompared, world: World) -> str:
    """Say who gains most, and who loses most."""
    least = least_told(world.manifest)
    named = named_carriers(nation, world).iter_rows(named=True)
    rows = [row for row in named if row.get("doubt") is None]
    gain = next((row for row in rows[:1] if row["difference"] >= least), None)
    lose = next((row for row in rows[-1:] if -row["difference"] >= least), None)
    routes = phrase(f"words.routes.{nation.direction}", nation=nation_called(nation.country))
    said = [
        phrase(
            f"what_if.finding.{verb}_{nation.by}",
            who=who(row, nation.by),
            routes=routes,
            before=ranged(row["before"], row.get("before_low"), row.get("before_high")),
            after=ranged(row["after"], row.get("after_low"), row.get("after_high")),
        )
        for verb, row in (("gains", gain), ("loses" if gain else "loses_alone", lose))
        if row is not None
    ]
    if not said:
        points = in_points(least).lstrip("+")
        return phrase(f"what_if.finding.nobody_{nation.by}", routes=routes, points=points)
    return phrase("what_if.finding.both").join(said)


def _world(compared: Comparison) -> str:
    """Say which nations lose most of their routes to others."""
    least = _least_lost(compared.before.manifest)
    abroad = compared.lost.filter((pl.col("side") == "abroad") & (pl.col("lost") > 0))
    named = abroad.drop_nulls("country").sort("share", "lost", descending=True)
    if not named.height:
        return phrase(f"what_if.finding.world_{'few' if compared.lost.height else 'none'}")
    told = [
        phrase("what_if.finding.of", nation=nation_called(code), share=rounded(share))
        for code, share in named.head(_NAMED).select("country", "share").iter_rows()
    ]
    many = named.filter(pl.col("share") >= least).height
    first, most = named.row(0, named=True), capital(nation_called(named["country"][0]))
    values = {"Nation": most, "share": rounded(first["share"]), "least": rounded(least)}
    if many <= 1:
        return phrase(f"what_if.finding.world_{'one' if many else 'little'}", **values)
    every = compared.before.networks["country"].drop_nulls().n_unique()
    losses = [*named["share"], *[0.0] * (every - named.height)]
    nations = capital(phrase("what_if.finding.listed").join(told))
    return phrase("what_if.finding.world_many", nations=nations, median=rounded(median(losses)))


def who(row: dict[str, Any], by: str) -> str:
    """Name a carrier of :func:`named_carriers` as within a sentence."""
    code = row["country"]
    if by == "state":
        state = nation_called(code) if code else phrase("what_if.change.unknown_country")
        return phrase("words.networks_of", nation=state)
    return network_title(row["asn"], row["name"], country_title(code), members=row["members"])


def named_carriers(nation: NationCompared, world: World) -> pl.DataFrame:
    """Name the networks among the carriers as a brief does, and add their ``members``.

    States are left as they are.
    """
    if nation.by == "state":
        return nation.carriers
    names = world.named.select("asn", "name", "members")
    found = nation.carriers.drop("name").join(names, on="asn", how="left", maintain_order="left")
    groups = found.filter(pl.col("asn") >= FIRST_GROUP).select("asn", "members")
    titles = {asn: network_title(asn, None, members=many) for asn, many in groups.iter_rows()}
    return found.with_columns(
        name=pl.col("asn").replace_strict(titles, default=pl.col("name"), return_dtype=pl.String)
    ).select(*nation.carriers.columns, "members")
