"""Slow twins of the measures: every path of every pair walked, every failure tried, in fractions.

Sources and destinations are given as weights by network; a pair weighs the product of its two.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

import slow
from slow import Link
from splinternet.base.choices import Routing

Weights = Mapping[int, int]
Shares = dict[int, Fraction]


class Walk(NamedTuple):
    """A path from a source (first) to a destination (last), and how much of all goes there."""

    path: list[int]
    weight: Fraction


def walks(
    links: Iterable[Link], sources: Weights, destinations: Weights, routing: Routing
) -> Iterator[Walk]:
    """Yield every path that traffic takes, with the share of all traffic that takes it."""
    links = list(links)
    total = offered(sources, destinations)
    for destination, weight in destinations.items():
        chosen = slow.routes(links, destination, routing.prefer)
        for source in sources.keys() - {destination}:
            pair = Fraction(sources[source] * weight) / total
            for path, part in slow.every_path(chosen, source, routing.tie_break):
                yield Walk(path, pair if part == 1 else pair * part)


def offered(sources: Weights, destinations: Weights) -> Fraction:
    """Weight of all pairs of two different networks."""
    pairs = ((s, d) for s in sources for d in destinations if s != d)
    return Fraction(sum(sources[s] * destinations[d] for s, d in pairs))


def share(
    links: Iterable[Link],
    sources: Weights,
    destinations: Weights,
    routing: Routing,
    wanted: Callable[[list[int]], bool],
) -> Fraction:
    """Share of all traffic whose path is wanted."""
    found = walks(links, sources, destinations, routing)
    return slow.added(weight for path, weight in found if wanted(path))


def passes(networks: Collection[int]) -> Callable[[list[int]], bool]:
    """Tell of a path whether any of these networks is on it, not at its ends."""
    return lambda path: any(network in networks for network in path[1:-1])


# Hegemony and transit influence


def hegemony(
    links: Iterable[Link], vantages: Collection[int], nation: Weights, routing: Routing
) -> Shares:
    """Mean over the vantages, without the tenth at either end, of the share through a network."""
    seen = _seen(links, vantages, nation, routing, lambda path, at: Fraction(1))
    found = {}
    for network in {each for by_network in seen.values() for each in by_network}:
        values = sorted(by_network.get(network, Fraction(0)) for by_network in seen.values())
        cut = len(values) // 10
        kept = values[cut : len(values) - cut]
        found[network] = sum(kept) / len(kept)
    return {network: value for network, value in found.items() if value}


def cti(
    links: Iterable[Link], vantages: Collection[int], nation: Weights, routing: Routing
) -> Shares:
    """Mean of what the vantages that see a network give it, the tenth of these cut at either end.

    Those that do not see it give it nothing, and are never cut.
    """
    links = list(links)
    sales = {(a, b) for a, b, kind in links if kind == "p2c"}

    def worth(path: list[int], at: int) -> Fraction:
        descends = [pair in sales for pair in pairwise(path)]
        top = descends.index(True) if True in descends else len(path)
        return Fraction(1, len(path) - 1 - at) if at >= top else Fraction(0)

    seen = _seen(links, vantages, nation, routing, worth)
    found = {}
    for network in {each for by_network in seen.values() for each in by_network}:
        values = sorted(v[network] for v in seen.values() if v.get(network, 0) > 0)
        cut = len(values) // 10
        kept = values[cut : len(values) - cut]
        found[network] = sum(kept, Fraction(0)) / (len(vantages) - 2 * cut)
    return {network: value for network, value in found.items() if value}


def _seen(
    links: Iterable[Link],
    vantages: Collection[int],
    nation: Weights,
    routing: Routing,
    worth: Callable[[list[int], int], Fraction],
) -> dict[int, Shares]:
    """Tell for each vantage what each network between it and the nation gets."""
    seen: dict[int, Shares] = {vantage: defaultdict(Fraction) for vantage in vantages}
    for path, weight in walks(links, dict.fromkeys(vantages, 1), nation, routing):
        for at in range(1, len(path) - 1):
            seen[path[0]][path[at]] += len(vantages) * weight * worth(path, at)
    return seen


# States


def groups(
    links: Iterable[Link],
    group_of: Mapping[int, str | None],
    sources: Weights,
    destinations: Weights,
    routing: Routing,
) -> dict[str | None, Fraction]:
    """Share of traffic that passes any network of each group; those of none are one, None."""
    found: dict[str | None, Fraction] = defaultdict(Fraction)
    for path, weight in walks(links, sources, destinations, routing):
        for group in {group_of.get(network) for network in path[1:-1]}:
            found[group] += weight
    return {group: amount for group, amount in found.items() if amount}


def third_parties(
    side: Weights, group_of: Mapping[int, str | None], group: str | None
) -> dict[int, int]:
    """Leave out the ends of traffic that are in a group."""
    return {asn: weight for asn, weight in side.items() if group_of.get(asn) != group}


def unavoidable(
    links: Iterable[Link],
    silent: Collection[int],
    sources: Weights,
    destinations: Weights,
    prefer: str,
) -> Fraction:
    """Share of traffic that has a route, and none once some networks tell of themselves only."""
    links = list(links)
    lost = 0
    for destination, weight in destinations.items():
        before = slow.routes(links, destination, prefer)
        after = slow.routes(links, destination, prefer, silent)
        gone = before.keys() - after.keys()
        lost += weight * sum(sources[source] for source in sources.keys() & gone)
    return lost / offered(sources, destinations)


# Reliability and continuity


def loses_the_clique(
    links: Iterable[Link], networks: Iterable[int], core: Collection[int], fails: int
) -> set[int]:
    """Networks with a way to the core that have none when one fails; that one, if it had any."""
    links, networks = list(links), list(networks)
    left = [link for link in links if fails not in (link.a, link.b)]
    around, around_left = slow.neighbours(links), slow.neighbours(left)
    return {
        network
        for network in networks
        if climbs(around, network, core)
        and (network == fails or not climbs(around_left, network, set(core) - {fails}))
    }


def climbs(around: Mapping[int, Mapping[int, str]], network: int, core: Collection[int]) -> bool:
    """Tell whether a way from provider to provider, or last over a peering, leads to the core."""
    above, found = [network], {network}
    while above:
        at = above.pop()
        if at in core:
            return True
        for near, what_it_is in around.get(at, {}).items():
            if what_it_is == "peer" and near in core:
                return True
            if what_it_is == "provider" and near not in found:
                found.add(near)
                above.append(near)
    return False


def reachable(links: Iterable[Link], source: int, silent: Collection[int] = ()) -> set[int]:
    """Networks to which a path climbs, crosses one peering link at the most, and descends.

    Through a network that is ``silent`` no path goes on.
    """
    around = slow.neighbours(links)
    fresh, found = [(source, "climbing")], {(source, "climbing")}
    while fresh:
        at, so_far = fresh.pop()
        if at in silent and at != source:
            continue
        for near, what_it_is in around[at].items():
            if what_it_is == "customer":
                step = (near, "descending")
            elif so_far == "climbing":
                step = (near, "climbing" if what_it_is == "provider" else "descending")
            else:
                continue
            if step not in found:
                found.add(step)
                fresh.append(step)
    return {network for network, _ in found}


def within(links: Iterable[Link], home: Collection[int]) -> list[Link]:
    """Links that are left of a nation when its border is closed."""
    return [link for link in links if link.a in home and link.b in home]


def reached(links: Iterable[Link], nation: Weights) -> dict[int, Fraction]:
    """Share of the rest of the nation's weight that each of its networks has a path to."""
    links = list(links)
    counted = {network: weight for network, weight in nation.items() if weight}
    found = {}
    for network in counted:
        others = counted.keys() - {network}
        near = others & reachable(links, network)
        found[network] = Fraction(sum(counted[o] for o in near), sum(counted[o] for o in others))
    return found


# Exposure and concentration


def exposure(
    links: Iterable[Link],
    observers: Collection[int],
    sources: Weights,
    destinations: Weights,
    routing: Routing,
) -> tuple[Fraction, Fraction]:
    """Shares of traffic that passes the observers between its ends, and that has an end there."""
    through = passes(observers)
    passing = share(
        links, sources, destinations, routing,
        lambda path: through(path) and path[0] not in observers and path[-1] not in observers,
    )  # fmt: skip
    quiet = [
        {network: weight for network, weight in side.items() if network not in observers}
        for side in (sources, destinations)
    ]
    return passing, 1 - offered(*quiet) / offered(sources, destinations)


def parts(links: Iterable[Link], home: Collection[int], through: Shares) -> Shares:
    """Parts of what the networks abroad that sell to a nation carry together."""
    sellers = {a for a, b, kind in links if kind == "p2c" and b in home and a not in home}
    carried = {network: through[network] for network in sellers & through.keys()}
    return {network: amount / sum(carried.values()) for network, amount in carried.items()}
