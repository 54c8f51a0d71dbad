"""Hijacks and leaks: what part of the world sends to others what is for a network, or a nation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Unpack

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.asn import Asn, as_numbers
from splinternet.base.checked import typed
from splinternet.base.choices import CONTENDING, Routing, RoutingChoices
from splinternet.base.errors import MisuseError
from splinternet.base.takes import Takes
from splinternet.measures.filtering import filters_in
from splinternet.measures.signing import is_found, parts
from splinternet.routing.contests import ATTACKER, Contests, Outcomes
from splinternet.routing.graph import Ints
from splinternet.routing.sweep import Progress
from splinternet.routing.trials import KINDS, NO_FILTERS, Filters, Trial
from splinternet.world.evidence import by_evidence
from splinternet.world.world import World

__all__ = ["TAKES", "Audience", "Diversion", "hijack", "shares", "victims_among"]

TAKES = Takes("hijack", ("prefer", "tie_break", "links"), routing=CONTENDING)

#: What a network counts as one of those that may be deceived.
COUNTED = ("networks", "addresses", "users")
_COLUMNS = ("members", "ipv4_addresses", "users")

_Sums = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Audience:
    """Networks of a world as those who may be deceived, by nation.

    Attributes
    ----------
    world
        The world.
    """

    world: World

    @cached_property
    def networks(self) -> pl.DataFrame:
        """The networks, by ASN."""
        return self.world.networks.sort("asn")

    @cached_property
    def countries(self) -> list[str | None]:
        """Code of each nation, the last None for networks of unknown country."""
        return [*sorted(self.networks["country"].drop_nulls().unique()), None]

    @cached_property
    def country_of(self) -> Ints:
        """Place of each network's nation among ``countries``."""
        place = self.networks["country"].rank("dense").fill_null(len(self.countries)) - 1
        return place.cast(pl.Int32).to_numpy()

    @cached_property
    def weights(self) -> _Sums:
        """Networks, addresses and users of each; shape ``(networks, 3)``."""
        filled = self.networks.select(pl.col(_COLUMNS).fill_null(0).round().cast(pl.Int64))
        return np.ascontiguousarray(filled.to_numpy())

    def whole(self, trials: Sequence[Trial], group_of: Ints, groups: int) -> _Sums:
        """Add up all but attackers and victims; shape ``(groups, 3, trials)``.

        ``group_of`` is the group of each network, from 0 to ``groups - 1``.
        """
        known: dict[int | tuple[int, ...], _Sums] = {}
        asn = self.networks["asn"].to_numpy()

        def sums(asns: tuple[int, ...]) -> _Sums:
            key = asns if len(asns) == 1 else id(asns)  # the same thousands in many trials
            if key not in known:
                at = np.searchsorted(asn, np.array(asns))
                known[key] = self._sums(group_of[at], self.weights[at], groups)
            return known[key]

        every = self._sums(group_of, self.weights, groups)
        left = [every - sums(each.victims) - sums(each.attackers) for each in trials]
        return np.stack(left, axis=2)

    @staticmethod
    def _sums(group_of: Ints, weights: _Sums, groups: int) -> _Sums:
        kinds = [np.bincount(group_of, each, minlength=groups) for each in weights.T]
        return np.stack(kinds, axis=1).astype(np.int64)


@dataclass(frozen=True)
class Diversion:
    """Part of the world that a hijack or leak deceives.

    Attributes
    ----------
    victims
        AS numbers of those whose traffic it is.
    attackers
        AS numbers of those who get it.
    networks, addresses, users
        Share of the networks, addresses and users, beside attackers and victims, whose packets end
        at the attacker; over several victims the mean by their addresses. None where the world
        does not know.
    lost
        Share of the networks that have no route at all.
    nations
        The same by nation: ``country``, ``networks``, ``addresses``, ``users``, ``lost``; the most
        deceived by addresses first.
    through
        Networks that carry what is diverted: ``asn``, ``name``, ``country``, ``share`` of the
        deceived networks whose packets pass it on the way, of the victim with most addresses.
    """

    victims: tuple[int, ...]
    attackers: tuple[int, ...]
    networks: float | None
    addresses: float | None
    users: float | None
    lost: float | None
    nations: pl.DataFrame
    through: pl.DataFrame


@typed
def hijack(
    world: World,
    victims: Asn | Iterable[Asn],
    by: Asn | Iterable[Asn],
    *,
    kind: str = "prefix",
    filters: Filters = NO_FILTERS,
    covered: bool | None = None,
    prefix: str | None = None,
    routing: Routing | None = None,
    progress: Progress | None = None,
    **choices: Unpack[RoutingChoices],
) -> Diversion:
    """Share of the world that a hijack or leak deceives, by nation, and through whom.

    Parameters
    ----------
    world
        The world.
    victims
        AS numbers of those whose prefixes are announced, one after the other.
    by
        AS numbers of those who announce them, at once.
    kind
        How; one of :data:`~splinternet.routing.trials.KINDS`.
    filters
        Networks that filter, besides those that do in the world.
    covered
        Whether ROAs cover the victims' addresses, so that origin validation finds the fault; by
        default as far as those of the world do, see :func:`~splinternet.measures.signing.parts`.
    prefix
        The IPv4 prefix that is announced, of which the world's ROAs say whether it is valid.
    routing, choices
        How routes are chosen, as an object or as single fields of it; see
        :mod:`splinternet.base.choices`.

    Raises
    ------
    MisuseError
        If there is no such kind, no victim or attacker, a network is not in the world or stands
        for several, one that filters is not there, all attack themselves alone, or ROAs cannot
        judge the prefix.
    RoutingError
        If routes cannot be computed.

    Notes
    -----
    Ballani, Francis and Zhang, "A Study of Prefix Hijacking and Interception in the Internet",
    SIGCOMM 2007; kinds and outcomes as Furuness et al., "BGPy: The BGP Python Security Simulator",
    CSET 2023. A network counts whole: all its packets for the victim's addresses go one way.

    Examples
    --------
    >>> 0 < hijack(world, 11960, 3356).networks < 1
    True
    """
    routing = TAKES.routed(routing, choices)
    world = by_evidence(world, routing.links)
    wanted, attackers = as_numbers(victims), tuple(as_numbers(by))
    filters = filters_in(world, filters)
    if not wanted:
        raise MisuseError("nobody is the victim; name a network")
    if len(wanted) == 1 and wanted == [*attackers]:
        raise MisuseError(f"AS{wanted[0]} is attacker and victim; name two networks")
    targets = victims_among(world, [asn for asn in wanted if asn not in attackers])
    if not targets:
        raise MisuseError("every victim is among those who announce its addresses; name others")
    if kind in KINDS and prefix is not None:
        if len(targets) > 1:
            raise MisuseError(f"{prefix} is of one network, and there are {len(targets)} victims")
        covered = is_found(world, prefix, kind, next(iter(targets)), attackers)
    weighed = {asn: max(weight, 1) for asn, weight in targets.items()}
    tried = parts(world, weighed, kind, filters, covered)
    trials = [
        Trial.of(kind, part.victim, attackers, filters, covered=part.covered) for part in tried
    ]
    audience = Audience(world)
    values = np.array([part.weight for part in tried], dtype=np.float64)

    def work(outcomes: Outcomes, place: slice) -> tuple[npt.NDArray[np.float64], pl.DataFrame]:
        found = outcomes.tally(audience.country_of, audience.weights, len(audience.countries))
        every = audience.whole(trials[place], audience.country_of, len(audience.countries))
        sums = np.stack([*found, every]).astype(np.float64) @ values[place]
        first = place.start == 0
        return sums, _through(audience, outcomes, attackers) if first else pl.DataFrame()

    blocks = list(Contests(world, routing).run(trials, work, progress, followed=1))
    deceived, lost, every = np.sum([sums for sums, _ in blocks], axis=0)
    networks, addresses, users = shares(deceived.sum(axis=0), every.sum(axis=0))
    return Diversion(
        tuple(targets),
        attackers,
        networks,
        addresses,
        users,
        shares(lost.sum(axis=0), every.sum(axis=0))[0],
        _by_nation(audience, deceived, lost, every),
        blocks[0][1],
    )


def victims_among(world: World, asns: Iterable[int]) -> dict[int, int]:
    """Addresses of each of some networks that can be a victim, the most first.

    Groups of a digest stand for several networks, and are left out if there are others.
    """
    wanted = pl.Series(list(asns), dtype=pl.UInt32)
    here = world.networks.filter(pl.col("asn").is_in(wanted.implode()))
    single = here.filter(members=1) if (here["members"] == 1).any() else here
    unknown = wanted.filter(~wanted.is_in(here["asn"].implode()))
    weighed = single.select("asn", pl.col("ipv4_addresses").fill_null(0))
    ordered = weighed.sort("ipv4_addresses", "asn", descending=[True, False])
    return dict(ordered.iter_rows()) | dict.fromkeys(unknown, 0)


def shares(
    some: npt.NDArray[np.float64], every: npt.NDArray[np.float64]
) -> tuple[float | None, ...]:
    """Parts of wholes; None of nothing."""
    return tuple(
        float(part / whole) if whole else None for part, whole in zip(some, every, strict=True)
    )


def _by_nation(
    audience: Audience,
    deceived: npt.NDArray[np.float64],
    lost: npt.NDArray[np.float64],
    every: npt.NDArray[np.float64],
) -> pl.DataFrame:
    there = every[:, 0] > 0
    with np.errstate(invalid="ignore", divide="ignore"):
        shares, cut_off = deceived / every, lost[:, 0] / every[:, 0]
    frame = pl.DataFrame(
        {
            "country": audience.countries,
            **dict(zip(COUNTED, shares.T, strict=True)),
            "lost": cut_off,
        },
        schema_overrides={"country": pl.String},
    ).filter(pl.Series(there))
    return frame.fill_nan(None).sort(
        "addresses", "networks", "country", descending=[True, True, False], nulls_last=True
    )


def _through(audience: Audience, outcomes: Outcomes, attackers: Sequence[int]) -> pl.DataFrame:
    """List the networks that diverted packets pass, and for how many of the deceived."""
    asn = audience.networks["asn"].to_numpy()
    deceived = outcomes.shares()[ATTACKER, :, 0]
    deceived[np.searchsorted(asn, attackers)] = 0
    every, passed = deceived @ audience.weights[:, 0], outcomes.passed(0)
    some = np.flatnonzero(passed)
    frame = pl.DataFrame({"asn": asn[some], "share": passed[some] / every})
    named = audience.world.named.select("asn", "name", "country")
    return (
        frame.join(named, on="asn", how="left")
        .select("asn", "name", "country", "share")
        .sort("share", "asn", descending=[True, False])
    )
