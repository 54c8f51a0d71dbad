"""Slow twins of the customer cones: links walked down, and every path of every pair read."""

from collections.abc import Collection, Iterable, Mapping

import slow
from slow import Link
from splinternet.base.choices import Routing

Cones = dict[int, set[int]]


def recursive(links: Iterable[Link], networks: Collection[int]) -> Cones:
    """The cone of each network: itself, its customers, theirs, and so on."""
    around = slow.neighbours(links)
    found = {}
    for network in networks:
        cone = found[network] = {network}
        below = [network]
        while below:
            for near, what_it_is in around[below.pop()].items():
                if what_it_is == "customer" and near not in cone:
                    cone.add(near)
                    below.append(near)
    return found


def observed(links: Iterable[Link], networks: Collection[int], routing: Routing) -> Cones:
    """The cone of each network that its providers and peers show: every network is a vantage."""
    links = list(links)
    around = slow.neighbours(links)
    found = {network: {network} for network in networks}
    for destination in networks:
        chosen = slow.routes(links, destination, routing.prefer)
        for vantage in networks:
            for path, _ in slow.every_path(chosen, vantage, routing.tie_break):
                for network, after in shown(path, around):
                    found[network] |= after
    return found


def shown(
    path: list[int], around: Mapping[int, Mapping[int, str]]
) -> Iterable[tuple[int, set[int]]]:
    """Yield the networks whose cones a path from a vantage adds to, and what it adds.

    As CAIDA's ``ppdc`` has it: all that comes after a network going down from providers to
    customers, if what comes before it is its provider or peer.
    """
    for at in range(1, len(path)):
        if around[path[at]][path[at - 1]] in ("provider", "peer"):
            after = set()
            for here, there in zip(path[at:], path[at + 1 :], strict=False):
                if around[here][there] != "customer":
                    break
                after.add(there)
            yield path[at], after
