"""Claims of an essay: its sentences, what they rest on, and what the ledger has about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from splinternet.essay.actors import FIRMS, Mention
from splinternet.essay.citations import Citation
from splinternet.essay.comparing import Comparison
from splinternet.essay.contents import Contents
from splinternet.essay.figures import Figure
from splinternet.essay.findings import Finding, Status
from splinternet.essay.gazetteer import Actor
from splinternet.essay.moods import is_unsure
from splinternet.essay.passages import Passage
from splinternet.essay.scopes import scope_of
from splinternet.essay.sentences import Sentence, by_sentence
from splinternet.essay.shares import find_shares
from splinternet.essay.speakers import Quotation
from splinternet.essay.tie import Tie
from splinternet.essay.ties import find_ties
from splinternet.essay.times import TimeReference
from splinternet.essay.timing import with_taken

__all__ = ["Claim", "Parsed", "find_claims"]

Kind = Literal["quote", "forecast", "assertion"]

#: So many sentences back somebody may be named who is meant, or an act that is referred to.
_MOST_BACK, _NEAR = 3, 2
_FORECAST = re.compile(
    r"\b(?:will|would|may|might|could|likely|poised to|potentially|is going to)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Claim:
    """A sentence that says something of an actor, gives a figure or quotes.

    Parameters
    ----------
    sentence, line
        Number of the sentence, and its line in the file.
    text
        The sentence.
    kind
        quote, if it quotes somebody; forecast, if it speaks of what will or may be; else assertion.
    citations
        Indices of the citations that stand in it.
    cited_later
        If it has none, the sentence of its paragraph where the next citation stands.
    actors
        Ids of the actors it mentions.
    status
        contradicted or disputed, if some finding is; supported, if there are findings and all
        are; else unknown.
    findings
        What it says that could be set beside the ledger.
    """

    sentence: int
    line: int
    text: str
    kind: Kind
    citations: tuple[int, ...]
    cited_later: int | None
    actors: tuple[str, ...]
    status: Status
    findings: tuple[Finding, ...]

    @property
    def cited(self) -> bool:
        """Whether a citation stands in it."""
        return bool(self.citations)


@dataclass(frozen=True)
class Parsed:
    """Finds in the sentences of an essay, in the order of the text.

    ``prose`` are the sentences without their citations.
    """

    prose: Sequence[Sentence]
    citations: Sequence[Citation]
    mentions: Sequence[Mention]
    times: Sequence[TimeReference]
    figures: Sequence[Figure]
    quotations: Sequence[Quotation]


def find_claims(
    sentences: Sequence[Sentence],
    parsed: Parsed,
    actors: dict[str, Actor],
    comparison: Comparison,
) -> list[Claim]:
    """Find the claims of an essay, and set each beside the ledger.

    A question is no claim, and neither is a sentence without actor, figure and quotation.
    """
    reader = _Reader(parsed, actors, comparison)
    pairs = zip(sentences, parsed.prose, strict=True)
    claims = (reader.claim(sentence, prose) for sentence, prose in pairs)
    return [claim for claim in claims if claim]


class _Reader:
    def __init__(self, parsed: Parsed, actors: dict[str, Actor], comparison: Comparison) -> None:
        self.parsed = parsed
        self.actors = actors
        self.comparison = comparison
        self.mentions = by_sentence(parsed.mentions)
        self.times = by_sentence(parsed.times)
        self.quotations = by_sentence(parsed.quotations)
        self.figures: dict[int, list[tuple[int, Figure]]] = {}
        for index, figure in enumerate(parsed.figures):
            self.figures.setdefault(figure.sentence, []).append((index, figure))
        self.cited_in: dict[int, list[int]] = {}
        for index, citation in enumerate(parsed.citations):
            self.cited_in.setdefault(citation.sentence, []).append(index)
        self.last: tuple[Sentence, list[Tie]] | None = None
        self.told: tuple[Sentence, tuple[str, ...]] | None = None
        self.named: dict[int, tuple[int, list[str]]] = {}
        self.several: set[int] = set()
        self.cited_later = _next_cited(parsed.prose, self.cited_in)

    def claim(self, sentence: Sentence, prose: Sentence) -> Claim | None:
        number = sentence.number
        mentions = self.mentions.get(number, [])
        quoted = self.quotations.get(number, [])
        figures = self.figures.get(number, [])
        times = with_taken(prose.text, self.times.get(number, []))
        bare = not (mentions or quoted or figures)
        self.named[number] = (sentence.paragraph, [])
        if sentence.text.rstrip(" ”’\"')").endswith("?"):
            return None
        if bare and not (times and self._named_before(prose)):
            return None
        contents = Contents(prose.text, figures, times, mentions)
        findings = self._findings(prose, mentions, figures, times)
        findings = self.comparison.checked(contents, findings)
        self._remember(prose, findings)
        if bare and _status(findings) == "unknown":
            return None
        citations = tuple(self.cited_in.get(number, ()))
        named = dict.fromkeys(m.actor for m in mentions if m.actor)
        return Claim(
            sentence=number,
            line=sentence.line,
            text=sentence.text,
            kind=_kind(prose, quoted),
            citations=citations,
            cited_later=None if citations else self.cited_later.get(number),
            actors=tuple(named),
            status="unknown" if _says_more(findings, figures) else _status(findings),
            findings=tuple(findings),
        )

    def _elsewhere(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Return the mentions of other states than those of the first actor named."""
        named = [m for m in mentions if m.actor]
        own = {self.actors[m.actor or ""].country for m in named[:1]}
        return [m for m in named if self.actors[m.actor or ""].country not in own]

    def _ties_before(self, sentence: Sentence) -> list[Tie]:
        """Return the ties of the sentence before, if that is of the same paragraph."""
        return self.last[1] if self.last and _follows(sentence, self.last[0]) else []

    def _named_before(self, sentence: Sentence) -> tuple[str, ...]:
        """Return the actors of the sentence before, if that is of the same paragraph.

        Of kinds that it names none of, those of the sentences before it count, up to the third.
        """
        named: list[str] = []
        for number in range(sentence.number - 1, sentence.number - 1 - _MOST_BACK, -1):
            earlier = self.named.get(number)
            if earlier is None or earlier[0] != sentence.paragraph:
                break
            kinds = {self._kind(id) for id in named}
            named += [id for id in earlier[1] if self._kind(id) not in kinds]
        return tuple(named)

    def _kind(self, actor: str) -> str:
        kind = self.actors[actor].kind
        return "firm" if kind in FIRMS else kind

    def _told_before(self, sentence: Sentence) -> tuple[str, ...]:
        """Return the statements that the last sentence with any was on, one or two before."""
        if self.told is None or self.told[0].paragraph != sentence.paragraph:
            return ()
        return self.told[1] if sentence.number - self.told[0].number <= _NEAR else ()

    def _remember(self, sentence: Sentence, findings: Sequence[Finding]) -> None:
        """Keep the markets that shares are of, and the statements, for the sentence after."""
        if told := tuple(id for f in findings for id in (*f.supports, *f.contradicts)):
            self.told = (sentence, told)
        shares = [f.tie for f in findings if f.tie and f.tie.predicate == "market_share"]
        markets = [tie.object for tie in shares if tie.object]
        if sentence.number in self.named:
            kept = self.named[sentence.number][1]
            kept.extend(m for m in markets if self.actors[m].kind == "market")

    def _findings(
        self,
        sentence: Sentence,
        mentions: Sequence[Mention],
        figures: Sequence[tuple[int, Figure]],
        times: Sequence[TimeReference],
    ) -> list[Finding]:
        given = (sentence, mentions, figures, times, self.actors)
        shares = list(find_shares(*given))
        counted = {index for share in shares for index in share.figures}
        found_ties = find_ties(*given, before=self._ties_before(sentence))
        before = self._named_before(sentence)
        self.last = (sentence, found_ties)
        self.named[sentence.number][1].extend(m.actor for m in mentions if m.actor)
        if _begins_with_several(sentence, mentions):
            self.several.add(sentence.number)
        acts = [tie for tie in found_ties if not counted & {*tie.figures}]
        ties = [*acts, *shares]
        found = [
            self.comparison.of_tie(tie, [self.parsed.figures[index] for index in tie.figures])
            for tie in ties
        ]
        named = [m.actor for m in mentions if m.actor]
        found += self.comparison.reported.of_words(sentence.text, named)
        status = "unknown" if _says_more(found, figures) else _status(found)
        meant = named or any(m.candidates for m in mentions)
        if status in ("unknown", "contradicted") and (meant or (before and times)):
            told_before = self._told_before(sentence)
            passage = Passage(
                sentence.number,
                sentence.text,
                mentions,
                times,
                figures,
                ties,
                before,
                told_before,
                several_before=sentence.number - 1 in self.several,
            )
            told = self.comparison.gists.find(passage, found)
            if told and (status == "unknown" or _bears_out(told, found)):
                return told
        if found or not named:
            return found
        whole = Tie(
            sentence=sentence.number,
            subject=named[0],
            predicate="states",
            object=None,
            text=sentence.text,
            scope=scope_of(sentence.text, self._elsewhere(mentions), self.actors),
            mood="asserted",
            figures=tuple(index for index, _ in figures),
            times=tuple(times),
        )
        values = [figure for _, figure in figures]
        if told := self.comparison.reported.of_what_is_told(whole, sentence.text, values):
            return told
        if is_unsure(sentence.text):
            return found
        return self.comparison.reported.of_facts_in_words(whole, sentence.text, named, values)


def _bears_out(told: Sequence[Finding], found: Sequence[Finding]) -> bool:
    """Tell whether a sentence is told as a whole, with the times that seemed other ones."""
    against = [each.tie for each in found if each.status == "contradicted" and each.tie]
    times = [time for each in told if each.tie for time in each.tie.times]
    fits = all(time in times for tie in against for time in tie.times)
    return fits and _status(told) == "supported"


def _follows(sentence: Sentence, last: Sentence) -> bool:
    """Tell whether a sentence stands right after another, in one paragraph."""
    return last.number == sentence.number - 1 and last.paragraph == sentence.paragraph


def _next_cited(sentences: Sequence[Sentence], cited_in: dict[int, list[int]]) -> dict[int, int]:
    """Return, for each sentence, the next of its paragraph in which a citation stands."""
    found: dict[int, int] = {}
    later: Sentence | None = None
    for sentence in reversed(sentences):
        if later and later.paragraph == sentence.paragraph:
            found[sentence.number] = later.number
        if sentence.number in cited_in:
            later = sentence
    return found


def _kind(sentence: Sentence, quoted: Sequence[Quotation]) -> Kind:
    if any(quotation.kind == "quotation" for quotation in quoted):
        return "quote"
    return "forecast" if _FORECAST.search(sentence.text) else "assertion"


def _says_more(findings: Sequence[Finding], figures: Sequence[tuple[int, Figure]]) -> bool:
    """Tell whether one share of several is supported, and of another nothing is known."""
    shares = {index for index, figure in figures if figure.unit == "%"}
    told = {index for finding in findings if finding.tie for index in finding.tie.figures}
    supported = {finding.status for finding in findings} == {"supported"}
    return supported and bool(shares & told) and bool(shares - told)


def _status(findings: Sequence[Finding]) -> Status:
    said = [finding for finding in findings if not _is_presupposed(finding)] or findings
    statuses = {finding.status for finding in said}
    for status in ("contradicted", "disputed"):
        if status in statuses:
            return status
    return "supported" if statuses == {"supported"} else "unknown"


def _is_presupposed(finding: Finding) -> bool:
    """Tell whether a finding is on what a sentence only takes for granted, without a time of it."""
    tie = finding.tie
    return tie is not None and tie.mood == "presupposed" and not (tie.times or tie.figures)


def _begins_with_several(sentence: Sentence, mentions: Sequence[Mention]) -> bool:
    """Tell whether a sentence begins with several parties in one: *it* after it means neither."""
    if len(mentions) < 2 or sentence.text[: mentions[0].start].strip():
        return False
    return sentence.text[mentions[0].end : mentions[1].start].strip() in (",", "and", "&")
