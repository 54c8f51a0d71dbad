"""Work in batches whose results are kept in a folder as they come, on many cores or machines.

The folder has a small file with a checksum for each batch, and one that says what is being worked
at. A file appears whole or not at all, so that whatever stops the work, the same work goes on with
the batches that have no file yet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from typing import Any, Generic, TypeVar

import msgspec
import polars as pl

from splinternet.base.choices import Links
from splinternet.base.errors import InputError, MisuseError, SplinternetError, WorldError
from splinternet.base.folders import new_file
from splinternet.base.kept import NO_JSON, read_part, write_part
from splinternet.routing.sweep import Progress
from splinternet.routing.workers import cores
from splinternet.world.evidence import by_evidence
from splinternet.world.world import World

__all__ = ["Batches", "Saved", "fingerprint", "opened", "source_of"]

_Row = TypeVar("_Row", bound=tuple[Any, ...])


@dataclass(frozen=True)
class Saved:
    """A saved world, for workers that do not share memory with who asks them."""

    path: str
    sha256: str
    links: Links | None = None


def source_of(world: World, saved: str | Path | None, links: Links | None = None) -> World | Saved:
    """The world as it is sent to workers: itself, or where it was opened from.

    ``links``: those that were left of it since.
    """
    if saved is None:
        return world
    return Saved(str(Path(saved).absolute()), fingerprint(world), links)


def opened(source: World | Saved) -> World:
    """The world that a worker was sent.

    Raises
    ------
    WorldError
        If the worker sees another world there.
    """
    return source if isinstance(source, World) else _opened(source)


# A worker of its own process opens a world once for all batches, and is gone with its executor;
# one that shares ours lets go of it when the work ends.
@lru_cache(maxsize=1)
def _opened(saved: Saved) -> World:
    world = World.open(saved.path)
    if saved.links is not None:
        world = by_evidence(world, saved.links)
    if fingerprint(world) != saved.sha256:
        raise WorldError(
            f"{saved.path}: not the world that is swept; workers must see the same one"
        )
    return world


def fingerprint(world: World) -> str:
    """Return a checksum of what answers depend on in a world, the same wherever it is opened.

    Of its networks and links, and of ROAs and filters where it has some.
    """
    digest = hashlib.sha256()
    networks = world.networks.select("asn", "country", "ipv4_addresses", "members")
    links = world.links.select("a", "b", pl.col("kind").cast(pl.String))
    told = (world.roas, world.filtering.sort("asn", "by"))
    for frame in (networks, links, *(each for each in told if each.height)):
        digest.update(frame.write_csv().encode())
    return digest.hexdigest()


class Batches(Generic[_Row]):
    """Batches of work, and the folder of their results.

    Parameters
    ----------
    what
        What the work is called, as ``sweep``.
    folder
        Where results are kept.
    said
        What is worked at: work of the same is gone on with.
    sizes
        How many members each batch has.
    row
        The type of a row of results.

    Raises
    ------
    MisuseError
        If the folder holds something else.
    InputError
        If a file of it is damaged.
    """

    def __init__(
        self,
        what: str,
        folder: str | Path,
        said: Mapping[str, Any],
        sizes: Sequence[int],
        row: Any,  # noqa: ANN401 - a type
    ) -> None:
        self.what, self.folder, self.sizes = what, Path(folder), sizes
        self.rows = list[row]
        self._work = hashlib.sha256(msgspec.json.encode(said)).hexdigest()
        self._claim(said)

    def run(
        self,
        work: Callable[..., list[_Row]],
        given: Callable[[int], tuple[Any, ...]],
        executor: Executor | None = None,
        progress: Progress | None = None,
    ) -> list[_Row]:
        """Do what is not done yet, and return the rows of all batches in order.

        Parameters
        ----------
        work
            Gives the rows of a batch, from what ``given`` gives for its number.
        executor
            Who works; threads, one for each core, by default.
        progress
            Told of members done and of all.

        Raises
        ------
        SplinternetError
            If the executor breaks; what is done is kept.
        """
        every = range(len(self.sizes))
        todo = [number for number in every if not self._part(number).exists()]
        for number in every:  # before hours of work
            if self._part(number).exists():
                self._read(number)
        done, whole = sum(self.sizes) - sum(self.sizes[number] for number in todo), sum(self.sizes)
        if progress and done:
            progress(done, whole)
        with _pool(executor) as pool:
            futures: dict[Future[list[_Row]], int] = {}
            try:
                for number in todo:
                    futures[pool.submit(work, *given(number))] = number
                for future in _finished(futures):
                    number = futures[future]
                    write_part(self._part(number), self._of(number), _result(future))
                    done += self.sizes[number]
                    if progress:
                        progress(done, whole)
            finally:
                for future in futures:
                    future.cancel()
                _opened.cache_clear()
        return [row for number in every for row in self._read(number)]

    def _part(self, number: int) -> Path:
        return self.folder / f"part-{number:05}.json"

    def _read(self, number: int) -> list[_Row]:
        cure = "remove it, and its part is computed again"
        found: list[_Row] = read_part(self._part(number), self._of(number), self.rows, cure)
        return found

    def _of(self, number: int) -> str:
        """Identify a part: of which work, and which of its parts."""
        return f"{self._work} {number}"

    def _claim(self, said: Mapping[str, Any]) -> None:
        """See to it that the folder is of this work, or make it so."""
        path = self.folder / f"{self.what}.json"
        try:
            found = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
        except FileNotFoundError:
            # A scratch file, with a dot in front, is what is left of work that was killed at once.
            if self.folder.exists() and any(p.name[0] != "." for p in self.folder.iterdir()):
                raise MisuseError(
                    f"{self.folder}: is no folder of a {self.what}; choose another"
                ) from None
        except NotADirectoryError:
            raise MisuseError(f"{self.folder}: is no folder; choose another") from None
        except NO_JSON:
            raise InputError("damaged; choose another folder, or remove this one", path) from None
        else:
            differs = [key for key, value in said.items() if found.get(key) != value]
            if differs:
                raise MisuseError(
                    f"{self.folder}: holds another {self.what} (other {', '.join(differs)}); "
                    "choose another folder, or remove this one"
                )
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with new_file(path) as scratch:
            scratch.write_bytes(msgspec.json.format(msgspec.json.encode(said)))


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
