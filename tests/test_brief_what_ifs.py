"""What-ifs as briefs and pages tell them."""

from pathlib import Path

import pytest

from briefs import (
    BETWEEN,
    BETWEEN_TWO,
    LARGE,
    WORLD,
    brief_of,
    digest_brief,
    flat,
    half_huawei,
    laid_out,
    text_of,
)
from graphs import make_world
from splinternet.brief.comparison import tell
from splinternet.brief.country import make_brief
from splinternet.brief.document import Picture
from splinternet.brief.facts.what_ifs import WhatIf
from splinternet.brief.pictures import picture_file
from splinternet.brief.story import tell_brief
from splinternet.scenario.apply import apply
from splinternet.scenario.compare import what_if
from splinternet.scenario.language import decode, read_scenario
from splinternet.supply.figures import Scope
from splinternet.world.world import World


def split_of(world: World, code: str) -> WhatIf:
    (split,) = (each for each in make_brief(world, code).what_ifs if each.key == "split")
    return split


@pytest.mark.parametrize(("code", "sides"), [("CU", "west east"), ("US", "west west")])
def test_networks_between_blocs_are_counted_in_each_too(code, sides, tmp_path):
    """What a brief says of it is what the scenario files of its commands give."""
    split = split_of(BETWEEN, code)
    assert split.of.side == "west"
    assert split.of.between == (3,)
    assert [each.of.side for each in split.of.counted.values()] == sides.split()
    for name, each in split.of.counted.items():
        file = tmp_path / each.file
        file.write_text(each.toml, encoding="utf-8")
        assert f'{name} = "country:{"US" if name == "west" else "RU"} or AS3"' in each.toml
        assert f", AS3 in {name}" in each.toml
        applied = apply(BETWEEN, read_scenario(file))
        after = what_if(BETWEEN, applied, code, measures=(), weights="networks").nation
        assert each.compared.abroad == after.abroad
        assert after.abroad.after != split.compared.abroad.after


def test_a_split_that_rests_on_nobody_is_not_computed_again():
    country = {1: "US", 2: "RU", 10: "CU"}
    world = make_world([(1, 2, "p2p"), (1, 10, "p2c"), (4, 2, "p2c")], country=country)
    split = split_of(world, "CU")
    assert split.compared.abroad.after < split.compared.abroad.before
    assert (split.of.between, split.of.counted) == ((), {})


def test_a_nation_that_would_go_with_the_other_bloc_says_so():
    said = flat(text_of(BETWEEN, "CU"))
    assert "With it alone counted in the first bloc, " in said
    assert "In the second case Cuba goes with the second bloc." in said
    assert "In the first case" not in said
    for file in ("split.toml", "split-west.toml", "split-east.toml"):
        assert f"what-if {file} --country CU" in said


def test_a_split_that_rests_on_two_networks_names_both():
    said = flat(text_of(BETWEEN_TWO, "CU"))
    assert "the row on two blocs rests on AS3, AS4, of unknown country" in said
    assert "the next two have them in the first bloc" in said
    assert "With them alone counted in the first bloc, " in said
    assert "Before and after: Two blocs, these networks in the second." in said


def test_every_bar_has_a_label_that_is_not_cut():
    """Two bars whose labels were cut to the same words could not be told apart."""
    (picture,) = (
        block
        for tab in tell_brief(brief_of(BETWEEN, "CU")).tabs
        for block in tab.blocks
        if isinstance(block, Picture) and block.key == "what-if-ranked"
    )
    labels = set(picture.frame["label"])
    assert "Two blocs, AS3 in the second" in labels
    drawn = picture_file(picture, "svg").decode()
    assert all(f">{label}<" in drawn for label in labels)


def test_a_result_that_rests_on_networks_of_no_bloc_says_so():
    said = flat(text_of(BETWEEN, "CU", width=120))
    assert "With care: this rests on AS3, of unknown country: in no bloc" in said
    assert "the next two have it in the first bloc, and in the second" in said
    assert "Two blocs, AS3 in the first 100% 67%" in said
    assert "With it alone counted in the first bloc, 67% of the connections with the" in said


@LARGE
def test_a_split_of_known_networks_needs_no_care(large):
    """The way out passes no network of unknown country; the blocs have their sources."""
    said = flat(laid_out(digest_brief(large), 120))
    told = {"HU": "99% 86%", "RU": "99% 11%"}[large]
    assert f"The world splits into two blocs {told}" in said
    assert "With care" not in said
    assert "the Pacific: Albania, Australia, Belgium" in said
    assert "made for the world of 2025-09" in said
    assert "Newshub, 2018-09)" in said


def test_a_ban_of_a_vendor_of_a_half(tmp_path):
    brief = half_huawei(tmp_path)
    main = brief.supplied.main
    assert (main.vendor, main.networks, main.behind) == ("huawei", (8359,), (1.0, 1.0))
    reach = main.banned.best(Scope())
    assert (reach.fates.strand, reach.fates.replace) == ((0.0, 0.0), (0.5, 0.5))
    said = flat(str(tell_brief(brief)))
    assert "100% of Russia, by addresses, is behind operators reported to use its equip" in said
    assert "on equipment of Huawei that would have to go: 50% of addresses, by" in said
    assert "what is said: MTS PJSC (fact, 2019 to 2019-06-05) [1] [2]." in said


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("MT", "no single vendor by name that operators of Malta use; what it says of Chinese "),
        ("AT", "not which vendor is the main one of Huawei, Nokia, ZTE; what it says of them"),
        ("GL", "so not whether Ericsson is the main vendor; what it says of it stands"),
        ("KP", "the ledger knows no vendor that operators of North Korea use."),
    ],
)
def test_a_ban_that_cannot_be_computed_says_truly_why(code, why):
    world = make_world([(1, 2, "p2c")], country={1: "US", 2: code})
    brief = make_brief(world, code)
    assert brief.supplied.main is None
    assert why in flat(laid_out(brief))


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
