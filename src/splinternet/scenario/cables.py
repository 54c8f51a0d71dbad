"""Submarine cables in a scenario: where they land. Nobody publishes which networks use them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from splinternet.base.errors import MisuseError, remedy
from splinternet.scenario.matching import Matcher, has_words
from splinternet.supply.cables import landings as landings_of_ledger

__all__ = ["Landings", "landings_known"]


@dataclass(frozen=True, eq=False)
class Landings:
    """Nations in which cables land, by a world's tables or a ledger.

    Attributes
    ----------
    table
        ``cable``, ``name`` (each that it has) and ``country``.
    source
        Who says so, in words.
    """

    table: pl.DataFrame
    source: str

    def named(self, names: tuple[str, ...]) -> pl.DataFrame:
        """Return the rows of the cables whose name has one of some words.

        Raises
        ------
        MisuseError
            If there is no cable of a name.
        """
        rows = [self.table.filter(has_words(self.table["name"], name)) for name in names]
        for name, found in zip(names, rows, strict=True):
            if not found.height:
                known = sorted(self.table["name"].unique())
                hint = (
                    f"{self.source} has {len(known):,}; give others with 'splinternet import "
                    f"--cables FILE', or a ledger that has them{remedy('', ' with --ledger')}"
                )
                raise MisuseError.unknown("cable", name, known, hint)
        return pl.concat(rows)

    def leading_abroad(self, nation: str) -> frozenset[str]:
        """Return the cables that land in a nation and in another one."""
        nations = self.table.group_by("cable").agg(pl.col("country").drop_nulls().unique())
        found = nations.filter(
            pl.col("country").list.contains(nation), pl.col("country").list.len() > 1
        )
        return frozenset(found["cable"])


def landings_known(matcher: Matcher, day: date) -> Landings:
    """Return where cables land on a day: by the world's tables, or by the ledger if it has none."""
    world = matcher.world
    if world.cables.height:
        there = world.cables.filter(pl.col("ready").is_null() | (pl.col("ready") <= day))
        table = there.join(world.landings, on="cable", maintain_order="left_right")
        return Landings(table.select("cable", "name", "country"), f"world {world.manifest.name}")
    ledger = matcher.known_vendors("which cable").ledger
    return Landings(landings_of_ledger(ledger, day), f"the ledger {ledger.title!r}")
