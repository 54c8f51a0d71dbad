"""Ties as a STIX 2.1 bundle, for tools of threat intelligence.

Definition: https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html. An actor becomes an
``identity``, ``infrastructure`` or ``autonomous-system``, a tie a ``relationship`` with its
predicate as type and its sources as external references, what somebody said of nobody a ``note``.
Two statements that stand against each other are joined by a ``note`` about both.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from splinternet.ledger.citations import cite
from splinternet.ledger.disputes import dispute_words
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.ties import figure, scope

__all__ = ["stix_bundle"]

#: Our own, for what has no identifier that STIX derives from its contents.
_NAMESPACE = UUID("8c1f4c0e-54f5-4b0c-9d2e-0d3f0b5b6a57")
#: How disputes are told, from the side that has the word.
_TOLD = ("contradicts", "objects", "superseded")
#: The one that STIX 2.1 sets for those it does, section 2.9.
_OBSERVED = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")

_CLASSES = {
    "state": "organization",
    "agency": "organization",
    "organisation": "organization",
    "company": "organization",
    "vendor": "organization",
    "operator": "organization",
    "person": "individual",
    "group": "group",
    "region": "class",
    "market": "class",
    "law": "unknown",
}

_Object = dict[str, Any]


class _Age(NamedTuple):
    """When an object was made, and changed last, as STIX writes times."""

    created: str
    modified: str


def stix_bundle(ledger: Ledger) -> str:
    """Write a ledger's statements, with the actors and sources they name, as one bundle.

    The same ledger gives the same bundle: identifiers are derived from its ids. An object was
    created when the first of its sources was out, and modified when the last was: a statement's
    own, and an actor's those of the statements that name it.
    """
    actors = {row["id"]: row for row in ledger.actors.iter_rows(named=True)}
    statements = list(ledger.statements.iter_rows(named=True))
    named = [name for row in statements for name in (row["subject"], row["object"]) if name]
    references = _references(ledger, [source for row in statements for source in row["sources"]])
    refs = {name: _actor_id(actors[name]) for name in named}
    ages = _ages(ledger)
    objects = [_actor(actors[name], ages[f"actor {name}"]) for name in dict.fromkeys(named)]
    objects += [_statement(row, refs, references, ages[row["id"]]) for row in statements]
    objects += _disputes(statements, ages)
    made = "".join(each["id"] + each.get("modified", "") for each in objects)
    bundle = {"type": "bundle", "id": _id("bundle", made)}
    if objects:  # an empty list is none in STIX
        bundle["objects"] = objects  # type: ignore[assignment]
    return json.dumps(bundle, ensure_ascii=False, indent=1) + "\n"


def _ages(ledger: Ledger) -> dict[str, _Age]:
    """Return when the first and the last source of each statement, and of each actor, was out.

    A statement without a dated source is as old as the newest source of the ledger.
    """
    out = {
        source: issued or accessed
        for source, issued, accessed in ledger.sources.select(
            "id", "issued", "accessed"
        ).iter_rows()
    }
    newest = max((day for day in out.values() if day), default=date(1970, 1, 1))
    days: dict[str, list[date]] = defaultdict(list)
    for row in ledger.statements.iter_rows(named=True):
        dated = [day for source in row["sources"] if (day := out.get(source))] or [newest]
        for name in (row["id"], f"actor {row['subject']}", f"actor {row['object']}"):
            days[name] += dated
    return {name: _Age(_time(min(each)), _time(max(each))) for name, each in days.items()}


def _id(kind: str, name: str) -> str:
    return f"{kind}--{uuid5(_NAMESPACE, f'{kind} {name}')}"


def _time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00.000Z"


def _common(kind: str, key: str, age: _Age) -> _Object:
    return {"type": kind, "spec_version": "2.1", "id": key, **age._asdict()}


def _actor_id(row: Mapping[str, Any]) -> str:
    if row["kind"] == "network":
        contents = json.dumps({"number": row["asn"]}, separators=(",", ":"))
        return f"autonomous-system--{uuid5(_OBSERVED, contents)}"
    kind = "identity" if row["kind"] in _CLASSES else "infrastructure"
    return _id(kind, row["id"])


def _actor(row: Mapping[str, Any], age: _Age) -> _Object:
    key = _actor_id(row)
    if row["kind"] == "network":
        named = {"number": row["asn"], "name": row["name"]}
        return {"type": "autonomous-system", "spec_version": "2.1", "id": key, **named}
    described = "; ".join(
        part for part in (row["kind"], row["country"], row["office"], row["note"]) if part
    )
    made_of = _common(key.partition("--")[0], key, age)
    made_of |= {"name": row["name"], "description": described}
    made_of |= _listed("external_references", list(_identifiers(row)))
    if row["kind"] in _CLASSES:
        return made_of | {"identity_class": _CLASSES[row["kind"]]}
    return made_of | _listed("aliases", row["aliases"])


def _identifiers(row: Mapping[str, Any]) -> Iterator[_Object]:
    """Names of an actor in the registers of others."""
    given = [("wikidata", row["wikidata"]), ("lei", row["lei"])]
    given += [("mcc-mnc", code) for code in row["mcc_mnc"]]
    given.append(("peeringdb-org", row["peeringdb"] and str(row["peeringdb"])))
    for source, identifier in given:
        if identifier:
            yield {"source_name": source, "external_id": identifier}


def _listed(name: str, values: list[Any]) -> _Object:
    """Make a property of a list, which STIX does not allow to be empty."""
    return {name: values} if values else {}


def _references(ledger: Ledger, cited: list[str]) -> dict[str, _Object]:
    urls = dict(ledger.sources.select("id", "url").iter_rows())
    return {
        source: {"source_name": source, "description": work}
        | ({"url": urls[source]} if urls[source] else {})
        for source, work in cite(ledger, cited).items()
    }


def _statement_id(row: Mapping[str, Any]) -> str:
    return _id("note" if row["object"] is None else "relationship", row["id"])


def _statement(
    row: Mapping[str, Any], refs: Mapping[str, str], references: Mapping[str, _Object], age: _Age
) -> _Object:
    key = _statement_id(row)
    content = "; ".join(
        part
        for part in (row["claim"], figure(row), scope(row), row["summary"], row["note"])
        if part
    )
    stated = _common(key.partition("--")[0], key, age) | {
        "labels": [row["kind"], row["status"]],
        "external_references": [references[source] for source in row["sources"]],
        "revoked": row["status"] == "deprecated",
    }
    if row["object"] is None:
        return stated | {"content": content, "object_refs": [refs[row["subject"]]]}
    return stated | {
        "relationship_type": row["predicate"].replace("_", "-"),
        "description": content,
        "source_ref": refs[row["subject"]],
        "target_ref": refs[row["object"]],
        **_times(row),
    }


def _times(row: Mapping[str, Any]) -> _Object:
    """From the first day on, until the day after the last."""
    times = {}
    if row["start"]:
        times["start_time"] = _time(row["start"])
    if row["end"]:
        times["stop_time"] = _time(row["end"] + timedelta(days=1))
    return times


def _disputes(statements: list[dict[str, Any]], ages: Mapping[str, _Age]) -> Iterator[_Object]:
    here = {row["id"]: row for row in statements}
    pairs: dict[tuple[str, ...], str] = {}
    for row in statements:
        for dispute in row["disputes"]:
            if dispute["statement"] in here and dispute["kind"] in _TOLD:
                pair = tuple(sorted((row["id"], dispute["statement"])))
                said = f"The statement {row['id']} {dispute_words(dispute)}."
                pairs.setdefault(pair, said)
    for pair, said in sorted(pairs.items()):
        age = _Age(*map(max, zip(*(ages[name] for name in pair), strict=True)))
        yield _common("note", _id("note", " ".join(pair)), age) | {
            "content": said,
            "object_refs": [_statement_id(here[name]) for name in pair],
        }
