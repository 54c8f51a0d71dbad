"""How statements stand against each other: they contradict, object, or take another's place."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

import polars as pl

from splinternet.ledger.vocabulary import DISPUTES

__all__ = [
    "both_ways",
    "contradicted",
    "contradictions",
    "dispute_words",
    "disputes_of",
    "is_superseded",
    "parse_dispute",
    "written_dispute",
]

#: How the other statement sees it.
_SEEN = {
    "contradicts": "contradicts",
    "objects": "objected",
    "objected": "objects",
    "superseded": "supersedes",
    "supersedes": "superseded",
}

_WORDS = {
    "contradicts": "contradicts",
    "objects": "objects to",
    "objected": "objected to by",
    "superseded": "superseded by",
    "supersedes": "supersedes",
}


def parse_dispute(text: str) -> dict[str, str]:
    """Read ``id``, which contradicts, or ``objects:id`` and ``superseded:id``.

    Raises
    ------
    ValueError
        If the word is none of :data:`~splinternet.ledger.vocabulary.DISPUTES`, or no id follows.
    """
    kind, colon, statement = (part.strip() for part in text.rpartition(":"))
    kind = kind if colon else "contradicts"
    if kind not in DISPUTES:
        raise ValueError(f"unknown kind of dispute {kind!r}; one of {', '.join(DISPUTES)}")
    if not statement:
        raise ValueError(f"{text!r} names no statement")
    return {"kind": kind, "statement": statement}


def written_dispute(dispute: Mapping[str, str]) -> str:
    """Write a dispute as :func:`parse_dispute` reads it."""
    kind, statement = dispute["kind"], dispute["statement"]
    return statement if kind == "contradicts" else f"{kind}:{statement}"


def dispute_words(dispute: Mapping[str, str], other: str | None = None) -> str:
    """Say how a statement stands against another: ``objected to by cn-au``.

    ``other``: what the other is called; its id by default.
    """
    return f"{_WORDS[dispute['kind']]} {other or dispute['statement']}"


def disputes_of(statements: pl.DataFrame) -> dict[str, list[dict[str, str]]]:
    """Disputes by id of statement, each with its kind and the other's id; only those with some."""
    found = statements.filter(pl.col("disputes").list.len() > 0)
    return dict(found.select("id", "disputes").iter_rows())


def contradicted(statements: pl.DataFrame) -> frozenset[str]:
    """Ids of the statements that another contradicts."""
    return frozenset(
        id
        for id, disputes in disputes_of(statements).items()
        if any(each["kind"] == "contradicts" for each in disputes)
    )


def contradictions(row: Mapping[str, Any]) -> list[str]:
    """Return the ids of the statements that cannot be so if this one is."""
    return [each["statement"] for each in row["disputes"] if each["kind"] == "contradicts"]


def is_superseded(row: Mapping[str, Any], begun: Container[str]) -> bool:
    """Tell whether one of the statements that have begun took a statement's place.

    It stays so when that one is over, or was itself superseded.
    """
    return any(
        dispute["kind"] == "superseded" and dispute["statement"] in begun
        for dispute in row["disputes"]
    )


def both_ways(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let each of two statements know how the other stands against it."""
    each = list(rows)
    found = {row["id"]: list(row["disputes"]) for row in each}
    for row in each:
        for dispute in row["disputes"]:
            back = {"kind": _SEEN[dispute["kind"]], "statement": row["id"]}
            if back not in found[dispute["statement"]]:
                found[dispute["statement"]].append(back)
    return [row | {"disputes": found[row["id"]]} for row in each]
