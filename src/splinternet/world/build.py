"""Building a world from published files, and the report of what each of them gave."""

from __future__ import annotations

import datetime
from collections import Counter
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
from splinternet.world.relationships import RESERVED, Relationships, Statements, join_links
from splinternet.world.schema import TABLES
from splinternet.world.world import World

__all__ = ["Report", "build_world"]

#: What each option takes from its files, as readers call it.
_TAKES = {
    "as-rel": "links",
    "as-country": "country",
    "as-names": "names",
    "prefixes": "addresses",
    "users": "users",
    "exchanges": "exchanges",
}

#: Which columns of the networks table an option fills, and what one's own tables call them.
_FILLS = {
    "as-country": (("country",), "country"),
    "as-names": (("name", "org"), "name or organisation"),
    "prefixes": (("ipv4_addresses",), "addresses"),
    "users": (("users",), "users"),
}

_KEEP = "--keep-reserved keeps numbers for private use and documentation"


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
        Of the networks, how many have a ``name``, ``org``, ``country``, ``ipv4_addresses``,
        ``users``.
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
            found += [f"    note: {note}" for note in item.notes]
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
    "users": "users",
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
    publisher: str | None
    skipped: dict[str, int] = field(default_factory=dict)

    @property
    def reading(self) -> Reading:
        return self.file.reading

    @property
    def is_own(self) -> bool:
        """Whether the file is a table of one's own."""
        return not self.file.reader.CITATION

    @property
    def is_published(self) -> bool:
        """Whether the format's publisher made the file: by itself, or as somebody says."""
        said = (self.publisher or "").casefold()
        named = bool(said) and said in self.file.reader.CITATION.casefold().split()
        return self.reading.is_signed or named

    def links(self) -> pl.DataFrame | None:
        """Links, with the evidence that the files of its publisher imply."""
        links = self.reading.links
        if links is None or not self.is_published or self.reading.implied is None:
            return links
        return links.with_columns(pl.col("evidence").fill_null(self.reading.implied))

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
            bytes=source.size(),
            used_for=self.option,
            read=self.reading.rows,
            skipped=self.skipped,
            notes=self.reading.notes,
            licence=reader.LICENCE if self.is_published else "",
            citation=reader.CITATION if self.is_published else self.publisher or "",
        )


def build_world(
    date: str | datetime.date,
    as_rel: Sequence[str | Path],
    as_country: Sequence[str | Path] = (),
    as_names: Sequence[str | Path] = (),
    prefixes: Sequence[str | Path] = (),
    exchanges: Sequence[str | Path] = (),
    users: Sequence[str | Path] = (),
    *,
    name: str | None = None,
    source: str | None = None,
    override: bool = False,
    keep_reserved: bool = False,
    repair: bool = False,
) -> tuple[World, Report]:
    """Build a world from published files and tables of one's own, told by their content.

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
    users
        Files that tell how many people use which network.
    name
        Name of the world; year and month of ``date`` if none is given.
    source
        Who made the files that do not tell it themselves, such as ``CAIDA``.
    override
        Let tables of one's own hold against published files, also where they come later.
    keep_reserved
        Keep networks with numbers for private use or documentation (IANA special-purpose AS
        numbers), which name no one network of the Internet.
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
        If a file cannot be read, an option is given a file that does not serve it, or no link is
        left.
    """
    day = _day(date)
    if not as_rel:
        raise MisuseError("no file of relationships is given; give one with --as-rel")
    given = {
        "as-rel": as_rel,
        "as-country": as_country,
        "as-names": as_names,
        "prefixes": prefixes,
        "users": users,
        "exchanges": exchanges,
    }
    uses = _read(given, source)
    if override:
        uses = {option: _own_first(files) for option, files in uses.items()}
    joined = _relationships(uses["as-rel"], override, keep_reserved, repair)
    networks = _Networks(joined.networks)
    for use in uses["as-country"]:
        _take_countries(networks, use, uses["prefixes"])
    for use in uses["as-names"]:
        _take_facts(networks, use)
    for use in uses["prefixes"]:
        _take_addresses(networks, use)
    for use in uses["users"]:
        _take_facts(networks, use)
    places, members = _exchanges(networks, uses["exchanges"])
    inputs = tuple(use.as_input() for files in uses.values() for use in files)
    manifest = Manifest(
        name=name or day[:7],
        date=day,
        inputs=inputs,
        parameters={"repair": repair, "override": override, "keep_reserved": keep_reserved},
        notes=joined.notes,
        repaired=joined.repaired,
    )
    table = networks.table
    world = World(manifest, table, joined.links, exchanges=places, exchange_members=members)
    known = {column: table.height - table[column].null_count() for column in _WORDS}
    report = Report(inputs, table.height, joined.links.height, places.height, known, joined.notes)
    return world, report


def _own_first(uses: list[_Use]) -> list[_Use]:
    return sorted(uses, key=lambda use: not use.is_own)


def _day(text: str | datetime.date) -> str:
    try:
        return datetime.date.fromisoformat(str(text)).isoformat()
    except ValueError:
        raise MisuseError(
            f"{str(text)!r} is no date; give it as YYYY-MM-DD, such as 2019-12-01"
        ) from None


def _read(
    given: Mapping[str, Sequence[str | Path]], publisher: str | None
) -> dict[str, list[_Use]]:
    """Read every file once, several at a time, and hand them to their options."""
    wanted = [(Path(path), option) for option, paths in given.items() for path in paths]
    sources = {path: Source(path) for path, _ in wanted}
    readers = {path: find_reader(source) for path, source in sources.items()}
    for path, option in wanted:
        _check_serves(sources[path], readers[path], option)
    with ThreadPoolExecutor() as pool:
        files = dict(zip(sources, pool.map(_file, sources.values(), readers.values()), strict=True))

    def use(option: str, path: str | Path) -> _Use:
        file = files[Path(path)]
        _check_tells(file, option)
        return _Use(option, file, publisher, dict(file.reading.skipped))

    return {option: [use(option, path) for path in paths] for option, paths in given.items()}


def _file(source: Source, reader: Reader) -> _File:
    return _File(source, reader, reader.read(source), source.sha256())


def _check_serves(source: Source, reader: Reader, option: str) -> None:
    if _TAKES[option] in reader.PROVIDES:
        return
    right = [f"--{other}" for other, thing in _TAKES.items() if thing in reader.PROVIDES]
    raise source.error(
        f"this is {reader.NAME}, which cannot serve --{option}; give it with {' or '.join(right)}"
    )


def _check_tells(file: _File, option: str) -> None:
    """See to it that a file has what the option wants: not every table of one's own does."""
    columns, called = _FILLS.get(option, ((), ""))
    facts = file.reading.facts
    if not columns or facts is None or file.reading.origins is not None:
        return
    if not set(columns) & set(facts.columns):
        raise file.source.error(f"has no column {called}, which --{option} takes; add it")


def _relationships(
    uses: list[_Use], override: bool, keep_reserved: bool, repair: bool
) -> Relationships:
    statements = [
        Statements(use.file.source, links, use.is_own)
        for use in uses
        if (links := use.links()) is not None
    ]
    joined = join_links(statements, override=override, keep_reserved=keep_reserved, repair=repair)
    for use, reasons in zip(uses, joined.skipped, strict=True):
        use.skip(reasons)
    if not joined.links.height:
        reasons = Counter[str]()
        for use in uses:
            reasons.update(use.skipped)
        left_out = "; ".join(f"{n:,}: {why}" for why, n in reasons.items())
        hint = f"; {_KEEP}" if RESERVED in reasons else ""
        raise uses[0].file.source.error(f"leaves no link ({left_out}){hint}")
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


def _take_facts(networks: _Networks, use: _Use) -> None:
    if (facts := use.reading.facts) is not None:
        use.skip(networks.take(facts, _FILLS[use.option][0]))


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
