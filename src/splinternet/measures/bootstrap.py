"""How sure a measure is: the interval it takes when links are wrong as often as links are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import Counting, Routing
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.catalogue import find_measure
from splinternet.measures.measure import Measure
from splinternet.measures.parallel import side_by_side
from splinternet.routing.graph import graph_of
from splinternet.routing.sweep import Progress
from splinternet.world.learned import as_routed
from splinternet.world.schema import KINDS, TABLES
from splinternet.world.world import World

__all__ = ["ErrorRates", "bootstrap", "perturbed"]

#: Part of the replicates between the two ends of an interval.
_INSIDE = 0.95


@dataclass(frozen=True)
class ErrorRates:
    """How often a link of a world is dropped or taken for the other kind.

    Attributes
    ----------
    drop_transit, drop_peering
        Part of the links between provider and customer, and between peers, that are dropped.
        Public BGP data show nearly all of the former and miss most of the latter: He et al. (NSDI
        2007) found 300 % more, Giotsas et al. (CoNEXT 2013) four times as many at exchanges. The
        rates are ours and keep that order; dropping can show what hangs on links that might as
        well have been missed, not what the missed ones would change.
    flip_transit, flip_peering
        Part that is of the other kind in truth: 0.4 % and 1.3 %, as 99.6 % and 98.7 % of those
        inferred were right where they could be checked (Luckie et al., IMC 2013).

    Raises
    ------
    MisuseError
        If a rate is not between 0 and 1, or more than all links would go.
    """

    drop_transit: float = 0.01
    drop_peering: float = 0.20
    flip_transit: float = 0.004
    flip_peering: float = 0.013

    def __post_init__(self) -> None:
        for kind in ("transit", "peering"):
            drop, flip = getattr(self, f"drop_{kind}"), getattr(self, f"flip_{kind}")
            if not (0 <= drop <= 1 and 0 <= flip <= 1 and drop + flip <= 1):
                raise MisuseError(
                    f"error rates of {kind} links are {drop} and {flip}; each is from 0 to 1, and "
                    "both together at most 1"
                )

    def __str__(self) -> str:
        return (
            f"with {self.drop_transit:.1%} of transit and {self.drop_peering:.1%} of peering "
            f"links dropped, {self.flip_transit:.1%} and {self.flip_peering:.1%} of the other kind"
        )


def bootstrap(
    world: World,
    measure: str | Measure,
    country: str,
    replicates: int = 100,
    *,
    rates: ErrorRates | None = None,
    seed: int = 0,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Any,  # noqa: ANN401 (of the measure, which checks them)
) -> pl.DataFrame:
    """Compute a measure with an interval beside each figure.

    The measure is computed again on worlds whose links were dropped or changed at the given
    rates, at random. The interval holds 95 % of what came out. As links only go and none come, it
    need not hold the figure itself.

    Parameters
    ----------
    world
        The world.
    measure
        The measure, or its name.
    country
        Code or English name of the nation.
    replicates
        How many worlds; 100 give a fair interval.
    rates
        How often links are wrong.
    seed
        The same seed gives the same worlds.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them, see
        :mod:`splinternet.base.choices`, and options of the measure.

    Returns
    -------
    polars.DataFrame
        The measure's table; after each column of figures ``_low`` and ``_high``, null where it is.
        A row that a replicate has not got counts 0 there, and every row where nothing is left to
        measure. What the measure chooses by default on the world (who observes, the core, the
        vantages) is the same in all replicates.

    Raises
    ------
    MisuseError
        If there are fewer than two replicates.
    SplinternetError
        What the measure raises on the world itself.
    """
    if replicates < 2:
        raise MisuseError("an interval takes two replicates or more; 100 give a fair one")
    measure = find_measure(measure)
    routing, counting = measure.takes.chosen(routing, counting, choices)
    world = as_routed(world, routing)
    own = {name: value for name, value in choices.items() if name in measure.takes.own}
    options = {**measure.takes.said(routing, counting), **own}
    if measure.settle:
        options |= measure.settle(world, country, **options)
    table = measure.table(world, country, **options)
    shares = [
        name
        for name, dtype in table.schema.items()
        if dtype.is_float() or (dtype == pl.Int64 and name not in measure.naming)
    ]
    # Not whether a figure is exact: that differs from one world to another, as figures do.
    keys = [
        name
        for name, dtype in table.schema.items()
        if name not in shares and name != "name" and dtype != pl.Boolean
    ]
    draws = np.zeros((replicates, len(shares), table.height))

    def draw(number: int) -> None:
        other = perturbed(world, rates or ErrorRates(), np.random.default_rng([seed, number]))
        try:
            found = measure.table(other, country, **options)
        except (MisuseError, WorldError):
            return  # nothing was left to measure: 0 throughout
        beside = table.select(keys).join(
            found.select(*keys, *shares), on=keys, how="left", nulls_equal=True,
            maintain_order="left",
        )  # fmt: skip
        draws[number] = beside.select(pl.col(shares).fill_null(0.0)).to_numpy().T

    side_by_side(draw, range(replicates), progress)
    ends = [(1 - _INSIDE) / 2, (1 + _INSIDE) / 2]
    low, high = np.quantile(draws, ends, axis=0)
    columns: list[pl.Series] = []
    for name in table.columns:
        columns.append(table[name])
        if name in shares:
            at = shares.index(name)
            columns += [pl.Series(f"{name}_low", low[at]), pl.Series(f"{name}_high", high[at])]
    # Nothing is known of what is null: no interval either.
    return pl.DataFrame(columns).with_columns(
        pl.when(pl.col(name).is_not_null()).then(pl.col(f"{name}_low", f"{name}_high"))
        for name in shares
    )


def perturbed(world: World, rates: ErrorRates, random: np.random.Generator) -> World:
    """Return the world with links dropped or turned into the other kind, at random.

    A peering link that becomes transit has the network as provider that comes first in the order
    in which providers come before their customers, so that no cycle appears.
    """
    links = world.links
    transit = (links["kind"] == KINDS[0]).to_numpy()
    drawn = random.random(links.height)
    drop = np.where(transit, rates.drop_transit, rates.drop_peering)
    flip = np.where(transit, rates.flip_transit, rates.flip_peering)
    kept = drawn >= drop
    flipped = kept & (drawn < drop + flip)
    a, b = links["a"].to_numpy().copy(), links["b"].to_numpy().copy()
    at = np.flatnonzero(flipped)
    wrong = at[np.where(transit[at], a[at] > b[at], _order(world, a[at]) > _order(world, b[at]))]
    a[wrong], b[wrong] = b[wrong], a[wrong]
    changed = links.with_columns(
        a=pl.Series(a),
        b=pl.Series(b),
        kind=pl.when(pl.Series(transit ^ flipped))
        .then(pl.lit(KINDS[0]))
        .otherwise(pl.lit(KINDS[1]))
        .cast(TABLES["links"].schema["kind"]),
    )
    return World(
        manifest=msgspec.structs.replace(
            world.manifest, parameters={**world.manifest.parameters, "perturbed": str(rates)}
        ),
        networks=world.networks,
        links=changed.filter(pl.Series(kept)),
        located=world.located,
        owners=world.owners,
        learned=world.learned,
    )


def _order(world: World, asns: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    """Tell where networks stand in an order in which providers come before their customers."""
    graph = graph_of(world)
    network = np.searchsorted(graph.asn, asns)
    # Stubs, which share rows, sell to nobody: their number decides between two of one row.
    place: npt.NDArray[np.int64] = graph.row[network].astype(np.int64) * len(graph.asn) + network
    return place
