"""Joining the links of several files: no pair twice, no contradiction, no cycle of providers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from splinternet.base.asn import RESERVED as RESERVED_ASNS
from splinternet.base.errors import InputError, remedy
from splinternet.world.cycles import Removal, components, fewest_arcs, short_cycle
from splinternet.world.files import Source

__all__ = ["Relationships", "Statements", "join_links"]

AGAIN = "listed again"
CONTRADICTION = "contradicts an earlier line"
CYCLE = "closes a cycle of providers"
OVERRIDDEN = "own data say otherwise"
RESERVED = "private or reserved AS number"

#: Words for peers in files of relationships, and in tables of one's own.
_REPAIR = remedy("repair=True", "--repair")
_PEERS = frozenset({"0", "p2p", "peering", "peers"})


@dataclass(frozen=True, eq=False)
class Statements:
    """The links of a file, as its reader gives them, and whether the file is one's own table."""

    source: Source
    links: pl.DataFrame
    is_own: bool = False


@dataclass(frozen=True, eq=False)
class Relationships:
    """The links table, what of each file is not in it, and what was repaired.

    ``networks`` are the ASNs that the files name, also those that a repair leaves without a link;
    ``repaired`` counts the links that a repair left out, and ``notes`` name them; ``circular`` are
    the provider and customer of each link that is left of the cycles.
    """

    links: pl.DataFrame
    networks: pl.Series
    skipped: list[dict[str, int]]
    notes: tuple[str, ...]
    repaired: dict[str, int]
    circular: tuple[tuple[int, int], ...]


def join_links(
    files: Sequence[Statements],
    *,
    override: bool = False,
    keep_reserved: bool = False,
    repair: bool = False,
) -> Relationships:
    """Join the links of files; of a pair that is listed again, the first statement holds.

    Parameters
    ----------
    files
        Each file and its links.
    override
        Let tables of one's own, if they come first, hold against published files.
    keep_reserved
        Keep links of numbers for private use or documentation.
    repair
        Let the first statement hold also where a later one contradicts it, and leave out the fewest
        links between provider and customer without which there is no cycle of them. Of equally few
        the most doubtful go: those with the least evidence, then those between networks that have
        about as many customers, of which is the provider is hardest to tell.

    Raises
    ------
    InputError
        Without ``repair``, if a pair is listed with two relationships, or if networks are
        providers of each other in a circle.
    """
    sources = [file.source for file in files]
    every = _stated(files)
    reserved = pl.any_horizontal(
        pl.col(end).is_between(first, last) for end in ("a", "b") for first, last in RESERVED_ASNS
    )
    left_out = every.filter(reserved & (not keep_reserved))
    stated = every.filter(~reserved | keep_reserved)
    is_first = stated["pair"].is_first_distinct()
    first, later = stated.filter(is_first), stated.filter(~is_first)
    later = later.join(first, on="pair", maintain_order="left", suffix="_first")
    contradicts = (pl.col("a") != pl.col("a_first")) | (pl.col("kind") != pl.col("kind_first"))
    overridden = contradicts & pl.col("is_own_first") & ~pl.col("is_own") & override
    wrong = later.filter(contradicts & ~overridden)
    if wrong.height and not repair:
        raise _contradiction(sources, wrong.row(0, named=True))
    circular = _on_cycles(first)
    if circular and not repair:
        raise _cycle(sources, first, circular)
    removal = fewest_arcs(_doubtful_first(first, circular))
    gone = pl.DataFrame(removal.arcs, schema={"a": pl.UInt32, "b": pl.UInt32}, orient="row")
    reasons = {
        RESERVED: left_out,
        AGAIN: later.filter(~contradicts),
        OVERRIDDEN: later.filter(overridden),
        CONTRADICTION: wrong,
        CYCLE: first.join(gone, on=["a", "b"], how="semi"),
    }
    skipped = [
        {
            reason: n
            for reason, rows in reasons.items()
            if (n := rows.filter(pl.col("file") == number).height)
        }
        for number in range(len(files))
    ]
    repaired = {CONTRADICTION: wrong.height, CYCLE: gone.height}
    return Relationships(
        links=first.join(gone, on=["a", "b"], how="anti")
        .select("a", "b", "kind", "evidence")
        .sort("a", "b"),
        networks=pl.concat([first["a"], first["b"].rename("a")]).unique().sort(),
        skipped=skipped,
        notes=_notes(wrong, removal, _customers(first)),
        repaired={reason: n for reason, n in repaired.items() if n},
        circular=tuple(sorted({*circular} - {*removal.arcs})),
    )


def _stated(files: Sequence[Statements]) -> pl.DataFrame:
    """Put all statements in one table, each with its file and a number for its pair."""
    low, high = pl.min_horizontal("a", "b"), pl.max_horizontal("a", "b")
    return pl.concat(
        file.links.with_columns(
            pl.lit(number, pl.UInt32).alias("file"),
            pl.lit(file.is_own).alias("is_own"),
            (low.cast(pl.UInt64) * 2**32 + high).alias("pair"),
        )
        for number, file in enumerate(files)
    )


def _on_cycles(links: pl.DataFrame) -> list[tuple[int, int]]:
    """Return the provider-customer links that lie on cycles of such links."""
    transit = links.filter(pl.col("kind") == "p2c").select("a", "b")
    ends = (transit[end].cast(pl.Int64).to_numpy() for end in transit.columns)
    return transit.filter(pl.Series(components(*ends) >= 0)).rows()


def _customers(links: pl.DataFrame) -> dict[int, int]:
    """Count the direct customers of each network that has any."""
    counts = links.filter(pl.col("kind") == "p2c").group_by("a").len()
    return dict(counts.iter_rows())


def _doubtful_first(links: pl.DataFrame, circular: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Order links on cycles: least evidence first, then networks with about as many customers."""
    ends = pl.DataFrame(circular, schema={"a": pl.UInt32, "b": pl.UInt32}, orient="row")
    shown = pl.col("evidence").str.split(",").list.len().fill_null(0)
    evidence = {
        (a, b): n for a, b, n in links.join(ends, on=["a", "b"]).select("a", "b", shown).iter_rows()
    }
    many = _customers(links)
    return sorted(
        circular, key=lambda ab: (evidence[ab], abs(many[ab[0]] - many.get(ab[1], 0)), ab)
    )


def _notes(wrong: pl.DataFrame, removal: Removal, customers: dict[int, int]) -> tuple[str, ...]:
    notes = []
    if wrong.height:
        pairs = ", ".join(f"AS{a}-AS{b}" for a, b in wrong.select("a_first", "b_first").rows())
        notes.append(f"listed with two relationships, the first was kept: {pairs}")
    if removal.arcs:
        many = len(removal.arcs)
        few = "the fewest" if many == removal.at_least else f"at least {removal.at_least} must go"
        pairs = ", ".join(
            f"AS{a} > AS{b} ({customers[a]:,} and {customers.get(b, 0):,})"
            for a, b in sorted(removal.arcs)
        )
        notes.append(
            f"links left out, as they close cycles of providers and customers: {many:,} ({few}); "
            "of equally few, those with the least evidence, between networks with about as many "
            f"customers (in brackets): {pairs}"
        )
    return tuple(notes)


def _contradiction(sources: list[Source], row: dict[str, int]) -> InputError:
    """Name both lines of a pair with two relationships."""
    earlier, later = sources[row["file_first"]], sources[row["file"]]
    first = next(_lines_about(earlier, row["a"], row["b"]))
    others = list(_lines_about(later, row["a"], row["b"]))
    again = next((said for said in others if said.meaning != first.meaning), others[-1])
    where = f"line {first.line}" if earlier is later else f"{earlier}:{first.line}"
    return later.error(
        f"'{again.text}' contradicts '{first.text}' in {where}; "
        f"correct the file, or say {_REPAIR} to keep the first of the two",
        again.line,
    )


class _Said(NamedTuple):
    """A line about two networks, and what it says of them."""

    line: int
    text: str
    meaning: object


def _lines_about(source: Source, a: int, b: int) -> Iterator[_Said]:
    """Find the lines of data that name two networks."""
    pair = sorted([str(a), str(b)])
    mentions = re.compile(rb"^(?!\s*#).*\b(?:AS ?)?%d\b.*$" % a, re.MULTILINE | re.IGNORECASE)
    for start, block in source.blocks():
        for match in mentions.finditer(block):
            text = match[0].decode(errors="replace").strip()
            words = [word.strip(' "') for word in re.split(r"[|,;\t]", text.lower())]
            ends = [bare for word in words if (bare := re.sub("^as ?", "", word)) in pair][:2]
            if sorted(ends) == pair:
                meaning = frozenset(ends) if _PEERS & set(words) else tuple(ends)
                yield _Said(start + block.count(b"\n", 0, match.start()), text, meaning)


def _cycle(
    sources: list[Source], links: pl.DataFrame, circular: list[tuple[int, int]]
) -> InputError:
    """Name a cycle, and the line of its first link."""
    circle = short_cycle(circular)
    link = links.filter((pl.col("a") == circle[0]) & (pl.col("b") == circle[1]))
    source: Source = sources[link["file"].item()]
    return source.error(
        f"{' > '.join(f'AS{asn}' for asn in circle)} is a cycle of providers and customers, which "
        f"routing cannot use; correct the file, or say {_REPAIR} to leave out the fewest links "
        f"that break every cycle ({len(circular)} are on one here)",
        next(_lines_about(source, circle[0], circle[1])).line,
    )
