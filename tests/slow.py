"""Slow twins: the routing model in plain Python, as its definition says it, for small graphs.

Nothing here is ordered, numbered, packed or cached, so that it shares no idea with the engine.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from fractions import Fraction
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
}


def neighbours(links: Iterable[Link]) -> dict[int, dict[int, str]]:
    """Tell for every network what each of its neighbours is to it."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for a, b, kind in links:
        found[a][b] = "customer" if kind == "p2c" else "peer"
        found[b][a] = "provider" if kind == "p2c" else "peer"
    return found


def routes(
    links: Iterable[Link], origin: int, prefer: str = "gao-rexford", silent: Container[int] = ()
) -> dict[int, Route]:
    """Routes to ``origin``: let every network choose again until none changes its mind.

    Networks that are ``silent`` export nothing but the route to themselves.
    """
    around = neighbours(links)
    chosen = {origin: Route("own", 0, ())}
    while True:
        again = {origin: Route("own", 0, ())}
        told = {who: route for who, route in chosen.items() if who == origin or who not in silent}
        for network in around:
            if network != origin and (best := choose(network, around, told, prefer)):
                again[network] = best
        if again == chosen:
            return chosen
        chosen = again


def choose(
    network: int, around: Mapping[int, Mapping[int, str]], told: Mapping[int, Route], prefer: str
) -> Route | None:
    """Choose the best of what the neighbours offer."""
    offers = [
        Route(what_it_is, told[neighbour].length + 1, (neighbour,))
        for neighbour, what_it_is in around[network].items()
        if neighbour in told and exports(told[neighbour], to=around[neighbour][network])
    ]
    if not offers:
        return None
    liking = PREFERENCES[prefer]
    best = min(offers, key=lambda offer: liking(offer.cls, offer.length))
    equal = [o for o in offers if (o.cls, o.length) == (best.cls, best.length)]
    return Route(best.cls, best.length, tuple(sorted(hop for o in equal for hop in o.next_hops)))


def exports(route: Route, to: str) -> bool:
    """Own and customer routes go to everyone, peer and provider routes to customers only."""
    return route.cls in ("own", "customer") or to == "customer"


def path(chosen: Mapping[int, Route], network: int) -> list[int]:
    """Follow the lowest-numbered next hops from ``network`` to the origin."""
    hops = [network]
    while chosen[hops[-1]].next_hops:
        hops.append(chosen[hops[-1]].next_hops[0])
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


def crossed(chosen: Mapping[int, Route], source: int, tie_break: str) -> dict[int, Fraction]:
    """Tell what part of the traffic from ``source`` crosses each network on its way."""
    parts: dict[int, Fraction] = defaultdict(Fraction)

    def walk(network: int, part: Fraction) -> None:
        next_hops = chosen[network].next_hops
        if tie_break == "lowest-asn":
            next_hops = next_hops[:1]
        for hop in next_hops:
            if chosen[hop].next_hops:  # it is not the origin
                parts[hop] += part / len(next_hops)
                walk(hop, part / len(next_hops))

    walk(source, Fraction(1))
    return parts


def every_path(
    chosen: Mapping[int, Route], source: int, tie_break: str
) -> Iterator[tuple[list[int], Fraction]]:
    """Yield each path from ``source`` to the origin, and the part of the traffic on it."""
    if source not in chosen:
        return
    next_hops = chosen[source].next_hops
    if not next_hops:
        yield [source], Fraction(1)
    used = next_hops[:1] if tie_break == "lowest-asn" else next_hops
    for hop in used:
        for path, part in every_path(chosen, hop, tie_break):
            yield [source, *path], part / len(used)
