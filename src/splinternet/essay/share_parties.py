"""Owners of shares, and what these are of: a market, an operator's network, what is sold."""

from __future__ import annotations

import re

from splinternet.essay.findings import Findings
from splinternet.essay.gazetteer import Actor
from splinternet.essay.passages import Passage
from splinternet.essay.several_shares import goes_on
from splinternet.essay.statements import Statement

__all__ = ["CHINESE", "SHARES", "ShareParties", "owner_and_whole"]

#: Predicates of statements that give a share.
SHARES = frozenset(("market_share", "vendor_share", "depends_on"))
#: The group of vendors that an adjective alone may mean: of Chinese make.
CHINESE = "chinese-vendors"
_APART_FROM_CHINA = re.compile(r"\b(?:outside|without|except|excluding|beyond) China\b", re.I)
_OF_CHINA = re.compile(r"\bChin(?:ese|a)\b")
_WITH_BRAND = re.compile(r"\b(?:included|including|together|combined|plus|and its|with its)\b")
_TWO_TOGETHER = re.compile(r"\b(?:together|combined|between them|jointly|taken as one)\b")
#: Words that every sentence on a market that is no state's has to have.
_MARKETS = {
    "telecom-equipment": r"(?=.*\b(?:world|global|worldwide))(?=.*\b(?:telecom\w*|network\w*|"
    r"equipment))(?!.*\b(?:radio|RAN)\b)",
    "ran": r"(?=.*\b(?:world|global|worldwide|market))(?=.*\b(?:radio|RAN)\b)(?!.*\b(?:outside|"
    r"without|except)\b)",
    "ran-outside-china": r"(?=.*\b(?:outside|without|except)\b.*\bChina\b)(?=.*\b(?:radio|RAN)\b)",
    "europe-4g-ran": r"(?=.*\bEurop)(?=.*\b4G\b)",
    "europe-31": r"(?=.*\bEurop)",
    "africa": r"(?=.*\bAfrica)",
}
_MARKET = {id: re.compile(words, re.DOTALL | re.IGNORECASE) for id, words in _MARKETS.items()}
_APART = re.compile(r"\b(?:outside|without|except|excluding|beyond)\b", re.IGNORECASE)
#: Of the market, or of the owner, that the sentence before names.
_SAME_MARKET = re.compile(r"\b(?:of (?:it|this|that|them)\b|(?:the|that) same market\b)")
_OF_SOMETHING = re.compile(r"\bof\b|\b(?:in|on|at|to|for|from|outside|among) (?:the|its|[A-Z])")
_ITS = re.compile(
    r"\b(?:[Ii]ts|[Tt]heir) (?:own )?(?:share|part|slice|equipment|gear|name)\b|"
    r"(?:^\W*|, |China )[Ii]t (?:had|has|held|holds|stood|accounted|commanded|kept|owned)\b"
)
_OWNERS = frozenset(("vendor", "company", "group"))
_WHOLES = frozenset(("state", "market", "region"))


class ShareParties:
    """Owners of the shares of a ledger, and what these are of, to find those a sentence names.

    Parameters
    ----------
    findings
        The statements and parties of the ledger.
    actors
        Its actors.
    """

    def __init__(self, findings: Findings, actors: dict[str, Actor]) -> None:
        self.findings = findings
        self.parties = findings.parties
        self.actors = actors

    def named(self, passage: Passage) -> frozenset[str]:
        """Return the actors that a passage names, or means, as owners or wholes of a share."""
        ids = {m.actor for m in passage.mentions if m.actor}
        ids = ids.union(*(m.candidates for m in passage.mentions))
        ids |= self.parties.local_ones(ids, self._countries(passage))
        if _OF_CHINA.search(_APART_FROM_CHINA.sub(" ", passage.text)) and CHINESE in self.actors:
            ids.add(CHINESE)
        if _TWO_TOGETHER.search(passage.text) and {"huawei", "zte"} <= ids:
            ids.add(CHINESE)
        owners = [id for id in passage.named_before if self.actors[id].kind in _OWNERS]
        if _ITS.search(passage.text) and len(set(owners)) == 1:
            ids.add(owners[0])
        if not self._countries(passage) and re.search(r"\bthe country\b", passage.text):
            states = [id for id in passage.named_before if self.actors[id].kind == "state"]
            ids.update(states[-1:])
        if _is_of_before(passage):
            ids |= {id for id in passage.named_before if self.actors[id].kind == "market"}
        return frozenset(ids | self._left_out(passage, ids))

    def _left_out(self, passage: Passage, named: set[str]) -> set[str]:
        """Return whose shares, and of which state, those of a passage are that names none.

        It goes on with the owner of the shares before, or within the one state named before.
        """
        kinds = {self.actors[id].kind for id in named}
        owners = {owner_and_whole(share)[0] for share in self.before(passage)}
        left = owners if len(owners) == 1 and goes_on(passage) else set[str]()
        states = {id for id in passage.named_before if self.actors[id].kind == "state"}
        wholes = _WHOLES | ({"operator"} if kinds & _OWNERS else set[str]())
        if len(states) == 1 and not kinds & wholes:
            left |= states
        return left

    def _countries(self, passage: Passage) -> frozenset[str]:
        found = (self.actors[m.actor] for m in passage.mentions if m.actor)
        return frozenset(a.country for a in found if a.kind == "state" and a.country)

    def _is_joined(self, id: str, statement: Statement) -> bool:
        """Tell whether a statement has another beside the owner of a share: Huawei plus Honor."""
        names = "|".join(map(re.escape, self.actors[id].names))
        return bool(re.search(rf"\b(?:plus|and|with) (?:{names})\b", statement.summary))

    def are_of(self, passage: Passage, statement: Statement, named: frozenset[str]) -> bool:
        """Tell whether a passage names whose share it is, and what it is a share of."""
        owner, whole = owner_and_whole(statement)
        if owner not in named or whole == "":
            return False
        kind = self.actors[whole].kind
        others = {id for id in named - {owner, whole} if self._is_rival(id, owner, kind)}
        others -= self.parties.bearers([owner])
        others = {id for id in others if not self._is_of_basis(id, statement)}
        if _WITH_BRAND.search(passage.text):
            others -= {id for id in others if self._is_joined(id, statement)}
        if others and owner != CHINESE:
            return False
        if whole in named and kind == "market" and _is_of_before(passage):
            return not self._countries(passage)
        if whole in _MARKET:
            states = self._countries(passage) - {"CN", self.actors[owner].country}
            radio = " radio" if self._is_of_radio_before(passage) else ""
            return bool(_MARKET[whole].match(f"{passage.text}{radio}")) and not states
        among = whole in named or self.is_among_sold(passage, statement)
        return among and not (kind == "state" and _APART.search(passage.text))

    def is_at_home(self, statement: Statement) -> bool:
        """Tell whether a share is of the owner's own country."""
        owner, whole = owner_and_whole(statement)
        return bool(whole) and self.actors[whole].country == self.actors[owner].country

    def before(self, passage: Passage) -> list[Statement]:
        """Return the shares that the sentence before was on."""
        told = (self.findings.statements[id] for id in passage.told_before)
        return [share for share in told if share.predicate in SHARES]

    def _is_of_radio_before(self, passage: Passage) -> bool:
        """Tell whether a share of no part named may be of the radio networks of the one before."""
        before = self.before(passage)
        apart = _APART_FROM_CHINA.search(passage.text)
        return bool(apart and before) and all("RAN" in share.scope.segments for share in before)

    def is_among_sold(self, passage: Passage, statement: Statement) -> bool:
        """Tell whether a share is of what somebody sells, whom the passage names: in MTS shops."""
        whole = self.actors[statement.object or ""]
        sellers = {m.actor for m in passage.mentions if m.actor} - {statement.subject}
        return bool(sellers) and all(
            self.actors[id].country == whole.country and self._is_of_basis(id, statement)
            for id in sellers
        )

    def _is_of_basis(self, id: str, statement: Statement) -> bool:
        """Tell whether an actor is what a share is counted in: in its shops, of its operators."""
        actor, whole = self.actors[id], self.actors[statement.object or ""]
        if actor.kind == "group":
            return actor.country == whole.country and "operators" in actor.name.lower()
        return any(name in (statement.basis or "") for name in actor.names)

    def _is_rival(self, id: str, owner: str, kind: str) -> bool:
        """Tell whether it may be the share of another actor, or of another operator."""
        actor = self.actors[id]
        alike = actor.kind in ("vendor", "company", "operator", "group")
        if self.actors[owner].name.startswith(actor.name) or id == CHINESE:
            return False
        within = kind == "operator" and actor.kind == "operator"
        return (alike and not within) or (kind == "state" and actor.kind == "operator")


def owner_and_whole(share: Statement) -> tuple[str, str]:
    """Return whose share it is, and of what."""
    owner, whole = share.subject, share.object or ""
    return (whole, owner) if share.predicate == "depends_on" else (owner, whole)


def _is_of_before(passage: Passage) -> bool:
    """Tell whether a share is of the market that the sentence before has, said so or left out."""
    named = [(m.start, m.end) for m in passage.mentions]
    text = passage.blanked(named).text if len(named) == 1 else passage.text
    elided = not _OF_SOMETHING.search(text) and len(named) == 1
    return elided or bool(_SAME_MARKET.search(passage.text))
