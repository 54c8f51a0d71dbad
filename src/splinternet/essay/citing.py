"""Finding the citations of an essay: brackets, numbers, notes and links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from splinternet.essay.citations import Citation, Status
from splinternet.essay.names import folded
from splinternet.essay.noting import AGAIN, page_in, segments, work_in_note
from splinternet.essay.numbered import numbers_in, round_numbers
from splinternet.essay.owners import owner, titled_in
from splinternet.essay.parts import Note
from splinternet.essay.points import Point, parse_part, split_parts
from splinternet.essay.resolving import Reference, WorkIndex, names_in
from splinternet.essay.sentences import Sentence
from splinternet.essay.unlisted import in_the_form_of_others, like_author
from splinternet.essay.works import Work

__all__ = ["find_citations"]

#: Brackets, with others within them one deep.
_BRACKETS = re.compile(
    r"\((?P<round>(?:[^()\[\]]|\[[^()\[\]]{0,60}\]){1,240})\)"
    r"|\[(?P<square>(?:[^()\[\]]|\([^()\[\]]{0,60}\)){1,240})\]"
)
_KEY = re.compile(r"@(?P<name>[A-Za-zÀ-þ]{2,30}?)[-_:]?(?P<year>[12][0-9]{3}[a-z]?)?\w{0,20}")
_ABBREVIATED = re.compile(r"^(?P<name>.{3,120}?) [(\[](?P<short>[A-ZÄÖÜ][\w&-]{1,11})[)\]]")
_PAGE = re.compile(r"[0-9]{1,3}(?:[-–][0-9]{1,3})?")
_ACRONYM = re.compile(r"[A-Z0-9&]{1,7}")
#: So far back, in characters, stands the author whom a year or page alone belongs to.
_REACH = 300
_PRONOUN = re.compile(r"\b(?:he|she|they|s?he)\b", re.IGNORECASE)
_OWN_TABLE = re.compile(r"(?:Table|Fig)")


def find_citations(
    sentences: Sequence[Sentence],
    works: Sequence[Work] | None,
    actors: frozenset[str],
    notes: Sequence[Note] = (),
) -> list[Citation]:
    """Find the citations of an essay, and resolve each.

    A citation is a pair of brackets, or a part of one between semicolons, that names an author or
    title of the list, or else looks as if it did: capitalised words with a year, or, in a list of
    MLA style, with a page or alone before a punctuation mark. A year alone after an author's name
    is one too, and a page alone after a sentence that names an author; a number in square brackets,
    or in round ones if many are, where the list is numbered; a note that names works; and a link.

    Parameters
    ----------
    sentences
        Those of the prose.
    works
        The list of works; None if there is none.
    actors
        Folded names of actors, which are not taken for authors that the list lacks.
    notes
        Notes of the essay, whose marks stand in the sentences.
    """
    finder = _Finder(works, actors, notes, [sentence.text for sentence in sentences])
    found = [citation for sentence in sentences for citation in finder.read(sentence)]
    return in_the_form_of_others(found)


def _mostly_mla(works: Sequence[Work]) -> bool:
    return 2 * sum(work.style == "MLA" for work in works) >= len(works)


class _Finder:
    """Reads the citations of an essay in order, as ``ibid.`` needs it."""

    def __init__(
        self,
        works: Sequence[Work] | None,
        actors: frozenset[str],
        notes: Sequence[Note],
        texts: Sequence[str],
    ) -> None:
        self.index = WorkIndex(works or ())
        self.actors = actors
        self.has_list = works is not None
        self.bare = not works or _mostly_mla(works)
        self.notes = list(notes)
        self.addresses = {_address(str(w.csl["URL"])): w for w in works or () if "URL" in w.csl}
        self.last: Work | None = None
        self.narrated: tuple[int, Work] | None = None
        self.cited: dict[str, int] = {}
        self.turns = count()
        self.led = ""
        self.paragraph = 0
        self.cited_here = False
        self.rounded = round_numbers(texts, self.index.numbers)
        self._resolved: dict[Reference, list[Work]] = {}

    def read(self, sentence: Sentence) -> list[Citation]:
        """Return the citations of a sentence, in the order of the text."""
        found: list[Citation] = []
        after = 0
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.cited_here = sentence.paragraph, False
            self.led = self.led if sentence.in_block else ""
        numbered = list(self._numbers(sentence)) if self.index.numbers else []
        taken = [(c.start, c.end) for c in numbered]
        for pair in _BRACKETS.finditer(sentence.text):
            if any(start < pair.end() and pair.start() < end for start, end in taken):
                continue
            cited = list(self._in_brackets(sentence, pair, after))
            after = pair.end() if cited else after
            found += cited
        found += numbered
        found += self._of_notes(sentence)
        found += self._of_links(sentence)
        if not sentence.in_block:
            self.led = sentence.text
        return sorted(found, key=lambda citation: citation.start)

    def _in_brackets(
        self, sentence: Sentence, pair: re.Match[str], after: int
    ) -> Iterator[Citation]:
        text = sentence.text
        inner = pair["round"] or pair["square"]
        ends = text[pair.end() : pair.end() + 1] in ("", *".,;:!?")
        before = text[: pair.start()][-_REACH:]
        told_of = sentence.in_block or _PRONOUN.search(before)
        led = f"{self.led[-_REACH:]} {before}" if told_of else before
        for written, part in split_parts(inner):
            narrated = self.narrated and self.narrated[0] == sentence.number
            for reference in self._references(part, before, led, bool(narrated)):
                meant = self._meant(reference)
                if len(meant) > 1 and not (reference.year or reference.title):
                    meant = titled_in(meant, before) or meant
                status = self._status(reference, meant, ends, bool(pair["square"]))
                if status is None or (status == "missing" and written.startswith("in ")):
                    continue
                if len(meant) == 1:
                    self._cite(meant[0])
                    self.cited_here = True
                    if reference.year and re.match(r"[0-9n]", part):
                        self.narrated = (sentence.number, meant[0])
                yield Citation(
                    text=written,
                    sentence=sentence.number,
                    line=sentence.line,
                    start=pair.start(),
                    end=pair.end(),
                    supports=_borne(text, pair, after, reference),
                    status=status,
                    works=tuple(work.id for work in meant),
                    page=reference.locator,
                    hint=self._hint(reference) if status in ("missing", "unread") else None,
                )

    def _meant(self, reference: Reference) -> list[Work]:
        if reference.who == "ibid.":
            return [self.last] if self.last else []
        if reference not in self._resolved:
            self._resolved[reference] = self.index.meant(reference)
        return self._resolved[reference]

    def _references(self, part: str, before: str, led: str, narrated: bool) -> Iterator[Reference]:
        """Yield what a part of brackets refers to; one of several years refers to as many works.

        ``led`` is the text before with the sentence that a pronoun or block quotation takes its
        author from; ``narrated`` tells that the sentence has an author and a year before.
        """
        if again := AGAIN.fullmatch(part):
            who = again["who"] or ""
            if not who and again["kind"].lower().startswith(("op", "loc")):
                who = owner(self.index, before, (), self.bare)
            if self._again(who):
                yield Reference("ibid.", locator=again["locator"] or None)
            return
        if "@" in part:
            for key in _KEY.finditer(part):
                yield Reference(key["name"].capitalize(), key["year"])
            return
        if short := _ABBREVIATED.match(part):
            self.index.abbreviate(short["name"], short["short"])
            part = short["name"] + part[short.end() :]
        point = parse_part(part, self.index)
        if point is None:
            return
        who = point.who
        if not who and not point.title:
            who = self._owner(point, before, led, narrated)
            if not who and self.bare and self.last and self.cited_here and _PAGE.fullmatch(part):
                who = "ibid."  # a page alone stands for the work before it in the paragraph
            if not who:
                return
        for year in point.years or (None,):
            yield Reference(who, year, point.title, point.locator)

    def _owner(self, point: Point, before: str, led: str, narrated: bool) -> str:
        """Return whom a year or place alone belongs to: ``ibid.`` for the work told of before."""
        if not point.years and narrated and self.narrated:
            self.last = self.narrated[1]
            return "ibid."
        if not point.years and _OWN_TABLE.match(point.locator or ""):
            return ""
        named = owner(self.index, before, point.years, self.bare)
        return named or (owner(self.index, led, point.years, self.bare) if led != before else "")

    def _status(
        self, reference: Reference, meant: Sequence[Work], ends: bool, square: bool
    ) -> Status | None:
        """Return the status of a citation; None if it is none."""
        if meant and self.index.is_whole_name(reference):
            return None  # somebody is named, and nothing cited
        if meant:
            return "unique" if len(meant) == 1 else "ambiguous"
        who = reference.who
        if who == "ibid.":
            return "missing"
        if not who:
            quoted = reference.title and (reference.year or self.bare)
            return "missing" if quoted and not square else None
        named = names_in(who)
        if named and self.index.knows(named[0]):
            return "missing"
        if not like_author(who) or folded(who) in self.actors:
            return None
        if reference.year:
            return "missing"
        if square or not self.bare or _ACRONYM.fullmatch(who):
            return None
        return "missing" if reference.locator or reference.title or ends else None

    def _numbers(self, sentence: Sentence) -> Iterator[Citation]:
        """Yield citations by number: ``[3]``, ``[1], [2]``, ``[2]–[4]``, ``[1, p. 6]``."""
        after = 0
        for found in numbers_in(sentence.text, rounded=self.rounded):
            for number, locator in found.numbers:
                work = self.index.numbers.get(number)
                yield Citation(
                    text=found.text,
                    sentence=sentence.number,
                    line=sentence.line,
                    start=found.start,
                    end=found.end,
                    supports=sentence.text[after : found.start].strip(" ,;"),
                    status="unique" if work else "missing",
                    works=(work.id,) if work else (),
                    page=locator,
                    hint=None if work else f"the list has no number {number}",
                    form="number",
                )
            after = found.end

    def _of_notes(self, sentence: Sentence) -> Iterator[Citation]:
        """Yield what the notes cite whose marks stand in a sentence."""
        after = 0
        for at, mark in sentence.marks:
            number = next((n for n, note in enumerate(self.notes) if note.mark == mark), None)
            if number is None:
                continue
            note = self.notes.pop(number)
            for segment in segments(note.text):
                work = self._in_note(segment)
                if work is None:
                    continue
                self._cite(work)
                yield Citation(
                    text=segment,
                    sentence=sentence.number,
                    line=note.line,
                    start=at,
                    end=at,
                    supports=sentence.text[after:at].strip(" ,;"),
                    status="unique",
                    works=(work.id,),
                    page=page_in(segment),
                    form="note",
                )
            after = at

    def _in_note(self, segment: str) -> Work | None:
        again = AGAIN.match(segment)
        if again:
            return self.last if self._again(again["who"] or "") else None
        return work_in_note(self.index.works, segment)

    def _cite(self, work: Work) -> None:
        """Remember a work as the last one cited."""
        self.last = work
        self.cited[work.id] = next(self.turns)

    def _again(self, who: str) -> bool:
        """Go back to the last work cited, of an author where one is named; tell if there is one."""
        if who:
            of = [work for work in self.index.meant(Reference(who)) if work.id in self.cited]
            self.last = max(of, key=lambda work: self.cited[work.id], default=None)
        return self.last is not None

    def _of_links(self, sentence: Sentence) -> Iterator[Citation]:
        """Yield the links of a sentence: to works of the list, or else to pages."""
        after = 0
        for link in sentence.links:
            at = sentence.text.find(link.text, after)
            if at < 0:
                continue
            work = self.addresses.get(_address(link.url))
            path = _address(link.url).partition("/")[2]
            if work is None and (not path and self.has_list):
                continue
            yield Citation(
                text=link.text,
                sentence=sentence.number,
                line=sentence.line,
                start=at,
                end=at + len(link.text),
                supports=sentence.text[after:at].strip(" ,;(") or sentence.text,
                status="unique" if work else "linked",
                works=(work.id,) if work else (),
                form="link",
                url=link.url,
            )
            after = at + len(link.text)

    def _hint(self, reference: Reference) -> str | None:
        named = names_in(reference.who)
        first = folded(named[0]) if named else ""
        if first in self.index.names:
            asked = f" of {reference.year}" if reference.year else ""
            called = f" called “{reference.title}”" if reference.title else ""
            return f"the list has no work by {self.index.names[first]}{asked}{called}"
        near = self.index.near(reference.who)
        return f"the list has {near}" if near else None


def _address(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/")


def _borne(text: str, pair: re.Match[str], after: int, reference: Reference) -> str:
    """Return the words that a citation supports."""
    before = text[after : pair.start()].strip(" ,;")
    inner = pair["round"] or pair["square"]
    alone = reference.year and re.match(r"[0-9n]", inner)
    if not alone or text[pair.end() : pair.end() + 1] not in (" ", ","):
        return before
    following = text[pair.end() :].partition("(")[0].strip(" .,;:!?")
    return f"{before} {following}" if following else before
