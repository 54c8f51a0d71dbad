"""Networks that states own: the list of Carisimo et al., or one's own with ``asn,state``."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

import polars as pl

from splinternet.base.countries import country_code
from splinternet.base.errors import MisuseError
from splinternet.world.files import Source
from splinternet.world.readers._facts import cleaned
from splinternet.world.readers._lines import ADVICE
from splinternet.world.readers._own import OwnTable, asn_of
from splinternet.world.readers._reading import Reading
from splinternet.world.schema import TABLES

NAME = "state-owned networks"
EXAMPLE = "asn,state,source,ownership_percentage"
PROVIDES = frozenset({"owners"})
LICENCE = "CC BY 4.0"
CITATION = (
    "Carisimo, Gamero-Garrido, Snoeren, Dainotti, Identifying ASes of State-Owned Internet "
    "Operators, IMC 2021, https://doi.org/10.1145/3487552.3487822"
)

_TABLE = OwnTable(
    {
        "asn": "asn",
        "state": "state",
        "ownership_cc": "state",
        "url": "source",
        "source": "kind",
        "conglomerate": "conglomerate",
        "ownership_percentage": "percentage",
    }
)
_MINORITY = "minority of the state"


def detect(head: list[str]) -> bool:
    """Tell whether the first line names a network and the state that owns it."""
    return {"asn", "state"} <= set(_TABLE.columns(head))


def read(source: Source) -> Reading:
    """Read which state owns which network; those that hold a minority own none."""
    rows: list[tuple[int, str, str | None]] = []
    skipped, strange = Counter[str](), Counter[str]()
    lines = 0
    published = "conglomerate" in _TABLE.columns(source.head())
    for line, cells in _TABLE.rows(source):
        lines += 1
        number = asn_of(cells["asn"])
        if number is None:
            raise source.error(f"asn: {cells['asn'][:40]!r} is no AS number; {ADVICE}", line)
        if _is_minority(source, line, cells.get("percentage", "")):
            skipped[_MINORITY] += 1
            continue
        said = cells["source"] if "source" in cells else cells.get("kind", "")
        try:
            rows.append((number, country_code(cells["state"]), cleaned(said) or None))
        except MisuseError:
            strange[f"no country ({cells['state'][:20]})"] += 1
    if not lines:
        raise source.error("holds no line of data; put one under the names of the columns")
    return Reading(
        rows=lines,
        skipped=dict(skipped + strange),
        is_signed=published,
        owners=pl.DataFrame(rows, schema=TABLES["owners"].schema, orient="row"),
    )


def _is_minority(source: Source, line: int, given: str) -> bool:
    if not given:
        return False
    with suppress(ValueError):
        share = float(given.rstrip(" %"))
        if 0 <= share <= 100:
            return share <= 50
    wrong = f"ownership_percentage: {given[:40]!r} is no number from 0 to 100"
    raise source.error(wrong, line)
