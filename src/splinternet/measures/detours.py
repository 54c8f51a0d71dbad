"""Detours: what of a nation's domestic traffic leaves it on the way, and through whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Unpack

import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import ROUTING, Choices, Counting, Routing
from splinternet.base.columns import Column
from splinternet.base.countries import country_code
from splinternet.base.takes import Takes
from splinternet.measures.measure import ASN, COUNTRY, NAME, Figure, Measure, Rows, share_column
from splinternet.measures.nation import ends
from splinternet.routing.sweep import Progress
from splinternet.routing.transit import crossing, passing, transit
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["MEASURE", "detours"]

TAKES = Takes("detours", (*ROUTING, "weights", "where"))


@typed
def detours(
    world: World,
    country: str,
    *,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Share of a nation's domestic traffic whose path leaves it, and through whom.

    Every pair of two networks of the nation counts by the product of their weights. A path leaves
    the nation if any network on it is not the nation's.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name of the nation.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them; see
        :mod:`splinternet.base.choices`.

    Returns
    -------
    polars.DataFrame
        ``through``, ``asn``, ``name``, ``country``, ``share`` (of all domestic pairs, also those
        without a route). First two rows that hold the truth between them: ``abroad``, through any
        network known to be foreign; ``abroad or unknown``, also through those whose country is
        not known. Then what passes each foreign ``state`` (without a country: the unknown ones),
        and each ``network`` not known to be domestic, largest first.

    Raises
    ------
    MisuseError
        If there is no such country or choice.
    WorldError
        If the world has fewer than two networks there, or not the figures to weigh by.
    RoutingError
        If routes cannot be computed.

    Notes
    -----
    Shah, Fontugne and Papadopoulos, Towards Characterizing International Routing Detours, 2016,
    https://arxiv.org/abs/1606.05047: a detour begins and ends in one country and visits another
    between; "boomerang routing" in Clement and Obar, 2013. Theirs are counts of observed paths.
    Here a network has one country: a domestic path over the lines abroad of a domestic network is
    missed, and one over the domestic lines of a foreign carrier is counted.

    Examples
    --------
    >>> detours(world, "CU").columns
    ['through', 'asn', 'name', 'country', 'share']
    """
    code = country_code(country)
    routing, counting = TAKES.chosen(routing, counting, choices)
    world = as_routed(world, routing)
    both = ends(world, code, replace(counting, direction="domestic"))
    networks = world.networks
    foreign = networks.filter(pl.col("country") != code)["asn"]
    others = networks.filter(pl.col("country").ne_missing(code))["asn"]
    total = {
        name: passing(world, group, *both, routing=routing, progress=progress)
        for name, group in (("abroad", foreign), ("abroad or unknown", others))
    }
    states = crossing(
        world,
        networks.select("asn", group="country"),
        *both,
        routing=routing,
        progress=progress,
    ).rename({"group": "country"})
    carriers = transit(world, *both, routing=routing, progress=progress).join(
        world.named.select("asn", "name", "country"), on="asn", how="left", maintain_order="left"
    )
    columns = ("through", "asn", "name", "country", "share")
    away = pl.col("country").ne_missing(code)
    rows = [
        pl.DataFrame({"through": list(total), "share": list(total.values())}),
        states.filter(away).with_columns(through=pl.lit("state")),
        carriers.filter(away).with_columns(through=pl.lit("network")),
    ]
    schema = {"asn": pl.UInt32, "name": pl.String, "country": pl.String}
    return pl.concat(
        [
            row.with_columns(
                pl.lit(None, dtype).alias(name)
                for name, dtype in schema.items()
                if name not in row.columns
            ).select(columns)
            for row in rows
        ]
    )


def _summary(table: pl.DataFrame, country: str) -> dict[str, Any]:
    states = table.filter((pl.col("through") == "state") & pl.col("country").is_not_null())
    return {
        "detours": table["share"][0],
        "detours_or_unknown": table["share"][1],
        "detours_through": states["country"].first() if states.height else None,
    }


MEASURE = Measure(
    name="detours",
    title="detours of domestic routes",
    question="What of the nation's domestic routes leave it on the way, and through whom?",
    source=(
        "Shah, Fontugne and Papadopoulos, Towards Characterizing International Routing Detours, "
        "2016, https://arxiv.org/abs/1606.05047"
    ),
    table=detours,
    takes=TAKES,
    columns=(
        ASN,
        NAME,
        COUNTRY,
        Column("through", pl.String(), "Kind of thing passed: all abroad, a state, a network."),
        share_column("share", "Of the routes between the nation's own networks, what passes it."),
    ),
    figures=(
        Figure(
            "detours",
            "share",
            "Domestic routes that pass a network known to be foreign.",
            label="Routes within it that pass a network known to be foreign",
            dated=5,
            mapped=4,
        ),
        Figure(
            "detours_or_unknown",
            "share",
            "The same, or through ones of no known country.",
            label="Routes within it that pass a foreign network or one of no known country",
        ),
        Figure(
            "detours_through",
            "country",
            "The state that most of it passes.",
            label="The state through which most of these detours lead",
        ),
    ),
    summary=_summary,
    rows=Rows("share"),
)
