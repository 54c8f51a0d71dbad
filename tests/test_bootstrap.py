"""Intervals: what a measure comes to on worlds as other collectors might have shown them."""

from dataclasses import replace
from itertools import count

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets import few
from commands import small_world
from graphs import graphs, make_world
from splinternet.base.errors import MisuseError, SplinternetError, WorldError
from splinternet.base.takes import Takes
from splinternet.measures.atlas import atlas
from splinternet.measures.bootstrap import bootstrap, figure_intervals, interval_schema
from splinternet.measures.catalogue import list_measures
from splinternet.measures.history import history
from splinternet.measures.measure import Figure, Measure
from splinternet.measures.resampling import Draws, ErrorRates, resampled
from splinternet.measures.together import figures_of
from splinternet.routing.clique import clique_of
from splinternet.scenario.compare import what_if
from splinternet.scenario.intervals import what_if_intervals
from splinternet.world.evidence import by_evidence
from splinternet.world.world import World

ALL = list_measures()
NONE = ErrorRates(0, 1, 1, 1, 0)
MANY = ErrorRates(0.2, 0.7, 0.6, 0.5, 0.05)
WORLD = small_world()


# The intervals


def shares_of(table: pl.DataFrame) -> list[str]:
    return [
        name
        for name, dtype in table.schema.items()
        if dtype.is_float() or (dtype == pl.Int64 and name not in ("asn", "censors"))
    ]


@pytest.mark.parametrize("measure", ALL.values(), ids=ALL)
def test_without_errors_there_is_no_width(measure):
    table = measure.table(WORLD, "RU")
    found = bootstrap(WORLD, measure, "RU", 2, rates=NONE)
    assert found.select(table.columns).equals(table)
    columns = []
    for name in table.columns:
        ends = [f"{name}_low", f"{name}_high"] if name in shares_of(table) else []
        columns += [name, *ends]
        for end in ends:
            assert found[end].equals(table[name], check_names=False)
    assert found.columns == columns


def replicated(measure, country, rates, replicates, seed, keys, share, **options):
    """Compute each row's share on each world, one after the other and in plain Python."""
    table = measure.table(WORLD, country, **options)
    drawn = {row: [] for row in table.select(keys).iter_rows()}
    for number in range(replicates):
        world = resampled(WORLD, rates, np.random.default_rng([seed, number]))
        try:
            again = measure.table(world, country, **options)
            here = dict(zip(again.select(keys).iter_rows(), again[share], strict=True))
        except SplinternetError:
            here = {}
        for row, values in drawn.items():
            values.append(here.get(row, 0.0))
    return list(drawn.values())


@pytest.mark.parametrize(
    ("name", "keys", "share", "options"),
    [
        ("dependence", ["asn"], "share", {"weights": "networks"}),
        ("dependence", ["country"], "share", {"by": "state"}),
        ("states", ["country"], "unavoidable", {"weights": "networks"}),
        ("detours", ["through", "asn", "country"], "share", {"weights": "networks"}),
        ("reliability", ["asn"], "others", {"clique": [1, 2]}),
        ("exposure", ["direction"], "exposed", {"observers": ["US"]}),
        ("continuity", ["asn"], "after", {}),
    ],
)
def test_holds_the_quantiles_of_its_replicates(name, keys, share, options):
    rates = MANY
    found = bootstrap(WORLD, ALL[name], "Russia", 12, rates=rates, seed=5, **options)
    drawn = replicated(ALL[name], "RU", rates, 12, 5, keys, share, **options)
    assert found.height == len(drawn)
    for row, values in zip(found.iter_rows(named=True), drawn, strict=True):
        low, high = (quantile(values, at) for at in (0.025, 0.975))
        assert row[f"{share}_low"] == pytest.approx(low, abs=1e-12)
        assert row[f"{share}_high"] == pytest.approx(high, abs=1e-12)


@given(graphs(), st.integers(0, 99))
@few
def test_a_replicate_is_what_its_links_give_from_scratch(graph, seed):
    """Nothing that a world drawn has from the first world changes a share."""
    nations = {asn: ("RU", "US")[asn % 2] for asn in graph.asns}
    world = by_evidence(make_world(graph.links, graph.asns, country=nations), "trusted")
    drawn = resampled(world, MANY, np.random.default_rng(seed))
    links = drawn.links.select("a", "b", "kind").iter_rows()
    scratch = make_world(links, graph.asns, country=nations)
    for name in ("dependence", "hegemony"):
        one, other = (told(ALL[name], each, weights="networks") for each in (drawn, scratch))
        assert one == other


def told(measure, world, **options):
    """Rows without doubts, or why there are none."""
    try:
        return measure.table(world, "RU", **options).drop("doubt", strict=False).rows()
    except SplinternetError as error:
        return str(error)


def quantile(values: list[float], at: float) -> float:
    """Between the two nearest of the sorted values, in proportion."""
    ordered = sorted(values)
    place = at * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def test_the_seed_makes_the_interval():
    def drawn(seed):
        return bootstrap(
            WORLD, ALL["dependence"], "RU", 8, rates=MANY, seed=seed,
            weights="networks",
        )  # fmt: skip

    assert drawn(1).equals(drawn(1))
    assert not drawn(1).equals(drawn(2))


def test_errors_make_width():
    found = bootstrap(WORLD, ALL["dependence"], "RU", 20, rates=MANY)
    assert (found["share_low"] < found["share_high"]).any()


def test_rates_are_the_stated_ones_by_default():
    found = bootstrap(WORLD, ALL["dependence"], "RU", 9)
    assert found.equals(bootstrap(WORLD, ALL["dependence"], "RU", 9, rates=ErrorRates(), seed=0))


def test_what_is_unknown_has_no_interval():
    found = bootstrap(WORLD, ALL["reliability"], "FI", 2)  # without addresses
    assert found.select("addresses", "addresses_low", "addresses_high").row(0) == (None,) * 3


def test_an_empty_table_has_empty_intervals():
    world = make_world([(1, 2, "p2c")], [3], country={3: "CU"})
    found = bootstrap(world, ALL["dependence"], "CU", 2, weights="networks")
    shares = ["share", "share_low", "share_high"]
    assert found.columns == ["asn", "name", "country", *shares, "doubt"]
    assert found.height == 0


# A measure may choose something by default: the same in all replicates


def test_exposure_is_to_the_same_observer():
    """Where the link to one state goes, another is on the way most; that is another question."""
    links = [(1, 10, "p2c"), (2, 10, "p2c"), (1, 2, "p2p")]
    behind = {3: 1, 4: 1, 5: 1, 6: 2, 7: 2}
    world = make_world(
        [*links, *((provider, asn, "p2c") for asn, provider in behind.items())],
        country={10: "RU", 1: "US", 2: "DE", **dict.fromkeys(behind, "FI")},
    )
    for seed in range(8):
        chosen, named = (
            bootstrap(
                world, ALL["exposure"], "RU", 2, rates=ErrorRates(0.3, 1, 1, 1, 0), seed=seed,
                weights="networks", observers=observers,
            )
            for observers in (None, ["US"])
        )  # fmt: skip
        assert chosen["observer"].unique().to_list() == ["US"]
        assert chosen.equals(named)


def test_reliability_is_against_the_same_core():
    rates = MANY
    assert clique_of(WORLD) == (1, 2)
    chosen = bootstrap(WORLD, ALL["reliability"], "RU", 12, rates=rates)
    named = bootstrap(WORLD, ALL["reliability"], "RU", 12, rates=rates, clique=[1, 2])
    assert chosen.equals(named)


@pytest.mark.parametrize("name", ["hegemony", "cti"])
def test_the_same_networks_look(name):
    """Also those that lose their only customer."""
    rates = ErrorRates(0.5, 1, 1, 1, 0)
    for seed in range(8):
        chosen = bootstrap(WORLD, ALL[name], "RU", 2, rates=rates, seed=seed)
        named = bootstrap(WORLD, ALL[name], "RU", 2, rates=rates, seed=seed, vantages=[1, 2])
        assert chosen.equals(named)


# Measures that fail


def nothing(table, country):
    return {}


def failing(after: int) -> Measure:
    """Make a measure that gives the same so many times, and then fails."""
    calls = count()

    def table(world: World, country: str) -> pl.DataFrame:
        if next(calls) >= after:
            raise WorldError("nothing left")
        return pl.DataFrame({"asn": [1, 2], "share": [0.25, 0.75]})

    figure = Figure("made_up", "share", "Made up.")
    return Measure(
        "made-up", "made up", "?", "these tests", table, Takes("made-up", ()), (figure,), nothing
    )


def test_a_replicate_with_nothing_to_measure_counts_0():
    found = bootstrap(WORLD, failing(1), "RU", 4)
    assert found["share"].to_list() == [0.25, 0.75]
    assert found["share_low"].to_list() == found["share_high"].to_list() == [0, 0]
    found = bootstrap(WORLD, failing(3), "RU", 4)  # two of four do
    assert found["share_low"].to_list() == [0, 0]
    assert found["share_high"].to_list() == [0.25, 0.75]


def test_a_measure_that_fails_on_the_world_itself():
    with pytest.raises(WorldError, match="nothing left"):
        bootstrap(WORLD, failing(0), "RU", 4)
    with pytest.raises(WorldError, match="no network in Brazil"):
        bootstrap(WORLD, ALL["dependence"], "BR", 4)


def test_a_bug_in_a_measure_is_no_zero():
    def table(world: World, country: str) -> pl.DataFrame:
        if world is not WORLD:
            raise ZeroDivisionError
        return pl.DataFrame({"asn": [1], "share": [0.5]})

    measure = Measure("buggy", "buggy", "?", "these tests", table, Takes("buggy", ()), (), nothing)
    with pytest.raises(ZeroDivisionError):
        bootstrap(WORLD, measure, "RU", 4)


@pytest.mark.parametrize("replicates", [-1, 0, 1])
def test_too_few_replicates(replicates):
    with pytest.raises(MisuseError, match="takes two replicates or more; 100 give a fair one"):
        bootstrap(WORLD, ALL["dependence"], "RU", replicates)


def test_tells_of_replicates_done():
    told = []
    bootstrap(
        WORLD, ALL["dependence"], "RU", 3, progress=lambda done, total: told.append((done, total))
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


# Intervals of a nation's figures, over time and of all nations


def test_figures_have_the_intervals_of_their_draws():
    draws = Draws(6, MANY, seed=2)
    options = {"weights": "networks"}
    measures = [ALL["dependence"], ALL["states"]]
    found = figure_intervals(WORLD, "RU", measures, options, draws)
    rows = [figures_of(draws.world(WORLD, at), "RU", measures, options) for at in range(6)]
    for name in ("dependence", "foreign_dependence"):
        drawn = [row[name] for row in rows if row[name] is not None]
        assert found[f"{name}_low"] == pytest.approx(quantile(drawn, 0.025))
        assert found[f"{name}_high"] == pytest.approx(quantile(drawn, 0.975))
    assert set(found) == set(interval_schema(measures))
    assert not any(name.startswith("dependence_on") for name in found)


def test_a_carrier_in_doubt_leads_in_no_world_drawn():
    """As in the figure itself, whose doubts are those of the published links."""
    links = [(1, 10, "p2c"), (2, 10, "p2c"), (1, 2, "p2p"), *((1, each, "p2c") for each in (3, 4))]
    links += [(2, 5, "p2c"), (10, 11, "p2c")]
    world = make_world(links, country={10: "RU", 11: "RU"})
    marked = pl.when(a=1, b=10).then(pl.lit("seen-once"))
    world = replace(world, links=world.links.with_columns(doubt=marked))
    measure, options = ALL["dependence"], {"weights": "networks"}
    assert figures_of(world, "RU", [measure], options)["foreign_dependence_on"] == 2
    found = figure_intervals(world, "RU", [measure], options, Draws(2, NONE))
    share = figures_of(world, "RU", [measure], options)["foreign_dependence"]
    assert found["foreign_dependence_low"] == found["foreign_dependence_high"] == share


def test_history_and_atlas_have_them():
    draws = Draws(3, MANY)
    expected = figure_intervals(WORLD, "RU", [ALL["dependence"]], {"weights": "networks"}, draws)
    over_time = history(WORLD, "dependence", "RU", draws=draws, weights="networks")
    of_all = atlas(WORLD, "dependence", ["US", "RU"], draws=draws, weights="networks")
    for row in (*over_time.rows(named=True), of_all.row(0, named=True)):
        assert {name: row[name] for name in expected} == expected


def test_a_difference_has_the_interval_of_its_draws():
    draws = Draws(4, MANY, seed=1)
    scenario = (
        'name = "Without AS2"\nworld = "small"\nshocks = [{kind = "remove", networks = "AS2"}]'
    )
    found = what_if_intervals(WORLD, scenario, "RU", draws, measures=[], weights="networks")
    drawn = []
    for at in range(4):
        other = draws.world(WORLD, at)
        table = what_if(other, scenario, "RU", measures=[], weights="networks").table()
        named = pl.concat_str("figure", pl.col("of").fill_null(""))
        drawn.append(dict(table.select(named, "difference").iter_rows()))
    told = found.filter(pl.col("difference").is_not_null())
    assert told.height > 3
    for row in told.iter_rows(named=True):
        values = [each.get(row["figure"] + (row["of"] or ""), 0.0) or 0.0 for each in drawn]
        assert row["difference_low"] == pytest.approx(quantile(values, 0.025))
        assert row["difference_high"] == pytest.approx(quantile(values, 0.975))
