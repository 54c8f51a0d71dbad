"""A scenario as a form, a query string and TOML is one and the same."""

import datetime as dt
from urllib.parse import parse_qsl, urlencode

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets import many
from splinternet.base.errors import InputError
from splinternet.scenario.cases import case_names, find_scenario
from splinternet.scenario.language import decode, read_scenario
from splinternet.scenario.scenario import Scenario, Source
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks import kinds
from splinternet.web.builder import fields_of, is_field, read_fields, text_of
from splinternet.web.questions import Options, Question

#: Any text that a form can hold: no lone surrogates, lines end in one way, and there is something.
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1, max_size=40
).filter(str.strip)
words = st.text("abcdefghij klmn-_.\"'é", min_size=1, max_size=12).filter(str.strip)
networks = st.sampled_from(
    ["country:RU", "AS3356", "country:US,CN and not cone:AS174", 'org:"A \\ B"', "not AS1\nor AS2"]
).map(Selection)
pairs = st.tuples(networks, networks)
days = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))


def said(scenario: Scenario) -> dict[str, object]:
    """What a scenario says, whether it comes from a file or not."""
    return {name: getattr(scenario, name) for name in Scenario.__struct_fields__}


_KNOWN = {name: kind.shock for name, kind in kinds().items()}
# Strategies are made once: each that is new is looked at before it is drawn from.
_ANY_SHOCK = st.one_of(
    st.builds(_KNOWN["isolate"], networks=networks, except_=st.none() | networks,
              except_links=st.lists(pairs, max_size=2).map(tuple)),
    st.builds(_KNOWN["cut"], between=pairs, relation=st.sampled_from(["any", "peer"])),
    st.builds(_KNOWN["remove"], networks=networks),
    st.builds(_KNOWN["remove"], exchange=texts, peering=st.sampled_from(["all", "only-here"])),
    st.builds(_KNOWN["ban"], vendor=texts, networks=networks,
              effect=st.sampled_from(["report", "remove"])),
    st.builds(_KNOWN["add"], between=pairs, relation=st.sampled_from(["peer", "provider"])),
    st.builds(_KNOWN["inspect"], networks=networks, by=networks),
    st.builds(_KNOWN["refuse"], networks=networks, traffic_of=networks),
)  # fmt: skip
_SPLIT = object()
_SHOCKS = st.lists(_ANY_SHOCK, min_size=1, max_size=5, unique=True)
_SHOCKS_OR_SPLIT = st.lists(_ANY_SHOCK | st.just(_SPLIT), min_size=1, max_size=5, unique=True)
_BLOCS = st.lists(words, max_size=3, unique=True)
_SOURCES = st.lists(st.builds(Source, title=texts, date=st.just("2019-11")), max_size=2)
_NOTHING_OR_TEXT = st.just("") | texts


@st.composite
def scenarios(draw) -> Scenario:
    blocs = draw(_BLOCS)
    drawn = draw(_SHOCKS_OR_SPLIT if len(blocs) > 1 else _SHOCKS)
    split = _KNOWN["split"](blocs=tuple(blocs)) if len(blocs) > 1 else None
    return Scenario(
        name=draw(texts),
        world=draw(texts),
        shocks=tuple(split if each is _SPLIT else each for each in drawn),
        description=draw(_NOTHING_OR_TEXT),
        date=draw(days),
        outcome=draw(_NOTHING_OR_TEXT),
        blocs={name: draw(networks) for name in blocs},
        sources=tuple(draw(_SOURCES)),
    )


@many
@given(scenarios())
def test_scenario_to_toml_and_back(scenario):
    plain = {name: value for name, value in scenario.plain().items() if value}
    assert said(decode(text_of(plain), "x")) == said(scenario)


@given(scenarios())
def test_scenario_to_form_to_query_to_scenario(scenario):
    fields = fields_of(scenario)
    assert all(is_field(name) for name, _ in fields)
    assert said(read_fields(fields)) == said(scenario)
    again = parse_qsl(urlencode(fields))
    assert said(read_fields(again)) == said(scenario)
    # As a browser sends lines.
    sent = [(name, text.replace("\n", "\r\n")) for name, text in again]
    assert said(read_fields(sent)) == said(scenario)


options = st.builds(
    Options,
    country=st.sampled_from(["", "RU", "Iran"]),
    by=st.sampled_from(["network", "state"]),
    measure=st.sets(st.sampled_from(["cut", "control"])).map(sorted).map(tuple),
)


@given(scenarios(), options, st.booleans())
def test_a_permalink_means_the_same_question(scenario, options, run):
    asked = Question.about(scenario, options, run=run)
    again = Question.of(parse_qsl(asked.query), "elsewhere")
    assert again == asked
    assert again.query == asked.query
    assert said(again.scenario()) == said(scenario)


@many
@given(st.lists(st.tuples(
    st.sampled_from(["shocks", "shocks.0", "shocks.0.kind", "shocks.0.between.1", "shocks.x.kind",
                     "blocs", "blocs.0", "blocs.0.name", "blocs.1.networks", "sources.0.0", "name",
                     "name.0", "world", "date", "shocks.0.date"]), texts), max_size=8))  # fmt: skip
def test_any_fields_are_a_scenario_or_an_error_with_its_place(fields):
    said = ""
    try:
        read_fields(fields)
    except InputError as error:
        said = str(error)
    assert said.startswith("scenario.toml:") or not said


@pytest.mark.parametrize("name", case_names())
def test_shipped_scenarios_survive(name):
    scenario = read_scenario(find_scenario(name))
    changed_by_hand = {**said(scenario), "recorded": None}
    assert said(read_fields(fields_of(scenario))) == changed_by_hand


@pytest.mark.parametrize(
    ("given", "meant"),
    [("Russia", "country:RU"), ("ru", "country:RU"), ("3356", "AS3356"), ("as3356", "AS3356"),
     ("cone:AS3", "cone:AS3")],
)  # fmt: skip
def test_names_and_numbers_are_taken_for_selections(given, meant):
    fields = [("name", "x"), ("world", "w"), ("shocks.0.kind", "isolate"),
              ("shocks.0.networks", given)]  # fmt: skip
    assert read_fields(fields).shocks[0].networks.text == meant


def test_too_many_shocks_for_a_page():
    fields = [("name", "x"), ("world", "w")]
    for number in range(41):
        fields += [
            (f"shocks.{number}.kind", "remove"),
            (f"shocks.{number}.networks", str(number + 1)),
        ]
    with pytest.raises(InputError, match="41 shocks"):
        read_fields(fields)


def test_what_toml_has_no_word_for():
    with pytest.raises(InputError, match="null"):
        text_of({"name": None})
    deep: object = "x"
    for _ in range(5000):
        deep = {"a": deep}
    with pytest.raises(InputError, match="deep"):
        text_of({"name": deep})
    with pytest.raises(InputError):
        text_of({"name": "\ud800"})


def test_every_kind_of_shock_has_words_and_fields():
    for name, kind in kinds().items():
        assert kind.label != name.capitalize()
        known = {field.encode_name for field in msgspec.structs.fields(kind.shock)}
        assert {field.name.partition(".")[0] for field in kind.fields} <= known
        assert all(field.label and field.type for field in kind.fields)
