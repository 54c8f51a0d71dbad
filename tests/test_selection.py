"""The grammar of selections, and what it selects on a world."""

import msgspec
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import small_world
from graphs import make_world
from splinternet.base.errors import MisuseError
from splinternet.scenario.matching import Matcher
from splinternet.scenario.selection import Both, Either, Not, Selection, Term
from splinternet.scenario.vendors import Vendors
from splinternet.world.schema import TABLES
from splinternet.world.world import World
from supplies import actor, ledger_of, said

WORLD = small_world()


def selected(text, world=WORLD, blocs=None, vendors=None) -> set[int]:
    named = {name: Selection(bloc) for name, bloc in (blocs or {}).items()}
    mask = Matcher(world, named, vendors).match(Selection(text))
    return set(world.networks.filter(pl.Series(mask))["asn"])


def test_and_binds_closer_than_or_and_not_closest():
    parsed = Selection("AS1 or AS2 and not AS3 and AS4").expression
    one, two, three, four = (Term("network", str(number)) for number in (1, 2, 3, 4))
    assert parsed == Either(one, Both(Both(two, Not(three)), four))
    assert Selection("(AS1 or AS2) and AS3").expression == Both(Either(one, two), three)


def test_words_and_numbers_are_read_in_any_case():
    assert Selection("as1 OR NOT Country:ru").expression == Either(
        Term("network", "1"), Not(Term("country", "RU"))
    )


def test_networks_are_written_with_or_without_the_letters():
    assert Selection("3356 or cone:174").expression == Selection("AS3356 or cone:as174").expression


def test_values():
    rostelecom = Term("org", "Rostelecom")
    assert Selection('org:"Rostelecom"').expression == rostelecom
    assert Selection("org:'Rostelecom'").expression == rostelecom
    assert Selection("org:Rostelecom").expression == rostelecom
    assert Selection('exchange:"MSK-IX (Moscow), 1: a"').expression == Term(
        "exchange", "MSK-IX (Moscow), 1: a"
    )
    assert Selection('country:RU,"North Korea" , cu').expression == Either(
        Either(Term("country", "RU"), Term("country", "KP")), Term("country", "CU")
    )


def test_selections_are_equal_by_their_text():
    assert Selection("AS1") == Selection("AS1") != Selection("AS2")
    assert len({Selection("AS1"), Selection("AS1")}) == 1
    assert (str(Selection("AS1")), repr(Selection("AS1"))) == ("AS1", "Selection('AS1')")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "'' ends where a network"),
        ("country:RU and", "ends where a network"),
        ("(AS1", "ends where '\\)' should follow"),
        ("AS1 AS2", "'AS2' at character 5 of 'AS1 AS2' stands where 'and', 'or' or the end"),
        ("AS1)", "'\\)' at character 4"),
        ("country:", "ends where what country: is to select"),
        ("country:RU,", "ends where what country: is to select"),
        ("org:and or", "ends where a network"),
        ("and", "'and' at character 1"),
        ("contry:RU", "did you mean country"),
        ("country:Rusiia", "unknown country 'Rusiia'; did you mean Russia"),
        ("RU", "'RU' is no network; write country:RU"),
        ("AS0", "'AS0' is no AS number; give a number from 1"),
        ("AS4294967296", "is no AS number"),
        ("cone:Rostelecom", "'Rostelecom' is no network; write AS3356"),
        ("org:Deutsche Telekom", "names of several words need quotation marks"),
        ('org:"Deutsche', "the quotation in .* is not closed"),
        ('org:" "', "stands where what org: is to select should"),
        ("(" * 200 + "AS1" + ")" * 200, "nested too deeply"),
        ("not " * 200 + "AS1", "nested too deeply"),
    ],
)
def test_bad_selections_are_refused(text, says):
    with pytest.raises(MisuseError, match=says):
        Selection(text)


@given(st.text())
def test_any_text_is_read_or_refused(text):
    said = ""
    try:
        Selection(text)
    except MisuseError as error:
        said = str(error)
    assert "\n" not in said


#: Terms and what they select in the small world.
TERMS = {
    "AS1": {1},
    "country:RU": {10, 11, 12},
    "country:Russia,CU": {10, 11, 12, 30},
    "org:one": {1},
    "org:десять": {10},  # by its name, as the organisation is unknown
    "cone:AS1": {1, 10, 11, 12, 20, 21, 30},
    "cone:AS12": {12},
    "bloc:east": {10, 12},
}
BLOCS = {"russia": "country:RU", "east": "bloc:russia and not AS11"}


@pytest.mark.parametrize(("text", "expected"), TERMS.items())
def test_terms(text, expected):
    assert selected(text, blocs=BLOCS) == expected


@st.composite
def expressions(draw, depth: int = 3) -> tuple[str, set[int]]:
    """A selection, and what it selects."""
    how = draw(st.sampled_from(["term", "not", "and", "or"] if depth else ["term"]))
    if how == "term":
        return draw(st.sampled_from(list(TERMS.items())))
    text, networks = draw(expressions(depth - 1))
    if how == "not":
        return f"not ({text})", set(WORLD.networks["asn"]) - networks
    other, others = draw(expressions(depth - 1))
    joined = networks & others if how == "and" else networks | others
    return f"({text}) {how} ({other})", joined


@given(expressions())
def test_expressions_select_what_sets_say(drawn):
    text, expected = drawn
    if expected:
        assert selected(text, blocs=BLOCS) == expected
    else:
        with pytest.raises(MisuseError, match="matches no network"):
            selected(text, blocs=BLOCS)


def test_organisations_are_found_by_whole_words():
    world = make_world(
        [(1, 2, "p2c"), (1, 3, "p2c"), (1, 4, "p2c")],
        org={1: "Orange S.A.", 2: "Orangetel", 3: "Société Orange-Côte", 4: None},
        name={1: "ONE", 2: "orange", 3: None, 4: "ORANGE CI"},
    )
    assert selected("org:orange", world) == {1, 3, 4}
    assert selected('org:"orange cote"', world) == {3}
    with pytest.raises(MisuseError, match="'Oranje'; did you mean Orange"):
        selected("org:Oranje", world)
    with pytest.raises(MisuseError, match="no letter or digit"):
        selected("org:...", world)


def test_a_cone_goes_down_all_the_way():
    chain = make_world([(n, n + 1, "p2c") for n in range(1, 50)] + [(10, 99, "p2p")])
    assert selected("cone:AS10", chain) == set(range(10, 51))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("AS100", "unknown network 'AS100'; did you mean AS10"),
        ("AS1 or not AS100", "unknown network 'AS100'"),
        ("country:FR", "no network of world small is known to be in France"),
        ("cone:AS100", "unknown network"),
        ("bloc:est", "unknown bloc 'est'; did you mean east"),
        ("exchange:MSK-IX", "world small holds no exchanges; import it with exchanges=..."),
        ("vendor:huawei", "needs a ledger"),
        ("AS1 and AS2", "matches no network: each part does, but not all"),
    ],
)
def test_what_matches_nothing_is_refused(text, says):
    with pytest.raises(MisuseError, match=says):
        selected(text, blocs=BLOCS)


def test_a_bloc_may_not_use_those_after_it():
    with pytest.raises(MisuseError, match="unknown bloc 'east'"):
        selected("bloc:russia", blocs={"russia": "bloc:east", "east": "AS1"})


def test_a_digest_says_that_it_sums_networks_up():
    digest = World(
        manifest=msgspec.structs.replace(WORLD.manifest, kind="digest"),
        networks=WORLD.networks,
        links=WORLD.links,
    )
    with pytest.raises(MisuseError, match="splinternet fetch 2019-12"):
        selected("AS100", digest)
    with pytest.raises(MisuseError, match="a digest leaves them out"):
        selected("exchange:AMS-IX", digest)


def test_exchanges_are_found_by_words_of_their_name():
    names = {1: "MSK-IX Moscow", 2: "MSK-IX Kazan", 3: "Omsk IX"}
    exchanges = pl.DataFrame(
        [{"exchange": n, "name": name, "country": None, "city": None} for n, name in names.items()],
        schema=TABLES["exchanges"].schema,
    )
    members = pl.DataFrame(
        [(1, 10), (1, 11), (2, 12), (3, 20)],
        schema=TABLES["exchange_members"].schema,
        orient="row",
    )
    world = World(
        manifest=WORLD.manifest,
        networks=WORLD.networks,
        links=WORLD.links,
        exchanges=exchanges,
        exchange_members=members,
    )
    assert selected("exchange:msk-ix", world) == {10, 11, 12}
    assert selected('exchange:"MSK-IX Kazan"', world) == {12}
    with pytest.raises(MisuseError, match="'MSKIX'; did you mean MSK-IX"):
        selected("exchange:MSKIX", world)


TOLD = Vendors(
    ledger_of(
        [
            *(actor(name, "operator", "RU") for name in ("ten", "twelve", "abroad")),
            actor("huawei", "vendor", "CN"),
            *({**actor(f"as{asn}", "network"), "asn": asn} for asn in (10, 12, 777)),
        ],
        [
            said("t1", "huawei", "supplies", "ten", start="2018-01-01", end="2019-12-31"),
            said("t2", "twelve", "trials_with", "huawei", start="2019-01-01"),
            said("t3", "huawei", "supplies", "abroad", start="2018-01-01"),
            said("r1", "ten", "operates", "as10"),
            said("r2", "twelve", "operates", "as12"),
            said("r3", "abroad", "operates", "as777"),
        ],
    )
)


def test_a_vendor_selects_networks_that_are_known_to_be_on_it():
    assert selected("vendor:Huawei", vendors=TOLD) == {10}
    with pytest.raises(MisuseError, match="unknown actor 'hauwei'; did you mean Huawei"):
        selected("vendor:hauwei", vendors=TOLD)
    later = msgspec.structs.replace(WORLD.manifest, date="2020-01-01")
    after = World(manifest=later, networks=WORLD.networks, links=WORLD.links)
    with pytest.raises(MisuseError, match=r"on huawei on 2020-01-01 \(of 1 elsewhere\)"):
        selected("vendor:huawei", after, vendors=TOLD)
