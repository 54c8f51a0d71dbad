"""Additions of importers to a ledger: actors, statements and sources, as its files have them."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from splinternet.base.countries import country_name
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.privacy import private_value

__all__ = ["Additions", "clean", "slug"]

#: What a statement of a dataset says, beside who does what.
_CONTENT = ("object", "claim", "start", "value_low", "value_high", "unit", "basis", "segments")

_COMPANIES = ("company", "vendor", "operator", "organisation", "agency")


class Additions:
    """Rows to add to a ledger.

    Parameters
    ----------
    ledger
        The ledger. Actors that it has, by any of their names, are not made again.

    Attributes
    ----------
    actors, statements
        Cells of the rows to add, by column.
    sources
        Works to add, as CSL-JSON.
    notes
        Terms and attributions that the ledger's notes must have.
    skipped
        How many records were left out, by reason.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.actors: list[dict[str, str]] = []
        self.statements: list[dict[str, str]] = []
        self.sources: list[dict[str, Any]] = []
        self.notes: list[str] = list(ledger.notes)
        self.skipped: Counter[str] = Counter()
        self._ids = {*ledger.actors["id"]}
        self._said = {*ledger.statements["id"]}
        self._told: set[tuple[str, ...]] = set()
        self._works = {*ledger.sources["id"]}
        self._named: dict[tuple[str, str], str | None] = {}
        spelled = ledger.actors.select("id", "kind", "name", "aliases")
        for actor, kind, name, aliases in spelled.iter_rows():
            for spelling in (actor, name, *aliases):
                self._name(spelling, kind, actor)

    def state(self, code: str) -> str:
        """Return the id of a state, by its ISO 3166-1 alpha-2 code."""
        name = code.lower()
        if name not in self._ids:
            self._add(name, "state", country_name(code), code)
        return name

    def actor(self, name: str, kind: str, country: str | None = None) -> str:
        """Return the id of the actor of a name and kind, which is made if there is none.

        Companies, vendors, operators and organisations are of one kind here, as datasets do not
        tell them apart. Of ``Arelion (formerly Telia Carrier)`` each part is tried too. A name that
        several actors have is none's.
        """
        for spelling in _spellings(name):
            if found := self._named.get((_family(kind), spelling.casefold())):
                return found
        made = self._free(slug(clean(name)))
        self._add(made, kind, clean(name), country)
        self._name(name, kind, made)
        return made

    def statement(self, name: str, subject: str, predicate: str, **cells: str) -> None:
        """Add a statement, unless the ledger has one of this id, or another dataset said it."""
        content = {column: clean(text) for column, text in cells.items() if text}
        told = (subject, predicate, *(content.get(column, "") for column in _CONTENT))
        if name in self._said or told in self._told:
            self.skipped["in the ledger already"] += 1
            return
        self._said.add(name)
        self._told.add(told)
        self.statements.append({"id": name, "subject": subject, "predicate": predicate, **content})

    def source(self, entry: dict[str, Any], note: str) -> str:
        """Add a work and a note on its terms, and return its id."""
        name = str(entry["id"])
        if name not in self._works:
            self._works.add(name)
            self.sources.append(entry)
        if note not in self.notes:
            self.notes.append(note)
        return name

    def _add(self, made: str, kind: str, name: str, country: str | None) -> None:
        self._ids.add(made)
        self.actors.append({"id": made, "kind": kind, "name": name, "country": country or ""})
        if country and kind != "state":
            self.state(country)

    def _name(self, spelling: str, kind: str, actor: str) -> None:
        key = _family(kind), spelling.casefold()
        self._named[key] = actor if self._named.get(key, actor) == actor else None

    def _free(self, wanted: str) -> str:
        """Return an id that nobody has."""
        number, name = 1, wanted
        while name in self._ids:
            number += 1
            name = f"{wanted}-{number}"
        return name


def clean(text: str) -> str:
    """Make a text that a ledger may hold: printable, on one line, without private data."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return "(private data left out)" if private_value(shown) else shown


def slug(name: str) -> str:
    """Make an id of a name."""
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or "unnamed"


def _family(kind: str) -> str:
    return "company" if kind in _COMPANIES else kind


def _spellings(name: str) -> list[str]:
    """Return a name, and its parts outside and inside of parentheses."""
    found = re.fullmatch(r"(.+?)\s*\((?:formerly |incl\. )?(.+)\)", name)
    return [name, found[1], found[2]] if found else [name]
