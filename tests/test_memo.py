"""What is derived from a world: computed once, protected, gone with the world."""

import gc
import pickle
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Barrier, Event

import numpy as np
import polars as pl
import pytest

from graphs import make_world
from splinternet.measures.catalogue import find_measure
from splinternet.measures.cones import cones
from splinternet.measures.dependence import depend
from splinternet.routing.graph import graph_of
from splinternet.scenario.compare import what_if
from splinternet.world.world import World

LINKS = [(1, 2, "p2c"), (1, 3, "p2c"), (2, 4, "p2c")]
COUNTRIES = {1: "US", 2: "CU", 3: "DE", 4: "CU"}


def small_world() -> World:
    return make_world(LINKS, country=COUNTRIES, ipv4_addresses=dict.fromkeys(COUNTRIES, 256))


class Asked:
    """Answers with the number of times that it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_a_question_is_answered_once():
    world, other, asked = small_world(), small_world(), Asked()
    assert world.derived("answer", asked) == world.derived("answer", asked) == 1
    assert world.derived("answer", asked, of="RU") == 2
    assert world.derived("other answer", asked) == 3
    assert other.derived("answer", asked) == 4
    assert world.derived("answer", asked) == 1
    world.forget()
    assert world.derived("answer", asked) == 5
    assert other.derived("answer", asked) == 4


def test_many_who_ask_at_once_wait_for_the_first():
    world, asked, together = small_world(), Asked(), Barrier(8)

    def ask(_: int) -> int:
        together.wait(60)
        return world.derived("answer", asked)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [1] * 8


def test_who_waits_for_an_answer_that_fails_computes_it():
    world, begun, go_on = small_world(), Event(), Event()

    def fail() -> int:
        begun.set()
        go_on.wait(60)
        raise ValueError("cancelled")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(world.derived, "answer", fail)
        begun.wait(60)
        second = pool.submit(world.derived, "answer", lambda: 7)
        go_on.set()
        assert second.result(60) == 7
        with pytest.raises(ValueError, match="cancelled"):
            first.result(60)
    assert world.derived("answer", fail) == 7


def test_few_answers_are_kept_where_that_is_wanted():
    world, asked = small_world(), Asked()

    def ask(number: int) -> int:
        return world.derived("answer", asked, of=number, most=16)

    assert [ask(number) for number in range(16)] == list(range(1, 17))
    assert ask(0) == 1  # asked for last, so number 1 goes
    assert ask(16) == 17
    assert (ask(0), ask(1)) == (1, 18)


def test_an_answer_is_gone_with_its_world():
    world = small_world()
    graph = weakref.ref(graph_of(world))
    del world
    assert graph() is None


def test_a_world_with_other_tables_knows_nothing():
    world, asked = small_world(), Asked()
    world.derived("answer", asked)
    other = replace(world, links=world.links.head(1))
    assert other.derived("answer", asked) == 2
    sent = pickle.loads(pickle.dumps(world))
    assert sent.derived("answer", asked) == 3


@dataclass(frozen=True)
class Holds:
    held: object


@pytest.mark.parametrize(
    "answer",
    [[1], {}, Holds([1]), Holds(pl.DataFrame({"a": [1]})), (1, {2}), object()],
    ids=lambda value: type(value).__name__,
)
def test_what_a_caller_could_change_is_refused(answer):
    with pytest.raises(TypeError, match=r"changed|frame"):
        small_world().derived("answer", lambda: answer)


def test_arrays_are_read_only_wherever_they_are():
    held = small_world().derived("answer", lambda: (1, Holds(np.zeros(3))))
    with pytest.raises(ValueError, match="read-only"):
        held[1].held[0] = 1


def test_a_frame_that_is_written_to_is_the_callers():
    world = small_world()

    def ask() -> tuple[pl.DataFrame, pl.Series]:
        return world.derived("answer", lambda: (pl.DataFrame({"a": [1, 2]}), pl.Series([3])))

    frame, series = ask()
    frame[0, "a"] = 9
    frame.columns = ["b"]
    series[0] = 9
    again = ask()
    assert (again[0].to_dict(as_series=False), again[1].to_list()) == ({"a": [1, 2]}, [3])


@pytest.mark.parametrize("measure", [cones, lambda world: depend(world, "CU")])
def test_no_measure_hands_out_what_it_keeps(measure):
    world = small_world()
    first = measure(world)
    expected = first.rows()
    first[0, first.columns[-1]] = 0
    first[0, "asn"] = 99
    assert first.rows() != expected
    assert measure(world).rows() == expected


@pytest.mark.parametrize("table", ["networks", "links", "named"])
def test_what_is_written_into_a_table_of_a_world_changes_no_answer(table):
    world = small_world()
    expected, held = cones(world).rows(), getattr(world, table).rows()
    frame = getattr(world, table)
    frame[0, frame.columns[0]] = 99
    frame.drop_in_place(frame.columns[-1])
    world.forget()
    assert getattr(world, table).rows() == held
    assert cones(world).rows() == expected


def test_what_a_measure_takes_cannot_be_changed():
    measure = find_measure("crp")
    measure.takes.defaults.clear()
    assert measure.takes.defaults
    with pytest.raises(TypeError, match="item assignment"):
        measure.takes.own["censors"] = None


def test_comparing_keeps_no_world_alive():
    before, after = small_world(), make_world(LINKS[:2], [4], country=COUNTRIES)
    assert what_if(before, after, "CU").nation is not None
    gone = [weakref.ref(before), weakref.ref(after)]
    del before, after
    gc.collect()
    assert [each() for each in gone] == [None, None]


def test_measures_that_share_a_question_keep_their_own_answers():
    world = small_world()
    options = {"weights": "networks"}
    first = find_measure("hegemony").table(world, "CU", **options)
    cti = find_measure("cti").table(world, "CU", **options)
    assert find_measure("hegemony").table(world, "CU", **options).equals(first)
    assert find_measure("cti").table(world, "CU", **options).equals(cti)
    assert (first.columns[3], cti.columns[3]) == ("hegemony", "cti")
