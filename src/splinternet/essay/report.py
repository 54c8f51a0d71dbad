"""A reading told in words, as headings and points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from splinternet.essay.actors import Mention
from splinternet.essay.citations import Citation
from splinternet.essay.claims import Claim
from splinternet.essay.figures import Figure
from splinternet.essay.findings import Finding, Status
from splinternet.essay.reading import Reading
from splinternet.essay.sentences import by_sentence
from splinternet.essay.statements import Statement
from splinternet.essay.tie import Tie

__all__ = ["MOST_POINTS", "Point", "Section", "figure_in_words", "report", "tie_in_words"]


#: Points of a section; the essay of a long book has more.
MOST_POINTS = 200


@dataclass(frozen=True)
class Point:
    """A point of the report, and what is said of it, line by line."""

    text: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of the report: its heading, a line on how to read it, and its points."""

    heading: str
    lead: str
    points: tuple[Point, ...]


def report(reading: Reading) -> list[Section]:
    """Tell what was found in an essay, the most telling first."""
    teller = _Teller(reading)
    sections = [
        Section("To know first", "", tuple(Point(note) for note in reading.notes)),
        Section(
            "Contradicted",
            "The ledger says otherwise: it has another date or share, or the opposite. Shares may "
            "count another thing than the essay does; the basis is named where the ledger "
            "knows it.",
            tuple(teller.findings("contradicted")),
        ),
        Section(
            "Disputed",
            "The ledger holds the same, and statements against it.",
            tuple(teller.findings("disputed")),
        ),
        Section(
            "Supported",
            "The ledger bears out the tie that is named, and says nothing of the rest of the "
            "sentence.",
            tuple(teller.findings("supported")),
        ),
        Section(
            "Claims without a citation",
            "A later citation of the same paragraph may be meant for them too; the text does not "
            "say so.",
            tuple(_uncited(reading)),
        ),
        Section("Citations", "", tuple(_citations(reading))),
        Section("Works that no citation surely means", "", tuple(_uncited_works(reading))),
        Section("Figures", "", tuple(_figure(reading, figure) for figure in reading.figures)),
        Section("Quotations", "", tuple(_quotations(reading))),
        Section(
            "Unknown",
            "Ties that the ledger neither bears out nor contradicts.",
            tuple(teller.findings("unknown")),
        ),
        Section("Actors", "", tuple(_actors(reading))),
        Section("Times", "", tuple(_times(reading))),
        Section("Works", "", tuple(_works(reading))),
    ]
    return [_bounded(section) for section in sections if section.points]


def tie_in_words(tie: Tie, names: dict[str, str]) -> str:
    """Put a tie in words: ``Huawei market share Russia``."""
    verb = tie.act or tie.predicate.replace("_", " ")
    subject = names.get(tie.subject, tie.subject) if tie.subject else "somebody"
    object = names.get(tie.object, tie.object) if tie.object else tie.thing or ""
    return f"{subject} {verb} {object}".rstrip()


def figure_in_words(figure: Figure) -> str:
    """Give a figure with unit, scope and date: ``37 % (RU, smartphones), 2019-11``."""
    bounds = [f"{bound:,.10g}" for bound in (figure.low, figure.high) if bound is not None]
    number = " to ".join(dict.fromkeys(bounds))
    unit = "" if figure.unit == "count" else f" {figure.unit}"
    of = f" ({figure.scope})" if str(figure.scope) else ""
    qualifier = f"{figure.qualifier} " if figure.qualifier else ""
    return f"{qualifier}{number}{unit}{of}, {figure.period or 'undated'}"


def _bounded(section: Section) -> Section:
    """Keep what a person may read."""
    rest = len(section.points) - MOST_POINTS
    if rest <= 0:
        return section
    more = Point(f"{rest:,} more; --format json has all")
    return replace(section, points=(*section.points[:MOST_POINTS], more))


class _Teller:
    """Tells what the ledger has, each statement in full only once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.told: set[str] = set()

    def findings(self, status: Status) -> Iterator[Point]:
        for claim in self.reading.claims:
            for finding in claim.findings:
                if finding.status == status:
                    yield self._finding(claim, finding)

    def _finding(self, claim: Claim, finding: Finding) -> Point:
        cited = ", ".join(f"({self.reading.citations[i].text})" for i in claim.citations)
        where = f"line {claim.line}, {cited or 'no citation'}"
        if finding.tie:
            said = f"“{_shortened(finding.tie.text)}”: {_tie(self.reading, finding.tie)}"
        else:
            held = self.reading.statements[finding.same[0]]
            said = f"“{claim.text}” It says: {held.claim}"
        below = [
            *(
                f"against: {self._statement(id)}"
                for id in (*finding.contradicts, *finding.disputes)
            ),
            *(f"for: {self._statement(id)}" for id in finding.supports),
            *(
                f"objected to, which changes nothing: {self._statement(id)}"
                for id in finding.objections
            ),
            *(f"at another time: {self._statement(id)}" for id in finding.superseded),
        ]
        if finding.by_agency:
            acts = ", ".join(finding.by_agency)
            below.append(f"an agency's act is told as its state's: {acts}")
        if finding.status == "contradicted":
            below.insert(0, finding.why)
        if finding.status == "unknown":
            below.append(f"{finding.why}{': ' if finding.related else ''}")
            below[-1] += ", ".join(finding.related)
        return Point(f"{said} [{where}]", tuple(below))

    def _statement(self, id: str) -> str:
        statement = self.reading.statements[id]
        if id in self.told:
            return f"{id}, as above"
        self.told.add(id)
        return f"{id}: {statement_in_words(statement, self.reading.names)}"


def statement_in_words(statement: Statement, names: dict[str, str]) -> str:
    """Tell what a statement says, how the ledger sums it up, of what kind it is, and by whom."""
    basis = f" ({statement.basis})" if statement.basis else ""
    value = f", {statement.value}{basis}" if statement.value else ""
    scope = f" [{statement.scope}]" if str(statement.scope) else ""
    told = f"{_who_does_what(statement, names)}{value}{scope}, {statement.period}"
    sources = "; ".join(f"{w.name} ({w.kind})" for w in statement.witnesses)
    return f"{told}. {statement.summary}. {statement.kind.capitalize()}; {sources}."


def _who_does_what(statement: Statement, names: dict[str, str]) -> str:
    verb = statement.predicate.replace("_", " ")
    of = " of" if statement.predicate == "states" and statement.object else ""
    object = names.get(statement.object or "", statement.object or "")
    claim = f": {statement.claim}" if statement.claim else ""
    subject = names.get(statement.subject, statement.subject)
    return f"{subject} {verb}{of} {object}".rstrip() + claim


def _tie(reading: Reading, tie: Tie) -> str:
    words = tie_in_words(tie, reading.names)
    if tie.figure is not None:
        return f"{words}, {figure_in_words(reading.figures[tie.figure])}"
    return f"{words}{f' ({tie.scope})' if str(tie.scope) else ''}"


def _uncited(reading: Reading) -> Iterator[Point]:
    cited = by_sentence(reading.citations)
    for claim in reading.claims:
        if claim.cited:
            continue
        below = []
        if claim.cited_later:
            later = cited[claim.cited_later][0].text
            on = claim.cited_later - claim.sentence
            sentences = "in the next sentence" if on == 1 else f"{on} sentences on"
            below = [f"the next citation of the paragraph, ({later}), stands {sentences}"]
        yield Point(f"line {claim.line}: {claim.text}", tuple(below))


def _citations(reading: Reading) -> Iterator[Point]:
    """Yield what is cited alike together."""
    alike: dict[tuple[str, tuple[str, ...]], list[Citation]] = {}
    for citation in reading.citations:
        alike.setdefault((citation.text, citation.works), []).append(citation)
    titles = {work.id: work.name for work in reading.works}
    for (text, works), citations in alike.items():
        times = "once" if len(citations) == 1 else f"{len(citations)} times"
        hint = f": {citations[0].hint}" if citations[0].hint else ""
        told = {
            "unique": "one work",
            "ambiguous": f"ambiguous, it may mean any of {len(works)} works",
            "missing": f"not in the list of works{hint}",
            "linked": f"a page that the list of works does not have: {citations[0].url}",
            "unread": f"not understood{hint}",
        }[citations[0].status]
        meant = (f"means: {titles[work]}" for work in works)
        borne = (f"for, in line {c.line}: {_shortened(c.supports)}" for c in citations)
        yield Point(f"({text}), {times}: {told}", (*meant, *borne))


def _shortened(text: str) -> str:
    """Keep the first and last words of a long sentence."""
    words = text.split()
    return text if len(words) <= 20 else f"{' '.join(words[:12])} … {' '.join(words[-6:])}"


def _uncited_works(reading: Reading) -> Iterator[Point]:
    titles = {work.id: work.name for work in reading.works}
    for each in reading.uncited:
        how = "cited ambiguously at most" if each.maybe else "never cited"
        yield Point(f"{titles[each.work]}: {how}")


def _figure(reading: Reading, figure: Figure) -> Point:
    whose = reading.names.get(figure.actor or "", "nobody named")
    basis = f"; of: {figure.basis}" if figure.basis else ""
    below = []
    if figure.of is not None and figure.low:
        base = reading.figures[figure.of]
        if base.low is not None and base.low == base.high:
            before = f"{base.low / figure.low:,.3g} {base.unit if base.unit != 'count' else ''}"
            below.append(f"with “{base.text}” it implies about {before.strip()} at its start")
    line = reading.sentences[figure.sentence - 1].line
    return Point(
        f"line {line}, “{figure.text}”: {whose}; {figure_in_words(figure)}{basis}", tuple(below)
    )


def _quotations(reading: Reading) -> Iterator[Point]:
    for quotation in reading.quotations:
        line = reading.sentences[quotation.sentence - 1].line
        if quotation.kind == "term":
            yield Point(f"line {line}, a term: “{quotation.text}”")
            continue
        said = quotation.speaker or "nobody named in the sentence"
        if quotation.actor and reading.names[quotation.actor] != said:
            said = f"{said} ({reading.names[quotation.actor]})"
        within = " within a quotation" if quotation.depth else ""
        lines = ", ".join(str(reading.sentences[n - 1].line) for n in quotation.also_in)
        below = (f"the same words again in line {lines}",) if lines else ()
        yield Point(f"line {line}{within}, quoting {said}: “{quotation.text}”", below)


def _actors(reading: Reading) -> Iterator[Point]:
    """Yield each actor, how often it is named, and by which words other than names."""
    by_actor: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in reading.mentions:
        by_actor[mention.actor or ""].append(mention)
    for id, name in reading.names.items():
        mentions = by_actor.get(id)
        if not mentions:
            continue
        words = dict.fromkeys(
            f"“{m.text}” (line {reading.sentences[m.sentence - 1].line}, {m.rule})"
            for m in mentions
            if m.rule not in ("name", "adjective")
        )
        state = next((m.state for m in mentions if m.state), None)
        acts = f", whose acts count for {reading.names[state]} too" if state else ""
        also = f"; also as {', '.join(words)}" if words else ""
        times = "once" if len(mentions) == 1 else f"{len(mentions)} times"
        yield Point(f"{name}{acts}: {times}{also}")
    for mention in by_actor.get("", ()):
        may = ", ".join(reading.names[id] for id in mention.candidates) or "nobody before fits"
        line = reading.sentences[mention.sentence - 1].line
        yield Point(f"line {line}, “{mention.text}”: not resolved ({may})")


def _times(reading: Reading) -> Iterator[Point]:
    for time in reading.times:
        line = reading.sentences[time.sentence - 1].line
        meant = time.period or "open, as the essay has no date"
        yield Point(f"line {line}, “{time.text}”: {meant} ({time.rule})")


def _works(reading: Reading) -> Iterator[Point]:
    for work in reading.works:
        yield Point(f"{work.name} [{work.style}, {work.csl['type']}]")
    for entry in reading.unread:
        yield Point(f"line {entry.line}, not understood: {entry.text[:200]}")
