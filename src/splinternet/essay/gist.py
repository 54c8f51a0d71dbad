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
from splinternet.essay.assertion import (
    GAINS,
    STOPS,
    denies,
    is_directed,
    is_kept,
    is_plan,
    is_sure,
    spans_an_act,
    turning,
)
from splinternet.essay.called import Called
from splinternet.essay.dates import Period
from splinternet.essay.findings import Finding, Findings
from splinternet.essay.fitting import Evidence, fits_amounts, fits_scope, is_evidence, tells_amount
from splinternet.essay.gazetteer import Actor
from splinternet.essay.hearsay import is_hearsay
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.limits import (
    covers_part,
    fits_product,
    fits_somebody,
    fits_times,
    tells_years,
)
from splinternet.essay.passages import Passage
from splinternet.essay.precedence import is_in_order
from splinternet.essay.scopes import scope_of
from splinternet.essay.share_tellings import SHARES, ShareTellings
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import Tellings, ends_of
from splinternet.essay.tie import Tie
from splinternet.essay.whole import Whole

__all__ = ["Gists"]

#: Moods of acts that statements may tell; of what is possible the words show it too.
_MOODS = frozenset(("asserted", "presupposed", "ended", "possible"))
#: Those of what is denied, which may be how a limit is told: no equipment may be used.
_DENIED = frozenset(("negated", "doubted"))
#: Those that hold in either order.
_SYMMETRIC = frozenset(("partners_with", "contracts", "trials_with"))
#: Shares have a reader of their own.
_LEFT_OUT = SHARES
#: Those that go on, so that a sentence may tell of a time within.
_GOES_ON = frozenset(("supplies", "owns"))
#: Those that powers do to firms, and operators to vendors, and the kinds of powers.
_OF_POWERS = frozenset(("bans", "restricts", "allows", "regulates"))
_OF_OPERATORS = frozenset(("contracts", "trials_with"))
_POWERS = frozenset(("state", "agency", "organisation", "person"))
#: So near an object stands to the verb of which it is one, and words by which it is none.
_NEXT = 30
_BY_OR_FROM = re.compile(r"\b(?:by|from|in|of|under|with|to)\b")
#: Those that happen once, so that another date contradicts them.
_ONCE = frozenset(("enacts", "damages", "acquires", "bans", "accuses", "leaves", "operates"))
#: The group of vendors that goods of Chinese make are of.
_CHINESE = "chinese-vendors"
_CHINESE_GOODS = re.compile(
    r"\bChinese (?:[a-z]+ )?(?:cameras|vendors|equipment|gear|makers|suppliers|kit|technology)\b"
)
#: No longer sentence, in characters, is told whole by statements.
_LONGEST = 500
#: A clause of its own, and one in which the same is said of somebody else.
_VERB = re.compile(
    r"\b(?:is|was|are|were|has|had|have|did|does|[a-z]{3,}ed|took|went|came|stood|made|set|saw|kept|"
    r"began|felt|knew|thought|stands|goes|takes|comes|has)\b"
)
_SAME = re.compile(r"\b(?:too|as well|likewise|also|follow\w*|join\w*|same|similar\w*|like)\b")
#: What goes on may have begun some time before the ledger has it.
_BEGINS = frozenset(("owns", "supplies", "researches_in", "sells_to"))
#: Words for what was stopped, beside which leave is none.
_GONE = roots("disappearance removal gone out phase-out replace replaced")
#: What tells more of whoever stands before, or of what was done.
_OF_PARTIES = re.compile(
    r"^\W*(?:(?:and|but|so|then|or) )*(?:which|who|that|whose|it|they|he|she|[a-z]+(?:ed|ing)|"
    r"left|cut|took|gave|won|lost|put|sold|bought|chose|kept|shut|built|made|set|sent)\b|"
    r"\b(?:its|their|his|her)\b|[’']s\b"
)
_CURRENCY = re.compile(r" (?:dollar|pound|rouble|ruble|yuan)s?\b")
_DIGITS = re.compile(r"[0-9]")
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
        self._agreeing = self.lexicon.acts["partners_with"] | self.lexicon.acts["trials_with"]
        self._of_actor: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in findings.statements.values():
            if statement.predicate not in _LEFT_OUT:
                for actor in {statement.subject, statement.object or statement.subject}:
                    self._of_actor[actor].append(statement)
        self.tellings = Tellings(findings.parties, self._of_actor)
        self.shares = ShareTellings(findings, actors, self.tellings, dated)
        self.whole = Whole(findings.parties, self.tellings)
        self.called = Called(findings.parties)
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
        sentence = sentence.without_asides()
        self._found.clear()
        if whole := self._find(sentence):
            return [whole]
        supported = [each for each in found if each.status == "supported" and each.tie]
        for clauses in (sentence.clauses(), sentence.pieces()):
            if told := self._each(sentence, clauses, supported):
                return told
        turned = self._turned(sentence)
        return [turned] if turned else []

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
            elif not self._is_idle(clause):
                rest.append(clause)
        return findings if all(self._is_free(each, findings) for each in rest) else []

    def _is_free(self, clause: Passage, findings: Sequence[Finding]) -> bool:
        """Tell whether a clause tells nothing of anybody that statements would have to tell.

        What it tells of the parties (which, its, and went) has to be in plain words.
        """
        statements = [self.findings.statements[id] for f in findings for id in f.supports]
        ends = {id for s in statements for id in ends_of(s)}
        related = ends.union(*(self.parties.related_to(id) for id in ends))
        dated = any(t.period and t.period.precision != "vague" for t in clause.times)
        figures = all(any(tells_amount(f, s) for s in statements) for _, f in clause.figures)
        if not figures or dated or clause.ties or denies(clause.text):
            return False
        if any(m.actor not in related for m in clause.mentions) or _DIGITS.search(clause.text):
            return False
        known = self.lexicon.idle.union(*map(self.tellings.known, statements))
        of_parties = clause.mentions or _OF_PARTIES.search(clause.text)
        return self.whole.anchors.is_free(clause, known, bool(of_parties))

    def _is_idle(self, clause: Passage) -> bool:
        """Tell whether a clause tells nothing of anybody: that somebody followed."""
        if clause.ties or clause.acts:
            return False
        if not any(m.acts for m in clause.mentions):
            return True
        if clause.figures or clause.times or denies(clause.text):
            return False
        leads = clause.text.rstrip().endswith(":")
        if not _VERB.search(clause.text) or (_SAME.search(clause.text) and not leads):
            return False
        names = roots(" ".join(m.text for m in clause.mentions))
        return clause.words <= self.lexicon.idle | names

    def _find(self, passage: Passage) -> Finding | None:
        """Find the statements of one act that tell all of a passage, or that contradict it."""
        if passage.text not in self._found:
            self._found[passage.text] = self._of(passage)
        return self._found[passage.text]

    def _of(self, passage: Passage) -> Finding | None:
        if share := self.shares.find(passage):
            return share
        moods = {tie.mood for tie in passage.ties} - _MOODS
        if moods - _DENIED:
            return None
        ended = {tie.predicate for tie in passage.ties if tie.mood == "ended"}
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
                return self.findings.weighed(fitting[0].tie, statements, [], [])
        acts = {e.statement.predicate for e in told}
        then = any(fits_times(e) for e in of_parties if e.statement.predicate in acts)
        return None if then else self._against(passage, told)

    def _turned(self, passage: Passage) -> Finding | None:
        """Find statements of which a passage tells all, but turns the act round."""
        exact = any(t.period and t.period.precision != "vague" for t in passage.times)
        exact = exact and not passage.words & _GONE
        if not exact or is_hearsay(passage.text):
            return None
        for predicates in (GAINS, STOPS):
            spans = turning(passage.text, next(iter(predicates)))
            if not spans or not spans_an_act(passage.text, spans):
                continue
            plain = replace(passage.blanked(spans), ties=[])
            told = [
                e
                for e in self._of_parties(plain)
                if e.statement.predicate in predicates and is_evidence(e)
                if not any(is_kept(passage.text[a:b], e.statement.words) for a, b in spans)
                if self._is_told(plain, e) and fits_times(e)
                if self.whole.tells_all(plain, [e.statement], shown=True)
            ]
            if told:
                against = [e.statement for e in told]
                why = "the ledger says the opposite"
                return self.findings.of(
                    told[0].tie, "contradicted", [], contradicts=against, why=why
                )
        return None

    def _against(self, passage: Passage, told: Sequence[Evidence]) -> Finding | None:
        """Find the statements that have all of a passage at another time."""
        other = [e for e in told if self.whole.tells_all(passage, [e.statement])]
        if not other or any(e.statement.period.start is None for e in other):
            return None
        times = [time for time in passage.times if time.rule == "calendar" and time.period]
        against = [e.statement for e in other]
        if _STILL.search(passage.text) and not times:
            ended = [s for s in against if s.period.end and s.lasting]
            why = f"the ledger has an end: {ended[0].period.end}" if ended else ""
        else:
            dates = dict.fromkeys(str(s.period) for s in against)
            once = len(times) == 1 and all(self._is_once(passage, e) for e in other)
            why = f"the ledger has another date: {', '.join(dates)}" if once else ""
        if not why or len(passage.times) != len(times):
            return None
        return self.findings.of(other[0].tie, "contradicted", [], contradicts=against, why=why)

    def _is_once(self, passage: Passage, evidence: Evidence) -> bool:
        """Tell whether the ledger has no act between the two at the time that a passage has.

        Another date contradicts by itself what happens once; of a law that has to be named.
        """
        one = evidence.statement
        if one.predicate == "enacts":
            return one.object in {mention.actor for mention in passage.mentions} or (
                self._calls_law(passage, one)
            )
        if one.predicate in _ONCE:
            same = (s for s in self._of_actor[one.subject] if s.object == one.object)
            same = (s for s in same if (s.subject, s.predicate) == (one.subject, one.predicate))
            return not any(fits_times(replace(evidence, statement=s)) for s in same)
        if one.predicate in _BEGINS and not self._is_years_apart(passage, one):
            return False
        pair = {one.subject, one.object}
        alike = (s for s in self._of_actor[one.subject] if {s.subject, s.object} == pair)
        return not any(fits_times(replace(evidence, statement=s)) for s in alike)

    def _calls_law(self, passage: Passage, statement: Statement) -> bool:
        """Tell whether a passage has words of a law's name, and no other law is of its time."""
        law = self.actors[statement.object or ""]
        own = roots(" ".join(law.names)) - self.lexicon.idle - self.tellings.names_of_states()
        others = (s for s in self._of_actor[statement.subject] if s.predicate == "enacts")
        evidence = (self._evidence(passage, s) for s in others)
        return bool(own & passage.words) and not any(fits_times(e) for e in evidence)

    def _is_years_apart(self, passage: Passage, statement: Statement) -> bool:
        """Tell whether what goes on began years from all times of a passage."""
        starts = [t.period.start for t in passage.times if t.period and t.period.start]
        begun = statement.period.start
        return begun is not None and all(abs(begun.year - day.year) > 1 for day in starts)

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
        words = self.whole.anchors.needed(passage, passage.words - self.lexicon.idle)
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
        """Return the actors named before that are the only ones of their kind there."""
        of_kind: defaultdict[str, list[str]] = defaultdict(list)
        for id in dict.fromkeys(passage.named_before):
            kind = self.actors[id].kind
            of_kind["firm" if kind in FIRMS else kind].append(id)
        return [ids[0] for ids in of_kind.values() if len(ids) == 1]

    def _evidence(self, passage: Passage, statement: Statement) -> Evidence:
        own = {self.actors[id].country for id in ends_of(statement)}
        places = [m for m in passage.mentions if m.actor]
        places = [m for m in places if self.actors[m.actor or ""].country not in own]
        places = [m for m in places if not self._is_told_place(m, passage, statement)]
        tie = Tie(
            sentence=passage.number,
            subject=statement.subject,
            predicate=statement.predicate,
            object=statement.object,
            text=passage.text,
            scope=scope_of(passage.text, places, self.actors),
            mood="asserted",
            figures=tuple(index for index, _ in passage.figures),
            times=tuple(passage.times),
            clause=passage.text,
        )
        lasting = statement.predicate in _GOES_ON or bool(_STILL.search(passage.text))
        figures = [figure for _, figure in passage.figures]
        return Evidence(statement, tie, figures, lasting, self.dated)

    def _is_told_place(self, place: Mention, passage: Passage, statement: Statement) -> bool:
        """Tell whether a state named is in the words of a statement, or tells a currency."""
        names = (place.text, *self.actors[place.actor or ""].names)
        told = statement.separate_words
        return bool(_CURRENCY.match(passage.text, place.end)) or any(
            name in told if " " not in name else name in statement.words for name in names
        )

    def _is_told(self, passage: Passage, evidence: Evidence) -> bool:
        """Tell whether a statement fits a passage in all but its time and its words."""
        return (
            (is_evidence(evidence) or is_plan(passage, evidence.statement))
            and fits_scope(evidence)
            and fits_amounts(evidence)
            and (covers_part(evidence) or self.called.are_on_one_list(passage, evidence.statement))
            and fits_product(evidence, self.actors)
            and self._is_done_by(passage, evidence)
            and tells_years(passage.unread_years, evidence.statement)
            and is_sure(passage, evidence.statement, self.tellings, self.lexicon)
            and self._is_in_order(passage, evidence.statement)
        )

    def _is_done_by(self, passage: Passage, evidence: Evidence) -> bool:
        """Tell whether somebody who acts and is no actor of the ledger is who the statement has."""
        object = evidence.statement.object
        acts = (replace(evidence, tie=tie) for tie in passage.ties if tie.object == object)
        return all(fits_somebody(act, self.actors) for act in acts)

    def _is_in_order(self, passage: Passage, statement: Statement) -> bool:
        """Tell whether the subject of a statement is who acts in it, as far as it shows."""
        agreed = statement.predicate in _SYMMETRIC and passage.acts <= self._agreeing
        listed = self.called.are_on_one_list(passage, statement)
        countries = self._countries(passage)

        def same(id: str) -> frozenset[str]:
            local = self.parties.local_ones([id], countries) if id else frozenset()
            return self.parties.related_to(id) | local

        freely = self._tell_kinds(statement) and not self._does(passage, statement)
        return is_in_order(passage, statement, same, agreed, listed, freely)

    def _does(self, passage: Passage, statement: Statement) -> bool:
        """Tell whether the object of a statement is told to do its act to the subject."""
        own = self.lexicon.acts.get(statement.predicate, frozenset())
        after = [m for m in passage.mentions if m.actor == statement.subject]
        return any(
            len(between := passage.text[one.end : other.start]) < _NEXT
            and bool(roots(between) & own)
            and not _BY_OR_FROM.search(between)
            for one in passage.mentions
            if one.actor == statement.object
            for other in after
            if other.start > one.end
        )

    def _tell_kinds(self, statement: Statement) -> bool:
        """Tell whether the kinds of its parties tell who acts: no firm bans a state."""
        if not statement.object:
            return True
        kinds = (self.actors[statement.subject].kind, self.actors[statement.object].kind)
        if statement.predicate in _OF_POWERS:
            return kinds[0] in _POWERS and kinds[1] in FIRMS | {"group"}
        return statement.predicate in _OF_OPERATORS and kinds == ("operator", "vendor")
