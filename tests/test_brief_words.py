"""The texts of a brief, by language, and figures and names in words."""

import io
from dataclasses import replace
from itertools import islice

import polars as pl
import pytest

from briefs import (
    BETWEEN,
    BETWEEN_TWO,
    WORLD,
    brief_of,
    chosen_world,
    digest,
    digest_brief,
    flat,
    half_huawei,
    laid_out,
    superseded,
)
from commands import small_world
from graphs import make_world
from splinternet.base.errors import ChartError, MisuseError
from splinternet.base.texts import Texts, languages, nation_called, texts_of
from splinternet.brief import charts, words
from splinternet.brief.chapters.front import Asked, opening
from splinternet.brief.country import make_brief
from splinternet.brief.document import Pending, Picture
from splinternet.brief.facts.carriers import Carrier
from splinternet.brief.facts.front import Doubted, front
from splinternet.brief.page import Linked, body, body_of, page
from splinternet.brief.story import tell_at_hand, tell_brief, tell_draft
from splinternet.brief.terminal import print_screen
from splinternet.cli.tables import text_console
from splinternet.figures.shipped import list_figures
from splinternet.figures.standing import with_standing
from splinternet.measures.resampling import Draws
from splinternet.scenario.apply import apply, rehearse
from splinternet.scenario.bans import ban_answers, read_strictly
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks.ban import Ban
from splinternet.scenario.shocks.filter import Filter
from splinternet.scenario.shocks.hijack import Hijack
from splinternet.scenario.shocks.leak import Leak
from splinternet.scenario.vendors import Vendors
from splinternet.world.schema import TABLES


def test_languages():
    assert languages() == ("en",)
    with pytest.raises(MisuseError, match="unknown language 'xx'; known: en"):
        tell_brief(brief_of(WORLD, "KP"), "xx")


def test_a_language_names_countries_too(tmp_path):
    """Those that its file does not name keep their English names, as texts do that it lacks."""
    folder = tmp_path / "xx"
    folder.mkdir()
    named = '[countries]\nRU = "Ruslandia"\nUS = "Usonia"\n[nations]\nUS = "the Usonian States"\n'
    (folder / "brief.toml").write_text(named, encoding="utf-8")
    said = flat(str(tell_brief(brief_of(WORLD, "RU"), str(folder))))
    assert "title='Ruslandia: on whom its Internet depends'" in said
    assert "networks of the Usonian States are on the largest share" in said
    assert "One, Inc. (AS1, Usonia) is on" in said
    assert "North Korea, Ruslandia" in said
    assert "in Ruslandia" in said


def chosen_otherwise():
    """Briefs by every other choice of what counts."""
    world = chosen_world()
    yield make_brief(world, "RU", by="organisation", observers=["US"], vantages="carriers")
    yield make_brief(world, "RU", by="owner", vantages=[1, 2])
    for by in ("organisation", "owner"):
        yield make_brief(world, "KP", by=by)
    for outside in ("addresses", "root-addresses", "nations"):
        yield make_brief(world, "RU", outside=outside)
    yield make_brief(USERS, "CU", outside="users")


def test_a_draft_waits_for_no_picture_that_takes_long(monkeypatch):
    """Vega takes seconds to start: the words of a draft stand before it draws."""
    drafts = []
    make_brief(WORLD, "RU", draft=drafts.append)
    monkeypatch.setattr(charts.render, "both", cannot_draw)
    draft = tell_draft(drafts[-1], None)
    assert "could not be drawn" not in body_of(draft)
    whole = tell_brief(make_brief(WORLD, "RU"))
    late = [
        (tab.key, block.key)
        for tab in whole.tabs
        for block in tab.blocks
        if isinstance(block, Picture) and not block.is_quick
    ]
    assert late
    drafted = {tab.key: tab.blocks for tab in draft.tabs}
    assert all(Pending() in drafted[key] for key, _ in late)


def cannot_draw(*_, **__):
    raise ChartError("the process that draws is gone")


def unproved(brief):
    """The brief, had the search for the fewest networks and links ended before the proof."""
    cut = brief.watch.cut.with_columns(lower_bound=pl.col("lower_bound") - 1)
    return replace(brief, watch=replace(brief.watch, cut=cut))


def one_way(brief):
    """A brief with a carrier that much passes in one direction and little in the other."""
    odd = Carrier(1, "One", "US", 1, 0.01, 0.2)
    return replace(brief, carried=replace(brief.carried, foreign=(odd,)))


def led_astray():
    """Briefs after hijacks of every kind and a leak, by one and by many; the second has filters."""
    many = range(51, 58)
    links = [(1, 2, "p2c"), (2, 3, "p2c"), *((1, each, "p2c") for each in many)]
    world = make_world(links, country={1: "US", 2: "RU", 3: "CU"} | dict.fromkeys(many, "DE"))
    kinds = ("prefix", "subprefix", "forged-origin", "unrouted", "superprefix")
    hijacks = [
        Hijack(networks=Selection("AS3"), by=Selection(by), announce=how)
        for how in kinds
        for by in ("AS51", "country:DE")
    ]
    leak = Leak(network=Selection("AS2"), networks=Selection("AS3"))
    filtered = Filter(networks=Selection("AS1")), hijacks[0]
    for shocks, code in (((*hijacks, leak), "RU"), (filtered, "RU"), ((leak,), "CU")):
        event = Scenario(name="astray", world=world.manifest.name, shocks=shocks)
        yield make_brief(rehearse(world, event)[0], code)


def banned(brief):
    """Briefs after a ban of Huawei: as it is, and read strictly, in which its networks stop."""
    world, vendors = brief.asked.world, Vendors(brief.ledger)
    ban = Ban(vendor="huawei", networks=Selection("country:RU"))
    event = Scenario(name="ban", world=world.manifest.name, shocks=(ban,))
    for each in (event, read_strictly(event)):
        after = rehearse(world, each, vendors=vendors)[0]
        reached = ban_answers(world, each, vendors)
        yield make_brief(after, "RU", ledger=brief.ledger, before=world, bans=reached)


def test_hijacks_and_leaks_are_told_of_one_and_of_many():
    some, filtered = (flat(str(tell_brief(each))) for each in islice(led_astray(), 2))
    assert "AS51 (Germany) announces a more specific part of the addresses of AS3 (Cuba)." in some
    assert "AS55 (Germany); and 2 networks more announce the addresses of AS3 (Cuba)." in some
    assert "tells all its neighbours the routes to AS3 (Cuba) that it has" in some
    assert "Nobody filters false routes by then." in some
    assert "These filter false routes by then: 1 network by rov." in filtered
    assert "and those networks filter that the scenario lets filter" in filtered


@pytest.mark.nightly
def test_every_text_is_used(monkeypatch, tmp_path):
    """No text of the language file is left over: some brief or page uses each."""
    told = set()
    find = Texts._found

    def listening(self, key, kind):
        told.add(f"{self.room}.{key}")
        return find(self, key, kind)

    monkeypatch.setattr(Texts, "_found", listening)
    half = half_huawei(tmp_path)
    for brief in (
        *(digest_brief(code) for code in ("PL", "TR", "PG", "DE", "GR", "GL", "MT")),
        make_brief(USERS, "CU", weights="users", prefer="customer-first"),
        make_brief(WORLD, "RU", worlds=[WORLD, small_world(name="earlier", date="2018-12-01")]),
        make_brief(WORLD, "RU", draws=Draws(2)),
        *chosen_otherwise(),
        unproved(make_brief(WORLD, "RU")),
        one_way(make_brief(WORLD, "RU")),
        make_brief(small_world(kind="digest"), "RU"),
        make_brief(small_world(kind="digest"), "CU"),
        make_brief(WORLD, "RU", weights="networks", prefer="gao-rexford", tie_break="lowest-asn"),
        *(make_brief(WORLD, code) for code in ("RU", "CU", "KP", "FR", "FI")),
        make_brief(make_world([(1, 2, "p2c")]), "FR"),
        *(make_brief(CHAIN, code) for code in ("RU", "US")),
        make_brief(APART, "RU"),
        make_brief(NEITHER, "CU"),
        *(make_brief(BETWEEN, code) for code in ("CU", "BR")),
        make_brief(BETWEEN_TWO, "CU"),
        half,
        half_huawei(tmp_path, 2),
        superseded(tmp_path),
        make_brief(SIGNED, "RU"),
        *led_astray(),
        *banned(half),
    ):
        laid_out(brief)
    page(half)
    ways = (("Who depends on it", "/states/RU"),)
    body(half, site=Linked(str, "/brief/RU", origin="http://localhost", ways=ways))
    isolated = apply(digest(), CUT)
    laid_out(make_brief(isolated, "RU", scenario="cut.toml", before=digest()))
    for file in ("", "brief.html"):
        print_screen(half, text_console(80, io.StringIO()), page=file)
    standing = (with_standing(each.nations, each.table("states")) for each in list_figures())
    for atlas in (*standing, SURE):
        for code in (*atlas["country"], "AQ"):
            opening(front(atlas, code), texts_of("brief", "en"), str, ASKED)
    drafts = []
    make_brief(WORLD, "RU", draft=drafts.append)
    for figures in list_figures():
        for code in figures.nations["country"]:
            at_hand = tell_at_hand(figures, code, ASKED, str)
    body_of(tell_draft(drafts[0], at_hand))
    for leads in (True, False):
        doubted = {"foreign_dependence_doubt": Doubted(1, "it is odd", leads)}
        opening(front(SURE, "RU", doubted), texts_of("brief", "en"), str, ASKED)
    monkeypatch.setattr(charts.render, "both", cannot_draw)
    page(half)
    left = {f"brief.{key}" for key in texts_of("brief", "en")} - told
    # A title brings these figures where they are far on the other side, of all nations shipped.
    rest = ("front.continuity.higher", "front.dependence.lower", "front.reliability.lower")
    left -= {f"brief.{key}{end}" for key in rest for end in ("", "_means")}
    assert not left, " ".join(sorted(left))


#: A scenario for the shipped digest.
CUT = """
name = "The United States apart"
world = "2019-12"
[[shocks]]
kind = "isolate"
networks = "country:US"
"""

ASKED = Asked("World w", "2019-12-01")

#: An atlas of one nation, whose figure is an interval, and about a network that nobody named.
SURE = pl.DataFrame(
    {"country": ["RU"], "networks": [100], "foreign_dependence": [0.9], "state_share": [0.1]}
    | {"foreign_dependence_low": [0.8], "foreign_dependence_high": [0.95], "state": ["US"]}
    | dict.fromkeys(("dependence", "control_points", "detours", "reliability", "continuity"), None)
    | {"foreign_dependence_on": None, "dependence_on": None, "reliability_of": None}
    | {"detours_through": None}
)


#: Of some of whose addresses ROAs say who may announce them.
SIGNED = replace(
    WORLD,
    roas=pl.DataFrame([(10, 10 << 24, 8, 8)], schema=TABLES["roas"].schema, orient="row"),
)


#: Of whose networks users are known.
USERS = make_world([(1, 2, "p2c"), (2, 3, "p2c")], country={3: "CU"}, users={2: 1, 3: 5})


#: Cuba buys from nobody, so it goes with neither bloc.
NEITHER = make_world([(1, 2, "p2c")], [3], country={1: "US", 2: "RU", 3: "CU"})


#: 10 and 11 in Russia have each other, and no way to the carriers at the top.
APART = make_world([(1, 2, "p2c"), (10, 11, "p2p")], country={1: "US", 10: "RU", 11: "RU"})


#: 10 in Russia carries for 11 and links straight to 1, which carries for nobody.
CHAIN = make_world([(10, 11, "p2c"), (10, 1, "p2c")], country={10: "RU", 11: "RU", 1: "US"})


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ((1, "network"), "1 network"),
        ((2000, "network"), "2,000 networks"),
        ((42_463_864, "ipv4_address"), "42.5 million IPv4 addresses"),
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
        ((4_200_000_001, "group of 9", "Peru"), 9, "9 unnamed networks (AS4200000001, Peru)"),
        ((4_200_000_001, "group of 1", "Peru"), 1, "one unnamed network (AS4200000001, Peru)"),
        ((4_200_000_001, None), 1, "one unnamed network (AS4200000001)"),
    ],
)
def test_network_title(given, members, text):
    assert words.network_title(*given, members=members) == text


@pytest.mark.parametrize(
    ("code", "text"), [("RU", "Russia"), ("US", "the United States"), ("NL", "the Netherlands")]
)
def test_a_nation_within_a_sentence(code, text):
    assert nation_called(code) == text
