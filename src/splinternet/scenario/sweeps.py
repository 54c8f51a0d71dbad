"""Sweeps: the same thing happens to many in turn, on many cores or machines, ranked by loss.

Results are kept in a folder as they come, see :mod:`splinternet.scenario.batches`.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Literal, get_args

import polars as pl

from splinternet.base.asn import as_number
from splinternet.base.checked import typed
from splinternet.base.choices import Links
from splinternet.base.countries import country_code
from splinternet.base.errors import InputError, MisuseError
from splinternet.routing.sweep import Progress
from splinternet.scenario.apply import Effect, rehearse
from splinternet.scenario.batches import Batches, Saved, fingerprint, opened, source_of
from splinternet.scenario.diverted import Diverted
from splinternet.scenario.members import Member
from splinternet.scenario.reachability import Reachability
from splinternet.world.evidence import by_evidence
from splinternet.world.manifest import software
from splinternet.world.world import World

__all__ = ["LOSSES", "VARIED", "Rank", "sweep"]

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

#: What it tells besides where each has a variant of a scenario.
VARIED = pl.Schema(
    {"deceived": pl.Float64(), "deceived_addresses": pl.Float64(), "refused": pl.String()}
)

#: What members may be ranked by.
Rank = Literal["lost", "deceived"]

_Varied = tuple[float | None, float | None, str | None]
_Row = tuple[
    str | None, str | None, int, int, int, float | None, float | None, int, int, int | None, _Varied
]

#: So many batches a sweep has at the least, and so many members a batch at the most.
_BATCHES, _MOST = 64, 16


@typed
def sweep(
    world: World,
    members: Sequence[Member],
    folder: str | Path,
    *,
    country: str | None = None,
    rank: Rank | None = None,
    links: Links | None = None,
    executor: Executor | None = None,
    saved: str | Path | None = None,
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Losses by what happens to each member in turn, ranked by what is lost, or deceived.

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
    rank
        ``lost`` pairs, or share ``deceived``; by default the latter where variants hold hijacks or
        leaks.
    links
        Only these links of the world, by what shows them; those that it has by default.
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
        two countries and of one; ``lost_of_others``, pairs with no end in the member itself,
        unknown of a network's variant. Of variants also :data:`VARIED`: ``deceived`` and
        ``deceived_addresses``, shares of the
        networks and addresses that the hijack or leak that deceives most deceives, and ``refused``,
        why a variant cannot be, as where a network would announce its own addresses.

    Raises
    ------
    MisuseError
        If there is no member or no such country, rank or links, or the folder holds another sweep.
    InputError
        If a file of the folder is damaged, or no variant can be.
    SplinternetError
        If the executor breaks; what is done is kept.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> members = members_of(world, "network", Selection("country:CU"), largest=2)
    >>> with TemporaryDirectory() as folder:
    ...     sweep(world, members, folder, country="CU")["member"].first()
    'AS11960'
    """
    if not isinstance(members, Sequence) or not all(isinstance(each, Member) for each in members):
        raise MisuseError(f"members is {members!r}; give members_of(world, 'country')")
    if not members:
        raise MisuseError("a sweep of nobody; select somebody")
    if rank is not None and rank not in get_args(Rank):
        raise MisuseError.unknown("rank", rank, get_args(Rank))
    code = None if country is None else country_code(country)
    world = world if links is None else by_evidence(world, links)
    # Before hours of work: a variant that is no scenario, and a rank by what no variant has.
    happens = {str(each.__struct_config__.tag) for each in members[0].scenario(world).shocks}
    if rank == "deceived" and happens.isdisjoint(("hijack", "leak")):
        raise MisuseError("there is no hijack and no leak, so nobody is deceived; rank by lost")
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
        "variant": members[0].variant,
    }
    kept: Batches[_Row] = Batches("sweep", folder, said, [len(batch) for batch in batches], _Row)
    source = source_of(world, saved, links)
    rows = kept.run(_losses, lambda number: (source, batches[number], code), executor, progress)
    flat = [(*row, *varied) for *row, varied in rows]
    frame = pl.DataFrame(flat, schema=LOSSES | VARIED, orient="row")
    if (refused := frame["refused"].drop_nulls()).len() == len(members):
        raise MisuseError(f"no variant can be: {refused[0]}")
    hijacks = frame["deceived"].count() > 0
    by = ["deceived", "lost"] if rank == "deceived" or (rank is None and hijacks) else ["lost"]
    ordered = frame.sort(*by, "member", descending=[True] * len(by) + [False], nulls_last=True)
    return ordered if members[0].variant is not None else ordered.select(LOSSES.names())


def _losses(source: World | Saved, batch: Sequence[Member], country: str | None) -> list[_Row]:
    """Compute the rows of a batch; this is what a worker does."""
    before = Reachability.known(opened(source), country, on_one_core=True)
    return [_loss(before, member) for member in batch]


def _loss(before: Reachability, member: Member) -> _Row:
    world = before.world
    try:
        changed, effects = rehearse(world, member.scenario(world), idle=True)
    except InputError as error:
        if member.variant is None or error.key[:1] != ("shocks",):
            raise
        return (member.label, member.name, 0, 0, 0, None, None, 0, 0, 0, (None, None, error.reason))
    moved = any(effect.changes for effect in effects)
    after = before.after(changed, on_one_core=True) if moved else before.before
    pairs = before.total(after)
    others: int | None = None  # a variant need not take all of a network's pairs
    if member.each != "network":
        others = before.lost_elsewhere(after, member.of)
    elif member.variant is None:
        others = pairs.lost - before.of_network(as_number(member.of[0]))
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
        _deceived(effects),
    )


def _deceived(effects: Sequence[Effect]) -> _Varied:
    """Shares that the hijack or leak that deceives most deceives, if there is any."""
    found = [each.outcome for each in effects if isinstance(each.outcome, Diverted)]
    if not found:
        return None, None, None
    most = max(found, key=lambda each: (each.networks or 0.0, each.addresses or 0.0))
    return most.networks, most.addresses, None
