"""Submarine cables: read with a world, and cut in a scenario, where what is not known is said."""

import datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import slow_scenario as twin
from commands import save, small_world
from formats import OWN_CABLES
from graphs import graphs, make_world
from splinternet.base.errors import InputError, MisuseError
from splinternet.scenario.apply import rehearse
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks.cut import CableCut, Cut
from splinternet.scenario.shocks.isolate import Isolate
from splinternet.scenario.vendors import Vendors
from splinternet.world.build import build_world
from splinternet.world.files import Source
from splinternet.world.readers import find_reader
from splinternet.world.world import World
from supplies import actor, ledger_of, said
from test_ledger_import import CABLES, archive, cable

LANDS = "cable,place,country\n" + "".join(
    f"{name},{code} end,{code}\n"
    for name, codes in {
        "Reed": "RU FI",
        "Kelp": "RU DE",
        "Moss 2": "RU FI DE",
        "Fern": "DE FI",
        "Fog": "RU",
    }.items()
    for code in codes.split()
)
SCENARIO = """
name = "Reed is cut"
world = "small"
[[shocks]]
kind = "cut"
between = ["cable:reed", "country:RU"]
"""


def with_cables(world: World, text: str, tmp_path) -> World:
    """Give a world the cables of a table of one's own."""
    (tmp_path / "links.csv").write_text("a,b,kind\n1,2,p2p\n")
    (tmp_path / "cables.csv").write_text(text)
    made, _ = build_world("2019-12-01", [tmp_path / "links.csv"], cables=[tmp_path / "cables.csv"])
    tables = {name: getattr(world, name) for name in ("networks", "links")}
    return World(world.manifest, cables=made.cables, landings=made.landings, **tables)


@pytest.fixture
def small(tmp_path):
    return with_cables(small_world(), LANDS, tmp_path)


def cut(*between: str, **more) -> Cut:
    return Cut(between=tuple(map(Selection, between)), **more)


def strike(world: World, shock, **more) -> tuple[World, CableCut]:
    read = Scenario(name="test", world=world.manifest.name, shocks=(shock,))
    after, (effect,) = rehearse(world, read, **more)
    return after, effect.outcome


# Reading


def test_a_table_of_ones_own(tmp_path):
    world = with_cables(small_world(), OWN_CABLES, tmp_path)
    assert world.cables["cable"].to_list() == ["Kelp", "Reed", "Stone, old"]
    assert world.landings.select("cable", "place", "country").rows() == [
        ("Kelp", "Somewhere", None),
        ("Reed", "Helsinki", "FI"),
        ("Reed", "Tallinn", "EE"),
        ("Stone, old", "Hiiumaa", "EE"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("cable,place,country\nReed,Oulu,Narnia\n", 2, "Narnia"),
        ("cable,place,country\nReed,Oulu,FI\n,Oulu,FI\n", 3, "has no name"),
        ("cable,place,country\n", None, "holds no line of data"),
    ],
)
def test_a_bad_row_is_named(tmp_path, text, line, says):
    path = tmp_path / "cables.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=says) as caught:
        find_reader(Source(path)).read(Source(path))
    assert caught.value.line == line


def test_the_map_of_its_publisher(tmp_path):
    path = tmp_path / "map.tar"
    later = cable("later", rfs="2031 June", is_planned=True, length="12,345.5 km")
    path.write_bytes(archive({**CABLES, "cable/later.json": later}))
    found = find_reader(Source(path)).read(Source(path))
    assert (found.rows, found.skipped) == (2, {"cable that is planned": 1})
    assert found.cables["cable"].to_list() == ["first"]
    assert found.landings["country"].to_list() == ["RU", "CD"]


# Cutting


def test_no_link_is_cut_for_certain(small):
    after, told = strike(small, cut("cable:reed", "country:RU"))
    assert after.links.equals(small.links)
    # To Finland leads no link of Russia; two lead abroad, one of them to an unknown country.
    assert (told.cables, told.nations) == (("Reed",), ("FI", "RU"))
    assert (told.links, told.abroad, told.left) == (0, 1, {"RU": (3, 2)})
    said = " ".join(told.words())
    assert "0 to 0 links, of 1 that lead abroad from the networks at the other end" in said
    assert "of 3 cables that lead abroad from Russia by world small, 2 are left" in said


def test_all_links_that_may_use_it_bound_the_loss(small):
    world = World(
        small.manifest,
        small.networks,
        small.links,
        cables=small.cables,
        landings=small.landings.with_columns(pl.col("country").replace("FI", "US")),
    )
    after, told = strike(world, cut("country:RU", 'cable:"moss 2",fern', over="all"))
    lost = world.links.join(after.links, on=("a", "b"), how="anti")
    assert lost.select("a", "b").rows() == [(1, 10)]
    assert (told.cables, told.links, told.left) == (("Moss 2", "Fern"), 1, {"RU": (3, 2)})


@given(graphs(), st.data())
def test_the_interval_is_that_of_a_slow_twin(graph, data):
    codes = st.sampled_from(["RU", "FI", "DE", None])
    country = {asn: data.draw(codes) for asn in graph.asns}
    lands = data.draw(st.sets(st.sampled_from(["RU", "FI", "DE"]), min_size=1))
    relation = data.draw(st.sampled_from(["any", "peer", "transit", "provider", "customer"]))
    first = data.draw(st.booleans())
    world = make_world(graph.links, graph.asns, country=country)
    ends = ["cable:Reed", "country:RU"] if first else ["country:RU", "cable:Reed"]
    ledger = ledger_of(
        [actor("reed", "cable"), actor("yard", "vendor")],
        [said("b", "yard", "builds", "reed", countries=sorted(lands), start="2001")],
    )
    here = {asn for asn, code in country.items() if code == "RU"}
    there = {asn for asn, code in country.items() if code in lands}
    if not here & there:
        with pytest.raises((InputError, MisuseError)):
            strike(world, cut(*ends, relation=relation), vendors=Vendors(ledger))
        return
    after, told = strike(world, cut(*ends, relation=relation, over="all"), vendors=Vendors(ledger))
    state = twin.State(frozenset(graph.asns), twin.ordered(graph.links))
    abroad = {
        link
        for link in state.links
        if {link.a, link.b} & here
        and None not in (country[link.a], country[link.b])
        and country[link.a] != country[link.b]
    }
    sides = (there, here) if first else (here, there)
    lost = abroad - twin.cut(state, *sides, relation).links
    assert (told.links, told.abroad) == (len(lost), len(abroad))
    assert after.links.height == world.links.height - len(lost)


def test_cables_of_a_ledger_count_where_the_world_has_none():
    ledger = ledger_of(
        [
            actor("reed", "cable") | {"aliases": ["R-1"]},
            actor("kelp", "cable"),
            actor("yard", "vendor"),
        ],
        [
            said("one", "yard", "builds", "reed", countries=["RU", "FI"], start="2001"),
            said("two", "yard", "builds", "kelp", countries=["RU", "DE"], start="2031"),
        ],
    )
    world = small_world()
    _, told = strike(world, cut("cable:r-1", "country:RU"), vendors=Vendors(ledger))
    assert told.left == {"RU": (1, 0)}
    with pytest.raises(InputError, match="unknown cable 'kelp'"):
        strike(world, cut("cable:kelp", "country:RU"), vendors=Vendors(ledger))


@pytest.mark.parametrize(
    ("shock", "says"),
    [
        (cut("cable:read", "country:RU"), r"between\[0\]: unknown cable 'read'; did you mean Reed"),
        (cut("cable:reed", "country:CU"), r"between\[1\]: none of these networks is of a nation"),
        (cut("cable:reed", "cable:kelp"), r"may stand, by itself, at one end of a cut"),
        (cut("cable:reed or AS1", "country:RU"), r"may stand, by itself, at one end of a cut"),
        (Isolate(networks=Selection("cable:reed")), r"networks: which networks use a cable"),
    ],
)
def test_what_cannot_be_known_is_said(small, shock, says):
    with pytest.raises(InputError, match=says):
        strike(small, shock)


def test_cables_that_are_not_yet_ready_do_not_count(small):
    later = datetime.date(2030, 1, 1)
    cables = small.cables.with_columns(ready=later)
    world = World(
        small.manifest, small.networks, small.links, cables=cables, landings=small.landings
    )
    with pytest.raises(InputError, match="unknown cable"):
        strike(world, cut("cable:reed", "country:RU"))
    assert strike(world, cut("cable:reed", "country:RU", date=later))[1].left == {"RU": (3, 2)}


@pytest.mark.slow
def test_commands_tell_what_is_known_and_what_bounds_it(run, small, tmp_path):
    folder, file = save(small, tmp_path / "small"), tmp_path / "reed.toml"
    file.write_text(SCENARIO.replace("cable:reed", "cable:'moss 2'"))
    words = ("--world", str(folder))
    status, out, _ = run(*words, "scenario", str(file))
    assert status == 0
    assert "which networks use Moss 2 is not published, so this may cost 0 to" in out
    status, out, _ = run(*words, "what-if", str(file), "--country", "RU")
    assert status == 0
    certain, bound = out.split("Reed is cut: upper bound")
    assert "No route is lost for certain" in certain
    assert "reaches" not in certain
    assert "if every link that may use the cable used nothing else" in bound
