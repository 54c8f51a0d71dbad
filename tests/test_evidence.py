"""The world that BGP shows."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import ERROR, small_world
from graphs import graphs, make_world
from splinternet.base.choices import LINKS
from splinternet.base.errors import MisuseError, WorldError
from splinternet.world.evidence import by_evidence, evidence_of
from splinternet.world.schema import TABLES
from splinternet.world.world import World

#: What shows each link; 3 and 4 peer at an exchange only, 5 is seen by traceroute only, 6 nowhere.
SHOWN = {
    (1, 2, "p2p"): "bgp",
    (1, 3, "p2c"): "bgp,mlp",
    (2, 4, "p2c"): "mlp,bgp",
    (3, 4, "p2p"): "mlp",
    (4, 5, "p2c"): "ark",
    (2, 6, "p2c"): None,
}


def shown(evidence: dict[tuple[int, int, str], str | None], **tables: pl.DataFrame) -> World:
    made = make_world(evidence, [9])
    links = made.links.with_columns(evidence=pl.Series(list(evidence.values()), dtype=pl.String))
    return World(made.manifest, made.networks, links, **tables)


def test_evidence_is_told_in_words():
    assert evidence_of(shown(SHOWN)) == ("ark", "bgp", "mlp")
    assert evidence_of(small_world()) == ()


def test_only_what_bgp_shows():
    world = by_evidence(shown(SHOWN), "bgp")
    assert world.links.select("a", "b", "kind", "evidence").rows() == [
        (1, 2, "p2p", "bgp"),
        (1, 3, "p2c", "bgp"),
        (2, 4, "p2c", "bgp"),
    ]
    assert evidence_of(world) == ("bgp",)


def test_networks_that_bgp_does_not_show_go():
    world = by_evidence(shown(SHOWN), "bgp")
    # 9 had no link before: that tells nothing of evidence.
    assert world.networks["asn"].to_list() == [1, 2, 3, 4, 9]


def test_the_rest_of_the_world_stays():
    exchanges = pl.DataFrame(
        {"exchange": [7], "name": ["IX"], "country": ["DE"], "city": [None]},
        schema=TABLES["exchanges"].schema,
    )
    members = pl.DataFrame(
        {"exchange": [7, 7], "asn": [3, 5]}, schema=TABLES["exchange_members"].schema
    )
    world = by_evidence(shown(SHOWN, exchanges=exchanges, exchange_members=members), "bgp")
    assert world.exchanges.equals(exchanges)
    assert world.exchange_members["asn"].to_list() == [3]  # 5 is gone


def test_the_manifest_says_so():
    before = shown(SHOWN)
    world = by_evidence(before, "bgp")
    assert world.manifest.parameters == {**before.manifest.parameters, "links": "bgp"}
    assert world.manifest.name == before.manifest.name


def test_all_is_the_same_world():
    world = shown(SHOWN)
    assert by_evidence(world, "all") is world
    assert LINKS == ("trusted", "all", "bgp")


def test_twice_is_as_once():
    once = by_evidence(shown(SHOWN), "bgp")
    twice = by_evidence(once, "bgp")
    assert twice.links.equals(once.links)
    assert twice.networks.equals(once.networks)


def test_it_can_be_saved_and_opened(tmp_path):
    by_evidence(shown(SHOWN), "bgp").save(tmp_path / "world")
    assert evidence_of(World.open(tmp_path / "world")) == ("bgp",)


def test_words_that_hold_bgp_are_not_bgp():
    world = shown({(1, 2, "p2c"): "bgp", (1, 3, "p2c"): "bgpview", (1, 4, "p2c"): "no-bgp"})
    assert by_evidence(world, "bgp").links["b"].to_list() == [2]


@given(graphs(), st.data())
def test_as_link_by_link(graph, data):
    words = st.sampled_from(["bgp", "mlp", "bgp,mlp", "ark,bgp", "ripe", None])
    evidence = {tuple(link): data.draw(words) for link in graph.links}
    world = shown(evidence)
    kept = [link for link, said in evidence.items() if said and "bgp" in said.split(",")]
    if not kept:
        with pytest.raises(WorldError):
            by_evidence(world, "bgp")
        return
    left = by_evidence(world, "bgp")
    assert {frozenset(pair) for pair in left.links.select("a", "b").iter_rows()} == {
        frozenset((a, b)) for a, b, _ in kept
    }
    gone = set(world.networks["asn"]) - set(left.networks["asn"])
    ends = {end for a, b, _ in evidence for end in (a, b)}
    assert gone == ends - {end for a, b, _ in kept for end in (a, b)}


# What is refused


def test_a_world_that_does_not_say():
    with pytest.raises(WorldError) as raised:
        by_evidence(small_world(), "bgp")
    assert str(raised.value) == (
        "small is a world that does not say what shows its links; use links='all', or a full world "
        "made from files that say it"
    )


def test_a_digest():
    with pytest.raises(WorldError) as raised:
        by_evidence(small_world(name="2019-12", kind="digest", error=ERROR), "bgp")
    assert str(raised.value) == (
        "2019-12 is a digest, which does not say what shows its links; use links='all', or a full "
        "world made from files that say it"
    )


def test_a_world_that_bgp_shows_nothing_of():
    with pytest.raises(WorldError, match="world made-up has no link that BGP shows"):
        by_evidence(shown({(1, 2, "p2p"): "mlp"}), "bgp")


def test_no_such_evidence():
    with pytest.raises(MisuseError, match=r"unknown evidence 'bpg'; did you mean bgp\?"):
        by_evidence(shown(SHOWN), "bpg")


def test_december_2019(december_2019):
    world = by_evidence(december_2019, "bgp")
    assert {"bgp", "mlp"} <= set(evidence_of(december_2019))
    assert evidence_of(world) == ("bgp",)
    assert 0 < world.links.height < december_2019.links.height
    transit = [each.links.filter(pl.col("kind") == "p2c").height for each in (december_2019, world)]
    assert transit[1] > 0.99 * transit[0]  # what exchanges add is peering
