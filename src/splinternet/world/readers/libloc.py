"""Networks of the IPFire location database: name, country, IPv4 addresses."""

from __future__ import annotations

import polars as pl

from splinternet.world.files import Source
from splinternet.world.readers._facts import clean_texts, known_countries, text
from splinternet.world.readers._lines import Layout, first_line
from splinternet.world.readers._reading import Reading

NAME = "libloc networks"
EXAMPLE = "asn,name,country,ipv4_addresses"
PROVIDES = frozenset({"addresses", "country", "located", "names"})
LICENCE = "CC BY-SA 4.0"
CITATION = "IPFire Location Database, https://location.ipfire.org"

_HEADER = "asn,name,country,ipv4_addresses"

_LAYOUT = Layout(
    form=_HEADER,
    schema={
        "asn": pl.UInt32,
        "name": pl.String,
        "country": pl.String,
        "ipv4_addresses": pl.Int64,
    },
    separator=",",
    quoted=True,
    comment=_HEADER,
    optional=frozenset({"name", "country"}),
    checks=(
        (
            ~pl.col("ipv4_addresses").is_between(0, 2**32),
            "there are from 0 to 4294967296 IPv4 addresses",
        ),
    ),
)


def detect(head: list[str]) -> bool:
    """Tell whether the header line is there."""
    return first_line(head).replace(" ", "") == _HEADER


def read(source: Source) -> Reading:
    """Read names, the country that holds most of a network's addresses, and their number."""
    rows, notes = clean_texts(_LAYOUT.parse(source), "name")
    facts, strange = known_countries(rows.with_columns(text("name")))
    return Reading(
        rows=rows.height,
        no_country=strange,
        notes=notes,
        facts=facts,
        country_by="addresses",
        located=facts.select("asn", "country", addresses="ipv4_addresses").drop_nulls(),
    )
