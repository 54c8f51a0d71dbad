"""Answer about a scenario, computed: tables, sentences, and what maps and charts show."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from splinternet.base.shares import rounded
from splinternet.base.texts import nation_called, phrase
from splinternet.brief.bans import (
    changes_nothing,
    reached_title,
)
from splinternet.brief.changed import is_changed, lost_routes, named_carriers
from splinternet.brief.comparison import Section, effects_told, tell
from splinternet.brief.diverted import diversion_rows, tell_diversions
from splinternet.brief.drawings.nations_map import BREAKS, CHANGES
from splinternet.brief.words import (
    capital,
    country_title,
    digest_line,
    network_title,
    repair_line,
    with_names,
)
from splinternet.scenario.apply import Effect, rehearse
from splinternet.scenario.bans import ban_answers, read_strictly
from splinternet.scenario.comparison import Comparison, NationCompared
from splinternet.scenario.diverted import Diverted
from splinternet.scenario.levels import what_if_on_levels
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.vendors import Vendors
from splinternet.supply.ban_words import ban_sentences, ban_table, replacement_table, rule_words
from splinternet.supply.bans import BanAnswer
from splinternet.web.jobs import Progress
from splinternet.web.questions import Options
from splinternet.web.tables import Table
from splinternet.web.worlds import Worlds
from splinternet.world.schema import FIRST_GROUP
from splinternet.world.world import World

__all__ = ["Answer", "answer", "key_of"]

#: What a map shows: its title, and shares before and after.
_Map = tuple[str, dict[str, float] | None, dict[str, float]]

#: Networks or states in the chart of who carries the traffic.
_BARS = 8


@dataclass(frozen=True, eq=False)
class Answer:
    """Changes that a scenario makes.

    Attributes
    ----------
    name, world
        The scenario's name, and that of the world before.
    country
        Code of the nation asked for.
    notes
        Which world it is, and what each shock did.
    sentences
        What came out, in words.
    tables
        What came out, in tables; the last one has everything.
    map_title
        What the map shows the difference of, or the share itself where nothing changes but whom
        hijacks and leaks deceive.
    before, after
        Shares by country; ``before`` is None where there is nothing before.
    bars
        Those whose share is largest: ``label``, ``value`` after, ``other`` before, a ``note`` on
        that, and ``ref``, what it is about.
    by_state
        Whether shares are those of states, not of single networks.
    lost
        Part of the routes to the world that the nation loses, or of all; None where shocks leave
        all links as they are.
    levels
        Where shares before come from; None if from the world itself.
    stated
        How sentences tell statements of the ledger, and the ids of these.
    """

    name: str
    world: str
    country: str | None
    notes: tuple[str, ...]
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    map_title: str
    before: dict[str, float] | None
    after: dict[str, float]
    bars: pl.DataFrame
    by_state: bool = False
    lost: float | None = None
    levels: str | None = None
    stated: tuple[tuple[str, str], ...] = ()

    @property
    def mapped(self) -> dict[str, float | None]:
        """Change of the share of each country; the share itself where there is nothing before."""
        if self.before is None:
            return dict(self.after)
        codes = self.before.keys() | self.after.keys()
        return {code: self.after.get(code, 0.0) - self.before.get(code, 0.0) for code in codes}

    @property
    def is_modelled(self) -> bool:
        """Whether the first sentence says that it is of a model."""
        return self.lost is not None and not self.stated

    @property
    def breaks(self) -> tuple[float, ...]:
        """Classes of the map."""
        return BREAKS if self.before is None else CHANGES

    @property
    def frames(self) -> dict[str, pl.DataFrame]:
        """The tables by name."""
        return {table.name: table.frame for table in self.tables}


def key_of(worlds: Worlds, scenario: Scenario, options: Options) -> Hashable:
    """Identify a computation: the same for all who ask the same of the same world."""
    said = scenario.plain()
    told = {key: said[key] for key in ("name", "world", "date", "shocks", "blocs")}
    return (
        "what-if",
        worlds.served(scenario.world).name,
        worlds.stamp(scenario.world),
        repr(told),
        options,
    )


def answer(
    worlds: Worlds, vendors: Vendors, scenario: Scenario, options: Options, progress: Progress
) -> Answer:
    """Compute what a scenario changes.

    Raises
    ------
    SplinternetError
        As for :func:`splinternet.scenario.apply.apply` and
        :func:`splinternet.scenario.compare.what_if`.
    """
    before = worlds.open(scenario.world)
    bans = ban_answers(before, scenario, vendors)
    read = read_strictly(scenario) if bans else scenario
    after, effects = rehearse(before, read, vendors=vendors, links=options.links)
    compared = what_if_on_levels(
        before,
        after,
        options.country or None,
        measures=options.measure,
        ranges=options.ranges,
        progress=progress,
        **options.choices,
    )
    notes = list(effects_told(effects, before))
    if repaired := repair_line(before.manifest):
        notes.append(repaired)
    if before.manifest.is_digest:
        notes.append(digest_line(before.manifest).replace("`", "'"))
    first, *sections = tell(scenario.name, compared, notes)
    nation = compared.nation
    said = list(_sentences(bans, effects, first, before))
    diverted = list(tell_diversions(effects, None if nation is None else nation.country))
    astray = _astray(effects) if changes_nothing(effects) else None
    told_nation = None if nation is None else _without_errors(nation, before)
    maps = astray or (_reach(compared) if told_nation is None else _largest(told_nation))
    return Answer(
        scenario.name,
        before.manifest.name,
        None if nation is None else nation.country,
        first.notes,
        (*said, *(sentence for each in diverted for sentence in each.sentences)),
        (*_ban_tables(bans), *_tables([*diverted, *sections], effects, compared)),
        *maps,
        bars=pl.DataFrame() if told_nation is None or astray else _bars(told_nation, before),
        by_state=nation is not None and nation.by == "state",
        lost=None if changes_nothing(effects) else lost_routes(compared),
        levels=compared.levels,
        stated=tuple(_stated(bans)),
    )


def _sentences(
    bans: tuple[BanAnswer, ...], effects: list[Effect], compared: Section, world: World
) -> Iterator[str]:
    """Say what came out; of bans whom they reach first, then the strict reading in routes.

    The first sentence is the finding, so the terms of a ban come after it.
    """
    if not bans:
        yield from _unchanged(effects, world) if changes_nothing(effects) else compared.sentences
        return
    for each in bans:
        terms, *found = ban_sentences(each)
        yield from (*found[:1], terms, *found[1:])
    words = (phrase("what_if.ban.unread"),) if changes_nothing(effects) else compared.sentences
    strict, strictly = phrase("what_if.ban.strict").capitalize(), phrase("what_if.ban.strictly")
    yield from (f"{strict}: {said}" for said in (strictly, *words))


def _stated(bans: tuple[BanAnswer, ...]) -> Iterator[tuple[str, str]]:
    for nation in (nation for each in bans for nation in each.nations):
        yield from ((rule_words(rule), rule.statement) for rule in nation.rules)
        yield from ((act.words, act.statement) for act in nation.acts)


def _unchanged(effects: list[Effect], world: World) -> Iterator[str]:
    """Say what shocks told that change no link; of cables that nothing is known to be lost.

    Networks that hijacks and leaks deceive come first.
    """
    if any(effect.kind == "cut" for effect in effects):
        yield phrase("what_if.cable.unknown")
    for effect in sorted(effects, key=lambda each: not isinstance(each.outcome, Diverted)):
        told = () if effect.kind == "cut" else effect.notes
        yield from (f"{capital(with_names(said, world))}." for said in told)


def _ban_tables(bans: tuple[BanAnswer, ...]) -> Iterator[Table]:
    for number, each in enumerate(bans):
        name = f"ban{number + 1 if number else ''}"
        yield Table(name, reached_title(each.vendor), ban_table(each))
    if bans and bans[0].replaced:
        yield Table(
            "replacements",
            phrase("what_if.ban.replaced"),
            replacement_table(bans[0].replaced),
        )


def _tables(
    sections: list[Section], effects: list[Effect], compared: Comparison
) -> Iterator[Table]:
    for each in sections:
        if each.table is not None:
            yield Table(each.name, each.heading, each.table)
    yield Table("shocks", phrase("web.answers.shocks"), _effects(effects))
    country = None if compared.nation is None else compared.nation.country
    figures = [compared.table(), diversion_rows(effects, country)]
    yield Table("all", phrase("web.answers.all"), pl.concat(figures, how="diagonal"))


def _effects(effects: list[Effect]) -> pl.DataFrame:
    columns = (
        "kind",
        "networks_removed",
        "networks_touched",
        "links_cut",
        "links_added",
        "links_changed",
    )
    return pl.DataFrame([{name: getattr(effect, name) for name in columns} for effect in effects])


def _astray(effects: list[Effect]) -> _Map | None:
    """Show what part of each country the hijack or leak deceives that deceives most."""
    found = [each.outcome for each in effects if isinstance(each.outcome, Diverted)]
    if not found:
        return None
    most = max(found, key=lambda each: each.networks or 0.0)
    shares = {each.country: each.share for each in most.nations}
    told = {code: share for code, share in shares.items() if code is not None and share is not None}
    return phrase("web.answers.astray"), None, told


def _reach(compared: Comparison) -> _Map:
    """Show what part of its pairs with others each country keeps."""
    abroad = compared.lost.filter(pl.col("side") == "abroad")
    codes = compared.before.networks["country"].drop_nulls().unique().to_list()
    kept = {code: 1 - share for code, share in abroad.select("country", "share").iter_rows()}
    title = phrase("web.answers.reach")
    return title, dict.fromkeys(codes, 1.0), {code: kept.get(code, 1.0) for code in codes}


def _without_errors(nation: NationCompared, world: World) -> NationCompared:
    """Tell as no change what is less than the digest's error in it, its range that of before."""
    is_told = is_changed(nation.carriers, world.manifest, nation.country, "after")
    ended = [end for end in ("", "_low", "_high") if f"after{end}" in nation.carriers.columns]
    carriers = nation.carriers.with_columns(
        *(
            pl.when(is_told).then(f"after{end}").otherwise(f"before{end}").alias(f"after{end}")
            for end in ended
        ),
        difference=pl.when(is_told).then("difference").otherwise(0.0),
    )
    return replace(nation, carriers=carriers)


def _largest(nation: NationCompared) -> _Map:
    """Show where those are who carry the traffic."""
    shares = (
        nation.carriers.drop_nulls("country")
        .group_by("country")
        .agg(pl.col("before").max(), pl.col("after").max())
    )
    way = f"words.routes.{nation.direction}"
    routes = phrase(way, nation=nation_called(nation.country))
    by = "by_state" if nation.by == "state" else "by_network"
    title = phrase(f"web.answers.{by}", routes=routes)
    before, after = (dict(shares.select("country", when).iter_rows()) for when in _WHEN)
    return title, before, after


_WHEN = ("before", "after")


def _bars(nation: NationCompared, world: World) -> pl.DataFrame:
    """Return the largest shares, before and after, for a chart."""
    largest = pl.max_horizontal("before", "after")
    top = named_carriers(nation, world).sort(largest, descending=True).head(_BARS)
    rows = [
        (
            _label(row, nation.by),
            row["after"],
            row.get("after_low"),
            row.get("after_high"),
            row["before"],
            _was(row),
            _about(row, nation.by),
        )
        for row in top.iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=_BARS_HAVE, orient="row")


_BARS_HAVE = {
    "label": pl.String,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "other": pl.Float64,
    "note": pl.String,
    "ref": pl.String,
}


def _was(row: dict[str, Any]) -> str:
    doubted = "_doubted" if row.get("doubt") else ""
    if row["before"] == row["after"]:
        return phrase(f"web.answer.same{doubted}")
    return phrase(f"web.answer.was{doubted}", share=rounded(row["before"]))


def _about(row: dict[str, Any], by: str) -> str | None:
    if by == "state":
        return row["country"] and f"state:{row['country']}"
    return f"network:{row['asn']}"


def _label(row: dict[str, Any], by: str) -> str:
    """Name a state or a network as the sentences do; only a group needs its country too."""
    country = country_title(row["country"])
    if by == "state":
        return country
    asn = row["asn"]
    where = country if asn >= FIRST_GROUP else None
    return network_title(asn, row["name"], where, members=row["members"])
