"""Making a digest of a full world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import Counting, Routing
from splinternet.base.errors import MisuseError
from splinternet.digest.errors import (
    LEVELS,
    WHAT_IFS,
    difference_errors,
    level_errors,
    sampled,
)
from splinternet.digest.fitting import fitted_addresses
from splinternet.digest.grouping import Parts, choose_named, group
from splinternet.digest.reference import Answers, answers, compare, measured_countries
from splinternet.measures.atlas import atlas
from splinternet.measures.catalogue import list_measures
from splinternet.routing.flows import Flows, measure_flows
from splinternet.routing.graph import graph_of
from splinternet.routing.traffic import weigh
from splinternet.world.evidence import by_evidence
from splinternet.world.manifest import Manifest, software
from splinternet.world.schema import FIRST_GROUP, TABLES
from splinternet.world.world import World

__all__ = ["NAMED", "make_digest", "with_errors"]

#: Networks that keep their name, at the most.
NAMED = 2000

#: Peering links are kept until they carry this part of what all of them carry.
_PEERING_KEPT = 0.985

#: Outbound dependence takes a sweep of the whole world for each nation: every so manieth is asked.
_OUTBOUND_EVERY = 10

#: The tables that a digest sums up; their checksums say of which world it is one.
_MADE_OF = ("networks", "links")

#: Called with what is being done, how much of it is done, and of how much.
Stage = Callable[[str, int, int], None]


@typed
def make_digest(world: World, *, named: int = NAMED, progress: Stage | None = None) -> World:
    """Make a coarse-grained model of a full world, with its measured error.

    It keeps up to ``named`` networks that matter by name, sums the others into weighted groups by
    country and by the neighbours that carry their traffic, and keeps the peering links that carry
    most. A group of m networks is routed as m stubs alike. ``docs/digest.md`` has the method.

    Returns
    -------
    World
        Its manifest's ``error`` has the error of inbound dependence by addresses over all nations
        with at least 20 networks; see :func:`splinternet.digest.reference.compare`. Entries that
        end in ``_outbound`` were not fitted to, and are of every tenth of them.

    Raises
    ------
    MisuseError
        If the world is a digest itself, has networks with numbers for private use, which groups
        get, or has no nation to be measured by.
    """
    if world.manifest.is_digest:
        raise MisuseError(f"world {world.manifest.name} is a digest already; give a full world")
    reserved = world.networks.filter(pl.col("asn") >= FIRST_GROUP)["asn"]
    if len(reserved):
        raise MisuseError(f"AS{reserved[0]} has a number that digests give to groups; leave it out")
    measured = measured_countries(world)
    if not measured:
        raise MisuseError(
            f"world {world.manifest.name} has no country with 20 networks and known addresses; "
            "import it with countries and prefixes"
        )
    world = by_evidence(world, Routing().links)
    stages = _Stages(progress)
    everyone = measured_countries(world, networks=1)
    full = answers(world, everyone, tick=stages.tick("Asking the full world", len(everyone)))
    flows = measure_flows(
        world, None, weigh(world, "addresses"), progress=stages.count("Following its traffic")
    )
    parts = group(world, flows, choose_named(world, full, flows, named))
    networks = _networks(world, parts)
    links = _links(world, flows, parts, networks)
    digest = World(manifest=_manifest(world, parts, networks), networks=networks, links=links)
    is_group = networks["asn"] >= FIRST_GROUP
    fitted = networks.with_columns(fitted_addresses(digest, full, is_group))
    digest = World(manifest=digest.manifest, networks=fitted, links=links)
    error = _measure(world, digest, {code: full[code] for code in measured}, stages)
    manifest = msgspec.structs.replace(digest.manifest, error=error)
    return World(manifest=manifest, networks=fitted, links=links)


def with_errors(
    digest: World,
    world: World,
    figures: pl.DataFrame,
    *,
    keep: Path | None = None,
    progress: Stage | None = None,
) -> World:
    """Return a digest whose manifest has its error in every figure, and in what-ifs.

    Parameters
    ----------
    digest, world
        The digest, and the full world that it is made of.
    figures
        Figures of all nations in the full world, as :func:`~splinternet.measures.atlas.atlas` gives
        them: those that the digest is measured in.
    keep
        Folder that keeps the figures of the digest as they come.
    progress
        Told of the stages.
    """
    stages = _Stages(progress)
    known = [
        name
        for name, measure in list_measures().items()
        if measure.figures[0].name in figures.columns
    ]
    some = sampled(figures, LEVELS)["country"].to_list()
    tick = stages.count("Measuring nations in the digest")
    own = atlas(digest, known, some, folder=keep, progress=tick)
    lost = sampled(figures, WHAT_IFS)
    errors = (
        *level_errors(figures, own),
        *difference_errors(world, digest, lost, stages.count("Comparing what-ifs")),
    )
    manifest = msgspec.structs.replace(digest.manifest, errors=errors)
    return World(manifest=manifest, networks=digest.networks, links=digest.links)


def _measure(world: World, digest: World, full: Answers, stages: _Stages) -> dict[str, float]:
    """Compare the digest's answers with the full world's: what it was fitted to, and what not."""
    nations = list(full)
    ask = stages.tick("Asking the digest", len(nations))
    error = compare(full, answers(digest, nations, tick=ask))
    some, counting = nations[::_OUTBOUND_EVERY], Counting(direction="outbound")
    tick = stages.tick("Measuring its error outbound", len(some))
    other = compare(
        answers(world, some, counting=counting, tick=tick),
        answers(digest, some, counting=counting),
    )
    return error | {f"{name}_outbound": value for name, value in other.items()}


class _Stages:
    """Tells of the progress of several stages."""

    def __init__(self, progress: Stage | None) -> None:
        self._progress = progress

    def tick(self, name: str, total: int) -> Callable[[], None]:
        done = 0

        def tick() -> None:
            nonlocal done
            done += 1
            if self._progress:
                self._progress(name, done, total)

        return tick

    def count(self, name: str) -> Callable[[int, int], None]:
        return lambda done, total: self._progress(name, done, total) if self._progress else None


def _networks(world: World, parts: Parts) -> pl.DataFrame:
    """Sum the networks of each part."""
    named = pl.Series([part in parts.named for part in range(len(parts.providers))])
    number = FIRST_GROUP + pl.Series((~named).cum_sum() - 1, dtype=pl.Int64)
    known_sum = [
        pl.when(pl.col(column).count() > 0).then(pl.col(column).sum()).alias(column)
        for column in ("ipv4_addresses", "users")
    ]
    shown = ("asn", "name", "org", "country", "country_evidence")
    first = [pl.col(column).first() for column in shown]
    summed = (
        world.networks.sort("asn")
        .with_columns(part=pl.Series(parts.part))
        .group_by("part")
        .agg(*first, *known_sum, pl.col("members").sum())
        .sort("part")
    )
    label = pl.format("group of {}", "members")
    return summed.select(
        pl.when(named).then("asn").otherwise(number).cast(pl.UInt32).alias("asn"),
        pl.when(named).then("name").otherwise(label).alias("name"),
        pl.when(named).then("org").alias("org"),
        *(column for column in TABLES["networks"].schema if column not in ("asn", "name", "org")),
    )


def _links(world: World, flows: Flows, parts: Parts, networks: pl.DataFrame) -> pl.DataFrame:
    """Link the parts: all providers that matter, and the peering that carries most."""
    transit = {(p, part) for part, above in enumerate(parts.providers) for p in above}
    taken = transit | {(b, a) for a, b in transit}
    peering = {
        (min(part, peer), max(part, peer))
        for part, peers in enumerate(parts.peers)
        for peer in peers
    } - taken
    carried = _peering(world, flows, parts)
    candidates = sorted(carried.keys() - taken - peering, key=lambda pair: (-carried[pair], pair))
    sums = np.cumsum([carried[pair] for pair in candidates])
    enough = int(np.searchsorted(sums, _PEERING_KEPT * sums[-1])) + 1 if len(sums) else 0
    peering |= set(candidates[:enough])

    asn = networks["asn"].to_list()
    rows = [(asn[a], asn[b], "p2c") for a, b in transit]
    rows += [(min(asn[a], asn[b]), max(asn[a], asn[b]), "p2p") for a, b in peering]
    schema = {name: TABLES["links"].schema[name] for name in ("a", "b", "kind")}
    # This order packs best.
    ordered = pl.DataFrame(rows, schema=schema, orient="row").sort("kind", "b", "a")
    judged = world.links.select("a", "b", "confidence", "doubt")
    found = ordered.join(judged, on=["a", "b"], how="left", maintain_order="left")
    return TABLES["links"].completed(found)


def _peering(world: World, flows: Flows, parts: Parts) -> dict[tuple[int, int], float]:
    """Weight that the peering between parts carries; groups of stubs chose their peers already."""
    graph = graph_of(world)
    part_of = parts.part[graph.first].tolist()
    of = np.repeat(np.arange(graph.rows), np.diff(graph.peers.start)).tolist()
    carried: dict[tuple[int, int], float] = defaultdict(float)
    for pair in zip(of, graph.peers.row.tolist(), strict=True):
        a, b = part_of[pair[0]], part_of[pair[1]]
        settled = any(
            row >= graph.carriers and part not in parts.named
            for row, part in zip(pair, (a, b), strict=True)
        )
        amount = flows.over.get(pair, 0.0)
        if a != b and amount > 0 and not settled:
            carried[min(a, b), max(a, b)] += amount
    return carried


def _manifest(world: World, parts: Parts, networks: pl.DataFrame) -> Manifest:
    """Say what the digest was made of, and how."""
    origin = world.manifest
    return Manifest(
        name=origin.name,
        date=origin.date,
        kind="digest",
        made_by=software(),
        inputs=origin.inputs,
        parameters={
            **origin.parameters,
            "made_of": {
                name: origin.tables[name].sha256 for name in _MADE_OF if name in origin.tables
            },
            "full_networks": world.networks.height,
            "full_links": world.links.height,
            "named": len(parts.named),
            "groups": networks.height - len(parts.named),
        },
        repaired=origin.repaired,
        notes=(
            *origin.notes,
            "A coarse-grained summary of the full world: not a copy of its sources.",
            "Addresses were moved between the groups of a nation to fit the full world's answers.",
            "Exchanges, locations of addresses and owners are left out.",
            "Links of provider and customer that are much doubted were counted as peering before.",
        ),
    )
