"""Splitting paragraphs into sentences.

A rule of our own: pysbd, the usual library for this, has been without a release since 2021 and does
not import on Python 3.12 and later where warnings are errors; and no library keeps a citation that
stands after the full stop, as in ``… of it.” (Miller).``, with the sentence it belongs to.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from splinternet.essay.html import Link
from splinternet.essay.quotations import find_quotations

__all__ = ["LONGEST", "Sentence", "by_sentence", "split_sentences"]

#: No sentence of an essay is longer, in characters; what looks so is a list or worse.
LONGEST = 2000

_END = re.compile(r"(?P<end>[.!?…]{1,9}[\"”’'»)\]]{0,9}) (?=[\"“„«»‘'(\[]?[A-Z0-9À-Þ])")
_LAST_WORD = re.compile(r"[\w.]{1,20}\.$")
#: A citation after the full stop, and its own full stop.
_LATE_CITATION = re.compile(r"\([^()]{1,200}\)[.!?]")
#: A citation after the full stop without one of its own, before the next sentence.
_AFTER_STOP = re.compile(r"[(\[][^()\[\].!?]{1,100}[)\]](?= [\"“„«‘'A-Z0-9À-Þ]|$)")

#: Abbreviations that never end a sentence.
_TITLES = frozenset(
    "mr. mrs. ms. dr. prof. st. gen. gov. sen. rep. lt. col. capt. sgt. rev. hon. no. nos. vs. "
    "e.g. i.e. cf. p. pp. vol. ed. eds. fig. figs. approx. al. trans. para. paras. par. ch. chap. "
    "sec. art. vgl. bzw. z.b. u.a. nr. mio. mrd. ca. esp. dept. univ. assn. op. cit. resp.".split()
)
#: Those that go before a number alone, and are words otherwise.
_NUMBERED = frozenset(("no.", "nos.", "art.", "par."))
#: Abbreviations that may end one: they do before a word that mostly begins sentences.
_AMBIGUOUS = frozenset(
    "u.s. u.k. u.n. e.u. u.a.e. d.c. inc. ltd. co. corp. llc. plc. jr. sr. etc. a.m. p.m. ph.d. "
    "jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.".split()
)
_OPENERS = re.compile(
    r"(?:The|This|That|These|Those|It|Its|In|On|At|As|A|An|But|And|He|She|They|We|However|Although|"
    r"While|When|If|For|By|With|After|Before|Since|Despite|Moreover|There)\b"
)


@dataclass(frozen=True)
class Sentence:
    """A sentence of the essay: its number, and paragraph and line of the file it stands in.

    ``marks`` are the marks of notes, which have been taken out, with their places; ``links`` its
    hyperlinks; ``in_block`` says that it stands in a block quotation.
    """

    number: int
    paragraph: int
    line: int
    text: str
    marks: tuple[tuple[int, str], ...] = ()
    links: tuple[Link, ...] = ()
    in_block: bool = False


class _InSentence(Protocol):
    @property
    def sentence(self) -> int: ...


_Item = TypeVar("_Item", bound=_InSentence)


def by_sentence(items: Iterable[_Item]) -> dict[int, list[_Item]]:
    """Group what stands in sentences by the number of the sentence."""
    groups: defaultdict[int, list[_Item]] = defaultdict(list)
    for item in items:
        groups[item.sentence].append(item)
    return groups


def split_sentences(text: str) -> Iterator[str]:
    """Split a paragraph, written in one line, into sentences.

    A sentence ends at ``.``, ``!``, ``?`` or ``…``, closing marks included, before a capital letter
    or digit. It does not end within a quotation, after an initial or an abbreviation, or before a
    citation that has its own full stop. A longer one than ``LONGEST`` characters is cut.
    """
    for sentence in _sentences(text):
        while len(sentence) > LONGEST:
            cut = sentence.rfind(" ", 1, LONGEST)
            cut = LONGEST if cut < 1 else cut
            yield sentence[:cut]
            sentence = sentence[cut:].strip()
        if sentence:
            yield sentence


def _sentences(text: str) -> Iterator[str]:
    quoted = [(q.start, q.end) for q in find_quotations(text) if q.depth == 0]
    start = within = 0
    for found in _END.finditer(text):
        stop = found.end("end")
        while within < len(quoted) and quoted[within][1] <= found.start():
            within += 1
        in_quotation = within < len(quoted) and quoted[within][0] < found.start()
        if in_quotation and quoted[within][1] > stop:
            continue
        if _goes_on(text, found.start("end") + 1, stop + 1):
            continue
        closed = found["end"][-1] in ")]"
        if found.start() < start or (not closed and _in_brackets(text, start, found.start())):
            continue
        if late := _AFTER_STOP.match(text, stop + 1):
            stop = late.end()
        yield text[start:stop]
        start = stop + 1
    if text[start:].strip():
        yield text[start:]


def _in_brackets(text: str, start: int, at: int) -> bool:
    """Tell whether a place is within brackets that are closed soon."""
    begin = max(start, at - 200)
    opened = max(text.rfind("(", begin, at), text.rfind("[", begin, at))
    if opened < 0 or opened < max(text.rfind(")", begin, at), text.rfind("]", begin, at)):
        return False
    return bool(re.search(r"[)\]]", text[at : at + 200]))


def _goes_on(text: str, after_stop: int, following: int) -> bool:
    """Tell a full stop that ends no sentence."""
    if _LATE_CITATION.match(text, following):
        return True
    found = _LAST_WORD.search(text[max(0, after_stop - 20) : after_stop])
    if not found:
        return False
    word = found[0].lower()
    if word in _NUMBERED and not text[following : following + 1].isdigit():
        return False
    if word in _TITLES or re.fullmatch(r"[a-z]\.", word):
        return True
    return word in _AMBIGUOUS and not _OPENERS.match(text, following)
