"""Run BGPy or matrix-bgpsim; started by against_peers.py in the environment that holds them.

Usage: ``peers.py bgpy|matrix SNAPSHOT ROUTES.csv ORIGIN...`` writes the routes to the origins and
prints, as JSON, the seconds it took.
"""

import csv
import gc
import io
import json
import multiprocessing
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import psutil
from matrix_bgpsim import RMatrix

import oracle
from snapshots import read_links

Row = tuple[int, int, str, int, int | None]
Links = list[tuple[int, int, str]]

#: How many origins BGPy is given one by one, as its own simulations do, and matrix-bgpsim at all.
FEW = 4

# matrix-bgpsim's processes must inherit this number, and the worker that sets it.
multiprocessing.set_start_method("fork")
in_columns = multiprocessing.Value("d", 0.0)
worker = RMatrix.__iterate_state_cpu__


def bgpy(links: Links, origins: list[int]) -> tuple[dict[str, float], Iterable[Row]]:
    """Time one origin a run, and all in one run with Python's garbage collector off."""
    start = time.perf_counter()
    graph = oracle.as_graph(links)
    seconds = {"build": time.perf_counter() - start}
    start = time.perf_counter()
    for origin in origins[:FEW]:
        oracle.propagate(graph, [origin])
    seconds["alone"] = (time.perf_counter() - start) / FEW
    gc.disable()
    start = time.perf_counter()
    oracle.propagate(graph, origins)
    seconds["together"] = (time.perf_counter() - start) / len(origins)
    return seconds, oracle.chosen(graph)


def matrix(links: Links, origins: list[int]) -> tuple[dict[str, float], Iterable[Row]]:
    """Time the package's own worker on the columns of a few origins, not of all."""
    codes = {"p2c": RMatrix.P2C, "p2p": RMatrix.P2P}
    start = time.perf_counter()
    simulator = RMatrix([(str(a), str(b), codes[kind]) for a, b, kind in links])
    columns = {origin: column(simulator, str(origin)) for origin in origins}
    few = [origin for origin, found in columns.items() if found is not None][:FEW]
    size = len({end for a, b, _ in links for end in (a, b) if simulator.is_core_asn(str(end))})
    if 3.2 * size**2 > psutil.virtual_memory().available:
        return {"needs_bytes": 3.0 * size**2}, []
    wanted = sorted({columns[origin] for origin in few})
    RMatrix.__iterate_state_cpu__ = staticmethod(partial(only_columns, wanted))
    simulator.run(save_next_hop=False)
    build = time.perf_counter() - start - in_columns.value
    seconds = {"build": build, "alone": in_columns.value / len(wanted)}
    return seconds, states(simulator, links, few)


def column(simulator: RMatrix, origin: str) -> int | None:
    """Return the matrix column that routes to ``origin`` are found in."""
    if simulator.is_branch_asn(origin):
        origin = simulator.asn2brts(origin).root
    return simulator.asn2idx(origin) if simulator.is_core_asn(origin) else None


def only_columns(columns: list[int], number: int, left: int, right: int, rounds: int) -> None:
    """Run the package's worker for some columns, in place of all, and take the time."""
    start = time.perf_counter()
    for at in columns:
        worker(number, at, at + 1, rounds)
    in_columns.value = time.perf_counter() - start


def states(simulator: RMatrix, links: Links, origins: list[int]) -> Iterator[Row]:
    """Yield the routes, which matrix-bgpsim keeps without next hops here."""
    classes = {RMatrix.P2C: "customer", RMatrix.P2P: "peer", RMatrix.C2P: "provider"}
    networks = sorted({end for a, b, _ in links for end in (a, b)})
    for origin in origins:
        for network in networks:
            kind, length = simulator.get_state(str(network), str(origin))
            if network == origin:
                yield origin, network, "own", 0, None
            elif kind is not None:
                yield origin, network, classes[kind], int(length), None


def main() -> None:
    which, snapshot, out, *origins = sys.argv[1:]
    with redirect_stdout(io.StringIO()):  # matrix-bgpsim reports each round
        run = {"bgpy": bgpy, "matrix": matrix}[which]
        seconds, rows = run(read_links(Path(snapshot)), [int(o) for o in origins])
        with Path(out).open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["origin", "asn", "class", "length", "next_hop"])
            writer.writerows(rows)
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
