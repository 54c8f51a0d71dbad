"""Cutting links between two sets of networks (depeering)."""

from __future__ import annotations

from splinternet.scenario.draft import Relation
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._shock import Shock, Stage

__all__ = ["SHOCK", "Cut"]


class Cut(Shock, frozen=True, kw_only=True, tag="cut"):
    """Cut the links between two selections.

    Attributes
    ----------
    between
        The two.
    relation
        Which links: those in which the first is the ``provider`` or the ``customer`` of the
        second, either of these (``transit``), in which they are peers (``peer``), or ``any``.
    """

    between: tuple[Selection, Selection]
    relation: Relation = "any"

    def strike(self, stage: Stage) -> tuple[str, ...]:
        """Cut the links."""
        first, second = (stage.match(end, "between", side) for side, end in enumerate(self.between))
        stage.draft.cut(stage.draft.between(first, second, self.relation))
        return ()


SHOCK = Cut
