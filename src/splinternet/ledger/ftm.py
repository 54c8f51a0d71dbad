"""Ties as FollowTheMoney entities, for Aleph, OpenSanctions' tools and others.

Definition: https://followthemoney.tech/explorer/schemata/. An actor becomes the entity nearest to
its kind, a source an ``Article`` that proves the ties. A tie becomes what FollowTheMoney has for
it: a ban or listing a ``Sanction``, a loan a ``Debt``, other money a ``Payment``, a contract, sale
or supply a ``Contract`` with its ``ContractAward``, a permission a ``License`` with one, a part
owned, bought or given up an ``Ownership``, a network or site that is run one too, with
``ownershipType`` "operator", common work and trials a ``Project`` with its two participants, an act
on a law a ``Documentation``, damage an ``Event`` and links to what it struck, words and shares of
markets a ``Note``; all others are an ``UnknownLink`` with the predicate as role.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from splinternet.base.dates import written
from splinternet.ledger.citations import cite
from splinternet.ledger.disputes import dispute_words
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

#: Who may own, owe and sign; what may be owned; and who may forbid others something.
_LEGAL = ("PublicBody", "Organization", "Company", "Person")
_OWNED = ("Company", "Asset", "Vessel")
_AUTHORITIES = ("state", "agency", "organisation", "group")

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
    for row in statements:
        yield from _statement(row, actors, sources)


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
        wikidataId=row["wikidata"],
        leiCode=row["lei"] if schema in _LEGAL else None,
        keywords=[f"MCC-MNC {code}" for code in row["mcc_mnc"]],
        sourceUrl=row["peeringdb"] and f"https://www.peeringdb.com/org/{row['peeringdb']}",
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
) -> Iterator[_Entity]:
    key, about = f"statement-{row['id']}", _about(row, sources)
    subject, target = (f"actor-{row[end]}" if row[end] else None for end in ("subject", "object"))
    one, other = (
        _SCHEMATA[actors[row[end]]["kind"]] if row[end] else None for end in ("subject", "object")
    )
    legal = one in _LEGAL and other in _LEGAL
    match row["predicate"]:
        case "states" | "accuses" | "market_share" | "vendor_share":
            yield _note(key, row, about)
        case "bans" | "restricts" if actors[row["subject"]]["kind"] in _AUTHORITIES:
            yield _sanction(key, row, actors, about)
        case "finances" if legal and row["basis"] is None:
            yield _entity(key, "Debt", creditor=subject, debtor=target, **_money(row), **about)
        case "finances" if legal:
            money = _money(row) | {"purpose": row["basis"]}
            yield _entity(key, "Payment", payer=subject, beneficiary=target, **money, **about)
        case "contracts" | "depends_on" if legal:
            yield from _contract(key, row, buyer=subject, seller=target, about=about)
        case "supplies" | "sells_to" if legal:
            yield from _contract(key, row, buyer=target, seller=subject, about=about)
        case "allows" if actors[row["subject"]]["kind"] in _AUTHORITIES and other in _LEGAL:
            yield from _contract(
                key, row, buyer=subject, seller=target, about=about, schema="License"
            )
        case "damages":
            yield from _event(key, row, (subject, target), about)
        case "partners_with" | "trials_with" if legal:
            yield from _project(key, row, (subject, target), about)
        case "owns" | "acquires" | "operates" if one in _LEGAL and other in _OWNED:
            yield _ownership(key, row, owner=subject, asset=target, about=about)
        case "leaves" if one in _LEGAL and other in _OWNED:
            over = about | {"startDate": None, "endDate": about["startDate"]}
            yield _ownership(key, row, owner=subject, asset=target, about=over)
        case "enacts" | "regulates" if other == "Document":
            more = about | {"role": _role(row)}
            yield _entity(key, "Documentation", document=target, entity=subject, **more)
        case _:
            more = about | {"role": _role(row)}
            yield _entity(key, "UnknownLink", subject=subject, object=target, **more)


def _role(row: Mapping[str, Any]) -> str:
    return str(row["predicate"]).replace("_", " ")


def _about(row: Mapping[str, Any], sources: Mapping[str, Any]) -> dict[str, Any]:
    """Properties of a tie of any type."""
    urls = [url for source in row["sources"] if (url := sources[source]["url"])]
    details = [row["claim"], figure(row), scope(row), f"stated as {row['kind']}", row["note"]]
    if row["status"] == "deprecated":
        details.append("deprecated: known to be wrong")
    details += map(dispute_words, row["disputes"])
    return {
        "summary": row["summary"],
        "description": [part for part in details if part],
        "sourceUrl": urls,
        "recordId": row["id"],
        "proof": [f"source-{source}" for source in row["sources"]],
        "startDate": row["start"] and written(row["start"], row["start_precision"]),
        "endDate": row["end"] and written(row["end"], row["end_precision"]),
    }


def _money(row: Mapping[str, Any]) -> dict[str, str]:
    """The amount, where one figure is given, and its currency."""
    if not (row["unit"] or "").isupper():
        return {}
    amount = row["value_low"] if row["value_low"] == row["value_high"] else None
    given = {"currency": row["unit"][:3]}
    return given if amount is None else given | {"amount": f"{amount:.2f}"}


def _note(key: str, row: Mapping[str, Any], about: Mapping[str, Any]) -> _Entity:
    """Make a note of what is said, or of a figure: no type of link has a share."""
    ends = [f"actor-{name}" for name in (row["subject"], row["object"]) if name]
    kept = {name: about[name] for name in ("summary", "description", "sourceUrl", "proof")}
    said = row["claim"] or row["summary"]
    return _entity(key, "Note", name=said, entity=ends, createdAt=about["startDate"], **kept)


def _sanction(
    key: str, row: Mapping[str, Any], actors: Mapping[str, Any], about: Mapping[str, Any]
) -> _Entity:
    authority = actors[row["subject"]]
    deadline = row["deadline"] and written(row["deadline"], row["deadline_precision"])
    provisions = [row["claim"], scope(row), f"to be done by {deadline}" if deadline else None]
    return _entity(
        key,
        "Sanction",
        entity=f"actor-{row['object']}",
        authority=authority["name"],
        authorityId=f"actor-{row['subject']}",
        country=authority["country"] and authority["country"].lower(),
        provisions=[each for each in (_role(row), *provisions) if each],
        listingDate=about["startDate"],
        status=row["status"],
        **about,
    )


def _ownership(
    key: str, row: Mapping[str, Any], *, owner: str | None, asset: str | None, about: dict[str, Any]
) -> _Entity:
    """Make what is owned, or run: the numbers of networks are held by whoever runs them."""
    more = {
        "role": _role(row),
        "ownershipType": "operator" if row["predicate"] == "operates" else None,
        "percentage": figure(row) if row["unit"] == "%" else None,
    }
    return _entity(key, "Ownership", owner=owner, asset=asset, **more, **about)


def _project(
    key: str, row: Mapping[str, Any], ends: tuple[str | None, ...], about: dict[str, Any]
) -> Iterator[_Entity]:
    said = row["claim"] or row["summary"]
    yield _entity(key, "Project", name=said, goal=_role(row), **_money(row), **about)
    kept = {name: about[name] for name in ("startDate", "endDate", "sourceUrl", "proof")}
    for number, end in enumerate(ends, 1):
        part = f"participant-{row['id']}-{number}"
        yield _entity(part, "ProjectParticipant", project=key, participant=end, **kept)


def _event(
    key: str, row: Mapping[str, Any], ends: tuple[str | None, ...], about: dict[str, Any]
) -> Iterator[_Entity]:
    """Make damage, and links to its cause and to what it struck: an event has no such property."""
    yield _entity(key, "Event", name=row["claim"] or row["summary"], **about)
    for role, end in zip(("cause", "struck"), ends, strict=True):
        link = f"{role}-{row['id']}"
        kept = {name: about[name] for name in ("startDate", "sourceUrl", "proof")}
        yield _entity(link, "UnknownLink", subject=key, object=end, role=role, **kept)


def _contract(
    key: str,
    row: Mapping[str, Any],
    *,
    buyer: str | None,
    seller: str | None,
    about: Mapping[str, Any],
    schema: str = "Contract",
) -> Iterator[_Entity]:
    contract = f"{schema.lower()}-{row['id']}"
    kept = {name: about[name] for name in ("summary", "sourceUrl", "proof")}
    yield _entity(
        contract,
        schema,
        name=row["claim"] or row["summary"],
        title=row["claim"] or row["summary"],
        authority=buyer,
        type=_role(row),
        contractDate=about["startDate"],
        status=row["status"],
        **_money(row),
        **kept,
    )
    award = {"supplier": seller, "contract": contract, "role": _role(row)}
    yield _entity(key, "ContractAward", **award, **_money(row), **about)
