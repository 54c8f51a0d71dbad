"""What every row must fulfil by itself, and towards the rows that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from splinternet.ledger.privacy import private_value
from splinternet.ledger.rows import Rows, unknown

__all__ = ["check_actors", "check_ids", "check_references", "check_statements"]

_TEXTS = ("name", "office", "claim", "basis", "summary", "note")

_OPEN_ABOVE = ("more than", "at least", "just over")
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
        for problem in (*_actor(row), *_private(row)):
            actors.blame(line, problem)


def check_statements(statements: Rows) -> None:
    """Blame statements that make no sense by themselves."""
    for line, row in statements:
        for problem in (*_parts(row), *_dates(row), *_figure(row), *_private(row)):
            statements.blame(line, problem)


def check_references(actors: Rows, statements: Rows, sources: Rows) -> None:
    """Blame statements that name an actor, source, statement or state that is not there."""
    known = {
        "actor": {row["id"]: row for _, row in actors},
        "source": {row["id"]: row for _, row in sources},
        "statement": {row["id"]: row for _, row in statements},
    }
    for line, row in statements:
        for problem in _references(row, known):
            statements.blame(line, problem)
    states = {row["country"] for row in known["actor"].values() if row["kind"] == "state"}
    for rows in (actors, statements):
        for line, row in rows:
            for country in row.get("countries", [row.get("country")]):
                if country and country not in states:
                    rows.blame(line, f"no actor is the state {country!r}; add it to the actors")


def _actor(row: Mapping[str, Any]) -> Iterator[str]:
    kind, country = row["kind"], row["country"]
    if country and not _is_country(country):
        yield f"{country!r} is no ISO 3166-1 alpha-2 code; write it as RU"
    if kind == "state" and row["id"] != (country or "").lower():
        yield "a state's id is its country's code in small letters, and it needs that country"
    if (kind == "person") != (row["office"] is not None):
        yield "a person, and nobody else, has an office; no private person is recorded"
    if (kind == "network") != (row["asn"] is not None):
        yield "a network, and nothing else, has an asn"


def _is_country(code: str) -> bool:
    import pycountry

    return code == "XK" or (code.isupper() and pycountry.countries.get(alpha_2=code) is not None)


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
    if row["id"] in row["disputes"]:
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
    named += [("statement", other) for other in row["disputes"]]
    for what, name in named:
        if name is not None and name not in known[what]:
            yield unknown(what, name, known[what])
        elif what == "source" and known[what][name]["seen"] == "not seen":
            yield f"rests on the source {name!r}, which was not seen"
