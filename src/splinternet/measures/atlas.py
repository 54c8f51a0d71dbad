"""All measures of all nations side by side, in one table that can be stopped and resumed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from splinternet.errors import InputError, MisuseError, SplinternetError
from splinternet.measures.measure import Figure, Measure, find_measure, list_measures
from splinternet.routing.sweep import Prefer, Progress, Ties, threads
from splinternet.routing.transit import Weights
from splinternet.world.countries import country_code, country_name
from splinternet.world.folders import new_file
from splinternet.world.manifest import software
from splinternet.world.world import World

__all__ = ["atlas", "atlas_manifest"]

_SETTINGS = "atlas.json"

#: A nation and its figures.
_Row = tuple[str, Mapping[str, Any]]


def atlas(
    world: World,
    measures: Iterable[str] | None = None,
    countries: Iterable[str] | None = None,
    *,
    folder: str | Path | None = None,
    weights: Weights = "addresses",
    prefer: Prefer = "customer-first",
    ties: Ties = "split",
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Compute the figures of measures for nations.

    Parameters
    ----------
    world
        The world.
    measures
        Names of measures; all by default.
    countries
        Codes or names; every country that the world has a network in by default.
    folder
        Where to keep each nation's figures as they come. If it holds some already, of the same
        world and settings, these are not computed again.
    weights, prefer, ties
        For the measures that take them.
    progress
        Told of nations done and of all.

    Returns
    -------
    polars.DataFrame
        A row for each nation, by code: ``country``, ``name``, ``networks``, ``addresses``, the
        figures (null where there is nothing to measure), and ``missing``, which says why.

    Raises
    ------
    MisuseError
        If there is no such measure or country, or the folder is of another world or settings.
    InputError
        If a file of the folder is damaged.
    """
    chosen = {name: find_measure(name) for name in measures or list_measures()}
    has = world.networks["country"].drop_nulls().unique().sort().to_list()
    wanted = has if countries is None else list(dict.fromkeys(map(country_code, countries)))
    settings = {"weights": weights, "prefer": prefer, "ties": ties}
    keep = None if folder is None else _Kept(Path(folder), world, chosen, settings)
    sizes = dict(world.networks.group_by("country").agg(pl.col("members").sum()).iter_rows())
    # The largest first: then the last to finish are short.
    order = sorted(wanted, key=lambda code: (-sizes.get(code, 0), code))
    rows: dict[str, Mapping[str, Any]] = {}

    def row(code: str) -> _Row:
        found = keep.read(code) if keep else None
        if found is None:
            found = _row(world, code, chosen, settings)
            if keep:
                keep.write(code, found)
        return code, found

    for done, (code, found) in enumerate(_a_few_at_a_time(row, order), 1):
        rows[code] = found
        if progress:
            progress(done, len(order))
    return pl.DataFrame([rows[code] for code in sorted(rows)], schema=_schema(chosen.values()))


def atlas_manifest(
    world: World, measures: Iterable[str] | None = None, **settings: str
) -> dict[str, Any]:
    """Say what an atlas was made of: program, world with its inputs, settings, every column."""
    chosen = [find_measure(name) for name in measures or list_measures()]
    return {
        "made_by": software(),
        "world": msgspec.to_builtins(world.manifest),
        "settings": settings,
        "columns": {
            figure.name: {
                "measure": measure.name,
                "unit": figure.unit,
                "meaning": figure.doc,
                "source": measure.source,
            }
            for measure in chosen
            for figure in measure.figures
        },
    }


def _row(
    world: World, code: str, measures: Mapping[str, Measure], settings: Mapping[str, str]
) -> dict[str, Any]:
    """Compute the figures of one nation."""
    here = world.networks.filter(pl.col("country") == code)
    row: dict[str, Any] = {
        "country": code,
        "name": country_name(code),
        "networks": int(here["members"].sum()),
        "addresses": here["ipv4_addresses"].sum() if here["ipv4_addresses"].count() else None,
    }
    missing = []
    for name, measure in measures.items():
        taken = {key: value for key, value in settings.items() if key in measure.options}
        try:
            found = measure.summary(measure.table(world, code, **taken), code)
        except SplinternetError as error:
            missing.append(f"{name}: {error}")
            found = {}
        row |= {figure.name: found.get(figure.name) for figure in measure.figures}
    return {**row, "missing": "; ".join(missing) or None}


_TYPES: dict[str, pl.DataType] = {
    "ASN": pl.UInt32(),
    "country": pl.String(),
    "networks": pl.Float64(),
    "text": pl.String(),
}


def _schema(measures: Iterable[Measure]) -> dict[str, pl.DataType]:
    figures: list[Figure] = [figure for measure in measures for figure in measure.figures]
    return {
        "country": pl.String(),
        "name": pl.String(),
        "networks": pl.Int64(),
        "addresses": pl.Int64(),
        **{figure.name: _TYPES.get(figure.unit, pl.Float64()) for figure in figures},
        "missing": pl.String(),
    }


def _a_few_at_a_time(work: Callable[[str], _Row], codes: list[str]) -> Iterator[_Row]:
    """Work on two nations at a time: small ones do not fill the cores by themselves."""
    with ThreadPoolExecutor(min(2, threads())) as pool:
        try:
            yield from pool.map(work, codes)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


class _Kept:
    """Figures of nations kept in a folder, one file each."""

    def __init__(
        self,
        folder: Path,
        world: World,
        measures: Mapping[str, Measure],
        settings: Mapping[str, str],
    ) -> None:
        self.folder = folder
        said = {
            "made_by": software(),
            "world": _identity(world),
            "measures": list(measures),
            "settings": dict(settings),
        }
        path = folder / _SETTINGS
        if path.exists():
            if _decode(path) != said:
                raise MisuseError(
                    f"{folder}: holds an atlas of another world, settings or version; "
                    "choose another folder, or remove this one"
                )
            return
        if folder.exists() and any(folder.iterdir()):
            raise MisuseError(f"{folder}: is no folder of an atlas; choose another")
        folder.mkdir(parents=True, exist_ok=True)
        _encode(path, said)

    def read(self, code: str) -> Mapping[str, Any] | None:
        path = self.folder / f"{code}.json"
        return _decode(path) if path.exists() else None

    def write(self, code: str, row: Mapping[str, Any]) -> None:
        _encode(self.folder / f"{code}.json", row)


def _identity(world: World) -> dict[str, Any]:
    """Tell a world from another by what is in it."""
    digest = hashlib.sha256()
    for frame in (world.networks, world.links):
        digest.update(frame.hash_rows().to_numpy().tobytes())
    return {"name": world.manifest.name, "date": world.manifest.date, "hash": digest.hexdigest()}


def _encode(path: Path, value: Mapping[str, Any]) -> None:
    with new_file(path) as scratch:
        scratch.write_bytes(msgspec.json.format(msgspec.json.encode(value)))


def _decode(path: Path) -> dict[str, Any]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise InputError("damaged; remove it, and its nation is computed again", path) from None
