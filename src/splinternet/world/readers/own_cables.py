"""Submarine cables of one's own: CSV with ``cable``, ``place`` and ``country``."""

from __future__ import annotations

import polars as pl

from splinternet.base.countries import country_code
from splinternet.base.errors import MisuseError
from splinternet.world.files import Source
from splinternet.world.readers._facts import cleaned
from splinternet.world.readers._lines import ADVICE
from splinternet.world.readers._own import OwnTable
from splinternet.world.readers._reading import Reading
from splinternet.world.schema import TABLES

NAME = "own table of submarine cables"
EXAMPLE = "cable,place,country"
PROVIDES = frozenset({"cables"})
LICENCE, CITATION = "", ""

_TABLE = OwnTable(
    {
        "cable": "cable",
        "place": "place",
        "landing": "place",
        "landing point": "place",
        "country": "country",
    }
)


def detect(head: list[str]) -> bool:
    """Tell whether the first line names a cable, and the place and country where it lands."""
    columns = _TABLE.columns(head)
    return all(columns.count(column) == 1 for column in ("cable", "place", "country"))


def read(source: Source) -> Reading:
    """Read where each cable lands, a place a row; the name of a cable is its identifier too.

    Raises
    ------
    InputError
        If a cable or place has no name, or a country is none.
    """
    cables: dict[str, tuple[str, str]] = {}
    landings: dict[tuple[str, str], str | None] = {}
    rows = 0
    for line, cells in _TABLE.rows(source):
        rows += 1
        cable, place = cleaned(cells["cable"]), cleaned(cells["place"])
        if not (cable and place):
            raise source.error(f"a cable or a place has no name; {ADVICE}", line)
        try:
            code = country_code(cells["country"]) if cells["country"] else None
        except MisuseError as error:
            raise source.error(str(error), line) from None
        cables[cable] = (cable, cable)
        landings.setdefault((cable, place), code)
    if not rows:
        raise source.error("holds no line of data; put one under the names of the columns")
    return Reading(
        rows=rows,
        skipped={"landing point listed again": again} if (again := rows - len(landings)) else {},
        is_signed=False,
        cables=pl.DataFrame(
            [(*names, None, None) for names in cables.values()],
            schema=TABLES["cables"].schema,
            orient="row",
        ),
        landings=pl.DataFrame(
            [(*key, code, None, None) for key, code in landings.items()],
            schema=TABLES["landings"].schema,
            orient="row",
        ),
    )
