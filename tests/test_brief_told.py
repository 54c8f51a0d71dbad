"""The words of a brief, as the terminal has them."""

import io
import re
import tomllib
from pathlib import Path

import pytest

from commands import ERROR, small_world
from graphs import make_world
from ledgers import STATEMENTS, write_ledger
from splinternet import cli
from splinternet.brief import texts, words
from splinternet.brief.chapters.carriers import lede
from splinternet.brief.chapters.teller import Teller
from splinternet.brief.comparison import tell
from splinternet.brief.country import CountryBrief, make_brief
from splinternet.brief.document import Block, Code, Document, Notes, Table
from splinternet.brief.facts.carriers import Carried, Carrier, State
from splinternet.brief.page import page
from splinternet.brief.story import tell_brief
from splinternet.brief.terminal import print_brief
from splinternet.brief.texts import languages, texts_of
from splinternet.cli.tables import drawn, text_console
from splinternet.errors import MisuseError
from splinternet.ledger.ledger import Ledger
from splinternet.measures.dependence import depend
from splinternet.scenario.apply import apply
from splinternet.scenario.compare import what_if
from splinternet.scenario.language import decode
from splinternet.world.catalogue import open_world
from splinternet.world.world import World

WORLD = small_world()

CHAPTERS = [
    "At a glance",
    "Who carries the traffic",
    "Who could watch it or cut it",
    "What if",
    "Who builds it",
    "Ties and laws",
    "How it changed",
    "Method, and what is not known",
    "Sources",
]


def text_of(world: World, country: str, width: int = 80, **options: object) -> str:
    return laid_out(make_brief(world, country, **options), width)


def laid_out(brief: CountryBrief, width: int = 80) -> str:
    return drawn(lambda console: print_brief(brief, console), text_console(width, io.StringIO()))


def flat(text: str) -> str:
    return " ".join(text.split())


def blocks(document: Document, kind: type[Block]) -> list:
    return [each for chapter in document.chapters for each in chapter.blocks if type(each) is kind]


def test_order_and_width():
    brief = make_brief(WORLD, "RU")
    for width in (60, 80, 120):
        text = laid_out(brief, width)
        heads = [line for line in text.splitlines() if line and not line.startswith(" ")]
        assert heads == ["Russia: on whom its Internet depends", *CHAPTERS]
        lines = [line for line in text.splitlines() if not line.startswith("      ")]
        assert max(map(len, lines)) <= width


def test_what_it_says():
    text = flat(text_of(WORLD, "RU"))
    inbound = depend(WORLD, "RU").filter(asn=1)["share"].item()
    share = words.percent(inbound)
    assert "World small, the Internet of 1 December 2019." in text
    assert f"One, Inc. (AS1, United States) carries the largest share both ways: {share}" in text
    assert f"{share} of incoming traffic passes one foreign network. The network: One, Inc." in text
    assert "Of those in Russia, Десять (AS10) carries the largest share both ways" in text
    assert "Of all other states, networks of the United States carry the largest share" in text
    assert "Two [bold] AB (AS2, country unknown)" in text
    assert "Those of them that carry most: Two [bold] AB (AS2), " in text
    assert "Networks of unknown country stand on the way of" in text
    assert "It has 3 networks of Russia and knows the addresses of 2: 500 IPv4 addresses." in text
    assert "Russia is isolated Every link between a network of Russia and one that is not" in text
    assert "digest" not in text.split("Sources")[0].replace("splinternet digest", "")


def test_a_digest_says_so():
    text = flat(text_of(small_world(kind="digest", error=ERROR, name="2019-12"), "RU"))
    assert "World 2019-12, a digest of the Internet of 1 December 2019" in text
    assert "World 2019-12 is a digest (against the full world: rank correlation 0.97" in text
    assert "`splinternet fetch 2019-12` brings the full one." in text
    assert "it tells apart 10 named networks and groups, 40.0% of them with some known" in text
    assert "At least 2 foreign networks sell transit" in text
    assert "the full world may have more such networks" in text


@pytest.mark.parametrize(("kind", "at_least"), [("full", ""), ("digest", "at least ")])
def test_depend_counts_providers(kind, at_least, tmp_path, capfd):
    small_world(kind=kind).save(tmp_path / "world")
    assert cli.main(["--world", str(tmp_path / "world"), "depend", "RU"]) == 0
    assert f"Foreign providers: {at_least}2; Herf" in "".join(capfd.readouterr())


def carried(**changes: object) -> Carried:
    found = make_brief(WORLD, "RU").carried
    return type(found)(**{**vars(found), **changes})


def told(found: Carried) -> Teller:
    brief = make_brief(WORLD, "RU")
    return Teller(type(brief)(**{**vars(brief), "carried": found}), texts_of("en"))


def test_leaders_of_both_directions():
    into, out = Carrier(1, "In", "US", 1, 0.5, 0.2), Carrier(2, "Out", "DE", 1, 0.1, 0.6)
    states = State("US", 0.5, 0.2, 0.1), State("DE", 0.1, 0.6, 0.0)
    said = " ".join(lede(told(carried(foreign=(out, into), domestic=(into, out), states=states))))
    assert (
        "In (AS1, United States) carries the largest share of incoming traffic (50.0%), and "
        "Out (AS2, Germany) of outgoing traffic (60.0%)." in said
    )
    assert "Of those in Russia, In (AS1) carries the largest share of incoming traffic" in said
    assert (
        "networks of the United States carry the largest share of incoming traffic (50.0%), and "
        "networks of Germany of outgoing traffic (60.0%)." in said
    )


def test_one_way():
    fair, odd, small = (
        Carrier(1, "One", "US", 1, *shares) for shares in ((0.3, 0.2), (0.01, 0.2), (0.001, 0.019))
    )
    assert carried(foreign=(fair, odd), domestic=(small,)).one_way == (odd,)
    brief = told(carried(foreign=(fair, odd), domestic=())).brief
    assert "Check before you rely on it: One (AS1)." in str(tell_brief(brief))
    brief = told(carried(foreign=(fair,), domestic=())).brief
    assert "Check before" not in str(tell_brief(brief))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("full", "Incoming: one has all the work. One foreign network sells transit"),
        ("digest", "Incoming: one has all the work in this digest. At least one foreign network"),
    ],
)
def test_one_provider(kind, text):
    said = flat(text_of(small_world(kind=kind), "CU", weights="networks"))
    assert text in said
    assert "(Herfindahl-Hirschman index 1.000)" in said


def test_rules_that_were_used():
    options = {"weights": "networks", "prefer": "gao-rexford", "ties": "lowest-asn"}
    text = flat(text_of(WORLD, "RU", **options))
    assert "each network of Russia counts one" in text
    assert "then from peers" in text
    assert "the lowest AS number wins a tie" in text
    assert "depend RU --weights networks --prefer gao-rexford --ties lowest-asn" in text


def test_every_command_gives_an_answer(tmp_path, monkeypatch, run):
    """The commands of a brief work as they stand, and the files are read by theirs."""
    monkeypatch.chdir(tmp_path)
    WORLD.save(Path("a world"))
    brief = make_brief(WORLD, "RU", called="a world", ties="lowest-asn")
    document = tell_brief(brief)
    (notes,) = blocks(document, Notes)
    for code in blocks(document, Code):
        Path(code.file).write_text(code.text, encoding="utf-8")
    commands = [note.command for note in notes.notes]
    assert len(set(commands)) >= 12
    found = {}
    for command in commands:
        assert command.startswith("splinternet --world 'a world' ")
        words_ = command.removeprefix("splinternet --world 'a world' ").split()
        status, out, err = run("--world", "a world", *words_)
        assert status == 0, (command, err)
        found[command] = out
    share = words.percent(brief.headlines[0].value)
    assert share in found["splinternet --world 'a world' depend RU --ties lowest-asn"]


def test_every_figure_has_a_note():
    """Whatever shows figures names the note that tells how they are known; all notes are used."""
    document = tell_brief(make_brief(open_world("2019-12"), "RU"))
    (notes,) = blocks(document, Notes)
    used = set()
    for chapter in document.chapters[:-2]:
        for block in chapter.blocks:
            numbers = [n for each in getattr(block, "cards", [block]) for n in _notes(each)]
            used |= set(numbers)
            if isinstance(block, Table) or re.search(r"\d\.\d%", str(getattr(block, "text", ""))):
                assert numbers, block
    assert used == set(range(1, len(notes.notes) + 1))
    assert all(note.definition and note.source and note.command for note in notes.notes)


def _notes(block: object) -> tuple[int, ...]:
    return getattr(block, "notes", ())


def test_default_world_needs_no_naming():
    (notes,) = blocks(tell_brief(make_brief(small_world(name="2019-12"), "RU")), Notes)
    assert notes.notes[0].command == "splinternet depend RU"


def test_one_network_that_links_straight_abroad():
    text = flat(text_of(WORLD, "CU", weights="networks"))
    assert "It has 1 network of Cuba" in text
    assert "No network in Cuba carries traffic abroad for another." in text


def test_one_network_linked_to_nobody():
    text = flat(text_of(WORLD, "KP"))
    assert "knows no addresses of the networks of North Korea, so each of its networks" in text
    assert "No network carries traffic between North Korea and the rest of the world" in text
    assert "no foreign network that sells transit to North Korea carries anything." in text
    assert "It cannot be computed: no link crosses the border of North Korea." in text
    assert "no figure for what is cut off from the world if a single network of it" in text
    assert "It has one network only, so there is no other that could be cut off." in text


def test_no_network():
    text = flat(text_of(WORLD, "FR"))
    assert "World small has no network that is registered in France." in text
    assert all(chapter not in text for chapter in CHAPTERS[:4])
    assert "shocks[" not in text
    assert "atlas" not in text


def test_no_country_is_known():
    text = flat(text_of(make_world([(1, 2, "p2c")]), "FR"))
    assert "knows the country of no network" in text


def test_nobody_abroad_carries():
    world = make_world([(10, 11, "p2c"), (10, 1, "p2c")], country={10: "RU", 11: "RU", 1: "US"})
    text = flat(text_of(world, "RU"))
    assert (
        "No network outside Russia carries its traffic abroad. Of those in Russia, AS10 carries"
        in text
    )
    assert "no figure for the share of incoming traffic that passes one foreign network." in text
    assert "No foreign network carries its traffic." in text


@pytest.mark.parametrize("code", ["VA", "TV", "KP", "NR"])
def test_small_nations_have_a_brief(code):
    text = text_of(open_world("2019-12"), code)
    said = flat(text)
    assert all(chapter in text for chapter in CHAPTERS)
    assert "None" not in said
    assert not re.search(r"\bnan\b", said, re.IGNORECASE)


def test_one_network():
    """No plural of one, no zero for nothing to count, and before and after for each change."""
    said = flat(text_of(open_world("2019-12"), "TV"))
    assert "One network sees 90% of incoming traffic to Tuvalu." in said
    assert "must reach this one." in said
    assert "it takes the loss of 1 network, or of 1 link." in said
    assert "fewer than 1 network" not in said
    assert "none of" not in said.split("Method")[0]
    lost = said.partition("fails with all its links")[2].partition("refuses transit")[0]
    assert "With the world 0.0% of its connections would be left" in lost


def test_a_result_that_rests_on_networks_of_no_bloc_says_so():
    said = flat(text_of(open_world("2019-12"), "RU"))
    assert "With care: this rests on Telia Company AB (AS1299), of unknown country:" in said
    assert "the Pacific: Albania, Australia, Belgium" in said
    assert "made for the world of 2025-09" in said
    assert "(Newshub, 2018-09)" in said


def test_evidence_is_named():
    said = flat(text_of(open_world("2019-12"), "RU"))
    assert "Worlds: 2019-12 (1 December 2019), 2025-09 (1 September 2025)." in said
    assert "Ledger: Huawei, Russia and the break-up of the Internet" in said
    assert "World 2025-09, 1 September 2025, of which 'How it changed' has figures" in said
    assert "see their notes" not in said
    assert not re.search(r"\d %", said.split("Sources Data")[0])


def test_languages():
    assert languages() == ("en",)
    with pytest.raises(MisuseError, match="unknown language 'xx'; known: en"):
        tell_brief(make_brief(WORLD, "KP"), "xx")


@pytest.fixture
def half_huawei(tmp_path):
    """A brief of a nation whose one network is on Huawei's equipment by a half."""
    share = {
        "id": "half", "subject": "huawei", "predicate": "vendor_share", "object": "mts",
        "start": "2019", "value_low": "50", "value_high": "50", "unit": "%", "kind": "fact",
        "sources": "agency", "summary": "A half of all its equipment",
    }  # fmt: skip
    ledger = Ledger.open(write_ledger(tmp_path / "ledger", statements=[*STATEMENTS, share]))
    world = make_world(
        [(1, 8359, "p2c")], country={1: "US", 8359: "RU"}, ipv4_addresses={1: 8, 8359: 8}
    )
    return make_brief(world, "RU", ledger=ledger)


def test_a_ban_of_a_vendor_of_a_half(half_huawei):
    main = half_huawei.supplied.main
    assert (main.vendor, main.networks, main.behind) == ("huawei", (8359,), (1.0, 1.0))
    assert (main.ban.strand, main.ban.replace) == ((0.0, 0.0), (0.5, 0.5))
    said = flat(str(tell_brief(half_huawei)))
    assert "100.0% of Russia, by addresses, is behind operators reported to use its equip" in said
    assert "0.0% of all addresses would be with nothing else there, and 50.0% on" in said
    assert "what is said: MTS PJSC (fact, 2019 to 2019-06-05) [1] [2]." in said


def test_every_text_is_used(monkeypatch, half_huawei):
    """No text of the language file is left over: some brief or page uses each."""
    told = set()
    find = texts.Texts._find

    def listening(self, key):
        told.add(key)
        return find(self, key)

    monkeypatch.setattr(texts.Texts, "_find", listening)
    digest = open_world("2019-12")
    for brief in (
        make_brief(digest, "RU"),
        *(make_brief(digest, code) for code in ("PL", "TR", "VA", "KP", "PG", "DE", "AQ")),
        make_brief(USERS, "CU", weights="users"),
        make_brief(small_world(kind="digest"), "RU"),
        make_brief(small_world(kind="digest"), "CU"),
        make_brief(WORLD, "RU", weights="networks", prefer="gao-rexford", ties="lowest-asn"),
        *(make_brief(WORLD, code) for code in ("RU", "CU", "KP", "FR", "FI")),
        make_brief(make_world([(1, 2, "p2c")]), "FR"),
        *(make_brief(CHAIN, code) for code in ("RU", "US")),
        make_brief(APART, "RU"),
        make_brief(NEITHER, "CU"),
        half_huawei,
    ):
        laid_out(brief)
    page(half_huawei)
    table = tomllib.loads((Path(texts.__file__).with_name("languages") / "en.toml").read_text())
    assert sorted(_keys(table) - told) == []


#: Of whose networks users are known.
USERS = make_world([(1, 2, "p2c"), (2, 3, "p2c")], country={3: "CU"}, users={2: 1, 3: 5})

#: Cuba buys from nobody, so it goes with neither bloc.
NEITHER = make_world([(1, 2, "p2c")], [3], country={1: "US", 2: "RU", 3: "CU"})

#: 10 and 11 in Russia have each other, and no way to the carriers at the top.
APART = make_world([(1, 2, "p2c"), (10, 11, "p2p")], country={1: "US", 10: "RU", 11: "RU"})

#: 10 in Russia carries for 11 and links straight to 1, which carries for nobody.
CHAIN = make_world([(10, 11, "p2c"), (10, 1, "p2c")], country={10: "RU", 11: "RU", 1: "US"})


def _keys(table: dict, before: str = "") -> set[str]:
    found = set()
    for name, value in table.items():
        key = f"{before}{name}"
        found |= _keys(value, f"{key}.") if isinstance(value, dict) else {key}
    return found


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


def test_what_ifs_name_networks_as_briefs_do():
    after = apply(WORLD, decode(REMOVED, Path("lost.toml")))
    sections = list(tell("Lost", what_if(WORLD, after, "RU", measures=()), ()))
    told = " ".join(sentence for section in sections for sentence in section.sentences)
    assert "One, Inc. (AS1" in told
    assert "ONE-AS" not in told
    assert any(
        section.table is not None and "One, Inc." in section.table["name"]
        for section in sections
        if section.table is not None and "name" in section.table.columns
    )


REMOVED = 'name = "Lost"\nworld = "small"\n\n[[shocks]]\nkind = "remove"\nnetworks = "AS1"\n'
