"""Objects of acts, where they are other things than statements tell: prices that are cut."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from splinternet.essay.findings import Finding
from splinternet.essay.idioms import in_plain_words
from splinternet.essay.lexicon import roots
from splinternet.essay.passages import Passage
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import Tellings, ends_of

__all__ = ["Objects", "has_other_objects", "is_shared_out"]

_OWN = r"(?:its|their|his|her|the|all|any|some)"
#: What may be cut or stopped that nobody is cut off from.
_STOPPED = re.compile(
    rf"\b(?:cut|cuts|cutting|stop\w*|end(?:ed|s|ing)?|halt\w*|suspend\w*|ceas\w+|paus\w+|froze\w*) "
    rf"(?:{_OWN} )?(?:[a-z-]+ ){{0,2}}?(?P<thing>prices?|costs?|jobs?|staff|fees?|tariffs?|rates?|"
    r"tax(?:es)?|wages?|budgets?|profits?|forecasts?|talks?|negotiations|discussions|debates?|"
    r"disputes?|quarrels?|lawsuits?|protests?|criticism|campaigns?|visits?|speculation|rumou?rs?)\b"
)
#: A part of a business that somebody sold or left.
_PART = re.compile(
    rf"\b{_OWN} (?P<thing>(?:[\w-]+ ){{1,3}})"
    r"(?:business|arm|units?|division|branch|operations|factory|plant|office|subsidiary)\b"
)
#: Words before it that tell no part of another.
_WHOLE = roots(
    "own whole entire last remaining russian chinese local former own customer customers small "
    "large big entire total national foreign"
)
#: What of a network was damaged.
_DAMAGED = re.compile(
    r"\b(?:[a-z]{2,}ed|cut|broke|hit|hurt|tore) (?:the|its|their) (?P<thing>[a-z]+) of (?=[A-Z])"
)
_THINGS = roots("network networks system systems part parts cable cables line lines link links use")
#: What is let is that, rather than somebody.
_DEALS = re.compile(r"\b(?:contracts?|deals?|agreements?|mergers?|takeovers?|loans?)\b")
#: What is done to a treaty.
_TO_TREATY = re.compile(
    r"\b(?P<verb>[a-z]{2,}ed|broke|tore|left) (?:their|its|the|that|this) (?:[a-z]+ )?"
    r"(?:treaty|pact|agreement|declaration|memorandum|partnership)\b"
)
#: What somebody put his name to.
_SIGNED = re.compile(
    r"\b(?:signed|approved|adopted|published|issued) (?:a|an|its|his|her|their) (?:[a-z-]+ )?"
    r"(?P<thing>[a-z]+) (?:against|about|over|on|of|for)\b"
)
_LIMITS = frozenset(("bans", "restricts"))
#: What is over is a limit.
_LIMIT_ENDED = re.compile(
    rf"\b(?:stopp(?:ed|ing)|stops|end(?:ed|s|ing)|lift(?:ed|s|ing)|halt(?:ed|s)|ceas(?:ed|es)|"
    rf"scrap(?:ped|s)|drop(?:ped|s)) {_OWN} (?:[a-z-]+ )?"
    r"(?:limits?|bans?|restrictions?|curbs?|sanctions?|block(?:s|ing|ade))\b"
)
_SIGNER = re.compile(
    r"(?:^\W*|, )(?:(?:President|Prime Minister) (?P<office>(?=[A-Z])))?"
    r"(?P<name>(?:[A-ZÀ-Þ][a-zà-þ-]+ )?(?(office)|(?<= ))[A-ZÀ-Þ][a-zà-þ-]+) "
    r"+(?:had |has )?signed\b"
)
#: Words for places.
_PLACES = re.compile(r"\b(?:[A-Z][\w’'-]+|(?:north|south|east|west)(?:ern)?)\b")


class Objects:
    """Tells what sentences say an act is done to from what the ledger has.

    Parameters
    ----------
    statements
        Those of the ledger, by id.
    tellings
        The words by which they may be told.
    """

    def __init__(self, statements: Mapping[str, Statement], tellings: Tellings) -> None:
        self.statements = statements
        self.tellings = tellings

    def are_others(self, text: str, supported: Sequence[Finding]) -> bool:
        """Tell whether an act is on another thing, or by another, than its statements have."""
        plain, states = in_plain_words(text), self.tellings.names_of_states()
        for finding in supported:
            told = [self.statements[id] for id in finding.supports]
            over = finding.tie is not None and finding.tie.mood == "ended"
            limits = not over and any(s.predicate in _LIMITS for s in told)
            if limits and _LIMIT_ENDED.search(plain):
                return True
            if told and has_other_objects(plain, told, self.tellings.all_known(told)):
                return True
            if told and all(_is_signed_by_another(plain, s, states) for s in told):
                return True
        return False


def has_other_objects(text: str, statements: Sequence[Statement], known: frozenset[str]) -> bool:
    """Tell whether an act is done to another thing than statements tell.

    Parameters
    ----------
    text
        What is told, with plain verbs for idioms.
    statements
        Those of one act.
    known
        All words by which they are told.
    """
    predicate = statements[0].predicate
    words = roots(" ".join(f"{s.claim or ''} {s.summary}" for s in statements))
    stopping = predicate in ("bans", "restricts", "leaves")
    if stopping and any(not roots(m["thing"]) & words for m in _STOPPED.finditer(text)):
        return True
    if predicate == "partners_with":
        return any(not roots(m["verb"]) <= known for m in _TO_TREATY.finditer(text))
    if predicate == "leaves":
        parts = (roots(m["thing"]) - _WHOLE for m in _PART.finditer(text))
        return any(not part <= words for part in parts)
    if predicate == "damages" and any(s.claim for s in statements):
        things = (roots(m["thing"]) for m in _DAMAGED.finditer(text))
        return any(not thing <= words | _THINGS for thing in things)
    if predicate == "allows":
        told = roots(" ".join(s.words for s in statements))
        return not roots(" ".join(_DEALS.findall(text))) <= told
    if predicate == "enacts":
        return any(not roots(m["thing"]) <= known for m in _SIGNED.finditer(text))
    return False


def is_shared_out(passage: Passage, statements: Sequence[Statement]) -> bool:
    """Tell whether words of one of several statements stand beside the party of another.

    Parameters
    ----------
    passage
        The passage.
    statements
        Those of one act, each with a party of its own.
    """
    if len(statements) < 2:
        return False
    own = {s.id: roots(f"{s.claim or ''} {s.summary}") for s in statements}
    ends = {s.id: frozenset(ends_of(s)) for s in statements}
    shared = frozenset.intersection(*ends.values())
    places = [
        (m.start, m.end, id) for m in passage.mentions for id in own if m.actor in ends[id] - shared
    ]
    if len({id for _, _, id in places}) < 2:
        return False
    for found in _PLACES.finditer(passage.text):
        root = roots(found[0])
        having = [id for id, words in own.items() if root and root <= words]
        inside = any(start <= found.start() < end for start, end, _ in places)
        if len(having) != 1 or inside:
            continue
        near = min(places, key=lambda p: max(p[0] - found.end(), found.start() - p[1]))
        if near[2] != having[0]:
            return True
    return False


def _is_signed_by_another(text: str, statement: Statement, states: frozenset[str]) -> bool:
    """Tell whether somebody is named who signs a law of which a statement does not name him.

    ``states`` are the words for states, which sign laws too.
    """
    if statement.predicate != "enacts":
        return False
    words = statement.separate_words
    signers = (found["name"] for found in _SIGNER.finditer(text))
    return any(
        name.rpartition(" ")[2] not in words and not roots(name) <= states for name in signers
    )
