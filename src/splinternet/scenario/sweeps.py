"""Sweeps: the same thing happens to many in turn, on many cores or machines, ranked by loss.

Results are kept in a folder as they come: a small file with a checksum for each batch of members,
and ``sweep.json``, which says what is being swept. A file appears whole or not at all, so that
whatever stops a sweep, the same sweep goes on with the batches that have no file yet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from splinternet.base.asn import as_number
from splinternet.base.countries import country_code
from splinternet.base.errors import InputError, MisuseError, SplinternetError, WorldError
from splinternet.base.folders import new_file
from splinternet.base.kept import NO_JSON, read_part, write_part
from splinternet.routing.sweep import Progress
from splinternet.routing.workers import cores
from splinternet.scenario.apply import rehearse
from splinternet.scenario.members import Member
from splinternet.scenario.reachability import Reachability
from splinternet.world.manifest import software
from splinternet.world.world import World

__all__ = ["LOSSES", "fingerprint", "sweep"]

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

_MANIFEST = "sweep.json"

_Row = tuple[str | None, str | None, int, int, int, float | None, float | None, int, int, int]

#: So many batches a sweep has at the least, and so many members a batch at the most.
_BATCHES, _MOST = 64, 16


@dataclass(frozen=True)
class _Saved:
    """A saved world, for workers that do not share memory with who asks them."""

    path: str
    sha256: str


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
    kept = _Kept(Path(folder), world, members, code)
    todo = [number for number in range(len(kept.batches)) if not kept.part(number).exists()]
    source = world if saved is None else _Saved(str(Path(saved).absolute()), fingerprint(world))
    kept.check()
    done = len(members) - sum(len(kept.batches[number]) for number in todo)
    if progress and done:
        progress(done, len(members))
    with _pool(executor) as pool:
        futures: dict[Future[list[_Row]], int] = {}
        try:
            for number in todo:
                futures[pool.submit(_losses, source, kept.batches[number], code)] = number
            for future in _finished(futures):
                kept.write(futures[future], _result(future))
                done += len(kept.batches[futures[future]])
                if progress:
                    progress(done, len(members))
        finally:
            for future in futures:
                future.cancel()
    return kept.table()


def _finished(futures: Iterable[Future[list[_Row]]]) -> Iterator[Future[list[_Row]]]:
    """Yield futures as they finish, awake each second: Ctrl-C need not wake who sleeps."""
    pending = set(futures)
    while pending:
        done, pending = wait(pending, timeout=1, return_when=FIRST_COMPLETED)
        yield from done


@contextmanager
def _pool(executor: Executor | None) -> Iterator[Executor]:
    if executor is not None:
        yield executor
        return
    with ThreadPoolExecutor(cores()) as pool:
        yield pool


def _result(future: Future[list[_Row]]) -> list[_Row]:
    try:
        return future.result()
    except SplinternetError:
        raise
    except Exception as error:
        of_cluster = type(error).__module__.partition(".")[0] == "distributed"
        if not (of_cluster or isinstance(error, BrokenExecutor)):
            raise
        raise SplinternetError(
            f"the workers failed ({type(error).__name__}); what is done is kept, and the same "
            "command goes on from there"
        ) from None


def _losses(source: World | _Saved, batch: Sequence[Member], country: str | None) -> list[_Row]:
    """Compute the rows of a batch; this is what a worker does."""
    world = source if isinstance(source, World) else _opened(source)
    before = Reachability.known(world, country, on_one_core=True)
    return [_loss(before, member) for member in batch]


@lru_cache(maxsize=1)
def _opened(saved: _Saved) -> World:
    world = World.open(saved.path)
    if fingerprint(world) != saved.sha256:
        raise WorldError(
            f"{saved.path}: not the world that is swept; workers must see the same one"
        )
    return world


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


class _Kept:
    """The folder of a sweep."""

    def __init__(
        self, folder: Path, world: World, members: Sequence[Member], country: str | None
    ) -> None:
        self.folder = folder
        size = max(1, min(_MOST, len(members) // _BATCHES))
        self.batches = [members[i : i + size] for i in range(0, len(members), size)]
        said = {
            "made_by": software(),
            "world": world.manifest.name,
            "date": world.manifest.date,
            "sha256": fingerprint(world),
            "scenarios": [each["name"] for each in world.manifest.parameters.get("scenarios", [])],
            "country": country,
            "each": members[0].each,
            "batch": size,
            "members": [member.label for member in members],
        }
        self._sweep = hashlib.sha256(msgspec.json.encode(said)).hexdigest()
        self._claim(said)

    def part(self, number: int) -> Path:
        return self.folder / f"part-{number:05}.json"

    def write(self, number: int, rows: list[_Row]) -> None:
        write_part(self.part(number), self._of(number), rows)

    def check(self) -> None:
        """See to it that what is there can be read, before hours of work."""
        for number in range(len(self.batches)):
            if self.part(number).exists():
                self._read(number)

    def table(self) -> pl.DataFrame:
        rows = [row for number in range(len(self.batches)) for row in self._read(number)]
        frame = pl.DataFrame(rows, schema=LOSSES, orient="row")
        return frame.sort("lost", "member", descending=[True, False])

    def _read(self, number: int) -> list[_Row]:
        cure = "remove it, and its part is computed again"
        return read_part(self.part(number), self._of(number), list[_Row], cure)

    def _of(self, number: int) -> str:
        """Identify a part: of which sweep, and which of its parts."""
        return f"{self._sweep} {number}"

    def _claim(self, said: dict[str, Any]) -> None:
        """See to it that the folder is of this sweep, or make it so."""
        path = self.folder / _MANIFEST
        try:
            found = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
        except FileNotFoundError:
            # A scratch file, with a dot in front, is what a sweep leaves that was killed at once.
            if self.folder.exists() and any(p.name[0] != "." for p in self.folder.iterdir()):
                raise MisuseError(
                    f"{self.folder}: is no folder of a sweep; choose another"
                ) from None
        except NO_JSON:
            raise InputError("damaged; choose another folder, or remove this one", path) from None
        else:
            differs = [key for key, value in said.items() if found.get(key) != value]
            if differs:
                raise MisuseError(
                    f"{self.folder}: holds another sweep (other {', '.join(differs)}); choose "
                    "another folder, or remove this one"
                )
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with new_file(path) as scratch:
            scratch.write_bytes(msgspec.json.format(msgspec.json.encode(said)))


def fingerprint(world: World) -> str:
    """Return a checksum of the networks and links of a world, the same wherever it is opened."""
    digest = hashlib.sha256()
    networks = world.networks.select("asn", "country", "ipv4_addresses", "members")
    for frame in (networks, world.links.select("a", "b", pl.col("kind").cast(pl.String))):
        digest.update(frame.write_csv().encode())
    return digest.hexdigest()
