"""Whether statements of one act tell every word of a passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from splinternet.essay.additions import reasons_in
from splinternet.essay.amounts import tells_amount
from splinternet.essay.anchors import Anchors
from splinternet.essay.assertion import denies, is_directed, is_turned_back
from splinternet.essay.bystanders import Bystanders
from splinternet.essay.law_dates import is_in_force_then, tells_date
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.objects import has_other_objects, is_shared_out
from splinternet.essay.parties import Parties
from splinternet.essay.passages import Passage
from splinternet.essay.scopes import scope_of
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import Tellings, tells_step

__all__ = ["Whole", "lists_in"]

#: Lists on which only one agency or state puts anybody.
_LIST = re.compile(
    r"\b(?:Entity List|Covered List|denial order|general licen(?=[cs]e))", re.IGNORECASE
)
_PART = re.compile(r"[;,]")

#: Acts of which a claim tells what was ruled.
_OF_RULES = frozenset(("enacts", "regulates"))
#: So much of what somebody said has to be told.
_ENOUGH, _MORE = 0.5, 1e-6
_OFF_THE_LIST = re.compile(
    r"\b(?:left|leav\w+|remov\w+|dropp\w+|struck|(?<!cut )(?<!shut )off|"
    r"(?<!shut )(?<!kept )(?<!left )(?<!locked )(?<!cut )out|delist\w*)\b"
)
_MONEY = re.compile(r"[A-Z]{3}|%")
_CURRENCY = re.compile(r"[A-Z]{3}")
#: Words for what something costs somebody, beside its amount.
_COSTING = roots("spend spent pay paid cost costs price bill need needed set put aside provision")
_STOPPING = frozenset(("bans", "restricts"))
_COSTS = re.compile(r"\b(?:cost(?:s|ed|ing)?|bill|price|expense)\b")
_NUMBERS = roots("two three four five six seven eight nine ten twenty thirty forty fifty hundred")
#: Where a limit holds, and the acts that are limits.
_FIELD = re.compile(
    r"\b(?:from|out of|in|across|throughout|for|of|inside) (?:its|their|all|any|every|"
    r"[A-Z]\w+[’']s) "
    r"(?:own )?(?P<field>(?:[a-z-]+ ){0,2}[a-z-]+)"
)
_LIMITS = frozenset(("bans", "restricts", "allows"))
#: A law that is described, and the words for what is done to it or to an order.
_AMENDED = re.compile(
    r"\b(?:the|its|an|[’']s) amended (?:[\w-]+ ){0,4}?(?:act|law|code|bill)\b", re.I
)
_ANNOUNCED = re.compile(r"\bannounc(?:ed|es) (?:(?:about|some|up to|over) )?(?=[A-Z0-9$€£]|$)")
_FOR = re.compile(
    r" (?:for|as (?:the|its|a|sole|one of its) (?:\w+ )?(?:supplier|vendor|partner)s?)\b"
)
_AMENDS, _ISSUES = roots("amended"), roots("issue publish")


@dataclass(frozen=True)
class _Words:
    """The words by which statements of one act are told.

    ``told`` are those of claims and summaries, ``telling`` those that mean what they say was done,
    ``done`` these and those for any such act, ``showing`` those of which one has to be told.
    """

    predicate: str
    told: frozenset[str]
    telling: frozenset[str]
    done: frozenset[str]
    names: frozenset[str]
    known: frozenset[str]
    claims: frozenset[str]
    showing: frozenset[str]
    text: str
    all: frozenset[str]


class Whole:
    """The words by which the statements of a ledger tell all of a passage.

    Parameters
    ----------
    parties
        The actors of the ledger, and who acts for whom.
    tellings
        The words by which its statements may be told.
    """

    def __init__(self, parties: Parties, tellings: Tellings) -> None:
        self.parties = parties
        self.actors = parties.actors
        self.tellings = tellings
        self.bystanders = Bystanders(parties)
        self.lexicon = read_lexicon()
        self.anchors = Anchors()
        self._words: dict[tuple[tuple[str, ...], bool], _Words] = {}

    def tells_all(
        self, passage: Passage, statements: Sequence[Statement], shown: bool = False
    ) -> bool:
        """Tell whether statements of one act tell every word and name of a passage.

        An act must be among the words, unless it is ``shown`` already.
        """
        own = self._words_of(statements, denies(passage.text))
        directed = is_directed(passage.text, own.predicate)
        told = directed or (shown and is_turned_back(passage.text, own.predicate))
        return (
            self._shows(passage, statements, own, shown or directed)
            and self._tells_words(passage, statements, own, told)
            and not self.bystanders.are_named(passage, statements, bool(self._loose(passage, own)))
            and not has_other_objects(passage.text, statements, own.known)
            and not is_shared_out(passage, statements)
        )

    def _words_of(self, statements: Sequence[Statement], denied: bool) -> _Words:
        """Return the words by which statements of one act are told, made once for each."""
        key = (tuple(statement.id for statement in statements), denied)
        if key not in self._words:
            self._words[key] = self._made_of(statements, denied)
        return self._words[key]

    def _made_of(self, statements: Sequence[Statement], denied: bool) -> _Words:
        predicate = statements[0].predicate
        told = frozenset[str]().union(*(self.tellings.told(s, denied) for s in statements))
        if predicate == "restricts" and any(_LIST.search(s.words) for s in statements):
            told |= roots("list join")
        telling = self.lexicon.with_same(told)
        if predicate == "enacts" and not any(map(tells_step, statements)):
            telling |= self.lexicon.acts["enacts by itself"]
        acts = self.lexicon.done(predicate)
        names = self.tellings.names(statements)
        words = " ".join(statement.words for statement in statements)
        claims = roots(" ".join(s.claim or "" for s in statements)) - self.lexicon.idle - names
        showing = acts | claims if acts and predicate in _OF_RULES else acts or claims
        return _Words(
            predicate=predicate,
            told=told,
            telling=telling,
            done=telling.union(acts, self.lexicon.with_same(_parts(statements))),
            names=names,
            known=telling.union(
                acts,
                self.lexicon.idle,
                self.lexicon.with_same(_parts(statements)),
                names,
                *(self.tellings.words(s, denied) for s in statements),
            ),
            claims=claims,
            showing=claims if predicate == "states" else showing,
            text=words,
            all=roots(words),
        )

    def _shows(
        self, passage: Passage, statements: Sequence[Statement], own: _Words, shown: bool
    ) -> bool:
        """Tell whether a word of a passage means the act, or most of what was said stands in it."""
        if own.predicate == "states" and not self._says(passage, statements, own.claims):
            return False
        shown = shown or _announces(passage, statements)
        if own.predicate == "finances" and not (passage.words & own.showing or shown):
            return False
        if own.predicate in _STOPPING and not (shown or self._stops(passage, own)):
            return False
        dated = own.predicate == "enacts" and tells_date(passage.text, statements)
        return bool(shown or dated or passage.words & own.showing or passage.acts & own.telling)

    def _stops(self, passage: Passage, own: _Words) -> bool:
        """Tell whether words of a passage mean a limit: they ban, list or are a duty."""
        stops = self.lexicon.acts["bans"] | self.lexicon.beside["stopped"]
        rules = self.lexicon.acts["regulates"] | roots("licence limit condition rule warn")
        trade = self.lexicon.acts["contracts"] | self.lexicon.acts["sells_to"]
        known = self.lexicon.with_same(stops | rules) - (trade - stops)
        if passage.words & known or passage.acts & own.claims:
            return True
        return denies(passage.text) or bool(lists_in(own.text))

    def _tells_words(
        self, passage: Passage, statements: Sequence[Statement], own: _Words, directed: bool
    ) -> bool:
        """Tell whether each word of a passage is known, or tells no act from another."""
        anchored = self.anchors.holds(passage)
        beside = self.anchors.beside(own.predicate) if anchored else frozenset[str]()
        acts = passage.acts - _of_things(passage, own)
        if not acts - beside <= own.done | own.names:
            return False
        if self._is_off_the_list(passage.text, own.text):
            return False
        loose = self._loose(passage, own)
        if not self.anchors.leaves_nothing(loose - beside, anchored):
            return False
        if loose and not self._tells_apart(passage, statements, own.known | beside, directed):
            return False
        other = self.lexicon.turns_round(passage.words, own.all)
        if other or (passage.times and is_in_force_then(passage.text, statements)):
            return False
        acts = self.lexicon.acts.get(own.predicate, frozenset())
        more = acts if own.predicate in _OF_RULES else frozenset[str]()
        more = beside if own.predicate in _LIMITS else more
        if self.lexicon.tells_twice(passage.text, own.told.union(own.names, more)):
            return False
        strict = own.known - self.lexicon.narrative
        return self._tells_reasons(passage.text, strict) and _tells_field(
            passage.text, own.predicate, strict
        )

    def _is_off_the_list(self, text: str, own: str) -> bool:
        """Tell whether a text is on another list than statements, or takes somebody off theirs."""
        if lists_in(text) - lists_in(own) and lists_in(own):
            return True
        off = bool(lists_in(own)) and _OFF_THE_LIST.search(text)
        return bool(off) and not _OFF_THE_LIST.search(own)

    def _loose(self, passage: Passage, own: _Words) -> frozenset[str]:
        """Return the words of a passage that statements have not, or not for what was done."""
        acts = passage.acts - _of_things(passage, own)
        return (passage.words - own.known - passage.persons) | (acts - own.done - own.names)

    def _tells_apart(
        self,
        passage: Passage,
        statements: Sequence[Statement],
        known: frozenset[str],
        directed: bool,
    ) -> bool:
        """Tell whether what a passage has beside the words of statements changes nothing of them.

        ``directed`` says that it stops, or lets, somebody as they do.
        """
        predicate, text = statements[0].predicate, passage.text
        if predicate in _LIMITS and not directed:
            return False
        parts = set(scope_of(text, (), self.actors).segments)
        stated = {part for statement in statements for part in statement.scope.segments}
        if stated and parts - stated:
            return False
        told = known | self.lexicon.idle
        return not (
            self.anchors.names_another(passage, known)
            or self.anchors.has_other_things(passage, told)
        )

    def _says(
        self, passage: Passage, statements: Sequence[Statement], claim: frozenset[str]
    ) -> bool:
        """Tell whether a passage has most of what a statement has as said, and denies as much."""
        words = self.lexicon.with_same(passage.words)
        if self._is_ruled(passage, statements):
            return True
        if not passage.figures and any(_MONEY.fullmatch(s.unit or "") for s in statements):
            return False
        costs = passage.figures and all(_CURRENCY.fullmatch(s.unit or "") for s in statements)
        acts = self.lexicon.with_same(passage.acts - (_COSTING if costs else frozenset()))
        for statement in statements:
            said = [roots(part) for part in _PART.split(statement.claim or "")]
            best = max(said, key=lambda part: len(part & words))
            if not acts & frozenset[str]().union(*said) <= best:
                return False  # what is said of another thing
        denied = (denies(f"{s.claim}") == denies(passage.text) for s in statements)
        claim = frozenset(word for word in claim - _NUMBERS if not word.isdigit())
        parts = (roots(part) & claim for s in statements for part in _PART.split(f"{s.claim}"))
        least = _ENOUGH if costs and _COSTS.search(passage.text) else _ENOUGH + _MORE
        told = any(part and len(part & words) >= least * len(part) for part in (claim, *parts))
        return all(denied) and told

    def _is_ruled(self, passage: Passage, statements: Sequence[Statement]) -> bool:
        """Tell whether, of its very day, every word stands in the summary of a statement."""
        named = {m.actor for m in passage.mentions}
        words = passage.words - self.lexicon.idle - self.tellings.names(statements)
        return any(
            s.start_precision == "day"
            and any(
                t.period and t.period.start == t.period.end == s.period.start for t in passage.times
            )
            and {s.subject, s.object} <= named
            and len(words) > 1
            and bool(passage.acts & words)
            and words <= self.lexicon.with_same(roots(s.summary))
            and denies(passage.text) == denies(s.summary)
            for s in statements
        )

    def _tells_reasons(self, text: str, known: frozenset[str]) -> bool:
        """Tell whether each word of why an act was done, or what for, is known."""
        return all(roots(reason) <= known for reason in reasons_in(text))


def _parts(statements: Sequence[Statement]) -> frozenset[str]:
    """Return the words for the parts of networks that statements are of."""
    return roots(" ".join(part for each in statements for part in each.scope.segments))


def _announces(passage: Passage, statements: Sequence[Statement]) -> bool:
    """Tell whether an amount, or a supplier, is announced for something."""
    if statements[0].predicate == "finances":
        told = any(tells_amount(figure, s) for _, figure in passage.figures for s in statements)
        return told and bool(_ANNOUNCED.search(passage.text))
    if statements[0].predicate != "contracts":
        return False
    chosen = [m for m in passage.mentions if m.actor == statements[0].object]
    text = passage.text
    return any(_ANNOUNCED.search(text[: m.start]) and _FOR.match(text, m.end) for m in chosen)


def _of_things(passage: Passage, own: _Words) -> frozenset[str]:
    """Return words for acts that tell of a thing: an amended law, an order that is issued.

    Those that mean an act of shares alone mean none beside no share.
    """
    amended = own.predicate in _OF_RULES and _AMENDED.search(passage.text)
    issued = bool(lists_in(passage.text) & lists_in(own.text))
    shares = any(figure.unit == "%" for _, figure in passage.figures)
    things = frozenset[str]() if shares else read_lexicon().sharing
    return things | (_AMENDS if amended else frozenset()) | (_ISSUES if issued else frozenset())


def _tells_field(text: str, predicate: str, known: frozenset[str]) -> bool:
    """Tell whether each word of where a limit holds is known: from its networks."""
    if predicate not in _LIMITS:
        return True
    return all(roots(found["field"]) <= known for found in _FIELD.finditer(text))


@lru_cache(maxsize=4096)
def lists_in(text: str) -> frozenset[str]:
    """Return the lists and licences that a text names."""
    return frozenset(found.lower() for found in _LIST.findall(text))
