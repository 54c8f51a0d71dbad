"""Whose network it is: by organisation, and by the state that owns it."""

from __future__ import annotations

import polars as pl
import pytest

from graphs import make_world
from splinternet.base.errors import InputError, MisuseError, WorldError
from splinternet.measures.dependence import depend
from splinternet.scenario.compare import what_if
from splinternet.world.build import build_world
from splinternet.world.schema import TABLES
from splinternet.world.world import World

#: From 5 and 6, abroad, two ways to 4 in Gabon: over 2, or over 3; 1 is above both.
LINKS = [(1, 2, "p2c"), (2, 4, "p2c"), (1, 5, "p2c"), (1, 6, "p2c"), (3, 4, "p2c"), (3, 6, "p2c")]
COUNTRIES = {1: "SE", 2: "MA", 3: "GA", 4: "GA", 5: "US", 6: "US"}
ORGS = {2: "Maroc Telecom", 3: "Gabon Telecom", 1: "Arelion"}


def owned(rows=((2, "AE"), (3, "AE"), (4, "GA"))) -> World:
    """Networks of two countries that one state owns."""
    world = make_world(LINKS, country=COUNTRIES, org=ORGS, ipv4_addresses={4: 100, 3: 0})
    table = pl.DataFrame(
        [(*row, None) for row in rows], schema=TABLES["owners"].schema, orient="row"
    )
    return World(world.manifest, world.networks, world.links, owners=table)


def test_owners_are_on_the_way():
    """The Emirates are passed where their networks are, and Gabon at no end of its own."""
    table = depend(owned(), "GA", by="owner")
    assert table.columns == ["country", "share", "counted", "ends"]
    # From 1, 2, 5 and 6 to 4 (all addresses are its): all but that from 2, which ends at 2.
    assert table.rows() == [("AE", pytest.approx(3 / 4), 1.0, 0.0), ("GA", 0.0, None, 1.0)]
    by_state = {row[0]: row[1:] for row in depend(owned(), "GA", by="state").rows()}
    assert "AE" not in by_state
    every = dict(depend(owned(), "GA", by="state", parties="all").select("country", "share").rows())
    assert every["MA"] == pytest.approx(2 / 4)


@pytest.mark.parametrize("parties", ["third", "all"])
def test_ends_are_owned_by_the_owner_and_not_by_the_nation(parties):
    """As the Emirates own Gabon Telecom."""
    table = depend(owned([(2, "MA"), (4, "AE")]), "GA", by="owner", parties=parties)
    assert dict(table.select("country", "ends").rows()) == {"MA": 0.0, "AE": 1.0}


def test_organisations_are_their_networks_together():
    world = owned().networks.with_columns(
        org=pl.when(pl.col("asn") == 3).then(pl.lit("Maroc Telecom")).otherwise("org")
    )
    merged = World(owned().manifest, world, owned().links)
    table = depend(merged, "GA", by="organisation")
    assert table.columns == ["organisation", "share"]
    assert dict(table.rows()) == pytest.approx({"Maroc Telecom": 3 / 4, "Arelion": 1 / 4})


def test_needs_to_know_whose():
    with pytest.raises(WorldError, match="import a world with --owners"):
        depend(owned(()), "GA", by="owner")
    with pytest.raises(MisuseError, match="by network or by state"):
        what_if(owned(), owned(), "GA", by="owner")


PUBLISHED = """\
asn,conglomerate,org_name,ownership_cc,source,url
2,AE-X,"Telecom, of Morocco",AE,Company's website,https://example.org/a
3,AE-X,Gabon Telecom,AE,Annual report,https://example.org/b
3,AE-X,Gabon Telecom,GA,Annual report,https://example.org/b
9,AE-X,Elsewhere,AE,Annual report,
4,XX-X,Nobody,ZZ,Annual report,
"""


@pytest.fixture
def build(tmp_path):
    (tmp_path / "as-rel").write_text("1|2|-1\n2|3|-1\n2|4|-1\n")

    def build(text):
        (tmp_path / "owners.csv").write_text(text)
        return build_world("2021-09-01", [tmp_path / "as-rel"], owners=[tmp_path / "owners.csv"])

    return build


def test_import_of_the_published_list(build, tmp_path):
    world, report = build(PUBLISHED)
    assert world.owners.rows() == [
        (2, "AE", "https://example.org/a"),
        (3, "AE", "https://example.org/b"),
    ]
    used = report.inputs[-1]
    assert (used.used_for, used.read, used.licence) == ("owners", 5, "CC BY 4.0")
    assert used.skipped == {
        "no country (ZZ)": 1,
        "network listed again": 1,
        "network not in the relationships": 1,
    }
    world.save(tmp_path / "w")
    assert World.open(tmp_path / "w").owners.equals(world.owners)


def test_minorities_own_nothing(build):
    world, report = build("asn,state,ownership_percentage\n2,AE,51\n3,MA,50\n4,GA,27.99\n")
    assert world.owners.rows() == [(2, "AE", None)]
    assert report.inputs[-1].skipped == {"minority of the state": 2}
    assert not report.inputs[-1].citation


@pytest.mark.parametrize(
    ("line", "wrong"), [("AS2x,AE,60", "no AS number"), ("2,AE,most", "no number")]
)
def test_bad_lines_are_named(build, line, wrong):
    with pytest.raises(InputError, match=rf"owners.csv:2: .*{wrong}"):
        build(f"asn,state,ownership_percentage\n{line}\n")
