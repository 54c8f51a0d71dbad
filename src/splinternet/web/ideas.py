"""Suggestions of the builder: whole scenarios to begin with, and words for its fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

import polars as pl

from splinternet.base.countries import country_code
from splinternet.base.errors import InputError, MisuseError
from splinternet.base.groups import GROUPS
from splinternet.base.naming import shown_name
from splinternet.base.texts import country_called, nation_called, phrase
from splinternet.brief.words import network_title
from splinternet.scenario.apply import rehearse
from splinternet.scenario.shocks import kinds
from splinternet.scenario.vendors import Vendors
from splinternet.web.questions import Options, Question
from splinternet.world.world import World

__all__ = ["Idea", "Suggestions", "group_ideas", "idea_of", "ideas", "nation_meant", "suggestions"]

#: Networks that the fields of the builder suggest: those with most customers.
_NETWORKS = 150

_DEFAULT = "RU"

#: Kinds that need links between those that they name.
_OF_LINKS = ("cut", "refuse")


@dataclass(frozen=True)
class Idea:
    """A scenario to begin with, its kind of shock, and the query string of its permalink."""

    label: str
    kind: str
    query: str


@dataclass(frozen=True)
class Suggestions:
    """Values for fields of selections, and of vendors, each with words for it."""

    networks: tuple[tuple[str, str], ...]
    vendors: tuple[str, ...]


def ideas(world: str, country: str) -> list[Idea]:
    """Suggest what may happen to a nation."""
    code = nation_meant(country)
    other = "US" if code != "US" else "CN"
    words = {"nation": nation_called(code), "other": nation_called(other)}
    words |= {key.capitalize(): word[:1].upper() + word[1:] for key, word in words.items()}
    codes = {"nation": code, "other": other}
    found = []
    for kind in sorted(kinds().values(), key=lambda kind: kind.place):
        for preset in kind.presets:
            title = preset.title.format(**words)
            fields = [("name", title), ("world", world), ("shocks.0.kind", kind.name)]
            fields += [
                (f"shocks.0.{key}", text.format(**codes)) for key, text in preset.fields.items()
            ]
            asked = Question(tuple(fields), Options(country=code), run=True)
            found.append(Idea(title, kind.name, asked.query))
    return found


def nation_meant(country: str) -> str:
    """Return the code of the nation that is asked about; one of many where none is."""
    try:
        return country_code(country or _DEFAULT)
    except MisuseError:  # of which the page tells
        return _DEFAULT


def group_ideas(world: str, country: str) -> list[Idea]:
    """Suggest what may happen to a group of states, seen from the nation or from the whole world.

    The group cuts its links with all others, and its members keep those with each other.
    """
    found = []
    for name, (called, _) in GROUPS.items():
        title = phrase("web.ideas.alone", group=called[:1].upper() + called[1:])
        fields = (
            ("name", title),
            ("world", world),
            ("shocks.0.kind", "isolate"),
            ("shocks.0.networks", name),
        )
        asked = Question(fields, Options(country=country), run=True)
        found.append(Idea(title, "isolate", asked.query))
    return found


def changing(found: Iterable[Idea], world: World) -> list[Idea]:
    """Leave out what would change nothing in a world, as a cut where no link is."""
    return [each for each in found if each.kind not in _OF_LINKS or _changes(each, world)]


def _changes(idea: Idea, world: World) -> bool:
    asked = Question.of(parse_qsl(idea.query), world.manifest.name)
    try:
        rehearse(world, asked.scenario())
    except InputError:
        return False
    return True


def idea_of(world: str, country: str, kind: str) -> Idea:
    """Return the scenario of a kind of shock that is suggested for a nation, or one to fill in.

    Raises
    ------
    MisuseError
        If there is no such kind.
    """
    offered = {each.kind: each for each in reversed(ideas(world, country))}
    if kind in offered:
        return offered[kind]
    known = kinds()
    if kind not in known:
        raise MisuseError.unknown("shock", kind, known, f"one of {', '.join(known)}")
    label = known[kind].label
    fields = (("name", label), ("world", world), ("shocks.0.kind", kind))
    return Idea(label, kind, Question(fields, Options(country=country)).query)


def suggestions(world: World, vendors: Vendors) -> Suggestions:
    """List countries and large networks of a world, and the vendors that the ledger knows."""
    known = world.networks["country"].drop_nulls().unique().to_list()
    countries = sorted((f"country:{code}", country_called(code)) for code in known)
    customers = (
        world.links.filter(pl.col("kind") == "p2c")
        .group_by("a")
        .len()
        .sort("len", "a", descending=[True, False])
    )
    largest = customers.head(_NETWORKS).join(world.networks, left_on="a", right_on="asn")
    networks = [
        (f"AS{asn}", network_title(asn, name))
        for asn, name in largest.sort("len", "a", descending=[True, False])
        .select("a", shown_name())
        .iter_rows()
    ]
    groups = [(name, called) for name, (called, _) in GROUPS.items()]
    return Suggestions((*groups, *countries, *networks), tuple(sorted(vendors.names())))
