"""Vendors, as a scenario knows them: a ledger, opened when first asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cached_property

import polars as pl

from splinternet.ledger.ledger import Ledger
from splinternet.supply.figures import Scope, vendor_groups, vendor_id
from splinternet.supply.holdings import holdings

__all__ = ["Vendors"]


class Vendors:
    """Operators on each vendor's equipment, by a ledger.

    Parameters
    ----------
    ledger
        The ledger, or what opens it: most scenarios never ask.
    """

    def __init__(self, ledger: Ledger | Callable[[], Ledger]) -> None:
        self._given = ledger

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger."""
        return self._given if isinstance(self._given, Ledger) else self._given()

    def names(self) -> list[str]:
        """Return the ids of the vendors, and groups of vendors, that can be asked for."""
        vendors = self.ledger.actors.filter(pl.col("kind") == "vendor")["id"]
        return sorted({*vendors, *vendor_groups(self.ledger)})

    def users(self, vendor: str, day: date, scope: Scope = Scope()) -> frozenset[int]:  # noqa: B008
        """Return the AS numbers of networks that are known to use a vendor's equipment on a day.

        A number that several operators are said to run is known of only if all of them use it.

        Raises
        ------
        MisuseError
            If there is no such vendor.
        """
        asked = vendor_id(self.ledger, vendor)
        held = holdings(self.ledger, asked, scope, day)
        runs: dict[int, list[bool]] = defaultdict(list)
        for operator in self.ledger.actors.filter(kind="operator")["id"]:
            for asn in self.ledger.asns(operator):
                runs[asn].append(operator in held and bool(held[operator].uses))
        return frozenset(asn for asn, using in runs.items() if all(using))
