"""Where a work stands, as an entry tells: container, editors of it, publisher, volume, pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from splinternet.essay.dates import find_dates, parse_date
from splinternet.essay.details import Item, csl_date, take_numbers
from splinternet.essay.names import parse_authors
from splinternet.essay.sentences import split_sentences

__all__ = ["EDITION", "IMPRINT", "take_place"]

_EMPTY = re.compile(r"\( ?\)|\[ ?\]|(?<=[.,:]) ?[.,:]+")
_IN = re.compile(r"^(?:In|in|Dans|dans|En|en)(?:: ?| )(?=\S)")
_ONE = r"[A-ZÀ-Þ][^,0-9“()]{2,40}?"
_EDITED = re.compile(
    r",? (?:edited|ed\.|hrsg\. von|sous la dir(?:ection|\.) de|a cura di|éd\. par) (?:by )?"
    rf"(?P<who>{_ONE}(?:(?:, {_ONE}){{0,4}},? and {_ONE})?)(?=[,.](?: [A-Z0-9]|$)|, ?(?:vol|"
    rf"pp?|no)\b| \(|$)"
)
_EDITORS = re.compile(
    r"^(?P<who>[^0-9“‘]{3,200}?),? [(\[](?:[Ee]ds?\.?|[Hh]rsg\.?|[Hh]g\.?|dir\.?|"
    r"[Cc]oords?\.?|[ée]ds?\.|a cura di)[)\]]"
    r"(?P<stop>[,:.]?) (?=\S)"
)
#: Editors behind the title of their book, initials first: in Masts, P. Roe and A. Poe, Eds.
_LATE_EDITORS = re.compile(
    r", (?P<who>(?:[A-ZÀ-Þ]\.[ -]?){1,3}[^0-9“‘:]{2,150}?),? \(?[Ee]ds?\.\)?(?=[ ,.]|$),?"
)
_MLA_EDITOR = re.compile(
    r",? (?:^|(?<= ))(?P<role>[Ee]d\.|[Tt]rans\.|[Tt]ranslated by|[Ii]ntroduction by) "
    r"(?P<who>[A-Z][^,.]{2,60})"
)
#: The words for an edition, which end a title.
EDITION = re.compile(
    r",? ?\(?\b[0-9]{1,2}(?:st|nd|rd|th|\.)? (?:,? ?(?:rev\.|überarb\.|erw\.) ){0,2}"
    r"(?:eds?\.|edition|Aufl\.|éd\.|uppl\.?|utg\.?|udg\.)\)?[.,]?|"
    r",? ?\brev\. ed\."
)
#: Words for what no container holds, and for a talk with whoever wrote it.
#: Place, press and year behind a title.
IMPRINT = re.compile(
    r" \((?P<place>[A-ZÀ-Þ][^():“”]{1,40}(?:: [^()“”]{2,60})?), [^(),]*[12][0-9]{3}\)"
)
_UNBOUND = re.compile(
    r"\b(?:lecture notes|(?:working|discussion|research|occasional) papers? [\w.-]+|Rep\. [\w-]+|"
    r"^\((?:(?:public|guest|inaugural) )?(?:lecture|speech|talk|keynote|remarks|paper|address)\b|"
    r"(?:M\. ?[AS]c?\.?|Ph\. ?D\.|master[’']s|doctoral) (?:thesis|dissertation))",
    re.IGNORECASE,
)
_INTERVIEW = re.compile(r"^[ ,.]*[Ii]nterview(?:ed)? by (?:[A-ZÀ-Þ]\. ?)*[^,.]{2,50}[,.] ?")
#: The name of a journal or of proceedings in abbreviations, up to the comma after it.
_ABBREVIATED = re.compile(
    r"(?:[A-Z][\w-]*|\d+(?:st|nd|rd|th)|on|of)(?:\.? (?:[A-Z][\w-]*|\d+(?:st|nd|rd|th)|on|of)){0,8}"
    r"(?<=[a-zA-Z])\.?(?=,)"
)
_SHORT = re.compile(
    r"\b(?:Proc|Trans|Int|Conf|J|Rev|Symp|Netw|Econ|Telecommun|Technol|Commun|Eng|Sci|Syst|Comput|"
    r"Stud|Res|Lett|Mag|Assoc|Soc|Nat|Ann|Bull|Mgmt|Pol)\."
)
#: What kind of place it is: The Interpreter (blog).
_MEDIUM = re.compile(r" [(\[](?:[a-z]+ ?){1,3}[)\]]$")
_GENRE = re.compile(
    r" \[[A-Za-z][^\[\]]{2,40}\]| \((?:Report|Working Paper|Policy Brief|Publication|"
    r"Rep\.) No\. [^()]{1,20}\)"
    r"| \([^()]{0,50}(?:thesis|dissertation|No\. ?[\w-]{1,8}|Vol\. ?\w{1,5})\)"
)


def take_place(
    item: Item, title: str, rest: str, *, year: str | None, exact: str, quoted: bool, numbered: bool
) -> None:
    """Move title, container, editors of it, publisher and numbers into an item.

    Parameters
    ----------
    item
        The work, to which they are added.
    title, rest
        The title, and the words that follow it.
    year, exact
        Year of issue, and the words for the whole date.
    quoted
        Whether the title has quotation marks, as that of a part of something has.
    numbered
        Whether the style is that of numbered lists, where a journal, abbreviated, ends at a comma.
    """
    rest = EDITION.sub("", _GENRE.sub("", rest)).strip(" .,")
    rest = re.sub(r"^[Nn]\. ?d\.? ?", "", _INTERVIEW.sub("", rest))
    title = EDITION.sub("", _GENRE.sub("", title)).strip(" ,.") or title
    title = re.sub(r" \([^()]{2,60}, (?:Trans|Ill|Übers)s?\.?\)$", "", title)
    title = re.sub(r"[.,] (?:[nsc]\. ?[dla]|o\. ?J)\.?$", "", title)
    item["title"] = title
    rest, in_another = _IN.subn("", rest)
    if edited := _EDITED.search(rest):
        item["editor"] = parse_authors(edited["who"], natural=True).names
        rest = rest[: edited.start()] + rest[edited.end() :]
    elif in_another and (edited := _EDITORS.match(rest)):
        natural = "," not in edited["who"]
        item["editor"] = parse_authors(edited["who"], natural=natural).names
        rest = rest[edited.end() :]
    elif in_another and (edited := _LATE_EDITORS.search(rest)):
        item["editor"] = parse_authors(edited["who"], natural=True).names
        rest = f"{rest[: edited.start()]}. {rest[edited.end() :].lstrip()}"
    if (named := _MLA_EDITOR.search(rest)) and named["role"].lower() == "ed.":
        item.setdefault("editor", parse_authors(named["who"], natural=True).names)
    rest = _MLA_EDITOR.sub("", rest)
    rest = IMPRINT.sub(r", \g<place>", take_numbers(rest, item))
    for _, _, period in find_dates(rest):
        if period.start and str(period.start.year) == year and len(exact) < 6:
            item["issued"] = csl_date(period)
    rest = _without_dates(rest, year, exact)
    journal = numbered and quoted and "volume" in item
    places = [place for part in _places(rest, journal) if (place := _tidy(part))]
    told = {"volume", "page", "URL", "DOI"} & set(item) or parse_date(exact)
    publisher = bool(re.match(r"[^.,]{2,40}: \S", rest))
    held = not _UNBOUND.search(rest)
    if places and held and (quoted or in_another or (told and not publisher)):
        item["container-title"] = places.pop(0)
    if places:
        item["publisher"] = ", ".join(places)


def _without_dates(rest: str, year: str | None, exact: str) -> str:
    if len(exact) > 5:
        rest = rest.replace(exact, "")
    spans = [(start, end) for start, end, _ in find_dates(rest)]
    for start, end in reversed(spans):
        rest = rest[:start] + rest[end:]
    if year:
        rest = re.sub(rf"\(?\b{year}\b\)?", "", rest)
    return re.sub(r"\b(?:Spring|Summer|Autumn|Fall|Winter)\b(?=[ ,.)]|$)", "", rest)


def _places(rest: str, journal: bool) -> Iterator[str]:
    """Yield what may be the container, and the publisher."""
    rest = rest.strip(" .,")
    if journal and re.search(r"\b[A-Z]\w*\. ?[A-Z]|\.$", rest.partition(",")[0]):
        yield from rest.split(",", 1)
        return
    short = _ABBREVIATED.match(rest)
    if short and _SHORT.search(short[0]):
        yield from (short[0], rest[short.end() :].strip(" ,"))
        return
    first, *others = [*split_sentences(rest), ""]
    container, _, more = first.partition(", ")
    yield from (container, more, " ".join(others))


def _tidy(place: str) -> str:
    """Remove the punctuation that taken parts leave behind."""
    tidy = _EMPTY.sub("", _MEDIUM.sub("", place.strip(" .,:;"))).strip(" .,:;()[]")
    return tidy if any(c.isalpha() for c in tidy) else ""
