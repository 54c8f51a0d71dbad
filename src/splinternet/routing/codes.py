"""Reading the bytes that stand for routes; ``_kernels`` says how they are made."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from splinternet.routing._kernels import NO_ROUTE

__all__ = ["NO_ROUTE", "classes", "lengths"]

_Codes = npt.NDArray[np.uint8]


def lengths(codes: _Codes, customer_first: bool) -> _Codes:
    """Lengths of routes, in links; of no route, nothing that means anything."""
    if customer_first:
        return np.where(codes < 64, codes, (codes - 64) >> 1).astype(np.uint8)
    return codes & np.uint8(63)


def classes(codes: _Codes, customer_first: bool) -> _Codes:
    """Classes of routes: 0 own, 1 customer, 2 peer, 3 provider; of no route 3 too."""
    from_peer = codes & 1 == 0 if customer_first else codes < 128
    kind = np.where(codes < 64, 1, np.where(from_peer & (codes < 192), 2, 3))
    return np.where(codes == 0, 0, kind).astype(np.uint8)
