"""Causes of damage that nobody knows: how sentences say so, and what they say is suspected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from splinternet.essay.lexicon import roots
from splinternet.essay.passages import Passage
from splinternet.essay.statements import Statement
from splinternet.essay.stems import Sieve
from splinternet.ledger.vocabulary import UNKNOWN_CAUSE

__all__ = [
    "are_suspected",
    "is_of_known_cause",
    "suspicions",
    "without_causes",
    "without_suspicions",
]

_WHO = (
    r"(?:(?:(?:the|its|their|some|most|all) )?(?:cable[’']s )?(?:owners?|operators?|experts?|"
    r"specialists?|investigators?|engineers?|authorities|officials?|analysts?|observers?|police|"
    r"consortium|company|prosecutors?))"
)
_SUSPECTS = (
    r"(?:suspect(?:s|ed)?|blam(?:es?|ed)|point(?:s|ed)? to|th(?:ink|inks|ought) of|"
    r"believ(?:es?|ed) in|sp(?:eak|eaks|oke) of|assum(?:es?|ed)|presum(?:es?|ed)|suppos(?:es?|ed))"
)
_THINK = r"(?:th(?:ink|inks|ought)|believ(?:es?|ed)|sa(?:y|ys|id)|suspect(?:s|ed)?|reckon(?:s|ed)?)"
_CAUSE = r"(?P<cause>(?:(?:an?|the|some) )?[a-z][^,;:.]{2,50}?)"
_DAMAGE = r"(?:breaks?|breakage|cuts?|damage|faults?|failures?|outages?|ruptures?|loss)"
_DAMAGED = (
    r"(?:cut|sever|damag|broke|hit|harm|hurt|snap|tore|torn|rupture|destroy|disabl|knock|caus)"
)
_MAY = r"(?:may|might|could)(?: well)? have"
#: That nobody knows the cause.
_UNKNOWN = (
    re.compile(
        r"[,;]?(?: (?:and|but|though|although|while|with|yet))? (?:of (?:an? )?)?"
        r"(?:(?:the|its|whose|an|a) )?(?:exact |real |true )?(?:cause|causes|culprit|reason|origin)"
        r"(?: of (?:it|which|the (?:break|damage|cut|fault|outage)))?"
        r"(?: (?:is|are|was|were|has|had|have|remains?|remained|remaining|being|been|still|yet|"
        r"to|be)"
        r"(?:n[’']t)?| not| never)*? (?:un(?:known|clear|settled|established|certain|determined|"
        r"explained|proven)|(?<=not )\w+|(?<=never )\w+|(?<=n[’']t )\w+|(?<=to be )\w+|open|"
        r"in doubt|disputed|a mystery)\b"
    ),
    re.compile(
        r"[,;](?: (?:but|and|though))? (?:what|who|why)\b[^,;:.]{1,30} (?:has|is|was|remains|had)"
        r"(?:n[’']t| not| never|(?= un))[^,;:.]{0,30}(?=[,.;]|$)"
    ),
    re.compile(r",? of unknown (?:cause|origin)s?,?"),
    re.compile(
        r",? for which (?:no|nobody|no one)[^,;:.]{0,30}? (?:cause|culprit|explanation|responsible)"
        r"[^,;:.]{0,40}(?=[,.;]|$)"
    ),
    re.compile(
        r"\b(?:Nobody|No one) (?:has|had|was|is) (?:yet )?(?:been )?(?:(?:held|found|named) "
        r"(?:responsible|guilty|liable)|blamed|charged|convicted) (?:for|with|as the cause of) "
        r"(?=the\b)"
    ),
    re.compile(
        r"\b(?:(?:Nobody|No one) (?:has (?:ever )?(?:established|found out|determined|proved)|"
        r"knows)|"
        r"It (?:is(?: still)? not|was never|has never been|has not been|is ?n[’']t) (?:known|"
        r"established|clear|settled|proved)) (?:what|who|why) "
    ),
)
#: What is suspected.
_SUSPECTED = (
    re.compile(
        rf"\b{_WHO} {_SUSPECTS} {_CAUSE} (?:behind|for|as (?:the )?(?:cause|culprit|reason) "
        rf"(?:of|for|behind)|in) (?=the (?:[a-z]+ )?{_DAMAGE}\b)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_CAUSE}, (?:so )?{_WHO} {_THINK}, (?:{_MAY} )?(?={_DAMAGED})", re.IGNORECASE),
    re.compile(
        rf"\b(?:It(?: is| was|[’']s) (?:believed|thought|suspected|assumed|supposed) that|"
        rf"{_WHO} {_THINK}(?: that)?) {_CAUSE} (?:{_MAY} )?(?={_DAMAGED})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^{_CAUSE} (?:{_MAY}|(?:is|was) (?:believed|thought|suspected|assumed|supposed) to have|"
        rf"(?:probably|presumably|perhaps|possibly|apparently)) (?={_DAMAGED})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b[Ss]uspected(?: by {_WHO})? of having been (?=(?:broken|cut|severed|damaged|torn|hit) "
        rf"by {_CAUSE},)",
    ),
    re.compile(
        r",? (?:probably|presumably|perhaps|possibly|apparently|supposedly|(?:it is|as is) "
        r"(?:thought|"
        rf"believed|suspected),?) (?:by|from|because of|owing to) {_CAUSE}(?=[,.;]|$)"
    ),
    re.compile(
        rf" (?:{_MAY}|(?:is|was|are|were) (?:believed|thought|suspected|assumed) to have) been "
        rf"(?=(?:broken|cut|severed|damaged|torn|hit|hurt|snapped) by {_CAUSE}"
        r"(?:[,.;]| (?:in|on|off|near|at|during)\b|$))"
    ),
    re.compile(rf"(?:,|;|,? and) {_WHO} {_SUSPECTS} {_CAUSE}(?=[,.;]|$)"),
)
_BY = re.compile(r" by [^,;:.]{3,60}?(?=[,.;]| (?:in|on|off|near|at|during|about)\b|$)")
_SIEVE = Sieve(
    [
        "cause|culprit|reason|origin|nobody|no one|known|established|suspect|blam|think|"
        "thought|belie|point|speak|spoke|assum|presum|suppos|may|might|could|probably|perhaps|possibl|"
        "apparent"
    ]
)
#: What is set against it.
_AGAINST = re.compile(r", (?:although|though|but|while|whereas|yet|even if)\b")
_ARTICLES = roots("a an the some its perhaps another one of")
#: That somebody knows the cause.
_KNOWN = re.compile(
    r"\b(?:cause|culprit)s?\b[^,;:.]{0,30} (?:is|was|are|were|has been|had been|have been) "
    r"(?:now |since |well |long |soon |quickly )?(?:known|established|clear|found|proved|proven|"
    r"determined|settled|explained|identified)\b"
)
#: How statements say that somebody only suspects something.
_HEDGED = re.compile(
    r"\b(?:think|thinks|thought|believ\w+|suspect\w*|may|perhaps|unclear|investigat\w+|looked at|"
    r"ascrib\w+|blam\w+|possibl\w+|presum\w+|considers?)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def suspicions(text: str) -> tuple[tuple[tuple[int, int], str], ...]:
    """Return where a text says that a cause is unknown, or suspected, and what is suspected.

    Parameters
    ----------
    text
        A sentence.

    Returns
    -------
    tuple
        Where each such part stands, and the words for the cause; none of one that is unknown.
    """
    if not _SIEVE.likely(text):
        return ()
    return tuple(_found(text))


def _found(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    for pattern in _SUSPECTED:
        if found := pattern.search(text):
            after = _BY.search(text, found.end()) if found[0].endswith(" been ") else None
            yield found.span(), found["cause"]
            if after:
                yield after.span(), found["cause"]
            break
    for pattern in _UNKNOWN:
        if found := pattern.search(text):
            yield found.span(), ""


def without_suspicions(passage: Passage) -> Passage | None:
    """Return a passage without what it says of an unknown cause; None where it says nothing."""
    spans = [span for span, _ in suspicions(passage.text)]
    plain = passage.blanked(spans)
    if not spans or _AGAINST.search(plain.text):
        return None

    def is_left(at: int) -> bool:
        return not any(first <= at < last for first, last in spans)

    return replace(
        plain,
        ties=[],
        mentions=[m for m in passage.mentions if is_left(m.start)],
        times=[time for time in passage.times if is_left(time.start)],
        figures=[each for each in passage.figures if is_left(each[1].start)],
    )


def without_causes(text: str) -> str:
    """Return a text without what it says of an unknown cause."""
    for (start, end), _ in suspicions(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def is_of_known_cause(text: str, statements: Iterable[Statement]) -> bool:
    """Tell whether a text knows the cause of a damage of which statements know none."""
    return bool(_KNOWN.search(text)) and any(s.subject == UNKNOWN_CAUSE for s in statements)


def are_suspected(text: str, statement: Statement) -> bool:
    """Tell whether a statement has no known cause, and as suspected what a text has so."""
    if statement.subject != UNKNOWN_CAUSE:
        return False
    words = f"{statement.own_words} {statement.note}"
    hedged, known = bool(_HEDGED.search(words)), roots(words) | _ARTICLES
    causes = [cause for _, cause in suspicions(text) if cause]
    return all(hedged and roots(cause) <= known for cause in causes)
