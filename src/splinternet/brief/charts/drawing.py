"""Drawing in a process of its own, so that a chart that cannot be drawn costs only itself."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Lock
from typing import Any

from splinternet.base.errors import ChartError
from splinternet.brief.charts.worker import SIZE

__all__ = ["drawn"]

_WORKER = Path(__file__).with_name("worker.py")


class _Drawer:
    """A worker process, started when first asked and again after its death; one chart at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def __call__(self, question: bytes) -> bytes:
        """Return the picture; empty if there is none.

        Raises
        ------
        OSError
            If the process cannot be started, or has died.
        """
        with self._lock:
            try:
                return self._answer(self._started(), question)
            except BaseException:
                self.stop()  # after an interruption its next answer would be to this question
                raise

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(_WORKER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    @staticmethod
    def _answer(process: subprocess.Popen[bytes], question: bytes) -> bytes:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(SIZE.pack(len(question)) + question)
        process.stdin.flush()
        head = process.stdout.read(SIZE.size)
        size = SIZE.unpack(head)[0] if len(head) == SIZE.size else 1
        answer = process.stdout.read(size)
        if len(answer) < size:
            raise BrokenPipeError
        return answer

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            process, self._process = self._process, None
            process.kill()
            process.communicate()


_drawer = _Drawer()
atexit.register(lambda: _drawer.stop())


def _start_afresh() -> None:
    """Leave the worker to the parent of a forked process, which has the other end of its pipes."""
    global _drawer
    _drawer = _Drawer()


os.register_at_fork(after_in_child=_start_afresh)


def drawn(spec: dict[str, Any] | str, scale: float | None = None) -> bytes:
    """Draw a chart of Vega-Lite as SVG, or as PNG if there is a scale; SVG always as PNG.

    Raises
    ------
    ChartError
        If it cannot be drawn: the library refuses it, or takes too much time or memory.
    """
    question = json.dumps({"spec": spec, "scale": scale}).encode()
    try:
        picture = _drawer(question)
    except OSError:
        raise ChartError(
            "this chart could not be drawn: it took too much time or memory, or broke what draws it"
        ) from None
    if not picture:
        raise ChartError("this chart could not be drawn: the chart library refuses it")
    return picture
