"""Make what the package ships again, from the published files.

Usage: ``python tools/make_shipped.py DATA BUILD [STEP | WORLD ...]``; ``make shipped`` does all of
it, in parts side by side. DATA has the published files, BUILD keeps what is done, so that a run
that was stopped goes on. Nothing is taken that other code computed. Files are the same to the byte
when made twice, on any cores.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from splinternet.base.choices import Counting, Routing
from splinternet.base.naming import with_registry_names
from splinternet.brief.country import usual_weights
from splinternet.brief.facts.asked import Asked
from splinternet.brief.facts.by_rule import Wanted
from splinternet.brief.facts.sureness import Sureness, sureness
from splinternet.cli.progress import progress_bar, stages_bar
from splinternet.digest.build import Stage, make_digest, with_errors
from splinternet.figures.making import add_table, made_of, save_figures
from splinternet.figures.matching import other_world
from splinternet.figures.ranges import (
    RANGES,
    no_less_than_rows,
    range_rows,
    ranges_of,
    share_ranges,
)
from splinternet.figures.shipped import FOLDER, HISTORY
from splinternet.measures.atlas import atlas, atlas_and_rows
from splinternet.measures.catalogue import find_measure
from splinternet.measures.parallel import side_by_side
from splinternet.routing.sweep import precompute
from splinternet.world.build import build_world
from splinternet.world.catalogue import SHIPPED
from splinternet.world.evidence import by_evidence, evidence_of
from splinternet.world.given import kept_files
from splinternet.world.learned import as_routed
from splinternet.world.world import World

INFO, PREFIXES = "as-info", "prefixes"
IHR = f"{INFO}/ihr-classified-as-20191119.txt.gz"
AS_RANK = f"{INFO}/asrank-202003.csv.gz"
LIBLOC = f"{INFO}/libloc-as-20221029.csv.gz"
ASN_RANGES = f"{PREFIXES}/ip-location-db-asn-ipv4-num-20260617.csv.gz"
COUNTRY_RANGES = f"{PREFIXES}/ip-location-db-asn-country-ipv4-num-20260617.csv.gz"
PFX2AS = f"{PREFIXES}/routeviews-rv2-20170329-0200.pfx2as.gz"
OWNERS = "ownership/state_owned_ases.csv"


@dataclass(frozen=True)
class Snapshot:
    """The files of a full world."""

    date: str
    as_rel: str
    prefixes: tuple[str, ...] = ()
    countries: tuple[str, ...] = (IHR, AS_RANK, LIBLOC)
    more: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def weights(self) -> tuple[str, ...]:
        """By what networks can be weighed."""
        return ("networks", "addresses") if self.prefixes else ("networks",)

    @property
    def name(self) -> str:
        """Year and month."""
        return self.date[:7]

    def build(self, data: Path) -> World:
        """Build the world; relationships that contradict each other are repaired."""
        files: dict[str, Any] = {
            "as_country": self.countries,
            "as_names": (AS_RANK, LIBLOC, ASN_RANGES),
            "prefixes": self.prefixes,
            **self.more,
        }
        given = {option: [data / file for file in named] for option, named in files.items()}
        return build_world(self.date, [data / self.as_rel], repair=True, **given)[0]


#: The worlds that are shipped as digests, and whose figures are: all measures.
WORLDS = (
    Snapshot(
        "2019-12-01",
        "as-rel/20191201.as-rel2.txt.bz2",
        prefixes=(PFX2AS, LIBLOC, ASN_RANGES),
        more={
            "exchanges": ("ixp/rghvv_ixs_201910.json.gz", "ixp/rghvv_ix-asns_201910.json.gz"),
            "owners": (OWNERS,),
        },
    ),
    *(
        Snapshot(
            date,
            f"as-rel/{date.replace('-', '')}.as-rel2.txt.bz2",
            prefixes=(ASN_RANGES, LIBLOC),
            countries=(IHR, AS_RANK, LIBLOC, COUNTRY_RANGES),
            more={"owners": (OWNERS,)},
        )
        for date in ("2023-11-01", "2025-09-01")
    ),
)

#: The measures that figures are of, in groups that are computed together: what they share is
#: computed once, and a run that was stopped goes on with the group.
GROUPS = (
    ("dependence", "concentration"),
    ("reliability", "continuity", "cones", "cut"),
    ("states", "exposure"),
    ("hegemony", "cti"),
    ("control",),
    ("detours",),
    ("crp", "grp"),
    ("diversion",),
)

#: Those that are followed through all dates: the headline measures that are quick.
FOLLOWED = ("dependence", "reliability", "continuity")

#: Snapshots before the first world of the three, some with prefixes that are less than a year off.
EARLIER = tuple(
    Snapshot(date, f"as-rel/{date.replace('-', '')}.{kind}.txt.bz2", prefixes=prefixes)
    for dates, kind, prefixes in (
        (("1998-01-01", *(f"{year}-01-01" for year in range(2000, 2009)), "2008-04-01",
          *(f"{year}-01-01" for year in range(2009, 2016))), "as-rel", ()),
        (("2015-12-01",), "as-rel2", ()),
        (("2016-01-01",), "as-rel", ()),
        (("2017-01-01", "2018-01-01"), "as-rel", (PFX2AS,)),
    )
    for date in dates
)  # fmt: skip

HISTORY_NOTES = (
    "Links that BGP shows, at every date: figures of different dates are of like evidence.",
    "Networks count one each; or their addresses, where prefixes of about the time are known.",
    "Of 2023-11 the source says that BGP shows every link, also those at exchanges that other "
    "dates tell apart.",
    "Before 2019 a network is where it was registered in 2019, or where most of its addresses "
    "were in 2022 if it was not registered any more.",
)


#: The rooms that what is kept depends on.
ROOMS = ("base", "world", "routing", "measures", "scenario", "digest")

#: When manifests say that their files were made: no run may differ from another.
MADE = "1764547200"  # 1 December 2025


def main() -> None:
    """Make all, or the steps and the worlds that are named."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", MADE)
    data, build, *named = sys.argv[1:]
    if not named:
        with progress_bar("Parts of what is shipped") as progress:
            side_by_side(partial(make_part, data, build), PARTS, progress)
        return
    steps = [each for each in named if each in STEPS] or list(STEPS)
    names = [each for each in named if each not in STEPS] or [each.name for each in WORLDS]
    for step in steps:
        STEPS[step](Path(data), Path(build), names)
        print(f"{step} made of {', '.join(names)}", flush=True)


def make_part(data: str, build: str, named: Iterable[str]) -> None:
    """Make some steps and worlds in a process of its own.

    One process leaves a tenth of two cores idle: its threads wait for each other wherever Python
    computes, and for the last nations of a group.
    """
    command = [sys.executable, __file__, data, build, *named]
    made = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True)
    if made.returncode:
        raise SystemExit(f"{' '.join(named)} failed:\n{made.stderr}")


def make_figures(data: Path, build: Path, names: Iterable[str]) -> None:
    """Compute figures of full worlds, all nations and measures."""
    for snapshot, world in worlds(data, build, names):
        nations, rows = [], {}
        known = precompute(as_routed(world, Routing()), Routing())  # once for all groups
        for group in GROUPS:
            with progress_bar(f"{snapshot.name}: {', '.join(group)}") as progress:
                found, kept = atlas_and_rows(
                    known,
                    group,
                    folder=kept_by(build, "figures") / snapshot.name / group[0],
                    progress=progress,
                )
            nations.append(found)
            rows |= {name: with_registry_names(each, world.networks) for name, each in kept.items()}
        measures = [name for group in GROUPS for name in group]
        made = made_of([world], measures)
        save_figures(FOLDER / snapshot.name, made, {"nations": joined(nations), **rows})


def kept_by(build: Path, step: str) -> Path:
    """Return the folder that keeps what this very code computes in a step."""
    package = SHIPPED.parents[1]
    digest = hashlib.sha256()
    for file in sorted(each for room in ROOMS for each in (package / room).rglob("*.py")):
        digest.update(file.relative_to(package).as_posix().encode() + file.read_bytes())
    return build / step / digest.hexdigest()[:12]


def joined(nations: list[pl.DataFrame]) -> pl.DataFrame:
    """Set the figures of several groups side by side, and join what is in doubt or missing."""
    words = ("doubt", "missing")
    first, *others = nations
    for other in others:
        figures = other.drop("name", "networks", "addresses")
        first = (
            first.join(figures, on="country", how="left", maintain_order="left", suffix=" of other")
            .with_columns(
                pl.concat_str(each, f"{each} of other", separator="; ", ignore_nulls=True)
                .replace("", None)
                .alias(each)
                for each in words
            )
            .drop(f"{each} of other" for each in words)
        )
    return first.select(pl.exclude(words), *words)


def make_digests(data: Path, build: Path, names: Iterable[str]) -> None:
    """Make digests, with their error in every figure."""
    for snapshot, world in worlds(data, build, names):
        figures = pl.read_parquet(FOLDER / snapshot.name / "nations.parquet")
        with stages_bar(f"Digest of {snapshot.name}") as progress:
            digest = kept_digest(build, world, progress)
            keep = kept_by(build, "errors") / snapshot.name
            measured = with_errors(digest, world, figures, keep=keep, progress=progress)
            measured.save(SHIPPED / snapshot.name, overwrite=True)


def kept_digest(build: Path, world: World, progress: Stage | None) -> World:
    """Make a digest, or open the one that was made of this very world before."""
    folder = kept_by(build, "digests") / world.manifest.name
    if folder.exists():
        kept = World.open(folder)
        if other_world(world.manifest, kept.manifest) is None:
            return kept
    make_digest(world, progress=progress).save(folder, overwrite=True)
    return World.open(folder)


def make_ranges(_: Path, __: Path, names: Iterable[str]) -> None:
    """Compute how far headlines and shares of carriers by other rules lie around those shipped.

    On the digests: differences are what these are for, and full worlds take hours.
    """
    for snapshot in WORLDS:
        if snapshot.name not in names:
            continue
        folder = FOLDER / snapshot.name
        world = as_routed(World.open(SHIPPED / snapshot.name), Routing())
        nations = pl.read_parquet(folder / "nations.parquet")
        codes = nations["country"].to_list()
        shares = {name: pl.read_parquet(folder / f"{name}.parquet") for name in _RANGED}
        with progress_bar(f"{snapshot.name}: ranges") as progress:
            every = side_by_side(partial(ranges, world, shares), codes, progress)
        found = dict(zip(codes, every, strict=True))
        of_shares = {
            name: share_ranges(
                shares[name], {code: ranged(each) for code, each in found.items()}, name
            )
            for name, ranged in _RANGED.items()
        }
        headlines = range_rows((code, each.around or {}) for code, each in found.items())
        headlines = no_less_than_rows(headlines, nations, shares, of_shares)
        tables = {ranges_of(name): table for name, table in of_shares.items()}
        for name, table in ({RANGES: headlines} | tables).items():
            add_table(folder, name, table)


#: The tables of shares that have ranges of their own, and which of what is found they are.
_RANGED = {"dependence": lambda found: found.networks, "states": lambda found: found.states}


def ranges(world: World, shares: Mapping[str, pl.DataFrame], code: str) -> Sureness:
    """Ranges of a nation's headlines and carriers by other rules, as its brief asks for them."""
    counting = Counting(weights=usual_weights(world, code))
    asked = Asked(world, code, Routing(), counting, world.manifest.name)
    own = {name: table.filter(nation=code) for name, table in shares.items()}
    wanted = Wanted(own["dependence"]["asn"], own["states"]["country"].drop_nulls())
    return sureness(asked, None, wanted)


def make_history(data: Path, build: Path, _: Iterable[str]) -> None:
    """Compute the headline figures at all dates."""
    known, frames = [], []
    for snapshot, built in history_worlds(data):
        world = by_evidence(built, "bgp")
        known.append(without_notes(world))
        world = as_routed(world, Routing(links="bgp"))
        for weights in snapshot.weights:
            found = follow(build, snapshot, world, weights)
            frames.append(
                found.select(
                    date=pl.lit(snapshot.date),
                    world=pl.lit(snapshot.name),
                    evidence=pl.lit(", ".join(evidence_of(world))),
                    links=pl.lit(world.links.height),
                    weights=pl.lit(weights),
                    **{name: pl.col(name) for name in found.columns if name not in _FACTS},
                )
            )
    made = made_of(known, FOLLOWED, HISTORY_NOTES, links="bgp")
    save_figures(FOLDER / HISTORY, made, {"nations": pl.concat(frames)})


#: What an atlas says of a nation besides figures.
_FACTS = ("name", "networks", "addresses", "missing")


def follow(build: Path, snapshot: Snapshot, world: World, weights: str) -> pl.DataFrame:
    """Compute the figures that are followed at a date.

    What weights make no difference to is computed once, and taken again by other weights.
    """
    found = []
    for name in FOLLOWED:
        taken = {"weights": weights} if "weights" in find_measure(name).takes.names else {}
        by = taken.get("weights", "any")
        with progress_bar(f"{snapshot.name}: {name} by {by}") as progress:
            found.append(
                atlas(
                    world,
                    name,
                    links="bgp",
                    progress=progress,
                    folder=kept_by(build, "history") / f"{snapshot.name}-{name}-{by}",
                    **taken,
                )
            )
    return joined(found)


def worlds(data: Path, build: Path, names: Iterable[str]) -> Iterator[tuple[Snapshot, World]]:
    """Import full worlds and open them: figures and digests name them by their checksums."""
    for snapshot in WORLDS:
        if snapshot.name in names:
            folder = build / "worlds" / snapshot.name
            snapshot.build(data).save(folder, overwrite=True)
            yield snapshot, World.open(folder)


def history_worlds(data: Path) -> Iterator[tuple[Snapshot, World]]:
    """Import the worlds of all dates; files that several are made of are read once."""
    with kept_files():
        for snapshot in sorted((*EARLIER, *WORLDS), key=lambda each: each.date):
            yield snapshot, snapshot.build(data)


def without_notes(world: World) -> World:
    """Leave of a world's provenance what was read, and what was repaired."""
    manifest = world.manifest
    inputs = tuple(msgspec.structs.replace(each, notes=(), skipped={}) for each in manifest.inputs)
    short = msgspec.structs.replace(manifest, inputs=inputs, notes=())
    return World(short, world.networks, world.links)


STEPS = {
    "figures": make_figures,
    "digests": make_digests,
    "ranges": make_ranges,
    "history": make_history,
}

#: All of it in parts that need nothing of each other, the longest first.
PARTS = (
    *(("figures", "digests", "ranges", each.name) for each in reversed(WORLDS)),
    ("history",),
)

if __name__ == "__main__":
    main()
