"""Routes that workers of a local cluster read in a second.

``python benchmarks/many_tables.py FILE...`` reads each file several times by each number of
workers, as if it were as many files; what they show is joined in one process, as
``import --rib --dask`` does.
"""

from __future__ import annotations

import sys
import time

from distributed import LocalCluster

from splinternet.scenario.cluster import dask_executor
from splinternet.world.rib.cleaning import join_paths
from splinternet.world.rib.observing import Hints, Observed, read_paths

WORKERS, TIMES = (1, 2), 4


def read(path: str) -> tuple[Observed, float]:
    """Read a table, and say how many seconds of processors it took."""
    started = time.process_time()
    return read_paths(path, Hints()), time.process_time() - started


def main(files: list[str]) -> None:
    """Print the table."""
    print("workers  files  routes       seconds  of processors  routes for each of these")
    for workers in WORKERS:
        with (
            LocalCluster(
                n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
            ) as cluster,
            dask_executor(cluster.scheduler_address) as executor,
        ):
            list(executor.map(read, [*files] * workers))  # kernels are compiled
            started = time.monotonic()
            found = list(executor.map(read, files * TIMES))
            paths = join_paths([each.paths for each, _ in found])
            wall = time.monotonic() - started
        routes = sum(each.inputs[0].read for each, _ in found)
        busy = sum(seconds for _, seconds in found)
        print(
            f"{workers:<8} {len(found):<6} {routes:<12,} {wall:<8.1f} {busy:<14.1f} "
            f"{routes / busy:,.0f}; {paths.height:,} paths"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
