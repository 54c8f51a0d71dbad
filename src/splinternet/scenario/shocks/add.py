"""Adding links: a new cable, a new partnership."""

from __future__ import annotations

from typing import Literal

import numpy as np

from splinternet.scenario.draft import Ints, Mask, ShockError
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._shock import Shock, Stage

__all__ = ["SHOCK", "Add"]

#: Links beyond which somebody has most likely not meant it.
_MOST = 100_000


class Add(Shock, frozen=True, kw_only=True, tag="add"):
    """Link each network of one selection with each of another.

    Attributes
    ----------
    between
        The two. A network in both is not linked to itself.
    relation
        Whether the first are ``provider`` or ``customer`` of the second, or they are peers
        (``peer``).
    """

    between: tuple[Selection, Selection]
    relation: Literal["peer", "provider", "customer"]

    def strike(self, stage: Stage) -> tuple[str, ...]:
        """Add the links."""
        first, second = (self._ends(stage, side) for side in (0, 1))
        if self.relation == "customer":
            first, second = second, first
        a, b = _pairs(first, second, peers=self.relation == "peer")
        try:
            stage.draft.add(a, b, transit=self.relation != "peer")
        except ShockError as error:
            raise ShockError(("between",), str(error)) from None
        return ()

    def _ends(self, stage: Stage, side: int) -> Mask:
        draft = stage.draft
        found = stage.match(self.between[side], "between", side)
        gone = np.flatnonzero(found & ~draft.present)
        if len(gone):
            raise ShockError(
                ("between", side),
                f"{draft.name(gone[0])} is removed by a shock before this one, so it cannot be "
                "linked",
            )
        return found


def _pairs(first: Mask, second: Mask, *, peers: bool) -> tuple[Ints, Ints]:
    """Pair each of the first with each of the second; peers are paired once."""
    ends = [np.flatnonzero(mask).astype(np.int32) for mask in (first, second)]
    many = len(ends[0]) * len(ends[1])
    if many > _MOST:
        raise ShockError(
            ("between",),
            f"this makes {many:,} links; select fewer networks, {_MOST:,} links at the most",
        )
    a, b = np.repeat(ends[0], len(ends[1])), np.tile(ends[1], len(ends[0]))
    # Of two peers that are both in both selections, the pair comes twice.
    twice = peers & first[b] & second[a] & (a > b)
    pairs = (a != b) & ~twice
    return a[pairs], b[pairs]


SHOCK = Add
