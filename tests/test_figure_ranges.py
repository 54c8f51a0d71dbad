"""Ranges of nations' figures: in tables of all nations, over time, in comparisons and files."""

import io
import json
import re
from itertools import product
from zipfile import ZipFile

import polars as pl
import pytest
from lxml import html

from briefs import digest, digest_brief
from splinternet.base.choices import PREFERENCES
from splinternet.base.shares import rounded
from splinternet.base.texts import phrase
from splinternet.brief.ranged import figure_ranged
from splinternet.brief.terminal import print_brief
from splinternet.cli.rows import print_rows
from splinternet.cli.tables import text_console
from splinternet.figures.atlas import shipped_atlas
from splinternet.figures.history import shipped_history
from splinternet.figures.ranges import RANGES, ends_around, figure_ends, range_rows
from splinternet.figures.shipped import (
    FOLDER,
    HISTORY,
    Figures,
    list_figures,
    shipped_figures,
    shipped_of,
)
from splinternet.measures.catalogue import find_measure, list_measures
from splinternet.routing.traffic import weigh
from splinternet.routing.transit import transit
from splinternet.scenario.apply import apply
from splinternet.web.tables import shown
from splinternet.web.ways import find_way
from splinternet.world.world import World
from websites import digest_site

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


@pytest.mark.slow
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


@pytest.mark.slow
def test_an_atlas_by_other_choices_or_of_others_is_computed():
    for measures, countries, choices in (
        (["dependence"], None, {"weights": "networks"}),
        (["dependence"], None, {"links": "all"}),
    ):
        assert shipped_atlas(digest(), measures, countries, choices) is None
    names = {each.world.name for each in SHIPPED}
    assert names == {"2019-12", "2023-11", "2025-09"}


@pytest.mark.slow
def test_records_of_tables_say_what_ends_are(run, tmp_path):
    for words, says in (
        ((), "The smallest value of share by other rules; empty if not known."),
        (("--bootstrap", "2"), "The low end of the interval of share, of the worlds drawn."),
    ):
        file = tmp_path / f"kp{len(words)}.csv"
        assert run("depend", "KP", *words, "-o", str(file))[0] == 0
        assert {"share_low", "share_high"} <= {*pl.read_csv(file).columns}
        told = run("depend", "KP", *words)[1]
        assert ("The table is the digest's" in told) == bool(words)
        columns = json.loads(file.with_name(f"{file.name}.manifest.json").read_text())["columns"]
        assert columns["share_low"] == {"unit": "share", "meaning": says}
        if not words:  # shares have five digits, and so have the ends
            ends = [
                each for row in pl.read_csv(file)["share_low", "share_high"].rows() for each in row
            ]
            assert ends == [each if each is None else round(each, 5) for each in ends]


def test_a_nation_of_no_date_is_told_so(run):
    status, out, _ = run("history", "XK")
    assert status == 0
    assert "Of Kosovo there are none" in out


@pytest.mark.slow
def test_each_measure_that_is_asked_as_the_atlas_asks_has_the_full_worlds_figures(run):
    """Diversion chooses routes by rules of its own, and so do the figures that are shipped."""
    figures = shipped_figures(digest())
    for measure in list_measures().values():
        if {each.name for each in measure.figures} <= {*figures.nations.columns}:
            asked = {"weights": "addresses"} if "weights" in measure.options else {}
            assert shipped_of(digest(), measure, asked) is not None, measure.name
    status, out, _ = run("measure", "diversion", "KZ", "--limit", "1")
    assert status == 0
    assert "In the full world 2019-12: diverted_most" in out
    assert shipped_of(digest(), find_measure("diversion"), {"prefer": "customer-first"}) is None


@pytest.mark.slow
def test_a_nation_without_networks_costs_the_others_no_level(run):
    """Russia's reliability was 7.0 % beside Antarctica, of which 2019 has none, and 4.7 alone."""
    alone = shipped_atlas(digest(), ["reliability"], "RU").nations
    beside = shipped_atlas(digest(), ["reliability"], ["RU", "AQ", "XK"]).nations
    assert beside.filter(country="RU").equals(alone)
    assert beside["country"].to_list() == ["AQ", "RU", "XK"]
    assert beside["reliability"].is_null().to_list() == [True, False, True]
    assert "has no network in Antarctica (AQ)" in beside["missing"][0]
    scenario = ("--scenario", "cogent-and-lumen-leave-russia")
    words = ("atlas", "--measure", "reliability", "-f", "json", "--countries")
    told = [json.loads(run(*words, which, *scenario)[1]) for which in ("RU", "RU,AQ")]
    assert [row for row in told[1] if row["country"] == "RU"] == told[0]


@pytest.mark.slow
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
    told = set()
    for row in found.iter_rows(named=True):
        ends = [row[f"foreign_dependence_{end}"] for end in ENDS]
        known = shipped.get(row["date"])
        own = found.filter(date=row["date"], weights="addresses")
        if own.height and known is not None:
            of = own.row(0, named=True)
            alike = known.row("RU")["foreign_dependence_on"] == of["foreign_dependence_on"]
        if known is not None and alike:
            below, above = known.around["RU"]["foreign_dependence"]
            value, told_value = of["foreign_dependence"], row["foreign_dependence"]
            low, high = max(0, value + below), min(1, value + above)
            assert ends == pytest.approx([min(low, told_value), max(high, told_value)])
            told.add(row["weights"])
        else:
            assert ends == [None, None]
    assert told == {"addresses", "networks"}
    alone = shipped_history("RU", measures=["dependence"], weights="networks")
    assert alone.equals(found.filter(weights="networks"))


def test_history_of_another_network_has_no_range():
    """By BGP's links another network leads Kazakhstan's than by trusted ones: two questions."""
    (shipped,) = (each.row("KZ") for each in SHIPPED if each.world.name == "2019-12")
    found = shipped_history("KZ", weights="addresses", measures=["dependence"])
    row = found.filter(date="2019-12-01").row(0, named=True)
    assert row["foreign_dependence_on"] != shipped["foreign_dependence_on"]
    assert row["foreign_dependence_low"] is None


@pytest.mark.parametrize("figures", SHIPPED, ids=ids)
def test_figures_by_the_links_of_bgp_are_near_those_by_trusted_ones(figures):
    """So that ranges of these may be set around those."""
    rows = pl.read_parquet(FOLDER / HISTORY / "nations.parquet")
    own = rows.filter(date=figures.world.date, weights="addresses")
    both = own.join(figures.nations, on="country", suffix="_trusted")
    for figure in ("dependence", "foreign_dependence", "reliability"):
        apart = (pl.col(figure) - pl.col(f"{figure}_trusted")).abs()
        assert both.select(apart.median()).item() < 0.004


@pytest.mark.slow
def test_history_says_at_which_dates_ranges_are_known(run):
    status, out, _ = run("history", "RU", "--measure", "dependence")
    assert status == 0
    assert "Ranges by other rules are shipped of figures at 2" in out
    status, out, _ = run("history", "RU", "--weights", "networks", "-f", "csv")
    assert status == 0
    table = pl.read_csv(io.StringIO(out)).drop_nulls("foreign_dependence_low")
    assert 0 < table.height <= len(SHIPPED)
    ends = [table[f"foreign_dependence_{end}"] for end in ENDS]
    assert table["foreign_dependence"].is_between(*ends).all()


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
    return digest_site()


def words_of(response) -> str:
    return " ".join(html.fromstring(response.text).text_content().split())


@pytest.mark.slow
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


@pytest.mark.slow
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
    assert {weights for _, weights in ranged} == {"addresses", "networks"}
    assert {date for date, _ in ranged} <= {each.world.date for each in SHIPPED}


@pytest.mark.slow
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


@pytest.mark.slow
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
    page = words_of(digest_site().get("/routes?source=KZ&destination=DE"))
    assert re.search(r"\d% \([\d.]+% to [\d.]+%\)", page)


@pytest.mark.slow
def test_a_what_if_on_levels_tells_the_ranges_that_pages_have(run):
    figures = shipped_figures(digest())
    status, out, _ = run("what-if", "russia-isolates-itself", "--country", "BY", "-f", "csv")
    assert status == 0
    table = pl.read_csv(io.BytesIO(out.encode()), infer_schema_length=None)
    assert table.columns[6:9] == ["before", "before_low", "before_high"]
    shares = figures.ranged("dependence", "BY").filter(pl.col("share_low").is_not_null())
    told = {row["of"]: row for row in table.iter_rows(named=True) if row["before_low"] is not None}
    assert {f"AS{asn}" for asn in shares["asn"]} <= set(told)
    for row in shares.iter_rows(named=True):
        one = told[f"AS{row['asn']}"]
        ends = row["share_low"], row["share_high"]
        assert (one["before"], one["before_low"], one["before_high"]) == pytest.approx(
            (row["share"], *ends)
        )
    one = table.filter(figure="reliability.reliability").row(0, named=True)
    below, above = figures.around["BY"]["reliability"]
    assert one["before_low"] == pytest.approx(one["before"] + below)
    assert one["before_high"] == pytest.approx(one["before"] + above)
    status, out, _ = run("what-if", "russia-isolates-itself", "--country", "BY")
    assert "Ranges are what other rules give" in " ".join(out.split())
    other = ("--weights", "networks", "--no-ranges", "-f", "csv")
    status, out, _ = run("what-if", "russia-isolates-itself", "--country", "BY", *other)
    assert status == 0
    table = pl.read_csv(io.BytesIO(out.encode()), infer_schema_length=None)
    ranged = table.filter(pl.col("before_low").is_not_null())
    assert ranged.filter(pl.col("figure").str.ends_with("_passes")).is_empty()


@pytest.mark.slow
def test_the_api_tells_the_ranges_before(site):
    sent = {
        "country": "BY",
        "scenario": {
            "name": "Alone",
            "world": "2019-12",
            "shocks": [{"kind": "isolate", "networks": "country:RU"}],
        },
    }
    rows = site.post("/api/what-if", json=sent).json()["figures"]
    ranged = [each for each in rows if each["before_low"] is not None]
    assert ranged
    assert all(each["before_low"] - 1e-9 <= each["before"] for each in ranged)
    assert all(each["before"] <= each["before_high"] + 1e-9 for each in ranged)


def test_pages_put_ranges_into_the_cells_of_tables():
    frame = pl.DataFrame(
        {"name": ["a", "b"], "before": [0.25, 0.1], "before_low": [0.18, None],
         "before_high": [0.29, None], "after": [0.0, 0.2]}
    )  # fmt: skip
    table = shown(frame)
    assert [cell.text for cell in table.rows[0]] == ["a", "25% (18% to 29%)", "0%"]
    assert [cell.text for cell in table.rows[1]] == ["b", "10%", "20%"]
    assert [cell.is_number for cell in table.columns] == [False, True, True]


@pytest.mark.slow
def test_capacities_are_said_to_be_unknown(run, tmp_path):
    for words in (
        ("what-if", "russia-isolates-itself"),
        ("what-if", "russia-isolates-itself", "--country", "RU"),
        ("sweep", str(tmp_path / "kept"), "--each", "country", "--of", "country:KP"),
    ):
        status, out, _ = run(*words)
        assert status == 0
        assert "capacities are not" in " ".join(out.split()), words


@pytest.mark.slow
def test_a_brief_tells_the_ranges_of_its_figures_at_every_shipped_date():
    console = text_console(100)
    with console.capture() as screen:
        print_brief(digest_brief("KP"), console)
    text = " ".join(screen.get().split())
    told = text.partition("with ranges by other rules, at the dates")[2].partition("How sure")[0]
    for figures in SHIPPED:
        row = figures.row("KP")
        ends = ends_around(figures.around["KP"], row)
        said = figure_ranged(
            row["state_share"], ends["state_share_low"], ends["state_share_high"], "share"
        )
        label = phrase("brief.changes.figures.state_share")
        assert f"{figures.world.date} {label} {said}" in told
    assert "A range in brackets reaches" in told


@pytest.mark.slow
def test_figures_at_a_glance_have_their_ranges():
    brief = digest_brief("KP")
    console = text_console(100)
    with console.capture() as screen:
        print_brief(brief, console)
    text = " ".join(screen.get().split()).partition("At a glance")[2]
    row = shipped_figures(digest()).row("KP")
    ends = ends_around(shipped_figures(digest()).around["KP"], row)
    for figure in ("foreign_dependence", "state_share"):
        low, high = (rounded(ends[f"{figure}_{end}"]) for end in ENDS)
        assert f"By other rules {low} to {high}." in text
    assert "The same by all rules." in text  # one network at home
