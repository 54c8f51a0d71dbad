"""Ties as FollowTheMoney entities, for Aleph, OpenSanctions' tools and others.

Definition: https://followthemoney.tech/explorer/schemata/. An actor becomes the entity nearest to
its kind, a tie an ``Ownership`` or an ``UnknownLink`` with its predicate as role, what somebody
said of nobody a ``Note``, a source an ``Article`` that proves the links.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from splinternet.base.dates import written
from splinternet.ledger.citations import cite
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.ties import figure, scope

__all__ = ["ftm_entities", "ftm_lines"]

_SCHEMATA = {
    "state": "PublicBody",
    "agency": "PublicBody",
    "organisation": "Organization",
    "group": "Organization",
    "company": "Company",
    "vendor": "Company",
    "operator": "Company",
    "person": "Person",
    "region": "Territory",
    "market": "Note",
    "law": "Document",
    "cable": "Asset",
    "ship": "Vessel",
    "site": "Asset",
    "system": "Asset",
    "network": "Asset",
}

#: Who may own, and what may be owned.
_OWNERS = ("PublicBody", "Organization", "Company", "Person")
_OWNED = ("Company", "Asset")

_Entity = dict[str, Any]


def ftm_lines(ledger: Ledger) -> str:
    """Write a ledger's statements, with the actors and sources they name, as an entity a line."""
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in ftm_entities(ledger))


def ftm_entities(ledger: Ledger) -> Iterator[_Entity]:
    """Make the entities of a ledger's statements, and of the actors and sources they name."""
    actors = {row["id"]: row for row in ledger.actors.iter_rows(named=True)}
    sources = {row["id"]: row for row in ledger.sources.iter_rows(named=True)}
    statements = list(ledger.statements.iter_rows(named=True))
    named = [name for row in statements for name in (row["subject"], row["object"]) if name]
    cited = [source for row in statements for source in row["sources"]]
    works = cite(ledger, cited)
    yield from (_actor(actors[name]) for name in dict.fromkeys(named))
    yield from (_source(sources[source], works[source]) for source in dict.fromkeys(cited))
    yield from (_statement(row, actors, sources) for row in statements)


def _entity(key: str, schema: str, **properties: str | Iterable[str] | None) -> _Entity:
    """Make an entity; every property is a list of texts, and an empty one is left out."""
    lists = {
        name: [value] if isinstance(value, str) else list(value or ())
        for name, value in properties.items()
    }
    return {"id": key, "schema": schema, "properties": {k: v for k, v in lists.items() if v}}


def _actor(row: Mapping[str, Any]) -> _Entity:
    schema = _SCHEMATA[row["kind"]]
    country = row["country"] and row["country"].lower()
    entity = _entity(
        f"actor-{row['id']}",
        schema,
        name=row["name"],
        alias=row["aliases"],
        country=country,
        summary=row["note"],
        position=row["office"],
    )
    if schema == "Document":
        entity["properties"] |= {"title": [row["name"]], "fileName": [row["id"]]}
    return entity


def _source(row: Mapping[str, Any], work: str) -> _Entity:
    issued = row["issued"] and written(row["issued"], row["issued_precision"])
    return _entity(
        f"source-{row['id']}",
        "Article",
        name=row["title"],
        title=row["title"],
        fileName=row["id"],
        author=row["authors"],
        publisher=row["container"],
        publishedAt=issued,
        sourceUrl=row["url"],
        summary=work,
    )


def _statement(
    row: Mapping[str, Any], actors: Mapping[str, Any], sources: Mapping[str, Any]
) -> _Entity:
    key = f"statement-{row['id']}"
    urls = [url for source in row["sources"] if (url := sources[source]["url"])]
    details = [figure(row), scope(row), f"stated as {row['kind']}", row["note"]]
    if row["disputes"]:
        details.append(f"disputed by {', '.join(row['disputes'])}")
    about = {"summary": row["summary"], "sourceUrl": urls}
    subject = f"actor-{row['subject']}"
    if row["object"] is None:
        said = [row["claim"], *(part for part in details if part)]
        return _entity(key, "Note", name=row["claim"], entity=subject, description=said, **about)
    about |= {
        "description": [part for part in (row["claim"], *details) if part],
        "recordId": row["id"],
        "status": row["status"],
        "proof": [f"source-{source}" for source in row["sources"]],
        "startDate": row["start"] and written(row["start"], row["start_precision"]),
        "endDate": row["end"] and written(row["end"], row["end_precision"]),
    }
    target = f"actor-{row['object']}"
    owner, owned = (_SCHEMATA[actors[row[end]]["kind"]] for end in ("subject", "object"))
    if row["predicate"] == "owns" and owner in _OWNERS and owned in _OWNED:
        share = figure(row) if row["unit"] == "%" else None
        return _entity(key, "Ownership", owner=subject, asset=target, percentage=share, **about)
    role = row["predicate"].replace("_", " ")
    return _entity(key, "UnknownLink", subject=subject, object=target, role=role, **about)
