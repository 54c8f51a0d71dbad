"""Refusing transit: some networks no longer carry the traffic of others further (sanctions)."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from splinternet.scenario.draft import ShockError
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._kind import Kind, Preset
from splinternet.scenario.shocks._shock import Shock, Stage, asks

__all__ = ["SHOCK", "Refuse"]


class Refuse(Shock, frozen=True, kw_only=True, tag="refuse"):
    """Refusal of the transit that some networks sell to others: it becomes peering.

    The refusing networks and their former customers still reach each other, and each other's
    customers; the refusing ones carry nothing of theirs to their other peers or to providers.
    Peering between the two sides stays as it is, as do links in which the refusing one is the
    customer. Traffic that reaches a refusing network by a third one is carried on: routes
    go by destination, so nobody can tell by them whose traffic it is.

    Attributes
    ----------
    networks
        Those that refuse.
    traffic_of
        Those whose traffic they refuse.
    """

    networks: Annotated[Selection, asks("These refuse")]
    traffic_of: Annotated[Selection, asks("to carry the traffic of")]

    def strike(self, stage: Stage) -> None:
        """Turn transit into peering."""
        draft = stage.draft
        refusing = stage.match(self.networks, "networks")
        refused = stage.match(self.traffic_of, "traffic_of")
        both = np.flatnonzero(refusing & refused)
        if len(both):
            raise ShockError(
                ("traffic_of",), f"{draft.name(both[0])} would refuse transit to itself"
            )
        draft.make_peering(draft.between(refusing, refused, "provider"))


SHOCK = Kind(
    Refuse,
    label="Refuse to carry traffic",
    summary="The first no longer carry the traffic of the second any further, as under sanctions.",
    documented=(
        (
            "`networks`, `traffic_of`",
            "Turns the transit that the networks sell to those in `traffic_of` into peering, "
            "[see below](#refusing-transit).",
        ),
    ),
    place=3,
    presets=(
        Preset(
            "{Other} refuses transit to {nation}",
            {"networks": "country:{other}", "traffic_of": "country:{nation}"},
        ),
    ),
)
