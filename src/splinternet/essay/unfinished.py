"""Plans and ends of statements that a sentence tells as done, or as going on for so long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from splinternet.essay.contents import Contents
from splinternet.essay.statements import Statement

__all__ = ["told_as_done"]

#: What is to be done yet.
_PENDING = re.compile(
    r"(?:^\W*Plans?|\bplans? to|\bplanned|\b(?:under way|foreseen|intended|pending|"
    r"in preparation|to be signed|to follow))\b"
)
_DONE = re.compile(
    r"\b(?:has|have|had)(?: (?:already|since|then|now|by then|long|successfully|also|all|both))?"
    r"(?: been)? (?!to\b|a\b|an\b|the\b|no\b|not\b|its\b|been\b|plan|intend|agreed\b|promis|"
    r"announc|decid|sign|order|choos|chosen|pick|select|reli|us(?:ed)\b|serv|depend)"
    r"[a-z]+(?:ed|en|t|ade|old|one|un|wn)\b|"
    r"\b(?:finish|complet|fulfil|accomplish|achiev)(?:es|s|ed|led)\b|"
    r"\b(?:w[io]ns?|started up|went live|handed over)\b"
)
_NUMBERS = r"an?|one|two|three|four|five|six|seven|eight|nine|ten|several|many|[0-9]+"
#: How long after its start something was not over.
_LASTED = re.compile(
    rf"\bstill\b[^,;:.]{{0,60}}?(?P<told>(?:half an?|{_NUMBERS}) "
    r"(?:hour|day|week|month|year)s?) (?:after|later|on)\b"
)
#: A number in words that is no figure of a sentence.
_VAGUE = re.compile(
    r"\b(?:(?:fewer|less|more|no fewer) than|under|over|below|above|nearly|almost|about|some|"
    r"several|many) (?:an? |one )?(?P<told>hundreds?|thousands?|dozens?|scores?|millions?)\b"
)


def told_as_done(contents: Contents, told: Sequence[Statement]) -> Iterator[str]:
    """Yield what a sentence has as done that statements only plan, and what else they count.

    Parameters
    ----------
    contents
        The sentence, and what was found in it.
    told
        The statements that bear it out.
    """
    own = [each.own_words for each in told]
    text = contents.text
    done = _DONE.search(text)
    if done and own and all(_PENDING.search(each) for each in own):
        yield done[0]
    words = " ".join(own)
    lasted = _LASTED.search(text)
    if lasted and lasted["told"] not in words:
        yield lasted[0]
    for found in _VAGUE.finditer(text):
        figure = any(f.start < found.end() and found.start() < f.end for _, f in contents.figures)
        if not figure and found["told"] not in words:
            yield found[0]
