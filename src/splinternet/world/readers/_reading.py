"""Reading: the finds of a reader in a file."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from splinternet.base.dates import Span

__all__ = ["Reading"]


@dataclass(frozen=True, eq=False)
class Reading:
    """Content of one file; a frame is None where its format has nothing of the kind.

    Attributes
    ----------
    rows
        Lines of data in the file.
    skipped
        How many of them were not used, by reason.
    no_country
        Of the lines that were used, how many name something that is no country, by reason.
    notes
        What else a reader of the report should know.
    dated
        When the file is of, if it says so itself.
    is_signed
        Whether file or format tell that it is from the format's publisher. Others may write the
        same form: then who made a file is not known unless somebody says it.
    implied
        What shows the links that have no evidence of their own, if the file is its publisher's.
    links
        ``a``, ``b``, ``kind``, ``evidence``, as in the links table, in the order of the file.
    facts
        ``asn`` and one or more of ``name``, ``org``, ``country``, ``ipv4_addresses``, ``users``.
    country_by
        What the countries in ``facts`` rest on, as the column ``country_evidence`` calls it.
    origins
        ``first``, ``last``, ``asn``: IPv4 ranges (both ends included) and who originates them;
        a range with several origins has several rows.
    territories
        ``first``, ``last``, ``country``: IPv4 ranges and where they are.
    located
        ``asn``, ``country``, ``addresses``: how many addresses of a network are where.
    owners
        As the table owners; a network may be listed again.
    roas
        As the table roas, and ``since`` and ``until``, days between which it holds, if told.
    exchanges, members
        As the tables exchanges and exchange_members.
    cables, landings
        As the tables of these names.
    clique, route_servers
        AS numbers of the tier-1 clique, and of route servers at exchanges, that the file names.
    """

    rows: int
    skipped: dict[str, int] = field(default_factory=dict)
    no_country: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    dated: Span | None = None
    is_signed: bool = True
    implied: str | None = None
    links: pl.DataFrame | None = None
    facts: pl.DataFrame | None = None
    country_by: str = "registered"
    origins: pl.DataFrame | None = None
    territories: pl.DataFrame | None = None
    located: pl.DataFrame | None = None
    owners: pl.DataFrame | None = None
    roas: pl.DataFrame | None = None
    exchanges: pl.DataFrame | None = None
    members: pl.DataFrame | None = None
    cables: pl.DataFrame | None = None
    landings: pl.DataFrame | None = None
    clique: tuple[int, ...] = ()
    route_servers: tuple[int, ...] = ()
