"""Banning a vendor: networks on its equipment are exposed, or go."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt

from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._kind import Kind, Preset
from splinternet.scenario.shocks._shock import Outcome, Shock, Stage, asks
from splinternet.supply.intervals import Interval

__all__ = ["SHOCK", "Ban", "Exposed"]

#: Of a network that the ledger does not name.
_UNKNOWN = Interval(0.0, 1.0)


class Exposed(Outcome, frozen=True, kw_only=True):
    """How much of what is banned runs on a vendor's equipment.

    Attributes
    ----------
    vendor
        The vendor.
    known, banned
        Networks that are known to be on it, and all under the ban.
    networks, addresses
        Part of the networks and of the IPv4 addresses under the ban, at least and at most; None
        where there are none.
    """

    vendor: str
    known: int
    banned: int
    networks: Interval | None
    addresses: Interval | None

    def words(self) -> tuple[str, ...]:
        """Tell how many are known, and how much is exposed."""
        return (
            f"known to be on {self.vendor}: {self.known:,} of {self.banned:,} networks",
            f"exposed: {_part(self.networks)} of networks, {_part(self.addresses)} of addresses",
        )


def _part(share: Interval | None) -> str:
    return "an unknown part" if share is None else f"{share.least:.1%} to {share.most:.1%}"


class Ban(Shock, frozen=True, kw_only=True, tag="ban"):
    """Ban a vendor's equipment from the selected networks.

    How much of them runs on it is an interval: least, most. A network of which nothing is known
    counts 0 to 1.

    Attributes
    ----------
    vendor
        The vendor, as the ledger names it.
    networks
        Those under the ban.
    effect
        ``report`` says how much is exposed and changes nothing. ``remove`` removes the networks
        that are known to be on the vendor, that is, whose least share is not 0.
    """

    vendor: Annotated[str, asks("Vendor", suggests="vendors")]
    networks: Annotated[Selection, asks("In the networks of")]
    effect: Annotated[Literal["report", "remove"], asks("What follows")] = "report"

    @property
    def may_change_nothing(self) -> bool:
        """Whether it only tells what is exposed, as it may."""
        return True

    def contradicts(self, other: Shock) -> bool:
        """Tell whether it bans the same vendor from the same networks, with another effect."""
        return (
            isinstance(other, Ban)
            and other.vendor.casefold() == self.vendor.casefold()
            and (other.networks, other.date) == (self.networks, self.date)
            and other.effect != self.effect
        )

    def strike(self, stage: Stage) -> Exposed:
        """Say what is exposed, and remove it if told to."""
        networks = stage.draft.base.networks
        banned = stage.match(self.networks, "networks")
        shares = stage.shares(self.vendor, "vendor")
        of = [shares.get(asn, _UNKNOWN) for asn in networks["asn"].to_list()]
        least, most = (np.array([share[bound] for share in of]) for bound in (0, 1))
        known = banned & (least > 0)
        if self.effect == "remove":
            stage.draft.remove(known)
        members = networks["members"].to_numpy()
        addresses = networks["ipv4_addresses"].fill_null(0).to_numpy()
        return Exposed(
            vendor=self.vendor,
            known=int(members[known].sum()),
            banned=int(members[banned].sum()),
            networks=_interval(members, banned, least, most),
            addresses=_interval(addresses, banned, least, most),
        )


def _interval(
    weight: npt.NDArray[np.int64],
    among: npt.NDArray[np.bool_],
    least: npt.NDArray[np.float64],
    most: npt.NDArray[np.float64],
) -> Interval | None:
    total = float(weight[among].sum())
    if not total:
        return None
    return Interval(*(float((weight * bound)[among].sum()) / total for bound in (least, most)))


SHOCK = Kind(
    Ban,
    label="Ban a vendor",
    summary="Says how much runs on the vendor's equipment, or removes what is known to.",
    documented=(
        (
            "`vendor`, `networks`, `effect`",
            "Says how many of the networks are known to be on the vendor, and how much is exposed, "
            'as an interval: least, most. With `effect = "remove"` also removes the known.',
        ),
    ),
    place=5,
    presets=(
        Preset(
            "Huawei is banned in {nation}",
            {"vendor": "huawei", "networks": "country:{nation}", "effect": "report"},
        ),
    ),
)
