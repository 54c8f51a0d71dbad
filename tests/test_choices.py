"""Choices: each default once, the same whichever way it is said, and none that is idle."""

import re
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import splinternet
from commands import small_world
from splinternet.base.choices import CHOICES, Choices, Counting, Routing, RoutingChoices
from splinternet.base.errors import MisuseError
from splinternet.base.takes import Takes
from splinternet.cli.app import app
from splinternet.measures.atlas import atlas
from splinternet.measures.catalogue import list_measures
from splinternet.measures.dependence import TAKES, depend
from splinternet.measures.grp import grp
from splinternet.measures.history import history
from splinternet.routing.routes import path, routes, summary
from splinternet.routing.transit import transit
from splinternet.scenario.compare import what_if
from splinternet.world.world import World

MEASURES = list_measures()
SOURCE = Path(splinternet.__file__).parent

#: Another value than the usual one, of each choice.
OTHER = {
    "prefer": "gao-rexford",
    "tie_break": "lowest-asn",
    "links": "bgp",
    "observed": "none",
    "direction": "outbound",
    "by": "state",
    "weights": "users",
    "where": "located",
    "parties": "all",
    "outside": "addresses",
    "vantages": [1, 2],
    "observers": ["US"],
}


def world() -> World:
    """Make a world whose networks all have addresses and users, with links of other evidence."""
    made = small_world()
    networks = made.networks.with_columns(
        ipv4_addresses=made.networks["asn"].cast(int) * 10, users=made.networks["asn"].cast(int)
    ).cast(dict(made.networks.schema))
    shown = pl.when(pl.col("kind") == "p2p").then(pl.lit("mlp")).otherwise(pl.lit("bgp"))
    # Every network has half of its addresses at home, and half in Russia.
    half = networks.drop_nulls("country").select("asn", addresses=pl.col("asn").cast(int) * 5)
    home = half.join(networks.select("asn", "country"), on="asn")
    away = half.with_columns(country=pl.lit("RU"))
    both = pl.concat([home, away], how="diagonal").group_by("asn", "country", maintain_order=True)
    located = both.agg(pl.col("addresses").sum()).select("asn", "country", "addresses")
    return World(made.manifest, networks, made.links.with_columns(evidence=shown), located=located)


WORLD = world()
every = pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))


def both(name: str) -> dict[str, object]:
    """The object that has this choice, with another value."""
    kind, keyword = (Routing, "routing") if name in vars(Routing()) else (Counting, "counting")
    return {keyword: kind(**{name: OTHER[name]})}


def test_every_choice_has_another_value():
    assert (
        set(OTHER) == set(CHOICES) == {each.name for k in (Routing, Counting) for each in fields(k)}
    )


def test_keywords_are_the_fields():
    assert set(get_type_hints(Choices)) == set(CHOICES)
    assert set(get_type_hints(RoutingChoices)) == set(vars(Routing()))


@pytest.mark.parametrize("name", CHOICES)
def test_every_choice_is_told_in_words(name):
    choice = CHOICES[name]
    assert choice.term
    assert choice.label
    assert choice.doc.endswith(".")
    assert choice.metavar
    usual = {**vars(Routing()), **vars(Counting())}[name]
    assert usual in choice.values or usual is None


@every
@pytest.mark.parametrize("name", CHOICES)
def test_a_measure_takes_a_choice_or_says_that_it_has_no_use_for_it(measure, name):
    if name not in measure.takes.names:
        for given in ({name: OTHER[name]}, both(name)):
            with pytest.raises(MisuseError) as raised:
                measure.table(WORLD, "RU", **given)
            said = str(raised.value)
            assert f"'{measure.name}' has no use for {name}; it takes " in said
            assert ", ".join(measure.takes.names) in said
        return
    named = measure.table(WORLD, "RU", **{name: OTHER[name]})
    whole = Routing if name in vars(Routing()) else Counting
    base = measure.takes.routing if whole is Routing else measure.takes.counting
    given = whole(**{**vars(base), name: OTHER[name]})
    taken = Takes(measure.name, tuple(CHOICES)).said(
        *((given, measure.takes.counting) if whole is Routing else (measure.takes.routing, given))
    )
    assert_frame_equal(named, measure.table(WORLD, "RU", **measure.only(taken)))


@every
def test_every_column_is_declared(measure):
    declared = {column.name: column.dtype for column in measure.columns}
    assert all(column.doc.endswith(".") for column in measure.columns)
    seen = set()
    for by in CHOICES["by"].values if "by" in measure.takes.names else ["network"]:
        options = {"by": by} if "by" in measure.takes.names else {}
        owners = pl.DataFrame({"asn": [1, 10], "state": ["US", "RU"], "source": ["", ""]})
        owned = {"located": WORLD.located, "owners": owners.cast(dict(WORLD.owners.schema))}
        whole = World(WORLD.manifest, WORLD.networks, WORLD.links, **owned)
        table = measure.table(whole, "RU", **options)
        assert dict(table.schema) == {name: declared[name] for name in table.columns}
        seen |= set(table.columns)
    others = {"observed", "difference", "bloc"}  # by observed paths, and where blocs are named
    assert set(declared) - seen <= others


@pytest.mark.parametrize("name", TAKES.names)
def test_an_object_is_as_its_field(name):
    assert_frame_equal(
        depend(WORLD, "RU", **both(name)), depend(WORLD, "RU", **{name: OTHER[name]})
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"wieghts": "users"}, "unknown option of 'dependence' 'wieghts'; did you mean weights"),
        ({"weights": "user"}, "unknown weight 'user'; did you mean users"),
        ({"prefer": None}, "None is no preference; one of"),
        ({"routing": "gao-rexford"}, "routing is 'gao-rexford'; write Routing(prefer=...)"),
        ({"counting": Routing()}, "; write Counting(direction=...)"),
        ({"vantages": "carrier"}, "unknown set of vantages 'carrier'; did you mean carriers"),
        ({"vantages": ["ASx"]}, "'ASx' is no AS number"),
        ({"direction": "domestic", "vantages": "carriers"}, "domestic traffic has no end abroad"),
        ({"direction": "domestic", "outside": "users"}, "domestic traffic has no end abroad"),
    ],
)
def test_wrong_choices(given, says):
    with pytest.raises(MisuseError) as raised:
        depend(WORLD, "RU", **given)
    assert says in str(raised.value)


def test_vantages_and_observers_as_people_write_them():
    assert Counting(vantages=["AS2", 1, "2"]).vantages == (1, 2)
    assert Counting(vantages="AS2").vantages == (2,)
    assert Counting(observers="AS10").observers == (10,)
    assert Counting(observers=["US", 10]).observers == ("US", 10)
    assert hash(Counting(vantages=[1, 2])) == hash(Counting(vantages=(2, 1)))


def test_one_default_for_all():
    assert_frame_equal(
        routes(WORLD, [10]), routes(WORLD, [10], routing=Routing(tie_break="lowest-asn"))
    )
    assert_frame_equal(path(WORLD, 11, 20), path(WORLD, 11, 20, tie_break="lowest-asn"))
    assert summary(WORLD) == summary(WORLD, prefer=Routing().prefer)
    assert_frame_equal(transit(WORLD), transit(WORLD, routing=Routing()))
    with pytest.raises(MisuseError, match="'summary' has no use for tie_break"):
        summary(WORLD, tie_break="split")


def test_links_are_chosen_wherever_routes_are():
    for found in (routes(WORLD, [10], links="bgp"), transit(WORLD, links="bgp")):
        assert found.height
    assert what_if(WORLD, WORLD, "RU", links="bgp").nation is not None


def test_an_object_and_a_field_that_says_otherwise_are_refused():
    wide = Counting(weights="networks")
    assert_frame_equal(
        depend(WORLD, "RU", counting=wide, prefer="gao-rexford"),
        depend(WORLD, "RU", routing=Routing(prefer="gao-rexford"), weights="networks"),
    )
    assert_frame_equal(
        depend(WORLD, "RU", counting=wide, weights="networks"), depend(WORLD, "RU", counting=wide)
    )
    with pytest.raises(MisuseError, match=r"in routing 'shortest'; give it once, as Routing\("):
        depend(WORLD, "RU", routing=Routing("shortest"), prefer="gao-rexford")
    with pytest.raises(MisuseError, match="weights is 'addresses' and in counting 'networks'"):
        atlas(WORLD, "dependence", "RU", counting=wide, weights="addresses")


def test_one_stands_where_several_may():
    assert grp(WORLD, "RU") == grp(WORLD, ["RU"])
    assert_frame_equal(atlas(WORLD, "dependence", "RU"), atlas(WORLD, ["dependence"], ["RU"]))
    assert_frame_equal(atlas(WORLD, MEASURES["states"]), atlas(WORLD, ["states"]))
    named = history([WORLD], "exposure", "RU", observers="US")
    assert_frame_equal(named, history([WORLD], [MEASURES["exposure"]], "RU", observers=["US"]))
    with pytest.raises(MisuseError, match="'history' has no use for observers"):
        history([WORLD], "dependence", "RU", observers="US")


def test_commands_have_the_choices_of_their_functions():
    from typer.main import get_command

    commands = get_command(app).commands
    for name, takes in (
        ("depend", TAKES.names),
        ("transit", ("prefer", "tie_break", "links", "observed")),
    ):
        assert set(takes) <= {each.name for each in commands[name].params}


def test_every_question_can_be_asked_with_every_choice_or_says_why_not(monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parents[1] / "docs")
    from typer.main import get_command

    from make_cli_reference import QUESTIONS, gaps, options_of
    from splinternet.cli.left_out import GAPS, gap_reason

    start = get_command(app)
    left_out = gaps({question: options_of(start, question) for question in QUESTIONS})
    assert set(left_out) == GAPS
    assert all(gap_reason(*each) for each in GAPS)


def test_questions_about_many_measures_take_what_changes_figures():
    found = atlas(WORLD, ["cut", "reliability"], "RU", share=0.5, clique=[1])
    (row,) = found.iter_rows(named=True)
    for name, own in (("cut", {"share": 0.5, "clique": [1]}), ("reliability", {"clique": [1]})):
        measure = MEASURES[name]
        alone = measure.summary(measure.table(WORLD, "RU", **own), "RU")
        assert {key: row[key] for key in alone} == alone
    with pytest.raises(MisuseError, match="unknown option of 'atlas' 'censors'; it takes prefer"):
        atlas(WORLD, "crp", "RU", censors=[2])


def test_what_if_counts_addresses_where_they_are():
    given = what_if(WORLD, WORLD, "RU", where="located").nation.carriers
    shares = depend(WORLD, "RU", where="located").select("asn", before="share")
    assert_frame_equal(
        given.filter(pl.col("before") > 0).select("asn", "before"), shares, check_row_order=False
    )
    assert not given.equals(what_if(WORLD, WORLD, "RU").nation.carriers)


@pytest.mark.parametrize("word", ["customer-first", "gao-rexford", "lowest-asn"])
def test_values_and_defaults_are_written_once(word):
    """But for the kernels' numbers of the rules."""
    found = {
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        if re.search(rf'"{word}"', file.read_text(encoding="utf-8"))
    }
    kernels = {"routing/_kernels/preferences.py"}
    assert found <= {"base/choices.py", "routing/reroutes.py"} | kernels


@pytest.mark.parametrize("word", ["inbound", "registered", "modelled"])
def test_defaults_of_keywords_are_written_once(word):
    default = re.compile(rf'(?<![=!])= "{word}"|get\("\w+", "{word}"\)')
    found = {
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        if default.search(file.read_text(encoding="utf-8"))
    }
    # By what an importer takes a network's country is another matter.
    assert found - {"world/readers/_reading.py", "world/country_evidence.py"} == {"base/choices.py"}


def test_no_second_list_of_values():
    lists = {", ".join(f'"{value}"' for value in choice.values) for choice in CHOICES.values()}
    for file in SOURCE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if file.name != "choices.py":
            assert not [values for values in lists if values and f"Literal[{values}]" in text], file
