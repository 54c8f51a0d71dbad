"""Doubts: of a path's links, and of carriers that rest on one of these."""

import io
import operator
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs import digest, digest_brief, flat, laid_out
from graphs import make_world
from nations import Nation, nations
from slow import every_path, routes
from splinternet.brief.words import growth
from splinternet.figures.reverse import shipped_dependents
from splinternet.figures.shipped import shipped_figures
from splinternet.measures.atlas import atlas
from splinternet.measures.bootstrap import bootstrap
from splinternet.measures.catalogue import find_measure
from splinternet.measures.cti import cti
from splinternet.measures.dependence import MEASURE, depend
from splinternet.measures.doubt_column import read_doubts, write_doubts
from splinternet.measures.doubts import figures_doubt
from splinternet.measures.hegemony import hegemony
from splinternet.measures.history import history
from splinternet.measures.resampling import ErrorRates
from splinternet.routing.routes import path
from splinternet.web.app import create_app
from splinternet.world.confidence import LINK_DOUBTS, doubt_words
from splinternet.world.world import World
from websites import client, read

#: 1 sells transit to all; 2 carries for 10 and 11 in Cuba, and peers with 3, from which all comes.
LINKS = [
    (3, 2, "p2p"),
    (2, 10, "p2c"),
    (2, 11, "p2c"),
    (3, 20, "p2c"),
    (3, 21, "p2c"),
    (4, 10, "p2c"),
    (4, 22, "p2c"),
]


def doubting(doubts: dict[tuple[int, int], str], links=LINKS) -> World:
    made = make_world(links, country={10: "CU", 11: "CU"}, ipv4_addresses={10: 256, 11: 256})
    told = [doubts.get(pair) for pair in made.links["a", "b"].iter_rows()]
    return replace(made, links=made.links.with_columns(doubt=pl.Series(told, dtype=pl.String)))


def test_a_path_names_the_doubt_of_its_links():
    found = path(doubting({(2, 3): "seen-once"}), 20, 10)
    assert found["asn"].to_list() == [20, 3, 2, 10]
    words = doubt_words("seen-once")
    assert found["doubt"].to_list() == [None, None, f"the link from AS3 {words}", None]


def test_a_carrier_that_rests_on_one_doubted_link():
    world = doubting({(2, 3): "exchange-only", (3, 20): "seen-once"})
    found = depend(world, "CU", weights="networks")
    doubts = dict(found.select("asn", "doubt").iter_rows())
    words = doubt_words("exchange-only")
    # 20 is one of two whose traffic 3 carries; 20 and 2 are no carriers with a link of their own.
    assert doubts[2] == f"half or more of it passes one link, AS3-AS2, which {words}"
    assert doubts[4] is None


@pytest.mark.parametrize("measure", [hegemony, cti])
def test_means_over_vantages_tell_the_same_doubts(measure):
    world = doubting({(2, 3): "exchange-only"})
    found = measure(world, "CU", weights="networks", vantages=[20, 21, 22])
    assert dict(found.select("asn", pl.col("doubt").is_not_null()).iter_rows())[2]
    assert "AS3-AS2" in found.filter(asn=2)["doubt"][0]
    name, sure = measure.__name__, found.filter(pl.col("doubt").is_null())
    assert found["asn"].first() != sure["asn"].first()
    assert find_measure(name).summary(found, "CU")[f"{name}_of"] == sure["asn"].first()


def test_doubtful_carriers_stay_out_of_headlines():
    found = depend(doubting({(2, 3): "seen-once"}), "CU", weights="networks")
    assert found["asn"].first() in (2, 3)
    assert MEASURE.summary(found, "CU")["foreign_dependence_on"] == 4


def test_history_and_atlas_say_whom_figures_rest_on():
    asked = ["dependence", "concentration", "hegemony", "states"]
    options = {"weights": "networks"}
    world = doubting({(2, 3): "seen-once"})
    words = "AS2: half or more of it passes one link, AS3-AS2, which"
    row = atlas(world, asked, "CU", **options).row(0, named=True)
    doubts = dict(each.split(": ", 1) for each in row["doubt"].split("; ") if words in each)
    assert set(doubts) == {"dependence", "concentration", "hegemony"}
    assert history(world, asked, "CU", **options)["doubt"].to_list() == [row["doubt"]]
    sure = atlas(doubting({}), asked, "CU", **options).row(0, named=True)
    assert sure["doubt"] is None
    # A carrier in doubt without which nothing would be much different is none to tell of.
    small = pl.DataFrame(
        {"asn": [1, 2], "country": ["US", "SE"], "share": [0.9, 0.1], "doubt": [None, "unsure"]}
    )
    assert figures_doubt(MEASURE, small, "CU") is None
    large = small.with_columns(doubt=pl.Series(["unsure", None]))
    assert figures_doubt(MEASURE, large, "CU") == "AS1: unsure"


def test_what_is_in_doubt_keeps_its_interval():
    """Links that are drawn have no doubt; a carrier's row is the same all the same."""
    world = doubting({(2, 3): "exchange-only"})
    found = bootstrap(world, MEASURE, "CU", 2, rates=ErrorRates(0, 1, 1, 1, 0), weights="networks")
    doubted = found.filter(pl.col("doubt").is_not_null())
    assert doubted.height
    assert doubted["share_low"].to_list() == doubted["share"].to_list()


def resting(
    nation: Nation, tie_break: str, enough: Callable[[Fraction, Fraction], bool]
) -> dict[int, set[tuple[int, int]]]:
    """Links between carriers over which enough of a carrier's traffic comes or goes on."""
    over: dict[tuple[int, int], Fraction] = defaultdict(Fraction)
    passed: dict[int, Fraction] = defaultdict(Fraction)
    sources, destinations = nation.ends("inbound")
    for destination, weight in destinations.items():
        chosen = routes(nation.links, destination, "shortest")
        for source in sources.keys() - {destination}:
            for hops, part in every_path(chosen, source, tie_break):
                for link in pairwise(hops):
                    over[link] += part * weight * sources[source]
                for carrier in hops[1:-1]:
                    passed[carrier] += part * weight * sources[source]
    carriers = {a for a, _, kind in nation.links if kind == "p2c"}
    sent, received = sum(sources.values()), sum(destinations.values())
    found: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for (start, end), amount in over.items():
        ours = {asn: sources.get(asn, 0) * destinations.get(asn, 0) for asn in (start, end)}
        ended = {asn: destinations.get(asn, 0) * sent - ours[asn] for asn in (start, end)}
        begun = {asn: sources.get(asn, 0) * received - ours[asn] for asn in (start, end)}
        handed = passed[end] + ended[end]
        handed_on = passed[start] + begun[start]
        if {start, end} <= carriers and amount:
            if enough(2 * amount, handed):
                found[end].add((min(start, end), max(start, end)))
            if enough(2 * amount, handed_on):
                found[start].add((min(start, end), max(start, end)))
    return found


@given(nations(), st.data(), st.sampled_from(["split", "lowest-asn"]))
def test_as_path_by_path(nation, data, tie_break):
    pairs = [(min(a, b), max(a, b)) for a, b, _ in nation.links]
    some = st.lists(st.sampled_from(pairs), unique=True, max_size=5) if pairs else st.just([])
    doubted = set(data.draw(some))
    told = [
        "seen-once" if (min(a, b), max(a, b)) in doubted else None
        for a, b in nation.world.links["a", "b"].iter_rows()
    ]
    links = nation.world.links.with_columns(doubt=pl.Series(told, dtype=pl.String))
    world = replace(nation.world, links=links)
    ways = {"prefer": "shortest", "tie_break": tie_break, "weights": nation.weights}
    shares = depend(world, "CU", **ways)
    large = set(shares.filter(pl.col("share") >= 0.01)["asn"])
    # Parts of traffic are whole numbers of 2**-31, so exactly a half may be taken for less.
    least, most = (
        {asn for asn, on in resting(nation, tie_break, enough).items() if on & doubted} & large
        for enough in (operator.gt, operator.ge)
    )
    assert least <= set(shares.drop_nulls("doubt")["asn"]) <= most


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (0.1, 0.25, ", 2.5 times as much as before"),
        (0.0, 0.2, ", new"),
        (0.2, 0.1, ""),
        (0.0, 0.0, ""),
    ],
)
def test_growth(before, after, told):
    assert growth(before, after) == told


REASONS = st.lists(
    st.tuples(st.integers(1, 2**32 - 1), st.sampled_from([*LINK_DOUBTS, "of one link, seen once"])),
    min_size=1,
    max_size=3,
).map(lambda found: "; ".join(f"AS{asn}: {why}" for asn, why in found))


@given(st.dictionaries(st.sampled_from(["cti", "cut", "dependence", "own-measure"]), REASONS))
def test_doubts_by_measure_are_read_as_written(doubts):
    assert read_doubts(write_doubts(doubts)) == doubts


def test_a_state_is_in_doubt_wherever_its_share_is_told(run):
    """Hong Kong's share of Nepal's routes is one carrier's, whose share rests on one link."""
    world = digest()
    figures = shipped_figures(world)
    carriers = figures.table("dependence", "NP").drop_nulls("doubt")
    shares = dict(figures.table("states", "NP").select("country", "share").iter_rows())
    expected = {
        row["country"]: f"AS{row['asn']}: {row['doubt']}"
        for row in carriers.sort("share").iter_rows(named=True)
        if row["share"] >= 0.5 * shares.get(row["country"], 2.0)
    }
    assert "HK" in expected
    (by_carrier,) = shipped_dependents(figures, "HK").filter(country="NP")["doubt"]
    assert by_carrier == expected["HK"]
    for command in (["depend", "NP", "--by", "state"], ["measure", "states", "NP"]):
        status, out, _ = run("--world", "2019-12", *command, "-f", "csv")
        assert status == 0
        table = pl.read_csv(io.StringIO(out), infer_schema_length=None)
        told = dict(table.select("country", "doubt").drop_nulls().iter_rows())
        assert told == expected
    with client(create_app(["2019-12"])) as site:
        rows = site.get("/api/states/NP").json()
        page = read(site.get("/brief/NP"))
    assert {row["country"]: row["doubt"] for row in rows if row["doubt"]} == expected
    assert "Hong Kong (in doubt)" in page
    assert "Interaptus Limited (AS133372, Hong Kong) (in doubt)" in page
    brief = digest_brief("NP")
    assert {each.country: each.doubt for each in brief.carried.states if each.doubt} == expected
    told = flat(laid_out(brief))
    assert f"share of Hong Kong is that of a carrier in doubt, {expected['HK']}" in told
