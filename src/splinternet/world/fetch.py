"""Downloading a snapshot's files from their publishers, and making a world of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from splinternet.base.checked import typed
from splinternet.base.errors import FetchError, InputError, MisuseError, WorldError, remedy
from splinternet.base.folders import locked, new_file
from splinternet.base.kept import NO_JSON
from splinternet.world.catalogue import downloads_folder, worlds_folder
from splinternet.world.download import (
    NotPublishedError,
    Patience,
    Report,
    ResumingDownloader,
    list_folder,
    new_session,
    not_written,
)
from splinternet.world.download_bars import download_bars
from splinternet.world.files import Source
from splinternet.world.readers import find_reader
from splinternet.world.rib.collectors import Collector
from splinternet.world.rib.reading import read_rib
from splinternet.world.snapshots import PublishedFile, Role, Snapshot, Sources, load_sources
from splinternet.world.world import World, check_free

if TYPE_CHECKING:
    import requests

__all__ = ["RECEIPT", "Fetched", "FetchedFile", "Received", "fetch", "fetch_world"]

#: The file beside the downloads that says what they are.
RECEIPT = "receipt.json"

#: The file there that says, by a lock on it, that somebody is fetching.
_FORCE = remedy("force=True", "--force")
_LOCK = ".lock"


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """Record of one downloaded file.

    ``modified`` is when its publisher last changed it, where the publisher says so; ``notes`` are
    what its reader found odd, such as fewer records than it says it has.
    """

    file: str
    url: str
    roles: tuple[Role, ...]
    sha256: str
    bytes: int
    modified: str | None
    downloaded: str
    licence: str
    citation: str
    notes: tuple[str, ...] = ()


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """Content of ``receipt.json``: the downloaded files, by their names in the list of sources."""

    snapshot: str
    files: dict[str, Received] = {}


@dataclass(frozen=True)
class FetchedFile:
    """A file of a snapshot on this machine; ``new`` if it was downloaded just now."""

    path: Path
    received: Received
    new: bool


@dataclass(frozen=True)
class Fetched:
    """The files of a snapshot on this machine.

    ``missing`` names those that their publisher does not have for this day.
    """

    name: str
    date: date
    files: tuple[FetchedFile, ...]
    missing: tuple[str, ...]

    def paths(self, role: Role) -> list[Path]:
        """Files that serve as ``role``, in order of preference."""
        return [file.path for file in self.files if role in file.received.roles]


def fetch(
    name: str,
    *,
    ribs: Sequence[Collector] = (),
    progress: bool = False,
    force: bool = False,
    sources: Sources | None = None,
    patience: Patience | None = None,
) -> Fetched:
    """Download the files of a snapshot that are not here yet.

    Parameters
    ----------
    name
        A month, as YYYY-MM; the snapshot is of its first day.
    ribs
        Route collectors, see :func:`~splinternet.world.rib.collectors.find_collectors`, of which
        to download the first routing table of that day too.
    progress
        Show progress bars on standard error.
    force
        Download everything again, and accept files that their publisher has changed.
    sources
        Where the files are published, if not where ``snapshots.toml`` says.
    patience
        How long to try.

    Raises
    ------
    MisuseError
        If the name is not a snapshot's.
    FetchError
        If a file cannot be downloaded, is not the one expected, or is not published though
        nothing goes without it. Files here are kept, and the next call goes on from there.
    """
    sources = sources or load_sources()
    snapshot = sources.find(name)
    with _alone_in(downloads_folder() / snapshot.name) as folder:
        wanted = (*sources.file, *(each.published(snapshot.date) for each in ribs))
        return _fetched(wanted, snapshot, folder, progress, force, patience or Patience())


@contextmanager
def _alone_in(folder: Path) -> Iterator[Path]:
    """Make the folder of a snapshot's downloads, and wait until no other fetch is at work there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / _LOCK, f"another fetch of {folder.name} is at work; waiting for it"):
            yield folder
    except OSError as error:
        raise FetchError(f"{folder}: {not_written(error)}") from None


def _fetched(
    wanted: Sequence[PublishedFile],
    snapshot: Snapshot,
    folder: Path,
    progress: bool,
    force: bool,
    patience: Patience,
) -> Fetched:
    with new_session(patience) as session, download_bars(progress) as bar:
        errand = _Errand(snapshot, folder, session, patience, bar, force)
        for published in wanted:
            errand.run(published)
    return Fetched(snapshot.name, snapshot.date, tuple(errand.files), tuple(errand.missing))


@typed
def fetch_world(
    name: str,
    *,
    ribs: Sequence[Collector] = (),
    checked: Callable[[World], World] = lambda world: world,
    progress: bool = False,
    force: bool = False,
    sources: Sources | None = None,
    patience: Patience | None = None,
) -> tuple[Path, Fetched]:
    """Full world of a downloaded snapshot, saved in the data folder.

    Parameters are those of :func:`fetch`; ``force`` also replaces the world that is there.
    ``checked`` is given a world with observed paths before it is saved, as
    :func:`~splinternet.routing.adding.taught`. A
    world that was made of just these files is left as it is, a damaged one is made again, and so is
    one that lacks only the paths of some routing tables.

    Returns
    -------
    tuple of pathlib.Path and Fetched
        The folder of the world, and the files it was made of.

    Raises
    ------
    MisuseError, FetchError
        As :func:`fetch`.
    InputError
        If a file cannot be read.
    WorldError
        If another world of that name is there and ``force`` is false, or something else is.
    """
    from splinternet.world.build import build_world
    from splinternet.world.rib.adding import with_tables

    if not all(isinstance(each, Collector) for each in ribs):
        raise MisuseError(f"ribs is {ribs!r}; give collectors, as find_collectors(['rrc00']) does")
    if not isinstance(sources, Sources | None):
        raise MisuseError(f"sources is {sources!r}; give Sources, as load_sources() does")
    sources = sources or load_sources()
    snapshot = sources.find(name)
    folder = worlds_folder() / snapshot.name
    check_free(folder, overwrite=True)
    with _alone_in(downloads_folder() / snapshot.name) as downloads:
        wanted = (*sources.file, *(each.published(snapshot.date) for each in ribs))
        fetched = _fetched(wanted, snapshot, downloads, progress, force, patience or Patience())
        if not force and _is_done(folder, fetched):
            return folder, fetched
        world, _ = build_world(
            fetched.date,
            as_rel=fetched.paths("as_rel"),
            as_country=fetched.paths("as_country"),
            as_names=fetched.paths("as_names"),
            prefixes=fetched.paths("prefixes"),
            exchanges=fetched.paths("exchanges"),
            name=fetched.name,
        )
        if tables := fetched.paths("rib"):
            world = checked(with_tables(world, tables))
        world.save(folder, overwrite=True)
    return folder, fetched


@dataclass
class _Errand:
    """One fetch: what is wanted, how to get it, and what has come."""

    snapshot: Snapshot
    folder: Path
    session: requests.Session
    patience: Patience
    bar: Callable[[str], Report]
    force: bool
    files: list[FetchedFile] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        blank = Receipt(snapshot=self.snapshot.name)
        self.receipt = blank if self.force else _read_receipt(self.folder, blank)

    def run(self, published: PublishedFile) -> None:
        """See to it that one file is here, whole and as expected."""
        earlier = self.receipt.files.get(published.name)
        if earlier and self._is_here(earlier):
            self.files.append(FetchedFile(self.folder / earlier.file, earlier, new=False))
            return
        for url, when in self._candidates(published):
            try:
                received = self._download(published, url, when, earlier)
            except NotPublishedError:
                continue
            self.files.append(FetchedFile(self.folder / received.file, received, new=True))
            self._record(published.name, received)
            return
        if published.required:
            tried = ", ".join(published.addresses(self.snapshot.date))
            raise FetchError(
                f"{published.name}: not published for {self.snapshot.date} (tried {tried}); "
                "choose another month"
            )
        self.missing.append(published.name)

    def _is_here(self, earlier: Received) -> bool:
        path = self.folder / earlier.file
        if not path.exists():
            return False
        if Source(path).sha256() != earlier.sha256:
            raise FetchError(
                f"{path}: not the file that was downloaded on {earlier.downloaded} "
                f"(its sha256 differs from {RECEIPT}); delete it and fetch again"
            )
        return True

    def _candidates(self, published: PublishedFile) -> Iterator[tuple[str, str]]:
        """Addresses to try, each with the date of the file there."""
        day = self.snapshot.date
        for address in published.addresses(day):
            if not published.pick:
                yield address, f"{day:%Y%m%d}"
                continue
            try:
                names = list_folder(self.session, address, self.patience)
            except NotPublishedError:
                continue
            if chosen := published.choose(names, day):
                yield address + chosen[0], chosen[1]

    def _download(
        self, published: PublishedFile, url: str, when: str, earlier: Received | None
    ) -> Received:
        name = published.kept_as(url)
        part = Source(self.folder / f"{name}.part")
        downloader = ResumingDownloader(self.session, part.path, self.patience, self.bar(name))
        downloader(url)
        sha256 = part.sha256()
        received = Received(
            file=name,
            url=url,
            roles=published.roles,
            sha256=sha256,
            bytes=part.path.stat().st_size,
            modified=None if downloader.modified is None else _time(downloader.modified),
            downloaded=_time(time.time()),
            licence=published.licence,
            citation=published.citation.format(date=when),
        )
        try:
            self._check(received, earlier)
            notes = _notes(part, published, url)
        except FetchError:
            part.path.unlink()
            raise
        part.path.replace(self.folder / name)
        return msgspec.structs.replace(received, notes=notes)

    def _check(self, received: Received, earlier: Received | None) -> None:
        """See to it that this is the file that is known, or that was here before."""
        known = self.snapshot.sha256.get(received.file)
        remedy = "fetch again, or later if it stays so"
        if earlier and earlier.file == received.file:
            known = earlier.sha256
            remedy = f"it was another on {earlier.downloaded}; {_FORCE} accepts the new one"
        if known not in (None, received.sha256):
            raise FetchError(f"{received.url}: not the file with sha256 {known}; {remedy}")

    def _record(self, name: str, received: Received) -> None:
        self.receipt.files[name] = received
        with new_file(self.folder / RECEIPT) as scratch:
            scratch.write_bytes(msgspec.json.format(msgspec.json.encode(self.receipt)))


def _read_receipt(folder: Path, blank: Receipt) -> Receipt:
    path = folder / RECEIPT
    try:
        return msgspec.json.decode(path.read_bytes(), type=Receipt)
    except FileNotFoundError:
        return blank
    except OSError as error:
        raise FetchError(f"{path}: cannot be read ({error.strerror})") from None
    except NO_JSON as error:
        raise FetchError(
            f"{path}: damaged ({error}); {_FORCE} downloads everything again"
        ) from None


def _notes(part: Source, published: PublishedFile, url: str) -> tuple[str, ...]:
    """Read what came, for a publisher may have sent anything; return what its reader notes."""
    try:
        if "rib" in published.roles:
            return read_rib(part).notes
        return find_reader(part).read(part).notes
    except InputError as error:
        where = "" if error.line is None else f"line {error.line}: "
        raise FetchError(
            f"{url}: what came is not the file ({where}{error.reason}); fetch again, or later if "
            "it stays so"
        ) from None


def _is_done(folder: Path, fetched: Fetched) -> bool:
    """Whether the world is there already; refuse to go on where another one is."""
    try:
        inputs = World.open(folder).manifest.inputs
    except WorldError:
        return False
    here, wanted = (
        {each.sha256 for each in inputs},
        {each.received.sha256 for each in fetched.files},
    )
    tables = {each.received.sha256 for each in fetched.files if "rib" in each.received.roles}
    if here - wanted or wanted - here - tables:
        raise WorldError(f"{folder}: a world made of other files is there; {_FORCE} replaces it")
    return here == wanted


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
