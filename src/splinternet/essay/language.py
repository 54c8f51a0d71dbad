"""Whether a text is English."""

from __future__ import annotations

import re

__all__ = ["ENGLISH_FROM", "english_share"]

#: Common words of English that are rare as words of other languages in Latin script.
_FUNCTION_WORDS = frozenset(
    "the of and to that it for with by this have has from are which an not his they their but "
    "were been would will can there who its what when we you she her than these those into could "
    "about over such".split()
)
#: English prose has 20 % and more of these words, other languages below 8 %.
ENGLISH_FROM = 0.12
#: In so few words chance decides.
_FEWEST = 25
_WORD = re.compile(r"[^\W\d_]+")


def english_share(text: str) -> float | None:
    """Return the share of words that are common English function words.

    None where there are too few words to tell. This is the simplest form of the common word method
    of telling languages apart (Ingle 1976; Grefenstette 1995).
    """
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < _FEWEST:
        return None
    return sum(word in _FUNCTION_WORDS for word in words) / len(words)
