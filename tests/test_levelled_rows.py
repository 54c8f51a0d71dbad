"""Rows of nations and dates after a scenario: their ranges, differences and doubts."""

import io

import polars as pl
import pytest

from briefs import digest
from splinternet.base.shares import in_points
from splinternet.base.texts import phrase
from splinternet.brief.cells import cell_text
from splinternet.brief.changed import rows_told
from splinternet.figures.shipped import shipped_figures
from splinternet.measures.atlas import atlas_and_rows
from splinternet.measures.catalogue import find_measures
from splinternet.measures.doubt_column import read_doubts
from splinternet.measures.together import figures_of
from splinternet.scenario.apply import apply
from splinternet.scenario.language import read_scenario
from splinternet.scenario.levelled_figures import LEAST, atlas_on_levels
from splinternet.scenario.levelled_rows import Sides, row_on_levels, rows_table
from splinternet.scenario.levels import what_if_on_levels

CASE = "russia-isolates-itself"
MEASURES = ("dependence", "states")


def rows_of(run, command):
    asked = [*command.split(), "--measure", "dependence", "--measure", "states"]
    status, out, err = run(*asked, "--scenario", CASE, "-f", "csv")
    assert status == 0, err
    table = pl.read_csv(io.BytesIO(out.encode()), infer_schema_length=None)
    return table.to_dicts(), err


@pytest.mark.slow
@pytest.mark.parametrize("command", ["atlas --countries KZ,CU", "history KZ 2019-12"])
def test_their_ranges_are_those_of_the_what_if(run, command):
    rows, said = rows_of(run, f"{command} --ranges")
    assert phrase("what_if.levels.ruled_figures") in said
    after = apply(digest(), read_scenario(CASE))
    for row in rows:
        code = row.get("country", "KZ")
        told = what_if_on_levels(digest(), after, code, measures=MEASURES, ranges=True)
        figures = {figure: value for _, figure, *value in told.nation.figures}
        for figure, (_, before, later) in figures.items():
            ends = next(each for name, each in told.ends.items() if name.endswith(f".{figure}"))
            known = {
                figure: later,
                f"before_{figure}": before,
                f"difference_{figure}": later - before,
                f"{figure}_low": ends["after_low"],
                f"{figure}_high": ends["after_high"],
                f"before_{figure}_low": ends["before_low"],
                f"before_{figure}_high": ends["before_high"],
                f"difference_{figure}_low": ends["difference_low"],
                f"difference_{figure}_high": ends["difference_high"],
            }
            if figure == "state_unavoidable":  # no rule makes a difference, so none are shipped
                known = {name: row.get(name) for name in known} | {figure: later}
            assert {name: row.get(name) for name in known} == pytest.approx(known, abs=2e-4)


@pytest.mark.slow
def test_without_being_asked_they_have_the_ranges_of_what_was_before(run):
    ((row,), said) = rows_of(run, "atlas --countries KZ")
    assert phrase("what_if.levels.ranges_figures") in said
    level = shipped_figures(digest()).row("KZ")
    around = shipped_figures(digest()).around["KZ"]
    for figure in ("dependence", "foreign_dependence", "state_share"):
        for end, reach in zip(("low", "high"), around[figure], strict=True):
            assert row[f"before_{figure}_{end}"] == pytest.approx(level[figure] + reach)
            assert f"{figure}_{end}" not in row
    assert (row["before_state"], row["state"]) == (level["state"], "GB")
    assert row["before_dependence_on"] == level["dependence_on"]


@pytest.mark.slow
@pytest.mark.parametrize(("ranges", "atlases"), [(False, 2), (True, 12)])
def test_atlases_by_other_rules_are_made_where_they_are_asked_for(ranges, atlases):
    """Three orders by two weightings, of the world before and of that after."""
    made = []

    def compute(world, asked, rule):
        made.append((world is digest(), *rule.values()))
        return atlas_and_rows(world, asked, ["CU"], least=LEAST, **rule)

    after = apply(digest(), read_scenario(CASE))
    told = atlas_on_levels(digest(), after, "dependence", ["CU"], compute, {}, ranges=ranges)
    assert len(made) == len(set(made)) == atlases
    assert ("dependence_low" in told.table.columns) == ranges


def unchanged(code, measures):
    """The row of a nation for which a scenario changes nothing."""
    chosen = find_measures(measures)
    own = figures_of(digest(), code, chosen, {})
    tables = {each.name: each.table(digest(), code) for each in chosen}
    figures = shipped_figures(digest())
    sides = Sides(code, digest(), own, own, figures, lambda each: (tables[each.name],) * 2)
    return row_on_levels(sides, chosen, {})


@pytest.mark.slow
def test_where_nothing_changes_figures_and_doubts_are_those_that_are_shipped():
    figures = shipped_figures(digest())
    for code in ("NP", "GR", "CU"):  # carriers of the first two are in doubt
        row, level = unchanged(code, ["dependence"]), figures.row(code)
        for name in ("dependence", "dependence_on", "foreign_dependence", "foreign_dependence_on"):
            assert row[name] == pytest.approx(level[name], abs=1e-4), (code, name)
            assert row[f"before_{name}"] == level[name]
        shipped = read_doubts(level["doubt"]).get("dependence")
        assert read_doubts(row["doubt"]).get("dependence") == shipped
        assert read_doubts(row["before_doubt"]).get("dependence") == shipped


def test_a_table_has_columns_of_what_is_known():
    chosen = find_measures(["states"])
    schema = {"country": pl.String(), "state": pl.String(), "state_share": pl.Float64()}
    row = {"country": "KZ", "state": "GB", "state_share": 1, "before_state_share": 0.5,
           "before_state": "RU", "difference_state_share": 0.5, "state_share_low": 0.9,
           "state_share_high": None}  # fmt: skip
    table = rows_table([row, {"country": "CU"}], schema, chosen)
    assert table.columns == [
        *schema, "before_state", "state_share_low", "before_state_share", "difference_state_share"
    ]  # fmt: skip
    assert table.schema["state_share"] == pl.Float64
    assert table.row(1)[1:] == (None,) * 6


def test_small_changes_of_rows_are_told_as_none_with_their_ranges():
    manifest = digest().manifest
    error = manifest.error_of("carrier", "difference").error
    rows = pl.DataFrame(
        {
            "dependence": [0.5 + error / 2, 0.5 + error * 2],
            "dependence_low": [0.4, 0.4],
            "before_dependence": [0.5, 0.5],
            "before_dependence_low": [0.3, 0.3],
            "difference_dependence": [error / 2, error * 2],
            "difference_dependence_low": [0.0, 0.001],
            "dependence_on": [1, 2],
            "before_dependence_on": [1, 1],
        }
    )
    small, large = rows_told(rows, [manifest]).to_dicts()
    assert (small["dependence"], small["dependence_low"]) == (0.5, 0.3)
    assert small["difference_dependence"] is small["difference_dependence_low"] is None
    assert large == rows.to_dicts()[1]


def test_differences_are_told_in_points():
    assert cell_text("difference_dependence_low", 0.05) == in_points(0.05)
    assert cell_text("before_dependence_low", 0.05) == "5%"
    assert cell_text("before_dependence_on", 5) == "AS5"


@pytest.mark.parametrize(
    "command",
    ["atlas --countries CU", "history CU", "atlas --countries CU --weights users --scenario"],
)
def test_ranges_are_refused_where_there_is_nothing_to_stand_around(run, command):
    more = [CASE] if command.endswith("--scenario") else []
    status, _, err = run(*command.split(), *more, "--ranges")
    assert status == 2
    assert "ranges" in err
