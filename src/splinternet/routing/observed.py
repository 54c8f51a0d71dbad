"""Routes that route collectors saw beside those that the model chooses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Unpack, get_args

import msgspec
import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import Prefer, Routing, RoutingChoices
from splinternet.base.errors import MisuseError, WorldError
from splinternet.base.takes import Takes
from splinternet.routing.block import Block
from splinternet.routing.codes import NO_ROUTE, classes, code_of_told
from splinternet.routing.graph import Graph, Ints, graph_of
from splinternet.routing.sweep import Progress, Sweep
from splinternet.world.learned import as_routed
from splinternet.world.rib.summary import summarise_monitors
from splinternet.world.world import World

__all__ = ["FIGURES", "check_model", "compare_paths", "main_paths", "with_fit"]

By = Literal["preference", "monitor", "nation"]

#: What is said of each pair, and then of many: the part of the pairs of which it is true.
FIGURES = ("path", "next_hop", "length", "best", "rest", "missing")

_TAKES = Takes("check-model", ("prefer", "links"))
#: Origins that are enough to say how well the model does, and the seed by which they are drawn.
_ORIGINS, _SEED = 1_000, 17
_PROVIDER = 3
_MOST_HOPS = 63


def main_paths(world: World) -> pl.DataFrame:
    """Path of each monitor with a full table to each origin: the one of most prefixes.

    Returns
    -------
    polars.DataFrame
        ``monitor``, ``origin``, ``path``. IPv6 counts only where a world has no paths of IPv4.
        Monitors with partial tables are left out, if any has a full one.

    Raises
    ------
    WorldError
        If the world has no observed paths.
    """
    paths = world.paths
    if not paths.height:
        raise WorldError(
            f"world {world.manifest.name} has no observed paths; add some with "
            "'splinternet add-paths', from routing tables of its month"
        )
    old = paths.filter(pl.col("addresses").is_not_null())
    paths = old if old.height else paths
    full = summarise_monitors(paths).filter(pl.col("table") == "full")
    if full.height:
        paths = paths.filter(pl.col("monitor").is_in(full["asn"].implode()))
    return (
        paths.filter(pl.col("monitor") != pl.col("origin"))
        .group_by("monitor", "path")
        .agg(pl.col("origin").first(), pl.col("prefixes").sum())
        .sort("prefixes", pl.col("path").list.len(), "path", descending=[True, False, False])
        .unique(["monitor", "origin"], keep="first", maintain_order=True)
        .select("monitor", "origin", "path")
        .sort("origin", "monitor")
    )


def compare_paths(
    world: World,
    *,
    origins: int | None = None,
    progress: Progress | None = None,
    routing: Routing | None = None,
    **choices: Unpack[RoutingChoices],
) -> pl.DataFrame:
    """Observed paths and what the model says of each.

    Parameters
    ----------
    world
        A world with the table ``paths``.
    origins
        Compare paths to so many origins, drawn by chance, the same each time; to all by default.
    progress
        Called with pairs done and all.
    routing, choices
        How the model chooses, see :class:`~splinternet.base.choices.Routing`. It takes nothing
        from the observed paths: it would be asked what it was told.

    Returns
    -------
    polars.DataFrame
        The rows of :func:`main_paths` with columns of truth values: ``path``, the modelled path is
        this one network by network, with one next hop (the lowest number of equally good ones);
        ``next_hop``, its first hop is; ``length``, it has as many links; ``best``, the observed
        path is one of the equally good ones; ``rest``, from the observed first hop on the model
        goes as was observed; ``missing``, the observed path has a link that the world lacks. A
        pair that the model has no route for is wrong in all. The observed path is ``observed``.

    Raises
    ------
    WorldError
        If the world has no observed paths.

    Notes
    -----
    ``rest`` after Kastanakis, Giotsas, Livadariu, Suri, "Replication: 20 Years of Inferring
    Interdomain Routing Policies" (IMC 2023), who ask whether a choice is right given what is
    known of it.
    """
    routing = _TAKES.routed(routing, choices)
    # What was learned from these very paths would be right by itself.
    world = as_routed(world, replace(routing, observed="none"))
    pairs, graph = main_paths(world), graph_of(world)
    every = pairs["origin"].unique().sort()
    if origins is not None and len(every) > origins:
        pairs = pairs.filter(pl.col("origin").is_in(every.sample(origins, seed=_SEED).implode()))
    ends = pairs.select(pl.col("monitor", "origin")).to_numpy()
    known = graph.has(ends).all(axis=1)
    inside = pairs.with_row_index("pair").filter(pl.Series(known))
    targets, of = np.unique(_rows(graph, inside["origin"]), return_inverse=True)
    told: list[_Pair] = [
        _Pair(pair, np.array(path, np.uint32))
        for pair, path in inside.select("pair", "path").iter_rows()
    ]
    by_target: list[list[_Pair]] = [[] for _ in targets]
    for each, target in zip(told, of, strict=True):
        by_target[target].append(each)
    true = np.zeros((pairs.height, len(FIGURES)), np.bool_)
    true[:, FIGURES.index("missing")] = _lacks_a_link(world, pairs)

    def read(block: Block, place: slice) -> None:
        for lane, several in enumerate(by_target[place]):
            for each, figures in zip(several, _compare(block, lane, several), strict=True):
                true[each.number, : len(figures)] = figures

    for _ in Sweep(graph, replace(routing, tie_break="split", observed="none")).run(
        targets.astype(np.int32), read, progress
    ):
        pass
    figures = {name: pl.Series(true[:, i]) for i, name in enumerate(FIGURES)}
    return pairs.rename({"path": "observed"}).with_columns(**figures)


@dataclass(frozen=True)
class _Pair:
    """A monitor and an origin by the number of the pair, and the path that was observed."""

    number: int
    path: npt.NDArray[np.uint32]


def _rows(graph: Graph, asns: pl.Series) -> Ints:
    return graph.row[graph.networks(asns)]


def _compare(block: Block, lane: int, pairs: list[_Pair]) -> list[tuple[bool, ...]]:
    """Compare the paths of several monitors to one origin: the figures but ``missing``."""
    way = _Way(block, lane)
    found = []
    for pair in pairs:
        seen, graph = pair.path, block.graph
        modelled = way.follow(int(seen[0]), int(seen[-1]), free=True)
        if not modelled:
            found.append((False,) * (len(FIGURES) - 1))
            continue
        observed = seen.tolist()
        whole = modelled == observed
        best = whole or (bool(graph.has(seen).all()) and way.has(observed))
        rest = whole or way.has_rest(observed)
        found.append(
            (whole, modelled[1] == observed[1], len(modelled) == len(observed), best, rest)
        )
    return found


class _Way:
    """The ways to one target: next hops of rows, looked up once."""

    def __init__(self, block: Block, lane: int) -> None:
        self.block, self.lane, self.graph = block, lane, block.graph
        self.hops: dict[tuple[int, bool], list[int] | None] = {}

    def next_rows(self, row: int, above: bool) -> list[int] | None:
        """Rows of the next hops; none where the target is next, None where there is no route."""
        if (row, above) not in self.hops:
            self.hops[row, above] = self._look_up(row, above)
        return self.hops[row, above]

    def _look_up(self, row: int, above: bool) -> list[int] | None:
        if self._code(row, above) == NO_ROUTE:
            return None
        rows = np.array([row], np.int32)
        return self.block.next_hops(self.lane, rows, from_above=above)[1].tolist()  # type: ignore[no-any-return]

    def _code(self, row: int, above: bool) -> int:
        block = self.block
        if not above:
            return int(block.codes[row, self.lane])
        if row >= self.graph.carriers:
            return int(NO_ROUTE)
        return int(code_of_told(block.told[row : row + 1, self.lane])[0])

    def goes_up(self, row: int) -> bool:
        """Tell whether a row's own choice is a provider's route."""
        code = self.block.codes[row : row + 1, self.lane]
        return bool(classes(code)[0] == _PROVIDER)

    def follow(self, asn: int, origin: int, *, free: bool) -> list[int]:
        """Follow the model from a network to the origin; empty where there is no route."""
        path = [asn]
        row = int(self.graph.row[self.graph.networks([asn])[0]])
        for _ in range(_MOST_HOPS):
            if path[-1] == origin:
                return path
            hops = self.next_rows(row, not free)
            if hops is None:
                return []
            if not hops:
                return [*path, origin]
            free = free and self.goes_up(row)
            row = hops[0]
            path.append(int(self.graph.asn[self.graph.first[row]]))
        return []

    def has(self, path: list[int]) -> bool:
        """Tell whether a path goes by equally good next hops all along."""
        free, rows = True, self.graph.row[self.graph.networks(path)].tolist()
        for row, after, last in zip(rows, rows[1:], path[1:], strict=False):
            hops = self.next_rows(row, not free)
            if hops is None or (after not in hops if hops else last != path[-1]):
                return False
            free = free and self.goes_up(row)
        return True

    def has_rest(self, path: list[int]) -> bool:
        """Tell whether the model goes on from the first hop of a path as the path does."""
        if not self.graph.has(np.array(path[:2], np.uint32)).all():
            return False
        free = self.is_provider(path[0], path[1])
        return self.follow(path[1], path[-1], free=free) == path[1:]

    def is_provider(self, customer: int, provider: int) -> bool:
        """Tell whether one network is a provider of another."""
        below, above = self.graph.row[self.graph.networks([customer, provider])].tolist()
        start, rows = self.graph.providers
        return bool((rows[start[below] : start[below + 1]] == above).any())


def _lacks_a_link(world: World, pairs: pl.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell of each path whether it has a link that the world lacks."""
    low, high = pl.min_horizontal("a", "b"), pl.max_horizontal("a", "b")
    link = (low.cast(pl.UInt64) * 2**32 + high).alias("link")
    there = world.links.select(link).to_series()
    ends = pairs.with_row_index("pair").select(
        "pair",
        a=pl.col("path").list.head(pl.col("path").list.len() - 1),
        b=pl.col("path").list.tail(pl.col("path").list.len() - 1),
    )
    met = ends.explode("a", "b").drop_nulls().select("pair", link)
    lacking = met.filter(~pl.col("link").is_in(there.implode()))["pair"].unique()
    found = np.zeros(pairs.height, np.bool_)
    found[lacking.to_numpy()] = True
    return found


@typed
def check_model(
    world: World,
    *,
    by: By = "preference",
    origins: int | None = None,
    progress: Progress | None = None,
    routing: Routing | None = None,
    **choices: Unpack[RoutingChoices],
) -> pl.DataFrame:
    """Accuracy of the model on a world: the parts of observed paths that it has right.

    Parameters
    ----------
    world
        A world with the table ``paths``.
    by
        ``preference``: a row for each order in which networks may take routes; ``monitor`` or
        ``nation`` (of the origin): a row for each, by the preference that is chosen.
    origins
        As for :func:`compare_paths`.
    progress
        Called with pairs done and all.
    routing, choices
        How the model chooses, see :class:`~splinternet.base.choices.Routing`.

    Returns
    -------
    polars.DataFrame
        ``prefer``, ``asn`` or ``country``; ``pairs``, how many monitors and origins were compared;
        and the part of them, 0 to 1, for which is true what :func:`compare_paths` says: ``path``,
        ``next_hop``, ``length``, ``best``, ``rest``, ``missing``. Most pairs first, preferences as
        they are declared.

    Raises
    ------
    MisuseError
        If ``by`` is none of the three.
    WorldError
        If the world has no observed paths.

    Examples
    --------
    >>> check_model(world)
    Traceback (most recent call last):
    splinternet.base.errors.WorldError: world 2019-12 has no observed paths; add some with ...
    """
    routing = _TAKES.routed(routing, choices)
    means = [pl.len().alias("pairs").cast(pl.Int64), *(pl.col(name).mean() for name in FIGURES)]
    if by == "preference":
        found = [
            compare_paths(
                world, origins=origins, progress=progress, prefer=prefer, links=routing.links
            ).select(pl.lit(prefer).alias("prefer"), *means)
            for prefer in get_args(Prefer)
        ]
        return pl.concat(found)
    compared = compare_paths(world, origins=origins, progress=progress, routing=routing)
    if by == "monitor":
        key = pl.col("monitor").alias("asn")
    elif by == "nation":
        lands = world.networks.select(origin="asn", country="country")
        compared, key = compared.join(lands, on="origin", how="left"), pl.col("country")
    else:
        raise MisuseError.unknown("kind of row", by, ("preference", "monitor", "nation"))
    name = key.meta.output_name()
    return compared.group_by(key).agg(means).sort("pairs", name, descending=[True, False])


def with_fit(world: World, *, progress: Progress | None = None) -> World:
    """Add to the manifest of a world with observed paths how well the model does on them.

    By each order of preference, ``pairs`` and what :func:`check_model` tells of them, for 1,000
    origins that are drawn by chance.

    Examples
    --------
    >>> with_fit(world) is world  # it has no paths
    True
    """
    if not world.paths.height:
        return world
    found = check_model(world, origins=_ORIGINS, progress=progress)
    fit = {row.pop("prefer"): row for row in found.to_dicts()}
    return replace(world, manifest=msgspec.structs.replace(world.manifest, fit=fit))
