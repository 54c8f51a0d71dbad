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
from functools import lru_cache

from splinternet.essay.actors import FIRMS, Mention
from splinternet.essay.dates import Period
from splinternet.essay.findings import Finding, Findings
from splinternet.essay.fitting import Evidence, fits_amounts, fits_scope, is_evidence
from splinternet.essay.gazetteer import Actor
from splinternet.essay.goods import makers_of
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.limits import covers_part, fits_product, fits_somebody, fits_times
from splinternet.essay.moods import is_unsure
from splinternet.essay.passages import Passage
from splinternet.essay.peoples import ADJECTIVES
from splinternet.essay.scopes import scope_of
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import Tellings, ends_of, tells_step
from splinternet.essay.tie import Tie

__all__ = ["Gists"]

#: Predicates of which the object cannot act, so that no order of words is needed.
_PASSIVE = frozenset(("enacts", "damages", "lands_at", "regulates", "builds", "operates"))
#: Those that hold in either order.
_SYMMETRIC = frozenset(("partners_with", "contracts", "trials_with"))
#: Those of which the object alone tells who is meant.
_BY_OBJECT = frozenset(("enacts", "damages", "regulates"))
#: Shares and sayings have readers of their own.
_LEFT_OUT = frozenset(("market_share", "vendor_share", "depends_on", "states"))
#: Those that go on, so that a sentence may tell of a time within.
_GOES_ON = frozenset(("supplies", "owns"))
#: Those that happen once, so that another date contradicts them.
_ONCE = frozenset(("enacts", "damages", "acquires", "bans", "accuses", "leaves", "operates"))
#: What a sentence may call an actor that it does not name, by its kind, beside its state.
_CALLED = {
    "law": r"laws?|acts?|amendment|bill|decree|decree-law|order|regulation|directive|rules|"
    r"legislation|programme|powers?|toolbox|proposals?|scheme",
    "group": r"operators|carriers|providers|makers|users|firms|companies|vendors|suppliers",
    "cable": r"cables?|lines?|links?|systems?",
    "site": r"zones?|projects?|cit(?:y|ies)|network",
}
_HEADS = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _CALLED.items()}
#: Lists on which only one agency or state puts anybody.
_LIST = re.compile(
    r"\b(?:Entity List|Covered List|denial order|general licen(?=[cs]e))", re.IGNORECASE
)
#: No longer sentence, in characters, is told whole by statements.
_LONGEST = 500
#: So many words of a statement show what is meant where its object is not named.
_SHOWN = 2
_NEGATION = (
    r"\b(?:no|not|never|neither|nor|without|cannot|hardly|barely|nearly|almost|once|"
    r"former(?:ly)?|twice|only)\b|n[’']t\b"
)
_AGAIN = re.compile(r"\bagain\b", re.IGNORECASE)
_NEGATED = re.compile(_NEGATION, re.IGNORECASE)
_PASSIVE_VOICE = re.compile(
    r"\b(?:is|are|was|were|been|being|be) (?:\w+ly )?(?:\w{2,}ed|\w+en|\w+wn|put|cut|shut|hit|"
    r"built|bought|sold|left|kept|told|held|sent|lent|won|made|struck|torn|paid)\b"
)
#: What is done to the object is told beside the act: chips that are made.
_RELATIVE = re.compile(r"\b(?:that|which|who) (?:is|are|was|were) \w+")
_BY = re.compile(r"\bby (?:the |its )?$")
_POSSESSIVE = re.compile(r"[’']s?\b")
_OF = re.compile(r"\bof (?:the )?$")
#: Whoever wins a contract is its object.
_WON = re.compile(r"\b(?:won|wins?|landed|secured|clinched)\b")
#: Of whom somebody is the supplier.
_ROLE = re.compile(
    r"[’']s? (?:[\w-]+ ){0,3}(?:suppliers?|vendors?|contractors?|providers?|partners?)\b"
)
#: What a law is told by where no step of it is.
_DATED = re.compile(r"\bdat(?:es|ing) (?:from|to)\b|\bof [0-9]{1,2} [A-Z]")
_IN_FORCE = re.compile(r"\b(?:in|into) (?:force|effect)\b", re.IGNORECASE)
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

    def dated_at(self, dated: Period | None) -> Gists:
        """Return the same for an essay of another date."""
        other = copy(self)
        other.dated = dated
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
        if whole := self._find(sentence):
            return [whole]
        supported = [each for each in found if each.status == "supported" and each.tie]
        for clauses in (sentence.clauses(), sentence.pieces()):
            if told := self._each(sentence, clauses, supported):
                return told
        return []

    def _each(
        self, sentence: Passage, clauses: Sequence[Passage], supported: Sequence[Finding]
    ) -> list[Finding]:
        """Find what tells each clause of a sentence but those that name nobody and no act."""
        findings: list[Finding] = []
        for clause in clauses:
            ties = [each for each in supported if each.tie in clause.ties]
            if clause.ties and len(ties) == len(clause.ties):
                findings += ties
            elif not clause.is_all_of(sentence) and (told := self._find(clause)):
                if told.status != "supported" or not clause.is_asserted_in(sentence):
                    return [told] if told.status != "supported" else []
                findings.append(told)
            elif clause.ties or clause.acts or any(m.acts for m in clause.mentions):
                return []
        return findings

    def _find(self, passage: Passage) -> Finding | None:
        """Find the statements of one act that tell all of a passage, or that contradict it."""
        moods = {tie.mood for tie in passage.ties}
        if passage.has_unread_year or not moods <= {"asserted", "presupposed", "ended"}:
            return None
        ended = {tie.predicate for tie in passage.ties if tie.mood == "ended"}
        of_parties = self._of_parties(passage)
        of_parties = [e for e in of_parties if e.statement.predicate not in ended]
        told = [e for e in of_parties if self._is_told(passage, e)]
        fitting = [evidence for evidence in told if fits_times(evidence)]
        for statements in self._acts(fitting):
            if self._tell_all(passage, statements):
                return self.findings.weighed(fitting[0].tie, statements, [], [])
        acts = {e.statement.predicate for e in told}
        then = any(fits_times(e) for e in of_parties if e.statement.predicate in acts)
        return None if then else self._against(passage, told)

    def _against(self, passage: Passage, told: Sequence[Evidence]) -> Finding | None:
        """Find the statements that have all of a passage at another time."""
        other = [e for e in told if self._tell_all(passage, [e.statement])]
        if not other or any(e.statement.period.start is None for e in other):
            return None
        times = [time for time in passage.times if time.rule == "calendar" and time.period]
        against = [e.statement for e in other]
        if _STILL.search(passage.text) and not times:
            ended = [s for s in against if s.period.end and s.lasting]
            why = f"the ledger has an end: {ended[0].period.end}" if ended else ""
        else:
            dates = dict.fromkeys(str(s.period) for s in against)
            once = all(s.predicate in _ONCE for s in against) and len(times) == 1
            why = f"the ledger has another date: {', '.join(dates)}" if once else ""
        if not why or len(passage.times) != len(times):
            return None
        return self.findings.of(other[0].tie, "contradicted", [], contradicts=against, why=why)

    def _acts(self, fitting: Iterable[Evidence]) -> list[list[Statement]]:
        """Return statements that are of one act: of the same predicate and day."""
        acts: defaultdict[tuple[str, date | None], list[Statement]] = defaultdict(list)
        for evidence in fitting:
            statement = evidence.statement
            acts[statement.predicate, statement.period.start].append(statement)
        return list(acts.values())

    def _of_parties(self, passage: Passage) -> list[Evidence]:
        """Return the statements on the parties that a passage names, of acts with all its words."""
        ids = {m.actor for m in passage.mentions if m.actor}.union(self._meant(passage))
        ids = ids.union(*(m.candidates for m in passage.mentions))
        named = frozenset[str]().union(*map(self.parties.related_to, ids))
        words = passage.words - self.lexicon.light
        statements = self.tellings.telling(words, named)  # most end here
        statements = [s for s in statements if self._is_of(passage, s, named)]
        told: defaultdict[tuple[str, date | None], frozenset[str]] = defaultdict(frozenset)
        for s in statements:
            told[s.predicate, s.period.start] |= self.tellings.known(s)
        return [
            self._evidence(passage, s)
            for s in statements
            if words <= told[s.predicate, s.period.start]
        ]

    def _meant(self, passage: Passage) -> list[str]:
        """Return the actors named before that are the only ones of their kind there."""
        of_kind: defaultdict[str, list[str]] = defaultdict(list)
        for id in dict.fromkeys(passage.named_before):
            kind = self.actors[id].kind
            of_kind["firm" if kind in FIRMS else kind].append(id)
        return [ids[0] for ids in of_kind.values() if len(ids) == 1]

    def _is_of(self, passage: Passage, statement: Statement, named: frozenset[str]) -> bool:
        """Tell whether a passage names the parties of a statement, or calls them what they are."""
        subject, object = statement.subject in named, statement.object in named
        if not object and statement.object and subject:
            head = _HEADS.get(self.actors[statement.object].kind)
            shown = passage.words & roots(f"{statement.claim or ''} {statement.summary}")
            exact = any(t.period and t.period.precision != "year" for t in passage.times)
            enough = exact or passage.figures or len(shown - self.lexicon.light) > _SHOWN
            claim = roots(statement.claim or "") - self.lexicon.light
            whole = len(claim) > _SHOWN and claim <= passage.words
            object = bool(enough and (whole or (head and head.search(passage.text))))
        return object and (
            subject or statement.predicate in _BY_OBJECT or self._is_listed(passage, statement)
        )

    def _is_listed(self, passage: Passage, statement: Statement) -> bool:
        """Tell whether both speak of the same list, or licence, that only one agency has."""
        return bool(_lists(passage.text) & _lists(statement.words))

    def _evidence(self, passage: Passage, statement: Statement) -> Evidence:
        own = {self.actors[id].country for id in ends_of(statement)}
        places = [m for m in passage.mentions if m.actor]
        places = [m for m in places if self.actors[m.actor or ""].country not in own]
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

    def _is_told(self, passage: Passage, evidence: Evidence) -> bool:
        """Tell whether a statement fits a passage in all but its time and its words."""
        return (
            is_evidence(evidence)
            and fits_scope(evidence)
            and fits_amounts(evidence)
            and (covers_part(evidence) or self._is_listed(passage, evidence.statement))
            and fits_product(evidence, self.actors)
            and self._is_done_by(passage, evidence)
            and self._is_sure(passage, evidence.statement)
            and self._is_in_order(passage, evidence.statement)
        )

    def _is_done_by(self, passage: Passage, evidence: Evidence) -> bool:
        """Tell whether somebody who acts and is no actor of the ledger is who the statement has."""
        object = evidence.statement.object
        acts = (replace(evidence, tie=tie) for tie in passage.ties if tie.object == object)
        return all(fits_somebody(act, self.actors) for act in acts)

    def _is_sure(self, passage: Passage, statement: Statement) -> bool:
        """Tell whether a passage tells a fact, but for words that are the act itself: refused."""
        done = self.tellings.told(statement).union(self.lexicon.acts.get(statement.predicate, ()))
        words = passage.text.split()
        text = " ".join(word for word in words if not roots(word) & done)
        again = statement.predicate != "damages" and _AGAIN.search(passage.text)
        return not (_NEGATED.search(passage.text) or again or is_unsure(text))

    def _is_in_order(self, passage: Passage, statement: Statement) -> bool:
        """Tell whether the subject of a statement is who acts in it, as far as it shows."""
        same = self.parties.related_to
        agreed = statement.predicate in _SYMMETRIC and passage.acts <= self._agreeing
        for tie in passage.ties:
            turned = statement.object in same(tie.subject or "")
            if turned and statement.subject in same(tie.object or ""):
                return agreed
        text, subject = passage.text, self._place(passage, statement.subject)
        object = self._place(passage, statement.object or "")
        if statement.predicate in _PASSIVE or agreed:
            return not (subject.actor and object.actor and _is_after_by(text, object))
        if subject.actor is None and self._is_listed(passage, statement):
            return True
        if statement.predicate == "contracts" and _WON.search(text):
            subject, object = object, subject  # whoever wins a contract is not who gives it
        if _ROLE.match(text, subject.end) or _ROLE.match(text, object.end):
            return not _ROLE.match(text, subject.end)
        if _is_after_by(text, subject) or _is_after_by(text, object):
            return _is_after_by(text, subject)
        owns = _POSSESSIVE.match(text, subject.end)
        if not _POSSESSIVE.match(text, object.end):
            owns = owns or _OF.search(text[: subject.start])
        if owns or subject.rule == "adjective":
            return True
        passive = bool(_PASSIVE_VOICE.search(_RELATIVE.sub(" ", text)))
        if object.start == object.end:
            return subject.actor is not None and not passive  # all is told but to whom
        return passive == (object.start < subject.start)

    def _place(self, passage: Passage, actor: str) -> Mention:
        """Return where an actor stands, or else the pronoun that may stand for it."""
        same = self.parties.related_to
        named = (m for m in passage.mentions if m.actor and actor in same(m.actor))
        return next(named, passage.pronoun)

    def _tells_date(self, text: str, statements: Sequence[Statement]) -> bool:
        """Tell whether words say of when a law is, or from when it is in force as statements do."""
        in_force = any(_IN_FORCE.search(statement.summary) for statement in statements)
        return bool(_DATED.search(text) or (in_force and _IN_FORCE.search(text)))

    def _tell_all(self, passage: Passage, statements: Sequence[Statement]) -> bool:
        """Tell whether statements of one act tell every word and name of a passage."""
        predicate = statements[0].predicate
        told = frozenset[str]().union(*(self.tellings.told(s) for s in statements))
        if predicate == "restricts" and any(_LIST.search(s.words) for s in statements):
            told |= roots("list")
        done = self.lexicon.with_same(told)
        if predicate == "enacts" and not any(map(tells_step, statements)):
            done |= self.lexicon.acts["enacts by itself"]
        telling = done
        done |= self.lexicon.acts.get(predicate, frozenset())
        names = self.tellings.names(statements)
        acts = passage.acts
        known = done.union(self.lexicon.light, names, *(self.tellings.words(s) for s in statements))
        dated = predicate == "enacts" and self._tells_date(passage.text, statements)
        own = self.lexicon.acts.get(predicate)
        shown = passage.words & own if own else dated
        if not (shown or acts & telling):
            return False
        if not acts <= done | names or not passage.words <= known:
            return False
        ends = {id for statement in statements for id in ends_of(statement)}
        related = {other for id in ends for other in self.parties.related_to(id)}
        named = {m.actor for m in passage.mentions if m.acts and m.actor}
        strange = {id for id in named - related if self.actors[id].kind not in ("state", "region")}
        words = " ".join(statement.words for statement in statements).casefold()
        same = [tie for tie in passage.ties if tie.predicate == predicate]
        if any({tie.subject, tie.object} & strange for tie in same):
            return False  # the act is on somebody else
        strange = {
            id for id in strange if not any(n.casefold() in words for n in self.actors[id].names)
        }
        agencies = {id for id in named - ends if self.actors[id].kind == "agency"}
        if not all(self.parties.is_named(id, s) for id in agencies for s in statements):
            return False
        if strange or self._is_of_other_goods(passage.text, statements):
            return False
        return not self.lexicon.tells_twice(passage.text, told)

    def _is_of_other_goods(self, text: str, statements: Sequence[Statement]) -> bool:
        """Tell whether goods are of a nation other than the subject's, of which nothing tells."""
        ends = {id for statement in statements for id in ends_of(statement)}
        told = " ".join(
            [s.words for s in statements] + [n for id in ends for n in self.actors[id].names]
        )
        own = {self.actors[statement.subject].country for statement in statements}
        return any(ADJECTIVES[each] not in own and each not in told for each in makers_of(text))


@lru_cache(maxsize=4096)
def _lists(text: str) -> frozenset[str]:
    """Return the lists and licences that a text names."""
    return frozenset(found.lower() for found in _LIST.findall(text))


def _is_after_by(text: str, actor: Mention) -> bool:
    return bool(_BY.search(text[: actor.start]))
