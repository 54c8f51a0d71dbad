"""Slow twin of routes that follow what was observed: choose again until none changes its mind."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import slow
from slow import Chosen, Link, Route

#: Next hop of a network towards an origin, ``(network, origin)``.
Learned = Mapping[tuple[int, int], int]
#: Origins that a network was seen to reach over each neighbour: ``(network, next hop): origins``.
Used = Mapping[tuple[int, int], int]


class Offer(NamedTuple):
    """A route as it is offered; ``last`` says that it is a last resort."""

    last: bool
    length: int
    cls: str
    hop: int

    @property
    def liking(self) -> tuple[bool, int, int]:
        return self.last, self.length, ("own", "customer", "peer", "provider").index(self.cls)


def pinned_routes(
    links: Iterable[Link], origin: int, pins: Mapping[int, int], used: Used, tie_break: str
) -> tuple[Chosen, set[int]]:
    """Routes to ``origin`` by ``shortest``, and the networks whose pins hold.

    Pins that do not hold are dropped, all at a time, and everyone chooses anew.
    """
    around = slow.neighbours(links)
    holding = {network: hop for network, hop in pins.items() if network != origin}
    while True:
        own, told = _settle(around, origin, holding)
        failed = {
            network
            for network, hop in holding.items()
            if not _holds(around, own, told, network, hop)
        }
        if not failed:
            break
        holding = {network: hop for network, hop in holding.items() if network not in failed}
    return Chosen.of(*(in_order(_routes(each), used, tie_break) for each in (own, told))), set(
        holding
    )


Offers = dict[int, list[Offer]]


def _settle(
    around: Mapping[int, Mapping[int, str]], origin: int, pins: Mapping[int, int]
) -> tuple[Offers, Offers]:
    """What each network chose, and what it tells, each with all that is as good."""
    start = [Offer(False, 0, "own", origin)]
    own, told = {origin: start}, {origin: start}
    while True:
        own_again, told_again = {origin: start}, {origin: start}
        for network in around.keys() - {origin}:
            offers = {
                near: offer
                for near in around[network]
                if (offer := _offer(around, own, told, network, near))
            }
            customers = [each for each in offers.values() if each.cls == "customer"]
            pin = offers.get(pins.get(network, -1))
            pinned = pin is not None and not pin.last
            if pinned and pin.cls == "customer":
                customers = [pin]
            best = _best(customers)
            if around[network].get(pins.get(network, -1), "customer") != "customer":
                best = [each._replace(last=True) for each in best]
            if best:
                told_again[network] = best
            others = [each for each in offers.values() if each.cls != "customer"]
            choice = [pin] if pinned else _best(best + others)
            if choice:
                own_again[network] = choice
        if (own_again, told_again) == (own, told):
            return own, told
        own, told = own_again, told_again


def _offer(
    around: Mapping[int, Mapping[int, str]], own: Offers, told: Offers, network: int, near: int
) -> Offer | None:
    """What a neighbour offers a network."""
    what_it_is = around[network].get(near)
    theirs = (own if what_it_is == "provider" else told).get(near)
    if what_it_is is None or not theirs:
        return None
    return Offer(theirs[0].last, theirs[0].length + 1, what_it_is, near)


def _holds(
    around: Mapping[int, Mapping[int, str]], own: Offers, told: Offers, network: int, hop: int
) -> bool:
    offer = _offer(around, own, told, network, hop)
    return offer is not None and not offer.last


def _best(offers: list[Offer]) -> list[Offer]:
    least = min((offer.liking for offer in offers), default=None)
    return [offer for offer in offers if offer.liking == least]


def _routes(offers: Offers) -> dict[int, Route]:
    return {
        network: Route(
            equal[0].cls,
            equal[0].length,
            () if equal[0].cls == "own" else tuple(sorted(each.hop for each in equal)),
        )
        for network, equal in offers.items()
    }


def in_order(routes: Mapping[int, Route], used: Used, tie_break: str) -> dict[int, Route]:
    """Put next hops in the order of each network; one that was observed takes the first only."""
    observed = {network for network, _ in used}
    found = {}
    for network, route in routes.items():
        hops = sorted(route.next_hops, key=lambda hop: (-used.get((network, hop), 0), hop))
        one = tie_break == "lowest-asn" or network in observed
        found[network] = route._replace(next_hops=tuple(hops[:1] if one else hops))
    return found


def routes(
    links: list[Link],
    origin: int,
    learned: Learned,
    prefer: str,
    tie_break: str,
    plain: Callable[[list[Link], int, str], Chosen],
) -> Chosen:
    """Routes of a world that has learned next hops; ``plain`` are those of one that has not."""
    used = Counter((network, hop) for (network, _), hop in learned.items())
    if prefer == "shortest":
        pins = {network: hop for (network, to), hop in learned.items() if to == origin}
        return pinned_routes(links, origin, pins, used, tie_break)[0]
    chosen = plain(links, origin, prefer)
    return Chosen.of(*(in_order(each, used, tie_break) for each in (chosen, chosen.told)))
