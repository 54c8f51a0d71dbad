"""Reading the bytes that stand for routes; ``_kernels.codes`` says how they are made."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from splinternet.base.choices import Routing
from splinternet.routing._kernels import NO_ROUTE, PREFERENCES, Pinned, Preference

__all__ = ["NO_ROUTE", "Rules", "classes", "customer_routes", "lengths", "rules_of"]

_Codes = npt.NDArray[np.uint8]


class Rules(NamedTuple):
    """How routes are chosen, as kernels take it."""

    preference: Preference
    split: bool


def rules_of(routing: Routing, *, pinned: bool = False) -> Rules:
    """Rules that a routing stands for, where some next hops are pinned or none."""
    return Rules(Pinned() if pinned else PREFERENCES[routing.prefer], routing.split)


def customer_routes(told: _Codes, preference: Preference) -> _Codes:
    """Codes for choosing customer routes."""
    return _table(preference.choice_of)[np.where(told < 64, told, NO_ROUTE)]


def lengths(codes: _Codes, preference: Preference) -> _Codes:
    """Lengths of routes, in links; of no route, nothing that means anything."""
    return _table(preference.length_of)[codes]


def classes(codes: _Codes, preference: Preference) -> _Codes:
    """Classes of routes: 0 own, 1 customer, 2 peer, 3 provider; of no route 3 too."""
    by_customer = _table(preference.is_customer)[codes] > 0
    by_peer = _table(preference.is_peer)[codes] > 0
    kind = np.select([codes == 0, by_customer, by_peer], [0, 1, 2], 3)
    return kind.astype(np.uint8)


@cache
def _table(of: Callable[[np.uint8], Any]) -> _Codes:
    """Value of each code."""
    return np.array([of(np.uint8(code)) for code in range(256)], dtype=np.uint8)
