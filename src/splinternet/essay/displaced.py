"""Firms that give way to others: whom a supplier replaces, whom a customer passes over."""

from __future__ import annotations

import re

__all__ = ["gives_way"]

_THE = (
    r"(?:the |its |their |all |any |old |existing |former |[2-5]G |incumbent |rival |China[’']s |"
    r"Chinese |vendor )*"
)
#: Words that somebody stands behind who goes.
_BEFORE = re.compile(
    r"\b(?:replac(?:e|es|ed|ing)(?! (?:with|by))|replacement (?:of|for)|"
    r"succe(?:eds?|eded|eding|ssor to|ssor of)|supersed(?:e|es|ed|ing)|in place of|instead of|"
    r"rather than|at the expense of|supplant(?:s|ed|ing)?|displac(?:e|es|ed|ing)|"
    r"oust(?:s|ed|ing)?|swap(?:s|ped|ping)?(?: out)?|rip(?:s|ped|ping)? out|"
    r"(?:get|gets|got|getting) rid of|rid(?:s|ding)?(?: [\w’']+)? of|remov(?:e|es|ed|ing)|"
    r"removal of|phas(?:e|es|ed|ing) out|pass(?:es|ed|ing) over|over|ahead of|"
    r"prefer(?:red|ence)? (?:to|over)|away from|took over from|taking over from|"
    r"turn(?:s|ed|ing) (?:its|their) back on|gave up|giving up|drop(?:s|ped|ping)|leaving|"
    r"\b(?:w[io]ns?|winning|chosen|picked|prevail\w*|succeed\w*|triumph\w*)\b[^.;:]{0,80}? against|"
    rf"(?:was|had been) supplied by|edged out|beat(?:ing)?|defeat(?:s|ed|ing)?) {_THE}$",
    re.IGNORECASE,
)
#: What follows the name of somebody who goes, or got nothing.
_AFTER = re.compile(
    r"(?:(?:,| and) (?!by)[A-Z][\w-]+(?:[ -][A-Z][\w-]+)?)*(?:[’']s)?"
    r"(?: (?:equipment|gear|kit|hardware|radios?|RAN))? "
    r"(?:(?:was |were |is |are |has been |had been )?"
    r"(?:(?:being )?replaced(?! (?:Ericsson|Nokia|Samsung|ZTE|Huawei))|ousted|supplanted|"
    r"passed over|removed|swapped out)\b|"
    r"lost\b|(?:came|went) away empty|missed out|"
    r"(?:was |were )?(?:not|never)(?: having)?(?: been)? (?:even )?"
    r"(?:considered|chosen|asked|invited)|"
    r"had to (?:go|leave|make way|give way)|gave way|made way)",
)


def gives_way(text: str, start: int, end: int) -> bool:
    """Tell whether somebody named in a text is told to give way to another.

    Examples
    --------
    >>> from splinternet.essay.displaced import gives_way
    >>> gives_way("Ericsson replaced Huawei.", 18, 24), gives_way("Huawei replaced Ericsson.", 0, 6)
    (True, False)
    """
    return bool(_BEFORE.search(text[:start]) or _AFTER.match(text, end))
