"""Setting what an essay says beside what a ledger holds.

Nothing untrue may come out ``supported``: a statement bears a tie out only if parties, act, time,
scope, place and amounts all fit. Misfits are named in ``why``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace

from splinternet.essay.additions import Additions
from splinternet.essay.contents import Contents
from splinternet.essay.dates import Period
from splinternet.essay.exceeding import exceeds
from splinternet.essay.figures import Figure
from splinternet.essay.findings import Finding, Findings
from splinternet.essay.fitting import (
    Evidence,
    fits_amounts,
    fits_scope,
    fits_time,
    is_evidence,
    overlaps_scope,
    share_fits,
)
from splinternet.essay.gazetteer import Actor
from splinternet.essay.gist import Gists
from splinternet.essay.index import StatementIndex
from splinternet.essay.left_out import of_a_rest
from splinternet.essay.limits import (
    covers_duty,
    covers_part,
    fits_asides,
    fits_form,
    fits_product,
    fits_region,
    fits_somebody,
    misfit,
    names_partner,
)
from splinternet.essay.objects import Objects
from splinternet.essay.off_lists import off_list
from splinternet.essay.opposing import (
    begun_at_other_dates,
    ended_otherwise,
    opposes,
    other_dates,
    other_ends,
)
from splinternet.essay.parties import Parties
from splinternet.essay.remainder import Remainder
from splinternet.essay.reported import Reported
from splinternet.essay.statements import Statement
from splinternet.essay.still import still_told
from splinternet.essay.surplus import Surplus
from splinternet.essay.tellings import tells_step
from splinternet.essay.things import Things
from splinternet.essay.tie import Tie
from splinternet.essay.verbs import Verb, read_verbs
from splinternet.essay.wording import content_words

__all__ = ["Comparison"]

_MOODS = {
    "negated": "it is denied, and nothing shows that",
    "ended": "it is said to have ended, and the ledger has no such end",
    "possible": "it is put as possible, wished for or to come, which is not compared",
    "doubted": "it is doubted or denied, which is not compared",
    "presupposed": "it is only taken for granted beside what the sentence says",
}

#: The one that happened, rather than one of several.
_DEFINITE = re.compile(
    r"\b(?:the|its|their|this|that) (?:[\w-]+ ){0,3}?"
    r"(?:contract|treaty|declaration|memorandum|agreement|deal|pact|text|statement)\b",
    re.IGNORECASE,
)

#: Words for a step that has a day of its own, whatever goes on from then.
_DATED_STEP = re.compile(
    r"\b(?:extended|renewed|prolonged|granted|issued|adopted|announced|introduced|approved|welcomed)\b"
)

#: Predicates of acts that one who is limited may tell by either.
_LIMITS = frozenset(("bans", "restricts"))
_LIMITED = re.compile(
    r"\b(?:exclu|bar(?:s|red)\b|ban(?:s|ned)\b|restrict|limit|(?:covered|entity|black) ?list)",
    re.IGNORECASE,
)


class Comparison:
    """Compares ties and sentences of an essay with the statements of a ledger.

    Parameters
    ----------
    statements
        Those of the ledger; deprecated ones are left out.
    actors
        Its actors.
    dated
        Date of the essay.
    """

    def __init__(
        self, statements: Iterable[Statement], actors: dict[str, Actor], dated: Period | None
    ) -> None:
        self.statements = {s.id: s for s in statements if not s.deprecated}
        self.actors = actors
        self.dated = dated
        self._verbs = {verb.act: verb for verb in read_verbs()}
        self._abouts: dict[tuple[str, str], bool] = {}
        self.parties = Parties(actors)
        self.findings = Findings(self.statements, self.parties)
        self.gists = Gists(self.findings, actors, dated)
        self.index = StatementIndex(self.statements.values(), self.parties, dated)
        self.reported = Reported(self.findings, actors, self.index.of_actor, dated)
        self.remainder = Remainder(self.statements, self.index.of_actor, self.parties)
        self.things = Things(self.statements, self.gists.tellings, self.parties)
        self._objects = Objects(self.statements, self.gists.tellings)
        of_actor, tellings = self.index.of_actor, self.gists.tellings
        self.surplus = Surplus(self.statements, of_actor, tellings, self.parties)
        self.additions = Additions(self.statements, self.index.of_actor, self.gists.tellings)

    def dated_at(self, dated: Period | None) -> Comparison:
        """Return the same for an essay of another date, which shares what hangs on no date."""
        other = copy(self)
        other.dated = dated
        other.gists = self.gists.dated_at(dated)
        other.index = self.index.dated_at(dated)
        other.reported = self.reported.dated_at(dated)
        return other

    def of_tie(self, tie: Tie, figures: Sequence[Figure]) -> Finding:
        """Set a tie, with the figures of its clause, beside the ledger."""
        about = self.index.about(tie)
        if tie.act is None:
            return self._of_share(tie, figures[0], about)
        verb = self._verbs[tie.act]
        of_law = tie.object is not None and self.actors[tie.object].kind == "law"
        if tie.subject is None and not of_law and not verb.by_anybody:
            why = "the ledger does not have whoever does it, or the sentence does not say"
            return self.findings.of(tie, "unknown", about, why=why)
        lasting = verb.lasting and not _DATED_STEP.search(tie.clause)
        evidence = [
            Evidence(statement, tie, figures, lasting, self.dated)
            for statement in about
            if self._is_act(tie, verb, statement, verb.proved)
        ]
        match tie.mood:
            case "asserted":
                return self._of_assertion(tie, verb, evidence, about)
            case "negated":
                return self._of_negation(tie, verb, evidence, about)
            case "ended":
                return self._of_end(tie, evidence, about)
        return self.findings.of(tie, "unknown", about, why=_MOODS[tie.mood])

    def checked(self, contents: Contents, found: list[Finding]) -> list[Finding]:
        """Take back support where a sentence is hearsay, or adds what no statement tells."""
        found = [off_list(contents, of_a_rest(contents, f), self.statements) for f in found]
        found = [still_told(contents, each, self.statements, self.dated) for each in found]
        supported = [each for each in found if each.status == "supported"]
        if not supported:
            return found
        why = exceeds(contents, supported, self.statements, self.parties)
        if not why and self._objects.are_others(contents.text, supported):
            why = "it is done to another thing, or by somebody else, than the ledger has"
        if not why and len(supported) == len(found):
            untold = self.additions.untold(contents.text, found)
            untold = untold or self.remainder.untold(contents, found)
            untold = untold or self.things.untold(contents, found)
            untold = untold or self.surplus.untold(contents, found)
            why = f"the ledger does not tell all of it: {untold}" if untold else ""
        if not why:
            return found
        return [
            replace(each, status="unknown", same=each.supports, supports=(), by_agency=(), why=why)
            if each.status == "supported"
            else each
            for each in found
        ]

    def _of_assertion(
        self, tie: Tie, verb: Verb, evidence: list[Evidence], about: list[Statement]
    ) -> Finding:
        timely = [e for e in evidence if tie.whole and fits_time(e) and self._fits(e)]
        timely = [e for e in timely if not self._is_superseded(e)]
        supports = [e.statement for e in timely if is_evidence(e)]
        parts = set(tie.scope.segments).intersection(*(s.scope.segments for s in supports))
        held = (
            []
            if supports and parts
            else [
                e.statement
                for e in evidence
                if e.statement not in supports
                and overlaps_scope(e)
                and (e.statement.of_an_essay or (e in timely and not is_evidence(e)))
            ]
        )
        if supports or held:
            return self.findings.weighed(tie, supports, held, about)
        if tie.by_pronoun:
            return self.findings.of(tie, "unknown", about, why="it may stand for somebody else")
        if self._has_akin_then(tie, about):
            why = "the ledger has something like it at that time"
            return self.findings.of(tie, "unknown", about, why=why)
        opposed = [
            statement
            for statement in about
            if self._is_act(tie, verb, statement, verb.opposite)
            if not (evidence and statement.predicate == "restricts")  # it let some of it be
            if opposes(tie, statement, verb, self.dated)
        ]
        if opposed:
            why = "the ledger says the opposite"
            return self.findings.of(tie, "contradicted", about, contradicts=opposed, why=why)
        if ended := other_ends(evidence):
            when = ", ".join(dict.fromkeys(str(statement.period.end) for statement in ended))
            why = f"the ledger has another end: {when}"
            return self.findings.of(tie, "contradicted", about, contradicts=ended, why=why)
        amounts = bool(tie.figures) and any(fits_amounts(e) for e in evidence)
        definite = bool(_DEFINITE.search(tie.text) or tie.scope.generations or amounts)
        once = verb.once or definite
        if once and (other := other_dates(evidence)):
            when = ", ".join(dict.fromkeys(str(statement.period) for statement in other))
            why = f"the ledger has another date: {when}"
            return self.findings.of(tie, "contradicted", about, contradicts=other, why=why)
        begun = [s for s in about if self._is_act(tie, verb, s, verb.dated_by)]
        if not evidence and (other := begun_at_other_dates(tie, begun)):
            when = ", ".join(dict.fromkeys(str(statement.period) for statement in other))
            why = f"the ledger has it years from that: {when}"
            return self.findings.of(tie, "contradicted", about, contradicts=other, why=why)
        return self.findings.of(tie, "unknown", about, why=misfit(tie, evidence))

    def _has_akin_then(self, tie: Tie, about: Sequence[Statement]) -> bool:
        """Tell whether a limit on the same party began on the day, or in the month, of a tie.

        In its year is enough if the tie has the words of the limit: calls by WhatsApp.
        """
        exact = any(t.period and t.period.precision in ("day", "month") for t in tie.times)
        words = content_words(tie.clause)
        return any(
            statement.predicate in _LIMITS
            and (exact or frozenset() < content_words(statement.claim or "") <= words)
            and fits_time(Evidence(statement, tie, (), False, self.dated))
            for statement in about
            if self.parties.are_of(tie, statement, False) and not statement.of_an_essay
            if tie.predicate in _LIMITS or _LIMITED.search(tie.clause)
        )

    def _fits(self, evidence: Evidence) -> bool:
        """Tell whether a statement fits a tie in all but its time."""
        return (
            fits_scope(evidence)
            and (
                not evidence.figures
                or fits_amounts(evidence, self.index.of_one_act(evidence.statement))
            )
            and covers_part(evidence)
            and covers_duty(evidence, self.actors)
            and fits_product(evidence, self.actors)
            and fits_form(evidence)
            and fits_region(evidence, self.actors)
            and fits_somebody(evidence, self.actors)
            and names_partner(evidence, self.actors)
            and (not (evidence.tie.asides or evidence.tie.years) or self._fits_asides(evidence))
        )

    def _fits_asides(self, evidence: Evidence) -> bool:
        statement = evidence.statement
        acts, same = self.index.of_one_act(statement), self.index.of_same_parties(statement)
        return fits_asides(evidence, acts, same)

    def _is_superseded(self, evidence: Evidence) -> bool:
        """Tell whether another statement had taken the place of one by the time of the tie."""
        then = [time.period for time in evidence.tie.times if time.period and time.period.end]
        dated = [] if evidence.tie.past or not self.dated else [self.dated]
        ends = [period.end for period in then or dated if period.end]
        ids = evidence.statement.superseded_by
        by = [self.statements[id] for id in ids if id in self.statements]
        starts = [statement.period.start for statement in by if statement.period.start]
        return evidence.lasting and any(start <= end for start in starts for end in ends)

    def _of_negation(
        self, tie: Tie, verb: Verb, evidence: list[Evidence], about: list[Statement]
    ) -> Finding:
        opposed = [
            e.statement for e in evidence if is_evidence(e) and fits_time(e) and self._fits(e)
        ]
        if opposed:
            why = "it is denied, and the ledger says that it is so"
            return self.findings.of(tie, "contradicted", about, contradicts=opposed, why=why)
        allowed = [
            statement
            for statement in about
            if statement.predicate == "allows" and verb.predicate == "bans" and not evidence
            if self._is_act(tie, verb, statement, (("allows", False),))
            if not statement.period.end
            and self._fits(Evidence(statement, tie, (), True, self.dated))
            if fits_time(Evidence(statement, tie, (), True, self.dated)) and not statement.claim
        ]
        if allowed and tie.whole:
            return self.findings.weighed(tie, allowed, [], about)
        return self.findings.of(tie, "unknown", about, why=_MOODS["negated"])

    def _of_end(self, tie: Tie, evidence: list[Evidence], about: list[Statement]) -> Finding:
        ends = []
        for e in evidence:
            end = e.statement.period.end
            known = [time.period for time in tie.times if time.period]
            then = known or ([self.dated] if self.dated else [])
            fits = is_evidence(e) and overlaps_scope(e) and fits_somebody(e, self.actors)
            if end and e.statement.lasting and then and fits:
                exact = Period(end, end, e.statement.period.precision)
                if all(exact.overlaps(p) if known else p.end is None or end <= p.end for p in then):
                    ends.append(e.statement)
        if ends and tie.times and not tie.figures:
            why = "the ledger has the end"
            return self.findings.of(tie, "supported", about, supports=ends, why=why)
        if other := ended_otherwise(tie, evidence):
            when = ", ".join(dict.fromkeys(str(statement.period.end) for statement in other))
            why = f"the ledger has another end: {when}"
            return self.findings.of(tie, "contradicted", about, contradicts=other, why=why)
        return self.findings.of(tie, "unknown", about, why=_MOODS["ended"])

    def _of_share(self, tie: Tie, figure: Figure, about: list[Statement]) -> Finding:
        same, supports, other = [], [], []
        for statement in about:
            depends = tie.predicate == "vendor_share" and statement.predicate == "depends_on"
            if not self.parties.are_of(tie, statement, depends):
                continue
            if statement.predicate != tie.predicate and not depends:
                continue
            fits = share_fits(tie, figure, statement, self.dated)
            if statement.of_an_essay:
                same += [statement] if fits else []
            elif fits and statement.kind in ("fact", "estimate"):
                supports.append(statement)
            elif fits is False:
                other.append(statement)
        if tie.mood != "asserted":
            return self.findings.of(tie, "unknown", about, why=_MOODS[tie.mood])
        if same and (other or not supports):
            return self.findings.weighed(tie, supports, same, about, other)
        if supports:
            return self.findings.weighed(tie, supports, same, about)
        if other:
            why = "the ledger has another share for the same time; it may count another thing"
            return self.findings.of(tie, "contradicted", about, contradicts=other, why=why)
        return self.findings.of(tie, "unknown", about)

    def _is_act(
        self,
        tie: Tie,
        verb: Verb,
        statement: Statement,
        predicates: Sequence[tuple[str, bool]],
    ) -> bool:
        """Tell whether a statement is of the same parties, and of the act by these predicates."""
        if not any(
            predicate == statement.predicate and self.parties.are_of(tie, statement, turn)
            for predicate, turn in predicates
        ):
            return False
        if predicates is verb.opposite or predicates is verb.dated_by:
            return True
        if verb.about and not self._is_about(statement, verb):
            return False
        if verb.kinds:
            text, words = tie.text.casefold(), statement.words.casefold()
            if any(kind in text and kind not in words for kind in verb.kinds):
                return False
        if tie.thing is None:
            return True
        things = content_words(tie.thing)
        return things <= content_words(f"{statement.claim or ''}")

    def _is_about(self, statement: Statement, verb: Verb) -> bool:
        """Tell whether a statement has the words that an act needs."""
        key = (statement.id, verb.act)
        if key not in self._abouts:
            # A title of a source may speak of another step of a law than the statement.
            told = f"{statement.claim} {statement.summary}"
            if verb.act != "signs":
                same = self.index.of_one_act(statement)
                told = " ".join(s.words for s in same if s.subject == statement.subject)
            found = verb.about is None or verb.about.search(told) is not None
            self._abouts[key] = found or self._is_only_step(statement)
        return self._abouts[key]

    def _is_only_step(self, statement: Statement) -> bool:
        """Tell whether the ledger has one date of a law alone, and does not say of which step."""
        if statement.predicate != "enacts" or tells_step(statement):
            return False
        others = self.index.of_actor.get(statement.object or "", ())
        return sum(other.predicate == "enacts" for other in others) == 1
