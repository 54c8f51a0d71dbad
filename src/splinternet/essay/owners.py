"""Authors in the running text whom a year or page alone, in brackets behind them, belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from splinternet.essay.names import ET_AL, folded
from splinternet.essay.resolving import Reference, WorkIndex, names_in
from splinternet.essay.unlisted import takes_number
from splinternet.essay.works import Work

__all__ = ["owner", "titled_in"]

_NAME = r"[A-ZÀ-Þ][\w’'-]*"
_PARTICLES = r"(?:(?:de|van|von|der|den|di|da|del|la|du|dos|al) ){0,3}"
_OTHERS = rf"(?:{ET_AL}|(?:and |& )?(?:(?:her|his|their) )?(?:colleagues|co-?authors)\b)"
#: Several authors, or one and others, at the end of a text.
_TOGETHER = re.compile(
    r"(?P<who>[A-ZÀ-Þ][\w’'.-]*(?:,? [A-ZÀ-Þa-z][\w’'-]*){0,6}?,? (?:(?:and|&|"
    rf"und) {_PARTICLES}"
    r"[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?"
    rf"|{_OTHERS})(?:[’']s|(?<=s)[’'])?)$"
)
#: The same anywhere in a text, of family names alone.
_JOINT = re.compile(
    rf"{_PARTICLES}{_NAME}(?:, {_PARTICLES}{_NAME})*,? "
    rf"(?:(?:and|&|und) {_PARTICLES}{_NAME}|{_OTHERS})"
)
_LONG = r"[A-ZÀ-Þ][\w’'-]+"
_LINK = r"(?:,? (?:and|&) |,? et al\.?|,? e\.a\.)"
#: Names with a link between any two, else a run of capitals is read in more ways than can be tried.
_NAMES_AT_END = re.compile(rf"{_LONG}(?:{_LINK}{_LONG})*{_LINK}?$")
_SMALL_STARTS = frozenset("de van von al di da la del der".split())
_SAYING = re.compile(
    r"\b(?:says|said|writes?|wrote|argues?|notes?|puts?|claims?|calls?|finds?|observes?|"
    r"remarks?|reports?|concludes?|warns?|adds?|thinks?|thought|finds?|found|shows?|describes?|"
    r"believes?|sees?|according to|as)\b",
    re.IGNORECASE,
)
#: Whoever signs a block quotation, before the work it is from.
_SIGNING = re.compile(r"\s*(?:[—–―]|--)")
#: What an author has, before the year of it: ``Doe’s last book (2019)``.
_HAS = re.compile(r"(?:[’']s|s[’'])(?: [a-zà-þ-]+){1,4}$")


def owner(index: WorkIndex, text: str, years: Sequence[str], bare: bool) -> str:
    """Return the author whom the text before a year or page alone names; empty if none.

    Parameters
    ----------
    index
        The list of works.
    text
        What stands before the brackets.
    years
        Those in the brackets; none for a page alone.
    bare
        Whether the essay cites without years.
    """
    text = text.rstrip()
    together = _TOGETHER.search(text[-140:])
    if years and together:
        for who in _shorter(together["who"]):
            if names_in(who) and index.by_first(names_in(who)[0]):
                return who
    words = [(m.start(), m[0]) for m in re.finditer(r"[^\s,;:()“”\"]+", text)]
    for end in range(len(words), 0, -1):
        for start in range(max(0, end - index.most_words), end):
            at = words[start][0]
            who = text[at : words[end - 1][0] + len(words[end - 1][1])]
            named = who[0].isupper() or who.partition(" ")[0] in _SMALL_STARTS
            known = named and index.by_first(who)
            if known and _is_cited(index, who, years, adjacent=end == len(words)):
                return who if years else _jointly(index, text, at) or who
        if end == len(words) and years and not _may_stand_before(text):
            break
    if not years or bare:
        return ""
    last = _NAMES_AT_END.search(text[-60:])
    return last[0] if last and not takes_number(last[0]) else ""


def titled_in(works: Sequence[Work], text: str) -> list[Work]:
    """Return the works whose titles, of two words or more without subtitles, stand in a text."""
    plain = f" {folded(text)} "
    titles = ((work, folded(work.title.partition(":")[0])) for work in works)
    return [work for work, title in titles if " " in title and f" {title} " in plain]


def _is_cited(index: WorkIndex, who: str, years: Sequence[str], adjacent: bool) -> bool:
    """Tell whether a name in the text may own a year or page that follows later."""
    if adjacent or not years:
        return True
    return any(index.meant(Reference(who, year)) for year in years)


def _jointly(index: WorkIndex, text: str, at: int) -> str:
    """Return the authors of one work among whom the name at a place stands."""
    joint = next((m for m in _JOINT.finditer(text) if m.start() <= at < m.end()), None)
    whole = _shorter(joint[0]) if joint else ()
    return next((who for who in whole if " " in who and index.meant(Reference(who))), "")


def _may_stand_before(text: str) -> bool:
    """Tell whether the author may stand well before: of a saying, a signature, a possession."""
    return bool(_SAYING.search(text) or _SIGNING.match(text) or _HAS.search(text))


def _shorter(who: str) -> Iterator[str]:
    """Yield a run of names, and its ends, as words before it may be none of them."""
    words = who.split(" ")
    for start in range(len(words)):
        yield " ".join(words[start:])
