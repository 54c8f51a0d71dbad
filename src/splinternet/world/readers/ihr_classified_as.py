"""Internet Health Report's classification of networks: ``ASN class country``."""

from __future__ import annotations

import re

import polars as pl

from splinternet.world.files import Source
from splinternet.world.readers._facts import known_countries
from splinternet.world.readers._lines import Layout
from splinternet.world.readers._reading import Reading

NAME = "IHR classified AS"
EXAMPLE = "9002 Communications GB"
PROVIDES = frozenset({"country"})
LICENCE = "GPL-3.0 (repository); the countries are facts of the regional Internet registries"
CITATION = "Internet Health Report, classified AS list, https://ihr.iijlab.net"

_LAYOUT = Layout(
    form="ASN class country",
    schema={"asn": pl.UInt32, "class": pl.String, "country": pl.String},
    separator=" ",
)


def detect(head: list[str]) -> bool:
    """Tell whether the first line is a number, a word and a country code."""
    return re.fullmatch(r"\d+ [A-Z][a-z]+ [A-Z]{2}\s*", _LAYOUT.first_line(head)) is not None


def read(source: Source) -> Reading:
    """Read the countries, as registered."""
    rows = _LAYOUT.parse(source)
    facts, strange = known_countries(rows.select("asn", "country"))
    return Reading(rows=rows.height, no_country=strange, facts=facts)
