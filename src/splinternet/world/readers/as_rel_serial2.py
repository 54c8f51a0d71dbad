"""AS relationships in CAIDA's serial-2: as serial-1, and what shows the link."""

from __future__ import annotations

import re

import polars as pl

from splinternet.world.files import Source
from splinternet.world.readers import _links
from splinternet.world.readers._lines import Layout
from splinternet.world.readers._reading import Reading

NAME = "AS relationships, serial-2"
EXAMPLE = "3356|9002|-1|bgp,mlp"
PROVIDES = frozenset({"links"})
LICENCE, CITATION = _links.LICENCE, _links.CITATION

_LAYOUT = Layout(
    form="provider|customer|-1|evidence or peer|peer|0|evidence",
    schema={"a": pl.UInt32, "b": pl.UInt32, "code": pl.Int32, "evidence": pl.String},
    separator="|",
    checks=_links.checks,
)


def detect(head: list[str]) -> bool:
    """Tell whether the first line of data is three numbers and a word between bars."""
    line = _LAYOUT.first_line(head)
    return re.fullmatch(r"-?\d+\|-?\d+\|-?\d+\|[a-z][a-z,_-]*", line) is not None


def read(source: Source) -> Reading:
    """Read the links with their evidence: bgp, mlp (route servers at exchanges), ark, ..."""
    return _links.reading(source, _LAYOUT, pl.col("evidence"), None)
