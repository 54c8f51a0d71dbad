"""Commands by a process that has imported the program already, and forks for each of them."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Ended", "Warm"]

#: What the process does. It imports all, and computes nothing, so that no thread of a library is
#: lost by the fork; the parser of words is made once.
_SERVE = """
import functools, gc, importlib, io, json, os, pkgutil, resource, signal, sys, threading
import scipy.sparse.csgraph, splinternet, typer.main
from splinternet.__main__ import main
for module in pkgutil.walk_packages(splinternet.__path__, "splinternet."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
typer.main.get_command = functools.cache(typer.main.get_command)
asked_of, told = sys.stdin, os.fdopen(os.dup(1), "w")
sys.argv, sys.stderr = ["splinternet", "scenario", "unknown"], io.StringIO()
main()
sys.stderr = sys.__stderr__
assert threading.active_count() == 1
gc.freeze()
for line in asked_of:
    asked = json.loads(line)
    child = os.fork()
    if child == 0:
        for number, name in enumerate([os.devnull, asked["out"], asked["err"]]):
            os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
        resource.setrlimit(resource.RLIMIT_DATA, (asked["memory"], asked["memory"]))
        signal.alarm(asked["seconds"])
        sys.argv = ["splinternet", *asked["words"]]
        status = main()
        sys.stdout.flush()
        os._exit(status)  # tidying away what was imported takes longer than the command
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), file=told, flush=True)
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended, below 0 by that signal, and what it said of itself."""

    status: int
    stderr: str


class Warm:
    """A warm process that runs commands, each in a fork with limits on memory and seconds."""

    def __init__(self, folder: Path, memory: int, seconds: int) -> None:
        self._said = folder / "warm.out", folder / "warm.err"
        self._limits = {"memory": memory, "seconds": seconds}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        )

    def run(self, *words: str) -> Ended:
        """Run a command; one that takes too long is ended by ``SIGALRM``."""
        out, err = self._said
        asked = {**self._limits, "words": words, "out": str(out), "err": str(err)}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        status = int(self._process.stdout.readline())
        return Ended(status, err.read_text(encoding="utf-8", errors="replace"))

    def close(self) -> None:
        """End the process."""
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
