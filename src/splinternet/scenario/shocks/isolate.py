"""Isolating a nation: its links across the border are cut."""

from __future__ import annotations

import numpy as np

from splinternet.scenario.draft import ShockError
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._shock import Shock, Stage

__all__ = ["SHOCK", "Isolate"]


class Isolate(Shock, frozen=True, kw_only=True, tag="isolate", rename={"except_": "except"}):
    """Cut every link between the selected networks and all others.

    Several nations selected together stay joined to each other. Networks of unknown country count
    as abroad.

    Attributes
    ----------
    networks
        Those within.
    except_
        Links of these networks, at home or abroad, stay.
    except_links
        Links between these two stay, for each pair of selections.
    """

    networks: Selection
    except_: Selection | None = None
    except_links: tuple[tuple[Selection, Selection], ...] = ()

    def strike(self, stage: Stage) -> tuple[str, ...]:
        """Cut the border."""
        draft = stage.draft
        border = draft.border(stage.match(self.networks, "networks"))
        spared = np.zeros_like(border)
        if self.except_ is not None:
            ends = stage.match(self.except_, "except")
            spared |= ends[draft.a] | ends[draft.b]
        for number, pair in enumerate(self.except_links):
            one, other = (
                stage.match(end, "except_links", number, side) for side, end in enumerate(pair)
            )
            spared |= draft.between(one, other)
        if border.any() and not (border & ~spared).any():
            key = "except" if self.except_ is not None else "except_links"
            raise ShockError((key,), "the exceptions spare every link across the border")
        draft.cut(border & ~spared)
        return ()


SHOCK = Isolate
