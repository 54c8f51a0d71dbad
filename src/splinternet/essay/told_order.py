"""Whether a passage has the parties of a statement in their order, be it told by their kinds."""

from __future__ import annotations

from collections.abc import Collection

from splinternet.essay.lexicon import read_lexicon
from splinternet.essay.parties import Parties
from splinternet.essay.passages import Passage
from splinternet.essay.precedence import is_after_by, is_done_back, is_in_order, tell_kinds
from splinternet.essay.statements import Statement

__all__ = ["tells_order"]

#: Those that hold in either order.
_SYMMETRIC = frozenset(("partners_with", "contracts", "trials_with"))


def tells_order(
    passage: Passage,
    statement: Statement,
    parties: Parties,
    listed: bool,
    countries: Collection[str],
) -> bool:
    """Tell whether the subject of a statement is who acts in it, as far as it shows.

    Parameters
    ----------
    passage
        The passage.
    statement
        A statement.
    parties
        The actors, and who acts for whom.
    listed
        Whether both speak of a list that only one agency has.
    countries
        The countries whose states the passage names.
    """
    acts, actors = read_lexicon().acts, parties.actors
    agreeing = acts["partners_with"] | acts["trials_with"]
    agreed = statement.predicate in _SYMMETRIC and passage.acts <= agreeing

    def same(id: str) -> frozenset[str]:
        local = parties.local_ones([id], countries) if id else frozenset()
        return parties.related_to(id) | local

    object = actors[statement.object] if statement.object else None
    freely = tell_kinds(statement, actors[statement.subject], object)
    own = acts.get(statement.predicate, frozenset())
    subjects = parties.related_to(statement.subject)
    freely = freely and not _is_by(passage, statement.object)
    freely = freely and not is_done_back(passage, statement.object, subjects, own)
    return is_in_order(passage, statement, same, agreed, listed, freely)


def _is_by(passage: Passage, actor: str | None) -> bool:
    """Tell whether an actor is named after *by*."""
    named = (m for m in passage.mentions if m.actor == actor)
    return any(is_after_by(passage.text, mention) for mention in named)
