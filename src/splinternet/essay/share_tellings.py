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

from splinternet.essay.amounts import agrees, tells_amount
from splinternet.essay.anchors import Anchors, is_plain
from splinternet.essay.dates import Period
from splinternet.essay.figures import Figure
from splinternet.essay.findings import Finding, Findings
from splinternet.essay.gazetteer import Actor
from splinternet.essay.hearsay import is_hearsay
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.moods import is_unsure
from splinternet.essay.passages import Passage
from splinternet.essay.scopes import scope_of
from splinternet.essay.several_shares import goes_on, of_each, parted
from splinternet.essay.share_parties import CHINESE, SHARES, ShareParties, owner_and_whole
from splinternet.essay.share_words import foreseeing, none_of_it, who_reckoned
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import Tellings
from splinternet.essay.wholes import is_between, wholly

__all__ = ["SHARES", "ShareTellings"]

#: What a share changed by is no share, and what is denied is none.
_CHANGE = re.compile(
    r"\b(?:by|lost|loses?|gain(?:s|ed)?|shed|another|further|"
    r"(?<!make )(?<!makes )(?<!making )up|"
    r"down|from)(?: [a-z]+)? $"
)
_DENIED = re.compile(
    r"\b(?:not|never|neither|nor|nobody|none|cannot|without(?! exception| China)|"
    r"no(?! more| less| fewer)|far from|short of|twice|formerly|next|except|apart from|"
    r"other than)\b|n[’']t\b",
    re.IGNORECASE,
)
_AT_HOME = re.compile(r"\b(?:at home|in its (?:own|home) (?:country|market)|domestic\w*)\b")
#: Segments that a share of installed networks may be told without, or by.
_DAYS_OF_QUARTER = 95
_RADIO = frozenset(("RAN", "telecom-equipment", "core"))

_ALL = 100.0
#: What shares are counted in: one by one, or by what they cost.
_BY_NUMBER, _BY_VALUE = roots("units"), roots("value money")


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
        self.owners = ShareParties(findings, actors)
        self.lexicon = read_lexicon()
        self.anchors = Anchors()
        shares = [s for s in findings.statements.values() if s.predicate in SHARES]
        self.shares = [
            s for s in shares if not s.of_an_essay and s.kind in ("fact", "estimate", "forecast")
        ]
        self._of_owner: defaultdict[str, list[Statement]] = defaultdict(list)
        for share in self.shares:
            self._of_owner[owner_and_whole(share)[0]].append(share)

    def dated_at(self, dated: Period | None) -> ShareTellings:
        """Return the same for an essay of another date."""
        other = copy(self)
        other.dated = dated
        return other

    def find(self, passage: Passage) -> Finding | None:
        """Find the share that tells all of a passage."""
        passage = passage.blanked(who_reckoned(passage.text))
        if not passage.figures and (none := none_of_it(passage.text)):
            return self._of_none(passage.blanked(none))
        if not passage.figures and (every := wholly(passage.text)):
            return self._of_all(passage, every)
        told = self._of_one(passage)
        for parts in () if told else (parted(passage, self.actors), of_each(passage, self.actors)):
            each = [self._of_part(part) for part in parts]
            if each and all(each):
                told = [share for shares in each for share in shares]
        return self.findings.weighed(passage.tie_of(told[0]), told, [], []) if told else None

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
        ahead = foreseeing(passage.text)
        plain = passage.blanked(ahead).text
        if not shares or any(map(_CHANGE.search, before)) or _is_denied(plain):
            return []
        named = self.owners.named(passage)
        of_owners = (s for owner in sorted(named) for s in self._of_owner.get(owner, ()))
        told = [s for s in of_owners if _is_foreseen(s) or not ahead]
        told = [s for s in told if (s.kind != "forecast" or ahead)]
        told = [s for s in told if self._is_told(passage.blanked(ahead), s, named)]
        return told if len({(s.subject, s.object) for s in told}) == 1 else []

    def _of_all(self, passage: Passage, every: Sequence[tuple[int, int]]) -> Finding | None:
        """Find the shares of a hundred percent that tell all of a passage, which says so in words.

        Of everybody that it names before whose shares they are there has to be one.
        """
        plain = passage.blanked(every)
        if _is_denied(plain.text):
            return None
        named = self.owners.named(passage)
        of_owners = (s for owner in sorted(named) for s in self._of_owner.get(owner, ()))
        exact = [s for s in of_owners if s.low == s.high == _ALL and s.unit == "%"]
        of = {owner_and_whole(share)[1] for share in exact}
        spans = {m.actor: (m.start, m.end) for m in passage.mentions if m.actor in of}
        told = []
        for share in exact:
            own = owner_and_whole(share)[1]
            alone = plain.blanked([span for actor, span in spans.items() if actor != own])
            if self._is_told(alone, share, named):
                told.append(share)
        wholes = {owner_and_whole(share)[1] for share in told}
        owners = {owner_and_whole(share)[0] for share in told}
        if len(owners) != 1 or not self._lead_to(passage, wholes, owners):
            return None
        return self.findings.weighed(passage.tie_of(told[0]), told, [], [])

    def _of_none(self, plain: Passage) -> Finding | None:
        """Find the share of nothing that tells all of a passage, but for the words that say so."""
        named = self.owners.named(plain)
        of_owners = (s for owner in sorted(named) for s in self._of_owner.get(owner, ()))
        none = [s for s in of_owners if s.low == s.high == 0 and s.unit == "%"]
        told = [s for s in none if self._is_told(plain, s, named)]
        if len(told) != 1 or _is_denied(plain.text):
            return None
        return self.findings.weighed(plain.tie_of(told[0]), told, [], [])

    def _lead_to(self, passage: Passage, wholes: set[str], owners: set[str]) -> bool:
        """Tell whether words for having all stand between what shares are of and whose they are."""
        by = owners | {self.parties.states["CN"]} if CHINESE in owners else owners
        starts = [m.start for m in passage.mentions if m.actor in by]
        before = [m for m in passage.mentions if starts and m.start < starts[0]]
        local = self.parties.bearers(wholes) | {
            self.parties.states.get(self.actors[id].country or "", "") for id in wholes
        }
        ends = {m.actor for m in before}
        if not before or not (ends & (wholes | local) and ends <= wholes | local):
            return False
        return is_between(passage.text[before[-1].end : starts[0]])

    def _is_told(self, passage: Passage, statement: Statement, named: frozenset[str]) -> bool:
        figures = [figure for _, figure in passage.figures if figure.unit == "%"]
        return (
            statement.low is not None
            and not (_AT_HOME.search(passage.text) and not self.owners.is_at_home(statement))
            and all(agrees(figure, statement) for figure in figures)
            and all(
                tells_amount(f, statement) or self._is_in_name(f, statement)
                for _, f in passage.figures
                if f.unit != "%"
            )
            and self.owners.are_of(passage, statement, named)
            and self._is_then(passage, statement)
            and self._is_part(passage, statement)
            and self._tells_all(passage, statement, named)
        )

    def _is_in_name(self, figure: Figure, statement: Statement) -> bool:
        """Tell whether a number is one of the name of what a share is of: 31 European countries."""
        name = self.actors[owner_and_whole(statement)[1]].name if statement.object else ""
        return figure.low == figure.high and f"{figure.low:.0f}" in name.split()

    def _is_then(self, passage: Passage, statement: Statement) -> bool:
        """Tell whether every time of a passage is one at which a share was counted."""
        if statement.period.start is None and not passage.times:
            return True
        periods = [time.period for time in passage.times]
        years = {f"{day.year}" for day in (statement.period.start, statement.period.end) if day}
        if not passage.unread_years <= years:
            return False
        if not (periods or passage.unread_years):
            then = {share.period for share in self.owners.before(passage)}
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
        if generations != set(own.generations) and not (
            not generations and self._is_only_one(statement)
        ):
            return False
        parts, owned = set(told.segments), set(own.segments)
        if not parts and self._is_only_one(statement):
            return True
        if statement.predicate == "market_share" and "smartphones" in parts | owned:
            return parts == owned or (not parts and self.owners.is_among_sold(passage, statement))
        if ("core" in parts) != ("core" in owned):
            return False
        return parts - owned <= _RADIO and owned - parts <= _RADIO

    def _generations_before(self, passage: Passage) -> set[str]:
        """Return the generations of the shares before, if a passage goes on with them."""
        before = [{*share.scope.generations} for share in self.owners.before(passage)]
        alike = bool(before) and all(each == before[0] for each in before)
        return before[0] if alike and goes_on(passage) else set()

    def _is_only_one(self, statement: Statement) -> bool:
        """Tell whether the ledger has no share of the same then in another part or generation."""
        ends = (statement.subject, statement.object)
        others = [s for s in self.shares if (s.subject, s.object) == ends]
        return all(
            (s.scope.segments, s.scope.generations)
            == (statement.scope.segments, statement.scope.generations)
            or not s.period.overlaps(statement.period)
            for s in others
        )

    def _tells_all(self, passage: Passage, statement: Statement, named: frozenset[str]) -> bool:
        """Tell whether each word of a passage is known, and what is counted stands in it."""
        own = self.lexicon.acts["vendor_share"] | self.lexicon.acts["market_share"]
        names = self.tellings.names([statement])
        words = self.tellings.words(statement, denied=True)
        known = own.union(self.lexicon.idle, names, self.lexicon.with_same(words))
        known |= self.lexicon.measuring
        known |= roots("chinese china telecommunications access europe european")
        basis = roots(statement.basis or "") - own - self.lexicon.idle
        left = passage.words - known
        by_value = bool(roots(statement.basis or "") & _BY_VALUE)
        if passage.words & (_BY_NUMBER if by_value else _BY_VALUE) - roots(statement.summary):
            return False
        if left and self.anchors.names_another(passage, known):
            return False
        if not passage.figures:
            return not left
        return all(map(is_plain, left)) and basis <= roots(passage.text)


def _is_foreseen(statement: Statement) -> bool:
    """Tell whether a share was a forecast when it was reckoned."""
    return statement.kind == "forecast" or "forecast" in statement.words


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
