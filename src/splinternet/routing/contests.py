"""Contests of announcements: which of them each network follows, 128 trials at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Literal, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from splinternet.base.choices import Routing
from splinternet.base.errors import MisuseError, RoutingError
from splinternet.routing import _kernels
from splinternet.routing.codes import Choosing
from splinternet.routing.contest_lanes import CLIMBED, Lanes
from splinternet.routing.contest_setting import Bytes, Contest, Seed, Setting, seeds_by_row
from splinternet.routing.contest_ways import Decided, Ways
from splinternet.routing.graph import Graph, Ints, graph_of_each
from splinternet.routing.sweep import Progress
from splinternet.routing.trials import Trial
from splinternet.routing.workers import in_order
from splinternet.world.world import World

__all__ = ["ATTACKER", "NOBODY", "VICTIM", "Contests", "Outcomes", "Plane"]

#: Where a network's packets end, or whose announcement it believes.
ATTACKER, VICTIM, NOBODY = 0, 1, 2
#: What is asked: where packets end, or whose announcement was chosen.
Plane = Literal["data", "control"]

Floats = npt.NDArray[np.float32]
_T = TypeVar("_T")
_LONGEST = 62


class Contests:
    """Outcomes of trials, on every core.

    Parameters
    ----------
    world
        The world.
    routing
        How routes are chosen: by ``gao-rexford`` or ``customer-first``.

    Raises
    ------
    MisuseError
        If routes are chosen in another way.
    RoutingError
        If providers and customers form a cycle.
    """

    def __init__(self, world: World, routing: Routing) -> None:
        self.graph, self.rules = graph_of_each(world), Choosing.of(routing)
        if routing.prefer == "shortest":
            raise MisuseError(
                f"hijacks are not defined for the preference {routing.prefer}, by which a network "
                "tells its customers and its peers different routes; use gao-rexford"
            )
        self._local = threading.local()

    def run(
        self,
        trials: Sequence[Trial],
        work: Callable[[Outcomes, slice], _T],
        progress: Progress | None = None,
        *,
        followed: int = 0,
        on_one_core: bool = False,
    ) -> Iterator[_T]:
        """Decide trials, a block at a time; yield what ``work(outcomes, which)`` makes of them.

        ``which`` tells the place of the block's trials in ``trials``. Results come in order. Of
        each block so many first trials are ``followed``, for :meth:`Outcomes.passed`. The work is
        done ``on_one_core``, the caller's, where many such are asked side by side.

        Raises
        ------
        MisuseError
            If a network of a trial is not in the world, stands for several, or has nothing to leak.
        RoutingError
            If a path is longer than 62 links.
        """
        self._check(trials)
        size = _kernels.LANES
        places = [slice(i, min(i + size, len(trials))) for i in range(0, len(trials), size)]

        def one(place: slice) -> _T:
            outcomes = self._outcomes()
            outcomes.decide(trials[place], followed)
            return work(outcomes, place)

        made = (one(place) for place in places) if on_one_core else in_order(one, places)
        with closing(made) as results:
            for place, result in zip(places, results, strict=True):
                if progress:
                    progress(place.stop, len(trials))
                yield result

    def _outcomes(self) -> Outcomes:
        """Return the working arrays of the thread that asks."""
        if not hasattr(self._local, "outcomes"):
            self._local.outcomes = Outcomes(self.graph, self.rules)
        outcomes: Outcomes = self._local.outcomes
        return outcomes

    def _check(self, trials: Sequence[Trial]) -> None:
        graph = self.graph
        for asns in {asns for trial in trials for asns in (trial.victims, trial.attackers)}:
            at = graph.row[graph.networks(np.array(asns, dtype=np.int64))]
            groups = graph.asn[graph.first[at[graph.members[at] > 1]]]
            if len(groups):
                raise MisuseError(
                    f"AS{groups[0]} stands for several networks of this digest, which can neither "
                    "take traffic nor lose it; name one network, or use the full world"
                )
        for trial in trials:
            if trial.leaks:
                leaker = graph.row[graph.networks(trial.attackers)][0]
                lists = (graph.providers.start, graph.peers.start)
                if not any(start[leaker + 1] - start[leaker] for start in lists):
                    raise MisuseError(
                        f"AS{trial.attackers[0]} has neither providers nor peers, so it has "
                        "nothing to leak"
                    )


class Parts(NamedTuple):
    """Parts of packets and routes that are the attacker's; see ``_kernels.divided``."""

    deceived: Floats
    told: Floats
    believed: Floats


class Outcomes:
    """One thread's working arrays, holding the outcomes of up to 128 trials."""

    def __init__(self, graph: Graph, rules: Choosing) -> None:
        self.graph, self.rules = graph, rules
        shape = (graph.rows, _kernels.LANES)
        codes, marks, over = (np.empty(shape, dtype=np.uint8) for _ in range(3))
        self._contest = Contest(codes, marks, over, np.empty(graph.rows, dtype=np.uint8))
        self._parts: Parts | None = None
        if rules.split:
            self._parts = Parts(*(np.zeros(shape, dtype=np.float32) for _ in Parts._fields))
        self._lanes = Lanes(graph, ())
        self._ends = self._lanes.ends()
        self.ways: list[Ways] = []

    def decide(self, trials: Sequence[Trial], followed: int = 0) -> None:
        """Compute the outcomes of trials; of so many first ones, follow each network's packets."""
        self._lanes = lanes = Lanes(self.graph, trials)
        self.ways = [
            Ways(lane, lanes.rows((*trial.victims, *trial.attackers)))
            for lane, trial in enumerate(trials[:followed])
        ]
        self._ends = lanes.ends()
        leaked = self._leaked()
        self._contest.over[:] = 0
        for depth in range(max(len(trial.prefixes) for trial in trials)):
            announced = [
                (lane, each)
                for lane, trial in enumerate(trials)
                for each in trial.prefixes[depth : depth + 1]
            ]
            seeds = [
                seed
                for lane, some in announced
                for each in some
                for seed in lanes.seeds(lane, each)
            ]
            invalid = np.zeros(_kernels.LANES, dtype=np.uint8)
            for lane, some in announced:
                if any(each.hostile and each.invalid for each in some):
                    invalid[lane] = _kernels.BY_ATTACKER
            before = self._contest.over[:, : None if self._parts else followed].copy()
            decided = self._contend(seeds + (leaked if depth == 0 else []), invalid)
            if self._parts:
                _kernels.divide_block(
                    self._contest,
                    before,
                    self._parts,
                    decided.setting,
                    self.graph.topology,
                    self.rules,
                )
            for lane, ways in enumerate(self.ways):
                ways.add(decided, before[:, lane] > 0)

    def by_network(self, plane: Plane = "data") -> Bytes:
        """Outcome of each network, by ASN, in each trial; shape ``(networks, trials)``.

        In the data plane, packets are followed hop by hop, each hop taking its most specific
        prefix; victims and attackers end their own. In the control plane it is whose
        announcement a network has for the most specific prefix that it has. A network that
        leaked is the attacker wherever packets pass it.

        Raises
        ------
        MisuseError
            If traffic is divided over equally good routes.
        """
        if self._parts:
            raise MisuseError("with the tie-break split an outcome is a share; ask for shares")
        over = self._contest.over[self.graph.row, : len(self._lanes.trials)]
        if plane == "control":
            found = np.where(over & _kernels.BY_VICTIM, VICTIM, ATTACKER)
        else:
            found = np.where(over & _kernels.ENDS_AT_ATTACKER, ATTACKER, VICTIM)
        found = np.where(over == 0, NOBODY, found).astype(np.uint8)
        if plane == "data":
            for lane, trial in enumerate(self._lanes.trials):
                found[self.graph.networks(trial.victims), lane] = VICTIM
                found[self.graph.networks(trial.attackers), lane] = ATTACKER
        return found

    def shares(self, plane: Plane = "data") -> Floats:
        """Shares of each network's packets, or routes, by outcome; they add up to one.

        As :meth:`by_network`, where traffic may be divided over equally good routes: of what a
        next hop tells, its own division counts, without what is dropped.

        Returns
        -------
        numpy.ndarray
            Shape ``(3, networks, trials)``: of ``ATTACKER``, ``VICTIM`` and ``NOBODY``.
        """
        if not self._parts:
            found = self.by_network(plane)
            return np.stack([found == end for end in range(3)]).astype(np.float32)
        lanes = slice(len(self._lanes.trials))
        part = self._parts.deceived if plane == "data" else self._parts.believed
        routed = self._contest.over[self.graph.row, lanes] > 0
        taken = np.where(routed, part[self.graph.row, lanes], 0)
        shares = np.stack([taken, routed - taken, ~routed])
        if plane == "data":
            for lane, trial in enumerate(self._lanes.trials):
                for asns, end in ((trial.victims, VICTIM), (trial.attackers, ATTACKER)):
                    at = self.graph.networks(asns)
                    shares[:, at, lane] = 0
                    shares[end, at, lane] = 1
        return shares.astype(np.float32)

    def tally(
        self, group_of: Ints, weights: npt.NDArray[np.int64], groups: int
    ) -> npt.NDArray[np.float64]:
        """Add up the networks that are neither attacker nor victim, by where their packets end.

        Parameters
        ----------
        group_of
            The group of each network, by ASN, from 0 to ``groups - 1``.
        weights
            What each counts, in ways of any kind; shape ``(networks, kinds)``.
        groups
            How many groups there are.

        Returns
        -------
        numpy.ndarray
            Shape ``(2, groups, kinds, trials)``: those whose packets end at the attacker, and
            those without a route.
        """
        order = self.graph.first
        shape = (2, groups, weights.shape[1], _kernels.LANES)
        over, within = self._contest.over, (self._ends, group_of[order], weights[order])
        if self._parts:
            divided = np.zeros(shape)
            _kernels.tally_divided(over, self._parts.deceived, *within, divided)
            return divided[..., : len(self._lanes.trials)]
        found = np.zeros(shape, dtype=np.int64)
        _kernels.tally_block(over, *within, found)
        return found[..., : len(self._lanes.trials)].astype(np.float64)

    def passed(self, lane: int) -> npt.NDArray[np.float64]:
        """Networks whose packets pass each network on their way to the attacker, by ASN.

        Of a trial that was followed. With one next hop, that is the first of equally good ones.
        """
        row = self.graph.row
        passed = self.ways[lane].passed(self.graph.members.astype(np.int64))[row]
        passed *= self.shares()[ATTACKER, :, lane]
        passed[self.graph.networks(self._lanes.trials[lane].attackers)] = 0
        return passed

    def _contend(self, seeds: list[Seed], invalid: Bytes) -> Decided:
        filters = [trial.filters for trial in self._lanes.trials]
        gates, announced = self._lanes.gates(seeds), seeds_by_row(self.graph, seeds)
        setting = Setting(gates, announced, self._ends, invalid)
        asked = any(each.ask_paths for each in filters)
        _kernels.contend_block(self._contest, setting, self.graph.topology, self.rules, asked)
        if _kernels.longest_told(self._contest.codes, self.rules.preference) > _LONGEST:
            raise RoutingError(
                f"a path is longer than {_LONGEST} links, which no real network's is; "
                "look for a chain of providers that should not be there"
            )
        return Decided(self.graph, self.rules, self._contest, setting)

    def _leaked(self) -> list[Seed]:
        """Routes of leaking networks to the victims before they leak, and their paths."""
        leaking = [lane for lane, trial in enumerate(self._lanes.trials) if trial.leaks]
        if not leaking:
            return []
        self._contest.over[:] = 0
        first = [
            Seed(lane, self._lanes.rows(self._lanes.trials[lane].victims), 0, int(CLIMBED), ())
            for lane in leaking
        ]
        decided = self._contend(first, np.zeros(_kernels.LANES, dtype=np.uint8))
        found = []
        for lane in leaking:
            leaker = self._lanes.rows(self._lanes.trials[lane].attackers)
            path = decided.path(lane, int(leaker[0]))
            if path:
                mark = int(self._contest.marks[leaker[0], lane] | _kernels.ENDS_AT_ATTACKER)
                on_all = tuple(step[0] for step in path[1:] if len(step) == 1)
                found.append(Seed(lane, leaker, len(path) - 1, mark, on_all))
        return found
