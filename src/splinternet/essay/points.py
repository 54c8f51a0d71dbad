"""Points in the brackets of a citation: names, years, a title, and a place in the work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from splinternet.essay.dates import MONTH
from splinternet.essay.resolving import WorkIndex

__all__ = ["Point", "parse_part", "split_parts"]

_SIGNAL = re.compile(
    r"^(?:(?:see(?: also)?|also|but|compare|cf|e\. ?g|i\. ?e|for example|and|as|"
    r"(?:as )?(?:qtd\.?|quoted|cited|reported|discussed) (?:in|by|from)|adapted from|citing|"
    r"quoting|"
    r"jfr|jf|jmf|se(?: även| også)?|por|zob|"
    r"(?:geciteerd|aangehaald) (?:in|door)|zie(?: ook)?|citado (?:en|por)|citato in|citerad i|"
    r"vgl|siehe(?: auch)?|s\. auch|zit(?:\.|iert) (?:nach|n\.|in)|zitiert bei|nach|so|"
    r"in(?= [^0-9])|voir(?: aussi)?|"
    r"cité (?:dans|par)|véase|vid|cit\. in)(?:[.,:] ?| |$))+",
    re.IGNORECASE,
)
#: Words that lead to a citation: ``for that, see Doe 2019``.
_LEADING = re.compile(r"^(?:[a-z]+,? ){1,8}(?=(?:see|cf\.|compare) (?:also )?[A-ZÀ-Þ“\"])")
#: A clause on whoever is named, and no place in the work.
_CLAUSE = re.compile(r"(?:who|whom|whose|which|where|then|now|once|the|an?|my|our|his|her|their)\b")
#: Within a part: a work that is cited by another one.
_BY_ANOTHER = re.compile(
    r",? (?:(?:as )?(?:qtd\.?|quoted|cited) (?:in|by)|zit(?:\.|iert) (?:nach|n\.|in)|"
    r"cité (?:dans|par))(?= )",
    re.IGNORECASE,
)
_YEAR = (
    r"(?:(?:(?:1[5-9]|20)[0-9]{2}/)?(?:1[5-9]|20)[0-9]{2}[a-z]?|n\. ?d\.?|o\. ?J\.|s\. ?d\.|"
    r"z\. ?d\.|no date|"
    r"undated|forthcoming|in press|im Erscheinen|à paraître|u\. ?å\.|s\. ?a\.|b\. ?d\.|udat\.)"
)
_VALUE = (
    r"(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|[0-9]{1,5}|[ivxlcIVXLC]{1,7}|[A-Z])"
    r"(?:n[0-9]{0,3})?(?:[-–][0-9ivxlc:]{1,8})?(?: ?ff?\.)?"
)
_KIND = (
    r"(?:pp?|pg|S|s|paras?|pars?|paragraphs?|chaps?|chs?|chapters?|secs?|sections?|figs?|figures?|"
    r"tables?|tab|lines?|ll?|vols?|nn?|notes?|arts?|articles?|loc|slides?|act|app|appendix|cols?|"
    r"verses?|Kap|Abs|Rn|Abb|Anm|ch|p|pages?|tabel|tabl|hfst|hoofdstuk|blz|afb|par|kapitel|kap|sid|cap|fol|plates?|"
    r"Tables?|Figures?|Figs?|part|bk|book|min|t|annex|box)\.?"
)
_LOCATOR = (
    rf"(?P<locator>n\. ?pag\.?|(?:{_KIND} ?|§ ?|¶ ?)?{_VALUE}"
    rf"(?:(?:, ?| and | & )(?:{_KIND} ?)?{_VALUE})*)"
)
_SEPARATOR = r"(?:[,:;]? | ?[:,] ?)"
_YEARS = rf"(?P<years>{_YEAR}(?:, ?{_YEAR}){{0,9}})"
_POINT = re.compile(rf"{_YEARS}(?:{_SEPARATOR}{_LOCATOR})?|{_LOCATOR.replace('locator', 'only')}")
_WHO_YEAR = re.compile(
    rf"(?P<who>.{{1,200}}?),? [(\[]?{_YEARS}[)\]]?(?:{_SEPARATOR}(?P<rest>.{{1,60}}))?"
)
_WHO_LOCATOR = re.compile(rf"(?P<who>.{{2,200}}?){_SEPARATOR}{_LOCATOR}")
#: A day of access, and day and month before a year, which tell works apart no better than it.
_ACCESSED = re.compile(
    r",? (?:accessed|retrieved|visited|viewed|consulted)\b.{0,40}$", re.IGNORECASE
)
_ORDINAL = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_DAY = re.compile(rf", (?:{_ORDINAL} )?{MONTH}(?: {_ORDINAL},)? (?=[12][0-9]{{3}}\b)")
_TITLE = re.compile(r",? ?[“\"'‘«„](?P<title>[^”\"»]{2,200}?),?[”\"'’»](?=[ ,.:;)]|$)")


@dataclass(frozen=True)
class Point:
    """A citation in its parts; ``who`` is empty where it gives no name."""

    who: str
    years: tuple[str, ...]
    title: str | None
    locator: str | None


def split_parts(text: str) -> Iterator[tuple[str, str]]:
    """Split what stands in brackets into citations.

    Yields each as written, and without ``see``, ``qtd. in`` and the like.
    """
    for part in text.split(";"):
        after = 0
        ends = [found.start() for found in _BY_ANOTHER.finditer(part) if found.start() > 2]
        for end in [*ends, len(part)]:
            written = part[after:end].strip(" ,")
            after = end
            if cited := _SIGNAL.sub("", _LEADING.sub("", written)):
                yield written, cited


def parse_part(text: str, index: WorkIndex) -> Point | None:
    """Read one citation; None if it cannot be one."""
    title = None
    text = re.sub(r"\[((?:1[5-9]|20)[0-9]{2}[a-z]?)\]", r"\1", text)
    if quoted := _TITLE.search(text):
        title = quoted["title"].rstrip(",.")
        text = (text[: quoted.start()] + text[quoted.end() :]).strip(" ,")
    text = _DAY.sub(", ", _ACCESSED.sub("", text))
    if not text:
        return Point("", (), title, None)
    if point := _POINT.fullmatch(text):
        return Point("", _years(point["years"]), title, point["locator"] or point["only"])
    if title and (dated := re.fullmatch(rf"{_YEARS}, (?P<rest>[^,]{{1,60}})", text)):
        return Point("", _years(dated["years"]), title, dated["rest"])
    if index.by_first(text):
        return Point(text, (), title, None)
    if dated := _WHO_YEAR.fullmatch(text):
        return Point(dated["who"].strip(" ,"), _years(dated["years"]), title, dated["rest"])
    if placed := _WHO_LOCATOR.fullmatch(text):
        return Point(placed["who"].strip(" ,"), (), title, placed["locator"])
    named = re.match(r"(?P<who>[^,]{2,120}), (?P<rest>.{1,80})", text)
    if named and index.by_first(named["who"]) and not index.meant_by_title(text):
        if _CLAUSE.match(named["rest"]):
            return None
        return Point(named["who"], (), title, named["rest"])
    return Point(text, (), title, None)


def _years(text: str | None) -> tuple[str, ...]:
    if not text:
        return ()
    return tuple(re.sub(r"^[0-9]{4}/", "", year) for year in re.split(r", ?", text))
