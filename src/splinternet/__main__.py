"""Run the command line, and end it in one line whenever Ctrl-C is pressed.

Here the command starts, and nothing of any size is imported before Ctrl-C is seen to. It raises
an exception, so that what is at work can tidy up; where nobody would see that, or did not at the
first time, or in the midst of an import, of which libraries make something else, it ends the
process at once. Nothing is lost then: files appear whole or not at all.
"""

import os
import signal
import sys
from types import FrameType

__all__ = ["main"]

_INTERRUPTED = 130


def main() -> int:
    """Run the command line of this process, and return its exit status."""
    signal.signal(signal.SIGINT, _quit)
    sys.unraisablehook = _unraisable
    from splinternet.cli import main as run

    try:
        signal.signal(signal.SIGINT, _interrupt)
        status = run()
        signal.signal(signal.SIGINT, _quit)
    except KeyboardInterrupt:
        _quit()
    if status == _INTERRUPTED:
        _quit()
    return status


def _interrupt(_number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, _quit)
    while frame is not None:
        if frame.f_code.co_filename == "<frozen importlib._bootstrap>":
            _quit()
        frame = frame.f_back
    raise KeyboardInterrupt


def _quit(_number: int = 0, _frame: FrameType | None = None) -> None:
    """Tell of it once, and do not wait for threads whose work nobody wants any more."""
    sys.unraisablehook = _forget  # Python tells it of one that comes while none is seen to any more
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.write(2, b"splinternet: interrupted\n")
    os._exit(_INTERRUPTED)


def _forget(_lost: "sys.UnraisableHookArgs") -> None:
    pass


def _unraisable(lost: "sys.UnraisableHookArgs") -> None:
    """Notice an interruption that came in a finaliser, or in a callback of a library."""
    if isinstance(lost.exc_value, KeyboardInterrupt):
        _quit()
    sys.__unraisablehook__(lost)


if __name__ == "__main__":
    sys.exit(main())
