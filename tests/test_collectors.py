"""The networks that feed collectors: lists and routing tables, whole, packed and damaged."""

import bz2
import gzip
import lzma
import struct

import pytest

from splinternet.base.errors import InputError, MisuseError
from splinternet.measures.hegemony import hegemony
from splinternet.world.collectors import read_collector_peers
from splinternet.world.files import Source

PEERS = [(64500, 4, 4), (64501, 16, 2), (4_200_000_000, 4, 4), (64500, 16, 4), (0, 4, 2)]


def routing_table(peers=PEERS, view: bytes = b"a view", kind: int = 13, form: int = 1) -> bytes:
    """Make the start of a table in MRT form (RFC 6396): its peers, each with two sizes in bytes."""
    body = b"\xc0\x00\x02\x01" + struct.pack(">H", len(view)) + view
    body += struct.pack(">H", len(peers))
    for asn, address, size in peers:
        flags = (1 if address == 16 else 0) | (2 if size == 4 else 0)
        body += bytes([flags]) + b"\0\0\0\1" + b"\x20" * address
        body += asn.to_bytes(size, "big")
    rest = struct.pack(">IHHI", 0, 13, 2, 4) + b"rest"
    return struct.pack(">IHHI", 1401487200, kind, form, len(body)) + body + rest


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_a_routing_table(tmp_path, pack):
    (tmp_path / "rib").write_bytes(pack(routing_table()))
    assert read_collector_peers(tmp_path / "rib") == [64500, 64501, 4_200_000_000]


def test_a_view_without_a_name(tmp_path):
    (tmp_path / "rib").write_bytes(routing_table(view=b""))
    assert read_collector_peers(str(tmp_path / "rib")) == [64500, 64501, 4_200_000_000]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_a_list(tmp_path, pack):
    lines = "\ufeff# peers of a collector\n64501\r\n\n  AS64500 # twice\nas64500\n4294967295"
    (tmp_path / "list").write_bytes(pack(lines.encode()))
    assert read_collector_peers(tmp_path / "list") == [64500, 64501, 4294967295]


@pytest.mark.parametrize("bad", ["AS", "AS 64500", "64500 64501", "0", "4294967296", "-1", "1.5"])
def test_a_bad_line_is_named(tmp_path, bad):
    (tmp_path / "list").write_text(f"# peers\n64500\n{bad}\n")
    with pytest.raises(InputError, match=r"list:3: '.*' is no AS number; give one a line"):
        read_collector_peers(tmp_path / "list")


def test_lines_end_where_a_line_ends(tmp_path):
    (tmp_path / "list").write_bytes(b"64500\x0c\n64501\r\n64502\x0b64503\n")
    with pytest.raises(InputError, match=r"list:3: '64502.*' is no AS number"):
        read_collector_peers(tmp_path / "list")


@pytest.mark.parametrize("cut", [12, 14, 20, 30, 60])
def test_a_table_that_is_cut_short(tmp_path, cut):
    (tmp_path / "rib").write_bytes(routing_table()[:cut])
    with pytest.raises(InputError, match="its table of peers is cut short; download it again"):
        read_collector_peers(tmp_path / "rib")


def test_a_table_that_says_it_is_shorter_than_it_is(tmp_path):
    whole = bytearray(routing_table())
    whole[8:12] = struct.pack(">I", 20)
    (tmp_path / "rib").write_bytes(whole)
    with pytest.raises(InputError, match="cut short"):
        read_collector_peers(tmp_path / "rib")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packing_that_is_cut_short(tmp_path, pack):
    (tmp_path / "rib").write_bytes(pack(routing_table())[:-20])
    with pytest.raises(InputError, match=r"rib: .*; download it again"):
        read_collector_peers(tmp_path / "rib")


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "64500\n".encode("utf-16"),
        routing_table(kind=12),  # TABLE_DUMP, which has no table of peers
        routing_table(form=2),  # routes, without the table of peers before them
    ],
)
def test_neither_a_list_nor_a_table(tmp_path, content):
    (tmp_path / "odd").write_bytes(content)
    with pytest.raises(InputError, match="odd: neither a list of AS numbers nor a routing table"):
        read_collector_peers(tmp_path / "odd")


@pytest.mark.parametrize(
    "content", [b"", b"# nobody\n\n", routing_table([]), routing_table([PEERS[4]])]
)
def test_nobody_is_named(tmp_path, content):
    (tmp_path / "none").write_bytes(content)
    with pytest.raises(InputError, match="none: names no network"):
        read_collector_peers(tmp_path / "none")


def test_no_such_file(tmp_path):
    with pytest.raises(InputError, match="absent: no such file"):
        read_collector_peers(tmp_path / "absent")
    with pytest.raises(InputError, match="cannot be opened"):
        read_collector_peers(tmp_path)


def test_the_start_of_a_file(tmp_path):
    for name, pack in (("plain", bytes), ("packed", gzip.compress)):
        (tmp_path / name).write_bytes(pack(b"0123456789"))
        source = Source(tmp_path / name)
        assert source.start(4) == b"0123"
        assert source.start(100) == b"0123456789"


def test_the_peers_of_a_published_table(shared):
    """RouteViews at JINX, the exchange of Johannesburg, in May 2014."""
    rib = shared / "mrt" / "routeviews.route-views.jinx.ribs.1401487200.bz2"
    peers = read_collector_peers(rib)
    assert peers == [3741, 6083, 6968, 10474, 30844, 33764, 36910, 37105]


def test_updates_are_no_table(shared):
    with pytest.raises(InputError, match="neither a list of AS numbers nor a routing table"):
        read_collector_peers(shared / "mrt" / "rcc15-updates.20170704.2145.gz")


def test_they_are_vantages(shared, december_2019):
    """From Johannesburg too, ETECSA is the way to Cuba; a peer that has gone since is named."""
    peers = read_collector_peers(shared / "mrt" / "routeviews.route-views.jinx.ribs.1401487200.bz2")
    gone = sorted(set(peers) - set(december_2019.networks["asn"]))
    assert gone == [36910]
    with pytest.raises(MisuseError, match="vantage AS36910 is not in world"):
        hegemony(december_2019, "CU", vantages=peers)
    found = hegemony(december_2019, "CU", vantages=set(peers) - set(gone))
    assert found["asn"][0] == 11960
    assert found["hegemony"][0] > 0.9
