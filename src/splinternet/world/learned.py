"""Knowledge learned from observed paths, and the world that is left of some of it.

Three things carry over from paths that were seen to routes that were not: *links* that no source
lists, of a kind that follows from where on a path they are; *next hops* of networks towards
origins; and the *order* in which a network prefers its neighbours, see ``routing.orders``.
"""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec
import numpy as np
import polars as pl

from splinternet.base.choices import Observed, Routing
from splinternet.world.cycles import components
from splinternet.world.evidence import by_evidence
from splinternet.world.schema import KINDS, TABLES
from splinternet.world.world import World, as_world

__all__ = ["RIB", "as_routed", "learn"]

#: Evidence of links that paths alone show.
RIB = "rib"

#: The note that says how much was learned.
_LEARNED = re.compile(r"[\d,]+ links and .* are learned from [\d,]+ paths")

#: Where a step of a path leads: to a provider, a peer or a customer.
_UP, _ACROSS, _DOWN = 0, 1, 2


def as_routed(world: World, routing: Routing) -> World:
    """World of the links that routes take, with as much of what it has learned as they follow.

    Raises
    ------
    MisuseError, WorldError
        As for :func:`~splinternet.world.evidence.by_evidence`.

    Examples
    --------
    >>> as_routed(world, Routing(observed="none")).learned.height
    0
    """
    as_world(world)
    return by_evidence(_by_observed(world, routing.observed), routing.links)


def _by_observed(world: World, observed: Observed) -> World:
    """Forget what is not to be followed; next hops have the order in which to break ties too."""
    if observed == "none" and (world.links["evidence"] == RIB).any():
        return world.derived("by observed", lambda: _unlinked(world), of=observed)
    if observed in ("none", "links") and world.learned.height:
        return world.derived("by observed", lambda: _forgetful(world), of=observed)
    return world


def _forgetful(world: World) -> World:
    learned, preferred = (TABLES[name].empty() for name in ("learned", "preferred"))
    return replace(world, learned=learned, preferred=preferred)


def _unlinked(world: World) -> World:
    """Leave out links that paths alone show, and networks that have no other."""
    kept = world.links.filter(pl.col("evidence").ne_missing(RIB))
    linked, left = (pl.concat([each["a"], each["b"]]).unique() for each in (world.links, kept))
    stay = ~pl.col("asn").is_in(linked.filter(~linked.is_in(left.implode())).implode())
    return replace(_forgetful(world), networks=world.networks.filter(stay), links=kept)


def learn(world: World) -> World:
    """Add to a world what follows from its paths: links, and the table ``learned``.

    A link that no source lists is of the kind that most paths with it show: before a step up it
    leads to a provider, after a step across or down to a customer, before a step across to a
    provider, and else to a peer. A link that would close a circle of providers is one of peers. Its
    evidence is ``rib``. Networks that had no link join the world.

    A next hop is learned from a path if the links from there to the origin explain it: up, across
    once at most, and down. Of several that a network has towards an origin, the one for the most
    prefixes is.

    Examples
    --------
    >>> learn(world) is world  # it has no paths
    True
    """
    if not world.paths.height:
        return world
    world = _unlinked(world)  # all paths teach together, whichever came first
    steps = _steps(world)
    added = _added(steps, world.links)
    known = pl.concat([world.links, added]).sort("a", "b")
    fresh = pl.concat([added["a"], added["b"].rename("a")]).unique().rename("asn")
    fresh = fresh.filter(~fresh.is_in(world.networks["asn"].implode()))
    networks = pl.concat(
        [world.networks, pl.DataFrame({"asn": fresh}).with_columns(members=pl.lit(1, pl.Int64))],
        how="diagonal",
    ).sort("asn")
    learned = _next_hops(_led(steps.drop("leads"), known))
    note = (
        f"{added.height:,} links and {learned.height:,} next hops of "
        f"{learned['asn'].n_unique():,} networks are learned from {world.paths.height:,} paths"
    )
    before = (each for each in world.manifest.notes if not _LEARNED.fullmatch(each))
    manifest = msgspec.structs.replace(world.manifest, notes=(*before, note))
    return replace(world, manifest=manifest, networks=networks, links=known, learned=learned)


def _steps(world: World) -> pl.DataFrame:
    """Steps of all paths in order: ``path`` (its number), ``asn``, ``next_hop``, and the rest.

    Paths of IPv6 count only where a world has none of IPv4.
    """
    older = world.paths.filter(pl.col("addresses").is_not_null())
    paths = older if older.height else world.paths
    steps = (
        paths.select("path", "origin", "prefixes")
        .with_row_index("number")
        .explode("path")
        .with_columns(next_hop=pl.col("path").shift(-1).over("number"))
        .drop_nulls("next_hop")
        .rename({"path": "asn", "number": "path"})
    )
    return _led(steps, world.links)


def _led(steps: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Add where each step leads, null where there is no link."""
    transit, peering = (links.filter(pl.col("kind") == kind) for kind in KINDS)
    ways = [
        each.select(asn=near, next_hop=far, leads=pl.lit(leads, pl.Int8))
        for each, near, far, leads in (
            (transit, "b", "a", _UP),
            (transit, "a", "b", _DOWN),
            (peering, "a", "b", _ACROSS),
            (peering, "b", "a", _ACROSS),
        )
    ]
    return steps.join(pl.concat(ways), on=["asn", "next_hop"], how="left", maintain_order="left")


def _added(steps: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Links that steps show and nobody lists."""
    placed = steps.with_columns(at=pl.int_range(pl.len()).over("path")).with_columns(
        last_up=pl.col("at").filter(pl.col("leads") == _UP).max().over("path"),
        last_across=pl.col("at").filter(pl.col("leads") == _ACROSS).max().over("path"),
        first_down=pl.col("at").filter(pl.col("leads") > _UP).min().over("path"),
    )
    shown = placed.filter(pl.col("leads").is_null()).select(
        a=pl.min_horizontal("asn", "next_hop"),
        b=pl.max_horizontal("asn", "next_hop"),
        turned=pl.col("asn") > pl.col("next_hop"),
        leads=pl.when(pl.col("at") < pl.col("last_up"))
        .then(_UP)
        .when(pl.col("at") > pl.col("first_down"))
        .then(_DOWN)
        .when(pl.col("at") < pl.col("last_across"))
        .then(_UP)
        .otherwise(_ACROSS),
    )
    turned = pl.when("turned").then(_DOWN - pl.col("leads")).otherwise("leads")
    votes = shown.select("a", "b", leads=turned).group_by("a", "b", "leads").len()
    peers_first = (pl.col("leads") != _ACROSS).cast(pl.Int8)
    kinds = (
        votes.sort("a", "b", -pl.col("len").cast(pl.Int64), peers_first, "leads")
        .unique(["a", "b"], keep="first", maintain_order=True)
        .with_columns(
            a=pl.when(pl.col("leads") == _UP).then("b").otherwise("a"),
            b=pl.when(pl.col("leads") == _UP).then("a").otherwise("b"),
            kind=pl.when(pl.col("leads") == _ACROSS)
            .then(pl.lit(KINDS[1]))
            .otherwise(pl.lit(KINDS[0]))
            .cast(TABLES["links"].schema["kind"]),
        )
    )
    return _without_circles(kinds, links)


def _without_circles(added: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Let links be of peers that would close a circle of providers and customers."""
    transit = pl.concat(
        [each.filter(pl.col("kind") == KINDS[0]).select("a", "b") for each in (links, added)]
    ).cast(pl.Int64)
    on_circle = components(transit["a"].to_numpy(), transit["b"].to_numpy()) >= 0
    circles = transit.filter(pl.Series(on_circle)).cast(pl.UInt32)
    peers = added.join(circles, on=["a", "b"], how="semi")
    low, high = pl.min_horizontal("a", "b"), pl.max_horizontal("a", "b")
    across = peers.with_columns(
        a=low, b=high, kind=pl.lit(KINDS[1]).cast(TABLES["links"].schema["kind"])
    )
    schema = TABLES["links"].schema
    kept = pl.concat([added.join(circles, on=["a", "b"], how="anti"), across], how="vertical")
    known = {name: pl.col(name) for name in added.columns} | {"evidence": pl.lit(RIB)}
    return kept.select(
        known.get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in schema.items()
    )


def _next_hops(steps: pl.DataFrame) -> pl.DataFrame:
    """Next hops that links explain, the one for most prefixes of each network and origin."""
    path, leads = steps["path"].to_numpy(), steps["leads"].fill_null(-1).to_numpy()
    ends = np.ones(len(path), dtype=bool)
    ends[:-1] = path[1:] != path[:-1]
    after = np.append(leads[1:], _DOWN)
    strays = (leads < 0) | (~ends & (leads > _UP) & (after < _DOWN))
    place = np.arange(len(path))
    last = pl.DataFrame({"path": path, "at": np.where(strays, place, -1)})
    last_stray = last.select(pl.col("at").max().over("path"))["at"].to_numpy()
    explained = steps.filter(pl.Series(place > last_stray))
    return (
        explained.group_by("asn", "origin", "next_hop")
        .agg(pl.col("prefixes").sum())
        .sort("asn", "origin", -pl.col("prefixes"), "next_hop")
        .unique(["asn", "origin"], keep="first", maintain_order=True)
        .select(TABLES["learned"].schema.names())
    )
