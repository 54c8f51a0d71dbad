"""Tables as pages show them, and as files."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
import polars as pl

from splinternet.brief.words import country_title, percent

__all__ = ["FORMS", "MEDIA", "Cell", "Shown", "Table", "encoded", "shown"]

#: How a table can be kept.
FORMS = ("csv", "json", "parquet")

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "png": "image/png",
    "svg": "image/svg+xml",
    "toml": "application/toml; charset=utf-8",
}


@dataclass(frozen=True)
class Table:
    """A table of a page.

    Attributes
    ----------
    name
        Its name in addresses.
    heading
        What it shows.
    frame
        Its rows.
    """

    name: str
    heading: str
    frame: pl.DataFrame


@dataclass(frozen=True)
class Cell:
    """A value as people read it, and whether it is a number."""

    text: str
    is_number: bool = False


@dataclass(frozen=True)
class Shown:
    """The first rows of a table, and how many more there are."""

    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: int


_TITLES = {
    "address_share": "by addresses",
    "asn": "AS number",
    "figure_after": "after",
    "figure_before": "before",
    "from_network": "from",
    "links_after": "links after",
    "links_before": "links before",
    "pairs": "pairs with a route",
    "points": "change, in points",
    "to_network": "to",
}
_SHARES = ("share", "address_share", "before", "after", "inbound", "outbound")


def shown(frame: pl.DataFrame, limit: int = 15) -> Shown:
    """Return the first rows as people read them."""
    numeric = [dtype.is_numeric() and name != "asn" for name, dtype in frame.schema.items()]
    columns = tuple(
        Cell(_TITLES.get(name, name.replace("_", " ")), number)
        for name, number in zip(frame.columns, numeric, strict=True)
    )
    rows = tuple(
        tuple(
            Cell(_text(name, value), number)
            for name, value, number in zip(frame.columns, row, numeric, strict=True)
        )
        for row in frame.head(limit).iter_rows()
    )
    return Shown(columns, rows, max(0, frame.height - limit))


def _text(column: str, value: object) -> str:
    match column, value:
        case "country", None | str():
            return country_title(value) if value is None or len(value) == 2 else value
        case _, None:
            return "–"
        case "asn", _:
            return f"AS{value}"
        case "points", float():
            return f"{100 * value:+.1f}"
        case _, float() if column in _SHARES:
            return percent(value)
        case _, float():
            return f"{value:,.3g}"
        case _, bool():
            return "yes" if value else "no"
        case _, int():
            return f"{value:,}"
    return str(value)


def encoded(frame: pl.DataFrame, form: str) -> bytes:
    """Write a table in full, in one of :data:`FORMS`."""
    return _WRITERS[form](frame)


def _csv(frame: pl.DataFrame) -> bytes:
    lists = [name for name, dtype in frame.schema.items() if dtype == pl.List]
    joined = [pl.col(name).cast(pl.List(pl.String)).list.join(";") for name in lists]
    return frame.with_columns(joined).write_csv().encode()


def _json(frame: pl.DataFrame) -> bytes:
    return msgspec.json.encode(frame.to_dicts()) + b"\n"


def _parquet(frame: pl.DataFrame) -> bytes:
    data = io.BytesIO()
    frame.write_parquet(data)
    return data.getvalue()


_WRITERS: dict[str, Callable[[pl.DataFrame], bytes]] = {
    "csv": _csv,
    "json": _json,
    "parquet": _parquet,
}
