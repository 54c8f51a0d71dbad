"""Addresses that count where they are."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budgets import few
from graphs import make_world
from nations import nations
from splinternet.base.choices import Counting
from splinternet.base.errors import InputError, MisuseError, WorldError
from splinternet.measures.catalogue import find_measure
from splinternet.measures.concentration import concentration, foreign_providers
from splinternet.measures.cti import cti
from splinternet.measures.dependence import depend
from splinternet.measures.dependents import dependents
from splinternet.measures.nation import ends, in_country
from splinternet.world.addresses import Holdings
from splinternet.world.build import build_world
from splinternet.world.located import Located, interpolated
from splinternet.world.schema import TABLES
from splinternet.world.world import World

LINKS = [(1, 2, "p2c"), (1, 3, "p2c"), (4, 1, "p2c"), (4, 5, "p2c")]
LOCATED = [(2, "EE", 100), (2, "LV", 300), (3, "EE", 50), (1, "SE", 900), (1, "EE", 10)]


def located_world(rows=LOCATED) -> World:
    """Two networks of the Baltics, a carrier of Sweden with addresses in one, and two abroad."""
    made = make_world(
        LINKS,
        country={1: "SE", 2: "EE", 3: "EE", 4: "US", 5: "EE"},
        ipv4_addresses={1: 910, 2: 400, 3: 50, 4: 10, 5: 7},
        users={2: 80},
    )
    table = pl.DataFrame(rows, schema=TABLES["located"].schema, orient="row")
    return World(made.manifest, made.networks, made.links, located=table)


def side(frame: pl.DataFrame) -> dict[int, float]:
    return dict(frame.rows())


@pytest.mark.parametrize(
    ("weights", "home"),
    [
        ("addresses", {1: 10.0, 2: 100.0, 3: 50.0, 5: 7.0}),
        ("networks", {1: 1.0, 2: 1.0, 3: 1.0, 5: 1.0}),
        ("users", {1: 0.0, 2: 20.0, 3: 0.0, 5: 0.0}),
    ],
)
def test_ends_by_location(weights, home):
    """Each network counts by what it has in the nation; where nothing is located, as registered."""
    chosen = Counting(weights=weights, where="located")
    abroad, nation = ends(located_world(), "EE", chosen)
    assert side(nation) == home
    # The home of 2 is Latvia, of 1 Sweden: both look from abroad.
    assert set(abroad["asn"]) == {1, 2, 4}
    assert set(in_country(located_world(), "EE", "located")) == {3, 5}


def test_registration_is_the_default():
    abroad, nation = ends(located_world(), "EE", Counting())
    assert side(nation) == {2: 400.0, 3: 50.0, 5: 7.0}
    assert set(abroad["asn"]) == {1, 4}


def test_what_a_network_sends_itself_is_no_traffic():
    """A carrier with customers abroad and addresses at home is at both ends."""
    shares = depend(located_world(), "EE", where="located")
    by_asn = dict(shares.select("asn", "share").rows())
    # Of pairs (from 1, 2 or 4 to 1, 2, 3 or 5) those whose path passes 1 between its ends.
    offered = sum(w for s in (1, 2, 4) for d, w in {1: 10, 2: 100, 3: 50, 5: 7}.items() if s != d)
    passed = (50 + 7) + (100 + 50)  # from 2 to 3 and 5; from 4 to 2 and 3
    assert by_asn[1] == pytest.approx(passed / offered)


@given(st.lists(st.tuples(st.sampled_from([1, 2, 5]), st.sampled_from(["EE", "SE"])), unique=True))
def test_providers_of_networks_that_are_in_the_nation(places):
    """Each link to a network whose home is the nation, from one whose home is not."""
    world = located_world(
        [(4, "US", 1), (3, "EE", 50), *((asn, land, 10 * asn) for asn, land in places)]
    )
    # Of equal numbers the first nation by code counts; what is not located is as registered.
    home = {asn for asn in (2, 3, 5) if (asn, "SE") not in places}
    home |= {asn for asn, land in places if land == "EE"}
    shares = depend(world, "EE", where="located")
    sell = {a for a, b, kind in LINKS if kind == "p2c" and b in home and a not in home}
    expected = {asn: share for asn, share in shares.select("asn", "share").rows() if asn in sell}
    found = foreign_providers(world, "EE", where="located")
    assert side(found.select("asn", "share")) == {a: s for a, s in expected.items() if s > 0}
    index = concentration(world, "EE", shares, where="located")
    assert (index.hhi if index else 0) == pytest.approx((found["part"] ** 2).sum())


def test_vantages_of_cti_are_abroad():
    table = cti(located_world(), "LV", where="located", vantages="all")
    assert set(table["asn"]) <= {1, 4}


def test_needs_located_addresses():
    with pytest.raises(WorldError, match="import a world with located="):
        depend(located_world([]), "EE", where="located")
    with pytest.raises(WorldError, match="no addresses in Gabon"):
        depend(located_world(), "GA", where="located")
    with pytest.raises(MisuseError, match="no use for where"):
        dependents(located_world(), "EE", where="located")


#: Measures of a nation's border and of what fails within it.
BORDERS = ("continuity", "control", "crp", "cut", "grp", "reliability")


@few
@given(nations(), st.data())
def test_borders_are_those_of_a_world_registered_anew(nation, data):
    """By location: as if each network were registered where most of its addresses are.

    The nation's own would then have the addresses that are in it, and nothing else.
    """
    spread = st.dictionaries(st.sampled_from(["CU", "US", "DE"]), st.integers(1, 9), max_size=3)
    located = {asn: data.draw(spread) for asn in nation.graph.asns}
    rows = [(asn, land, n) for asn, lands in located.items() for land, n in sorted(lands.items())]
    assume(rows)
    table = pl.DataFrame(rows, schema=TABLES["located"].schema, orient="row")
    # Prefixes tell both tables, so that no world knows where addresses are but not how many.
    networks = nation.world.networks.with_columns(pl.col("ipv4_addresses").fill_null(0))
    world = World(nation.world.manifest, networks, nation.world.links, located=table)
    home = dict(nation.country)
    addresses = {asn: nation.columns["ipv4_addresses"].get(asn) or 0 for asn in nation.graph.asns}
    for asn, lands in located.items():
        if lands:
            home[asn] = min(lands, key=lambda land: (-lands[land], land))
            if home[asn] == "CU":
                addresses[asn] = lands["CU"]
    anew = make_world(
        nation.links, nation.graph.asns, country=home, ipv4_addresses=addresses, users=addresses
    )
    weights = data.draw(st.sampled_from(["addresses", "networks"]))
    for name in BORDERS:
        measure = find_measure(name)
        weighed = {"weights": weights} if "weights" in measure.takes.names else {}
        found = _told(measure.table, world, where="located", **weighed)
        expected = _told(measure.table, anew, **weighed)
        assert len(found) == len(expected), (name, found, expected)
        for one, other in zip(found, expected, strict=True):
            # Parts of traffic are float32.
            assert one == tuple(
                pytest.approx(each, abs=1e-5) if isinstance(each, float) else each for each in other
            ), name


def _told(table, world, **options):
    """The rows of a measure of Cuba, or one that says why there are none."""
    try:
        return table(world, "CU", **options).rows()
    except WorldError as error:
        return [(str(error).split(";")[0],)]


_RANGES = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda r: (r[0], r[0] + r[1]))


@given(
    st.lists(st.tuples(_RANGES, st.integers(1, 4)), min_size=1, max_size=12),
    st.lists(st.tuples(_RANGES, st.sampled_from(["EE", "LV"])), min_size=1, max_size=8),
)
def test_located_address_by_address(origins, lands):
    """Each address is in the smallest range of a country that contains it, the first of equals."""
    schema = {"first": pl.Int64, "last": pl.Int64, "asn": pl.UInt32}
    origins = list({r: (r, asn) for r, asn in origins}.values())  # one origin each
    held = Holdings(pl.DataFrame([(*r, a) for r, a in origins], schema=schema, orient="row"))
    territories = pl.DataFrame(
        [(*r, c) for r, c in lands], schema={"first": pl.Int64, "last": pl.Int64, "country": str},
        orient="row",
    )  # fmt: skip
    expected: dict[tuple[int, str], int] = {}
    for address in range(90):
        owner, land = _smallest(address, origins), _smallest(address, lands)
        if owner is not None and land is not None:
            expected[owner, land] = expected.get((owner, land), 0) + 1
    assert {(a, c): n for a, c, n in held.located(territories).rows()} == expected


def _smallest(address, ranges):
    of = {}
    for span, value in ranges:
        of.setdefault(span, value)
    inside = [(b - a, a, value) for (a, b), value in of.items() if a <= address <= b]
    return min(inside, key=lambda each: each[:2])[2] if inside else None


@pytest.fixture
def files(tmp_path):
    """Relationships, and a prefix of a network that lies in two countries."""
    texts = {
        "as_rel": "10|20|-1\n",
        "prefixes": "192.0.2.0\t24\t10\n198.51.100.0\t24\t20\n",
        "located": "range;country\n192.0.2.0-192.0.2.63;EE\n192.0.2.0/24;Latvia\n8.8.8.8;US\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    return {name: [tmp_path / name] for name in texts}


def test_import_of_located_ranges(files, tmp_path):
    world, report = build_world("2019-12-01", **files)
    assert world.located.rows() == [(10, "EE", 64), (10, "LV", 192)]
    world.save(tmp_path / "w")
    assert World.open(tmp_path / "w").located.equals(world.located)
    assert [item.used_for for item in report.inputs][-1] == "located"


_DAYS = st.one_of(st.none(), st.dates(date(2015, 1, 1), date(2025, 1, 1)))
_PLACES = st.dictionaries(
    st.tuples(st.integers(1, 3), st.sampled_from(["EE", "LV"])), st.integers(1, 900), max_size=5
)


@given(
    st.lists(st.tuples(_DAYS, _PLACES), max_size=4), st.dates(date(2018, 1, 1), date(2020, 1, 1))
)
def test_located_network_by_network(files, day):
    """The nearest file of either side that has a network counts by its nearness."""
    expected: dict[tuple[int, str], float] = {}
    for asn in (1, 2, 3):
        ends = {}
        for number, (of, places) in enumerate(files):
            gap = ((of or day) - day).days
            its = {place: n for (network, place), n in places.items() if network == asn}
            if its:
                ends.setdefault(gap > 0, []).append((abs(gap), number, its))
        nearest = {side: min(several) for side, several in ends.items()}
        span = sum(gap for gap, _, _ in nearest.values())
        for gap, _, its in nearest.values():
            share = 1 - Fraction(gap, span) if len(nearest) == 2 else 1
            for place, n in its.items():
                expected[asn, place] = expected.get((asn, place), 0) + share * n
    schema = TABLES["located"].schema
    found = interpolated(
        [
            Located(pl.DataFrame([(*k, n) for k, n in each.items()], schema, orient="row"), of)
            for of, each in files
        ],
        day,
    )
    got = {(asn, place): n for asn, place, n in found.rows()}
    assert set(got) <= set(expected)
    assert all(abs(got.get(place, 0) - n) <= 0.5 + 1e-6 for place, n in expected.items())


def test_where_networks_are_by_files_of_two_dates(files, tmp_path):
    """A file that has the country of most addresses of networks, and of later than the world."""
    (tmp_path / "prefixes").rename(tmp_path / "prefixes-20181201")
    later = tmp_path / "networks-20201201.csv"
    later.write_text("asn,name,country,ipv4_addresses\n10,One,LV,400\n20,Two,FI,99\n")
    given = files | {
        "prefixes": [tmp_path / "prefixes-20181201"],
        "located": [*files["located"], later],
    }
    world, _ = build_world("2019-12-01", **given)
    half = 366 / (365 + 366)  # 2020 has a day more
    assert world.located.rows() == [
        (10, "EE", round(64 * half)),
        (10, "LV", round(192 * half + 400 * (1 - half))),
        (20, "FI", 99),
    ]


def test_registry_files_do_not_locate(files, tmp_path):
    path = tmp_path / "delegated"
    path.write_text("2|ripencc|1575158399|1|19830705|20191130|+0100\nripencc|EE|asn|10|1|1997|x\n")
    with pytest.raises(InputError, match="cannot serve --located"):
        build_world("2019-12-01", **files | {"located": [path]})


@pytest.mark.parametrize("bad", ["192.0.2.0/33", "192.0.2.9-192.0.2.1", "2001:db8::/32", "x"])
def test_bad_ranges_are_named(files, bad):
    files["located"][0].write_text(f"prefix,country\n192.0.2.0/24,EE\n{bad},EE\n")
    with pytest.raises(InputError, match=r"3.*IPv4"):
        build_world("2019-12-01", **files)
