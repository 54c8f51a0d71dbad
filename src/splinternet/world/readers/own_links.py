"""Links of one's own: CSV with ``a``, ``b`` and ``kind``."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import polars as pl

from splinternet.world.files import Source
from splinternet.world.readers._lines import ADVICE
from splinternet.world.readers._links import links_table
from splinternet.world.readers._own import OwnTable, asn_of
from splinternet.world.readers._reading import Reading

NAME = "own table of links"
EXAMPLE = "a,b,kind"
PROVIDES = frozenset({"links"})
LICENCE, CITATION = "", ""

_TABLE = OwnTable(
    {
        "a": "a",
        "provider": "a",
        "b": "b",
        "customer": "b",
        "kind": "kind",
        "evidence": "evidence",
    }
)
_KINDS = {
    "p2c": "p2c",
    "transit": "p2c",
    "-1": "p2c",
    "p2p": "p2p",
    "peering": "p2p",
    "peers": "p2p",
    "0": "p2p",
}


def detect(head: list[str]) -> bool:
    """Tell whether the first line names the two ends and the kind of a link, once each."""
    columns = _TABLE.columns(head)
    return sorted(column for column in columns if column in ("a", "b", "kind")) == [
        "a",
        "b",
        "kind",
    ]


def read(source: Source) -> Reading:
    """Read the links; a column ``evidence`` may say what shows them."""
    found: dict[str, list[Any]] = defaultdict(list)
    columns = _TABLE.columns(source.head())
    for line, cells in _TABLE.rows(source):
        ends = [asn_of(cells[end]) for end in ("a", "b")]
        if None in ends:
            wrong = cells["a"] if ends[0] is None else cells["b"]
            raise source.error(f"{wrong[:40]!r} is no AS number; {ADVICE}", line)
        if ends[0] == ends[1]:
            raise source.error(f"a network has no relationship with itself; {ADVICE}", line)
        kind = _KINDS.get(cells["kind"].lower())
        if kind is None:
            raise source.error(
                f"kind: {cells['kind'][:40]!r} is neither transit (p2c) nor peering (p2p); "
                f"{ADVICE}",
                line,
            )
        for column, value in zip(
            ("a", "b", "kind", "evidence"),
            (*ends, kind, cells.get("evidence") or None),
            strict=True,
        ):
            found[column].append(value)
    if not found:
        raise source.error("holds no line of data; put one under the names of the columns")
    schema = {"a": pl.UInt32, "b": pl.UInt32, "kind": pl.String, "evidence": pl.String}
    rows = pl.DataFrame(found, schema=schema)
    unused = [column for column in columns if column.isupper()]
    return Reading(
        rows=rows.height,
        notes=(f"columns not used: {', '.join(unused).lower()}",) if unused else (),
        is_signed=False,
        links=links_table(rows, pl.col("kind"), pl.col("evidence")),
    )
