"""Reach, bans and concentration as intervals, beside slow twins that try every possibility."""

import itertools
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from splinternet.base.errors import MisuseError
from splinternet.ledger.catalogue import open_ledger
from splinternet.scenario.vendors import Vendors
from splinternet.supply.figures import Scope, parse_scope, share_figures
from splinternet.supply.hhi import hhi, national_shares, vendor_concentration
from splinternet.supply.holdings import bounds, holdings
from splinternet.supply.intervals import Interval, add, hull
from splinternet.supply.vendor_reach import ban, vendor_reach
from splinternet.supply.weights import operator_weights
from supplies import actor, ledger_of, said

ACTORS = [
    actor("pl", "state", "PL"),
    actor("de", "state", "DE"),
    *(actor(name, "operator", "PL") for name in ("one", "two", "three")),
    actor("abroad", "operator", "DE"),
    actor("huawei", "vendor", "CN"),
    actor("zte", "vendor", "CN"),
    actor("nokia", "vendor", "FI"),
    actor("chinese", "group", "CN"),
    actor("putin", "person", "RU"),
    {**actor("as1", "network"), "asn": 1},
    {**actor("as2", "network"), "asn": 2},
]
RAN_4G = {"generations": ["4G"], "segments": ["RAN"], "start": "2020"}
PARTS = [
    said("w1", "one", "market_share", "pl", share=50, basis="SIM cards", start="2022"),
    said("w2", "two", "market_share", "pl", share=30, basis="SIM cards", start="2022"),
]
SHARES = [
    said("s1", "huawei", "vendor_share", "one", share=90, **RAN_4G),
    said("s2", "huawei", "vendor_share", "two", share=0, **RAN_4G),
]


def close(one: Interval, other: Interval) -> bool:
    return one == pytest.approx(other, abs=1e-6)


# Worked by hand --------------------------------------------------------------------------------


def test_reach_by_hand():
    """50 % of users on 90 %, 30 % on none, 20 % unknown."""
    ledger = ledger_of(ACTORS, [*PARTS, *SHARES])
    found = vendor_reach(ledger, "PL", "Huawei", generation="4G", segment="RAN")
    assert close(found.share, Interval(0.45, 0.65))
    assert close(found.of_known, Interval(0.5625, 0.5625))
    assert found.known == pytest.approx(0.8)
    assert close(found.behind, Interval(0.5, 0.7))
    assert set(found.statements) == {"w1", "w2", "s1", "s2"}


def test_a_ban_by_hand():
    ledger = ledger_of(ACTORS, [*PARTS, *SHARES])
    found = ban(ledger, "PL", "huawei", generation="4G", segment="RAN")
    assert close(found.strand, Interval(0, 0.2))
    assert close(found.replace, Interval(0.45, 0.65))
    assert close(found.unaffected, Interval(0.35, 0.55))
    assert close(found.alternatives, Interval(0.05, 0.25))


def test_a_ban_strands_who_has_nothing_else():
    sole = said("s3", "huawei", "vendor_share", "one", share=100, **RAN_4G)
    found = ban(ledger_of(ACTORS, [*PARTS, sole]), "PL", "huawei", generation="4G", segment="RAN")
    assert close(found.strand, Interval(0.5, 1.0))
    assert close(found.replace, Interval(0, 0.5))


def test_a_figure_counts_only_where_it_is_of_the_very_part():
    ledger = ledger_of(ACTORS, [*PARTS, *SHARES])
    whole = vendor_reach(ledger, "PL", "huawei")
    assert whole.share == (0, 1)
    assert whole.of_known is None
    # That one has some in its 4G radio network says that it uses it; that two has none there says
    # nothing of the rest of its network.
    assert close(whole.behind, Interval(0.5, 1))


def test_nothing_known_is_all_unknown():
    found = vendor_reach(ledger_of(ACTORS, []), "PL", "huawei")
    assert found.share == found.behind == (0, 1)
    assert found.of_known is None
    assert ban(ledger_of(ACTORS, []), "PL", "huawei").strand == (0, 1)


def test_supplies_are_uses_of_unknown_share():
    ties = [
        said("t1", "one", "contracts", "huawei", start="2019", generations=["4G", "5G"]),
        said("t2", "huawei", "supplies", "two", start="2019", kind="forecast"),
        said("t3", "two", "partners_with", "nokia", start="2019"),
        said("t4", "one", "contracts", "nokia", start="2019", segments=["cameras"]),
    ]
    ledger = ledger_of(ACTORS, [*PARTS, *ties])
    assert close(vendor_reach(ledger, "PL", "huawei").behind, Interval(0.5, 1))
    assert close(vendor_reach(ledger, "PL", "huawei", generation="5G").behind, Interval(0.5, 1))
    assert vendor_reach(ledger, "PL", "huawei", generation="3G").behind == (0, 1)
    assert vendor_reach(ledger, "PL", "nokia").behind == (0, 1)
    # Within 2019 the contract may not have begun; before, it had not.
    assert vendor_reach(ledger, "PL", "huawei", day="2019-06-01").behind == (0, 1)
    assert "one" not in holdings(ledger, "huawei", day="2018-12-31")
    assert "one" not in holdings(ledger, "nokia")


def test_the_newest_figure_stands_until_a_newer_one():
    figures = [
        said("old", "huawei", "vendor_share", "one", share=10, start="2018"),
        said("new", "huawei", "vendor_share", "one", share=30, start="2020"),
        said("same", "huawei", "vendor_share", "one", share=(20, None), start="2020"),
        said("wrong", "huawei", "vendor_share", "one", share=99, start="2021", status="deprecated"),
        said("boast", "huawei", "vendor_share", "one", share=98, start="2021", kind="quote"),
    ]
    ledger = ledger_of(ACTORS, figures)
    (newest,) = share_figures(ledger)
    assert newest.share == (0.2, 1.0)  # at least 20 %, and 30 %
    assert newest.statements == ("new", "same")
    assert [f.share for f in share_figures(ledger, "2019-07-01")] == [(0.1, 0.1)]
    assert share_figures(ledger, "2017-07-01") == []


def test_groups_and_others_bound_a_share():
    group = said("g", "chinese", "vendor_share", "one", share=60, **RAN_4G)
    other = said("n", "nokia", "vendor_share", "one", share=30, **RAN_4G)
    scope = Scope(("4G",), ("RAN",))
    ledger = ledger_of(ACTORS, [group, other])
    assert holdings(ledger, "huawei", scope)["one"].share == (0, 0.6)
    assert holdings(ledger, "chinese", scope)["one"].share == (0.6, 0.6)
    assert holdings(ledger, "nokia", scope)["one"].share == (0.3, 0.3)


def test_a_contradiction_is_unknown():
    none = said("s", "huawei", "vendor_share", "one", share=0, start="2020")
    tie = said("t", "huawei", "supplies", "one", start="2020")
    held = holdings(ledger_of(ACTORS, [none, tie]), "huawei")["one"]
    assert held.share == (0, 0)
    assert held.uses is None


def test_weights_by_networks_of_a_world():
    runs = [said("r1", "one", "operates", "as1"), said("r2", "two", "operates", "as2")]
    ledger = ledger_of(ACTORS, runs)
    networks = pl.DataFrame(
        {
            "asn": [1, 2, 3, 4],
            "country": ["PL", "DE", "PL", "PL"],
            "ipv4_addresses": [100, 1000, 300, None],
            "members": [1, 1, 1, 5],
        }
    )
    by = {
        weights: {k: w.part for k, w in parts.items()}
        for weights in ("addresses", "networks")
        if (parts := operator_weights(ledger, "PL", weights, networks=networks))
    }
    assert by == {"addresses": {"one": 0.25}, "networks": {"one": 1 / 7}}
    assert operator_weights(ledger, "FR", "addresses", networks=networks) == {}


def test_the_polish_check():
    """Published: 60 % (Strand Consult, 2020), from these shares and operators' parts then."""
    found = vendor_reach(open_ledger(), "PL", "huawei", generation="4G", segment="RAN")
    assert found.of_known == pytest.approx((0.615, 0.615), abs=0.0005)
    assert found.known == pytest.approx(0.964)
    assert found.share == pytest.approx((0.5924, 0.6284))


def test_vendors_by_network():
    runs = [said("r1", "one", "operates", "as1"), said("r2", "two", "operates", "as1")]
    runs.append(said("r3", "abroad", "operates", "as2"))
    day, scope = date(2021, 1, 1), parse_scope("4G", "radio")
    vendors = Vendors(ledger_of(ACTORS, [*SHARES, *runs]))
    assert set(vendors.names()) == {"huawei", "nokia", "zte"}
    # Two operators are said to run the first number; nothing is known of who runs the second.
    assert vendors.users("huawei", day, scope) == set()
    assert Vendors(ledger_of(ACTORS, [*SHARES, runs[0]])).users("Huawei", day, scope) == {1}
    # It is there, so the network as a whole uses it.
    assert Vendors(ledger_of(ACTORS, [*SHARES, runs[0]])).users("Huawei", day) == {1}


# Concentration ---------------------------------------------------------------------------------


def test_concentration_by_hand():
    figures = [
        said("a", "huawei", "vendor_share", "pl", share=60, **RAN_4G),
        said("b", "nokia", "vendor_share", "pl", share=30, **RAN_4G),
    ]
    ledger = ledger_of(ACTORS, figures)
    found = vendor_concentration(ledger, "PL", generation="4G", segment="RAN")
    assert close(found, Interval(0.45, 0.46))  # 10 % are many's, or one's
    assert vendor_concentration(ledger, "PL") is None
    assert vendor_concentration(ledger, "DE", generation="4G", segment="RAN") is None


def test_concentration_takes_operators_where_nothing_is_published():
    ledger = ledger_of(ACTORS, [*PARTS, *SHARES])
    shares = national_shares(ledger, "PL", generation="4G", segment="RAN")
    assert close(shares["huawei"], Interval(0.45, 0.65))


def test_shares_that_contradict_each_other_have_no_concentration():
    figures = [
        said("a", "huawei", "vendor_share", "pl", share=70, start="2020"),
        said("b", "nokia", "vendor_share", "pl", share=70, start="2020"),
    ]
    assert vendor_concentration(ledger_of(ACTORS, figures), "PL") is None


#: Shares in quarters, of which every possibility can be tried.
QUARTERS = [0, 0.25, 0.5, 0.75, 1]
intervals = st.tuples(st.sampled_from(QUARTERS), st.sampled_from(QUARTERS)).map(
    lambda pair: Interval(min(pair), max(pair))
)


def splits(parts: int):
    """Every way to divide one whole into so many parts, in quarters."""
    for cut in itertools.product(range(5), repeat=parts):
        if sum(cut) == 4:
            yield [part / 4 for part in cut]


@given(st.dictionaries(st.sampled_from("abcd"), intervals, max_size=4), st.sets(st.just("a")))
def test_hhi_is_what_all_possibilities_allow(shares, groups):
    if sum(share.least for share in shares.values()) > 1:
        return
    names = list(shares)
    least, most = [], []
    for *parts, rest in splits(len(names) + 1):
        if all(s.least <= p <= s.most for p, s in zip(parts, shares.values(), strict=True)):
            least.append(sum(p**2 for n, p in zip(names, parts, strict=True) if n not in groups))
            most.append(sum(p**2 for p in parts) + rest**2)
    assert close(hhi(shares, groups), Interval(min(least), max(most)))


@given(st.dictionaries(st.sampled_from(["a", "b", "c", "g"]), intervals, max_size=4))
def test_bounds_are_what_all_possibilities_allow(shares):
    """Vendors a and b, others of their group g, vendor c, and all others."""
    groups = {"g": frozenset("ab")}
    possible = []
    for a, b, more, c, _ in splits(5):
        parts = {"a": a, "b": b, "g": a + b + more, "c": c}
        if all(share.least <= parts[n] <= share.most for n, share in shares.items()):
            possible.append(parts)
    for name in "abcg":
        found = bounds(name, shares, groups)
        if possible:
            values = [parts[name] for parts in possible]
            assert close(found, Interval(min(values), max(values)))
        else:
            assert found.least <= found.most


# The twin of reach and ban ------------------------------------------------------------------

_TINY = 1e-9

operators = st.lists(
    st.tuples(st.integers(0, 33), st.none() | intervals, st.booleans()).filter(
        lambda each: each[1:] != (Interval(0, 0), True)  # none of it, and supplied by it
    ),
    max_size=3,
)


def ledger_with(operators) -> object:
    rows = []
    names = ("one", "two", "three")
    for name, (part, share, tied) in zip(names, operators, strict=False):
        rows.append(said(f"w-{name}", name, "market_share", "pl", share=part, basis="subscribers"))
        if share is not None:
            bounds = (share.least * 100, share.most * 100)
            rows.append(said(f"s-{name}", "huawei", "vendor_share", name, share=bounds))
        if tied:
            rows.append(said(f"t-{name}", "huawei", "supplies", name, start="2019"))
    return ledger_of(ACTORS, rows)


def possibilities(share, tied):
    """Every share an operator may have, close to the ends too, and whether it uses the vendor."""
    low, high = share or Interval(0, 1)
    for value in {*(q for q in QUARTERS if low <= q <= high), low + _TINY, high - _TINY}:
        if low <= value <= high and not (tied and value == 0 and high > 0):
            yield value


@given(operators)
def test_sums_are_what_all_possibilities_allow(operators):
    ledger = ledger_with(operators)
    weighed = [(part / 100, share, tied) for part, share, tied in operators]
    weighed.append((1 - sum(part for part, _, _ in weighed), None, False))
    sums = [
        [
            sum(w * f(s) for (w, _, _), s in zip(weighed, values, strict=True))
            for f in (
                lambda s: s,
                lambda s: float(s > 0),
                lambda s: float(s == 1),
                lambda s: s if s < 1 else 0.0,
                lambda s: 1 - s,
                lambda s: 1 - s if s > 0 else 0.0,
            )
        ]
        for values in itertools.product(*(possibilities(s, tied) for _, s, tied in weighed))
    ]
    expected = [Interval(min(column), max(column)) for column in zip(*sums, strict=True)]
    reach, banned = vendor_reach(ledger, "PL", "huawei"), ban(ledger, "PL", "huawei")
    found = [
        reach.share,
        reach.behind,
        banned.strand,
        banned.replace,
        banned.unaffected,
        banned.alternatives,
    ]
    for one, other in zip(found, expected, strict=True):
        assert close(one, other)


@given(st.lists(intervals, min_size=1))
def test_add_and_hull(parts):
    assert add(parts) == (sum(p.least for p in parts), sum(p.most for p in parts))
    assert all(hull(parts).least <= p.least <= p.most <= hull(parts).most for p in parts)
    assert hull(parts).least in {p.least for p in parts}


# Bad input -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"vendor": "huawai"}, "did you mean Huawei"),
        ({"vendor": "putin"}, "is no vendor but of kind 'person'"),
        ({"generation": "6G"}, "unknown generation '6G'"),
        ({"segment": "roof"}, "unknown segment 'roof'"),
        ({"day": "2019-02-30"}, "February 2019 has 28 days"),
        ({"weights": "money"}, "unknown weights 'money'"),
        ({"weights": "addresses"}, "need the networks of a world"),
    ],
)
def test_what_makes_no_sense(wrong, message):
    asked = {"vendor": "huawei"} | wrong
    with pytest.raises(MisuseError, match=message):
        vendor_reach(ledger_of(ACTORS, PARTS), "PL", asked.pop("vendor"), **asked)


def test_countries_are_codes():
    with pytest.raises(MisuseError, match="unknown country code 'pl'; did you mean PL"):
        vendor_reach(ledger_of(ACTORS, PARTS), "pl", "huawei")


def test_parts_of_more_than_all():
    much = said("w3", "three", "market_share", "pl", share=90, basis="SIM cards", start="2022")
    with pytest.raises(MisuseError, match=r"have 170.0% of its SIM cards together"):
        vendor_reach(ledger_of(ACTORS, [*PARTS, much]), "PL", "huawei")
