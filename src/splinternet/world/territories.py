"""Territories that count apart from any state, unless one says otherwise."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import msgspec
import polars as pl

from splinternet.base.countries import country_code
from splinternet.base.errors import MisuseError

__all__ = ["Territory", "join_territories", "list_territories", "states_of"]

_TABLE = Path(__file__).with_name("territories.toml")


class Territory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A territory with a code of its own, the state that it can be counted to, and why."""

    code: str
    state: str
    status: str
    source: str


class _Table(msgspec.Struct, frozen=True):
    territory: tuple[Territory, ...]


@cache
def list_territories() -> tuple[Territory, ...]:
    """Return the table of territories, ``territories.toml``."""
    return msgspec.convert(tomllib.loads(_TABLE.read_text("utf-8")), _Table).territory


def states_of(joined: Iterable[str]) -> dict[str, str]:
    """Return the state of each territory that is to be joined with it, by their codes.

    Raises
    ------
    MisuseError
        If there is no such country, or it is no territory of the table.
    """
    known = {each.code: each.state for each in list_territories()}
    codes = sorted({country_code(given) for given in joined})
    for code in codes:
        if code not in known:
            raise MisuseError.unknown("territory", code, known, f"one of {', '.join(known)}")
    return {code: known[code] for code in codes}


def join_territories(frame: pl.DataFrame, states: Mapping[str, str]) -> pl.DataFrame:
    """Write the state for each of its territories in the column ``country``."""
    return frame.with_columns(pl.col("country").replace(states))
