"""The nations, which are actors of every ledger from the start."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from splinternet.base.countries import country_codes, country_name
from splinternet.ledger.schema import TABLES

__all__ = ["nations"]


@cache
def nations() -> Mapping[str, dict[str, Any]]:
    """Return the row of each state and territory of ISO 3166-1, and of Kosovo, by its id.

    Items of Wikidata are those that OpenSanctions' library rigour has.
    """
    with Path(__file__).with_name("nations.csv").open(encoding="utf-8") as file:
        items = {row["country"]: row["wikidata"] for row in csv.DictReader(file)}
    empty: dict[str, Any] = {
        name: [] if dtype.is_nested() else None for name, dtype in TABLES["actors"].schema.items()
    }
    return MappingProxyType(
        {
            code.lower(): empty
            | {"id": code.lower(), "kind": "state", "name": country_name(code), "country": code}
            | {"wikidata": items.get(code)}
            for code in sorted(country_codes())
        }
    )
