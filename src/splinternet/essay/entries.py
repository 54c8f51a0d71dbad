"""One entry of a list of works, in MLA, APA or Chicago author-date style, as CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from splinternet.essay.dates import Period, find_dates, parse_date
from splinternet.essay.names import Name, parse_authors
from splinternet.essay.quotations import find_quotations
from splinternet.essay.sentences import split_sentences

__all__ = ["parse_entry"]

Item = dict[str, Any]

_BULLET = re.compile(r"^(?:[-*•·]|\[?[0-9]{1,3}[.\])]) ")
_REPEATED = re.compile(r"[-–—_]{1,9}[.,]?")
_LINK = re.compile(r"(?:<|\b)(?:https?://|www\.|doi\.org/|doi: ?)[^\s<>]+>?", re.IGNORECASE)
_ACCESSED = re.compile(r"\b(?:Accessed|Retrieved|Access date:?|Viewed)(?: on)? ")
_APA = re.compile(
    r"(?P<authors>[^()“\"]{1,300}?) \((?P<date>(?P<year>[12][0-9]{3})(?P<suffix>[a-z])?"
    r"(?:, [A-Z][^()]{2,20})?|n\.d\.)\)\.? "
)
_CHICAGO = re.compile(
    r"(?P<authors>[^“\"0-9]{1,300}?)(?<=[.?!]) (?P<year>[12][0-9]{3})(?P<suffix>[a-z])?\. (?=\S)"
)
_YEAR = re.compile(r"\b[12][0-9]{3}\b")
_NUMBERS = (
    re.compile(r"\bvol\. (?P<volume>[0-9]{1,4})(?:, no\. (?P<issue>[0-9]{1,4}))?"),
    re.compile(r"\b(?P<volume>[0-9]{1,4}) ?\((?P<issue>[0-9]{1,4})\)"),
    re.compile(r"\b(?P<volume>[0-9]{1,4}), no\. (?P<issue>[0-9]{1,4})"),
)
_PAGES = re.compile(r"(?:\bpp?\. |[:,] ?)(?P<page>[0-9]{1,5}[-–][0-9]{1,5})\b")
_EMPTY = re.compile(r"\( ?\)|(?<=[.,:]) ?[.,:]+")


def parse_entry(text: str, before: list[Name]) -> tuple[str, Item] | None:
    """Read an entry: its style, and the work as CSL-JSON without an id.

    Parameters
    ----------
    text
        The entry, in one line.
    before
        Authors of the entry before it, whom three dashes stand for.

    Returns
    -------
    tuple or None
        None if it has no title, or nothing beside one.
    """
    item: Item = {}
    text = _take_links(_BULLET.sub("", text), item)
    style, authors, rest = _style(text, item)
    quoted = _take_title(rest, item)
    names = before if _REPEATED.fullmatch(authors) else parse_authors(authors)
    if style == "APA" and not {"container-title", "publisher"} & set(item) and _is_title(names):
        # Without an author, APA has the title before the date.
        item["container-title"], item["title"], names = item["title"], _unstopped(authors), []
    if names:
        item["author"] = names
    item["type"] = _type(item, quoted)
    told = {"author", "issued", "URL", "DOI", "container-title", "accessed"} & set(item)
    return (style, item) if item["title"] and told else None


def _style(text: str, item: Item) -> tuple[str, str, str]:
    """Tell the style by where the year stands; return it, the authors, and what follows them."""
    for style, pattern in (("APA", _APA), ("Chicago", _CHICAGO)):
        if found := pattern.match(text):
            _take_year(found.groupdict(), item)
            return style, found["authors"], text[found.end() :]
    authors, rest = _split_mla(text)
    return "MLA", authors, rest


def _take_links(text: str, item: Item) -> str:
    """Move addresses, and the day of looking them up, from a text into an item."""
    for found in _LINK.findall(text):
        link = found.strip("<>").rstrip(".,;)")
        bare = re.sub(r"^(?:https?://)?(?:dx\.)?(?:doi\.org/|doi: ?)", "", link, flags=re.I)
        key, value = ("DOI", bare) if bare != link and bare.startswith("10.") else ("URL", link)
        item.setdefault(key, value)
    text = _LINK.sub("", text)
    accessed = _ACCESSED.search(text)
    if accessed:
        for start, end, period in find_dates(text[accessed.end() :]):
            if start == 0:
                item["accessed"] = _csl_date(period)
                after = text[accessed.end() + end :].lstrip("., ").removeprefix("from")
                text = text[: accessed.start()] + after
            break
    return " ".join(text.split())


def _take_year(parts: dict[str, str | None], item: Item) -> None:
    date = (parts.get("date") or "").replace(
        f"{parts['year']}{parts['suffix']}", str(parts["year"])
    )
    if exact := parse_date(date):
        item["issued"] = _csl_date(exact)
    elif year := parts["year"]:
        item["issued"] = {"date-parts": [[int(year)]]}
    if suffix := parts["suffix"]:
        item["year-suffix"] = suffix


def _split_mla(text: str) -> tuple[str, str]:
    """Split authors from the rest: at a quoted title, or after the first full stop."""
    quoted = re.search(r"[“\"]", text)
    if quoted and quoted.start() <= 300:
        return text[: quoted.start()].strip(), text[quoted.start() :]
    parts = list(split_sentences(text))
    if len(parts) < 2:
        return "", text
    return parts[0], " ".join(parts[1:])


def _is_title(names: list[Name]) -> bool:
    """Tell a title that stands where authors do: no person, and of several words."""
    return len(names) == 1 and len(names[0].get("literal", "").split()) > 4


def _take_title(rest: str, item: Item) -> bool:
    """Move title, date, container and publisher into an item; tell whether the title is quoted."""
    quoted = next((q for q in find_quotations(rest) if q.start == 0 and q.depth == 0), None)
    if quoted:
        title, rest = quoted.text, rest[quoted.end :]
    else:
        title, rest = _first_part(rest)
    item["title"] = _unstopped(title)
    rest = _take_date(_take_numbers(rest, item), item)
    places = [place for part in _places(rest) if (place := _tidy(part))]
    in_another = {"volume", "page", "URL", "DOI"} & set(item) or _is_dated_to_the_day(item)
    if places and (quoted or in_another):
        item["container-title"] = places.pop(0)
    if places:
        item["publisher"] = ", ".join(places)
    return quoted is not None


def _first_part(text: str) -> tuple[str, str]:
    first, *others = [*split_sentences(text), ""]
    return first, " ".join(others)


def _places(rest: str) -> Iterator[str]:
    """Yield what may be the container, and the publisher."""
    first, after = _first_part(rest.strip(" .,").removeprefix("In "))
    container, _, more = first.partition(", ")
    yield from (container, more, after)


def _take_numbers(rest: str, item: Item) -> str:
    """Move volume, issue and pages from a text into an item."""
    for pattern in (*_NUMBERS, _PAGES):
        found = pattern.search(rest)
        if found:
            item.update({key: value for key, value in found.groupdict().items() if value})
            rest = rest[: found.start()] + rest[found.end() :]
    return rest


def _take_date(rest: str, item: Item) -> str:
    """Move the date of issue from a text into an item; it stands last."""
    dates = list(find_dates(rest))
    if dates:
        start, end, period = dates[-1]
        item["issued"] = _csl_date(period)
        return rest[:start] + rest[end:]
    years = list(_YEAR.finditer(rest))
    if years and "issued" not in item:
        item["issued"] = {"date-parts": [[int(years[-1][0])]]}
        return rest[: years[-1].start()] + rest[years[-1].end() :]
    return rest


def _type(item: Item, quoted: bool) -> str:
    """Name the kind of work, as CSL does, by what an entry tells of it."""
    if "volume" in item or "issue" in item:
        return "article-journal"
    if _is_dated_to_the_day(item) and "container-title" in item:
        return "article-newspaper"
    if {"URL", "accessed"} & set(item):
        return "webpage"
    if quoted:
        return "chapter" if "page" in item else "article"
    return "book"


def _is_dated_to_the_day(item: Item) -> bool:
    return len(item.get("issued", {"date-parts": [[]]})["date-parts"][0]) == 3


def _csl_date(period: Period) -> dict[str, list[list[int]]]:
    assert period.start is not None
    parts = [period.start.year, period.start.month, period.start.day]
    return {"date-parts": [parts[: {"year": 1, "month": 2}.get(period.precision, 3)]]}


def _unstopped(title: str) -> str:
    return title.strip().rstrip(".,").strip()


def _tidy(place: str) -> str:
    """Remove the punctuation that taken parts leave behind."""
    tidy = _EMPTY.sub("", place.strip(" .,:;")).strip(" .,:;()")
    return tidy if any(c.isalnum() for c in tidy) else ""
