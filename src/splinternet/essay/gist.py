"""Sentences set beside statements as a whole, where the table of verbs reads no act in them.

Such a sentence is borne out only if it tells nothing but what a statement tells: every word of
content must be one of the statement, of its parties' names or of the table in ``gist.toml``, and
parties, their order, time, scope and figures must fit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from datetime import date

from splinternet.essay.actors import FIRMS, Mention
from splinternet.essay.amounts import is_in_words
from splinternet.essay.assertion import is_directed, is_plan, is_sure, is_told_of_lists
from splinternet.essay.called import Called
from splinternet.essay.contrary import Contrary
from splinternet.essay.dates import Period
from splinternet.essay.ends import ends_told, without_ended
from splinternet.essay.findings import Finding, Findings
from splinternet.essay.fitting import Evidence, fits_amounts, fits_scope, is_evidence
from splinternet.essay.free import FreeClauses
from splinternet.essay.gazetteer import Actor
from splinternet.essay.hearsay import is_hearsay
from splinternet.essay.lexicon import read_lexicon
from splinternet.essay.likewise import Likewise
from splinternet.essay.limits import (
    covers_part,
    fits_form,
    fits_length,
    fits_product,
    fits_region,
    fits_somebody,
    fits_times,
    tells_years,
)
from splinternet.essay.numbered_networks import NumberedNetworks
from splinternet.essay.other_times import OtherTimes
from splinternet.essay.passages import Passage
from splinternet.essay.scopes import scope_of
from splinternet.essay.share_tellings import SHARES, ShareTellings
from splinternet.essay.statements import Statement
from splinternet.essay.suspected import are_suspected, without_suspicions
from splinternet.essay.tellings import Tellings, ends_of
from splinternet.essay.told_order import tells_order
from splinternet.essay.whole import Whole, lists_in

__all__ = ["Gists"]

#: Firms, by what tells them apart.
_FIRMS = frozenset(("firm", "operator"))
#: What the sentence before began with, after a time.
_IT = re.compile(
    r"\W*(?:(?:By|In|On|Since|From) [^,;:]{3,30} |[A-Z][a-z]+, )?[Ii]t (?!took\b|was\b)"
)
#: Moods of acts that statements may tell; of what is possible the words show it too.
_MOODS = frozenset(("asserted", "presupposed", "ended", "possible"))
#: Those of what is denied, which may be how a limit is told: no equipment may be used.
_DENIED = frozenset(("negated", "doubted"))
#: Shares have a reader of their own.
_LEFT_OUT = SHARES
#: Those that go on, so that a sentence may tell of a time within.
_GOES_ON = frozenset(("supplies", "owns"))
#: The group of vendors that goods of Chinese make are of.
_CHINESE = "chinese-vendors"
_CHINESE_GOODS = re.compile(
    r"\bChinese (?:[a-z]+ )?(?:cameras|vendors|equipment|gear|makers|suppliers|kit|technology)\b"
)
#: No longer sentence, in characters, is told whole by statements.
_LONGEST = 500
_CURRENCY = re.compile(r" (?:dollar|pound|rouble|ruble|yuan)s?\b")
#: What went on is said to be so still.
_STILL = re.compile(r"\b(?:still|remains?|to this day|continues?)\b", re.IGNORECASE)


class Gists:
    """The statements of a ledger, to find those that tell all of a sentence.

    Parameters
    ----------
    findings
        Its statements and parties, and how they weigh in.
    actors
        Its actors.
    dated
        Date of the essay.
    """

    def __init__(self, findings: Findings, actors: dict[str, Actor], dated: Period | None) -> None:
        self.findings = findings
        self.parties = findings.parties
        self.actors = actors
        self.dated = dated
        self.lexicon = read_lexicon()
        self._of_actor: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in findings.statements.values():
            if statement.predicate not in _LEFT_OUT:
                for actor in {statement.subject, statement.object or statement.subject}:
                    self._of_actor[actor].append(statement)
        self.tellings = Tellings(findings.parties, self._of_actor)
        self.shares = ShareTellings(findings, actors, self.tellings, dated)
        self.whole = Whole(findings.parties, self.tellings)
        self.other_times = OtherTimes(findings, self._of_actor, self.tellings, self.whole)
        self.called = Called(findings.parties, findings.statements.values())
        self.free = FreeClauses(findings, self.tellings)
        self.networks = NumberedNetworks(findings, actors, self.tellings)
        self.likewise = Likewise(findings, actors, self.tellings)
        self.contrary = Contrary(findings, self.tellings, self.whole)
        #: What was found in the parts of a sentence that are told in two ways alike.
        self._found: dict[str, Finding | None] = {}

    def dated_at(self, dated: Period | None) -> Gists:
        """Return the same for an essay of another date."""
        other = copy(self)
        other.dated = dated
        other.shares = self.shares.dated_at(dated)
        return other

    def find(self, sentence: Passage, found: Sequence[Finding]) -> list[Finding]:
        """Find what tells all of a sentence, or each of its clauses that is not borne out yet.

        Parameters
        ----------
        sentence
            The sentence.
        found
            What was found on its ties.
        """
        if len(sentence.text) > _LONGEST:
            return []
        given, sentence = sentence, sentence.put_plainly().without_asides()
        self._found.clear()
        if whole := self._find(sentence) or self._of_unknown_cause(sentence):
            return [whole]
        supported = [each for each in found if each.status == "supported" and each.tie]
        for clauses in (sentence.clauses(), sentence.pieces()):
            if told := self._each(sentence, clauses, supported):
                return told
        if clipped := self._clipped(sentence):
            return [clipped]
        other = self._likewise(sentence)
        given_to = self._of_parties, self._is_told, self.dated
        other = (
            other
            or self.contrary.find(sentence, *given_to)
            or self.contrary.gainsaid(given, self.dated)
        )
        return [other] if other else []

    def _of_unknown_cause(self, sentence: Passage) -> Finding | None:
        """Find the damage of which a sentence says that its cause is unknown, or suspected."""
        plain = without_suspicions(sentence)
        told = self._find(plain) if plain else None
        if told is None or told.status != "supported":
            return None
        supports = (self.findings.statements[id] for id in told.supports)
        return told if all(are_suspected(sentence.text, each) for each in supports) else None

    def _clipped(self, sentence: Passage) -> Finding | None:
        """Find what contradicts a thing with its time that a sentence names beside others."""
        if len(sentence.times) != 1 or is_hearsay(sentence.text):
            return None
        for clip in sentence.clips():
            told = None if clip.is_all_of(sentence) else self._find(clip)
            if told and told.status == "contradicted" and clip.is_asserted_in(sentence):
                return told
        return None

    def _likewise(self, passage: Passage) -> Finding | None:
        """Find what tells of somebody the act that the sentence before tells of another."""
        if not passage.told_before or not self.likewise.refers(passage):
            return None
        named = {m.actor for m in passage.mentions if m.acts and m.actor}
        related = frozenset[str]().union(*map(self.parties.related_to, named))
        statements = {s.id: s for id in sorted(related) for s in self._of_actor.get(id, ())}
        acts = [self.findings.statements[id] for id in passage.told_before]
        told = [s for s in statements.values() if self.likewise.is_alike(s, related, acts)]
        return self.likewise.find(passage, [self._evidence(passage, s) for s in told])

    def _each(
        self, sentence: Passage, clauses: Sequence[Passage], supported: Sequence[Finding]
    ) -> list[Finding]:
        """Find what tells each clause of a sentence but those that name nobody and no act."""
        findings: list[Finding] = []
        rest: list[Passage] = []
        for clause in clauses:
            ties = [each for each in supported if each.tie in clause.ties]
            if clause.ties and len(ties) == len(clause.ties):
                findings += ties
            elif not clause.is_all_of(sentence) and (told := self._find(clause)):
                if told.status != "supported" or not clause.is_asserted_in(sentence):
                    return [told] if told.status != "supported" else []
                findings.append(told)
            elif not self.free.is_idle(clause):
                rest.append(clause)
        return findings if all(self.free.tells_nothing(each, findings) for each in rest) else []

    def _find(self, passage: Passage) -> Finding | None:
        """Find the statements of one act that tell all of a passage, or that contradict it."""
        if passage.text not in self._found:
            self._found[passage.text] = self._of(passage)
        return self._found[passage.text]

    def _of(self, passage: Passage) -> Finding | None:
        if known := self.shares.find(passage) or self.networks.find(passage):
            return known
        moods = {tie.mood for tie in passage.ties} - _MOODS
        if moods - _DENIED:
            return None
        ended = {tie.predicate for tie in passage.ties if tie.mood == "ended"}
        if ended_then := self._ended(passage):
            return ended_then
        of_parties = self._of_parties(passage)
        of_parties = [
            e
            for e in of_parties
            if e.statement.predicate not in ended
            if not moods or is_directed(passage.text, e.statement.predicate)
        ]
        told = [e for e in of_parties if self._is_told(passage, e)]
        fitting = [e for e in told if fits_times(e, self.tellings.same_act(e.statement))]
        for statements in self._acts(fitting):
            if self.whole.tells_all(passage, statements):
                tie = next(e.tie for e in fitting if e.statement in statements)
                return self.findings.weighed(tie, statements, [], [])
        told = without_ended(passage, told)
        told += [e for e in of_parties if self._is_foreseen(passage, e)]
        return self.other_times.find(passage, told, of_parties, self._meant(passage))

    def _ended(self, passage: Passage) -> Finding | None:
        """Find the statements whose end a passage tells, or that have another end."""
        told, other = ends_told(passage, self._of_parties, self._is_told, self.whole)
        if told:
            whole = self._evidence(passage, told[0].statement)
            return self.findings.weighed(whole.tie, [e.statement for e in told], [], [])
        if not other:
            return None
        against = [e.statement for e in other]
        why = "the ledger has another end"
        return self.findings.of(other[0].tie, "contradicted", [], contradicts=against, why=why)

    def _is_foreseen(self, passage: Passage, evidence: Evidence) -> bool:
        """Tell whether a law's day was foreseen, and a passage tells one years from it."""
        one = evidence.statement
        if one.kind != "forecast" or (one.predicate, one.start_precision) != ("enacts", "day"):
            return False
        seen = replace(evidence, statement=replace(one, kind="fact"))
        apart = self.other_times.is_years_apart(passage, one)
        return apart and self._is_told(passage, seen)

    def _acts(self, fitting: Iterable[Evidence]) -> list[list[Statement]]:
        """Return each statement, and those that are of one act: of the same predicate and day.

        Several of the same parties may be of different parts, and tell nothing together.
        """
        acts: defaultdict[tuple[str, date | None], list[Statement]] = defaultdict(list)
        for evidence in fitting:
            statement = evidence.statement
            acts[statement.predicate, statement.period.start].append(statement)
        single = [[statement] for act in acts.values() for statement in act]
        together = [act for act in acts.values() if len({ends_of(s)[-1] for s in act}) == len(act)]
        return [*single, *(act for act in together if len(act) > 1)]

    def _of_parties(self, passage: Passage) -> list[Evidence]:
        """Return the statements on the parties that a passage names, of acts with all its words."""
        ids = {m.actor for m in passage.mentions if m.actor}.union(self._meant(passage))
        ids = ids.union(*(m.candidates for m in passage.mentions))
        ids |= self.parties.local_ones(ids, self._countries(passage))
        if _CHINESE_GOODS.search(passage.text) and _CHINESE in self.actors:
            ids.add(_CHINESE)
        named = frozenset[str]().union(*map(self.parties.related_to, ids))
        words = self.whole.anchors.needed(
            passage, passage.words - passage.persons - self.lexicon.idle
        )
        statements = self.tellings.telling(words, named)  # most end here
        statements = self.called.meant(passage, statements, named)
        told: defaultdict[tuple[str, date | None], frozenset[str]] = defaultdict(frozenset)
        for s in statements:
            told[s.predicate, s.period.start] |= self.tellings.known(s)
        return [
            self._evidence(passage, s)
            for s in statements
            if words <= told[s.predicate, s.period.start]
        ]

    def _countries(self, passage: Passage) -> frozenset[str]:
        """Return the countries whose states a passage names."""
        found = (self.actors[m.actor] for m in passage.mentions if m.actor)
        return frozenset(a.country for a in found if a.kind == "state" and a.country)

    def _meant(self, passage: Passage) -> list[str]:
        """Return the actors named before that are the only ones of their kind there.

        *It* at the start is the first named, of one party alone. A firm is not meant by who names
        another of its kind.
        """
        of_kind: defaultdict[str, list[str]] = defaultdict(list)
        for id in dict.fromkeys(passage.named_before):
            of_kind[self._group(id)].append(id)
        acting = {self._group(m.actor) for m in passage.mentions if m.acts and m.actor}
        it = bool(_IT.match(passage.text)) and not passage.several_before
        return [
            ids[0]
            for group, ids in of_kind.items()
            if (len(ids) == 1 or it) and not (group in _FIRMS and group in acting)
        ]

    def _group(self, actor: str) -> str:
        """Return the kind of an actor, alike for vendors and companies."""
        kind = self.actors[actor].kind
        return "firm" if kind in FIRMS - {"operator"} else kind

    def _evidence(self, passage: Passage, statement: Statement) -> Evidence:
        own = {self.actors[id].country for id in ends_of(statement)}
        places = [m for m in passage.mentions if m.actor]
        places = [m for m in places if self.actors[m.actor or ""].country not in own]
        places = [m for m in places if not self._is_told_place(m, passage, statement)]
        tie = passage.tie_of(statement, scope_of(passage.text, places, self.actors))
        lasting = statement.predicate in _GOES_ON or bool(_STILL.search(passage.text))
        named = self.actors[statement.object].name if statement.object else ""
        figures = [f for _, f in passage.figures if not is_in_words(f, statement, named)]
        return Evidence(statement, tie, figures, lasting, self.dated)

    def _is_told_place(self, place: Mention, passage: Passage, statement: Statement) -> bool:
        """Tell whether a state named is in the words of a statement, or tells a currency."""
        names = (place.text, *self.actors[place.actor or ""].names)
        told = statement.separate_words
        return bool(_CURRENCY.match(passage.text, place.end)) or any(
            name in told if " " not in name else name in statement.words for name in names
        )

    def _is_told(self, passage: Passage, evidence: Evidence, sure: bool = True) -> bool:
        """Tell whether a statement fits a passage in all but its time and its words.

        Unless ``sure``, whatever the passage denies or doubts.
        """
        return (
            (
                is_evidence(evidence)
                or is_plan(passage, evidence.statement)
                or is_told_of_lists(passage, evidence.statement)
            )
            and fits_scope(evidence)
            and fits_amounts(evidence)
            and (covers_part(evidence) or self.called.are_on_one_list(passage, evidence.statement))
            and fits_product(evidence, self.actors)
            and fits_form(evidence)
            and fits_region(evidence, self.actors)
            and self._is_done_by(passage, evidence)
            and tells_years(passage.unread_years, evidence.statement)
            and fits_length(passage.text, evidence.statement)
            and (not sure or is_sure(passage, evidence.statement, self.tellings, self.lexicon))
            and tells_order(
                passage,
                evidence.statement,
                self.parties,
                self.called.are_on_one_list(passage, evidence.statement),
                self._countries(passage),
            )
        )

    def _is_done_by(self, passage: Passage, evidence: Evidence) -> bool:
        """Tell whether somebody who acts and is no actor of the ledger is who the statement has."""
        object = evidence.statement.object
        lists = lists_in(evidence.statement.words)
        ties = (tie for tie in passage.ties if not lists_in(tie.somebody) & lists)
        acts = (replace(evidence, tie=tie) for tie in ties if tie.object == object)
        return all(fits_somebody(act, self.actors) for act in acts)
