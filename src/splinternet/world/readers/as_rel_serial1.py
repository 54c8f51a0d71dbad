"""AS relationships in CAIDA's serial-1: ``provider|customer|-1`` and ``peer|peer|0``."""

from __future__ import annotations

import re

import polars as pl

from splinternet.world.files import Source
from splinternet.world.readers import _links
from splinternet.world.readers._lines import Layout
from splinternet.world.readers._reading import Reading

NAME = "AS relationships, serial-1"
EXAMPLE = "3356|9002|-1"
PROVIDES = frozenset({"links"})
LICENCE, CITATION = _links.LICENCE, _links.CITATION

_LAYOUT = Layout(
    form="provider|customer|-1 or peer|peer|0",
    schema={"a": pl.UInt32, "b": pl.UInt32, "code": pl.Int32},
    separator="|",
    checks=_links.checks,
)


def detect(head: list[str]) -> bool:
    """Tell whether the first line of data is three numbers between bars."""
    return re.fullmatch(r"-?\d+\|-?\d+\|-?\d+", _LAYOUT.first_line(head)) is not None


def read(source: Source) -> Reading:
    """Read the links; CAIDA infers all of its serial-1 from BGP paths."""
    return _links.reading(source, _LAYOUT, pl.lit(None, pl.String), "bgp")
