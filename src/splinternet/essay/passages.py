"""Passages of a sentence that tell one thing each, with what was found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from splinternet.essay.actors import Mention
from splinternet.essay.figures import Figure
from splinternet.essay.idioms import in_plain_words
from splinternet.essay.lexicon import Lexicon, read_lexicon, roots
from splinternet.essay.moods import mood_of
from splinternet.essay.scopes import Scope
from splinternet.essay.statements import Statement
from splinternet.essay.stems import Sieve
from splinternet.essay.tie import Tie
from splinternet.essay.times import TimeReference

__all__ = ["Passage"]

#: Where another thing may begin to be told.
_JOINT = re.compile(
    r"; |: |, (?:and|while|whereas|but|which|who|where) |(?<!,) and (?=(?:then |later |also |"
    r"soon )?"
    r"(?:[a-z]{3,}ed|left|cut|took|gave|won|lost|put|sold|bought|chose|kept|shut)\b)"
    r"|, (?=(?:a|an|the) )|(?<=\w), (?=[a-z]{3,}ing\b)"
)
#: Where something may begin that only goes with what is told.
_PIECE = re.compile(
    r"; |, (?:and|while|whereas|but|which|who|where|when|so that|since|because|after|before|as|"
    r"with|by|in a|in an|for a|against) |, for (?=(?:on|in) [0-9A-Z])|"
    r", (?=(?:a|an|the|one|two|half|about|nearly) )"
    r"|: "
)
#: Where a clause, or the thing that it is on, may begin before a time; so many are tried.
_CLIP = re.compile(
    r"(?:^|[;:,—] |\b(?:although|though|that|which|when|after|because|while|whereas|since|as|"
    r"from|of) (?=the\b|its\b|an?\b|[A-Z]|one\b))(?:\W*)"
)
_CLIPPED = re.compile(r"\W*(?:$|[.,;:)—]| (?:and|but|or|which|who|while|though|although)\b)")
_MOST_CLIPS = 3
#: Two who were named before.
_TWO = re.compile(r"(?:the two|both) [a-z]+$", re.IGNORECASE)
#: What leads on to the next part, at the end of one.
_LEADING_ON = re.compile(r"[ .,;:]+(?:[a-z]+(?: that| a| an)? )?$")
_WHEN = re.compile(r", when\W*$")
_NO = re.compile(r"\b(?:no|not|never|nothing|nobody|none)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\w.,/-])(?:19|20)[0-9]{2}(?![\w%/-]|[.,][0-9])")
_OWNED = re.compile(r"[’']s\b")
#: Verbs that are run together with what stands before them, or with *not*: it'll, wasn't, can't.
_SHORTENED = re.compile(
    r"\b(?:(?:is|are|was|were|has|have|had|does|do|did|would|could|should|must|need|might)n|can|won|"
    r"ain|shan)[’']t\b|[’'](?:ll|re|ve|d|m)\b"
)
#: Of several states one that is told of: was counted among the states that; what denies it.
_COUNTED = (
    r"(?:(?:is|was|are|were|has been|had been) )?(?:counted|numbered|named|listed|mentioned|"
    r"included|"
    r"reckoned|ranked|figured|figures|figure|belonged|belongs|appeared|appears|stood|stands|featured|"
    r"features)"
)
_POWERS = r"(?:states|countries|nations|governments|capitals|powers|members)"
_AMONG = re.compile(
    rf"\b(?:{_COUNTED} )?(?:among|amongst|to|as one of|one of) (?:the |those )(?:{_POWERS} )?"
    r"(?:that|which|who|in which|where)\b|"
    rf"\b{_COUNTED} (?:among|amongst|to|as one of) the {_POWERS}\b",
    re.IGNORECASE,
)
_NOT_SO = re.compile(r"\b(?:not|never|hardly|nowhere)\b|n[’']t\b", re.IGNORECASE)
#: Words that tell nothing.
_IDLE = re.compile(
    r"\bat (?:long )?last\b|\b(?:the )?(?:last|first) days? of\b|\bas of (?=[A-Z0-9])|"
    r"\bof course\b|\b(?:a (?:great|good) deal|plenty|a lot) of\b|"
    r"\bonly (?=(?:until|till|on|in|by|after|from|since|when|then|days?|weeks?|months?|"
    r"an? (?:few|day|week|month|year)|[0-9])\b)|\bwhether (?:it|they) likes? it or not\b|"
    r"\bas if (?:it were|nothing)[^,;:.]*|\bin the same breath\b|\bin all\b|\bmake do with\b|"
    r"\bmore exactly\b|\bto be exact\b|\bas early as\b|\bas late as\b|\bfor (?:its|their) part\b|"
    r"\b(?:its|their) (?:[a-z]+ )?(?:rival|competitor|neighbou?r|counterpart|compatriot)(?= [A-Z])|"
    r"(?<=[0-9] )(?:days|weeks|months|years) (?:passed|went by) "
    r"(?:before it came back|(?=(?:before|until)\b))|"
    r"\baccording to (?:the|that) same (?:series|study|source|table|figures|firm|report|"
    r"analysts?|survey|count)(?=[,.;]|$)|"
    r"\bagain (?=for\b|with\b)|"
    r"\bnot least\b|\bno (?:kinder|wonder|surprise|less)\b|\bin turn\b|\bby (?:then|now)\b|"
    r"(?<=dates )back\b|(?<=dated )back\b|(?<=dating )back\b|(?<=goes )back\b|"
    r"\b(?-i:(?:provider|supplier|builder|manufacturer|messenger|service|platform)(?= [A-Z]))|"
    r"\b(?:in|by|with|through) (?:an?|its|the) (?:public |written |press )?(?:statement|"
    r"communication|"
    r"announcement|notice|press release|guidance|ruling|report)\b(?! (?:with|between|to)\b)|"
    r"\b(?:intended|meant|designed|destined)(?= for\b)|"
    r"\b(?:de facto|de jure|ad hoc)\b",
    re.IGNORECASE,
)
#: How something was done.
_MANNER = re.compile(r"\b[a-z]{3,}ly\b")
_DENYING = re.compile(r"\b(?:no|not|never|only|first|last|sole|without|false\w*|wrong\w*)\b|[0-9]")
_LENGTHS = frozenset(("days", "weeks", "months", "years", "hours"))
#: Words of who says something, which are no act.
_SAYING = "told count counted counts report reported figures tables found measured estimated"
#: What only describes whoever stands before it.
_APPOSED = re.compile(
    r", (?:the|an?|its|their|one of|once|long|against|despite|amid|amidst|notwithstanding|over|"
    r"to (?:the|its|their|every|no|some))\b[^,;:()—]{2,80}(?=,)"
)
#: Who says so, or in whose count, after what is told.
_ATTRIBUTED = re.compile(
    r", (?:as|so|by|in) (?:[\w’'-]+ ){1,8}?(?:count(?:ed|s)?|told|report(?:ed|s)?|recalled|put it|"
    r"had it|"
    r"wrote|reckoned|measured|estimated|found|figures|tables?|"
    r"statistics)(?: [\w’'-]+){0,3}(?=[,.]|$)"
)
#: Which of the two may be found.
_SIEVE = Sieve([_IDLE.pattern, _ATTRIBUTED.pattern])
#: A length of time that tells when something was by another thing.
_FROM_ANOTHER = re.compile(r" (?:later|earlier|before|after|afterwards?|ago|on)\b")
#: What makes of such a length how long something took: it was 38 days before.
_LASTED = re.compile(r"\b(?:[Ii]t|that|which) (?:was|took|lasted) (?:[a-z]+ ){0,2}$")
#: The start of a clause whose subject stands in the one before.
_ELIDED = re.compile(
    r"\W*(?:(?:and|but|then|later|also|soon) )*"
    r"(?:[a-z]{3,}ed|left|cut|took|gave|won|lost|put|sold|bought|chose|kept|shut|built|made)\b"
)
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

    ``named_before`` are the actors named in what stands before, where a pronoun may mean them;
    ``told_before`` the ids of the statements that the sentence before was on, and
    ``several_before`` tells whether that began with several parties in one.
    """

    number: int
    text: str
    mentions: Sequence[Mention]
    times: Sequence[TimeReference]
    figures: Sequence[tuple[int, Figure]]
    ties: Sequence[Tie]
    named_before: tuple[str, ...] = ()
    told_before: tuple[str, ...] = ()
    several_before: bool = False

    def tie_of(self, statement: Statement, scope: Scope | None = None) -> Tie:
        """Return the act of a statement as the tie that it tells; of the statement's own scope."""
        return Tie(
            sentence=self.number,
            subject=statement.subject,
            predicate=statement.predicate,
            object=statement.object,
            text=self.text,
            scope=statement.scope if scope is None else scope,
            mood="asserted",
            figures=tuple(index for index, _ in self.figures),
            times=tuple(self.times),
            clause=self.text,
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of content but those of times and figures."""
        cut = list(self.text)
        spans = [(time.start, time.end) for time in self.times]
        spans += [(f.end - len(f.text), f.end) for _, f in self.figures]  # with "nearly" before it
        for start, end in spans:
            cut[start:end] = " " * (end - start)
        bare = _OWNED.sub(" ", _YEAR.sub(" ", "".join(cut)))
        return roots(_SHORTENED.sub(" ", bare) if "’" in bare or "'" in bare else bare)

    @cached_property
    def unread_years(self) -> frozenset[str]:
        """The years in it that are of no time, figure or name, as of 31 April 2023."""
        spans = [(time.start, time.end) for time in self.times]
        spans += [(mention.start, mention.end) for mention in self.mentions]
        spans += [(figure.start, figure.end) for _, figure in self.figures]
        return frozenset(
            found[0]
            for found in _YEAR.finditer(self.text)
            if not any(start <= found.start() < end for start, end in spans)
        )

    @cached_property
    def persons(self) -> frozenset[str]:
        """The words of the names of persons in it who act for states, and for two described."""
        return roots(" ".join(m.text for m in self.mentions if m.state or _TWO.match(m.text)))

    @cached_property
    def acts(self) -> frozenset[str]:
        """Those of its words that mean an act."""
        return self.words & read_lexicon().acting

    @cached_property
    def pronoun(self) -> Mention:
        """The first pronoun, or what else may mean an actor named before."""
        elided = _ELIDED.match(self.text) if self.named_before else None
        found = None if elided else _PRONOUN.search(self.text)
        start, end = found.span() if found else (0, 0)
        return Mention(None, (), self.text[start:end], self.number, start, end, "pronoun")

    def put_plainly(self) -> Passage:
        """Return the same with plain verbs for idioms."""
        plain = in_plain_words(self.text)
        return self if plain == self.text else replace(self, text=plain)

    def without_asides(self) -> Passage:
        """Return the same with blanks for idle words, descriptions and who says so."""
        lexicon = read_lexicon()
        text = self.text
        likely = _SIEVE.likely(text)
        idle = [found.span() for found in _IDLE.finditer(text)] if 0 in likely else []
        if among := _AMONG.search(text):
            idle += [] if _NOT_SO.search(text[: among.start()]) else [among.span()]
        if "ly" in text:
            manners = (m for m in _MANNER.finditer(text) if m[0] not in lexicon.manners)
            idle += [found.span() for found in manners]
        if "," in text:
            patterns = (_APPOSED, _ATTRIBUTED) if 1 in likely else (_APPOSED,)
            apart = (m.span() for each in patterns for m in each.finditer(text))
            idle += [span for span in apart if self._only_describes(span, lexicon)]
        for start, end in idle:
            text = text[:start] + " " * (end - start) + text[end:]
        figures = [
            each
            for each in self.figures
            if each[1].unit not in _LENGTHS
            or not _FROM_ANOTHER.match(self.text, each[1].end)
            or _LASTED.search(self.text[: each[1].end - len(each[1].text)])
        ]
        return replace(
            self,
            text=text,
            figures=[each for each in figures if text[each[1].start] != " "],
            mentions=[m for m in self.mentions if text[m.start] != " "],
        )

    def blanked(self, spans: Sequence[tuple[int, int]]) -> Passage:
        """Return the same with blanks in some places."""
        text = self.text
        for start, end in spans:
            text = text[:start] + " " * (end - start) + text[end:]
        return replace(self, text=text)

    def _only_describes(self, span: tuple[int, int], lexicon: Lexicon) -> bool:
        """Tell whether words name nobody who acts, no time, figure or act, and deny nothing."""
        first, last = span
        if any(m.acts and m.rule != "capital" for m in self.mentions if first <= m.start < last):
            return False
        spans = [time.start for time in self.times] + [each.start for _, each in self.figures]
        words = self.text[first:last]
        if any(first <= at < last for at in spans) or _DENYING.search(words):
            return False
        return not roots(words) & (lexicon.acting - roots(_SAYING))

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
        parts = [self._between(*each) for each in pairwise(bounds)]
        return [parts[0], *(after.dated_by(before) for before, after in pairwise(parts))]

    def dated_by(self, lead: Passage) -> Passage:
        """Return the same with the time of what leads to it: the year began in May, when."""
        idle = not (lead.acts or lead.ties or any(m.acts for m in lead.mentions))
        leads = idle and _WHEN.search(lead.text) and not _NO.search(lead.text)
        return replace(self, times=lead.times) if leads and not self.times else self

    def clips(self) -> Iterator[Passage]:
        """Yield the words up to a time from where the clause before it, or its thing, begins."""
        for time in self.times:
            if not _CLIPPED.match(self.text, time.end):
                continue  # what follows may tell more of it
            starts = [found.end() for found in _CLIP.finditer(self.text, 0, time.start)]
            ahead = [at for at in starts if any(at <= m.start < time.start for m in self.mentions)]
            for start in ahead[-_MOST_CLIPS:]:
                yield self._between(start, time.end)

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
            told_before=self.told_before,
        )
