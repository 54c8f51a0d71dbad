from pathlib import Path

import polars as pl
import pytest

from splinternet.base.errors import MisuseError, WorldError
from splinternet.world import catalogue
from splinternet.world.manifest import Manifest
from splinternet.world.schema import TABLES
from splinternet.world.world import MANIFEST, World


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch) -> tuple[Path, Path]:
    """Empty folders of saved and of shipped worlds."""
    data, shipped = tmp_path / "data", tmp_path / "shipped"
    monkeypatch.setenv("SPLINTERNET_DATA", str(data))
    monkeypatch.setattr(catalogue, "SHIPPED", shipped)
    return data / "worlds", shipped


def tiny(name: str, kind: str = "full") -> World:
    networks = {"asn": [1, 2], "name": None, "org": None, "country": ["RU", "CU"]}
    networks["country_evidence"] = None
    numbers = {"ipv4_addresses": None, "users": None, "members": 1}
    links = [{"a": 1, "b": 2, "kind": "p2c"}]
    return World(
        Manifest(name=name, date="2019-12-01", kind=kind),
        pl.DataFrame(networks | numbers, schema=TABLES["networks"].schema),
        pl.DataFrame(links, schema=TABLES["links"].schema),
    )


def test_data_folder_is_where_the_environment_says(tmp_path):
    assert catalogue.data_folder() == tmp_path / "data"
    assert catalogue.downloads_folder() == tmp_path / "data" / "downloads"


def test_data_folder_has_a_default(monkeypatch):
    monkeypatch.setenv("SPLINTERNET_DATA", "")
    assert catalogue.data_folder().name == "splinternet"


def test_data_folder_understands_a_home_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SPLINTERNET_DATA", "~/worlds of mine")
    assert catalogue.data_folder() == tmp_path / "worlds of mine"


def test_nothing_there():
    table = catalogue.list_worlds()
    assert table.columns == ["name", "date", "kind", "networks", "links", "place", "made"]
    assert table.height == 0


def test_listing(places):
    worlds, shipped = places
    tiny("2025-09").save(worlds / "2025-09")
    tiny("2019-12", "digest").save(shipped / "2019-12")
    (worlds / ".2020-01.part-x").mkdir()
    first, second = catalogue.list_worlds().rows(named=True)
    assert (first["name"], first["kind"], first["place"]) == ("2019-12", "digest", "shipped")
    assert (first["networks"], first["links"], first["date"]) == (2, 1, "2019-12-01")
    assert (second["name"], second["kind"]) == ("2025-09", "full")
    assert second["place"] == str(worlds / "2025-09")


def test_a_damaged_world_is_listed_and_hides_nothing(places):
    worlds, _ = places
    for name in ("broken", "empty", "good", "holed"):
        tiny(name).save(worlds / name)
    (worlds / "broken" / MANIFEST).write_text("{")
    (worlds / "empty" / MANIFEST).unlink()
    (worlds / "holed" / "links.parquet").unlink()
    table = catalogue.list_worlds()
    assert table["name"].to_list() == ["broken", "empty", "good", "holed"]
    assert table["kind"].to_list() == ["damaged", "damaged", "full", "damaged"]
    assert table["networks"].to_list() == [None, None, 2, 2]


def test_a_damaged_world_says_so_when_opened(places):
    worlds, _ = places
    tiny("holed").save(worlds / "holed")
    (worlds / "holed" / "links.parquet").unlink()
    with pytest.raises(WorldError, match=r"links\.parquet: missing"):
        catalogue.open_world("holed")


def test_a_saved_world_wins_over_a_shipped_one(places):
    worlds, shipped = places
    tiny("2019-12", "digest").save(shipped / "2019-12")
    assert catalogue.open_world().manifest.is_digest
    tiny("2019-12").save(worlds / "2019-12")
    assert catalogue.find_world("2019-12") == worlds / "2019-12"
    assert not catalogue.open_world().manifest.is_digest
    assert catalogue.list_worlds()["kind"].to_list() == ["full", "digest"]


def test_a_path_is_a_world_too(tmp_path):
    tiny("mine").save(tmp_path / "mine")
    assert catalogue.find_world(str(tmp_path / "mine")) == tmp_path / "mine"
    assert catalogue.open_world(tmp_path / "mine").manifest.name == "mine"


def test_a_known_name_wins_over_a_folder_here(places, tmp_path, monkeypatch):
    worlds, _ = places
    monkeypatch.chdir(tmp_path)
    tiny("here").save(tmp_path / "2019-12")
    assert catalogue.find_world("2019-12") == Path("2019-12")
    tiny("saved").save(worlds / "2019-12")
    assert catalogue.find_world("2019-12") == worlds / "2019-12"
    assert catalogue.open_world().manifest.name == "saved"
    for path in ("./2019-12", "2019-12/", str(tmp_path / "2019-12"), Path("2019-12")):
        assert catalogue.open_world(path).manifest.name == "here"


def test_a_path_is_never_a_name(places, tmp_path, monkeypatch):
    worlds, _ = places
    monkeypatch.chdir(tmp_path)
    tiny("2019-12").save(worlds / "2019-12")
    for path in ("./2019-12", Path("2019-12")):
        with pytest.raises(MisuseError, match="2019-12: no world here"):
            catalogue.find_world(path)


def test_an_unknown_name(places):
    worlds, _ = places
    tiny("2019-12").save(worlds / "2019-12")
    with pytest.raises(MisuseError, match=r"did you mean 2019-12\? \('splinternet worlds' lists"):
        catalogue.find_world("2019-13")


@pytest.mark.parametrize("made", [True, False])
def test_a_folder_without_a_world(tmp_path, made):
    if made:
        (tmp_path / "nothing").mkdir()
    with pytest.raises(MisuseError, match=r"nothing: no world here"):
        catalogue.find_world(tmp_path / "nothing")
