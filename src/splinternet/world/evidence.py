"""Evidence of the links of a world, and the world that is left of some of it."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import polars as pl

from splinternet.base.choices import LINKS, Links
from splinternet.base.errors import MisuseError, WorldError, remedy
from splinternet.world.confidence import DISTRUSTED, judged
from splinternet.world.world import World, as_world

__all__ = ["by_evidence", "evidence_of", "links_of"]


def evidence_of(world: World) -> tuple[str, ...]:
    """Return what shows the world's links, in words of its source, sorted; empty if not known."""
    said = world.links["evidence"].drop_nulls().unique()
    return tuple(sorted({word for each in said for word in each.split(",")}))


def links_of(world: World) -> Links:
    """Return which links a world has by now: all that were published, if nobody chose."""
    has: Links = world.manifest.parameters.get("links", "all")
    return has


def by_evidence(world: World, links: Links) -> World:
    """World of the links that some evidence shows, made once.

    Parameters
    ----------
    world
        The world.
    links
        ``trusted``: links of provider and customer that are much doubted
        (:data:`splinternet.world.confidence.DISTRUSTED`) count as peering, unless all providers of
        the customer are. ``all``: as they are published. ``bgp``: only links that BGP shows, as
        files of CAIDA's serial-1 have them; networks that then have none left are not seen in BGP
        and go too.

    Raises
    ------
    MisuseError
        If there is no such evidence, or what is given is no world.
    WorldError
        If the world does not say what shows its links, or BGP shows none; or if all links are
        asked, as published, of a digest that was made of trusted ones.

    Examples
    --------
    >>> by_evidence(world, "trusted").manifest.parameters["links"]
    'trusted'
    """
    as_world(world)
    if links not in LINKS:
        raise MisuseError.unknown("evidence", links, LINKS)
    has = links_of(world)
    if links == "all" and has == "trusted":
        raise WorldError(
            f"{world.manifest.name} was made of trusted links; "
            f"take a full world for {_links('all')}"
        )
    if links in ("all", has):
        return world
    make = {"trusted": _trusted, "bgp": _shown_by_bgp}[links]
    return world.derived("by evidence", lambda: make(world), of=links)


def _links(links: str) -> str:
    """Choice of links, as it is written."""
    return remedy(f"links={links!r}", f"--links {links}")


def _trusted(world: World) -> World:
    """Take distrusted transit for peering; a network of which nothing else is above keeps it."""
    links = judged(world).links
    if not links["doubt"].count():  # nothing is doubted
        return _of_trusted(world, links, 0)
    is_transit = pl.col("kind") == "p2c"
    distrusted = is_transit & pl.col("doubt").is_in(DISTRUSTED).fill_null(False)
    turned = distrusted & (is_transit & ~distrusted).any().over("b")
    ends = pl.min_horizontal("a", "b"), pl.max_horizontal("a", "b")
    found = links.with_columns(
        pl.when(turned).then(ends[0]).otherwise("a").alias("a"),
        pl.when(turned).then(ends[1]).otherwise("b").alias("b"),
        pl.when(turned).then(pl.lit("p2p", links.schema["kind"])).otherwise("kind").alias("kind"),
    )
    return _of_trusted(world, found, links.filter(turned).height)


def _of_trusted(world: World, links: pl.DataFrame, turned: int) -> World:
    parameters = {**world.manifest.parameters, "links": "trusted", "distrusted": turned}
    manifest = msgspec.structs.replace(world.manifest, parameters=parameters)
    return replace(world, manifest=manifest, links=links)


def _shown_by_bgp(world: World) -> World:
    if not evidence_of(world):
        what = "a digest, which" if world.manifest.is_digest else "a world that"
        raise WorldError(
            f"{world.manifest.name} is {what} does not say what shows its links; use "
            f"{_links(links_of(world))}, or a full world made from files that say it"
        )
    shown = pl.col("evidence").str.split(",").list.set_intersection(["bgp", "rib"]).list.len() > 0
    kept = world.links.filter(shown).with_columns(evidence=pl.lit("bgp"))
    if not kept.height:
        raise WorldError(f"world {world.manifest.name} has no link that BGP shows")
    linked, left = (pl.concat([each["a"], each["b"]]).unique() for each in (world.links, kept))
    gone = linked.filter(~linked.is_in(left.implode()))
    stay = ~pl.col("asn").is_in(gone.implode())
    parameters = {**world.manifest.parameters, "links": "bgp"}
    return replace(
        world,
        manifest=msgspec.structs.replace(world.manifest, parameters=parameters),
        networks=world.networks.filter(stay),
        links=kept,
        exchange_members=world.exchange_members.filter(stay),
        located=world.located.filter(stay),
        owners=world.owners.filter(stay),
        filtering=world.filtering.filter(stay),
    )
