"""Addresses of networks and their countries, against a twin that looks at every address."""

from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from splinternet.world import addresses
from splinternet.world.addresses import Holdings

SPACE = 48
END = 2**32 - 1


def origins(rows):
    return pl.DataFrame(
        rows, schema={"first": pl.Int64, "last": pl.Int64, "asn": pl.UInt32}, orient="row"
    )


def territories(rows):
    return pl.DataFrame(
        rows, schema={"first": pl.Int64, "last": pl.Int64, "country": pl.String}, orient="row"
    )


def most_specific(ranges, address):
    """Return the smallest range around an address, of equally small ones the first."""
    around = [(last - first, first, last) for first, last in ranges if first <= address <= last]
    return min(around)[1:] if around else None


def shared_out(amount, asns):
    """Divide an amount equally; what is left over goes to the lowest numbers."""
    each, left = divmod(amount, len(asns))
    return {asn: each + (place < left) for place, asn in enumerate(sorted(asns))}


def slow_counts(rows):
    owners = {}
    for first, last, asn in rows:
        owners.setdefault((first, last), set()).add(asn)
    owned = Counter(most_specific(owners, address) for address in range(SPACE))
    counts = dict.fromkeys(sorted({asn for _, _, asn in rows}), 0)
    for where, asns in owners.items():
        for asn, part in shared_out(owned[where], asns).items():
            counts[asn] += part
    return counts


def slow_countries(rows, places):
    owners, countries = {}, {}
    for first, last, asn in rows:
        owners.setdefault((first, last), set()).add(asn)
    for first, last, country in places:
        countries.setdefault((first, last), country)
    held = Counter()
    for address in range(SPACE):
        where, place = most_specific(owners, address), most_specific(countries, address)
        if where and place:
            held[where, countries[place]] += 1
    total = Counter()
    for (where, country), amount in held.items():
        for asn, part in shared_out(amount, owners[where]).items():
            total[asn, country] += part
    found = {}
    for (asn, country), amount in sorted(total.items(), key=lambda item: (-item[1], item[0][1])):
        if amount:
            found.setdefault(asn, country)
    return dict(sorted(found.items()))


ends = st.tuples(st.integers(0, SPACE - 1), st.integers(0, SPACE - 1)).map(sorted)
some_origins = st.lists(
    st.tuples(ends, st.integers(1, 6)).map(lambda x: (*x[0], x[1])), min_size=0, max_size=30
)
some_territories = st.lists(
    st.tuples(ends, st.sampled_from(["CU", "IR", "RU"])).map(lambda x: (*x[0], x[1])), max_size=12
)


@given(some_origins)
def test_counts_equal_those_of_the_slow_twin(rows):
    counts = Holdings(origins(rows)).address_counts()
    assert dict(counts.rows()) == slow_counts(rows)
    covered = {a for first, last, _ in rows for a in range(first, last + 1)}
    assert counts["ipv4_addresses"].sum() == len(covered)


@given(some_origins, some_territories)
def test_countries_equal_those_of_the_slow_twin(rows, places):
    found = Holdings(origins(rows)).main_countries(territories(places))
    assert dict(found.rows()) == slow_countries(rows, places)
    assert found["asn"].is_sorted()


@given(some_origins, st.integers(1, 5))
def test_drawing_in_small_batches_changes_nothing(rows, at_once):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(addresses, "_AT_ONCE", at_once)
        assert dict(Holdings(origins(rows)).address_counts().rows()) == slow_counts(rows)


def test_a_more_specific_prefix_takes_its_addresses_from_the_one_around_it():
    rows = [(0, 65535, 10), (0, 255, 20), (0, 15, 30)]
    assert Holdings(origins(rows)).address_counts().rows() == [(10, 65280), (20, 240), (30, 16)]


def test_a_network_whose_range_is_covered_wholly_has_none():
    rows = [(0, 7, 10), (0, 3, 20), (4, 7, 30)]
    assert Holdings(origins(rows)).address_counts().rows() == [(10, 0), (20, 4), (30, 4)]


def test_several_origins_share_a_range_and_the_lowest_get_the_rest():
    rows = [(0, 255, 30), (0, 255, 10), (0, 255, 20), (0, 255, 30)]
    assert Holdings(origins(rows)).address_counts().rows() == [(10, 86), (20, 85), (30, 85)]


def test_of_ranges_that_overlap_partly_the_smaller_holds_the_common_part():
    assert Holdings(origins([(0, 9, 10), (8, 12, 20)])).address_counts().rows() == [
        (10, 8),
        (20, 5),
    ]
    assert Holdings(origins([(0, 4, 10), (3, 7, 20)])).address_counts().rows() == [(10, 5), (20, 3)]


def test_the_whole_address_space_fits():
    rows = [(0, END, 10), (END, END, 20)]
    assert Holdings(origins(rows)).address_counts().rows() == [(10, END), (20, 1)]


def test_the_country_is_where_most_addresses_are_and_ties_go_by_the_alphabet():
    rows = [(0, 9, 10), (100, 103, 20), (900, 950, 30)]
    places = [(0, 3, "RU"), (4, 9, "KZ"), (100, 101, "RU"), (102, 103, "KZ")]
    assert Holdings(origins(rows)).main_countries(territories(places)).rows() == [
        (10, "KZ"),
        (20, "KZ"),
    ]


def test_only_the_addresses_a_network_really_holds_tell_its_country():
    rows = [(0, 99, 10), (0, 89, 20)]
    places = [(0, 89, "RU"), (90, 99, "KZ")]
    assert Holdings(origins(rows)).main_countries(territories(places)).rows() == [
        (10, "KZ"),
        (20, "RU"),
    ]
