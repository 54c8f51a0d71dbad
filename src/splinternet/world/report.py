"""The report of an import: what each file gave, and what the world then knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from splinternet.base.shares import rounded
from splinternet.world.manifest import Input

__all__ = ["KNOWN", "Report", "input_lines"]

#: Columns of the networks table that may be known, and what they are called.
KNOWN = {
    "name": "a name",
    "org": "an organisation",
    "country": "a country",
    "ipv4_addresses": "IPv4 addresses",
    "users": "users",
}


def input_lines(inputs: Iterable[Input]) -> list[str]:
    """Return what each file gave as lines of text."""
    found = []
    for item in inputs:
        what = "routes" if item.used_for == "rib" else "lines"
        found.append(f"{item.used_for}: {item.file} ({item.format}): {item.read:,} {what} read")
        found += [f"    skipped {n:,}: {reason}" for reason, n in item.skipped.items()]
        found += [f"    note: {note}" for note in item.notes]
    return found


@dataclass(frozen=True)
class Report:
    """Report of an import: what it read, and what the world then knows.

    Attributes
    ----------
    inputs
        Every file, once for each option it was given to: lines read, and lines or networks
        skipped by reason.
    networks, links, exchanges
        Rows of these tables.
    known
        Of the networks, how many have a ``name``, ``org``, ``country``, ``ipv4_addresses``,
        ``users``.
    found
        Of the networks whose country no file tells, how many have one by other evidence, by kind.
    notes
        What was repaired.
    """

    inputs: tuple[Input, ...]
    networks: int
    links: int
    exchanges: int
    known: Mapping[str, int]
    found: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Return the report as lines of text."""
        found = input_lines(self.inputs)
        found.append(
            f"{self.networks:,} networks, {self.links:,} links, {self.exchanges:,} exchanges"
        )
        for column, n in self.known.items():
            share = n / self.networks if self.networks else 0
            found.append(f"    {n:,} networks ({rounded(share)}) have {KNOWN[column]}")
        if self.found:
            kinds = ", ".join(f"{n:,} {kind}" for kind, n in self.found.items())
            found.append(f"    countries that no file tells, found by other evidence: {kinds}")
        return [*found, *self.notes]
