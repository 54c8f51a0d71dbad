"""The published files themselves: what is in them, counted. Skipped where they are absent."""

import polars as pl
import pytest

from splinternet.base.errors import InputError
from splinternet.world.build import build_world
from splinternet.world.world import World

INFO, PREFIXES = "as-info/", "prefixes/"
IHR = INFO + "ihr-classified-as-20191119.txt.gz"
AS_RANK = INFO + "asrank-202003.csv.gz"
LIBLOC = INFO + "libloc-as-20221029.csv.gz"
PFX2AS = PREFIXES + "routeviews-rv2-20170329-0200.pfx2as.gz"
ASN_RANGES = PREFIXES + "ip-location-db-asn-ipv4-num-20260617.csv.gz"
COUNTRY_RANGES = PREFIXES + "ip-location-db-asn-country-ipv4-num-20260617.csv.gz"
EXCHANGES = ("ixp/rghvv_ixs_201910.json.gz", "ixp/rghvv_ix-asns_201910.json.gz")


def at(folder, *names):
    return [folder / name for name in names]


@pytest.fixture(scope="module")
def september_2025(shared):
    return build_world(
        "2025-09-01",
        as_rel=at(shared, "as-rel/20250901.as-rel2.txt.bz2"),
        as_country=at(shared, IHR, AS_RANK, LIBLOC, COUNTRY_RANGES),
        as_names=at(shared, AS_RANK, LIBLOC, ASN_RANGES),
        prefixes=at(shared, ASN_RANGES, LIBLOC),
    )


def test_december_2019(december_2019_import):
    world, report = december_2019_import
    assert world.networks.height == 67_026
    assert world.links["kind"].value_counts().sort("kind")["count"].to_list() == [132_428, 299_983]
    assert world.exchanges.height == 783
    assert world.exchange_members.height == 36_465
    assert report.known == {
        "name": 61_273,
        "org": 66_287,
        "country": 66_984,
        "ipv4_addresses": 65_686,
        "users": 0,
    }
    assert world.networks["ipv4_addresses"].sum() == 2_885_802_792


def test_september_2025(september_2025):
    world, report = september_2025
    assert world.networks.height == 78_643
    assert world.links["kind"].value_counts().sort("kind")["count"].to_list() == [161_166, 409_530]
    assert report.known == {
        "name": 76_890,
        "org": 55_766,
        "country": 78_281,
        "ipv4_addresses": 77_169,
        "users": 0,
    }
    assert world.networks["ipv4_addresses"].sum() == 3_287_656_555


@pytest.mark.parametrize(
    ("asn", "country", "called"),
    [
        (12389, "RU", "Rostelecom"),
        (11960, "CU", "Telecomunicaciones de Cuba"),
        (4134, "CN", "Chinanet"),
        (3356, "US", "Level 3"),
    ],
)
def test_well_known_networks(december_2019, asn, country, called):
    row = december_2019.networks.row(by_predicate=pl.col("asn") == asn, named=True)
    assert row["country"] == country
    assert called.casefold() in f"{row['name']} {row['org']}".casefold()


def test_every_line_about_networks_is_accounted_for(december_2019_import):
    _, report = december_2019_import
    for item in report.inputs:
        assert all(n > 0 for n in item.skipped.values())
        if item.format in {"IHR classified AS", "CAIDA AS Rank", "libloc networks"}:
            assert 0 <= sum(item.skipped.values()) <= item.read


def test_a_real_world_opens_as_it_was_saved(december_2019, tmp_path):
    december_2019.save(tmp_path / "2019-12")
    opened = World.open(tmp_path / "2019-12")
    assert opened.networks.equals(december_2019.networks)
    assert opened.links.equals(december_2019.links)


@pytest.mark.parametrize(
    ("day", "networks", "links", "again"),
    [
        ("19980101", 3_233, 5_773, 0),
        ("20150101", 46_172, 176_994, 6),
        ("20190701", 65_438, 345_300, 0),
    ],
)
def test_older_relationships(shared, day, networks, links, again):
    world, report = build_world("2019-01-01", at(shared, f"as-rel/{day}.as-rel.txt.bz2"))
    assert (world.networks.height, world.links.height) == (networks, links)
    assert sum(report.inputs[0].skipped.values()) == again


def test_june_2018_lists_its_clique_both_ways_round_and_holds_cycles(shared):
    files = at(shared, "as-rel/20180601.as-rel.txt.bz2")
    with pytest.raises(InputError, match="AS10391 > AS18747 > AS52468 > AS10391 is a cycle"):
        build_world("2018-06-01", files)
    world, report = build_world("2018-06-01", files, repair=True)
    assert report.inputs[0].skipped == {"listed again": 158, "closes a cycle of providers": 8}
    assert world.manifest.repaired == {"closes a cycle of providers": 8}
    assert world.links.height == 287_374 - 158 - 8
    assert "close cycles of providers and customers: 8 (the fewest)" in report.notes[0]
    assert "(the fewest)" in report.notes[0]
