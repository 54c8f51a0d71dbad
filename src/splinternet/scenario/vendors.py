"""What a scenario asks of whoever knows which networks run on a vendor's equipment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property
from typing import Protocol

from splinternet.ledger.catalogue import DEFAULT_LEDGER, open_ledger
from splinternet.supply.intervals import Interval
from splinternet.supply.vendors import LedgerVendors

__all__ = ["NamedLedger", "Vendors"]


class Vendors(Protocol):
    """Knows vendors, and who is on them."""

    def names(self) -> Collection[str]:
        """Return the vendors that can be asked for."""

    def shares(self, vendor: str, day: date) -> Mapping[int, Interval]:
        """Return the vendor's share of networks' equipment on a day, 0 to 1, by AS number.

        Of a network that is not named nothing is known. ``vendor`` is one of :meth:`names`.
        """


class NamedLedger:
    """The vendors of a ledger, which is opened when first asked: most scenarios never do.

    Parameters
    ----------
    ledger
        Name or folder; the one that is shipped by default.
    """

    def __init__(self, ledger: str = DEFAULT_LEDGER) -> None:
        self._ledger = ledger

    @cached_property
    def _vendors(self) -> Vendors:
        return LedgerVendors(open_ledger(self._ledger))

    def names(self) -> Collection[str]:
        """Return the ids of the vendors, and groups of vendors, of the ledger."""
        return self._vendors.names()

    def shares(self, vendor: str, day: date) -> Mapping[int, Interval]:
        """Return the vendor's share of networks' equipment on a day, by AS number."""
        return self._vendors.shares(vendor, day)
