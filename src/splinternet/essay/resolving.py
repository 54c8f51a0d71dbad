"""Works of a list that the words of a citation mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from splinternet.essay.names import ET_AL, UNNAMED, folded
from splinternet.essay.works import Work

__all__ = ["Reference", "WorkIndex", "names_in"]

_JOINTS = re.compile(r",? (?:and|&|und|et|y|e|en|och|og) |, & |, | ?/ ?")
_OTHERS = re.compile(
    rf",? (?:and )?(?:{ET_AL}|colleagues\b|co-?authors\b)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|an?|der|die|das|le|la|les) ")
_INITIALS = re.compile(r"^(?P<initial>[A-ZÀ-Þ])\. ?(?:[A-ZÀ-Þ]\. ?){0,3}(?=[A-ZÀ-Þ][a-zà-þ])")
_SUFFIX = re.compile(r",? (?:Jr|Sr)\.?$|,? (?:II|III|IV)$")
_POSSESSIVE = re.compile(r"(?:[’']s|(?<=s)[’'])$")
#: Initials that a list has behind the name of a body.
_IN_BRACKETS = re.compile(r" [\[(]([A-Z][\w&-]{1,11})[\])]$")
_SMALL = frozenset("of the for on and & für und pour et des du de la in at to".split())
#: So many authors are searched for one that is spelt nearly alike.
_MOST_COMPARED = 500


@dataclass(frozen=True)
class Reference:
    """Content of one citation: authors, year, title and locator, where it has them."""

    who: str
    year: str | None = None
    title: str | None = None
    locator: str | None = None


class WorkIndex:
    """A list of works, by the names that citations give them."""

    def __init__(self, works: Sequence[Work]) -> None:
        self.works = list(works)
        self.numbers = {work.number: work for work in works if work.number is not None}
        self.names: dict[str, str] = {}
        self._by_name: defaultdict[str, list[Work]] = defaultdict(list)
        self._abbreviations: dict[str, list[Work]] = {}
        self._bodies: defaultdict[str, set[str]] = defaultdict(set)
        for work in works:
            for author in work.authors[:1]:
                self.names[folded(author)] = author
            for name in _callings(work, 0):
                self._by_name[name].append(work)
            for word in _ends_of_body(work):
                self._bodies[word].add(work.authors[0])
            if not work.authors and (unnamed := UNNAMED.match(work.text)):
                self._by_name[folded(unnamed[0])].append(work)
        self._whole: defaultdict[str, set[str]] = defaultdict(set)
        self._given: defaultdict[str, set[str]] = defaultdict(set)
        for name in ((work.csl.get("author") or [{}])[0] for work in works):
            if "given" in name:
                self._whole[folded(f"{name['given']} {name['family']}")].add(name["family"])
                self._given[name["family"]].add(name["given"])
        self._firsts: defaultdict[str, list[Work]] = defaultdict(list)
        for work in works:
            self._firsts[_first_word(work.title)].append(work)
        self.others = {
            name
            for work in works
            for place in range(1, len(work.authors))
            for name in _callings(work, place)
        }
        self.most_words = min(10, max((len(name.split()) for name in self._by_name), default=0))
        self._near: dict[str, str | None] = {}

    def abbreviate(self, name: str, short: str) -> None:
        """Learn an abbreviation that a citation introduces: ``Bureau of Networks [BN]``."""
        if found := self.by_first(name):
            self._abbreviations[folded(short)] = found

    def by_first(self, name: str) -> list[Work]:
        """Return the works whose first author has this name, abbreviation or initials."""
        key = folded(_bare(name))
        return self._by_name.get(key) or self._abbreviations.get(key) or []

    def by_part(self, name: str) -> list[Work]:
        """Return the works of the one body whose name begins or ends with this word."""
        bodies = self._bodies.get(folded(_bare(name)), set())
        return self.by_first(min(bodies)) if len(bodies) == 1 else []

    def knows(self, name: str) -> bool:
        """Whether some work has an author of this name."""
        return bool(self.by_first(name)) or folded(_bare(name)) in self.others

    def meant(self, reference: Reference) -> list[Work]:
        """Return every work that a reference may mean."""
        found = self._by_authors(reference)
        if reference.title:
            titled = [work for work in found if _begins(work.title, reference.title)]
            if not found and not reference.who:
                titled = self._titled(reference.title, bool(reference.locator))
            found = titled
        elif not found and reference.who:
            found = self._by_author_and_title(reference.who) or self._titled(
                reference.who, bool(reference.locator and reference.who[:1].isupper())
            )
        if reference.year:
            found = found or self.by_part(reference.who)
            exact = [work for work in found if work.year == reference.year]
            found = exact or [work for work in found if _is_of(work, reference.year)]
            said = [work for work in found if reference.year in work.text]
            found = said if said and not reference.year[:1].isdigit() else found
        return found

    def _by_authors(self, reference: Reference) -> list[Work]:
        who, initial = _bare(reference.who), None
        if found := _INITIALS.match(who):
            who, initial = who[found.end() :], found["initial"]
        if not who:
            return []
        whole = self.by_first(who)
        names = names_in(who)
        others = bool(_OTHERS.search(who))
        meant = whole or [
            work for work in self.by_first(names[0] if names else who) if _has(work, names[1:])
        ]
        if initial:
            meant = [work for work in meant if _given(work).startswith(initial)]
        if others:
            several = [w for w in meant if len(w.authors) > 1 or re.search(ET_AL, w.text)]
            many = [w for w in several if len(w.authors) != 2]  # who leaves out one name, says it
            closer = many or several
        else:
            closer = [w for w in meant if len(w.authors) == max(len(names), 1)]
        return closer or meant

    def _by_author_and_title(self, who: str) -> list[Work]:
        """Read ``Doe, Nets`` and ``Doe, Nets of the World``: an author and a title unmarked."""
        author, _, title = who.partition(",")
        if not title.strip():
            return []
        return [work for work in self.by_first(author) if _begins(work.title, title)]

    def _titled(self, text: str, placed: bool = False) -> list[Work]:
        """Return works whose title begins so; those without an author before others.

        One word is enough for a work with an author where a place in the work is named.
        """
        found = [w for w in self._firsts.get(_first_word(text), ()) if _begins(w.title, text)]
        return [work for work in found if not work.csl.get("author")] or (
            found if placed or len(folded(text).split()) > 1 else []
        )

    def meant_by_title(self, who: str) -> bool:
        """Whether words are an author and a title of his or hers."""
        return bool(self._by_author_and_title(who))

    def is_whole_name(self, reference: Reference) -> bool:
        """Whether a reference is a given and family name alone, which no namesake asks for."""
        if reference.year or reference.title or reference.locator:
            return False
        families = self._whole.get(folded(reference.who), set())
        return any(len(self._given[family]) == 1 for family in families)

    def near(self, who: str) -> str | None:
        """Return an author of the list who is spelt nearly like this."""
        key = folded(who)
        if key not in self._near:
            likely = sorted(self.names)[:_MOST_COMPARED]
            found = get_close_matches(key, likely, n=1, cutoff=0.8) if key else []
            self._near[key] = self.names[found[0]] if found else None
        return self._near[key]


def names_in(who: str) -> list[str]:
    """Split the authors that a citation names."""
    names = _JOINTS.split(_OTHERS.sub("", who))
    return [name for name in (_bare(name) for name in names) if folded(name)]


def _callings(work: Work, place: int) -> Iterable[str]:
    """Yield what an author of a work may be called in a citation."""
    if place >= len(work.authors):
        return
    names = work.csl.get("author") or work.csl.get("editor") or []
    name = names[place]
    family = name.get("family") or name["literal"]
    found = {family, _SUFFIX.sub("", family)}
    if "given" in name:
        # A family name of several words may be cited by its last ones, or with the given name.
        words = f"{name['given']} {family}".split()
        found.add(" ".join(words))
        given = name["given"].split()
        if len(given) > 1 and not given[-1].endswith("."):
            found.add(f"{given[-1]} {family}")
        if place and len(words) == 3 and all(word.isalpha() for word in words):
            found.add(words[0])  # a family name may come first: Tremblay, Guy, and Koh Wei Ling
        if family.split()[0][:1].islower():
            found.add(re.sub(r"^(?:[a-zà-þ’']+ ){1,3}", "", family))
        if name.get("suffix"):
            found |= {f"{family} {name['suffix']}", f"{family}, {name['suffix']}"}
    else:
        words = family.split()
        capitals = [word for word in words if word[0].isupper() and word.lower() not in _SMALL]
        if len(capitals) > 1:
            found.add("".join(word[0] for word in capitals))
            found.add("".join(word[0] for word in words if word[0].isalpha()))
        if 1 < len(words) <= 3 and all(word.isalpha() for word in words):
            found |= {words[0], words[-1]} if _may_be_person(words) else set()
        if initials := _IN_BRACKETS.search(family):
            found |= {initials[1], family[: initials.start()]}
        found.add(re.sub(r",? (?:Inc|Ltd|LLC|Co|Corp|plc|GmbH)\.?$", "", family))
    yield from {folded(each) for each in found if folded(each)}


def _ends_of_body(work: Work) -> Iterable[str]:
    """Yield the first and last word of a body's name: what is left of it when it is known."""
    names = work.csl.get("author") or work.csl.get("editor") or [{}]
    words = [word for word in names[0].get("literal", "").split() if word[:1].isupper()]
    yield from {folded(word) for word in (words[:1] + words[-1:] if len(words) > 1 else [])}


def _may_be_person(words: Sequence[str]) -> bool:
    return all(word[0].isupper() and not word.isupper() for word in words)


def _bare(name: str) -> str:
    """Drop possessives, articles, a role and brackets around a year."""
    name = re.sub(r"^[Tt]he | \(?(?:red|eds?|Hrsg|Hg)\.\)?$", "", name.strip(" ,;:"))
    return _POSSESSIVE.sub("", name)


def _has(work: Work, names: Sequence[str]) -> bool:
    known = {name for place in range(1, len(work.authors)) for name in _callings(work, place)}
    return all(folded(_INITIALS.sub("", name)) in known for name in names)


def _given(work: Work) -> str:
    names = work.csl.get("author") or [{}]
    return str(names[0].get("given", ""))


def _begins(title: str, text: str) -> bool:
    """Tell whether a title begins with these words, leaving out articles."""
    words, start = (_ARTICLE.sub("", folded(each)) for each in (title, text))
    return bool(start) and f"{words} ".startswith(f"{start} ")


def _first_word(text: str) -> str:
    return _ARTICLE.sub("", folded(text)).partition(" ")[0]


def _is_of(work: Work, year: str) -> bool:
    if not year[:1].isdigit():
        return work.year is None
    of = work.year or ""
    return of == year or (len(year) == 4 and of[:4] == year) or (len(of) == 4 and of == year[:4])
