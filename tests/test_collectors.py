"""The networks that feed collectors: lists and routing tables, whole, packed and damaged."""

import bz2
import gzip
import lzma
import struct

import polars as pl
import pytest

from graphs import make_world
from splinternet.base.choices import Settled
from splinternet.base.errors import InputError, MisuseError
from splinternet.measures.hegemony import hegemony
from splinternet.measures.vantages import choose_vantages, vantages_left_out
from splinternet.world.catalogue import open_world
from splinternet.world.collectors import Peers, read_collector_peers, read_peers
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


@pytest.mark.parametrize("bad", ["AS", "AS-64500", "64500|64501", "0", "4294967296", "-1", "1.5"])
def test_a_bad_line_is_named(tmp_path, bad):
    (tmp_path / "list").write_text(f"# peers\n64500\n 64501, {bad}\n")
    with pytest.raises(InputError, match=r"list:3: '.*' is no AS number; give numbers, or CSV"):
        read_collector_peers(tmp_path / "list")


@pytest.mark.parametrize("between", [", ", ",", "; ", " ", "\t", "\n", ",\r\n", "\n\n"])
def test_several_may_stand_on_a_line(tmp_path, between):
    (tmp_path / "list").write_text(between.join(["AS64500", "64501 ", " 4200000000"]))
    assert read_collector_peers(tmp_path / "list") == [64500, 64501, 4_200_000_000]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_with_a_column_asn(tmp_path, mark):
    rows = "name,ASN\r\nFirst,64501\r\n,,\r\n\r\n2nd,AS64500\r\n"
    (tmp_path / "list.csv").write_text("\ufeff" + rows.replace(",,", ",").replace(",", mark))
    assert read_collector_peers(tmp_path / "list.csv") == [64500, 64501]
    (tmp_path / "list.csv").write_text(f"asn{mark}name\n64500{mark}A\nten{mark}B\n")
    with pytest.raises(InputError, match=r"list\.csv:3: 'ten' is no AS number"):
        read_collector_peers(tmp_path / "list.csv")


def old_table(peers):
    """Make a table in the older form (RFC 6396, 4.2): a route of each peer, IPv4 or IPv6."""
    table = b""
    for number, (asn, address) in enumerate(peers):
        form = 1 if address == 4 else 2
        route = struct.pack(">HH", 0, number) + b"\x0a" + b"\0" * (address - 1) + bytes([8, 1])
        route += struct.pack(">I", 1057000000) + b"\xc0" * address + struct.pack(">H", asn)
        route += struct.pack(">H", 3) + b"abc"
        table += struct.pack(">IHHI", 1057000000, 12, form, len(route)) + route
    return table


OLD_PEERS = [(701, 4), (3356, 16), (701, 16), (65000, 4)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_an_older_routing_table(tmp_path, pack):
    (tmp_path / "rib").write_bytes(pack(old_table(OLD_PEERS)))
    assert read_peers(tmp_path / "rib") == Peers((701, 3356, 65000))


def test_routes_may_lie_across_the_pieces_that_are_read(tmp_path, monkeypatch):
    (tmp_path / "rib").write_bytes(old_table([(asn, 4) for asn in range(1, 400)]))
    pieces = Source.pieces
    monkeypatch.setattr(Source, "pieces", lambda self, _: pieces(self, 100))
    assert read_peers(tmp_path / "rib") == Peers(tuple(range(1, 400)))


@pytest.mark.parametrize("cut", [1, 20, 36])
def test_of_an_older_table_that_is_cut_the_routes_before_count(tmp_path, cut):
    (tmp_path / "rib").write_bytes(old_table(OLD_PEERS)[:-cut])
    note = "cut short or damaged; its first 3 routes were read"
    assert read_peers(tmp_path / "rib") == Peers((701, 3356), (note,))


def test_an_older_table_that_is_damaged(tmp_path):
    whole = bytearray(old_table(OLD_PEERS))
    whole[8:12] = b"\xff\xff\xff\xff"
    (tmp_path / "rib").write_bytes(whole)
    with pytest.raises(InputError, match="names no peer of a collector"):
        read_collector_peers(tmp_path / "rib")


@pytest.mark.parametrize("cut", [12, 14, 20, 30, 60])
def test_a_table_that_is_cut_short(tmp_path, cut):
    (tmp_path / "rib").write_bytes(routing_table()[:cut])
    with pytest.raises(InputError, match="names no peer of a collector"):
        read_collector_peers(tmp_path / "rib")


def test_a_table_that_says_it_is_shorter_than_it_is(tmp_path):
    whole = bytearray(routing_table())
    whole[8:12] = struct.pack(">I", 20)
    (tmp_path / "rib").write_bytes(whole)
    with pytest.raises(InputError, match="names no peer"):
        read_collector_peers(tmp_path / "rib")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packing_that_is_cut_short(tmp_path, pack):
    (tmp_path / "rib").write_bytes(pack(routing_table())[:40])
    with pytest.raises(InputError, match=r"rib: .*; download it again"):
        read_collector_peers(tmp_path / "rib")


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "64500\n".encode("utf-16"),
    ],
)
def test_neither_a_list_nor_a_table(tmp_path, content):
    (tmp_path / "odd").write_bytes(content)
    with pytest.raises(InputError, match="odd: neither a list of AS numbers nor a routing table"):
        read_collector_peers(tmp_path / "odd")


@pytest.mark.parametrize("content", [b"# nobody\n\n", routing_table([PEERS[4]])])
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


@pytest.mark.slow
def test_the_peers_of_a_published_table(shared):
    """RouteViews at JINX, the exchange of Johannesburg, in May 2014."""
    rib = shared / "mrt" / "routeviews.route-views.jinx.ribs.1401487200.bz2"
    peers = read_collector_peers(rib)
    assert peers == [3741, 6083, 6968, 10474, 30844, 33764, 36910, 37105]


def test_updates_are_no_table(shared):
    with pytest.raises(InputError, match="holds updates, not a routing table"):
        read_collector_peers(shared / "mrt" / "rcc15-updates.20170704.2145.gz")


@pytest.mark.nightly
def test_they_are_vantages(shared, december_2019):
    """From Johannesburg too, ETECSA is the way to Cuba; a peer that has gone since is counted."""
    peers = read_collector_peers(shared / "mrt" / "routeviews.route-views.jinx.ribs.1401487200.bz2")
    gone = sorted(set(peers) - set(december_2019.networks["asn"]))
    assert gone == [36910]
    found = hegemony(december_2019, "CU", vantages=peers)
    assert found.equals(hegemony(december_2019, "CU", vantages=set(peers) - set(gone)))
    assert found["asn"][0] == 11960
    assert found["hegemony"][0] > 0.9
    assert vantages_left_out(december_2019, peers) == (
        "1 of 8 vantages left out (1 not in world 2019-12): AS36910.",
    )


@pytest.mark.slow
def test_peers_of_2008_are_found_in_the_part_that_there_is(shared):
    rib = "routeviews.route-views2.rib.20080501.0644.first-MB.bz2"
    peers = read_peers(shared / "mrt" / rib)
    assert len(peers.asns) >= 38
    assert "cut short" in peers.notes[0]


def test_private_numbers_are_no_groups_of_a_digest():
    """Else a group, all behind one network, looks at a nation for a collector."""
    world = open_world("2019-12")
    group = world.networks.filter(pl.col("asn") >= 4_200_000_000)["asn"][0]
    listed = [701, 64512, group, 999_999]
    assert vantages_left_out(world, listed) == (
        "3 of 4 vantages left out (1 not in world 2019-12, 2 for private use or documentation): "
        f"AS64512, AS999999, AS{group}.",
    )
    home = world.networks.filter(pl.col("country") == "CU")["asn"]
    assert choose_vantages(world, home, tuple(listed)).to_list() == [701]
    with pytest.raises(MisuseError, match="no vantage is left outside"):
        choose_vantages(world, home, (group,))
    assert group in choose_vantages(world, home, "all")
    carriers = choose_vantages(world, home, "carriers")
    assert choose_vantages(world, home, Settled(tuple(carriers))).equals(carriers)


def test_private_numbers_of_ones_own_world_are_vantages():
    world = make_world([(64512, 1, "p2c"), (1, 2, "p2c")], country={2: "CU"})
    home = pl.Series([2], dtype=pl.UInt32)
    assert choose_vantages(world, home, (64512, 7)).to_list() == [64512]
    assert vantages_left_out(world, [64512]) == ()
