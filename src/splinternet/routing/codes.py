"""Reading the bytes that stand for routes; ``_kernels.codes`` says how they are made."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from splinternet.base.choices import Routing
from splinternet.routing import _kernels
from splinternet.routing._kernels import NO_ROUTE

__all__ = [
    "NO_ROUTE",
    "Choosing",
    "Following",
    "classes",
    "code_of_told",
    "codes_of_keys",
    "lengths",
]

_Codes = npt.NDArray[np.uint8]


class Choosing(NamedTuple):
    """How networks choose routes, as kernels take it."""

    preference: _kernels.Preference
    split: bool

    @classmethod
    def of(cls, routing: Routing) -> Choosing:
        """Read it from the choices behind a figure."""
        return cls(_kernels.PREFERENCES[routing.prefer], routing.split)


class Following(NamedTuple):
    """How chosen routes are followed, as kernels take it.

    Of a code's six bits of length only ``length_bits`` are links where some next hops are pinned:
    the others tell a last resort.
    """

    split: bool
    pinned: bool
    length_bits: np.uint8

    @classmethod
    def of(cls, routing: Routing, *, pinned: bool) -> Following:
        """Read it from the choices behind a figure; some next hops are pinned or none."""
        return cls(routing.split, pinned, np.uint8(31 if pinned else 63))


def code_of_told(told: _Codes) -> _Codes:
    """Codes for choosing the customer routes of which this is told."""
    return np.where(told < 64, told << 2, NO_ROUTE).astype(np.uint8)


def lengths(codes: _Codes, rules: Following) -> _Codes:
    """Lengths of routes, in links; of no route, nothing that means anything."""
    return (codes >> np.uint8(2)) & rules.length_bits


def classes(codes: _Codes) -> _Codes:
    """Classes of routes: 0 own, 1 customer, 2 peer, 3 provider; of no route 3 too."""
    return np.where(codes == 0, 0, np.minimum((codes & 3) + 1, 3)).astype(np.uint8)


def codes_of_keys(keys: _Codes, preference: _kernels.Preference) -> _Codes:
    """Codes of routes that were chosen by keys."""
    return _codes(preference)[keys]


@cache
def _codes(preference: _kernels.Preference) -> _Codes:
    """Code of each key."""
    return np.array(
        [_kernels.code_of.py_func(preference, np.uint8(key)) for key in range(256)], dtype=np.uint8
    )
