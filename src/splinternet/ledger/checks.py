"""Checks of every row by itself, and towards the rows that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from splinternet.base.countries import country_codes
from splinternet.ledger.nations import nations
from splinternet.ledger.privacy import private_value
from splinternet.ledger.rows import Rows, unknown

__all__ = [
    "Named",
    "check_actors",
    "check_additions",
    "check_ids",
    "check_references",
    "check_statements",
]

#: Rows by id.
Named = Mapping[str, Mapping[str, Any]]

_TEXTS = ("name", "office", "claim", "basis", "summary", "note")

_OPEN_ABOVE = ("more than", "at least", "just over")

#: How identifiers of others are written, with an example.
_IDENTIFIERS = (
    ("wikidata", re.compile(r"Q[1-9][0-9]{0,11}", re.ASCII), "Q160120"),
    ("lei", re.compile(r"[0-9A-Z]{18}[0-9]{2}", re.ASCII), "20 letters and digits"),
    ("mcc_mnc", re.compile(r"[0-9]{3}-[0-9]{2,3}", re.ASCII), "260-06"),
)

_SHARES = ("market_share", "vendor_share", "owns")


def check_ids(rows: Rows) -> None:
    """Blame ids that come twice, or hold what lists and commands cannot."""
    seen: dict[str, int] = {}
    for line, row in rows:
        name = row["id"]
        if not all(c.isalnum() or c in "-_." for c in name):
            rows.blame(line, f"id {name[:40]!r}: use letters, digits, '-', '_' and '.'")
        if name in seen:
            rows.blame(line, f"the id {name!r} is in line {seen[name]} already")
        seen.setdefault(name, line)


def check_actors(actors: Rows) -> None:
    """Blame actors that lack what their kind needs, or hold private data."""
    for line, row in actors:
        for problem in (*_actor(row), *_identifiers(row), *_private(row)):
            actors.blame(line, problem)


def check_statements(statements: Rows) -> None:
    """Blame statements that make no sense by themselves."""
    for line, row in statements:
        for problem in (*_parts(row), *_dates(row), *_figure(row), *_private(row)):
            statements.blame(line, problem)


def check_references(
    actors: Rows, statements: Rows, sources: Rows, below: Mapping[str, Named]
) -> None:
    """Blame statements that name an actor, source or statement that is not there.

    ``below`` are the actors, statements and sources, by id, of the ledgers that these rows add to.
    Nations are there from the start.
    """
    known = {
        "actor": {**nations(), **below["actors"], **{row["id"]: row for _, row in actors}},
        "source": {**below["sources"], **{row["id"]: row for _, row in sources}},
        "statement": {**below["statements"], **{row["id"]: row for _, row in statements}},
    }
    for line, row in statements:
        for problem in _references(row, known):
            statements.blame(line, problem)


def check_additions(rows: Rows, below: Named, same: Iterable[str]) -> None:
    """Blame rows whose id means something else in the ledgers that they add to.

    ``same`` are the columns that make two rows speak of one thing.
    """
    columns = list(same)
    for line, row in rows:
        earlier = below.get(row["id"])
        if earlier is not None and any(row[name] != earlier[name] for name in columns):
            rows.blame(
                line,
                f"the id {row['id']!r} means something else in a ledger below, with another "
                f"{' or '.join(columns)}; choose another id",
            )


def _actor(row: Mapping[str, Any]) -> Iterator[str]:
    kind, country = row["kind"], row["country"]
    if country and not _is_country(country):
        yield f"{country!r} is no ISO 3166-1 alpha-2 code; write it as RU"
    if kind == "state" and row["id"] != (country or "").lower():
        yield "a state's id is its country's code in small letters, and it needs that country"
    if kind != "state" and row["id"] in nations():
        yield f"the id {row['id']!r} is that of {nations()[row['id']]['name']}; choose another"
    if (kind == "person") != (row["office"] is not None):
        yield "a person, and nobody else, has an office; no private person is recorded"
    if (kind == "network") != (row["asn"] is not None):
        yield "a network, and nothing else, has an asn"


def _is_country(code: str) -> bool:
    return code in country_codes()


def _identifiers(row: Mapping[str, Any]) -> Iterator[str]:
    for name, form, example in _IDENTIFIERS:
        given = row[name]
        for text in given if isinstance(given, list) else [given] if given else []:
            if not form.fullmatch(text):
                yield f"{name}: {text[:40]!r} is none; write it as {example}"


def _private(row: Mapping[str, Any]) -> Iterator[str]:
    texts = [(name, row.get(name)) for name in _TEXTS]
    texts += [("aliases", alias) for alias in row.get("aliases", ())]
    for name, text in texts:
        if text and (private := private_value(text)):
            yield f"{name}: holds {private}; remove it"


def _parts(row: Mapping[str, Any]) -> Iterator[str]:
    if row["predicate"] == "states":
        if row["claim"] is None:
            yield "claim: 'states' needs one: what is said"
    elif row["object"] is None:
        yield f"object: {row['predicate']!r} needs one"
    if row["subject"] == row["object"]:
        yield "subject and object are the same actor"
    if not row["sources"]:
        yield "sources: is empty; every statement needs one"
    for country in row["countries"]:
        if not _is_country(country):
            yield f"countries: {country!r} is no ISO 3166-1 alpha-2 code; write it as RU"
    if any(dispute["statement"] == row["id"] for dispute in row["disputes"]):
        yield "disputes: a statement cannot dispute itself"
    if row["status"] == "deprecated" and row["note"] is None:
        yield "note: say why the statement is deprecated"


def _dates(row: Mapping[str, Any]) -> Iterator[str]:
    for name in ("end", "deadline"):
        if row["start"] and row[name] and row[name] < row["start"]:
            yield f"{name}: {row[name]} comes before the start, {row['start']}"


def _figure(row: Mapping[str, Any]) -> Iterator[str]:
    low, high, qualifier = row["value_low"], row["value_high"], row["qualifier"]
    has_value = low is not None or high is not None
    if has_value and row["unit"] is None:
        yield "unit: is empty; a figure needs one"
    if not has_value and (row["unit"] or qualifier):
        yield "value_low: is empty, but there is a unit or a qualifier"
    if row["unit"] == "count" and row["basis"] is None:
        yield "basis: say what is counted"
    if None not in (low, high) and low > high:
        yield f"value_low: {low:g} is more than value_high, {high:g}"
    if qualifier in _OPEN_ABOVE and high is not None:
        yield f"value_high: must be empty with {qualifier!r}"
    if qualifier == "up to" and low is not None:
        yield "value_low: must be empty with 'up to'"
    if has_value and None in (low, high) and qualifier not in (*_OPEN_ABOVE, "up to"):
        yield "value_low and value_high: give both, the same figure twice if there is only one"
    if row["unit"] == "%" and row["predicate"] in _SHARES and max(low or 0, high or 0) > 100:
        yield "a share is at most 100 %"


def _references(row: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    named = [("actor", row["subject"]), ("actor", row["object"])]
    named += [("source", source) for source in row["sources"]]
    named += [("statement", dispute["statement"]) for dispute in row["disputes"]]
    for what, name in named:
        if name is not None and name not in known[what]:
            yield unknown(what, name, known[what])
        elif what == "source" and known[what][name]["seen"] == "not seen":
            yield f"rests on the source {name!r}, which was not seen"
