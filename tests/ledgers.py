"""A small ledger as files, and changing one line of it."""

import csv
import io
import json
from pathlib import Path

ACTORS = [
    {"id": "ru", "kind": "state", "name": "Russia", "country": "RU", "aliases": "Kremlin"},
    {"id": "us", "kind": "state", "name": "United States", "country": "US", "aliases": "USA"},
    {"id": "huawei", "kind": "vendor", "name": "Huawei", "aliases": "华为; Hua Wei"},
    {"id": "samsung", "kind": "vendor", "name": "Samsung", "aliases": "Same"},
    {"id": "mts", "kind": "operator", "name": "MTS PJSC", "country": "RU", "aliases": "same"},
    {"id": "putin", "kind": "person", "name": "Vladimir Putin", "office": "President of Russia"},
    {"id": "as8359", "kind": "network", "name": "AS8359", "asn": "8359"},
    {"id": "law", "kind": "law", "name": "Law 90-FZ", "country": "RU"},
    {"id": "makers", "kind": "group", "name": "All makers"},
]

STATEMENTS = [
    {
        "id": "deal", "subject": "mts", "predicate": "partners_with", "object": "huawei",
        "start": "2019-06-05", "countries": "RU", "generations": "5G", "kind": "fact",
        "sources": "agency;blog", "summary": "They signed an agreement",
    },
    {
        "id": "share", "subject": "huawei", "predicate": "market_share", "object": "ru",
        "start": "2019-07", "end": "2019-09", "value_low": "31.7", "value_high": "31.7",
        "unit": "%", "basis": "shipments", "segments": "smartphones", "kind": "fact",
        "sources": "blog", "summary": "Share of a quarter",
    },
    {
        "id": "claimed", "subject": "huawei", "predicate": "market_share", "object": "ru",
        "start": "2019-11", "value_low": "37", "qualifier": "more than", "unit": "%",
        "segments": "smartphones", "kind": "quote", "sources": "blog", "summary": "A claim",
        "disputes": "share", "note": "basis not stated",
    },
    {
        "id": "ban", "subject": "us", "predicate": "bans", "object": "huawei", "start": "2019",
        "end": "2020-03", "deadline": "2021", "kind": "fact", "sources": "agency",
        "summary": "It was banned for a time",
    },
    {
        "id": "said", "subject": "putin", "predicate": "states", "claim": "this is a war",
        "start": "2019-06", "kind": "quote", "sources": "undated", "summary": "Words at a forum",
    },
    {
        "id": "runs", "subject": "mts", "predicate": "operates", "object": "as8359",
        "kind": "fact", "sources": "seen", "summary": "The name on the network",
    },
    {
        "id": "wrong", "subject": "makers", "predicate": "sells_to", "object": "ru",
        "start": "2018-10", "value_low": "2840000", "value_high": "2860000", "unit": "count",
        "basis": "smartphones", "kind": "estimate", "status": "deprecated", "sources": "blog",
        "summary": "Sold in a month", "note": "misread",
    },
]  # fmt: skip


def source(name: str, kind: str, **more: object) -> dict[str, object]:
    entry = {"id": name, "type": "article-newspaper", "title": f"Title of {name}"}
    custom = {"kind": kind, "seen": "excerpt"}
    return entry | {"container-title": "The Paper", "custom": custom} | more


def issued(*parts: int) -> dict[str, object]:
    return {"date-parts": [list(parts)]}


SOURCES = [
    source(
        "agency",
        "press",
        issued=issued(2019, 6, 6),
        URL="https://example.org/deal",
        author=[{"family": "Doe", "given": "Jane"}],
        custom={"kind": "press", "seen": "whole", "original": "Reuters"},
    ),
    source("blog", "repost", issued=issued(2019, 11)),
    source("undated", "primary"),
    source("seen", "dataset", accessed=issued(2019, 12, 1)),
    source("unseen", "essay", issued=issued(2019), custom={"kind": "essay", "seen": "not seen"}),
]

SETTINGS = 'title = "A small ledger"\nnotes = ["Made up for tests."]\n'


def as_csv(rows: list[dict[str, str]]) -> str:
    """The header names every column that any row has."""
    text = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_ledger(
    folder: Path, *, actors=ACTORS, statements=STATEMENTS, sources=SOURCES, settings=SETTINGS
) -> Path:
    """Write a folder; sources stand one on a line, the first on line 2."""
    folder.mkdir(exist_ok=True)
    (folder / "actors.csv").write_text(as_csv(actors), encoding="utf-8")
    (folder / "statements.csv").write_text(as_csv(statements), encoding="utf-8")
    entries = ",\n".join(json.dumps(entry) for entry in sources)
    (folder / "sources.json").write_text(f"[\n{entries}\n]\n", encoding="utf-8")
    (folder / "ledger.toml").write_text(settings, encoding="utf-8")
    return folder


def changed(rows: list[dict], name: str, **values: object) -> list[dict]:
    """Rows with one of them changed; None takes a value away."""
    assert any(row["id"] == name for row in rows)
    return [
        {k: v for k, v in (row | values).items() if v is not None} if row["id"] == name else row
        for row in rows
    ]
