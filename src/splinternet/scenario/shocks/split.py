"""Splitting the world into blocs that have no link with each other."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.texts import phrase
from splinternet.scenario.draft import Draft, Mask, ShockError, layout_of
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._kind import Kind
from splinternet.scenario.shocks._shock import Outcome, Shock, Stage, asks
from splinternet.world.schema import FIRST_GROUP

__all__ = ["SHOCK", "Joined", "Split"]


#: Names that are listed in a sentence; the others are counted.
_LISTED = 10


class Joined(Outcome, frozen=True, kw_only=True):
    """Sides that networks joined, besides those in the blocs.

    Attributes
    ----------
    countries
        Codes of the countries that joined each bloc, sorted, by the bloc's name.
    cut
        Names of the networks of unknown country that joined two blocs and lost their links to
        both, in the order of their numbers.
    groups
        How many groups of a digest are cut for the same reason; they have no names.
    """

    countries: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - msgspec copies it
    cut: tuple[str, ...] = ()
    groups: int = 0

    def words(self) -> tuple[str, ...]:
        """Tell which countries joined which bloc, and which networks were cut from all."""
        none = phrase("scenario.split.none")
        told = [
            phrase("scenario.split.join", bloc=name, countries=", ".join(codes) or none)
            for name, codes in self.countries.items()
        ]
        if self.cut or self.groups:
            more = len(self.cut) - _LISTED
            listed = [*self.cut[:_LISTED]]
            listed += [phrase("scenario.split.more", number=more)] if more > 0 else []
            listed += [phrase("scenario.split.groups", number=self.groups)] if self.groups else []
            told.append(phrase("scenario.split.cut", networks=", ".join(listed)))
        return tuple(told)


class Split(Shock, frozen=True, kw_only=True, tag="split"):
    """Split into blocs: the links between them are cut.

    Attributes
    ----------
    blocs
        Their names, as the scenario defines them. No network may be in two of them.
    neutral
        What networks in no bloc do. ``keep``: they keep all their links, so that traffic between
        blocs may pass through them. ``join``: those of each country join the bloc from which they
        buy most, counted in links from a provider in the bloc to a customer in the country before
        any shock, a link to a group of a digest as often as it has members; of equal blocs the
        one named first. Those of a country that buys from no bloc keep their links all the same.
        Networks of unknown country never join two blocs: where they would, alone or several of
        them linked together, they lose their links to all blocs.
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
        """Split into blocs: the links between them are cut."""
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
        joined = self._choose(draft, side) if self.neutral == "join" else {}
        draft.cut(_across(draft, side))
        bridges = _bridges(draft, side)
        draft.cut(draft.between(bridges, side >= 0))
        found = draft.base.networks["asn"].filter(pl.Series(bridges & draft.present))
        cut = tuple(f"AS{asn}" for asn in found.filter(found < FIRST_GROUP).sort())
        groups = len(found) - len(cut)
        return Joined(countries=joined, cut=cut, groups=groups) if joined or len(found) else None

    def _choose(self, draft: Draft, side: npt.NDArray[np.int64]) -> dict[str, tuple[str, ...]]:
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
        return {
            name: tuple(sorted(code for code, chosen in of.items() if chosen == number))
            for number, name in enumerate(self.blocs)
        }


def _bloc(name: str) -> Selection:
    quote = "'" if '"' in name else '"'
    return Selection(f"bloc:{quote}{name}{quote}")


def _across(draft: Draft, side: npt.NDArray[np.int64]) -> Mask:
    """Tell which links join two different blocs."""
    a, b = side[draft.a], side[draft.b]
    across: Mask = (a >= 0) & (b >= 0) & (a != b)
    return across


def _bridges(draft: Draft, side: npt.NDArray[np.int64]) -> Mask:
    """Tell which networks of unknown country, linked with others of these, join two blocs.

    Links that earlier shocks cut count too: so the order of shocks does not matter.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    unknown = draft.base.networks["country"].is_null().to_numpy() & (side < 0)
    a, b, size = draft.a, draft.b, len(side)
    inner = unknown[a] & unknown[b]
    graph = csr_array((np.ones(inner.sum(), dtype=np.int8), (a[inner], b[inner])), (size, size))
    number, component = connected_components(graph, directed=False)
    touched = np.zeros((number, int(side.max(initial=0)) + 1), dtype=bool)
    for one, other in ((a, b), (b, a)):
        into = unknown[one] & (side[other] >= 0)
        touched[component[one[into]], side[other[into]]] = True
    bridges: Mask = unknown & (touched.sum(axis=1) > 1)[component]
    return bridges


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
