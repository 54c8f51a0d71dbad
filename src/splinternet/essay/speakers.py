"""Speakers who are quoted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from splinternet.essay.actors import Mention
from splinternet.essay.names import folded
from splinternet.essay.quotations import Marked, blanked, find_quotations
from splinternet.essay.saying import (
    CAPITAL,
    GESTURE,
    NAME,
    PERSON,
    PRONOUN,
    is_citation_saying,
    speaker_according,
    trimmed,
    words_for,
)
from splinternet.essay.saying_after import speaker_after, speaker_of_all, speaker_putting
from splinternet.essay.saying_before import speaker_before
from splinternet.essay.sentences import Sentence, by_sentence

__all__ = ["Quotation", "quotations_of"]

_SIGNED = re.compile(
    r"^\s*(?:[—–―]|--?)\s*(?P<subject>[^,(\[—–]{2,80})"
    r"|^(?P<name>[A-ZÀ-Þ][\w’.-]+(?: (?:(?:van|von|de|der|den|al|of|the) )?[A-ZÀ-Þ][\w’.-]+){1,4})"
    r"(?:, [^.!?]{2,90}|(?: \([^()]{2,60}\)))?$"
)
#: Whom a sentence is about: the person at its start, of whom it goes on to say something.
_ABOUT = re.compile(
    rf"^(?:(?:In|At|On|From|By|For|After|When|As|But|Yet|And)\b[^,]{{0,50}}, )?"
    rf"(?:(?:The|A|An|His|Her|My|Our) [^,.;]{{2,60}}, (?:the (?:[a-z-]+ ){{1,2}})?"
    rf"(?=[A-ZÀ-Þ][\w’-]+ [A-ZÀ-Þ][\w’-]+,))?"
    rf"(?P<name>{PERSON})(?: \([^()]*\))?"
    r"(?=, (?:who|whose|an?|the|then|now|asked|speaking|head|chief)\b"
    r"|,? (?!(?:and|or|of)\b)[a-z]{2,}|[’']s )"
)
_SURNAME = re.compile(
    r"^(?P<name>[A-ZÀ-Þ][\w’-]+)(?: \([^()]*\))?(?= (?:is|was|had|has|did|does|[a-z]+(?:ed|s))\b)"
)
#: Somebody whom a sentence names at its end: as one importer complains.
_SAYS_SO = re.compile(rf"\bas (?P<name>{PERSON}) [a-z]+(?: it)?\.$")
#: Several authors at the start of a sentence, whom ``they`` may mean after it.
_SEVERAL = re.compile(
    r"^(?P<name>(?P<first>[A-ZÀ-Þ][\w’-]+)(?:(?:, [A-ZÀ-Þ][\w’-]+){0,3},? (?:and|&) "
    r"[A-ZÀ-Þ][\w’-]+| et al\.))"
    r"(?: \([^()]*\))?(?=, who\b| [a-z]{2,})"
)
#: Somebody named beside what he or she does: to a spokesman for the trade, Ann Roe, who.
_PRESENTED = re.compile(
    rf"\b(?:{words_for('persons')})\b(?: [^,.;:]{{3,60}})?,? (?P<after>{NAME})(?=[,;:(]|$| [a-z])"
    rf"|\b(?P<before>{NAME}), (?:an?|the|then|now|once) (?:[\w-]+ ){{0,3}}"
    rf"(?:{words_for('persons')})\b"
)
#: Whose words stood before: that is from Ann Roe.
_FROM = re.compile(
    rf"^(?:That|This|So|Thus)(?:[’']s| is| was|) (?:from |by |how |what )?(?P<name>{NAME})"
    r"(?=[,.;:(]| [a-z])"
)
#: Somebody whom whoever writes asked: I asked Ann Roe, who knows, what she does.
_ASKED = re.compile(
    rf"\b(?:I|[Ww]e) (?:once |later |then |also |recently )?"
    rf"(?:asked|met|called|rang|phoned|visited|wrote to|(?:spoke|talked) (?:to|with)) "
    rf"(?P<name>{NAME}|{CAPITAL}[a-zà-þ][\w’-]+)(?=[,.;:?]| [a-z(])"
)
_UNNAMED = re.compile(r"(?:an?|one|another|some)\b", re.IGNORECASE)
_SAID = re.compile(rf"^(?P<name>{PERSON}) (?:said|told|wrote|warned)\b")
#: So many sentences back a pronoun may mean somebody.
_MOST_BACK = 3
#: So few words in quotation marks, which nobody is said to say, are a term and no quotation.
_TERM = 3
_MOST_REPEATS = 20
#: How a sentence ends that quotes itself, and leads to nobody's words.
_CLOSED = ("”", '."', "’", "»", "“")


@dataclass(frozen=True)
class Quotation:
    """Words between quotation marks.

    Parameters
    ----------
    text
        The words.
    sentence, start, end
        Number of the sentence, and where the marks stand in it.
    depth
        0, or 1 for a quotation within a quotation.
    kind
        quotation; or term, for at most three words that nobody is said to say.
    speaker
        Words for whoever says it; None if the sentence does not tell.
    actor
        Id of the actor that these words name.
    also_in
        Numbers of the (first twenty) other sentences that quote the same words.
    """

    text: str
    sentence: int
    start: int
    end: int
    depth: int
    kind: str
    speaker: str | None
    actor: str | None
    also_in: tuple[int, ...] = ()


def quotations_of(
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    cited: Mapping[tuple[int, int], str] = MappingProxyType({}),
) -> list[Quotation]:
    """Find the quotations of an essay, who is quoted, and what is quoted more than once.

    Whoever follows ``according to`` or ``in the words of`` right after one says all that the
    sentence quotes. Else the subject of a verb of saying before the quotation, or right after it;
    else whoever says what the sentence quoted before it. A block quotation is said by whoever
    signs it, or else by whom the sentence before it leads to.

    Parameters
    ----------
    sentences
        Those of the prose, with spaces for what citations say.
    mentions
        Actors that they mention.
    cited
        First authors of the works that citations mean, by sentence and place of the citation.
    """
    reader = _Reader(by_sentence(mentions), cited)
    read = [quotation for sentence in sentences for quotation in reader.read(sentence)]
    found = _with_blocks(read, sentences, reader.leads)
    same: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for quotation in found:
        where = same[folded(quotation.text)]
        if len(where) <= _MOST_REPEATS:
            where[quotation.sentence] = None
    return [
        replace(q, also_in=tuple(n for n in same[folded(q.text)] if n != q.sentence)) for q in found
    ]


def _with_blocks(
    found: list[Quotation], sentences: Sequence[Sentence], leads: Mapping[int, str]
) -> list[Quotation]:
    """Add block quotations without marks, and whoever signs a block or is led to before it."""
    for block in _blocks(sentences):
        signed = next((m for s in reversed(block) if (m := _SIGNED.match(s.text))), None)
        speaker = trimmed(signed["subject"] or signed["name"]) if signed else None
        speaker = speaker or leads.get(block[0].number - 1)
        speaker = speaker or _said_after(sentences, block[-1])
        numbers = {sentence.number for sentence in block}
        within = [q for q in found if q.sentence in numbers]
        if within:
            found = [
                replace(q, speaker=q.speaker or speaker, kind="quotation" if speaker else q.kind)
                if q.sentence in numbers
                else q
                for q in found
            ]
            continue
        words = [sentence for sentence in block if not _SIGNED.match(sentence.text)]
        if words:
            text = re.sub(r"\s*\(\s*\)$", "", " ".join(sentence.text for sentence in words))
            first = words[0]
            found.append(
                Quotation(text, first.number, 0, len(first.text), 0, "quotation", speaker, None)
            )
    return sorted(found, key=lambda quotation: (quotation.sentence, quotation.start))


def _said_after(sentences: Sequence[Sentence], last: Sentence) -> str | None:
    """Return whom the sentence after a block says that it is from."""
    after = next((s for s in sentences if s.number == last.number + 1), None)
    found = _FROM.match(after.text) if after else None
    return found["name"] if found else None


def _blocks(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    block: list[Sentence] = []
    for sentence in sentences:
        if sentence.in_block:
            block.append(sentence)
        elif block:
            yield block
            block = []
    if block:
        yield block


class _Reader:
    """Reads one sentence after the other, and knows whom a pronoun means."""

    def __init__(
        self, mentions: Mapping[int, Sequence[Mention]], cited: Mapping[tuple[int, int], str]
    ) -> None:
        self.mentions = mentions
        self.cited = cited
        self.surnames = set(cited.values())
        self.leads: dict[int, str] = {}
        self._cited_in: defaultdict[int, set[str]] = defaultdict(set)
        for (number, _), author in cited.items():
            self._cited_in[number].add(author)
        self._person: tuple[Sentence, str] | None = None
        self._several: tuple[Sentence, str] | None = None
        self._speaker: tuple[Sentence, str] | None = None
        self._presented: tuple[Sentence, str] | None = None

    def read(self, sentence: Sentence) -> list[Quotation]:
        """Return the quotations of a sentence."""
        outside = blanked(sentence.text)
        marked = find_quotations(sentence.text)
        outer = [q for q in marked if q.depth == 0]
        whole = next(
            (w for o in outer if (w := speaker_of_all(outside[o.end : o.end + 180]))), None
        )
        here = self.mentions.get(sentence.number, ())
        found: list[Quotation] = []
        about = self._about(sentence, outside)
        speaker = self._goes_on(sentence, outside)
        for quotation in marked:
            after = max((o.end for o in outer if o.end <= quotation.start), default=0)
            if quotation.depth:
                around = next(o for o in outer if o.start < quotation.start < o.end)
                said_by = speaker_before(sentence.text[around.start + 1 : quotation.start])
            else:
                said_by = whole or self._said_by(sentence, outside, quotation, after)
                if not said_by and not speaker:
                    said_by = speaker_according(outside)
            said_by = self._named(said_by, sentence, outside, about)
            goes_on = speaker and quotation.text.endswith((".", "!", "?"))
            is_term = not (said_by or goes_on) and len(quotation.text.split()) <= _TERM
            if not (said_by or is_term or quotation.depth):
                said_by = self._author_after(sentence, outside, quotation, after if speaker else 0)
            if not quotation.depth and not is_term:
                said_by = said_by or speaker
                speaker = said_by
            found.append(_made(quotation, sentence, said_by, is_term, here))
        self._lead(sentence, outside, about)
        asked = _ASKED.search(outside)
        about = about or (asked["name"] if asked else None)
        self._remember(sentence, about, speaker if outer else None)
        presented = _presented(outside)
        self._presented = (sentence, presented) if presented else None
        if gesture := GESTURE.match(outside):
            self._speaker = (sentence, gesture["name"])
        if (several := _SEVERAL.match(outside)) and several["first"] in self.surnames:
            self._several = (sentence, several["name"])
        return found

    def _named(
        self, said_by: str | None, sentence: Sentence, outside: str, about: str | None
    ) -> str | None:
        """Return whom a pronoun means, by name; else the words as they are."""
        if not said_by or not PRONOUN.match(said_by):
            return said_by
        if said_by.lower() in ("they", "their"):
            several = _SEVERAL.match(outside)
            return several["name"] if several else self._near(sentence, self._several, 1)
        said = _SAID.match(outside)
        person = self._near(sentence, self._person, _MOST_BACK)
        presented = _presented(outside)
        return (
            about
            or (said and said["name"])
            or presented
            or person
            or self._near(sentence, self._presented, 1)
            or self._cited_before(sentence)
            or self._cited_by_name(sentence, outside)
        )

    def _cited_by_name(self, sentence: Sentence, outside: str) -> str | None:
        """Return the one author whom a sentence cites and names."""
        authors = self._cited_in[sentence.number]
        (author,) = authors if len(authors) == 1 else ("",)
        return author if author and re.search(rf"\b{re.escape(author)}\b", outside) else None

    def _cited_before(self, sentence: Sentence) -> str | None:
        """Return the one author whom the sentence before cites."""
        authors = self._cited_in[sentence.number - 1]
        return next(iter(authors)) if len(authors) == 1 else None

    def _author_after(
        self, sentence: Sentence, outside: str, quotation: Marked, begun: int
    ) -> str | None:
        """Return whom the citation right after a quotation means, if the words before name it.

        Where somebody else has spoken, up to ``begun``, those after the semicolon have to.
        """
        gap = len(outside[quotation.end :]) - len(outside[quotation.end :].lstrip())
        author = self.cited.get((sentence.number, quotation.end + gap))
        before = outside[: quotation.start]
        before = before[begun:].rpartition(";")[2] if begun else before
        named = author and re.search(rf"\b{re.escape(author)}\b", before)
        return author if named else None

    def _lead(self, sentence: Sentence, outside: str, about: str | None) -> None:
        """Keep whom the end of a sentence leads to, as before a block quotation."""
        words = outside.rstrip(" 0123456789")
        if sentence.text.rstrip().endswith(_CLOSED):
            return
        if not sentence.in_block and (words.endswith((":", ",")) or words[-1:].isalpha()):
            speaker = self._named(speaker_before(words), sentence, outside, about)
            speaker = speaker or (about if words.endswith(":") else None)
            if speaker:
                self.leads[sentence.number] = speaker

    def _said_by(
        self, sentence: Sentence, outside: str, quotation: Marked, after: int
    ) -> str | None:
        between = sentence.text[after : quotation.start]
        start = quotation.start - len(between.lstrip())
        if (sentence.number, start) in self.cited and is_citation_saying(between.lstrip()):
            return self.cited[sentence.number, start]
        after_it = outside[quotation.end : quotation.end + 180]
        return speaker_putting(after_it) or speaker_before(between) or speaker_after(after_it)

    def _goes_on(self, sentence: Sentence, outside: str) -> str | None:
        """Return who spoke right before a sentence that is nothing but a quotation.

        A citation before it tells that somebody else speaks, as does one after it of another
        author than the sentence before cites, and one after it where nobody is named: a source has
        many such voices.
        """
        own = any(letter.isalpha() for letter in outside)
        if own or sentence.text.lstrip()[:1] in ("(", "["):
            return None
        here, before = (self._cited_in[n] for n in (sentence.number, sentence.number - 1))
        speaker = self._near(sentence, self._speaker, 1)
        other = before and not here <= before
        unnamed = here and speaker and _UNNAMED.match(speaker)
        return None if other or unnamed else speaker

    @staticmethod
    def _near(sentence: Sentence, known: tuple[Sentence, str] | None, most: int) -> str | None:
        """Return somebody named at most so many sentences before, in the same paragraph."""
        if known is None or known[0].paragraph != sentence.paragraph:
            return None
        return known[1] if sentence.number - known[0].number <= most else None

    def _about(self, sentence: Sentence, outside: str) -> str | None:
        """Return the person whom a sentence is about: no actor, and no surname unheard of."""
        about = _ABOUT.match(outside) or _SURNAME.match(outside) or _SAYS_SO.search(outside)
        taken = self.mentions.get(sentence.number, ())
        if not about or any(
            about.start("name") < m.end and m.start < about.end("name") for m in taken
        ):
            return None
        unheard = about.re is _SURNAME and about["name"] not in self.surnames
        return None if unheard else about["name"]

    def _remember(self, sentence: Sentence, about: str | None, speaker: str | None) -> None:
        """Keep who spoke, and which person the sentence is about."""
        if speaker:
            self._speaker = (sentence, speaker)
        if about or (speaker and re.fullmatch(PERSON, speaker)):
            self._person = (sentence, about or speaker or "")
            self.surnames.add(self._person[1].rpartition(" ")[2])


def _presented(outside: str) -> str | None:
    """Return the one person whom a sentence names beside what he or she does."""
    named = {each["after"] or each["before"] for each in _PRESENTED.finditer(outside)}
    return named.pop() if len(named) == 1 else None


def _made(
    quotation: Marked,
    sentence: Sentence,
    speaker: str | None,
    is_term: bool,
    mentions: Sequence[Mention],
) -> Quotation:
    named = [m for m in mentions if speaker and folded(m.text) == _bare(speaker) and m.acts]
    return Quotation(
        text=quotation.text.rstrip(","),
        sentence=sentence.number,
        start=quotation.start,
        end=quotation.end,
        depth=quotation.depth,
        kind="term" if is_term else "quotation",
        speaker=speaker,
        actor=named[0].actor if named else None,
    )


def _bare(speaker: str) -> str:
    return re.sub(r"^(?:the|a|an) ", "", folded(speaker))
