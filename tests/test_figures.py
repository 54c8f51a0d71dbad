"""Figures at hand: of the same world, settings and definitions only; ranks counted by hand."""

import hashlib
import json
import shutil
from pathlib import Path

import msgspec
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from briefs import digest_brief
from budgets import few
from commands import small_world
from splinternet import cli
from splinternet.base.errors import InputError, MisuseError
from splinternet.brief.country import make_brief
from splinternet.figures import shipped as module
from splinternet.figures.given import read_atlas
from splinternet.figures.history import _made as history
from splinternet.figures.history import shipped_history
from splinternet.figures.making import made_of, save_figures
from splinternet.figures.matching import DEFAULTS
from splinternet.figures.ranks import Rank, rank
from splinternet.figures.reverse import shipped_dependents
from splinternet.figures.shipped import (
    levels_line,
    list_figures,
    nearest_figures,
    shipped_figures,
)
from splinternet.figures.standing import standing_out
from splinternet.measures.atlas import atlas, atlas_and_rows
from splinternet.measures.catalogue import find_measure
from splinternet.measures.dependents import dependents
from splinternet.world.catalogue import open_world
from splinternet.world.world import World

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


@pytest.mark.parametrize("figures", list_figures(), ids=lambda each: each.world.name)
def test_shipped_figures_are_whole(figures):
    """Every file is there as its manifest says, and every column is explained."""
    for name, stored in figures.made.tables.items():
        data = (figures.folder / f"{name}.parquet").read_bytes()
        assert hashlib.sha256(data).hexdigest() == stored.sha256
    assert set(figures.made.columns) <= set(figures.nations.columns)
    assert len(figures.nations) > 200


def test_what_is_shipped_is_small():
    package = module.FOLDER.parents[1]
    assert 0 < sum(file.stat().st_size for file in package.glob("*/shipped/**/*.*")) < 4e6


def test_no_rank_for_other_worlds():
    world = open_world("2019-12")
    assert shipped_figures(WORLD) is None
    assert shipped_figures(small_world(name="2019-12", kind="digest")) is None
    after = {"scenarios": [{"name": "Off", "sha256": "", "shocks": []}]}
    changed = msgspec.structs.replace(world.manifest, parameters=after)
    assert shipped_figures(World(changed, world.networks, world.links)) is None


def test_ranks_of_a_brief_are_those_of_its_atlas():
    brief = digest_brief("CU")
    shares = brief.atlas["foreign_dependence"].drop_nulls()
    first = brief.headlines[0]
    assert first.rank.place == 1 + sum(share > first.value + 1e-9 for share in shares)
    assert first.rank.of == len(shares)
    fewest = brief.atlas["control_points"].drop_nulls()
    control = brief.headlines[2]
    assert control.rank == Rank(1, len(fewest), sum(fewest == 1) - 1)


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """The small world, saved and opened, and its figures as if they were shipped."""
    WORLD.save(tmp_path / "small")
    world = World.open(tmp_path / "small")
    measures = ["dependence", "states"]
    nations, rows = atlas_and_rows(world, measures)
    save_figures(
        tmp_path / "shipped" / "small", made_of([world], measures), {"nations": nations, **rows}
    )
    monkeypatch.setattr(module, "FOLDER", tmp_path / "shipped")
    return world


def test_figures_are_those_that_measures_give(opened):
    figures = shipped_figures(opened)
    first = find_measure("dependence").table(opened, "RU")["asn"][0]
    assert figures.row("RU")["dependence_on"] == first
    assert figures.row("AQ") == {}
    for name in ("dependence", "states"):
        whole = find_measure(name).table(opened, "RU")
        kept = whole.filter(pl.col("share") >= 0.01)
        assert_frame_equal(figures.table(name, "RU"), kept, abs_tol=1e-5)
        assert figures.table(name)["nation"].n_unique() > 1
    assert figures.table("grp") is None


def test_no_rank_by_other_weights(opened):
    assert make_brief(opened, "RU").headlines[0].rank is not None
    brief = make_brief(opened, "RU", weights="networks")
    assert brief.atlas is None
    assert all(each.rank is None for each in brief.headlines)


def digest_of(world, **parameters):
    """A digest of a world, as far as its manifest says."""
    manifest = msgspec.structs.replace(
        world.manifest, kind="digest", tables={}, parameters=parameters
    )
    return World(manifest, world.networks, world.links)


def test_figures_are_for_their_world_and_for_digests_of_it(opened):
    checksums = {name: opened.manifest.tables[name].sha256 for name in ("networks", "links")}
    digest = digest_of(opened, made_of=checksums)
    assert shipped_figures(digest) is shipped_figures(opened)
    assert levels_line(digest) == (
        "Levels are shipped figures of the full world small, differences the digest's."
    )
    assert shipped_figures(digest_of(opened, made_of=checksums | {"links": "0"})) is None
    other = digest_of(opened)
    assert shipped_figures(other) is None
    assert levels_line(other) == "Levels are computed on this digest: no figures of it are shipped."


def test_levels_of_a_digest_are_those_of_its_full_world(opened, tmp_path, run):
    """A digest whose addresses tell something else has the full world's levels all the same."""
    checksums = {name: opened.manifest.tables[name].sha256 for name in ("networks", "links")}
    digest = digest_of(opened, made_of=checksums)
    asns = pl.int_range(pl.len(), dtype=pl.Int64)
    other = digest.networks.with_columns(ipv4_addresses=1 + 1000 * asns)
    digest = World(digest.manifest, other, digest.links)
    figures = shipped_figures(digest)
    computed = find_measure("dependence").table(digest, "RU")["share"]
    shown = figures.table("dependence", "RU")["share"]
    assert shown.to_list() != computed.round(5).to_list()
    brief = make_brief(digest, "RU")
    assert brief.headlines[0].value == figures.row("RU")["foreign_dependence"]
    assert brief.headlines[1].value == figures.row("RU")["state_share"]
    assert brief.atlas is figures.nations
    digest.save(tmp_path / "digest")
    status, out, err = run("--world", str(tmp_path / "digest"), "depend", "RU", "-f", "csv")
    assert status == 0
    assert pl.read_csv(out.encode())["share"].to_list() == shown.to_list()
    assert "Shipped figures of the full world: rows of 1% or more." in err
    _, out, err = run("--world", str(tmp_path / "digest"), "measure", "reliability", "RU")
    assert "In the full world" not in out  # no reliability is shipped here
    _, out, err = run(
        "--world", str(tmp_path / "digest"), "depend", "RU", "--by", "state", "-f", "csv"
    )
    assert "Shipped figures" in err
    states = figures.table("states", "RU").select("country", "share", "counted")
    told = pl.read_csv(out.encode())
    assert told.columns == [*states.columns, "doubt"]
    assert_frame_equal(told.select(states.columns), states)


@pytest.mark.parametrize("carrier", ["AS1", "US"])
def test_who_depends_is_told_by_the_full_world(opened, tmp_path, run, carrier):
    checksums = {name: opened.manifest.tables[name].sha256 for name in ("networks", "links")}
    digest_of(opened, made_of=checksums).save(tmp_path / "digest")
    whole = dependents(opened, carrier).filter(pl.col("share") >= 0.01)
    assert whole.height
    found = shipped_dependents(shipped_figures(opened), carrier)
    assert_frame_equal(found.select("country", "share"), whole, abs_tol=1e-5)
    for words, says in ((), "Shipped figures"), (("--weights", "networks"), "is a digest"):
        _, out, err = run("--world", str(tmp_path / "digest"), "dependents", carrier, *words)
        assert says in out + err


def test_doubts_of_shipped_figures_are_told_by_measure(tmp_path):
    figures = module.Figures(module.Made(made_by="", worlds=(), settings={}), tmp_path)
    told = "states: AS1: one link; AS2: two links; cut: AS1: one link"
    nations = pl.DataFrame({"country": ["IR", "RU"], "doubt": [None, told]})
    vars(figures)["nations"] = nations
    assert figures.doubts == {
        "RU": {"states": "AS1: one link; AS2: two links", "cut": "AS1: one link"}
    }


def test_figures_by_other_choices_or_definitions_are_refused(opened):
    assert shipped_figures(opened, DEFAULTS | {"tie_break": "lowest-asn"}) is None
    later = DEFAULTS | {"definitions": DEFAULTS["definitions"] + 1}
    assert shipped_figures(opened, later) is None
    assert "computed on this world: shipped ones have other settings (definitions" in levels_line(
        opened, later
    )


def test_figures_of_other_definitions_are_listed_nowhere(opened, tmp_path, monkeypatch, run):
    """Rankings, dates, comparisons and archives list figures; commands say that none are there."""
    made = made_of([opened], ["dependence"])
    for folder, more in ("same", 0), ("other", 1):
        definitions = made.settings["definitions"] + more
        settings = made.settings | {"definitions": definitions}
        of = msgspec.structs.replace(made, settings=settings)
        save_figures(tmp_path / folder / "small", of, {"nations": ATLAS})
    monkeypatch.setattr(module, "FOLDER", tmp_path / "same")
    assert len(list_figures()) == 1
    opened.save(tmp_path / "full")
    words = ("--world", str(tmp_path / "full"), "depend", "RU")
    assert "Levels are computed" not in run(*words)[1]
    monkeypatch.setattr(module, "FOLDER", tmp_path / "other")
    assert list_figures() == ()
    assert nearest_figures("2019-12-01") is None
    says = "Levels are computed on this world: shipped ones have other settings (definitions"
    assert says in run(*words)[1]


def test_figures_are_the_same_bytes_when_made_twice(opened, tmp_path):
    measures = ["dependence", "states"]
    for number in "01":
        nations, rows = atlas_and_rows(opened, measures, folder=tmp_path / "kept")
        made = made_of([opened], measures)
        save_figures(tmp_path / number, made, {"nations": nations, **rows})
    for file in (tmp_path / "0").iterdir():
        assert file.read_bytes() == (tmp_path / "1" / file.name).read_bytes()


def history_of(world, folder, **settings):
    """Figures of two dates, as if they were shipped."""
    later = msgspec.structs.replace(world.manifest, name="later", date="2020-01-01")
    worlds = [world, World(later, world.networks, world.links)]
    frames = [
        atlas(each, ["dependence"], weights=weights).select(
            "country",
            "^.*dependence.*$",
            "doubt",
            date=pl.lit(each.manifest.date),
            world=pl.lit(each.manifest.name),
            evidence=pl.lit("bgp"),
            links=pl.lit(each.links.height),
            weights=pl.lit(weights),
        )
        for each in worlds
        for weights in ("networks", "addresses")
    ]
    made = made_of(worlds, ["dependence"], ["By networks."])
    made = msgspec.structs.replace(made, settings=made.settings | {"links": "bgp", **settings})
    save_figures(folder / "history", made, {"nations": pl.concat(frames)})


def test_history_without_worlds(opened, tmp_path, run):
    assert shipped_history("RU") is None
    history.cache_clear()
    history_of(opened, tmp_path / "shipped")
    found = shipped_history("Russia", weights="networks", measures=["dependence"])
    assert found["date"].to_list() == [opened.manifest.date, "2020-01-01"]
    assert found.columns[-1] == "doubt"
    alone = find_measure("dependence").table(opened, "RU", weights="networks")
    assert found["dependence"][0] == pytest.approx(alone["share"][0], abs=1e-5)
    status, out, _ = run("history", "RU", "--measure", "dependence", "--weights", "addresses")
    assert status == 0
    assert "By networks." in out
    assert out.count("addresses") == 2
    status, out, _ = run("history", "RU", "--prefer", "gao-rexford")
    assert status == 0
    assert "By networks." not in out
    assert "prefer gao-rexford" in out
    status, _, err = run("history", "RU", "--measure", "cti")
    assert status != 0
    assert "cti is not among the figures that are shipped for all dates" in err


def test_history_by_other_definitions_is_refused(opened, tmp_path, run):
    history.cache_clear()
    history_of(opened, tmp_path / "shipped", definitions=0)
    assert shipped_history("RU") is None
    status, _, err = run("history", "RU")
    assert status != 0
    assert "no figures of all dates are shipped by these definitions" in err


@pytest.fixture(scope="module")
def small_atlas(tmp_path_factory):
    """A folder with the small world and an atlas of it, made by the command."""
    folder = tmp_path_factory.mktemp("atlas")
    WORLD.save(folder / "small")
    words = ("--world", str(folder / "small"), "atlas", "-o", str(folder / "atlas.csv"))
    assert cli.main(words) == 0
    return folder


@pytest.fixture
def made(small_atlas, tmp_path):
    """A copy of the atlas, beside one of its world."""
    shutil.copytree(small_atlas, tmp_path, dirs_exist_ok=True)
    return tmp_path / "atlas.csv"


def test_an_atlas_that_was_made(made, tmp_path, run):
    world = World.open(tmp_path / "small")
    atlas = read_atlas(made, world)
    found = rank(atlas, "foreign_dependence", "RU")
    assert found.of == atlas["foreign_dependence"].drop_nulls().len()
    folder = str(tmp_path / "small")
    status, out, _ = run("--world", folder, "brief", "RU", "--long", "--atlas", str(made))
    assert status == 0
    assert f"Rank {found.place} of {found.of} nations" in " ".join(out.split())
    status, out, _ = run("--world", folder, "brief", "RU", "--long")
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


@few
@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("ABCDE"), st.integers(1, 9)),
                unique_by=lambda row: row[:2]))  # fmt: skip
def test_the_state_that_stands_out_is_furthest_above_its_mean(rows):
    schema = {"nation": pl.String, "country": pl.String, "share": pl.Float64}
    table = pl.DataFrame([(n, c, s / 10) for n, c, s in rows], schema=schema, orient="row")
    found = {n: state for n, state, _, _ in standing_out(table, 3).iter_rows()}
    for nation in "ABC":
        above = {}
        for n, country, share in rows:
            if n == nation != country:
                every = sum(s for m, c, s in rows if c == country != m) / 10
                above[country] = share / 10 - every / 3
        best = max(above.values(), default=0)
        if best <= 1e-9:
            assert nation not in found or above[found[nation]] > -1e-9
        else:
            assert above[found[nation]] == pytest.approx(best)
