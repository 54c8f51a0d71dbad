"""Folders and files appear whole, are replaced in one step, and leave nothing behind for long."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
from io import BytesIO
from pathlib import Path

import msgspec
import polars as pl
import pytest

from commands import small_world
from ledgers import write_ledger
from splinternet.base import folders, parquet
from splinternet.base.errors import InputError, WorldError
from splinternet.base.folders import new_file, new_folder, recover
from splinternet.base.kept import read_part, write_part
from splinternet.base.parquet import ParquetError, read_parquet
from splinternet.ledger.reading import read_ledger
from splinternet.world.world import MANIFEST, World, read_manifest

#: Replaces a folder, and kills itself at the call of a C function whose number is given.
WRITER = """
import os, signal, sys
from pathlib import Path
from splinternet.base import folders

place, kind, exchanges, end = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
if exchanges == "no":
    folders._renameat2 = lambda: None
calls = 0

def count(frame, event, argument):
    global calls
    if event == "c_call":
        calls += 1
        if calls == end:
            os.kill(os.getpid(), signal.SIGKILL)

def write(scratch):
    if kind == "folder":
        for name in ("one", "two"):
            (scratch / name).write_text(str(os.getpid()))
    else:
        scratch.write_text(f"{os.getpid()} {os.getpid()}")

sys.setprofile(count)
new = folders.new_folder(place, lambda: None) if kind == "folder" else folders.new_file(place)
with new as made:
    write(made)
sys.setprofile(None)
print(calls)
"""


def written(place: Path, kind: str, exchanges: str, end: int = 0) -> subprocess.CompletedProcess:
    words = [sys.executable, "-c", WRITER, str(place), kind, exchanges, str(end)]
    return subprocess.run(words, capture_output=True, text=True)


def content(place: Path, kind: str) -> list[str]:
    if kind == "file":
        return place.read_text().split()
    recover(place)
    return [(place / name).read_text() for name in ("one", "two")]


@pytest.mark.parametrize(
    ("kind", "exchanges"), [("folder", "yes"), ("folder", "no"), ("file", "yes")]
)
def test_a_run_that_is_killed_anywhere_harms_nothing(tmp_path, kind, exchanges):
    place = tmp_path / "place"
    calls = int(written(place, kind, exchanges).stdout)
    assert calls > 20
    for end in range(1, calls + 60, max(1, calls // 12)):
        done = written(place, kind, exchanges, end)
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        one, two = content(place, kind)
        assert one == two
        assert written(place, kind, exchanges).returncode == 0
        assert [path.name for path in tmp_path.iterdir()] == ["place"]


@pytest.mark.skipif(folders._renameat2() is None, reason="no exchange in one step here")
def test_a_folder_that_is_replaced_is_always_there(tmp_path):
    place = tmp_path / "place"
    with new_folder(place, lambda: None) as made:
        (made / "file").write_text("0")
    done, missed = threading.Event(), []

    def look():
        while not done.is_set():
            missed.extend([] if place.exists() else ["missed"])

    looking = threading.Thread(target=look)
    looking.start()
    for number in range(200):
        with new_folder(place, lambda: None) as made:
            (made / "file").write_text(str(number))
    done.set()
    looking.join()
    assert not missed


def test_what_a_living_run_writes_is_left_alone(tmp_path):
    place = tmp_path / "place"
    with new_file(place) as first:
        first.write_text("first")
        with new_file(place) as second:
            second.write_text("second")
        assert first.read_text() == "first"
        assert place.read_text() == "second"
    assert place.read_text() == "first"


def test_what_is_of_others_is_left_alone(tmp_path):
    for name in (".place.partner", ".places.part-1", "place.part-1", ".place.older"):
        (tmp_path / name).touch()
    with new_file(tmp_path / "place") as made:
        made.write_text("made")
    assert len(list(tmp_path.iterdir())) == 5


# Worlds


def test_a_world_that_is_replaced_all_the_time_is_one_of_the_two(tmp_path):
    """Its networks and links are of one world, and it is never missing."""
    place = tmp_path / "w"
    whole = small_world(name="whole")
    part = World(
        msgspec.structs.replace(whole.manifest, name="part"), whole.networks, whole.links[:3]
    )
    height = {"whole": whole.links.height, "part": 3}
    whole.save(place)
    done, seen = threading.Event(), set()

    def save():
        for number in range(60):
            (part, whole)[number % 2].save(place, overwrite=True)
        done.set()

    saving = threading.Thread(target=save)
    saving.start()
    while not done.is_set():
        opened = World.open(place)
        assert opened.links.height == height[opened.manifest.name]
        seen.add(opened.manifest.name)
    saving.join()
    assert seen == {"whole", "part"}


def test_the_bytes_that_are_hashed_are_those_that_are_parsed(tmp_path, monkeypatch):
    """A file that another takes the place of, in the folder itself, once it has been read."""
    small_world().save(tmp_path / "w")
    read = parquet.read_parquet

    def late(data):
        for file in (tmp_path / "w").glob("*.parquet"):
            file.write_bytes(b"another")
        return read(data)

    monkeypatch.setattr("splinternet.world.world.read_parquet", late)
    assert World.open(tmp_path / "w").links.equals(small_world().links)


def crafted(folder: Path, name: str, data: bytes) -> Path:
    """Put bytes into a world as a table of its, with the checksum that they have."""
    small_world().save(folder)
    (folder / f"{name}.parquet").write_bytes(data)
    manifest = read_manifest(folder)
    stored = msgspec.structs.replace(manifest.tables[name], sha256=hashlib.sha256(data).hexdigest())
    tables = {**manifest.tables, name: stored}
    text = msgspec.json.encode(msgspec.structs.replace(manifest, tables=tables))
    (folder / MANIFEST).write_bytes(text)
    return folder


def test_crafted_parquet_is_one_line(tmp_path, run):
    packed = BytesIO()
    small_world().networks.write_parquet(packed)
    whole = packed.getvalue()
    refused = 0
    for number, place in enumerate(range(4, len(whole) - 8, max(1, len(whole) // 12))):
        for mask in (0x80, 0xFF):
            data = bytearray(whole)
            data[place] ^= mask
            folder = crafted(tmp_path / f"{number}-{mask}", "networks", bytes(data))
            status, out, err = run("--world", str(folder), "depend", "RU", "--format", "csv")
            said = [line for line in err.splitlines() if line.startswith("splinternet: ")]
            assert "bug in splinternet" not in err
            assert "panicked" not in err
            refused += status != 0
            if status:
                assert (out, err.count("\n"), len(said)) == ("", 1, 1)
    assert refused


@pytest.mark.parametrize(
    ("stated", "instead", "said"),
    [
        (b"\x2c\x15\x14", b"\x2c\x15\x13", "below zero"),  # values: 10, and -10
        (b"\x15\x20\x15\x20", b"\x15\x1f\x15\x20", "below zero"),  # bytes: 16, and -16
        (b"\x2c\x15\x14", b"\x2c\x15\x7e", "more values than it can have"),  # 63
        (b"\x2c\x15\x14\x15\x10", b"\x2c\x15\x14\x15\x0e", "an encoding"),  # by common beginnings
        (b"\x2c\x15\x14", b"\x2c\x18\x14", "of another type"),  # text of 20 bytes
        (b"\x2c\x15\x14", b"\xbc\x15\x14", "does not know"),  # of a page
    ],
)
def test_sizes_that_cannot_be_are_refused_before_memory_is_taken(stated, instead, said):
    packed = BytesIO()
    table = pl.DataFrame({"asn": range(10)})
    table.write_parquet(packed, compression="uncompressed", statistics=False)
    whole = packed.getvalue()
    assert read_parquet(whole).equals(table)
    assert whole.count(stated) == 1
    with pytest.raises(ParquetError, match=said):
        read_parquet(whole.replace(stated, instead))


@pytest.mark.parametrize("error", [pl.exceptions.PanicException("broken\nat"), OSError("bad")])
def test_what_the_library_raises_is_an_error_of_ours(monkeypatch, capfd, error):
    def panic(data):
        os.write(2, b"thread 'main' panicked")
        raise error

    packed = BytesIO()
    pl.DataFrame({"a": [1]}).write_parquet(packed)
    monkeypatch.setattr(pl, "read_parquet", panic)
    with pytest.raises(ParquetError, match=r"^(broken|bad)$"):
        read_parquet(packed.getvalue())
    assert capfd.readouterr().err == ""


def test_more_rows_than_any_table_has(monkeypatch):
    monkeypatch.setattr(parquet, "MAX_ROWS", 2)
    packed = BytesIO()
    pl.DataFrame({"a": [1, 2, 3]}).write_parquet(packed)
    with pytest.raises(ParquetError, match="3 rows, which no table has"):
        read_parquet(packed.getvalue())


def test_nothing_waits_for_a_pipe_in_a_folder(tmp_path):
    world, ledger = tmp_path / "w", write_ledger(tmp_path / "l")
    small_world().save(world)
    for file in (world / "links.parquet", ledger / "actors.csv"):
        file.unlink()
        os.mkfifo(file)
    with pytest.raises(WorldError, match=r"links\.parquet: damaged"):
        World.open(world)
    with pytest.raises(InputError, match=r"actors\.csv: is a pipe"):
        read_ledger(ledger)


def test_a_file_of_a_world_larger_than_any(tmp_path, monkeypatch):
    small_world().save(tmp_path / "w")
    monkeypatch.setattr("splinternet.world.world._MOST_BYTES", 100)
    with pytest.raises(WorldError, match=r"manifest\.json: larger than"):
        World.open(tmp_path / "w")


# Parts of long work


def test_a_part_with_any_bit_flipped_is_the_same_or_refused(tmp_path):
    file, holds = tmp_path / "part", [("AS1", 0.25, None), ("AS2", 1e-9, 7)]
    write_part(file, "sweep 0", holds)
    kept = file.read_bytes()
    kind = list[tuple[str, float, int | None]]
    assert read_part(file, "sweep 0", kind, "") == holds
    for place in range(len(kept)):
        for bit in range(8):
            flipped = bytearray(kept)
            flipped[place] ^= 1 << bit
            file.write_bytes(flipped)
            try:
                assert read_part(file, "sweep 0", kind, "") == holds
            except InputError as error:
                assert "remove it" in str(error) or "damaged" in str(error)  # noqa: PT017


def test_lists_in_lists_in_lists_are_one_line(tmp_path, run):
    """Deeper than any reader of JSON goes down."""
    deep = "[" * 200_000
    (tmp_path / "part").write_text('{"of":"sweep 0","sha256":"","holds":' + deep)
    with pytest.raises(InputError, match="damaged"):
        read_part(tmp_path / "part", "sweep 0", list[int], "remove it")
    small_world().save(tmp_path / "w")
    (tmp_path / "w" / MANIFEST).write_text('{"parameters":{"a":' + deep)
    with pytest.raises(WorldError, match=r"manifest\.json: damaged"):
        World.open(tmp_path / "w")
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "sweep.json").write_text('{"a":' + deep)
    status, _, said = run("sweep", str(tmp_path / "s"), "--each", "country", "--world", "2019-12")
    assert (status, said.count("\n")) == (1, 1)
    assert "sweep.json: damaged" in said


def test_a_part_is_the_one_that_is_asked_for(tmp_path):
    write_part(tmp_path / "part", "sweep 1", [1])
    with pytest.raises(InputError, match="is another part, or one of other work; remove it"):
        read_part(tmp_path / "part", "sweep 0", list[int], "remove it")
    with pytest.raises(InputError, match="damaged"):
        read_part(tmp_path / "part", "sweep 1", list[str], "remove it")
