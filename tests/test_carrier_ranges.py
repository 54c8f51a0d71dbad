"""Ranges of the shares of carriers: quick and by the slow way, shipped, on pages and in answers."""

import re
from dataclasses import replace
from itertools import product

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from polars.testing import assert_frame_equal

from briefs import WORLD, digest, digest_brief
from nations import nations
from splinternet.base.choices import PREFERENCES, Counting, Routing
from splinternet.brief.country import usual_weights
from splinternet.brief.facts.asked import Asked
from splinternet.brief.facts.by_rule import Wanted
from splinternet.brief.facts.sureness import sureness
from splinternet.brief.ranged import about_shipped, between, ranged, unsought_doubts
from splinternet.brief.terminal import print_screen
from splinternet.cli.tables import text_console
from splinternet.figures.ranges import ranges_of, share_ranges, with_ranges
from splinternet.figures.reverse import shipped_dependents
from splinternet.figures.shipped import list_figures, shipped_figures
from splinternet.measures.crossed import states_crossed, states_on_most
from splinternet.measures.dependence import depend
from splinternet.measures.resampling import Draws, ErrorRates
from splinternet.routing.traffic import weigh
from splinternet.routing.transit import crossing, transit
from splinternet.web.ways import SHOWN, find_way
from splinternet.world.catalogue import open_world
from splinternet.world.world import World
from websites import digest_site

DATES = ["2019-12", "2023-11", "2025-09"]
NO_ERRORS = ErrorRates(missed_transit=0, seen_large=1, seen_small=1, seen_stub=1, wrong=0)


def by_every_rule(world: World, code: str, by: str) -> tuple[dict, list[dict]]:
    """Shares by the usual rules, and by every preference and, of networks, weighting."""
    usual = usual_weights(world, code)
    weightings = (usual,) if by == "state" else ("addresses", "networks")
    of = "country" if by == "state" else "asn"
    found = {
        (prefer, weights): dict(
            depend(world, code, by=by, prefer=prefer, weights=weights)
            .select(of, "share")
            .iter_rows()
        )
        for prefer, weights in product(PREFERENCES, weightings)
    }
    return found[Routing().prefer, usual], list(found.values())


@pytest.mark.parametrize("name", DATES)
@pytest.mark.parametrize(("table", "by"), [("dependence", "network"), ("states", "state")])
def test_shipped_ranges_are_those_of_the_shares_by_every_rule(name, table, by):
    world, of = open_world(name), "asn" if by == "network" else "country"
    own, every = by_every_rule(world, "LA", by)
    rows = shipped_figures(world).ranges(table, "LA")
    assert rows.height > 5
    for carrier, below, above in rows.select(of, "below", "above").iter_rows():
        shares = [shares.get(carrier, 0.0) for shares in every]
        value = own.get(carrier, 0.0)
        assert below == pytest.approx(min(shares) - value, abs=6e-5)
        assert above == pytest.approx(max(shares) - value, abs=6e-5)


@pytest.mark.parametrize("figures", list_figures(), ids=lambda each: each.world.name)
@pytest.mark.parametrize("table", ["dependence", "states"])
def test_nearly_every_share_that_is_shipped_has_a_range_around_it(figures, table):
    shares, ranges = figures.table(table), figures.ranges(table)
    found = with_ranges(shares, ranges)
    assert found.select(shares.columns).equals(shares)
    without = found.filter(pl.col("share_low").is_null())
    assert without.height <= 0.02 * shares.height
    known = found.drop_nulls("share_low")
    assert known.filter(~pl.col("share").is_between("share_low", "share_high")).is_empty()
    assert known["share_low"].min() >= 0
    assert known["share_high"].max() <= 1


@given(nations(), st.sampled_from(PREFERENCES), st.sampled_from(["inbound", "outbound"]))
def test_states_on_most_are_those_of_all(nation, prefer, direction):
    counting = Counting(weights=nation.weights, direction=direction)
    question = nation.world, "CU", counting, Routing(prefer=prefer)
    every = states_crossed(*question).drop_nulls("country")
    passed = depend(nation.world, "CU", counting=counting, prefer=prefer)
    for among in ((), ("US",), ("DE", "PE")):
        found = states_on_most(*question, passed, among=among)
        assert_frame_equal(found, every.join(found, on="country", how="semi"))
        wanted = every.filter(pl.col("country").is_in(among))["country"]
        assert set(wanted) <= set(found["country"])
        others = (each.filter(pl.col("country") != "CU")["share"].max() for each in (found, every))
        assert len(set(others)) == 1


def test_carriers_of_any_world_have_the_ranges_of_their_own_shares():
    asked = Asked(WORLD, "RU", Routing(), Counting(), "small")
    found = sureness(asked, None)
    for by, of in ("network", found.networks), ("state", found.states):
        own, every = by_every_rule(WORLD, "RU", by)
        large = {each for each, share in own.items() if share >= 0.01 and each not in (None, "RU")}
        assert large <= set(of)
        for carrier in large:
            shares = [each.get(carrier, 0.0) for each in every]
            assert found.of(carrier, own[carrier]) == pytest.approx((min(shares), max(shares)))
    assert found.of(77, 0.5) is None
    drawn = sureness(asked, Draws(2, NO_ERRORS), Wanted(tuple(found.networks), tuple(found.states)))
    assert drawn.networks == {each: pytest.approx(ends) for each, ends in found.networks.items()}
    wider = sureness(asked, Draws(5))
    assert all(
        wider.networks[each][0] <= low and high <= wider.networks[each][1]
        for each, (low, high) in found.networks.items()
    )


def test_rows_of_ranges():
    shares = pl.DataFrame(
        {"nation": ["CU", "CU", "RU"], "asn": [1, 2, 1], "share": [0.5, 0.1, 0.2], "doubt": None},
        schema_overrides={"asn": pl.UInt32},
    )
    found = {"CU": {1: (-0.12345, 0.9), 9: (0.0, 0.0)}, "RU": {}}
    rows = share_ranges(shares, found, "dependence")
    assert rows.rows() == [("CU", 1, -0.1235, 0.9)] or rows.rows() == [("CU", 1, -0.1234, 0.9)]
    ranged_rows = with_ranges(shares, rows)
    assert ranged_rows.columns == ["nation", "asn", "share", "share_low", "share_high", "doubt"]
    assert ranged_rows["share_high"].to_list() == [1.0, None, None]
    assert with_ranges(shares, None)["share_low"].null_count() == 3
    assert ranges_of("states") == "states_ranges"


def test_how_ranges_are_written():
    assert ranged(0.1, 0.07, 0.13) == "10% (7% to 13%)"
    assert ranged(0.1, 0.1001, 0.0999) == ranged(0.1, None, None) == "10%"
    assert ranged(0.1, None, None, known=True) == "10% (range not known)"
    assert between(0.5, 0.5) == "50%"
    assert between(None, None) == ""


def test_a_state_is_in_doubt_if_one_carrier_has_half_of_it():
    figures = list_figures()[0]
    vars(figures)["_kept"] = {
        **{name: figures.table(name) for name in ("states_ranges", "dependence_ranges")},
        "states": pl.DataFrame({"nation": ["CU", "RU"], "country": "US", "share": [0.4, 0.4]}),
        "dependence": pl.DataFrame(
            {"nation": ["CU", "RU", "RU"], "asn": [1, 1, 2], "country": "US",
             "share": [0.2, 0.1, 0.3], "doubt": ["odd", "odd", None]}
        ),
    }  # fmt: skip
    try:
        found = shipped_dependents(figures, "US")
    finally:
        del vars(figures)["_kept"]
    assert dict(found.select("country", "doubt").iter_rows()) == {"CU": "AS1: odd", "RU": None}


def test_a_pair_has_the_shares_by_every_rule():
    world = digest()
    found = find_way(world, "KP", "TV")
    ends = {
        weights: [
            weigh(world, weights, world.networks.filter(country=code)["asn"])
            for code in ("KP", "TV")
        ]
        for weights in ("addresses", "networks")
    }
    every = [
        dict(transit(world, *both, prefer=prefer).iter_rows())
        for both, prefer in product(ends.values(), PREFERENCES)
    ]
    shown = found.networks.head(SHOWN)
    assert shown.height > 1
    for asn, share, low, high in shown.select(
        "asn", "share", "share_low", "share_high"
    ).iter_rows():
        shares = [each.get(asn, 0.0) for each in every]
        assert (low, high) == pytest.approx((min(shares), max(shares)))
        assert low <= share <= high
    groups = world.networks.select("asn", group="country")
    states = [
        dict(
            crossing(world, groups, *ends["addresses"], prefer=prefer)
            .select("group", "share")
            .iter_rows()
        )
        for prefer in PREFERENCES
    ]
    for row in found.states.drop_nulls("group").head(SHOWN).iter_rows(named=True):
        shares = [each.get(row["group"], 0.0) for each in states]
        assert (row["share_low"], row["share_high"]) == pytest.approx((min(shares), max(shares)))
    assert not {"KP", "TV"} & set(found.states["group"])


def test_pages_and_the_api_tell_the_ranges_that_are_shipped():
    figures = shipped_figures(digest())
    site = digest_site()
    rows = figures.ranged("dependence", "KP").filter(pl.col("share_high") > pl.col("share") + 0.01)
    row = rows.row(0, named=True)
    said = ranged(row["share"], row["share_low"], row["share_high"])
    page = html.fromstring(site.get(f"/networks/{row['asn']}").text).text_content()
    assert re.search(rf"North Korea\s*{re.escape(said)}", page)
    assert "Ranges are computed on the digest" in page
    state = shipped_dependents(figures, "US").filter(country="KP").row(0, named=True)
    text = ranged(state["share"], state["share_low"], state["share_high"])
    page = html.fromstring(site.get("/states/US").text).text_content()
    assert re.search(rf"North Korea\s*{re.escape(text)}", page)
    told = {each["asn"]: each for each in site.get("/api/dependence/KP").json()}[row["asn"]]
    assert (told["share_low"], told["share_high"]) == (row["share_low"], row["share_high"])
    back = {each["country"]: each for each in site.get(f"/api/dependents/AS{row['asn']}").json()}
    assert back["KP"]["share_high"] == row["share_high"]
    ranking = html.fromstring(site.get("/rankings/foreign_dependence").text).text_content()
    assert "A range reaches from the smallest to the largest" in ranking
    assert "No ranges are shipped" in site.get("/rankings/cone_share").text


@pytest.mark.parametrize(
    ("address", "has_range"),
    [
        ("/routes?source=KZ&destination=DE", True),
        ("/networks/20485", True),
        ("/networks/3356", False),  # Greenland's share is the same by every rule
        ("/states/RU", True),
        ("/rankings/control_points", True),
        ("/rankings/foreign_dependence", False),
    ],
)
def test_a_figure_of_a_title_is_that_of_the_table_below_it_with_its_range(address, has_range):
    site = digest_site()
    page = html.fromstring(site.get(address).text)
    figure = page.xpath("//tbody/tr[1]/td")[0].text_content().strip()
    assert (" to " in figure) == has_range
    assert page.xpath("string(//h1)").endswith(figure) or f" {figure} of the" in page.xpath(
        "string(//h1)"
    )


def test_the_title_of_two_dates_has_ranges():
    site = digest_site()
    found = html.fromstring(site.get("/changes", follow_redirects=True).text)
    title, cells = found.xpath("string(//h1)"), found.xpath("//td/text()|//td/*/text()")
    figures = [each.strip() for each in cells if re.fullmatch(r"\s*\d[^()]*%.*", each)]
    assert [each for each in figures if each in title]
    assert len(re.findall(r"\d+%", title)) in (2, 4, 6)


def test_the_brief_tells_the_ranges_of_carriers_and_what_they_are():
    brief = digest_brief("KP")
    first = max(brief.carried.foreign, key=lambda each: each.inbound)
    low, high = brief.sureness.of(first.asn, first.inbound)
    shipped = shipped_figures(digest()).ranged("dependence", "KP").filter(asn=first.asn)
    assert (low, high) == pytest.approx(shipped.select("share_low", "share_high").row(0))
    console = text_console(100)
    with console.capture() as screen:
        print_screen(brief, console)
    assert ranged(first.inbound, low, high) in screen.get()


def test_what_is_not_shipped_says_so(run, tmp_path):
    WORLD.save(tmp_path / "world")
    for command in ("dependents", "AS1"), ("depend", "RU"):
        status, out, err = run("--world", str(tmp_path / "world"), *command)
        assert status == 0
        assert "No ranges stand here" in " ".join((out + err).split())
    assert about_shipped(pl.DataFrame({"share": [0.5]})).startswith("No ranges stand here")


def test_doubts_that_were_not_looked_for():
    asn = int(WORLD.links["a"][0])
    for doubt, says in ((None, "no link of the carrier is"), ("seen-once", "was not looked for")):
        told = pl.Series([doubt] * WORLD.links.height, dtype=pl.String)
        sure = pl.Series([1.0] * WORLD.links.height)
        world = replace(WORLD, links=WORLD.links.with_columns(doubt=told, confidence=sure))
        assert says in unsought_doubts(world, str(asn))
