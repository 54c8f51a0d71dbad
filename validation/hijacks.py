"""Hijacks and leaks that happened, as the untuned model has them, beside what was published.

Usage: ``python validation/hijacks.py SHARED WORLDS``: the folder of the files of relationships,
and one with the worlds ``2019-12`` and ``2023-11``. The results stand in ``docs/hijacks.md``.
"""

import sys
from pathlib import Path
from typing import NamedTuple

from splinternet.measures.hijacks import hijack
from splinternet.world.build import build_world
from splinternet.world.catalogue import open_world
from splinternet.world.world import World


class Case(NamedTuple):
    """A hijack or leak: the day, the snapshot nearest to it, and who did what to whom."""

    name: str
    day: str
    snapshot: str
    victim: int
    by: int
    kind: str
    observed: str
    source: str


CASES = (
    Case(
        "Pakistan Telecom and YouTube", "2008-02-24", "20080401", 36561, 17557, "subprefix",
        "redirected on a global scale, through AS3491",
        "http://www.ripe.net/news/study-youtube-hijacking.html",
    ),
    Case(
        "Safe Host and Swisscom", "2019-06-06", "20190701", 3303, 21217, "leak",
        "routes spread by AS4134",
        "https://manrs.org/2019/06/large-european-routing-leak-sends-traffic-through-china-telecom",
    ),
    Case(
        "Safe Host and KPN", "2019-06-06", "20190701", 1136, 21217, "leak",
        "routes spread by AS4134",
        "https://manrs.org/2019/06/large-european-routing-leak-sends-traffic-through-china-telecom",
    ),
    Case(
        "Rostelecom and Facebook", "2020-04-01", "2019-12", 32934, 12389, "subprefix",
        "seen by 135 monitors of BGPMon; spread by AS20764, AS174 and AS3356",
        "https://quickcyber.news/russian-telco-hijacks-internet-traffic-for-200-cdns",
    ),
    Case(
        "RTComm and Twitter", "2022-03-28", "2023-11", 13414, 8342, "prefix",
        "did not propagate far, for a ROA covered it; spread by AS8359",
        "https://manrs.org/?p=13745",
    ),
)  # fmt: skip


def world_of(case: Case, relationships: Path, worlds: Path) -> World:
    """Open the world of a case, or make it of relationships alone."""
    if (worlds / case.snapshot).is_dir():
        return open_world(worlds / case.snapshot)
    day = f"{case.snapshot[:4]}-{case.snapshot[4:6]}-{case.snapshot[6:]}"
    return build_world(day, [relationships / f"{case.snapshot}.as-rel.txt.bz2"])[0]


def main() -> None:
    """Print a line for each case."""
    relationships, worlds = map(Path, sys.argv[1:])
    for case in CASES:
        found = hijack(
            world_of(case, relationships, worlds), case.victim, case.by, kind=case.kind, links="all"
        )
        carriers = ", ".join(
            f"AS{asn} {share:.0%}"
            for asn, share in found.through.select("asn", "share").iter_rows()
        )
        print(f"{case.name} ({case.day}, {case.kind}, world {case.snapshot})")
        print(f"  model: {found.networks:.1%} of networks; on the way {carriers[:160]}")
        print(f"  observed: {case.observed} ({case.source})")


if __name__ == "__main__":
    main()
