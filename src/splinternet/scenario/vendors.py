"""What a scenario asks of whoever knows which networks run on a vendor's equipment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple, Protocol

__all__ = ["Share", "Vendors"]


class Share(NamedTuple):
    """The least and the most of a network's equipment that may be a vendor's, 0 to 1."""

    least: float
    most: float


class Vendors(Protocol):
    """Knows vendors, and who is on them."""

    def names(self) -> Collection[str]:
        """Return the vendors that can be asked for."""

    def shares(self, vendor: str, day: date) -> Mapping[int, Share]:
        """Return the vendor's share of networks' equipment on a day, by AS number.

        Of a network that is not named nothing is known. ``vendor`` is one of :meth:`names`.
        """
