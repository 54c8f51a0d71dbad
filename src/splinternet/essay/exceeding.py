"""Sentences that say other, or more, than all that bears a part of them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from splinternet.essay.contents import Contents
from splinternet.essay.findings import Finding
from splinternet.essay.overstated import overstates
from splinternet.essay.parties import Parties
from splinternet.essay.roles import are_exchanged
from splinternet.essay.statements import Statement

__all__ = ["exceeds"]


def exceeds(
    contents: Contents,
    supported: Sequence[Finding],
    statements: Mapping[str, Statement],
    parties: Parties,
) -> str:
    """Return why a sentence is not borne out, or nothing.

    Parameters
    ----------
    contents
        The sentence, and what was found in it.
    supported
        The findings on it that are supported.
    statements
        Those of the ledger, by id.
    parties
        Its actors.
    """
    given = (contents.text, contents.mentions)
    for finding in supported:
        told = [statements[id] for id in finding.supports]
        if not told:
            continue
        if all(are_exchanged(*given, one, parties.related_to) for one in told):
            return "it has the two the other way round than the ledger"
        more = [overstates(*given, one, parties.actors) for one in told]
        if all(more):
            return f"the ledger does not tell all of it: {next(iter(more), '')}"
    return ""
