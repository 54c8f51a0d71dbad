"""Removing networks, or an exchange with the peering that only it makes."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
import polars as pl

from splinternet.base.errors import MisuseError
from splinternet.scenario.draft import Draft, Mask, ShockError
from splinternet.scenario.matching import exchanges_named
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._kind import Kind
from splinternet.scenario.shocks._shock import Shock, Stage, asks

__all__ = ["SHOCK", "Remove"]

#: Which peering is lost with an exchange.
Peering = Literal["only-here", "route-server", "all"]


class Remove(Shock, frozen=True, kw_only=True, tag="remove"):
    """Removal of networks with all their links, or of an exchange.

    Attributes
    ----------
    networks
        The networks to remove.
    exchange
        Words of the name of an exchange. Exchanges that share them, such as those of one operator
        in several cities, go together.
    peering
        Which peering between networks that meet at the exchange goes: that of pairs that meet at
        no other (``only-here``); of these only what is seen at route servers alone, evidence
        ``mlp`` (``route-server``); or ``all`` of it. The last two bound the truth from below and
        above: nobody publishes where two networks exchange traffic.
    """

    networks: Annotated[Selection | None, asks("Lose")] = None
    exchange: Annotated[str | None, asks("or an exchange, by its name")] = None
    peering: Annotated[Peering, asks("Of the exchange's peering goes")] = "only-here"

    def __post_init__(self) -> None:
        if (self.networks is None) == (self.exchange is None):
            raise ValueError("give either 'networks' or 'exchange'")
        if self.exchange is None and self.peering != "only-here":
            raise ValueError("'peering' goes with 'exchange'")

    def strike(self, stage: Stage) -> None:
        """Remove the networks, or cut the peering."""
        if self.networks is not None:
            stage.draft.remove(stage.match(self.networks, "networks"))
        elif self.exchange is not None:
            try:
                exchanges = exchanges_named(stage.draft.base, self.exchange)
            except MisuseError as error:
                raise ShockError(("exchange",), str(error)) from None
            stage.draft.cut(_peering(stage.draft, exchanges, self.peering))


def _peering(draft: Draft, exchanges: pl.Series, which: Peering) -> Mask:
    """Tell which links of the base world are lost with these exchanges."""
    base = draft.base
    links = base.links.with_row_index("link").filter(pl.col("kind") == "p2p")
    if which == "route-server":
        links = links.filter(pl.col("evidence") == "mlp")
    at = base.exchange_members.select("asn", "exchange")
    of_members = links.filter(*(pl.col(end).is_in(_members(at, exchanges)) for end in "ab"))
    meeting = of_members.join(at, left_on="a", right_on="asn").join(
        at, left_on=["b", "exchange"], right_on=["asn", "exchange"], how="semi"
    )
    here = meeting["exchange"].is_in(exchanges.implode())
    lost = meeting.filter(here)["link"].unique()
    if which != "all":
        elsewhere = meeting.filter(~here)["link"].unique()
        lost = lost.filter(~lost.is_in(elsewhere.implode()))
    mask = np.zeros(len(draft.a), dtype=bool)
    mask[lost.to_numpy()] = True
    return mask


def _members(at: pl.DataFrame, exchanges: pl.Series) -> pl.Series:
    return at.filter(pl.col("exchange").is_in(exchanges.implode()))["asn"].unique().implode()


SHOCK = Kind(
    Remove,
    label="Lose a network",
    summary="Removes networks with all their links, or an exchange.",
    documented=(
        ("`networks`", "Removes networks, their links and memberships."),
        (
            "`exchange`, `peering`",
            "Removes an exchange, [see below](#removing-an-exchange).",
        ),
    ),
    place=4,
)
