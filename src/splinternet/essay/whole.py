"""Whether statements of one act tell every word of a passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from splinternet.essay.actors import FIRMS
from splinternet.essay.additions import reasons_in
from splinternet.essay.anchors import Anchors
from splinternet.essay.assertion import GAINS, denies, is_directed
from splinternet.essay.goods import makers_of
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.parties import Parties
from splinternet.essay.passages import Passage
from splinternet.essay.peoples import ADJECTIVES
from splinternet.essay.scopes import scope_of
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import Tellings, ends_of, tells_step

__all__ = ["Whole", "lists_in"]

#: Lists on which only one agency or state puts anybody.
_LIST = re.compile(
    r"\b(?:Entity List|Covered List|denial order|general licen(?=[cs]e))", re.IGNORECASE
)
_PART = re.compile(r"[;,]")
#: Acts of which a claim tells what was ruled.
_OF_RULES = frozenset(("enacts", "regulates"))
#: So much of what somebody said has to be told.
_ENOUGH = 0.5
#: What a law is told by where no step of it is.
_DATED = re.compile(r"\bdat(?:es|ing) (?:from|to)\b|\bof [0-9]{1,2} [A-Z]")
_IN_FORCE = re.compile(r"\b(?:in|into) (?:force|effect)\b", re.IGNORECASE)
_OFF_THE_LIST = re.compile(r"\b(?:left|leav\w+|remov\w+|dropp\w+|struck|off|out|delist\w*)\b")
#: Acts on what somebody did or has, of which a name is told too.
_ON_THINGS = frozenset(("accuses", "acquires"))
_NUMBERS = roots("two three four five six seven eight nine ten twenty thirty forty fifty hundred")
#: Where a limit holds, and the acts that are limits.
_FIELD = re.compile(
    r"\b(?:from|out of|in|across|throughout|for|of|inside) (?:its|their|all|any|every|"
    r"[A-Z]\w+[’']s) "
    r"(?:own )?(?P<field>(?:[a-z-]+ ){0,2}[a-z-]+)"
)
_LIMITS = frozenset(("bans", "restricts", "allows"))


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
        self.lexicon = read_lexicon()
        self.anchors = Anchors()

    def _tells_date(self, text: str, statements: Sequence[Statement]) -> bool:
        """Tell whether words say of when a law is, or from when it is in force as statements do."""
        in_force = any(_IN_FORCE.search(statement.summary) for statement in statements)
        return bool(_DATED.search(text) or (in_force and _IN_FORCE.search(text)))

    def tells_all(
        self, passage: Passage, statements: Sequence[Statement], shown: bool = False
    ) -> bool:
        """Tell whether statements of one act tell every word and name of a passage.

        An act must be among the words, unless it is ``shown`` already.
        """
        predicate = statements[0].predicate
        denied = denies(passage.text)
        told = frozenset[str]().union(*(self.tellings.told(s, denied) for s in statements))
        if predicate == "restricts" and any(_LIST.search(s.words) for s in statements):
            told |= roots("list join")
        done = self.lexicon.with_same(told)
        if predicate == "enacts" and not any(map(tells_step, statements)):
            done |= self.lexicon.acts["enacts by itself"]
        telling = done
        done |= self.lexicon.acts.get(predicate, frozenset())
        names = self.tellings.names(statements)
        anchored = self.anchors.holds(passage)
        beside = self.anchors.beside(predicate) if anchored else frozenset[str]()
        known = done.union(
            self.lexicon.idle, names, *(self.tellings.words(s, denied) for s in statements)
        )
        dated = predicate == "enacts" and self._tells_date(passage.text, statements)
        own = self.lexicon.acts.get(predicate)
        claims = roots(" ".join(s.claim or "" for s in statements)) - self.lexicon.idle - names
        showing = own | claims if own and predicate in _OF_RULES else own or claims
        showing = claims if predicate == "states" else showing
        shown = shown or bool(passage.words & showing) or dated
        if predicate == "states" and not self._says(passage, statements, claims):
            return False
        loose = (passage.words - known) | (passage.acts - done - names)
        directed = is_directed(passage.text, predicate)
        if not (shown or directed or passage.acts & telling):
            return False
        if not passage.acts - beside <= done | names or not self.anchors.leaves_nothing(
            loose - beside, anchored
        ):
            return False
        if loose and not self._tells_apart(passage, statements, known | beside, directed):
            return False
        own_words = roots(" ".join(statement.words for statement in statements))
        if self.lexicon.turns_round(passage.words, own_words):
            return False
        strict = known - self.lexicon.narrative
        if not self._tells_reasons(passage.text, strict) or not _tells_field(
            passage.text, predicate, strict
        ):
            return False
        ends = {id for statement in statements for id in ends_of(statement)}
        related = {other for id in ends for other in self.parties.related_to(id)}
        related |= self.parties.bearers(ends)
        named = {m.actor for m in passage.mentions if m.acts and m.actor}
        strange = {id for id in named - related if self.actors[id].kind not in ("state", "region")}
        words = " ".join(statement.words for statement in statements).casefold()
        same = [tie for tie in passage.ties if tie.predicate == predicate]
        if predicate not in _ON_THINGS and any({t.subject, t.object} & strange for t in same):
            return False  # the act is on somebody else
        strange_firms = {id for id in strange if self.actors[id].kind in FIRMS}
        if predicate not in GAINS:
            told_of = " ".join(f"{s.claim} {s.summary}" for s in statements)
            strange_firms = {
                id
                for id in strange_firms
                if not any(name in told_of for name in self.actors[id].names)
            }
        strange = {
            id for id in strange if not any(n.casefold() in words for n in self.actors[id].names)
        }
        strange -= {m.actor for m in passage.mentions if m.text.casefold() in words}
        agencies = {id for id in named - ends if self.actors[id].kind == "agency"}
        if not all(self.parties.is_named(id, s) for id in agencies for s in statements):
            return False
        if loose and strange_firms:
            return False
        if strange or self._is_of_other_goods(passage.text, statements):
            return False
        told |= own_words | (beside if predicate in _LIMITS else own or frozenset())
        return not self.lexicon.tells_twice(passage.text, told)

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
        own = " ".join(statement.words for statement in statements)
        if lists_in(text) - lists_in(own) or (
            lists_in(own) and _OFF_THE_LIST.search(text) and not _OFF_THE_LIST.search(own)
        ):
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
        denied = (denies(f"{s.claim}") == denies(passage.text) for s in statements)
        claim = frozenset(word for word in claim - _NUMBERS if not word.isdigit())
        parts = (roots(part) & claim for s in statements for part in _PART.split(f"{s.claim}"))
        told = any(part and len(part & words) > _ENOUGH * len(part) for part in (claim, *parts))
        return all(denied) and told

    def _tells_reasons(self, text: str, known: frozenset[str]) -> bool:
        """Tell whether each word of why an act was done, or what for, is known."""
        return all(roots(reason) <= known for reason in reasons_in(text))

    def _is_of_other_goods(self, text: str, statements: Sequence[Statement]) -> bool:
        """Tell whether goods are of a nation other than the subject's, of which nothing tells."""
        ends = {id for statement in statements for id in ends_of(statement)}
        told = " ".join(
            [s.words for s in statements] + [n for id in ends for n in self.actors[id].names]
        )
        own = {self.actors[statement.subject].country for statement in statements}
        return any(ADJECTIVES[each] not in own and each not in told for each in makers_of(text))


def _tells_field(text: str, predicate: str, known: frozenset[str]) -> bool:
    """Tell whether each word of where a limit holds is known: from its networks."""
    if predicate not in _LIMITS:
        return True
    return all(roots(found["field"]) <= known for found in _FIELD.finditer(text))


@lru_cache(maxsize=4096)
def lists_in(text: str) -> frozenset[str]:
    """Return the lists and licences that a text names."""
    return frozenset(found.lower() for found in _LIST.findall(text))
