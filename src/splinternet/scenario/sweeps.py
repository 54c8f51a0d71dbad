"""Sweeps: the same thing happens to many in turn, on many cores or machines, ranked by loss.

Results are kept in a folder as they come, see :mod:`splinternet.scenario.batches`.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path

import polars as pl

from splinternet.base.asn import as_number
from splinternet.base.countries import country_code
from splinternet.base.errors import MisuseError
from splinternet.routing.sweep import Progress
from splinternet.scenario.apply import rehearse
from splinternet.scenario.batches import Batches, Saved, fingerprint, opened, source_of
from splinternet.scenario.members import Member
from splinternet.scenario.reachability import Reachability
from splinternet.world.manifest import software
from splinternet.world.world import World

__all__ = ["LOSSES", "sweep"]

#: What a sweep tells of each member; ``docs/scenarios.md`` says it at length.
LOSSES = pl.Schema(
    {
        "member": pl.String(),
        "name": pl.String(),
        "networks_removed": pl.Int64(),
        "links_cut": pl.Int64(),
        "lost": pl.Int64(),
        "share": pl.Float64(),
        "address_share": pl.Float64(),
        "lost_abroad": pl.Int64(),
        "lost_domestic": pl.Int64(),
        "lost_of_others": pl.Int64(),
    }
)

_Row = tuple[str | None, str | None, int, int, int, float | None, float | None, int, int, int]

#: So many batches a sweep has at the least, and so many members a batch at the most.
_BATCHES, _MOST = 64, 16


def sweep(
    world: World,
    members: Sequence[Member],
    folder: str | Path,
    *,
    country: str | None = None,
    executor: Executor | None = None,
    saved: str | Path | None = None,
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Let something happen to each member in turn, and rank them by what is lost.

    Parameters
    ----------
    world
        The world.
    members
        To whom, and what; see :func:`~splinternet.scenario.members.members_of`.
    folder
        Where results are kept as they come. If it holds some of the same sweep, these stay.
    country
        Count the pairs of networks with an end in this nation; all pairs by default.
    executor
        Who works; threads, one for each core, by default.
    saved
        The folder that ``world`` was opened from. An executor's workers then open it there, each
        once; else the world is sent to them with every batch.
    progress
        Told of members done and of all.

    Returns
    -------
    polars.DataFrame
        :data:`LOSSES`, the largest loss first: ``member`` and ``name``; what the shock did;
        ``lost``, pairs of networks that lose every route, which ``share`` of those that had one,
        and ``address_share`` of the pairs of addresses; ``lost_abroad`` and ``lost_domestic``, of
        two countries and of one; ``lost_of_others``, pairs with no end in the member itself.

    Raises
    ------
    MisuseError
        If there is no member or no such country, or the folder holds another sweep.
    InputError
        If a file of the folder is damaged.
    SplinternetError
        If the executor breaks; what is done is kept.
    """
    if not members:
        raise MisuseError("a sweep of nobody; select somebody")
    code = None if country is None else country_code(country)
    size = max(1, min(_MOST, len(members) // _BATCHES))
    batches = [members[i : i + size] for i in range(0, len(members), size)]
    said = {
        "made_by": software(),
        "world": world.manifest.name,
        "date": world.manifest.date,
        "sha256": fingerprint(world),
        "scenarios": [each["name"] for each in world.manifest.parameters.get("scenarios", [])],
        "country": code,
        "each": members[0].each,
        "batch": size,
        "members": [member.label for member in members],
    }
    kept: Batches[_Row] = Batches("sweep", folder, said, [len(batch) for batch in batches], _Row)
    source = source_of(world, saved)
    rows = kept.run(_losses, lambda number: (source, batches[number], code), executor, progress)
    frame = pl.DataFrame(rows, schema=LOSSES, orient="row")
    return frame.sort("lost", "member", descending=[True, False])


def _losses(source: World | Saved, batch: Sequence[Member], country: str | None) -> list[_Row]:
    """Compute the rows of a batch; this is what a worker does."""
    before = Reachability.known(opened(source), country, on_one_core=True)
    return [_loss(before, member) for member in batch]


def _loss(before: Reachability, member: Member) -> _Row:
    world = before.world
    changed, effects = rehearse(world, member.scenario(world), idle=True)
    after = before.after(changed, on_one_core=True)
    pairs = before.total(after)
    if member.each == "network":
        others = pairs.lost - before.of_network(as_number(member.of[0]))
    else:
        others = before.lost_elsewhere(after, member.of)
    old, new = pairs.addresses_before, pairs.addresses_after
    return (
        member.label,
        member.name,
        sum(effect.networks_removed for effect in effects),
        sum(effect.links_cut for effect in effects),
        pairs.lost,
        pairs.lost / pairs.before if pairs.before else None,
        (old - new) / old if old and new is not None else None,
        before.abroad(after).lost,
        before.within(after).lost,
        others,
    )
