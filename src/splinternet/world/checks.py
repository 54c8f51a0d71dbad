"""Whether the tables of a world are as declared and agree, looked at whenever one is made.

Shocks, sweeps and ranges make thousands of worlds. Numbers are compared as arrays: of small tables
that takes a twentieth of what expressions do.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.columns import Table
from splinternet.base.errors import WorldError

__all__ = ["check_links", "check_paths", "check_table"]


def check_table(table: Table, frame: pl.DataFrame) -> None:
    """Refuse a table that is not as declared, or has a key twice."""
    if not table.fits(frame):
        have = ", ".join(f"{name} {dtype}" for name, dtype in frame.schema.items())
        want = ", ".join(f"{name} {dtype}" for name, dtype in table.schema.items())
        raise WorldError(f"table {table.name} has columns {have}; it should have {want}")
    if frame.is_empty():
        return
    for column in table.columns:
        if not column.optional and frame[column.name].null_count():
            raise WorldError(f"table {table.name} has an empty {column.name}; every row needs one")
    if _is_ascending([frame[key] for key in table.key]):
        return  # as most are, which is quicker to see
    twice = frame.select(table.key).is_duplicated()
    if twice.any():
        row = frame.filter(twice).row(0, named=True)
        which = ", ".join(f"{key} {row[key]}" for key in table.key)
        raise WorldError(f"table {table.name} has two rows for {which}")


def _is_ascending(keys: list[pl.Series]) -> bool:
    """Tell whether each row, of numbers, comes after the one before: no two are the same then."""
    if not all(key.dtype.is_numeric() for key in keys):
        return False
    later: npt.NDArray[np.bool_] | bool = False
    for key in reversed(keys):
        values = key.to_numpy()  # an empty one is no number, and after nothing
        after, before = values[1:], values[:-1]
        later = (after > before) | ((after == before) & later)
    return bool(np.all(later))


def check_links(networks: pl.DataFrame, links: pl.DataFrame) -> None:
    """Refuse links of networks that there are not, of one with itself, and pairs linked twice."""
    ends = pl.concat([links["a"], links["b"].rename("a")])
    known = ends.is_in(networks["asn"].implode())
    if not known.all():
        raise WorldError(f"a link names AS{ends.filter(~known)[0]}, which the networks table lacks")
    a, b = links["a"].to_numpy(), links["b"].to_numpy()
    if (a == b).any():
        raise WorldError(f"AS{a[a == b][0]} is linked to itself")
    # A pair belongs to one relationship, whichever way round it is written.
    low, high = np.minimum(a, b).astype(np.uint64), np.maximum(a, b)
    pairs = (low << np.uint64(32)) | high
    if _increases(pairs) or pl.Series(pairs).n_unique() == len(pairs):
        return
    twice = pl.Series(pairs)
    first, second = divmod(int(twice.filter(twice.is_duplicated())[0]), 2**32)
    raise WorldError(f"AS{first} and AS{second} are listed with two relationships")


def _increases(values: npt.NDArray[Any]) -> bool:
    return bool((values[1:] > values[:-1]).all())


def check_paths(paths: pl.DataFrame) -> None:
    """Refuse paths that do not lead from their monitor to their origin."""
    first, last = paths["path"].list.first(), paths["path"].list.last()
    astray = ~(first.eq_missing(paths["monitor"]) & last.eq_missing(paths["origin"]))
    if astray.any():
        monitor, origin = paths.filter(astray).select("monitor", "origin").row(0)
        raise WorldError(
            f"a path of AS{monitor} to AS{origin} does not lead from the one to the other"
        )
