"""The brief: its figures are the library's, and its words say what they are."""

import io

import msgspec
import polars as pl
import pytest

from commands import ERROR, small_world
from graphs import make_world
from splinternet import cli
from splinternet.brief import sentences, words
from splinternet.brief.country import Carrier, State, _most, make_brief
from splinternet.brief.terminal import print_brief
from splinternet.cli.tables import drawn, text_console
from splinternet.errors import WorldError
from splinternet.measures.concentration import concentration
from splinternet.measures.dependence import depend
from splinternet.world.world import World

WORLD = small_world()


def text_of(world: World, country: str, width: int = 80, **options: str) -> str:
    brief = make_brief(world, country, **options)
    return drawn(lambda console: print_brief(brief, console), text_console(width, io.StringIO()))


def flat(text: str) -> str:
    return " ".join(text.split())


def share(frame: pl.DataFrame, **which: object) -> float:
    return frame.filter(**which)["share"].item()


def test_carriers():
    brief = make_brief(WORLD, "Russia")
    inbound, outbound = depend(WORLD, "RU"), depend(WORLD, "RU", direction="outbound")
    assert brief.country == "RU"
    assert {carrier.asn for carrier in brief.foreign} == {1, 2}
    assert brief.foreign[0] == Carrier(
        asn=1,
        name="One, Inc.",  # ONE-AS is but a handle
        country="US",
        members=1,
        inbound=share(inbound, asn=1),
        outbound=share(outbound, asn=1),
    )
    assert brief.foreign[1].country is None
    assert [(carrier.asn, carrier.name) for carrier in brief.domestic] == [(10, "Десять")]


def test_states():
    brief = make_brief(WORLD, "RU", weights="networks")
    frames = [
        depend(WORLD, "RU", by="state", weights="networks", direction=way)
        for way in ("inbound", "outbound")
    ]
    assert brief.states == (State("US", *(share(frame, country="US") for frame in frames)),)
    unknown = [frame.filter(pl.col("country").is_null())["share"].item() for frame in frames]
    assert brief.unknown == State(None, *unknown)


def test_concentration():
    brief = make_brief(WORLD, "RU", ties="lowest-asn")
    for way, found in brief.concentration.items():
        shares = depend(WORLD, "RU", direction=way, ties="lowest-asn")
        assert found == concentration(WORLD, "RU", shares)


def test_knowledge():
    knows = make_brief(WORLD, "RU").knowledge
    assert (knows.networks, knows.with_addresses, knows.addresses) == (3, 2, 500)
    assert knows.world_networks == 10
    assert knows.with_country == pytest.approx(0.9)
    assert knows.world_with_addresses == pytest.approx(0.4)


def test_a_group_counts_as_its_members():
    members = pl.when(pl.col("asn") == 12).then(20).otherwise(1).cast(pl.Int64)
    networks = WORLD.networks.with_columns(members=members)
    world = World(manifest=WORLD.manifest, networks=networks, links=WORLD.links)
    knows = make_brief(world, "RU").knowledge
    assert (knows.networks, knows.world_networks) == (22, 29)
    assert (knows.parts, knows.world_parts, knows.with_addresses) == (3, 10, 2)
    assert knows.world_with_addresses == pytest.approx(0.4)
    text = flat(text_of(world, "RU"))
    assert (
        "It has 22 networks of Russia, told apart as 3 named networks and groups, of which 2 with "
        "some known address: 500 IPv4 addresses." in text
    )


def test_citations_come_once():
    assert make_brief(WORLD, "RU").citations == ("Made up for these tests",)


def test_commands_give_the_figures_again(tmp_path, capfd):
    folder = tmp_path / "a world"
    WORLD.save(folder)
    brief = make_brief(WORLD, "RU", called=str(folder), ties="lowest-asn")
    assert len(brief.commands) == 5
    found = []
    for command, _ in brief.commands:
        assert command.startswith(f"splinternet --world '{folder}' ")
        assert command.endswith(" --ties lowest-asn")
        rest = command.removeprefix(f"splinternet --world '{folder}' ").split()
        assert cli.main(["--world", str(folder), *rest]) == 0
        found.append(capfd.readouterr().out)
    top = brief.foreign[0]
    assert words.percent(top.inbound) in found[0]
    assert words.percent(top.outbound) in found[1]
    assert words.percent(brief.states[0].inbound) in found[2]
    assert words.percent(brief.states[0].outbound) in found[3]
    inbound = brief.concentration["inbound"]
    assert f"index {inbound.hhi:.3f}; effective number {inbound.effective:.1f}." in found[0]
    assert found[4].startswith("Russia: who carries")


def test_default_world_needs_no_naming():
    brief = make_brief(small_world(name="2019-12"), "RU")
    assert brief.commands[0][0] == "splinternet depend RU"


def test_one_way():
    def carrier(inbound: float, outbound: float) -> Carrier:
        return Carrier(1, "One", "US", 1, inbound, outbound)

    brief = make_brief(WORLD, "RU")
    fair, odd, small = carrier(0.3, 0.2), carrier(0.01, 0.2), carrier(0.001, 0.019)
    brief = replaced(brief, foreign=(fair, odd), domestic=(small,))
    assert brief.one_way == (odd,)
    assert any("Check before you rely on it: One (AS1)." in said for said in sentences.known(brief))
    assert not any("Check" in said for said in sentences.known(replaced(brief, foreign=(fair,))))


def replaced(brief, **changes):
    return type(brief)(**{**vars(brief), **changes})


def test_order_and_width():
    for width in (60, 80, 120):
        text = text_of(WORLD, "RU", width)
        heads = [line for line in text.splitlines() if line and not line.startswith(" ")]
        assert heads[-8:] == [
            "Who carries it",
            "Through which states",
            "How concentrated it is",
            "What this world knows",
            "What it cannot know",
            "How this was computed",
            "Data",
            "Make it again",
        ]
        lines = [line for line in text.splitlines() if not line.startswith("  splinternet ")]
        assert max(map(len, lines)) <= width


def test_what_it_says():
    text = flat(text_of(WORLD, "RU"))
    brief = make_brief(WORLD, "RU")
    top, home = brief.foreign[0], brief.domestic[0]
    assert text.startswith("Russia: who carries its Internet traffic abroad, 1 December 2019")
    both = "carries the largest share both ways: {} of what comes"
    assert f"One, Inc. (AS1, United States) {both.format(words.percent(top.inbound))}" in text
    assert f"Of those in Russia, Десять (AS10) {both.format(words.percent(home.inbound))}" in text
    assert "Of all other states, networks of the United States carry the largest share" in text
    assert text.count("Ordered by inbound and outbound share added up.") == 2
    assert "Two [bold] AB (AS2, country unknown)" in text
    assert "Networks of unknown country stand on the way of" in text
    assert "It has 3 networks of Russia and knows the addresses of 2: 500 IPv4 addresses." in text
    assert "digest" not in text


def test_a_digest_says_so():
    text = flat(text_of(small_world(kind="digest", error=ERROR, name="2019-12"), "RU"))
    assert "World 2019-12 is a digest (against the full world: rank correlation 0.97" in text
    assert "`splinternet fetch 2019-12` brings the full one." in text
    assert "it tells apart 10 named networks and groups, 40.0% of them with some known" in text
    assert "At least 2 foreign networks sell transit to Russia" in text
    assert "the full world may have more such networks" in text


@pytest.mark.parametrize(("kind", "at_least"), [("full", ""), ("digest", "at least ")])
def test_depend_counts_providers(kind, at_least, tmp_path, capfd):
    small_world(kind=kind).save(tmp_path / "world")
    assert cli.main(["--world", str(tmp_path / "world"), "depend", "RU"]) == 0
    assert f"Foreign providers: {at_least}2; Herf" in "".join(capfd.readouterr())


def test_leaders_of_both_directions():
    brief = make_brief(WORLD, "RU")
    into, out = Carrier(1, "In", "US", 1, 0.5, 0.2), Carrier(2, "Out", "DE", 1, 0.1, 0.6)
    states = State("US", 0.5, 0.2), State("DE", 0.1, 0.6)
    brief = replaced(brief, foreign=(out, into), domestic=(into, out), states=states)
    said = sentences.lede(brief)
    assert (
        "In (AS1, United States) carries the largest share of what comes in (50.0%), and "
        "Out (AS2, Germany) of what goes out (60.0%)." in said
    )
    assert "Of those in Russia, In (AS1) carries the largest share of what comes in" in said
    assert (
        "networks of the United States carry the largest share of what comes in (50.0%), and "
        "networks of Germany of what goes out (60.0%)." in said
    )


def test_leaders_are_always_named():
    even = [State(code, 0.4, 0.4) for code in ("AT", "BE", "CH", "DE", "ES", "FR")]
    into, out = State("US", 0.5, 0.0), State("RU", 0.0, 0.5)
    assert _most([*even, into, out]) == (*even[:4], into, out)
    assert _most(even[:2]) == tuple(even[:2])
    assert _most([into][:0]) == ()


def test_carriers_of_unknown_country():
    brief = make_brief(WORLD, "RU")
    assert [each.asn for each in brief.unknown_carriers] == [2]
    text = flat(" ".join(sentences.known(brief)))
    assert "Those of them that carry most: Two [bold] AB (AS2), " in text
    assert "missing from the table of states" in text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("full", "high, one has all the work. One foreign network sells transit to Cuba and"),
        (
            "digest",
            "high, one has all the work in this digest. At least one foreign network sells transit "
            "to Cuba and carries traffic (Herfindahl-Hirschman index 1.000).",
        ),
    ],
)
def test_one_provider(kind, text):
    assert text in flat(text_of(small_world(kind=kind), "CU", weights="networks"))


def test_rules_that_were_used():
    brief = make_brief(WORLD, "RU", weights="networks", prefer="gao-rexford", ties="lowest-asn")
    said = " ".join([sentences.how_to_read(brief), *sentences.method(brief)])
    assert "each network of Russia counts one" in said
    assert "then from peers" in said
    assert "the lowest AS number wins a tie" in said


def test_one_network_that_links_straight_abroad():
    text = flat(text_of(WORLD, "CU", weights="networks"))
    assert "It has 1 network of Cuba" in text
    assert "In Cuba inbound outbound none that carries for another" in text


def test_one_network_linked_to_nobody():
    text = flat(text_of(WORLD, "KP", weights="networks"))
    assert "No network carries traffic between North Korea and the rest of the world" in text
    assert "no foreign network that sells transit to North Korea carries anything." in text


def test_nobody_abroad_carries():
    world = make_world([(10, 11, "p2c"), (10, 1, "p2c")], country={10: "RU", 11: "RU", 1: "US"})
    text = flat(text_of(world, "RU", weights="networks"))
    assert (
        "No network outside Russia carries its traffic abroad. Of those in Russia, AS10 carries"
        in text
    )


def test_no_network_or_no_addresses():
    with pytest.raises(WorldError, match=r"no network in France \(FR\)"):
        make_brief(WORLD, "FR")
    with pytest.raises(WorldError, match="does not know the addresses of these networks"):
        make_brief(WORLD, "CU")


def test_no_sources():
    world = World(
        manifest=msgspec.structs.replace(WORLD.manifest, inputs=()),
        networks=WORLD.networks,
        links=WORLD.links,
    )
    assert "No source is recorded." in text_of(world, "RU")


def test_progress_goes_from_nothing_to_all():
    told = []
    make_brief(WORLD, "RU", progress=lambda done, total: told.append((done, total)))
    assert {total for _, total in told} == {4000}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (4000, 4000)


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0.0%"), (0.00001, "<0.01%"), (0.0004, "0.04%"), (0.985, "98.5%"), (1, "100.0%")],
)
def test_percent(share, text):
    assert words.percent(share) == text


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ((1, "network"), "1 network"),
        ((2000, "network"), "2,000 networks"),
        ((42_463_864, "IPv4 address", "IPv4 addresses"), "42.5 million IPv4 addresses"),
    ],
)
def test_count(given, text):
    assert words.count(*given) == text


@pytest.mark.parametrize(
    ("given", "members", "text"),
    [
        ((12389, "Rostelecom", "Russia"), 1, "Rostelecom (AS12389, Russia)"),
        ((12389, "Rostelecom"), 1, "Rostelecom (AS12389)"),
        ((12389, None, "Russia"), 1, "AS12389 (Russia)"),
        ((12389, None), 1, "AS12389"),
        ((4_200_000_001, "group of 12", "Russia"), 12, "12 unnamed networks (Russia)"),
        ((4_200_000_001, "group of 1", "Russia"), 1, "one unnamed network (Russia)"),
        ((4_200_000_001, None), 1, "one unnamed network"),
    ],
)
def test_network_title(given, members, text):
    assert words.network_title(*given, members=members) == text


@pytest.mark.parametrize(
    ("code", "text"), [("RU", "Russia"), ("US", "the United States"), ("NL", "the Netherlands")]
)
def test_the_nation(code, text):
    assert words.the_nation(code) == text
