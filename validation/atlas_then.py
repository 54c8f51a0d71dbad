"""Compare the digests' atlases of the time before issue 12 with what is computed today.

``python validation/atlas_then.py DATE FOLDER [--measure NAME]... [--every N] [NATION...]`` takes
the digest of that date and its atlas from the last commit before (``THEN``), computes the atlas of
the same digest with today's code by the defaults of that time, and prints each column that differs:
in how many nations, and where most. The columns that are not printed are equal to the last digit.
Nations are kept in the folder as they come, so that it can be stopped and resumed.
"""

from __future__ import annotations

import argparse
import io
import subprocess
from collections.abc import Iterator

import msgspec
import polars as pl

from splinternet.measures.atlas import atlas
from splinternet.measures.catalogue import list_measures
from splinternet.measures.together import takes_of
from splinternet.world.manifest import Manifest
from splinternet.world.schema import TABLES
from splinternet.world.world import World

#: The last commit before rooms were set apart.
THEN = "a51790b"

#: The choices that held then by default.
CHOICES = {
    "prefer": "customer-first",
    "tie_break": "split",
    "links": "all",
    "observed": "none",
    "weights": "addresses",
    "parties": "all",
}


def of_then(path: str) -> bytes:
    """Read a file as it was."""
    command = ["git", "show", f"{THEN}:src/splinternet/{path}"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def world_of(date: str) -> World:
    """Put the digest of then together; columns that it had not are unknown."""
    raw = msgspec.json.decode(of_then(f"world/shipped/{date}/manifest.json"))
    known = {field: raw[field] for field in Manifest.__struct_fields__ if field in raw}
    manifest = msgspec.convert({**known, "tables": {}}, Manifest, strict=False)
    tables = {}
    for name in ("networks", "links"):
        frame = pl.read_parquet(io.BytesIO(of_then(f"world/shipped/{date}/{name}.parquet")))
        schema = TABLES[name].schema
        lacking = [pl.lit(None, kind).alias(c) for c, kind in schema.items() if c not in frame]
        tables[name] = frame.with_columns(lacking).select(schema.names())
    return World(manifest, **tables)


def differences(then: pl.DataFrame, now: pl.DataFrame) -> Iterator[tuple[str, int, str]]:
    """Name the columns that differ, in how many nations, and where most."""
    both = then.join(now, on="country", suffix="_now", how="left")
    for column in then.columns[1:]:
        if f"{column}_now" not in both.columns:
            yield column, both.height, "not a figure of today"
            continue
        apart = both.filter(pl.col(column).ne_missing(pl.col(f"{column}_now")))
        if apart.height:
            yield column, apart.height, _most(apart, column)


def _most(apart: pl.DataFrame, column: str) -> str:
    """Say where two columns differ most, or of words what the first nation had and has."""
    pair = [column, f"{column}_now"]
    if apart[column].dtype.is_float():
        gap = (pl.col(pair[0]) - pl.col(pair[1])).abs()
        apart = apart.sort(gap, "country", descending=[True, False], nulls_last=True)
    nation, then, now = apart.select("country", *pair).row(0)
    return f"{nation}: {str(then)[:60]} then, {str(now)[:60]} now"


def main() -> None:
    """Print the columns that differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("date")
    parser.add_argument("folder")
    parser.add_argument("nation", nargs="*", help="all by default")
    parser.add_argument("--measure", action="append", help="all by default")
    parser.add_argument("--every", type=int, default=1, help="only every so manyth nation")
    asked = parser.parse_intermixed_args()
    then = pl.read_parquet(io.BytesIO(of_then(f"brief/atlases/{asked.date}.parquet")))
    if asked.nation:
        then = then.filter(pl.col("country").is_in(asked.nation))
    then = then.sort("country").gather_every(asked.every)
    measures = [
        each
        for name, each in list_measures().items()
        if name in (asked.measure or [name]) and {f.name for f in each.figures} & set(then.columns)
    ]
    if asked.measure:
        figures = {figure.name for each in measures for figure in each.figures}
        then = then.select("country", *(name for name in then.columns if name in figures))
    nations = then["country"].to_list()
    takes = takes_of("atlas", measures)
    choices = {name: value for name, value in CHOICES.items() if name in takes.names}
    now = atlas(world_of(asked.date), measures, nations, folder=asked.folder, **choices)
    found = list(differences(then, now))
    print(f"{asked.date}: {then.height} nations, {then.width} columns, {len(found)} of them differ")
    for column, many, where in found:
        print(f"{column:<26} {many:>4}  {where}")


if __name__ == "__main__":
    main()
