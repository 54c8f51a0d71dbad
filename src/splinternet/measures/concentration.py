"""Concentration: whether many foreign providers share a nation's traffic abroad, or a few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Unpack

import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import ROUTING, Choices, Counting, Routing, Where
from splinternet.base.frames import check_columns
from splinternet.base.takes import Takes
from splinternet.measures.dependence import depend
from splinternet.measures.measure import ASN, COUNTRY, DOUBT, NAME, Figure, Measure, share_column
from splinternet.measures.nation import in_country
from splinternet.routing.sweep import Progress
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["MEASURE", "Concentration", "concentration", "foreign_providers"]

TAKES = Takes(
    "concentration",
    (
        *ROUTING,
        "direction",
        "weights",
        "where",
        "outside",
        "vantages",
    ),
)


@dataclass(frozen=True)
class Concentration:
    """How unequally foreign providers share what they carry.

    Attributes
    ----------
    hhi
        Herfindahl-Hirschman index: the sum of the providers' squared parts of all that they
        carry together, from ``1 / providers`` (all alike) to 1 (one has all); no unit.
    providers
        How many carry anything. In a digest at least so many: a group counts one, and lesser links
        are left out.
    """

    hhi: float
    providers: int

    @property
    def effective(self) -> float:
        """Effective number of providers: so many equal ones would give the same index."""
        return 1 / self.hhi

    @property
    def level(self) -> str:
        """``low``, ``moderate`` or ``high``: up to 0.10, up to 0.18, above.

        The bounds are those of the United States' competition agencies, which write the index
        times 10,000 (https://www.justice.gov/atr/herfindahl-hirschman-index).
        """
        return "high" if self.hhi > 0.18 else "moderate" if self.hhi > 0.10 else "low"


@typed
def concentration(
    world: World, country: str, shares: pl.DataFrame, *, where: Where = Counting().where
) -> Concentration | None:
    """Concentration of the foreign providers of a nation.

    These are the networks not known to be the nation's that sell transit to one of its own, each
    with its share of the nation's traffic. Carriers further away, of which each of their own
    customers needs one, tell nothing of the choice that the nation has.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name of the nation.
    shares
        ``asn`` and ``share``, as from :func:`splinternet.measures.dependence.depend` by network.
        As a path can pass several providers, the shares are first brought to a sum of 1.
    where
        Which networks are the nation's: those registered there, or, if ``located``, those with
        most of their addresses there.

    Returns
    -------
    Concentration or None
        None if no foreign provider carries anything.

    Raises
    ------
    MisuseError
        If there is no such country.
    WorldError
        If the world has no network there, or does not know where addresses are.

    Notes
    -----
    The index is that of Hirschman (National Power and the Structure of Foreign Trade, 1945) and
    Herfindahl (1950); its inverse is the effective number of Laakso and Taagepera (Comparative
    Political Studies 12(1), 1979).

    Examples
    --------
    >>> concentration(world, "CU", depend(world, "CU")).providers
    8
    """
    form = "give what depend(world, country) gives"
    check_columns(shares, "shares", {"asn": "AS numbers", "share": "numbers"}, form)
    carried = _carried(world, in_country(world, country, where), shares)
    if not carried.height:
        return None
    return Concentration(hhi=float((carried["part"] ** 2).sum()), providers=carried.height)


def foreign_providers(
    world: World,
    country: str,
    *,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """List the foreign providers of a nation, with their parts of what they carry together.

    Parameters
    ----------
    world, country, routing, counting, choices
        As for :func:`~splinternet.measures.dependence.depend`.

    Returns
    -------
    polars.DataFrame
        ``asn``, ``name``, ``country``, ``share`` (of the nation's traffic) and ``part`` (of the
        sum of the shares), largest first; the squares of the parts add up to the index of
        :func:`concentration`. Empty if no foreign provider carries anything.

    Raises
    ------
    MisuseError, WorldError, RoutingError
        As for :func:`~splinternet.measures.dependence.depend`.
    """
    routing, counting = TAKES.chosen(routing, counting, choices)
    world = as_routed(world, routing)
    shares = depend(world, country, routing=routing, counting=counting, progress=progress)
    return _carried(world, in_country(world, country, counting.where), shares)


def _carried(world: World, networks: pl.Series, shares: pl.DataFrame) -> pl.DataFrame:
    """Leave the foreign networks that sell transit to a nation's networks, and carry any."""
    home = networks.implode()
    abroad = world.links.filter(
        (pl.col("kind") == "p2c") & pl.col("b").is_in(home) & ~pl.col("a").is_in(home)
    )
    carried = shares.filter(pl.col("asn").is_in(abroad["a"].implode()) & (pl.col("share") > 0))
    return carried.with_columns(part=pl.col("share") / pl.col("share").sum())


def _summary(table: pl.DataFrame, country: str) -> dict[str, Any]:
    if not table.height:
        return {"hhi": None, "effective_providers": None, "providers": 0}
    found = Concentration(hhi=float((table["part"] ** 2).sum()), providers=table.height)
    return {
        "hhi": found.hhi,
        "effective_providers": found.effective,
        "providers": found.providers,
    }


MEASURE = Measure(
    name="concentration",
    title="concentration of providers",
    question="Do many foreign providers share the nation's routes abroad, or a few?",
    source="Herfindahl-Hirschman index; effective number: Laakso and Taagepera, 1979",
    table=foreign_providers,
    takes=TAKES,
    columns=(
        ASN,
        NAME,
        COUNTRY,
        share_column("share", "Of the nation's routes abroad, what passes it."),
        DOUBT,
        share_column("part", "Its part of what all of them carry.", "part of all providers'"),
    ),
    figures=(
        Figure(
            "hhi",
            "",
            "Index of the foreign providers' parts: 1 if one has all.",
            label="Concentration of its foreign providers, from 0 to 1, where one has all "
            "(Herfindahl-Hirschman index)",
        ),
        Figure(
            "effective_providers",
            "networks",
            "So many equal providers would give the same.",
            label="Equal foreign providers that would be as concentrated",
        ),
        Figure(
            "providers",
            "networks",
            "Foreign providers that carry anything.",
            label="Foreign networks that sell it transit and carry anything",
        ),
    ),
    summary=_summary,
    quick=True,
    to_all=False,
)
