"""Route origin authorisations (ROAs): who may announce a prefix, and what they cover."""

from __future__ import annotations

from datetime import date
from ipaddress import IPv4Network
from typing import Literal

import polars as pl

from splinternet.base.errors import MisuseError, remedy
from splinternet.world.given import Use
from splinternet.world.schema import TABLES
from splinternet.world.world import World

__all__ = ["Validity", "covered", "take_roas", "validity"]

#: Of a prefix and its origin, by RFC 6811.
Validity = Literal["valid", "invalid", "unknown"]

#: Days after which a file that was made on the world's date tells nothing any more.
_YEAR = 400


def validity(world: World, prefix: str, origin: int) -> Validity:
    """Validity of an announcement by the world's ROAs (RFC 6811).

    Parameters
    ----------
    world
        The world.
    prefix
        The IPv4 prefix, as ``192.0.2.0/24``.
    origin
        AS number of the network that announces it.

    Returns
    -------
    str
        ``unknown`` if no ROA covers the prefix; ``valid`` if one that does names the origin and
        allows the length; else ``invalid``.

    Raises
    ------
    MisuseError
        If that is no IPv4 prefix, or the world has no ROAs.
    """
    try:
        wanted = IPv4Network(prefix)
    except ValueError:
        raise MisuseError(f"{prefix!r} is no IPv4 prefix; write it as 192.0.2.0/24") from None
    if not world.roas.height:
        right = remedy("roas=...", "--roas")
        raise MisuseError(f"world {world.manifest.name} has no ROAs; import it with {right}")
    first, length = int(wanted.network_address), wanted.prefixlen
    size = pl.lit(2, pl.Int64).pow(32 - pl.col("length"))
    start = pl.col("first").cast(pl.Int64)
    covering = world.roas.filter(
        (pl.col("length") <= length) & (start <= first) & (first < start + size)
    )
    if not covering.height:
        return "unknown"
    matching = covering.filter((pl.col("asn") == (origin or -1)) & (pl.col("max_length") >= length))
    return "valid" if matching.height else "invalid"


def covered(world: World) -> pl.DataFrame:
    """Addresses that ROAs say each network may announce: ``asn``, ``addresses``, no more than...

    ...it originates. Whether it announces these very ones the world does not know, so it is at
    most so many. Networks that no ROA names have no row.
    """
    start = pl.col("first").cast(pl.Int64)
    size = pl.lit(2, pl.Int64).pow(32 - pl.col("length")).cast(pl.Int64)
    ranges = (
        world.roas.select("asn", first=start, last=start + size)
        .sort("asn", "first", "last")
        .with_columns(before=pl.col("last").cum_max().shift(1).over("asn").fill_null(0))
    )
    union = pl.max_horizontal(pl.col("last") - pl.max_horizontal("first", "before"), 0)
    named = ranges.group_by("asn").agg(union.sum().alias("named"))
    return (
        world.networks.join(named, on="asn")
        .with_columns(addresses=pl.min_horizontal("named", pl.col("ipv4_addresses").fill_null(0)))
        .select("asn", "addresses")
        .sort("asn")
    )


def take_roas(uses: list[Use], day: str) -> pl.DataFrame:
    """Take the ROAs that hold on a day, and count the others.

    Raises
    ------
    InputError
        If none of a file's does: it is of another date.
    """
    found = TABLES["roas"].empty()
    today = date.fromisoformat(day)
    for use in uses:
        if (roas := use.reading.roas) is None:
            continue
        late = (pl.col("until") < today).fill_null(False)
        early = (pl.col("since") > today).fill_null(False)
        # Some files tell the end only, which is near: one far ahead is of a file made later.
        early |= pl.col("since").is_null() & (
            (pl.col("until") - pl.lit(today)).dt.total_days() > _YEAR
        ).fill_null(False)
        holds = roas.filter(~late & ~early)
        if not holds.height:
            raise use.file.source.error(
                f"is of another date: no ROA in it holds on {day}; give the file of that day"
            )
        once = holds.select(found.columns).unique(maintain_order=True)
        new = once.join(found, on=found.columns, how="anti", maintain_order="left")
        found = pl.concat([found, new])
        use.skip(
            {
                f"ended before {day}": roas.filter(late).height,
                f"began after {day}": roas.filter(early).height,
                "ROA listed again": holds.height - once.height,
                "ROA known from an earlier file": once.height - new.height,
            }
        )
    return found.sort(found.columns)
