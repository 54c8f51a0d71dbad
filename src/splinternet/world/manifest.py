"""The provenance of a world: where it came from, how it was made, how far to trust it."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import msgspec

__all__ = ["Input", "Manifest", "Stored", "software"]


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """One file that a world was made from; licence and citation are empty if not known."""

    file: str
    format: str
    sha256: str
    bytes: int
    used_for: str
    read: int
    skipped: dict[str, int] = {}
    notes: tuple[str, ...] = ()
    licence: str = ""
    citation: str = ""


class Stored(msgspec.Struct, frozen=True):
    """One table file of a saved world."""

    rows: int
    sha256: str


def software() -> str:
    """Name and version of this program, for provenance."""
    return f"splinternet {version('splinternet')}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What ``manifest.json`` holds.

    ``kind`` is ``full`` for a world read from published files and ``digest`` for a coarse-grained
    one, whose measured error against the full world is then in ``error``. ``repaired`` counts, by
    reason, the links that were left out of sources that contradict themselves; ``notes`` name them.
    """

    name: str
    date: str
    kind: str = "full"
    made: str = msgspec.field(default_factory=_now)
    made_by: str = msgspec.field(default_factory=software)
    inputs: tuple[Input, ...] = ()
    parameters: dict[str, Any] = {}
    notes: tuple[str, ...] = ()
    repaired: dict[str, int] = {}
    error: dict[str, float] = {}
    tables: dict[str, Stored] = {}

    @property
    def is_digest(self) -> bool:
        """Whether the world is coarse-grained."""
        return self.kind == "digest"

    @property
    def after(self) -> tuple[str, ...]:
        """Names of the scenarios that the world is after."""
        return tuple(each["name"] for each in self.parameters.get("scenarios", ()))
