"""Slow twins of the cuts: every set of networks, or of links, lost in turn."""

from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

from slow import Link


def connected(links: Iterable[Link], network: int, core: Collection[int]) -> bool:
    """Climb from a network until one of the core is reached, or peers with one that is reached."""
    links = list(links)
    climbed, fresh = {network}, [network]
    while fresh:
        here = fresh.pop()
        if here in core:
            return True
        if any(kind == "p2p" and here in (a, b) and {a, b} & set(core) for a, b, kind in links):
            return True
        above = {a for a, b, kind in links if kind == "p2c" and b == here} - climbed
        climbed |= above
        fresh += above
    return False


def kept(links: Iterable[Link], weights: Mapping[int, int], core: Collection[int]) -> int:
    links = list(links)
    return sum(weight for asn, weight in weights.items() if connected(links, asn, core))


def node_cut(
    links: Iterable[Link], weights: Mapping[int, int], core: Collection[int], allowed: float
) -> int:
    """Fewest domestic networks without which no more than ``allowed`` stays connected."""
    links = list(links)
    for size in range(len(weights) + 1):
        for failed in combinations(sorted(weights), size):
            left = [link for link in links if link.a not in failed and link.b not in failed]
            others = {asn: weight for asn, weight in weights.items() if asn not in failed}
            if kept(left, others, core) <= allowed:
                return size
    raise AssertionError("without all of them nothing is connected")


def link_cut(
    links: Iterable[Link], weights: Mapping[int, int], core: Collection[int], allowed: float
) -> int:
    """Fewest links with a domestic end without which no more than ``allowed`` stays connected."""
    links = list(links)
    touched = [link for link in links if link.a in weights or link.b in weights]
    for size in range(len(touched) + 1):
        for cut in combinations(touched, size):
            if kept([link for link in links if link not in cut], weights, core) <= allowed:
                return size
    raise AssertionError("without all of them nothing is connected")
