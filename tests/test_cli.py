"""What holds for every command: forms of output, notes, exit statuses, one line for an error."""

import errno
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import ERROR, save, small_world
from splinternet import cli
from splinternet.base.shares import rounded
from splinternet.cli import progress
from splinternet.cli.rows import fitted
from splinternet.measures.dependence import depend
from splinternet.world import catalogue
from splinternet.world.catalogue import DEFAULT_WORLD
from terminals import on_a_terminal

DEPEND = ("depend", "RU", "--weights", "networks")

#: A table that is written as all are, by a program that starts in a third of the time.
QUICK = ("worlds",)


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch) -> Path:
    """An empty data folder, and no shipped worlds."""
    monkeypatch.setenv("SPLINTERNET_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(catalogue, "SHIPPED", tmp_path / "shipped")
    return tmp_path / "data"


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> str:
    return str(save(small_world(), tmp_path_factory.mktemp("worlds") / "small"))


@pytest.fixture(scope="module")
def digest(tmp_path_factory) -> str:
    made = small_world(kind="digest", error=ERROR, name="2019-12")
    return str(save(made, tmp_path_factory.mktemp("worlds") / "digest"))


@pytest.fixture
def failed(run):
    """Run a command line that must fail; give its exit status and its one line."""

    def failed(*words: str) -> tuple[int, str]:
        status, out, err = run(*words)
        assert out == ""
        line = err.removesuffix("\n")
        assert "\n" not in line
        assert line.startswith("splinternet: ")
        return status, line

    return failed


def expected() -> pl.DataFrame:
    return depend(small_world(), "RU", weights="networks")


# Forms of output


@pytest.mark.slow
def test_csv(run, world):
    status, out, err = run("--world", world, *DEPEND, "--format", "csv")
    assert status == 0
    again = pl.read_csv(io.StringIO(out), schema=expected().schema)
    assert again.equals(expected())  # to the last digit
    assert err.splitlines()[0] == (
        "World small, the Internet of 1 December 2019; prefer shortest; tie-break split; "
        "links trusted; direction inbound; by network; weights networks; where registered; "
        "parties third; outside networks; vantages all; definitions 3."
    )


def test_json(run, world):
    _, out, _ = run("--world", world, *DEPEND, "-f", "json")
    assert json.loads(out) == expected().to_dicts()


def test_parquet(run, world, tmp_path):
    file = tmp_path / "shares.parquet"
    assert run("--world", world, *DEPEND, "-o", str(file))[:2] == (0, "")
    assert pl.read_parquet(file).equals(expected())
    assert sorted(path.name for path in tmp_path.glob("*shares*")) == [
        "shares.parquet",
        "shares.parquet.manifest.json",
    ]


@pytest.mark.slow
def test_parquet_is_piped_but_not_shown(run, failed, world, monkeypatch, tmp_path):
    words = (sys.executable, "-m", "splinternet", "--world", world, *DEPEND, "-f", "parquet")
    piped = subprocess.run(words, capture_output=True, check=True)
    assert pl.read_parquet(piped.stdout).equals(expected())
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    status, line = failed("--world", world, *DEPEND, "-f", "parquet")
    assert (status, line) == (
        2,
        "splinternet: parquet is nothing for a terminal; name a file with -o",
    )


@pytest.mark.parametrize(
    ("name", "form", "start"),
    [
        ("x.csv", None, "asn,name,country,share,doubt\n"),
        ("x.CSV", None, "asn,name,country,share,doubt\n"),
        ("x.json", None, '[{"asn":'),
        ("x.txt", None, "Share of routes to Russia"),
        ("x.csv", "json", '[{"asn":'),
    ],
)
def test_form_follows_the_name_of_the_file(run, world, tmp_path, name, form, start):
    words = ["-f", form] if form else []
    file = tmp_path / name
    status, out, _ = run("--world", world, *DEPEND, "-o", str(file), *words)
    assert (status, out) == (0, "")
    assert file.read_text(encoding="utf-8").startswith(start)


def test_table(run, world):
    status, out, err = run("--world", world, *DEPEND)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Share of routes to Russia that pass each network"
    assert lines[1].startswith("World small, the Internet of 1 December 2019; prefer shortest; ")
    assert lines[2] == "Levels are computed on this world: no figures of it are shipped."
    assert lines.pop(3).startswith("No ranges stand here: none are shipped of these shares.")
    assert re.fullmatch(
        r"Foreign providers: 2; Herfindahl-Hirschman index 0\.\d{2,3}; effective number 1\.\d\.",
        lines[3],
    )
    assert lines[5].split() == ["asn", "name", "country", "share"]
    first = expected().row(0, named=True)
    share = rounded(first["share"])
    told = [f"AS{first['asn']}", *first["name"].split(), first["country"], share]
    assert lines[6].split() == told
    assert "Two [bold] AB" in out  # a name is no markup
    assert not any(line.endswith(" ") for line in lines)


def test_table_is_as_wide_as_the_terminal(run, world, monkeypatch):
    monkeypatch.setenv("COLUMNS", "32")
    _, out, _ = run("--world", world, *DEPEND)
    assert max(map(len, out.splitlines())) <= 32
    rows = out[out.index("asn ") :].splitlines()
    assert rows[-1].startswith(
        "AS2   Two [bold…  unknown  "
    )  # the name lost some, the share nothing
    assert all(row.endswith("%") for row in rows[1:])


def test_columns_without_room_are_named(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    _, narrow, _ = run("history", "KZ")
    assert max(map(len, narrow.splitlines())) <= 80
    heads = next(line.split() for line in narrow.splitlines() if line.startswith("date "))
    told = narrow[narrow.index("No room in 80 characters for: ") :].replace("\n", " ")
    left_out = told[: told.index(". A wider")].partition(": ")[2].split(", ")
    monkeypatch.setenv("COLUMNS", "400")
    _, wide, _ = run("history", "KZ")
    assert "No room" not in wide
    every = next(line.split() for line in wide.splitlines() if line.startswith("date "))
    ends = [name for name in every if name.endswith(("_low", "_high"))]
    assert ends, "where there is room, ends of ranges have columns of their own"
    assert heads + left_out == [name for name in every if name not in ends]
    assert left_out


@given(
    st.dictionaries(st.text("abc", min_size=1, max_size=9), st.integers(0, 60), min_size=1),
    st.integers(1, 120),
)
def test_columns_that_fit(longest, room):
    """Columns take the room there is and no more; those from the left, each with its heading."""
    widths = fitted(longest, room)
    assert list(widths) == list(longest)[: len(widths)] != []
    taken = sum(widths.values()) + 2 * (len(widths) - 1)
    assert taken <= room
    wanted = {name: max(len(name), most) for name, most in longest.items()}
    assert all(width <= wanted[name] for name, width in widths.items())
    if len(widths) > 1:
        assert all(width >= len(name) for name, width in widths.items())
    if sum(wanted.values()) + 2 * (len(wanted) - 1) <= room:
        assert widths == wanted


def test_limit(run, world):
    every = expected().height
    _, out, _ = run("--world", world, *DEPEND, "--limit", "1")
    assert out.splitlines()[-1] == f"{every - 1} more; --limit 0 shows all"
    _, out, _ = run("--world", world, *DEPEND, "--limit", "0")
    assert "more" not in out
    assert out.count("\nAS") == every
    _, out, _ = run("--world", world, *DEPEND, "--limit", "1", "-f", "csv")
    assert len(out.splitlines()) == every + 1


def test_twenty_rows_by_default(run, world):
    _, out, _ = run("--world", world, "routes", "1", "2", "10", "11")
    assert out.count("\nAS") == 20
    assert out.splitlines()[-1].endswith(" more; --limit 0 shows all")


# Notes


DIGEST = (
    "World 2019-12 is a digest (against the full world: rank correlation 0.97, same top network "
    "for 95% of countries, mean error of shares 0.012): `splinternet fetch 2019-12` brings the "
    "full one."
)


def test_a_digest_says_so(run, digest):
    for words in (DEPEND, ("routes", "1"), ("path", "11", "20"), ("transit",)):
        _, out, _ = run("--world", digest, *words)
        assert DIGEST in out.splitlines()
        _, out, err = run("--world", digest, *words, "-f", "csv")
        assert DIGEST in err.splitlines()
        assert "digest" not in out


def test_a_full_world_does_not(run, world):
    _, out, err = run("--world", world, *DEPEND, "-f", "json")
    assert "digest" not in out + err


def test_a_digest_lacks_small_networks(failed, digest):
    status, line = failed("--world", digest, "path", "1", "64500")
    assert status == 2
    assert "AS64500 is not in world 2019-12 by itself, a digest" in line
    assert "splinternet fetch 2019-12" in line


# Which world


def test_world_before_or_after_the_command(run, world):
    before = run("--world", world, *DEPEND)
    assert before[0] == 0
    assert run(*DEPEND, "--world", world) == before
    assert run("--world", "nowhere", *DEPEND, "--world", world) == before


def test_default_world(run, data):
    save(small_world(name="2019-12"), data / "worlds" / "2019-12")
    status, out, _ = run(*DEPEND)
    assert status == 0
    assert "World 2019-12" in out


def test_missing_world(failed):
    status, line = failed("--world", "2019-13", *DEPEND)
    assert status == 2
    assert line.startswith("splinternet: unknown world '2019-13'")


@pytest.mark.parametrize("words", [DEPEND, ("routes", "1"), ("transit",), ("brief", "RU")])
def test_damaged_world(failed, tmp_path, words):
    folder = save(small_world(), tmp_path / "damaged")
    (folder / "links.parquet").write_bytes(b"PAR1")
    status, line = failed("--world", str(folder), *words)
    assert status == 1
    assert line.startswith(f"splinternet: {folder}/links.parquet: damaged")
    (folder / "links.parquet").unlink()
    status, line = failed("--world", str(folder), *words)
    assert (status, line) == (
        1,
        f"splinternet: {folder}/links.parquet: missing; import or fetch the world again",
    )


# Misuse and failure


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["path", "ASX", "1"], "'ASX' is no AS number; give a number from 1 to 4294967295"),
        (["path", "1", "0"], "'0' is no AS number"),
        (["routes", "4294967296"], "'4294967296' is no AS number"),
        (["routes", "-n"], "No such option"),
        (["routes", "64500"], "AS64500 is not in world small; it has no link there"),
        (["routes", "1", "--network", "AS64500"], "AS64500 is not in world small"),
        (["routes"], "name an origin, such as 3356, or say --all --summary"),
        (["routes", "--all"], "--all and --summary go together"),
        (["routes", "1", "--summary"], "--all and --summary go together"),
        (["depend", "Rusiia"], "unknown country 'Rusiia'; did you mean Russia"),
        (["depend"], "Missing argument 'COUNTRY'; see 'splinternet depend --help'"),
        (["depend", "RU", "--tie-break", "fair"], "'fair' is not one of 'lowest-asn', 'split'"),
        (
            ["depend", "RU", "--tie-break", "fair"],
            "Invalid value for '--tie-break': 'fair' is not one of",
        ),
        (["depend", "RU", "--limit", "-1"], "--limit"),
        (["brief", "Narnia"], "unknown country 'Narnia'"),
        (["transit", "--sources", "1,64500"], "AS64500 is not in world small"),
        (["transit", "--destinations", "Rusiia"], "unknown country 'Rusiia'"),
        (["transit", "--sources", "1", "--destinations", "1"], "no traffic to follow"),
        (["dependd", "RU"], "No such command 'dependd'"),
        (["fetch", "2019-12"], "'fetch' takes no world from before it"),
        (["--wrld", "x"], "No such option"),
    ],
)
def test_misuse(failed, world, words, says):
    status, line = failed("--world", world, *words)
    assert status == 2
    assert says in line


def test_a_snapshot_that_is_not_known(failed):
    status, line = failed("fetch", "yesterday")
    assert status == 2
    assert "unknown snapshot 'yesterday'" in line


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["depend", "FR"], "world small has no network in France (FR)"),
        (["depend", "CU"], "does not know the addresses of these networks; weigh by"),
        (["brief", "RU", "--weights", "users"], "does not know the users of these networks"),
        (["depend", "RU", "--weights", "users"], "does not know the users of these networks"),
    ],
)
def test_failure(failed, world, words, says):
    status, line = failed("--world", world, *words)
    assert status == 1
    assert says in line


def test_folder_that_is_not_there(failed, world, tmp_path):
    file = tmp_path / "none" / "x.csv"
    status, line = failed("--world", world, *DEPEND, "-o", str(file))
    assert status == 1
    assert line == f"splinternet: {file}: cannot be written (No such file or directory)"


@pytest.mark.parametrize("name", ["x.csv", "x.json", "x.parquet", "x.txt"])
def test_full_disk(failed, world, tmp_path, monkeypatch, name):
    file = tmp_path / name
    file.write_text("what was there")

    def full(path: Path, data: bytes) -> None:
        with path.open("wb") as half:
            half.write(data[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    status, line = failed("--world", world, *DEPEND, "-o", str(file))
    assert (status, line) == (
        1,
        f"splinternet: {file}: the disk is full; free some space and try again",
    )
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert file.read_text() == "what was there"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("form", ["table", "csv"])
@pytest.mark.slow
def test_full_disk_behind_standard_output(form):
    words = (sys.executable, "-m", "splinternet", *QUICK, "-f", form)
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True)
    assert ended.returncode == 1
    assert ended.stderr == "splinternet: the disk is full; free some space and try again\n"


def failing(error: BaseException):
    def fail(*_args: object, **_options: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (MemoryError(), 1, "out of memory; "),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), 1, "/x: Permission denied"),
        (
            ZeroDivisionError("division\nby zero"),
            1,
            "a bug in splinternet (ZeroDivisionError: division by zero); please report it, with "
            "what SPLINTERNET_DEBUG=1 shows",
        ),
    ],
)
def test_whatever_goes_wrong_is_one_line(run, world, tmp_path, monkeypatch, error, status, says):
    monkeypatch.setattr("splinternet.measures.dependence.depend", failing(error))
    words = ("--world", world, *DEPEND, "-o", str(tmp_path / "x.csv"))
    ended, out, err = run(*words)
    assert (ended, out) == (status, "")
    assert err.startswith(f"splinternet: {says}")
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_traceback_for_those_who_want_it(run, world, monkeypatch):
    monkeypatch.setenv("SPLINTERNET_DEBUG", "1")
    monkeypatch.setattr("splinternet.measures.dependence.depend", failing(ZeroDivisionError()))
    status, _, err = run("--world", world, *DEPEND)
    assert status == 1
    assert err.startswith("Traceback")
    assert err.splitlines()[-1].startswith("splinternet: a bug in splinternet (ZeroDivisionError")


# Processes


def process(*words: str, **options: object) -> subprocess.Popen[str]:
    command = (sys.executable, "-m", "splinternet", *words)
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, **options)


@pytest.mark.parametrize("form", ["table", "csv"])
@pytest.mark.slow
def test_nobody_reads_on(form):
    reads, writes = os.pipe()
    os.close(reads)
    with process(*QUICK, "-f", form, stdout=writes) as ended:
        os.close(writes)
        assert ended.communicate()[1] == ""
    assert ended.returncode == 1


@pytest.mark.parametrize("words", [QUICK, (*QUICK, "-f", "parquet"), ("--help",)])
@pytest.mark.slow
def test_standard_output_is_closed(words):
    command = (sys.executable, "-m", "splinternet", *words)
    closed = ("sh", "-c", 'exec "$@" >&-', "sh", *command)
    ended = subprocess.run(closed, stderr=subprocess.PIPE, text=True)
    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr
    assert "splinternet: " not in ended.stderr


@pytest.mark.parametrize("closed", ["2>&-", ">&- 2>&-"])
@pytest.mark.slow
def test_standard_error_is_closed(closed):
    command = (sys.executable, "-m", "splinternet", "dependd")
    shell = ("sh", "-c", f'exec "$@" {closed}', "sh", *command)
    ended = subprocess.run(shell, stdout=subprocess.PIPE, text=True)
    assert (ended.returncode, ended.stdout) == (2, "")


def test_output_that_is_no_file_cannot_be_abandoned(monkeypatch):
    class Failing(io.StringIO):
        def flush(self) -> None:
            raise OSError(errno.EIO, "broken")

    monkeypatch.setattr("sys.stdout", Failing())
    monkeypatch.setattr("sys.stderr", said := io.StringIO())
    assert cli.main(["depnd"]) == 2
    assert said.getvalue().startswith("splinternet: No such command")


def test_output_to_a_pipe(run, world, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    reads = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert run("--world", world, *DEPEND, "-f", "csv", "-o", str(tmp_path / "pipe"))[0] == 0
    assert os.read(reads, 1 << 16).startswith(b"asn,name,country,share,doubt\n")
    os.close(reads)
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("command", ["import", "digest"])
def test_only_a_world_or_an_empty_folder_is_replaced(
    failed, run, world, tmp_path, monkeypatch, command
):
    made = small_world(kind="digest", error=ERROR)
    monkeypatch.setattr("splinternet.digest.build.make_digest", lambda _full, progress: made)
    (tmp_path / "links.txt").write_text("1|2|-1\n")
    given = ("--date", "2019-12-01", "--as-rel", str(tmp_path / "links.txt"))
    words = (command, *(given if command == "import" else (world,)), "-o")
    folder = tmp_path / "made"
    folder.mkdir()
    assert "exists already" in failed(*words, str(folder))[1]
    (folder / "thesis.txt").write_text("all of it")
    assert "is no world, so --force" in failed(*words, str(folder), "--force")[1]
    (folder / "thesis.txt").unlink()
    assert run(*words, str(folder), "--force")[0] == 0
    (folder / "manifest.json").unlink()
    assert run(*words, str(folder), "--force")[0] == 0
    assert (folder / "manifest.json").is_file()


@pytest.mark.slow
def test_interrupt_leaves_nothing(world, tmp_path):
    code = (
        "import os, signal, sys, time\n"
        "from pathlib import Path\n"
        "from splinternet.__main__ import main\n"
        "write = Path.write_bytes\n"
        "def slow(path, data):\n"
        "    write(path, data[:10])\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    time.sleep(60)\n"
        "Path.write_bytes = slow\n"
        "sys.exit(main())\n"
    )
    words = ("--world", world, *DEPEND, "-o", str(tmp_path / "x.csv"))
    ended = subprocess.run((sys.executable, "-c", code, *words), capture_output=True, text=True)
    assert ended.returncode == 128 + signal.SIGINT
    assert ended.stderr == "splinternet: interrupted\n"
    assert list(tmp_path.iterdir()) == []


COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|9[0-7])")


def test_progress_and_colours_only_on_a_terminal(run, world):
    words = ("--world", world, "routes", "--all", "--summary")
    assert COLOUR.search(on_a_terminal("stderr", *words, TERM="xterm-256color"))
    plain = on_a_terminal("stderr", *words, TERM="xterm-256color", NO_COLOR="1")
    assert "100%" in plain
    assert not COLOUR.search(plain)
    assert run(*words)[2] == ""


def test_progress_bar(capsys, monkeypatch):
    with progress.progress_bar("routes") as report:
        assert report is None
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress.progress_bar("routes") as report:
        report(1, 2)
    assert "routes" in capsys.readouterr().err


def test_nothing_heavy_is_imported_for_help():
    asked = (
        "import sys, splinternet.cli as cli; status = cli.main(['depend', '--help']);"
        "heavy = {'numba', 'numpy', 'polars', 'pycountry', 'requests', 'rich', 'scipy'};"
        "sys.exit(status or str(heavy & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True)
    assert ended.stderr == "set()\n"
    assert ended.stdout.startswith("Usage: splinternet depend")


# Help


def test_alone_it_shows_help(run):
    status, out, err = run()
    assert (status, err) == (0, "")
    assert out == run("--help")[1]
    assert out == run("-h")[1]
    assert "splinternet brief RU" in out


def test_version(run):
    status, out, _ = run("--version")
    assert status == 0
    assert re.fullmatch(r"splinternet \d+\.\d+\.\d+\S*\n", out)


def test_default_world_is_the_library_s(run):
    assert f"[default: {DEFAULT_WORLD}]" in run("--help")[1]


@pytest.mark.slow
def test_the_reference_is_up_to_date():
    script = Path(__file__).parents[1] / "docs" / "make_cli_reference.py"
    ended = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
