"""Operators of autonomous systems, whatever the words: AS8570 goes by the name of Rostelecom.

The sentence has to name the number and its operator, and to say nothing of them but that the one is
the other's, and in which list it stood so, and when.
"""

from __future__ import annotations

import re
from collections import defaultdict

from splinternet.essay.anchors import Anchors
from splinternet.essay.dates import Period, find_dates
from splinternet.essay.findings import Finding, Findings
from splinternet.essay.gazetteer import Actor
from splinternet.essay.hearsay import is_hearsay
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.moods import is_unsure
from splinternet.essay.passages import Passage
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import Tellings

__all__ = ["NumberedNetworks"]

#: What denies it, or tells more of it than whose it is.
_MORE = re.compile(
    r"\b(?:not?|never|neither|nor|nobody|none|nothing|without|only|sole|solely|alone|all|every|each|"
    r"whole|most|mostly|largest|biggest|main|chief|first|last|next|since|until|till|still|"
    r"formerly|no longer)\b|n[’']t\b",
    re.IGNORECASE,
)
#: What leads to a name that it had before.
_BEFORE = re.compile(
    r"\b(?:once|earlier|formerly|previously|before) (?:listed|named|called|registered|known) "
    r"(?:under|as|for)?[^,;.]*",
    re.IGNORECASE,
)
_SOURCE = r"(?P<source{n}>AS Rank|IPFire)"
#: A list and its year, in either order.
_LISTED = re.compile(
    rf"{_SOURCE.replace('{n}', '1')}\b(?:[’']s)?[^,;]{{0,25}}?\b(?P<year1>20[0-9]{{2}})\b|"
    rf"\b(?P<year2>20[0-9]{{2}}) by {_SOURCE.replace('{n}', '2')}\b"
)
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")


class NumberedNetworks:
    """The autonomous systems of a ledger, by whom they are operated.

    Parameters
    ----------
    findings
        The statements and parties of the ledger, and how they weigh in.
    actors
        Its actors.
    tellings
        The words by which its statements may be told.
    """

    def __init__(self, findings: Findings, actors: dict[str, Actor], tellings: Tellings) -> None:
        self.findings = findings
        self.parties = findings.parties
        self.tellings = tellings
        self.lexicon = read_lexicon()
        self.anchors = Anchors()
        self._of_network: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in findings.statements.values():
            network = statement.object
            if statement.predicate == "operates" and network and actors[network].kind == "network":
                self._of_network[network].append(statement)

    def find(self, passage: Passage) -> Finding | None:
        """Find the statement that tells all of a passage."""
        named = {m.actor for m in passage.mentions if m.actor}
        networks = named & self._of_network.keys()
        if not networks or passage.figures:
            return None
        text = _BEFORE.sub(" ", passage.text)
        if _MORE.search(text) or is_unsure(text) or is_hearsay(text):
            return None
        states = named & {*self.parties.states.values()}
        codes = {self.parties.actors[id].country for id in states}
        named |= self.parties.local_ones(named, {code for code in codes if code})
        told = [
            statement
            for network in sorted(networks)
            for statement in self._of_network[network]
            if self._is_told(passage, statement, named)
        ]
        if len(told) != len(networks):
            return None
        return self.findings.weighed(passage.tie_of(told[0]), told, [], [])

    def _is_told(self, passage: Passage, statement: Statement, named: set[str]) -> bool:
        names = self.tellings.names([statement])
        known = names | self.lexicon.idle | self.lexicon.numbered
        known |= self.tellings.words(statement, denied=True)
        return (
            statement.subject in named
            and not self._others(named, statement)
            and passage.words <= known
            and not self.anchors.names_another(passage, known)
            and _listed_in(passage.text) <= _listed_in(statement.words)
            and all(_has_time(time.period, statement) for time in passage.times)
            and passage.unread_years <= set(_YEAR.findall(statement.words))
            and _has_name_then(passage, statement)
        )

    def _others(self, named: set[str], statement: Statement) -> set[str]:
        """Return who is named and is neither party nor its state, nor a bearer of its name."""
        own = {statement.subject, *self.parties.bearers([statement.subject])}
        state = self.parties.states.get(self.parties.actors[statement.subject].country or "")
        others = named - own - self._of_network.keys() - {state or ""}
        words = statement.words
        actors = (self.parties.actors[id] for id in others)
        subject = self.parties.actors[statement.subject]
        return {
            other.id
            for other in actors
            if not any(name in words or name in subject.name for name in other.names)
        }


def _listed_in(text: str) -> set[tuple[str, str]]:
    """Return the lists that a text names with their years."""
    return {
        (m["source1"] or m["source2"], m["year1"] or m["year2"]) for m in _LISTED.finditer(text)
    }


def _has_time(period: Period | None, statement: Statement) -> bool:
    """Tell whether a statement was counted at a time, as exactly as that is told."""
    if period is None or period.start is None or period.end is None:
        return False
    dates = [date for _, _, date in find_dates(statement.words)]
    if period.precision == "year":
        years = {f"{date.start.year}" for date in dates if date.start}
        return {f"{period.start.year}", f"{period.end.year}"} <= years
    months = {(date.start.year, date.start.month) for date in dates if date.start}
    ends = {(day.year, day.month) for day in (period.start, period.end)}
    return period.precision == "month" and ends <= months


def _has_name_then(passage: Passage, statement: Statement) -> bool:
    """Tell whether a list of the time that is told has the name that is told."""
    parts = statement.summary.split("; ")
    if len(parts) == 1 or not passage.times:
        return True
    words = roots(_BEFORE.sub(" ", passage.text))
    for time in passage.times:
        then = [part for part in parts if f"{time.period and time.period.end}"[:4] in part]
        told = frozenset[str]().union(*map(roots, then))
        other = frozenset[str]().union(*map(roots, set(parts) - {*then})) - told
        if words & other - read_lexicon().numbered:
            return False
    return True
