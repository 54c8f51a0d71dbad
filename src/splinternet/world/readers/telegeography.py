"""TeleGeography's submarine cable map: where each cable comes ashore."""

from __future__ import annotations

import re
from datetime import date

import polars as pl

from splinternet.base.cable_map import CITATION, LICENCE, NAME, Cable, Point, cables, is_cable_map
from splinternet.base.dates import parse_span
from splinternet.world.files import Source
from splinternet.world.readers._facts import cleaned
from splinternet.world.readers._reading import Reading
from splinternet.world.schema import TABLES

__all__ = ["CITATION", "EXAMPLE", "LICENCE", "NAME", "PROVIDES", "detect", "read"]

EXAMPLE = 'cable/apcn-2.json: {"id": "apcn-2", "name": "APCN-2", "landing_points": [...]}'
PROVIDES = frozenset({"cables"})


def detect(head: list[str]) -> bool:
    """Tell whether this is an archive with files of cables."""
    return is_cable_map(head)


def read(source: Source) -> Reading:
    """Read the cables and their landing points; those that are planned are left out."""
    found = [cable for _, cable in cables(source.archive())]
    laid = {cleaned(cable.id): cable for cable in found if not cable.is_planned}
    planned = sum(bool(cable.is_planned) for cable in found)
    rows = [(name, cleaned(cable.name), *_built(cable)) for name, cable in laid.items()]
    places = {
        (name, cleaned(point.name)): point
        for name, cable in laid.items()
        for point in cable.landing_points
    }
    landings = [(*key, point.code, *_place(point)) for key, point in places.items()]
    return Reading(
        rows=len(found),
        skipped={"cable that is planned": planned} if planned else {},
        cables=pl.DataFrame(rows, schema=TABLES["cables"].schema, orient="row"),
        landings=pl.DataFrame(landings, schema=TABLES["landings"].schema, orient="row"),
    )


def _built(cable: Cable) -> tuple[date | None, float | None]:
    """First day that it may have been ready for service, and its length in km."""
    length = re.fullmatch(r"([0-9,]{1,12}(?:\.[0-9]+)?) km", cleaned(cable.length or ""))
    ready = parse_span(cable.ready).first if cable.ready else None
    return ready, float(length[1].replace(",", "")) if length else None


def _place(point: Point) -> tuple[float | None, float | None]:
    """Latitude and longitude, in degrees."""
    found = re.fullmatch(r"(-?[0-9]{1,2}\.[0-9]+), ?(-?[0-9]{1,3}\.[0-9]+)", point.latlon or "")
    return (float(found[1]), float(found[2])) if found else (None, None)
