"""Shares of a market without a part of it, which no share of the whole market contradicts."""

from __future__ import annotations

import re
from dataclasses import replace

from splinternet.essay.contents import Contents
from splinternet.essay.findings import Finding

__all__ = ["of_a_rest"]

#: A part of a market that is not counted.
_LEFT_OUT = re.compile(
    r"\b(?:excluded|excluding|left out|leaving out|leaving aside|set aside|"
    r"not counted|not counting|aside)\b|"
    r"\b(?:without|outside|beyond|except(?: for)?) (?:the )?(?:China|Chinese)\b"
)
_SHARES = frozenset(("market_share", "vendor_share"))


def of_a_rest(contents: Contents, finding: Finding) -> Finding:
    """Leave open what another share contradicts, if a sentence leaves out a part of the market."""
    shares = finding.tie is not None and finding.tie.predicate in _SHARES
    if finding.status != "contradicted" or not shares or not _LEFT_OUT.search(contents.text):
        return finding
    why = "the ledger has another share of the whole market, of which a part is left out"
    return replace(finding, status="unknown", contradicts=(), why=why)
