"""Censorship resilience: what still leaves a nation past its busiest border networks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from operator import index
from typing import Any, Unpack

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choice import Choice
from splinternet.base.choices import ROUTING, Choices, Counting, Routing
from splinternet.base.columns import Column
from splinternet.base.errors import MisuseError
from splinternet.base.takes import Takes
from splinternet.measures.measure import Figure, Measure, Rows, share_column
from splinternet.measures.nation import ends
from splinternet.routing.avoiding import arriving, avoiding, leaving
from splinternet.routing.sweep import Progress
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["MEASURE", "choke_points", "crp"]

_CENSORS = (1, 5, 10)


def _read_censors(given: str | int | Iterable[int]) -> tuple[int, ...]:
    """Read numbers of censors, also as text with commas between; each once, ascending.

    Raises
    ------
    MisuseError
        If one is no whole number of one or more.
    """
    parts = given.split(",") if isinstance(given, str) else given
    try:
        each: tuple[Any, ...] = tuple(parts if isinstance(parts, Iterable) else (parts,))
        numbers = {int(n) if isinstance(n, str) else index(n) for n in each}
    except (TypeError, ValueError):
        raise MisuseError(f"{given!r} are no numbers of censors; give some, as 1,5") from None
    if any(number < 1 for number in numbers):
        raise MisuseError(f"there cannot be {min(numbers)} censors; ask for one or more")
    return tuple(sorted(numbers))


#: Each network counts one, as in the paper.
TAKES = Takes(
    "crp",
    (*ROUTING, "weights", "where", "outside", "vantages"),
    own={
        "censors": Choice(
            term="number of censors",
            label="Censors",
            doc="Numbers of busiest exits that censor, with commas between.",
            others="N,N",
            read=_read_censors,
            of_rows=True,
        )
    },
    counting=Counting(weights="networks"),
)


@typed
def choke_points(
    world: World,
    country: str,
    *,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Choke potential of a nation's border networks.

    The share of the nation's outbound traffic that a network hands to one abroad: what it could
    hold up at the border. Paths go from every network of the nation to every other network.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name of the nation.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them; see
        :mod:`splinternet.base.choices`. By default a
        network counts one.

    Returns
    -------
    polars.DataFrame
        ``asn``, ``name``, ``members`` (networks that it stands for, above 1 only in a digest) and
        ``share`` of the traffic that has a route; those first that choke most, by member, those
        equal to six decimals by ASN. Only networks with any share, so none if the nation has no
        route abroad. The shares add up to 1, and to more where paths leave the nation repeatedly.

    Raises
    ------
    MisuseError
        If there is no such country or choice, or nothing lies abroad.
    WorldError
        If the world has no network there, or not the figures to weigh by.
    RoutingError
        If routes cannot be computed.

    Notes
    -----
    Ivanovic, Wirz, Subirà Nieto and Perrig, Charting Censorship Resilience and Global Internet
    Reachability, IFIP Networking 2024, https://arxiv.org/abs/2403.09447. Here every network that
    is at home in the nation is one of it, whether or not links within the nation join it to
    the others; theirs are only those of the largest part so joined.

    Examples
    --------
    >>> choke_points(world, "CU").height
    1
    """
    routing, counting = TAKES.chosen(routing, counting, choices)
    world = as_routed(world, routing)
    both = ends(world, country, replace(counting, direction="outbound"), at_home=True)
    handed = leaving(world, *both, routing=routing, progress=progress)
    return _rank(world, both[0]["asn"], handed, arriving(world, *both))


def _rank(
    world: World, home: pl.Series, handed: npt.NDArray[np.float64], routed: float
) -> pl.DataFrame:
    """Order networks by what each hands abroad, as a share of all that has a route."""
    share = pl.Series(handed / routed if routed else handed)
    by_member = (pl.col("share") / pl.col("members")).round(6)
    return (
        pl.DataFrame({"asn": home, "share": share})
        .filter(pl.col("share") > 0)
        .join(world.named, on="asn")
        .sort(by_member, "asn", descending=[True, False])
        .select("asn", "name", "members", "share")
    )


@typed
def crp(
    world: World,
    country: str,
    *,
    censors: int | str | Iterable[int] = _CENSORS,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Censorship resilience potential: what still leaves a nation past its N busiest exits.

    The share of the nation's outbound traffic with a route, that neither starts at a censor nor
    passes one. The censors are the N border networks with the largest :func:`choke_points`, all
    if there are fewer. Paths stay as they are: nobody routes around a censor.

    Parameters
    ----------
    censors
        Numbers N of censors, one or more.
    world, country, routing, counting, choices, progress
        As for :func:`choke_points`.

    Returns
    -------
    polars.DataFrame
        ``censors`` and ``share``, by the former; no rows if the nation has no route abroad. In a
        digest a group of networks counts as so many censors.

    Raises
    ------
    MisuseError
        If a number of censors is below one; and as for :func:`choke_points`.
    WorldError, RoutingError
        As for :func:`choke_points`.

    Notes
    -----
    Defined in the paper that :func:`choke_points` names.

    Examples
    --------
    >>> crp(world, "CU").columns
    ['censors', 'share']
    """
    numbers = _read_censors(censors)
    routing, counting = TAKES.chosen(routing, counting, choices)
    world = as_routed(world, routing)
    both = ends(world, country, replace(counting, direction="outbound"), at_home=True)
    sources = both[0]
    handed = leaving(world, *both, routing=routing, progress=progress)
    routed = arriving(world, *both)
    if not routed or not numbers:
        return pl.DataFrame(schema={"censors": pl.Int64, "share": pl.Float64})
    points = _rank(world, sources["asn"], handed, routed)
    chosen = [_first(points, number) for number in numbers]
    whole = [each.filter(pl.col("part") == 1)["asn"] for each in chosen]
    clear = avoiding(world, whole, *both, routing=routing, progress=progress)
    weight = sources["weight"].to_numpy()
    shares = []
    for each, arrives in zip(chosen, clear, strict=True):
        part = sources.join(each, on="asn", how="left", maintain_order="left")["part"].fill_null(0)
        shares.append(weight * (1 - part.to_numpy()) @ arrives / weight.sum() / routed)
    return pl.DataFrame({"censors": numbers, "share": shares})


def _first(points: pl.DataFrame, number: int) -> pl.DataFrame:
    """Make the first networks censors: ``asn`` and what ``part`` of its members, if any."""
    before = pl.col("members").cum_sum() - pl.col("members")
    part = ((number - before) / pl.col("members")).clip(0, 1)
    return points.select("asn", part=part).filter(pl.col("part") > 0)


def _summary(table: pl.DataFrame, country: str) -> dict[str, Any]:
    shares = dict(table.select("censors", "share").iter_rows())
    return {f"crp_{number}": shares.get(number) for number in _CENSORS}


def _exits(number: int, whose: str = "the") -> str:
    return f"{whose} busiest exit" if number == 1 else f"{whose} {number} busiest exits"


MEASURE = Measure(
    name="crp",
    title="resilience to censorship at its exits",
    question="What of the nation's routes abroad gets past its busiest exits, if they censor?",
    source=(
        "Censorship resilience potential: Ivanovic et al., IFIP Networking 2024, "
        "https://arxiv.org/abs/2403.09447"
    ),
    table=crp,
    takes=TAKES,
    columns=(
        Column("censors", pl.Int64(), "How many of its busiest exits censor."),
        share_column("share", "Of its routes abroad, what gets past them."),
    ),
    figures=tuple(
        Figure(
            f"crp_{number}",
            "share",
            f"Outbound routes that keep clear of {_exits(number)}.",
            label=f"Routes out of it that keep clear of {_exits(number, 'its')}",
        )
        for number in _CENSORS
    ),
    summary=_summary,
    rows=Rows(),
)
