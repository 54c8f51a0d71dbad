"""The figures of full worlds that are shipped with the package: levels, without a download.

``make shipped`` makes them again. Figures of another version of the definitions, of another world
or of other choices are never taken for those that are asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from splinternet.base.choices import DEFINITIONS
from splinternet.base.texts import phrase
from splinternet.figures.matching import DEFAULTS, other_settings, other_world
from splinternet.figures.ranges import (
    RANGES,
    Around,
    around_of,
    figure_ends,
    ranges_of,
    with_ranges,
)
from splinternet.measures.doubt_column import read_doubts
from splinternet.measures.measure import Measure
from splinternet.world.manifest import Manifest, Stored
from splinternet.world.world import World

__all__ = [
    "FOLDER",
    "HISTORY",
    "LEAST",
    "MANIFEST",
    "NAMES",
    "Doubts",
    "Figures",
    "Made",
    "levels_line",
    "list_figures",
    "nearest_figures",
    "shipped_answer",
    "shipped_figures",
    "shipped_of",
]

#: Where they are: a folder for each world, and one for the figures of many dates.
FOLDER = Path(__file__).with_name("shipped")
HISTORY = "history"

#: The file of a folder that says what its tables were made of.
MANIFEST = "manifest.json"

#: The table with names of networks, which others would have several times each.
NAMES = "names"

#: Shares of less than this are in no table.
LEAST = 0.01

#: By nation, then by measure: the carriers in doubt, and why.
Doubts = Mapping[str, Mapping[str, str]]


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """Record of a folder of figures.

    ``worlds`` have their inputs; ``settings`` the choices and the version of the definitions;
    ``columns`` what each figure is; ``notes`` what to know before reading; ``tables`` the files.
    """

    made_by: str
    worlds: tuple[Manifest, ...]
    settings: dict[str, Any]
    columns: dict[str, dict[str, str]] = {}
    notes: tuple[str, ...] = ()
    tables: dict[str, Stored] = {}


@dataclass(frozen=True, eq=False)
class Figures:
    """Figures of all nations in one full world.

    Attributes
    ----------
    made
        What they were made of.
    folder
        Where they are.
    """

    made: Made
    folder: Path

    def __repr__(self) -> str:
        return f"<Figures of world {self.world.name} ({self.world.kind})>"

    @property
    def world(self) -> Manifest:
        """Provenance of the world that they are of."""
        return self.made.worlds[0]

    @cached_property
    def nations(self) -> pl.DataFrame:
        """All nations side by side, as :func:`~splinternet.measures.atlas.atlas` gives them."""
        return self._read("nations")

    @cached_property
    def nations_ranged(self) -> pl.DataFrame:
        """:attr:`nations`, and behind them both ends of the ranges that are shipped of figures."""
        return self.nations.hstack(figure_ends(self.nations, self.table(RANGES)))

    @cached_property
    def doubts(self) -> Doubts:
        """Carriers in doubt that figures of measures rest on, by nation and measure."""
        doubted = self.nations.drop_nulls("doubt").select("country", "doubt")
        return {code: read_doubts(doubt) for code, doubt in doubted.iter_rows()}

    @cached_property
    def around(self) -> Mapping[str, Around]:
        """By nation: how far around its headlines those by other rules lie, on the digest."""
        rows = self.table(RANGES)
        if rows is None:
            return {}
        return {code: around_of(own) for (code,), own in rows.group_by("nation")}

    def row(self, country: str) -> dict[str, Any]:
        """Figures of one nation by name; none of a nation that the world does not have."""
        found = self.nations.filter(pl.col("country") == country)
        return found.row(0, named=True) if found.height else {}

    def table(self, name: str, country: str | None = None) -> pl.DataFrame | None:
        """Rows of a measure's table, those of 1 % or more.

        Parameters
        ----------
        name
            The measure: ``dependence`` (a row for each nation and network), ``states`` (for each
            nation and state), and others that ``made.tables`` names.
        country
            Code of a nation. With it the rows are as the measure gives them; without it they are
            of all nations, and ``nation`` is the first column.

        Returns
        -------
        polars.DataFrame or None
            None where no such table is shipped.
        """
        if name not in self.made.tables:
            return None
        found = self._tables(name)
        if country is None:
            return found
        return found.filter(pl.col("nation") == country).drop("nation")

    def ranges(self, name: str, country: str | None = None) -> pl.DataFrame | None:
        """How far around the shares of a table those by other rules lie, as :meth:`table` has it.

        They are computed on the digest: no figures of the full world itself.
        """
        return self.table(ranges_of(name), country)

    def ranged(self, name: str, country: str) -> pl.DataFrame | None:
        """Rows of a nation as :meth:`table` has them, with ``share_low`` and ``share_high``.

        Without these columns where no ranges are shipped of the table.
        """
        rows, ranges = self.table(name, country), self.ranges(name, country)
        return rows if rows is None or ranges is None else with_ranges(rows, ranges)

    @cached_property
    def _kept(self) -> dict[str, pl.DataFrame]:
        return {}

    def _tables(self, name: str) -> pl.DataFrame:
        found = self._kept.get(name)
        return self._kept.setdefault(name, self._read(name)) if found is None else found

    def _read(self, name: str) -> pl.DataFrame:
        found = pl.read_parquet(self.folder / f"{name}.parquet")
        if NAMES not in self.made.tables or not {"asn", "name"} <= set(found.columns):
            return found
        names = pl.read_parquet(self.folder / f"{NAMES}.parquet")
        named = found.drop("name").join(names, on="asn", how="left", maintain_order="left")
        return named.select(found.columns)


def shipped_figures(world: World, settings: Mapping[str, Any] = DEFAULTS) -> Figures | None:
    """Figures of a full world that are shipped: of this one, or of the one it is a digest of.

    Parameters
    ----------
    world
        The world.
    settings
        The choices that are asked for, see :func:`~splinternet.measures.atlas.settings_of`.

    Returns
    -------
    Figures or None
        None for a world whose figures are not shipped (another of the same name, one after a
        scenario), for other choices, and for figures of another version of the definitions.

    Examples
    --------
    >>> shipped_figures(world).row("CU")["dependence_on"]
    11960
    """
    return next(
        (
            each
            for each in list_figures()
            if other_world(each.world, world.manifest) is None
            and other_settings(each.made.settings, settings) is None
        ),
        None,
    )


def shipped_of(world: World, measure: Measure, options: Mapping[str, Any]) -> Figures | None:
    """Figures of the full world that a digest is made of, if they answer this very question.

    Parameters
    ----------
    world
        The world; one that is no digest computes its own.
    measure
        The measure that is asked.
    options
        The choices that are named, and options of the measure's own.
    """
    return shipped_answer(world, measure, options) if world.manifest.is_digest else None


def shipped_answer(world: World, measure: Measure, options: Mapping[str, Any]) -> Figures | None:
    """Figures as :func:`shipped_of` gives them, also those shipped of a full world itself."""
    # All weigh alike, and each chooses routes as its own definition has it.
    usual = {**measure.options, **{n: DEFAULTS[n] for n in measure.options if n == "weights"}}
    asked = {**measure.options, **options}
    return shipped_figures(world) if asked == usual else None


def nearest_figures(date: str) -> Figures | None:
    """Shipped figures of the date nearest to an ISO date: a yardstick for any world.

    None where none are shipped of this version of the definitions.
    """
    wanted = dt.date.fromisoformat(date)
    return min(
        (each for each in list_figures() if other_settings(each.made.settings, DEFAULTS) is None),
        key=lambda each: abs(dt.date.fromisoformat(each.world.date) - wanted),
        default=None,
    )


def levels_line(
    world: World, settings: Mapping[str, Any] = DEFAULTS, *, changes: bool = True
) -> str:
    """Say in a line where levels come from: shipped figures, or this world itself, and why.

    With ``changes`` also that differences, where there are any beside them, are a digest's.
    """
    manifest = world.manifest
    if (found := shipped_figures(world, settings)) is not None:
        differs = changes and manifest.is_digest
        key = "words.levels.shipped_digest" if differs else "words.levels.shipped"
        return phrase(key, world=found.world.name)
    for each in _shipped(FOLDER):
        if other_world(each.world, manifest) is None:
            why = other_settings(each.made.settings, settings)
            return phrase("words.levels.others", kind=_kind(manifest), why=why)
    return phrase("words.levels.computed", kind=_kind(manifest))


def list_figures() -> tuple[Figures, ...]:
    """Figures of each world that are shipped, by date; none of another version of definitions."""
    return tuple(
        each
        for each in _shipped(FOLDER)
        if each.made.settings.get("definitions", DEFINITIONS) == DEFINITIONS
    )


def _kind(manifest: Manifest) -> str:
    return "digest" if manifest.is_digest else "world"


@cache
def _shipped(folder: Path) -> tuple[Figures, ...]:
    found = (
        Figures(msgspec.json.decode((each / MANIFEST).read_bytes(), type=Made), each)
        for each in folder.iterdir()
        if each.name != HISTORY and (each / MANIFEST).is_file()
    )
    return tuple(sorted(found, key=lambda each: each.world.date))
