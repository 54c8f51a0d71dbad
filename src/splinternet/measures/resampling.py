"""Worlds as other collectors, as good as those there are, might have shown them."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields

import msgspec
import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.checked import check_fields
from splinternet.base.errors import MisuseError
from splinternet.measures.unseen import Peerings, pair_of
from splinternet.measures.unseen_transit import Networks, Transit
from splinternet.routing.graph import graph_of, link_ends, with_link_ends
from splinternet.world.schema import KINDS, TABLES
from splinternet.world.world import World

__all__ = ["Draws", "ErrorRates", "resampled"]

_Indices = npt.NDArray[np.int64]

#: Part of the draws between the two ends of an interval.
_INSIDE = 0.95

#: So many worlds are drawn at the most.
_MOST = 10_000

#: Customers from which on a network is small, and large.
_SIZES = (1, 50)


@dataclass(frozen=True)
class ErrorRates:
    """Rates of the links that public collectors miss, and of links whose kind is wrong.

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
        check_fields(self)
        for one in fields(self):
            if not 0 <= getattr(self, one.name) <= 1:
                raise MisuseError(
                    f"the rate {one.name} is {getattr(self, one.name)}; a rate is from 0 to 1"
                )

    def __str__(self) -> str:
        return (
            f"with {_given(self.missed_transit)} of transit links missed, all links seen of "
            f"{_given(self.seen_large)} of large networks, {_given(self.seen_small)} of small "
            f"ones and {_given(self.seen_stub)} of stubs, {_given(self.wrong)} of transit links "
            "of the other kind"
        )


def _given(rate: float) -> str:
    """Write a rate with the digits that it was given with."""
    return f"{100 * rate:.10g}%"


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
        If there are fewer than two, more than 10,000, or the seed is negative.
    """

    number: int = 100
    rates: ErrorRates = ErrorRates()
    seed: int = 0

    def __post_init__(self) -> None:
        check_fields(self)
        if self.number < 2:
            raise MisuseError("an interval takes two replicates or more; 100 give a fair one")
        if self.number > _MOST:
            raise MisuseError(f"{self.number:,} replicates are too many; 100 give a fair interval")
        if self.seed < 0:
            raise MisuseError(f"the seed is {self.seed}; give 0 or a larger whole number")

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

    Each link is missed with the chance of its kind, and in its place comes one that the collectors
    of the world missed: peerings of the same networks with others of the same nations and sizes
    (:class:`~splinternet.measures.unseen.Peerings`), transit from the same providers to others of
    the same nation and size (:class:`~splinternet.measures.unseen_transit.Transit`). A few links
    are then taken for the other kind, as many each way. No network loses its last provider:
    collectors see a network by a path that ends there.

    The world is one whose links are chosen, see :func:`~splinternet.world.evidence.by_evidence`.
    Links drawn have no doubt: doubts are of what was published.
    """
    sample = world.derived("sample", lambda: _Sample.of(world, rates), of=astuple(rates))
    size, transit = len(sample.asn), sample.transit
    peers = sample.peerings.drawn(random)
    customer = transit.moved(rates.missed_transit, peers, random)
    stayed = peers == sample.pairs
    links, turned = transit.wrong(rates.wrong, customer, stayed, random)
    a = np.concatenate([peers // size, transit.provider])
    b = np.concatenate([peers % size, customer])
    is_transit = np.arange(len(a)) >= len(peers)
    is_transit[turned] = True
    a[turned], b[turned] = transit.above[turned], transit.below[turned]
    links += len(peers)
    is_transit[links] = False
    a[links], b[links] = np.minimum(a[links], b[links]), np.maximum(a[links], b[links])
    return _with_links(world, sample.asn, a, b, is_transit, rates)


@dataclass(frozen=True, eq=False)
class _Sample:
    """Base of all draws from a world; networks as indices, a pair of peers as one number."""

    asn: npt.NDArray[np.uint32]
    peerings: Peerings
    pairs: _Indices
    transit: Transit

    @classmethod
    def of(cls, world: World, rates: ErrorRates) -> _Sample:
        graph = graph_of(world)
        asn, links = graph.asn, world.links
        a, b = (each.astype(np.int64) for each in link_ends(world))
        transit = (links["kind"] == KINDS[0]).to_numpy()
        size = np.digitize(np.bincount(a[transit], minlength=len(asn)), _SIZES)
        seen = np.array([rates.seen_stub, rates.seen_small, rates.seen_large])[size]
        ends = np.stack([a, b])[:, ~transit]
        itself = np.arange(len(asn))
        taken = np.sort(
            np.concatenate([pair_of(a, b, len(asn)), pair_of(itself, itself, len(asn))])
        )
        missed = (1 - seen[ends[0]]) * (1 - seen[ends[1]])
        near = _nations(world, asn) * 3 + size
        place = graph.row.astype(np.int64) * len(asn) + itself
        networks = Networks(near, size, place, np.bincount(b[transit], minlength=len(asn)))
        return cls(
            asn,
            Peerings(ends, missed, near, size, taken),
            pair_of(ends[0], ends[1], len(asn)),
            Transit.of(a[transit], b[transit], ends, networks, taken),
        )


def _nations(world: World, asn: npt.NDArray[np.uint32]) -> _Indices:
    """The nation of each network as a number, 0 for one that is not known."""
    country = pl.col("country").cast(pl.String).rank("dense").fill_null(0).cast(pl.Int64)
    known = world.networks.select("asn", country=country)
    found = pl.DataFrame({"asn": asn}).join(known, on="asn", how="left", maintain_order="left")
    return found["country"].to_numpy()


def _with_links(
    world: World,
    asn: npt.NDArray[np.uint32],
    a: _Indices,
    b: _Indices,
    transit: npt.NDArray[np.bool_],
    rates: ErrorRates,
) -> World:
    """World with other links, given by the indices of their networks."""
    ordered = np.sort((a * len(asn) + b) * 2 + transit)  # many times as quick as sorting rows
    ends, schema = ordered // 2, TABLES["links"].schema
    kind = pl.Series(KINDS, dtype=schema["kind"])[1 - ordered % 2]
    links = pl.DataFrame(
        {"a": asn[ends // len(asn)], "b": asn[ends % len(asn)], "kind": kind}
    ).with_columns(evidence=None, confidence=1.0, doubt=None)
    parameters = {**world.manifest.parameters, "resampled": str(rates)}
    drawn = World(
        manifest=msgspec.structs.replace(world.manifest, parameters=parameters),
        networks=world.networks,
        links=links.select(list(schema)).cast(schema),
        located=world.located,
        owners=world.owners,
        roas=world.roas,
        filtering=world.filtering,
        learned=world.learned,
        preferred=world.preferred,
    )
    # Else the graph would look them up again, which takes a tenth of a draw.
    return with_link_ends(drawn, *(each.astype(np.int32) for each in np.divmod(ends, len(asn))))
