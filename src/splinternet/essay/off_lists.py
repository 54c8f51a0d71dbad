"""Sentences that take somebody off a list, or leave him off one, on which statements put him."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from splinternet.essay.assertion import denies
from splinternet.essay.contents import Contents
from splinternet.essay.findings import Finding
from splinternet.essay.statements import Statement

__all__ = ["is_off_list", "off_list"]

#: Nobody is on a list any more, or was not put on one, and statements of lists.
_OFF_LIST = re.compile(
    r"\b(?:(?:took|tak(?:e|es|en|ing)|str(?:uck|ikes|iking|icken)|remov(?:e|es|ed|ing)|"
    r"dropp?(?:s|ed|ing)|delet(?:es|ed)|left|leav(?:e|es|ing)|ke(?:ep|eps|pt)|stay(?:s|ed)|"
    r"go(?:t|es)|c[ao]mes?)\b[^.;:]{0,70}?\b(?:off|from|out of)|"
    r"delist(?:s|ed|ing)?\b[^.;:]{0,40}?\bfrom) (?:the |its |their )?"
    r"(?:[A-Zx][\w’']*(?:[’']s)? |[’']s |of |list ){0,5}(?:[Ll]ist|[Bb]lacklist)|"
    r"\bspared\b[^.;:]{0,40}\b(?:listing|[Ll]ist)\b|"
    r"\b(?:absent|missing) from [^.;:]{0,40}\b[Ll]ist\b"
)
_IS_LISTED = re.compile(r"\b(?:[Ll]ist(?:s|ed|ing)?|[Bb]lacklist\w*)\b")
#: What a statement has of somebody who is on none.
_IS_OFF = re.compile(
    r"\b(?:absent|missing|approved|permits?|permitted|trusted|not among)\b", re.IGNORECASE
)
_LIMITS = frozenset(("bans", "restricts"))


def is_off_list(text: str, statement: Statement) -> bool | None:
    """Tell whether a text has somebody off the list of a statement; None where it says nothing."""
    if statement.predicate not in _LIMITS or not _IS_LISTED.search(statement.words):
        return None
    return not _IS_OFF.search(statement.words) if _OFF_LIST.search(text) else None


def off_list(contents: Contents, finding: Finding, statements: Mapping[str, Statement]) -> Finding:
    """Turn what a statement seems to bear out, but for the list, into what it contradicts."""
    if finding.status != "supported" or denies(contents.text):
        return finding
    told = [statements[id] for id in finding.supports]
    if not told or not all(is_off_list(contents.text, one) for one in told):
        return finding
    against = finding.supports
    why = "the ledger says the opposite"
    return replace(finding, status="contradicted", supports=(), contradicts=against, why=why)
