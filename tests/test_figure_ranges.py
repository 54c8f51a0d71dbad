"""Ranges of nations' figures: in tables of all nations, over time, in comparisons and files."""

import io
import json
import re
from itertools import product
from zipfile import ZipFile

import polars as pl
import pytest
from lxml import html

from briefs import digest
from splinternet.base.choices import PREFERENCES
from splinternet.brief.ranged import figure_ranged
from splinternet.cli.rows import print_rows
from splinternet.cli.tables import text_console
from splinternet.figures.atlas import shipped_atlas
from splinternet.figures.history import shipped_history
from splinternet.figures.ranges import RANGES, ends_around, figure_ends, range_rows
from splinternet.figures.shipped import Figures, list_figures, shipped_figures
from splinternet.routing.traffic import weigh
from splinternet.routing.transit import transit
from splinternet.scenario.apply import apply
from splinternet.web.app import create_app
from splinternet.web.ways import find_way
from splinternet.world.world import World
from websites import client

SHIPPED = list_figures()
ENDS = ("low", "high")


def ids(figures: Figures) -> str:
    return figures.world.name


@pytest.mark.parametrize("figures", SHIPPED, ids=ids)
def test_tables_of_all_nations_have_the_ranges_of_each(figures):
    table = figures.nations_ranged
    assert table.columns[: figures.nations.width] == figures.nations.columns
    behind = table.columns[figures.nations.width :]
    known = set(figures.table(RANGES)["figure"])
    assert {name.rpartition("_")[0] for name in behind} == known
    for row in table.iter_rows(named=True):
        ends = ends_around(figures.around.get(row["country"], {}), row)
        found = {name: row[name] for name in behind if row[name] is not None}
        assert found == pytest.approx(ends, abs=1e-5)


def test_ends_stay_within_what_can_be_and_are_empty_where_not_known():
    nations = pl.DataFrame(
        {"country": ["RU", "CU"], "state_share": [0.9, 0.5], "control_points": [4.0, None]}
    )
    around = {"state_share": (-0.1, 0.3), "control_points": (-9.0, 2.0)}
    found = figure_ends(nations, range_rows([("RU", around)]))
    assert found.rows() == [(0.8, 1.0, 1.0, 6.0), (None,) * 4]
    assert figure_ends(nations, None).width == 0


@pytest.mark.parametrize(
    ("value", "ends", "unit", "text"),
    [
        (0.104, (0.07, 0.127), "share", "10% (7% to 13%)"),
        (0.104, (0.104, 0.1041), "share", "10%"),
        (12.0, (3.0, 1200.0), "networks", "12 (3 to 1,200)"),
        (12.0, (12.0, 12.0), "networks", "12"),
        (0.1234, (None, None), "", "0.123"),
    ],
)
def test_figures_are_written_with_their_ranges(value, ends, unit, text):
    assert figure_ranged(value, *ends, unit) == text


def test_an_atlas_of_a_digest_is_that_of_its_full_world():
    figures = shipped_figures(digest())
    found = shipped_atlas(digest(), ["dependence", "states"], "KP,CU".split(","))
    assert found.nations["country"].to_list() == ["CU", "KP"]
    for row in found.nations.iter_rows(named=True):
        own = figures.row(row["country"])
        ends = ends_around(figures.around[row["country"]], own)
        for name in ("dependence", "dependence_on", "state", "state_share"):
            assert row[name] == own[name]
        for name in product(("dependence", "state_share"), ENDS):
            assert row["_".join(name)] == pytest.approx(ends["_".join(name)], abs=1e-5)
        assert "reliability" not in (row["missing"] or "")
    assert {"share_low", "share_high"} <= set(found.rows["dependence"].columns)
    assert set(found.rows["states"]["nation"]) == {"CU", "KP"}
    said = found.manifest["columns"]["state_share_high"]
    assert (said["measure"], said["unit"]) == ("states", "share")
    assert found.manifest["world"]["kind"] == "full"


def test_an_atlas_by_other_choices_or_of_others_is_computed():
    for measures, countries, choices in (
        (["dependence"], None, {"weights": "networks"}),
        (["dependence"], None, {"links": "all"}),
        (["dependence"], "XK", {}),
    ):
        assert shipped_atlas(digest(), measures, countries, choices) is None
    names = {each.world.name for each in SHIPPED}
    assert names == {"2019-12", "2023-11", "2025-09"}


def test_the_atlas_tells_ranges_and_files_stay_whole(run, tmp_path):
    words = ("atlas", "--measure", "dependence", "--countries", "KP")
    status, out, _ = run(*words)
    assert status == 0
    assert "Shipped figures of the full world" in " ".join(out.split())
    assert "A range in brackets" in out
    file = tmp_path / "nations.csv"
    assert run(*words, "--rows", str(tmp_path / "rows"), "-o", str(file))[0] == 0
    assert {"dependence_low", "dependence_high"} <= set(pl.read_csv(file).columns)
    said = json.loads((tmp_path / "nations.csv.manifest.json").read_text())
    assert "dependence_low" in said["columns"]
    assert "share_high" in pl.read_csv(tmp_path / "rows" / "dependence.csv").columns
    assert sorted(path.name for path in tmp_path.glob("nations*")) == [
        "nations.csv",
        "nations.csv.manifest.json",
    ]
    status, _, err = run(*words, "-f", "csv", "--weights", "networks")
    assert status == 0
    assert "--bootstrap N gives intervals" in err


def test_history_has_ranges_where_they_are_shipped_and_nowhere_else():
    found = shipped_history("RU", measures=["dependence"])
    assert found.columns[-4:] == [
        f"{name}_{end}" for name in ("dependence", "foreign_dependence") for end in ENDS
    ]
    shipped = {each.world.date: each for each in SHIPPED}
    told = 0
    for row in found.iter_rows(named=True):
        ends = [row[f"foreign_dependence_{end}"] for end in ENDS]
        known = shipped.get(row["date"])
        alike = known is not None and (
            known.row("RU")["foreign_dependence_on"] == row["foreign_dependence_on"]
        )
        if row["weights"] == "addresses" and alike:
            below, above = known.around["RU"]["foreign_dependence"]
            value = row["foreign_dependence"]
            assert ends == pytest.approx([max(0, value + below), min(1, value + above)])
            told += 1
        else:
            assert ends == [None, None]
    assert told


def test_history_of_another_network_has_no_range():
    """By BGP's links another network leads Kazakhstan's than by trusted ones: two questions."""
    (shipped,) = (each.row("KZ") for each in SHIPPED if each.world.name == "2019-12")
    found = shipped_history("KZ", weights="addresses", measures=["dependence"])
    row = found.filter(date="2019-12-01").row(0, named=True)
    assert row["foreign_dependence_on"] != shipped["foreign_dependence_on"]
    assert row["foreign_dependence_low"] is None


def test_history_says_at_which_dates_ranges_are_known(run):
    status, out, _ = run("history", "RU", "--measure", "dependence")
    assert status == 0
    assert "Ranges by other rules are shipped of figures by addresses at 2" in out
    status, out, _ = run("history", "RU", "--weights", "networks")
    assert status == 0
    assert "Ranges by other rules" not in out


def test_ranges_go_into_the_cells_of_their_figures_where_there_is_little_room():
    frame = pl.DataFrame(
        {
            "network": ["one", "two"],
            "dependence": [0.1, 0.2],
            "dependence_low": [0.05, None],
            "dependence_high": [0.2, None],
        }
    )

    def printed(width: int) -> list[str]:
        console = text_console(width)
        with console.capture() as screen:
            print_rows(console, frame, 0)
        return [" ".join(line.split()) for line in screen.get().splitlines()]

    assert printed(80)[:2] == [
        "network dependence dependence_low dependence_high",
        "one 10% 5% 20%",
    ]
    assert printed(30) == ["network dependence", "one 10% (5% to 20%)", "two 20%"]
    assert "No room in 20" in " ".join(printed(20))


@pytest.fixture(scope="module")
def site():
    return client(create_app(["2019-12"]))


def words_of(response) -> str:
    return " ".join(html.fromstring(response.text).text_content().split())


def test_pages_that_compare_tell_ranges(site):
    figures = shipped_figures(digest())
    row = figures.row("KP")
    ends = ends_around(figures.around["KP"], row)
    said = figure_ranged(
        row["state_share"], ends["state_share_low"], ends["state_share_high"], "share"
    )
    assert "(" in said
    for address in ("/compare?country=KP&country=RU", "/compare?country=KP&dates=all", "/"):
        page = words_of(site.get(address))
        assert said in page
        assert "A range in brackets reaches" in page
    table = pl.read_csv(io.BytesIO(site.get("/compare/table.csv?country=KP").content))
    told = table.filter(figure="state_share").row(0, named=True)
    assert (told["value_low"], told["value_high"]) == (
        ends["state_share_low"],
        ends["state_share_high"],
    )
    assert table.filter(figure="hhi")["value_low"].to_list() == [None]
    svg = site.get("/?figure=state_share").text.partition("<svg")[2]
    assert said in svg.partition("</svg>")[0]


def test_the_api_tells_ranges_of_figures(site):
    figures = shipped_figures(digest())
    ends = ends_around(figures.around["KP"], figures.row("KP"))
    (listed,) = (each for each in site.get("/api/nations").json() if each["country"] == "KP")
    (one,) = (
        each for each in site.get("/api/nations/KP").json() if each["figure"] == "state_share"
    )
    for end in ENDS:
        assert listed[f"state_share_{end}"] == pytest.approx(ends[f"state_share_{end}"], abs=1e-5)
        assert one[f"value_{end}"] == ends[f"state_share_{end}"]
    followed = site.get("/api/history/RU").json()
    ranged = {(each["date"], each["weights"]) for each in followed if each["value_low"] is not None}
    assert ranged
    assert ranged <= {(each.world.date, "addresses") for each in SHIPPED}


def test_files_of_all_nations_have_ranges_and_say_what_they_are(site):
    packed = ZipFile(io.BytesIO(site.get("/figures.zip").content))
    columns = {
        row["column"]: row for row in pl.read_csv(packed.read("columns.csv")).iter_rows(named=True)
    }
    assert "FIGURE_low" in packed.read("README.txt").decode()
    for each in SHIPPED:
        table = pl.read_csv(packed.read(f"{each.world.name}/nations.csv"))
        ranged = [name for name in table.columns if name.endswith(("_low", "_high"))]
        assert ranged
        assert all("by other rules" in columns[name]["meaning"] for name in ranged)
        assert table["foreign_dependence_low"].count() > 200
    assert "state_share_low" in site.get("/nations.manifest").json()["columns"]
    assert "state_share_low" in site.get("/nations.csv").text.partition("\n")[0].split(",")


def every_ends(world: World, *codes: str) -> list[list[pl.DataFrame]]:
    """The networks of two nations, by what each weighs."""
    return [
        [weigh(world, weights, world.networks.filter(country=code)["asn"]) for code in codes]
        for weights in ("addresses", "networks")
    ]


def test_alternatives_of_a_pair_have_the_shares_by_every_rule():
    world = digest()
    found = find_way(world, "KZ", "DE")
    after = apply(
        world,
        f'name = "Without"\nworld = "2019-12"\n'
        f'[[shocks]]\nkind = "remove"\nnetworks = "AS{found.lost}"\n',
    )
    for of, share in ((world, "before"), (after, "share")):
        every = [
            dict(transit(of, *both, prefer=prefer).iter_rows())
            for both, prefer in product(every_ends(of, "KZ", "DE"), PREFERENCES)
        ]
        for row in found.instead.iter_rows(named=True):
            shares = [each.get(row["asn"], 0.0) for each in every]
            assert row[f"{share}_low"] == pytest.approx(min(shares))
            assert row[f"{share}_high"] == pytest.approx(max(shares))
            assert row[f"{share}_low"] <= row[share] <= row[f"{share}_high"]
    gains = (found.instead["share"] - found.instead["before"]).to_list()
    assert gains == sorted(gains, reverse=True)
    assert min(gains) >= 0.005
    page = words_of(client(create_app(["2019-12"])).get("/routes?source=KZ&destination=DE"))
    assert re.search(r"\d% \([\d.]+% to [\d.]+%\)", page)
