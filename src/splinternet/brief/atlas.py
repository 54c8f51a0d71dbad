"""All nations side by side, as ``splinternet atlas`` has them: for ranks and for maps.

The atlases of the shipped digests are shipped too; ``make digests`` makes them again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from splinternet.base.choices import DEFINITIONS, Counting, Routing
from splinternet.base.errors import InputError, MisuseError
from splinternet.base.parquet import ParquetError, read_parquet
from splinternet.base.text import read_bounded
from splinternet.measures.atlas import settings_of
from splinternet.world.world import World

__all__ = [
    "DEFAULTS",
    "Rank",
    "nearest_atlas",
    "rank",
    "read_atlas",
    "shipped_atlas",
    "shipped_atlases",
    "shipped_manifests",
]

_FOLDER = Path(__file__).with_name("atlases")

#: The choices that atlases are made with by default, and so the shipped ones.
DEFAULTS = settings_of({"weights": Counting().weights})

#: Every choice by default, for what a manifest does not say.
_USUAL = {"definitions": DEFINITIONS, **vars(Counting()), **vars(Routing())}

_READERS: dict[str, Callable[[bytes], pl.DataFrame]] = {
    ".csv": pl.read_csv,
    ".json": pl.read_json,
    ".parquet": read_parquet,
}

#: Bytes of an atlas, or of its manifest; one of all nations has a tenth of a million.
_MOST = 10_000_000
_TOO_LARGE = f"larger than {_MOST:,} bytes, which no atlas is"


@dataclass(frozen=True)
class Rank:
    """A nation's place among those that have the figure.

    Attributes
    ----------
    place
        1 is the most dependent, or the most fragile.
    of
        How many nations have the figure.
    alike
        How many others share the place.
    """

    place: int
    of: int
    alike: int


def shipped_atlas(world: World) -> pl.DataFrame | None:
    """Return the atlas of a shipped digest, as :func:`~splinternet.measures.atlas.atlas` gives it.

    None for every other world, also for one of the same name that is not that very digest, and for
    a world after a scenario.
    """
    folder = _FOLDER / f"{world.manifest.name}.parquet"
    if not folder.is_file() or _differs(_manifest(folder), world, DEFAULTS):
        return None
    return pl.read_parquet(folder)


def shipped_atlases() -> dict[str, pl.DataFrame]:
    """Return the atlas of each shipped digest, by the date of its world."""
    return {
        str(_manifest(file)["world"]["date"]): pl.read_parquet(file)
        for file in sorted(_FOLDER.glob("*.parquet"))
    }


def nearest_atlas(date: str) -> pl.DataFrame:
    """Return the shipped atlas of the date nearest to an ISO date: a yardstick for other worlds."""
    wanted = dt.date.fromisoformat(date)
    shipped = shipped_atlases()
    return shipped[min(shipped, key=lambda each: abs(dt.date.fromisoformat(each) - wanted))]


def shipped_manifests() -> list[dict[str, Any]]:
    """Return the manifest of the world of each shipped atlas."""
    return [_manifest(file)["world"] for file in sorted(_FOLDER.glob("*.parquet"))]


def read_atlas(
    path: str | Path, world: World, settings: Mapping[str, Any] = DEFAULTS
) -> pl.DataFrame:
    """Read an atlas that ``splinternet atlas -o`` wrote of this world, with its manifest beside it.

    Raises
    ------
    MisuseError
        If it is of another world, or was made with other settings.
    InputError
        If it, or its manifest, cannot be read, or it is no atlas.
    """
    path = Path(path)
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise MisuseError(f"{path}: an atlas ends in {', '.join(_READERS)}")
    if not path.is_file():
        raise InputError("no such file; 'splinternet atlas -o' makes one", path)
    if what := _differs(_manifest(path), world, settings):
        raise MisuseError(
            f"{path}: is an atlas of {what}; 'splinternet atlas -o' makes one of this world"
        )
    try:
        frame = read(read_bounded(path, _MOST, _TOO_LARGE))
    except (ParquetError, pl.exceptions.PolarsError):
        raise InputError("cannot be read; 'splinternet atlas -o' makes it again", path) from None
    if missing := {"country", "name"} - set(frame.columns):
        raise InputError(f"is no atlas: it has no column {sorted(missing)[0]!r}", path)
    return frame


def rank(atlas: pl.DataFrame, figure: str, country: str, *, most: bool = True) -> Rank | None:
    """Rank a nation by a figure of an atlas.

    Parameters
    ----------
    atlas
        As :func:`shipped_atlas` gives it.
    figure
        One of its columns.
    country
        The nation's code.
    most
        Whether the largest figure takes the first place; else the smallest does.

    Returns
    -------
    Rank or None
        None where the nation has no such figure.
    """
    if figure not in atlas.columns:
        return None
    known = atlas.select("country", pl.col(figure).cast(pl.Float64)).drop_nulls()
    own = known.filter(pl.col("country") == country)[figure]
    if not len(own):
        return None
    # Figures that differ by rounding alone are alike.
    differs = known[figure] - float(own[0])
    ahead = differs > 1e-9 if most else differs < -1e-9
    place = 1 + int(ahead.sum())
    return Rank(place, known.height, int((differs.abs() <= 1e-9).sum()) - 1)


def _manifest(path: Path) -> dict[str, Any]:
    beside = path.with_name(f"{path.name}.manifest.json")
    cure = "'splinternet atlas -o' writes it beside the atlas"
    if not beside.exists():
        raise InputError(f"is missing; {cure}", beside)
    try:
        said = json.loads(read_bounded(beside, _MOST, _TOO_LARGE))
    except (ValueError, RecursionError):
        raise InputError(f"cannot be read; {cure}", beside) from None
    if not isinstance(said, dict) or not isinstance(said.get("world"), dict):
        raise InputError(f"is no manifest of an atlas; {cure}", beside)
    return said


def _differs(said: Mapping[str, Any], world: World, settings: Mapping[str, Any]) -> str | None:
    """Say in what an atlas differs from what is asked of it, if it does."""
    own = world.manifest
    of = said["world"]
    if [of.get(key) for key in ("name", "date", "kind")] != [own.name, own.date, own.kind]:
        return f"world {of.get('name')} of {of.get('date')}, {of.get('kind')}"
    if of.get("parameters", {}).get("scenarios", []) != own.parameters.get("scenarios", []):
        return "the same world, but after another scenario"
    if _checksums(of.get("tables", {})) != _checksums(
        {name: {"sha256": table.sha256} for name, table in own.tables.items()}
    ):
        return f"another world of the name {own.name}"
    used, wanted = {**_USUAL, **said.get("settings", {})}, {**_USUAL, **settings}
    for key in dict.fromkeys([*wanted, *used]):
        have, want = used.get(key), wanted.get(key)
        if have != want:
            return f"other settings ({key.replace('_', '-')} {have}, not {want})"
    return None


def _checksums(tables: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tables[name]["sha256"] for name in ("networks", "links") if name in tables}
