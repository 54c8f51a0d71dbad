"""A world: checked when made, saved whole or not at all, opened as it was saved."""

import errno
import json
import tempfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from splinternet.errors import WorldError
from splinternet.world.manifest import Input, Manifest
from splinternet.world.schema import TABLES
from splinternet.world.world import MANIFEST, World


def networks(*asns, **columns):
    frame = TABLES["networks"].empty()
    rows = pl.DataFrame({"asn": asns, "members": [1] * len(asns), **columns})
    return pl.concat([frame, rows.cast({"asn": pl.UInt32})], how="diagonal").cast(frame.schema)


def links(*rows):
    return pl.DataFrame(
        [(*row, "bgp") for row in rows], schema=TABLES["links"].schema, orient="row"
    )


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
    assert opened.countries == ["KZ", "RU"]


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
    monkeypatch.setattr(tempfile, "mkdtemp", lambda **_: str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    (tmp_path / "scratch" / "networks.parquet").symlink_to("/dev/full")
    with pytest.raises(WorldError, match="the disk is full; free some space"):
        world.save(tmp_path / "tiny")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_world_is_not_replaced(world, tmp_path):
    (tmp_path / "thesis.txt").write_text("all of it")
    with pytest.raises(WorldError, match="is not a world, so it is not replaced"):
        world.save(tmp_path, overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


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
