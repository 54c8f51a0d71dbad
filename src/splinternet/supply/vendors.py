"""Vendors as whoever asks by network knows them: AS numbers and parts of their equipment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import polars as pl

from splinternet.ledger.ledger import Ledger
from splinternet.supply.figures import parse_scope, vendor_groups, vendor_id
from splinternet.supply.holdings import holdings
from splinternet.supply.intervals import Interval

__all__ = ["LedgerVendors"]


class LedgerVendors:
    """Answers which networks are on a vendor's equipment, from a ledger.

    Parameters
    ----------
    ledger
        The ledger.
    generation, segment
        The part of networks that is meant, as ``4G`` and ``RAN``; all of them by default.

    Raises
    ------
    MisuseError
        If there is no such generation or segment.
    """

    def __init__(
        self, ledger: Ledger, generation: str | None = None, segment: str | None = None
    ) -> None:
        self._ledger = ledger
        self._scope = parse_scope(generation, segment)

    def names(self) -> Collection[str]:
        """Return the ids of the vendors and groups of vendors that can be asked for."""
        vendors = self._ledger.actors.filter(pl.col("kind") == "vendor")["id"]
        return sorted({*vendors, *vendor_groups(self._ledger)})

    def shares(self, vendor: str, day: date) -> Mapping[int, Interval]:
        """Return the vendor's share of networks' equipment on a day, by AS number.

        The least and the most that it may be, 0 to 1. Networks of operators of which nothing is
        known are absent. A number that several operators are said to run has what holds for all.

        Raises
        ------
        MisuseError
            If there is no such vendor.
        """
        asked = vendor_id(self._ledger, vendor)
        found: dict[int, Interval] = {}
        for operator, held in holdings(self._ledger, asked, self._scope, day).items():
            for asn in self._ledger.asns(operator):
                least, most = found.get(asn, held.share)
                found[asn] = Interval(min(least, held.share.least), max(most, held.share.most))
        return found
