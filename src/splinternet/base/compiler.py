"""How numba compiles, said once.

Compiled code is kept on disk until the file of a function changes; numba does not notice a change
of another file that it uses. After a change of ``codes.py`` or ``hops.py`` remove the
``__pycache__`` beside it. Keeping it only saves time: what cannot be read there is compiled again,
and where nothing can be written one line of warning says so.

Compiling takes long, so kernels spare it what costs most: copying an array to a slice of another
(the message of an error is compiled with it), ``max()`` and ``all()`` of arrays, and calls with a
number written out at first and computed later (``0`` has a type of its own, ``np.int64(0)`` not).
"""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

from numba import njit
from numba.core.caching import FunctionCache
from numba.core.event import Listener, register

__all__ = ["inline", "inner", "jit", "spliced"]


def _spare_linear_algebra() -> None:
    """Load numba's arrays without SciPy's linear algebra, a fifth of a short command's time.

    numba only looks whether it is there, which it is, and loads it again where code needs it.
    """
    name = "scipy.linalg.cython_blas"
    if name in sys.modules or "numba.np.arraymath" in sys.modules:
        return
    sys.modules[name] = None  # type: ignore[assignment]  # to the import system: not there
    try:
        from numba.np import arraymath
    finally:
        del sys.modules[name]
    arraymath._HAVE_BLAS = True


_spare_linear_algebra()


class _WithoutCollector(Listener):
    """Rest of Python's garbage collector while code is compiled: a fifth of the time it takes.

    The compiler makes many objects that live until it ends, and holds a lock meanwhile, so that
    one thread compiles at a time; a function may be compiled in the midst of another.
    """

    def __init__(self) -> None:
        self._depth = 0
        self._collects = False

    def on_start(self, event: Any) -> None:
        if self._depth == 0:
            self._collects = gc.isenabled()
            gc.disable()
        self._depth += 1

    def on_end(self, event: Any) -> None:
        self._depth -= 1
        if self._depth == 0 and self._collects:
            gc.enable()


register("numba:compile", _WithoutCollector())


_njit: Any = njit  # its own types lack some of the options


def _compiler(**options: Any) -> Any:
    """Make a decorator that compiles a function when it is first called, or takes what is kept."""

    def compiler(function: Callable[..., Any]) -> Any:
        compiled = _njit(
            nogil=True, error_model="numpy", boundscheck=False, no_cfunc_wrapper=True, **options
        )(function)
        try:
            compiled._cache = _Kept(function)
        except RuntimeError:  # neither the package's folder, nor the user's, nor one that is named
            _warn()
        return compiled

    return compiler


class _Kept(FunctionCache):
    """Compiled code of a function on disk, as numba keeps it, that costs no answer."""

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        try:
            return super().load_overload(sig, target_context)
        except Exception:  # whatever reading a damaged file can raise
            with suppress(OSError):
                self.flush()
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        try:
            super().save_overload(sig, data)
        except OSError:
            _warn()


@cache  # one line, for however many functions
def _warn() -> None:
    logging.getLogger("splinternet").warning(
        "compiled code cannot be kept, so every run takes up to half a minute longer; set "
        "NUMBA_CACHE_DIR to a folder that can be written"
    )


#: For what Python calls, and for what only kernels call: the latter needs no way in from Python.
jit: Any = _compiler()
inner: Any = _compiler(no_cpython_wrapper=True)
#: For what becomes part of whoever calls it: written out there and compiled with it each time, or
#: compiled once and put in its place by the linker, which is quicker where it stands several times.
inline: Any = _njit(inline="always", nogil=True, error_model="numpy")
spliced: Any = _njit(
    forceinline=True,
    nogil=True,
    error_model="numpy",
    no_cpython_wrapper=True,
    no_cfunc_wrapper=True,
)
