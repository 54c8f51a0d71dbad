"""Reading the bytes that stand for routes; ``_kernels`` says how they are made."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from splinternet.base.choices import Routing
from splinternet.routing._kernels import CUSTOMER_FIRST, GAO_REXFORD, NO_ROUTE, SHORTEST

__all__ = ["NO_ROUTE", "Rules", "classes", "customer_routes", "lengths", "rules_of"]

_Codes = npt.NDArray[np.uint8]

_NUMBERS = {"gao-rexford": GAO_REXFORD, "customer-first": CUSTOMER_FIRST, "shortest": SHORTEST}


class Rules(NamedTuple):
    """How routes are chosen, as kernels take it."""

    preference: int
    split: bool

    @property
    def apart(self) -> bool:
        """Whether carriers may choose other routes than the customer routes that they tell."""
        return self.preference == SHORTEST


def rules_of(routing: Routing) -> Rules:
    """Rules that a routing stands for."""
    return Rules(_NUMBERS[routing.prefer], routing.split)


def customer_routes(told: _Codes, preference: int) -> _Codes:
    """Codes for choosing customer routes."""
    codes = told << 2 if preference == SHORTEST else told
    return np.where(told < 64, codes, NO_ROUTE).astype(np.uint8)


def lengths(codes: _Codes, preference: int) -> _Codes:
    """Lengths of routes, in links; of no route, nothing that means anything."""
    if preference == SHORTEST:
        return (codes >> 2).astype(np.uint8)
    if preference == CUSTOMER_FIRST:
        return np.where(codes < 64, codes, (codes - 64) >> 1).astype(np.uint8)
    return codes & np.uint8(63)


def classes(codes: _Codes, preference: int) -> _Codes:
    """Classes of routes: 0 own, 1 customer, 2 peer, 3 provider; of no route 3 too."""
    if preference == SHORTEST:
        return np.where(codes == 0, 0, np.minimum((codes & 3) + 1, 3)).astype(np.uint8)
    from_peer = codes & 1 == 0 if preference == CUSTOMER_FIRST else codes < 128
    kind = np.where(codes < 64, 1, np.where(from_peer & (codes < 192), 2, 3))
    return np.where(codes == 0, 0, kind).astype(np.uint8)
