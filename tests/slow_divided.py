"""Slow twin of contests whose traffic is divided: all best paths of each network, in fractions."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from slow import PREFERENCES, Link, neighbours
from slow_hijacks import Told, Topology, announcing, offered
from splinternet.routing.trials import Trial

__all__ = ["carriers", "shares"]

Routes = dict[int, tuple[Told, ...]]


def shares(
    links: Iterable[Link], networks: Iterable[int], trial: Trial, prefer: str
) -> dict[int, tuple[tuple[Fraction, ...], tuple[Fraction, ...]]]:
    """Parts of each network's packets by where they end, and of its routes by whose they are."""
    prefixes = all_routes(links, sorted(networks), trial, prefer)
    found = {}
    for network in networks:
        data = [Fraction(0)] * 3
        walk(network, Fraction(1), prefixes, trial, lambda at, part: None, data)
        best = next((routes for routes in prefixes if network in routes), None)
        hostile = told(network, best) if best else Fraction(0)
        control = (hostile, 1 - hostile, Fraction(0)) if best else (Fraction(0),) * 2 + (1,)
        found[network] = (tuple(data), control)
    return found


def carriers(links: Iterable[Link], networks: Iterable[int], trial: Trial) -> dict[int, Fraction]:
    """What passes each network on its way to the attacker, of all who send some there."""
    prefixes = all_routes(links, sorted(networks), trial, "gao-rexford")
    passed: dict[int, Fraction] = {}
    for network in set(networks) - set(trial.attackers):
        through: dict[int, Fraction] = {}

        def pass_on(at: int, part: Fraction, through: dict = through) -> None:
            through[at] = through.get(at, Fraction(0)) + part

        walk(network, Fraction(1), prefixes, trial, pass_on, [Fraction(0)] * 3)
        for at, part in through.items():
            if at != network and at not in trial.attackers:
                ends = [Fraction(0)] * 3
                walk(at, part, prefixes, trial, lambda at, part: None, ends)
                passed[at] = passed.get(at, Fraction(0)) + ends[0]
    return passed


def all_routes(
    links: Iterable[Link], networks: list[int], trial: Trial, prefer: str
) -> list[Routes]:
    """All best routes of every network for each prefix, the most specific first."""
    topology = Topology(neighbours(links))
    does = {
        kind: set(asns.tolist()) - set(trial.attackers)
        for kind, asns in trial.filters.by_kind.items()
    }
    prefixes = []
    for number, announced in enumerate(trial.prefixes):
        own: Routes = {network: (one,) for network, one in announcing(announced).items()}
        if trial.leaks and number == 0:
            (leaker,) = trial.attackers
            before = settled(topology, networks, own, does, prefer).get(leaker, ())
            if before:
                own[leaker] = tuple(each._replace(cls="own", hostile=True) for each in before)
        prefixes.append(settled(topology, networks, own, does, prefer))
    return prefixes


def settled(
    topology: Topology,
    networks: list[int],
    own: Routes,
    does: Mapping[str, set[int]],
    prefer: str,
) -> Routes:
    """All best routes of all networks once none changes its mind."""
    routes = dict(own)
    while True:
        new = dict(own)
        for network in networks:
            offers = [
                route
                for near in sorted(topology.around.get(network, {}))
                for each in routes.get(near, ())
                for route in offered(topology, network, {near: each}, does)
            ]
            if network not in own and offers:
                ranks = [PREFERENCES[prefer](each.cls, len(each.path)) for each in offers]
                best = min(ranks)
                new[network] = tuple(
                    each for each, rank in zip(offers, ranks, strict=True) if rank == best
                )
        if new == routes:
            return routes
        routes = new


def walk(at, part, prefixes, trial, pass_on, ends) -> None:
    """Divide packets over all next hops of the most specific prefix, as far as they come."""
    pass_on(at, part)
    best = next((routes[at] for routes in prefixes if at in routes), ())
    hops = {each.near for each in best}
    if at in trial.attackers or at in trial.victims or not hops:
        ends[0 if at in trial.attackers else 1 if at in trial.victims else 2] += part
        return
    for hop in hops:
        walk(hop, part / len(hops), prefixes, trial, pass_on, ends)


def told(network: int, routes: Routes) -> Fraction:
    """How much of what a network has is the attacker's: the mean over its next hops."""
    mine = routes[network]
    if mine[0].cls == "own":
        return Fraction(mine[0].hostile)
    parts = []
    for hop in {each.near for each in mine}:
        whose = {each.hostile for each in mine if each.near == hop}
        parts.append(told(hop, routes) if len(whose) > 1 else Fraction(whose.pop()))
    return sum(parts, Fraction(0)) / len(parts)
