"""Leaking: a network tells everyone the routes that it has for itself and its customers."""

from __future__ import annotations

from typing import Annotated

from splinternet.base.choices import CONTENDING, TieBreak
from splinternet.scenario.diverted import Diverted
from splinternet.scenario.draft import ShockError
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._diverted import divert, single
from splinternet.scenario.shocks._kind import Kind, Preset
from splinternet.scenario.shocks._shock import Shock, Stage, asks

__all__ = ["SHOCK", "Leak"]


class Leak(Shock, frozen=True, kw_only=True, tag="leak"):
    """Leak: a network tells all neighbours what it has from providers and peers (RFC 7908).

    It changes no link, and tells what part of the world then sends through the network.

    Attributes
    ----------
    network
        The network that leaks.
    networks
        Those to whom the routes lead.
    tie_break
        Whether, of equally good routes, each network takes that of the lowest AS number, or splits
        its packets over all.
    """

    network: Annotated[Selection, asks("This network leaks")]
    networks: Annotated[Selection, asks("routes to")]
    tie_break: Annotated[TieBreak, asks("Equally good routes")] = CONTENDING.tie_break

    @property
    def may_change_nothing(self) -> bool:
        """Whether it leaves every link, as it does."""
        return True

    def contradicts(self, other: Shock) -> bool:
        """Tell whether it is the same leak in another way."""
        return (
            isinstance(other, Leak)
            and (other.network, other.networks) == (self.network, self.networks)
            and other.date == self.date
            and other != self
        )

    def strike(self, stage: Stage) -> Diverted:
        """Tell whose traffic then passes the network."""
        by = stage.match(self.network, "network")
        leaker = single(stage, by, "network")
        if len(leaker) > 1:
            raise ShockError(("network",), f"{len(leaker):,} networks leak; select one")
        victims = stage.match(self.networks, "networks") & ~by
        if not victims.any():
            raise ShockError(("networks",), "it would leak routes to itself only; select others")
        targets = single(stage, victims, "networks")
        return divert(stage, targets, leaker, "leak", True, self.tie_break)


SHOCK = Kind(
    Leak,
    label="Leak routes",
    summary="Tells who would send through a network if it told everyone what it has for itself.",
    documented=(
        (
            "`network`, `networks`, `tie_break`",
            "Tells what part of the world would send through `network` what is for `networks`, if "
            "it told everyone its routes from providers and peers; changes no link. "
            "`tie_break`, of equally good routes, is `lowest-asn` or `split`. "
            "Refused: several networks that leak, one without providers or peers.",
        ),
    ),
    place=10,
    presets=(
        Preset(
            "Lumen (AS3356) leaks routes to {nation}",
            {"network": "AS3356", "networks": "country:{nation}"},
        ),
    ),
)
