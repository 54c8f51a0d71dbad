"""Details of entries of all styles: addresses, days of access, volume, number and pages."""

from __future__ import annotations

import re
from typing import Any

from splinternet.essay.dates import Period, find_dates

__all__ = ["Item", "csl_date", "take_details", "take_numbers"]

#: A work as CSL-JSON.
Item = dict[str, Any]

_LINK = re.compile(
    r"[<(]?\b(?:https?://|www\.|(?:dx\.)?doi\.org/|doi:? ?(?=10\.))[^\s<>()]+>?\)?"
    r"|[<]?(?<![\w@.])[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){0,3}\.[a-z]{2,12}/[^\s<>]*>?",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:\[Online\]\.? ?)?(?:Available(?: at| from| online)?:?|Retrieved from|URL:?|Online:|"
    r"Verfügbar unter:?|Tillgänglig(?:t)?(?: på)?:?|Tilgjengelig(?: fra)?:?|Tilgængelig(?: på)?:?|"
    r"Saatavilla:?|Dostępn[ey]:?|Disponible (?:sur|en|à) ?:?|Dostupné z:?|Consulté sur)\s*$|"
    r"\[(?:Online|En ligne|online)\]\.?\s*$",
    re.IGNORECASE,
)
_ACCESS = (
    r"Accessed:?|Retrieved|Access date:?|Viewed|Date accessed:?|Last (?:accessed|visited)|"
    r"(?:zuletzt )?abgerufen(?: am)?|(?:letzter )?(?:Abruf|Zugriff)(?: am)?:?|Stand:?|"
    r"consulté le|cit\.|"
    r"(?:fecha de )?consulta(?:do)?(?: el)?:?|consultato il|geraadpleegd(?: op)?|acesso em:?|"
    r"hämta[dt]|hentet|besøkt|læst|lest|viitattu|dostęp:?|page consultée le|"
    r"visited(?: on)?|downloaded(?: on)?|as of"
)
_ACCESSED = re.compile(rf"[(\[]?\b(?:{_ACCESS})(?: on)?:? (?=[0-9A-ZÀ-Þa-z])", re.IGNORECASE)
#: A day with hyphens: 12-May-2026.
_HYPHENED = re.compile(r"\b([0-9]{1,2})-([A-Z][a-z]{2,8})\.?-([0-9]{4})\b")
_MEDIUM = re.compile(r"\b(?:Web|Print|Online|Television|E-mail|PDF)\.(?= |$)")
_NUMBERS = (
    re.compile(
        r"\b(?:vol|Jg|Bd|t)\.? ?(?P<volume>[0-9]{1,4})(?:,? \(?(?:no|iss|Nr|H|Heft|n°|nº|"
        r"č)\.? ?(?P<issue>[0-9]{1,4}(?:[-–/][0-9]{1,4})?)\)?)?",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<volume>[0-9]{1,4}) ?\((?P<issue>[0-9]{1,3}(?:[-–/][0-9]{1,3})?)\)"),
    re.compile(r"\b(?P<volume>[0-9]{1,4}),? (?:no|n°|nº|Nr|iss)\. ?(?P<issue>[0-9]{1,4})"),
    re.compile(r"\b(?:no|n°|nº|Nr|H|Heft)\.? ?(?P<issue>[0-9]{1,4})\b"),
    re.compile(r"(?<= )(?P<volume>[0-9]{1,3})\.(?P<issue>[0-9]{1,3}(?:[-–/][0-9]{1,3})?)(?= |,|$)"),
    re.compile(
        r"(?<=[a-z.] )(?P<volume>[0-9]{1,3})(?::(?P<issue>[0-9]{1,3}))?(?= \((?:[A-Z]\w+ )?[12])"
    ),
    re.compile(r"(?<=[a-z])[ ,]{1,2}(?P<volume>[0-9]{1,3})(?=[,:] ?[0-9]{1,5}[-–])"),
)
_PAGES = re.compile(
    r"(?:\b(?:pp?|S|s|str)\. ?|[:,] ?)(?P<page>[0-9]{1,5}[-–][0-9]{1,5})\b(?! ?[A-Z][a-z]{2} )"
)
_ARTICLE = re.compile(r",? ?(?:Article|Art\.) (?P<page>[A-Za-z]?[0-9]{1,8})\b")
_ORIGINAL = re.compile(
    r"\(?\b(?:Original work published|Originally published(?: in)?|First published) [12][0-9]{3}\)?"
)


def take_details(text: str, item: Item) -> str:
    """Move addresses, and the day of looking them up, from an entry into an item."""
    for found in _LINK.finditer(text):
        _take_link(found[0].strip("<>()").rstrip(".,;)]"), item)
    parts, after = [], 0
    for found in _LINK.finditer(text):
        before = text[after : found.start()]
        parts.append(_LEAD.sub("", before))
        after = found.end()
    text = "".join([*parts, text[after:]])
    text = _ORIGINAL.sub("", _take_access(text, item))
    text = re.sub(r"\[Online\]\.?|,? Available:?(?=\s|$)|Retrieved from\s*$", "", text)
    return " ".join(text.split()).strip()


def _take_link(link: str, item: Item) -> None:
    bare = re.sub(r"^(?:https?://)?(?:dx\.)?(?:doi\.org/|doi:? ?)", "", link, flags=re.IGNORECASE)
    if bare != link and bare.startswith("10."):
        item.setdefault("DOI", bare)
    elif "/" in link or "." in link:
        item.setdefault("URL", link)


def _take_access(text: str, item: Item) -> str:
    """Move a day of access: named as such, or after ``Web.`` as MLA 7 has it."""
    text = _HYPHENED.sub(r"\1 \2 \3", text)
    for accessed in _ACCESSED.finditer(text):
        day = next(iter(find_dates(text[accessed.end() : accessed.end() + 40])), None)
        if day and day[0] <= 4:
            item["accessed"] = csl_date(day[2])
            rest = text[accessed.end() + day[1] :].lstrip(".,)] ")
            before = text[: accessed.start()].rstrip(" ,.")
            return f"{before}. {rest.removeprefix('from').lstrip(' .')}".strip()
    medium = _MEDIUM.search(text)
    if medium:
        rest = text[medium.end() :]
        day = next(iter(find_dates(rest)), None)
        if day and day[0] <= 2:
            item["accessed"] = csl_date(day[2])
            rest = rest[day[1] :]
        return f"{text[: medium.start()].rstrip()} {rest.lstrip(' .')}".strip()
    return text


def take_numbers(rest: str, item: Item) -> str:
    """Move volume, issue and pages from a text into an item."""
    for pattern in (*_NUMBERS, _PAGES, _ARTICLE):
        if pattern is not _PAGES and pattern is not _ARTICLE and {"volume", "issue"} & set(item):
            continue
        found = pattern.search(rest)
        if found and not ("page" in found.groupdict() and "page" in item):
            item.update({key: value for key, value in found.groupdict().items() if value})
            rest = rest[: found.start()] + rest[found.end() :]
    return rest


def csl_date(period: Period) -> dict[str, list[list[int]]]:
    """Write a date as CSL does."""
    assert period.start is not None
    parts = [period.start.year, period.start.month, period.start.day]
    return {"date-parts": [parts[: {"year": 1, "month": 2}.get(period.precision, 3)]]}
