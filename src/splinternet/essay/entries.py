"""One entry of a list of works as CSL-JSON, by a small grammar with scored alternatives.

The details of all styles are taken first: addresses, days of access, volume, pages. For the
rest every shape that lists of works have (author and year in brackets, year after a full stop,
title in quotation marks, and so on) proposes where authors, year and title stand; the proposal
with the highest score counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from splinternet.essay.dates import find_dates, parse_date
from splinternet.essay.details import Item, csl_date, take_details
from splinternet.essay.names import UNNAMED, Authors, Name, is_body, names_body, parse_authors
from splinternet.essay.places import EDITION, IMPRINT, take_place
from splinternet.essay.quotations import find_quotations
from splinternet.essay.sentences import split_sentences

__all__ = ["parse_entry"]

_BULLET = re.compile(r"^(?:[-*•·‣–—o▪] |\[[0-9]{1,3}\] ?|\(?[0-9]{1,3}[.)] |\[\^?\w{1,20}\]:? )")
_REPEATED = re.compile(r"(?:[-–—_]{1,9}|Ders\.|Dies\.|Idem|Id\.)[.,]?")
_UNDATED = (
    r"(?i:n\. ?d\.|s\. ?d\.|o\. ?J\.|no date|undated|forthcoming|in press|im Erscheinen|"
    r"à paraître|z\. ?[dj]\.|[cs]\. ?a\.|u\. ?å\.|b\. ?d\.|udat(?:ert|eret)?\.?)"
)
_DATE = (
    rf"(?P<date>(?P<undated>{_UNDATED})|"
    rf"(?:[12][0-9]{{3}}/)?(?P<year>[12][0-9]{{3}})(?P<suffix>[a-z])?"
    r"(?P<more>, [A-Z0-9][^()]{2,30})?)"
)
_LONGEST = 300
#: No entry is longer; what looks so is a list that is not told apart, of which the first is read.
_MOST = 1500
#: A reading with author, year and title in their places, beside which no other is looked for.
_SURE = 2.1
#: A law by its kind and number, or by its name: no author stands before it.
_LAW = re.compile(
    r"(?P<title>(?:(?:Council|Commission|Implementing|Delegated|Federal) )*"
    r"(?:Regulation|Directive|Decision|Decree|Law|Order) (?:\([A-Z]{2,4}\) )?(?:[Nn]o\.? )?"
    r"[\w/-]*[0-9][\w/-]*(?: of (?:the [^,.]{3,60} of )?[0-9]{1,2} \w+ [12][0-9]{3})?|"
    r"(?:[A-Z][^,.:]{2,80} )?Act(?: (?:on|to|of) [^,.:]{3,80}?)?(?: [12][0-9]{3})?)"
    r"(?=, |\. [A-Z0-9]|$)"
)
_APA = re.compile(
    rf"(?P<who>[^\n]{{1,{_LONGEST}}}?),? \({_DATE}\)(?P<stop>[.,:]?)(?: |$)", re.IGNORECASE
)
_CHICAGO = re.compile(
    rf"(?P<who>[^\n]{{1,{_LONGEST}}}?(?:[.?!)]|(?<=[a-z.]),)) {_DATE}(?:\.|(?<=\.)) (?=\S)"
)
_HARVARD = re.compile(
    rf"(?P<who>[^\n“‘\"]{{1,{_LONGEST}}}?)[,]? (?P<date>(?P<year>[12][0-9]{{3}})"
    rf"(?P<suffix>[a-z])?|(?P<undated>{_UNDATED})), (?=\S)"
)
_YEAR = re.compile(r"(?<![\d–-])\b([12][0-9]{3})\b(?![–-]\d)")
_EXTENT = re.compile(r"[0-9]{1,4} ?(?:pp?|S|s|str)\.?")
_PLACE = re.compile(r"[A-ZÀ-Þ][\w .’'&-]{1,40}(?:, [A-Z][\w.]{1,12})?: [A-ZÀ-Þ]")
_PUBLISHED = re.compile(rf"{_PLACE.pattern}|[A-Z].{{2,60}}, [12][0-9]{{3}}\.?$")
#: A full stop within the words for authors that ends more than an initial or abbreviation.
_INNER_STOP = re.compile(
    r"(?<!\bJr)(?<!\bSr)(?<!\bSt)(?<!\bal)(?<!\beds)(?<!\bInc)[a-zà-þ]{2}[.?!] "
)
#: Initials and a family name at the start: J. van Doe, Title.
_NATURAL = re.compile(r"(?:[A-ZÀ-Þ]\.[ -]?){1,3}(?:[a-z]{1,4} ){0,3}[A-ZÀ-Þ][\w’-]+(?:,| and |;)")
#: No date, after the title.
_UNDATED_LATE = re.compile(r"[.,] [Nn]\. ?d\.(?=,? |$)")
#: A title that words for authors hold: a full stop or colon, and more words.
_TITLED = re.compile(r"[a-zà-þ]{3}[.:] .*[a-z]{3}")
#: Title and subtitle of a German list, up to place and press.
_GERMAN = re.compile(
    r"(?P<title>[^.,“„\"]{3,80}(?:\. (?!In:? |in:? )[A-ZÀ-Þ0-9][^.,:]*? [^.,:]{2,80}?)?)"
    r"(?=, (?:[0-9]{1,2}\.|[A-ZÀ-Þ][^,.:]{2,30}(?:: |\.$)))"
)


class _Date(NamedTuple):
    """When a work appeared: its year, all the words of its date, the letter after the year."""

    year: str | None
    exact: str = ""
    suffix: str | None = None
    undated: bool = False


@dataclass(frozen=True)
class _Reading:
    """A proposal: the style, the words for the authors, the date, the title and what follows it."""

    style: str
    who: Authors
    date: _Date
    title: str
    rest: str
    quoted: bool
    score: float


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
    numbered = bool(re.match(r"\[[0-9]", text))
    item: Item = {}
    core = take_details(_BULLET.sub("", text[:_MOST], count=1), item)
    readings = [reading for reading in _readings(core, numbered, "URL" in item) if reading.title]
    if not readings:
        return None
    best = max(readings, key=lambda reading: reading.score)
    repeated = _REPEATED.match(core)
    _fill(item, best, before if repeated else [])
    told = {"author", "editor", "issued", "URL", "DOI", "container-title", "accessed"} & set(item)
    return (best.style, item) if item["title"] and (told or best.date.undated) else None


def _fill(item: Item, reading: _Reading, before: list[Name]) -> None:
    """Put into an item what a reading found."""
    names = before or reading.who.names
    names = [
        name for name in names if not UNNAMED.fullmatch(f"{name.get('literal', '').rstrip('.')}.")
    ]
    take_place(
        item,
        reading.title,
        reading.rest,
        year=reading.date.year,
        exact=reading.date.exact,
        quoted=reading.quoted,
        numbered=reading.style == "IEEE",
    )
    if names:
        item["editor" if reading.who.editors and not before else "author"] = names
    exact = parse_date(reading.date.exact)
    if exact and reading.date.year:
        item["issued"] = csl_date(exact)
    elif reading.date.year and "issued" not in item:
        item["issued"] = {"date-parts": [[int(reading.date.year)]]}
    elif reading.date.undated:
        item.pop("issued", None)
    if reading.date.suffix:
        item["year-suffix"] = reading.date.suffix
    item["type"] = _type(item, reading.quoted)


def _readings(core: str, numbered: bool, linked: bool) -> Iterator[_Reading]:
    """Propose every way in which an entry may be read."""
    best = 0.0
    for style, pattern, base in (
        ("APA", _APA, 1.0),
        ("Chicago", _CHICAGO, 0.9),
        ("Harvard", _HARVARD, 0.75),
    ):
        for found in pattern.finditer(core[: 2 * _LONGEST]):
            if found.start() == 0:
                for reading in _dated_first(style, found, core, base, linked):
                    best = max(best, reading.score)
                    yield reading
            break
    if best < _SURE:
        yield from _undated(core, numbered)


def _dated_first(
    style: str, found: re.Match[str], core: str, base: float, linked: bool
) -> Iterator[_Reading]:
    """Propose author, date and title; and title and date, for want of an author."""
    who, rest = found["who"].strip(), core[found.end() :]
    parts = found.groupdict()
    exact = f"{parts['year'] or ''}{parts.get('more') or ''}"
    date = _Date(parts["year"], exact, parts["suffix"], bool(parts["undated"]))
    authors = Authors(score=1.0) if _REPEATED.fullmatch(who) else parse_authors(who)
    stop = parts.get("stop") or ""
    harvard = style == "Harvard" or (style == "APA" and not stop)
    titles = _titles(rest, commas=style == "Harvard" or stop == ",")
    german = _GERMAN.match(rest) if stop == ":" else None
    if german:
        titles = iter([(german["title"], rest[german.end() :], False)])
    for title, after, quoted in titles:
        yield _Reading(
            style="Harvard" if harvard else style,
            who=authors,
            date=date,
            title=title,
            rest=after,
            quoted=quoted,
            score=base
            + authors.score
            + _title_score(title, linked)
            + 0.1 * quoted
            - 0.3 * is_body(title)
            - 0.9 * (style != "APA" and bool(_TITLED.search(who))),
        )
    persons = re.search(r"[A-Z]\.$|, [A-Z]\.", who) or (rest.strip() and ", " in who)
    if style == "APA" and len(who.split()) > 1 and not persons:
        score = base + _title_score(who) + 0.4 * (1 - authors.score) + _like_title(who)
        yield _Reading(style, Authors(), date, _unstopped(who), rest, False, score)


def _undated(core: str, numbered: bool) -> Iterator[_Reading]:
    """Propose authors before a title in quotation marks, or before a full stop or comma."""
    date = _Date(None) if _UNDATED_LATE.search(core) else _last_date(core)
    if law := _LAW.match(core):
        title, rest = law["title"], core[law.end() :]
        yield _Reading("MLA", Authors(), date, title, rest, False, _SURE + 1)
    quoted = next((q for q in find_quotations(core) if q.depth == 0 and len(q.text) > 1), None)
    if quoted and quoted.start <= _LONGEST:
        who = core[: quoted.start].strip(" ,.:")
        authors = parse_authors(
            core[: quoted.start], natural=numbered or core[: quoted.start].rstrip().endswith(",")
        )
        title = _unstopped(quoted.text)
        rest = core[quoted.end :]
        score = 1.3 + (authors.score if who else 0.6) + _title_score(title)
        style = "IEEE" if numbered else "MLA"
        yield _Reading(style, authors, date, title, rest, True, score)
    for stop in list(re.finditer(r"\. (?=\S)", core[:_LONGEST]))[:8]:
        who, rest = core[: stop.start() + 1], core[stop.end() :]
        if re.fullmatch(r"(?:[A-ZÀ-Þ]\. ?){1,3}", who):
            continue  # initials before a family name
        authors = parse_authors(who)
        inner = _INNER_STOP.search(who[:-1])
        for title, after, marked in _titles(rest, commas=False):
            score = 0.6 + authors.score + _title_score(title) - 0.6 * bool(inner)
            yield _Reading("MLA", authors, date, title, after, marked, score)
    first, *others = [*split_sentences(core), ""]
    if first and not (quoted and quoted.start == 0):
        score = 0.9 + _like_title(first) + _title_score(first) - 0.7 * _has_authors(core)
        score -= 0.5 * (parse_authors(first).score > 0.8)
        if quoted and core[: quoted.start].endswith(", ") and len(quoted.text.split()) > 2:
            score -= 0.8  # a title in quotation marks after a name and a comma
        rest = " ".join(others)
        yield _Reading("MLA", Authors(), date, _unstopped(first), rest, False, score)
    yield from _before_colon(core, date)
    yield from _natural_first(core, date, numbered)


#: What goes on with names after a comma, rather than with a title.
_MORE_AUTHORS = re.compile(r"(?:[A-Z][\w’'-]+ [A-Z][\w’'-]+, ){0,4}and [A-Z]|[A-Z]\. ")


def _has_authors(core: str) -> bool:
    """Tell whether an entry starts with persons, family name first, or with a body and a comma."""
    for stop in list(re.finditer(r"\. (?=\S)", core[:_LONGEST]))[:4]:
        who = core[: stop.start() + 1]
        authors = parse_authors(who)
        persons = bool(authors.names) and all("family" in name for name in authors.names)
        if persons and authors.score >= 0.9 and "," in who and not _INNER_STOP.search(who[:-1]):
            return True
    if _NATURAL.match(core):
        return True
    return names_body(core.partition(", ")[0]) and ", " in core


def _before_colon(core: str, date: _Date) -> Iterator[_Reading]:
    """Propose ``Doe, Jane: Title. Place 2019``, as German lists have it."""
    found = re.match(r"(?P<who>[^:.]{3,120}?(?: \((?:Hg|Hrsg|Hgg)\.\))?): (?=\S)", core)
    authors = parse_authors(found["who"]) if found else Authors()
    if found and authors.score >= 0.9 and all("family" in name for name in authors.names):
        for title, after, quoted in _titles(
            core[found.end() :], commas=", " in core[found.end() :]
        ):
            score = 0.7 + authors.score + _title_score(title)
            yield _Reading("MLA", authors, date, title, after, quoted, score)


def _natural_first(core: str, date: _Date, numbered: bool) -> Iterator[_Reading]:
    """Propose ``J. Doe and R. Roe, Title. Place: Press, 2019``, as numbered lists have it."""
    for comma in list(re.finditer(r", ", core[:_LONGEST]))[:8]:
        authors = parse_authors(core[: comma.start()], natural=True)
        persons = all("family" in name for name in authors.names)
        body = not persons and names_body(core[: comma.start()])
        if not authors.names or not (persons or numbered or body) or authors.score < 0.5:
            continue
        rest = core[comma.end() :]
        flat = bool(date.year and f", {date.year}" in rest and ": " not in rest)
        for title, after, quoted in _titles(rest, commas=flat):
            title = re.sub(r" \([^()]*(?:$|\b[12][0-9]{3}\).*$)", "", title)
            score = 0.35 + authors.score + _title_score(title) + 0.3 * numbered
            score -= 0.1 * core[: comma.start()].count(",") + 0.5 * bool(_MORE_AUTHORS.match(rest))
            if persons and (imprint := IMPRINT.search(rest)) and not quoted:
                score, after = score + 1.2, f"{imprint['place']} {rest[imprint.end() :]}"
            if re.match(r"[A-Z]\.|(?:and|&|et|Jr|Sr)\b", rest) or not (persons or body):
                score -= 0.8
            yield _Reading("IEEE", authors, date, title, after, quoted, score)


def _titles(rest: str, commas: bool) -> Iterator[tuple[str, str, bool]]:
    """Yield titles that a text may start with, what follows, and whether marks are around it."""
    rest = rest.lstrip(" .,:")
    quoted = next((q for q in find_quotations(rest) if q.start == 0 and q.depth == 0), None)
    if (quoted and len(quoted.text.split()) > 1) or (
        quoted and rest[quoted.end : quoted.end + 1] in ",. "
    ):
        assert quoted
        yield _unstopped(quoted.text), rest[quoted.end :], True
        return
    edition = EDITION.search(rest, 2, _LONGEST)
    if edition and not re.search(r"[.?!] ", rest[: edition.start()]):
        yield _unstopped(rest[: edition.start()]), rest[edition.end() :], False
        return
    first, *others = [*split_sentences(rest), ""]
    if first.endswith(("?", "!")) and len(others) > 2 and _PUBLISHED.match(others[1]):
        first, others = f"{first} {others[0]}", others[1:]  # a subtitle after a question
    after = " ".join(others)
    if commas:
        pieces = [
            piece
            for piece in first.split(", ")
            if not (_EXTENT.fullmatch(piece) or _YEAR.fullmatch(piece.rstrip(".")))
        ]
        keep = max(1, len(pieces) - 2) if len(pieces) > 1 else 1
        yield _unstopped(", ".join(pieces[:keep])), f"{', '.join(pieces[keep:])} {after}", False
        return
    yield _unstopped(first), after, False


def _title_score(title: str, linked: bool = False) -> float:
    """Score how much words look like a title: not too short, not an initial, not a place.

    A page with an address is rarely followed by the place of a press.
    """
    words = title.split()
    if not words or re.fullmatch(r"(?:[A-Z]\.? ?){1,4}", title) or _YEAR.fullmatch(title):
        return -1.0
    score = 0.3 if len(words) > 1 else 0.1
    if re.search(r", pp?\. ", title):
        score -= 0.6
    if re.match(r"(?:and|&|[Ee]ds?\b|Jr\b|et al|In\b: |vol\.|no\.|pp?\.)", title):
        score -= 0.8
    if _PLACE.match(title) or re.match(r"https?:|[(\[]|[A-Z]\. ", title):
        score -= 0.2 if linked else 0.5
    if re.search(r"\([^()]*\b[12][0-9]{3}\)|, [12][0-9]{3}(?:,|$)", title):
        score -= 0.7
    if re.search(
        rf"\((?:[12][0-9]{{3}}[a-z]?(?:, [^()]{{2,20}})?|{_UNDATED})\)|^[12][0-9]{{3}}, ", title
    ):
        score -= 0.8
    return score - 0.4 * (len(words) > 45) - 0.3 * (not re.match(r"[\W]*[A-ZÀ-Þ0-9]", title))


def _like_title(text: str) -> float:
    """Score how much words that may be authors look like a title: small letters, a colon."""
    words = [word for word in text.split() if word[0].isalpha()]
    small = sum(word[0].islower() and len(word) > 3 for word in words)
    score = 0.35 * min(small, 3) + 0.4 * (":" in text or "?" in text)
    return min(score, 0.9) - 0.4 * bool(re.search(r", [A-Z](?:\.|[a-z]+\.?$)|, (?:and|&) ", text))


def _last_date(core: str) -> _Date:
    """Return the year of issue where it stands late in an entry, and the words of the date."""
    dates = [(start, end, period) for start, end, period in find_dates(core)]
    quoted = [q for q in find_quotations(core) if q.depth == 0]
    if quoted:
        dates = [d for d in dates if not any(q.start < d[0] < q.end for q in quoted)]
    years = [
        match
        for match in _YEAR.finditer(core)
        if not any(q.start < match.start() < q.end for q in quoted)
    ]
    years = [match for match in years if int(match[1]) <= 2100]
    if dates and (not years or years[-1].start() < dates[-1][1]):
        start, end, period = dates[-1]
        assert period.start
        return _Date(str(period.start.year), core[start:end])
    if years:
        return _Date(years[-1][1])
    return _Date(None)


def _type(item: Item, quoted: bool) -> str:
    """Name the kind of work, as CSL does, by what an entry tells of it."""
    to_the_day = len(item.get("issued", {"date-parts": [[]]})["date-parts"][0]) == 3
    if "volume" in item or "issue" in item:
        return "article-journal"
    if to_the_day and "container-title" in item:
        return "article-newspaper"
    if {"URL", "accessed"} & set(item):
        return "webpage"
    if quoted:
        return "chapter" if "page" in item else "article"
    return "book"


def _unstopped(title: str) -> str:
    return title.strip().rstrip(".,").strip()
