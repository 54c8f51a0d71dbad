"""What shows the links of a world, and the world that is left of some of that evidence."""

from __future__ import annotations

import msgspec
import polars as pl

from splinternet.base.choices import LINKS, Links
from splinternet.base.errors import MisuseError, WorldError
from splinternet.world.world import World

__all__ = ["by_evidence", "evidence_of"]


def evidence_of(world: World) -> tuple[str, ...]:
    """Return what shows the world's links, in words of its source, sorted; empty if not known."""
    said = world.links["evidence"].drop_nulls().unique()
    return tuple(sorted({word for each in said for word in each.split(",")}))


def by_evidence(world: World, links: Links) -> World:
    """World of the links that some evidence shows, made once.

    Parameters
    ----------
    world
        The world.
    links
        ``all``, or ``bgp``: only links that BGP shows, as files of CAIDA's serial-1 have them.
        Networks that then have none left are not seen in BGP and go too.

    Raises
    ------
    MisuseError
        If there is no such evidence, or what is given is no world.
    WorldError
        If the world does not say what shows its links, or BGP shows none.

    Examples
    --------
    >>> by_evidence(world, "all") is world
    True
    """
    if not isinstance(world, World):
        raise MisuseError(f"{world!r} is no World; open one, as open_world('2019-12')")
    if links not in LINKS:
        raise MisuseError.unknown("evidence", links, LINKS)
    if links == "all" or world.manifest.parameters.get("links") == links:
        return world
    return world.derived("by evidence", lambda: _shown_by_bgp(world), of=links)


def _shown_by_bgp(world: World) -> World:
    if not evidence_of(world):
        what = "a digest, which" if world.manifest.is_digest else "a world that"
        raise WorldError(
            f"{world.manifest.name} is {what} does not say what shows its links; use --links all, "
            "or a full world made from files that say it"
        )
    shown = pl.col("evidence").str.split(",").list.set_intersection(["bgp", "rib"]).list.len() > 0
    kept = world.links.filter(shown).with_columns(evidence=pl.lit("bgp"))
    if not kept.height:
        raise WorldError(f"world {world.manifest.name} has no link that BGP shows")
    linked, left = (pl.concat([each["a"], each["b"]]).unique() for each in (world.links, kept))
    gone = linked.filter(~linked.is_in(left.implode()))
    stay = ~pl.col("asn").is_in(gone.implode())
    parameters = {**world.manifest.parameters, "links": "bgp"}
    return World(
        manifest=msgspec.structs.replace(world.manifest, parameters=parameters),
        networks=world.networks.filter(stay),
        links=kept,
        exchanges=world.exchanges,
        exchange_members=world.exchange_members.filter(stay),
        cables=world.cables,
        landings=world.landings,
        located=world.located.filter(stay),
        owners=world.owners.filter(stay),
        paths=world.paths,
        learned=world.learned,
    )
