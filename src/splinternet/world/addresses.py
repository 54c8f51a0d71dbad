"""IPv4 addresses of networks, and where they are, without counting an address twice.

Ranges overlap: a provider announces a large one and a customer a part of it. As in routing, every
address belongs to the most specific range that contains it: the smallest one, and of equally small
ones that which begins first. If several networks originate a range, its addresses are divided
equally among them, and what is left over goes to the lowest AS numbers, one address each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

__all__ = ["Holdings"]

Integers = npt.NDArray[np.int64]

#: The first address, and the one after the last.
_WHOLE: Integers = np.array([0, 2**32], dtype=np.int64)

#: Segments drawn at a time, to bound memory.
_AT_ONCE = 1 << 22

#: One originator's part of the addresses of a range.
_PART = pl.col("addresses") // pl.col("several") + (
    pl.col("place") < pl.col("addresses") % pl.col("several")
).cast(pl.Int64)


class Holdings:
    """Addresses that each network holds.

    Parameters
    ----------
    origins
        ``first``, ``last`` (both included), ``asn``; a range with several origins has several rows.
    """

    def __init__(self, origins: pl.DataFrame) -> None:
        columns = [pl.col(name).cast(pl.Int64) for name in ("first", "last", "asn")]
        rows = origins.select(columns).sort("first", "last", "asn")
        first, last, asn = (rows[column].to_numpy() for column in rows.columns)
        begins = _differs(first) | _differs(last)  # the rows where another range begins
        once = begins | _differs(asn)
        starts = np.flatnonzero(begins[once])
        of = np.cumsum(begins[once]) - 1
        several = np.diff(starts, append=len(of))
        #: One row for each range and originator; ``place`` counts the originators of a range.
        self._originators = pl.DataFrame(
            {
                "range": of,
                "asn": asn[once].astype(np.uint32),
                "place": np.arange(len(of)) - starts[of],
                "several": several[of],
            }
        )
        self._map = _Map.of(first[begins], last[begins])

    def address_counts(self) -> pl.DataFrame:
        """Count the IPv4 addresses of every network.

        Returns
        -------
        polars.DataFrame
            ``asn`` and ``ipv4_addresses``, sorted by ``asn``; 0 for a network all of whose ranges
            are covered by more specific ones. The sum is the number of addresses in any range.
        """
        sizes = pl.DataFrame({"range": self._map.owner, "addresses": np.diff(self._map.bounds)})
        held = sizes.group_by("range").agg(pl.col("addresses").sum())
        return (
            self._originators.join(held, on="range", how="left")
            .with_columns(pl.col("addresses").fill_null(0))
            .group_by("asn")
            .agg(_PART.sum().alias("ipv4_addresses"))
            .sort("asn")
        )

    def main_countries(self, territories: pl.DataFrame) -> pl.DataFrame:
        """Find the country that holds most of a network's IPv4 addresses.

        Parameters
        ----------
        territories
            As for :meth:`located`.

        Returns
        -------
        polars.DataFrame
            ``asn`` and ``country``, sorted by ``asn``; of countries with equally many addresses,
            the first in the alphabet. Networks without an address in any territory are left out.
        """
        return (
            self.located(territories)
            .sort("addresses", "country", descending=[True, False])
            .unique("asn", keep="first", maintain_order=True)
            .select("asn", "country")
            .sort("asn")
        )

    def located(self, territories: pl.DataFrame) -> pl.DataFrame:
        """Count the IPv4 addresses of each network in each country.

        Parameters
        ----------
        territories
            ``first``, ``last`` (both included), ``country``.

        Returns
        -------
        polars.DataFrame
            ``asn``, ``country`` and ``addresses``, sorted by the first two. Networks without an
            address in any territory are left out.
        """
        lands = territories.unique(["first", "last"], keep="first", maintain_order=True)
        map_ = _Map.of(lands["first"].to_numpy(), lands["last"].to_numpy())
        bounds = _merged(self._map.bounds, map_.bounds)
        held = (
            pl.DataFrame(
                {
                    "range": self._map.at(bounds[:-1]),
                    "land": map_.at(bounds[:-1]),
                    "addresses": np.diff(bounds),
                }
            )
            .join(lands.select("country", land=pl.int_range(pl.len(), dtype=pl.Int64)), on="land")
            .group_by("range", "country")
            .agg(pl.col("addresses").sum())
        )
        return (
            self._originators.join(held, on="range")
            .group_by("asn", "country")
            .agg(_PART.sum().alias("addresses"))
            .filter(pl.col("addresses") > 0)
            .sort("asn", "country")
        )


def _differs(numbers: Integers) -> npt.NDArray[np.bool_]:
    """Tell where a number, none of which is negative, is not the one before it."""
    changes: npt.NDArray[np.bool_] = np.diff(numbers, prepend=-1) != 0
    return changes


def _merged(*numbers: Integers) -> Integers:
    """Return the distinct numbers, sorted; several times as fast here as ``np.unique``."""
    together = np.sort(np.concatenate(numbers))
    return together[_differs(together)]


@dataclass(frozen=True)
class _Map:
    """The whole address space, cut where any range begins or ends.

    Segment ``i`` goes from ``bounds[i]`` up to, but not including, ``bounds[i + 1]`` and belongs to
    range ``owner[i]``, -1 where there is none.
    """

    bounds: Integers
    owner: Integers

    @classmethod
    def of(cls, first: Integers, last: Integers) -> _Map:
        """Draw distinct ranges on the map, the most specific on top."""
        end = last + 1
        bounds = _merged(_WHOLE, first, end)
        left, right = np.searchsorted(bounds, first), np.searchsorted(bounds, end)
        bottom_up = np.lexsort((-first, first - end))
        width = (right - left)[bottom_up]
        top = np.full(len(bounds) - 1, -1, dtype=np.int64)
        batches = np.flatnonzero(np.diff(np.cumsum(width) // _AT_ONCE)) + 1
        for layers in np.split(np.arange(len(bottom_up)), batches):
            drawn = width[layers]
            skip = left[bottom_up[layers]] - (np.cumsum(drawn) - drawn)
            np.maximum.at(
                top, np.repeat(skip, drawn) + np.arange(drawn.sum()), np.repeat(layers, drawn)
            )
        return cls(bounds, np.append(bottom_up, -1)[top])  # the -1 of nobody finds the -1 added

    def at(self, addresses: Integers) -> Integers:
        """Return the range that each address belongs to, -1 where there is none."""
        return self.owner[np.searchsorted(self.bounds, addresses, side="right") - 1]
