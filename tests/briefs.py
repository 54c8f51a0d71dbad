"""Briefs as the terminal has them, on one line to look for words in."""

import io
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from commands import small_world
from graphs import make_world
from ledgers import STATEMENTS, write_ledger
from splinternet.brief.country import CountryBrief, make_brief
from splinternet.brief.document import Block, Document
from splinternet.brief.terminal import print_brief
from splinternet.cli.tables import drawn, text_console
from splinternet.ledger.reading import read_ledger
from splinternet.world.catalogue import open_world
from splinternet.world.world import World

WORLD = small_world()

#: 1 and 2 are on top of two blocs, and 3, of unknown country, above both. Cuba buys from the first
#: and more from 3, Brazil from the second and more from 3; 3 itself would do without either.
BETWEEN = make_world(
    [(1, 2, "p2p"), (3, 1, "p2c"), (3, 2, "p2c"), (1, 10, "p2c"), (3, 11, "p2c"), (3, 12, "p2c"),
     (2, 20, "p2c"), (3, 21, "p2c"), (3, 22, "p2c")],
    country={1: "US", 2: "RU", 10: "CU", 11: "CU", 12: "CU", 20: "BR", 21: "BR", 22: "BR"},
)  # fmt: skip

#: The same with 4 like 3, so that the split rests on two networks.
BETWEEN_TWO = make_world(
    [(1, 2, "p2p"), (3, 1, "p2c"), (3, 2, "p2c"), (4, 1, "p2c"), (4, 2, "p2c"), (1, 10, "p2c"),
     (3, 11, "p2c"), (4, 12, "p2c"), (2, 20, "p2c"), (3, 21, "p2c"), (4, 22, "p2c")],
    country={1: "US", 2: "RU", 10: "CU", 11: "CU", 12: "CU", 20: "BR", 21: "BR", 22: "BR"},
)  # fmt: skip

CHAPTERS = [
    "At a glance",
    "Who is on the routes",
    "Who could watch it or cut it",
    "Who could divert it",
    "What if",
    "Who builds it",
    "Ties and laws",
    "How it changed",
    "Method, and what is not known",
    "Sources",
]


def chosen_world() -> World:
    """The small world, with what the other ways of counting need."""
    networks = WORLD.networks.select("asn", "country", "ipv4_addresses").drop_nulls()
    addresses = pl.col("ipv4_addresses").cast(pl.Int64)
    located = networks.select("asn", "country", addresses=addresses)
    owners = networks.select("asn", state="country", source=pl.lit(None, pl.String))
    return replace(WORLD, located=located, owners=owners)


@cache
def digest() -> World:
    """The shipped digest, opened once, as what follows from it is computed once."""
    return open_world("2019-12")


def digest_brief(country: str) -> CountryBrief:
    return brief_of(digest(), country)


#: A nation of many carriers and a vendor; at night Russia, whose brief takes four times as long.
LARGE = pytest.mark.parametrize("large", ["HU", pytest.param("RU", marks=pytest.mark.nightly)])


@cache
def first_draft(country: str) -> CountryBrief:
    """What a brief in the digest has before what takes long: supply, changes, laws and ties."""

    class FoundError(Exception):
        pass

    drafts: list[CountryBrief] = []

    def keep(draft: CountryBrief) -> None:
        drafts.append(draft)
        raise FoundError

    with suppress(FoundError):
        make_brief(digest(), country, draft=keep)
    return drafts[0]


@cache
def brief_of(world: World, country: str) -> CountryBrief:
    """The brief of a world that tests share, by default, made once."""
    return make_brief(world, country)


def text_of(world: World, country: str, width: int = 80, **options: object) -> str:
    made = make_brief(world, country, **options) if options else brief_of(world, country)
    return laid_out(made, width)


def laid_out(brief: CountryBrief, width: int = 80) -> str:
    return drawn(lambda console: print_brief(brief, console), text_console(width, io.StringIO()))


def flat(text: str) -> str:
    return " ".join(text.split())


def blocks(document: Document, kind: type[Block]) -> list:
    return [each for chapter in document.chapters for each in chapter.blocks if type(each) is kind]


def half_huawei(folder: Path, asn: int = 8359) -> CountryBrief:
    """A brief of a nation whose one network is on Huawei's equipment by a half.

    With another number than the ledger's, only the operator's users are known.
    """
    share = {
        "id": "half", "subject": "huawei", "predicate": "vendor_share", "object": "mts",
        "start": "2019", "value_low": "50", "value_high": "50", "unit": "%", "kind": "fact",
        "sources": "agency", "summary": "A half of all its equipment",
    }  # fmt: skip
    users = share | {
        "id": "users", "subject": "mts", "predicate": "market_share", "object": "ru",
        "basis": "subscribers", "summary": "A half of all subscribers",
    }  # fmt: skip
    said = [*STATEMENTS, share] + ([] if asn == 8359 else [users])
    ledger = read_ledger(write_ledger(folder / f"ledger-{asn}", statements=said))
    world = make_world(
        [(1, asn, "p2c")], country={1: "US", asn: "RU"}, ipv4_addresses={1: 8, asn: 8}
    )
    return make_brief(world, "RU", ledger=ledger)


def superseded(folder: Path) -> CountryBrief:
    """A brief whose ledger has a tie that a later one replaced, and no users of any operator."""
    first = {**STATEMENTS[0], "disputes": "superseded:again"}
    again = {**STATEMENTS[0], "id": "again", "start": "2019-08", "summary": "They signed anew"}
    share = {
        "id": "half", "subject": "huawei", "predicate": "vendor_share", "object": "mts",
        "start": "2019", "value_low": "50", "value_high": "50", "unit": "%", "kind": "fact",
        "sources": "agency", "summary": "A half of all its equipment",
    }  # fmt: skip
    said = [first, again, *STATEMENTS[1:], share]
    ledger = read_ledger(write_ledger(folder / "ledger-superseded", statements=said))
    world = make_world([(1, 2, "p2c")], country={1: "US", 2: "RU"})
    return make_brief(world, "RU", ledger=ledger)
