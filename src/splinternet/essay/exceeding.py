"""Sentences that say other, or more, than all that bears a part of them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from splinternet.essay.contents import Contents
from splinternet.essay.findings import Finding
from splinternet.essay.hearsay import is_hearsay
from splinternet.essay.overstated import overstates
from splinternet.essay.parties import Parties
from splinternet.essay.roles import are_exchanged
from splinternet.essay.statements import Statement
from splinternet.essay.suspected import are_suspected, is_of_known_cause, without_causes

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
    supports = [statements[id] for finding in supported for id in finding.supports]
    suspected = bool(supports) and all(are_suspected(contents.text, one) for one in supports)
    if is_hearsay(without_causes(contents.text) if suspected else contents.text):
        return "it is hearsay, or called untrue"
    given = (contents.text, contents.mentions)
    for finding in supported:
        told = [statements[id] for id in finding.supports]
        if not told:
            continue
        if is_of_known_cause(contents.text, told):
            return "it knows a cause that the ledger does not have"
        if all(are_exchanged(*given, one, parties.related_to) for one in told):
            return "it has the two the other way round than the ledger"
        more = [overstates(*given, one, parties.actors) for one in told]
        if all(more):
            return f"the ledger does not tell all of it: {next(iter(more), '')}"
    return ""
