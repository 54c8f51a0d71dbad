"""The words of a text that carry content, alike whatever their endings."""

from __future__ import annotations

import re
from functools import lru_cache

from splinternet.essay.names import REMEMBERED, folded

__all__ = ["END", "content_word", "content_words", "without_word"]

#: Words that end what goes with a preposition, an owner or a verb.
END = (
    r"\b(?=\W*(?:$|[,;:.()—]|(?:of|in|on|at|to|for|from|with|by|and|or|but|that|which|who|where|when|"
    r"while|as|is|was|were|are|has|had|have|did|does|be|been|into|over|under|after|before|since|"
    r"until|against|between|through|without|than|would|will|could|can|may|must|might|not|it|they|"
    r"his|its|their|the|a|an|out|off|away|[a-z]{3,}ed|[A-Z0-9]\w*)\b))"
)

_IRREGULAR = {
    "kept": "keep", "sold": "sell", "bought": "buy", "built": "build", "made": "make",
    "paid": "pay", "left": "leav", "won": "win", "met": "meet", "held": "hold", "sent": "send",
    "took": "tak", "taken": "tak", "gave": "giv", "given": "giv", "cut": "cut", "told": "tell",
    "said": "say", "people": "staff", "employee": "staff", "employees": "staff",
    "workers": "staff", "researcher": "staff", "researchers": "staff", "personnel": "staff",
    "went": "go", "began": "begin", "begun": "begin", "chose": "choos",
    "chosen": "choos", "ran": "run", "led": "lead", "lent": "lend", "spent": "spend",
}  # fmt: skip
_STOP_WORDS = frozenset(
    "a an the of in on at to for by with from and or but as is are was were be been being has have "
    "had it its this that their will would s which who than some".split()
)
_NONE = frozenset(("",))
_ENDING = re.compile(r"(?<=\w{4})(?:ing|ed|es|s)$")


@lru_cache(maxsize=REMEMBERED)
def content_words(text: str) -> frozenset[str]:
    """Return the words that carry content, without endings."""
    return frozenset(map(content_word, folded(text).split())) - _NONE


@lru_cache(maxsize=REMEMBERED)
def content_word(word: str) -> str:
    """Return a word in small letters without its ending; none where it carries no content."""
    if word in _STOP_WORDS:
        return ""
    return _IRREGULAR.get(word) or _ENDING.sub("", word)


def without_word(text: str, word: str) -> str:
    """Return a text without the first place of a word or phrase, as whole words.

    Examples
    --------
    >>> without_word("ZTE's rival, ZTEsoft and ZTE", "ZTEsoft")
    "ZTE's rival,   and ZTE"
    """
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_goes_on(text[at - 1 : at]) or _goes_on(text[end : end + 1])):
            return f"{text[:at]} {text[end:]}"
        at = text.find(word, at + 1)
    return text


def _goes_on(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
