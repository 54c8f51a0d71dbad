"""Sources in CSL-JSON, the format of citation processors.

Fields that CSL lacks are in ``custom``, as its schema wants it: ``kind`` (what the source is),
``seen`` (how much of it was read) and ``original`` (whose report a copy has).
Definition: https://github.com/citation-style-language/schema, version 1.0.2.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from splinternet.base.dates import Span, parse_span, written
from splinternet.base.text import hidden_character
from splinternet.ledger.privacy import private_name, private_value
from splinternet.ledger.rows import unknown
from splinternet.ledger.vocabulary import SEEN, SOURCE_KINDS

__all__ = ["parse_source"]

_TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter "
    "classic collection dataset document entry entry-dictionary entry-encyclopedia event figure "
    "graphic hearing interview legal_case legislation manuscript map motion_picture musical_score "
    "pamphlet paper-conference patent performance periodical personal_communication post "
    "post-weblog regulation report review review-book software song speech standard thesis treaty "
    "webpage".split()
)
_NAME_FLAGS = frozenset("comma-suffix static-ordering parse-names".split())
_NAME_PARTS = _NAME_FLAGS | frozenset(
    "family given literal suffix dropping-particle non-dropping-particle".split()
)
_ISO_DATES = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}(/[0-9]{4}(-[0-9]{2}){0,2})?", re.ASCII)
_FEW_DIGITS = re.compile(r"\s*[0-9]{1,4}\s*", re.ASCII)
_CUSTOM = ("kind", "seen", "original")

#: What a citation is made of.
_CITED = (
    "id",
    "type",
    "title",
    "author",
    "container-title",
    "publisher",
    "issued",
    "accessed",
    "URL",
    "DOI",
    "language",
)

_TEXTS = ("title", "container-title", "publisher", "URL", "DOI", "language")

#: What lets a reader find a work.
_REACHABLE = ("URL", "DOI", "ISBN", "ISSN", "PMID", "container-title", "publisher", "archive")


def parse_source(entry: dict[str, Any]) -> dict[str, Any]:
    """Make a row of the table ``sources`` of a CSL-JSON item.

    Raises
    ------
    ValueError
        If it lacks what a source must have, names a date that does not exist, or holds private
        data of a person.
    """
    for problem in _problems(entry):
        raise ValueError(problem)
    custom = _custom(entry)
    dates = {key: spans for key in ("issued", "accessed") if (spans := _date(entry, key))}
    issued, accessed = (dates[key][-1] if key in dates else None for key in ("issued", "accessed"))
    for key in _TEXTS:
        _text(entry, key)
    cited = {key: entry[key] for key in _CITED if key in entry}
    cited |= {key: {"date-parts": [_parts(span) for span in spans]} for key, spans in dates.items()}
    return {
        "id": _text(entry, "id"),
        "kind": custom["kind"],
        "title": _text(entry, "title"),
        "authors": list(_authors(entry)),
        "container": _text(entry, "container-title") or None,
        "issued": issued and issued.last,
        "issued_precision": issued and issued.precision,
        "accessed": accessed and accessed.last,
        "url": _text(entry, "URL") or None,
        "original": custom.get("original"),
        "seen": custom["seen"],
        "csl": json.dumps(cited, ensure_ascii=False),
    }


def _problems(entry: dict[str, Any]) -> Iterator[str]:
    for key, text in _strings(entry):
        if private_name(key):
            yield f"{key[:40]!r} would hold private data of a person; remove it"
        if hidden_character(text) is not None or "\n" in text or "\r" in text or "\t" in text:
            yield f"{key[:40]!r}: holds a hidden character or a line break; remove it"
        if key not in ("URL", "DOI") and (private := private_value(text)):
            yield f"{key[:40]!r}: holds {private}; remove it"
    for key in ("id", "type", "title"):
        if not _text(entry, key):
            yield f"has no {key!r}; every source needs one"
    if entry["type"] not in _TYPES:
        yield unknown("type", entry["type"], _TYPES)
    if not any(_text(entry, key) for key in _REACHABLE):
        yield "cannot be found by a reader; give a URL, DOI, container-title or publisher"
    url = _text(entry, "URL")
    if url and not url.startswith(("http://", "https://")):
        yield f"URL: {url[:80]!r} is no address on the web; begin it with https://"


def _strings(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """All texts in an item, with the key each stands under; keys themselves too."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, name
            yield from _strings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, key)
    elif isinstance(value, str):
        yield key, value


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"{key}: must be text in quotation marks")
    return value.strip()


def _custom(entry: dict[str, Any]) -> dict[str, str]:
    custom = entry.get("custom")
    if not isinstance(custom, dict):
        raise ValueError("has no 'custom' with its kind and how much of it was seen")
    for key in custom:
        if key not in _CUSTOM:
            raise ValueError(f"custom: {unknown('key', key, _CUSTOM)}")
    for key, words in (("kind", SOURCE_KINDS), ("seen", SEEN)):
        if (word := _text(custom, key)) not in words:
            raise ValueError(f"custom: {unknown(key, word, words)}; one of {', '.join(words)}")
    return {key: _text(custom, key) for key in custom}


def _authors(entry: dict[str, Any]) -> Iterator[str]:
    authors = entry.get("author", [])
    if not isinstance(authors, list):
        raise ValueError("author: must be a list of names")
    for author in authors:
        if not isinstance(author, dict):
            raise ValueError("author: a name is an object with family and given, or literal")
        for part in set(author) - _NAME_FLAGS:
            _text(author, part)
        if strange := set(author) - _NAME_PARTS:
            raise ValueError(f"author: a name has no {sorted(strange)[0]!r}; remove it")
        name = _text(author, "family") or _text(author, "literal")
        if not name:
            raise ValueError("author: a name needs family or literal")
        yield name


def _date(entry: dict[str, Any], key: str) -> list[Span]:
    """Read a CSL date: a day, month or year, or both ends of a range.

    The later end is that by which all of it was out.
    """
    value = entry.get(key)
    if value is None:
        return []
    parts = _ends(value)
    if not isinstance(parts, list) or not 1 <= len(parts) <= 2:
        raise ValueError(f"{key}: is no CSL date; write {{'date-parts': [[2019, 11, 30]]}}")
    spans = [_span(key, part) for part in parts]
    if spans[-1].last < spans[0].first:
        raise ValueError(f"{key}: the range ends before it begins")
    if key == "accessed" and spans[-1].precision != "day":
        raise ValueError(f"{key}: give the day")
    return spans[:1] if spans[0] == spans[-1] else spans


def _ends(value: object) -> object:
    """Ends of a CSL date; of one left in words, as some programs write it, those in ISO 8601."""
    found = value
    if isinstance(value, dict):
        found = next((value[key] for key in ("date-parts", "raw", "edtf") if key in value), None)
    if isinstance(found, str) and _ISO_DATES.fullmatch(found.strip()):
        return [each.split("-") for each in found.strip().split("/")]
    return found


def _span(key: str, part: object) -> Span:
    if not isinstance(part, list) or not 1 <= len(part) <= 3:
        raise ValueError(f"{key}: a date is [year], [year, month] or [year, month, day]")
    # The schema allows text, and some programs write it.
    numbers = [int(n) if isinstance(n, str) and _FEW_DIGITS.fullmatch(n) else n for n in part]
    if any(type(number) is not int or not 0 <= number <= 9999 for number in numbers):
        raise ValueError(f"{key}: year, month and day are whole numbers")
    year, *rest = numbers
    try:
        return parse_span("-".join([f"{year:04}", *(f"{number:02}" for number in rest)]))
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from None


def _parts(span: Span) -> list[int]:
    """Write a date as CSL has it, in numbers."""
    return [int(number) for number in written(span.first, span.precision).split("-")]
