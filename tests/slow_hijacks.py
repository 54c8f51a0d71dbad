"""Slow twin of contests of announcements: whole paths, told from neighbour to neighbour."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from slow import PREFERENCES, Link, neighbours
from splinternet.routing.trials import Announcement, Trial


class Told(NamedTuple):
    """A route that a network has, and who told it; its path begins with the network itself."""

    cls: str
    near: int
    path: tuple[int, ...]
    hostile: bool
    invalid: bool
    only_to_customers: int | None = None


class Topology(NamedTuple):
    around: dict[int, dict[int, str]]

    def providers(self, network: int) -> set[int]:
        return {n for n, kind in self.around.get(network, {}).items() if kind == "provider"}


def outcomes(
    links: Iterable[Link], networks: Iterable[int], trial: Trial, prefer: str = "gao-rexford"
) -> dict[int, tuple[str, str]]:
    """Where packets of each network end, and whose announcement it has."""
    prefixes = routes(links, networks, trial, prefer)
    return {
        network: (end_of(network, prefixes, trial), believed(network, prefixes))
        for network in networks
    }


def ways(
    links: Iterable[Link], networks: Iterable[int], trial: Trial, prefer: str = "gao-rexford"
) -> dict[int, list[int]]:
    """Networks that packets pass from each network, both ends included."""
    prefixes = routes(links, networks, trial, prefer)
    return {network: way_of(network, prefixes, trial) for network in networks}


def announcing(announced: Iterable[Announcement]) -> dict[int, Told]:
    """Routes of those who announce a prefix, by network."""
    return {
        network: Told(
            "own",
            network,
            ((network,) if each.itself else ()) + each.behind,
            each.hostile,
            each.invalid,
        )
        for each in announced
        for network in each.networks
    }


def routes(
    links: Iterable[Link], networks: Iterable[int], trial: Trial, prefer: str
) -> list[dict[int, Told]]:
    """Routes that all networks have for each prefix, the most specific first."""
    networks = sorted(networks)
    topology = Topology(neighbours(links))
    does = {kind: set(asns.tolist()) for kind, asns in trial.filters.by_kind.items()}
    for kind in ("rov", "peer_rov", "aspa", "records", "only_to_customers"):
        does[kind] -= set(trial.attackers)
    prefixes = []
    for number, announced in enumerate(trial.prefixes):
        own = announcing(announced)
        if trial.leaks and number == 0:
            own |= leaked(topology, networks, own, trial, does, prefer)
        prefixes.append(settled(topology, networks, own, does, prefer))
    return prefixes


def leaked(
    topology: Topology,
    networks: list[int],
    own: Mapping[int, Told],
    trial: Trial,
    does: Mapping[str, set[int]],
    prefer: str,
) -> dict[int, Told]:
    """What the leaker has before it leaks, as if it were its own."""
    before = settled(topology, networks, own, does, prefer)
    (leaker,) = trial.attackers
    if leaker not in before:
        return {}
    return {leaker: before[leaker]._replace(cls="own", hostile=True)}


def settled(
    topology: Topology,
    networks: list[int],
    own: Mapping[int, Told],
    does: Mapping[str, set[int]],
    prefer: str,
) -> dict[int, Told]:
    """Routes of all networks once none changes its mind."""
    routes = dict(own)
    while True:
        new = dict(own)
        for network in networks:
            offers = list(offered(topology, network, routes, does))
            if network not in own and offers:
                new[network] = min(
                    offers,
                    key=lambda told: (
                        PREFERENCES[prefer](told.cls, len(told.path)),
                        told.near,
                    ),
                )
        if new == routes:
            return routes
        routes = new


def offered(
    topology: Topology, network: int, routes: Mapping[int, Told], does: Mapping[str, set[int]]
) -> Iterator[Told]:
    for near, kind in topology.around.get(network, {}).items():
        told = routes.get(near)
        if told is None or (told.cls not in ("own", "customer") and kind != "provider"):
            continue
        mark = told.only_to_customers
        if near in does["only_to_customers"] and kind != "customer":
            mark = near
        told = told._replace(only_to_customers=mark)
        if not dropped(topology, network, near, kind, told, does):
            yield told._replace(cls=kind, near=near, path=(network, *told.path))


def dropped(
    topology: Topology,
    network: int,
    near: int,
    kind: str,
    told: Told,
    does: Mapping[str, set[int]],
) -> bool:
    if network in told.path:
        return True
    if told.invalid and (
        network in does["rov"] or (network in does["peer_rov"] and kind == "peer")
    ):
        return True
    mark = told.only_to_customers
    elsewhere = kind == "customer" or (kind == "peer" and mark != near)
    if network in does["only_to_customers"] and mark is not None and elsewhere:
        return True
    return network in does["aspa"] and not plausible(topology, told.path, kind, does["records"])


def plausible(topology: Topology, path: tuple[int, ...], kind: str, records: set[int]) -> bool:
    """Whether provider records leave it possible that a path of this kind has no valley."""

    def may_climb(near: int, far: int) -> bool:
        return near not in records or far in topology.providers(near)

    upwards = path[::-1]
    many = len(upwards)
    up = next((i + 1 for i in range(many - 1) if not may_climb(upwards[i], upwards[i + 1])), many)
    down = next((i + 1 for i in range(many - 1) if not may_climb(path[i], path[i + 1])), many)
    return up + down >= many if kind == "provider" else up == many


def end_of(network: int, prefixes: list[dict[int, Told]], trial: Trial) -> str:
    last = way_of(network, prefixes, trial)[-1]
    if last in trial.attackers:
        return "attacker"
    return "victim" if last in trial.victims else "nobody"


def way_of(network: int, prefixes: list[dict[int, Told]], trial: Trial) -> list[int]:
    """Follow a packet, each hop by its most specific route."""
    way = [network]
    while way[-1] not in trial.attackers and way[-1] not in trial.victims:
        told = next((routes[way[-1]] for routes in prefixes if way[-1] in routes), None)
        if told is None:
            break
        way.append(told.near)
    return way


def believed(network: int, prefixes: list[dict[int, Told]]) -> str:
    told = next((routes[network] for routes in prefixes if network in routes), None)
    if told is None:
        return "nobody"
    return "attacker" if told.hostile else "victim"
