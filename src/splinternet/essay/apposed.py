"""Words that a firm is called by right before its name: the Russian operator MTS."""

from __future__ import annotations

import re

from splinternet.essay.peoples import ADJECTIVES

__all__ = ["begin_of", "without_callings"]

_FIRM = (
    r"(?:operator|carrier|vendor|maker|manufacturer|supplier|company|firm|giant|provider|group|"
    r"incumbent|insurer|bank|lender|builder|conglomerate|champion|equipment maker)"
)
_CALLED = (
    rf"\b(?:(?:{'|'.join(ADJECTIVES)}) )?(?:(?:state|state-owned|mobile|telecoms?|network|"
    rf"equipment|radio|transit|cable|wireless|phone|national|public|private|export|credit|"
    rf"development|tech) )*{_FIRM} "
)
_BEFORE_NAME = re.compile(rf"{_CALLED}$")
_BEFORE_PARTY = re.compile(rf"{_CALLED}(?=<[SO]>)")
#: So long are such words at most.
_REACH = 60


def begin_of(text: str, start: int) -> int:
    """Return where the words begin that a firm, whose name starts there, is called by.

    Examples
    --------
    >>> from splinternet.essay.apposed import begin_of
    >>> begin_of("from the Russian operator MTS", 26)
    9
    """
    first = max(0, start - _REACH)
    found = _BEFORE_NAME.search(text[first:start])
    return first + found.start() if found else start


def without_callings(text: str) -> str:
    """Return a text without such words before ``<S>`` and ``<O>``."""
    return _BEFORE_PARTY.sub("", text)
