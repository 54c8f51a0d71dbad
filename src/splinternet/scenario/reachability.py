"""Reachability: the pairs of networks that a scenario cuts off from each other, by country."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.countries import country_code
from splinternet.measures.nation import in_country
from splinternet.routing.pairs import Sizes, all_pairs, pairs_with_route
from splinternet.world.world import World

__all__ = ["Pairs", "Reachability"]

_Float64s = npt.NDArray[np.float64]

#: Kinds of pairs: of networks, and of addresses.
_NETWORKS, _ADDRESSES = 0, 1

#: So many nations' pairs a world keeps.
_NATIONS_KEPT = 8


@dataclass(frozen=True)
class Pairs:
    """Pairs of networks that have a route before and after, and shares of all there are.

    ``networks`` counts pairs of networks, ``before`` and ``after`` those of them with a route;
    the shares are of pairs of networks, and of pairs of addresses (null if no address is known).
    """

    networks: int
    before: int
    after: int
    share_before: float | None
    share_after: float | None
    addresses_before: float | None
    addresses_after: float | None

    @classmethod
    def of(cls, offered: _Float64s, had: _Float64s, has: _Float64s) -> Pairs:
        """Read the sums of each kind."""
        return cls(
            networks=round(offered[_NETWORKS]),
            before=round(had[_NETWORKS]),
            after=round(has[_NETWORKS]),
            share_before=_part(had, offered, _NETWORKS),
            share_after=_part(has, offered, _NETWORKS),
            addresses_before=_part(had, offered, _ADDRESSES),
            addresses_after=_part(has, offered, _ADDRESSES),
        )

    @property
    def lost(self) -> int:
        """Pairs that lose every route between them; negative if some gain one."""
        return self.before - self.after


@dataclass(frozen=True, eq=False)
class Reachability:
    """Reachability in a world, by country, to compare other worlds with.

    Attributes
    ----------
    world
        The world.
    country
        The nation whose pairs are counted; None for all pairs.
    codes
        The countries, null for networks of unknown country.
    sizes, to
        What each network counts, and which are the nation's.
    offered, before
        All pairs, and those with a route, by kind and by the countries of the two ends; see
        :func:`~splinternet.routing.pairs.pairs_with_route`.
    """

    world: World
    country: str | None
    codes: tuple[str | None, ...]
    sizes: Sizes
    to: npt.NDArray[np.bool_]
    offered: _Float64s
    before: _Float64s

    @classmethod
    def of(
        cls, world: World, country: str | None = None, *, on_one_core: bool = False
    ) -> Reachability:
        """Count the pairs of a world, all of them or those with an end in a nation.

        Raises
        ------
        MisuseError
            If there is no such country.
        WorldError
            If the world has no network there.
        RoutingError
            If providers and customers form a cycle.
        """
        networks = world.networks.sort("asn")
        code = None if country is None else country_code(country)
        to = np.ones(networks.height, dtype=bool)
        if code is not None:
            to = networks["asn"].is_in(in_country(world, code).implode()).to_numpy()
        codes = networks["country"].unique().sort()
        number = networks["country"].rank("dense").fill_null(0).cast(pl.Int32).to_numpy()
        sizes = Sizes(
            asn=networks["asn"].to_numpy(),
            group=number - 1 + networks["country"].has_nulls(),
            groups=len(codes),
            weight=networks.select("members", pl.col("ipv4_addresses").fill_null(0)).to_numpy(),
            members=networks["members"].to_numpy(),
        )
        before = pairs_with_route(world, sizes, to, on_one_core=on_one_core)
        return cls(world, code, tuple(codes), sizes, to, all_pairs(sizes, to), before)

    @classmethod
    def known(
        cls, world: World, country: str | None = None, *, on_one_core: bool = False
    ) -> Reachability:
        """Pairs as :meth:`of` counts them, kept for the next scenarios of the same world."""
        return world.derived(
            "reachability",
            lambda: cls.of(world, country, on_one_core=on_one_core),
            of=country,
            most=_NATIONS_KEPT,
        )

    def after(self, world: World, *, on_one_core: bool = False) -> _Float64s:
        """Count the same pairs in another world; those of a network that is gone have no route."""
        return pairs_with_route(world, self.sizes, self.to, on_one_core=on_one_core)

    def total(self, after: _Float64s) -> Pairs:
        """Count all pairs."""
        return self._count(after, lambda abroad, within: abroad + within)

    def abroad(self, after: _Float64s) -> Pairs:
        """Count the pairs of two countries, those of networks of unknown country among them."""
        return self._count(after, lambda abroad, within: abroad)

    def within(self, after: _Float64s) -> Pairs:
        """Count the pairs of one country."""
        return self._count(after, lambda abroad, within: within)

    def lost_elsewhere(self, after: _Float64s, countries: Iterable[str]) -> int:
        """Count the pairs that lose all routes and have no end in some countries."""
        named = set(countries)
        away = np.array([code not in named for code in self.codes])
        kept = (self.before - after) * away[:, None] * away[None, :]
        abroad, within = self._sums(kept)
        return round(float((abroad + within)[_NETWORKS]))

    def of_network(self, asn: int) -> int:
        """Count the pairs with a route, before, that have this network as one end."""
        only = self.sizes.asn == asn
        at = self.sizes.group[only][0]
        pairs = pairs_with_route(self.world, self.sizes, only, on_one_core=True)[_NETWORKS, :, at]
        home = None if self.country is None else self._number(self.country)
        return round(float(pairs.sum() if home in (None, at) else pairs[home]))

    def with_each(self, after: _Float64s) -> pl.DataFrame:
        """Count the nation's pairs with each country: who of it loses whom.

        Returns
        -------
        polars.DataFrame
            ``country`` (null: unknown), ``pairs`` (with a route before), ``lost`` (of these),
            ``share`` (lost of all before) and ``address_share`` (the same of pairs of addresses),
            the most lost pairs first; only countries with any change.
        """
        at = self._number(self.country)
        had, has = (each[:, :, at].copy() for each in (self.before, after))
        for each in (had, has):
            each[:, at] /= 2
        return _lost({"country": pl.Series(self.codes, dtype=pl.String)}, had, has)

    def by_country(self, after: _Float64s) -> pl.DataFrame:
        """Count each country's pairs with others, and its own.

        Returns
        -------
        polars.DataFrame
            ``country``, ``side`` (``abroad`` or ``domestic``), then as :meth:`with_each`.
        """
        sides = zip(("abroad", "domestic"), _sides(self.before), _sides(after), strict=True)
        known = self._known()
        codes = pl.Series(self.codes, dtype=pl.String).drop_nulls()
        parts = [
            _lost({"country": codes, "side": [side] * len(codes)}, had[:, known], has[:, known])
            for side, had, has in sides
        ]
        return _ranked(pl.concat(parts))

    def _number(self, country: str | None) -> int:
        return self.codes.index(country)

    def _known(self) -> npt.NDArray[np.bool_]:
        return np.array([code is not None for code in self.codes])

    def _count(self, after: _Float64s, which: Callable[[_Float64s, _Float64s], _Float64s]) -> Pairs:
        return Pairs.of(*(which(*self._sums(each)) for each in (self.offered, self.before, after)))

    def _sums(self, pairs: _Float64s) -> tuple[_Float64s, _Float64s]:
        """Sum the pairs of two countries, and those of one, of each kind."""
        abroad, within = _sides(pairs)
        if self.country is not None:
            at = self._number(self.country)
            return abroad[:, at], within[:, at]
        known = self._known()
        own = within[:, known].sum(axis=1)
        return pairs.sum(axis=(1, 2)) / 2 - own, own


def _sides(pairs: _Float64s) -> tuple[_Float64s, _Float64s]:
    """Sum each country's pairs with others, and its own, of which each is there both ways."""
    own = np.diagonal(pairs, axis1=1, axis2=2)
    return pairs.sum(axis=1) - own, own / 2


def _part(some: _Float64s, of: _Float64s, kind: int) -> float | None:
    return float(some[kind] / of[kind]) if of[kind] else None


def _lost(columns: dict[str, Any], had: _Float64s, has: _Float64s) -> pl.DataFrame:
    gone = np.divide(had - has, had, where=had > 0, out=np.full_like(had, np.nan))
    counts = (np.rint(each[_NETWORKS]).astype(np.int64) for each in (had, had - has))
    pairs, lost = counts
    shares = {"share": gone[_NETWORKS], "address_share": gone[_ADDRESSES]}
    table = pl.DataFrame({**columns, "pairs": pairs, "lost": lost, **shares})
    return _ranked(table.with_columns(pl.col(*shares).fill_nan(None)).filter(pl.col("lost") != 0))


def _ranked(table: pl.DataFrame) -> pl.DataFrame:
    return table.sort("lost", "country", descending=[True, False], maintain_order=True)
