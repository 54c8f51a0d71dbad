"""The order in which networks prefer equally good neighbours, as observed choices show it.

How often a network was seen to use a neighbour says little of what it prefers: it may have had no
other. So each observed next hop is set beside all that the model finds equally good there, and a
neighbour's strength is what makes these choices likeliest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import Routing
from splinternet.routing.block import Block
from splinternet.routing.graph import Graph, Ints, graph_of
from splinternet.routing.observed import main_paths
from splinternet.routing.sweep import Progress, Sweep
from splinternet.world.learned import as_routed
from splinternet.world.schema import TABLES
from splinternet.world.world import World

__all__ = ["Choices", "strengths", "with_order"]

_Floats = npt.NDArray[np.float64]
_Ints64 = npt.NDArray[np.int64]

#: Origins that are enough to learn from, and the seed by which they are drawn.
_ORIGINS, _SEED = 1_000, 17
#: Rounds after which strengths hardly change.
_ROUNDS = 30
#: Choices that each neighbour is taken to have won, and twice as many that it was offered in: so
#: that one who never won is not beyond comparison.
_PRIOR = 0.1


def with_order(world: World, *, progress: Progress | None = None) -> World:
    """Add to a world with observed paths the order in which networks prefer their neighbours.

    Returns
    -------
    World
        The world with the table ``preferred``, from the main paths of monitors to 1,000 origins
        drawn by chance; the world itself if it has no paths.

    Examples
    --------
    >>> with_order(world) is world  # it has no paths
    True
    """
    if not world.paths.height:
        return world
    routing = Routing(tie_break="split", observed="links")
    graph = graph_of(as_routed(world, routing))
    hops = _hops(world, graph)
    found: list[Choices] = []
    if len(hops.target):
        targets, place = np.unique(hops.target, return_index=True)
        ends = np.append(place, len(hops.target))

        def read(block: Block, where: slice) -> Choices:
            spans = zip(ends[where], ends[1:][where], strict=True)
            each = [
                _choices(block, lane, hops.some(slice(*span))) for lane, span in enumerate(spans)
            ]
            return Choices.joined(each)

        found = list(Sweep(graph, routing).run(targets, read, progress))
    choices = Choices.joined(found)
    pair, strength = strengths(choices, len(graph.asn))
    table = pl.DataFrame(
        {
            "asn": graph.asn[pair // len(graph.asn)],
            "next_hop": graph.asn[pair % len(graph.asn)],
            "strength": strength,
        },
        schema=TABLES["preferred"].schema,
    )
    return replace(world, preferred=table)


@dataclass(frozen=True, eq=False)
class Choices:
    """Choices of networks between several neighbours that were as good.

    Attributes
    ----------
    pair
        Of each neighbour in turn that a choice was between, ``network * networks + neighbour``.
    choice
        Number of the choice, ascending; same shape.
    won
        Whether it was chosen; same shape.
    """

    pair: npt.NDArray[np.int64]
    choice: npt.NDArray[np.int64]
    won: npt.NDArray[np.bool_]

    @classmethod
    def joined(cls, parts: list[Choices]) -> Choices:
        """All choices of several, numbered anew."""
        none = cls(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.bool_))
        before, choice = 0, [none.choice]
        for each in parts:
            choice.append(each.choice + before)
            before += int(each.choice.max(initial=-1)) + 1
        return cls(
            np.concatenate([none.pair, *(each.pair for each in parts)]),
            np.concatenate(choice),
            np.concatenate([none.won, *(each.won for each in parts)]),
        )


def strengths(choices: Choices, networks: int) -> tuple[npt.NDArray[np.int64], _Floats]:
    """Strengths of neighbours that make the choices of each network likeliest.

    A neighbour is taken to be chosen with a probability of its strength by the sum of all that
    were as good.

    Returns
    -------
    pair, strength : numpy.ndarray
        Each pair of the choices once, ascending, and its strength; those of a network sum to 1.

    Notes
    -----
    The model of Luce and Plackett for one choice, by the algorithm of D. R. Hunter, "MM algorithms
    for generalized Bradley-Terry models" (Annals of Statistics 32(1), 2004).
    """
    pair, of = np.unique(choices.pair, return_inverse=True)
    _, network = np.unique(pair // max(networks, 1), return_inverse=True)
    neighbours = np.bincount(network)
    won = _PRIOR + np.bincount(of, choices.won, len(pair))
    strength = 1.0 / neighbours[network] if len(pair) else np.empty(0)
    for _ in range(_ROUNDS):
        offered = np.bincount(choices.choice, strength[of])
        lost = np.bincount(of, 1.0 / offered[choices.choice], len(pair))
        strength = won / (lost + 2 * _PRIOR * neighbours[network])
        strength /= np.bincount(network, strength)[network]
    return pair, strength


class _Hops(NamedTuple):
    """Next hops that were observed, by target: rows, and networks by their index."""

    target: Ints
    row: Ints
    network: Ints
    next_row: Ints
    down: npt.NDArray[np.bool_]

    def some(self, where: slice | _Ints64 | npt.NDArray[np.bool_]) -> _Hops:
        """Those at some places, or in another order."""
        ends = self.target[where], self.row[where], self.network[where]
        return _Hops(*ends, self.next_row[where], self.down[where])


def _hops(world: World, graph: Graph) -> _Hops:
    """Next hops of networks of the graph on the paths of monitors to some origins of it."""
    asns = pl.Series(graph.asn).implode()
    paths = main_paths(world).filter(pl.col("origin").is_in(asns))
    every = paths["origin"].unique().sort()
    if len(every) > _ORIGINS:
        some = every.sample(_ORIGINS, seed=_SEED)
        paths = paths.filter(pl.col("origin").is_in(some.implode()))
    below = world.links.filter(kind="p2c").select(asn="a", next_hop="b", down=pl.lit(True))
    hops = (
        paths.with_row_index("number")
        .select("number", "origin", asn="path")
        .explode("asn")
        .with_columns(next_hop=pl.col("asn").shift(-1).over("number"))
        .filter(pl.col("asn", "next_hop").is_in(asns), pl.col("next_hop") != pl.col("origin"))
        .unique(["origin", "asn", "next_hop"])
        .join(below, on=["asn", "next_hop"], how="left")
        .fill_null(False)
    )
    network, origin, hop = (
        np.searchsorted(graph.asn, hops[name].to_numpy()).astype(np.int32)
        for name in ("asn", "origin", "next_hop")
    )
    target, down = graph.row[origin], hops["down"].to_numpy()
    found = _Hops(target, graph.row[network], network, graph.row[hop], down)
    return found.some(np.lexsort((hop, network, target)))


def _choices(block: Block, lane: int, hops: _Hops) -> Choices:
    """Choices of each network towards one target, where it took one of the best."""
    found = []
    for down in (False, True):
        some = hops.some(hops.down == down)
        start, rows = block.next_hops(lane, some.row, from_above=down)
        choice = np.repeat(np.arange(len(some.row), dtype=np.int64), np.diff(start))
        won = rows == some.next_row[choice]
        many = np.diff(start) > 1
        known = many & (np.bincount(choice, won, len(some.row)) > 0)
        kept = known[choice]
        _, numbered = np.unique(choice[kept], return_inverse=True)
        pair = some.network[choice].astype(np.int64) * len(block.graph.asn)
        pair += block.graph.first[rows]
        found.append(Choices(pair[kept], numbered, won[kept]))
    return Choices.joined(found)
