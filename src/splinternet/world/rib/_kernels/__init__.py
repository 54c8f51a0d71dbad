"""Compiled code that takes routing tables apart."""

from __future__ import annotations

from splinternet.world.rib._kernels.records import NO_ROOM, STRANGE, read_records
from splinternet.world.rib._kernels.state import Count, Path, State, Told, new_state, with_room

__all__ = [
    "NO_ROOM",
    "STRANGE",
    "Count",
    "Path",
    "State",
    "Told",
    "new_state",
    "read_records",
    "with_room",
]
