"""IPv4 ranges as integers, and the country they are in: ``first,last,country``."""

from __future__ import annotations

import re

import polars as pl

from splinternet.world.files import Source
from splinternet.world.readers._facts import known_countries
from splinternet.world.readers._lines import RANGE_CHECKS, Layout
from splinternet.world.readers._reading import Reading

NAME = "integer ranges of countries"
EXAMPLE = "16777216,16777471,AU"
PROVIDES = frozenset({"country", "located"})
LICENCE = "CC BY 4.0"
CITATION = "ip-location-db asn-country (NRO), https://github.com/sapics/ip-location-db"

_LAYOUT = Layout(
    form="first,last,country",
    schema={"first": pl.Int64, "last": pl.Int64, "country": pl.String},
    separator=",",
    quoted=True,
    checks=RANGE_CHECKS,
)


def detect(head: list[str]) -> bool:
    """Tell whether the first line is two numbers and two letters between commas."""
    return re.fullmatch(r'\d+,\d+,"?[A-Za-z]{2}"?\s*', _LAYOUT.first_line(head)) is not None


def read(source: Source) -> Reading:
    """Read which country holds which range."""
    rows = _LAYOUT.parse(source)
    territories, strange = known_countries(rows)
    return Reading(
        rows=rows.height, no_country=strange, territories=territories.drop_nulls("country")
    )
