"""Numbers of contests: what networks filter, and what is known of a route; see ``contests``."""

from __future__ import annotations

import numpy as np

__all__ = [
    "ASPA",
    "ATTESTS",
    "BY_ATTACKER",
    "BY_VICTIM",
    "ENDS_AT_ATTACKER",
    "MARKED",
    "ONLY_TO_CUSTOMERS",
    "ON_PATH",
    "PEER_ROV",
    "ROV",
]

#: What a network does, in the bytes of ``Gates.flags``.
ROV = np.uint8(1)
PEER_ROV = np.uint8(2)
ASPA = np.uint8(4)
ATTESTS = np.uint8(8)
ONLY_TO_CUSTOMERS = np.uint8(16)
#: It stands in the attacker's path, and drops what would come back.
ON_PATH = np.uint8(32)

BY_VICTIM = np.uint8(1)
BY_ATTACKER = np.uint8(0b1111110)
ENDS_AT_ATTACKER = np.uint8(128)
#: Marks of routes for customers only.
MARKED = np.uint8(0b1110000)
