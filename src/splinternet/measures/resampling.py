"""Worlds as other collectors, as good as those there are, might have shown them."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields

import msgspec
import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.errors import MisuseError
from splinternet.routing.graph import graph_of
from splinternet.world.schema import KINDS, TABLES
from splinternet.world.world import World

__all__ = ["Draws", "ErrorRates", "resampled"]

_Indices = npt.NDArray[np.int64]

#: Part of the draws between the two ends of an interval.
_INSIDE = 0.95

#: Customers from which on a network is small, and large.
_SIZES = (1, 50)
#: Draws for a link to add before it is left out: few pairs of its kind may be without a link.
_TRIES = 8


@dataclass(frozen=True)
class ErrorRates:
    """How many links public collectors miss, and how often a link's kind is wrong.

    Attributes
    ----------
    missed_transit
        Part of the links between provider and customer that other collectors would have missed.
        Public data show nearly all of them; the rate is ours.
    seen_large, seen_small, seen_stub
        Part of the networks with 50 customers or more, with fewer, and with none, all of whose
        links collectors see: 77, 34 and 0.5 % (Oliveira et al., "Quantifying the completeness of
        the observed Internet AS-level structure", 2008, where large and small are providers). A
        peering is missed if neither end is such a network.
    wrong
        Part of the links between provider and customer that are peerings in truth: 0.4 %, as
        99.6 % of those inferred were right where they could be checked (Luckie et al., IMC 2013).
        As many peerings are taken for such links.

    Raises
    ------
    MisuseError
        If a rate is not between 0 and 1.
    """

    missed_transit: float = 0.01
    seen_large: float = 0.77
    seen_small: float = 0.34
    seen_stub: float = 0.005
    wrong: float = 0.004

    def __post_init__(self) -> None:
        for one in fields(self):
            if not 0 <= getattr(self, one.name) <= 1:
                raise MisuseError(
                    f"the rate {one.name} is {getattr(self, one.name)}; a rate is from 0 to 1"
                )

    def __str__(self) -> str:
        return (
            f"with {self.missed_transit:.1%} of transit links missed, all links seen of "
            f"{self.seen_large:.1%} of large networks, {self.seen_small:.1%} of small ones and "
            f"{self.seen_stub:.1%} of stubs, {self.wrong:.1%} of transit links of the other kind"
        )


@dataclass(frozen=True)
class Draws:
    """Worlds that are drawn beside one, for intervals of its figures.

    Attributes
    ----------
    number
        How many; 100 give a fair interval.
    rates
        How often links are wrong.
    seed
        The same seed gives the same worlds.

    Raises
    ------
    MisuseError
        If there are fewer than two.
    """

    number: int = 100
    rates: ErrorRates = ErrorRates()
    seed: int = 0

    def __post_init__(self) -> None:
        if self.number < 2:
            raise MisuseError("an interval takes two replicates or more; 100 give a fair one")

    def __str__(self) -> str:
        return f"95 % of {self.number} worlds {self.rates}; seed {self.seed}"

    def world(self, world: World, number: int) -> World:
        """Return one of the worlds that stand beside a world."""
        return resampled(world, self.rates, np.random.default_rng([self.seed, number]))

    @staticmethod
    def ends(drawn: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], ...]:
        """Ends of the intervals of figures drawn; their first axis is the worlds."""
        return tuple(np.quantile(drawn, [(1 - _INSIDE) / 2, (1 + _INSIDE) / 2], axis=0))


def resampled(world: World, rates: ErrorRates, random: np.random.Generator) -> World:
    """Return the world as another set of collectors, as good as the one it is from, might show it.

    Each link is missed with the chance of its kind. In place of what is missed come links that
    the collectors of the world missed: as many, of the same kinds, between networks drawn by the
    links they have (the configuration model, within a nation where the missed link was). So the
    number of links of each kind stays as it is on average, and so does that of each network; it
    falls a little where few pairs of a kind are without a link. A few links are then taken for
    the other kind, as many each way.
    """
    sample = world.derived("sample", lambda: _Sample.of(world, rates), of=astuple(rates))
    kept = random.random(len(sample.a)) >= sample.missed
    peers = sample.unseen_peerings(random)
    provider, customer = sample.unseen_transit(random, peers)
    size = len(sample.asn)
    a = np.concatenate([sample.a[kept], peers // size, provider])
    b = np.concatenate([sample.b[kept], peers % size, customer])
    transit = np.zeros(len(a), dtype=np.bool_)
    transit[: kept.sum()] = sample.transit[kept]
    transit[len(a) - len(provider) :] = True
    wrong = _wrong(transit, rates.wrong, random)
    # A peering that becomes transit has the network as provider that comes before the other in an
    # order of providers before customers, so that no cycle appears; a peering is told lower first.
    place = sample.place
    turned = wrong & np.where(transit, a > b, place[a] > place[b])
    a[turned], b[turned] = b[turned], a[turned].copy()
    return _with_links(world, sample.asn[a], sample.asn[b], transit ^ wrong, rates)


@dataclass(frozen=True, eq=False)
class _Sample:
    """Base of all draws from a world; networks as indices, a pair as one number.

    ``place`` is an order in which providers come before their customers. ``low`` and ``high`` are
    the ends of its peerings by size, sorted by kind; ``start`` and ``end`` where those of the same
    kind as each begin and end.
    """

    asn: npt.NDArray[np.uint32]
    a: _Indices
    b: _Indices
    transit: npt.NDArray[np.bool_]
    missed: npt.NDArray[np.float64]
    place: _Indices
    pairs: _Indices
    low: _Indices
    high: _Indices
    start: _Indices
    end: _Indices
    chance: npt.NDArray[np.float64]
    missed_transit: float

    @classmethod
    def of(cls, world: World, rates: ErrorRates) -> _Sample:
        graph = graph_of(world)
        asn, links = graph.asn, world.links
        a, b = (np.searchsorted(asn, links[end].to_numpy()) for end in ("a", "b"))
        transit = (links["kind"] == KINDS[0]).to_numpy()
        size = np.digitize(np.bincount(a[transit], minlength=len(asn)), _SIZES)
        seen = np.array([rates.seen_stub, rates.seen_small, rates.seen_large])[size]
        missed = np.where(transit, rates.missed_transit, (1 - seen[a]) * (1 - seen[b]))
        low, high, chance = a[~transit], b[~transit], missed[~transit]
        swap = size[low] > size[high]
        low, high = np.where(swap, high, low), np.where(swap, low, high)
        nation = _nations(world, asn)
        home = np.where(nation[low] == nation[high], nation[low] + 1, 0)
        kind = (home * 3 + size[low]) * 3 + size[high]
        order = np.argsort(kind, kind="stable")
        kind = kind[order]
        return cls(
            asn, a, b, transit, missed,
            graph.row.astype(np.int64) * len(asn) + np.arange(len(asn)),
            np.sort(_pair(a, b, len(asn))),
            low[order], high[order],
            np.searchsorted(kind, kind, "left"), np.searchsorted(kind, kind, "right"),
            chance[order], rates.missed_transit,
        )  # fmt: skip

    def unseen_peerings(self, random: np.random.Generator) -> _Indices:
        """Peerings that collectors missed, as many as others miss of those seen: pairs in order."""
        left = np.flatnonzero(random.random(len(self.chance)) < self.chance)
        found = np.empty(0, dtype=np.int64)
        for _ in range(_TRIES):
            start, end = self.start[left], self.end[left]
            low = self.low[random.integers(start, end)]
            high = self.high[random.integers(start, end)]
            pair, at = np.unique(_pair(low, high, len(self.asn)), return_index=True)
            new = (low != high)[at] & ~_among(self.pairs, pair) & ~_among(found, pair)
            found = np.sort(np.concatenate([found, pair[new]]), kind="stable")
            left = np.delete(left, at[new])
        return found

    def unseen_transit(
        self, random: np.random.Generator, others: _Indices
    ) -> tuple[_Indices, _Indices]:
        """Providers and customers of links that collectors missed; ``others`` are taken."""
        at = np.flatnonzero(self.transit)
        drawn = random.binomial(len(at), self.missed_transit)
        provider = self.a[at[random.integers(0, max(1, len(at)), drawn)]]
        customer = self.b[at[random.integers(0, max(1, len(at)), drawn)]]
        pair, at = np.unique(_pair(provider, customer, len(self.asn)), return_index=True)
        provider, customer = provider[at], customer[at]
        new = (self.place[provider] < self.place[customer]) & ~_among(self.pairs, pair)
        new &= ~_among(others, pair)
        return provider[new], customer[new]


def _pair(a: _Indices, b: _Indices, size: int) -> _Indices:
    """Pairs of networks as numbers, whichever comes first."""
    both: _Indices = np.minimum(a, b).astype(np.int64) * size + np.maximum(a, b)
    return both


def _among(ordered: _Indices, numbers: _Indices) -> npt.NDArray[np.bool_]:
    """Tell which numbers are among others that are in order."""
    if not len(ordered):
        return np.zeros(len(numbers), dtype=np.bool_)
    at = np.minimum(np.searchsorted(ordered, numbers), len(ordered) - 1)
    found: npt.NDArray[np.bool_] = ordered[at] == numbers
    return found


def _nations(world: World, asn: npt.NDArray[np.uint32]) -> _Indices:
    """The nation of each network as a number; each network without one is a nation of its own."""
    country = pl.DataFrame({"asn": asn}).join(
        world.networks.select("asn", pl.col("country").cast(pl.String).rank("dense")),
        on="asn", how="left", maintain_order="left",
    )["country"]  # fmt: skip
    own = np.arange(len(asn)) + len(asn)
    return np.where(country.is_null(), own, country.fill_null(0).to_numpy().astype(np.int64))


def _wrong(
    transit: npt.NDArray[np.bool_], rate: float, random: np.random.Generator
) -> npt.NDArray[np.bool_]:
    """Links whose kind is the other in truth: as many of either kind, on average."""
    peerings = max(1, len(transit) - int(transit.sum()))
    chance = np.where(transit, rate, min(1.0, rate * transit.sum() / peerings))
    found: npt.NDArray[np.bool_] = random.random(len(transit)) < chance
    return found


def _with_links(
    world: World,
    a: npt.NDArray[np.uint32],
    b: npt.NDArray[np.uint32],
    transit: npt.NDArray[np.bool_],
    rates: ErrorRates,
) -> World:
    schema = TABLES["links"].schema
    links = pl.DataFrame({"a": a, "b": b}).with_columns(
        kind=pl.when(pl.Series(transit)).then(pl.lit(KINDS[0])).otherwise(pl.lit(KINDS[1]))
    ).with_columns(
        pl.lit(None).alias(name) for name in world.links.columns if name not in ("a", "b", "kind")
    ).cast({name: schema[name] for name in world.links.columns})  # fmt: skip
    parameters = {**world.manifest.parameters, "resampled": str(rates)}
    return World(
        manifest=msgspec.structs.replace(world.manifest, parameters=parameters),
        networks=world.networks,
        links=links.select(world.links.columns).sort("a", "b"),
        located=world.located,
        owners=world.owners,
        roas=world.roas,
        filtering=world.filtering,
        learned=world.learned,
        preferred=world.preferred,
    )
