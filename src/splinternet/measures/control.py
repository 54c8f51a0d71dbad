"""Points of control: the fewest networks that most of a nation's addresses go through."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal, Unpack, get_args

import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choice import Choice
from splinternet.base.choices import MODELLED, PATHS, ROUTING, Choices, Counting, PathsFrom, Routing
from splinternet.base.columns import Column
from splinternet.base.errors import MisuseError
from splinternet.base.takes import Takes
from splinternet.measures.covering import Covered, cover_routes, cover_seen
from splinternet.measures.measure import OBSERVED, Figure, Measure, Rows, count_column, share_column
from splinternet.measures.nation import check_share, ends
from splinternet.measures.seen import Watched
from splinternet.measures.trimmed import check_paths
from splinternet.measures.upstream import Upstream
from splinternet.routing.sweep import Progress
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["MEASURE", "METHODS", "Method", "control", "points_of_control"]

#: As published, by providers alone; then by routes, picked greedily, and the fewest there can be.
Method = Literal["published", "greedy", "fewest"]

METHODS: tuple[str, ...] = get_args(Method)

TAKES = Takes(
    "control",
    (
        *ROUTING,
        "direction",
        "weights",
        "where",
        "outside",
        "vantages",
    ),
    own={
        "share": Choice(
            term="share",
            label="Share to be seen",
            doc="The share of the routes that is to be seen, instead of 90 %.",
            others="SHARE",
            read=float,
        ),
        "paths": PATHS,
    },
)

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


@typed
def control(
    world: World,
    country: str,
    *,
    share: float = 0.9,
    paths: PathsFrom = MODELLED,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Number of domestic networks that see a wanted share of a nation's traffic abroad.

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
    paths
        Whose paths are counted, as for :func:`~splinternet.measures.dependence.depend`; but no
        monitor is left out as extreme: a cover is of the traffic of all of them together.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them; see
        :mod:`splinternet.base.choices`. How routes are chosen plays no part in the
        published form.

    Returns
    -------
    polars.DataFrame
        A row for each ``method`` (``published``, ``greedy``, ``fewest``): ``networks`` (how
        many), ``lower_bound`` (proved: no cover has fewer), ``exact`` (whether the two are the
        same), ``share`` (what they see), ``each`` (addresses, or what else the weights are, of
        the nation for each) and ``complexity``, as published. The published form has no bound.
        There is no row but the published one where no path joins the nation and the networks
        abroad. With ``both`` the columns are ``method``, ``networks`` (modelled, from the same
        monitors), ``observed`` and ``difference``; the published form knows no paths.

    Raises
    ------
    MisuseError
        If there is no such country, choice or share, or nothing lies abroad.
    WorldError
        If the world has no network there, or not the figures to weigh by; or if paths are to be
        observed ones and no monitor shows any.
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

    Examples
    --------
    >>> control(world, "CU").columns
    ['method', 'networks', 'lower_bound', 'exact', 'share', 'each', 'complexity']
    """
    routing, counting = TAKES.chosen(routing, counting, choices)
    check_paths(paths)
    _check(share, counting.direction)
    if paths == "modelled":
        world = as_routed(world, routing)
        both = ends(world, country, counting, at_home=True)
        found = cover_routes(world, both, share, counting, routing, progress)
        return _table(world, both, share, counting, found)
    watched = Watched.of(world, ends(world, country, counting, at_home=True), country, counting)
    if paths == "observed":
        return _table(
            world, watched.ends, share, counting, cover_seen(world, watched, share, counting)
        )
    routing = replace(routing, observed="none")
    model = as_routed(world, routing)
    watched = watched.within(model)
    covers = (
        cover_seen(world, watched, share, counting),
        cover_routes(model, watched.ends, share, counting, routing, progress),
    )
    seen, modelled = (_table(model, watched.ends, share, counting, each) for each in covers)
    return (
        modelled.select("method", "networks")
        .join(seen.select("method", observed="networks"), on="method", how="left")
        .with_columns(difference=pl.col("observed") - pl.col("networks"))
    )


def _table(
    world: World,
    both: tuple[pl.DataFrame, pl.DataFrame],
    share: float,
    counting: Counting,
    found: Covered | None,
) -> pl.DataFrame:
    """A row for each method: the published one, and the two covers where there are any."""
    nation = both[counting.direction == "inbound"].sort("asn")
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


@typed
def points_of_control(
    world: World,
    country: str,
    *,
    method: Method = "fewest",
    share: float = 0.9,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Networks that :func:`control` counts.

    Parameters
    ----------
    method
        Which of its rows.
    world, country, share, routing, counting, choices
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

    Examples
    --------
    >>> points_of_control(world, "CU").select("asn").height
    1
    """
    if method not in METHODS:
        raise MisuseError.unknown("method", method, METHODS)
    routing, counting = TAKES.chosen(routing, counting, choices)
    world = as_routed(world, routing)
    _check(share, counting.direction)
    if method == "published":
        nation = _nation(world, country, counting)
        order, shares = Upstream.of(world, nation).greedy(share)
        asn = nation["asn"].gather(order)
    else:
        both = ends(world, country, counting, at_home=True)
        found = cover_routes(world, both, share, counting, routing, progress)
        if not found:
            return _named(world, pl.Series(dtype=pl.UInt32), [])
        cover = found.fewest(share) if method == "fewest" else found.greedy
        order, shares = found.set_cover.in_order(cover)
        asn = found.networks.gather(order)
    return _named(world, asn, shares)


def _named(world: World, asn: pl.Series, shares: list[float]) -> pl.DataFrame:
    picked = pl.DataFrame(
        {"asn": asn.cast(pl.UInt32), "share": shares}, schema_overrides={"share": pl.Float64}
    )
    return (
        picked.group_by("asn", maintain_order=True)
        .agg(pl.len().cast(pl.Int64).alias("networks"), pl.col("share").last())
        .join(world.named, on="asn", how="left", maintain_order="left")
        .select("asn", "name", "networks", "share")
        .sort("share", maintain_order=True)
    )


def _check(share: float, direction: str) -> None:
    check_share(share, "be seen")
    if direction not in ("inbound", "outbound"):
        raise MisuseError.unknown("direction", direction, ("inbound", "outbound"))


def _nation(world: World, country: str, counting: Counting) -> pl.DataFrame:
    both = ends(world, country, counting, at_home=True)
    return both[counting.direction == "inbound"].sort("asn")


def _summary(table: pl.DataFrame, country: str) -> dict[str, Any]:
    of = {row["method"]: row for row in table.iter_rows(named=True)}
    fewest, greedy = of.get("fewest", {}), of.get("greedy", {})
    return {
        "control_points": fewest.get("networks"),
        "control_points_bound": fewest.get("lower_bound"),
        "control_points_greedy": greedy.get("networks"),
        "control_points_published": of["published"]["networks"],
        "complexity": of["published"].get("complexity"),
    }


MEASURE = Measure(
    name="control",
    title="points of control",
    question="How many domestic networks see most of a nation's routes abroad?",
    source=(
        "Points of control: Roberts, Larochelle, Faris and Palfrey, Mapping Local Internet "
        "Control, Berkman Center, 2011, as published; by routes and integer programming, ours"
    ),
    table=control,
    takes=TAKES,
    columns=(
        Column("method", pl.Enum(METHODS), "How the networks were picked."),
        count_column("networks", "How many there are.", "networks"),
        count_column("lower_bound", "Proved: fewer cannot do.", "networks"),
        Column("exact", pl.Boolean(), "Whether both are the same.", optional=True),
        share_column("share", "Of the routes, those that they see."),
        Column(
            "each",
            pl.Float64(),
            "Weight of the nation that there is for each.",
            "addresses",
            optional=True,
            label="addresses for each",
        ),
        Column("complexity", pl.Float64(), "Complexity, as published.", "index", optional=True),
        *OBSERVED,
    ),
    figures=(
        Figure(
            "control_points",
            "networks",
            "Fewest networks that see 90 % of inbound paths.",
            label="Networks at home that together pass or receive 90% of the routes to it",
            headline=3,
            dated=3,
        ),
        Figure(
            "control_points_bound",
            "networks",
            "Proved: no fewer do.",
            label="Networks at home that it takes at the least, which is proved, to see 90%",
        ),
        Figure(
            "control_points_greedy",
            "networks",
            "How many if picked greedily.",
            label="Networks at home to see 90%, if the one that sees most is picked next",
        ),
        Figure(
            "control_points_published",
            "networks",
            "Points of control by providers alone.",
            label="Providers at home that together see 90%, as first published",
        ),
        Figure(
            "complexity",
            "1",
            "Complexity, as published with the points of control.",
            label="Complexity of its points of control (as Roberts and others defined it)",
        ),
    ),
    summary=_summary,
    rows=Rows(),
    quick=True,
)
