"""The process that draws: it reads charts from its input and writes pictures to its output.

It is run as a file, not as a module of the package, so that it starts in the time that the chart
library itself takes. Whatever goes wrong in that library, a panic, an abort, a hang or too much
memory, ends this process and no other; :mod:`~splinternet.brief.charts.drawing` starts another.
"""

from __future__ import annotations

import json
import resource
import signal
import struct
import sys
from contextlib import suppress
from typing import Any, BinaryIO

__all__ = ["SIZE", "main"]

#: How long a message is, in front of it.
SIZE = struct.Struct("!Q")

#: Memory that may be written to, in bytes. The address space cannot be bounded: the library's
#: engine sets aside 64 GiB of it that it never fills.
_MEMORY = 2 << 30

#: Seconds for one chart; the largest of a brief takes half of one.
_TIME = 20

#: Charts hold their data; nothing may be loaded.
_NOWHERE: list[str] = []


def main(asked: BinaryIO, answers: BinaryIO) -> None:
    """Draw until nothing more is asked for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who asks; then the input ends
    with suppress(OSError, ValueError):  # not every system has this limit
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while head := asked.read(SIZE.size):
        question = json.loads(asked.read(*SIZE.unpack(head)))
        signal.alarm(_TIME)  # not caught, so that it ends the process wherever it hangs
        answer = _drawn(**question)
        signal.alarm(0)
        answers.write(SIZE.pack(len(answer)) + answer)
        answers.flush()


def _drawn(spec: dict[str, Any] | str, scale: float | None) -> bytes:
    """Draw a chart, as PNG if there is a scale; nothing if the library refuses it.

    Text is SVG already.
    """
    import vl_convert  # not by those who only look up here how long a message is

    try:
        if isinstance(spec, str):
            return bytes(vl_convert.svg_to_png(spec, scale=scale or 1))
        if scale is None:
            return vl_convert.vegalite_to_svg(spec, allowed_base_urls=_NOWHERE).encode()
        return bytes(vl_convert.vegalite_to_png(spec, scale=scale, allowed_base_urls=_NOWHERE))
    except Exception:
        return b""


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
