"""Every published format: found by its content, read right, and its bad lines named."""

import bz2
import gzip
import lzma
import pkgutil

import pytest

from formats import AS_ORG2INFO, AS_RANK, AS_REL_1, AS_REL_2, IHR, LIBLOC, PFX2AS, RIR, SAMPLES
from splinternet.base.errors import InputError
from splinternet.world import readers as package
from splinternet.world.files import Source
from splinternet.world.readers import find_reader, readers

FRAMES = (
    "links", "facts", "origins", "territories", "owners", "exchanges", "members", "cables",
    "landings",
)  # fmt: skip
PACKED = {"plain": bytes, "gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress}


@pytest.fixture
def read(tmp_path):
    """Write some text to a file and read it with the reader that is found for it."""

    def write_and_read(text, name="given.txt"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_all(path)

    return write_and_read


def read_all(path):
    source = Source(path)
    return find_reader(source).read(source)


def module_of(reader):
    return reader.__name__.rpartition(".")[2]


def test_every_module_of_the_folder_is_a_reader_and_has_a_sample():
    modules = {m.name for m in pkgutil.iter_modules(package.__path__) if m.name[0] != "_"}
    assert modules == {module_of(reader) for reader in readers()}
    assert modules == {*SAMPLES, "telegeography"}  # an archive, in tests/test_cables.py
    for reader in readers():
        assert reader.NAME
        assert bool(reader.LICENCE) == bool(reader.CITATION) != reader.NAME.startswith("own table")
        assert {
            "links",
            "country",
            "names",
            "addresses",
            "users",
            "exchanges",
            "located",
            "owners",
            "roas",
            "cables",
        } >= reader.PROVIDES
        assert reader.PROVIDES


@pytest.mark.parametrize("module", SAMPLES)
def test_the_line_that_the_documents_show_is_one(read, module):
    example = {module_of(reader): reader.EXAMPLE for reader in readers()}[module]
    if module.startswith("own_") or module in ("libloc", "state_owned", "vrps"):
        assert SAMPLES[module].splitlines()[0] == example
    elif module == "apnic_users":
        assert read(example).rows == 1
    else:
        assert read(SAMPLES[module] + example + "\n").rows == read(SAMPLES[module]).rows + 1


def test_names_of_formats_differ():
    assert len({reader.NAME for reader in readers()}) == len(readers())


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("module", SAMPLES)
def test_content_tells_the_format_and_names_do_not(tmp_path, module, packing):
    path = tmp_path / "20191201.as-rel.csv.gz.json"
    path.write_bytes(PACKED[packing](SAMPLES[module].encode()))
    assert module_of(find_reader(Source(path))) == module
    assert find_reader(Source(path)).read(Source(path)).rows > 0


@pytest.mark.parametrize("module", SAMPLES)
def test_no_two_readers_claim_one_file(module):
    head = SAMPLES[module].splitlines()
    assert [module_of(reader) for reader in readers() if reader.detect(head)] == [module]


@pytest.mark.parametrize("module", SAMPLES)
def test_windows_line_ends_change_nothing(read, module):
    unix, windows = read(SAMPLES[module]), read(SAMPLES[module].replace("\n", "\r\n"))
    assert (unix.rows, unix.skipped) == (windows.rows, windows.skipped)
    for frame in FRAMES:
        one, other = getattr(unix, frame), getattr(windows, frame)
        assert one is other is None or one.equals(other)


@pytest.mark.parametrize("module", SAMPLES)
def test_blocks_may_break_anywhere_between_lines(read, module, monkeypatch):
    whole = read(SAMPLES[module])
    blocks = Source.blocks
    monkeypatch.setattr(Source, "blocks", lambda self: blocks(self, 40))
    pieces = read(SAMPLES[module])
    assert (whole.rows, whole.skipped) == (pieces.rows, pieces.skipped)
    for frame in FRAMES:
        one, other = getattr(whole, frame), getattr(pieces, frame)
        assert one is other is None or one.equals(other)


def test_as_rel_serial_1(read):
    reading = read(AS_REL_1)
    assert reading.rows == 6
    assert reading.skipped == {}
    assert (reading.is_signed, reading.implied) == (True, "bgp")
    assert reading.links.rows() == [
        (10, 20, "p2p", None),
        (10, 100, "p2c", None),
        (20, 100, "p2c", None),
        (20, 200, "p2c", None),
        (100, 200, "p2p", None),  # listed as 200|100: the lower number goes first
        (200, 64512, "p2c", None),
    ]


def test_as_rel_serial_2(read):
    reading = read(AS_REL_2)
    assert reading.skipped == {}
    assert reading.links.rows() == [
        (10, 20, "p2p", "bgp"),
        (10, 100, "p2c", "bgp,mlp"),
        (20, 200, "p2c", "bgp"),
        (200, 300, "p2p", "mlp"),
    ]


def test_ihr(read):
    reading = read(IHR)
    assert reading.rows == 5
    assert reading.no_country == {"not an ISO 3166-1 country (EU, ZZ)": 2}
    assert reading.facts.rows() == [
        (0, None),
        (10, "RU"),
        (20, None),
        (100, "KZ"),
        (99999, "US"),
    ]


def test_as_rank(read):
    reading = read(AS_RANK)
    assert reading.no_country == {"not an ISO 3166-1 country (EU)": 1}
    assert reading.facts.select("asn", "org", "country").rows() == [
        (10, "First Carrier, LLC", "RU"),
        (20, "Second Carrier", None),
        (100, None, "KZ"),
        (200, 'Isle "Net" Oy', "FI"),
    ]


def test_libloc(read):
    reading = read(LIBLOC)
    assert reading.rows == 4
    assert reading.no_country == {"not an ISO 3166-1 country (ZZ)": 1}
    assert reading.facts.select("asn", "name", "country", "ipv4_addresses").rows() == [
        (10, "FIRST", "RU", 1024),
        (20, "Second, Inc.", "SE", 512),
        (100, None, None, 256),
        (200, 'ООО "Остров"', "FI", 0),
    ]


def test_as_org2info(read):
    reading = read(AS_ORG2INFO)
    assert reading.rows == 7
    assert reading.facts.select("asn", "name", "org", "country").rows() == [
        (10, "FIRST-AS", "First Carrier, LLC", "RU"),
        (20, None, "Second Carrier", "US"),
        (100, "LOST-AS", None, None),
        (200, "NOWHERE-AS", "Nowhere", None),
    ]


def test_as_org2info_with_the_older_columns_and_the_sections_the_other_way_round(read):
    reading = read(
        "# format:aut|changed|aut_name|org_id|source\n"
        "10|20120224|FIRST-AS|FIRST|RIPE\n"
        "# format:org_id|changed|org_name|country|source\n"
        "FIRST|20120130|First Carrier|RU|RIPE\n"
    )
    assert reading.facts.select("asn", "name", "org", "country").rows() == [
        (10, "FIRST-AS", "First Carrier", "RU")
    ]


def test_rir_delegated(read):
    reading = read(RIR)
    assert reading.rows == 8
    assert reading.skipped == {"IPv4 or IPv6 record": 3, "neither allocated nor assigned": 2}
    assert reading.no_country == {"not an ISO 3166-1 country (EU)": 1}
    assert reading.facts.rows() == [
        (10, "RU"),
        (100, "KZ"),
        (101, "KZ"),
        (102, "KZ"),
        (20, None),
    ]


def test_pfx2as(read):
    reading = read(PFX2AS)
    first = 1 << 24
    assert reading.rows == 5
    assert reading.skipped == {"prefix shorter than /8": 1, "AS set as origin": 1}
    assert reading.origins.rows() == [
        (first, first + 65535, 10),
        (first, first + 255, 20),
        (first, first + 255, 10),
        (first + 512, first + 767, 100),
    ]


def test_integer_ranges_of_networks(read):
    reading = read(SAMPLES["asn_ranges"])
    assert reading.skipped == {"not routed (AS0)": 1}
    assert reading.origins.rows() == [
        (16777216, 16777471, 10),
        (16777472, 16777727, 20),
        (16778240, 16779263, 10),
    ]
    assert reading.facts.rows()[0] == (10, "First Carrier, LLC")


def test_integer_ranges_of_countries(read):
    reading = read(SAMPLES["country_ranges"])
    assert reading.no_country == {"not an ISO 3166-1 country (ZZ)": 1}
    assert reading.territories.rows() == [
        (16777216, 16777471, "RU"),
        (16777472, 16777727, "SE"),
        (16778240, 16779263, "KZ"),
    ]


def test_exchanges(read):
    reading = read(SAMPLES["caida_ixs"])
    assert reading.rows == 5
    assert reading.skipped == {"number shared by several exchanges": 2}
    assert reading.exchanges.rows() == [
        (1, "First & Only IX", "RU", "Moscow"),
        (2, "IX d'Abidjan", "CI", None),
        (3, "Somewhere IX", None, None),
    ]


def test_members_of_exchanges(read):
    reading = read(SAMPLES["caida_ix_asns"])
    assert reading.skipped == {"AS number not known": 1, "listed again": 1}
    assert reading.members.rows() == [(1, 10), (2, 20), (2, 77), (9, 20)]


BAD_LINES = {
    "unknown relationship code": ("10|20|0\n10|30|3\n", 2, "relationship code must be -1"),
    "code with evidence": ("10|20|0|bgp\n10|30|-2|bgp\n", 2, "relationship code must be -1"),
    "network 0": ("# x\n10|20|0\n0|30|-1\n", 3, "0 is no AS number"),
    "too large a network": ("10|20|0\n10|4294967296|-1\n", 2, "should be 'provider|customer|-1"),
    "negative network": ("10|20|0\n-10|30|-1\n", 2, "should be"),
    "self link": ("10|20|0\n30|30|0\n", 2, "no relationship with itself"),
    "not a number": ("10|20|0\nten|30|-1\n", 2, "should be"),
    "cut short": ("10|20|0\n10|30|-1\n10|4", 3, "should be"),
    "cut within the code": ("10|20|0\n10|30|-", 2, "should be"),
    "after blank lines": ("\n10|20|0\n \n\n10|x|-1\n", 5, "should be"),
    "the first of two": ("\r\n10|20|0\r\n10||-1\r\n\r\n10|x|-1\r\n", 3, "'10||-1'"),
    "white space alone in a field": ("10|20|0|bgp\n\n10|30|0| \n", 3, "should be"),
    "serial-2 after serial-1": ("10|20|0\n10|30|-1|bgp\n", 2, "should be"),
    "serial-1 after serial-2": ("10|20|0|bgp\n10|30|-1\n", 2, "should be"),
    "countries after relationships": (AS_REL_2 + IHR, 6, "should be"),
    "relationships after countries": (IHR + AS_REL_1, 8, "should be"),
    "countries without a class": ("10 Other RU\n20 SE\n", 2, "should be 'ASN class country'"),
    "rank without a cone": (AS_RANK + "5\t300\tName\tde\n", 5, "should be"),
    "negative addresses": (LIBLOC + "300,X,DE,-1\n", 6, "from 0 to 4294967296"),
    "too many addresses": (LIBLOC + "300,X,DE,4294967297\n", 6, "from 0 to 4294967296"),
    "quote left open": (LIBLOC + '300,"X,DE,1\n', 6, "should be"),
    "text after a quote": (LIBLOC + '300,"X"Y, Inc.",DE,1\n', 6, "no comma follows a value"),
    "a quote after a quote": (LIBLOC + '300,"X" "Y",DE,1\n', 6, "no comma follows a value"),
    "too few columns of a network": (AS_ORG2INFO + "300|2012|X\n", 12, "should be"),
    "organisation number": (AS_ORG2INFO + "three|2012|X|Y||ARIN\n", 12, "should be"),
    "unknown section": (AS_ORG2INFO + "# format:city|name\nA|B\n", 12, "not those of"),
    "RIR status missing": (RIR + "ripencc|RU|asn|400|1|2001\n", 13, "should be"),
    "RIR kind": (RIR + "ripencc|RU|dns|400|1|2001|allocated|x\n", 13, "should be"),
    "RIR beyond the last number": (
        RIR + "ripencc|RU|asn|4294967295|2|2001|allocated|x\n",
        13,
        "no so many AS numbers",
    ),
    "octet": (PFX2AS + "1.0.256.0\t24\t10\n", 6, "no IPv4 address"),
    "three octets": (PFX2AS + "1.0.0\t24\t10\n", 6, "no IPv4 address"),
    "IPv6": (PFX2AS + "2001:db8::\t32\t10\n", 6, "no IPv4 address"),
    "prefix length": (PFX2AS + "1.0.0.0\t33\t10\n", 6, "at most 32 bits"),
    "host bits": (PFX2AS + "1.0.0.1\t24\t10\n", 6, "bits beyond its length"),
    "origin": (PFX2AS + "1.0.0.0\t24\tAS10\n", 6, "the origin is no AS number"),
    "too large an origin": (PFX2AS + "1.0.0.0\t24\t10_4294967296\n", 6, "origin is no AS number"),
    "half an origin": (PFX2AS + "1.0.0.0\t24\t10_\n", 6, "the origin is no AS number"),
    "range backwards": ("1,2,10,A\n5,4,20,B\n", 2, "ends before it begins"),
    "range too far": ("1,2,10,A\n5,4294967296,20,B\n", 2, "from 0 to 4294967295"),
    "range of a country in a file of networks": ("1,2,10,A\n3,4,RU\n", 2, "should be"),
    "range of a network in a file of countries": ("1,2,RU\n3,4,10,A\n", 2, "should be"),
    "country range backwards": ("1,2,RU\n9,4,RU\n", 2, "ends before it begins"),
    "no JSON": ('{"ix_id": 1, "name": "A"}\n{"ix_id": 2, "na', 2, "no JSON object as expected"),
    "exchange without a name": ('{"ix_id": 1, "name": "A"}\n{"ix_id": 2}\n', 2, "name"),
    "member too large": (
        '{"ix_id": 1, "asn": 10}\n{"ix_id": 1, "asn": 4294967296}\n',
        2,
        "no JSON object as expected",
    ),
}


@pytest.mark.parametrize("case", BAD_LINES)
def test_a_bad_line_is_named(read, case):
    text, line, reason = BAD_LINES[case]
    with pytest.raises(InputError, match=r"given\.txt:\d+: ") as error:
        read(text)
    assert error.value.line == line
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


def test_a_bad_line_far_down_is_named_though_blocks_are_small(read, monkeypatch):
    lines = ["# comment", *(f"10|{n}|-1" for n in range(11, 2011)), "10|x|-1", "10|9|-1"]
    blocks = Source.blocks
    monkeypatch.setattr(Source, "blocks", lambda self: blocks(self, 100))
    with pytest.raises(InputError) as error:
        read("\n".join(lines))
    assert error.value.line == lines.index("10|x|-1") + 1


def test_sections_of_organisations_and_networks_are_both_needed(read):
    head, networks = AS_ORG2INFO.split("# format:aut")
    with pytest.raises(InputError, match="section that begins with aut is missing"):
        read(head)
    with pytest.raises(InputError, match="section that begins with org_id is missing"):
        read("# format:aut" + networks)
    with pytest.raises(InputError, match="no '# format:' line before"):
        read("10|20120224|FIRST-AS|FIRST-RIPE|x|RIPE\n" + AS_ORG2INFO)


@pytest.mark.parametrize("text", ["hello\n", "a,b\n1,2\n", "<html>\n", "{}\n", "[1]\n"])
def test_an_unknown_format_is_refused_with_those_that_are_known(read, text):
    with pytest.raises(InputError, match="in no known format; known are: ") as error:
        read(text)
    for reader in readers():
        assert reader.NAME in str(error.value)


@pytest.mark.parametrize(
    "text", ["# only a comment\n", "\n \n", "\ufeff# one\n\n# two\n", "\ufeff"]
)
def test_a_file_without_data_is_refused(read, text):
    with pytest.raises(InputError, match="holds no line of data"):
        read(text)


@pytest.mark.parametrize("module", SAMPLES)
def test_a_byte_order_mark_changes_nothing(read, module):
    plain, marked = read(SAMPLES[module]), read("\ufeff" + SAMPLES[module])
    assert (plain.rows, plain.skipped) == (marked.rows, marked.skipped)
    for frame in FRAMES:
        one, other = getattr(plain, frame), getattr(marked, frame)
        assert one is other is None or one.equals(other)


@pytest.mark.parametrize("size", [1, 2, 4, 100])
def test_a_byte_order_mark_is_dropped_before_any_line(tmp_path, size):
    path = tmp_path / "marked"
    path.write_bytes("\ufeff1\n\ufeff2\ufeff".encode())
    blocks = list(Source(path).blocks(size))
    assert b"".join(block for _, block in blocks) == "1\n2\ufeff\n".encode()
    assert blocks[0][0] == 1


def test_a_header_without_lines_is_refused(read):
    with pytest.raises(InputError, match="holds no line of data"):
        read("asn,name,country,ipv4_addresses\n")


@pytest.mark.parametrize("packing", PACKED)
def test_an_empty_file_is_refused(tmp_path, packing):
    path = tmp_path / "empty"
    path.write_bytes(PACKED[packing](b""))
    with pytest.raises(InputError, match="the file is empty"):
        find_reader(Source(path))


@pytest.mark.parametrize("packing", ["gzip", "bzip2", "xz"])
def test_a_truncated_download_is_refused(tmp_path, packing):
    text = "".join(f"{n}|{n * n + 1}|-1\n" for n in range(1, 20_000)).encode()
    whole = PACKED[packing](text)
    path = tmp_path / "cut"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="truncated or damaged"):
        read_all(path)


@pytest.mark.parametrize("packing", ["gzip", "bzip2", "xz"])
def test_a_damaged_download_is_refused(tmp_path, packing):
    text = "".join(f"{n}|{n * n + 1}|-1\n" for n in range(1, 20_000)).encode()
    packed = bytearray(PACKED[packing](text))
    for place in range(len(packed) // 2, len(packed) // 2 + 40):
        packed[place] ^= 0xFF
    path = tmp_path / "damaged"
    path.write_bytes(packed)
    with pytest.raises(InputError, match="damaged"):
        read_all(path)


def test_a_file_that_is_not_there_or_no_text_or_a_folder(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        find_reader(Source(tmp_path / "nothing"))
    (tmp_path / "image").write_bytes(b"\x89PNG\0\0\0\0")
    with pytest.raises(InputError, match="not a text file"):
        find_reader(Source(tmp_path / "image"))
    with pytest.raises(InputError, match="cannot be"):
        find_reader(Source(tmp_path))


def test_letters_in_another_encoding_do_not_stop_reading(tmp_path):
    path = tmp_path / "latin"
    path.write_bytes("1\t10\tTelef\xf3nica\tes\t3\n".encode("latin-1"))
    assert read_all(path).facts["org"].item() == "Telef\ufffdnica"


def test_an_organisation_without_an_id_is_nobodys(read):
    """As of two records that lack one: the network would get the other's country."""
    found = read(
        '{"type":"ASN","asn":"10","name":"REED-AS","organizationId":""}\n'
        '{"type":"Organization","organizationId":"","name":"Stone","country":"EE"}\n'
    )
    assert found.facts.rows() == [(10, "REED-AS", None, None)]
    assert found.skipped == {"organisation without an id": 1}
