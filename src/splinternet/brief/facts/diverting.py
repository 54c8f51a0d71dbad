"""Diversion of a nation's traffic: states that could, and filtering that would help."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from splinternet.brief.facts.asked import Asked, Missing, attempt
from splinternet.measures.diversion import diversion
from splinternet.measures.protection import Protection, protect

__all__ = ["Diverting", "diverting"]

#: Networks whose filtering is told, and attackers of the sample that chooses them: of the full
#: Internet this takes a few seconds.
_BUDGET, _SAMPLE = 3, 8


@dataclass(frozen=True, eq=False)
class Diverting:
    """Diversion of a nation's traffic; each part as found, or why nothing was.

    Attributes
    ----------
    taken
        What each foreign state, and the nation's own transit, could take; see
        :func:`~splinternet.measures.diversion.diversion`.
    helped
        Three networks whose origin validation would help most, see
        :func:`~splinternet.measures.protection.protect`.
    """

    taken: pl.DataFrame | Missing
    helped: Protection | Missing


def diverting(asked: Asked) -> Diverting:
    """Find who could divert a nation's traffic, by the rules that trials know."""
    world, links = asked.world, asked.routing.links
    return Diverting(
        taken=attempt(lambda: diversion(world, asked.country, links=links)),
        helped=attempt(
            lambda: protect(world, asked.country, budget=_BUDGET, sample=_SAMPLE, links=links)
        ),
    )
