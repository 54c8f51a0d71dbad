"""Hegemony and transit influence from observed paths, beside those from modelled ones."""

import dataclasses
import itertools
from collections import defaultdict

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets import few
from graphs import make_world
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.control import control
from splinternet.measures.cti import cti
from splinternet.measures.dependence import depend
from splinternet.measures.exposure import exposure
from splinternet.measures.hegemony import hegemony
from splinternet.measures.states import state_dependence
from splinternet.world.learned import learn
from splinternet.world.schema import TABLES

LINKS = [
    (1, 2, "p2p"),
    *((a, b, "p2c") for a, b in ((1, 3), (2, 3), (1, 4), (2, 5), (3, 6), (4, 6))),
]
HOME = {6: "RU", 7: "RU"}


def observing(*paths):
    rows = [(p[0], "rrc00", p[-1], list(p), 1, size) for p, size in paths]
    table = pl.DataFrame(rows, schema=TABLES["paths"].schema, orient="row")
    world = make_world([*LINKS, (3, 7, "p2c")], country=HOME, ipv4_addresses={6: 300, 7: 100})
    return dataclasses.replace(world, paths=table)


def values(table, name):
    return dict(table.select("asn", name).iter_rows())


def test_a_share_by_hand():
    # 5 reaches 6, of 300 addresses, over 3 with three parts of them and over 4 with one.
    world = observing(((5, 2, 3, 6), 192), ((5, 2, 1, 4, 6), 64), ((5, 2, 3, 7), 9))
    found = values(hegemony(world, "RU", paths="observed"), "hegemony")
    assert found == pytest.approx({2: 1, 3: 325 / 400, 1: 75 / 400, 4: 75 / 400})
    # From the provider of the first link down: 2 sells to 3, 1 to 4; each direct provider in full.
    near = values(cti(world, "RU", paths="observed"), "cti")
    assert near == pytest.approx({2: 325 / 800, 3: 325 / 400, 1: 75 / 800, 4: 75 / 400})


def test_both_stand_side_by_side_from_the_same_monitors():
    world = observing(((5, 2, 3, 6), 300), ((5, 2, 3, 7), 100))
    both = hegemony(world, "RU", paths="both")
    assert both.columns == ["asn", "name", "country", "hegemony", "observed", "difference"]
    assert both.select("asn", "hegemony", "observed", "difference").rows() == [
        (2, 1.0, 1.0, 0.0),
        (3, 1.0, 1.0, 0.0),
    ]
    assert cti(world, "RU", paths="both")["difference"].to_list() == [0.0, 0.0]


def test_where_no_monitor_sees_a_nation_it_says_so():
    with pytest.raises(WorldError, match="no monitor outside shows a path to RU"):
        hegemony(observing(((5, 2, 3), 9)), "RU", paths="observed")
    with pytest.raises(WorldError, match="has no observed paths"):
        cti(make_world(LINKS, country=HOME), "RU", paths="observed", weights="networks")
    with pytest.raises(MisuseError, match="kind of path"):
        hegemony(observing(((5, 2, 3, 6), 9)), "RU", paths="dreamt")


def slow_hegemony(paths, weights):
    """Go along every path; as many monitors as are here, none is trimmed."""
    total, monitors = sum(weights.values()), sorted({path[0] for path, _ in paths})
    found = defaultdict(float)
    for monitor in monitors:
        for origin, weight in weights.items():
            mine = [(p, n) for p, n in paths if p[0] == monitor and p[-1] == origin]
            told = sum(n for _, n in mine)
            for path, n in mine:
                for asn in path[1:-1]:
                    found[asn] += weight * n / told / total / len(monitors)
    return {asn: value for asn, value in found.items() if value >= 0.01}


@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from([8, 9]), st.permutations([1, 2, 3, 4, 5]).map(lambda p: tuple(p[:2])),
            st.sampled_from([6, 7]),
        ),
        st.integers(1, 500),
        min_size=1,
        max_size=8,
    )
)  # fmt: skip
@few
def test_hegemony_agrees_with_going_along_each_path(told):
    # Both monitors show both networks, so that both have full tables.
    paths = [((monitor, *inner, origin), n) for (monitor, inner, origin), n in told.items()]
    paths += [((monitor, 1, 5, 3, origin), 7) for monitor in (8, 9) for origin in (6, 7)]
    found = values(hegemony(observing(*paths), "RU", paths="observed"), "hegemony")
    assert found == pytest.approx(slow_hegemony(paths, {6: 300, 7: 100}))


# Dependence, states, exposure and points of control

#: 8 and 9 are monitors abroad, 7 one at home; 1 and 2 are of one foreign state, 3 of another.
STATES = {6: "RU", 7: "RU", 1: "DE", 2: "DE", 3: "US", 4: "RU", 8: "DE", 9: "FR", 5: "FR"}
ADDRESSES = {6: 300, 7: 100}


def telling(*paths):
    rows = [(p[0], "rrc00", p[-1], list(p), 1, size) for p, size in paths]
    table = pl.DataFrame(rows, schema=TABLES["paths"].schema, orient="row")
    links = [*LINKS, (3, 7, "p2c"), (1, 8, "p2c"), (2, 9, "p2c")]
    world = make_world(links, country=STATES, ipv4_addresses=ADDRESSES)
    return dataclasses.replace(world, paths=table)


def parts(paths, monitors, weights):
    """Each path of these monitors with the part of what its monitor reaches that goes by it."""
    for monitor in monitors:
        reach = sum(weight for asn, weight in weights.items() if asn != monitor)
        for origin, weight in weights.items():
            mine = [(p, n) for p, n in paths if p[0] == monitor != origin == p[-1]]
            for path, n in mine:
                yield path, weight / reach * n / sum(n for _, n in mine)


def mean_over(monitors, values):
    """Mean of what monitors tell; as few as are here, none is trimmed."""
    return sum(values.get(monitor, 0.0) for monitor in monitors) / len(monitors)


def slow_states(paths, monitors, weights, home):
    found = {}
    for state in {STATES[asn] for asn in STATES} - {home}:
        counted = [monitor for monitor in monitors if STATES[monitor] != state]
        passed = defaultdict(float)
        for path, part in parts(paths, counted, weights):
            passed[path[0]] += part * any(STATES[asn] == state for asn in path[1:-1])
        if any(passed.values()):
            found[state] = mean_over(counted, passed), len(counted) / len(monitors)
    return found


def slow_fewest(paths, monitors, weights, share):
    home = [asn for asn in STATES if STATES[asn] == "RU"]
    told = list(parts(paths, monitors, weights))
    for size in range(1, len(home) + 1):
        for picked in itertools.combinations(home, size):
            seen = sum(part for path, part in told if set(path) & set(picked))
            if seen >= share * sum(part for _, part in told) - 1e-9:
                return size
    raise AssertionError("all networks see everything")


told_paths = st.dictionaries(
    st.tuples(
        st.sampled_from([8, 9]),
        st.permutations([1, 2, 3, 4, 5]).map(lambda p: tuple(p[:2])),
        st.sampled_from([6, 7]),
    ),
    st.integers(1, 500),
    max_size=8,
)


@given(told_paths, st.sampled_from([0.3, 0.6, 0.9, 1.0]))
@few
def test_what_monitors_show_agrees_with_going_along_each_path(told, share):
    paths = [((monitor, *inner, origin), n) for (monitor, inner, origin), n in told.items()]
    paths += [((monitor, 1, 5, 3, origin), 7) for monitor in (8, 9) for origin in (6, 7)]
    world = telling(*paths)

    shares = values(depend(world, "RU", paths="observed"), "share")
    assert shares == pytest.approx({
        asn: sum(part for path, part in parts(paths, (8, 9), ADDRESSES) if asn in path[1:-1]) / 2
        for asn in {asn for path, _ in paths for asn in path[1:-1]}
    })  # fmt: skip
    states = state_dependence(world, "RU", paths="observed")
    assert states.columns == ["country", "share", "counted"]
    found = {state: (share, counted) for state, share, counted in states.iter_rows()}
    expected = slow_states(paths, (8, 9), ADDRESSES, "RU")
    assert found.keys() == expected.keys()
    for state, pair in expected.items():
        assert found[state] == pytest.approx(pair)
    assert depend(world, "RU", by="state", paths="observed").equals(states)

    inbound = exposure(world, "RU", observers=["DE"], paths="observed").row(0, named=True)
    third, counted = expected.get("DE", (0.0, 0.5))
    assert inbound["third"] == pytest.approx(third)
    assert inbound["ending"] == pytest.approx(1 - counted)  # 8 is there
    assert inbound["exposed"] == pytest.approx(1 - counted + third * counted)

    methods = control(world, "RU", share=share, paths="observed")
    fewest = slow_fewest(paths, (8, 9), ADDRESSES, share)
    assert dict(methods.select("method", "networks").iter_rows())["fewest"] == fewest
    assert methods["exact"].to_list()[-1]


def test_modelled_paths_stand_beside_observed_ones_of_the_same_monitors():
    """Where paths are those that the model chooses, nothing differs."""
    paths = [
        ((8, 1, 3, 6), 300), ((8, 1, 3, 7), 100), ((9, 2, 3, 6), 300), ((9, 2, 3, 7), 100),
        ((7, 3, 2, 9), 100), ((7, 3, 1, 8), 100), ((7, 3, 2, 5), 9), ((7, 3, 6), 9), ((7, 3, 1), 1),
        ((7, 3, 2), 1), ((7, 3), 1), ((7, 3, 1, 4), 1),
        ((8, 1, 2, 9), 100), ((8, 1, 2, 5), 9), ((8, 1, 4), 9), ((8, 1), 1), ((8, 1, 2), 1),
        ((8, 1, 3), 1), ((9, 2, 1, 8), 1), ((9, 2, 5), 9), ((9, 2, 1, 4), 1), ((9, 2), 1),
        ((9, 2, 1), 1), ((9, 2, 3), 1),
    ]  # fmt: skip
    world = telling(*paths)
    one = {"tie_break": "lowest-asn"}
    for by, key in (("network", "asn"), ("state", "country")):
        both = depend(world, "RU", by=by, **one, paths="both")
        alone = depend(world, "RU", by=by, paths="observed")
        assert dict(both.select(key, "observed").iter_rows()) == pytest.approx(
            dict(alone.select(key, "share").iter_rows())
        )
        assert both["difference"].abs().max() < 1e-6
    for direction in ("inbound", "outbound", "domestic"):
        both = depend(world, "RU", direction=direction, **one, paths="both")
        assert both.height
        assert both["difference"].abs().max() < 1e-6
    blocs = {"both": ["DE", "FR"], "none": ["US"]}
    assert (
        state_dependence(world, "RU", blocs=blocs, **one, paths="both")["difference"].abs().max()
        < 1e-6
    )
    exposed = exposure(world, "RU", observers=["US"], **one, paths="both")
    assert exposed.columns == ["direction", "observer", "third", "observed", "difference"]
    assert exposed["difference"].abs().max() < 1e-6
    assert exposed["direction"].to_list() == ["inbound", "outbound", "domestic"]
    assert control(world, "RU", **one, paths="both").rows() == [
        ("published", 2, 2, 0), ("greedy", 2, 2, 0), ("fewest", 2, 2, 0),
    ]  # fmt: skip


def test_what_observed_paths_alone_show_has_no_model_beside_it():
    """AS11 has no link but that which its path shows; 7 has."""
    world = telling(((8, 1, 3, 7), 9), ((8, 1, 3, 11), 9))
    lone = pl.DataFrame({"asn": [11], "country": ["RU"], "members": [1], "ipv4_addresses": [50]})
    networks = pl.concat([world.networks, lone.cast({"asn": pl.UInt32})], how="diagonal")
    world = learn(dataclasses.replace(world, networks=networks))
    for ask in (hegemony, cti, depend, state_dependence, control):
        assert ask(world, "RU", paths="both")["difference"].abs().max() < 1e-6
    with pytest.raises(WorldError, match="only observed paths show a link of AS11"):
        hegemony(world, "AS11", paths="both")


def test_where_no_monitor_shows_a_direction_it_says_so():
    world = telling(((8, 1, 3, 6), 192), ((8, 1, 3, 7), 9))
    shown = exposure(world, "RU", observers=["US"], paths="observed")
    assert shown["third"].to_list() == [1.0, None, None]
    for ask in (depend, state_dependence, exposure, control):
        with pytest.raises(WorldError, match="no monitor outside shows a path to RU"):
            ask(telling(((8, 1, 3), 9)), "RU", paths="observed")
    with pytest.raises(WorldError, match="no monitor in RU shows a path abroad"):
        depend(world, "RU", direction="outbound", paths="observed")
    with pytest.raises(MisuseError, match="each monitor counts one"):
        depend(world, "RU", outside="nations", paths="both")
    with pytest.raises(MisuseError, match="kind of path"):
        control(world, "RU", paths="dreamt")
