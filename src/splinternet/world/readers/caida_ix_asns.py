"""CAIDA IXPs, ``ix-asns``: which networks are at which exchange, one JSON object a line."""

from __future__ import annotations

from typing import Annotated

import msgspec
import polars as pl

from splinternet.world.files import Source
from splinternet.world.readers import caida_ixs
from splinternet.world.readers._json_lines import decode_lines, keys_of_first
from splinternet.world.readers._reading import Reading
from splinternet.world.schema import TABLES

NAME = "CAIDA IXPs, members"
EXAMPLE = '{"ix_id": 1, "asn": 9002}'
PROVIDES = frozenset({"exchanges"})
LICENCE, CITATION = caida_ixs.LICENCE, caida_ixs.CITATION


class _Member(msgspec.Struct):
    ix_id: Annotated[int, msgspec.Meta(ge=0, lt=2**32)]
    asn: Annotated[int, msgspec.Meta(ge=0, lt=2**32)]


def detect(head: list[str]) -> bool:
    """Tell whether the first line is an object with the keys of a membership."""
    return {"ix_id", "asn"} <= keys_of_first(head)


def read(source: Source) -> Reading:
    """Read the memberships; a network with several addresses at an exchange is one member."""
    rows = decode_lines(source, _Member)
    known = [row for row in rows if row.asn > 0]
    members = pl.DataFrame(
        {"exchange": [row.ix_id for row in known], "asn": [row.asn for row in known]},
        schema=TABLES["exchange_members"].schema,
    )
    distinct = members.unique(maintain_order=True)
    skipped = {
        "AS number not known": len(rows) - len(known),
        "listed again": members.height - distinct.height,
    }
    return Reading(
        rows=len(rows),
        skipped={reason: n for reason, n in skipped.items() if n},
        members=distinct,
    )
