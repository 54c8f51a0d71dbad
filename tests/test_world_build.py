"""From published files to a world and the report of what each of them gave."""

import datetime
import hashlib

import pytest

from formats import (
    AS_ORG2INFO,
    AS_RANK,
    AS_REL_1,
    AS_REL_2,
    ASN_RANGES,
    COUNTRY_RANGES,
    IHR,
    IX_ASNS,
    IXS,
    LIBLOC,
    PFX2AS,
    RIR,
)
from splinternet.base.errors import InputError, MisuseError
from splinternet.world.build import build_world
from splinternet.world.given import kept_files

LINKS = "10|20|0|bgp\n10|100|-1|bgp\n20|100|-1|bgp\n20|200|-1|bgp\n300|200|0|mlp\n"


@pytest.fixture
def given(tmp_path):
    """Write texts to numbered files."""
    written = []

    def write(text):
        written.append(tmp_path / f"file{len(written)}.txt")
        written[-1].write_text(text, encoding="utf-8")
        return written[-1]

    return write


def column(world, name):
    return dict(world.networks.select("asn", name).rows())


def used(report, option):
    return [item for item in report.inputs if item.used_for == option]


def test_relationships_alone_make_a_world(given):
    world, report = build_world("2019-12-01", [given(AS_REL_2)])
    assert world.networks.rows() == [
        (asn, None, None, None, None, None, None, 1) for asn in (10, 20, 100, 200, 300)
    ]
    assert world.links["a", "b", "kind", "evidence"].rows() == [
        (10, 20, "p2p", "bgp"),
        (10, 100, "p2c", "bgp,mlp"),
        (20, 200, "p2c", "bgp"),
        (200, 300, "p2p", "mlp"),
    ]
    assert (report.networks, report.links, report.exchanges) == (5, 4, 0)
    assert set(report.known.values()) == {0}


def test_the_manifest_says_where_everything_came_from(given):
    links, countries = given(AS_REL_1), given(IHR)
    world, report = build_world("2019-12-01", [links], as_country=[countries])
    manifest = world.manifest
    assert (manifest.name, manifest.date, manifest.kind) == ("2019-12", "2019-12-01", "full")
    switches = ("repair", "override", "keep_reserved", "told_countries")
    told = {"joined": [], "clique": [10, 20], "route_servers": [1200]}
    assert manifest.parameters == dict.fromkeys(switches, False) | told
    assert manifest.inputs == report.inputs
    first, second = manifest.inputs
    assert (first.file, first.used_for, first.read) == (links.name, "as-rel", 6)
    assert first.format == "AS relationships, serial-1"
    assert first.skipped == {"private or reserved AS number": 1}
    assert first.notes == ()
    assert first.sha256 == hashlib.sha256(links.read_bytes()).hexdigest()
    assert first.bytes == links.stat().st_size
    assert "CAIDA" in first.citation
    assert second.used_for == "as-country"


@pytest.mark.parametrize(
    ("name", "noted"),
    [
        ("users-2021-02.csv", ()),
        ("users-202102.csv", ()),
        ("users.csv", ()),
        ("users-20190230.csv", ()),  # no day of any month
        (
            "users-20190131-of-20190228.csv",
            ("of February 2019, 14 months before the world's date",),
        ),
        ("users_2021.06.01.csv", ("of June 2021, 14 months after the world's date",)),
    ],
)
def test_a_file_of_another_date_is_noted(given, tmp_path, name, noted):
    users = tmp_path / name
    users.write_text("asn,country,users\n10,DE,5\n")
    links = given(LINKS)
    world, report = build_world("2020-04-01", [links], users=[users], other_dates=[links])
    assert used(report, "users")[0].notes == noted
    assert world.manifest.inputs == report.inputs


def test_a_registry_s_file_tells_its_own_date(given):
    world, _ = build_world("2024-01-01", [given(LINKS)], as_country=[given(RIR)])
    (notes,) = (item.notes for item in world.manifest.inputs if item.used_for == "as-country")
    assert notes == ("of November 2019, 50 months before the world's date",)


def test_a_name_and_a_date_object_may_be_given(given):
    world, _ = build_world(datetime.date(2019, 12, 1), [given(LINKS)], name="mine")
    assert (world.manifest.name, world.manifest.date) == ("mine", "2019-12-01")


@pytest.mark.parametrize("date", ["2019-13-01", "2019-12", "December", "", "2019-02-30"])
def test_a_date_that_is_none_is_refused(given, date):
    with pytest.raises(MisuseError, match="is no date; give it as YYYY-MM-DD"):
        build_world(date, [given(LINKS)])


def test_relationships_are_needed(given):
    with pytest.raises(MisuseError, match="give one as as_rel="):
        build_world("2019-12-01", [], as_country=[given(IHR)])


def test_later_files_fill_what_earlier_ones_left_unknown(given):
    world, report = build_world(
        "2019-12-01",
        [given(LINKS)],
        as_country=[given(IHR), given(AS_RANK), given(LIBLOC)],
        as_names=[given(AS_RANK), given(LIBLOC)],
    )
    assert column(world, "country") == {10: "RU", 20: "SE", 100: "KZ", 200: "FI", 300: None}
    assert column(world, "org")[10] == "First Carrier, LLC"
    assert column(world, "org")[100] is None
    assert column(world, "name") == {
        10: "FIRST",
        20: "Second, Inc.",
        100: None,
        200: 'ООО "Остров"',
        300: None,
    }
    assert report.known == {"name": 3, "org": 3, "country": 4, "ipv4_addresses": 0, "users": 0}


def test_each_option_takes_only_what_it_is_for(given):
    libloc = given(LIBLOC)
    countries, _ = build_world("2019-12-01", [given(LINKS)], as_country=[libloc])
    assert column(countries, "name")[10] is None
    assert column(countries, "ipv4_addresses")[10] is None
    names, _ = build_world("2019-12-01", [given(LINKS)], as_names=[libloc])
    assert column(names, "country")[10] is None
    assert column(names, "name")[10] == "FIRST"
    addresses, _ = build_world("2019-12-01", [given(LINKS)], prefixes=[libloc])
    assert column(addresses, "country")[10] is None
    assert column(addresses, "ipv4_addresses") == {10: 1024, 20: 512, 100: 256, 200: 0, 300: None}


def test_lines_read_are_used_or_skipped_for_a_reason(given):
    _, report = build_world(
        "2019-12-01", [given(LINKS)], as_country=[given(IHR + "10 Other US\n"), given(AS_RANK)]
    )
    first, second = used(report, "as-country")
    assert first.read == 6
    assert first.skipped == {
        "not an ISO 3166-1 country (EU, ZZ)": 2,
        "network listed again": 1,
        "network not in the relationships": 1,
    }
    assert second.read == 4
    assert second.skipped == {
        "not an ISO 3166-1 country (EU)": 1,
        "network known from an earlier file": 2,
    }


def test_countries_of_one_file_are_no_business_of_its_names(given):
    _, report = build_world("2019-12-01", [given(LINKS)], as_names=[given(LIBLOC)])
    assert used(report, "as-names")[0].skipped == {"no name": 1}


def test_a_name_that_is_only_the_own_number_is_none_and_the_next_file_is_asked(given):
    first = "asn,name\n10,AS10\n20,as-20\n100,100\n200,AS10\n"
    second = "asn,name\n10,Ten\n20,Twenty\n200,Two hundred\n"
    world, report = build_world(
        "2019-12-01", [given(LINKS)], as_names=[given(first), given(second)]
    )
    names = {10: "Ten", 20: "Twenty", 100: None, 200: "AS10", 300: None}
    assert column(world, "name") == names
    assert used(report, "as-names")[0].skipped == {"no name": 3}


def test_organisations_and_registries(given):
    world, report = build_world(
        "2019-12-01",
        [given(LINKS)],
        as_country=[given(AS_ORG2INFO), given(RIR)],
        as_names=[given(AS_ORG2INFO)],
    )
    assert column(world, "country") == {10: "RU", 20: "US", 100: "KZ", 200: None, 300: None}
    assert column(world, "name")[200] == "NOWHERE-AS"
    assert column(world, "org")[200] == "Nowhere"
    assert used(report, "as-country")[0].skipped == {"no country": 2}
    assert used(report, "as-country")[1].skipped["IPv4 or IPv6 record"] == 3


def test_addresses_from_prefixes(given):
    world, report = build_world(
        "2019-12-01", [given(LINKS)], prefixes=[given(PFX2AS), given(ASN_RANGES)]
    )
    counts = column(world, "ipv4_addresses")
    assert counts == {10: 65536 - 512 + 128, 20: 128, 100: 256, 200: None, 300: None}
    assert used(report, "prefixes")[0].skipped == {
        "prefix shorter than /8": 1,
        "AS set as origin": 1,
    }
    assert used(report, "prefixes")[1].skipped == {
        "not routed (AS0)": 1,
        "network known from an earlier file": 2,
    }


def test_country_ranges_work_through_the_prefixes(given):
    world, report = build_world(
        "2019-12-01",
        [given(LINKS)],
        as_country=[given(COUNTRY_RANGES)],
        prefixes=[given(ASN_RANGES)],
    )
    assert column(world, "country") == {10: "KZ", 20: "SE", 100: None, 200: None, 300: None}
    assert report.known["country"] == 2


@pytest.mark.parametrize("prefixes", [None, LIBLOC])
def test_country_ranges_need_ranges_of_networks(given, prefixes):
    files = [given(prefixes)] if prefixes else []
    with pytest.raises(InputError, match="give these with prefixes="):
        build_world(
            "2019-12-01", [given(LINKS)], as_country=[given(COUNTRY_RANGES)], prefixes=files
        )


def test_exchanges_and_members_in_any_order(given):
    for files in ([given(IXS), given(IX_ASNS)], [given(IX_ASNS), given(IXS)]):
        world, report = build_world("2019-12-01", [given(LINKS)], exchanges=files)
        assert world.exchanges["exchange"].to_list() == [1, 2, 3]
        assert world.exchange_members.rows() == [(1, 10), (2, 20)]
        assert report.exchanges == 3
        members = next(item for item in report.inputs if item.format == "CAIDA IXPs, members")
        assert members.skipped == {
            "AS number not known": 1,
            "listed again": 1,
            "exchange not known": 1,
            "network not in the relationships": 1,
        }


def test_the_same_exchanges_twice_are_counted_once(given):
    ixs, members = given(IXS), given(IX_ASNS)
    world, report = build_world(
        "2019-12-01", [given(LINKS)], exchanges=[ixs, members, given(IXS), given(IX_ASNS)]
    )
    assert world.exchange_members.rows() == [(1, 10), (2, 20)]
    again = used(report, "exchanges")[2:]
    assert again[0].skipped["exchange known from an earlier file"] == 3
    assert again[1].skipped["member known from an earlier file"] == 2


@pytest.mark.parametrize(
    ("option", "text", "belongs"),
    [
        ("as_rel", IHR, "--as-country"),
        ("as_country", AS_REL_1, "--as-rel or --other-dates"),
        ("as_country", PFX2AS, "--prefixes"),
        ("as_names", IHR, "--as-country"),
        ("as_names", COUNTRY_RANGES, "--as-country or --located"),
        ("prefixes", AS_RANK, "--as-country or --as-names"),
        ("prefixes", COUNTRY_RANGES, "--as-country or --located"),
        ("exchanges", LIBLOC, "--as-country or --as-names or --prefixes or --located"),
    ],
)
def test_a_file_for_another_option_is_refused(given, option, text, belongs):
    wrong = given(text)
    files = {"as_rel": [given(LINKS)], option: [wrong]}
    with pytest.raises(InputError) as error:
        build_world("2019-12-01", **files)
    assert str(error.value).startswith(f"{wrong}: ")
    assert str(error.value).endswith(f"give it with {belongs}")


def test_a_pair_with_two_relationships_is_an_error_that_names_both_lines(given):
    path = given("# c\n10|20|-1|bgp\n10|30|0|bgp\n20|10|0|mlp\n")
    with pytest.raises(InputError) as error:
        build_world("2019-12-01", [path])
    assert error.value.line == 4
    assert "'20|10|0|mlp' contradicts '10|20|-1|bgp' in line 2" in str(error.value)
    assert "repair=True" in str(error.value)


@pytest.mark.parametrize("later", ["20|10|-1", "10|20|0", "20|10|0"])
def test_with_repair_the_first_statement_holds(given, later):
    path = given(f"10|20|-1\n{later}\n20|30|-1\n")
    with pytest.raises(InputError, match="contradicts"):
        build_world("2019-12-01", [path])
    world, report = build_world("2019-12-01", [path], repair=True)
    assert world.links.select("a", "b", "kind").rows() == [(10, 20, "p2c"), (20, 30, "p2c")]
    assert report.inputs[0].skipped == {"contradicts an earlier line": 1}
    assert world.manifest.repaired == {"contradicts an earlier line": 1}
    assert world.manifest.notes == ("listed with two relationships, the first was kept: AS10-AS20",)


def test_the_same_relationship_again_is_counted(given):
    world, report = build_world("2019-12-01", [given("10|20|0\n20|10|0\n10|30|-1\n10|30|-1\n")])
    assert world.links.height == 2
    assert report.inputs[0].skipped == {"listed again": 2}


def test_of_several_files_the_first_holds_where_they_agree(given):
    world, report = build_world(
        "2019-12-01", [given("10|20|0|mlp\n"), given("20|10|0\n20|30|-1\n")]
    )
    assert world.links["a", "b", "kind", "evidence"].rows() == [
        (10, 20, "p2p", "mlp"),
        (20, 30, "p2c", None),
    ]
    assert [item.skipped for item in report.inputs] == [{}, {"listed again": 1}]


def test_a_contradiction_between_files_names_both(given):
    first, second = given("10|20|0|mlp\n"), given("20|30|-1\n20|10|-1\n")
    with pytest.raises(InputError) as error:
        build_world("2019-12-01", [first, second])
    assert str(error.value).startswith(
        f"{second}:2: '20|10|-1' contradicts '10|20|0|mlp' in {first}:1"
    )
    world, report = build_world("2019-12-01", [first, second], repair=True)
    assert world.links["kind"].to_list() == ["p2p", "p2c"]
    assert report.inputs[1].skipped == {"contradicts an earlier line": 1}


CYCLE = "1|2|-1\n2|3|-1\n3|4|-1\n4|2|-1\n3|2|0\n4|5|-1\n6|5|-1\n"


def test_a_cycle_of_providers_is_named(given):
    path = given(CYCLE.replace("3|2|0\n", ""))
    with pytest.raises(InputError) as error:
        build_world("2019-12-01", [path])
    assert error.value.line == 2
    assert "AS2 > AS3 > AS4 > AS2 is a cycle" in str(error.value)
    assert "repair=True" in str(error.value)


def test_a_short_cycle_is_named_where_there_are_several(given):
    path = given("1|2|-1\n2|3|-1\n3|4|-1\n4|1|-1\n4|2|-1\n8|9|-1\n")
    with pytest.raises(InputError, match="AS2 > AS3 > AS4 > AS2 is a cycle"):
        build_world("2019-12-01", [path])


def test_with_repair_the_fewest_links_of_cycles_are_left_out_and_named(given):
    world, report = build_world("2019-12-01", [given(CYCLE)], repair=True)
    assert world.links.select("a", "b").rows() == [(1, 2), (3, 4), (4, 2), (4, 5), (6, 5)]
    skipped = {"contradicts an earlier line": 1, "closes a cycle of providers": 1}
    assert report.inputs[0].skipped == world.manifest.repaired == skipped
    assert report.notes == world.manifest.notes
    # AS2 and AS3 have one customer each, AS4 has two: which of the two is above is hard to tell.
    assert "(the fewest)" in report.notes[-1]
    assert report.notes[-1].endswith("AS2 > AS3 (1 and 1)")


def test_the_report_can_be_printed(given):
    _, report = build_world(
        "2019-12-01", [given(AS_REL_1)], as_country=[given(IHR)], prefixes=[given(PFX2AS)]
    )
    assert report.lines() == [
        "as-rel: file0.txt (AS relationships, serial-1): 6 lines read",
        "    skipped 1: private or reserved AS number",
        "as-country: file1.txt (IHR classified AS): 5 lines read",
        "    skipped 2: not an ISO 3166-1 country (EU, ZZ)",
        "    skipped 1: network not in the relationships",
        "prefixes: file2.txt (CAIDA pfx2as): 5 lines read",
        "    skipped 1: prefix shorter than /8",
        "    skipped 1: AS set as origin",
        "4 networks, 5 links, 0 exchanges",
        "    0 networks (0%) have a name",
        "    0 networks (0%) have an organisation",
        "    2 networks (50%) have a country",
        "    3 networks (75%) have IPv4 addresses",
        "    0 networks (0%) have users",
    ]


def test_users_are_unknown(given):
    world, _ = build_world("2019-12-01", [given(LINKS)], as_country=[given(IHR)])
    assert world.networks["users"].null_count() == world.networks.height


def test_a_file_given_to_several_options_is_read_once(given, monkeypatch):
    from splinternet.world.readers import libloc

    read, times = libloc.read, []
    monkeypatch.setattr(libloc, "read", lambda source: times.append(1) or read(source))
    path = given(LIBLOC)
    world, report = build_world(
        "2019-12-01", [given(LINKS)], as_country=[path], as_names=[path], prefixes=[str(path)]
    )
    assert times == [1]
    assert [item.used_for for item in report.inputs] == [
        "as-rel",
        "as-country",
        "as-names",
        "prefixes",
    ]
    assert world.networks.row(0) == (10, "FIRST", None, "RU", "addresses", 1024, None, 1)


def test_worlds_made_of_the_same_files_read_them_once(given, monkeypatch):
    from splinternet.world.readers import libloc

    read, times = libloc.read, []
    monkeypatch.setattr(libloc, "read", lambda source: times.append(1) or read(source))
    links, files = [given(LINKS)], {"as_country": [given(LIBLOC)]}
    dates = ("2019-12-01", "2020-12-01")
    alone = [build_world(date, links, **files) for date in dates]
    assert len(times) == 2
    with kept_files():
        together = [build_world(date, links, **files) for date in dates]
    assert len(times) == 3
    for (world, report), (other, of_other) in zip(alone, together, strict=True):
        assert report.inputs == of_other.inputs
        assert world.networks.equals(other.networks)
        assert world.links.equals(other.links)
    build_world("2019-12-01", links, **files)
    assert len(times) == 4


def test_files_for_no_known_purpose_are_refused(given):
    with pytest.raises(MisuseError, match=r"unknown purpose of files 'prefix'; did you mean pref"):
        build_world("2019-12-01", [given(LINKS)], prefix=[given(IHR)])
