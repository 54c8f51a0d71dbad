"""The fewest arcs that break every cycle, against trying all choices."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgets
from splinternet.world import cycles
from splinternet.world.cycles import fewest_arcs

NODES = 6


def has_cycle(arcs):
    """Take away, again and again, the nodes that nothing leads to."""
    left = list(arcs)
    while left:
        led_to = {b for _, b in left}
        fewer = [(a, b) for a, b in left if a in led_to]
        if len(fewer) == len(left):
            return True
        left = fewer
    return False


def has_way(arcs, start, goal):
    """Follow arcs from what was met so far, until nothing new is met."""
    met = {start}
    while fresh := {b for a, b in arcs if a in met} - met:
        met |= fresh
    return goal in met


def by_trying(arcs):
    """Places of the arcs to leave out: the fewest, and of these the smallest sum."""
    for many in range(len(arcs) + 1):
        found = [
            sum(places)
            for places in combinations(range(len(arcs)), many)
            if not has_cycle([arc for at, arc in enumerate(arcs) if at not in places])
        ]
        if found:
            return many, min(found)
    raise AssertionError


graphs = st.lists(
    st.tuples(st.integers(1, NODES), st.integers(1, NODES)).filter(lambda arc: arc[0] != arc[1]),
    unique=True,
    max_size=13,
)


@budgets.many
@given(graphs)
def test_they_are_the_fewest_and_the_first_of_equally_few(drawn):
    arcs = [arc for arc in drawn if has_way(drawn, arc[1], arc[0])]  # those on cycles
    removal = fewest_arcs(drawn)
    many, smallest = by_trying(arcs)
    assert len(removal.arcs) == removal.at_least == many
    assert sum(arcs.index(arc) for arc in removal.arcs) == smallest
    assert not has_cycle([arc for arc in arcs if arc not in removal.arcs])


@budgets.many
@given(graphs)
def test_by_the_rule_of_thumb_none_can_be_put_back(arcs):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cycles, "MOST_EXACT", 0)
        removal = fewest_arcs(arcs)
    kept = [arc for arc in arcs if arc not in removal.arcs]
    assert not has_cycle(kept)
    assert all(has_cycle([*kept, arc]) for arc in removal.arcs)
    assert removal.at_least <= by_trying(arcs)[0] <= len(removal.arcs)


def test_a_search_that_takes_too_long_is_given_up(monkeypatch):
    arcs = [(a, b) for a in range(8) for b in range(8) if a != b]
    monkeypatch.setattr(cycles, "_MOST_ROUNDS", 1)
    removal = fewest_arcs(arcs)
    assert not has_cycle([arc for arc in arcs if arc not in removal.arcs])
    assert len(removal.arcs) == removal.at_least == len(arcs) // 2  # of each pair one


def test_components_are_repaired_one_by_one():
    arcs = [(1, 2), (2, 1), (3, 4), (4, 3), (2, 3)]
    assert fewest_arcs(arcs).arcs == ((1, 2), (3, 4))
