"""Print what `shortest` takes of the processor's time, as a multiple of `customer-first`.

``python benchmarks/against_customer_first.py WORLD`` takes a full world and times the rows of the
table of speeds that depend on the rule of routing, each rule in turn in the same run, on Russia
where a nation is asked about. Times are of the processor, of all threads: the shorter of two, as
the first run of some work loads its kernels.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

from splinternet.measures.catalogue import find_measure, list_measures
from splinternet.routing.routes import summary
from splinternet.routing.transit import transit
from splinternet.scenario.apply import apply
from splinternet.scenario.compare import what_if
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks import Shock
from splinternet.scenario.shocks.isolate import Isolate
from splinternet.scenario.shocks.remove import Remove
from splinternet.world.catalogue import open_world
from splinternet.world.world import World

RULES = ("customer-first", "shortest")

SHOCKS: dict[str, Shock] = {
    "the loss of its largest network": Remove(networks=Selection("AS12389")),
    "Russia isolated": Isolate(networks=Selection("country:RU")),
}


def rows(world: World) -> Iterator[tuple[str, Callable[[str], object]]]:
    """Work of the table of speeds, by its name; each takes the rule."""
    yield "class and length, all pairs", lambda rule: summary(world, prefer=rule)
    for tie in ("lowest-asn", "split"):
        yield (
            f"transit, all origins, {tie}",
            lambda rule, tie=tie: transit(world, prefer=rule, tie_break=tie),
        )
    for name, shock in SHOCKS.items():
        after = apply(world, Scenario(name="bench", world="2025-09", shocks=(shock,)))
        yield (
            f"what-if, {name}",
            lambda rule, after=after: what_if(world, after, country="RU", prefer=rule),
        )
    for name in list_measures():
        measure = find_measure(name)
        if "prefer" in measure.takes.names and measure.name != "diversion":
            yield (
                f"measure {name}",
                lambda rule, measure=measure: measure.table(world, "RU", prefer=rule),
            )


def seconds(world: World, work: Callable[[str], object], rule: str) -> float:
    """Processor time of some work that starts with nothing known."""
    world.forget()
    start = time.process_time()
    work(rule)
    return time.process_time() - start


def main(world: World) -> None:
    """Print a row for each piece of work."""
    print("| work | customer-first | shortest | ratio |\n|---|--:|--:|--:|")
    for name, work in rows(world):
        twice = [[seconds(world, work, rule) for rule in RULES] for _ in range(2)]
        before, now = map(min, *twice)
        print(f"| {name} | {before:.2f} s | {now:.2f} s | {now / before:.2f} |", flush=True)


if __name__ == "__main__":
    main(open_world(sys.argv[1]))
