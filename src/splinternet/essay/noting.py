"""Works that a note names: in full, by a short title, or as cited before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from splinternet.essay.names import folded
from splinternet.essay.works import Work

__all__ = ["AGAIN", "page_in", "segments", "work_in_note"]

#: Words for the work before, or for the one of an author that was cited before.
AGAIN = re.compile(
    r"(?:(?P<who>[A-ZÀ-Þ][^,.;]{1,60}),? (?=op|loc|a\. ?a))?"
    r"(?P<kind>(?i:ibid(?:em)?|ebd|ebenda|op\. ?cit|loc\. ?cit|a\. ?a\. ?O|idem|id))\b\.?"
    r"(?:[,:]? ?(?P<locator>.{0,40}))"
)
_NEXT = re.compile(
    r"; (?:see (?:also )?|cf\. |and |compare |also )?|(?<=[.”\"]) (?:See|Cf\.|Compare) "
)
_PAGE = re.compile(
    r"(?<![a-z] [0-9])(?<![a-z] [0-9]{2})(?:[,:][”\"’]? ?|"
    r"pp?\. ?)([0-9]{1,5}(?:[-–n][0-9]{1,5})?)\.?$"
)
_ARTICLES = frozenset("the a an der die das le la les".split())
#: So many words of a title are tried as the start of its short form.
_LATEST_START = 9
#: A short title in quotation marks.
_SHORT_TITLE = re.compile(r"[“\"«„]([^“”\"«»„]{2,60})[”\"»“]")
#: A word that begins a title or name in quotation marks or italics.
_OPENING = re.compile(r"[“\"'‘«„*_(]*(?P<first>\w)")


def segments(note: str) -> Iterator[str]:
    """Split a note into what it says of each work."""
    for segment in _NEXT.split(note):
        if segment.strip():
            yield segment.strip()


def page_in(segment: str) -> str | None:
    """Return the page at the end of a segment."""
    found = _PAGE.search(segment)
    return found[1] if found else None


@dataclass(frozen=True)
class _Words:
    """Words of a segment, folded, and whether each is written with a capital."""

    folded: tuple[str, ...]
    capital: tuple[bool, ...]

    @classmethod
    def of(cls, segment: str) -> _Words:
        pairs = [
            (word, _begins_large(written, place))
            for written in segment.split()
            for place, word in enumerate(folded(written).split())
        ]
        return cls(tuple(word for word, _ in pairs), tuple(large for _, large in pairs))

    def at(self, phrase: str) -> int | None:
        """Return the place of the first word of a phrase."""
        words = tuple(phrase.split())
        last = len(self.folded) - len(words)
        places = (n for n in range(last + 1) if self.folded[n : n + len(words)] == words)
        return next(places, None) if words else None


def _begins_large(written: str, place: int) -> bool:
    found = _OPENING.match(written)
    return place > 0 or not found or not found["first"].islower()


def work_in_note(works: Sequence[Work], segment: str) -> Work | None:
    """Return the work that a segment of a note names first.

    A work is named by its first author and then words of its title, or the author's year right
    behind; one without an author by its title. A title is written with a capital.
    """
    words = _Words.of(segment)
    best, most = None, (0, 0.0)
    for work in works:
        author = words.at(folded(work.authors[0])) if work.authors else 0
        if author is None:
            continue
        place, run = _longest_run(work.title, words)
        title = [word for word in folded(work.title).split() if word not in _ARTICLES]
        long = title and (len(title[0]) > 3 or _begins_in_marks(work.title, segment))
        alone = work.authors and run == 1 and long
        named = run >= min(2, len(title)) > 0 or alone
        dated = work.authors and _year_follows(work, words, author)
        follows = place > author and _behind(work, words, author) == place
        if not dated and (not named or not (words.capital[place] or follows)):
            continue
        others = sum(words.at(folded(name)) is not None for name in work.authors)
        score = (-min(author, place if named else author), others + run + 0.5 * bool(dated))
        if best is None or score > most:
            best, most = work, score
    return best


def _begins_in_marks(title: str, segment: str) -> bool:
    """Tell whether a short title in quotation marks begins a title: as “A Law” may."""
    found = _SHORT_TITLE.search(segment)
    if not found:
        return False
    return f"{folded(title)} ".startswith(f"{folded(found[1])} ")


def _year_follows(work: Work, words: _Words, author: int) -> bool:
    """Tell whether a year stands right behind the names of a work's authors."""
    after = _behind(work, words, author)
    return work.year is not None and words.folded[after : after + 1] == (work.year,)


def _behind(work: Work, words: _Words, author: int) -> int:
    """Return the place right behind the names of a work's authors."""
    names = {word for name in work.authors for word in folded(name).split()} | {"and", "et", "al"}
    after = author
    while after < len(words.folded) and words.folded[after] in names:
        after += 1
    return after


def _longest_run(title: str, words: _Words) -> tuple[int, int]:
    """Return where the longest run of a title's words stands, and how many they are."""
    whole = folded(title).split()
    wanted = tuple(word for n, word in enumerate(whole) if n or word not in _ARTICLES)
    place, best = 0, 0
    for start in range(min(len(wanted), _LATEST_START)):
        for at, word in enumerate(words.folded):
            if word == wanted[start]:
                run = _together(wanted[start:], words.folded[at:])
                place, best = (at, run) if run > best else (place, best)
    return place, best


def _together(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
