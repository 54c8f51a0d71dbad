"""Every table calls a network by its organisation where it has no name of its own."""

import polars as pl
import pytest

from commands import COUNTRIES, LINKS, save
from graphs import make_world
from splinternet.measures.catalogue import list_measures
from splinternet.routing.routes import path
from splinternet.scenario.apply import apply
from splinternet.scenario.compare import what_if
from splinternet.scenario.members import members_of
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks.remove import Remove

ORGS = {asn: f"Company {asn}" for asn in COUNTRIES} | {2: "Company 2"}
#: No network has a name; AS2, AS20 and AS21 are peers, so that all measures have something to show.
WORLD = make_world(
    [*LINKS, (10, 13, "p2c"), (13, 14, "p2c")],
    org=ORGS | {13: "Company 13", 14: "Company 14"},
    country=COUNTRIES | {2: "US", 13: "RU", 14: "RU"},
    ipv4_addresses=dict.fromkeys([1, 2, 10, 11, 12, 13, 14, 20], 100),
)

OPTIONS = {"exposure": {"observers": ["US"]}}


def names_of(table: pl.DataFrame) -> list[str | None]:
    """Names of networks; rows of states have none."""
    columns = {"name": "asn", "a_name": "a", "b_name": "b"}
    return [
        name
        for column, number in columns.items()
        if column in table.columns and number in table.columns
        for name in table.drop_nulls(number)[column]
    ]


@pytest.mark.parametrize("measure", sorted(list_measures()))
def test_in_the_tables_of_all_measures(measure):
    found = list_measures()[measure]
    table = found.table(WORLD, "RU", **OPTIONS.get(measure, {}))
    assert all(name.startswith("Company ") for name in names_of(table))


def test_on_paths_and_in_what_ifs():
    assert names_of(path(WORLD, 20, 11))[0] == "Company 20"
    loss = Remove(networks=Selection("AS2"))
    after = apply(WORLD, Scenario(name="Loss", world="made-up", shocks=(loss,)))
    assert all(
        name.startswith("Company ")
        for name in names_of(what_if(WORLD, after, "RU").nation.carriers)
    )
    assert all(member.name.startswith("Company ") for member in members_of(WORLD, "network"))


def test_on_the_command_line(run, tmp_path):
    folder = save(WORLD, tmp_path / "world")
    status, out, err = run("--world", str(folder), "transit", "--limit", "1")
    assert status == 0, err
    assert "Company " in out
