"""A world: checked when made, saved whole or not at all, opened as it was saved."""

import errno
import json
import os
import shutil
import threading
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from splinternet.base import folders
from splinternet.base.errors import WorldError
from splinternet.base.folders import new_file
from splinternet.world.manifest import Input, Manifest
from splinternet.world.schema import TABLES
from splinternet.world.world import MANIFEST, World, check_free


def networks(*asns, **columns):
    frame = TABLES["networks"].empty()
    rows = pl.DataFrame({"asn": asns, "members": [1] * len(asns), **columns})
    return pl.concat([frame, rows.cast({"asn": pl.UInt32})], how="diagonal").cast(frame.schema)


def links(*rows):
    return pl.DataFrame(
        [(*row, "bgp", 1.0, None) for row in rows], schema=TABLES["links"].schema, orient="row"
    )


def paths(*rows):
    return pl.DataFrame(rows, schema=TABLES["paths"].schema, orient="row")


@pytest.fixture
def world():
    """A small world with something in every table."""
    source = Input(
        file="a.txt", format="x", sha256="00", bytes=1, used_for="as-rel", read=2, skipped={"y": 1}
    )
    return World(
        Manifest(
            name="tiny",
            date="2019-12-01",
            inputs=(source,),
            parameters={"repair": True},
            notes=("n",),
        ),
        networks(10, 20, 30, country=["RU", None, "KZ"], ipv4_addresses=[256, None, 0]),
        links((10, 20, "p2c"), (10, 30, "p2p")),
        pl.DataFrame([(1, "IX", "RU", None)], schema=TABLES["exchanges"].schema, orient="row"),
        pl.DataFrame([(1, 10)], schema=TABLES["exchange_members"].schema, orient="row"),
        pl.DataFrame(
            [("c", "Cable", date(2019, 1, 2), 12.5)], schema=TABLES["cables"].schema, orient="row"
        ),
        pl.DataFrame(
            [("c", "Town", "RU", 1.0, -2.0)], schema=TABLES["landings"].schema, orient="row"
        ),
        paths=paths((10, "rrc00", 30, [10, 20, 30], 2, None)),
    )


def test_a_world_opens_as_it_was_saved(world, tmp_path):
    world.save(tmp_path / "deep" / "tiny")
    opened = World.open(tmp_path / "deep" / "tiny")
    for name in TABLES:
        assert getattr(opened, name).equals(getattr(world, name))
        assert getattr(opened, name).schema == TABLES[name].schema
    for field in ("name", "date", "kind", "made", "made_by", "inputs", "parameters", "notes"):
        assert getattr(opened.manifest, field) == getattr(world.manifest, field)
    assert opened.manifest.tables["networks"].rows == 3


def test_a_saved_world_holds_nothing_but_its_tables_and_manifest(world, tmp_path):
    world.save(tmp_path / "tiny")
    assert {p.name for p in (tmp_path / "tiny").iterdir()} == {
        MANIFEST,
        *(f"{name}.parquet" for name in TABLES),
    }
    assert [p.name for p in tmp_path.iterdir()] == ["tiny"]


def test_saving_does_not_overwrite_unless_told(world, tmp_path):
    world.save(tmp_path / "tiny")
    with pytest.raises(WorldError, match="exists already"):
        world.save(tmp_path / "tiny")
    world.save(tmp_path / "tiny", overwrite=True)
    assert World.open(tmp_path / "tiny").links.height == 2
    assert [p.name for p in tmp_path.iterdir()] == ["tiny"]


@pytest.mark.parametrize(
    ("error", "raised", "message"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), WorldError, "the disk is full"),
        (OSError(errno.EACCES, "Permission denied"), WorldError, "cannot be written"),
        (KeyboardInterrupt(), KeyboardInterrupt, None),
    ],
)
@pytest.mark.parametrize("earlier", [False, True])
def test_an_interrupted_save_leaves_nothing_or_what_was_there(
    world, tmp_path, monkeypatch, error, raised, message, earlier
):
    if earlier:
        world.save(tmp_path / "tiny")
    write, written = Path.write_bytes, []

    def write_two(path, data):
        if len(written) == 2:
            raise error
        written.append(path)
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_two)
    with pytest.raises(raised, match=message):
        world.save(tmp_path / "tiny", overwrite=True)
    monkeypatch.undo()
    assert [p.name for p in tmp_path.iterdir()] == (["tiny"] if earlier else [])
    if earlier:
        assert World.open(tmp_path / "tiny").links.height == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_table_is_not_left_to_polars_to_write(world, tmp_path, monkeypatch):
    """It takes a full disk for an error of its own."""
    make = Path.mkdir

    def make_with_link(path, *args, **options):
        make(path, *args, **options)
        if ".part-" in path.name:
            (path / "networks.parquet").symlink_to("/dev/full")

    monkeypatch.setattr(Path, "mkdir", make_with_link)
    with pytest.raises(WorldError, match="the disk is full; free some space"):
        world.save(tmp_path / "tiny")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_world_is_not_replaced(world, tmp_path):
    (tmp_path / "thesis.txt").write_text("all of it")
    with pytest.raises(WorldError, match="is no world, so overwrite=True does not replace it"):
        world.save(tmp_path, overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_what_may_be_replaced(world, tmp_path):
    folder = tmp_path / "x"
    check_free(folder, overwrite=False)
    folder.mkdir()
    check_free(folder, overwrite=True)
    with pytest.raises(WorldError, match="exists already"):
        check_free(folder, overwrite=False)
    world.save(folder, overwrite=True)
    (folder / MANIFEST).write_text("{")
    check_free(folder, overwrite=True)
    (folder / MANIFEST).unlink()
    world.save(folder, overwrite=True)
    assert World.open(folder).links.height == 2


@pytest.mark.parametrize("manifest", [None, "{}", '{"manifest_version": 3}'])
def test_a_stranger_s_folder_is_not_replaced(world, tmp_path, manifest):
    world.save(tmp_path / "x")
    (tmp_path / "x" / MANIFEST).unlink()
    if manifest:
        (tmp_path / "x" / MANIFEST).write_text(manifest)
    (tmp_path / "x" / "thesis.txt").write_text("all of it")
    with pytest.raises(WorldError, match="is no world"):
        world.save(tmp_path / "x", overwrite=True)
    assert (tmp_path / "x" / "thesis.txt").read_text() == "all of it"


def test_a_file_is_not_replaced_by_a_world(world, tmp_path):
    (tmp_path / "x").write_text("all of it")
    with pytest.raises(WorldError, match="is no world"):
        world.save(tmp_path / "x", overwrite=True)


@pytest.mark.parametrize(("overwrite", "says"), [(False, "exists already"), (True, "is no world")])
def test_what_appears_meanwhile_is_not_replaced(world, tmp_path, monkeypatch, overwrite, says):
    store = World._store

    def store_late(self, name, path):
        (tmp_path / "x").mkdir(exist_ok=True)
        (tmp_path / "x" / "thesis.txt").write_text("all of it")
        return store(self, name, path)

    monkeypatch.setattr(World, "_store", store_late)
    with pytest.raises(WorldError, match=says):
        world.save(tmp_path / "x", overwrite=overwrite)
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert [path.name for path in (tmp_path / "x").iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("error", [OSError(errno.EIO, "broken"), KeyboardInterrupt()])
@pytest.mark.parametrize("when", ["before", "after"])
def test_the_old_world_comes_back(world, tmp_path, monkeypatch, error, when):
    """If the swap ends before the new folder is in place, or before the old one is known gone."""
    monkeypatch.setattr(folders, "_renameat2", lambda: None)  # no exchange in one step here
    world.save(tmp_path / "tiny")
    made = World.open(tmp_path / "tiny").manifest.made
    rename = Path.rename

    def failing(path, target):
        if path.name == "tiny" and when == "after":
            rename(path, target)
            raise error
        if ".part-" in path.name:
            raise error
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises((WorldError, KeyboardInterrupt)):
        world.save(tmp_path / "tiny", overwrite=True)
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["tiny"]
    assert World.open(tmp_path / "tiny").manifest.made == made


def test_a_world_behind_a_link_is_replaced_there(world, tmp_path):
    world.save(tmp_path / "real")
    (tmp_path / "link").symlink_to("real")
    shutil.copy(tmp_path / "real" / MANIFEST, tmp_path / "real" / "extra")
    world.save(tmp_path / "link", overwrite=True)
    assert (tmp_path / "link").is_symlink()
    assert not (tmp_path / "real" / "extra").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "real"]


@pytest.fixture
def umask():
    """A mask that differs from the usual."""
    before = os.umask(0o007)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_what_is_new_has_the_usual_permissions(world, tmp_path):
    with new_file(tmp_path / "x") as scratch:
        scratch.write_text("new")
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o660
    world.save(tmp_path / "tiny")
    assert (tmp_path / "tiny").stat().st_mode & 0o777 == 0o770
    assert (tmp_path / "tiny" / MANIFEST).stat().st_mode & 0o777 == 0o660


@pytest.mark.parametrize("mode", [0o600, 0o444, 0o755])
def test_a_replaced_file_keeps_its_permissions(tmp_path, mode):
    (tmp_path / "x").write_text("old")
    (tmp_path / "x").chmod(mode)
    with new_file(tmp_path / "x") as scratch:
        assert scratch.stat().st_mode & 0o777 == 0o600  # nobody else may look meanwhile
        scratch.write_text("new")
    assert (tmp_path / "x").stat().st_mode & 0o777 == mode
    assert (tmp_path / "x").read_text() == "new"


@pytest.mark.parametrize("there", [True, False])
def test_the_file_behind_a_link_is_written(tmp_path, there):
    (tmp_path / "elsewhere").mkdir()
    real = tmp_path / "elsewhere" / "real"
    if there:
        real.write_text("old")
    (tmp_path / "link").symlink_to("elsewhere/real")
    with new_file(tmp_path / "link") as scratch:
        scratch.write_text("new")
    assert (tmp_path / "link").is_symlink()
    assert real.read_text() == "new"
    assert [path.name for path in real.parent.iterdir()] == ["real"]


def test_a_link_to_itself_and_a_folder_are_no_files(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "folder").mkdir()
    for name in ("loop", "folder"):
        with (
            pytest.raises(WorldError, match=f"{name}: cannot be written"),
            new_file(tmp_path / name) as scratch,
        ):
            scratch.write_text("new")
    assert (tmp_path / "loop").is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "loop"]


@pytest.mark.parametrize("name", ["pipe", "link"])
def test_a_pipe_is_written_to(tmp_path, name):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    read: list[str] = []
    reader = threading.Thread(
        target=lambda: read.append((tmp_path / "pipe").read_text()), daemon=True
    )
    reader.start()
    with new_file(tmp_path / name) as scratch:
        scratch.write_text("new")
    reader.join(timeout=10)
    assert read == ["new"]
    assert (tmp_path / "pipe").is_fifo()
    assert (tmp_path / "link").is_symlink()


def test_a_folder_that_is_no_world_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    for path in (tmp_path, tmp_path / "nothing", tmp_path / "file"):
        with pytest.raises(WorldError, match="no world here"):
            World.open(path)


@pytest.mark.parametrize("text", ["", "{", '{"name": 1}', "[]", "\xff"])
def test_a_damaged_manifest_is_refused(world, tmp_path, text):
    world.save(tmp_path / "tiny")
    (tmp_path / "tiny" / MANIFEST).write_text(text, encoding="latin-1")
    with pytest.raises(WorldError, match=r"manifest\.json: damaged"):
        World.open(tmp_path / "tiny")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("date", "December", "no date: 'December'"),
        ("date", "2019-13-01", "no date: '2019-13-01'"),
        ("kind", "half", "no kind of world: 'half'"),
    ],
)
def test_a_manifest_with_a_bad_value_is_refused(world, tmp_path, field, value, says):
    world.save(tmp_path / "tiny")
    path = tmp_path / "tiny" / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | {field: value}))
    with pytest.raises(WorldError, match=rf"manifest\.json: damaged \({says}\); import or fetch"):
        World.open(tmp_path / "tiny")


def test_a_manifest_that_forgets_a_table_is_refused(world, tmp_path):
    world.save(tmp_path / "tiny")
    path = tmp_path / "tiny" / MANIFEST
    manifest = json.loads(path.read_text())
    del manifest["tables"]["links"]
    path.write_text(json.dumps(manifest))
    with pytest.raises(WorldError, match="does not list links"):
        World.open(tmp_path / "tiny")


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_table_is_named(world, tmp_path, table):
    world.save(tmp_path / "tiny")
    (tmp_path / "tiny" / f"{table}.parquet").unlink()
    with pytest.raises(WorldError, match=rf"{table}\.parquet: missing"):
        World.open(tmp_path / "tiny")


@pytest.mark.parametrize("kept", [0, 10, -1])
def test_a_truncated_table_is_named(world, tmp_path, kept):
    world.save(tmp_path / "tiny")
    path = tmp_path / "tiny" / "links.parquet"
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(WorldError, match=r"links\.parquet: damaged"):
        World.open(tmp_path / "tiny")


def test_a_changed_byte_is_noticed(world, tmp_path):
    world.save(tmp_path / "tiny")
    path = tmp_path / "tiny" / "networks.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(WorldError, match=r"networks\.parquet: damaged"):
        World.open(tmp_path / "tiny")


MANIFEST_ = Manifest(name="x", date="2019-12-01")


def test_columns_must_be_as_declared():
    with pytest.raises(WorldError, match="table networks has columns"):
        World(MANIFEST_, networks(10, 20).drop("users"), links((10, 20, "p2c")))
    with pytest.raises(WorldError, match="table links has columns"):
        World(MANIFEST_, networks(10, 20), links((10, 20, "p2c")).cast({"kind": pl.String()}))


def test_what_is_needed_may_not_be_empty():
    with pytest.raises(WorldError, match="table networks has an empty members"):
        World(
            MANIFEST_,
            networks(10, 20).with_columns(members=pl.lit(None, pl.Int64)),
            links((10, 20, "p2c")),
        )


def test_a_network_stands_in_one_row():
    with pytest.raises(WorldError, match="two rows for asn 10"):
        World(MANIFEST_, networks(10, 10), links())


@pytest.mark.parametrize("again", [(10, 20, "p2p"), (20, 10, "p2c"), (20, 10, "p2p")])
def test_a_pair_has_one_relationship(again):
    with pytest.raises(WorldError, match="two r"):
        World(MANIFEST_, networks(10, 20), links((10, 20, "p2c"), again))


def test_links_are_between_networks_of_the_world():
    with pytest.raises(WorldError, match="names AS30, which the networks table lacks"):
        World(MANIFEST_, networks(10, 20), links((10, 30, "p2c")))


def test_nobody_is_linked_to_itself():
    with pytest.raises(WorldError, match="AS10 is linked to itself"):
        World(MANIFEST_, networks(10, 20), links((10, 10, "p2p")))


def test_a_path_leads_from_its_monitor_to_its_origin():
    for row in [(10, "a", 30, [20, 30], 1, 256), (10, "a", 30, [], 1, 256)]:
        with pytest.raises(WorldError, match="path of AS10 to AS30"):
            World(Manifest(name="x", date="2019-12-01"), networks(10), links(), paths=paths(row))


def test_a_monitor_s_path_stands_in_one_row():
    twice = [(10, "a", 30, [10, 30], n, 256) for n in (1, 2)]
    with pytest.raises(WorldError, match="two rows for collector a, monitor 10, path"):
        World(Manifest(name="x", date="2019-12-01"), networks(10), links(), paths=paths(*twice))
