"""A nation as it stands before anything happens, by shipped figures: nothing is computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from splinternet.base.naming import with_shown_names
from splinternet.base.texts import country_called
from splinternet.brief.ranged import figure_ranged, ranged
from splinternet.brief.words import network_title
from splinternet.figures.shipped import Figures, shipped_figures
from splinternet.web.parts import Link
from splinternet.web.rankings import known_figures
from splinternet.web.sureness import marked
from splinternet.web.tries import TRIED, losing
from splinternet.world.world import World

__all__ = ["Present", "present"]

#: The figures that a nation's page begins with.
_FIGURES = ("foreign_dependence", "state_share", "control_points")


@dataclass(frozen=True)
class Present:
    """A nation's figures now.

    Attributes
    ----------
    country
        Its code.
    figures
        What each is in words, and the figure with its range.
    carriers
        The networks on most routes to it, each with its share; they lead to what happens without.
    """

    country: str
    figures: tuple[tuple[str, str], ...]
    carriers: tuple[Link, ...]


def present(world: World, country: str) -> Present | None:
    """Tell how a nation stands; None where no figures of it are shipped."""
    known = shipped_figures(world)
    row = {} if known is None else _row(known, country)
    if known is None or not row:
        return None
    about = known_figures()
    told = tuple(
        (about[name].words, figure_ranged(row[name], *_ends(row, name), about[name].unit))
        for name in _FIGURES
        if row.get(name) is not None
    )
    return Present(country, told, _carriers(known, world, country))


def _row(known: Figures, country: str) -> dict[str, Any]:
    found = known.nations_ranged.filter(pl.col("country") == country)
    return found.row(0, named=True) if found.height else {}


def _ends(row: dict[str, Any], name: str) -> tuple[float | None, float | None]:
    return row.get(f"{name}_low"), row.get(f"{name}_high")


def _carriers(known: Figures, world: World, country: str) -> tuple[Link, ...]:
    rows = known.ranged("dependence", country)
    if rows is None:
        return ()
    here = world.networks.select(pl.col("asn").cast(rows.schema["asn"]))
    most = (
        with_shown_names(rows, world.networks)
        .join(here, on="asn", how="semi")  # a digest has not all of them to be lost
        .sort("share", "asn", descending=[True, False])
        .head(TRIED)
    )
    name = world.manifest.name
    found = []
    for row in most.iter_rows(named=True):
        lost = losing(f"AS{row['asn']}", name, country)
        found.append(Link(f"{_title(row)}: {_share(row)}", f"/what-if?{lost}"))
    return tuple(found)


def _title(row: dict[str, Any]) -> str:
    code = row["country"]
    where = country_called(code) if code else None
    return network_title(row["asn"], row["name"], where)


def _share(row: dict[str, Any]) -> str:
    said = ranged(row["share"] or 0.0, row.get("share_low"), row.get("share_high"))
    return marked(said, row.get("doubt"))
