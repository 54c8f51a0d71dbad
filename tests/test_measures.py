"""What holds for every measure: it is declared, says what it cannot do, and gives real numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

import polars as pl
import pytest
from hypothesis import given

from budgets import few
from graphs import make_world
from nations import nations
from splinternet.base.errors import MisuseError, SplinternetError, WorldError
from splinternet.measures.catalogue import find_measure, list_measures
from splinternet.measures.measure import Measure
from splinternet.world.world import World

MEASURES = list_measures()
every = pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))


@dataclass
class Answer:
    table: pl.DataFrame
    figures: dict


def ask(measure: Measure, world: World, **options: object) -> Answer | SplinternetError:
    """Measure Cuba; a measure answers, or raises an error that was made for people."""
    try:
        table = measure.table(world, "CU", **options)
        return Answer(table, dict(measure.summary(table, "CU")))
    except SplinternetError as error:
        return error


def numbers(answer: Answer) -> Iterator[float]:
    yield from (figure for figure in answer.figures.values() if isinstance(figure, float))
    for column in answer.table.select(pl.col(pl.Float64)):
        yield from column.drop_nulls()


def check(measure: Measure, answer: Answer | SplinternetError) -> None:
    """No NaN is passed off as a number, nor anything that is not a share; errors are one line."""
    if isinstance(answer, SplinternetError):
        assert isinstance(answer, MisuseError | WorldError)
        assert "\n" not in str(answer)
        return
    assert set(answer.figures) == {figure.name for figure in measure.figures}
    shares = {figure.name for figure in measure.figures if figure.unit == "share"}
    for name in shares:
        figure = answer.figures[name]
        assert figure is None or -1e-9 <= figure <= 1 + 1e-6
    for number in numbers(answer):
        assert isfinite(number)
        assert number >= -1e-9


def world(links: list, **countries: list[int]) -> World:
    """Make a world in which each network has 100 addresses and a user."""
    country = {asn: code for code, asns in countries.items() for asn in asns}
    asns = {*country, *(end for a, b, _ in links for end in (a, b))}
    return make_world(
        links, asns, country=country,
        ipv4_addresses=dict.fromkeys(asns, 100), users=dict.fromkeys(asns, 1),
    )  # fmt: skip


ODD = {
    "one network": world([], CU=[1]),
    "one network and its provider": world([(2, 1, "p2c")], CU=[1], US=[2]),
    "one network and a peer": world([(2, 1, "p2p")], CU=[1], US=[2]),
    "one country": world([(1, 2, "p2c"), (1, 3, "p2c")], CU=[1, 2, 3]),
    "an island": world([(1, 2, "p2c"), (3, 4, "p2c")], CU=[1, 2], US=[3, 4]),
    "no links": world([], CU=[1, 2], US=[3, 4]),
    "no country abroad": world([(1, 2, "p2c"), (1, 3, "p2c"), (2, 4, "p2c")], CU=[2, 3]),
    "only peerings": world([(1, 2, "p2p"), (2, 3, "p2p")], CU=[1, 2], US=[3]),
    "nobody at home": world([(1, 2, "p2c")], US=[1, 2]),
    "one that counts": make_world(
        [(1, 2, "p2c"), (1, 3, "p2c"), (1, 4, "p2c")],
        country={1: "US", 2: "CU", 3: "CU"},
        ipv4_addresses={2: 5, 3: 0},
    ),
    "no figures": make_world([(1, 2, "p2c"), (1, 3, "p2c")], country={1: "US", 2: "CU", 3: "CU"}),
    "a group": make_world(
        [(1, 2, "p2c")],
        country={1: "US", 2: "CU"},
        members={1: 1, 2: 5},
        ipv4_addresses={2: 500},
    ),
}


@every
@pytest.mark.parametrize("odd", ODD)
def test_odd_worlds(measure, odd):
    for options in ({}, {"weights": "networks"}, {"weights": "users"}):
        if options.keys() <= set(measure.options):
            check(measure, ask(measure, ODD[odd], **options))


@every
@given(nation=nations())
@few
def test_random_worlds(measure, nation):
    options = {"weights": nation.weights} if "weights" in measure.options else {}
    check(measure, ask(measure, nation.world, **options))


@every
def test_what_can_be_measured_is(measure):
    """Carriers abroad, a mainland and an enclave: all have an answer, no figure is empty."""
    links = [(1, 2, "p2p"), (1, 3, "p2c"), (2, 10, "p2c"), (3, 10, "p2c"), (10, 11, "p2c")]
    answer = ask(measure, world([*links, (3, 12, "p2c")], US=[1], DE=[2], FR=[3], CU=[10, 11, 12]))
    check(measure, answer)
    assert isinstance(answer, Answer)
    assert answer.table.height > 0
    known = {name: value for name, value in answer.figures.items() if name != "covered"}  # by ROAs
    assert None not in known.values()


@every
def test_a_country_without_networks(measure):
    assert "no network in Cuba (CU)" in str(ask(measure, ODD["nobody at home"]))
    with pytest.raises(MisuseError, match="unknown country 'Atlantis'"):
        measure.table(ODD["an island"], "Atlantis")


@every
def test_a_column_that_the_world_has_not_got(measure):
    if "weights" in measure.options:
        answer = ask(measure, ODD["no figures"], weights="addresses")
        assert isinstance(answer, WorldError)
        assert "does not know the addresses of these networks; weigh by" in str(answer)
    else:
        assert not ask(measure, ODD["no figures"]).table.is_empty()


@every
def test_options_that_do_not_exist(measure):
    for option, message in (
        ("weights", "unknown weight"),
        ("prefer", "unknown preference"),
        ("tie_break", "unknown tie-break"),
    ):
        if option in measure.options:
            with pytest.raises(MisuseError, match=f"{message} 'nonsense'"):
                measure.table(ODD["an island"], "CU", **{option: "nonsense"})


@every
def test_each_is_declared_whole(measure):
    assert measure.question.endswith("?")
    assert measure.source
    assert len({figure.name for figure in measure.figures}) == len(measure.figures) > 0
    assert ("prefer" in measure.options) == ("tie_break" in measure.options)


def test_no_two_measures_give_a_figure_of_one_name():
    names = [figure.name for measure in MEASURES.values() for figure in measure.figures]
    assert len(names) == len(set(names))


def test_found_by_name():
    assert find_measure("cti") is MEASURES["cti"]
    with pytest.raises(MisuseError, match="unknown measure 'hegemoney'; did you mean hegemony"):
        find_measure("hegemoney")
