"""How numba compiles, said once.

Compiled code is kept on disk until the file of a function changes; numba does not notice a change
of another file that it uses. After a change of ``codes.py`` remove the ``__pycache__`` here.

Compiling takes long, so kernels spare it what costs most: copying an array to a slice of another
(the message of an error is compiled with it), ``max()`` and ``all()`` of arrays, and calls with a
number written out at first and computed later (``0`` has a type of its own, ``np.int64(0)`` not).
"""

from __future__ import annotations

from typing import Any

from numba import njit

__all__ = ["inline", "inner", "jit"]

_njit: Any = njit  # its own types lack some of the options
_usual = {
    "cache": True,
    "nogil": True,
    "error_model": "numpy",
    "boundscheck": False,
    "no_cfunc_wrapper": True,
}
#: For what Python calls, and for what only kernels call: the latter needs no way in from Python.
jit: Any = _njit(**_usual)
inner: Any = _njit(**_usual, no_cpython_wrapper=True)
inline: Any = _njit(inline="always", nogil=True, error_model="numpy")
