"""Every answer calls a network by its organisation where its own name is a handle, or none.

One way in commands, tables that are kept, pages, the API and Python; ``World.networks`` alone has
the name and the organisation as the registry has them.
"""

import re

import polars as pl
import pytest
from lxml import html

from briefs import digest
from commands import COUNTRIES, LINKS, save
from graphs import make_world
from splinternet.base.naming import with_registry_names, with_shown_names
from splinternet.figures.shipped import shipped_figures
from splinternet.measures.catalogue import list_measures
from splinternet.measures.dependence import depend
from splinternet.routing.routes import path
from splinternet.scenario.apply import apply
from splinternet.scenario.compare import what_if
from splinternet.scenario.members import members_of
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks.remove import Remove
from websites import digest_site

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


@pytest.mark.slow
def test_on_the_command_line(run, tmp_path):
    folder = save(WORLD, tmp_path / "world")
    status, out, err = run("--world", str(folder), "transit", "--limit", "1")
    assert status == 0, err
    assert "Company " in out


#: A network whose own name is a handle, in the registry and as people know it.
ASN, HANDLE, KNOWN = 3356, "LEVEL3", "Level 3 Parent, LLC"

CUT = '[[shocks]]\nkind = "isolate"\nnetworks = "AS11960"\n'


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    file = tmp_path_factory.mktemp("named") / "cut.toml"
    file.write_text(f'name = "Cut"\nworld = "2019-12"\n{CUT}', encoding="utf-8")
    return str(file)


def as_known(rows: pl.DataFrame) -> int:
    """Hold the names of a table to those that people know; how many are no name of the registry."""
    if "asn" not in rows.columns:  # figures of what, as AS3356
        rows = rows.filter(pl.col("of").str.contains(r"^AS\d+$"))
        rows = rows.with_columns(asn=pl.col("of").str.strip_prefix("AS").cast(pl.UInt32))
    both = rows.cast({"asn": pl.UInt32}).join(digest().named, on="asn", suffix="_known")
    assert both.height
    assert both.filter(pl.col("name").ne_missing(pl.col("name_known"))).is_empty()
    registry = digest().networks.select("asn", own="name")
    return both.join(registry, on="asn").filter(pl.col("name") != pl.col("own")).height


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        "depend CU", "depend CU --direction outbound", "depend CU --scenario {scenario}",
        "measure dependence CU", "measure hegemony CU", "measure cti CU",
        "what-if {scenario} --country CU", "path AS12389 AS3356",
        "transit --sources CU --destinations SY",
    ],
)  # fmt: skip
def test_commands_name_networks_as_people_know_them(run, scenario, tmp_path, command):
    """In every form that is kept; a terminal has the same rows."""
    words, file = command.format(scenario=scenario).split(), tmp_path / "kept.csv"
    status, _, err = run(*words, "-o", str(file))
    assert status == 0, err
    changed = as_known(pl.read_csv(file, infer_schema_length=None))
    assert changed or "transit" in command


@pytest.mark.slow
def test_the_terminal_has_the_same_names(run):
    for command in ("path AS12389 AS3356", "dependents AS3356 --limit 1", "depend RU"):
        status, out, err = run(*command.split())
        assert status == 0, err
        assert KNOWN in out
        assert HANDLE not in out


@pytest.mark.slow
def test_so_do_the_rows_behind_an_atlas(run, tmp_path):
    out = tmp_path / "rows"
    status, _, err = run(
        "atlas", "--countries", "RU", "--measure", "dependence", "--rows", str(out)
    )
    assert status == 0, err
    assert as_known(pl.read_csv(out / "dependence.csv"))


@pytest.mark.slow
def test_so_do_pages_the_api_and_python():
    site = digest_site()
    for address in (
        "/networks/3356",
        "/routes?source=KZ&destination=DE",
        "/brief/RU",
        "/states/US",
    ):
        text = html.fromstring(site.get(address).text).text_content()
        assert KNOWN in text, address
        assert not re.search(rf"\b{HANDLE}\b", text), address
    told = site.get("/api/dependence/RU").json()
    told += site.get("/api/path/AS12389/AS3356").json()
    listed = pl.DataFrame(site.get("/api/networks?country=US").json()["networks"])
    assert as_known(listed)
    assert {each["name"] for each in told if each["asn"] == ASN} == {KNOWN}
    for table in (depend(digest(), "RU"), path(digest(), 12389, ASN), digest().named):
        assert table.filter(asn=ASN)["name"].to_list() == [KNOWN]
    assert digest().networks.filter(asn=ASN).select("name", "org").row(0) == (HANDLE, KNOWN)


@pytest.mark.slow
def test_shipped_tables_keep_the_names_of_the_registry():
    """They are data: how a name is shown may change, and they stay as they are to the byte."""
    shipped = shipped_figures(digest()).table("dependence", "RU")
    assert shipped.filter(asn=ASN)["name"].item() == HANDLE
    shown = with_shown_names(shipped, digest().networks)
    assert shown.filter(asn=ASN)["name"].item() == KNOWN
    assert with_registry_names(shown, digest().networks).equals(shipped)
    states = shipped_figures(digest()).table("states", "RU")
    assert with_shown_names(states, digest().networks) is states
