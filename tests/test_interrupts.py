"""Ctrl-C at any moment ends a command in one line; nothing is read or waited for without end."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from commands import save, small_world

ONE_LINE = "splinternet: interrupted\n"

SCENARIO = """
name = "piped"
world = "2019-12"
[[shocks]]
kind = "isolate"
networks = "country:CU"
"""

#: Starts the command; at every tenth import it forks, and the fork presses Ctrl-C. At the end it
#: tells the number of imports, and how each fork ended and what it said.
IMPORTER = """
import json, os, signal, sys, warnings
imports, ended = 0, []

def fork():
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of threads: the fork has no use for them
        child = os.fork()
    os.dup2(writing, 2) if child == 0 else None
    os.close(writing)
    if child:
        with os.fdopen(reading) as said:
            text = said.read()
        ended.append((os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text))
    return child

class Presser:
    def find_spec(self, name, path=None, target=None):
        global imports
        imports += 1
        if imports % 10 == 0 and fork() == 0:
            sys.meta_path.remove(self)
            signal.alarm(60)
            os.kill(os.getpid(), signal.SIGINT)

from splinternet import __main__
presser = Presser()
sys.meta_path.insert(0, presser)
status = __main__.main()
if presser in sys.meta_path:
    print()
    print(json.dumps([imports, ended]), flush=True)
os._exit(status)
"""


@pytest.fixture
def world(tmp_path):
    return str(save(small_world(), tmp_path / "small"))


def started(*words: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, **options)


def test_an_interruption_at_any_import_is_one_line(world):
    whole = started("-c", IMPORTER, "--world", world, "depend", "RU", "--weights", "networks")
    assert whole.returncode == 0, whole.stderr
    imports, ended = json.loads(whole.stdout.splitlines()[-1])
    assert imports > 300
    assert len(ended) == imports // 10
    assert {tuple(each) for each in ended} == {(130, ONE_LINE)}


#: Starts the command, and says so when Ctrl-C is seen to.
READY = """
import sys
from splinternet import cli
from splinternet.__main__ import main
run = cli.main
cli.main = lambda: print("ready", flush=True) or run()
sys.exit(main())
"""


@pytest.mark.parametrize(("after", "between"), [(0, 0), (0.3, 0.02), (0.6, 0.001), (1.2, 0.2)])
def test_an_interruption_at_work_is_one_line_however_often_it_comes(after, between):
    process = subprocess.Popen(
        [sys.executable, "-c", READY, "atlas", "--world", "2019-12", "-f", "csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    time.sleep(after)
    for _ in range(3):
        process.send_signal(signal.SIGINT)  # of somebody who cannot wait
        time.sleep(between)
    _, said = process.communicate()
    assert (process.returncode, said) == (130, ONE_LINE)


#: Ends as an interrupted command does, while threads are at work. It looks up as commands do while
#: they wait: Python may see to an interruption only when a call of the main thread has ended.
INTERRUPTED = """
import sys, threading, time, types
cli = sys.modules["splinternet.cli"] = types.ModuleType("splinternet.cli")
def work():
    while True:
        pass
def run():
    for _ in range(3):
        threading.Thread(target=work, daemon=True).start()
    print("ready", flush=True)
    try:
        for _ in range(300):
            time.sleep(0.2)
    except KeyboardInterrupt:
        return 130
cli.main = run
from splinternet.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("times", [2, 3, 100, 400])
def test_a_flood_of_interruptions_is_one_line(times):
    words = [sys.executable, "-c", INTERRUPTED]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "ready\n"
        for _ in range(times):
            process.send_signal(signal.SIGINT)
        assert (process.communicate()[1], process.returncode) == (ONE_LINE, 130)


def test_what_a_library_makes_of_an_interruption_is_still_one(run, monkeypatch):
    def convert(*_args, **_options):
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as error:
            raise ImportError("initialisation failed") from error

    monkeypatch.setattr("splinternet.world.catalogue.open_world", convert)
    assert run("depend", "RU") == (130, "", "")  # and whoever runs it tells the line


# Bounds


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("what-if", "/dev/zero"), "larger than 1,000,000 bytes, which no scenario is"),
        (("depend", "RU", "--scenario", "/dev/zero"), "which no scenario is"),
        (("read", "/dev/zero"), "larger than 1,000,000 bytes, which no essay is"),
        (("ties", "Huawei", "--ledger", "endless"), "is larger than 16 MiB"),
        (("--world", "endless", "depend", "RU"), "which no file of a world is"),
        (("brief", "RU", "--atlas", "endless/atlas.csv"), "which no atlas is"),
    ],
)
def test_endless_files_are_refused_by_a_limit_that_is_named(tmp_path, words, says):
    folder = tmp_path / "endless"
    folder.mkdir()
    for name in ("manifest.json", "ledger.toml", "statements.csv", "atlas.csv.manifest.json"):
        with (folder / name).open("wb") as file:
            file.truncate(8 << 30)  # without a block on the disk
    (folder / "atlas.csv").write_text("country,name\n")
    # A limit on memory, so that one that is missing shows.
    bound = ["bash", "-c", 'ulimit -v 4000000; exec "$@"', "bash"]
    done = subprocess.run(
        [*bound, sys.executable, "-m", "splinternet", *words],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.stderr.startswith("splinternet: ")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.returncode in (1, 2)


@pytest.mark.parametrize("command", ["scenario", "read"])
def test_pipes_are_read(tmp_path, run, command):
    texts = {
        "scenario": SCENARIO,
        "read": "The ban of Huawei began in 2019.",
    }
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    threading.Thread(target=pipe.write_text, args=(texts[command],), daemon=True).start()
    status, out, said = run(command, str(pipe))
    assert (status, said) == (0, "")
    assert "piped" in out or "Huawei" in out


def test_a_scenario_with_a_byte_order_mark(tmp_path, run):
    file = tmp_path / "marked.toml"
    file.write_text(SCENARIO, encoding="utf-8-sig")
    assert run("scenario", str(file))[0] == 0


# Clusters


def test_a_cluster_without_workers_is_told_of(tmp_path, world):
    distributed = pytest.importorskip("distributed")
    words = ("sweep", str(tmp_path / "s"), "--each", "country", "--world", world, "--dask")
    with distributed.LocalCluster(n_workers=0, dashboard_address=":0") as cluster:
        process = subprocess.Popen(
            [sys.executable, "-c", QUICK, *words, cluster.scheduler_address],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert "no worker has come to tcp://" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert process.communicate()[1] == ONE_LINE


QUICK = """
import sys
from splinternet.scenario import cluster
from splinternet.__main__ import main
cluster._WORKERS = 0.5
sys.exit(main())
"""
