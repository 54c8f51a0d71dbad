"""Words beside a share: who reckoned it, whether it is foreseen, that there is none."""

from __future__ import annotations

import re

from splinternet.essay.stems import Sieve

__all__ = ["foreseeing", "none_of_it", "who_reckoned"]

_RECKONING = (
    r"(?:estimates?|estimation|counts?|reckoning|figures|assessments?|study|studies|calculations?|"
    r"accounts?|data|rankings?|surveys?|analysis|tally|statistics|numbers|order|report)"
)
_SAYS = (
    r"(?:forecasts?|estimate[sd]?|says|said|found|finds|reckon(?:s|ed)|has it|had it|reported|"
    r"put it|calculated|thought|believe[sd]?|predict(?:s|ed))"
)
_NAMES = r"(?-i:[A-Z])[\w’'.-]*(?: (?-i:[A-Z])[\w’'.-]*){0,3}"
#: Who reckoned a share, which changes nothing of it.
_WHO = re.compile(
    rf"\b(?:by|in|on|according to|going by) (?:an?|one|the|its own|{_NAMES}(?:[’']s?)?)(?: own)?"
    rf"(?: [a-z]+)? {_RECKONING}\b(?: (?:of|by|from) (?:the )?{_NAMES})?"
    rf"(?: (?:for|of)(?= [12][0-9]{{3}}))?|"
    rf"\bif {_NAMES} (?:is|are|was|were) (?:to be (?:believed|trusted)|right|correct)\b|"
    rf"\bif {_NAMES}(?:[’']s figures)? (?:has|have|had) it right\b|"
    rf"\bas far as {_NAMES}(?:[’']s?)?(?: [a-z]+)? (?:could|can) (?:tell|say|see|judge)\b|"
    rf", or so {_NAMES} {_SAYS}\b|"
    r"\b(?:was|were|is|are|been) (?:found|estimated|reckoned|reported|said|held|taken|thought|"
    r"calculated|put) to (?:lie|be|stand|have|make|come|amount|rest|account)\b",
    re.IGNORECASE,
)
#: Words by which a share is told of a time to come.
_FORESEEING = re.compile(
    r"\b(?:will|would|should|expect(?:s|ed)?|predict(?:s|ed|ion)?|forecasts?|foresees?|foresaw|"
    r"foreseen|project(?:s|ed)|likely|is to|are to|due to)\b",
    re.IGNORECASE,
)
_GOODS = r"(?:part|share|role|place|equipment|gear|kit|hardware|radios?|base stations?|presence)"
#: That somebody has nothing of it.
_NONE = re.compile(
    rf"\b(?:no|not any|without any|hardly a) {_GOODS}\b(?! (?:of its|from|but))|"
    rf"\bdid without\b|\bdoes without\b|"
    rf"\bdoing without\b|\bnone of\b(?=.*\bany\b)|\bnone of\b(?=[^,;]*\b(?:came|was|were|is)\b)|"
    r"\bnothing (?:in|of|to do with|from)\b|"
    r"\b(?:drop(?:ped|s)?|fell|fallen|shrunk|shrank|went|gone|stood|down|sunk|sank|was|"
    r"of|at)(?: at| to)? "
    r"(?:zero|nil|nought|naught|nothing)\b|\bzero (?:share|part|percent|per cent)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(r"\bany\b(?=.*\bleft\b)")
#: What tells less than that there is none.
_LIMITED = re.compile(
    r"\b(?:almost|nearly|practically|virtually|hardly|next to|until|till|no longer|not yet|never|"
    r"if|would|could|except|but for|other than|apart from|outside|only|new|nobody|nor|neither)\b",
    re.IGNORECASE,
)
_SIEVE = Sieve([_WHO.pattern, _NONE.pattern])


def who_reckoned(text: str) -> list[tuple[int, int]]:
    """Return where the words stand that say who reckoned a share.

    Examples
    --------
    >>> from splinternet.essay.share_words import who_reckoned
    >>> who_reckoned("Nokia had 16 percent, by an estimate of Dell'Oro.")
    [(22, 48)]
    """
    return [found.span() for found in _WHO.finditer(text)] if 0 in _SIEVE.likely(text) else []


def foreseeing(text: str) -> list[tuple[int, int]]:
    """Return where the words stand that tell of a time to come."""
    return [found.span() for found in _FORESEEING.finditer(text)]


def none_of_it(text: str) -> list[tuple[int, int]]:
    """Return where the words stand that say, without limit, that somebody has nothing of it.

    Examples
    --------
    >>> from splinternet.essay.share_words import none_of_it
    >>> none_of_it("Plus did without Huawei in 2020.")
    [(5, 16)]
    """
    if 1 not in _SIEVE.likely(text) or _LIMITED.search(text):
        return []
    none = [found.span() for found in _NONE.finditer(text)]
    return none + [found.span() for found in _LEFT.finditer(text)] if len(none) == 1 else []
