"""Dependents: the nations whose traffic passes a network or a state, the reverse question."""

from __future__ import annotations

from typing import Any, Unpack

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.asn import Asn, as_number, looks_like_asn
from splinternet.base.checked import typed
from splinternet.base.choices import ROUTING, Choices, Counting, Routing
from splinternet.base.countries import country_code, the_nation
from splinternet.base.errors import MisuseError
from splinternet.base.takes import Takes
from splinternet.measures.nation import in_country
from splinternet.measures.parallel import side_by_side
from splinternet.measures.vantages import named_vantages
from splinternet.routing.graph import graph_of
from splinternet.routing.passing import AnyOf, add_up
from splinternet.routing.sweep import Progress
from splinternet.routing.traffic import Traffic, weigh
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["TAKES", "dependents", "named_carrier", "networks_of"]

TAKES = Takes("dependents", (*ROUTING, "direction", "weights", "outside", "vantages"))


@typed
def dependents(
    world: World,
    carrier: Asn,
    *,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Nations whose traffic abroad passes a network, or any network of a state.

    One sweep over all destinations, by nation: the figures are those that
    :func:`~splinternet.measures.dependence.depend` gives for each nation in turn. Of a state only
    traffic of third parties counts: paths with no end in it.

    Parameters
    ----------
    world
        The world.
    carrier
        A network's number (``3356`` or ``AS3356``), or a state's code or English name.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them; see
        :mod:`splinternet.base.choices`.
    progress
        Told of nations done and of all.

    Returns
    -------
    polars.DataFrame
        ``country`` and ``share`` of its traffic (between 0 and 1), largest first; only nations
        with any. Nations none of whose networks weighs anything are left out, and the state itself.

    Raises
    ------
    MisuseError
        If there is no such network, country or choice, or no vantage is in the world.
    WorldError
        If the world has no network of the state.
    RoutingError
        If routes cannot be computed.

    Examples
    --------
    >>> dependents(world, "AS11960")["country"].first()
    'CU'
    """
    routing, counting = TAKES.chosen(routing, counting, choices)
    if counting.direction == "domestic":
        raise MisuseError("dependents have traffic abroad; take direction inbound or outbound")
    world = as_routed(world, routing)
    graph, networks = graph_of(world), networks_of(world, carrier)
    count = AnyOf(networks.to_numpy())
    traffic = _traffic(world, counting)
    country = world.networks.sort("asn")["country"].to_numpy()
    vantage = _at(world, named_vantages(world, counting.vantages))
    third = np.ones(len(country), dtype=bool) if looks_like_asn(carrier) else ~_at(world, networks)

    def share(code: str) -> float:
        here = country == code
        home, abroad = here & third, ~here & third & vantage
        ways = (abroad, home) if counting.direction == "inbound" else (home, abroad)
        demand = traffic.only(*ways).on(graph)
        passed = add_up(graph, demand, routing, count) if demand.offered > 0 else 0
        return int(passed) / max(demand.offered, 1)

    codes = sorted({code for code in country if code is not None})
    shares = side_by_side(share, codes, progress)
    schema = {"country": pl.String, "share": pl.Float64}
    found = pl.DataFrame({"country": codes, "share": shares}, schema=schema)
    return found.filter(pl.col("share") > 0).sort("share", "country", descending=[True, False])


def networks_of(world: World, carrier: Asn) -> pl.Series:
    """Return the ASNs that a network's number, or a state's code or name, stands for.

    Raises
    ------
    MisuseError
        If there is no such network or country.
    WorldError
        If the world has no network of the state.
    """
    if not looks_like_asn(carrier):
        return in_country(world, country_code(str(carrier)))
    asn = as_number(carrier)
    found = world.networks.filter(pl.col("asn") == asn)["asn"]
    if not len(found):
        raise MisuseError(f"AS{asn} is not in world {world.manifest.name}")
    return found


def named_carrier(world: World, carrier: Asn) -> str:
    """Name a carrier within a sentence: ``AS3356 (Level 3 Parent, LLC)``, ``networks of Russia``.

    Raises
    ------
    MisuseError, WorldError
        As :func:`networks_of`.
    """
    networks = networks_of(world, carrier)
    if not looks_like_asn(carrier):
        return f"networks of {the_nation(country_code(str(carrier)))}"
    asn = networks[0]
    name = world.named.filter(pl.col("asn") == asn)["name"][0]
    return f"AS{asn} ({name})" if name else f"AS{asn}"


def _traffic(world: World, counting: Counting) -> Traffic:
    """Traffic between all networks: those of a nation count by weight, those abroad by another."""
    nation, abroad = weigh(world, counting.weights), weigh(world, counting.outside)
    inbound = counting.direction == "inbound"
    ends = (abroad, nation) if inbound else (nation, abroad)
    return Traffic.of(world, graph_of(world), *ends)


def _at(world: World, networks: pl.Series) -> npt.NDArray[np.bool_]:
    """Mark these among the networks, ascending; shape ``(networks,)``."""
    marked: Any = world.networks.sort("asn")["asn"].is_in(networks.implode())
    return np.asarray(marked.to_numpy(), dtype=bool)
