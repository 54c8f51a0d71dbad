"""Digests: who is named, what is summed, and how far the answers are from the full world's."""

from random import Random

import polars as pl
import pytest

from graphs import Graph, make_world, random_graph
from slow import Link
from splinternet.base.choices import Routing
from splinternet.base.errors import MisuseError
from splinternet.digest import build, grouping
from splinternet.digest.build import make_digest, with_errors
from splinternet.digest.errors import WHAT_IFS, difference_errors, level_errors, sampled
from splinternet.digest.reference import answers, compare, measured_countries
from splinternet.measures.atlas import atlas
from splinternet.measures.dependence import depend
from splinternet.routing.flows import measure_flows
from splinternet.routing.graph import graph_of
from splinternet.routing.traffic import weigh
from splinternet.routing.transit import transit
from splinternet.world.catalogue import open_world
from splinternet.world.world import World

GROUP = 4_200_000_000


def renumbered(graph: Graph, random: Random) -> Graph:
    """Give networks small numbers: those of groups are not theirs to have."""
    numbers = random.sample(range(1, 65_000), len(graph.asns))
    new = dict(zip(graph.asns, numbers, strict=True))
    return Graph(numbers, [Link(new[a], new[b], kind) for a, b, kind in graph.links])


@pytest.fixture(scope="module")
def full():
    random = Random(7)
    graph = renumbered(random_graph(random, core=60, stubs=400), random)
    country = {asn: random.choice(["RU", "RU", "DE", "CU", "IR", None]) for asn in graph.asns}
    addresses = {asn: random.choice([None, 256, 1024, 65536]) for asn in graph.asns}
    names = {asn: f"NET-{asn}" for asn in graph.asns}
    return make_world(
        graph.links, graph.asns, country=country, ipv4_addresses=addresses, name=names
    )


def as_summed(digest: World, *_: object) -> pl.Series:
    """Leave a digest's addresses as they are: no fitting."""
    return digest.networks["ipv4_addresses"]


def test_a_digest_sums_what_it_does_not_name(full):
    digest = make_digest(full, named=20)
    is_group = digest.networks["asn"] >= GROUP
    named = digest.networks.filter(~is_group).sort("asn")
    assert digest.manifest.is_digest
    assert named.height == 20 == digest.manifest.parameters["named"]
    assert is_group.sum() == digest.manifest.parameters["groups"] < full.networks.height - 20
    assert digest.networks["members"].sum() == full.networks.height
    assert named.drop("members").rows() == (
        full.networks.filter(pl.col("asn").is_in(named["asn"].implode())).drop("members").rows()
    )
    by_country = [
        world.networks.group_by("country").agg(pl.col("members").sum()).sort("country")
        for world in (digest, full)
    ]
    assert by_country[0].equals(by_country[1])
    groups = digest.networks.filter(is_group)
    assert groups["org"].null_count() == groups.height
    assert groups.select(pl.format("group of {}", "members") == pl.col("name")).to_series().all()


def test_addresses_of_a_nation_stay_but_for_rounding(full):
    digest = make_digest(full, named=20)
    for country in measured_countries(full):
        before, after = (
            world.networks.filter(pl.col("country") == country)["ipv4_addresses"].sum()
            for world in (full, digest)
        )
        groups = (digest.networks["country"] == country).sum()
        assert abs(before - after) <= 256 * groups


def test_a_digest_that_leaves_nothing_out_answers_as_the_full_world(full, monkeypatch):
    """With every neighbour kept, only what peers with an unnamed stub is told apart no more."""
    monkeypatch.setattr(grouping, "_MATTERS", 0.0)
    monkeypatch.setattr(grouping, "_PROVIDERS", 10**6)
    monkeypatch.setattr(grouping, "_NEIGHBOURS", 10**6)
    monkeypatch.setattr(build, "_PEERING_KEPT", 1.0)
    monkeypatch.setattr(build, "fitted_addresses", as_summed)
    digest = make_digest(full, named=full.networks.height)
    assert digest.manifest.error["spearman"] > 0.99
    assert digest.manifest.error["top_agreement"] == 1.0
    assert digest.manifest.error["mean_absolute_error"] < 1e-3


def test_fitting_brings_the_digest_nearer(full, monkeypatch):
    fitted = make_digest(full, named=20).manifest.error
    monkeypatch.setattr(build, "fitted_addresses", as_summed)
    plain = make_digest(full, named=20).manifest.error
    assert fitted["mean_absolute_error"] < plain["mean_absolute_error"]


def test_the_recorded_error_is_that_of_the_digest(full):
    digest = make_digest(full, named=20)
    countries = measured_countries(full)
    again = compare(answers(full, countries), answers(digest, countries))
    assert digest.manifest.error.items() >= again.items()


def test_compare():
    full = {"RU": pl.DataFrame({"asn": [1, 2, 3], "share": [0.5, 0.3, 0.1]})}
    same = compare(full, full)
    assert same == {"spearman": 1.0, "top_agreement": 1.0, "mean_absolute_error": 0.0}
    other = {"RU": pl.DataFrame({"asn": [3, 2], "share": [0.4, 0.3]})}
    # Ranks 3, 2, 1 against 1, 2, 3; errors 0.5, 0 and 0.3.
    assert compare(full, other) == {
        "spearman": -1.0,
        "top_agreement": 0.0,
        "mean_absolute_error": pytest.approx(0.8 / 3, abs=1e-5),
    }


def test_flows_agree_with_transit(full):
    graph, flows = graph_of(full), measure_flows(full, None, weigh(full, "addresses"))
    through = transit(full, None, weigh(full, "addresses"))
    of = {int(graph.asn[graph.first[row]]): part for row, part in enumerate(flows.through) if part}
    assert of == pytest.approx(dict(through.iter_rows()))
    entering = [0.0] * graph.rows
    for (_, row), part in flows.over.items():
        entering[row] += part
    weight = dict(weigh(full, "addresses").iter_rows())
    total = sum(weight.values())
    reached = 0
    for row in range(graph.carriers, graph.rows):
        # All that stubs receive comes over their links: from everybody else, if all have routes.
        members = [int(asn) for asn in graph.asn[graph.row == row]]
        most = sum(weight[asn] for asn in members) / total
        assert entering[row] <= most * 1.01
        reached += entering[row] > 0.5 * most > 0
    assert reached > 10


def test_a_digest_of_a_digest_is_refused(full):
    with pytest.raises(MisuseError, match="is a digest already"):
        make_digest(make_digest(full, named=20))


def test_a_world_with_numbers_of_groups_is_refused():
    with pytest.raises(MisuseError, match="AS4200000001 has a number that digests give to groups"):
        make_digest(make_world([(1, 4_200_000_001, "p2c")]))


def test_a_world_without_countries_is_refused():
    with pytest.raises(MisuseError, match="no country with 20 networks"):
        make_digest(make_world([(1, 2, "p2c")]))


@pytest.mark.parametrize("name", ["2019-12", "2025-09"])
class TestShipped:
    def test_it_keeps_its_bounds(self, name):
        world = open_world(name)
        assert world.manifest.is_digest
        assert (world.networks["asn"] < GROUP).sum() <= 2000
        error = world.manifest.error
        assert error["spearman"] > 0.95
        assert error["top_agreement"] > 0.95
        assert error["mean_absolute_error"] < 0.01
        assert error["spearman_outbound"] > 0.95
        assert error["top_agreement_outbound"] > 0.9

    def test_cuba_depends_on_its_one_gateway(self, name):
        first = depend(open_world(name), "CU").row(0, named=True)
        assert (first["asn"], first["country"]) == (11960, "CU")
        assert 0.9 < first["share"] < 1.0


def test_shipped_digests_are_small():
    import splinternet.world.catalogue as catalogue

    files = [path for path in catalogue.SHIPPED.rglob("*") if path.is_file()]
    assert 0 < sum(path.stat().st_size for path in files) < 1_400_000


def test_the_shipped_error_is_found_again(december_2019):
    """On a sample of nations: all of them take a while."""
    digest = open_world("2019-12")
    assert digest.manifest.parameters["links"] == Routing().links
    sample = measured_countries(december_2019)[::6]
    error = compare(answers(december_2019, sample), answers(digest, sample))
    assert error["top_agreement"] == pytest.approx(digest.manifest.error["top_agreement"], abs=0.12)
    assert error["spearman"] == pytest.approx(digest.manifest.error["spearman"], abs=0.04)
    assert error["mean_absolute_error"] < 0.01


def test_errors_by_figure_counted_by_hand():
    full = pl.DataFrame({"country": ["CU", "DE", "RU"], "detours": [0.2, 0.4, None]})
    digest = pl.DataFrame({"country": ["DE", "CU", "RU"], "detours": [0.48, 0.3, 0.1]})
    # Cuba is 0.1 off, half of its figure; Germany 0.08, a fifth. Russia has none to compare.
    (error,) = level_errors(full, digest)
    assert (error.figure, error.of, error.nations) == ("detours", "level", 2)
    assert error.bias == pytest.approx(0.09)
    assert error.error == pytest.approx(((0.1**2 + 0.08**2) / 2) ** 0.5, abs=1e-5)
    assert error.off == 0.5


def test_a_digest_of_known_figures_has_its_errors(full):
    figures = atlas(full, ["dependence", "reliability"])
    plain = make_digest(full, named=20)
    assert plain.manifest.errors == ()
    digest = with_errors(plain, full, figures)
    levels = {each.figure for each in digest.manifest.errors if each.of == "level"}
    assert levels == {
        "dependence",
        "foreign_dependence",
        "reliability",
        "reliability_addresses",
    }
    assert (
        digest.manifest.error_of("carrier", "difference").nations
        == 5 * sampled(figures, WHAT_IFS).height
    )


def test_a_digest_as_the_full_world_errs_in_nothing(full):
    figures = atlas(full, ["dependence"])
    assert all(each.error == each.off == 0 for each in level_errors(figures, figures))
    errors = difference_errors(full, full, sampled(figures, WHAT_IFS))
    assert errors
    assert all(each.error == each.off == 0 for each in errors)
