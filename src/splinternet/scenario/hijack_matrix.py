"""Hijacks of every nation by every state: what part of the world each could deceive."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import CONTENDING, Routing
from splinternet.base.errors import MisuseError
from splinternet.measures.filtering import filters_in
from splinternet.measures.hijacks import Audience, shares
from splinternet.measures.signing import parts
from splinternet.routing.contests import Contests, Outcomes
from splinternet.routing.sweep import Progress
from splinternet.routing.trials import KINDS, NO_FILTERS, Filters, Trial
from splinternet.scenario.batches import Batches, Saved, fingerprint, opened, source_of
from splinternet.world.evidence import by_evidence
from splinternet.world.manifest import software
from splinternet.world.world import World

__all__ = ["SHARES", "hijack_matrix"]

#: What the matrix tells of each state and nation.
SHARES = pl.Schema(
    {
        "attacker": pl.String(),
        "victim": pl.String(),
        "networks": pl.Float64(),
        "addresses": pl.Float64(),
        "users": pl.Float64(),
        "lost": pl.Float64(),
    }
)

_Share = float | None
_Row = tuple[str, str, _Share, _Share, _Share, _Share]


@typed
def hijack_matrix(
    world: World,
    folder: str | Path,
    *,
    kind: str = "prefix",
    filters: Filters = NO_FILTERS,
    covered: bool | None = None,
    victims: int = 1,
    routing: Routing = CONTENDING,
    executor: Executor | None = None,
    saved: str | Path | None = None,
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Share of the world that each state's networks could deceive about each nation.

    Parameters
    ----------
    world
        The world.
    folder
        Where results are kept as they come. If it holds some of the same matrix, these stay.
    kind, filters, covered
        As for :func:`~splinternet.measures.hijacks.hijack`. All networks of a state announce at
        once; a leak is of one network and has no matrix.
    victims
        So many networks of each nation, those with most addresses; the mean over them, by their
        addresses. The time grows with them.
    routing
        How routes are chosen.
    executor, saved, progress
        As for :func:`~splinternet.scenario.sweeps.sweep`.

    Returns
    -------
    polars.DataFrame
        :data:`SHARES`: a row for each state and each other nation; shares of the networks,
        addresses and users beside attackers and victim, as of
        :class:`~splinternet.measures.hijacks.Diversion`. The most addresses first.

    Raises
    ------
    MisuseError
        If there is no such kind, no victim is asked, no country is known, one that filters is not
        in the world, or the folder holds another matrix.
    SplinternetError
        If the executor breaks; what is done is kept.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     hijack_matrix(small, folder).columns[:4]
    ['attacker', 'victim', 'networks', 'addresses']
    """
    if kind not in KINDS or kind == "leak":
        several = [name for name in KINDS if name != "leak"]
        raise MisuseError.unknown(
            "kind of hijack", kind, several, f"a matrix takes one of {', '.join(several)}"
        )
    if victims < 1:
        raise MisuseError("a matrix of no victim; take 1 of each nation at least")
    world = by_evidence(world, routing.links)
    filters = filters_in(world, filters)
    states = sorted(_largest(world, 1))
    if len(states) < 2:
        raise MisuseError(f"world {world.manifest.name} knows fewer than two countries")
    said = {
        "made_by": software(),
        "world": world.manifest.name,
        "date": world.manifest.date,
        "sha256": fingerprint(world),
        "kind": kind,
        "filters": {name: asns.tolist() for name, asns in filters.by_kind.items()},
        "covered": covered,
        "victims": victims,
        "routing": asdict(routing),
        "states": states,
    }
    batches: Batches[_Row] = Batches("matrix", folder, said, [len(states) - 1] * len(states), _Row)
    source, how = source_of(world, saved), (kind, filters, covered, victims, routing)
    rows = batches.run(_by_state, lambda number: (source, states[number], *how), executor, progress)
    frame = pl.DataFrame(rows, schema=SHARES, orient="row")
    return frame.sort(
        "addresses",
        "networks",
        "attacker",
        "victim",
        descending=[True, True, False, False],
        nulls_last=True,
    )


def _largest(world: World, many: int) -> dict[str, dict[int, int]]:
    """Networks of each nation with most addresses, and how many; groups of a digest left out."""
    single = world.networks.filter(pl.col("members") == 1).drop_nulls("country")
    ordered = single.with_columns(pl.col("ipv4_addresses").fill_null(0)).sort(
        "country", "ipv4_addresses", "asn", descending=[False, True, False]
    )
    rows = ordered.group_by("country", maintain_order=True).head(many)
    listed = rows.select("country", "asn", "ipv4_addresses").iter_rows()
    return {
        code: {asn: addresses for _, asn, addresses in some}
        for code, some in groupby(listed, key=lambda row: row[0])
    }


def _by_state(
    source: World | Saved,
    state: str,
    kind: str,
    filters: Filters,
    covered: bool | None,
    victims: int,
    routing: Routing,
) -> list[_Row]:
    """Compute the rows of an attacking state; this is what a worker does."""
    world = opened(source)
    audience = Audience(world)
    of_state = world.networks.filter(country=state, members=1)["asn"]
    attackers = tuple(of_state.to_list())
    targets = [
        (nation, part)
        for nation, some in _largest(world, victims).items()
        if nation != state
        for part in parts(
            world, {asn: max(many, 1) for asn, many in some.items()}, kind, filters, covered
        )
    ]
    trials = [
        Trial.of(kind, part.victim, attackers, filters, covered=part.covered) for _, part in targets
    ]
    nowhere = np.zeros(len(audience.weights), dtype=np.int32)

    def work(outcomes: Outcomes, place: slice) -> npt.NDArray[np.float64]:
        found = outcomes.tally(nowhere, audience.weights, 1)[:, 0]
        (whole,) = audience.whole(trials[place], nowhere, 1)
        return np.stack([*found, whole]).astype(np.float64)

    contests = Contests(world, routing)
    found = np.concatenate(list(contests.run(trials, work, on_one_core=True)), axis=2)
    weight = np.array([part.weight for _, part in targets], dtype=np.float64)
    nations = np.array([nation for nation, _ in targets])
    rows: list[_Row] = []
    for nation in dict.fromkeys(nations.tolist()):
        deceived, lost, whole = (found * weight)[:, :, nations == nation].sum(axis=2)
        part, gone = shares(deceived, whole), shares(lost, whole)
        rows.append((state, nation, part[0], part[1], part[2], gone[0]))
    return rows
