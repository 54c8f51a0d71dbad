"""Slow twins of shocks: sets of links and networks in plain Python, as docs/scenarios.md says it.

Also the reachability that policy allows, by walking every path, whatever networks prefer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from slow import Link, neighbours


@dataclass(frozen=True)
class State:
    networks: frozenset[int]
    links: frozenset[Link]

    def without(self, gone: Callable[[Link], bool]) -> "State":
        return State(self.networks, frozenset(link for link in self.links if not gone(link)))


def ordered(links: Iterable[Link]) -> frozenset[Link]:
    """Write peers the lower number first, as worlds do."""
    return frozenset(
        Link(min(a, b), max(a, b), kind) if kind == "p2p" else Link(a, b, kind)
        for a, b, kind in links
    )


def crosses(link: Link, inside: set[int]) -> bool:
    return (link.a in inside) != (link.b in inside)


def isolate(state: State, inside: set[int], spared: set[int]) -> State:
    return state.without(
        lambda link: crosses(link, inside) and link.a not in spared and link.b not in spared
    )


def inspect(state: State, inside: set[int], by: set[int]) -> State:
    return isolate(state, inside, by)


def cut(state: State, first: set[int], second: set[int], relation: str) -> State:
    def gone(link: Link) -> bool:
        what = {
            (link.a, link.b): "provider" if link.kind == "p2c" else "peer",
            (link.b, link.a): "customer" if link.kind == "p2c" else "peer",
        }
        return any(
            one in first and other in second and is_asked(is_one, relation)
            for (one, other), is_one in what.items()
        )

    return state.without(gone)


def is_asked(what: str, relation: str) -> bool:
    return relation in (what, "any") or (relation == "transit" and what != "peer")


def remove(state: State, gone: set[int]) -> State:
    left = state.without(lambda link: link.a in gone or link.b in gone)
    return State(state.networks - gone, left.links)


def split(state: State, blocs: list[set[int]], unknown: set[int]) -> State:
    def side(network: int) -> int | None:
        return next((number for number, bloc in enumerate(blocs) if network in bloc), None)

    apart = state.without(
        lambda link: None not in (side(link.a), side(link.b)) and side(link.a) != side(link.b)
    )
    around: dict[int, set[int]] = {}
    for a, b, _ in apart.links:
        around.setdefault(a, set()).add(b)
        around.setdefault(b, set()).add(a)

    def touched(network: int) -> set[int | None]:
        """Sides to which a way leads over networks of unknown country alone."""
        seen, waiting = set(), [network]
        while waiting:
            at = waiting.pop()
            if at not in seen:
                seen.add(at)
                waiting += [near for near in around.get(at, ()) if near in unknown]
        return {side(near) for at in seen for near in around.get(at, ())} - {None}

    bridges = {network for network in unknown if len(touched(network)) > 1}
    return apart.without(
        lambda link: any(
            one in bridges and side(other) is not None
            for one, other in ((link.a, link.b), (link.b, link.a))
        )
    )


def refuse(state: State, refusing: set[int], refused: set[int]) -> State:
    turned = [
        Link(a, b, "p2p") if kind == "p2c" and a in refusing and b in refused else Link(a, b, kind)
        for a, b, kind in state.links
    ]
    return State(state.networks, ordered(turned))


def allowed(links: Iterable[Link], source: int) -> set[int]:
    """Networks to which a path leads up to providers, across to a peer at most once, and down."""
    around = neighbours(links)
    reached: set[tuple[int, str]] = set()
    waiting = [(source, "up")]
    while waiting:
        at, way = waiting.pop()
        if (at, way) not in reached:
            reached.add((at, way))
            for near, what_it_is in around.get(at, {}).items():
                if what_it_is == "customer":
                    waiting.append((near, "down"))
                elif way == "up":
                    waiting.append((near, "up" if what_it_is == "provider" else "down"))
    return {network for network, _ in reached}
