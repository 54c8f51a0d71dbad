"""Shares that are told without a figure: all of it."""

from __future__ import annotations

import re

from splinternet.essay.stems import Sieve

__all__ = ["is_between", "wholly"]

_GOODS = (
    r"(?:equipment|gear|kit|hardware|radios?|base stations|masts|networks?|sites|"
    r"subscribers|customers|"
    r"users)"
)
#: Words that say that all is somebody's.
_ALL = re.compile(
    r"\b(?:entirely|wholly|completely|exclusively|throughout|(?<!not )on nothing but|"
    r"(?<!not )nothing but|purely|solely|(?<=equipment )alone|(?<=gear )alone|(?<=kit )alone|"
    r"(?<=vendors )alone|(?<=suppliers )alone|(?<=makers )alone)\b|(?<=[’']s )alone\b|"
    rf"\b(?:the )?(?:whole|entirety|totality|entire)(?: of)?\b(?=[^,;:]*\b{_GOODS}\b)|"
    rf"\ball (?:of )?(?:(?:its|the) )?(?=(?:[\w’'-]+ ){{0,4}}?{_GOODS}\b)",
    re.IGNORECASE,
)
_SIEVE = Sieve([_ALL.pattern])
_WHOLLY = r"(?:(?:entirely|wholly|completely|exclusively|all) )?"
_THINGS = (
    r"(?:[’']s)?(?:,? (?:[2-5]G|mobile|subscribers|customers|users|sites|radios?|core|access|"
    r"networks?|gear|equipment|kit|hardware|"
    r"base stations|masts|(?:in|of) (?:[0-9]{4}|the country)))*"
)
#: Words between what it is a share of and whose it is.
_BETWEEN = re.compile(
    rf"(?:,? all(?: of)?(?: the| its| their)?)?{_THINGS} "
    rf"(?:(?:was|were|is|are) {_WHOLLY}|(?:had|has|used|uses) nothing but |"
    rf"(?:came|come|comes|stemmed|stems|originated) {_WHOLLY}(?:from|out of) |"
    rf"(?:(?:was|were|is|are) )?(?:{_WHOLLY}(?:built|made|equipped|supplied|fitted|"
    rf"furnished|provided|"
    rf"served|delivered|covered|carried) {_WHOLLY}(?:with|by|on|from|over|through|of|out of)|"
    rf"(?:consist|compos|ma)(?:s|ed|de)?(?: up)? {_WHOLLY}of|of) (?:nothing but )?|"
    rf"(?:used|uses|had|has|ran|runs) {_WHOLLY}|"
    rf"{_WHOLLY}(?:(?:depend|rel[iy]|rest)(?:s|es|ed)?|(?:ran|runs?)(?: (?:its|their){_THINGS})?) "
    rf"{_WHOLLY}on (?:nothing but )?)"
    rf"(?:the |(?:[2-5]G |radio |access |base |stations |equipment |gear )*(?:of |from )?(?:the )?)"
)
#: What limits it.
_LIMITED = re.compile(
    r"\b(?:almost|nearly|not|never|hardly|virtually|practically|outside|except|but for|other than|"
    r"if|whether|would|no longer|nobody|until|by|new|most|some|part of|half)\b",
    re.IGNORECASE,
)


def wholly(text: str) -> list[tuple[int, int]]:
    """Return where the words stand that say, without doubt or limit, that all is somebody's.

    Examples
    --------
    >>> from splinternet.essay.wholes import wholly
    >>> wholly("Belgium ran entirely on Chinese gear.")
    [(12, 20)]
    """
    if not _SIEVE.likely(text):
        return []
    every = [found.span() for found in _ALL.finditer(text)]
    limited = _LIMITED.search(text.replace("nothing but", ""))
    return every if len(every) == 1 and not limited else []


def is_between(words: str) -> bool:
    """Tell whether words lead from what a share is of to whose it is: ran entirely on."""
    return _BETWEEN.fullmatch(words) is not None
