"""Cutting links between two sets of networks (depeering)."""

from __future__ import annotations

from typing import Annotated

from splinternet.scenario.draft import Relation
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._kind import Kind, Preset
from splinternet.scenario.shocks._shock import Shock, Stage, asks

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

    between: tuple[
        Annotated[Selection, asks("Between these")], Annotated[Selection, asks("and these")]
    ]
    relation: Annotated[Relation, asks("Only links in which the first are")] = "any"

    def strike(self, stage: Stage) -> None:
        """Cut the links."""
        first, second = (stage.match(end, "between", side) for side, end in enumerate(self.between))
        stage.draft.cut(stage.draft.between(first, second, self.relation))


SHOCK = Kind(
    Cut,
    label="Cut links between two",
    summary="Cuts the links between the first and the second.",
    documented=(
        (
            "`between = [first, second]`, `relation`",
            "Cuts the links between the two: `any` (as by default), those of `peer`s, or in which "
            "the first is the `provider` or the `customer` of the second, or either (`transit`).",
        ),
    ),
    place=2,
    presets=(
        Preset(
            "Lumen (AS3356) cuts its links with {nation}",
            {"between.0": "AS3356", "between.1": "country:{nation}"},
        ),
    ),
)
