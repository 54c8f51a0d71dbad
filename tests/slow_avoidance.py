"""Slow twins of the potentials: every path of every pair walked, in fractions."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from fractions import Fraction
from itertools import pairwise

from slow import Link, added
from slow_measures import Shares, Walk, Weights, offered, walks
from splinternet.base.choices import Routing


def choke_points(
    links: Iterable[Link], sources: Weights, destinations: Weights, routing: Routing
) -> Shares:
    """Share of what arrives that each source hands to a network that is no source."""
    through: Shares = defaultdict(Fraction)
    arriving = list(walks(links, sources, destinations, routing))
    for path, weight in arriving:
        for here, there in pairwise(path):
            if here in sources and there not in sources:
                through[here] += weight
    total = _sum(arriving)
    return {network: amount / total for network, amount in through.items() if amount}


def crp(
    links: Iterable[Link],
    sources: Weights,
    destinations: Weights,
    censors: Collection[int],
    routing: Routing,
) -> Fraction:
    """Share of what arrives on whose path, ends and all, no censor is."""
    arriving = list(walks(links, sources, destinations, routing))
    return _sum(walk for walk in arriving if not set(censors) & set(walk.path)) / _sum(arriving)


def grp(
    links: Iterable[Link], theirs: Collection[int], outside: Weights, routing: Routing
) -> Fraction | None:
    """Share of what arrives, of all that networks outside send each other, that avoids theirs."""
    assert offered(outside, outside)
    arriving = list(walks(links, outside, outside, routing))
    total = _sum(arriving)
    return _sum(w for w in arriving if not set(theirs) & set(w.path)) / total if total else None


def _sum(found: Iterable[Walk]) -> Fraction:
    return added(weight for _, weight in found)
