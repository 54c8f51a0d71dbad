"""How sure headlines are: intervals by other rules and worlds drawn, and what is in doubt."""

import math

import polars as pl
import pytest

from briefs import WORLD, flat, text_of
from splinternet.base.choices import PREFERENCES, Counting, Routing
from splinternet.brief.country import make_brief
from splinternet.brief.facts.asked import Asked
from splinternet.brief.facts.carriers import Carried, Carrier
from splinternet.brief.facts.front import FIGURES, TITLED
from splinternet.brief.facts.sureness import headline_doubts, sureness
from splinternet.measures.continuity import MEASURE as CONTINUITY
from splinternet.measures.control import points_of_control
from splinternet.measures.dependence import MEASURE, depend
from splinternet.measures.detours import MEASURE as DETOURS
from splinternet.measures.resampling import Draws, ErrorRates

ASKED = Asked(WORLD, "RU", Routing(), Counting(), "small")
NO_ERRORS = ErrorRates(missed_transit=0, seen_large=1, seen_small=1, seen_stub=1, wrong=0)


def test_the_rules_are_all_preferences_and_weightings():
    found = sureness(ASKED, None)
    assert {each.prefer for each in found.rules} == set(PREFERENCES)
    for each in found.rules:
        rule = {"prefer": each.prefer, "weights": each.weights}
        expected = dict(MEASURE.summary(depend(WORLD, "RU", **rule), "RU"))
        if each.weights == ASKED.weights:
            states = depend(WORLD, "RU", by="state", **rule).filter(pl.col("country") != "RU")
            expected |= {"state": states["country"][0], "state_share": states["share"][0]}
        assert each.figures == expected


def test_an_interval_holds_the_figures_by_all_rules():
    found = sureness(ASKED, None)
    by_rules = [each.figures["foreign_dependence"] for each in found.rules]
    own = depend(WORLD, "RU")
    value = MEASURE.summary(own, "RU")["foreign_dependence"]
    ends = found.ends({"foreign_dependence": value})
    assert math.isclose(ends["foreign_dependence_low"], min(by_rules))
    assert math.isclose(ends["foreign_dependence_high"], max(by_rules))


def test_worlds_without_errors_add_nothing():
    alone, drawn = sureness(ASKED, None), sureness(ASKED, Draws(2, NO_ERRORS))
    assert drawn.around["foreign_dependence"] == pytest.approx(alone.around["foreign_dependence"])
    assert drawn.around.keys() == {*FIGURES, *TITLED}


def test_points_of_control_lie_between_those_of_the_preferences():
    each = [points_of_control(WORLD, "RU", prefer=prefer).height for prefer in PREFERENCES]
    own = points_of_control(WORLD, "RU").height
    ends = sureness(ASKED, None).ends({"control_points": own})
    assert ends["control_points_low"] == min(each)
    assert ends["control_points_high"] == max(each)
    assert sureness(ASKED, None).ends({"control_points": 1.0})["control_points_low"] == 1


@pytest.mark.parametrize("measure", [CONTINUITY, DETOURS])
def test_figures_within_the_nation_have_the_interval_of_all_rules(measure):
    every = [
        measure.summary(
            measure.table(WORLD, "RU", **measure.only({"prefer": prefer, "weights": weights})), "RU"
        )[measure.name]
        for prefer in PREFERENCES
        for weights in ("addresses", "networks")
    ]
    own = measure.summary(measure.table(WORLD, "RU"), "RU")[measure.name]
    ends = sureness(ASKED, None).ends({measure.name: own})
    assert ends[f"{measure.name}_low"] == pytest.approx(min(every))
    assert ends[f"{measure.name}_high"] == pytest.approx(max(every))


def test_a_share_is_no_more_than_everything():
    ends = sureness(ASKED, None).ends({"foreign_dependence": 1.0})
    assert 0 <= ends["foreign_dependence_low"] <= ends["foreign_dependence_high"] <= 1


def carried(*carriers: Carrier) -> Carried:
    return Carried(carriers, (), (), None, (), {}, None, None, None, {})


ROW = {
    "country": "RU", "foreign_dependence": 0.3, "foreign_dependence_on": 7, "state": "SE",
    "state_share": 0.4,
}  # fmt: skip


@pytest.mark.parametrize(
    ("carrier", "doubted"),
    [
        (Carrier(7, "a", "DE", 1, 0.3, 0.1, None), {}),
        (Carrier(7, "a", "DE", 1, 0.3, 0.1, "it is odd"), {"foreign_dependence_doubt": True}),
        (Carrier(8, "b", "DE", 1, 0.5, 0.1, "it is odd"), {"foreign_dependence_doubt": False}),
        (Carrier(8, "b", "DE", 1, 0.2, 0.1, "it is odd"), {}),
        (Carrier(8, "b", "SE", 1, 0.2, 0.1, "it is odd"), {"state_share_doubt": True}),
        (Carrier(8, "b", "SE", 1, 0.1, 0.1, "it is odd"), {}),
    ],
)
def test_which_headlines_are_in_doubt(carrier, doubted):
    found = headline_doubts(carried(carrier), ROW)
    assert {name: each.leads for name, each in found.items()} == doubted


@pytest.mark.slow
def test_a_brief_tells_intervals_and_rules():
    brief = make_brief(WORLD, "RU", draws=Draws(3))
    placed = {each.figure: each for each in brief.front.figures}
    for figure in ("foreign_dependence", "state_share"):
        assert placed[figure].low <= placed[figure].value <= placed[figure].high
    said = flat(text_of(WORLD, "RU"))
    assert "by every preference and weighting" in said
