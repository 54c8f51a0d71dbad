"""Run the same hijacks here, in BGPy and in bgpsimulator, and print seconds a trial and ratios.

Usage: ``python benchmarks/hijacks_against_peers.py [SNAPSHOT] [--trials N] [--only PEER]``.
SNAPSHOT is a CAIDA AS Relationships file, bz2. Each peer is installed into an environment of its
own, ``.venv-bgpy`` and ``.venv-bgpsimulator``: they cannot share one. Seconds are of the processor,
for the outcome of every network; making the graph is not counted.
"""

import argparse
import json
import random
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from snapshots import read_links

ROOT = Path(__file__).resolve().parents[1]
PEERS = {"bgpy": "bgpy-pkg==13.0.13", "bgpsimulator": "bgpsimulator==0.2.8"}
SNAPSHOT = ROOT.parent / "shared" / "data" / "as-rel" / "20250901.as-rel2.txt.bz2"
PREFIXES = {"prefix": ("1.2.0.0/16",), "subprefix": ("1.2.3.0/24", "1.2.0.0/16")}
BLOCK = 128

Links = list[tuple[int, int, str]]
#: Decides a trial of a kind: how many networks end at the attacker, the victim, nowhere.
Decide = Callable[[str, int, int], list[int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("snapshot", nargs="?", type=Path, default=SNAPSHOT)
    parser.add_argument("--trials", type=int, default=4, help="so many of each kind for the peers")
    parser.add_argument("--only", choices=list(PEERS), help="leave the other peer out")
    parser.add_argument("--peer", choices=list(PEERS), help=argparse.SUPPRESS)
    given = parser.parse_args()
    links = read_links(given.snapshot)
    if given.peer:
        decide = {"bgpy": bgpy, "bgpsimulator": bgpsimulator}[given.peer](links)
        print(json.dumps(timed(decide, pairs_of(links)[: given.trials])))
        return
    mine = this_engine(links)
    print(f"{given.snapshot.name}; {BLOCK} trials of each kind here, {given.trials} in each peer")
    for kind, (seconds, _) in mine.items():
        print(f"splinternet, {kind}: {seconds:.2g} s a trial")
    for peer in [given.only] if given.only else PEERS:
        script = [environment(peer), __file__, given.snapshot, "--peer", peer]
        run = subprocess.run(
            [*script, "--trials", str(given.trials)], check=True, stdout=subprocess.PIPE, text=True
        )
        for kind, (seconds, ends) in json.loads(run.stdout).items():
            own, ours = mine[kind]
            differ = sum(a != b for a, b in zip(ends, ours, strict=False))
            print(
                f"{PEERS[peer]}, {kind}: {seconds:.2f} s a trial, {seconds / own:,.0f} times as "
                f"long; {differ} of {len(ends)} trials end otherwise"
            )


def pairs_of(links: Links) -> list[tuple[int, int]]:
    """Draw victims and attackers, the same ones each time."""
    everyone = sorted({end for a, b, _ in links for end in (a, b)})
    drawn = random.Random(18)
    return [tuple(drawn.sample(everyone, 2)) for _ in range(BLOCK)]


def timed(decide: Decide, pairs: list[tuple[int, int]]) -> dict[str, tuple[float, list[list[int]]]]:
    """Decide trials one by one; seconds of the processor each, and how they end."""
    found = {}
    for kind in PREFIXES:
        start = time.process_time()
        ends = [decide(kind, *pair) for pair in pairs]
        found[kind] = ((time.process_time() - start) / len(pairs), ends)
    return found


def this_engine(links: Links) -> dict[str, tuple[float, list[list[int]]]]:
    """Decide a block of trials twice, the first time for the kernels."""
    import numpy as np

    from graphs import make_world
    from splinternet.base.choices import CONTENDING
    from splinternet.routing.contests import Contests, Outcomes
    from splinternet.routing.trials import Trial

    def counted(outcomes: Outcomes, _: slice) -> list[list[int]]:
        found = outcomes.by_network()
        return np.stack([(found == end).sum(axis=0) for end in range(3)], axis=1).tolist()

    contests, found = Contests(make_world(links), CONTENDING), {}
    for kind in PREFIXES:
        trials = [Trial.of(kind, *pair) for pair in pairs_of(links)]
        for _ in range(2):
            start = time.process_time()
            (ends,) = contests.run(trials, counted)
            found[kind] = ((time.process_time() - start) / len(trials), ends)
    return found


def environment(peer: str) -> Path:
    """Make an environment hold a peer; return its Python."""
    home = ROOT / f".venv-{peer}"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", PEERS[peer]], check=True)
    return python


def announced(kind: str, victim: int, attacker: int) -> list[tuple[str, int, tuple[int, ...]]]:
    """Prefix, who announces it, and its path; the most specific prefix first."""
    prefixes = PREFIXES[kind]
    return [(prefixes[0], attacker, (attacker,)), (prefixes[-1], victim, (victim,))]


def bgpy(links: Links) -> Decide:
    """Decide trials by BGPy."""
    import oracle
    import oracle_hijacks

    graph = oracle.as_graph(links)

    def decide(kind: str, victim: int, attacker: int) -> list[int]:
        told = announced(kind, victim, attacker)
        ends = list(oracle_hijacks.outcomes(graph, told, {}, victim, attacker, roas=[]).values())
        return [ends.count(end) for end in range(3)]

    return decide


def bgpsimulator(links: Links) -> Decide:
    """Decide trials by bgpsimulator."""
    from bgpsimulator.as_graphs import ASGraph
    from bgpsimulator.as_graphs.as_graph.as_graph_utils import ASGraphUtils
    from bgpsimulator.shared import IPAddr, Outcomes, Prefix, Settings
    from bgpsimulator.simulation_engine import Announcement, SimulationEngine
    from bgpsimulator.simulation_framework.data_plane_packet_propagator import (
        DataPlanePacketPropagator,
    )

    ends_of = (Outcomes.ATTACKER_SUCCESS, Outcomes.LEGITIMATE_ORIGIN_SUCCESS, Outcomes.DISCONNECTED)
    sides = ("peer_asns", "provider_asns", "customer_asns")
    networks = {
        asn: {"asn": asn, **{side: [] for side in sides}}
        for asn in sorted({end for a, b, _ in links for end in (a, b)})
    }
    for a, b, kind in links:
        at_a, at_b = ("peer_asns",) * 2 if kind == "p2p" else ("customer_asns", "provider_asns")
        networks[a][at_a].append(b)
        networks[b][at_b].append(a)
    data = {"ases": networks, "asn_groups": {}}
    ASGraphUtils.assign_as_propagation_rank(data)
    ASGraphUtils.assign_as_graph_propagation_ranks(data)
    graph = ASGraph({**data, "extra_setup_complete": True})

    class Setting:
        """What bgpsimulator asks of a scenario."""

        def __init__(self, told: list[tuple[str, int, tuple[int, ...]]]) -> None:
            self.seed_asn_ann_dict = {
                by: [Announcement(Prefix(prefix), path, by)] for prefix, by, path in told
            }

        def set_settings(self, network: object) -> None:
            network.policy.settings = tuple(False for _ in Settings)

    def decide(kind: str, victim: int, attacker: int) -> list[int]:
        engine, setting = SimulationEngine(graph), Setting(announced(kind, victim, attacker))
        engine.setup(setting)
        engine.propagate(0, setting)
        told = DataPlanePacketPropagator().get_as_outcomes_for_data_plane_packet(
            IPAddr("1.2.3.4"), engine, {victim}, {attacker}, setting
        )
        ends = list(told.values())
        return [ends.count(end) for end in ends_of]

    return decide


if __name__ == "__main__":
    main()
