"""The words of a brief, as the terminal has them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from briefs import (
    CHAPTERS,
    LARGE,
    WORLD,
    blocks,
    brief_of,
    chosen_world,
    digest_brief,
    flat,
    laid_out,
    text_of,
)
from commands import ERROR, small_world
from splinternet import cli
from splinternet.base.shares import rounded
from splinternet.base.texts import texts_of
from splinternet.brief.chapters.carriers import lede
from splinternet.brief.chapters.teller import Teller
from splinternet.brief.country import make_brief
from splinternet.brief.document import Code, Notes, Table
from splinternet.brief.facts.carriers import Carried, Carrier, State
from splinternet.brief.story import tell_brief
from splinternet.measures.dependence import depend


def test_order_and_width():
    brief = brief_of(WORLD, "RU")
    for width in (60, 80, 120):
        text = laid_out(brief, width)
        heads = [line for line in text.splitlines() if line and not line.startswith(" ")]
        assert heads == ["Russia: on whom its Internet depends", *CHAPTERS]
        lines = [line for line in text.splitlines() if not line.startswith("      ")]
        assert max(map(len, lines)) <= width


def test_what_it_says():
    text = flat(text_of(WORLD, "RU"))
    inbound = depend(WORLD, "RU").filter(asn=1)["share"].item()
    share = rounded(inbound)
    assert "World small, the Internet of 1 December 2019." in text
    assert f"One, Inc. (AS1, United States) is on the largest share both ways: {share}" in text
    assert (
        f"{share} of all incoming routes pass one foreign network. The network: One, Inc." in text
    )
    assert "Of those in Russia, Десять (AS10) is on the largest share both ways" in text
    assert (
        "Of all other states, on routes with no end in them, networks of the United States are"
        in text
    )
    assert "Two [bold] AB (AS2, country unknown)" in text
    assert "Those of them that carry most: Two [bold] AB (AS2), " in text
    assert "Networks of unknown country stand on" in text
    assert "It has 3 networks of Russia and knows the addresses of 2: 500 IPv4 addresses." in text
    assert "Russia is isolated Every link between a network of Russia and one that is not" in text
    assert "digest" not in text.split("Sources")[0].replace("splinternet digest", "")


def test_a_digest_says_so():
    text = flat(text_of(small_world(kind="digest", error=ERROR, name="2019-12"), "RU"))
    assert "World 2019-12, a digest of the Internet of 1 December 2019" in text
    assert "World 2019-12 is a digest (against the full world: rank correlation 0.97" in text
    assert "`splinternet fetch 2019-12` brings the full one." in text
    assert "it tells apart 10 named networks and groups, 40% of them with some known" in text
    assert "At least 2 foreign networks sell transit" in text
    assert "the full world may have more such networks" in text


@pytest.mark.parametrize(("kind", "at_least"), [("full", ""), ("digest", "at least ")])
def test_depend_counts_providers(kind, at_least, tmp_path, capfd):
    small_world(kind=kind).save(tmp_path / "world")
    assert cli.main(["--world", str(tmp_path / "world"), "depend", "RU"]) == 0
    assert f"Foreign providers: {at_least}2; Herf" in "".join(capfd.readouterr())


def carried(**changes: object) -> Carried:
    found = brief_of(WORLD, "RU").carried
    return type(found)(**{**vars(found), **changes})


def told(found: Carried) -> Teller:
    brief = brief_of(WORLD, "RU")
    return Teller(type(brief)(**{**vars(brief), "carried": found}), texts_of("brief", "en"))


def test_leaders_of_both_directions():
    into, out = Carrier(1, "In", "US", 1, 0.5, 0.2), Carrier(2, "Out", "DE", 1, 0.1, 0.6)
    states = State("US", 0.5, 0.2, 0.1, 1.0), State("DE", 0.1, 0.6, 0.0, 1.0)
    said = " ".join(lede(told(carried(foreign=(out, into), domestic=(into, out), states=states))))
    assert (
        "In (AS1, United States) is on the largest share of incoming routes (50%), and "
        "Out (AS2, Germany) of outgoing routes (60%)." in said
    )
    assert "Of those in Russia, In (AS1) is on the largest share of incoming routes" in said
    assert (
        "networks of the United States are on the largest share of incoming routes (50%), and "
        "networks of Germany of outgoing routes (60%)." in said
    )


def test_a_point_of_control_sees_more_than_what_passes_it():
    """What ends at it too, of all that has a route; where that is the same, nothing is said."""
    brief = digest_brief("CU")
    (first,) = brief.watch.control.iter_rows(named=True)
    (carrier,) = (each for each in brief.carried.domestic if each.asn == first["asn"])
    seen, passed = rounded(first["share"]), rounded(carrier.inbound)
    assert seen != passed
    differs = f"(AS{carrier.asn}) has {seen} here, and {passed} in the table"
    assert differs in flat(laid_out(brief))
    alike = replace(carrier, inbound=first["share"])
    same = replace(brief, carried=replace(brief.carried, domestic=(alike,)))
    assert "only what has a route counts" not in flat(laid_out(same))


def test_one_way():
    fair, odd, small = (
        Carrier(1, "One", "US", 1, *shares) for shares in ((0.3, 0.2), (0.01, 0.2), (0.001, 0.019))
    )
    assert carried(foreign=(fair, odd), domestic=(small,)).one_way == (odd,)
    brief = told(carried(foreign=(fair, odd), domestic=())).brief
    assert "Check before you rely on it: One (AS1)." in str(tell_brief(brief))
    brief = told(carried(foreign=(fair,), domestic=())).brief
    assert "Check before" not in str(tell_brief(brief))


def test_rules_that_were_used():
    options = {"weights": "networks", "prefer": "gao-rexford", "tie_break": "lowest-asn"}
    text = flat(text_of(WORLD, "RU", **options))
    assert "each network of Russia counts one" in text
    assert "then from peers" in text
    assert "the lowest AS number wins a tie" in text
    assert "depend RU --weights networks --prefer gao-rexford --tie-break lowest-asn" in text


def test_every_command_gives_an_answer(tmp_path, monkeypatch, run):
    """The commands of a brief work as they stand, and the files are read by theirs."""
    monkeypatch.chdir(tmp_path)
    Path("some.txt").write_text("1\n2\n20\n22\n")
    world = chosen_world()
    world.save(Path("a world"))
    brief = make_brief(
        world, "RU", called="a world", listed="some.txt", tie_break="lowest-asn", where="located",
        vantages=[1, 2, 20, 22], outside="nations", by="owner", observers=["usa", 1],
    )  # fmt: skip
    document = tell_brief(brief)
    (notes,) = blocks(document, Notes)
    for code in blocks(document, Code):
        Path(code.file).write_text(code.text, encoding="utf-8")
    commands = [note.command for note in notes.notes]
    assert len(set(commands)) >= 12
    found = {}
    for command in commands:
        if command == "splinternet ties RU":  # which asks no world
            words_ = ("ties", "RU")
        else:
            assert command.startswith("splinternet --world 'a world' ")
            asked = command.removeprefix("splinternet --world 'a world' ").split()
            words_ = ("--world", "a world", *asked)
        status, out, err = run(*words_)
        assert status == 0, (command, err)
        found[command] = out
    share = rounded(brief.headlines[0].value)
    choices = "--where located --outside nations --vantages some.txt --tie-break lowest-asn"
    assert share in found[f"splinternet --world 'a world' depend RU {choices}"]
    owned = found[f"splinternet --world 'a world' depend RU --by owner {choices}"]
    assert rounded(brief.carried.grouped["inbound"].max()) in owned
    (seen,) = (out for command, out in found.items() if "--observer US --observer AS1 " in command)
    assert rounded(brief.watch.asked["exposed"][0]) in seen


@LARGE
def test_every_figure_has_a_note(large):
    """Whatever shows figures names the note that tells how they are known; all notes are used."""
    document = tell_brief(digest_brief(large))
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


@LARGE
def test_evidence_is_named(large):
    said = flat(laid_out(digest_brief(large)))
    ends = r"Worlds: 1998-01 \(1 January 1998\), .*, 2025-09 \(1 September 2025\)\."
    (worlds,) = re.findall(ends, said)
    assert "2019-12 (1 December 2019), " in worlds
    assert "Ledger: Technology ties" in said
    assert "2025-09, 1 November 2023 to 1 September 2025, of which 'How it changed' has" in said
    assert "see their notes" not in said
    assert not re.search(r"\d %", said.split("Sources Data")[0])
