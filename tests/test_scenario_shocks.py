"""What each shock does, against its slow twin, and what all of them keep."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise, permutations
from pathlib import Path

import msgspec
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import slow
import slow_scenario as twin
from commands import small_world
from graphs import Graph, graphs, make_world, written_out
from slow import Link
from splinternet.base.errors import InputError, MisuseError
from splinternet.routing.routes import routes
from splinternet.scenario import shocks as module
from splinternet.scenario.apply import Effect, apply, rehearse
from splinternet.scenario.bans import ban_answers, read_strictly
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks import Shock, kinds
from splinternet.scenario.shocks.add import Add, Skipped
from splinternet.scenario.shocks.ban import Ban
from splinternet.scenario.shocks.cut import Cut
from splinternet.scenario.shocks.inspect import Inspect
from splinternet.scenario.shocks.isolate import Isolate
from splinternet.scenario.shocks.refuse import Refuse
from splinternet.scenario.shocks.remove import Remove
from splinternet.scenario.shocks.split import Split
from splinternet.scenario.vendors import Vendors
from splinternet.world.schema import FIRST_GROUP, TABLES
from splinternet.world.world import World
from supplies import actor, ledger_of, said

RELATIONS = ("any", "peer", "transit", "provider", "customer")

Twin = Callable[[twin.State], twin.State]


def scenario(world: World, *shocks: Shock, blocs: dict[str, Selection] | None = None) -> Scenario:
    return Scenario(name="test", world=world.manifest.name, shocks=shocks, blocs=blocs or {})


def after(world: World, *shocks: Shock, blocs: dict[str, Selection] | None = None) -> World:
    return rehearse(world, scenario(world, *shocks, blocs=blocs), idle=True)[0]


def tried(world: World, *shocks: Shock, blocs: dict[str, Selection] | None = None) -> World | str:
    """Apply shocks, or say why they are refused."""
    try:
        return after(world, *shocks, blocs=blocs)
    except InputError as error:
        return str(error)


def state(world: World) -> twin.State:
    links = (Link(*row) for row in world.links.select("a", "b", "kind").iter_rows())
    return twin.State(frozenset(world.networks["asn"]), frozenset(links))


def these(networks: Iterable[int]) -> Selection:
    return Selection(" or ".join(f"AS{asn}" for asn in networks))


def same(one: World, other: World) -> bool:
    return all(getattr(one, name).equals(getattr(other, name)) for name in TABLES)


@st.composite
def taking(draw, graph: Graph, number: int = 0) -> tuple[Shock, dict[str, Selection], Twin]:
    """A shock that takes away or refuses, the blocs it uses, and its twin."""
    some = st.lists(st.sampled_from(graph.asns), min_size=1, unique=True).map(set)
    first, second = draw(some), draw(some)
    kind = draw(st.sampled_from(["isolate", "inspect", "cut", "remove", "split", "refuse"]))
    match kind:
        case "inspect" if any(
            twin.crosses(link, first) and {link.a, link.b} & second for link in graph.links
        ):
            shock = Inspect(networks=these(first), by=these(second))
            return shock, {}, lambda s: twin.inspect(s, first, second)
        case "cut":
            relation = draw(st.sampled_from(RELATIONS))
            shock = Cut(between=(these(first), these(second)), relation=relation)
            return shock, {}, lambda s: twin.cut(s, first, second, relation)
        case "remove" if first != set(graph.asns):
            return Remove(networks=these(first)), {}, lambda s: twin.remove(s, first)
        case "split" if second - first:
            sides = {f"one{number}": first, f"other{number}": second - first}
            blocs = {name: these(bloc) for name, bloc in sides.items()}
            neither = set(graph.asns) - first - second  # no country is known
            return (
                Split(blocs=tuple(sides)),
                blocs,
                lambda s: twin.split(s, list(sides.values()), neither),
            )
        case "refuse" if second - first:
            shock = Refuse(networks=these(first), traffic_of=these(second - first))
            return shock, {}, lambda s: twin.refuse(s, first, second - first)
    return Isolate(networks=these(first)), {}, lambda s: twin.isolate(s, first, set())


@given(st.data())
def test_shocks_do_what_their_twins_do(data):
    graph = data.draw(graphs(6, 6))
    world = make_world(graph.links, graph.asns)
    shock, blocs, slowly = data.draw(taking(graph))
    expected = slowly(state(world))
    made, (effect,) = rehearse(world, scenario(world, shock, blocs=blocs), idle=True)
    assert state(made) == expected
    lost, new = state(world).links - expected.links, expected.links - state(world).links
    assert (effect.links_cut, effect.links_changed) == (len(lost) - len(new), len(new))
    assert effect.networks_removed == len(graph.asns) - len(expected.networks)
    touched = {end for link in lost | new for end in (link.a, link.b)} & expected.networks
    assert effect.networks_touched == len(touched)


@given(st.data())
def test_the_order_of_shocks_that_take_away_is_of_no_matter(data):
    graph = data.draw(graphs(6, 6))
    world = make_world(graph.links, graph.asns)
    drawn = [data.draw(taking(graph, number)) for number in range(3)]
    shocks = list(dict.fromkeys(shock for shock, _, _ in drawn))
    if any(isinstance(shock, Refuse) for shock in shocks):  # cuts by kind of link then ask for it
        shocks = [each for each in shocks if getattr(each, "relation", "any") == "any"]
    blocs = {name: bloc for _, named, _ in drawn for name, bloc in named.items()}
    if len(state(world).networks) == 1 or not shocks:
        return
    first, *others = (tried(world, *order, blocs=blocs) for order in permutations(shocks))
    if isinstance(first, str):
        assert first.endswith("no network is left")
        assert set(others) <= {first}
    else:
        assert all(same(first, other) for other in others)


def test_the_order_of_a_refusal_and_a_cut_by_kind_matters():
    world = make_world([(1, 2, "p2c")])
    refuse = Refuse(networks=Selection("AS1"), traffic_of=Selection("AS2"))
    cut = Cut(between=(Selection("AS1"), Selection("AS2")), relation="provider")
    assert state(after(world, refuse, cut)).links == {Link(1, 2, "p2p")}
    assert state(after(world, cut, refuse)).links == set()


@given(st.data())
def test_an_isolation_may_spare_networks_and_links(data):
    graph = data.draw(graphs(6, 6))
    world = make_world(graph.links, graph.asns)
    some = st.lists(st.sampled_from(graph.asns), min_size=1, unique=True).map(set)
    inside, spared, one, other = (data.draw(some) for _ in range(4))
    shock = Isolate(
        networks=these(inside), except_=these(spared), except_links=((these(one), these(other)),)
    )
    kept = {
        link
        for link in state(world).links
        if not twin.crosses(link, inside)
        or {link.a, link.b} & spared
        or (link.a in one and link.b in other)
        or (link.b in one and link.a in other)
    }
    border = {link for link in state(world).links if twin.crosses(link, inside)}
    if border and border <= kept:
        with pytest.raises(InputError, match=r"shocks\[0\].except: the exceptions spare every"):
            after(world, shock)
    else:
        assert state(after(world, shock)).links == kept


@given(st.data())
def test_adding_links_and_cutting_them_restores_the_world(data):
    graph = data.draw(graphs(6, 6))
    world = make_world(graph.links, graph.asns)
    some = st.lists(st.sampled_from(graph.asns), min_size=1, unique=True).map(these)
    between = data.draw(some), data.draw(some)
    relation = data.draw(st.sampled_from(["peer", "provider", "customer"]))
    add, cut = Add(between=between, relation=relation), Cut(between=between, relation=relation)
    made = tried(world, add)
    if isinstance(made, str):
        assert "linked already" in made or "cannot be a provider" in made
        return
    assert same(after(world, add, cut), world)
    assert state(world).links <= state(made).links
    assert reachable(world) <= reachable(made)


@given(st.data(), st.sampled_from(sorted(slow.PREFERENCES)))
def test_reachability_is_what_paths_up_across_and_down_give(data, prefer):
    graph = data.draw(graphs(5, 4))
    for origin in graph.asns:
        chosen = slow.routes(graph.links, origin, prefer)
        reaching = {asn for asn in graph.asns if origin in twin.allowed(graph.links, asn)}
        assert set(chosen) == reaching


@given(st.data(), st.sampled_from(sorted(slow.PREFERENCES)))
def test_taking_away_never_adds_reachability(data, prefer):
    graph = data.draw(graphs(5, 4))
    world = make_world(graph.links, graph.asns)
    shock, blocs, _ = data.draw(taking(graph))
    made = after(world, shock, blocs=blocs)
    assert reachable(made, prefer) <= reachable(world, prefer)


def reachable(world: World, prefer: str = "gao-rexford") -> set[tuple[int, int]]:
    found = routes(world, world.networks["asn"], prefer=prefer)
    return set(found.select("asn", "origin").iter_rows())


def test_a_cut_may_shorten_a_path():
    """1 prefers the long way over its customers; without it, the short one over a peer."""
    world = make_world([(1, 2, "p2c"), (2, 3, "p2c"), (3, 4, "p2c"), (1, 5, "p2p"), (5, 4, "p2c")])
    made = after(world, Cut(between=(Selection("AS1"), Selection("AS2"))))
    found = [routes(each, [4], [1], prefer="customer-first") for each in (world, made)]
    assert [each["length"].item() for each in found] == [3, 2]


@given(st.data())
def test_what_crosses_an_inspected_border_meets_an_inspector_there(data):
    graph = data.draw(graphs(5, 5))
    world = make_world(graph.links, graph.asns)
    some = st.lists(st.sampled_from(graph.asns), min_size=1, unique=True).map(set)
    inside, by = data.draw(some), data.draw(some)
    made = tried(world, Inspect(networks=these(inside), by=these(by)))
    if isinstance(made, str):
        assert "has no link across the border to inspect" in made
        return
    links = list(state(made).links)
    for origin in graph.asns:
        chosen = slow.routes(links, origin)
        for network in chosen:
            path = slow.path(chosen, network)
            for hop, following in pairwise(path):
                assert (hop in inside) == (following in inside) or by & {hop, following}


@given(st.data())
def test_who_refuses_stays_reachable_but_carries_nothing_further(data):
    graph = data.draw(graphs(5, 5))
    world = make_world(graph.links, graph.asns)
    some = st.lists(st.sampled_from(graph.asns), min_size=1, unique=True).map(set)
    refusing, other = data.draw(some), data.draw(some)
    if not other - refusing:
        return
    refused = other - refusing
    made = after(world, Refuse(networks=these(refusing), traffic_of=these(refused)))
    sold = {
        (link.a, link.b)
        for link in graph.links
        if link.kind == "p2c" and link.a in refusing and link.b in refused
    }
    links = list(state(made).links)
    customers = {(link.a, link.b) for link in links if link.kind == "p2c"}
    for origin in graph.asns:
        chosen = slow.routes(links, origin)
        assert all(b in chosen for a, b in sold if a == origin)
        assert all(a in chosen for a, b in sold if b == origin)
        for network in chosen:
            path = slow.path(chosen, network)
            for before, hop, following in zip(path, path[1:], path[2:], strict=False):
                if (hop, following) in sold:
                    assert (hop, before) in customers
                if (hop, before) in sold:
                    assert (hop, following) in customers


@given(st.data())
def test_a_group_counts_as_many_networks_as_it_has_members(data):
    graph = data.draw(graphs(5, 5))
    countries = {asn: data.draw(st.sampled_from(["RU", "CN", None])) for asn in graph.asns}
    digest, full = data.draw(written_out(graph, country=countries))
    if "RU" not in countries.values():
        return
    shocks = Isolate(networks=Selection("country:RU")), Remove(networks=Selection("country:RU"))
    for shock in shocks:
        if set(countries.values()) == {"RU"} and isinstance(shock, Remove):
            continue
        small, large = (
            rehearse(world, scenario(world, shock), idle=True)[1][0] for world in (digest, full)
        )
        assert small.networks_removed == large.networks_removed
        assert small.networks_touched == large.networks_touched


COUNTRIES = {1: "US", 2: "CN", 3: "DE", 4: "DE", 5: "FI", 6: None, 7: "SE", 8: "SE", 9: "FR"}
#: 1 and 2 head the blocs. Germany buys once from either, but one German network counts three.
BLOC_LINKS = [
    (1, 2, "p2p"),
    (1, 3, "p2c"),
    (2, 4, "p2c"),
    (2, 5, "p2c"),
    (1, 6, "p2c"),
    (2, 6, "p2c"),
    (1, 7, "p2c"),
    (2, 8, "p2c"),
    (1, 9, "p2p"),
    (2, 9, "p2p"),
    (3, 5, "p2p"),
]


@pytest.mark.parametrize(
    ("neutral", "cut"),
    [
        # 6, of unknown country, would join the two.
        ("keep", {(1, 2), (1, 6), (2, 6)}),
        # Germany joins 2 and Finland too; Sweden, where both are equal, the first.
        ("join", {(1, 2), (1, 3), (2, 8), (1, 6), (2, 6)}),
    ],
)
def test_a_split_and_the_neutral(neutral, cut):
    members = dict.fromkeys(COUNTRIES, 1) | {4: 3}
    world = make_world(BLOC_LINKS, country=COUNTRIES, members=members)
    blocs = {"west": Selection("country:US"), "east": Selection("country:CN")}
    split = Split(blocs=("west", "east"), neutral=neutral)
    made, (effect,) = rehearse(world, scenario(world, split, blocs=blocs), idle=True)
    lost = state(world).links - state(made).links
    assert {(link.a, link.b) for link in lost} == cut
    joined = ("join west: SE", "join east: DE, FI") if neutral == "join" else ()
    assert effect.notes == (*joined, "of unknown country, cut from every bloc: AS6")


def test_networks_of_unknown_country_do_not_join_blocs_together():
    """3 and 4 would, in a chain; 5 hangs on one bloc and keeps it; 6 is neutral and may."""
    links = [
        (1, 3, "p2c"),
        (3, 4, "p2p"),
        (2, 4, "p2c"),
        (1, 5, "p2c"),
        (1, 6, "p2c"),
        (2, 6, "p2c"),
    ]
    world = make_world(links, country={1: "US", 2: "CN", 6: "FR"})
    blocs = {"west": Selection("country:US"), "east": Selection("country:CN")}
    made = after(world, Split(blocs=("west", "east")), blocs=blocs)
    left = {(link.a, link.b) for link in state(made).links}
    assert left == {(3, 4), (1, 5), (1, 6), (2, 6)}


def test_a_network_cannot_be_in_two_blocs():
    world = make_world(BLOC_LINKS, country=COUNTRIES)
    blocs = {"west": Selection("country:US,DE"), "east": Selection("AS2 or AS3")}
    with pytest.raises(InputError, match=r"blocs\[1\]: AS3 is in bloc east and in bloc west"):
        after(world, Split(blocs=("west", "east")), blocs=blocs)


def test_a_network_that_a_digest_made_up_goes_by_its_country():
    group = FIRST_GROUP + 7
    world = make_world([(1, group, "p2c"), (1, 2, "p2c")], country={1: "US", 2: "CN", group: "DE"})
    blocs = {"west": Selection("country:US,DE"), "east": Selection("country:DE,CN")}
    with pytest.raises(InputError, match="a small network of DE without a name is in bloc east"):
        after(world, Split(blocs=("west", "east")), blocs=blocs)


def exchange_world() -> World:
    """1 to 4 meet at exchange A, 1 and 2 also at B; 5 is at B only."""
    peers = [(1, 2, "mlp"), (1, 3, "mlp"), (2, 3, "bgp,mlp"), (3, 4, "bgp"), (1, 5, "mlp")]
    world = make_world([*((a, b, "p2p") for a, b, _ in peers), (1, 4, "p2c")])
    evidence = {(a, b): seen for a, b, seen in peers}
    links = world.links.with_columns(
        pl.Series("evidence", [evidence.get((a, b)) for a, b in world.links["a", "b"].rows()])
    )
    exchanges = [{"exchange": n, "name": name} for n, name in ((1, "A-IX"), (2, "B-IX"))]
    at = [(1, asn) for asn in (1, 2, 3, 4)] + [(2, asn) for asn in (1, 2, 5)]
    return World(
        manifest=world.manifest,
        networks=world.networks,
        links=links,
        exchanges=pl.DataFrame(exchanges, schema=TABLES["exchanges"].schema),
        exchange_members=pl.DataFrame(at, schema=TABLES["exchange_members"].schema, orient="row"),
    )


@pytest.mark.parametrize(
    ("peering", "cut"),
    [
        ("all", {(1, 2), (1, 3), (2, 3), (3, 4)}),
        ("only-here", {(1, 3), (2, 3), (3, 4)}),
        ("route-server", {(1, 3)}),
    ],
)
def test_with_an_exchange_goes_the_peering_that_is_only_there(peering, cut):
    world = exchange_world()
    made = after(world, Remove(exchange="a-ix", peering=peering))
    lost = state(world).links - state(made).links
    assert {(link.a, link.b) for link in lost} == cut
    with pytest.raises(InputError, match=r"shocks\[0\].exchange: unknown exchange 'C-IX'"):
        after(world, Remove(exchange="C-IX"))


def test_a_removed_network_is_in_no_table():
    made = after(exchange_world(), Remove(networks=Selection("AS3")))
    assert made.networks["asn"].to_list() == [1, 2, 4, 5]
    assert 3 not in {*made.links["a"], *made.links["b"], *made.exchange_members["asn"]}
    assert made.exchange_members.height == 6


TOLD = ledger_of(
    [
        actor("ru", "state", "RU"),
        *(actor(name, "operator", "RU") for name in ("ten", "eleven", "twelve")),
        actor("huawei", "vendor", "CN"),
        actor("nokia", "vendor", "FI"),
        *({**actor(f"as{asn}", "network"), "asn": asn} for asn in (10, 11, 12)),
    ],
    [
        said("s1", "huawei", "vendor_share", "ten", share=(25, 50), generations=["4G"]),
        said("s2", "huawei", "vendor_share", "eleven", share=0, generations=["4G"]),
        said("t1", "huawei", "supplies", "twelve", start="2020-06-01", end="2020-12-31"),
        *(
            said(f"r{asn}", name, "operates", f"as{asn}")
            for asn, name in ((10, "ten"), (11, "eleven"), (12, "twelve"))
        ),
    ],
)


@pytest.mark.parametrize(("effect", "left"), [("report", {10, 11, 12}), ("remove", {11, 12})])
def test_a_ban_reports_or_removes_the_networks_of_operators_that_use_it(effect, left):
    world, vendors = small_world(), Vendors(TOLD)
    ban = Ban(vendor="Huawei", networks=Selection("country:RU"), generation="4G", effect=effect)
    made, (told,) = rehearse(world, scenario(world, ban), vendors=vendors)
    assert set(made.networks.filter(pl.col("country") == "RU")["asn"]) == left
    assert told.notes == (
        "1 operator is known to use equipment of Huawei in 4G networks, with 1 network that has a "
        "row in this world",
    )
    with pytest.raises(InputError, match=r"shocks\[0\].vendor: unknown actor 'nokya'"):
        apply(world, scenario(world, Ban(vendor="nokya", networks=ban.networks)), vendors=vendors)
    with pytest.raises(InputError, match="needs a ledger"):
        rehearse(world, scenario(world, ban))


def test_a_ban_tells_of_people_on_the_equipment():
    """Of the addresses of RU 300 are of 10, 200 of 11, and none of 12."""
    world, vendors = small_world(), Vendors(TOLD)
    ban = Ban(vendor="huawei", networks=Selection("country:RU"))
    (found,) = ban_answers(world, scenario(world, ban), vendors)
    (nation,) = found.nations
    by_part = {str(reach.scope): reach for reach in nation.told if reach.by == "addresses"}
    total = world.networks.filter(pl.col("country") == "RU")["ipv4_addresses"].sum()
    assert by_part["4G"].share == pytest.approx((0.25 * 300 / total, 0.5 * 300 / total))
    assert [each.name for each in nation.users] == ["Ten"]
    assert {each.name: each.uses for each in nation.operators}["Twelve"] is None


def test_a_ban_of_some_networks_asks_their_operators_alone():
    world, vendors = small_world(), Vendors(TOLD)
    ban = Ban(vendor="huawei", networks=Selection("AS11"), generation="4G")
    (found,) = ban_answers(world, scenario(world, ban), vendors)
    assert [each.operator for each in found.nations[0].operators] == ["eleven"]
    assert found.nations[0].best(found.scope).share == (0, 0)


def test_a_ban_is_asked_for_the_day_it_has():
    """Without one all counts that the ledger knows, of whatever date and not yet ended."""
    world, vendors = small_world(), Vendors(TOLD)
    ban = Ban(vendor="huawei", networks=Selection("country:RU"))
    held = msgspec.structs.replace(ban, date=date(2020, 7, 1))
    using = [
        {each.name for each in found.nations[0].users}
        for found in ban_answers(world, scenario(world, ban, held), vendors)
    ]
    assert using == [{"Ten"}, {"Ten", "Twelve"}]


def test_a_deadline_comes_after_the_ban():
    with pytest.raises(MisuseError, match="the deadline, 2019-12-31, comes before the ban"):
        Ban(
            vendor="huawei",
            networks=Selection("country:RU"),
            date=date(2020, 1, 1),
            deadline=date(2019, 12, 31),
        )


def test_a_ban_read_strictly_removes():
    world = small_world()
    read = read_strictly(
        scenario(world, Ban(vendor="huawei", networks=Selection("country:RU"), generation="4G"))
    )
    made = apply(world, read, vendors=Vendors(TOLD))
    assert 10 not in set(made.networks["asn"])


def test_a_vendor_is_asked_for_on_the_day_of_the_shock():
    """Else on that of the scenario, else on that of the world."""
    world, vendors = small_world(), Vendors(TOLD)
    selected = Remove(networks=Selection("vendor:huawei"))
    later = msgspec.structs.replace(selected, date=date(2020, 7, 1))
    for start, shock, gone in (
        (None, selected, {10}),
        (date(2020, 7, 1), selected, {10, 12}),
        (None, later, {10, 12}),
    ):
        told = msgspec.structs.replace(scenario(world, shock), date=start)
        made = apply(world, told, vendors=vendors)
        assert set(world.networks["asn"]) - set(made.networks["asn"]) == gone


@pytest.mark.parametrize(
    ("shocks", "says"),
    [
        (
            [Add(between=(Selection("AS10"), Selection("AS11")), relation="peer")],
            r"shocks\[0\].between: AS10 and AS11 are linked already; cut that link before",
        ),
        (
            [Add(between=(Selection("AS12"), Selection("AS1")), relation="provider")],
            r"shocks\[0\].between: AS12 cannot be a provider of AS1, which is above it",
        ),
        (
            [Add(between=(Selection("AS1"), Selection("AS12")), relation="customer")],
            "AS12 cannot be a provider of AS1",
        ),
        (
            [Add(between=(Selection("AS12 or AS30"), Selection("AS12 or AS30")),
                 relation="provider")],
            "linked already",
        ),
        (
            [
                Remove(networks=Selection("AS20")),
                Add(between=(Selection("AS21"), Selection("AS20")), relation="peer"),
            ],
            r"shocks\[1\].between\[1\]: AS20 is removed by a shock before this one",
        ),
        (
            [Refuse(networks=Selection("AS10"), traffic_of=Selection("country:RU"))],
            r"shocks\[0\].traffic_of: AS10 would refuse transit to itself",
        ),
        (
            [Inspect(networks=Selection("country:RU"), by=Selection("AS12"))],
            r"shocks\[0\].by: 'AS12' has no link across the border",
        ),
        (
            [Isolate(networks=Selection("country:RU"),
                     except_links=((Selection("country:RU"), Selection("not country:RU")),))],
            r"shocks\[0\].except_links: the exceptions spare every link",
        ),
        ([Remove(networks=Selection("AS1 or not AS1"))], "shocks: no network is left"),
    ],
)  # fmt: skip
def test_contradictions_are_refused(shocks, says):
    world = small_world()
    with pytest.raises(InputError, match=says):
        after(world, *shocks)
    assert same(world, small_world())


def test_too_many_links_are_refused():
    stubs = make_world([(1, n, "p2c") for n in range(2, 500)])
    with pytest.raises(InputError, match="this makes 249,001 links; select fewer"):
        after(stubs, Add(between=(Selection("AS1 or not AS1"),) * 2, relation="peer"))


def test_peers_of_one_selection_are_meshed():
    world = make_world([(1, 2, "p2c"), (1, 3, "p2c"), (1, 4, "p2c")])
    stubs = Selection("not AS1")
    made, (effect,) = rehearse(world, scenario(world, Add(between=(stubs, stubs), relation="peer")))
    assert state(made).links - state(world).links == {
        Link(2, 3, "p2p"),
        Link(2, 4, "p2p"),
        Link(3, 4, "p2p"),
    }
    assert effect == Effect("add", 0, 3, 0, 3, 0)
    assert set(made.links["evidence"]) == {None, "scenario"}


def test_every_kind_is_named_as_its_file():
    modules = Path(module.__file__).parent.glob("[!_]*.py")
    assert sorted(kinds()) == sorted(path.stem for path in modules)
    assert all(kind.shock.__struct_config__.tag == name for name, kind in kinds().items())


def test_pairs_that_are_linked_may_be_skipped():
    """Of a loop over partners none has to be looked up first; what is there stays as it is."""
    world = make_world([(1, 2, "p2c"), (1, 3, "p2p")], [4])
    both = Add(between=(these([1]), these([2, 3, 4])), relation="provider", linked="skip")
    made, (effect,) = rehearse(world, scenario(world, both))
    assert effect.outcome == Skipped(pairs=2)
    assert effect.notes == ("2 pairs are linked already and left as before",)
    assert state(made).links == state(world).links | {Link(1, 4, "p2c")}
    again, (effect,) = rehearse(made, scenario(made, both))
    assert (effect.links_added, effect.outcome.pairs) == (0, 3)
    assert same(again, made)
    with pytest.raises(InputError, match="AS1 and AS2 are linked already"):
        rehearse(world, scenario(world, msgspec.structs.replace(both, linked="refuse")))
    new = Add(between=(these([4]), these([2])), relation="peer", linked="skip")
    assert rehearse(world, scenario(world, new))[1][0].notes == ()


@given(st.data())
def test_skipping_adds_what_adding_one_by_one_would(data):
    graph = data.draw(graphs(6, 6))
    world = make_world(graph.links, graph.asns)
    some = st.lists(st.sampled_from(graph.asns), min_size=1, unique=True).map(set)
    first, second = data.draw(some), data.draw(some)
    shock = Add(between=(these(first), these(second)), relation="peer", linked="skip")
    made, (effect,) = rehearse(world, scenario(world, shock), idle=True)
    joined = {frozenset((link.a, link.b)) for link in graph.links}
    wanted = {frozenset((a, b)) for a in first for b in second if a != b}
    new = {Link(min(pair), max(pair), "p2p") for pair in wanted - joined}
    assert state(made).links == state(world).links | new
    assert effect.outcome.pairs == len(wanted & joined)
