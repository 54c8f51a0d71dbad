"""Points of control: the fewest networks that most of a nation's addresses go through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import polars as pl

from splinternet.base.choices import Prefer, TieBreak
from splinternet.base.errors import MisuseError
from splinternet.measures.covering import Cover, Covering
from splinternet.measures.measure import Figure, Measure
from splinternet.measures.nation import Direction, ends
from splinternet.measures.upstream import Upstream
from splinternet.routing.path_sets import path_sets
from splinternet.routing.sweep import Progress
from splinternet.routing.traffic import Weights
from splinternet.routing.transit import transit
from splinternet.world.world import World

__all__ = ["MEASURE", "METHODS", "Method", "control", "points_of_control"]

#: As published, by providers alone; then by routes, picked greedily, and the fewest there can be.
Method = Literal["published", "greedy", "fewest"]

METHODS: tuple[str, ...] = get_args(Method)

#: So many networks are tried first; more if the greedy cover might need others.
_CANDIDATES = 128

_METHODS = pl.Schema(
    {
        "method": pl.Enum(METHODS),
        "networks": pl.Int64(),
        "lower_bound": pl.Int64(),
        "exact": pl.Boolean(),
        "share": pl.Float64(),
        "each": pl.Float64(),
        "complexity": pl.Float64(),
    }
)


def control(
    world: World,
    country: str,
    *,
    share: float = 0.9,
    direction: Direction = "inbound",
    weights: Weights = "addresses",
    prefer: Prefer = "customer-first",
    tie_break: TieBreak = "split",
    progress: Progress | None = None,
) -> pl.DataFrame:
    """How many domestic networks see a wanted share of a nation's traffic abroad.

    A path is seen by every domestic network on it, its domestic end included. The fewest that
    together see enough are found by integer programming: minimise the number of networks so
    that ``sum over s of w(s) y(s) >= share``, with ``s`` the sets of domestic networks that paths
    pass, ``w(s)`` the part of the traffic that passes just these, and ``y(s)`` 1 if one of them is
    picked. The greedy cover is beside it, and the points of control as published.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name.
    share
        How much of the traffic is to be seen, above 0 and up to 1.
    direction
        ``inbound``: paths from every network abroad to the nation; ``outbound``: the reverse.
    weights
        What a domestic network counts.
    prefer, tie_break
        How networks choose routes; see :class:`~splinternet.base.choices.Routing`. They play no
        part in the published form.

    Returns
    -------
    polars.DataFrame
        A row for each ``method`` (``published``, ``greedy``, ``fewest``): ``networks`` (how
        many), ``lower_bound`` (proved: no cover has fewer), ``exact`` (whether the two are the
        same), ``share`` (what they see), ``each`` (addresses, or what else the weights are, of
        the nation for each) and ``complexity``, as published. The published form has no bound.
        There is no row but the published one where no path joins the nation and the networks
        abroad.

    Raises
    ------
    MisuseError
        If there is no such country, direction, weight or share, or nothing lies abroad.
    WorldError
        If the world has no network there, or not the figures to weigh by.
    RoutingError
        If routes cannot be computed.

    Notes
    -----
    The published form is that of Roberts, Larochelle, Faris and Palfrey, "Mapping Local Internet
    Control" (Berkman Center, 2011): peering is left out, all foreign networks are one provider, a
    network divides its addresses, and those that its customers send up, equally over its
    providers, and networks that raise the covered share of the addresses most are picked until it
    is 90 %. Complexity is 100,000 N sum(CI) / I², with N networks, I addresses, and CI those that
    are connected to each network, its own and its customers'. They left out nations below 25,000
    addresses.

    Ours counts traffic that has a route; what has none cannot be seen by anybody. It stops with a
    gap between ``networks`` and ``lower_bound`` if the integer program takes too long.
    """
    _check(share, direction)
    nation = _nation(world, country, direction, weights)
    upstream = Upstream.of(world, nation)
    order, covered = upstream.greedy(share)
    total = float(nation["weight"].sum())
    rows: list[dict[str, Any]] = [
        {
            "method": "published",
            "networks": len(order),
            "share": covered[-1],
            "each": total / len(order),
            "complexity": upstream.complexity,
        }
    ]
    found = _cover(world, country, share, direction, weights, prefer, tie_break, progress)
    if found:
        fewest = found.fewest(share)
        rows += [
            {
                "method": method,
                "networks": cover.size,
                "lower_bound": fewest.lower_bound,
                "exact": cover.size == fewest.lower_bound,
                "share": cover.share,
                "each": total / cover.size,
            }
            for method, cover in (("greedy", found.greedy), ("fewest", fewest))
        ]
    return pl.DataFrame(rows, schema=_METHODS)


def points_of_control(
    world: World,
    country: str,
    *,
    method: Method = "fewest",
    share: float = 0.9,
    direction: Direction = "inbound",
    weights: Weights = "addresses",
    prefer: Prefer = "customer-first",
    tie_break: TieBreak = "split",
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Name the networks that :func:`control` counts.

    Parameters
    ----------
    method
        Which of its rows.
    world, country, share, direction, weights, prefer, tie_break
        As for :func:`control`.

    Returns
    -------
    polars.DataFrame
        ``asn``, ``name``, ``networks`` (how many of a digest's group; else 1) and ``share``, which
        these and those above see together, in the order in which each adds the most. Empty where
        no path joins the nation and the networks abroad. There can be other covers as small.

    Raises
    ------
    MisuseError, WorldError, RoutingError
        As for :func:`control`.
    """
    if method not in METHODS:
        raise MisuseError.unknown("method", method, METHODS)
    _check(share, direction)
    if method == "published":
        nation = _nation(world, country, direction, weights)
        order, shares = Upstream.of(world, nation).greedy(share)
        asn = nation["asn"].gather(order)
    else:
        found = _cover(world, country, share, direction, weights, prefer, tie_break, progress)
        if not found:
            return _named(world, pl.Series(dtype=pl.UInt32), [])
        cover = found.fewest(share) if method == "fewest" else found.greedy
        order, shares = found.covering.in_order(cover)
        asn = found.networks.gather(order)
    return _named(world, asn, shares)


def _named(world: World, asn: pl.Series, shares: list[float]) -> pl.DataFrame:
    picked = pl.DataFrame(
        {"asn": asn.cast(pl.UInt32), "share": shares}, schema_overrides={"share": pl.Float64}
    )
    return (
        picked.group_by("asn", maintain_order=True)
        .agg(pl.len().cast(pl.Int64).alias("networks"), pl.col("share").last())
        .join(world.networks, on="asn", how="left", maintain_order="left")
        .select("asn", "name", "networks", "share")
        .sort("share", maintain_order=True)
    )


def _check(share: float, direction: str) -> None:
    if not 0 < share <= 1:
        raise MisuseError(f"a share of {share} cannot be wanted; name one above 0 and up to 1")
    if direction not in ("inbound", "outbound"):
        raise MisuseError.unknown("direction", direction, ("inbound", "outbound"))


def _nation(world: World, country: str, direction: Direction, weights: Weights) -> pl.DataFrame:
    both = ends(world, country, direction, weights)
    return both[direction == "inbound"].sort("asn")


@dataclass(frozen=True, eq=False)
class _Found:
    """The covering of a nation by some of its networks, and the greedy cover."""

    networks: pl.Series
    covering: Covering
    greedy: Cover

    def fewest(self, share: float) -> Cover:
        return self.covering.fewest(share, self.greedy)


def _cover(
    world: World,
    country: str,
    share: float,
    direction: Direction,
    weights: Weights,
    prefer: Prefer,
    tie_break: TieBreak,
    progress: Progress | None,
) -> _Found | None:
    """Cover the nation by the networks that are on most of its paths; None if there is no path.

    Those that are left out may be needed only if each of them is on more than the last of the
    greedy cover adds: then more are taken.
    """
    both = ends(world, country, direction, weights)
    passed = transit(world, *both, prefer=prefer, tie_break=tie_break, progress=progress)
    nation = both[direction == "inbound"].join(passed, on="asn", how="left")
    nation = nation.join(world.networks.select("asn", "members"), on="asn").select(
        "asn",
        "members",
        # An end of a path counts here; one network of a group is at the end of its own paths.
        seen=pl.col("share").fill_null(0)
        + pl.col("weight") / pl.col("weight").sum() / pl.col("members"),
    )
    nation = nation.filter(pl.col("seen") > 0).sort("seen", "asn", descending=[True, False])
    many = _CANDIDATES
    while True:
        some = nation.head(many)
        sets = path_sets(
            world, some["asn"], *both, prefer=prefer, tie_break=tie_break, progress=progress
        )
        if not sets.routed:
            return None
        covering = Covering(
            share=sets.share,
            start=sets.start,
            member=sets.member,
            most=some["members"].to_numpy(),
            unsure=float(sets.share[sets.clipped].sum()),
            other=nation["seen"][many] / sets.routed if many < nation.height else 0.0,
        )
        greedy = covering.greedy(share)
        if greedy:
            return _Found(some["asn"], covering, greedy)
        many *= 2


def _summary(table: pl.DataFrame, country: str) -> dict[str, Any]:
    of = {row["method"]: row for row in table.iter_rows(named=True)}
    fewest, greedy = of.get("fewest", {}), of.get("greedy", {})
    return {
        "control_points": fewest.get("networks"),
        "control_points_bound": fewest.get("lower_bound"),
        "control_points_greedy": greedy.get("networks"),
        "control_points_published": of["published"]["networks"],
        "complexity": of["published"]["complexity"],
    }


MEASURE = Measure(
    name="control",
    question="How many domestic networks see most of a nation's traffic abroad?",
    source=(
        "Points of control: Roberts, Larochelle, Faris and Palfrey, Mapping Local Internet "
        "Control, Berkman Center, 2011, as published; by routes and integer programming, ours"
    ),
    table=control,
    figures=(
        Figure("control_points", "networks", "Fewest networks that see 90 % of inbound paths."),
        Figure("control_points_bound", "networks", "Proved: no fewer do."),
        Figure("control_points_greedy", "networks", "How many if picked greedily."),
        Figure("control_points_published", "networks", "Points of control by providers alone."),
        Figure("complexity", "1", "Complexity, as published with the points of control."),
    ),
    summary=_summary,
)
