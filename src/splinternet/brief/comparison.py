"""Comparison of worlds before and after, told in sentences and small tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from splinternet.base.shares import in_unit, rounded
from splinternet.base.texts import nation_called, phrase, phrase_for
from splinternet.brief.changed import changed, least_told, named_carriers, who
from splinternet.brief.errors import error_words, is_told, measured_error
from splinternet.brief.ranged import points_ranged, ranged
from splinternet.brief.words import capital, count, growth, network_titles, with_names
from splinternet.scenario.apply import Effect
from splinternet.scenario.comparison import Comparison, NationCompared
from splinternet.scenario.reachability import Pairs
from splinternet.world.world import World

__all__ = ["Section", "effects_told", "intervals_told", "tell"]

#: How many gainers, losers or countries a sentence names.
_NAMED = 3

#: How many reroutes are listed.
_PATHS = 20


@dataclass(frozen=True, eq=False)
class Section:
    """A heading, notes in small print, sentences, and a table, all of it if ``whole``.

    ``name`` is that of the table, in one word.
    """

    heading: str
    notes: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    table: pl.DataFrame | None = None
    whole: bool = False
    name: str = ""


def tell(title: str, compared: Comparison, notes: Iterable[str]) -> Iterator[Section]:
    """Tell what a scenario changes: the most important first, then the tables behind it."""
    nation = compared.nation
    if nation is None:
        yield Section(title, tuple(notes), (changed(compared), *_world(compared)))
        yield Section(phrase("what_if.table.lost_by_country"), table=compared.lost, name="lost")
        return
    name = nation_called(nation.country)
    about = (*notes, *filter(None, [compared.levels]))
    yield Section(title, about, (changed(compared), *_nation(nation, compared)))
    named = named_carriers(nation, compared.before).select(nation.carriers.columns)
    told = {name: name.replace("difference", "points") for name in named.columns}
    shares = _without_empty(named.rename(told), "doubt")
    most = shares.sort(pl.col("points").abs(), descending=True, maintain_order=True)
    passed = "network" if nation.by == "network" else "state"
    yield Section(
        phrase(f"what_if.table.shares_by_{passed}", routes=_routes(nation)),
        table=most.filter(pl.col("points").abs() >= least_told(compared.before.manifest)),
        name="carriers",
    )
    if nation.figures:
        yield Section(
            phrase("what_if.table.measures"),
            table=_figures(nation, compared),
            whole=True,
            name="measures",
        )
    if nation.reroutes.paths.height:
        yield Section(
            phrase("what_if.table.reroutes"),
            table=_paths(nation, compared.before),
            name="reroutes",
        )
    yield Section(phrase("what_if.table.lost", nation=name), table=compared.lost, name="lost")


def _without_empty(table: pl.DataFrame, name: str) -> pl.DataFrame:
    """Leave out a column that has nothing."""
    has = name in table.columns and table[name].count() > 0
    return table if has else table.drop(name, strict=False)


def intervals_told(table: pl.DataFrame, drawn: str) -> Section:
    """Tell how sure the differences are: what changes most, with both ends of its interval."""
    most = table.filter(pl.col("difference").is_not_null(), pl.col("difference") != 0).sort(
        pl.col("difference").abs(), descending=True, maintain_order=True
    )
    return Section(
        phrase("what_if.table.intervals"),
        (f"{drawn}.",),
        table=most.select(
            "figure", "of", "unit", "difference", "difference_low", "difference_high"
        ),
        name="intervals",
    )


def effects_told(effects: Sequence[Effect], world: World) -> Iterator[str]:
    """Tell what the shocks changed together, then what each of them found besides.

    ``world`` is that before, which names the networks.
    """
    counted = [
        ("network", "removed", sum(effect.networks_removed for effect in effects)),
        ("link", "cut", sum(effect.links_cut for effect in effects)),
        ("link", "added", sum(effect.links_added for effect in effects)),
        ("link", "changed", sum(effect.links_changed for effect in effects)),
    ]
    done = [
        phrase(f"what_if.change.{how}", number=count(many, what))
        for what, how, many in counted
        if many
    ]
    changes = ", ".join(done) or phrase("what_if.change.no_link")
    yield phrase("what_if.change.shocks", changes=changes)
    for effect in effects:
        yield from (f"{capital(with_names(note, world))}." for note in effect.notes)


def _world(compared: Comparison) -> Iterator[str]:
    pairs = compared.pairs
    if not compared.lost.height:
        return
    yield _lost(pairs, phrase("what_if.change.all_the_world"))
    abroad = compared.lost.filter((pl.col("side") == "abroad") & (pl.col("lost") > 0))
    worst = abroad.sort("share", "lost", descending=True).head(_NAMED)
    if worst.height:
        named = ", ".join(
            f"{nation_called(code)} ({rounded(share)})"
            for code, share in worst.select("country", "share").iter_rows()
        )
        yield phrase("what_if.change.worst", countries=named)
    yield phrase("what_if.change.capacities_left")


def _nation(nation: NationCompared, compared: Comparison) -> Iterator[str]:
    name = nation_called(nation.country)
    if nation.abroad.lost:
        yield _lost(nation.abroad, phrase("what_if.change.between", nation=name))
        yield from _ends_too(nation, compared)
    yield _within(nation.within, name)
    yield from _carriers(nation, compared.before)
    manifest = compared.before.manifest
    if nation.detours is not None and not is_told(manifest, "detours", _change(*nation.detours)):
        error = error_words(manifest, "detours")
        yield phrase("what_if.change.no_detours", nation=name, error=error)
    elif nation.detours is not None:
        before, after = map(rounded, nation.detours)
        yield phrase("what_if.change.detours", nation=name, before=before, after=after)
    longer = nation.reroutes.longer
    if longer:
        source, destination, before, after = nation.reroutes.paths.row(0)
        ends = network_titles(compared.before, (source, destination))
        yield phrase(
            "what_if.change.longer",
            routes=_routes(nation),
            share=rounded(longer),
            source=ends[source],
            destination=ends[destination],
            after=after,
            before=before,
        )


def _lost(pairs: Pairs, between: str) -> str:
    """Say how many pairs lose each other, or find each other, and what part of the addresses."""
    many = abs(pairs.lost)
    parts = []
    if pairs.before:
        parts.append(phrase("what_if.change.of_those", share=rounded(many / pairs.before)))
    before, after = pairs.addresses_before, pairs.addresses_after
    if before and after is not None:
        share = rounded(abs(before - after) / before)
        parts.append(phrase("what_if.change.by_addresses", share=share))
    return phrase_for(
        f"what_if.change.{'gained' if pairs.lost < 0 else 'lost'}",
        many,
        between=between,
        pairs=count(many, "pair"),
        shares=", ".join(parts),
    )


def _ends_too(nation: NationCompared, compared: Comparison) -> Iterator[str]:
    """Say why more is lost than passed the nation's largest carrier, where that is removed."""
    if nation.by != "network" or nation.abroad.lost < 0:
        return
    world = compared.before
    left = compared.after.networks["asn"].implode()
    gone = (
        named_carriers(nation, world)
        .filter(
            ~pl.col("asn").is_in(left),
            country=nation.country,
        )
        .filter(pl.col("before") >= least_told(world.manifest))
    )
    for row in gone.sort("before", descending=True).head(1).iter_rows(named=True):
        yield phrase(
            "what_if.change.ends_too",
            who=capital(who(row, nation.by)),
            before=rounded(row["before"]),
            routes=_routes(nation),
        )


def _within(pairs: Pairs, name: str) -> str:
    if not pairs.networks:
        return phrase("what_if.change.no_two", nation=name)
    if not pairs.lost:
        return phrase("what_if.change.within_all", nation=name)
    share, before = pairs.share_after or 0.0, pairs.share_before or 0.0
    told = {"nation": name, "after": rounded(share), "before": rounded(before)}
    if pairs.addresses_before is None or pairs.addresses_after is None:
        return phrase("what_if.change.within", **told)
    told["addresses_after"] = rounded(pairs.addresses_after)
    told["addresses_before"] = rounded(pairs.addresses_before)
    same = told["after"] == told["before"] and told["addresses_after"] == told["addresses_before"]
    if same:  # of too few pairs to say more
        many = abs(pairs.lost)
        how = "gained" if pairs.lost < 0 else "lost"
        told["pairs"] = count(many, "pair")
        return phrase_for(f"what_if.change.within_{how}", many, **told)
    return phrase("what_if.change.within_both", **told)


def _carriers(nation: NationCompared, world: World) -> Iterator[str]:
    """Say who profits, and who loses."""
    named = list(named_carriers(nation, world).iter_rows(named=True))
    rows = [row for row in named if row.get("doubt") is None]
    manifest, least = world.manifest, least_told(world.manifest)
    gain = [row for row in rows if row["difference"] >= least][:_NAMED]
    lose = [row for row in reversed(rows) if -row["difference"] >= least][:_NAMED]
    for rows_told, verb in ((gain, "gain"), (lose, "lose")):
        if rows_told:
            movers = "; ".join(_points(row, nation.by) for row in rows_told)
            yield phrase(f"what_if.change.{verb}", routes=_routes(nation), carriers=movers)
        if rows_told is gain and (gain or lose):
            yield phrase(f"what_if.change.capacities{'' if gain else '_left'}")
    doubted = [row for row in named if row.get("doubt") and abs(row["difference"]) >= least]
    for row in sorted(doubted, key=lambda row: -abs(row["difference"]))[:_NAMED]:
        carrier = capital(_points(row, nation.by))
        yield phrase("what_if.change.doubted", carrier=carrier, doubt=row["doubt"])
    if (error := error_words(manifest, "carrier")) and (gain or lose):
        yield phrase("what_if.change.smaller", error=error)


def _points(row: dict[str, Any], by: str) -> str:
    after = row["after"]
    return phrase(
        "what_if.change.points",
        who=who(row, by),
        points=points_ranged(
            row["difference"], row.get("difference_low"), row.get("difference_high")
        ),
        after=ranged(after, row.get("after_low"), row.get("after_high")),
        growth=growth(row["before"], after),
    )


def _routes(nation: NationCompared) -> str:
    return phrase(f"words.routes.{nation.direction}", nation=nation_called(nation.country))


def _figures(nation: NationCompared, compared: Comparison) -> pl.DataFrame:
    """Set figures side by side, of a digest with its error; no change where it is larger.

    An error that was not measured is none that is 0.
    """
    manifest = compared.before.manifest
    rows = [
        (
            measure,
            figure,
            unit,
            _ranged(before, unit, compared.ends.get(f"{measure}.{figure}", {}), "before"),
            _ranged(after, unit, compared.ends.get(f"{measure}.{figure}", {}), "after")
            if is_told(manifest, figure, _change(before, after))
            else phrase("charts.no_change"),
            _error(measured_error(manifest, figure), unit),
        )
        for measure, figure, unit, before, after in nation.figures
    ]
    columns = ["measure", "name", "unit", "figure_before", "figure_after", "error"]
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    return frame if manifest.errors else frame.drop("error")


def _change(before: float | None, after: float | None) -> float:
    """Return the difference; what is there on one side only is no small one."""
    return math.inf if before is None or after is None else after - before


def _ranged(value: float | None, unit: str, ends: Mapping[str, float], name: str) -> str:
    """Write a figure before or after with its range, where that is known."""
    low, high = (ends.get(f"{name}_{end}") for end in ("low", "high"))
    own = in_unit(value, unit)
    if low is None or high is None or in_unit(low, unit) == in_unit(high, unit):
        return own
    between_ends = phrase("charts.between", low=in_unit(low, unit), high=in_unit(high, unit))
    return phrase("words.ranges.share", share=own, ends=between_ends)


def _error(value: float | None, unit: str) -> str:
    """Two digits of an error are enough, of numbers as of shares."""
    return in_unit(value if value is None or unit == "share" else float(f"{value:.2g}"), unit)


def _paths(nation: NationCompared, world: World) -> pl.DataFrame:
    paths = nation.reroutes.paths.head(_PATHS)
    ends = [*paths["source"], *paths["destination"]]
    titles = network_titles(
        world, ends, lambda code: code or phrase("what_if.change.unknown")
    )  # as a table has room for
    return paths.select(
        pl.col("source").replace_strict(titles, return_dtype=pl.String).alias("from_network"),
        pl.col("destination").replace_strict(titles, return_dtype=pl.String).alias("to_network"),
        links_before="before",
        links_after="after",
    )
