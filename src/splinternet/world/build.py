"""Building a world from published files, and the report of what each of them gave."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import polars as pl

from splinternet.base.errors import MisuseError
from splinternet.world.addresses import Holdings
from splinternet.world.files import Source
from splinternet.world.manifest import Input, Manifest
from splinternet.world.readers import Reader, Reading, find_reader
from splinternet.world.relationships import Relationships, join_links
from splinternet.world.schema import TABLES
from splinternet.world.world import World

__all__ = ["Report", "build_world"]

#: What each option takes from its files, as readers call it.
_TAKES = {
    "as-rel": "links",
    "as-country": "country",
    "as-names": "names",
    "prefixes": "addresses",
    "exchanges": "exchanges",
}


@dataclass(frozen=True)
class Report:
    """What an import read, and what the world then knows.

    Attributes
    ----------
    inputs
        Every file, once for each option it was given to: lines read, and lines or networks
        skipped by reason.
    networks, links, exchanges
        Rows of these tables.
    known
        Of the networks, how many have a ``name``, ``org``, ``country``, ``ipv4_addresses``.
    notes
        What was repaired.
    """

    inputs: tuple[Input, ...]
    networks: int
    links: int
    exchanges: int
    known: Mapping[str, int]
    notes: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Return the report as lines of text."""
        found = []
        for item in self.inputs:
            found.append(f"{item.used_for}: {item.file} ({item.format}): {item.read:,} lines read")
            found += [f"    skipped {n:,}: {reason}" for reason, n in item.skipped.items()]
        found.append(
            f"{self.networks:,} networks, {self.links:,} links, {self.exchanges:,} exchanges"
        )
        for column, n in self.known.items():
            share = n / self.networks if self.networks else 0
            found.append(f"    {n:,} networks ({share:.1%}) have {_WORDS[column]}")
        return [*found, *self.notes]


_WORDS = {
    "name": "a name",
    "org": "an organisation",
    "country": "a country",
    "ipv4_addresses": "IPv4 addresses",
}


@dataclass(frozen=True, eq=False)
class _File:
    """A file that was read."""

    source: Source
    reader: Reader
    reading: Reading
    sha256: str

    @cached_property
    def holdings(self) -> Holdings | None:
        """Which network holds which addresses, where the file tells."""
        return None if self.reading.origins is None else Holdings(self.reading.origins)


@dataclass(frozen=True, eq=False)
class _Use:
    """A file in the hands of one option."""

    option: str
    file: _File
    skipped: dict[str, int] = field(default_factory=dict)

    @property
    def reading(self) -> Reading:
        return self.file.reading

    def skip(self, reasons: Mapping[str, int]) -> None:
        for reason, n in reasons.items():
            if n:
                self.skipped[reason] = self.skipped.get(reason, 0) + n

    def as_input(self) -> Input:
        source, reader = self.file.source, self.file.reader
        return Input(
            file=source.path.name,
            format=reader.NAME,
            sha256=self.file.sha256,
            bytes=source.path.stat().st_size,
            used_for=self.option,
            read=self.reading.rows,
            skipped=self.skipped,
            licence=reader.LICENCE,
            citation=reader.CITATION,
        )


def build_world(
    date: str | datetime.date,
    as_rel: Sequence[str | Path],
    as_country: Sequence[str | Path] = (),
    as_names: Sequence[str | Path] = (),
    prefixes: Sequence[str | Path] = (),
    exchanges: Sequence[str | Path] = (),
    *,
    name: str | None = None,
    repair: bool = False,
) -> tuple[World, Report]:
    """Build a world from published files, whose formats are told by their content.

    Of several files for one purpose, later ones fill what earlier ones left unknown.

    Parameters
    ----------
    date
        Day the world stands for, ``YYYY-MM-DD``.
    as_rel
        Files of relationships; the networks of the world are those that these name.
    as_country
        Files that tell countries of networks, or of address ranges (used with ``prefixes``).
    as_names
        Files that tell names or organisations of networks.
    prefixes
        Files that tell which network originates which addresses, or how many.
    exchanges
        Files of Internet exchanges and their members.
    name
        Name of the world; year and month of ``date`` if none is given.
    repair
        Load relationships that contradict each other or form cycles all the same, see
        :func:`splinternet.world.relationships.join_links`.

    Returns
    -------
    tuple of World and Report

    Raises
    ------
    MisuseError
        If the date is no date, or no file of relationships is given.
    InputError
        If a file cannot be read, or an option is given a file that does not serve it.
    """
    day = _day(date)
    if not as_rel:
        raise MisuseError("no file of relationships is given; give one with --as-rel")
    uses = _read(
        {
            "as-rel": as_rel,
            "as-country": as_country,
            "as-names": as_names,
            "prefixes": prefixes,
            "exchanges": exchanges,
        }
    )
    joined = _relationships(uses["as-rel"], repair)
    networks = _Networks(joined.networks)
    for use in uses["as-country"]:
        _take_countries(networks, use, uses["prefixes"])
    for use in uses["as-names"]:
        _take_names(networks, use)
    for use in uses["prefixes"]:
        _take_addresses(networks, use)
    places, members = _exchanges(networks, uses["exchanges"])
    inputs = tuple(use.as_input() for given in uses.values() for use in given)
    manifest = Manifest(
        name=name or day[:7],
        date=day,
        inputs=inputs,
        parameters={"repair": repair},
        notes=joined.notes,
    )
    table = networks.table
    world = World(manifest, table, joined.links, exchanges=places, exchange_members=members)
    known = {column: table.height - table[column].null_count() for column in _WORDS}
    report = Report(inputs, table.height, joined.links.height, places.height, known, joined.notes)
    return world, report


def _day(text: str | datetime.date) -> str:
    try:
        return datetime.date.fromisoformat(str(text)).isoformat()
    except ValueError:
        raise MisuseError(
            f"{str(text)!r} is no date; give it as YYYY-MM-DD, such as 2019-12-01"
        ) from None


def _read(given: Mapping[str, Sequence[str | Path]]) -> dict[str, list[_Use]]:
    """Read every file once, several at a time, and hand them to their options."""
    wanted = [(Path(path), option) for option, paths in given.items() for path in paths]
    sources = {path: Source(path) for path, _ in wanted}
    readers = {path: find_reader(source) for path, source in sources.items()}
    for path, option in wanted:
        _check_serves(sources[path], readers[path], option)
    with ThreadPoolExecutor() as pool:
        files = dict(zip(sources, pool.map(_file, sources.values(), readers.values()), strict=True))
    return {
        option: [_Use(option, file, dict(file.reading.skipped)) for file in _picked(files, paths)]
        for option, paths in given.items()
    }


def _picked(files: Mapping[Path, _File], paths: Sequence[str | Path]) -> list[_File]:
    return [files[Path(path)] for path in paths]


def _file(source: Source, reader: Reader) -> _File:
    return _File(source, reader, reader.read(source), source.sha256())


def _check_serves(source: Source, reader: Reader, option: str) -> None:
    if _TAKES[option] in reader.PROVIDES:
        return
    right = [f"--{other}" for other, thing in _TAKES.items() if thing in reader.PROVIDES]
    raise source.error(
        f"this is {reader.NAME}, which cannot serve --{option}; give it with {' or '.join(right)}"
    )


def _relationships(uses: list[_Use], repair: bool) -> Relationships:
    files = [(use.file.source, use.reading.links) for use in uses if use.reading.links is not None]
    joined = join_links(files, repair=repair)
    for use, reasons in zip(uses, joined.skipped, strict=True):
        use.skip(reasons)
    return joined


class _Networks:
    """The networks table while it is being filled."""

    def __init__(self, asns: pl.Series) -> None:
        rows = pl.DataFrame({"asn": asns}).with_columns(pl.lit(1, pl.Int64).alias("members"))
        self.table = pl.concat([TABLES["networks"].empty(), rows], how="diagonal")

    def has(self, asns: pl.Series) -> pl.Series:
        return asns.is_in(self.table["asn"].implode())

    def take(self, facts: pl.DataFrame, columns: Sequence[str]) -> dict[str, int]:
        """Fill what is unknown in some columns, and count the facts that were of no use."""
        columns = [column for column in columns if column in facts.columns]
        told = facts.filter(pl.any_horizontal(pl.col(columns).is_not_null()))
        once = told.unique("asn", keep="first", maintain_order=True)
        ours = once.filter(self.has(once["asn"])).select("asn", *columns)
        both = self.table.join(ours, on="asn", how="left", suffix="_new", maintain_order="left")
        gains = [pl.col(c).is_null() & pl.col(f"{c}_new").is_not_null() for c in columns]
        gained = both.filter(pl.any_horizontal(gains)).height
        self.table = both.select(
            pl.coalesce(c, f"{c}_new") if c in columns else c for c in self.table.columns
        )
        return {
            f"no {' or '.join(columns)}": facts.height - told.height,
            "network listed again": told.height - once.height,
            "network not in the relationships": once.height - ours.height,
            "network known from an earlier file": ours.height - gained,
        }


def _take_countries(networks: _Networks, use: _Use, prefixes: list[_Use]) -> None:
    use.skip(use.reading.no_country)
    if (facts := use.reading.facts) is not None:
        strange = sum(use.reading.no_country.values())
        reasons = networks.take(facts, ["country"])
        use.skip(reasons | {"no country": reasons["no country"] - strange})
    if (territories := use.reading.territories) is not None:
        holdings = [held for other in prefixes if (held := other.file.holdings) is not None]
        if not holdings:
            raise use.file.source.error(
                "ranges tell the country of a network only with the ranges it originates; "
                "give these with --prefixes"
            )
        found = pl.concat(held.main_countries(territories) for held in holdings)
        first = found.unique("asn", keep="first", maintain_order=True)
        use.skip(networks.take(first, ["country"]))


def _take_addresses(networks: _Networks, use: _Use) -> None:
    if (facts := use.reading.facts) is not None and "ipv4_addresses" in facts.columns:
        use.skip(networks.take(facts, ["ipv4_addresses"]))
    if (holdings := use.file.holdings) is not None:
        use.skip(networks.take(holdings.address_counts(), ["ipv4_addresses"]))


def _take_names(networks: _Networks, use: _Use) -> None:
    if (facts := use.reading.facts) is not None:
        use.skip(networks.take(facts, ["name", "org"]))


def _exchanges(networks: _Networks, uses: list[_Use]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Join exchanges and members; both ends of a membership must be known."""
    places, members = TABLES["exchanges"].empty(), TABLES["exchange_members"].empty()
    for use in uses:
        if (found := use.reading.exchanges) is not None:
            new = found.join(places, on="exchange", how="anti", maintain_order="left")
            places = pl.concat([places, new])
            use.skip({"exchange known from an earlier file": found.height - new.height})
    for use in uses:
        if (found := use.reading.members) is not None:
            placed = found.join(places, on="exchange", how="semi", maintain_order="left")
            ours = placed.filter(networks.has(placed["asn"]))
            new = ours.join(members, on=["exchange", "asn"], how="anti", maintain_order="left")
            members = pl.concat([members, new])
            use.skip(
                {
                    "exchange not known": found.height - placed.height,
                    "network not in the relationships": placed.height - ours.height,
                    "member known from an earlier file": ours.height - new.height,
                }
            )
    return places.sort("exchange"), members.sort("exchange", "asn")
