"""The provenance of a world: where it came from, how it was made, how far to trust it."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import version
from typing import Any, Literal

import msgspec

__all__ = ["MOST_DAYS", "FigureError", "Input", "Manifest", "Stored", "software"]

#: Relationships of more days before or after observed paths describe another Internet.
MOST_DAYS = 45


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """One file that a world was made from; licence and citation are empty if not known.

    ``content`` is a checksum (CRC-32) of a routing table, whatever it is packed with.
    """

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
    content: str = ""


class Stored(msgspec.Struct, frozen=True):
    """One table file of a saved world."""

    rows: int
    sha256: str


class FigureError(msgspec.Struct, frozen=True, kw_only=True):
    """How far a digest is from its full world in one figure, over nations.

    ``of`` says in what: in the figure itself (``level``), or in what a scenario changes in it
    (``difference``). ``bias`` is the mean of digest less full, ``error`` the root of the mean
    square, ``off`` the share of nations for which they differ by more than a quarter of the full
    world's figure.
    """

    figure: str
    of: Literal["level", "difference"]
    nations: int
    bias: float
    error: float
    off: float


@cache
def software() -> str:
    """Name and version of this program, for provenance."""
    return f"splinternet {version('splinternet')}"


def _now() -> str:
    """Return the time; where ``SOURCE_DATE_EPOCH`` says so, always the same."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(given), UTC) if given.isdigit() else datetime.now(UTC)
    return now.isoformat(timespec="seconds")


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """Content of ``manifest.json``.

    ``kind`` is ``full`` for a world read from published files and ``digest`` for a coarse-grained
    one, whose measured error against the full world is then in ``error``, and by figure in
    ``errors``. ``repaired`` counts, by reason, the links that were left out of sources that
    contradict themselves; ``notes`` name them. ``fit`` says of a world with observed paths, for
    each order of preference, which parts of ``pairs`` of them the model has right, see
    :func:`~splinternet.routing.observed.with_fit`.
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
    errors: tuple[FigureError, ...] = ()
    fit: dict[str, dict[str, float]] = {}
    tables: dict[str, Stored] = {}

    @property
    def is_digest(self) -> bool:
        """Whether the world is coarse-grained."""
        return self.kind == "digest"

    def error_of(self, figure: str, of: Literal["level", "difference"]) -> FigureError | None:
        """How far the digest is from its full world in a figure, if that was measured."""
        return next((e for e in self.errors if (e.figure, e.of) == (figure, of)), None)

    @property
    def after(self) -> tuple[str, ...]:
        """Names of the scenarios that the world is after."""
        return tuple(each["name"] for each in self.parameters.get("scenarios", ()))

    @property
    def observed_far(self) -> dict[str, int]:
        """Days of observed paths, as YYYY-MM-DD, that are far from the world's, and how far."""
        here = date.fromisoformat(self.date)
        on = self.parameters.get("observed_on", ())
        each = {day: (date.fromisoformat(day) - here).days for day in on}
        return {day: abs(days) for day, days in each.items() if abs(days) > MOST_DAYS}
