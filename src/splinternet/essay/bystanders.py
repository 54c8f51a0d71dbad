"""Those whom a passage names, and of whom statements do not tell, and goods of other nations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from splinternet.essay.actors import FIRMS, Mention
from splinternet.essay.assertion import GAINS
from splinternet.essay.displaced import gives_way
from splinternet.essay.goods import makers_of
from splinternet.essay.lexicon import roots
from splinternet.essay.parties import Parties
from splinternet.essay.passages import Passage
from splinternet.essay.peoples import ADJECTIVES, CAPITALS
from splinternet.essay.statements import Statement
from splinternet.essay.strangers import is_spelt_otherwise, named_as_makers
from splinternet.essay.tellings import ends_of

__all__ = ["Bystanders"]

#: Acts on what somebody did or has, of which a name is told too.
_ON_THINGS = frozenset(("accuses", "acquires"))
#: Acts of which a statement's own words have to tell who acts first, and no title of a source.
_DEALS = frozenset(("contracts", "supplies", "sells_to", "trials_with"))
#: For or in which place a deal is.
_IN_CITY = re.compile(r"\b(?:for|in|around) (?P<city>[A-Z][a-z]+)\b")
_FOR = re.compile(r"\b(?:for|to|from|by|with) (?:the )?$")
#: Goods of somebody that money is for.
_BOUGHT = re.compile(
    r" (?:network |radio |mobile )*(?:equipment|products?|gear|kit|goods|hardware)\b"
)


class Bystanders:
    """Finds whom a passage names beside those of whom statements tell.

    Parameters
    ----------
    parties
        The actors of the ledger, and who acts for whom.
    """

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.actors = parties.actors

    def are_named(self, passage: Passage, statements: Sequence[Statement], more: bool) -> bool:
        """Tell whether somebody is named, or whose make goods are, of whom statements do not tell.

        A firm has to stand in what they say, if the passage has ``more`` words, of its own.
        """
        predicate, own = statements[0].predicate, " ".join(s.words for s in statements)
        ends = {id for statement in statements for id in ends_of(statement)}
        related = {other for id in ends for other in self.parties.related_to(id)}
        related |= self.parties.bearers(ends)
        named = {m.actor for m in passage.mentions if m.acts and m.actor}
        persons = [m for m in passage.mentions if m.state in ends and m.actor not in ends]
        unnamed = not all(_is_told_of(m, own.casefold()) for m in persons)
        if unnamed and self.parties.has_person(own, named):
            return True  # somebody else of the state did it
        agencies = {id for id in named - ends if self.actors[id].kind == "agency"}
        if not all(self.parties.is_named(id, s) for id in agencies for s in statements):
            return True
        strange = {id for id in named - related if self.actors[id].kind not in ("state", "region")}
        same = [tie for tie in passage.ties if tie.predicate == predicate]
        same = [tie for tie in same if tie.mood != "presupposed"]
        strange -= self._displaced(passage, strange, statements)
        if predicate == "finances":  # with which goods are bought of somebody told
            strange -= {
                m.actor
                for m in passage.mentions
                if m.actor and m.text in own and _BOUGHT.match(passage.text, m.end)
            }
        if predicate not in _ON_THINGS and any({t.subject, t.object} & strange for t in same):
            return True  # the act is on somebody else
        said = " ".join(f"{s.claim} {s.summary}" for s in statements)
        firms = {id for id in strange if self.actors[id].kind in FIRMS}
        if firms and more:
            told = {id for id in firms if any(name in said for name in self.actors[id].names)}
            if (predicate in GAINS and predicate != "finances") or firms - told:
                return True
        acting = [m.actor for m in passage.mentions if m.acts and m.actor][:1]
        first = predicate in _DEALS and bool(strange.intersection(acting))  # who helps the parties
        words = (said if first else own).casefold()
        if predicate in _DEALS and _is_elsewhere(passage.text, said):
            return True
        if predicate in _DEALS and self._has_receiver(passage, strange, statements):
            return True
        strange = {
            id for id in strange if not any(n.casefold() in words for n in self.actors[id].names)
        }
        strange -= {m.actor for m in passage.mentions if m.text.casefold() in words}
        strange -= {m.actor for m in passage.mentions if is_spelt_otherwise(m, roots(own))}
        strange -= named_as_makers(passage, ends)
        strange -= {m.actor for m in passage.mentions if m.state in ends and _is_told_of(m, words)}
        return bool(strange) or self._is_of_other_goods(passage.text, statements)

    def _has_receiver(
        self, passage: Passage, strange: set[str], statements: Sequence[Statement]
    ) -> bool:
        """Tell whether a deal is told to be for, or with, somebody whom statements have not."""
        told = " ".join(statement.own_words for statement in statements)
        return any(
            not any(name in told for name in self.actors[m.actor].names)
            for m in passage.mentions
            if m.actor in strange and _FOR.search(passage.text[: m.start])
        )

    def _displaced(
        self, passage: Passage, strange: set[str], statements: Sequence[Statement]
    ) -> set[str]:
        """Return who gave way to somebody, in a passage and in statements: replaced Huawei."""
        text = passage.text
        gone = {m.actor for m in passage.mentions if gives_way(text, m.start, m.end)}
        told = " ".join(f"{s.claim} {s.summary}" for s in statements)
        return {
            id
            for id in strange & gone
            if any(
                gives_way(told, at, at + len(n))
                for n in self.actors[id].names
                for at in _at(n, told)
            )
        }

    def _is_of_other_goods(self, text: str, statements: Sequence[Statement]) -> bool:
        """Tell whether goods are of a nation other than the subject's, of which nothing tells."""
        ends = {id for statement in statements for id in ends_of(statement)}
        told = " ".join(
            [s.words for s in statements] + [n for id in ends for n in self.actors[id].names]
        )
        own = {self.actors[statement.subject].country for statement in statements}
        both = {self.actors[end].country for end in ends}
        return any(
            ADJECTIVES[each] not in countries and each not in told
            for firms, countries in ((False, own), (True, both))
            for each in makers_of(text, firms)
        )


def _is_elsewhere(text: str, told: str) -> bool:
    """Tell whether a text names a capital where statements name another place: for Hanoi."""
    cities = [found["city"] for found in _IN_CITY.finditer(text) if found["city"] in CAPITALS]
    places = [found["city"] for found in _IN_CITY.finditer(told)]
    return bool(places) and any(city not in told for city in cities)


def _at(name: str, text: str) -> list[int]:
    """Return where a name stands in a text."""
    return [found.start() for found in re.finditer(rf"\b{re.escape(name)}\b", text)]


def _is_told_of(person: Mention, words: str) -> bool:
    """Tell whether words have the last name of a person."""
    return person.text.casefold().rpartition(" ")[2] in words.split()
