"""Ranks: counted by hand, and only by an atlas of the same world and settings."""

import json
import shutil
from pathlib import Path

import msgspec
import polars as pl
import pytest

from commands import small_world
from splinternet.base.errors import InputError, MisuseError
from splinternet.brief import atlas as module
from splinternet.brief.atlas import DEFAULTS, Rank, rank, read_atlas, shipped_atlas
from splinternet.brief.country import make_brief
from splinternet.measures.catalogue import find_measure
from splinternet.measures.together import figures_of
from splinternet.world.catalogue import open_world
from splinternet.world.world import World

SHIPPED = Path(module.__file__).with_name("atlases")
WORLD = small_world()
ATLAS = pl.DataFrame(
    {
        "country": ["AA", "BB", "CC", "DD", "EE"],
        "name": ["A", "B", "C", "D", "E"],
        "share": [0.5, 0.7, 0.5 + 1e-12, None, 0.1],
        "networks": [1, 2, 3, None, 3],
    }
)


@pytest.mark.parametrize(
    ("figure", "country", "most", "found"),
    [
        ("share", "BB", True, Rank(1, 4, 0)),
        ("share", "AA", True, Rank(2, 4, 1)),
        ("share", "CC", True, Rank(2, 4, 1)),  # alike but for rounding
        ("share", "EE", True, Rank(4, 4, 0)),
        ("share", "DD", True, None),
        ("share", "ZZ", True, None),
        ("networks", "AA", False, Rank(1, 4, 0)),
        ("networks", "EE", False, Rank(3, 4, 1)),
        ("unheard", "AA", True, None),
    ],
)
def test_rank(figure, country, most, found):
    assert rank(ATLAS, figure, country, most=most) == found


@pytest.mark.parametrize("name", ["2019-12", "2025-09"])
def test_shipped_atlases_are_of_the_shipped_digests(name):
    """Ranks are not of an older digest or other code: some rows computed again are the same."""
    world = open_world(name)
    atlas = shipped_atlas(world)
    assert atlas is not None
    assert set(atlas["country"]) == set(world.networks["country"].drop_nulls())
    measures = [find_measure(each) for each in ("dependence", "control", "reliability")]
    for code in ("CU", "VA", "NL"):
        row = atlas.row(by_predicate=pl.col("country") == code, named=True)
        again = figures_of(world, code, measures, {})
        for figure, value in again.items():
            if figure != "missing":
                assert row[figure] == pytest.approx(value, rel=1e-9, abs=1e-12)
    manifest = json.loads((SHIPPED / f"{name}.parquet.manifest.json").read_text())
    assert set(manifest["columns"]) <= set(atlas.columns)


def test_no_rank_for_other_worlds():
    world = open_world("2019-12")
    assert shipped_atlas(WORLD) is None
    assert shipped_atlas(small_world(name="2019-12", kind="digest")) is None
    after = {"scenarios": [{"name": "Off", "sha256": "", "shocks": []}]}
    changed = msgspec.structs.replace(world.manifest, parameters=after)
    assert shipped_atlas(World(changed, world.networks, world.links)) is None
    brief = make_brief(world, "CU", weights="networks")
    assert brief.atlas is None
    assert all(each.rank is None for each in brief.headlines)


def test_ranks_of_a_brief_are_those_of_its_atlas():
    brief = make_brief(open_world("2019-12"), "CU")
    shares = brief.atlas["foreign_dependence"].drop_nulls()
    first = brief.headlines[0]
    assert first.rank.place == 1 + sum(share > first.value + 1e-9 for share in shares)
    assert first.rank.of == len(shares)
    fewest = brief.atlas["control_points"].drop_nulls()
    control = brief.headlines[2]
    assert control.rank == Rank(1, len(fewest), sum(fewest == 1) - 1)


@pytest.fixture
def made(tmp_path, run):
    """An atlas of the small world, made by the command."""
    WORLD.save(tmp_path / "small")
    file = tmp_path / "atlas.csv"
    assert run("--world", str(tmp_path / "small"), "atlas", "-o", str(file))[0] == 0
    return file


def test_an_atlas_that_was_made(made, tmp_path, run):
    world = World.open(tmp_path / "small")
    atlas = read_atlas(made, world)
    found = rank(atlas, "foreign_dependence", "RU")
    assert found.of == atlas["foreign_dependence"].drop_nulls().len()
    folder = str(tmp_path / "small")
    status, out, _ = run("--world", folder, "brief", "RU", "--atlas", str(made))
    assert status == 0
    assert f"Rank {found.place} of {found.of} nations" in " ".join(out.split())
    status, out, _ = run("--world", folder, "brief", "RU")
    assert f"splinternet --world {folder} atlas -o atlas-small.parquet" in " ".join(out.split())
    assert "Rank 1 of" not in out


def _without_manifest(file):
    file.with_name(f"{file.name}.manifest.json").unlink()


def _changed(**changes):
    def change(file):
        beside = file.with_name(f"{file.name}.manifest.json")
        beside.write_text(json.dumps(json.loads(beside.read_text()) | changes))

    return change


def _other_world(file):
    beside = file.with_name(f"{file.name}.manifest.json")
    said = json.loads(beside.read_text())
    said["world"]["tables"]["links"]["sha256"] = "0"
    beside.write_text(json.dumps(said))


@pytest.mark.parametrize(
    ("damage", "error", "says"),
    [
        (_without_manifest, InputError, "atlas.csv.manifest.json: is missing; 'splinternet atlas"),
        (_changed(world="small"), InputError, "is no manifest of an atlas"),
        (lambda f: Path(f"{f}.manifest.json").write_text("{"), InputError, "cannot be read"),
        (
            _changed(settings=DEFAULTS | {"tie_break": "lowest-asn"}),
            MisuseError,
            "tie-break lowest-asn, not",
        ),
        (_other_world, MisuseError, "another world of the name small"),
        (lambda f: f.write_bytes(b""), InputError, "cannot be read; 'splinternet atlas -o' makes"),
        (lambda f: f.write_text("a,b\n1,2\n"), InputError, "is no atlas: it has no column"),
        (lambda f: f.unlink(), InputError, "no such file"),
    ],
)
def test_an_atlas_that_will_not_do(made, tmp_path, damage, error, says):
    damage(made)
    with pytest.raises(error, match=r".") as failed:
        read_atlas(made, World.open(tmp_path / "small"))
    assert says in str(failed.value)
    assert "\n" not in str(failed.value)


def test_an_atlas_of_another_world(made, tmp_path, run):
    with pytest.raises(MisuseError, match="is an atlas of world small of 2019-12-01, full"):
        read_atlas(made, open_world("2019-12"))
    shutil.copy(made, tmp_path / "atlas.xlsx")
    with pytest.raises(MisuseError, match=r"an atlas ends in \.csv, \.json, \.parquet"):
        read_atlas(tmp_path / "atlas.xlsx", WORLD)
