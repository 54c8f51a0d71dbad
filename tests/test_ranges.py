"""Ranges of headline figures that are shipped: as briefs compute them, and told from the first."""

from dataclasses import asdict
from functools import partial

import msgspec
import polars as pl
import pytest

from briefs import digest, digest_brief
from splinternet.base.choices import Counting, Routing
from splinternet.brief.country import usual_weights
from splinternet.brief.facts.asked import Asked
from splinternet.brief.facts.front import front
from splinternet.brief.facts.sureness import sureness
from splinternet.brief.story import _carrier_ends
from splinternet.figures.making import add_table, save_figures
from splinternet.figures.ranges import (
    COUNTED,
    RANGES,
    around_of,
    ends_around,
    no_less_than_rows,
    range_rows,
    ranges_of,
)
from splinternet.figures.shipped import Figures, Made, list_figures, shipped_figures
from splinternet.figures.standing import carrier_ends, with_standing
from splinternet.world.catalogue import open_world
from splinternet.world.learned import as_routed
from splinternet.world.world import World

AROUND = {"RU": {"state_share": (-0.1, 0.05), COUNTED: (-23.0, 0.0)}, "CU": {}}


def computed(world: World, code: str):
    routed = as_routed(world, Routing())
    counting = Counting(weights=usual_weights(world, code))
    return sureness(Asked(routed, code, Routing(), counting, "here"), None).around


@pytest.mark.parametrize("name", ["2019-12", "2023-11", "2025-09"])
def test_shipped_ranges_are_those_that_a_brief_computes(name):
    world = open_world(name)
    figures = shipped_figures(world)
    tables = ("dependence", "states")
    shares, of_shares = (
        {table: figures.table(name(table)) for table in tables} for name in (str, ranges_of)
    )
    for code in ("CU", "LA"):
        found = range_rows([(code, computed(world, code))])
        around = around_of(no_less_than_rows(found, figures.nations, shares, of_shares))
        shipped = around_of(figures.table(RANGES, code))
        assert shipped.keys() == around.keys()
        for figure, ends in around.items():
            assert shipped[figure] == pytest.approx(ends, abs=1e-5)


@pytest.mark.parametrize("figures", list_figures(), ids=lambda each: each.world.name)
def test_no_row_has_an_end_above_that_of_the_largest_share(figures: Figures):
    """By any rule the largest share is at least that of each row: told nation by nation."""
    wrong = []
    for row in figures.nations.iter_rows(named=True):
        code = row["country"]
        ends = ends_around(around_of(figures.table(RANGES, code)), row)
        networks, states = figures.ranged("dependence", code), figures.ranged("states", code)
        if networks is None or states is None:
            continue
        sure = networks.filter(pl.col("doubt").is_null())
        rows = {
            "dependence": sure,
            "foreign_dependence": sure.filter(pl.col("country").ne_missing(code)),
            "state_share": states.filter(pl.col("country") != code),
        }
        wrong += [
            (code, figure, end)
            for figure, table in rows.items()
            for end in ("low", "high")
            if (most := table[f"share_{end}"].max()) is not None
            and f"{figure}_{end}" in ends
            and ends[f"{figure}_{end}"] < min(most, row[figure] if end == "low" else 1) - 1e-4
        ]
    assert wrong == []


def test_an_end_of_a_row_in_doubt_or_at_home_moves_no_headline():
    nations = pl.DataFrame({"country": ["AA"], "dependence": [0.5], "foreign_dependence": [0.4],
                            "state_share": [0.3]})  # fmt: skip
    networks = pl.DataFrame(
        {"nation": ["AA"] * 3, "asn": [1, 2, 3], "country": ["AA", "BB", "BB"],
         "share": [0.5, 0.4, 0.39], "doubt": [None, None, "rests on one link"]}
    )  # fmt: skip
    states = pl.DataFrame({"nation": ["AA", "AA"], "country": ["BB", "AA"], "share": [0.3, 0.2]})
    found = range_rows([("AA", dict.fromkeys(nations.columns[1:], (-0.2, 0.0)))])
    of_networks = networks.select("nation", "asn", below=pl.Series([-0.1, -0.05, 0.0]),
                                  above=pl.Series([0.0, 0.02, 0.6]))  # fmt: skip
    of_states = states.select("nation", "country", below=pl.Series([-0.25, 0.0]),
                              above=pl.Series([0.01, 0.8]))  # fmt: skip
    told = no_less_than_rows(
        found,
        nations,
        {"dependence": networks, "states": states},
        {"dependence": of_networks, "states": of_states},
    )
    assert around_of(told) == {
        "dependence": pytest.approx((-0.1, 0.0)),  # as the network at home has it
        "foreign_dependence": pytest.approx((-0.05, 0.02)),
        "state_share": pytest.approx((-0.2, 0.01)),
    }


@pytest.mark.parametrize("figures", list_figures(), ids=lambda each: each.world.name)
def test_every_nation_with_headlines_has_ranges(figures: Figures):
    known = figures.nations.drop_nulls("foreign_dependence")["country"]
    rows = figures.table(RANGES)
    assert set(rows.filter(figure="foreign_dependence")["nation"]) == set(known)
    assert rows.filter((pl.col("below") > 0) | (pl.col("above") < 0)).is_empty()


def test_titles_stay_when_a_brief_is_whole():
    figures = shipped_figures(digest())
    nations = with_standing(figures.nations, figures.table("states"))
    for code in ("KP", "TV"):
        beside = ends_around(around_of(figures.table(RANGES, code)), figures.row(code))
        row = nations.row(by_predicate=pl.col("country") == code, named=True)
        beside |= carrier_ends(row, partial(_carrier_ends, figures, code))
        first, whole = front(nations, code, beside), digest_brief(code).front
        assert [asdict(each) for each in first.findings] == [
            pytest.approx(asdict(each)) for each in whole.findings
        ]
        assert [(each.low, each.high) for each in first.figures] == [
            (each.low, each.high) for each in whole.figures
        ]


def test_ends_stay_within_what_can_be():
    ends = ends_around(
        {"state_share": (-0.5, 0.5), COUNTED: (-3.0, 4.0), "detours": (0.0, 0.1)},
        {"state_share": 0.8, COUNTED: 2, "detours": None},
    )
    assert ends == {
        "state_share_low": pytest.approx(0.3), "state_share_high": 1.0,
        f"{COUNTED}_low": 1.0, f"{COUNTED}_high": 6.0,
    }  # fmt: skip


def test_rows_and_back():
    rows = range_rows(AROUND.items())
    for code, around in AROUND.items():
        assert around_of(rows.filter(nation=code)) == around
    assert around_of(None) == {}


def test_a_table_joins_a_folder_of_figures(tmp_path):
    (figures, *_) = list_figures()
    folder = tmp_path / "figures"
    first = pl.DataFrame({"country": ["RU"], "share": [0.25]})
    save_figures(folder, figures.made, {"nations": first})
    for around in ({}, AROUND):  # the second takes the place of the first
        add_table(folder, RANGES, range_rows(around.items()))
    found = Figures(figures.made, folder)
    assert found.nations.equals(first)
    assert pl.read_parquet(folder / f"{RANGES}.parquet").equals(range_rows(AROUND.items()))


def test_names_of_networks_are_kept_once_and_stand_in_every_table(tmp_path):
    figures = shipped_figures(digest())
    networks = pl.DataFrame(
        {"nation": ["AA", "AA", "BB"], "asn": [7, 8, 7], "name": ["Seven", None, "Seven"],
         "share": [0.5, 0.4, 0.3]}, schema_overrides={"asn": pl.UInt32}
    )  # fmt: skip
    others = networks.filter(pl.col("asn") == 7)
    folder = tmp_path / "figures"
    save_figures(folder, figures.made, {"nations": figures.nations, "dependence": networks})
    add_table(folder, "cti", others)
    kept = pl.concat(
        pl.read_parquet(folder / f"{name}.parquet")["name"] for name in ("dependence", "cti")
    )
    assert kept.null_count() == len(kept)
    made = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=Made)
    read = Figures(made, folder)
    assert read.table("dependence").equals(networks)
    assert read.table("cti").equals(others)
    assert read.table("names").to_dict(as_series=False) == {"asn": [7], "name": ["Seven"]}
