"""Splitting the world into blocs that have no link with each other."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.scenario.draft import Draft, Mask, ShockError, layout_of
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._kind import Kind
from splinternet.scenario.shocks._shock import Outcome, Shock, Stage, asks

__all__ = ["SHOCK", "Joined", "Split"]


class Joined(Outcome, frozen=True, kw_only=True):
    """Codes of the countries that joined each bloc, sorted, by the bloc's name."""

    countries: dict[str, tuple[str, ...]]

    def words(self) -> tuple[str, ...]:
        """Tell which countries joined which bloc."""
        return tuple(
            f"join {name}: {', '.join(codes) or 'none'}" for name, codes in self.countries.items()
        )


class Split(Shock, frozen=True, kw_only=True, tag="split"):
    """Cut the links between blocs.

    Attributes
    ----------
    blocs
        Their names, as the scenario defines them. No network may be in two of them.
    neutral
        What networks in no bloc do. ``keep``: they keep all their links, so that traffic between
        blocs may pass through them. ``join``: those of each country join the bloc from which they
        buy most, counted in links from a provider in the bloc to a customer in the country before
        any shock, a link to a group of a digest as often as it has members; of equal blocs the
        one named first. Those of a country that buys from no bloc, and of unknown country, keep
        their links all the same.
    """

    blocs: Annotated[
        tuple[str, ...],
        asks(
            "Blocs, by their names",
            places=("First bloc, by its name", "Second bloc", "Third bloc"),
        ),
    ]
    neutral: Annotated[Literal["keep", "join"], asks("Countries in no bloc")] = "keep"

    def __post_init__(self) -> None:
        if len(set(self.blocs)) < max(2, len(self.blocs)):
            raise ValueError("'blocs' needs two different names or more")

    def strike(self, stage: Stage) -> Joined | None:
        """Cut the links between blocs."""
        draft = stage.draft
        side = np.full(len(draft.present), -1, dtype=np.int64)
        for number, name in enumerate(self.blocs):
            networks = stage.match(_bloc(name), "blocs", number)
            both = networks & (side >= 0)
            if both.any():
                first = np.flatnonzero(both)[0]
                raise ShockError(
                    ("blocs", number),
                    f"{draft.name(first)} is in bloc {name} and in bloc {self.blocs[side[first]]}",
                )
            side[networks] = number
        joined = self._choose(draft, side) if self.neutral == "join" else None
        draft.cut(_across(draft, side))
        return joined

    def _choose(self, draft: Draft, side: npt.NDArray[np.int64]) -> Joined:
        """Let neutral countries choose a side."""
        layout, networks = layout_of(draft.base), draft.base.networks
        buys = layout.transit & (side[layout.a] >= 0) & (side[layout.b] < 0)
        bought = pl.DataFrame(
            {
                "side": side[layout.a[buys]],
                "country": networks["country"].gather(layout.b[buys]),
                "links": networks["members"].gather(layout.b[buys]),
            }
        )
        chosen = (
            bought.drop_nulls("country")
            .group_by("country", "side")
            .agg(pl.col("links").sum())
            .sort("links", "side", descending=[True, False])
            .unique("country", keep="first", maintain_order=True)
        )
        of = dict(chosen.select("country", "side").iter_rows())
        joins = networks["country"].replace_strict(of, default=-1, return_dtype=pl.Int64)
        neutral = side < 0
        side[neutral] = joins.to_numpy()[neutral]
        return Joined(
            countries={
                name: tuple(sorted(code for code, chosen in of.items() if chosen == number))
                for number, name in enumerate(self.blocs)
            }
        )


def _bloc(name: str) -> Selection:
    quote = "'" if '"' in name else '"'
    return Selection(f"bloc:{quote}{name}{quote}")


def _across(draft: Draft, side: npt.NDArray[np.int64]) -> Mask:
    """Tell which links join two different blocs."""
    a, b = side[draft.a], side[draft.b]
    across: Mask = (a >= 0) & (b >= 0) & (a != b)
    return across


SHOCK = Kind(
    Split,
    label="Split into blocs",
    summary="Cuts the links between the blocs named below.",
    documented=(
        (
            '`blocs = ["a", "b"]`, `neutral`',
            "Cuts the links between blocs, [see below](#splitting).",
        ),
    ),
    place=6,
)
