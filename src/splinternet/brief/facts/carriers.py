"""Carriers on a nation's routes abroad: networks and states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import polars as pl

from splinternet.base.choices import Direction
from splinternet.brief.facts.asked import Asked
from splinternet.figures.observed import outgoing_on_levels
from splinternet.figures.reverse import resting_on_doubt
from splinternet.figures.shipped import LEAST
from splinternet.measures.concentration import Concentration, concentration
from splinternet.measures.dependence import MEASURE as CARRIERS
from splinternet.measures.states import MEASURE as STATES
from splinternet.world.schema import FIRST_GROUP
from splinternet.world.world import World

__all__ = ["NAMED", "Carried", "Carrier", "State", "carried", "most"]

#: How many carriers and states of each kind a brief names, and how many of unknown country.
NAMED, _UNKNOWN_NAMED = 6, 3
#: Carriers of unknown country are named if one share is above this.
_LITTLE = 0.001

#: A carrier is used one way if one share is above this, and the other below that part of it.
_MUCH, _HARDLY = 0.02, 0.2

_WAYS: tuple[Direction, ...] = ("inbound", "outbound")


@dataclass(frozen=True)
class Carrier:
    """A network, the shares of the nation's traffic abroad that pass it, and their doubt if any."""

    asn: int
    name: str | None
    country: str | None
    members: int
    inbound: float
    outbound: float
    doubt: str | None = None


@dataclass(frozen=True)
class State:
    """A state, and the shares of the nation's traffic abroad that pass any network of it.

    Shares are of the traffic of third parties, which has no end in that state: of so much of the
    inbound traffic as ``counted`` says. ``unavoidable`` is the part of it that would have no route
    if the state's networks carried for nobody else. ``doubt`` is that of a carrier that has half of
    the inbound share or more, if it is in doubt.
    """

    country: str | None
    inbound: float
    outbound: float
    unavoidable: float
    counted: float | None
    doubt: str | None = None


_Named = TypeVar("_Named", bound=Carrier | State)


@dataclass(frozen=True, eq=False)
class Carried:
    """Carriers on a nation's routes abroad.

    Attributes
    ----------
    foreign, domestic
        The networks that carry most, abroad (or of unknown country) and in the nation, both
        directions taken together. Those that lead one direction are always among them.
    states
        The other states that most traffic passes, chosen and ordered in the same way.
    unknown, unknown_carriers
        What passes networks whose country is unknown, None if nothing does; and which of these
        carry most.
    concentration
        That of the nation's foreign providers, for ``inbound`` and ``outbound``; None where
        there are none.
    largest, largest_foreign
        The network that most inbound traffic passes, of all and of those not known to be
        domestic, leaving out those in doubt; None if there is none.
    largest_state
        The foreign state that most inbound traffic passes.
    by_state
        The inbound share of every state but the nation, by code.
    grouped
        ``group``, ``inbound`` and ``outbound``, largest first: shares of organisations by name, or
        of what states own by code; None where a brief is not asked for them.
    """

    foreign: tuple[Carrier, ...]
    domestic: tuple[Carrier, ...]
    states: tuple[State, ...]
    unknown: State | None
    unknown_carriers: tuple[Carrier, ...]
    concentration: dict[Direction, Concentration | None]
    largest: Carrier | None
    largest_foreign: Carrier | None
    largest_state: State | None
    by_state: dict[str, float]
    grouped: pl.DataFrame | None = None

    @property
    def one_way(self) -> tuple[Carrier, ...]:
        """Carriers named here that one direction uses much and the other hardly."""
        named = self.foreign + self.domestic
        return tuple(
            each
            for each in named
            if max(each.inbound, each.outbound) > _MUCH
            and min(each.inbound, each.outbound) < _HARDLY * max(each.inbound, each.outbound)
        )


def carried(asked: Asked) -> Carried:
    """Find who carries a nation's traffic abroad.

    Raises
    ------
    MisuseError, WorldError, RoutingError
        As for :func:`splinternet.measures.dependence.depend`.
    """
    world, code = asked.world, asked.country
    shares = {way: asked.answer(CARRIERS, direction=way) for way in _WAYS}
    inbound, outbound = _of_full_world(asked, shares["inbound"], shares["outbound"])
    into = asked.shipped("states")
    if into is None:
        into = asked.answer(STATES)
    shipped = asked.shipped("dependence")
    into = _doubted(into, inbound if shipped is None else shipped, code)
    out = outgoing_on_levels(
        asked.answer(CARRIERS, by="state", direction="outbound"), asked.figures, code
    )
    carriers = _carriers(world, inbound, outbound)
    sure = [each for each in carriers if each.doubt is None]
    states = _states(into, out)
    abroad = [each for each in carriers if each.country != code]
    others = [each for each in states if each.country not in (code, None)]
    return Carried(
        foreign=most(abroad),
        domestic=most([each for each in carriers if each.country == code]),
        states=most(others),
        unknown=next((each for each in states if each.country is None), None),
        unknown_carriers=tuple(
            each
            for each in abroad
            if each.country is None and max(each.inbound, each.outbound) > _LITTLE
        )[:_UNKNOWN_NAMED],
        concentration={
            way: concentration(world, code, shares[way], where=asked.counting.where)
            for way in _WAYS
        },
        largest=_largest(sure),
        largest_foreign=_largest([each for each in sure if each.country != code]),
        largest_state=_largest(others),
        by_state={each.country: each.inbound for each in others if each.country},
        grouped=_grouped(asked),
    )


def _grouped(asked: Asked) -> pl.DataFrame | None:
    """Shares of organisations, or of what states own, where a brief is asked for them."""
    by = asked.counting.by
    if by not in ("organisation", "owner"):
        return None
    key = "country" if by == "owner" else "organisation"
    into, out = (asked.answer(CARRIERS, by=by, direction=way) for way in _WAYS)
    return _both(into.select(key, "share"), out, key).rename({key: "group"})


def _of_full_world(
    asked: Asked, inbound: pl.DataFrame, outbound: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take the shares of the full world where they are shipped, and no group of its digest.

    A network with less than 1 % there has its share of the digest, but not above 1 %. The doubts of
    the others are the full world's too.
    """
    shipped = asked.shipped("dependence")
    if shipped is None:
        return inbound, outbound
    small, out = (each.filter(pl.col("asn") < FIRST_GROUP) for each in (inbound, outbound))
    small = small.join(shipped, on="asn", how="anti")
    capped = small.with_columns(pl.min_horizontal("share", pl.lit(LEAST)))
    return pl.concat([shipped, capped], how="diagonal").select(inbound.columns), out


def _both(inbound: pl.DataFrame, outbound: pl.DataFrame, key: str) -> pl.DataFrame:
    """Join the shares of both directions, the largest first."""
    return (
        inbound.rename({"share": "inbound"})
        .join(
            outbound.select(key, outbound="share"),
            on=key,
            how="full",
            coalesce=True,
            nulls_equal=True,
        )
        .with_columns(pl.col("inbound", "outbound").fill_null(0.0))
        .sort(pl.col("inbound") + pl.col("outbound"), key, descending=[True, False])
    )


def _carriers(world: World, inbound: pl.DataFrame, outbound: pl.DataFrame) -> list[Carrier]:
    named = world.named.select("asn", "name", "country", "members")
    # A carrier of the full world may be one that a digest does not name.
    told = inbound.select("asn", told_name="name", told_country="country")
    shares = _both(inbound.select("asn", "share"), outbound, "asn")
    both = pl.concat(each.select("asn", "doubt") for each in (inbound, outbound))
    doubts = both.drop_nulls().unique("asn", keep="first", maintain_order=True)
    rows = (
        shares.join(named, on="asn", how="left", maintain_order="left")
        .join(told, on="asn", how="left", maintain_order="left")
        .join(doubts, on="asn", how="left", maintain_order="left")
        .select(
            "asn",
            pl.coalesce("name", "told_name"),
            pl.coalesce("country", "told_country"),
            pl.col("members").fill_null(1),
            "inbound",
            "outbound",
            "doubt",
        )
    )
    return [Carrier(**row) for row in rows.iter_rows(named=True)]


def _doubted(states: pl.DataFrame, networks: pl.DataFrame, code: str) -> pl.DataFrame:
    """Shares of states with ``doubt``, that of a carrier which has half of one or more."""
    of_nation = (each.with_columns(nation=pl.lit(code)) for each in (states, networks))
    return resting_on_doubt(*of_nation).drop("nation")


def _states(inbound: pl.DataFrame, outbound: pl.DataFrame) -> list[State]:
    both = _both(inbound, outbound, "country").with_columns(pl.col("unavoidable").fill_null(0.0))
    return [State(**row) for row in both.iter_rows(named=True)]


def _largest(ranked: Sequence[_Named]) -> _Named | None:
    """Return the one that most inbound traffic passes."""
    largest = max(ranked, key=lambda each: each.inbound, default=None)
    return largest if largest is not None and largest.inbound > 0 else None


def most(ranked: Sequence[_Named], many: int = NAMED) -> tuple[_Named, ...]:
    """Keep the first few, and among them always those that lead one direction."""
    into = sorted(ranked, key=lambda each: -each.inbound)
    out = sorted(ranked, key=lambda each: -each.outbound)
    kept = list(dict.fromkeys([*into[:1], *out[:1], *ranked]))[:many]
    return tuple(each for each in ranked if each in kept)
