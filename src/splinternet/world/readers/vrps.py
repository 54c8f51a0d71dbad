"""Validated ROA payloads: who may announce which prefix, as routinator and rpki-client write it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from ipaddress import AddressValueError, IPv4Network, NetmaskValueError

import polars as pl

from splinternet.world.files import Source
from splinternet.world.readers._lines import ADVICE
from splinternet.world.readers._own import OwnTable, asn_of
from splinternet.world.readers._reading import Reading

NAME = "validated ROA payloads"
EXAMPLE = "ASN,IP Prefix,Max Length,Trust Anchor"
PROVIDES = frozenset({"roas"})
LICENCE = "published by the five regional registries' trust anchors; no licence is stated"
CITATION = "Validated ROA payloads of the RPKI, https://rpki.readthedocs.io"

_TABLE = OwnTable(
    {
        "asn": "asn",
        "ip prefix": "prefix",
        "max length": "max_length",
        "trust anchor": "anchor",
        "expires": "expires",
        "not before": "since",
        "not after": "until",
        "uri": "uri",
    }
)
_SCHEMA = {
    "asn": pl.UInt32,
    "first": pl.UInt32,
    "length": pl.Int64,
    "max_length": pl.Int64,
    "since": pl.Date,
    "until": pl.Date,
}


def detect(head: list[str]) -> bool:
    """Tell whether the first line names an AS number, a prefix and its longest length."""
    return {"asn", "prefix", "max_length"} <= set(_TABLE.columns(head))


def read(source: Source) -> Reading:
    """Read which network may announce which IPv4 prefix, and between which days if it is told."""
    rows: list[tuple[int, int, int, int, date | None, date | None]] = []
    skipped = Counter[str]()
    lines = 0
    for line, cells in _TABLE.rows(source):
        lines += 1
        if ":" in cells["prefix"]:
            skipped["IPv6 prefix"] += 1
            continue
        nobody = cells["asn"].upper().removeprefix("AS") == "0"
        asn = 0 if nobody else asn_of(cells["asn"])
        network = _network(source, line, cells["prefix"])
        if asn is None:
            raise source.error(f"asn: {cells['asn'][:40]!r} is no AS number; {ADVICE}", line)
        longest = _longest(source, line, cells["max_length"], network)
        since, until = (_day(source, line, cells, *of) for of in (("since",), ("until", "expires")))
        first = int(network.network_address)
        rows.append((asn, first, network.prefixlen, longest, since, until))
    if not lines:
        raise source.error("holds no line of data; give the file as its publisher has it")
    if not rows:
        raise source.error("holds IPv6 prefixes only; IPv4 is counted: give a file with these")
    roas = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    return Reading(rows=lines, skipped=dict(skipped), is_signed=False, roas=roas)


def _network(source: Source, line: int, given: str) -> IPv4Network:
    try:
        return IPv4Network(given)
    except (AddressValueError, NetmaskValueError, ValueError):
        raise source.error(f"prefix: {given[:40]!r} is no IP prefix; {ADVICE}", line) from None


def _longest(source: Source, line: int, given: str, network: IPv4Network) -> int:
    if not given:
        return network.prefixlen
    if not (given.isdecimal() and network.prefixlen <= int(given[:4]) <= 32):
        raise source.error(
            f"max length: {given[:40]!r} is no length from {network.prefixlen} to 32; {ADVICE}",
            line,
        )
    return int(given)


def _day(source: Source, line: int, cells: dict[str, str], *names: str) -> date | None:
    """Read a day: seconds since 1970, or a date as ISO 8601 has it."""
    given = next((cells[name] for name in names if cells.get(name)), "")
    if not given:
        return None
    try:
        if given.isdecimal():
            return datetime.fromtimestamp(int(given), UTC).date()
        return date.fromisoformat(given[:10])
    except (ValueError, OverflowError, OSError):
        raise source.error(f"{given[:40]!r} is no time; {ADVICE}", line) from None
