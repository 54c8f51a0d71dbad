"""Hegemony and transit influence from observed paths, beside those from modelled ones."""

import dataclasses
from collections import defaultdict

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets import few
from graphs import make_world
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.cti import cti
from splinternet.measures.hegemony import hegemony
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
