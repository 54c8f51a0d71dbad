"""Routing tables of collectors: the fast reader and its slow twin, bgpdump, cleaning, worlds."""

import bz2
import gc
import gzip
import lzma
import os
import shutil
import signal
import struct
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address, ip_network

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets import few
from graphs import make_world
from slow_rib import count_paths, read_rows
from splinternet.base.asn import is_reserved
from splinternet.base.errors import InputError, MisuseError
from splinternet.world.files import Source
from splinternet.world.rib.adding import with_tables
from splinternet.world.rib.cleaning import ROUTE_SERVER, clean, join_paths
from splinternet.world.rib.collectors import collector_of, find_collectors
from splinternet.world.rib.observing import Hints, observe
from splinternet.world.rib.reading import read_rib
from splinternet.world.rib.summary import summarise_monitors

#: Published tables of all kinds, and bytes of each that are enough here.
TABLES = {
    "ris.bview.20020722.2337.gz": 50_000,
    "routeviews.route-views.jinx.ribs.1401487200.bz2": 50_000,
    "routeviews.route-views2.rib.20080501.0644.first-MB.bz2": 120_000,
    "routeviews.route-views6.rib.20151101.0600.first-MB.bz2": 120_000,
}


def attributes(path, width=4, long=None, sets=()):
    """Make the attributes of a route: origin, path, next hop."""
    value = b""
    if path:
        value += bytes([2, len(path)]) + b"".join(asn.to_bytes(width) for asn in path)
    if sets:
        value += bytes([1, len(sets)]) + b"".join(asn.to_bytes(width) for asn in sets)
    made = b"\x40\x01\x01\x00" + b"\x50\x02" + struct.pack(">H", len(value)) + value
    if long:
        four = bytes([2, len(long)]) + b"".join(asn.to_bytes(4) for asn in long)
        made += b"\xc0\x11" + bytes([len(four)]) + four
    return made + b"\x40\x06\x00"


def record(kind, form, body, time=1_401_487_200):
    return struct.pack(">IHHI", time, kind, form, len(body)) + body


def peer_table(peers):
    """Make a table of peers, each an address and an AS number."""
    body = b"\0\0\0\1" + struct.pack(">HH", 0, len(peers))
    for address, asn in peers:
        packed = ip_address(address).packed
        body += bytes([2 | (len(packed) == 16)]) + b"\0\0\0\1" + packed + asn.to_bytes(4)
    return record(13, 1, body)


def rib_record(prefix, routes, numbered=False):
    """Make a record of TABLE_DUMP_V2: the routes, each of a peer by its place, to a prefix."""
    network = ip_network(prefix)
    body = b"\0\0\0\0" + bytes([network.prefixlen])
    body += network.network_address.packed[: (network.prefixlen + 7) // 8]
    body += struct.pack(">H", len(routes))
    for peer, made in routes:
        body += struct.pack(">HI", peer, 0) + (b"\0\0\0\7" if numbered else b"")
        body += struct.pack(">H", len(made)) + made
    form = (2 if network.version == 4 else 4) + (6 if numbered else 0)
    return record(13, form, body)


def old_record(prefix, peer, asn, made):
    """Make a record of TABLE_DUMP: one route."""
    network = ip_network(prefix)
    body = b"\0\0\0\0" + network.network_address.packed + bytes([network.prefixlen, 1]) + b"\0" * 4
    body += ip_address(peer).packed + struct.pack(">HH", asn, len(made)) + made
    return record(12, 1 if network.version == 4 else 2, body)


PEERS = [("192.0.2.1", 10), ("192.0.2.2", 20), ("2001:db8::1", 30), ("192.0.2.9", 10)]

prefixes = st.one_of(
    st.tuples(st.integers(10, 12), st.integers(0, 3), st.integers(6, 26)).map(
        lambda t: str(ip_network(f"{t[0]}.{t[1] * 64}.0.0/{t[2]}", strict=False))
    ),
    st.tuples(st.integers(0, 3), st.integers(14, 40)).map(
        lambda t: str(ip_network(f"2a0{t[0]}::/{t[1]}", strict=False))
    ),
)
numbers = st.integers(1, 6)
routes = st.lists(
    st.tuples(
        st.integers(0, len(PEERS) - 1), st.lists(numbers, max_size=4), st.lists(numbers, max_size=1)
    ),
    max_size=5,
)


@st.composite
def rib_files(draw):
    """Tables in both forms, sorted or not, with other records between."""
    told = draw(st.lists(st.tuples(prefixes, routes), max_size=12, unique_by=lambda each: each[0]))
    if draw(st.booleans()):
        told.sort(key=lambda each: (ip_network(each[0]).version, ip_network(each[0])))
    new = draw(st.booleans())
    data = (
        peer_table(PEERS)
        if new
        else old_record("10.0.0.0/8", "192.0.2.66", 66, attributes([66], 2))
    )
    for prefix, offered in told:
        if new:
            made = [(peer, attributes(path, 4, None, sets)) for peer, path, sets in offered]
            data += rib_record(prefix, made, draw(st.booleans()))
        for peer, path, sets in () if new else offered:
            address, asn = PEERS[peer]
            if (":" in address) == (":" in prefix):
                long = path[1:] if draw(st.booleans()) and not sets else None
                data += old_record(prefix, address, asn, attributes(path, 2, long, sets))
        if draw(st.integers(0, 4)) == 0:
            data += record(draw(st.sampled_from([11, 13, 16, 17])), 77, b"something")
    return data + old_record("10.0.0.0/8", "192.0.2.77", 77, attributes([77, 1], 2))


def told_by(rib):
    """What a session's network told, as the slow twin counts it; addresses where known."""
    paths, found = rib.paths, {}
    for row in range(len(paths.start)):
        session = rib.sessions[paths.session[row]]
        start = paths.start[row]
        path = tuple(paths.number[start : start + paths.length[row]].tolist())
        counted = found.setdefault((session.asn, path), [0, -1])
        counted[0] += int(paths.prefixes[row])
        addresses = int(paths.addresses[row]) if session.is_ordered else -1
        counted[1] = max(counted[1], 0) + addresses if addresses >= 0 else counted[1]
    return {key: counted for key, counted in found.items() if counted[0]}


def agrees(rib, rows):
    expected = count_paths(rows)
    found = told_by(rib)
    assert {key: each[0] for key, each in found.items()} == {
        key: each[0] for key, each in expected.items()
    }
    disordered = {session.asn for session in rib.sessions if not session.is_ordered}
    for key, (_, addresses) in found.items():
        if key[0] not in disordered:
            assert addresses == expected[key][1]


@given(rib_files())
@few
def test_the_reader_agrees_with_its_slow_twin(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("ribs") / "rib"
    file.write_bytes(data)
    rib, rows = read_rib(Source(file)), read_rows(data)
    assert rib.routes == len(rows)
    ordered = all(session.is_ordered for session in rib.sessions)
    if ordered:  # else a session's second route to a prefix need not stand beside the first
        agrees(rib, rows)


def start_of(file, size):
    data = b""
    try:
        for part in Source(file).parts(1 << 16):
            data += part
            if len(data) >= size:
                return data[:size]
    except InputError:
        pass
    return data


@pytest.mark.parametrize("name", TABLES)
def test_published_tables_are_read_as_bgpdump_reads_them(shared, tmp_path, name):
    data = start_of(shared / "mrt" / name, TABLES[name])
    (tmp_path / "rib").write_bytes(data)
    rows = read_rows(data)
    rib = read_rib(Source(tmp_path / "rib"))
    assert rib.routes == len(rows) > 700
    agrees(rib, rows)
    if shutil.which("bgpdump") is None:
        pytest.skip("bgpdump is not installed")
    dump = ["bgpdump", "-m", str(tmp_path / "rib")]
    lines = subprocess.run(dump, capture_output=True, text=True, check=False).stdout.splitlines()
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        peer, asn, prefix, path = line.split("|")[3:7]
        told = (ip_address(peer), int(asn), ip_network(prefix), path)
        assert told == (ip_address(row.peer), row.asn, ip_network(row.prefix), row.path)


TABLE = peer_table(PEERS[:2]) + b"".join(
    rib_record(prefix, [(0, attributes([10, 10, 3, origin])), (1, attributes([20, origin]))])
    for prefix, origin in (("10.0.0.0/8", 1), ("10.1.0.0/16", 2), ("10.1.1.0/24", 1))
)


def written(folder, data, name="rrc00.bview.20140530.gz"):
    (folder / name).write_bytes(data)
    return folder / name


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_an_address_counts_for_the_longest_prefix(tmp_path, pack):
    observed = observe([written(tmp_path, pack(TABLE))], Hints())
    assert observed.paths.rows() == [
        (10, "rrc00", 1, [10, 3, 1], 2, 2**24 - 2**16 + 2**8),
        (10, "rrc00", 2, [10, 3, 2], 1, 2**16 - 2**8),
        (20, "rrc00", 1, [20, 1], 2, 2**24 - 2**16 + 2**8),
        (20, "rrc00", 2, [20, 2], 1, 2**16 - 2**8),
    ]
    (source,) = observed.inputs
    assert (source.read, source.used_for, source.skipped) == (6, "rib", {})
    assert source.notes == ("collector rrc00, 2014-05-30 22:00 UTC",)
    assert "RIPE NCC" in source.citation


@pytest.mark.parametrize("cut", [1, 30, len(TABLE) - 100])
def test_of_a_file_that_is_cut_what_goes_before_is_read(tmp_path, cut):
    rib = read_rib(Source(written(tmp_path, TABLE[:-cut])))
    assert rib.notes == (f"cut short or damaged; its first {rib.routes} routes were read",)
    assert rib.routes == len(read_rows(TABLE[:-cut])) < 6


def test_packing_that_is_cut_gives_all_that_can_be_unpacked(tmp_path):
    data = b"".join(TABLE for _ in range(4_000))
    whole = bz2.compress(data, 1)
    rib = read_rib(Source(written(tmp_path, whole[: len(whole) * 2 // 3])))
    assert 8_000 < rib.routes < 20_000
    assert "cut short" in rib.notes[0]


def test_junk_behind_the_records_ends_the_reading(tmp_path, monkeypatch):
    """Without an error that Python tells of and nobody sees to."""
    monkeypatch.setattr("splinternet.world.rib.reading._ENOUGH", 1)
    rib = read_rib(Source(written(tmp_path, TABLE + b"\xff" * 5_000_000)))
    gc.collect()
    assert rib.routes == 6
    assert rib.notes == ("cut short or damaged; its first 6 routes were read",)


@pytest.mark.parametrize("padding", [b"\0" * 7, b"\0" * 4096])
def test_zeros_behind_the_records_are_no_damage(tmp_path, padding):
    rib = read_rib(Source(written(tmp_path, TABLE + padding)))
    assert rib.routes == 6
    assert rib.notes == ()


def test_a_table_behind_updates_is_read(tmp_path):
    rib = read_rib(Source(written(tmp_path, record(16, 4, b"update") * 3 + TABLE)))
    assert (rib.routes, rib.skipped, rib.notes) == (6, {"record of another kind": 3}, ())


def test_records_of_other_kinds_are_counted(tmp_path):
    odd = record(16, 4, b"update") + record(13, 6, b"generic") + record(13, 3, b"multicast")
    damaged = record(13, 2, b"\0\0\0\0\x21ab") + record(12, 1, b"short")
    strange = rib_record("10.2.0.0/16", [(7, attributes([7]))])
    rib = read_rib(Source(written(tmp_path, TABLE + odd + damaged + strange)))
    assert rib.skipped == {
        "record of another kind": 3,
        "damaged record": 2,
        "route of a peer that the table of peers lacks": 1,
    }
    too_long = struct.pack(">IHHI", 1, 13, 2, 2**31) + b"x" * 40
    rib = read_rib(Source(written(tmp_path, TABLE + too_long + TABLE)))
    assert (rib.routes, len(rib.notes)) == (6, 1)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is no routing table"),
        (b"1|2|-1\n" * 50, "is no routing table"),
        (record(16, 4, b"update" * 20), "holds updates, not a routing table"),
        (peer_table([]), "names no peer"),
        (peer_table(PEERS)[:20], "names no peer"),
        (peer_table(PEERS), "shows no path"),
        (rib_record("10.0.0.0/8", [(0, attributes([1]))]), "names no peer"),
    ],
)
def test_what_is_no_routing_table_is_refused(tmp_path, data, says):
    with pytest.raises(InputError, match=f"rrc00.*{says}"):
        observe([written(tmp_path, data)], Hints())


def slow_clean(path, servers, clique):
    """Clean one path by going along it; None if it is no evidence, and why."""
    path = [asn for asn in path if asn not in servers]
    path = [asn for i, asn in enumerate(path) if i == 0 or path[i - 1] != asn]
    if any(is_reserved(asn) or asn == 0 for asn in path):
        return None, "private"
    if len(set(path)) < len(path):
        return None, "twice"
    tops = [i for i, asn in enumerate(path) if asn in clique]
    if tops and tops[-1] - tops[0] + 1 > len(tops):
        return None, "poisoned"
    return path or None, ""


@given(
    st.lists(
        st.lists(st.sampled_from([1, 2, 3, 4, 5, 64_512, 23_456]), min_size=1, max_size=6),
        min_size=1,
        max_size=20,
    )
)
@few
def test_cleaning_agrees_with_going_along_each_path(tmp_path_factory, told):
    data = peer_table([("192.0.2.1", 1)]) + b"".join(
        rib_record(f"10.{i}.0.0/16", [(0, attributes(path))]) for i, path in enumerate(told)
    )
    rib = read_rib(Source(written(tmp_path_factory.mktemp("ribs"), data)))
    table, counts = clean(rib, "x", route_servers=[4], clique=[1, 2])
    cleaned = [slow_clean(path, {4}, {1, 2}) for path in told]
    kept = Counter(tuple(path) for path, _ in cleaned if path)
    assert {tuple(path): n for path, n in table.select("path", "prefixes").iter_rows()} == kept
    assert table["addresses"].to_list() == [n * 2**16 for n in table["prefixes"]]
    assert (table["monitor"] == table["path"].list.first()).all()
    for reason in ("private", "twice", "poisoned"):
        expected = sum(why == reason for _, why in cleaned)
        assert sum(n for said, n in counts.items() if reason in said) == expected


def test_paths_are_cleaned_piece_by_piece_as_all_at_once(tmp_path, monkeypatch):
    """Monitors tell the same path with a route server and without; each counts once."""
    peers = [(f"192.0.2.{n}", 10 + n % 4) for n in range(1, 9)]
    told = [(n, attributes([asn, *[4] * (n % 3), 3, 2])) for n, (_, asn) in enumerate(peers)]
    data = peer_table(peers) + b"".join(rib_record(f"10.{i}.0.0/16", told) for i in range(3))
    rib = read_rib(Source(written(tmp_path, data)))
    whole = clean(rib, "x", route_servers=[4])
    monkeypatch.setattr("splinternet.world.rib.cleaning._AT_A_TIME", 1)
    in_pieces = clean(rib, "x", route_servers=[4])
    assert in_pieces[0].equals(whole[0])
    assert in_pieces[1] == whole[1] == {ROUTE_SERVER: 15}
    assert whole[0].select("monitor", "prefixes").rows() == [(asn, 6) for asn in range(10, 14)]


def test_tables_of_several_collectors_are_joined_in_any_order(tmp_path):
    files = [
        written(tmp_path, TABLE),
        written(tmp_path, TABLE.replace(b"\x0a\x01\x01", b"\x0a\x01\x02"), "rrc00.2.mrt"),
        written(tmp_path, TABLE + TABLE[-40:], "route-views.kixp.rib.mrt"),
    ]
    one = observe(files, Hints()).paths
    assert one["collector"].unique().sort().to_list() == ["route-views.kixp", "rrc00"]
    assert one.filter(collector="rrc00")["prefixes"].to_list() == [4, 2, 4, 2]
    with ThreadPoolExecutor(3) as pool:
        assert observe(files[::-1], Hints(), executor=pool).paths.equals(one)
    parts = [observe([file], Hints()).paths for file in files]
    assert join_paths([parts[1], join_paths([parts[2], parts[0]])]).equals(one)
    for packed in (TABLE, gzip.compress(TABLE)):
        with pytest.raises(InputError, match="the same table as rrc00"):
            observe([files[0], written(tmp_path, packed, "copy.mrt")], Hints())


def test_tables_one_after_another_in_a_file_are_told_of(tmp_path):
    (source,) = observe([written(tmp_path, TABLE + TABLE)], Hints()).inputs
    assert "holds 2 tables one after another; each counts" in source.notes


def test_a_world_is_given_paths(tmp_path):
    world = make_world([(10, 3, "p2c"), (3, 1, "p2c"), (20, 1, "p2c")])
    file = written(tmp_path, TABLE)
    after = with_tables(world, [file])
    assert after.paths.height == 4
    assert after.manifest.inputs[-1].sha256 == Source(file).sha256()
    assert "are learned from 4 paths" in after.manifest.notes[-1]
    assert after.manifest.notes[-6:-1] == (
        "observed: 4 paths of 2 monitors at 1 collectors",
        "2 paths meet a network that is not in the relationships",
        "routes of 2014-05-30 are 2,011 days from the relationships of 2019-12-01: links have "
        "changed between",
        "route servers stay in paths: no file of relationships names them",
        "poisoned paths are not looked for: no file of relationships names the clique",
    )
    with pytest.raises(MisuseError, match="its paths are in the world already"):
        with_tables(after, [file])


def test_full_and_partial_tables():
    rows = [(1, "a", n, [1, n], 1, 256) for n in range(2, 10)]
    rows += [(3, "a", n, [3, n], 2, None) for n in range(4, 9)]
    schema = {"monitor": pl.UInt32, "collector": pl.String, "origin": pl.UInt32}
    schema |= {"path": pl.List(pl.UInt32), "prefixes": pl.Int64, "addresses": pl.Int64}
    found = summarise_monitors(pl.DataFrame(rows, schema=schema, orient="row"))
    assert found.rows() == [
        (1, "a", "full", 8, 8, 2048, 8),
        (3, "a", "partial", 5, 10, None, 5),
    ]


def test_collectors_are_told_by_the_names_of_files():
    assert collector_of("/data/rrc11/2019.12/bview.20191201.0000.gz") == "rrc11"
    assert collector_of("routeviews.route-views2.saopaulo.ribs.1.bz2") == "route-views2.saopaulo"
    with pytest.raises(MisuseError, match="rrc99"):
        find_collectors(["rrc99"])


def test_arrays_grow_with_the_table(tmp_path):
    peers = [(f"10.0.{i // 200}.{i % 200 + 1}", 1000 + i) for i in range(700)]
    paths = [[1000 + i, 5, 6, 7, i + 1] for i in range(700)]
    data = peer_table(peers) + b"".join(
        rib_record(
            f"11.{n}.0.0/16", [(i, attributes([*path, n + 1])) for i, path in enumerate(paths)]
        )
        for n in range(20)
    )
    rib = read_rib(Source(written(tmp_path, data)))
    assert len(rib.sessions) == 700
    assert len(rib.paths.start) == rib.routes == 14_000
    assert np.array_equal(np.unique(rib.paths.length), [4, 5, 6])


@pytest.mark.nightly
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_many_tables_on_a_cluster_that_loses_a_worker(tmp_path):
    """Two workers, each a process; one is killed, with what it has read, after the first file."""
    from distributed import Client, LocalCluster

    from splinternet.scenario.cluster import dask_executor

    files = [tmp_path / f"rrc{n:02}.bview" for n in range(8)]
    for n, file in enumerate(files):
        told = [(0, attributes([10, 3, n + 1])), (1, attributes([20, 3]))]
        prefixes = (f"{10 + i}.{n}.0.0/16" for i in range(5))
        file.write_bytes(peer_table(PEERS) + b"".join(rib_record(each, told) for each in prefixes))
    alone = observe(files, Hints())

    class Losing:
        """Maps on a cluster of which a worker is lost meanwhile."""

        def map(self, read, files):
            results = executor.map(read, files)
            yield next(results)
            os.kill(workers[0], signal.SIGKILL)
            yield from results

    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        with Client(cluster.scheduler_address, set_as_default=False) as client:
            workers = list(client.run(os.getpid).values())
        with dask_executor(cluster.scheduler_address) as executor:
            found = observe(files, Hints(), executor=Losing())
    assert found.paths.equals(alone.paths)
    assert found[1:] == alone[1:]
    assert found.paths["collector"].n_unique() == 8
