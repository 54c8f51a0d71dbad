"""Slow twins: the routing model in plain Python, as its definition says it, for small graphs.

Nothing here is ordered, numbered or packed, so that it shares no idea with the engine. Routes that
are asked for again, as a twin of a measure does for each direction, are remembered.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple


class Link(NamedTuple):
    """``a`` is the provider of ``b`` (p2c), or they are peers (p2p)."""

    a: int
    b: int
    kind: str


class Route(NamedTuple):
    """What a network chose, and all equally good next hops (none for the origin itself)."""

    cls: str
    length: int
    next_hops: tuple[int, ...]


# How a network likes a route of a class and length: the smaller, the better.
PREFERENCES = {
    "gao-rexford": lambda cls, length: (["own", "customer", "peer", "provider"].index(cls), length),
    "customer-first": lambda cls, length: (
        ["own", "customer", "peer", "provider"].index(cls) if cls in ("own", "customer") else 2,
        length,
        cls == "provider",
    ),
    "shortest": lambda cls, length: (
        length,
        ["own", "customer", "peer", "provider"].index(cls),
    ),
}


class Chosen(dict[int, Route]):
    """What each network chose for itself; ``told`` is what it tells its peers and providers."""

    told: "Chosen"

    @classmethod
    def of(cls, own: Mapping[int, Route], told: Mapping[int, Route]) -> "Chosen":
        """Put the two together; what is told goes on by what is told."""
        chosen = cls(own)
        chosen.told = cls(told)
        chosen.told.told = chosen.told
        return chosen

    def beyond(self, network: int) -> "Chosen":
        """Tell by which routes what leaves a network goes on: what goes up is chosen anew."""
        return self if self[network].cls == "provider" else self.told


def neighbours(links: Iterable[Link]) -> dict[int, dict[int, str]]:
    """Tell for every network what each of its neighbours is to it."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for a, b, kind in links:
        found[a][b] = "customer" if kind == "p2c" else "peer"
        found[b][a] = "provider" if kind == "p2c" else "peer"
    return found


def routes(
    links: Iterable[Link], origin: int, prefer: str = "gao-rexford", silent: Iterable[int] = ()
) -> Chosen:
    """Routes to ``origin``: let every network choose again until none changes its mind.

    Customers are told what a network chose, peers and providers its best route from a customer.
    Networks that are ``silent`` export nothing but the route to themselves.
    """
    return _routes(tuple(links), origin, prefer, frozenset(silent))


@lru_cache(maxsize=2000)
def _routes(links: tuple[Link, ...], origin: int, prefer: str, silent: frozenset[int]) -> Chosen:
    around = neighbours(links)
    own = Route("own", 0, ())
    chosen, told = {origin: own}, {origin: own}
    while True:
        again, told_again = {origin: own}, {origin: own}
        for network in around.keys() - {origin}:
            offers = [
                Route(what_it_is, route.length + 1, (near,))
                for near, what_it_is in around[network].items()
                if near == origin or near not in silent
                if (route := (chosen if what_it_is == "provider" else told).get(near))
            ]
            if offers:
                again[network] = best(offers, prefer)
            if from_customers := [offer for offer in offers if offer.cls == "customer"]:
                told_again[network] = best(from_customers, prefer)
        if (again, told_again) == (chosen, told):
            return Chosen.of(chosen, told)
        chosen, told = again, told_again


def best(offers: Iterable[Route], prefer: str) -> Route:
    """Take the best of some offers, with all that are as good."""
    offers = list(offers)
    liking = PREFERENCES[prefer]
    first = min(offers, key=lambda offer: liking(offer.cls, offer.length))
    equal = [o for o in offers if (o.cls, o.length) == (first.cls, first.length)]
    return Route(first.cls, first.length, tuple(sorted(hop for o in equal for hop in o.next_hops)))


def path(chosen: Chosen, network: int) -> list[int]:
    """Follow the lowest-numbered next hops from ``network`` to the origin."""
    hops = [network]
    while next_hops := chosen[hops[-1]].next_hops:
        chosen = chosen.beyond(hops[-1])
        hops.append(next_hops[0])
    return hops


def transit(
    links: Iterable[Link],
    sources: Mapping[int, int],
    destinations: Mapping[int, int],
    prefer: str = "gao-rexford",
    tie_break: str = "lowest-asn",
) -> dict[int, Fraction]:
    """Share of traffic through each network that carries any, by walking every pair's paths.

    ``sources`` and ``destinations`` give weights; a pair weighs the product of its two. The shares
    are of all pairs of two different networks, whether or not a route joins them.
    """
    links = list(links)
    through: dict[int, Fraction] = defaultdict(Fraction)
    total = 0
    for destination, weight in destinations.items():
        chosen = routes(links, destination, prefer)
        for source in sources.keys() - {destination}:
            total += sources[source] * weight
            if source in chosen:
                for network, part in crossed(chosen, source, tie_break).items():
                    through[network] += sources[source] * weight * part
    return {network: amount / total for network, amount in through.items() if amount}


def crossed(chosen: Chosen, source: int, tie_break: str) -> dict[int, Fraction]:
    """Tell what part of the traffic from ``source`` crosses each network on its way."""
    parts: dict[int, Fraction] = defaultdict(Fraction)

    def walk(chosen: Chosen, network: int, part: Fraction) -> None:
        next_hops, beyond = chosen[network].next_hops, chosen.beyond(network)
        if tie_break == "lowest-asn":
            next_hops = next_hops[:1]
        for hop in next_hops:
            if beyond[hop].next_hops:  # it is not the origin
                parts[hop] += part / len(next_hops)
                walk(beyond, hop, part / len(next_hops))

    walk(chosen, source, Fraction(1))
    return parts


def every_path(chosen: Chosen, source: int, tie_break: str) -> Iterator[tuple[list[int], Fraction]]:
    """Yield each path from ``source`` to the origin, and the part of the traffic on it."""
    if source not in chosen:
        return
    next_hops = chosen[source].next_hops
    if not next_hops:
        yield [source], Fraction(1)
    used = next_hops[:1] if tie_break == "lowest-asn" else next_hops
    for hop in used:
        for path, part in every_path(chosen.beyond(source), hop, tie_break):
            yield [source, *path], part / len(used)
