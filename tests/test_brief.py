"""What a brief says: its figures are the measures', and what is not known is told to be so."""

from datetime import date
from functools import cache

import msgspec
import polars as pl
import pytest
from hypothesis import given

from briefs import brief_of, digest, digest_brief, first_draft, flat, laid_out
from budgets import fewest
from commands import small_world
from graphs import make_world
from ledgers import write_ledger
from nations import Nation, nations
from splinternet.base.choices import PREFERENCES, TIE_BREAKS, Routing
from splinternet.base.countries import country_name
from splinternet.base.errors import MisuseError, WorldError
from splinternet.base.shares import rounded
from splinternet.brief.country import CountryBrief, make_brief
from splinternet.brief.errors import difference_error
from splinternet.brief.facts.asked import Missing
from splinternet.brief.facts.carriers import Carrier, State, most
from splinternet.brief.facts.changes import FIGURES
from splinternet.brief.facts.timeline import timeline
from splinternet.brief.facts.what_ifs import gainers
from splinternet.brief.story import tell_brief
from splinternet.figures.history import shipped_history
from splinternet.figures.observed import exposure_on_levels
from splinternet.figures.shipped import shipped_figures
from splinternet.ledger.catalogue import open_ledger
from splinternet.ledger.reading import read_ledger
from splinternet.measures.atlas import atlas
from splinternet.measures.concentration import concentration
from splinternet.measures.continuity import continuity
from splinternet.measures.control import points_of_control
from splinternet.measures.crp import crp
from splinternet.measures.cut import cut
from splinternet.measures.dependence import depend
from splinternet.measures.detours import detours
from splinternet.measures.exposure import exposure
from splinternet.measures.reliability import reliability
from splinternet.measures.states import state_dependence
from splinternet.scenario.apply import apply
from splinternet.scenario.language import decode
from splinternet.scenario.levels import what_if_on_levels
from splinternet.world.world import World

WORLD = small_world()


@cache
def russia() -> CountryBrief:
    return brief_of(WORLD, "Russia")


def share(frame: pl.DataFrame, **which: object) -> float:
    return frame.filter(**which)["share"].item()


def same(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    return one.equals(other)


def test_carriers():
    inbound, outbound = depend(WORLD, "RU"), depend(WORLD, "RU", direction="outbound")
    found = russia().carried
    assert russia().country == "RU"
    assert {carrier.asn for carrier in found.foreign} == {1, 2}
    assert found.foreign[0] == Carrier(
        asn=1,
        name="One, Inc.",  # ONE-AS is but a handle
        country="US",
        members=1,
        inbound=share(inbound, asn=1),
        outbound=share(outbound, asn=1),
    )
    assert found.foreign[1].country is None
    assert [(carrier.asn, carrier.name) for carrier in found.domestic] == [(10, "Десять")]
    assert (found.largest_foreign.asn, found.largest.asn) == (1, inbound["asn"][0])
    assert [each.asn for each in found.unknown_carriers] == [2]


def test_states():
    found = make_brief(WORLD, "RU", weights="networks").carried
    into = state_dependence(WORLD, "RU", weights="networks")
    out = depend(WORLD, "RU", by="state", weights="networks", direction="outbound")
    state = State(
        "US",
        share(into, country="US"),
        share(out, country="US"),
        *into.filter(country="US").select("unavoidable", "counted").row(0),
    )
    assert found.states == (state,)
    assert found.largest_state == state
    assert found.by_state == {"US": state.inbound}
    unknown = pl.col("country").is_null()
    assert found.unknown.inbound == into.filter(unknown)["share"].item()
    assert found.unknown.outbound == out.filter(unknown)["share"].item()


def test_concentration():
    found = make_brief(WORLD, "RU", tie_break="lowest-asn").carried
    for way, index in found.concentration.items():
        shares = depend(WORLD, "RU", direction=way, tie_break="lowest-asn")
        assert index == concentration(WORLD, "RU", shares)


def test_leaders_are_always_named():
    even = [State(code, 0.4, 0.4, 0.0, 1.0) for code in ("AT", "BE", "CH", "DE", "ES", "FR")]
    into, out = State("US", 0.5, 0.0, 0.0, 1.0), State("RU", 0.0, 0.5, 0.0, 1.0)
    assert most([*even, into, out]) == (*even[:4], into, out)
    assert most(even[:2]) == tuple(even[:2])
    assert most([into][:0]) == ()
    assert most([*even, into, out], 3) == (even[0], into, out)


def test_knowledge():
    knows = russia().knowledge
    assert (knows.networks, knows.with_addresses, knows.addresses) == (3, 2, 500)
    assert knows.world_networks == 10
    assert knows.with_country == pytest.approx(0.9)
    assert knows.world_with_addresses == pytest.approx(0.4)


def test_a_group_counts_as_its_members():
    members = pl.when(pl.col("asn") == 12).then(20).otherwise(1).cast(pl.Int64)
    networks = WORLD.networks.with_columns(members=members)
    knows = make_brief(
        World(manifest=WORLD.manifest, networks=networks, links=WORLD.links), "RU"
    ).knowledge
    assert (knows.networks, knows.world_networks) == (22, 29)
    assert (knows.parts, knows.world_parts, knows.with_addresses) == (3, 10, 2)
    assert knows.world_with_addresses == pytest.approx(0.4)


@given(nations())
@fewest
def test_every_figure_is_the_measures_own(nation: Nation):
    """For random nations: what a brief has is what the measure says, or why there is none."""
    world, weights = nation.world, nation.weights
    brief = make_brief(world, "CU", weights=weights)
    by = {"weights": weights}
    expected = {
        "control": lambda: points_of_control(world, "CU", **by),
        "cut": lambda: cut(world, "CU", **by),
        "crp": lambda: crp(world, "CU", **by),
        "detours": lambda: detours(world, "CU", **by),
    }
    for name, compute in expected.items():
        found = getattr(brief.watch, name)
        if isinstance(found, Missing):
            with pytest.raises((WorldError, MisuseError), match=r".") as failed:
                compute()
            assert str(failed.value) == found.reason
        else:
            assert same(found, compute())
    row = atlas(world, FIGURES.values(), ["CU"], weights=weights).row(0, named=True)
    for headline in brief.headlines:
        assert headline.value == pytest.approx(row[headline.figure], abs=1e-12, nan_ok=False)
    said = laid_out(brief)
    assert " nan" not in said.lower()
    assert "None" not in said.replace("None of its networks", "")


def test_headlines_of_the_small_world():
    found = {each.figure: each for each in russia().headlines}
    assert list(found) == list(FIGURES)
    assert found["foreign_dependence"].of == 1
    assert (found["state_share"].of, found["state_share"].unavoidable) == (
        "US",
        russia().carried.largest_state.unavoidable,
    )
    failing = reliability(WORLD, "RU").row(0, named=True)
    assert (found["reliability"].value, found["reliability"].of) == (
        failing["others"],
        failing["asn"],
    )
    pairs = continuity(WORLD, "RU")
    weight = pairs["part"] * pairs["rest"]
    mean = (weight * pairs["after"]).sum() / weight.sum()
    assert found["continuity"].value == pytest.approx(mean)
    assert all(each.rank is None for each in russia().headlines)


def test_the_observer_is_the_state_that_most_passes():
    (seen,) = russia().watch.exposure
    assert same(seen, exposure(WORLD, "RU", observers=["US"]))


def test_three_observers_and_those_that_lead_a_direction_are_among_them():
    """Of four states on the way, and the nation's own and unknown networks, which are none."""
    world = digest()
    brief = digest_brief("KP")
    seen = [each["observer"][0] for each in brief.watch.exposure]
    assert len(seen) == 3
    states = brief.carried.states
    leaders = {max(states, key=lambda each: getattr(each, way)).country for way in
               ("inbound", "outbound")}  # fmt: skip
    assert leaders <= set(seen)
    for found in brief.watch.exposure:
        own = exposure(world, "KP", observers=[found["observer"][0]])
        assert same(found, exposure_on_levels(own, shipped_figures(world), "KP"))
    told = flat(laid_out(brief))
    assert "the routes of North Korea (notes" in told
    assert "are on most of incoming and outgoing routes together, or lead one way." in told
    for found in brief.watch.exposure:
        assert f"measure exposure KP --observer {found['observer'][0]}" in told
        assert f"{country_name(found['observer'][0])} {rounded(found['third'][0])}" in told


@pytest.mark.parametrize("prefer", PREFERENCES)
@pytest.mark.parametrize("tie_break", TIE_BREAKS)
def test_what_ifs_are_those_of_their_files(prefer, tie_break):
    """Each file says what was computed: read again and applied, it gives the same."""
    is_default = tie_break == "split" and prefer == Routing().prefer
    world, code = (digest(), "CU") if is_default else (WORLD, "RU")
    by = {"prefer": prefer, "tie_break": tie_break}
    brief = digest_brief(code) if is_default else make_brief(world, code, **by)
    assert [each.key for each in brief.what_ifs] == [
        "isolation", "carrier", "refusal", "split", "ban",
    ]  # fmt: skip
    done = [each for each in brief.what_ifs if each.toml]
    assert len(done) >= 3
    error = difference_error(world.manifest, "carrier")
    for each in done:
        after = apply(world, decode(each.toml, each.file))
        ranged = "after_low" in each.compared.carriers.columns
        assert ranged == (is_default and bool(gainers(each.compared, error)))
        again = what_if_on_levels(world, after, code, measures=(), ranges=ranged, **by).nation
        assert (each.compared.abroad, each.compared.within) == (again.abroad, again.within)
        assert same(each.compared.carriers, again.carriers)


def test_who_is_in_which_bloc():
    briefs = {"RU": russia(), "DE": brief_of(WORLD, "DE"), "VA": digest_brief("VA")}
    sides = {
        code: next(each.of for each in brief.what_ifs if each.key == "split").side
        for code, brief in briefs.items()
    }
    assert sides == {"RU": "east", "DE": "west", "VA": "west"}  # Italy sells to the Vatican


def test_what_cannot_be_tried_says_why():
    tried = {each.key: each for each in brief_of(WORLD, "KP").what_ifs}
    assert (tried["isolation"].toml, tried["isolation"].compared) == (None, Missing(""))
    assert tried["carrier"].toml is None
    assert tried["ban"].compared == Missing("")


def test_a_vendor_and_its_operators():
    world = digest()
    main = first_draft("RU").supplied.main
    assert (main.vendor, main.weights) == ("huawei", "addresses")
    assert [(each.name, each.kind, each.dated) for each in main.operators] == [
        ("MegaFon", "estimate, fact", "2002 to 2014"),
        ("VimpelCom", "estimate", "2022-04"),
    ]
    assert all(each.sources for each in main.operators)
    ledger = open_ledger()
    runs = {asn for name in ("MegaFon", "VimpelCom") for asn in ledger.asns(ledger.actor(name))}
    assert set(main.networks) == runs & set(world.networks.filter(country="RU")["asn"])
    assert first_draft("CU").supplied.main is None


def test_events_are_in_order_and_show_what_disputes_them(tmp_path):
    ledger = read_ledger(write_ledger(tmp_path))
    when = ledger.statements.filter(id="deal")["start"][0]
    found = timeline(ledger, "RU", when)
    assert [each.id for each in found.deals] == ["deal"]
    assert (found.deals[0].who, found.deals[0].whom) == ("MTS PJSC", "Huawei")
    assert found.deals[0].start == "2019-06-05"
    known = timeline(open_ledger(), "RU", when)
    assert len(known.laws) < known.all_laws
    assert [each.first for each in known.laws] == sorted(each.first for each in known.laws)
    disputed = [each for each in (*known.laws, *known.accusations) if each.disputes]
    assert disputed
    assert all(sources for each in disputed for *_, sources in each.disputes)


def test_a_law_is_one_event_with_its_stages():
    known = timeline(open_ledger(), "RU", date(2019, 12, 1))
    (law,) = [each for each in known.laws if each.whom and "90-FZ" in each.whom]
    assert [stage.start for stage in law.stages] == sorted(stage.start for stage in law.stages)
    assert len(law.stages) >= 5
    assert {source for stage in law.stages for source in stage.sources} == set(law.sources)
    assert all(each.predicate == "accuses" for each in known.accusations)
    assert known.accusations


def test_what_is_said_of_several_is_one_event():
    known = timeline(open_ledger(), "RU", date(2019, 12, 1))
    events = (*known.laws, *known.accusations, *known.deals)
    assert not [each.said for each in events if each.said.startswith("Same")]
    (signed,) = [each for each in known.deals if "memoranda" in each.said]
    assert signed.whom == "Rostelecom, VimpelCom, MegaFon, Mobile TeleSystems (MTS)"


def test_history_of_the_shipped_figures():
    """Of full worlds of all dates, by networks: more than the digests have."""
    brief = first_draft("RU")
    shipped = shipped_history("RU", weights="networks")
    figures = ["date", "foreign_dependence", "foreign_dependence_on", "reliability", "continuity"]
    assert brief.changes.select(figures).equals(shipped.select(figures))
    assert brief.changes["kind"].unique().to_list() == ["full"]
    assert {"1998-01", "2019-12", "2025-09"} < set(brief.changes["world"])
    assert [each.name for each in brief.followed] == brief.changes["world"].to_list()
    assert (russia().changes, russia().followed) == (None, ())


def test_history_of_given_worlds():
    earlier = small_world(name="earlier", date="2018-12-01")
    found = make_brief(WORLD, "RU", worlds=[WORLD, earlier]).changes
    assert found["world"].to_list() == ["earlier", "small"]
    digest = small_world(name="digest", date="2018-12-01", kind="digest")
    with pytest.raises(MisuseError, match="not comparable"):
        make_brief(WORLD, "RU", worlds=[WORLD, digest])


def test_a_nation_without_networks():
    brief = brief_of(WORLD, "FR")
    assert brief.knowledge.networks == 0
    assert "no network in France" in brief.carried.reason
    assert all(each.value is None for each in brief.headlines)


def test_a_world_without_countries_or_addresses():
    bare = make_world([(1, 2, "p2c")])
    assert make_brief(bare, "FR").knowledge.with_country == 0
    known = make_world([(1, 2, "p2c"), (2, 3, "p2c")], country={1: "US", 2: "CU", 3: "CU"})
    brief = make_brief(known, "CU")
    assert brief.asked.weights == "networks"
    assert brief.carried.largest_foreign is None  # its only neighbour abroad is an end
    assert brief.carried.largest.asn == 2


def test_weights_that_were_asked_for_must_be_known():
    with pytest.raises(WorldError, match="does not know the users"):
        make_brief(WORLD, "RU", weights="users")
    with pytest.raises(MisuseError, match="unknown weight 'user'; did you mean users"):
        make_brief(WORLD, "RU", weights="user")
    with pytest.raises(MisuseError, match="unknown country 'Narnia'"):
        make_brief(WORLD, "Narnia")


def test_no_sources():
    manifest = msgspec.structs.replace(WORLD.manifest, inputs=())
    world = World(manifest=manifest, networks=WORLD.networks, links=WORLD.links)
    assert "No source is recorded." in str(tell_brief(make_brief(world, "RU")))


def test_progress_goes_from_nothing_to_all():
    told = []
    make_brief(WORLD, "RU", progress=lambda done, total: told.append((done, total)))
    assert {total for _, total in told} == {8000}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (8000, 8000)


def test_progress_can_end_the_work():
    class EnoughError(Exception):
        pass

    def enough(done, total):
        raise EnoughError

    with pytest.raises(EnoughError):
        make_brief(WORLD, "RU", progress=enough)
