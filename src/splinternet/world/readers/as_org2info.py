"""CAIDA AS Organizations (as-org2info): a section of organisations and one of networks.

A comment, ``# format:org_id|...`` or ``# format:aut|...``, begins a section and names its columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from splinternet.world.files import Source
from splinternet.world.readers._facts import clean_texts, known_countries, text
from splinternet.world.readers._lines import Layout
from splinternet.world.readers._reading import Reading

NAME = "CAIDA AS Organizations (as-org2info)"
EXAMPLE = "9002|20240224|RETN-AS|ORG-RETN|x|RIPE"
PROVIDES = frozenset({"country", "names"})
LICENCE = "CAIDA Acceptable Use Agreement for publicly accessible datasets"
CITATION = "The CAIDA UCSD AS to Organization Mapping Dataset, https://www.caida.org/catalog/datasets/as-organizations/"

_FORMAT = re.compile(rb"^# ?format: ?(\S+)[^\n]*\n", re.MULTILINE)
_DATA = re.compile(rb"^[ \t\r]*[^#\s]", re.MULTILINE)

#: The first column of a section tells which it is; these columns of it are used.
_SECTIONS = {
    "org_id": ["org_id", "org_name", "country"],
    "aut": ["aut", "aut_name", "org_id"],
}


def detect(head: list[str]) -> bool:
    """Tell whether a comment names the columns of either section."""
    return any(re.match(r"# ?format: ?(org_id|aut)\|", line) for line in head)


def read(source: Source) -> Reading:
    """Read networks, their organisations, and the countries of these."""
    found: dict[str, list[pl.DataFrame]] = {section: [] for section in _SECTIONS}
    for columns, line, lines in _stretches(source):
        wanted = _SECTIONS.get(columns[0])
        if wanted is None or not set(wanted) <= set(columns):
            raise source.error("these columns are not those of organisations or networks", line - 1)
        if len(set(columns)) < len(columns):
            raise source.error(f"names a column twice: {'|'.join(columns)[:60]}", line - 1)
        rows = _layout(columns).parse_block(source, line, lines)
        found[columns[0]].append(rows.select(wanted))
    for section, frames in found.items():
        if not any(frame.height for frame in frames):
            raise source.error(f"the section that begins with {section} is missing or empty")
    organisations, networks = (pl.concat(frames) for frames in found.values())
    facts, notes = clean_texts(_joined(organisations, networks), "name", "org")
    facts, strange = known_countries(facts)
    return Reading(
        rows=organisations.height + networks.height,
        no_country=strange,
        notes=notes,
        facts=facts,
    )


def _joined(organisations: pl.DataFrame, networks: pl.DataFrame) -> pl.DataFrame:
    """Give networks the names and countries of their organisations."""
    known = organisations.unique("org_id", keep="first").select(
        "org_id", text("org_name").alias("org"), "country"
    )
    return networks.join(known, on="org_id", how="left", maintain_order="left").select(
        pl.col("aut").alias("asn"), text("aut_name").alias("name"), "org", "country"
    )


def _layout(columns: list[str]) -> Layout:
    needed = {columns[0], columns[-1]}
    return Layout(
        form="|".join(columns),
        schema={c: pl.UInt32 if c == "aut" else pl.String for c in columns},
        separator="|",
        optional=frozenset(columns) - needed,
    )


def _stretches(source: Source) -> Iterator[tuple[list[str], int, bytes]]:
    """Yield stretches of lines under one format comment: columns, number of first line, lines."""
    columns: list[str] = []
    for line, block in source.blocks():
        start = 0
        for mark in [*_FORMAT.finditer(block), None]:
            lines = block[start : mark.start() if mark else len(block)]
            first = line + block.count(b"\n", 0, start)
            if columns:
                yield columns, first, lines
            elif _DATA.search(lines):
                raise source.error("no '# format:' line before the first line of data", first)
            if mark:
                columns = mark[1].decode(errors="replace").split("|")
                start = mark.end()
