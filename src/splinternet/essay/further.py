"""Clauses in which somebody else acts, beside what statements tell of him or her."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from splinternet.essay.actors import FIRMS
from splinternet.essay.additions import DID
from splinternet.essay.contents import Contents
from splinternet.essay.findings import Finding
from splinternet.essay.parties import Parties
from splinternet.essay.statements import Statement

__all__ = ["further_acts"]

#: Somebody else with a verb of his or her own: while ZTE joined a week later.
_OWN_ACT = re.compile(
    r"(?:[,;:—–] ?(?:and|but|while|whereas|though|although|yet|so|as|then|when|after|before|"
    r"because) |"
    r"[;—–] ?| (?:while|whereas|although|though|because|when|after) )"
    r"(?P<act>(?P<who>[A-ZÀ-Þ][\w’-]+(?: [A-ZÀ-Þ][\w’-]+){0,3}) "
    rf"(?:(?:also|then|later|soon|finally|even|had|has|have) ){{0,2}}(?P<verb>{DID}))"
)
_SAID = frozenset(
    "said noted reported wrote argued explained called recalled remarked claimed put".split()
)
_END = re.compile(r"[,;:.(—–]")
#: What makes more of a clause than that somebody was idle, or came after.
_DETAIL = re.compile(r"[0-9A-ZÀ-Þ]|\b(?:later|earlier|days?|weeks?|months?|years?)\b")


def further_acts(
    contents: Contents,
    found: Sequence[Finding],
    supports: Sequence[Statement],
    of_actor: Mapping[str, Sequence[Statement]],
    parties: Parties,
) -> Iterator[str]:
    """Yield who does what in a clause of its own that no tie reads and no statement tells.

    A statement tells it that is of an act like those that bear the sentence out, at the time that
    the clause names. A clause without time, figure or name tells no act.
    """
    ties = [" ".join(each.tie.text.split()) for each in found if each.tie]
    acts = {statement.predicate for statement in supports}
    for clause in _OWN_ACT.finditer(contents.text):
        act = " ".join(clause["act"].split())
        stop = _END.search(contents.text, clause.end())
        end = stop.start() if stop else len(contents.text)
        if clause["verb"] in _SAID or any(act in tie for tie in ties):
            continue
        if not _DETAIL.search(contents.text, clause.end(), end):
            continue
        named = {
            other
            for mention in contents.mentions
            if mention.actor and clause.start("who") <= mention.start < clause.end("who")
            for other in parties.related_to(mention.actor)
        }
        times = [t.period for t in contents.times if clause.end() <= t.start < end and t.period]
        alike = [s for actor in named for s in of_actor.get(actor, ()) if s.predicate in acts]
        on = [m.actor for m in contents.mentions if m.acts and clause.end() <= m.start < end]
        firms = [id for id in on if id and parties.actors[id].kind in FIRMS]
        if firms:
            alike = [s for s in alike if {s.subject, s.object} & {*firms}]
        if not any(all(s.happened.overlaps(period) for period in times) for s in alike):
            yield act
