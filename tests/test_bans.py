"""What a ban reaches: the same in every command, on pages and in briefs; and sums of nations."""

import itertools
import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import save, small_world
from ledgers import ACTORS, STATEMENTS, write_ledger
from splinternet.ledger.catalogue import open_ledger
from splinternet.ledger.reading import read_ledger
from splinternet.ledger.ties import ties_of
from splinternet.scenario.bans import ban_answers, read_strictly
from splinternet.scenario.cases import find_scenario
from splinternet.scenario.language import read_scenario
from splinternet.scenario.vendors import Vendors
from splinternet.supply.ban_words import (
    ban_sentences,
    decided_sentence,
    figure_sentences,
    nation_sentences,
    share_words,
)
from splinternet.supply.bans import BanAnswer, NationBanned, Reach, ban_in_nation
from splinternet.supply.figures import Scope, parse_scope
from splinternet.supply.intervals import UNKNOWN, Interval, per_cent
from splinternet.supply.overview import overview
from splinternet.supply.question import Question
from splinternet.supply.replacements import replacements
from splinternet.supply.rules import rules
from splinternet.supply.standing import standing
from splinternet.supply.weights import operator_weights
from splinternet.web.app import create_app
from splinternet.world.catalogue import open_world
from supplies import actor, ledger_of, said
from websites import client

ABOUT = {"kind": "estimate", "sources": "blog", "summary": "A share"}
RADIO = {"generations": "4G", "segments": "RAN", "start": "2019"}
MORE_ACTORS = [
    {"id": "beeline", "kind": "operator", "name": "Beeline", "country": "RU"},
    {"id": "tele", "kind": "operator", "name": "Tele", "country": "RU"},
    {"id": "nokia", "kind": "vendor", "name": "Nokia"},
    {"id": "chinese", "kind": "group", "name": "Chinese vendors", "country": "CN"},
    {"id": "as10", "kind": "network", "name": "AS10", "asn": "10"},
    {"id": "as11", "kind": "network", "name": "AS11", "asn": "11"},
]
MORE = [
    {"id": "w1", "subject": "beeline", "predicate": "market_share", "object": "ru",
     "value_low": "60", "value_high": "60", "unit": "%", "basis": "subscribers", "start": "2019"},
    {"id": "w2", "subject": "tele", "predicate": "market_share", "object": "ru",
     "value_low": "30", "value_high": "30", "unit": "%", "basis": "subscribers", "start": "2019"},
    {"id": "s1", "subject": "huawei", "predicate": "vendor_share", "object": "beeline",
     "value_low": "70", "value_high": "70", "unit": "%", **RADIO},
    {"id": "s2", "subject": "huawei", "predicate": "vendor_share", "object": "tele",
     "value_low": "0", "value_high": "0", "unit": "%", **RADIO},
    {"id": "s3", "subject": "chinese", "predicate": "vendor_share", "object": "ru",
     "value_low": "45", "value_high": "45", "unit": "%", **RADIO},
    {"id": "n1", "subject": "beeline", "predicate": "contracts", "object": "nokia",
     "start": "2018", "generations": "4G"},
    {"id": "r1", "subject": "beeline", "predicate": "operates", "object": "as10"},
    {"id": "r2", "subject": "tele", "predicate": "operates", "object": "as11"},
    {"id": "law", "subject": "ru", "predicate": "restricts", "object": "huawei",
     "start": "2020-05", "deadline": "2023", "generations": "4G"},
    {"id": "swap", "subject": "tele", "predicate": "contracts", "object": "nokia",
     "start": "2014-01-01", "end": "2016-07-31", "claim": "replaces all equipment of Huawei"},
]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    actors = [row | {"country": "CN"} if row["id"] == "huawei" else row for row in ACTORS]
    rows = [*STATEMENTS, *(row | {k: v for k, v in ABOUT.items() if k not in row} for row in MORE)]
    return write_ledger(tmp_path / "own", actors=[*actors, *MORE_ACTORS], statements=rows)


@pytest.fixture
def ban(tmp_path):
    """A scenario in which Russia bans Huawei."""
    file = tmp_path / "ban.toml"
    file.write_text(
        'name = "A ban"\nworld = "small"\n\n[[shocks]]\nkind = "ban"\nvendor = "huawei"\n'
        'networks = "country:RU"\n'
    )
    return file


def figures(folder) -> list[str]:
    """What every surface has to say: the figures of the one function that computes them."""
    world = small_world()
    found = ban_in_nation(Question(read_ledger(folder), "RU", "huawei", networks=world.networks))
    told = [share_words(reach.share) for reach in found.told]
    # 60% of subscribers on 70%, 30% on none, of 10% nothing is known; and as one of a group.
    assert told == ["42 to 52%", "42%", "up to 45%"]
    return told


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace(" %", "%")


def test_every_surface_tells_the_same(run, folder, ban, tmp_path):
    world = tmp_path / "small"
    save(small_world(), world)
    strictly = ban.with_name("strictly.toml")
    strictly.write_text(ban.read_text() + 'effect = "remove"\n')
    words = ("--world", str(world), "--ledger", str(folder))
    with client(create_app([world], ledgers=[folder])) as site:
        page = site.get(
            "/what-if?world=small&shocks.0.kind=ban&shocks.0.vendor=huawei"
            "&shocks.0.networks=RU&country=RU&run=1"
        )
    surfaces = [
        run("vendors", "RU", "--vendor", "Huawei", *words)[1],
        run("what-if", str(ban), "--country", "RU", *words)[1],
        run("what-if", str(ban), *words)[1],
        run("brief", "RU", "--long", *words)[1],
        after := run("brief", "RU", "--long", "--scenario", str(strictly), *words)[1],
        page.text,
    ]
    for surface in surfaces:
        for figure in figures(folder):
            assert flat(figure) in flat(surface)
        assert "reaches all that it reached before" not in surface
    assert "restricts Huawei (by 2023" in flat(surfaces[0])
    assert "The scenario bans Huawei" in after
    assert "strict reading, in which networks have stopped" in flat(after)


def test_a_ban_tells_of_people_first_and_of_routes_last(run, folder, ban, tmp_path):
    world = tmp_path / "small"
    save(small_world(), world)
    status, out, _ = run("what-if", str(ban), "--world", str(world), "--ledger", str(folder))
    assert status == 0
    people, routes = out.split("A ban: strict reading")
    assert "known to use it: Beeline (Huawei 70% of 4G radio networks, 2019)." in people
    assert "Operators of which that is not known: MTS PJSC (uncertain, of 2019-06-05)." in people
    assert "of which only a part of the networks is known: Tele (Huawei 0% of 4G" in people
    assert "Other vendors there: Beeline (Nokia)." in people
    assert "already: Russia restricts Huawei (4G, since 2020-05, by 2023, estimate)" in people
    assert "2014-01-01 to 2016-07-31" in people  # what a replacement took
    assert "ordered within 31 to 43 months" in people
    assert "A ban takes no route away" in routes
    assert "pairs of networks lose every route" in routes


def test_a_ban_of_which_no_network_is_known_has_no_reading_in_routes(run, folder, tmp_path):
    world = tmp_path / "small"
    save(small_world(), world)
    file = tmp_path / "ban.toml"
    file.write_text(
        'name = "Germany"\nworld = "small"\n[[shocks]]\nkind = "ban"\nvendor = "Huawei"\n'
        'networks = "country:DE"\nsegment = "radio"\ngeneration = "5G"\ndeadline = 2030-01-01\n'
    )
    status, out, _ = run("what-if", str(file), "--world", str(world), "--ledger", str(folder))
    assert status == 0
    assert "banned in 5G radio networks in Germany; it has to be gone by 2030-01-01" in out
    assert "Not known is the part of Germany on equipment of Huawei" in out
    assert "The ledger has no operator of Germany." in out
    assert "Needed to know more: any operator of Germany" in out
    assert "that does not say that none would be lost" in out
    assert "100.0%" not in out
    words = ("--world", str(world), "--ledger", str(folder), "-f", "csv")
    status, out, _ = run("what-if", str(file), *words)
    assert status == 0
    assert out == "scenario,country,figure,of,name,unit,before,after,difference\n"


def test_figures_go_into_tables(run, folder, ban, tmp_path):
    world = tmp_path / "small"
    save(small_world(), world)
    words = ("--world", str(world), "--ledger", str(folder), "-f", "csv")
    _, out, _ = run("what-if", str(ban), *words)
    assert "A ban,RU,ban_least,4G; RAN by users,Huawei,share,,0.42" in out
    assert "A ban: strict reading,,reached,,,share," in out


@pytest.mark.parametrize("code", ["BE", "DE", "GB", "PL", "RU"])
@pytest.mark.parametrize("vendor", ["huawei", "ericsson", "nokia"])
def test_the_overview_has_the_figures_of_the_ban(code, vendor):
    question = Question(open_ledger(), code, vendor, networks=open_world("2019-12").networks)
    rows = {
        (row["measure"], row["tie"]): (row["least"], row["most"])
        for row in overview(question).iter_rows(named=True)
    }
    name = question.names[vendor]
    for reach in ban_in_nation(question).told:
        within = f" ({reach.scope})" if any(reach.scope) else ""
        shares = (per_cent(reach.share.least), per_cent(reach.share.most))
        if reach.by != "nation":
            assert rows[f"reach among {reach.by}", f"on equipment of {name}{within}"] == shares
        elif reach.group is None:
            assert rows["share of equipment", f"{name} in {question.nation}{within}"] == shares


def test_poland_and_belgium():
    """By operators' shares 59 to 63%; and Chinese vendors have all of Belgium's 4G radio."""
    ledger, radio = open_ledger(), parse_scope("4G", "radio")
    poland = ban_in_nation(Question(ledger, "PL", "huawei"))
    by_users = next(r for r in poland.told if (r.scope, r.by) == (radio, "users"))
    assert by_users.share == pytest.approx((0.5924, 0.6284))
    belgium = ban_in_nation(Question(ledger, "BE", "huawei"))
    of_group = next(r for r in belgium.told if r.by == "nation" and r.scope == radio)
    assert of_group.group == ("Chinese vendors", (1.0, 1.0))
    assert "str-be-4g" in of_group.statements


def test_a_group_has_what_its_members_have():
    """Of Russia's radio networks Huawei has 30 to 40%, Ericsson 20%; no share is of the group."""
    question = Question(open_ledger(), "RU", "Chinese vendors")
    (reach,) = (each for each in ban_in_nation(question).told if each.by == "nation")
    assert (reach.share, reach.group) == (pytest.approx((0.3, 0.8)), None)
    row = overview(question).row(
        by_predicate=pl.col("measure") == "reach in the nation", named=True
    )
    assert row["tie"] == "on equipment of Chinese vendors (RAN), by the shares of its vendors"
    assert (row["least"], row["most"]) == pytest.approx((30, 80))
    assert {"hw-share-3040", "eric-share-2022"} <= set(row["statements"])
    germany = Question(question.ledger, "DE", "Chinese vendors")
    assert {"de-2024-core", "de-2024-zte", "eu-2023"} <= {r.statement for r in rules(germany)}
    positions = overview(germany).filter(measure="position")["tie"].to_list()
    assert "Germany restricts ZTE (5G) (by 2029-12-31)" in positions


def test_the_case_of_the_european_union():
    read = read_scenario(find_scenario("huawei-ban-european-union"))
    (answer,) = ban_answers(open_world(read.world), read, Vendors(open_ledger))
    assert len(answer.nations) == 27
    said_so = " ".join(ban_sentences(answer))
    assert "4G radio networks: a figure is known of " in said_so
    assert "Poland (Orange Polska, Play, T-Mobile Polska)" in said_so
    assert "59 to 63%" in " ".join(
        share_words(r.share) for n in answer.nations for r in n.told if n.country == "PL"
    )
    together = answer.together(parse_scope("4G", "radio"))
    assert 0 < together.least < together.most < 1
    assert read_strictly(read).shocks[0].effect == "remove"


# Sums of nations, beside a twin that tries every possibility -----------------------------------

quarters = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
shares = st.none() | st.tuples(quarters, quarters).map(lambda pair: Interval(*sorted(pair)))


def reach_of(share: Interval) -> Reach:
    return Reach(Scope(), "users", share)


@given(st.lists(st.tuples(st.integers(0, 9), shares), min_size=1, max_size=4))
def test_nations_together_are_what_all_possibilities_allow(nations):
    each = tuple(
        NationBanned(str(n), str(n), "V", (reach_of(share),) if share else (), (), (), (), ())
        for n, (_, share) in enumerate(nations)
    )
    sizes = {str(n): size for n, (size, _) in enumerate(nations)}
    answer = BanAnswer("V", Scope(), None, None, "L", each, sizes, ())
    total = sum(sizes.values())
    possible = (
        [
            sum(size * part for (size, _), part in zip(nations, parts, strict=True)) / total
            for parts in itertools.product(*(share or UNKNOWN for _, share in nations))
        ]
        if total
        else [0.0, 1.0]
    )
    assert answer.together(Scope()) == pytest.approx((min(possible), max(possible)))


# Parts of it -----------------------------------------------------------------------------------


def test_a_digest_hides_networks_in_groups():
    """What has no row of its own may be in any group of the nation."""
    world = small_world()
    groups = {"asn": [4_200_000_000, 10], "country": ["RU", "RU"], "members": [5, 1]}
    networks = world.networks.head(0).vstack(
        world.networks.head(2).with_columns(
            **{name: pl_series(name, values, world) for name, values in groups.items()},
            ipv4_addresses=pl_series("ipv4_addresses", [700, 300], world),
        )
    )
    actors = [
        actor("one", "operator", "RU"), actor("two", "operator", "RU"),
        *({**actor(f"as{n}", "network"), "asn": n} for n in (10, 77)),
    ]  # fmt: skip
    ledger = ledger_of(
        actors,
        [
            said("r1", "one", "operates", "as10"),
            said("r2", "two", "operates", "as77"),
        ],
    )
    found = operator_weights(ledger, "RU", "addresses", networks=networks)
    assert (found["one"].part, found["one"].most) == (0.3, 0.3)
    assert (found["two"].part, found["two"].most) == (0.0, 0.7)


def pl_series(name, values, world):
    return pl.Series(name, values, dtype=world.networks.schema[name])


def test_replacements_have_a_time_or_a_cost(folder):
    found = {each.statement: each for each in replacements(read_ledger(folder))}
    assert set(found) == {"ban", "law", "swap"}
    assert (found["swap"].took, found["swap"].months) == ("2014-01-01 to 2016-07-31", (30, 30))
    assert (found["law"].ordered, found["law"].months) == (True, (31, 43))
    assert set(replacements(read_ledger(folder), "2015-01-01")) == {found["swap"]}


def test_phones_are_counted_by_what_is_sold():
    phones = {"segments": ["smartphones"]}
    rows = [
        said("old", "huawei", "market_share", "pl", share=10, start="2018", **phones),
        said("new", "huawei", "market_share", "pl", share=30, start="2020", **phones),
        said("quote", "huawei", "market_share", "pl", share=90, kind="quote", **phones),
    ]
    ledger = ledger_of([actor("pl", "state", "PL"), actor("huawei", "vendor", "CN")], rows)
    scope = parse_scope(None, "phones")
    (reach,) = ban_in_nation(Question(ledger, "PL", "huawei", scope=scope)).told
    assert (reach.share, reach.statements) == ((0.3, 0.3), ("new",))
    assert ban_in_nation(Question(ledger, "PL", "huawei")).told == ()
    first, *more = nation_sentences(
        ban_in_nation(Question(ledger, "PL", "huawei", scope=scope)), scope
    )
    assert first.startswith("Phones sold in Poland, those of Huawei that would have to go: 30%")
    assert not any("perator" in each for each in more)


def test_a_ban_of_some_networks_tells_of_their_operators_alone():
    """Numbers that no operator of the ledger runs are not all that it has of the nation."""
    question = Question(open_ledger(), "PL", "huawei", only=frozenset())
    first, *more = nation_sentences(ban_in_nation(question), Scope())
    assert first.startswith("Only some networks of Poland are under the ban")
    assert "The ledger has no operator of Poland that runs one of them." in more


def test_a_figure_that_tells_nothing_is_left_out_beside_others():
    """Cameras' maker has an unknown part of what its group has."""
    hikvision = ban_in_nation(
        Question(open_ledger(), "GB", "hikvision", networks=open_world("2019-12").networks)
    )
    said = "\n".join(figure_sentences(hikvision))
    assert "not known" not in said
    assert "as Chinese vendors together have 40%" in said


def test_a_deadline_before_the_day_of_the_scenario(run, ban):
    text = ban.read_text().replace('world = "small"', 'world = "2019-12"\ndate = 2024-05-01')
    ban.write_text(f"{text}deadline = 2023-01-01\n")
    status, _, err = run("what-if", str(ban), "--country", "RU")
    assert status == 1
    assert "shocks[0].deadline: the deadline, 2023-01-01, comes before the ban, 2024-05-01" in err


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ((0, 1), "not known"),
        ((0, 0.57), "up to 57%"),
        ((0.76, 1), "at least 76%"),
        ((1, 1), "100%"),
        ((0, 0), "0%"),
        ((0.5924, 0.6284), "59 to 63%"),
    ],
)
def test_an_upper_bound_of_all_is_no_answer(share, words):
    assert share_words(Interval(*share)) == words


def test_what_was_superseded_stays_so_when_its_successor_is_over():
    """The media said one thing, January decided another, and July took that back."""
    ledger = ledger_of(
        [actor("gb", "state", "GB"), actor("huawei", "vendor")],
        [
            said("media", "gb", "allows", "huawei", kind="quote", disputes=["superseded:january"]),
            said(
                "january", "gb", "restricts", "huawei", start="2020-01", end="2020-07-14",
                disputes=["superseded:july"],
            ),
            said("july", "gb", "bans", "huawei", start="2020-07-14"),
        ],
    )  # fmt: skip
    for day, left in ((None, "july"), ("2020-03-01", "january")):
        (rule,) = rules(Question(ledger, "GB", "huawei", day=day))
        assert rule.statement == left
        assert standing(ledger, "huawei", day)["statements"].to_list() == [[left]]
    first, *_ = rules(Question(open_ledger(), "GB", "huawei"))
    assert first.disputes == ("supersedes 'United Kingdom restricts Huawei' of 2020-01",)


def test_a_position_that_was_superseded_is_no_decision_any_more():
    ledger = ledger_of(
        [actor("ee", "state", "EE"), actor("huawei", "vendor"), actor("act", "law")],
        [
            said("old", "ee", "allows", "huawei", start="2019", disputes=["superseded:new"]),
            said("new", "ee", "enacts", "act", start="2021", generations=["5G"]),
        ],
    )
    told = {
        day: [rule.statement for rule in rules(Question(ledger, "EE", "huawei", day=day))]
        for day in ("2020-01-01", "2022-01-01")
    }
    assert told == {"2020-01-01": ["old"], "2022-01-01": ["new"]}
    shown = overview(Question(ledger, "EE", "huawei")).filter(measure="rule for networks")
    assert shown["tie"].to_list() == ["Ee enacts Act (5G)"]


@pytest.mark.parametrize(
    ("country", "day", "counts"),
    [
        ("EE", None, True),
        ("CH", None, False),
        ("GB", None, False),
        ("GB", "2020-01-31", True),
        ("GB", "2020-02-01", False),
        ("HR", "2013-06-30", False),
        ("HR", "2020-01-01", True),
    ],
)
def test_acts_of_the_union_count_for_its_members(country, day, counts):
    ledger = ledger_of(
        [
            actor("eu-commission", "organisation", "BE"),
            actor("huawei", "vendor"),
            actor(country.lower(), "state", country),
        ],
        [
            said("act", "eu-commission", "restricts", "huawei", start="2012"),
            said("own", country.lower(), "allows", "huawei", start="2012"),
        ],
    )
    banned = ban_in_nation(Question(ledger, country, "huawei", day=day))
    assert [(rule.statement, rule.of_union) for rule in banned.rules] == (
        [("act", True), ("own", False)] if counts else [("own", False)]
    )
    shown = overview(Question(ledger, country, day=day)).filter(
        measure="by the Union, for its members"
    )
    assert shown["tie"].to_list() == ["Eu-Commission restricts Huawei"] * counts
    assert ("act" in ties_of(ledger, country, as_of=day).statements["id"]) == counts
    sentence = decided_sentence(banned)
    assert sentence.startswith(f"Decided already: {country.title()} allows Huawei (since 2012).")
    assert ("By the European Union, for its members: Eu-Commission restricts" in sentence) == counts
