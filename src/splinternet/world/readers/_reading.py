"""What a reader finds in a file."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

__all__ = ["Reading"]


@dataclass(frozen=True, eq=False)
class Reading:
    """What one file holds; a frame is None where its format has nothing of the kind.

    Attributes
    ----------
    rows
        Lines of data in the file.
    skipped
        How many of them were not used, by reason.
    no_country
        Of the lines that were used, how many name something that is no country, by reason.
    links
        ``a``, ``b``, ``kind``, ``evidence``, as in the links table, in the order of the file.
    facts
        ``asn`` and one or more of ``name``, ``org``, ``country``, ``ipv4_addresses``.
    origins
        ``first``, ``last``, ``asn``: IPv4 ranges (both ends included) and who originates them;
        a range with several origins has several rows.
    territories
        ``first``, ``last``, ``country``: IPv4 ranges and where they are.
    exchanges, members
        As the tables exchanges and exchange_members.
    """

    rows: int
    skipped: dict[str, int] = field(default_factory=dict)
    no_country: dict[str, int] = field(default_factory=dict)
    links: pl.DataFrame | None = None
    facts: pl.DataFrame | None = None
    origins: pl.DataFrame | None = None
    territories: pl.DataFrame | None = None
    exchanges: pl.DataFrame | None = None
    members: pl.DataFrame | None = None
