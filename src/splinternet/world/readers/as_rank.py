"""CAIDA AS Rank: rank, ASN, organisation, country and customer cone, between tabs."""

from __future__ import annotations

import re

import polars as pl

from splinternet.world.files import Source
from splinternet.world.readers._facts import clean_texts, known_countries, text
from splinternet.world.readers._lines import Layout
from splinternet.world.readers._reading import Reading

NAME = "CAIDA AS Rank"
EXAMPLE = "42\t9002\tRETN Limited\tgb\t4213"
PROVIDES = frozenset({"country", "names"})
LICENCE = "CAIDA Acceptable Use Agreement for publicly accessible datasets"
CITATION = "CAIDA AS Rank, https://asrank.caida.org"

_LAYOUT = Layout(
    form="rank, ASN, organisation, country, customer cone (between tabs)",
    schema={
        "rank": pl.UInt32,
        "asn": pl.UInt32,
        "org": pl.String,
        "country": pl.String,
        "cone": pl.UInt32,
    },
    separator="\t",
    optional=frozenset({"org", "country"}),
)

#: What stands for an organisation that is not known.
_UNKNOWN = "unknown"


def detect(head: list[str]) -> bool:
    """Tell whether the first line is rank, ASN, text, country code and cone between tabs."""
    line = _LAYOUT.first_line(head)
    return re.fullmatch(r"\d+\t\d+\t[^\t]*\t[a-z]{0,2}\t\d+", line) is not None


def read(source: Source) -> Reading:
    """Read organisations and their countries."""
    rows, notes = clean_texts(_LAYOUT.parse(source), "org")
    org = text("org")
    named = rows.with_columns(pl.when(org != _UNKNOWN).then(org).alias("org"))
    facts, strange = known_countries(named.select("asn", "org", "country"))
    return Reading(rows=rows.height, no_country=strange, notes=notes, facts=facts)
