"""Slow twins of the points of control: every path walked, every set of networks tried."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from fractions import Fraction
from itertools import combinations

import slow
from slow import Link


def path_sets(
    links: Iterable[Link],
    networks: Collection[int],
    sources: Mapping[int, int],
    destinations: Mapping[int, int],
    prefer: str,
    tie_break: str,
) -> dict[frozenset[int], Fraction]:
    """Share of routed traffic by the set of ``networks`` on its path, both ends included."""
    links = list(links)
    found: dict[frozenset[int], Fraction] = defaultdict(Fraction)
    for destination, weight in destinations.items():
        chosen = slow.routes(links, destination, prefer)
        for source in sources.keys() & chosen.keys() - {destination}:
            for path, part in slow.every_path(chosen, source, tie_break):
                found[frozenset(path) & frozenset(networks)] += part * weight * sources[source]
    total = sum(found.values())
    return {passed: amount / total for passed, amount in found.items() if amount}


def fewest(
    sets: Mapping[frozenset[int], Fraction], networks: Iterable[int], wanted: Fraction
) -> int:
    """Try every set of networks, small ones first."""
    networks = sorted(networks)
    for size in range(len(networks) + 1):
        for picked in combinations(networks, size):
            if seen(sets, picked) >= wanted:
                return size
    raise AssertionError("all networks together see everything")


def greedy(
    sets: Mapping[frozenset[int], Fraction], networks: Iterable[int], wanted: Fraction
) -> list[Fraction]:
    """What is seen after each greedy choice; which of two alike is chosen is not said."""
    return _climb(lambda picked: seen(sets, picked), networks, wanted)


def seen(sets: Mapping[frozenset[int], Fraction], picked: Iterable[int]) -> Fraction:
    return sum((part for path, part in sets.items() if path & set(picked)), Fraction(0))


def _climb(
    value: Callable[[set[int]], Fraction], networks: Iterable[int], wanted: Fraction
) -> list[Fraction]:
    picked: set[int] = set()
    left = set(networks)
    values = []
    while left and value(picked) < wanted:
        best = max(left, key=lambda network: (value(picked | {network}), network))
        picked.add(best)
        left.remove(best)
        values.append(value(picked))
    return values


def published(
    links: Iterable[Link], addresses: Mapping[int, int], wanted: Fraction
) -> tuple[list[Fraction], Fraction]:
    """Shares covered by the points of control of Roberts et al., and the complexity."""
    above = {asn: [a for a, b, kind in links if kind == "p2c" and b == asn] for asn in addresses}
    total = sum(addresses.values())

    def parents(network: int) -> int:
        domestic = sum(asn in addresses for asn in above[network])
        return domestic + (domestic < len(above[network]))

    def connected(network: int, picked: set[int]) -> Fraction:
        below = [asn for asn in addresses if network in above[asn] and asn not in picked]
        sent = (connected(asn, picked) / parents(asn) for asn in below)
        return addresses[network] + sum(sent, Fraction(0))

    def covered(picked: set[int]) -> Fraction:
        return sum((connected(asn, picked) for asn in picked), Fraction(0)) / total

    everyone = sum((connected(asn, set()) for asn in addresses), Fraction(0))
    complexity = 100_000 * len(addresses) * everyone / total**2
    return _climb(covered, addresses, wanted), complexity
