"""Trials laid side by side, a lane each: rows of their networks, announcements, and filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from splinternet.base.errors import MisuseError
from splinternet.routing import _kernels
from splinternet.routing.contest_setting import Gates, Seed, Seeds, flags_of, seeds_by_row
from splinternet.routing.graph import Graph, Ints
from splinternet.routing.trials import Announcement, Filters, Trial

__all__ = ["CLIMBED", "Lanes"]

#: The attacker's mark while its path shows no turn.
CLIMBED = np.uint8(0b10)


class Lanes:
    """Up to 128 trials on a graph, each in its lane.

    Parameters
    ----------
    graph
        The graph.
    trials
        The trials.
    """

    def __init__(self, graph: Graph, trials: Sequence[Trial]) -> None:
        self.graph, self.trials = graph, trials
        self._known: dict[int | tuple[int, ...], tuple[tuple[int, ...], Ints]] = {}

    def ends(self) -> Seeds:
        """Where packets end: at victims and attackers."""
        return seeds_by_row(
            self.graph,
            [
                Seed(lane, self.rows(asns), 0, mark, ())
                for lane, trial in enumerate(self.trials)
                for asns, mark in (
                    (trial.victims, 0),
                    (trial.attackers, int(_kernels.ENDS_AT_ATTACKER)),
                )
            ],
        )

    def rows(self, asns: tuple[int, ...]) -> Ints:
        """Rows of networks, looked up once: the same thousands attack in many lanes."""
        key = asns if len(asns) == 1 else id(asns)  # thousands of numbers take long to compare
        if key not in self._known:
            wanted = np.array(asns, dtype=np.int64)
            self._known[key] = asns, self.graph.row[self.graph.networks(wanted)]
        return self._known[key][1]

    def seeds(self, lane: int, announced: Announcement) -> Iterator[Seed]:
        """Yield what an announcement sets in a lane; forged paths differ by who tells them."""
        networks, behind = announced.networks, announced.behind
        if not announced.hostile:
            yield Seed(lane, self.rows(networks), 0, int(_kernels.BY_VICTIM), ())
            return
        filters = self.trials[lane].filters
        if not announced.itself and len(filters.by_kind["aspa"]):
            raise MisuseError(
                "whether ASPA stops a path without the number of the network that tells it is not "
                "modelled; leave ASPA out, or use the kind forged-origin"
            )
        code = len(behind) - (not announced.itself)
        for some in [(asn,) for asn in networks] if behind else [networks]:
            turns = self._turns((*some, *behind), filters) if behind else 0
            mark = (CLIMBED << turns) | _kernels.ENDS_AT_ATTACKER
            yield Seed(lane, self.rows(some), code, int(mark), behind)

    def _turns(self, path: tuple[int, ...], filters: Filters) -> int:
        """Read from provider records whether a path, its origin last, climbs (0) from there...

        ...turns somewhere (1), or climbs again after that (2).
        """
        records = set(filters.by_kind["records"].tolist())
        state = 0
        upwards = path[::-1]
        for near, far in pairwise(upwards):
            if state == 0 and near in records and far not in self._providers(near):
                state = 1
            elif state == 1 and far in records and near not in self._providers(far):
                state = 2
        return state

    def _providers(self, asn: int) -> set[int]:
        row = self.rows((asn,))[0]
        start, provider = self.graph.providers
        return set(self.graph.carrier_asn[provider[start[row] : start[row + 1]]].tolist())

    def gates(self, seeds: list[Seed]) -> Gates:
        """Collect what each row does to routes, in which lanes."""
        filters = list(dict.fromkeys(trial.filters for trial in self.trials))
        does = np.stack([flags_of(self.graph, each) for each in filters])
        which = [filters.index(trial.filters) for trial in self.trials]
        special: list[tuple[int, Ints, int]] = []
        for lane, trial in enumerate(self.trials):
            own = self.rows(trial.attackers)
            special.append((lane, own[does[which[lane], own] > 0], 0))
        for seed in seeds:
            inside = tuple(asn for asn in seed.path if self.graph.has(np.array([asn]))[0])
            special.append((seed.lane, self.rows(inside), int(_kernels.ON_PATH)))
        alone = np.unique(np.concatenate([each for _, each, _ in special]))
        if len(filters) > 1:
            alone = np.union1d(alone, np.flatnonzero(does.any(axis=0)))
        shared, place = np.unique(np.append(0, does[0]), return_inverse=True)
        of: Ints = place[1:].astype(np.int32)
        of[alone] = len(shared) + np.arange(len(alone), dtype=np.int32)
        flags = np.zeros((len(shared) + len(alone), _kernels.LANES), dtype=np.uint8)
        flags[: len(shared)] = shared[:, None]
        flags[len(shared) :, : len(which)] = does[:, alone][which].T
        for lane, at, added in special:
            flags[of[at], lane] = flags[of[at], lane] | added if added else 0
        return Gates(of, flags)
