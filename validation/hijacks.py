"""Hijacks and leaks that happened, as the untuned model has them, beside what was published.

Usage: ``python validation/hijacks.py SHARED WORLDS``: the folder of the files of relationships,
and one with full worlds. The cases are those of the library that have a recorded answer; the
results stand in ``docs/cases.md``.
"""

import sys
from pathlib import Path

from splinternet.measures.hijacks import Diversion, hijack
from splinternet.scenario.cases import case_names, find_scenario
from splinternet.scenario.language import read_scenario
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.shocks.hijack import Hijack
from splinternet.scenario.shocks.leak import Leak
from splinternet.world.build import build_world
from splinternet.world.catalogue import open_world
from splinternet.world.world import World


def world_of(case: Scenario, relationships: Path, worlds: Path) -> World:
    """Open the world of a case, or make it of relationships alone."""
    if (worlds / case.world).is_dir():
        return open_world(worlds / case.world)
    month = case.world.replace("-", "")
    (path,) = relationships.glob(f"{month}01.as-rel.*")
    return build_world(f"{case.world}-01", [path])[0]


def diverted(world: World, shock: Hijack | Leak) -> Diversion:
    """Whom one shock deceives, and through whom."""
    by = shock.by if isinstance(shock, Hijack) else shock.network
    victim, attacker = (int(each.text.removeprefix("AS")) for each in (shock.networks, by))
    kind = shock.announce if isinstance(shock, Hijack) else "leak"
    return hijack(world, victim, attacker, kind=kind)


def main() -> None:
    """Print the answer of now and the recorded one of each case."""
    relationships, worlds = map(Path, sys.argv[1:])
    for case in map(read_scenario, map(find_scenario, case_names())):
        shocks = [each for each in case.shocks if isinstance(each, Hijack | Leak)]
        if not shocks:
            continue
        world = world_of(case, relationships, worlds)
        print(f"{case.name} (world {case.world})")
        for shock in shocks:
            found = diverted(world, shock)
            rows = found.through.select("asn", "share").head(8).iter_rows()
            carriers = ", ".join(f"AS{asn} {share:.0%}" for asn, share in rows)
            print(f"  now: {found.networks} of networks; on the way {carriers}")
        print("  recorded:", case.recorded and case.recorded.deceived)


if __name__ == "__main__":
    main()
