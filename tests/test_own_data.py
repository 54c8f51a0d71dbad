"""Tables of one's own: as additions, over published files, and with numbers of one's own."""

import pytest

from formats import APNIC_USERS, AS_REL_1, IHR, OWN_LINKS, OWN_NETWORKS
from splinternet.base.errors import InputError, WorldError
from splinternet.measures.dependence import depend
from splinternet.world.build import build_world
from splinternet.world.readers import _own
from splinternet.world.world import World

LINKS = "10|20|0|bgp\n10|100|-1|bgp\n20|100|-1|bgp\n20|200|-1|bgp\n"


@pytest.fixture
def given(tmp_path):
    written = []

    def write(text):
        written.append(tmp_path / f"own{len(written)}.csv")
        written[-1].write_bytes(text.encode())
        return written[-1]

    return write


def column(world, name):
    return dict(world.networks.select("asn", name).rows())


def test_one_table_serves_every_option(given):
    table = given(OWN_NETWORKS)
    world, report = build_world(
        "2026-01-01",
        [given(OWN_LINKS)],
        as_country=[table],
        as_names=[table],
        prefixes=[table],
        users=[table],
    )
    assert world.networks.rows() == [
        (10, "First", "First Carrier, LLC", "RU", "registered", 1024, 1200, 1),
        (20, None, "Second Carrier", "SE", "registered", 512, None, 1),
        (100, None, None, None, None, None, 0, 1),
        (200, None, None, None, None, None, None, 1),
    ]
    assert world.links["a", "b", "kind", "evidence"].rows() == [
        (10, 20, "p2p", None),
        (10, 100, "p2c", None),
        (20, 200, "p2c", None),
    ]
    assert {item.citation for item in report.inputs} == {""}


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_as_spreadsheets_save_it(given, mark, end):
    rows = ["\ufeff# mine", mark, "ASN,Country,Notes", ",,", "10,Russia,a", " ", "20,se,", ",,", ""]
    text = end.join(row.replace(",", mark) for row in rows)
    world, report = build_world("2026-01-01", [given(LINKS)], as_country=[given(text)])
    assert column(world, "country") == {10: "RU", 20: "SE", 100: None, 200: None}
    assert report.inputs[1].notes == ("columns not used: notes",)
    assert report.inputs[1].read == 2


def test_spaces_that_cannot_be_broken_are_white_space(given):
    world, _ = build_world(
        "2026-01-01", [given(LINKS)], as_country=[given("asn\xa0,country\n10\u2009,RU\xa0\n")]
    )
    assert column(world, "country")[10] == "RU"


def test_headers_of_links_may_say_provider_and_customer(given):
    text = "provider;customer;kind\n10;100;transit\n20;10;peering\n;;\n10;200;p2c\n"
    world, _ = build_world("2026-01-01", [given(text)])
    assert world.links.select("a", "b", "kind").rows() == [
        (10, 20, "p2p"),
        (10, 100, "p2c"),
        (10, 200, "p2c"),
    ]


BAD = {
    "asn,country\n10,RU\n\nten,SE\n": (4, "'ten' is no AS number"),
    "asn,users\n10,5\n20,-5\n": (3, "users: '-5' is no whole number"),
    "asn,addresses\n10,4294967297\n": (2, "addresses: '4294967297' is no whole number"),
    "asn,users\n10,5\n20,1\0004\n": (3, "is no whole number"),
    "asn,name\n10,A,B\n": (2, "has 3 values where the first line names 2 columns"),
    'asn,name\n10,A\n20,"B\n30,C\n': (3, "unexpected end of data"),
}


@pytest.mark.parametrize("text", BAD)
def test_a_bad_row_is_named(given, text):
    line, reason = BAD[text]
    with pytest.raises(InputError, match=r"own1\.csv") as error:
        build_world("2026-01-01", [given(LINKS)], as_country=[given(text)])
    assert error.value.line == line
    assert reason.replace("addresses", "ipv4_addresses") in str(error.value) or reason in str(
        error.value
    )


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a,b,kind\n1,2,sibling\n", 2, "neither transit"),
        ("a,b,kind\n1,,p2p\n", 2, "'' is no AS number"),
        ("a,b,kind\n\n1,1,p2p\n", 3, "no relationship with itself"),
    ],
)
def test_a_bad_link_is_named(given, text, line, reason):
    with pytest.raises(InputError, match=reason) as error:
        build_world("2026-01-01", [given(text)])
    assert error.value.line == line


def test_own_tables_have_bounds(given, monkeypatch):
    monkeypatch.setattr(_own, "MAX_ROWS", 3)
    build_world("2026-01-01", [given("a,b,kind\n1,2,p2p\n1,3,p2p\n")])
    with pytest.raises(InputError, match="has more than 3 lines; split it up"):
        build_world("2026-01-01", [given("a,b,kind\n1,2,p2p\n1,3,p2p\n1,4,p2p\n")])


def test_a_country_that_is_none_is_counted(given):
    table = given("asn,country\n10,Atlantis\n20,SE\n")
    world, report = build_world("2026-01-01", [given(LINKS)], as_country=[table])
    assert column(world, "country")[10] is None
    assert report.inputs[1].skipped == {"no country (Atlantis)": 1}


def test_a_table_without_the_column_is_refused(given):
    table = given("asn,name\n10,A\n")
    with pytest.raises(InputError, match="has no column country, which --as-country takes"):
        build_world("2026-01-01", [given(LINKS)], as_country=[table])


def test_own_facts_are_additions_unless_they_override(given):
    own, published = given("asn,country\n10,US\n20,SE\n"), given(IHR)
    added, _ = build_world("2026-01-01", [given(LINKS)], as_country=[published, own])
    assert column(added, "country") == {10: "RU", 20: "SE", 100: "KZ", 200: None}
    over, report = build_world(
        "2026-01-01", [given(LINKS)], as_country=[published, own], override=True
    )
    assert column(over, "country") == {10: "US", 20: "SE", 100: "KZ", 200: None}
    assert over.manifest.parameters["override"]
    assert [item.file for item in report.inputs[1:]] == [own.name, published.name]


def test_own_links_are_additions_unless_they_override(given):
    published, own = given(LINKS), given("a,b,kind\n100,10,transit\n100,300,transit\n")
    with pytest.raises(InputError) as error:
        build_world("2026-01-01", [published, own])
    assert str(error.value).startswith(f"{own}:2: '100,10,transit' contradicts '10|100|-1|bgp'")
    world, report = build_world("2026-01-01", [published, own], override=True)
    assert (100, 10, "p2c", None) in world.links["a", "b", "kind", "evidence"].rows()
    assert (100, 300, "p2c", None) in world.links["a", "b", "kind", "evidence"].rows()
    assert report.inputs[1].skipped == {"own data say otherwise": 1}
    assert world.manifest.repaired == {}


def test_private_numbers_are_left_out_and_counted_unless_they_are_kept(given):
    text = "10|64512|-1\n10|23456|-1\n10|4200000000|0\n10|64495|-1\n65536|131071|0\n"
    world, report = build_world("2026-01-01", [given(text)])
    assert world.networks["asn"].to_list() == [10, 64495]
    assert report.inputs[0].skipped == {"private or reserved AS number": 4}
    kept, report = build_world("2026-01-01", [given(text)], keep_reserved=True)
    assert kept.links.height == 5
    assert report.inputs[0].skipped == {}


@pytest.mark.parametrize("text", ["64500|64501|-1\n", "a,b,kind\n64512,64513,p2c\n"])
def test_an_import_of_nothing_else_is_an_error(given, text):
    with pytest.raises(InputError, match=r"leaves no link \(1: private .*keep_reserved=True keeps"):
        build_world("2026-01-01", [given(text)])
    with pytest.raises(InputError, match=r"leaves no link \(1: siblings"):
        build_world("2026-01-01", [given("1|2|1\n")])


def test_users_of_several_economies_are_summed(given):
    world, report = build_world("2019-12-01", [given(LINKS)], users=[given(APNIC_USERS)])
    assert column(world, "users") == {10: 1234, 20: None, 100: 300, 200: None}
    assert "APNIC" in report.inputs[1].citation
    own = given("asn,country,users\n100,KZ,7\n100,RU,70\n")
    world, _ = build_world("2019-12-01", [given(LINKS)], as_country=[own], users=[own])
    assert (column(world, "users")[100], column(world, "country")[100]) == (77, "RU")


def test_users_can_be_weighed_by(given):
    countries = given("asn,country,users\n10,SE,\n20,NO,\n100,RU,30\n200,RU,10\n")
    world, _ = build_world("2026-01-01", [given(LINKS)], as_country=[countries], users=[countries])
    shares = dict(depend(world, "RU", weights="users").select("asn", "share").rows())
    # From AS10 all of AS200's and none of AS100's traffic passes AS20, from AS20 none of either.
    assert shares == {20: pytest.approx(10 / 80)}


def test_weights_that_a_world_has_not_got_are_not_advised(given):
    countries = given("asn,country\n10,SE\n100,RU\n")
    world, _ = build_world("2026-01-01", [given(LINKS)], as_country=[countries])
    with pytest.raises(WorldError, match="weigh by networks, or import a world with users="):
        depend(world, "RU", weights="users")
    with pytest.raises(WorldError, match="weigh by networks, or import a world with prefixes="):
        depend(world, "RU", weights="addresses")


def test_the_command_takes_them(run, given, tmp_path):
    table, links, folder = given(OWN_NETWORKS), given(AS_REL_1), tmp_path / "world"
    args = ["--as-rel", links, "--as-country", table, "--users", table, "--override", "-o", folder]
    status, out, err = run("import", "--date", "2026-01-01", *map(str, args))
    assert status == 0, err
    assert "users: own0.csv (own table of networks): 3 lines read" in out
    assert World.open(folder).networks["users"].sum() == 1200
