"""The paths that several routing tables show, as a world has them, and what is odd of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import polars as pl

from splinternet.base.errors import InputError
from splinternet.world.files import Source
from splinternet.world.manifest import MOST_DAYS, Input
from splinternet.world.rib.cleaning import ROUTE_SERVER, clean, join_paths
from splinternet.world.rib.collectors import collector_of, list_collectors
from splinternet.world.rib.reading import read_rib
from splinternet.world.schema import TABLES

__all__ = ["FORMAT", "Hints", "Observed", "is_same_table", "notes_on", "observe", "read_paths"]

FORMAT = "MRT routing table"


class Hints(NamedTuple):
    """AS numbers of the tier-1 clique and of route servers, as a file of relationships has them."""

    clique: tuple[int, ...] = ()
    route_servers: tuple[int, ...] = ()


class Observed(NamedTuple):
    """The paths of one file or of several, their provenance, and the days they are of."""

    paths: pl.DataFrame
    inputs: tuple[Input, ...]
    days: tuple[datetime.date, ...]


def observe(
    files: Sequence[str | Path], hints: Hints, *, executor: Executor | None = None
) -> Observed:
    """Read routing tables, of one collector or of several, and join what they show.

    Parameters
    ----------
    files
        Tables in MRT form. The same path in two files counts with the sum of its prefixes.
    hints
        What cleaning needs to know.
    executor
        Reads files side by side, as on a cluster; by default one file after the other. The result
        is the same.

    Raises
    ------
    InputError
        If a file cannot be read, shows no path, or is given twice.
    """
    read = partial(read_paths, hints=hints)
    each = map(read, files) if executor is None else executor.map(read, files)
    paths = TABLES["paths"].empty()
    inputs, days = list[Input](), list[datetime.date]()
    for found in each:
        (source,) = found.inputs
        if known := next((other for other in inputs if is_same_table(source, other)), None):
            raise InputError(f"the same table as {known.file}; give it once", source.file)
        paths = join_paths([paths, found.paths])
        inputs.append(source)
        days += found.days
    return Observed(paths, tuple(inputs), tuple(days))


def read_paths(path: str | Path, hints: Hints) -> Observed:
    """Read one routing table; its collector is told by its name, see :mod:`.collectors`.

    Raises
    ------
    InputError
        If the file cannot be read, or shows no path.
    """
    source = Source(path)
    rib, collector = read_rib(source), collector_of(path)
    paths, unclean = clean(rib, collector, route_servers=hints.route_servers, clique=hints.clique)
    if not paths.height:
        reasons = "; ".join(f"{n:,}: {why}" for why, n in {**rib.skipped, **unclean}.items())
        raise source.error(f"shows no path ({reasons or 'no route'}); give another table")
    taken_out = unclean.pop(ROUTE_SERVER, 0)
    notes = [f"collector {collector}, {_when(rib.first, rib.last)}", *rib.notes]
    if taken_out:
        notes.append(f"{taken_out:,} routes pass a route server, which was taken out of the path")
    project = list_collectors().get(collector)
    described = Input(
        file=source.path.name,
        format=FORMAT,
        sha256=source.sha256(),
        bytes=source.size(),
        used_for="rib",
        read=rib.routes,
        skipped={**rib.skipped, **unclean},
        notes=tuple(notes),
        licence=project.licence if project else "",
        citation=project.citation if project else "",
        content=f"{rib.checksum:08x}",
    )
    return Observed(paths, (described,), tuple(sorted({rib.first.date(), rib.last.date()})))


def is_same_table(one: Input, other: Input) -> bool:
    """Tell whether two inputs are one table: the same file, or the same in another packing."""
    return one.sha256 == other.sha256 or bool(one.content and one.content == other.content)


def _when(first: datetime.datetime, last: datetime.datetime) -> str:
    until = f" to {last:%Y-%m-%d %H:%M}" if last - first >= datetime.timedelta(minutes=1) else ""
    return f"{first:%Y-%m-%d %H:%M}{until} UTC"


def notes_on(observed: Observed, networks: pl.Series, day: str, hints: Hints) -> tuple[str, ...]:
    """Notes on observed paths that a user of a world should know.

    Parameters
    ----------
    observed
        The paths.
    networks
        AS numbers of the world.
    day
        The day it stands for, as YYYY-MM-DD.
    hints
        What cleaning knew.
    """
    paths, world_day = observed.paths, datetime.date.fromisoformat(day)
    monitors = paths["monitor"].unique()
    notes = [
        f"observed: {paths.height:,} paths of {len(monitors):,} monitors at "
        f"{paths['collector'].n_unique():,} collectors"
    ]
    if strange := sorted(set(monitors) - set(networks)):
        named = ", ".join(f"AS{asn}" for asn in strange[:6]) + (", ..." if strange[6:] else "")
        notes.append(f"{len(strange):,} monitors are not in the relationships: {named}")
    met = paths.select("path").with_row_index("row").explode("path")
    if unknown := met.filter(~pl.col("path").is_in(networks.implode()))["row"].n_unique():
        notes.append(f"{unknown:,} paths meet a network that is not in the relationships")
    for other in sorted({each for each in observed.days if abs(each - world_day).days > MOST_DAYS}):
        notes.append(
            f"routes of {other} are {abs(other - world_day).days:,} days from the relationships of "
            f"{world_day}: links have changed between"
        )
    if not hints.route_servers:
        notes.append("route servers stay in paths: no file of relationships names them")
    if not hints.clique:
        notes.append("poisoned paths are not looked for: no file of relationships names the clique")
    return tuple(notes)
