"""Located ranges of one's own: CSV with ``range,country`` or ``prefix,country``."""

from __future__ import annotations

from collections import defaultdict
from ipaddress import AddressValueError, IPv4Address, IPv4Network, NetmaskValueError

import polars as pl

from splinternet.base.countries import known_country
from splinternet.world.files import Source
from splinternet.world.readers._lines import ADVICE
from splinternet.world.readers._own import OwnTable
from splinternet.world.readers._reading import Reading

NAME = "own table of located ranges"
EXAMPLE = "range,country"
PROVIDES = frozenset({"country", "located"})
LICENCE, CITATION = "", ""

_TABLE = OwnTable({"range": "range", "prefix": "range", "country": "country"})


def detect(head: list[str]) -> bool:
    """Tell whether the first line names a range or prefix, and the country, once each."""
    known = [column for column in _TABLE.columns(head) if column in ("range", "country")]
    return sorted(known) == ["country", "range"]


def read(source: Source) -> Reading:
    """Read which country holds which range."""
    rows: list[tuple[int, int, str]] = []
    strange: dict[str, int] = defaultdict(int)
    lines = 0
    for line, cells in _TABLE.rows(source):
        lines += 1
        try:
            first, last = _ends(cells["range"])
        except ValueError as error:
            raise source.error(f"{cells['range'][:40]!r}: {error}; {ADVICE}", line) from None
        code = known_country(cells["country"])
        if code is None:
            strange[f"no country ({cells['country'][:20]})"] += 1
        else:
            rows.append((first, last, code))
    if not lines:
        raise source.error("holds no line of data; put one under the names of the columns")
    schema = {"first": pl.Int64, "last": pl.Int64, "country": pl.String}
    return Reading(
        rows=lines,
        no_country=dict(strange),
        is_signed=False,
        territories=pl.DataFrame(rows, schema=schema, orient="row"),
    )


def _ends(given: str) -> tuple[int, int]:
    """First and last address of 192.0.2.0/24, of 192.0.2.0-192.0.2.255, or of one address.

    Raises
    ------
    ValueError
        If it is none of these.
    """
    try:
        if "/" in given:
            prefix = IPv4Network(given, strict=False)
            return int(prefix[0]), int(prefix[-1])
        parts = [int(IPv4Address(part.strip())) for part in given.split("-")]
    except (AddressValueError, NetmaskValueError):
        raise ValueError("is no IPv4 prefix or range, as 192.0.2.0/24") from None
    if len(parts) > 2 or parts[0] > parts[-1]:
        raise ValueError("is no IPv4 range, as 192.0.2.0-192.0.2.255")
    return parts[0], parts[-1]
