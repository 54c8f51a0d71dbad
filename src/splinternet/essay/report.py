"""A reading told in words, as headings and points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from splinternet.base.texts import phrase, phrase_for
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
        _section("first", (Point(note) for note in reading.notes)),
        _section("contradicted", teller.findings("contradicted"), lead=True),
        _section("disputed", teller.findings("disputed"), lead=True),
        _section("supported", teller.findings("supported"), lead=True),
        _section("uncited", _uncited(reading), lead=True),
        _section("citations", _citations(reading)),
        _section("uncited_works", _uncited_works(reading)),
        _section("figures", (_figure(reading, figure) for figure in reading.figures)),
        _section("quotations", _quotations(reading)),
        _section("unknown", teller.findings("unknown"), lead=True),
        _section("actors", _actors(reading)),
        _section("times", _times(reading)),
        _section("works", _works(reading)),
    ]
    return [_bounded(section) for section in sections if section.points]


def _section(name: str, points: Iterable[Point], *, lead: bool = False) -> Section:
    told = phrase(f"essay.lead.{name}") if lead else ""
    return Section(phrase(f"essay.heading.{name}"), told, tuple(points))


def _times_said(number: int) -> str:
    return phrase_for("essay.report.times", number, number=number)


def tie_in_words(tie: Tie, names: dict[str, str]) -> str:
    """Put a tie in words: ``Huawei market share Russia``."""
    verb = tie.act or tie.predicate.replace("_", " ")
    subject = (
        names.get(tie.subject, tie.subject) if tie.subject else phrase("essay.report.somebody")
    )
    object = names.get(tie.object, tie.object) if tie.object else tie.thing or ""
    return f"{subject} {verb} {object}".rstrip()


def figure_in_words(figure: Figure) -> str:
    """Give a figure with unit, scope and date: ``37 % (RU, smartphones), 2019-11``."""
    bounds = [f"{bound:,.10g}" for bound in (figure.low, figure.high) if bound is not None]
    number = phrase("essay.report.to").join(dict.fromkeys(bounds))
    unit = "" if figure.unit == "count" else f" {figure.unit}"
    of = f" ({figure.scope})" if str(figure.scope) else ""
    period = figure.period or phrase("essay.report.undated")
    qualifier = f"{figure.qualifier} " if figure.qualifier else ""
    return f"{qualifier}{number}{unit}{of}, {period}"


def _bounded(section: Section) -> Section:
    """Keep what a person may read."""
    rest = len(section.points) - MOST_POINTS
    if rest <= 0:
        return section
    more = Point(phrase("essay.report.more", number=f"{rest:,}"))
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
        cited = cited or phrase("essay.report.no_citation")
        where = phrase("essay.report.where", line=claim.line, cited=cited)
        if finding.tie:
            said = f"“{_shortened(finding.tie.text)}”: {_tie(self.reading, finding.tie)}"
        else:
            held = self.reading.statements[finding.same[0]]
            said = phrase("essay.report.says", text=claim.text, claim=held.claim)
        told = (
            ("against", (*finding.contradicts, *finding.disputes)),
            ("for", finding.supports),
            ("objected", finding.objections),
            ("another_time", finding.superseded),
        )
        below = [
            phrase(f"essay.report.{how}", statement=self._statement(id))
            for how, ids in told
            for id in ids
        ]
        if finding.by_agency:
            acts = ", ".join(finding.by_agency)
            below.append(phrase("essay.report.agency", acts=acts))
        if finding.status == "contradicted":
            below.insert(0, finding.why)
        if finding.status == "unknown":
            below.append(f"{finding.why}{': ' if finding.related else ''}")
            below[-1] += ", ".join(finding.related)
        return Point(f"{said} [{where}]", tuple(below))

    def _statement(self, id: str) -> str:
        statement = self.reading.statements[id]
        if id in self.told:
            return phrase("essay.report.as_above", id=id)
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
            below = [phrase_for("essay.report.cited_later", on, later=later, number=on)]
        yield Point(phrase("essay.report.line", line=claim.line, text=claim.text), tuple(below))


def _citations(reading: Reading) -> Iterator[Point]:
    """Yield what is cited alike together."""
    alike: dict[tuple[str, tuple[str, ...]], list[Citation]] = {}
    for citation in reading.citations:
        alike.setdefault((citation.text, citation.works), []).append(citation)
    titles = {work.id: work.name for work in reading.works}
    for (text, works), citations in alike.items():
        times = _times_said(len(citations))
        hint = f": {citations[0].hint}" if citations[0].hint else ""
        status = f"essay.citation.{citations[0].status}"
        told = phrase(status, number=len(works), hint=hint, address=citations[0].url)
        meant = (phrase("essay.report.means", work=titles[work]) for work in works)
        borne = (
            phrase("essay.report.bears", line=c.line, text=_shortened(c.supports))
            for c in citations
        )
        yield Point(f"({text}), {times}: {told}", (*meant, *borne))


def _shortened(text: str) -> str:
    """Keep the first and last words of a long sentence."""
    words = text.split()
    return text if len(words) <= 20 else f"{' '.join(words[:12])} … {' '.join(words[-6:])}"


def _uncited_works(reading: Reading) -> Iterator[Point]:
    titles = {work.id: work.name for work in reading.works}
    for each in reading.uncited:
        how = phrase(f"essay.report.{'ambiguously' if each.maybe else 'never'}")
        yield Point(f"{titles[each.work]}: {how}")


def _figure(reading: Reading, figure: Figure) -> Point:
    whose = reading.names.get(figure.actor or "", phrase("essay.report.nobody"))
    basis = phrase("essay.report.basis", of=figure.basis) if figure.basis else ""
    below = []
    if figure.of is not None and figure.low:
        base = reading.figures[figure.of]
        if base.low is not None and base.low == base.high:
            before = f"{base.low / figure.low:,.3g} {base.unit if base.unit != 'count' else ''}"
            implied = phrase("essay.report.implied", base=base.text, before=before.strip())
            below.append(implied)
    line = reading.sentences[figure.sentence - 1].line
    said = f"{whose}; {figure_in_words(figure)}{basis}"
    return Point(phrase("essay.report.at", line=line, text=figure.text, said=said), tuple(below))


def _quotations(reading: Reading) -> Iterator[Point]:
    for quotation in reading.quotations:
        line = reading.sentences[quotation.sentence - 1].line
        if quotation.kind == "term":
            yield Point(phrase("essay.report.term", line=line, text=quotation.text))
            continue
        said = quotation.speaker or phrase("essay.report.nobody_there")
        if quotation.actor and reading.names[quotation.actor] != said:
            said = f"{said} ({reading.names[quotation.actor]})"
        how = "essay.report.quoted_within" if quotation.depth else "essay.report.quoted"
        lines = ", ".join(str(reading.sentences[n - 1].line) for n in quotation.also_in)
        below = (phrase("essay.report.again", lines=lines),) if lines else ()
        yield Point(phrase(how, line=line, said=said, text=quotation.text), below)


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
            phrase("essay.report.named", text=m.text, line=_line(reading, m), rule=m.rule)
            for m in mentions
            if m.rule not in ("name", "adjective")
        )
        state = next((m.state for m in mentions if m.state), None)
        acts = phrase("essay.report.acts", state=reading.names[state]) if state else ""
        also = phrase("essay.report.also", words=", ".join(words)) if words else ""
        yield Point(f"{name}{acts}: {_times_said(len(mentions))}{also}")
    for mention in by_actor.get("", ()):
        may = ", ".join(reading.names[id] for id in mention.candidates) or phrase(
            "essay.report.nobody_fits"
        )
        line = _line(reading, mention)
        yield Point(phrase("essay.report.unresolved", line=line, text=mention.text, may=may))


def _line(reading: Reading, mention: Mention) -> int:
    return reading.sentences[mention.sentence - 1].line


def _times(reading: Reading) -> Iterator[Point]:
    for time in reading.times:
        line = reading.sentences[time.sentence - 1].line
        meant = time.period or phrase("essay.report.open")
        said = f"{meant} ({time.rule})"
        yield Point(phrase("essay.report.at", line=line, text=time.text, said=said))


def _works(reading: Reading) -> Iterator[Point]:
    for work in reading.works:
        yield Point(f"{work.name} [{work.style}, {work.csl['type']}]")
    for entry in reading.unread:
        yield Point(phrase("essay.report.unread", line=entry.line, text=entry.text[:200]))
