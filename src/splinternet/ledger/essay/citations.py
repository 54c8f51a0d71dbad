"""Citations in the text, and which work of the list each means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from splinternet.ledger.essay.dates import MONTH
from splinternet.ledger.essay.names import folded
from splinternet.ledger.essay.sentences import Sentence
from splinternet.ledger.essay.works import Work

__all__ = ["Citation", "Uncited", "find_citations", "uncited_works"]

Status = Literal["unique", "ambiguous", "missing"]

_PARENTHESES = re.compile(r"\(([^()]{1,200})\)")
_SIGNAL = re.compile(
    r"(?:see(?: also)?|cf\.|e\.g\.,?|also|(?:as )?(?:qtd\.|quoted|cited) (?:in|by)) ", re.IGNORECASE
)
_YEAR = r"(?:(?:1[5-9]|20)[0-9]{2}[a-z]?|n\.d\.)"
_PAGE = r"[,:]? ?(?:pp?\. ?|para\. ?)?(?P<page>[0-9]{1,5}(?:[-–][0-9]{1,5})?)"
_POINT = re.compile(rf"(?P<years>{_YEAR}(?:, {_YEAR}){{0,9}})?(?:{_PAGE})?")
_WHO = re.compile(rf"(?P<who>.{{1,200}}?),? (?P<years>{_YEAR}(?:, {_YEAR}){{0,9}})(?:{_PAGE})?")
_WHO_AND_PAGE = re.compile(rf"(?P<who>.{{1,200}}?){_PAGE}")
_TITLE = re.compile(r",? ?[“\"'‘](?P<title>[^”\"]{2,200}?),?[”\"'’]")
_INITIALS = re.compile(r"(?P<initial>[A-Z])\. ?(?:[A-Z]\. ?){0,3}(?=[A-Z][a-z])")
_NAMES = re.compile(r", (?:and|&) |, | & | and ")
#: Capitalised words, which an author unknown to the list may be.
_AUTHOR = re.compile(
    r"[A-ZÀ-Þ][\w’'-]{1,30}(?:(?:,? (?:and|&))? [A-ZÀ-Þ][\w’'-]{1,30}|/[A-Z]\w{0,30}){0,4}"
    r"(?:,? et al\.?)?"
)
#: Several authors, or one and others, at the end of a text.
_TOGETHER = re.compile(r"(?P<first>[\w’'-]+) (?:(?:and|&) [\w’'-]+|et al\.?) ?$")
_NO_AUTHOR = re.compile(
    rf"(?:{MONTH}|Figure|Fig|Table|Chapter|Section|Part|Appendix|Note|Box|Page|Article)\b"
)
_ACRONYM = re.compile(r"[A-Z0-9&]{1,7}")


@dataclass(frozen=True)
class Citation:
    """A citation in the text.

    Parameters
    ----------
    text
        As written, without parentheses; of several in one pair, this one.
    sentence, line
        Number of the sentence it stands in, and line of the file.
    start, end
        Where it stands in the sentence; several in one pair of parentheses stand at one place.
    supports
        The words before it, back to the start of the sentence or the citation before it.
    status
        unique: one work is meant. ambiguous: it may mean several. missing: no work of the list.
    works
        Id of the work, or ids of all it may mean.
    page
        The page it names.
    hint
        Why it is missing, or an author in the list who is spelt nearly alike.
    """

    text: str
    sentence: int
    line: int
    start: int
    end: int
    supports: str
    status: Status
    works: tuple[str, ...]
    page: str | None = None
    hint: str | None = None


@dataclass(frozen=True)
class Uncited:
    """A work in the list that no citation certainly means; ``maybe`` if an ambiguous one may."""

    work: str
    maybe: bool


@dataclass(frozen=True)
class _Reference:
    """What one citation says: authors, year, title and page, where it has them."""

    who: str
    year: str | None
    title: str | None
    page: str | None


def find_citations(
    sentences: Sequence[Sentence], works: Sequence[Work] | None, actors: frozenset[str]
) -> list[Citation]:
    """Find the citations of an essay, and resolve each.

    A citation is a pair of parentheses, or a part of one between semicolons, that names an author
    or title of the list, or else looks as if it did: capitalised words with a year or a page, or,
    in a list of MLA style, capitalised words alone before a punctuation mark. A year alone after an
    author's name is one too, and a page alone after a sentence that names an author.

    Parameters
    ----------
    sentences
        Those of the prose.
    works
        The list of works; None if there is none.
    actors
        Folded names of actors, which are not taken for authors that the list lacks.
    """
    resolver = _Resolver(works or (), actors, bare=not works or _mostly_mla(works))
    found: list[Citation] = []
    for sentence in sentences:
        after = 0
        for pair in _PARENTHESES.finditer(sentence.text):
            cited = list(resolver.citations(sentence, pair, after))
            if cited:
                after = pair.end()
            found += cited
    return found


def uncited_works(works: Sequence[Work], citations: Sequence[Citation]) -> list[Uncited]:
    """Return the works of the list that no citation certainly means."""
    certain = {id for c in citations if c.status == "unique" for id in c.works}
    perhaps = {id for c in citations for id in c.works} - certain
    return [Uncited(work.id, work.id in perhaps) for work in works if work.id not in certain]


def _mostly_mla(works: Sequence[Work]) -> bool:
    return 2 * sum(work.style == "MLA" for work in works) >= len(works)


class _Resolver:
    """Resolves citations against one list of works."""

    def __init__(self, works: Sequence[Work], actors: frozenset[str], bare: bool) -> None:
        self.works = works
        self.actors = actors
        self.bare = bare
        self.authors = {folded(author) for work in works for author in work.authors}

    def citations(self, sentence: Sentence, pair: re.Match[str], after: int) -> Iterator[Citation]:
        """Yield what a pair of parentheses cites; ``after`` is where the last one ended."""
        for part in pair[1].split(";"):
            text = _SIGNAL.sub("", part.strip(), count=1)
            for reference in self._references(text, sentence.text, pair):
                meant = self._meant(reference)
                if not meant and not self._looks_like_one(reference, sentence.text[pair.end() :]):
                    continue
                yield Citation(
                    text=part.strip(),
                    sentence=sentence.number,
                    line=sentence.line,
                    start=pair.start(),
                    end=pair.end(),
                    supports=sentence.text[after : pair.start()].strip(" ,;"),
                    status=("missing", "unique", "ambiguous")[min(len(meant), 2)],
                    works=tuple(work.id for work in meant),
                    page=reference.page,
                    hint=None if meant else self._hint(reference),
                )

    def _references(self, text: str, sentence: str, pair: re.Match[str]) -> Iterator[_Reference]:
        """Yield what a citation refers to; one of several years refers to as many works."""
        title = None
        if quoted := _TITLE.search(text):
            title = quoted["title"]
            text = (text[: quoted.start()] + text[quoted.end() :]).strip()
        if point := _POINT.fullmatch(text):
            who = "" if title else self._named_before(sentence[: pair.start()], point["years"])
            if not who and not title:
                return
        else:
            point = _WHO.fullmatch(text) or _WHO_AND_PAGE.fullmatch(text)
            who = point["who"] if point else text
        years = point.groupdict().get("years") if point else None
        page = point["page"] if point else None
        for year in (years or "").split(", "):
            yield _Reference(who.strip(" ,"), year or None, title, page)

    def _named_before(self, text: str, year: str | None) -> str:
        """Return the author that the text before a year or page alone names."""
        words = folded(text)
        if not year:
            named = [a for a in self.authors if re.search(rf"\b{re.escape(a)}\b", words)]
            return max(named, key=words.rfind, default="")
        together = _TOGETHER.search(text[-100:])
        if together and folded(together["first"]) in self.authors:
            return together[0].strip()
        for author in self.authors:
            if words.endswith(author):
                return author
        if self.bare:
            return ""
        last = re.search(r"[A-ZÀ-Þ][\w’'-]+(?= ?$)", text[-60:])
        return last[0] if last else ""

    def _meant(self, reference: _Reference) -> list[Work]:
        """Return every work that a reference may mean."""
        who, initial = reference.who, None
        if initials := _INITIALS.match(who):
            who, initial = who[initials.end() :], initials["initial"]
        meant = [work for work in self.works if _is_by(work, who, initial)]
        if "et al" in who:
            closer = [work for work in meant if len(work.authors) > 1 or "et al" in work.text]
        else:
            closer = [work for work in meant if len(work.authors) == len(_named(who))]
        meant = closer or meant
        if not who or not meant:
            meant = self._titled(reference.title or who) if reference.title or who else []
        elif reference.title:
            meant = [work for work in meant if _begins(work.title, reference.title)]
        if not meant and "," in who and not reference.title:
            author, _, title = who.partition(",")
            meant = [
                w for w in self.works if _is_by(w, author, initial) and _begins(w.title, title)
            ]
        if reference.year:
            meant = [work for work in meant if _is_of(work, reference.year)]
        return meant

    def _titled(self, text: str) -> list[Work]:
        """Return works without an author whose title begins so."""
        return [work for work in self.works if not work.authors and _begins(work.title, text)]

    def _looks_like_one(self, reference: _Reference, following: str) -> bool:
        """Tell a citation of a work that the list lacks from any other words in parentheses."""
        who = reference.who
        if not who:
            return reference.title is not None
        if folded(who) in self.authors:
            return True
        if not _AUTHOR.fullmatch(who) or _NO_AUTHOR.match(who) or folded(who) in self.actors:
            return False
        if reference.year or reference.page or reference.title:
            return True
        ends = not following or following[0] in ".,;:!?"
        return self.bare and ends and not _ACRONYM.fullmatch(who)

    def _hint(self, reference: _Reference) -> str | None:
        who = folded(reference.who)
        listed = [work for work in self.works if who in map(folded, work.authors)]
        if listed:
            asked = f" of {reference.year}" if reference.year else ""
            called = f" called “{reference.title}”" if reference.title else ""
            return f"the list has no work by {listed[0].authors[0]}{asked}{called}"
        near = get_close_matches(who, sorted(self.authors), n=1, cutoff=0.8) if who else []
        for work in self.works:
            for author in work.authors:
                if folded(author) in near:
                    return f"the list has {author}"
        return None


def _named(who: str) -> list[str]:
    """Fold the authors that a citation names."""
    names = _NAMES.split(re.sub(r",? et al\.?", "", who))
    return [name for name in map(folded, names) if name]


def _is_by(work: Work, who: str, initial: str | None) -> bool:
    authors = [folded(author) for author in work.authors]
    if not authors:
        return False
    if authors[0] == folded(who) and initial is None:
        return True
    named = _named(who)
    if not named or named[0] != authors[0] or not set(named) <= set(authors):
        return False
    given = work.csl["author"][0].get("given", "")
    return initial is None or given.startswith(initial)


def _begins(title: str, text: str) -> bool:
    """Tell whether a title begins with these words, leaving out an article."""
    words, start = folded(title), folded(text)
    without = re.sub(r"^(?:the|an?) ", "", words)
    return bool(start) and any(f"{each} ".startswith(f"{start} ") for each in (words, without))


def _is_of(work: Work, year: str) -> bool:
    if year == "n.d.":
        return work.year is None
    of = work.year or ""
    return of == year or (len(year) == 4 and of[:4] == year)
