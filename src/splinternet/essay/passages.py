"""Passages of a sentence that tell one thing each, with what was found in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from splinternet.essay.actors import Mention
from splinternet.essay.figures import Figure
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.moods import mood_of
from splinternet.essay.tie import Tie
from splinternet.essay.times import TimeReference

__all__ = ["Passage"]

#: Where another thing may begin to be told.
_JOINT = re.compile(
    r"; |, (?:and|while|whereas|but|which|who|where) |(?<!,) and (?=(?:then |later |also |soon )?"
    r"(?:[a-z]{3,}ed|left|cut|took|gave|won|lost|put|sold|bought|chose|kept|shut)\b)"
    r"|, (?=(?:a|an|the) )|(?<=\w), (?=[a-z]{3,}ing\b)"
)
#: Where something may begin that only goes with what is told.
_PIECE = re.compile(
    r"; |, (?:and|while|whereas|but|which|who|where|when|so that|since|because|after|before|as|"
    r"with|by|in a|in an|for a|against) |, (?=(?:a|an|the|one|two|half|about|nearly) )"
    r"|: (?=[a-z])"
)
#: What leads on to the next part, at the end of one.
_LEADING_ON = re.compile(r"[ .,;:]+(?:[a-z]+(?: that| a| an)? )?$")
_YEAR = re.compile(r"(?<![\w.,/-])(?:19|20)[0-9]{2}(?![\w%/-]|[.,][0-9])")
#: Words set apart by commas that tell an act of what stands before them.
_INSERTED = re.compile(
    r"(?<=, )(?:(?:which|who) |(?:first |then )?(?:[a-z]{3,}ed|built|bought|put|set|won|made) )"
    r"[^,;]{5,120}(?=, )"
)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|their|he|she|there|these|this|that|the same|"
    r"the (?:ban|order|law|deal|contract|loan|cable|project|company|firm|agreement|exclusion|"
    r"decision|directions?|affiliates|operator|vendor))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Passage:
    """A sentence, or a clause of it with blanks for the rest, and what was found in it.

    ``named_before`` are the actors named in what stands before, where a pronoun may mean them.
    """

    number: int
    text: str
    mentions: Sequence[Mention]
    times: Sequence[TimeReference]
    figures: Sequence[tuple[int, Figure]]
    ties: Sequence[Tie]
    named_before: tuple[str, ...] = ()

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of content but those of times and figures."""
        cut = list(self.text)
        spans = [(time.start, time.end) for time in self.times]
        spans += [(figure.start, figure.end) for _, figure in self.figures]
        for start, end in spans:
            cut[start:end] = " " * (end - start)
        return roots("".join(cut))

    @property
    def has_unread_year(self) -> bool:
        """Whether a year stands in it that is of no time, figure or name, as of 31 April 2023."""
        spans = [(time.start, time.end) for time in self.times]
        spans += [(mention.start, mention.end) for mention in self.mentions]
        spans += [(figure.start, figure.end) for _, figure in self.figures]
        years = (found.start() for found in _YEAR.finditer(self.text))
        return any(not any(start <= at < end for start, end in spans) for at in years)

    @cached_property
    def acts(self) -> frozenset[str]:
        """Those of its words that mean an act."""
        return self.words & read_lexicon().acting

    @cached_property
    def pronoun(self) -> Mention:
        """The first pronoun, or what else may mean an actor named before."""
        found = _PRONOUN.search(self.text)
        start, end = found.span() if found else (0, 0)
        return Mention(None, (), self.text[start:end], self.number, start, end, "pronoun")

    def clauses(self) -> list[Passage]:
        """Return the clauses of a sentence that tell an act each."""
        for found in _INSERTED.finditer(self.text):
            inner, outer = self._within(found.span()), self._within(found.span(), outside=True)
            if inner.acts and outer.acts:
                before = (m.actor for m in self.mentions if m.actor and m.start < found.start())
                return [outer, replace(inner, named_before=(*self.named_before, *before))]
        bounds = [0, *(found.end() for found in _JOINT.finditer(self.text)), len(self.text)]
        starts = [0]
        for start, end in pairwise(bounds[1:]):
            if self._between(start, end).acts and self._between(starts[-1], start).acts:
                starts.append(start)
        ends = [*starts[1:], len(self.text)]
        return [self._between(*each) for each in zip(starts, ends, strict=True)]

    def pieces(self) -> list[Passage]:
        """Return the parts of a sentence between all places where another thing may begin."""
        bounds = [0, *(found.end() for found in _PIECE.finditer(self.text)), len(self.text)]
        return [self._between(*each) for each in pairwise(bounds)]

    def is_all_of(self, sentence: Passage) -> bool:
        """Tell whether nothing of a sentence is left out."""
        return self.text == sentence.text and len(self.ties) == len(sentence.ties)

    def is_asserted_in(self, sentence: Passage) -> bool:
        """Tell whether the sentence that it is a part of puts it as a fact."""
        start = len(self.text) - len(self.text.lstrip())
        end = len(_LEADING_ON.sub("", f"{self.text.rstrip()} "))
        return mood_of(sentence.text, start, end, end) in ("asserted", "presupposed")

    def _between(self, first: int, last: int) -> Passage:
        """Return the clause from one place to another, with the actors named before it."""
        named = dict.fromkeys(m.actor for m in self.mentions if m.actor and m.start < first)
        return self._within((first, last), before=(*self.named_before, *named))

    def _within(
        self, span: tuple[int, int], outside: bool = False, before: tuple[str, ...] | None = None
    ) -> Passage:
        """Return what stands within a span, or outside it, with blanks for the rest."""
        first, last = span

        def is_kept(at: int) -> bool:
            return (first <= at < last) != outside

        head, inner, tail = self.text[:first], self.text[first:last], self.text[last:]
        if outside:
            text = head + " " * len(inner) + tail
        else:
            text = " " * len(head) + inner + " " * len(tail)
        flat = " ".join(text.split())
        return Passage(
            number=self.number,
            text=text,
            mentions=[m for m in self.mentions if is_kept(m.start)],
            times=[time for time in self.times if is_kept(time.start)],
            figures=[each for each in self.figures if is_kept(each[1].start)],
            ties=[tie for tie in self.ties if tie.text in flat],
            named_before=self.named_before if before is None else before,
        )
