"""Banning a vendor: networks on its equipment are exposed, or go."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._shock import Shock, Stage
from splinternet.supply.intervals import Interval

__all__ = ["SHOCK", "Ban"]

#: Of a network that the ledger does not name.
_UNKNOWN = Interval(0.0, 1.0)


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

    vendor: str
    networks: Selection
    effect: Literal["report", "remove"] = "report"

    def contradicts(self, other: Shock) -> bool:
        """Tell whether it bans the same vendor from the same networks, with another effect."""
        return (
            isinstance(other, Ban)
            and other.vendor.casefold() == self.vendor.casefold()
            and (other.networks, other.date) == (self.networks, self.date)
            and other.effect != self.effect
        )

    def strike(self, stage: Stage) -> tuple[str, ...]:
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
        return (
            f"known to be on {self.vendor}: {members[known].sum():,} of "
            f"{members[banned].sum():,} networks",
            f"exposed: {_interval(members, banned, least, most)} of networks, "
            f"{_interval(addresses, banned, least, most)} of addresses",
        )


def _interval(
    weight: npt.NDArray[np.int64],
    among: npt.NDArray[np.bool_],
    least: npt.NDArray[np.float64],
    most: npt.NDArray[np.float64],
) -> str:
    total = float(weight[among].sum())
    if not total:
        return "an unknown part"
    low, high = (float((weight * bound)[among].sum()) / total for bound in (least, most))
    return f"{low:.1%} to {high:.1%}"


SHOCK = Ban
