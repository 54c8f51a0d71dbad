"""Sentences on a share set beside statements as a whole, whatever the words for having it.

A share is borne out if a statement has it of the same owner and the same market, network or
operator at that time, and if every word of the sentence is one of the statement, of its parties'
names, or of the table in ``gist.toml``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from copy import copy

from splinternet.essay.anchors import Anchors, is_plain
from splinternet.essay.dates import Period
from splinternet.essay.findings import Finding, Findings
from splinternet.essay.fitting import agrees
from splinternet.essay.gazetteer import Actor
from splinternet.essay.hearsay import is_hearsay
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.moods import is_unsure
from splinternet.essay.passages import Passage
from splinternet.essay.scopes import scope_of
from splinternet.essay.several_shares import goes_on, of_each, parted
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import Tellings
from splinternet.essay.tie import Tie
from splinternet.essay.wholes import is_between, wholly

__all__ = ["SHARES", "ShareTellings"]

#: Predicates of statements that give a share.
SHARES = frozenset(("market_share", "vendor_share", "depends_on"))
#: The group of vendors that an adjective alone may mean: of Chinese make.
_CHINESE = "chinese-vendors"
_APART_FROM_CHINA = re.compile(r"\b(?:outside|without|except|excluding|beyond) China\b", re.I)
_OF_CHINA = re.compile(r"\bChin(?:ese|a)\b")
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
#: What a share changed by is no share, and what is denied is none.
_CHANGE = re.compile(
    r"\b(?:by|lost|loses?|gain(?:s|ed)?|shed|another|further|up|"
    r"down|from)(?: [a-z]+)? $"
)
_DENIED = re.compile(
    r"\b(?:not|never|neither|nor|nobody|none|cannot|without(?! exception| China)|"
    r"no(?! more| less| fewer)|far from|short of|twice|formerly|next|except|apart from|"
    r"other than)\b|n[’']t\b",
    re.IGNORECASE,
)
#: Of the market, or of the owner, that the sentence before names.
_SAME_MARKET = re.compile(r"\b(?:of (?:it|this|that|them)\b|(?:the|that) same market\b)")
_OF_SOMETHING = re.compile(r"\bof\b|\b(?:in|on|at|to|for|from|outside|among) (?:the|its|[A-Z])")
_AT_HOME = re.compile(r"\b(?:at home|in its (?:own|home) (?:country|market)|domestic\w*)\b")
_ITS = re.compile(
    r"\b(?:[Ii]ts|[Tt]heir) (?:own )?(?:share|part|slice|equipment|gear|name)\b|"
    r"(?:^\W*|, |China )[Ii]t (?:had|has|held|holds|stood|accounted|commanded|kept|owned)\b"
)
#: Segments that a share of installed networks may be told without, or by.
_DAYS_OF_QUARTER = 95
_OWNERS = frozenset(("vendor", "company", "group"))
_WHOLES = frozenset(("state", "market", "region"))
_RADIO = frozenset(("RAN", "telecom-equipment", "core"))

_ALL = 100.0


class ShareTellings:
    """The shares of a ledger, to find those that tell all of a sentence.

    Parameters
    ----------
    findings
        The statements and parties of the ledger, and how they weigh in.
    actors
        Its actors.
    tellings
        The words by which its statements may be told.
    dated
        Date of the essay.
    """

    def __init__(
        self,
        findings: Findings,
        actors: dict[str, Actor],
        tellings: Tellings,
        dated: Period | None,
    ) -> None:
        self.findings = findings
        self.parties = findings.parties
        self.actors = actors
        self.tellings = tellings
        self.dated = dated
        self.lexicon = read_lexicon()
        self.anchors = Anchors()
        shares = [s for s in findings.statements.values() if s.predicate in SHARES]
        self.shares = [s for s in shares if not s.of_an_essay and s.kind in ("fact", "estimate")]
        self._of_owner: defaultdict[str, list[Statement]] = defaultdict(list)
        for share in self.shares:
            self._of_owner[_owner_and_whole(share)[0]].append(share)

    def dated_at(self, dated: Period | None) -> ShareTellings:
        """Return the same for an essay of another date."""
        other = copy(self)
        other.dated = dated
        return other

    def find(self, passage: Passage) -> Finding | None:
        """Find the share that tells all of a passage."""
        if not passage.figures and (every := wholly(passage.text)):
            return self._of_all(passage, every)
        told = self._of_one(passage)
        for parts in () if told else (parted(passage, self.actors), of_each(passage, self.actors)):
            each = [self._of_part(part) for part in parts]
            if each and all(each):
                told = [share for shares in each for share in shares]
        return self.findings.weighed(self._tie(passage, told[0]), told, [], []) if told else None

    def _of_part(self, passage: Passage) -> list[Statement]:
        """Return the statements of a share, or of those of each of its owners."""
        if told := self._of_one(passage):
            return told
        each = [self._of_one(part) for part in of_each(passage, self.actors)]
        return [share for shares in each for share in shares] if all(each) else []

    def _of_one(self, passage: Passage) -> list[Statement]:
        """Return the statements of one share that tell all of a passage."""
        shares = [figure for _, figure in passage.figures if figure.unit == "%"]
        before = (passage.text[: f.end - len(f.text)][-24:] for f in shares)
        if not shares or any(map(_CHANGE.search, before)) or _is_denied(passage.text):
            return []
        named = self._named(passage)
        of_owners = (s for owner in sorted(named) for s in self._of_owner.get(owner, ()))
        told = [s for s in of_owners if self._is_told(passage, s, named)]
        return told if len({(s.subject, s.object) for s in told}) == 1 else []

    def _of_all(self, passage: Passage, every: Sequence[tuple[int, int]]) -> Finding | None:
        """Find the shares of a hundred percent that tell all of a passage, which says so in words.

        Of everybody that it names before whose shares they are there has to be one.
        """
        plain = passage.blanked(every)
        if _is_denied(plain.text):
            return None
        named = self._named(passage)
        of_owners = (s for owner in sorted(named) for s in self._of_owner.get(owner, ()))
        exact = [s for s in of_owners if s.low == s.high == _ALL and s.unit == "%"]
        of = {_owner_and_whole(share)[1] for share in exact}
        spans = {m.actor: (m.start, m.end) for m in passage.mentions if m.actor in of}
        told = []
        for share in exact:
            own = _owner_and_whole(share)[1]
            alone = plain.blanked([span for actor, span in spans.items() if actor != own])
            if self._is_told(alone, share, named):
                told.append(share)
        wholes = {_owner_and_whole(share)[1] for share in told}
        owners = {_owner_and_whole(share)[0] for share in told}
        if len(owners) != 1 or not self._lead_to(passage, wholes, owners):
            return None
        return self.findings.weighed(self._tie(passage, told[0]), told, [], [])

    def _lead_to(self, passage: Passage, wholes: set[str], owners: set[str]) -> bool:
        """Tell whether words for having all stand between what shares are of and whose they are."""
        by = owners | {self.parties.states["CN"]} if _CHINESE in owners else owners
        starts = [m.start for m in passage.mentions if m.actor in by]
        before = [m for m in passage.mentions if starts and m.start < starts[0]]
        if not before or {m.actor for m in before} != wholes:
            return False
        return is_between(passage.text[before[-1].end : starts[0]])

    def _named(self, passage: Passage) -> frozenset[str]:
        ids = {m.actor for m in passage.mentions if m.actor}
        ids = ids.union(*(m.candidates for m in passage.mentions))
        ids |= self.parties.local_ones(ids, self._countries(passage))
        if _OF_CHINA.search(_APART_FROM_CHINA.sub(" ", passage.text)) and _CHINESE in self.actors:
            ids.add(_CHINESE)
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
        owners = {_owner_and_whole(share)[0] for share in self._before(passage)}
        left = owners if len(owners) == 1 and goes_on(passage) else set[str]()
        states = {id for id in passage.named_before if self.actors[id].kind == "state"}
        wholes = _WHOLES | ({"operator"} if kinds & _OWNERS else set[str]())
        if len(states) == 1 and not kinds & wholes:
            left |= states
        return left

    def _countries(self, passage: Passage) -> frozenset[str]:
        found = (self.actors[m.actor] for m in passage.mentions if m.actor)
        return frozenset(a.country for a in found if a.kind == "state" and a.country)

    def _is_told(self, passage: Passage, statement: Statement, named: frozenset[str]) -> bool:
        figures = [figure for _, figure in passage.figures if figure.unit == "%"]
        return (
            statement.low is not None
            and not (_AT_HOME.search(passage.text) and not self._is_at_home(statement))
            and all(agrees(figure, statement) for figure in figures)
            and self._is_of(passage, statement, named)
            and self._is_then(passage, statement)
            and self._is_part(passage, statement)
            and self._tells_all(passage, statement, named)
        )

    def _is_of(self, passage: Passage, statement: Statement, named: frozenset[str]) -> bool:
        """Tell whether a passage names whose share it is, and what it is a share of."""
        owner, whole = _owner_and_whole(statement)
        if owner not in named or whole == "":
            return False
        kind = self.actors[whole].kind
        others = {id for id in named - {owner, whole} if self._is_rival(id, owner, kind)}
        others -= self.parties.bearers([owner])
        others = {id for id in others if not self._is_of_basis(id, statement)}
        if others and owner != _CHINESE:
            return False
        if whole in named and kind == "market" and _is_of_before(passage):
            return not self._countries(passage)
        if whole in _MARKET:
            states = self._countries(passage) - {"CN"}
            radio = " radio" if self._is_of_radio_before(passage) else ""
            return bool(_MARKET[whole].match(f"{passage.text}{radio}")) and not states
        among = whole in named or self._is_among_sold(passage, statement)
        return among and not (kind == "state" and _APART.search(passage.text))

    def _is_at_home(self, statement: Statement) -> bool:
        owner, whole = _owner_and_whole(statement)
        return bool(whole) and self.actors[whole].country == self.actors[owner].country

    def _before(self, passage: Passage) -> list[Statement]:
        """Return the shares that the sentence before was on."""
        told = (self.findings.statements[id] for id in passage.told_before)
        return [share for share in told if share.predicate in SHARES]

    def _is_of_radio_before(self, passage: Passage) -> bool:
        """Tell whether a share of no part named may be of the radio networks of the one before."""
        before = self._before(passage)
        apart = _APART_FROM_CHINA.search(passage.text)
        return bool(apart and before) and all("RAN" in share.scope.segments for share in before)

    def _is_among_sold(self, passage: Passage, statement: Statement) -> bool:
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
        if self.actors[owner].name.startswith(actor.name) or id == _CHINESE:
            return False
        within = kind == "operator" and actor.kind == "operator"
        return (alike and not within) or (kind == "state" and actor.kind == "operator")

    def _is_then(self, passage: Passage, statement: Statement) -> bool:
        """Tell whether every time of a passage is one at which a share was counted."""
        if statement.period.start is None and not passage.times:
            return True
        periods = [time.period for time in passage.times]
        years = {f"{day.year}" for day in (statement.period.start, statement.period.end) if day}
        if not passage.unread_years <= years:
            return False
        if not (periods or passage.unread_years):
            then = {share.period for share in self._before(passage)}
            return then == {statement.period}
        return all(
            period is not None
            and statement.went_on.overlaps(period)
            and _is_exact(period, statement)
            for period in periods
        )

    def _is_part(self, passage: Passage, statement: Statement) -> bool:
        """Tell whether both are of the same generations and parts."""
        told, own = scope_of(passage.text, (), self.actors), statement.scope
        generations = {*told.generations} or self._generations_before(passage)
        if generations != set(own.generations):
            return False
        parts, owned = set(told.segments), set(own.segments)
        if not parts and self._is_only_one(statement):
            return True
        if statement.predicate == "market_share" and "smartphones" in parts | owned:
            return parts == owned or (not parts and self._is_among_sold(passage, statement))
        if ("core" in parts) != ("core" in owned):
            return False
        return parts - owned <= _RADIO and owned - parts <= _RADIO

    def _generations_before(self, passage: Passage) -> set[str]:
        """Return the generations of the shares before, if a passage goes on with them."""
        before = [{*share.scope.generations} for share in self._before(passage)]
        alike = bool(before) and all(each == before[0] for each in before)
        return before[0] if alike and goes_on(passage) else set()

    def _is_only_one(self, statement: Statement) -> bool:
        """Tell whether the ledger has no share of the same in another part at that time."""
        ends = (statement.subject, statement.object)
        others = [s for s in self.shares if (s.subject, s.object) == ends]
        return all(
            s.scope.segments == statement.scope.segments or not s.period.overlaps(statement.period)
            for s in others
        )

    def _tells_all(self, passage: Passage, statement: Statement, named: frozenset[str]) -> bool:
        """Tell whether each word of a passage is known, and what is counted stands in it."""
        own = self.lexicon.acts["vendor_share"] | self.lexicon.acts["market_share"]
        names = self.tellings.names([statement])
        words = self.tellings.words(statement, denied=True)
        known = own.union(self.lexicon.idle, names, self.lexicon.with_same(words))
        known |= roots("chinese china telecommunications access europe european")
        basis = roots(statement.basis or "") - own - self.lexicon.idle
        left = passage.words - known
        if left and self.anchors.names_another(passage, known):
            return False
        if not passage.figures:
            return not left
        return all(map(is_plain, left)) and basis <= passage.words

    def _tie(self, passage: Passage, statement: Statement) -> Tie:
        return Tie(
            sentence=passage.number,
            subject=statement.subject,
            predicate=statement.predicate,
            object=statement.object,
            text=passage.text,
            scope=statement.scope,
            mood="asserted",
            figures=tuple(index for index, _ in passage.figures),
            times=tuple(passage.times),
            clause=passage.text,
        )


def _owner_and_whole(share: Statement) -> tuple[str, str]:
    """Return whose share it is, and of what."""
    owner, whole = share.subject, share.object or ""
    return (whole, owner) if share.predicate == "depends_on" else (owner, whole)


def _is_of_before(passage: Passage) -> bool:
    """Tell whether a share is of the market that the sentence before has, said so or left out."""
    named = [(m.start, m.end) for m in passage.mentions]
    text = passage.blanked(named).text if len(named) == 1 else passage.text
    elided = not _OF_SOMETHING.search(text) and len(named) == 1
    return elided or bool(_SAME_MARKET.search(passage.text))


def _is_denied(text: str) -> bool:
    """Tell whether words deny, doubt or foresee a share, or have it by hearsay."""
    return bool(_DENIED.search(text)) or is_unsure(text) or is_hearsay(text)


def _is_exact(period: Period, statement: Statement) -> bool:
    """Tell whether a day or month is not claimed of what was counted over a longer time."""
    start, end = statement.period.start, statement.period.end
    if period.precision == "year" or start is None:
        return True
    begun = statement.started_by or start
    return (begun - start).days < _DAYS_OF_QUARTER or end is not None
