"""Every table and column of a ledger, declared once.

The reader of files, its checks, documentation and exports all use these declarations.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from splinternet.base.columns import Column, Table
from splinternet.ledger.vocabulary import (
    ACTOR_KINDS,
    DISPUTES,
    GENERATIONS,
    PRECISIONS,
    PREDICATES,
    QUALIFIERS,
    SEEN,
    SEGMENTS,
    SOURCE_KINDS,
    STATEMENT_KINDS,
    STATUSES,
    UNITS,
)

__all__ = ["TABLES"]


def _one_of(words: Iterable[str]) -> pl.Enum:
    return pl.Enum(tuple(words))


_TEXT, _DATE, _F64, _U32 = pl.String(), pl.Date(), pl.Float64(), pl.UInt32()
_TEXTS, _PRECISION = pl.List(_TEXT), _one_of(PRECISIONS)

_DECLARED = (
    Table(
        "actors",
        "States, companies, laws, cables and whatever else statements are about.",
        (
            Column("id", _TEXT, "Short name that statements use."),
            Column("kind", _one_of(ACTOR_KINDS), "What it is."),
            Column("name", _TEXT, "Full name."),
            Column(
                "country",
                _TEXT,
                "State it belongs to, ISO 3166-1 alpha-2 (XK: Kosovo).",
                optional=True,
            ),
            Column("aliases", _TEXTS, "Other names."),
            Column(
                "office",
                _TEXT,
                "Public office of a person, without which none is recorded.",
                optional=True,
            ),
            Column("asn", _U32, "Number of an autonomous system.", optional=True),
            Column("wikidata", _TEXT, "Its item in Wikidata, as Q160120.", optional=True),
            Column("lei", _TEXT, "Legal Entity Identifier, ISO 17442.", optional=True),
            Column("mcc_mnc", _TEXTS, "Codes of its mobile networks, ITU-T E.212, as 260-06."),
            Column("peeringdb", _U32, "Its organisation in PeeringDB.", optional=True),
            Column("note", _TEXT, "Notes that tell it from others.", optional=True),
        ),
        ("id",),
    ),
    Table(
        "statements",
        "Statements of sources that tie one actor to another.",
        (
            Column("id", _TEXT, "Short name of the statement."),
            Column("subject", _TEXT, "The actor who does or has it."),
            Column("predicate", _one_of(PREDICATES), "Tie between subject and object."),
            Column(
                "object",
                _TEXT,
                "The actor it is done to; only `states` may lack one.",
                optional=True,
            ),
            Column(
                "claim",
                _TEXT,
                "Scope: the part that is said, banned, built; `states` needs one.",
                optional=True,
            ),
            Column("start", _DATE, "First day it may have held.", optional=True),
            Column("start_precision", _PRECISION, "How exact the start is.", optional=True),
            Column("end", _DATE, "Last day it may have held.", optional=True),
            Column("end_precision", _PRECISION, "How exact the end is.", optional=True),
            Column(
                "deadline", _DATE, "Last day by which what it demands must be done.", optional=True
            ),
            Column("deadline_precision", _PRECISION, "How exact the deadline is.", optional=True),
            Column(
                "value_low",
                _F64,
                "The figure, or its lower bound.",
                "as `unit` says",
                optional=True,
            ),
            Column(
                "value_high",
                _F64,
                "The figure, or its upper bound.",
                "as `unit` says",
                optional=True,
            ),
            Column(
                "qualifier", _one_of(QUALIFIERS), "The source's word for the figure.", optional=True
            ),
            Column("unit", _one_of(UNITS), "Unit of the figure.", optional=True),
            Column("basis", _TEXT, "Things counted, or the whole of a share.", optional=True),
            Column("rank", _U32, "Place among others, 1 the first.", optional=True),
            Column("countries", _TEXTS, "States it is limited to, ISO 3166-1 alpha-2."),
            Column(
                "generations", pl.List(_one_of(GENERATIONS)), "Mobile generations it is limited to."
            ),
            Column(
                "segments",
                pl.List(_one_of(SEGMENTS)),
                "Parts of networks, or goods, it is limited to.",
            ),
            Column("kind", _one_of(STATEMENT_KINDS), "How it is stated."),
            Column("status", _one_of(STATUSES), "Whether it still counts."),
            Column("sources", _TEXTS, "The sources that say so, at least one."),
            Column("summary", _TEXT, "Statement of the sources, in our own words."),
            Column(
                "disputes",
                pl.List(pl.Struct({"kind": _one_of(DISPUTES), "statement": _TEXT})),
                "Statements that stand against it, each with how.",
            ),
            Column("note", _TEXT, "Doubts and inferences.", optional=True),
        ),
        ("id",),
    ),
    Table(
        "sources",
        "Works that statements rest on.",
        (
            Column("id", _TEXT, "Short name that statements use."),
            Column("kind", _one_of(SOURCE_KINDS), "Kind of source; shown beside every citation."),
            Column("title", _TEXT, "Title; in [brackets] where it only describes."),
            Column("authors", _TEXTS, "Family or full names of the authors."),
            Column("container", _TEXT, "Journal, newspaper or site.", optional=True),
            Column("issued", _DATE, "Last day it may have been issued.", optional=True),
            Column("issued_precision", _PRECISION, "How exact that is.", optional=True),
            Column("accessed", _DATE, "Day it was looked up.", optional=True),
            Column("url", _TEXT, "Where it is on the web.", optional=True),
            Column("original", _TEXT, "Original of a copy or retelling.", optional=True),
            Column("seen", _one_of(SEEN), "How much of it was read."),
            Column("csl", _TEXT, "Parts of a citation, as CSL-JSON."),
        ),
        ("id",),
    ),
)

#: The tables of a ledger, by name.
TABLES: dict[str, Table] = {table.name: table for table in _DECLARED}
