"""Slow twins: the routing model in plain Python, as its definition says it, for small graphs.

Nothing here is ordered, numbered or packed, so that it shares no idea with the engine. Routes that
are asked for again, as a twin of a measure does for each direction, are remembered.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache, partial
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


_ORDER = {"own": 0, "customer": 1, "peer": 2, "provider": 3}

# How a network likes a route of a class and length: the smaller, the better.
PREFERENCES = {
    "gao-rexford": lambda cls, length: (_ORDER[cls], length),
    "customer-first": lambda cls, length: (
        _ORDER[cls] if cls in ("own", "customer") else 2,
        length,
        cls == "provider",
    ),
    "shortest": lambda cls, length: (length, _ORDER[cls]),
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
    around = _around(links)
    own = Route("own", 0, ())
    chosen, told = {origin: own}, {origin: own}
    news = {origin}  # networks that tell something else than before; who hears nothing new stays
    while news:
        hear = {near for network in news for near in around.get(network, ())} - {origin}
        again, told_again = dict(chosen), dict(told)
        for network in hear:
            offers = [
                Route(what_it_is, route.length + 1, (near,))
                for near, what_it_is in around[network].items()
                if near == origin or near not in silent
                if (route := (chosen if what_it_is == "provider" else told).get(near))
            ]
            _take(again, network, offers, prefer)
            from_customers = [offer for offer in offers if offer.cls == "customer"]
            _take(told_again, network, from_customers, prefer)
        news = {
            network
            for network in hear
            if again.get(network) != chosen.get(network)
            or told_again.get(network) != told.get(network)
        }
        chosen, told = again, told_again
    return Chosen.of(chosen, told)


_around = lru_cache(maxsize=20)(neighbours)


def _take(chosen: dict[int, Route], network: int, offers: list[Route], prefer: str) -> None:
    """Let a network choose among what it is offered now; what it chose before is forgotten."""
    chosen.pop(network, None)
    if offers:
        chosen[network] = best(offers, prefer)


def best(offers: Iterable[Route], prefer: str) -> Route:
    """Take the best of some offers, with all that are as good."""
    offers = list(offers)
    liked = [PREFERENCES[prefer](offer.cls, offer.length) for offer in offers]
    first = min(liked)
    equal = [offer for offer, place in zip(offers, liked, strict=True) if place == first]
    hops = sorted(hop for offer in equal for hop in offer.next_hops)
    return Route(equal[0].cls, equal[0].length, tuple(hops))


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
    through: dict[int, list[Fraction]] = defaultdict(list)
    total = 0
    for destination, weight in destinations.items():
        chosen = routes(links, destination, prefer)
        for source in sources.keys() - {destination}:
            total += sources[source] * weight
            if source in chosen:
                for network, part in crossed(chosen, source, tie_break).items():
                    through[network].append(sources[source] * weight * part)
    summed = {network: added(amounts) for network, amounts in through.items()}
    return {network: amount / total for network, amount in summed.items() if amount}


def added(amounts: Iterable[Fraction]) -> Fraction:
    """Sum of fractions: of many with one denominator the numerators are added first."""
    by_denominator: dict[int, int] = defaultdict(int)
    for amount in amounts:
        by_denominator[amount.denominator] += amount.numerator
    return sum((Fraction(many, of) for of, many in by_denominator.items()), Fraction(0))


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
    if source in chosen:
        for path, ways in _every_path(chosen, source, tie_break):
            yield path, _one_in(ways)


def _every_path(chosen: Chosen, source: int, tie_break: str) -> Iterator[tuple[list[int], int]]:
    """Yield each path and how many ways as good as it there are, at all its forks together."""
    next_hops = chosen[source].next_hops
    if not next_hops:
        yield [source], 1
    used = next_hops[:1] if tie_break == "lowest-asn" else next_hops
    for hop in used:
        for path, ways in _every_path(chosen.beyond(source), hop, tie_break):
            yield [source, *path], ways * len(used)


_one_in = lru_cache(maxsize=None)(partial(Fraction, 1))
