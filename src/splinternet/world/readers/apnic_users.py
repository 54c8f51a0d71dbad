"""APNIC's estimates of the users of each network, as its page of customers per AS gives in JSON.

An object with ``Date``, ``Window`` and ``Data``: a record for each network and economy.
"""

from __future__ import annotations

import re
from typing import Annotated

import msgspec
import polars as pl

from splinternet.base.kept import NO_JSON
from splinternet.world.files import Source
from splinternet.world.readers._reading import Reading

NAME = "APNIC customers per AS"
EXAMPLE = '{"Date": "2026-01-01", "Data": [{"AS": 9002, "CC": "GB", "Users": 1200}]}'
PROVIDES = frozenset({"users"})
LICENCE = "(C) APNIC; reuse with attribution"
CITATION = "APNIC Labs, Customers per AS Measurements, https://stats.labs.apnic.net/aspop"


class _Estimate(msgspec.Struct, rename={"asn": "AS", "users": "Users"}):
    asn: Annotated[int, msgspec.Meta(gt=0, lt=2**32)]
    users: Annotated[float, msgspec.Meta(ge=0, lt=1e11)]


class _Document(msgspec.Struct, rename={"data": "Data"}):
    data: list[_Estimate]


def detect(head: list[str]) -> bool:
    """Tell whether a JSON object begins that has a list ``Data`` of networks with users."""
    start = "".join(head)[:100_000].lstrip()
    return (
        start.startswith("{")
        and re.search(r'"Data"\s*:\s*\[\s*\{[^{}]*"Users"\s*:', start) is not None
    )


def read(source: Source) -> Reading:
    """Read the users; those of a network in several economies are summed."""
    try:
        records = msgspec.json.decode(source.whole(), type=_Document).data
    except NO_JSON as error:
        raise source.error(
            f"no list of networks with AS and Users as expected ({error}); "
            "give the file as its publisher has it"
        ) from None
    rows = pl.DataFrame(
        [(record.asn, round(record.users)) for record in records],
        schema={"asn": pl.UInt32, "users": pl.Int64},
        orient="row",
    )
    facts = rows.group_by("asn", maintain_order=True).agg(pl.col("users").sum())
    again = rows.height - facts.height
    notes = (f"{again:,} are of a network in a further economy, and added",) if again else ()
    return Reading(rows=rows.height, notes=notes, facts=facts)
