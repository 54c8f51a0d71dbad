"""The shapes of the world's nations."""

from __future__ import annotations

import json
import lzma
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["ANTARCTICA", "MIDDLE", "NOTE", "SOURCE", "features"]

#: Maps leave it out, for the room it takes.
ANTARCTICA = "AQ"

#: The middle of maps lies so far east that their edge is in the Bering Strait, and parts nobody.
MIDDLE = 11.5

SOURCE = "Natural Earth, public domain, by way of the npm package world-atlas"

NOTE = (
    "Borders, disputed ones too, are as Natural Earth draws them, by who holds the ground; that "
    "takes no side. Nations too small for the map are dots."
)


@cache
def features() -> tuple[dict[str, Any], ...]:
    """Return the shapes as GeoJSON features, largest scale last.

    Returns
    -------
    tuple of dict
        ``geometry``, polygons or a point in degrees; ``country``, the ISO 3166-1 alpha-2 code
        (``XK``: Kosovo), None for what has no code; and ``name``, the code or else Natural
        Earth's name. Nobody should change them: they are shared.
    """
    packed = files(__package__).joinpath("shapes.json.xz").read_bytes()
    return tuple(json.loads(lzma.decompress(packed))["features"])
