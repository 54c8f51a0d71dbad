"""Headline figures after a scenario are those of the first row, wherever they are told."""

import io

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import digest
from commands import ERROR, small_world
from splinternet.base.shares import rounded
from splinternet.brief.changed import differences_told, figures_changed, is_changed
from splinternet.brief.errors import is_told
from splinternet.figures.observed import exposure_on_levels
from splinternet.figures.shipped import shipped_figures
from splinternet.measures.catalogue import find_measure
from splinternet.measures.exposure import exposure
from splinternet.scenario.apply import apply
from splinternet.scenario.cases import find_scenario
from splinternet.scenario.compare import what_if
from splinternet.scenario.headlines import Headlines, has_headlines, headlines_after
from splinternet.scenario.language import read_scenario
from splinternet.scenario.levelled import measure_on_levels
from splinternet.scenario.levels import what_if_on_levels
from splinternet.scenario.moving import all_moved, moved, shares_on_levels
from splinternet.web.app import create_app
from splinternet.world.schema import FIRST_GROUP
from websites import client

CASE = "russia-isolates-itself"
STATES, CARRIERS = find_measure("states"), find_measure("dependence")


class Shipped:
    """Figures of a full world, made by hand."""

    def __init__(self, row, **tables):
        self._row, self._tables = row, tables

    def row(self, country):
        return self._row

    def table(self, name, country=None):
        return self._tables.get(name)

    ranged = table


def of_states(*rows):
    columns = ["country", "share", "unavoidable", "counted"]
    return pl.DataFrame([(*row, 1.0) for row in rows], schema=columns, orient="row")


def of_networks(*rows):
    schema = {"asn": pl.UInt32, "name": pl.String, "country": pl.String, "share": pl.Float64,
              "doubt": pl.String}  # fmt: skip
    return pl.DataFrame(
        [(asn, "", country, share, doubt) for asn, country, share, doubt in rows],
        schema=schema,
        orient="row",
    )


#: The full world has RU before GB; the digest has too much of GB.
FULL = of_states(("RU", 0.55, 0.02), ("GB", 0.25, 0.0))
THEN = of_states(("RU", 0.50, 0.10), ("GB", 0.29, 0.05), ("SE", 0.004, 0.0))
NOW = of_states(("GB", 0.70, 0.45), ("SE", 0.02, 0.01))
LEVELS = {"state": "RU", "state_share": 0.55, "state_unavoidable": 0.02}


def test_another_that_leads_has_its_own_level_and_difference():
    found = Headlines.of(STATES, "KZ", THEN, Shipped(LEVELS, states=FULL))
    assert found.known == set(LEVELS)
    assert found.after(THEN) == pytest.approx(LEVELS)
    share = moved(0.25, 0.29, 0.70)
    assert share != pytest.approx(moved(0.55, 0.50, 0.70))
    assert found.after(NOW) == pytest.approx(
        {"state": "GB", "state_share": share, "state_unavoidable": moved(0.0, 0.05, 0.45)}
    )


def test_figures_that_rows_do_not_give_before_are_left_alone():
    """A digest that lacks the first row could only tell the second as the largest."""
    lacking = THEN.filter(pl.col("country") != "RU")
    found = Headlines.of(STATES, "KZ", lacking, Shipped(LEVELS, states=FULL))
    assert not found.known
    assert found.after(NOW) == {}
    assert Headlines.of(STATES, "KZ", THEN, Shipped(LEVELS)) is None
    assert Headlines.of(find_measure("cut"), "KZ", THEN, Shipped(LEVELS)) is None
    tables = THEN, NOW
    assert headlines_after(STATES, "KZ", digest(), tables, None, {}) == {}
    assert headlines_after(STATES, "KZ", digest(), (None, NOW), Shipped(LEVELS), {}) == {}


def test_carriers_in_doubt_and_groups_lead_nothing():
    full = of_networks((1, "RU", 0.6, None), (2, "US", 0.3, None), (3, "US", 0.2, "why"))
    group = FIRST_GROUP + 1
    then = of_networks(
        (1, "RU", 0.5, None), (2, "US", 0.3, "as before"), (3, "US", 0.2, None),
        (4, "DE", 0.05, None), (group, "DE", 0.1, None),
    )  # fmt: skip
    levels = {
        "dependence": 0.6, "dependence_on": 1,
        "foreign_dependence": 0.3, "foreign_dependence_on": 2,
    }  # fmt: skip
    found = Headlines.of(CARRIERS, "RU", then, Shipped(levels, dependence=full))
    assert found.known == set(levels)
    now = of_networks(
        (2, "US", 0.25, "as before"), (3, "US", 0.9, None), (4, "DE", 0.8, "new"),
        (5, "DE", 0.1, None), (group, "DE", 0.7, None),
    )  # fmt: skip
    after = found.after(now)
    assert after["dependence_on"] == after["foreign_dependence_on"] == 2
    assert after["dependence"] == pytest.approx(0.25)
    assert found.doubt(now) == "AS3: why"  # without the doubt it would lead
    assert found.doubt(then) is None
    alone = found.after(now.filter(asn=group))
    assert (alone["dependence"], alone["dependence_on"]) == (0.7, group)
    assert found.after(now.clear())["dependence"] is None


def test_the_line_above_a_table_has_the_figure_of_its_first_row(monkeypatch):
    """On a small digest with figures made by hand."""
    before, after = (small_world(kind="digest", error=ERROR, name=name) for name in ("then", "now"))
    shipped = Shipped(LEVELS, states=FULL)
    for module in ("levelled", "levels"):
        monkeypatch.setattr(f"splinternet.scenario.{module}.shipped_of", lambda *_: shipped)
    told = measure_on_levels(
        before, after, STATES, "KZ", lambda world: THEN if world is before else NOW, {}
    )
    first = told.table.sort("share", descending=True).row(0, named=True)
    figures = {figure: now for _, figure, _, _, now in told.figures}
    assert first["country"] == "GB"
    assert figures["state_share"] == pytest.approx(first["share"])
    assert figures["state_unavoidable"] == pytest.approx(first["unavoidable"])


@pytest.fixture(scope="module")
def cut_off():
    """The digest after Russia isolates itself: then Britain is on most routes to Kazakhstan."""
    return apply(digest(), read_scenario(CASE))


def first_row(measure, after):
    """The largest row of Kazakhstan's table on levels that is not in doubt."""
    table = measure_on_levels(
        digest(), after, measure, "KZ", lambda world: measure.table(world, "KZ"), {}
    )
    sure = table.table.filter(pl.col("doubt").is_null(), pl.col("country") != "KZ")
    return table, sure.sort("share", descending=True).row(0, named=True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("measure", "figure"), [(STATES, "state_share"), (CARRIERS, "foreign_dependence")]
)
def test_the_first_row_is_told_above_it_and_by_what_ifs(cut_off, measure, figure):
    of = digest().manifest
    told, first = first_row(measure, cut_off)
    figures = {name: (then, now) for _, name, _, then, now in told.figures}
    assert figures[figure] == (
        shipped_figures(digest()).row("KZ")[figure],
        pytest.approx(first["share"]),
    )
    said = {each.partition(" ")[0]: each for each in figures_changed(told.figures, of)}
    assert said[figure].endswith(f"{rounded(first['share'])} after")
    compared = what_if_on_levels(digest(), cut_off, "KZ", measures=(measure,), ranges=True)
    own = {name: (then, now) for _, name, _, then, now in compared.nation.figures}
    assert own[figure] == pytest.approx(figures[figure])
    ends = compared.ends[f"{measure.name}.{figure}"]
    assert ends["after_low"] - 1e-9 <= own[figure][1] <= ends["after_high"] + 1e-9


@pytest.mark.slow
def test_what_a_state_could_see_is_its_own_share_and_no_others(cut_off):
    measure = find_measure("exposure")
    assert has_headlines(measure)
    tables = exposure(digest(), "KZ"), exposure(cut_off, "KZ")
    figures = shipped_figures(digest())
    found = headlines_after(measure, "KZ", digest(), tables, figures, {})
    _, first = first_row(STATES, cut_off)
    assert found["exposed_to"] == first["country"]
    assert found["exposed_inbound"] == pytest.approx(first["share"], abs=1e-4)
    same = headlines_after(measure, "KZ", digest(), tables[:1] * 2, figures, {})
    assert same == {}  # whoever stays the first is moved as any figure


@pytest.mark.slow
@pytest.mark.parametrize("command", ["atlas --countries KZ", "history KZ 2019-12"])
def test_nations_and_dates_side_by_side_have_the_first_row_too(run, cut_off, command):
    asked = [*command.split(), "--measure", "states", "--measure", "dependence"]
    status, out, err = run(*asked, "--scenario", CASE, "-f", "csv")
    assert status == 0, err
    (row,) = pl.read_csv(io.BytesIO(out.encode()), infer_schema_length=None).to_dicts()
    for measure, figure, name in (
        (STATES, "state_share", "state"),
        (CARRIERS, "foreign_dependence", "foreign_dependence_on"),
    ):
        _, first = first_row(measure, cut_off)
        assert row[figure] == pytest.approx(first["share"], abs=2e-4)
        assert row[name] == first["country" if measure is STATES else "asn"]


@pytest.mark.slow
def test_the_api_of_a_what_if_has_it(cut_off):
    _, first = first_row(CARRIERS, cut_off)
    shock = {"kind": "isolate", "networks": "country:RU"}
    scenario = {"name": "Alone", "world": "2019-12", "shocks": [shock]}
    with client(create_app(["2019-12"])) as site:
        sent = {"country": "KZ", "scenario": scenario, "measure": ["dependence"]}
        figures = site.post("/api/what-if", json=sent).json()["figures"]
    (told,) = (each for each in figures if each["figure"] == "dependence.foreign_dependence")
    assert told["after"] == pytest.approx(first["share"])


def shares_after(*rows):
    """A nation's carriers: number, country, before, after and doubt."""
    schema = {"asn": pl.UInt32, "country": pl.String, "before": pl.Float64, "share": pl.Float64,
              "doubt": pl.String}  # fmt: skip
    table = pl.DataFrame(rows, schema=schema, orient="row")
    return table.with_columns(difference=pl.col("share") - pl.col("before"))


def test_no_row_that_is_told_as_unchanged_stands_above_the_headline():
    """Where the largest share falls by far, lesser ones do not stay as they were."""
    manifest = digest().manifest
    error = manifest.error_of("carrier", "difference").error
    small = error * 0.9
    fallen = shares_after(
        (1, "US", 0.5, 0.0, None), (2, "RU", small, small / 2, None),
        (3, "RU", small / 3, small / 4, None), (4, "KZ", small, small / 2, None),
        (5, "US", small, small / 3, "why"), (6, "US", small / 9, 0.0, None),
        (FIRST_GROUP, "US", 0.4, 0.4, None),
    )  # fmt: skip
    assert is_changed(fallen, manifest).to_list() == [True] + [False] * 4 + [True, False]
    told = is_changed(fallen, manifest, "KZ").to_list()
    # At home nothing changes by the error; a group leads nothing, and is unchanged.
    assert told == [True, True, False, False, True, True, False]
    shares = differences_told(fallen, manifest, "KZ")
    abroad = shares.filter(pl.col("country") != "KZ", pl.col("asn") < FIRST_GROUP)
    assert abroad["share"].max() == small / 2
    at_home = shares.filter(country="KZ")
    assert at_home["share"].item() == small
    same = shares_after((1, "US", 0.5, 0.5 - small, None), (2, "RU", 0.4, 0.4, None))
    assert not is_changed(same, manifest, "KZ").any()


def test_a_state_of_which_no_part_is_known_is_told_as_the_digest_has_it():
    rows = pl.DataFrame({"direction": ["inbound"], "observer": ["GB"], "third": [0.2],
                         "passing": [0.2], "ending": [0.0], "exposed": [0.2]})  # fmt: skip
    states = of_states(("GB", 0.3, 0.0)).with_columns(counted=pl.lit(None, pl.Float64))
    shipped = Shipped(LEVELS, states=states)
    assert exposure_on_levels(rows, shipped, "KZ").equals(rows)


def test_a_number_of_networks_falls_to_none_only_where_none_is_left():
    assert moved(44, 52, 6, "networks") == 5
    assert moved(2, 52, 6, "links") == 1
    assert moved(44, 40, 6, "networks") == 10
    assert moved(44, 52, 60, "networks") == 52
    assert moved(44, 52, 0, "networks") == 0


@settings(max_examples=200)
@given(*(st.integers(0, 1000).map(lambda parts: parts / 1000) for _ in range(3)))
def test_a_share_falls_to_none_only_where_none_is_left(level, before, after):
    found = moved(level, before, after, "share")
    assert 0 <= found <= 1
    assert (found > 0) == (after > 0 and (level > 0 or after > before))
    if 0 < level + after - before <= 1 and after:
        assert found == level + after - before
    row = pl.DataFrame({"asn": [1], "before": [before], "after": [after], "difference": [0.0]})
    known = pl.DataFrame({"asn": [1], "share": [level]})
    asked = pl.lit(value=True)
    assert shares_on_levels(row, known, "asn", asked)["after"].item() == pytest.approx(found)
    many = all_moved(*(np.array([each]) for each in (level, before, after)))
    assert many.item() == pytest.approx(found)


def test_both_bounds_of_detours_after_a_scenario_agree_and_are_told_alike():
    """Kazakhstan's detours, of which the digest has more before: some are left, not none."""
    world = digest()
    told = what_if_on_levels(world, find_scenario("russia-isolates-itself"), "KZ",
                             measures=["detours"])  # fmt: skip
    nation = told.nation
    shares = {figure: (before, after) for _, figure, _, before, after in nation.figures}
    level, after = shares["detours"]
    own = what_if(world, find_scenario("russia-isolates-itself"), "KZ").nation.detours
    assert level + own[1] - own[0] < 0 < own[1]
    assert after == pytest.approx(level * own[1] / own[0])
    assert nation.detours == pytest.approx((level, after))
    manifest = world.manifest
    for change in (0.001, 0.02, 0.05):
        assert is_told(manifest, "detours", change) == is_told(
            manifest, "detours_or_unknown", change
        )
