"""Reading the bytes that stand for routes; ``_kernels`` says how they are made."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from splinternet.routing._kernels import CUSTOMER_FIRST, GAO_REXFORD, NO_ROUTE
from splinternet.routing.policy import Policy

__all__ = ["NO_ROUTE", "Rules", "classes", "lengths", "rules_of"]

_Codes = npt.NDArray[np.uint8]

_NUMBERS = {"gao-rexford": GAO_REXFORD, "customer-first": CUSTOMER_FIRST}


class Rules(NamedTuple):
    """How routes are chosen, as kernels take it."""

    preference: int
    split: bool


def rules_of(policy: Policy) -> Rules:
    """Rules that a policy stands for."""
    return Rules(_NUMBERS[policy.prefer], policy.split)


def lengths(codes: _Codes, preference: int) -> _Codes:
    """Lengths of routes, in links; of no route, nothing that means anything."""
    if preference == CUSTOMER_FIRST:
        return np.where(codes < 64, codes, (codes - 64) >> 1).astype(np.uint8)
    return codes & np.uint8(63)


def classes(codes: _Codes, preference: int) -> _Codes:
    """Classes of routes: 0 own, 1 customer, 2 peer, 3 provider; of no route 3 too."""
    from_peer = codes & 1 == 0 if preference == CUSTOMER_FIRST else codes < 128
    kind = np.where(codes < 64, 1, np.where(from_peer & (codes < 192), 2, 3))
    return np.where(codes == 0, 0, kind).astype(np.uint8)
