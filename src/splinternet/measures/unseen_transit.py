"""Transit that other collectors would have shown elsewhere, and links of the other kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from splinternet.measures.unseen import among, pair_of

__all__ = ["Networks", "Transit"]

_Indices = npt.NDArray[np.int64]
_Marks = npt.NDArray[np.bool_]

#: Networks with as many providers, or more, are alike.
_MANY = 8

#: How often a link looks for another place among links of one kind.
_TRIES = 2


@dataclass(frozen=True, eq=False)
class Networks:
    """Networks of a world, by their indices: what each is, and how many providers it has.

    Attributes
    ----------
    near
        Nation and class of size as a number.
    size
        Class of size.
    place
        Place in an order of providers before their customers.
    providers
        How many providers.
    """

    near: _Indices
    size: _Indices
    place: _Indices
    providers: _Indices

    def of_a_size(self, above: _Indices, below: _Indices, fewer: int = 0) -> tuple[_Indices, ...]:
        """Kinds of links by the size of the upper end: of a nation below, then of any."""
        many = np.minimum(self.providers[below] - fewer, _MANY)
        return tuple(
            (lower[below] * 3 + self.size[above]) * (_MANY + 1) + many
            for lower in (self.near, self.size)
        )

    def of_one(self, above: _Indices, below: _Indices, fewer: int = 0) -> tuple[_Indices, ...]:
        """Kinds of links of one upper end: of a nation below, then of any."""
        many = np.minimum(self.providers[below] - fewer, _MANY)
        return tuple(
            (lower[below] * len(self.size) + above) * (_MANY + 1) + many
            for lower in (self.near, self.size)
        )


@dataclass(frozen=True, eq=False)
class _Pool:
    """Links in the order of their kinds, to choose one by chance."""

    order: _Indices
    kinds: _Indices

    @classmethod
    def of(cls, kinds: _Indices) -> _Pool:
        order = np.argsort(kinds, kind="stable")
        return cls(order, kinds[order])

    def chosen(self, kinds: _Indices, random: np.random.Generator) -> _Indices:
        """Links by chance, one of each kind; -1 where there is none."""
        first = np.searchsorted(self.kinds, kinds)
        many = np.searchsorted(self.kinds, kinds, side="right") - first
        at = first + (random.random(len(kinds)) * many).astype(np.int64)
        if not len(self.order):
            return np.full(len(kinds), -1, dtype=np.int64)
        return np.where(many > 0, self.order[np.where(many > 0, at, 0)], -1)


@dataclass(frozen=True, eq=False)
class Transit:
    """Links between provider and customer, and where else collectors might have shown them.

    Attributes
    ----------
    provider, customer
        Networks of each link.
    above, below
        Networks of each peering, the one that comes before the other in the order first.
    taken
        Pairs of networks that have a link, and of each with itself, in order.
    links, peerings
        Both by their kinds.
    """

    networks: Networks
    provider: _Indices
    customer: _Indices
    above: _Indices
    below: _Indices
    taken: _Indices
    links: tuple[_Pool, ...]
    peerings: tuple[_Pool, ...]

    @classmethod
    def of(
        cls,
        provider: _Indices,
        customer: _Indices,
        ends: _Indices,
        networks: Networks,
        taken: _Indices,
    ) -> Transit:
        """Links of a world whose peerings have these ``ends``, shape ``(2, peerings)``."""
        upper = networks.place[ends[0]] < networks.place[ends[1]]
        above, below = np.where(upper, ends, ends[::-1])
        links = networks.of_a_size(provider, customer)
        peerings = networks.of_one(above, below) + networks.of_a_size(above, below)
        pools = (tuple(_Pool.of(kinds) for kinds in each) for each in (links, peerings))
        return cls(networks, provider, customer, above, below, taken, *pools)

    def moved(self, rate: float, peers: _Indices, random: np.random.Generator) -> _Indices:
        """Customers of the links as other collectors might have shown them.

        A link that is missed is found at another network instead: of the same nation and size, if
        there is one, and with one provider fewer. So each provider keeps as many customers, and as
        many networks have one provider, two, and so on. One that finds no other stays. ``peers``
        are pairs that are linked already.
        """
        networks, customer = self.networks, self.customer.copy()
        missed = np.flatnonzero(_lost(customer, rate, random, len(networks.place)))
        provider, linked = self.provider[missed], np.sort(peers)
        mine = np.empty(0, dtype=np.int64)

        def fits(link: _Indices, at: _Indices) -> _Marks:
            nonlocal mine
            above, below = provider[link], self.customer[at]
            pair = pair_of(above, below, len(networks.place))
            new: _Marks = (networks.place[above] < networks.place[below]) & _first_of_each(pair)
            for known in (self.taken, linked, np.sort(mine)):
                new &= ~among(known, pair)
            mine = np.concatenate([mine, pair[new]])
            return new

        kinds = networks.of_a_size(provider, customer[missed], fewer=1)
        at = _placed(self.links, kinds, fits, random)
        customer[missed[at >= 0]] = self.customer[at[at >= 0]]
        return customer

    def wrong(
        self, rate: float, customer: _Indices, stayed: _Marks, random: np.random.Generator
    ) -> tuple[_Indices, _Indices]:
        """Links that are peerings in truth, and peerings that are such links, as many each way.

        In place of a link that is a peering stands a peering of the same provider, or of one of its
        size, with a network of the customer's nation and size, if there is one, that has one
        provider fewer.

        Parameters
        ----------
        rate
            Part of the links that are peerings.
        customer
            The customers of the links.
        stayed
            Peerings of the world that are still there.
        """
        links = np.flatnonzero(_lost(customer, rate, random, len(self.networks.place)))
        free = stayed.copy()

        def fits(_: _Indices, at: _Indices) -> _Marks:
            new: _Marks = free[at] & _first_of_each(at)
            free[at[new]] = False
            return new

        both = self.provider[links], customer[links]
        kinds = self.networks.of_one(*both, fewer=1) + self.networks.of_a_size(*both, fewer=1)
        at = _placed(self.peerings, kinds, fits, random)
        return links[at >= 0], at[at >= 0]


def _lost(customer: _Indices, rate: float, random: np.random.Generator, networks: int) -> _Marks:
    """Links that are lost; no customer loses all, or collectors would not have seen it."""
    lost = random.random(len(customer)) < rate
    left = np.bincount(customer[~lost], minlength=networks)
    some: _Marks = lost & (left[customer] > 0)
    return some


def _placed(
    pools: tuple[_Pool, ...],
    kinds: tuple[_Indices, ...],
    fits: Callable[[_Indices, _Indices], _Marks],
    random: np.random.Generator,
) -> _Indices:
    """Links that stand in place of others, by chance: of the first kind of which one fits, or -1.

    ``kinds`` are those wanted, of each pool one a link; ``fits`` is told which links would have
    which in their place.
    """
    found = np.full(len(kinds[0]), -1)
    for pool, kind in zip(pools, kinds, strict=True):
        for _ in range(_TRIES):
            waiting = np.flatnonzero(found < 0)
            at = pool.chosen(kind[waiting], random)
            waiting, at = waiting[at >= 0], at[at >= 0]
            good = fits(waiting, at)
            found[waiting[good]] = at[good]
    return found


def _first_of_each(numbers: _Indices) -> _Marks:
    """Tell which numbers stand there for the first time."""
    first = np.zeros(len(numbers), dtype=np.bool_)
    first[np.unique(numbers, return_index=True)[1]] = True
    return first
