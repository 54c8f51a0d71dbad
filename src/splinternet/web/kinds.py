"""The kinds of shocks as a form offers them: words for each field, and its choices."""

from __future__ import annotations

import types
from dataclasses import dataclass
from functools import cache
from typing import Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks import Shock, kinds

__all__ = ["Field", "Kind", "kinds_of_shock"]


@dataclass(frozen=True)
class Field:
    """A field of a shock: its name behind ``shocks.0.``, words for it, and its choices if any."""

    name: str
    label: str
    choices: tuple[str, ...] = ()
    selects: bool = False
    needed: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of shock, in words, with its fields."""

    name: str
    label: str
    hint: str
    fields: tuple[Field, ...]


#: What each kind is called, and what it does in a sentence.
_WORDS = {
    "isolate": ("Isolate a country", "Cuts every link between these networks and all others."),
    "cut": ("Cut links between two", "Cuts the links between the first and the second."),
    "refuse": (
        "Refuse to carry traffic",
        "The first no longer carry the traffic of the second any further, as under sanctions.",
    ),
    "remove": ("Lose a network", "Removes networks with all their links, or an exchange."),
    "ban": (
        "Ban a vendor",
        "Says how much runs on the vendor's equipment, or removes what is known to.",
    ),
    "split": ("Split into blocs", "Cuts the links between the blocs named below."),
    "add": ("Add links", "Links each of the first with each of the second."),
    "inspect": (
        "Inspect at the border",
        "Cuts the links across the border that have no inspector at either end.",
    ),
}

_LABELS = {
    ("add", "between.0"): "Link these",
    ("add", "between.1"): "with these",
    ("add", "relation"): "The first are to the second",
    ("ban", "effect"): "What follows",
    ("ban", "networks"): "In the networks of",
    ("ban", "vendor"): "Vendor",
    ("cut", "between.0"): "Between these",
    ("cut", "between.1"): "and these",
    ("cut", "relation"): "Only links in which the first are",
    ("inspect", "by"): "Inspectors",
    ("inspect", "networks"): "Within the border",
    ("isolate", "except"): "Links of these stay",
    ("isolate", "networks"): "Isolate",
    ("refuse", "networks"): "These refuse",
    ("refuse", "traffic_of"): "to carry the traffic of",
    ("remove", "exchange"): "or an exchange, by its name",
    ("remove", "networks"): "Lose",
    ("remove", "peering"): "Of the exchange's peering goes",
    ("split", "blocs.0"): "First bloc, by its name",
    ("split", "blocs.1"): "Second bloc",
    ("split", "blocs.2"): "Third bloc",
    ("split", "neutral"): "Countries in no bloc",
}

#: Pairs of selections come in twos, names of blocs in threes.
_PLACES = {"between": 2, "blocs": 3}

#: Fields that only a file has.
_HIDDEN = ("except_links",)


@cache
def kinds_of_shock() -> dict[str, Kind]:
    """Return every kind of shock, those that people ask for most first."""
    known = kinds()
    order = [*(name for name in _WORDS if name in known), *(n for n in known if n not in _WORDS)]
    return {name: _kind(name, known[name]) for name in order}


def _kind(name: str, shock: type[Shock]) -> Kind:
    docs = (shock.__doc__ or name).splitlines()[0]
    label, hint = _WORDS.get(name, (name.capitalize(), docs))
    hints = get_type_hints(shock)
    fields: list[Field] = []
    for each in msgspec.structs.fields(shock):
        if each.encode_name in _HIDDEN or each.encode_name == "date":
            continue
        places = _PLACES.get(each.encode_name, 0)
        for number in range(places or 1):
            called = f"{each.encode_name}.{number}" if places else each.encode_name
            fields.append(
                Field(
                    called,
                    _LABELS.get((name, called), called.replace("_", " ").replace(".", " ")),
                    _choices(hints[each.name]),
                    _selects(hints[each.name]),
                    each.required and number < 2,
                )
            )
    return Kind(name, label, hint, (*fields, Field("date", "Day it takes effect")))


def _parts(hint: object) -> tuple[object, ...]:
    union = get_origin(hint) in (Union, types.UnionType, tuple)
    return get_args(hint) if union else (hint,)


def _choices(hint: object) -> tuple[str, ...]:
    return next((get_args(p) for p in _parts(hint) if get_origin(p) is Literal), ())


def _selects(hint: object) -> bool:
    return Selection in _parts(hint)
