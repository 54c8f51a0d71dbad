"""A nation over time: order, what may be compared, what is missing; and three real snapshots."""

import msgspec
import polars as pl
import pytest

from commands import ERROR, small_world
from graphs import make_world
from splinternet.base.errors import MisuseError
from splinternet.measures.catalogue import find_measure, list_measures
from splinternet.measures.exposure import exposure
from splinternet.measures.history import history
from splinternet.world.build import build_world
from splinternet.world.evidence import by_evidence
from splinternet.world.world import World

DEPENDENCE = find_measure("dependence")


def dated(date: str, evidence: str | None = "bgp", **manifest: object) -> World:
    """Make the small world of a date, its links shown by this."""
    world = small_world(date=date, **{"name": date[:7], **manifest})
    links = world.links.with_columns(evidence=pl.lit(evidence, pl.String))
    return World(world.manifest, world.networks, links)


def digest(date: str) -> World:
    return dated(date, None, kind="digest", error=ERROR)


def test_by_date_whatever_the_order():
    worlds = [dated(f"{year}-01-01") for year in (2003, 2001, 2002)]
    table = history(worlds, [DEPENDENCE], "Russia")
    assert table["date"].to_list() == ["2001-01-01", "2002-01-01", "2003-01-01"]
    assert table["world"].to_list() == ["2001-01", "2002-01", "2003-01"]
    assert table["kind"].to_list() == ["full"] * 3
    assert table["evidence"].to_list() == ["bgp"] * 3
    assert table["links"].to_list() == [9] * 3


def test_as_the_measure_on_each_world():
    early, late = dated("2001-01-01"), dated("2002-01-01")
    worlds = [early, World(late.manifest, late.networks, late.links[1:])]
    options = {"weights": "networks", "tie_break": "lowest-asn"}
    measures = list_measures().values()
    table = history(worlds, measures, "RU", **options)
    for world, row in zip(worlds, table.iter_rows(named=True), strict=True):
        for measure in measures:
            taken = {key: value for key, value in options.items() if key in measure.options}
            alone = measure.summary(measure.table(world, "RU", **taken), "RU")
            assert {name: row[name] for name in alone} == alone
    assert table["dependence"].n_unique() == 2


@pytest.mark.parametrize(("through", "share"), [("United States", "third"), ("AS1", "passing")])
def test_a_given_state_or_network_is_followed(through, share):
    """Also where another carries more; a state's shares are of third parties' traffic."""
    early, late = dated("2001-01-01"), dated("2002-01-01")
    worlds = [early, World(late.manifest, late.networks, late.links[1:])]
    table = history(worlds, [], "RU", through=through, weights="networks")
    for world, row in zip(worlds, table.iter_rows(named=True), strict=True):
        found = exposure(world, "RU", observers=[through], weights="networks")
        for direction, value in found.select("direction", share).iter_rows():
            assert row[f"through_{direction}"] == value
        assert row["through"] == found["observer"][0]
    assert table["through_inbound"].n_unique() == 2


def test_what_a_world_has_not_got_is_followed_as_unknown():
    table = history(dated("2001-01-01"), [], "RU", through=64500)
    assert table["through"].to_list() == ["AS64500"]
    assert table.select("^through_.*$").row(0) == (None, None, None)
    with pytest.raises(MisuseError, match="unknown country 'Atlantis'"):
        history(dated("2001-01-01"), [], "RU", through="Atlantis")


def test_a_nation_that_is_not_there_yet():
    early = World(dated("1998-01-01").manifest, *small_world_without("RU"))
    table = history([dated("2001-01-01"), early], [DEPENDENCE, find_measure("states")], "RU")
    assert table.row(0, named=True) == {
        "date": "1998-01-01",
        "world": "1998-01",
        "kind": "full",
        "evidence": "bgp",
        "links": 5,
        **dict.fromkeys(
            ("dependence", "dependence_on", "foreign_dependence", "foreign_dependence_on")
        ),
        **dict.fromkeys(("state", "state_share", "state_unavoidable")),
        "doubt": None,
        "missing": "dependence: world 1998-01 has no network in Russia (RU); "
        "states: world 1998-01 has no network in Russia (RU)",
    }
    assert table["missing"][1] is None
    assert table["dependence"][1] > 0


def small_world_without(country: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    world = dated("1998-01-01")
    networks = world.networks.filter(pl.col("country").ne_missing(country))
    left = networks["asn"].implode()
    return networks, world.links.filter(pl.col("a").is_in(left) & pl.col("b").is_in(left))


def test_a_nation_that_is_never_there_has_columns_of_their_type():
    table = history([dated("2001-01-01"), dated("2002-01-01")], [DEPENDENCE], "BR")
    assert table["dependence"].to_list() == [None, None]
    assert table.schema["dependence"] == pl.Float64
    assert table.schema["dependence_on"] == pl.UInt32


def test_tells_of_worlds_done():
    told = []
    worlds = [dated("2001-01-01"), dated("2002-01-01")]
    history(worlds, [DEPENDENCE], "RU", progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


# What may be compared

OTHER_EVIDENCE = [dated("2001-01-01"), dated("2002-01-01", "bgp,mlp")]
OTHER_KIND = [dated("2001-01-01", None), digest("2002-01-01")]
OTHER_SCENARIO = [
    dated("2001-01-01"),
    dated("2002-01-01", parameters={"scenarios": [{"name": "Cut"}]}),
]
SAME_DATE = [dated("2001-01-01", name="one"), dated("2001-01-01", name="two")]


@pytest.mark.parametrize(
    ("worlds", "says"),
    [
        (
            OTHER_EVIDENCE,
            "not comparable: evidence of links: 2001-01 has bgp, 2002-01 has bgp, mlp; "
            "links='bgp' leaves what BGP shows; mixed=True compares all the same",
        ),
        (
            [dated("2001-01-01"), dated("2002-01-01", None)],
            "not comparable: evidence of links: 2001-01 has bgp, 2002-01 has unknown; "
            "links='bgp' leaves what BGP shows; mixed=True compares all the same",
        ),
        (
            OTHER_KIND,
            "not comparable: 2001-01 has every network, 2002-01 has the groups of a digest; "
            "mixed=True compares all the same",
        ),
        (
            OTHER_SCENARIO,
            "not comparable: scenarios: 2001-01 has none, 2002-01 has Cut; "
            "mixed=True compares all the same",
        ),
        (SAME_DATE, "one and two are both of 2001-01-01; name one of them; mixed=True shows both"),
        ([], "no world to look at; name two or more"),
    ],
)
def test_refused(worlds, says):
    with pytest.raises(MisuseError) as raised:
        history(worlds, [DEPENDENCE], "RU")
    assert str(raised.value) == says


def test_what_differs_in_the_third_world_is_refused_too():
    worlds = [dated("2001-01-01"), dated("2002-01-01"), dated("2003-01-01", "mlp")]
    with pytest.raises(MisuseError, match="2001-01 has bgp, 2003-01 has mlp"):
        history(worlds, [DEPENDENCE], "RU")


def test_a_link_that_a_scenario_adds_is_told_as_a_scenario():
    """What BGP shows would not have the link: that is no way out."""
    after = dated("2002-01-01", "scenario", parameters={"scenarios": [{"name": "Tie"}]})
    with pytest.raises(MisuseError, match=r"scenarios: 2001-01 has none, 2002-01 has Tie"):
        history([dated("2001-01-01"), after], [DEPENDENCE], "RU")


@pytest.mark.parametrize("worlds", [OTHER_EVIDENCE, OTHER_KIND, OTHER_SCENARIO, SAME_DATE])
def test_mixed_compares_all_the_same(worlds):
    table = history(worlds, [DEPENDENCE], "RU", mixed=True)
    assert table["world"].to_list() == [world.manifest.name for world in worlds]
    assert table["dependence"].null_count() == 0


def test_digests_with_digests_and_scenarios_with_scenarios():
    assert history([digest("2001-01-01"), digest("2002-01-01")], [DEPENDENCE], "RU").height == 2
    cut = {"scenarios": [{"name": "Cut"}]}
    worlds = [dated(f"{year}-01-01", parameters=cut) for year in (2001, 2002)]
    assert history(worlds, [DEPENDENCE], "RU").height == 2


@pytest.mark.parametrize(
    ("country", "message"), [("Rusiia", "unknown country 'Rusiia'"), ("", "unknown country ''")]
)
def test_unknown_country(country, message):
    with pytest.raises(MisuseError, match=message):
        history([dated("2001-01-01")], [DEPENDENCE], country)


def test_what_bgp_shows_is_comparable(tmp_path):
    """Serial-1 has what BGP shows; serial-2 adds links seen at exchanges, and says so."""
    (tmp_path / "1").write_text("# IXP ASes: 9\n10|20|0\n10|100|-1\n20|200|-1\n")
    (tmp_path / "2").write_text("10|20|0|bgp\n10|100|-1|bgp,mlp\n20|200|-1|bgp\n100|200|0|mlp\n")
    worlds = [
        build_world(date, [tmp_path / name])[0]
        for date, name in (("2019-07-01", "1"), ("2019-12-01", "2"))
    ]
    worlds = [in_russia(world) for world in worlds]
    options = {"weights": "networks"}
    with pytest.raises(MisuseError, match="2019-07 has bgp, 2019-12 has bgp, mlp; links='bgp'"):
        history(worlds, [DEPENDENCE], "RU", **options)
    alike = history([by_evidence(w, "bgp") for w in worlds], [DEPENDENCE], "RU", **options)
    mixed = history(worlds, [DEPENDENCE], "RU", mixed=True, **options)
    assert alike["links"].to_list() == [3, 3]
    assert alike["dependence"].n_unique() == 1
    assert mixed["links"].to_list() == [3, 4]
    assert mixed["dependence"][1] < mixed["dependence"][0]


def in_russia(world: World) -> World:
    """Place AS200 in Russia."""
    country = pl.when(pl.col("asn") == 200).then(pl.lit("RU"))
    return World(world.manifest, world.networks.with_columns(country=country), world.links)


# Real snapshots


@pytest.fixture(scope="module")
def early(shared) -> list[World]:
    info = shared / "as-info"
    return [
        build_world(
            f"{year}-01-01",
            as_rel=[shared / "as-rel" / f"{year}0101.as-rel.txt.bz2"],
            as_country=[
                info / "ihr-classified-as-20191119.txt.gz",
                info / "asrank-202003.csv.gz",
            ],
        )[0]
        for year in (2001, 1998, 2000)
    ]


def test_germany_from_1998_to_2001(early):
    measures = [DEPENDENCE, find_measure("continuity"), find_measure("states")]
    table = history(early, measures, "Germany", weights="networks")
    assert table["date"].to_list() == ["1998-01-01", "2000-01-01", "2001-01-01"]
    assert table["evidence"].unique().to_list() == ["bgp"]
    assert table["links"].is_sorted()
    assert table["links"][0] == 5773
    assert table["missing"].null_count() == 3
    assert table["state"].to_list() == ["US"] * 3
    for name in ("dependence", "continuity", "state_share", "state_unavoidable"):
        assert table[name].is_between(0, 1).all()
    ordered = sorted(early, key=lambda world: world.manifest.date)
    for world, figure in zip(ordered, table["dependence"], strict=True):
        alone = DEPENDENCE.table(world, "DE", weights="networks")
        assert figure == alone["share"].max()


def test_real_snapshots_without_addresses_say_so(early):
    table = history(early, [DEPENDENCE], "DE")
    assert table["dependence"].null_count() == 3
    assert "does not know the addresses of these networks; weigh by" in table["missing"][0]


def test_a_world_of_its_own_name(early):
    """Names need not tell dates."""
    renamed = [
        World(msgspec.structs.replace(world.manifest, name=name), world.networks, world.links)
        for world, name in zip(early, "abc", strict=True)
    ]
    table = history(renamed, [DEPENDENCE], "US", weights="networks")
    assert table["world"].to_list() == ["b", "c", "a"]


def test_an_empty_world_gives_nulls():
    worlds = [dated("2001-01-01"), dated("2002-01-01")]
    empty = make_world([(1, 2, "p2c")], country={1: "RU"})
    empty = World(
        worlds[1].manifest, empty.networks, empty.links.with_columns(evidence=pl.lit("bgp"))
    )
    table = history([worlds[0], empty], [find_measure("continuity")], "RU", weights="networks")
    assert table["continuity"].to_list() == [1.0, None]
    assert "Russia has one network in world 2002-01" in table["missing"][1]
