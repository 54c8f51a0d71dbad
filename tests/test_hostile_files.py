"""Files as they come: white space, marks, pipes, other hands, more than any file should have."""

import gzip
import os
import re
import threading

import polars as pl
import pytest

from formats import AS_REL_1, RIR, SAMPLES
from splinternet.base.errors import InputError
from splinternet.world import files
from splinternet.world.build import build_world
from splinternet.world.files import Source
from splinternet.world.readers import find_reader

FRAMES = ("links", "facts", "origins", "territories", "exchanges", "members")
#: A document in one piece, of which white space is no matter of lines.
LINES = sorted(set(SAMPLES) - {"apnic_users"})


@pytest.fixture
def read(tmp_path):
    def write_and_read(text):
        path = tmp_path / "given.txt"
        path.write_bytes(text.encode())
        source = Source(path)
        return find_reader(source).read(source)

    return write_and_read


def same(one, other):
    assert (one.rows, one.skipped, one.no_country) == (other.rows, other.skipped, other.no_country)
    for frame in FRAMES:
        first, second = getattr(one, frame), getattr(other, frame)
        assert first is second is None or first.equals(second)


def test_lists_in_lists_in_lists_are_no_users(read):
    deep = SAMPLES["apnic_users"].replace('""', "[" * 100_000)
    with pytest.raises(InputError, match="no list of networks with AS and Users as expected"):
        read(deep)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("module", LINES)
def test_blank_lines_are_none(read, module, end):
    lines = SAMPLES[module].splitlines()
    spread = ["", "  ", *(part for line in lines for part in (line, "", "\t" if end else "")), ""]
    same(read(SAMPLES[module]), read(end.join(spread)))


@pytest.mark.parametrize("module", LINES)
def test_white_space_around_values_is_dropped(read, module):
    plain = SAMPLES[module]
    mark = "" if "{" in plain or module == "ihr_classified_as" else max(",|\t", key=plain.count)
    outside = re.compile(rf'("(?:[^"]|"")*")|{re.escape(mark)}')
    spaced = "".join(
        f"{line}\n" if line[0] == "#" else f"  {_spaced(line, outside, mark)} \n"
        for line in plain.splitlines()
    )
    same(read(plain), read(spaced))


def _spaced(line, outside, mark):
    """Put spaces around the marks that part values, not around those in quotes."""
    return outside.sub(lambda found: found[1] or f" {mark} ", line) if mark else line


def test_evidence_is_trimmed(read):
    assert read("10|20|-1|bgp \n 10 | 30 |0| mlp\n").links["evidence"].to_list() == ["bgp", "mlp"]


def test_a_value_in_quotes_ends_on_its_line(read):
    with pytest.raises(InputError, match=r"given\.txt:2: .*should be"):
        read('1,2,10,A\n3,4,20,"B\n5,6,30,C"\n7,8,40,D\n')


@pytest.mark.parametrize("share", ["nan", "inf", "-3", "101", "half"])
def test_what_a_state_owns_is_a_number_to_100(read, share):
    with pytest.raises(InputError, match=r"given\.txt:2: ownership_percentage: .* 0 to 100"):
        read(f"asn,state,source,ownership_percentage\n10,AE,,{share}\n")


def test_a_number_that_is_held_without_a_country_is_there_without_one(read):
    reading = read(SAMPLES["rir_delegated"].replace("ripencc|RU|asn|10", "ripencc||asn|10"))
    assert reading.facts.filter(asn=10)["country"].to_list() == [None]
    assert reading.skipped["neither allocated nor assigned"] == 2


@pytest.mark.parametrize("start", ["1e3", "a0", "1.2.3", "10:1", "9" * 40])
def test_what_is_no_number_of_a_network_is_refused(read, start):
    with pytest.raises(InputError, match=r"given\.txt:5: "):
        read(SAMPLES["rir_delegated"].replace("|asn|10|", f"|asn|{start}|"))


def test_a_column_that_is_named_twice_is_refused(read):
    twice = SAMPLES["as_org2info"].replace(
        "org_id|changed|org_name", "org_id|changed|changed|org_name"
    )
    assert twice != SAMPLES["as_org2info"]
    with pytest.raises(InputError, match="names a column twice: org_id"):
        read(twice)


@pytest.mark.parametrize("code", [1, 2])
def test_siblings_are_left_out_and_counted(read, code):
    reading = read(f"10|20|-1\n20|30|0\n40|50|{code}\n")
    assert reading.skipped == {"siblings (code 1 or 2)": 1}
    assert reading.links.select("a", "b", "kind").rows() == [(10, 20, "p2c"), (20, 30, "p2p")]


def test_the_form_before_2010_is_turned_round(read):
    """There code 1 has the provider first, and each link is said twice."""
    reading = read("10|100|1\n100|10|-1\n10|20|0\n20|10|0\n30|40|2\n40|30|2\n")
    assert reading.links.select("a", "b", "kind").unique(maintain_order=True).rows() == [
        (10, 100, "p2c"),
        (10, 20, "p2p"),
    ]
    assert reading.skipped == {"siblings (code 1 or 2)": 2}
    assert "before 2010" in reading.notes[0]


@pytest.mark.parametrize(
    ("head", "signed"),
    [
        ("# source:topology|BGP|20191201|ripe|rrc00\n", True),
        ("# inferred clique: 10 20\n", True),
        ("# IXP ASes: 1200\n", True),
        ("# source: my own inference, after CAIDA's\n", False),
        ("# relationships by CAIDA's method\n", False),
        ("", False),
    ],
)
def test_caida_is_told_by_its_comments(tmp_path, head, signed):
    path = tmp_path / "links.txt"
    path.write_text(head + "10|20|-1\n")
    world, report = build_world("2019-12-01", [path])
    assert ("CAIDA" in report.inputs[0].citation) == signed == bool(report.inputs[0].licence)
    assert world.links["evidence"].to_list() == ["bgp" if signed else None]


def test_or_by_who_says_so(tmp_path):
    path = tmp_path / "links.txt"
    path.write_text("10|20|-1\n")
    world, report = build_world("2019-12-01", [path], source="CAIDA")
    assert "CAIDA" in report.inputs[0].citation
    assert world.links["evidence"].to_list() == ["bgp"]
    world, report = build_world("2019-12-01", [path], source="Our lab")
    assert (report.inputs[0].citation, report.inputs[0].licence) == ("Our lab", "")
    assert world.links["evidence"].to_list() == [None]


def test_a_registry_that_miscounts_itself_is_noted(read):
    assert read(RIR).notes == ()
    notes = read(RIR.replace("ripencc|KZ|asn|100|3|20010101|assigned|0a1c\n", "")).notes
    assert notes == ("its summary says 5 records of asn, 4 are there",)


def test_numbers_with_a_dot(read):
    reading = read(RIR + "ripencc|DE|asn|3.10|2|20100101|allocated|0a1b\n")
    assert reading.facts.filter(pl.col("country") == "DE")["asn"].to_list() == [196618, 196619]
    with pytest.raises(InputError, match="with a dot go to 65535"):
        read(RIR + "ripencc|DE|asn|3.70000|1|20100101|allocated|0a1b\n")


@pytest.mark.parametrize(
    "text",
    [
        "2001:db8::\t32\t10\n",
        "# c\n\n2001:db8::/32,10\n",
        "42540488161975842760550356425300246528,42540488161975842760550356425300246529,RU\n",
        '"2001:db8::","2001:db8::ff",10,A\n',
        "prefix,origin\n2001:db8:5::/48,10\n",
        "ripencc|KZ|ipv6|2001:db8:6::|48|20010101|allocated\n",
    ],
)
def test_ipv6_is_named(read, text):
    with pytest.raises(InputError, match="this is IPv6; IPv4 addresses are counted"):
        read(text)


@pytest.mark.parametrize("odd", [0x00, 0x07, 0x1B, 0x1C, 0x7F, 0x9B, 0xFFFE, 0xFFFF])
@pytest.mark.parametrize(
    ("module", "word", "many"),
    [
        ("as_rank", "Carrier", 4),
        ("as_org2info", "Carrier", 4),
        ("as_org2info_json", "Carrier", 4),
        ("asn_ranges", "Carrier", 4),
        ("caida_ixs", "Only", 2),
        ("libloc", "Second", 2),
        ("own_networks", "Carrier", 4),
    ],
)
def test_control_characters_in_names_are_dropped_and_counted(read, module, word, many, odd):
    plain = SAMPLES[module]
    # JSON has control characters escaped.
    written = f"\\u{odd:04x}" if "{" in plain and odd < 32 else chr(odd)
    reading = read(plain.replace(word, f"{word[:2]}{written}{word[2:]}{written}"))
    same(read(plain), reading)
    assert reading.notes == (f"{many} control characters in names were dropped",)


def test_other_encodings_are_told(tmp_path):
    path = tmp_path / "own.csv"
    path.write_bytes("asn,name\n10,Español\n".encode("utf-16"))
    with pytest.raises(InputError, match=r"own\.csv: this is text in UTF-16; save it in UTF-8"):
        find_reader(Source(path))
    path.write_bytes("asn,name\n10,Plain\n20,Español\n".encode("latin-1"))
    source = Source(path)
    with pytest.raises(InputError, match=r"own\.csv:3: this is not UTF-8"):
        find_reader(source).read(source)
    published = SAMPLES["as_rank"].replace("Carrier", "Español", 1)
    path.write_bytes(published.encode("latin-1"))
    source = Source(path)
    assert find_reader(source).read(source).notes == (
        "names with characters that are no UTF-8, shown as \ufffd: 1",
    )


def test_a_pipe_is_read_as_a_file_is(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    packed = gzip.compress(AS_REL_1.encode())

    def fill():
        with pipe.open("wb") as end:
            end.write(packed)

    filling = threading.Thread(target=fill)
    filling.start()
    world, report = build_world("2019-12-01", [pipe])
    filling.join()
    plain = tmp_path / "plain.gz"
    plain.write_bytes(packed)
    same_world, same_report = build_world("2019-12-01", [plain])
    assert world.links.equals(same_world.links)
    assert report.inputs[0].sha256 == same_report.inputs[0].sha256
    assert report.inputs[0].bytes == same_report.inputs[0].bytes == len(packed)


def test_a_device_that_gives_nothing_but_zeros_is_no_text():
    with pytest.raises(InputError, match="/dev/zero: this is not a text file"):
        find_reader(Source("/dev/zero"))


def test_no_line_is_too_long(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_LINE", 1 << 20)
    path = tmp_path / "long.gz"
    path.write_bytes(gzip.compress(b"10|20|-1\n10|" + b"1" * (3 << 20) + b"\n10|30|-1\n"))
    with pytest.raises(InputError, match=r"long\.gz:2: is longer than 1 MiB"):
        build_world("2019-12-01", [path])


def test_a_document_may_stand_on_one_line(tmp_path, monkeypatch):
    record = '{"AS": 10, "CC": "RU", "Users": 2}'
    path = tmp_path / "users.json"
    path.write_text('\ufeff{"Data": [' + ",".join([record] * 60_000) + "]}", encoding="utf-8")
    source = Source(path)
    assert find_reader(source).read(source).facts.rows() == [(10, 120_000)]
    monkeypatch.setattr(files, "MAX_BYTES", 1 << 20)
    with pytest.raises(InputError, match="is larger than 1 MiB when unpacked"):
        find_reader(source).read(source)


@pytest.mark.slow
def test_a_first_line_without_end_is_named(tmp_path):
    path = tmp_path / "endless.gz"
    path.write_bytes(gzip.compress(b"1" * (3 << 20)))
    with pytest.raises(InputError, match=r"endless\.gz:1: is longer than 1 MiB"):
        build_world("2019-12-01", [path])


def test_nothing_unpacks_to_too_much(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 1 << 20)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"# comment\n" * 200_000 + b"10|20|-1\n"))
    with pytest.raises(InputError, match="is larger than 1 MiB when unpacked"):
        list(Source(path).blocks(1 << 16))


def test_no_file_has_too_many_lines(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_LINES", 1000)
    path = tmp_path / "many"
    path.write_bytes(b"10|20|-1\n" * 1000)
    assert find_reader(Source(path)).read(Source(path)).rows == 1000
    path.write_bytes(b"10|20|-1\n" * 1001)
    with pytest.raises(InputError, match="has more than 1,000 lines"):
        find_reader(Source(path)).read(Source(path))
