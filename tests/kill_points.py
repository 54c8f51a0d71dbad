"""Kill points: what writes is killed before each of its calls that change the disk, and run again.

``python tests/kill_points.py`` does so with a world that takes another's place, a file, a sweep and
a fetch, or with the one that is named. After each kill, what is at the name must be the old or the
new, whole; after the next run the new must be there, and nothing else. Wrong results and leftovers
are counted and printed.
"""

import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from commands import small_world
from splinternet.base.folders import new_file
from splinternet.scenario.members import members_of
from splinternet.scenario.sweeps import sweep
from splinternet.world.catalogue import downloads_folder
from splinternet.world.fetch import RECEIPT, fetch
from splinternet.world.snapshots import load_sources
from splinternet.world.world import World
from test_fetch import BODY, NAME, QUICK, Publisher

#: Events of the interpreter that come before something on the disk changes.
_CHANGES = ("os.", "shutil.", "fcntl.", "ctypes.call_function", "tempfile.")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT

_PATIENCE = 60

SOURCES = """
[[snapshot]]
name = "2019-12"
[[file]]
name = "as-rel"
roles = ["as_rel"]
required = true
urls = ["{url}/rel/{{date}}.as-rel2.txt.bz2"]
licence = "theirs"
citation = "Them, {{date}}"
"""


@dataclass(frozen=True)
class Work:
    """What is there before, what is done in a folder, and whether what is there now is right.

    ``right`` is asked after a kill, and with ``True`` after the next run, when all must be done.
    """

    name: str
    before: Callable[[Path], object]
    do: Callable[[Path], object]
    right: Callable[[Path, bool], bool]


def world(name: str, links: int) -> World:
    """Return the small world with so many of its links."""
    whole = small_world(name=name)
    return World(whole.manifest, whole.networks, whole.links[:links])


def _world_right(folder: Path, done: bool) -> bool:
    found = World.open(folder / "w")
    now = (found.manifest.name, found.links.height)
    return now == ("new", 9) or (not done and now == ("old", 3))


def _write(folder: Path, text: str) -> None:
    with new_file(folder / "file") as scratch:
        scratch.write_text(text * 5)


def _file_right(folder: Path, done: bool) -> bool:
    found = (folder / "file").read_text()
    return found == "new" * 5 or (not done and found == "old" * 5)


def _sweep(folder: Path) -> pl.DataFrame:
    swept = small_world()
    return sweep(swept, members_of(swept, "country"), folder / "s")


def _sweep_whole(folder: Path) -> None:
    """Keep what a sweep gives that nothing stops, once for all."""
    (folder.parent / "whole").mkdir(exist_ok=True)
    _sweep(folder.parent / "whole")


def _sweep_right(folder: Path, done: bool) -> bool:
    whole = folder.parent / "whole"
    if done:
        names = [{path.name for path in (each / "s").iterdir()} for each in (folder, whole)]
        return names[0] == names[1]
    return _sweep(folder).equals(_sweep(whole))


def _fetch(folder: Path) -> None:
    os.environ["SPLINTERNET_DATA"] = str(folder / "data")
    fetch("2019-12", sources=load_sources(folder.parent / "sources.toml"), patience=QUICK)


def _fetch_right(folder: Path, done: bool) -> bool:
    os.environ["SPLINTERNET_DATA"] = str(folder / "data")
    place = downloads_folder() / "2019-12"
    if done:
        return {path.name for path in place.iterdir()} == {NAME, RECEIPT, ".lock"}
    _fetch(folder)
    return (place / NAME).read_bytes() == BODY


WORKS = [
    Work(
        "world",
        lambda folder: world("old", 3).save(folder / "w"),
        lambda folder: world("new", 9).save(folder / "w", overwrite=True),
        _world_right,
    ),
    Work("file", lambda folder: _write(folder, "old"), lambda f: _write(f, "new"), _file_right),
    Work("sweep", _sweep_whole, _sweep, _sweep_right),
    Work("fetch", lambda folder: None, _fetch, _fetch_right),
]


def forked(do: Callable[[], object], end: int = 0) -> int:
    """Do it in a process of its own, killed before the change of that number: how it ended.

    How many changes there were, it writes into a file for the one who asked.
    """
    child = os.fork()
    if child == 0:
        changes, status = 0, 0

        def count(event: str, given: tuple) -> None:
            nonlocal changes
            writes = event == "open" and isinstance(given[2], int) and given[2] & _WRITES
            if writes or event.startswith(_CHANGES):
                changes += 1
                if changes == end:
                    os.kill(os.getpid(), signal.SIGKILL)

        signal.alarm(_PATIENCE)
        try:
            sys.addaudithook(count)
            status = 1 if do() is False else 0
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            status = 1
        Path(_COUNT[0]).write_text(str(changes))
        os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


_COUNT: list[str] = []


def kill_everywhere(work: Work, scratch: Path) -> tuple[int, int, int]:
    """Kill a work everywhere: how often, and how many wrong results and leftovers there were."""
    _COUNT[:] = [str(scratch / "count")]
    wrong = left = 0
    kills, end, last = 0, 0, None
    while last is None or end <= last:
        folder = scratch / f"{work.name}-{end}"
        folder.mkdir()
        forked(lambda: work.before(folder))  # noqa: B023 - it is done before the loop goes on
        ended = forked(lambda: work.do(folder), end)  # noqa: B023
        if last is None:
            assert ended == 0, f"{work.name} fails even when nothing kills it"
            last = int(Path(_COUNT[0]).read_text())
        kills += ended == -signal.SIGKILL
        wrong += forked(lambda: work.right(folder, False)) != 0  # noqa: B023
        wrong += forked(lambda: work.do(folder)) != 0  # noqa: B023
        left += forked(lambda: work.right(folder, True)) != 0  # noqa: B023
        left += len(list(folder.iterdir())) != 1
        end += 1
    return kills, wrong, left


def main() -> int:
    """Kill each work everywhere, and print the totals."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="kill-") as scratch, Publisher() as site:
        os.environ["NO_PROXY"] = "127.0.0.1"
        (Path(scratch) / "sources.toml").write_text(SOURCES.format(url=site.url))
        threading.Thread(target=site.serve_forever, daemon=True).start()
        for work in [work for work in WORKS if work.name in (sys.argv[1:] or work.name)]:
            kills, wrong, left = kill_everywhere(work, Path(scratch))
            print(f"{work.name}: killed at {kills} points; {wrong} wrong results, {left} leftovers")
            failed += wrong + left
        site.shutdown()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
