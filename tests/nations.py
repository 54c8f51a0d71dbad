"""Random nations: some networks of a graph are Cuba's, some of others, some of nobody known."""

from functools import cache, cached_property
from random import Random

from hypothesis import assume
from hypothesis import strategies as st

from graphs import Graph, graphs, make_world, random_graph, randoms
from splinternet.base.choices import WEIGHTS
from splinternet.routing._kernels import LANES
from splinternet.routing.graph import graph_of
from splinternet.world.world import World


class Nation:
    """A graph, the countries of its networks, and figures of them; Cuba is the one looked at.

    ``figure`` gives users and addresses, as many of one as of the other; None is unknown.
    """

    def __init__(
        self,
        graph: Graph,
        country: dict[int, str | None],
        figure: dict[int, int | None],
        weights: str,
    ) -> None:
        self.graph, self.links, self.weights = graph, graph.links, weights
        self.country = country
        self.columns = {"country": country, "ipv4_addresses": figure, "users": figure}

    def __repr__(self) -> str:
        return f"Nation({self.graph}, {self.columns}, {self.weights!r})"

    @cached_property
    def world(self) -> World:
        return make_world(self.links, self.graph.asns, **self.columns)

    @property
    def home(self) -> set[int]:
        return {asn for asn, country in self.country.items() if country == "CU"}

    @property
    def counts(self) -> dict[int, int]:
        """The weights of the nation's networks; of unknown figures, zero."""
        if self.weights == "networks":
            return dict.fromkeys(self.home, 1)
        return {asn: self.columns["users"][asn] or 0 for asn in self.home}

    @property
    def abroad(self) -> dict[int, int]:
        return dict.fromkeys(set(self.graph.asns) - self.home, 1)

    def ends(self, direction: str) -> tuple[dict[int, int], dict[int, int]]:
        """Sources and destinations of the nation's traffic."""
        return {
            "inbound": (self.abroad, self.counts),
            "outbound": (self.counts, self.abroad),
            "domestic": (self.counts, self.counts),
        }[direction]


def _nation(graph: Graph, random: Random, countries: list[str | None], weights: str) -> Nation:
    country = {asn: random.choice(countries) for asn in graph.asns}
    figure = {asn: random.choice([None, 0, random.randint(1, 1000)]) for asn in graph.asns}
    return Nation(graph, country, figure, weights)


_WEIGHTS = st.sampled_from(WEIGHTS)


@cache
@st.composite
def nations(
    draw: st.DrawFn, among: st.SearchStrategy[Graph] | None = None, domestic: bool = False
) -> Nation:
    """Nations that something is sent to from abroad; or, with ``domestic``, within."""
    graph = draw(graphs() if among is None else among)
    random = draw(randoms())
    made = _nation(graph, random, ["CU", "CU", "US", "DE", None], draw(_WEIGHTS))
    fewest = 2 if domestic else 1
    if _counted(made) < fewest:  # most of what chance leaves out is brought in, not drawn again
        for asn in random.sample(graph.asns, min(fewest, len(graph.asns))):
            made.country[asn], made.columns["users"][asn] = "CU", random.randint(1, 1000)
    if not domestic and not made.abroad:
        made.country[random.choice(graph.asns)] = "US"
    assume(_counted(made) >= fewest and (domestic or made.abroad))
    return made


def _counted(nation: Nation) -> int:
    return sum(weight > 0 for weight in nation.counts.values())


def large_nations() -> st.SearchStrategy[Nation]:
    """Nations of more rows than the engine takes at a time."""

    def make(seed: int) -> Nation:
        random = Random(seed)
        graph = random_graph(random, core=85, stubs=130)
        return _nation(graph, random, ["CU"] * 9 + ["US", "DE", None], "networks")

    def is_large(nation: Nation) -> bool:
        rows = graph_of(nation.world)
        return len(set(rows.row[rows.networks(nation.home)])) > LANES

    return st.builds(make, st.integers(0, 2**32)).filter(is_large)
