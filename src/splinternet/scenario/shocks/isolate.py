"""Isolating a nation: its links across the border are cut."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from splinternet.scenario.draft import ShockError
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._kind import Kind, Preset
from splinternet.scenario.shocks._shock import Shock, Stage, asks

__all__ = ["SHOCK", "Isolate"]


class Isolate(Shock, frozen=True, kw_only=True, tag="isolate", rename={"except_": "except"}):
    """Isolation of the selected networks: every link between them and all others is cut.

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

    Examples
    --------
    >>> alone = Isolate(networks=Selection("country:CU"))
    >>> after = world.after(Scenario(name="Alone", world="2019-12", shocks=(alone,)))
    >>> after.links.height < world.links.height
    True
    """

    networks: Annotated[Selection, asks("Isolate")]
    except_: Annotated[Selection | None, asks("Links of these stay")] = None
    except_links: tuple[tuple[Selection, Selection], ...] = ()

    def strike(self, stage: Stage) -> None:
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


SHOCK = Kind(
    Isolate,
    label="Isolate a country",
    summary="Cuts every link between these networks and all others.",
    documented=(
        (
            "`networks`, `except`, `except_links`",
            "Cuts every link between the networks and all others. Several nations are isolated as "
            "one. Links with an end in `except`, and those between a pair in "
            '`except_links = [["AS1", "AS2"]]`, stay.',
        ),
    ),
    place=1,
    presets=(Preset("{Nation} is isolated", {"networks": "country:{nation}"}),),
)
