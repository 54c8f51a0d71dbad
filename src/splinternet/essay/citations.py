"""Citations in the text, and which work of the list each means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

from splinternet.essay.dates import MONTH
from splinternet.essay.names import folded
from splinternet.essay.sentences import Sentence, by_sentence
from splinternet.essay.works import Work

__all__ = ["Citation", "Uncited", "find_citations", "uncited_works", "without_citations"]

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
_ARTICLE = re.compile(r"^(?:the|an?) ")
#: So many authors are searched for one that is spelt nearly alike.
_MOST_COMPARED = 500
#: So far back, in characters, stands the author whom a year or page alone belongs to.
_REACH = 300
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
        The words before it, back to the start of the sentence or the citation before it. Of a year
        alone, amid a sentence after its author, also those up to the next parentheses or the end.
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


def without_citations(
    sentences: Sequence[Sentence], citations: Iterable[Citation]
) -> list[Sentence]:
    """Put spaces for what citations say, so that nothing in it is taken for the essay's words."""
    cited = by_sentence(citations)
    return [_without(sentence, cited.get(sentence.number, ())) for sentence in sentences]


def _without(sentence: Sentence, citations: Iterable[Citation]) -> Sentence:
    text = sentence.text
    for start, end in {(citation.start + 1, citation.end - 1) for citation in citations}:
        text = text[:start] + " " * (end - start) + text[end:]
    return replace(sentence, text=text)


def uncited_works(works: Sequence[Work], citations: Sequence[Citation]) -> list[Uncited]:
    """Return the works of the list that no citation certainly means."""
    certain = {c.works[0] for c in citations if c.status == "unique"}
    distinct = {id(citation.works): citation.works for citation in citations}
    perhaps = {work for cited in distinct.values() for work in cited}
    return [Uncited(work.id, work.id in perhaps) for work in works if work.id not in certain]


def _mostly_mla(works: Sequence[Work]) -> bool:
    return 2 * sum(work.style == "MLA" for work in works) >= len(works)


class _Resolver:
    """Resolves citations against one list of works."""

    def __init__(self, works: Sequence[Work], actors: frozenset[str], bare: bool) -> None:
        self.actors = actors
        self.bare = bare
        self.authors: dict[str, str] = {}
        self.by_first_author: defaultdict[str, list[Work]] = defaultdict(list)
        self.without_author: defaultdict[str, list[Work]] = defaultdict(list)
        for work in works:
            self.authors |= {folded(author): author for author in work.authors}
            if work.authors:
                self.by_first_author[folded(work.authors[0])].append(work)
            else:
                self.without_author[_first_word(work.title)].append(work)
        self._resolved: dict[_Reference, tuple[str, ...]] = {}
        self._near: dict[str, str | None] = {}
        self.most_words = min(8, max((len(a.split()) for a in self.authors), default=0))

    def citations(self, sentence: Sentence, pair: re.Match[str], after: int) -> Iterator[Citation]:
        """Yield what a pair of parentheses cites; ``after`` is where the last one ended."""
        text = sentence.text
        ends = text[pair.end() : pair.end() + 1] in ("", *".,;:!?")
        for part in pair[1].split(";"):
            cited = _SIGNAL.sub("", part.strip(), count=1)
            for reference in self._references(cited, text[: pair.start()][-_REACH:]):
                if reference not in self._resolved:
                    self._resolved[reference] = tuple(self._meant(reference))
                meant = self._resolved[reference]
                if not meant and not self._looks_like_one(reference, ends):
                    continue
                yield Citation(
                    text=part.strip(),
                    sentence=sentence.number,
                    line=sentence.line,
                    start=pair.start(),
                    end=pair.end(),
                    supports=_borne(text, pair, after, cited),
                    status="unique" if len(meant) == 1 else "ambiguous" if meant else "missing",
                    works=meant,
                    page=reference.page,
                    hint=None if meant else self._hint(reference),
                )

    def _references(self, text: str, before: str) -> Iterator[_Reference]:
        """Yield what a citation refers to; one of several years refers to as many works."""
        title = None
        if quoted := _TITLE.search(text):
            title = quoted["title"]
            text = (text[: quoted.start()] + text[quoted.end() :]).strip()
        if point := _POINT.fullmatch(text):
            who = "" if title else self._named_before(before, point["years"])
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
        words = folded(text).split()
        together = _TOGETHER.search(text[-100:])
        if year and together and folded(together["first"]) in self.authors:
            return together[0].strip()
        for end in [len(words)] if year else range(len(words), 0, -1):
            for start in range(max(0, end - self.most_words), end):
                if (author := " ".join(words[start:end])) in self.authors:
                    return author
        if not year:
            return ""
        if self.bare:
            return ""
        last = re.search(r"[A-ZÀ-Þ][\w’'-]+(?= ?$)", text[-60:])
        return last[0] if last else ""

    def _meant(self, reference: _Reference) -> list[str]:
        """Return the ids of every work that a reference may mean."""
        who, initial = reference.who, None
        if initials := _INITIALS.match(who):
            who, initial = who[initials.end() :], initials["initial"]
        meant = self._by(who, initial)
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
            meant = [work for work in self._by(author, initial) if _begins(work.title, title)]
        if reference.year:
            meant = [work for work in meant if _is_of(work, reference.year)]
        return [work.id for work in meant]

    def _by(self, who: str, initial: str | None) -> list[Work]:
        """Return the works by these authors."""
        named = _named(who)
        keys = dict.fromkeys((folded(who), named[0] if named else ""))
        works = [work for key in keys for work in self.by_first_author.get(key, ())]
        return [work for work in works if _is_by(work, who, initial)]

    def _titled(self, text: str) -> list[Work]:
        """Return works without an author whose title begins so."""
        works = self.without_author.get(_first_word(text), ())
        return [work for work in works if _begins(work.title, text)]

    def _looks_like_one(self, reference: _Reference, ends: bool) -> bool:
        """Tell a citation of a work that the list lacks from any other words in parentheses.

        ``ends`` tells whether a punctuation mark follows.
        """
        who = reference.who
        if not who:
            return reference.title is not None
        if folded(who) in self.authors:
            return True
        if not _AUTHOR.fullmatch(who) or _NO_AUTHOR.match(who) or folded(who) in self.actors:
            return False
        if reference.year or reference.page or reference.title:
            return True
        return self.bare and ends and not _ACRONYM.fullmatch(who)

    def _hint(self, reference: _Reference) -> str | None:
        who = folded(reference.who)
        if who in self.authors:
            asked = f" of {reference.year}" if reference.year else ""
            called = f" called “{reference.title}”" if reference.title else ""
            return f"the list has no work by {self.authors[who]}{asked}{called}"
        if who not in self._near:
            likely = sorted(self.authors)[:_MOST_COMPARED]
            near = get_close_matches(who, likely, n=1, cutoff=0.8) if who else []
            self._near[who] = f"the list has {self.authors[near[0]]}" if near else None
        return self._near[who]


def _borne(text: str, pair: re.Match[str], after: int, cited: str) -> str:
    """Return the words that a citation supports."""
    before = text[after : pair.start()].strip(" ,;")
    point = _POINT.fullmatch(cited)
    if not point or not point["years"] or text[pair.end() : pair.end() + 1] not in (" ", ","):
        return before
    following = text[pair.end() :].partition("(")[0].strip(" .,;:!?")
    return f"{before} {following}" if following else before


def _named(who: str) -> list[str]:
    """Fold the authors that a citation names."""
    names = _NAMES.split(re.sub(r",? et al\.?", "", who))
    return [name for name in map(folded, names) if name]


def _is_by(work: Work, who: str, initial: str | None) -> bool:
    authors = [folded(author) for author in work.authors]
    if authors[0] != folded(who) and not set(_named(who)) <= set(authors):
        return False
    given = work.csl["author"][0].get("given", "")
    return initial is None or given.startswith(initial)


def _begins(title: str, text: str) -> bool:
    """Tell whether a title begins with these words, leaving out articles."""
    words, start = (_ARTICLE.sub("", folded(each)) for each in (title, text))
    return bool(start) and f"{words} ".startswith(f"{start} ")


def _first_word(text: str) -> str:
    return _ARTICLE.sub("", folded(text)).partition(" ")[0]


def _is_of(work: Work, year: str) -> bool:
    if year == "n.d.":
        return work.year is None
    of = work.year or ""
    return of == year or (len(year) == 4 and of[:4] == year)
