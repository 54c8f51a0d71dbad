"""Networks that keep a name in a digest, and groups of the others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from splinternet.digest.reference import LARGEST, Answers
from splinternet.routing.flows import Flows
from splinternet.routing.graph import Graph, graph_of
from splinternet.world.world import World

__all__ = ["Parts", "choose_named", "group"]

#: A neighbour matters to a network that hands it, or gets from it, this part of its traffic.
_MATTERS = 0.05
#: What a network receives counts more than what it sends: a digest is weighed by the former.
_RECEIVED, _SENT = 0.7, 0.3
#: Providers, and all neighbours, of a group at the most.
_PROVIDERS, _NEIGHBOURS = 6, 8
#: Groups of stubs told apart by all their neighbours that matter; the rest go by provider alone.
_FINE_GROUPS = 9000


@dataclass
class Parts:
    """The parts of a digest: a named network, or a group, each.

    ``part`` gives the part of each network of the graph; ``providers`` and ``peers`` the parts
    next to each part; ``named`` those that are one network with its name.
    """

    part: np.ndarray[tuple[int], np.dtype[np.int32]]
    providers: list[frozenset[int]] = field(default_factory=list)
    peers: list[frozenset[int]] = field(default_factory=list)
    named: set[int] = field(default_factory=set)

    def new(self, providers: frozenset[int], peers: frozenset[int] = frozenset()) -> int:
        """Add a part and return its number."""
        self.providers.append(providers)
        self.peers.append(peers)
        return len(self.providers) - 1


def choose_named(world: World, full: Answers, flows: Flows, limit: int) -> set[int]:
    """Choose the networks that keep their name: the largest of each nation, then of the world."""
    graph = graph_of(world)
    best: dict[int, float] = {}
    for shares in full.values():
        for asn, share in shares.head(LARGEST).iter_rows():
            best[asn] = max(best.get(asn, 0.0), share)
    largest = sorted(best, key=lambda asn: (-best[asn], asn))
    busiest = graph.asn[graph.first[np.argsort(-flows.through, kind="stable")]].tolist()
    return set(list(dict.fromkeys(largest + busiest))[:limit])


def group(world: World, flows: Flows, named: set[int]) -> Parts:
    """Put every network into a part: carriers first, then stubs.

    Carriers of one country with the same providers that matter make a group; so do stubs with
    the same providers and peers that matter, if they weigh enough in their country, else with
    the same main provider.
    """
    return _Grouping(world, flows, named).parts


class _Grouping:
    def __init__(self, world: World, flows: Flows, named: set[int]) -> None:
        self.graph = graph_of(world)
        self.flows = flows
        networks = world.networks.sort("asn")
        self.country: list[str | None] = networks["country"].to_list()
        self.is_named = networks["asn"].is_in(pl.Series(list(named), dtype=pl.UInt32).implode())
        self.weight = _weights(networks)
        self.parts = Parts(np.full(networks.height, -1, dtype=np.int32))
        self._carriers()
        self._stubs()

    def _carriers(self) -> None:
        known: dict[tuple[object, ...], int] = {}
        for row in range(self.graph.carriers):
            network = int(self.graph.first[row])
            if self.is_named[network]:
                self._name(network, row)
                continue
            providers, _ = self._neighbours(row, peers=False)
            # Carriers without a provider have nothing in common.
            key = (self.country[network], providers) if providers else (network,)
            if key not in known:
                known[key] = self.parts.new(providers)
            self.parts.part[network] = known[key]

    def _stubs(self) -> None:
        alike: dict[tuple[str | None, frozenset[int], frozenset[int]], list[int]] = defaultdict(
            list
        )
        stubs = np.flatnonzero(self.graph.row >= self.graph.carriers).tolist()
        for network in stubs:
            if self.is_named[network]:
                self._name(network, int(self.graph.row[network]))
        for network in stubs:
            if not self.is_named[network]:
                around = self._neighbours(int(self.graph.row[network]), peers=True)
                alike[(self.country[network], *around)].append(network)
        weight = {key: sum(self.weight[member] for member in alike[key]) for key in alike}
        ranked = sorted(alike, key=lambda key: (-weight[key], alike[key][0]))
        by_provider: dict[tuple[str | None, frozenset[int]], int] = {}
        for rank, key in enumerate(ranked):
            country, providers, peers = key
            if rank < _FINE_GROUPS:
                part = self.parts.new(providers, peers)
                if not peers:
                    by_provider.setdefault((country, providers), part)
            else:
                main = self._main_provider(int(self.graph.row[alike[key][0]]))
                if (country, main) not in by_provider:
                    by_provider[country, main] = self.parts.new(main)
                part = by_provider[country, main]
            self.parts.part[alike[key]] = part

    def _name(self, network: int, row: int) -> None:
        providers = frozenset(self._part(near) for near in _near(self.graph, row)[0])
        self.parts.part[network] = part = self.parts.new(providers)
        self.parts.named.add(part)

    def _part(self, row: int) -> int:
        """Part of a row; of a row of several stubs that of the first."""
        return int(self.parts.part[self.graph.first[row]])

    def _ranked(self, row: int, *, peers: bool) -> list[tuple[float, int, bool]]:
        """Rank the parts next to a row by traffic: the part of it, which, and if a provider."""
        above, beside = _near(self.graph, row)
        received: dict[int, float] = defaultdict(float)
        sent: dict[int, float] = defaultdict(float)
        providers = {self._part(near) for near in above}
        for near in above + (beside if peers else []):
            part = self._part(near)
            if part >= 0:
                received[part] += self.flows.over.get((near, row), 0.0)
                sent[part] += self.flows.over.get((row, near), 0.0)
        all_received, all_sent = sum(received.values()) or 1.0, sum(sent.values()) or 1.0
        share = {
            part: _RECEIVED * received[part] / all_received + _SENT * sent[part] / all_sent
            for part in received
        }
        return [(share[p], p, p in providers) for p in sorted(share, key=lambda p: (-share[p], p))]

    def _neighbours(self, row: int, *, peers: bool) -> tuple[frozenset[int], frozenset[int]]:
        """Providers and peers that matter; the main provider always does."""
        ranked = self._ranked(row, peers=peers)
        providers = [(share, part) for share, part, is_provider in ranked if is_provider]
        kept = {part for share, part in providers[:_PROVIDERS] if share >= _MATTERS}
        kept |= {part for _, part in providers[:1]}
        beside = {
            part
            for share, part, is_provider in ranked[:_NEIGHBOURS]
            if not is_provider and share >= _MATTERS
        }
        return frozenset(kept), frozenset(beside)

    def _main_provider(self, row: int) -> frozenset[int]:
        providers = [part for _, part, is_provider in self._ranked(row, peers=False) if is_provider]
        return frozenset(providers[:1])


def _near(graph: Graph, row: int) -> tuple[list[int], list[int]]:
    """Rows of the providers and of the peers of a row."""
    above, beside = (
        adjacency.row[adjacency.start[row] : adjacency.start[row + 1]].tolist()
        for adjacency in (graph.providers, graph.peers)
    )
    return above, beside


def _weights(networks: pl.DataFrame) -> list[float]:
    """Weight of each network among those that matter: its part of its country's addresses.

    As a source of traffic each counts one among all, which is added at a rate that lets groups
    of many small networks stand beside one of many addresses.
    """
    addresses = pl.col("ipv4_addresses").fill_null(0)
    of_country = addresses / addresses.sum().over("country").clip(lower_bound=1)
    members = pl.col("members")
    return networks.select(of_country + 20 * members / members.sum()).to_series().to_list()
