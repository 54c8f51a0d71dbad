"""Bytes that stand for routes.

Every carrier has two routes to a destination, which may be one: its *own choice*, by which it sends
what it has from itself and from below, and its *customer route*, which is what it tells to its
peers and providers, and by which it sends what comes from these.

A route that was *told* is a byte: the links of a customer route, below 64; 0 is the destination
itself. The *code* of an own choice is four times its links, and 1 more for a peer's, 2 more for a
provider's route. 255 is no route in either. A code is the same by every preference: whoever follows
routes has no need to know why they were chosen. ``preferences`` has the bytes to choose by, and
``hops`` tells how one neighbour's byte becomes another's.

Lengths up to 62 fit; 63 marks a path too long to hold. Every intermediate is cast back to one
byte, or the compiler widens it and SIMD loses its point.
"""

from __future__ import annotations

import numpy as np

__all__ = ["LANES", "LAST", "NO_ROUTE", "PEER", "TO_CUSTOMER", "TO_PEER", "TO_PROVIDER"]

#: Destinations in a block.
LANES = 128
NO_ROUTE = np.uint8(255)
#: Customer routes are told as fewer links.
PEER = np.uint8(64)
#: Links that a customer route is told to have besides its own, where it is a last resort.
LAST = np.uint8(32)
#: Kinds of links from one network to the next. (Numbers of NumPy are not types of their own.)
TO_PROVIDER, TO_PEER, TO_CUSTOMER = np.int64(0), np.int64(1), np.int64(2)
