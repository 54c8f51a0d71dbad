"""The figures of a ban on Huawei are the same in every surface's structured answer."""

import polars as pl
import pytest

from splinternet.base.choices import Counting, Routing
from splinternet.brief.bans import ban_rows
from splinternet.brief.facts.asked import Asked
from splinternet.brief.facts.supply import supplied
from splinternet.ledger.catalogue import open_ledger
from splinternet.scenario.bans import ban_answers
from splinternet.scenario.cases import find_scenario
from splinternet.scenario.language import decode, read_scenario
from splinternet.scenario.vendors import Vendors
from splinternet.supply.bans import Reach
from splinternet.supply.intervals import per_cent
from splinternet.supply.overview import overview
from splinternet.supply.question import Question
from splinternet.web.app import create_app
from splinternet.world.catalogue import open_world
from websites import client

NATIONS = ("BE", "DE", "GB", "PL", "RU")
OF_UNION = ("BE", "DE", "PL")
WORLD = "2019-12"


@pytest.fixture(scope="module")
def what_if(tmp_path_factory):
    """What a ban reaches in each of the nations, as `what-if` computes it."""
    file = tmp_path_factory.mktemp("ban") / "ban.toml"
    scenario = decode(
        f'name = "A ban"\nworld = "{WORLD}"\n[[shocks]]\nkind = "ban"\nvendor = "huawei"\n'
        f'networks = "country:{",".join(NATIONS)}"\n',
        file,
    )
    (answer,) = ban_answers(open_world(WORLD), scenario, Vendors(open_ledger))
    assert {nation.country for nation in answer.nations} == set(NATIONS)
    return answer


def by_operators(rows):
    """Shares on Huawei's equipment by operators, in per cent: by count and part of networks."""
    start = "on equipment of Huawei"
    return {
        (row["measure"], row["tie"]): (row["least"], row["most"])
        for row in rows
        if row["measure"].startswith("reach among ")
        and row["tie"].startswith(start)
        and not row["tie"].endswith("of those known")
        and ", as one of " not in row["tie"]
    }


def as_rows(reaches: tuple[Reach, ...]):
    """Shares by operators, as the overview of `vendors` names them."""
    return {
        (
            f"reach among {reach.by}",
            "on equipment of Huawei" + (f" ({reach.scope})" if any(reach.scope) else ""),
        ): (per_cent(reach.share.least), per_cent(reach.share.most))
        for reach in reaches
        if reach.by != "nation"
    }


def test_vendors_the_web_and_briefs_have_the_figures_of_what_if(what_if):
    world, ledger = open_world(WORLD), open_ledger()
    main = set()
    with client(create_app([WORLD])) as site:
        for nation in what_if.nations:
            code, told = nation.country, as_rows(nation.told)
            asked = Question(ledger, code, "huawei", networks=world.networks)
            table = by_operators(overview(asked).iter_rows(named=True))
            assert {key: table[key] for key in told} == told
            served = site.get(f"/api/vendors/{code}?vendor=huawei&world={WORLD}").json()
            assert by_operators(served) == table
            brief = supplied(Asked(world, code, Routing(), Counting(), WORLD), ledger)
            assert by_operators(brief.figures.iter_rows(named=True)) == table
            if brief.main is not None and brief.main.vendor == "huawei":
                main.add(code)
                assert brief.main.banned.told == nation.told
    assert main


def test_the_case_of_the_european_union_has_the_figures_of_each_nation(what_if):
    case = read_scenario(find_scenario("huawei-ban-european-union"))
    (answer,) = ban_answers(open_world(case.world), case, Vendors(open_ledger))
    told, alone = (
        ban_rows([each]).filter(pl.col("country").is_in(OF_UNION)).sort("country", "of", "figure")
        for each in (answer, what_if)
    )
    assert set(told["country"]) == set(OF_UNION)
    assert told.equals(alone)
