"""Modelled routes beside observed ones, by going along every path."""

import dataclasses
from functools import partial
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets import few
from graphs import make_world
from graphs import observing as observing_over
from splinternet.base.choices import PREFERENCES
from splinternet.base.errors import MisuseError, WorldError
from splinternet.brief.words import fit_line
from splinternet.routing.observed import check_model, compare_paths, main_paths, with_fit
from splinternet.routing.routes import path as modelled_path
from splinternet.routing.routes import routes

#: 1 and 2 peer; 3 buys from both, 4 from 1, 5 from 2, 6 from 3 and 4.
LINKS = [
    (1, 2, "p2p"),
    *((1, 3, "p2c"), (2, 3, "p2c"), (1, 4, "p2c"), (2, 5, "p2c"), (3, 6, "p2c"), (4, 6, "p2c")),
]


observing = partial(observing_over, links=LINKS)


def figures(path, **choices):
    (row,) = compare_paths(observing(path), **choices).iter_rows(named=True)
    names = ("path", "next_hop", "length", "best", "rest", "missing")
    return "".join(str(int(row[name])) for name in names)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ((5, 2, 3, 6), "111110"),
        ((1, 4, 6), "001110"),  # 1 3 6 is as good, and 3 the lower number
        ((2, 1, 4, 6), "000000"),
        ((4, 1, 2, 5), "111110"),
        ((3, 5), "000011"),
        ((5, 9, 6), "000001"),
        ((9, 6), "000001"),
        ((5, 2, 9), "000001"),
    ],
)
def test_what_is_said_of_a_path(path, says):
    assert figures(path, prefer="customer-first") == says


def test_of_several_paths_the_one_of_most_prefixes_counts():
    world = observing((5, 2, 3, 6), (5, 9, 6), (5, 2, 6))
    more = world.paths.with_columns(prefixes=pl.Series([1, 2, 1]))
    assert main_paths(dataclasses.replace(world, paths=more))["path"].to_list() == [[5, 9, 6]]
    partial = observing((5, 2, 3, 6), (5, 2), (5, 2, 1), (5, 2, 3), (4, 6))
    assert main_paths(partial)["monitor"].unique().to_list() == [5]


def test_figures_by_preference_monitor_and_nation():
    world = observing((5, 2, 3, 6), (5, 2), (4, 6), (4, 1, 2), country={6: "RU"})
    assert check_model(world)["prefer"].to_list() == list(PREFERENCES)
    assert check_model(world)["path"].to_list() == [1.0] * 3
    assert check_model(world, by="monitor").select("asn", "pairs").rows() == [(4, 2), (5, 2)]
    assert check_model(world, by="nation").select("country", "pairs", "missing").rows() == [
        (None, 2, 0.0),
        ("RU", 2, 0.0),
    ]
    with pytest.raises(MisuseError, match="kind of row"):
        check_model(world, by="weather")
    with pytest.raises(WorldError, match="has no observed paths"):
        check_model(make_world(LINKS))


def test_how_well_the_model_does_belongs_to_the_world(monkeypatch):
    paths = [(5, 2, 3, 6), (5, 2), (4, 6), (4, 6, 3, 2)]
    world = with_fit(observing(*paths))
    assert list(world.manifest.fit) == list(PREFERENCES)
    (row,) = check_model(world).filter(prefer="shortest").to_dicts()
    assert {"prefer": "shortest", **world.manifest.fit["shortest"]} == row
    assert fit_line(world.manifest, "shortest") == (
        "Of 4 observed paths the model, which was not told them, has 75% right as a whole, 75% "
        "in the first hop and 75% in length."
    )
    assert not fit_line(make_world(LINKS).manifest, "shortest")
    monkeypatch.setattr("splinternet.routing.observed._ORIGINS", 1)
    assert with_fit(world).manifest.fit["shortest"]["pairs"] == 2
    assert with_fit(world).manifest.fit == with_fit(world).manifest.fit


def slow_equally_good(world, path, prefer):
    """Tell whether a path is among the equally good ones, by the table of routes."""
    origin = path[-1]
    both = [
        routes(world, [origin], told=told, tie_break="split", prefer=prefer)
        for told in (False, True)
    ]
    free = True
    for here, after in pairwise(path):
        mine = both[0 if free or prefer != "shortest" else 1].filter(asn=here)
        if after not in mine["next_hop"].to_list():
            return False
        free = free and mine["class"][0] == "provider"
    return True


@given(
    st.lists(st.permutations(range(1, 7)).map(lambda p: p[:4]), min_size=1, max_size=4),
    st.sampled_from(PREFERENCES),
)
@few
def test_it_agrees_with_the_paths_and_routes_of_the_model(paths, prefer):
    once = {(p[0], p[-1]): tuple(p) for p in paths}
    world = observing(*once.values())
    found = compare_paths(world, prefer=prefer)
    for row in found.iter_rows(named=True):
        seen, ends = row["observed"], (row["monitor"], row["origin"])
        alone = modelled_path(world, *ends, tie_break="lowest-asn", prefer=prefer)["asn"].to_list()
        assert row["path"] == (seen == alone)
        assert row["next_hop"] == (seen[:2] == alone[:2])
        assert row["length"] == (len(seen) == len(alone))
        assert row["best"] == slow_equally_good(world, seen, prefer)
