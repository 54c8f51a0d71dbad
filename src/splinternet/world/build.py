"""Building a world from published files, and the report of what each of them gave."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Unpack

import polars as pl

from splinternet.base.checked import typed
from splinternet.base.errors import MisuseError, remedy
from splinternet.world.addresses import Holdings
from splinternet.world.confidence import judge
from splinternet.world.country_evidence import ADDRESSES, DEDUCED, corrections, find_countries
from splinternet.world.given import GivenFile, Use, read_files
from splinternet.world.located import Located, interpolated
from splinternet.world.manifest import Manifest
from splinternet.world.purposes import PURPOSES, Files, Paths
from splinternet.world.relationships import RESERVED, Relationships, Statements, join_links
from splinternet.world.report import KNOWN, Report
from splinternet.world.roas import take_roas
from splinternet.world.schema import TABLES
from splinternet.world.territories import join_territories, states_of
from splinternet.world.world import World

__all__ = ["Report", "build_world"]

_KEEP = (
    f"{remedy('keep_reserved=True', '--keep-reserved')} keeps numbers for private use and "
    "documentation"
)


@typed
def build_world(
    date: str | datetime.date,
    as_rel: Paths,
    *,
    name: str | None = None,
    source: str | None = None,
    override: bool = False,
    keep_reserved: bool = False,
    repair: bool = False,
    told_countries: bool = False,
    join: Sequence[str] = (),
    **files: Unpack[Files],
) -> tuple[World, Report]:
    """World of published files and tables of one's own, told by their content.

    Of several files for one purpose, later ones fill what earlier ones left unknown.

    Parameters
    ----------
    date
        Day the world stands for, ``YYYY-MM-DD``.
    as_rel
        Files of relationships; the networks of the world are those that these name.
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
    told_countries
        Take only countries that files tell; else those of the other networks are found by the
        evidence of :mod:`splinternet.world.country_evidence`, where it suffices.
    join
        Territories of :mod:`splinternet.world.territories` to count to the state named there.
    files
        Other files by their purpose, as :class:`splinternet.world.purposes.Files` has them:
        ``prefixes=["ranges.csv"]``.

    Returns
    -------
    tuple of World and Report

    Raises
    ------
    MisuseError
        If the date is no date, no file of relationships is given, or there is no such territory
        or purpose.
    InputError
        If a file cannot be read, is given for a purpose that it does not serve, or no link is
        left.
    """
    day = _day(date)
    if not as_rel:
        right = remedy("as as_rel=...", "with --as-rel")
        raise MisuseError(f"no file of relationships is given; give one {right}")
    states = states_of(join)
    given: dict[str, Any] = {"as_rel": as_rel, **files}
    uses = read_files(given, source)
    if override:
        uses = {purpose: _own_first(several) for purpose, several in uses.items()}
    joined = _relationships(uses["as_rel"], override, keep_reserved, repair)
    networks = _filled(joined.networks, uses)
    by_evidence = uses["as_country"] and not told_countries
    found = networks.find_countries(joined.links) if by_evidence else {}
    tables = _tables(networks, uses, states, day)
    manifest = Manifest(
        name=name or day[:7],
        date=day,
        inputs=tuple(use.as_input(day) for several in uses.values() for use in several),
        parameters={
            "repair": repair,
            "override": override,
            "keep_reserved": keep_reserved,
            "told_countries": told_countries,
            "joined": sorted(states),
            **_told_of_paths(uses["as_rel"]),
        },
        notes=joined.notes,
        repaired=joined.repaired,
    )
    others = [links for use in uses["other_dates"] if (links := use.links()) is not None]
    links = judge(joined.links, tables["networks"], circular=joined.circular, others=others)
    world = World(manifest, links=links, **tables)
    return world, _report(world, found)


def _tables(
    networks: _Networks, uses: Mapping[str, list[Use]], states: Mapping[str, str], day: str
) -> dict[str, pl.DataFrame]:
    """Make the tables of networks, and of what else files tell of them."""
    places, members = _exchanges(networks, uses["exchanges"])
    cables, landings = _cables(uses["cables"])
    return {
        "networks": join_territories(networks.table, states),
        "exchanges": places,
        "exchange_members": members,
        "cables": cables,
        "landings": landings,
        "located": _located(networks, uses["located"], uses["prefixes"], states, day),
        "owners": _owners(networks, uses["owners"]),
        "roas": take_roas(uses["roas"], day),
    }


def _report(world: World, found: Mapping[str, int]) -> Report:
    networks, manifest = world.networks, world.manifest
    return Report(
        manifest.inputs,
        networks.height,
        world.links.height,
        world.exchanges.height,
        {column: networks.height - networks[column].null_count() for column in KNOWN},
        found,
        manifest.notes,
    )


def _filled(asns: pl.Series, uses: Mapping[str, list[Use]]) -> _Networks:
    """Fill the networks table with what files tell of each network."""
    networks = _Networks(asns)
    for use in uses["as_country"]:
        _take_countries(networks, use, uses["prefixes"])
    for use in uses["as_names"]:
        _take_facts(networks, use)
    for use in uses["prefixes"]:
        _take_addresses(networks, use)
    for use in uses["users"]:
        use.skip(use.reading.no_country)  # their nations take no part, but are told all the same
        _take_facts(networks, use)
    return networks


def _told_of_paths(uses: list[Use]) -> dict[str, list[int]]:
    """Facts of files of relationships that cleaning observed paths needs, see ``with_tables``."""
    clique = {asn for use in uses for asn in use.reading.clique}
    servers = {asn for use in uses for asn in use.reading.route_servers}
    told = {"clique": sorted(clique), "route_servers": sorted(servers)}
    return {name: asns for name, asns in told.items() if asns}


def _own_first(uses: list[Use]) -> list[Use]:
    return sorted(uses, key=lambda use: not use.is_own)


def _day(text: str | datetime.date) -> str:
    try:
        return datetime.date.fromisoformat(str(text)).isoformat()
    except ValueError:
        raise MisuseError(
            f"{str(text)!r} is no date; give it as YYYY-MM-DD, such as 2019-12-01"
        ) from None


def _relationships(
    uses: list[Use], override: bool, keep_reserved: bool, repair: bool
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

    def rest_on(self, evidence: str) -> None:
        """Note what the countries rest on that were taken last."""
        fresh = pl.col("country").is_not_null() & pl.col("country_evidence").is_null()
        self.table = self.table.with_columns(
            pl.when(fresh)
            .then(pl.lit(evidence))
            .otherwise("country_evidence")
            .alias("country_evidence")
        )

    def find_countries(self, links: pl.DataFrame) -> dict[str, int]:
        """Fill countries that no file tells, and count them by kind of evidence."""
        found = pl.concat([find_countries(self.table, links), corrections()])
        self.take(found, ["country", "country_evidence"])
        kinds = self.table.group_by("country_evidence").len()
        counted = dict(kinds.iter_rows())
        return {kind: counted[kind] for kind in DEDUCED if kind in counted}


def _take_countries(networks: _Networks, use: Use, prefixes: list[Use]) -> None:
    use.skip(use.reading.no_country)
    if (facts := use.reading.facts) is not None:
        strange = sum(use.reading.no_country.values())
        reasons = networks.take(facts, ["country"])
        use.skip(reasons | {"no country": reasons["no country"] - strange})
        networks.rest_on(use.reading.country_by)
    if (territories := use.reading.territories) is not None:
        holders = _holders(use, prefixes)
        found = pl.concat(held.main_countries(territories) for _, held in holders)
        first = found.unique("asn", keep="first", maintain_order=True)
        use.skip(networks.take(first, ["country"]))
        networks.rest_on(ADDRESSES)


def _holders(use: Use, prefixes: list[Use]) -> list[tuple[GivenFile, Holdings]]:
    """Files that tell which network holds which ranges."""
    told = [(each.file, held) for each in prefixes if (held := each.file.holdings) is not None]
    if not told:
        raise use.file.source.error(
            "ranges tell the country of a network only with the ranges it originates; "
            f"give these with {remedy('prefixes=...', '--prefixes')}"
        )
    return told


def _located(
    networks: _Networks, uses: list[Use], prefixes: list[Use], states: Mapping[str, str], day: str
) -> pl.DataFrame:
    """Count each network's addresses in each country."""
    found = []
    for use in uses:
        use.skip(use.reading.no_country)
        told = list(_told_places(use, prefixes))
        ours = [(file, table.filter(networks.has(table["asn"]))) for file, table in told]
        if not any(table.height for _, table in ours):
            raise use.file.source.error("locates no address of a network in this world")
        found += [Located(table, each.dated and each.dated.first) for each, table in ours]
    table = interpolated(found, datetime.date.fromisoformat(day))
    joined = join_territories(table, states).group_by("asn", "country")
    return joined.agg(pl.col("addresses").sum()).sort("asn", "country")


def _told_places(use: Use, prefixes: list[Use]) -> Iterator[tuple[GivenFile, pl.DataFrame]]:
    """Yield places of networks' addresses, and the file that tells whose they were, and when."""
    if (located := use.reading.located) is not None:
        yield use.file, located
    if (territories := use.reading.territories) is not None:
        for file, held in _holders(use, prefixes):
            yield file, held.located(territories)


def _owners(networks: _Networks, uses: list[Use]) -> pl.DataFrame:
    """Take the state that owns each network, by the first file and line that tell one."""
    owners = TABLES["owners"].empty()
    for use in uses:
        if (found := use.reading.owners) is not None:
            once = found.unique("asn", keep="first", maintain_order=True)
            ours = once.filter(networks.has(once["asn"]))
            new = ours.join(owners, on="asn", how="anti", maintain_order="left")
            owners = pl.concat([owners, new])
            use.skip(
                {
                    "network listed again": found.height - once.height,
                    "network not in the relationships": once.height - ours.height,
                    "owner known from an earlier file": ours.height - new.height,
                }
            )
    return owners.sort("asn")


def _take_addresses(networks: _Networks, use: Use) -> None:
    if (facts := use.reading.facts) is not None and "ipv4_addresses" in facts.columns:
        use.skip(networks.take(facts, ["ipv4_addresses"]))
    if (holdings := use.file.holdings) is not None:
        use.skip(networks.take(holdings.address_counts(), ["ipv4_addresses"]))


def _take_facts(networks: _Networks, use: Use) -> None:
    if (facts := use.reading.facts) is not None:
        use.skip(networks.take(_without_numbers(facts), PURPOSES[use.purpose].fills))


def _without_numbers(facts: pl.DataFrame) -> pl.DataFrame:
    """Make null the names that are only the network's own number: the next file may know one."""
    if "name" not in facts.columns:
        return facts
    number = pl.col("name").str.to_uppercase().str.strip_prefix("AS").str.strip_chars_start(" -")
    is_name = number != pl.col("asn").cast(pl.String)
    return facts.with_columns(name=pl.when(is_name).then("name"))


def _exchanges(networks: _Networks, uses: list[Use]) -> tuple[pl.DataFrame, pl.DataFrame]:
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


def _cables(uses: list[Use]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take each cable, with all its landing points, from the first file that has it."""
    cables, landings = TABLES["cables"].empty(), TABLES["landings"].empty()
    for use in uses:
        found, places = use.reading.cables, use.reading.landings
        if found is None or places is None:
            continue
        new = found.join(cables, on="cable", how="anti", maintain_order="left")
        use.skip({"cable known from an earlier file": found.height - new.height})
        ashore = places.join(new, on="cable", how="semi", maintain_order="left")
        cables, landings = pl.concat([cables, new]), pl.concat([landings, ashore])
    return cables.sort("cable"), landings.sort("cable", "place")
