"""Keeping the last answers: each question is answered once, and few answers are kept."""

import gc
import weakref

from graphs import make_world
from splinternet.measures.catalogue import find_measure
from splinternet.measures.recent import forget, recent

LINKS = [(1, 2, "p2c"), (1, 3, "p2c"), (2, 4, "p2c")]


def test_a_question_is_answered_once():
    world, other = make_world(LINKS), make_world(LINKS)
    asked = []

    @recent
    def answer(world, country, *, weights="networks", progress=None):
        asked.append((country, weights))
        return len(asked)

    assert answer(world, "RU") == answer(world, "RU", progress=print) == 1
    assert answer(world, "RU", weights="users") == 2
    assert answer(world, "CU") == 3
    assert answer(other, "RU") == 4
    assert answer(world, "RU") == 1
    assert len(asked) == 4
    forget()
    assert answer(world, "RU") == 5


def test_few_answers_are_kept_and_none_of_a_world_that_is_gone():
    world = make_world(LINKS)
    asked = []

    @recent
    def answer(world, number):
        asked.append(number)
        return number

    assert [answer(world, number) for number in range(17)] == list(range(17))
    assert (answer(world, 16), answer(world, 0), len(asked)) == (16, 0, 18)
    gone = weakref.ref(world)
    del world
    gc.collect()
    assert gone() is None


def test_an_error_is_no_answer():
    world = make_world(LINKS)
    asked = []

    @recent
    def answer(world):
        asked.append(1)
        if len(asked) == 1:
            raise ValueError
        return "found"

    try:
        answer(world)
    except ValueError:
        assert answer(world) == "found"
    assert len(asked) == 2


def test_measures_that_share_a_question_keep_their_own_answers():
    world = make_world(LINKS, country={1: "US", 2: "CU", 3: "DE", 4: "CU"})
    options = {"weights": "networks"}
    first = find_measure("hegemony").table(world, "CU", **options)
    cti = find_measure("cti").table(world, "CU", **options)
    assert find_measure("hegemony").table(world, "CU", **options).equals(first)
    assert find_measure("cti").table(world, "CU", **options).equals(cti)
    assert (first.columns[-1], cti.columns[-1]) == ("hegemony", "cti")
