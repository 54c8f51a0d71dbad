"""Whether words tell of when a law is, or from when it is in force."""

from __future__ import annotations

import re
from collections.abc import Sequence

from splinternet.essay.statements import Statement
from splinternet.essay.tellings import own_part

__all__ = ["is_in_force_then", "tells_date"]

#: What a law is told by where no step of it is.
_DATED = re.compile(
    r"\bdat(?:es|ed|ing) (?:back )?(?:from|to)\b|\b(?:is|are|was|were) dated\b|\bof [0-9]{1,2} "
    r"[A-Z]|"
    r"\b(?:law|act|decree|order|legislation|regulation|rules?|directive|ordinance|reforms?|statute|"
    r"amendment|bill|code|toolbox|decision)s? (?:of|from) (?:(?:the )?(?:early|late|mid|spring|"
    r"summer|autumn|winter|"
    r"beginning|end|start)[ -](?:of )?)?(?:[A-Z][a-z]+ )?(?:19|20)[0-9]{2}\b"
)
_IN_FORCE = re.compile(r"\b(?:in|into) (?:force|effect)\b", re.IGNORECASE)
_STARTS = re.compile(
    r"\b(?:in|into) (?:force|effect)\b|\bt(?:ook|akes|aking) effect\b", re.IGNORECASE
)


def tells_date(text: str, statements: Sequence[Statement]) -> bool:
    """Tell whether words say of when a law is, or from when it is in force as statements do."""
    in_force = any(_IN_FORCE.search(own_part(statement)) for statement in statements)
    return bool(_DATED.search(text) or (in_force and _IN_FORCE.search(text)))


def is_in_force_then(text: str, statements: Sequence[Statement]) -> bool:
    """Tell whether a law is said to be in force from a day from which statements have it not."""
    told = (s.summary for s in statements if not _IN_FORCE.search(own_part(s)))
    laws = statements[0].predicate == "enacts" and _STARTS.search(text)
    return bool(laws) and any(map(_IN_FORCE.search, told))
