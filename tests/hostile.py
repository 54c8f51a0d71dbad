"""What is given damaged files: every reader and importer, and all that is kept in folders."""

import atexit
import hashlib
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import compress
from pathlib import Path
from random import Random

import msgspec
import polars as pl

from commands import small_world
from essays import APA, CHICAGO, MLA
from essays import small_ledger as essay_ledger
from formats import SAMPLES
from ledgers import write_ledger
from mutations import damaged
from plain_parsers import PLAIN, bare, plain_lines, plain_vantages, unpacked
from splinternet.base.errors import InputError, SplinternetError
from splinternet.base.text import shown
from splinternet.essay.reading import read_essay_file
from splinternet.essay.report import report
from splinternet.ledger.catalogue import open_ledger
from splinternet.ledger.citations import cite
from splinternet.ledger.extending import extend_ledger
from splinternet.ledger.reading import check_ledger, read_ledger
from splinternet.scenario.apply import apply
from splinternet.scenario.cases import case_names, find_scenario
from splinternet.scenario.language import read_scenario
from splinternet.scenario.members import members_of
from splinternet.scenario.sweeps import sweep
from splinternet.world.build import build_world
from splinternet.world.collectors import read_collector_peers
from splinternet.world.files import Source
from splinternet.world.readers import find_reader
from splinternet.world.rib.observing import Hints, observe
from splinternet.world.rib.reading import is_mrt
from splinternet.world.world import MANIFEST, World, read_manifest
from test_collectors import routing_table
from test_ledger_import import CABLES, archive, projects
from test_rib import PEERS, attributes, old_record, peer_table, rib_record
from warm import Ended, Warm

__all__ = ["RIBS", "TARGETS", "Target", "TortureError", "attempt", "attempt_by_command", "warm"]

_scratch = tempfile.TemporaryDirectory(prefix="torture-")  # as long as the process lives
SCRATCH = Path(_scratch.name)


@dataclass(frozen=True)
class Target:
    """Something that takes files: its name, its share of all inputs, and what it does with one.

    ``words`` are the command that takes the file ``FILE``, or the folder that it is in, ``FOLDER``.
    """

    name: str
    share: float
    whole: Callable[[Random], tuple[Path, list[bytes]]]
    take: Callable[[Path], object]
    words: tuple[str, ...]


class TortureError(Exception):
    """An input on which something else came out than an answer or one clear line."""


def attempt(target: Target, seed: int) -> str:
    """Give a target the input of this seed: ``read`` if it takes it, else ``refused``.

    Raises
    ------
    TortureError
        If anything but an error of ours comes, or one that is not one line.
    """
    file = prepared(target, seed)
    try:
        target.take(file)
    except SplinternetError as error:
        if "\n" in str(error) or not str(error):
            raise TortureError(f"{target.name} {seed}: not one line: {str(error)!r}") from error
        return "refused"
    except BaseException as error:
        if type(error) is KeyboardInterrupt:
            raise
        raise TortureError(f"{target.name} {seed}: {type(error).__name__}: {error}") from error
    return "read"


#: What a command is run with: as installed, within the memory that it may write to.
_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_DATA, (1536 << 20, 1536 << 20))
from splinternet.__main__ import main
sys.exit(main())
"""

#: Bytes that a command may write to, and seconds that it may take.
_MEMORY, _PATIENCE = 1536 << 20, 120


def attempt_by_command(target: Target, seed: int) -> str:
    """Give the input of this seed to the command: ``read`` if it takes it, else ``refused``.

    A warm process is forked for it; for each hundredth seed the command starts on its own.

    Raises
    ------
    TortureError
        If the command ends by a signal or with a traceback, says more than one line of what is
        wrong, or takes too long.
    """
    file = prepared(target, seed)
    places = {"FILE": str(file), "FOLDER": str(file.parent), "OUT": str(SCRATCH / "out")}
    words = [places.get(word, word) for word in target.words]
    ended = _started(words) if seed % 100 == 0 else warm().run(*words)
    if ended.status == -signal.SIGALRM:
        raise TortureError(f"{target.name} {seed}: no end in {_PATIENCE} s")
    said = ended.stderr
    lines = [line for line in said.splitlines() if line.startswith("splinternet: ")]
    wrong = (
        ended.status not in (0, 1, 2)
        or any(word in said for word in ("Traceback", "panicked", "bug in splinternet"))
        or len(lines) > 1
        or said != shown(said)
    )
    if wrong:
        raise TortureError(f"{target.name} {seed}: by command: {ended.status}: {said[:200]!r}")
    return "refused" if ended.status else "read"


@cache
def warm() -> Warm:
    """Return the process that runs commands."""
    process = Warm(SCRATCH, _MEMORY, _PATIENCE)
    atexit.register(process.close)
    return process


def _started(words: Sequence[str]) -> Ended:
    try:
        done = subprocess.run(
            [sys.executable, "-c", _LIMITED, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return Ended(-signal.SIGALRM, "")
    return Ended(done.returncode, done.stderr.decode(errors="replace"))


def prepared(target: Target, seed: int) -> Path:
    """Write the damaged file of a seed."""
    random = Random(f"{target.name} {seed}")
    file, whole = target.whole(random)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(damaged(whole, random))
    if file.suffix == ".parquet" and random.random() < 0.8:
        _believe(file)
    return file


def _believe(file: Path) -> None:
    """Give a table of a world the checksum that it now has, as one who means harm would."""
    manifest = read_manifest(file.parent)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    stored = msgspec.structs.replace(manifest.tables[file.stem], sha256=sha256)
    tables = {**manifest.tables, file.stem: stored}
    text = msgspec.json.encode(msgspec.structs.replace(manifest, tables=tables))
    (file.parent / MANIFEST).write_bytes(text)


# Published files


def _one_file(name: str, *whole: bytes) -> Callable[[Random], tuple[Path, list[bytes]]]:
    return lambda random: (SCRATCH / name, list(whole))


def _read(file: Path) -> object:
    """What is taken must be what a plain parser, which shares nothing with ours, finds in it."""
    source = Source(file)
    reader = find_reader(source)
    found = reader.read(source)
    for table, columns, plain in PLAIN[reader.__name__.rpartition(".")[2]]:
        told = getattr(found, table)
        with suppress(RecursionError):  # lists in lists, deeper than Python's own parser goes
            rows = bare(plain(plain_lines(file.read_bytes())))
            known = [column for column in columns if column in told.columns]
            if bare(told.select(known).iter_rows()) != _of(rows, [c in known for c in columns]):
                raise AssertionError(f"an independent parser reads other {table}")
    return found


def _of(rows: list[tuple[object, ...]], kept: list[bool]) -> list[tuple[object, ...]]:
    return bare(compress(row, kept) for row in rows)


def _peers(file: Path) -> object:
    """What is taken of a text must be what a plain parser finds in it."""
    found = read_collector_peers(file)
    if is_mrt(Source(file)):
        return found  # of which fuzz_rib.py gives more
    data = unpacked(file.read_bytes())
    if found != sorted(set(plain_vantages(data))):
        raise AssertionError("an independent parser reads other networks")
    return found


def _build(file: Path) -> object:
    return build_world("2019-12-01", [file], repair=True)


_LINKS = [SAMPLES[name].encode() for name in ("as_rel_serial1", "as_rel_serial2")]


def _observe(file: Path) -> object:
    return observe([file], Hints())


RIBS = [
    peer_table(PEERS)
    + rib_record(prefix, [(0, attributes([10, 3])), (1, attributes([20, 3]))], many)
    for prefix, many in (("10.0.0.0/8", False), ("2a00::/20", True))
] + [old_record("10.0.0.0/8", "192.0.2.77", 77, attributes([77, 1], 2)) * 3]


def _datasets(file: Path) -> object:
    return extend_ledger(_SHIPPED, [file])


# Texts

_SMALL, _CITED, _SHIPPED = small_world(), essay_ledger(), open_ledger()


def _scenario(file: Path) -> object:
    return apply(_SMALL, read_scenario(file))


def _essay(file: Path) -> object:
    return report(read_essay_file(file, _CITED, "2019-11"))


#: Real words, names, dates and units, of which essays are put together in any order and case.
_WORDS = (
    "Huawei|Australia|C-Lion1|the Netherlands|Brussels|Roskomnadzor|SpaceX|Ukraine|the bank|"
    "banned|was cut|were picked|lent|enacted|which|that|and|by|its law on|the cable between|to|for|"
    "since|until|on|in|the following day|that same month|Two Years later|a couple of weeks ago|"
    "31 February|2 March|March 14, 2024|mid-September 2020|the end of 2027|2019-13-40|the 1990s|"
    "$286 million|35 %|one in ten|a quarter to a third|between 40,000 and 50,000|no|never|or so|"
    "“We know,”|(Roe 7)|[3]|(ibid., 4)|;|:|.|,|?|\n\n|Works Cited|Doe, Jane. Ships. 2018."
).split("|")


def _worded(random: Random) -> tuple[Path, list[bytes]]:
    words = random.choices(_WORDS, k=random.randint(5, 400))
    cases = random.choices((str, str.upper, str.title, str.lower, str.swapcase), k=len(words))
    text = " ".join(case(word) for case, word in zip(cases, words, strict=True))
    return SCRATCH / "words", [text.encode()]


def _claims(file: Path) -> object:
    return report(read_essay_file(file, _SHIPPED, "2024-11"))


# Folders

_OWN = write_ledger(SCRATCH / "whole-ledger")


def _ledger_file(random: Random) -> tuple[Path, list[bytes]]:
    folder = write_ledger(SCRATCH / "ledger")
    name = random.choice(["actors.csv", "statements.csv", "sources.json", "ledger.toml"])
    return folder / name, [(_OWN / name).read_bytes()]


def _ledger(file: Path) -> object:
    """What the check accepts must open, and be citable in every style."""
    if problems := check_ledger(file.parent):
        raise InputError(str(problems[0]))
    opened = read_ledger(file.parent)
    return [cite(opened, opened.sources["id"], style) for style in ("mla", "apa", "chicago")]


_SMALL.save(SCRATCH / "whole-world")


def _copy(whole: Path, folder: Path) -> dict[str, bytes]:
    """Make a folder what the whole one is: what an earlier input changed is written again."""
    folder.mkdir(exist_ok=True)
    files = {path.name: path.read_bytes() for path in whole.iterdir()}
    for path in folder.iterdir():
        if path.name not in files and path.is_file():
            path.unlink()
    for name, data in files.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
    return files


def _world_file(random: Random) -> tuple[Path, list[bytes]]:
    folder = SCRATCH / "world"
    _copy(SCRATCH / "whole-world", folder)
    name = random.choice(["networks.parquet", "links.parquet", "exchanges.parquet", MANIFEST])
    return folder / name, [(folder / name).read_bytes(), *_unpacked(name)]


@cache
def _unpacked(name: str) -> list[bytes]:
    """Return a table as it may be written too: its values are damaged there, no packing."""
    if name == MANIFEST:
        return []
    written = BytesIO()
    getattr(_SMALL, name.partition(".")[0]).write_parquet(written, compression="uncompressed")
    return [written.getvalue()]


def _world(file: Path) -> object:
    return World.open(file.parent)


_MEMBERS = members_of(_SMALL, "country")


@cache
def _lost() -> pl.DataFrame:
    """A whole sweep, made when first looked at: every process of tests reads this file."""
    return sweep(_SMALL, _MEMBERS, SCRATCH / "whole-sweep")


def _part(random: Random) -> tuple[Path, list[bytes]]:
    _lost()
    folder = SCRATCH / "sweep"
    whole = _copy(SCRATCH / "whole-sweep", folder)
    name = random.choice(sorted(whole))
    return folder / name, [whole[name]]


def _sweep(file: Path) -> object:
    """What is taken must be what was kept."""
    if not sweep(_SMALL, _MEMBERS, file.parent).equals(_lost()):
        raise AssertionError("other numbers")
    return None


_VANTAGES = b'name,asn\nFirst,3356\n"Second, Inc.",AS 1299\n'
_IMPORT = ("import", "--date", "2019-12-01", "--force", "-o", "OUT", "--as-rel")
_CASES = [find_scenario(name).read_bytes() for name in case_names()]

TARGETS = (
    *(
        Target(
            f"reader {name}",
            2,
            _one_file("file", sample.encode()),
            _read,
            (*_IMPORT, "FILE"),
        )
        for name, sample in SAMPLES.items()
    ),
    Target("import", 8, _one_file("links", *_LINKS), _build, (*_IMPORT, "FILE", "--repair")),
    Target(
        "vantages",
        6,
        _one_file("vantages", b"1299\n9002\n", _VANTAGES, routing_table()),
        _peers,
        ("measure", "cti", "CU", "--vantages", "FILE"),
    ),
    Target("rib", 6, _one_file("rib", *RIBS), _observe, ("rib", "FILE")),
    Target(
        "datasets",
        1,
        _one_file("dataset", projects({}), archive(CABLES)),
        _datasets,
        ("ledger", "import", "FILE", "-o", "OUT", "--force"),
    ),
    Target("scenario", 14, _one_file("s.toml", *_CASES), _scenario, ("scenario", "FILE")),
    Target(
        "essay",
        3,
        _one_file("essay", *(text.encode() for text in (MLA, APA, CHICAGO, f"<html><p>{MLA}"))),
        _essay,
        ("read", "FILE"),
    ),
    Target("words", 3, _worded, _claims, ("read", "FILE")),
    Target("ledger", 10, _ledger_file, _ledger, ("ledger", "check", "FOLDER")),
    Target("world", 14, _world_file, _world, ("--world", "FOLDER", "depend", "RU", "-f", "csv")),
    Target(
        "sweep",
        14,
        _part,
        _sweep,
        ("--world", str(SCRATCH / "whole-world"), "sweep", "FOLDER", "--each", "country"),
    ),
)  # fmt: skip
