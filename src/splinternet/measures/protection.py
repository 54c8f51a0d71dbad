"""Protection: which networks' filtering would lower a nation's exposure to hijacks most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heapreplace
from typing import Unpack

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import CONTENDING, Routing, RoutingChoices
from splinternet.base.countries import country_code
from splinternet.base.errors import MisuseError, WorldError
from splinternet.base.shares import rounded
from splinternet.base.takes import Takes
from splinternet.measures.filtering import filters_in
from splinternet.measures.hijacks import Audience
from splinternet.measures.nation import in_country
from splinternet.measures.signing import parts
from splinternet.routing.certain import certainly_deceived
from splinternet.routing.contests import Contests, Outcomes
from splinternet.routing.sweep import Progress
from splinternet.routing.trials import KINDS, NO_FILTERS, Filters, Trial
from splinternet.world.evidence import by_evidence
from splinternet.world.world import World

__all__ = ["TAKES", "Exposed", "Protection", "greedy", "protect"]

TAKES = Takes("protect", ("prefer", "tie_break", "links"), routing=CONTENDING)

#: Attackers of the sample, victims of the nation, and candidates beside the nation's own networks.
_ATTACKERS, _VICTIMS, _ABROAD, _AT_HOME = 16, 4, 60, 20

#: Gains that differ by less are equal.
_EQUAL = 1e-12


@dataclass(frozen=True)
class Protection:
    """Networks whose filtering protects a nation, in the order in which greed takes them.

    Attributes
    ----------
    steps
        ``asn``, ``name``, ``country``, ``exposed``, ``gain``, a row for each.
    before
        Share of the world's addresses that is deceived without them, the mean over attackers and
        victims.
    least
        A share below which no set of candidates can bring it, as large as may be: so much stays
        deceived whoever of them filters.
    together
        The share once all candidates filter.
    bound
        A share below which no set of as many candidates can bring it, if gains only shrink as
        others filter too. None where a gain was seen to grow.
    is_best
        Whether each set as large was tried, as those of one network are.
    trials
        How many attackers and victims there are, and candidates.
    """

    steps: pl.DataFrame
    before: float
    least: float
    together: float
    bound: float | None
    is_best: bool
    trials: tuple[int, int, int]

    @property
    def words(self) -> list[str]:
        """The whole in lines."""
        attackers, victims, candidates = self.trials
        after = self.steps["exposed"][-1] if self.steps.height else self.before
        if self.is_best:
            said = "Each of them was tried, and no other alone brings it lower."
        elif self.bound is not None:
            less = rounded(self.bound)
            said = f"If gains shrink as more filter, no others as many bring it below {less}."
        else:
            said = "Some gain more where others filter too, so others as many could do better."
        return [
            f"Deceived in the model, by addresses: {rounded(self.before)} of the world before, "
            f"{rounded(after)} once these filter; the mean over attackers ({attackers}) and "
            f"victims ({victims}).",
            f"All candidates ({candidates}) together leave {rounded(self.together)}; whichever of "
            f"them filter, {rounded(self.least)} at least stays deceived. {said}",
        ]


class Exposed:
    """Exposure of victims to attackers, as a function of who filters.

    Parameters
    ----------
    world
        The world.
    victims, attackers
        AS numbers; each attacker is tried against each victim.
    kind
        What the attackers do.
    filters
        Networks that filter in any case.
    routing
        How routes are chosen.
    """

    def __init__(
        self,
        world: World,
        victims: Sequence[int],
        attackers: Sequence[int],
        kind: str,
        filters: Filters,
        routing: Routing,
    ) -> None:
        self._contests, self._filters = Contests(world, routing), filters
        self._audience, self._world = Audience(world), world
        self._kind, self._routing = kind, routing
        self._nowhere = np.zeros(len(self._audience.weights), dtype=np.int32)
        once = dict.fromkeys(victims, 1.0)
        # Origin validation is what is tried: ROAs are asked, also where nobody filters yet.
        asks = replace(filters, rov=[*filters.rov, *once])
        tried = parts(world, once, kind, asks)
        self._pairs = [(a, part) for part in tried for a in attackers if a != part.victim]

    def of(self, sets: Sequence[Iterable[int]], progress: Progress | None = None) -> list[float]:
        """Share of the world's addresses that is deceived where each set of networks filters."""
        return [self._mean(each) for each in self._by_trial(sets, progress)]

    def at_least(self, candidates: Sequence[int]) -> float:
        """Share that is deceived whoever of the candidates filters; more may be.

        See :func:`~splinternet.routing.certain.certainly_deceived`; where ROAs do not cover, nobody
        can make a difference.
        """
        trials = self._trials(self._filters)
        certain = certainly_deceived(self._world, trials, candidates, self._routing)
        asn = self._audience.networks["asn"].to_numpy()
        for lane, trial in enumerate(trials):
            certain[np.searchsorted(asn, [*trial.victims, *trial.attackers]), lane] = False
        deceived = self._audience.weights.T.astype(np.float64) @ certain
        (before,) = self._by_trial([[]])
        covered = [part.covered for _, part in self._pairs]
        return self._mean(np.where(covered, self._share(deceived, trials), before))

    def _by_trial(
        self, sets: Sequence[Iterable[int]], progress: Progress | None = None
    ) -> npt.NDArray[np.float64]:
        """Shares deceived; shape ``(sets, trials)``."""
        filters = [replace(self._filters, rov=[*self._filters.rov, *some]) for some in sets]
        trials = [trial for each in filters for trial in self._trials(each)]

        def work(outcomes: Outcomes, place: slice) -> npt.NDArray[np.float64]:
            deceived = outcomes.tally(self._nowhere, self._audience.weights, 1)[0, 0]
            return self._share(deceived, trials[place])

        found = np.concatenate(list(self._contests.run(trials, work, progress)))
        return found.reshape(len(sets), -1)

    def _trials(self, filters: Filters) -> list[Trial]:
        return [
            Trial.of(self._kind, part.victim, attacker, filters, covered=part.covered)
            for attacker, part in self._pairs
        ]

    def _share(
        self, deceived: npt.NDArray[np.float64], trials: Sequence[Trial]
    ) -> npt.NDArray[np.float64]:
        """Part that is deceived in each trial, of sums of networks, addresses and users."""
        (whole,) = self._audience.whole(trials, self._nowhere, 1)
        kind = 1 if whole[1].any() else 0  # networks, where no addresses are known
        share: npt.NDArray[np.float64] = deceived[kind] / np.maximum(whole[kind], 1)
        return share

    def _mean(self, shares: npt.NDArray[np.float64]) -> float:
        return float(np.average(shares, weights=[part.weight for _, part in self._pairs]))


@typed
def protect(
    world: World,
    country: str,
    *,
    budget: int = 10,
    kind: str = "prefix",
    sample: int = _ATTACKERS,
    filters: Filters = NO_FILTERS,
    routing: Routing | None = None,
    progress: Progress | None = None,
    **choices: Unpack[RoutingChoices],
) -> Protection:
    """Networks whose origin validation would lower a nation's exposure most, at home and abroad.

    Exposure is the share of the world's addresses that is deceived, the mean over the nation's
    networks with most addresses as victims and a sample of attackers in other nations, spread
    over the world's networks by rank of addresses. Candidates are the carriers with most
    customers, and the nation's own with most.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name of the nation.
    budget
        So many networks, at the most; fewer if nobody lowers it any more.
    sample
        So many attackers, at the most; the time grows with them.
    kind, filters
        As for :func:`~splinternet.measures.hijacks.hijack`; ``filters`` are there already.
    routing, choices
        How routes are chosen; see :mod:`splinternet.base.choices`.

    Raises
    ------
    MisuseError
        If there is no such country or kind, origin validation finds no fault in it, one that
        filters is not in the world, or budget or sample is below one.
    WorldError
        If the world has no network there that can be a victim, or no attacker abroad.

    Notes
    -----
    Greed with lazy evaluation: Minoux, "Accelerated greedy algorithms for maximizing submodular set
    functions", 1978. Gains need not shrink: two filters can help where each alone does not, so the
    factor of greed holds only as far as they do; ``least`` holds always. That filtering at large
    transit networks protects the world and at exchanges locally is found by Hlavacek et al., "Keep
    Your Friends Close, but Your Routeservers Closer", 2023, https://arxiv.org/abs/2303.11772.

    Examples
    --------
    >>> protect(world, "CU", budget=2).steps.columns
    ['asn', 'name', 'country', 'exposed', 'gain']
    """
    if budget < 1:
        raise MisuseError("a budget of no network; give 1 at least")
    if sample < 1:
        raise MisuseError("a sample of no attacker; give 1 at least")
    if kind in KINDS and not _is_found(kind):
        raise MisuseError(
            f"origin validation finds no fault in the kind {kind}, so nobody's would protect; take "
            f"one of {', '.join(filter(_is_found, KINDS))}"
        )
    code = country_code(country)
    routing = TAKES.routed(routing, choices)
    world = by_evidence(world, routing.links)
    filters = filters_in(world, filters)
    home = set(in_country(world, code))
    single = world.named.filter(members=1).sort(
        pl.col("ipv4_addresses").fill_null(0), "asn", descending=[True, False]
    )
    victims = single.filter(pl.col("asn").is_in(list(home)))["asn"].head(_VICTIMS).to_list()
    abroad = single.filter(~pl.col("asn").is_in(list(home)))["asn"].to_list()
    if not victims or not abroad:
        raise WorldError(
            f"world {world.manifest.name} has no network of {code} by itself, or none abroad"
        )
    places = np.linspace(0, len(abroad) - 1, min(sample, len(abroad))).astype(int)
    attackers = [abroad[place] for place in places]
    candidates = _candidates(world, home)
    exposed = Exposed(world, victims, attackers, kind, filters, routing)
    taken, left, bound = greedy(lambda sets: exposed.of(sets, progress), candidates, budget)
    return Protection(
        _steps(world, taken, left),
        left[0],
        exposed.at_least(candidates),
        exposed.of([candidates])[0],
        bound,
        budget == 1,
        (len(attackers), len(victims), len(candidates)),
    )


def _is_found(kind: str) -> bool:
    """Whether ROAs can make any announcement of this kind invalid."""
    announced = KINDS[kind].announce(1, (2,), True)
    return any(each.invalid for prefix in announced for each in prefix)


def _candidates(world: World, home: set[int]) -> list[int]:
    """List the networks with most customers, and the nation's own with most."""
    customers = (
        world.links.filter(pl.col("kind") == "p2c")
        .group_by(asn="a")
        .len()
        .sort("len", "asn", descending=[True, False])
    )
    at_home = customers.filter(pl.col("asn").is_in(list(home)))["asn"].head(_AT_HOME)
    return list(dict.fromkeys([*customers["asn"].head(_ABROAD), *at_home]))


def greedy(
    exposed: Callable[[list[list[int]]], list[float]], candidates: Sequence[int], budget: int
) -> tuple[list[int], list[float], float | None]:
    """Take, one after the other, who lowers a figure most; ask again only who may be next.

    Parameters
    ----------
    exposed
        The figure of each of several sets.
    candidates
        Who may be taken.
    budget
        How many, at the most.

    Returns
    -------
    tuple
        Who is taken; the figure before and after each; and the figure less the largest first gains
        of ``budget`` candidates, or less what greed takes by its factor of 1 - 1/e: the higher of
        the two bounds, which hold if gains shrink as more are taken; None if one is seen to grow.
    """
    before, *alone = exposed([[], *([each] for each in candidates)])
    gains = [before - each for each in alone]
    heap = [(-gain, place, 0) for place, gain in enumerate(gains)]
    heapify(heap)
    taken: list[int] = []
    figures = [before]
    grows = False
    while heap and len(taken) < budget:
        gain, place, asked = heap[0]
        if -gain <= 0:
            break
        if asked < len(taken):
            (now,) = exposed([[*taken, candidates[place]]])
            grows |= figures[-1] - now > _EQUAL - gain
            heapreplace(heap, (now - figures[-1], place, len(taken)))
            continue
        heappop(heap)
        taken.append(candidates[place])
        figures.append(figures[-1] + gain)
    most = sum(sorted((gain for gain in gains if gain > 0), reverse=True)[:budget])
    by_factor = (before - figures[-1]) / (1 - np.exp(-1)) if len(taken) == budget else most
    bound = None if grows else max(0.0, float(before - min(most, by_factor)))
    return taken, figures, bound


def _steps(world: World, taken: Sequence[int], left: Sequence[float]) -> pl.DataFrame:
    frame = pl.DataFrame(
        {
            "asn": pl.Series(taken, dtype=pl.UInt32),
            "exposed": pl.Series(left[1:], dtype=pl.Float64),
            "gain": pl.Series(-np.diff(left), dtype=pl.Float64),
        }
    )
    named = world.named.select("asn", "name", "country")
    joined = frame.join(named, on="asn", how="left", maintain_order="left")
    return joined.select("asn", "name", "country", "exposed", "gain")
