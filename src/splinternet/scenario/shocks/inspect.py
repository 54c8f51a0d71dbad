"""Inspecting at the border: what crosses it must do so at given networks, or is lost."""

from __future__ import annotations

from typing import Annotated

from splinternet.scenario.draft import ShockError
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._kind import Kind
from splinternet.scenario.shocks._shock import Shock, Stage, asks

__all__ = ["SHOCK", "Inspect"]


class Inspect(Shock, frozen=True, kw_only=True, tag="inspect"):
    """Inspection at the border: links across it without an inspector at either end are cut.

    Every route across the border is then one that crosses it at an inspector, and all routes that
    policy allows and that do so each time they cross it remain. A route that would meet an
    inspector further in or out, but not at the border, is lost.

    Attributes
    ----------
    networks
        Those within the border.
    by
        The inspectors, at home or abroad.
    """

    networks: Annotated[Selection, asks("Within the border")]
    by: Annotated[Selection, asks("Inspectors")]

    def strike(self, stage: Stage) -> None:
        """Cut the links that nobody inspects."""
        draft = stage.draft
        border = draft.border(stage.match(self.networks, "networks"))
        inspects = stage.match(self.by, "by")
        inspected = inspects[draft.a] | inspects[draft.b]
        if not (border & inspected).any():
            raise ShockError(("by",), f"{self.by.text!r} has no link across the border to inspect")
        draft.cut(border & ~inspected)


SHOCK = Kind(
    Inspect,
    label="Inspect at the border",
    summary="Cuts the links across the border that have no inspector at either end.",
    documented=(
        (
            "`networks`, `by`",
            "Cuts the links across the border that have no inspector at either end, "
            "[see below](#inspecting).",
        ),
    ),
    place=8,
)
