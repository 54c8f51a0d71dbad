"""Joining the links of several files: no pair twice, no contradiction, no cycle of providers."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from splinternet.base.errors import InputError
from splinternet.world.files import Source
from splinternet.world.schema import TABLES

__all__ = ["Relationships", "join_links"]

AGAIN = "listed again"
CONTRADICTION = "contradicts an earlier line"
CYCLE = "in a cycle of providers"

#: From so many networks a short cycle to name is looked for.
_TRIED = 100


@dataclass(frozen=True, eq=False)
class Relationships:
    """The links table, what of each file is not in it, and what was repaired.

    ``networks`` are the ASNs that the files name, also those that a repair leaves without a link.
    """

    links: pl.DataFrame
    networks: pl.Series
    skipped: list[dict[str, int]]
    notes: tuple[str, ...]


def join_links(
    files: Sequence[tuple[Source, pl.DataFrame]], *, repair: bool = False
) -> Relationships:
    """Join the links of files; of a pair that is listed again, the first statement holds.

    Parameters
    ----------
    files
        Each file and its links, as its reader gives them.
    repair
        Let the first statement hold also where a later one contradicts it, and leave out every
        provider-customer link that lies on a cycle of such links.

    Raises
    ------
    InputError
        Without ``repair``, if a pair is listed with two relationships, or if networks are
        providers of each other in a circle.
    """
    low, high = pl.min_horizontal("a", "b"), pl.max_horizontal("a", "b")
    stated = pl.concat(
        links.with_columns(
            pl.lit(number, pl.UInt32).alias("file"),
            (low.cast(pl.UInt64) * 2**32 + high).alias("pair"),
        )
        for number, (_, links) in enumerate(files)
    )
    is_first = stated["pair"].is_first_distinct()
    first, later = stated.filter(is_first), stated.filter(~is_first)
    later = later.join(first, on="pair", maintain_order="left", suffix="_first")
    contradicts = (pl.col("a") != pl.col("a_first")) | (pl.col("kind") != pl.col("kind_first"))
    wrong = later.filter(contradicts)
    if wrong.height and not repair:
        raise _contradiction([source for source, _ in files], wrong.row(0, named=True))
    circular = _on_cycles(first)
    if circular.height and not repair:
        raise _cycle([source for source, _ in files], circular)
    reasons = {AGAIN: later.filter(~contradicts), CONTRADICTION: wrong, CYCLE: circular}
    skipped = [
        {
            reason: n
            for reason, rows in reasons.items()
            if (n := rows.filter(pl.col("file") == number).height)
        }
        for number in range(len(files))
    ]
    links = first.join(circular, on=["a", "b"], how="anti").sort("a", "b")
    networks = pl.concat([first["a"], first["b"].rename("a")]).unique().sort()
    return Relationships(
        links.select(TABLES["links"].schema.names()), networks, skipped, _notes(wrong, circular)
    )


def _notes(wrong: pl.DataFrame, circular: pl.DataFrame) -> tuple[str, ...]:
    notes = []
    if wrong.height:
        pairs = ", ".join(f"AS{a}-AS{b}" for a, b in wrong.select("a_first", "b_first").rows())
        notes.append(f"listed with two relationships, the first was kept: {pairs}")
    if circular.height:
        pairs = ", ".join(
            f"AS{a} > AS{b}" for a, b in circular.select("a", "b").sort("a", "b").rows()
        )
        notes.append(f"left out, as these providers and customers form cycles: {pairs}")
    return tuple(notes)


def _contradiction(sources: list[Source], row: dict[str, int]) -> InputError:
    """Name both lines of a pair with two relationships."""
    earlier, later = sources[row["file_first"]], sources[row["file"]]
    line, text, meaning = _statements(earlier, row["a"], row["b"])[0]
    again, other, _ = next(s for s in _statements(later, row["a"], row["b"]) if s[2] != meaning)
    where = f"line {line}" if earlier is later else f"{earlier}:{line}"
    return later.error(
        f"'{other}' contradicts '{text}' in {where}; "
        "correct the file, or say --repair to keep the first of the two",
        again,
    )


def _statements(source: Source, a: int, b: int) -> list[tuple[int, str, tuple[int, int, bool]]]:
    """Find the lines about a pair: number, text, and what they say."""
    about = re.compile(rb"^(?:%d\|%d|%d\|%d)\|[^\r\n]*" % (a, b, b, a), re.MULTILINE)
    found = []
    for start, block in source.blocks():
        for match in about.finditer(block):
            text = match[0].decode(errors="replace").strip()
            one, other, code = (int(number) for number in text.split("|")[:3])
            peers = code == 0
            meaning = (min(one, other), max(one, other), True) if peers else (one, other, False)
            found.append((start + block.count(b"\n", 0, match.start()), text, meaning))
    return found


def _on_cycles(links: pl.DataFrame) -> pl.DataFrame:
    """Return the provider-customer links both ends of which are in one strong component."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    transit = links.filter(pl.col("kind") == "p2c")
    ends = pl.concat([transit["a"], transit["b"].rename("a")])
    places = ends.rank("dense").to_numpy().astype(np.int32) - 1
    a, b = places[: transit.height], places[transit.height :]
    size = int(places.max(initial=-1)) + 1
    graph = csr_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(size, size))
    _, component = connected_components(graph, connection="strong")
    return transit.filter(pl.Series(component[a] == component[b]))


def _cycle(sources: list[Source], circular: pl.DataFrame) -> InputError:
    """Name a cycle, and the line of its first link."""
    circle = _short_cycle(circular.select("a", "b").sort("a", "b").rows())
    link = circular.filter((pl.col("a") == circle[0]) & (pl.col("b") == circle[1]))
    source: Source = sources[link["file"].item()]
    line, _, _ = _statements(source, circle[0], circle[1])[0]
    return source.error(
        f"{' > '.join(f'AS{asn}' for asn in circle)} is a cycle of providers and customers, which "
        "routing cannot use; correct the file, or say --repair to leave out every link that is on "
        f"a cycle ({circular.height} here)",
        line,
    )


def _short_cycle(links: list[tuple[int, int]]) -> list[int]:
    """Find the shortest cycle through any of the lowest numbers; all are on some cycle."""
    customers: dict[int, list[int]] = {}
    for provider, customer in links:
        customers.setdefault(provider, []).append(customer)
    return min((_way_back(customers, start) for start in sorted(customers)[:_TRIED]), key=len)


def _way_back(customers: dict[int, list[int]], start: int) -> list[int]:
    """Walk down from a network until it is met again, the shortest way."""
    came_from: dict[int, int] = {}
    queue = deque([start])
    while start not in came_from:
        provider = queue.popleft()
        for customer in customers[provider]:
            if customer not in came_from:
                came_from[customer] = provider
                queue.append(customer)
    circle = [start, came_from[start]]
    while circle[-1] != start:
        circle.append(came_from[circle[-1]])
    return circle[::-1]
