"""Adding links: a new cable, a new partnership."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np

from splinternet.base.texts import phrase_for
from splinternet.scenario.draft import Ints, Mask, ShockError
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._kind import Kind
from splinternet.scenario.shocks._shock import Outcome, Shock, Stage, asks

__all__ = ["SHOCK", "Add", "Skipped"]

#: Links beyond which somebody has most likely not meant it.
_MOST = 100_000


class Skipped(Outcome, frozen=True, kw_only=True):
    """How many pairs had a link before, which they keep."""

    pairs: int

    def words(self) -> tuple[str, ...]:
        """Tell how many, if any."""
        said = phrase_for("scenario.add.skipped", self.pairs, number=self.pairs)
        return (said,) if self.pairs else ()


class Add(Shock, frozen=True, kw_only=True, tag="add"):
    """Addition of a link from each network of one selection to each of another.

    Attributes
    ----------
    between
        The two. A network in both is not linked to itself.
    relation
        Whether the first are ``provider`` or ``customer`` of the second, or they are peers
        (``peer``).
    linked
        Whether a pair that has a link is an error (``refuse``) or keeps it as it is (``skip``).
    """

    between: tuple[
        Annotated[Selection, asks("Link these")], Annotated[Selection, asks("with these")]
    ]
    relation: Annotated[
        Literal["peer", "provider", "customer"], asks("The first are to the second")
    ]
    linked: Annotated[Literal["refuse", "skip"], asks("Pairs that are linked already")] = "refuse"

    @property
    def may_change_nothing(self) -> bool:
        """Whether all pairs may have been linked before."""
        return self.linked == "skip"

    def strike(self, stage: Stage) -> Skipped | None:
        """Add the links."""
        first, second = (self._ends(stage, side) for side in (0, 1))
        if self.relation == "customer":
            first, second = second, first
        a, b = _pairs(first, second, peers=self.relation == "peer")
        skipped = None
        if self.linked == "skip":
            known = stage.draft.linked(a, b)
            skipped = Skipped(pairs=int(known.sum()))
            a, b = a[~known], b[~known]
        try:
            stage.draft.add(a, b, transit=self.relation != "peer")
        except ShockError as error:
            raise ShockError(("between",), str(error)) from None
        return skipped

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


SHOCK = Kind(
    Add,
    label="Add links",
    summary="Links each of the first with each of the second.",
    documented=(
        (
            "`between`, `relation`, `linked`",
            "Links each of the first with each of the second: the first are `provider`, `customer` "
            "or `peer`. Refused: a pair that is linked already (with "
            '`linked = "skip"` it keeps its link), a circle of providers, a network that is '
            "removed, more than 100,000 links.",
        ),
    ),
    place=7,
)
