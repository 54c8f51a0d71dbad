"""Writing TOML as people do: lines of long texts, and a header for each table of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import tomli_w

__all__ = ["write_toml"]

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def write_toml(document: Mapping[str, Any]) -> str:
    """TOML text of a document of plain values.

    Raises
    ------
    TypeError
        If it holds what TOML has no word for, such as a null.
    RecursionError
        If it is nested too deeply.
    """
    lists = {key: value for key, value in document.items() if _has_headers(key, value)}
    rest = {key: value for key, value in document.items() if key not in lists}
    parts = [tomli_w.dumps(rest, multiline_strings=True)] if rest else []
    parts += [
        f"[[{key}]]\n{tomli_w.dumps(table, multiline_strings=True)}"
        for key, tables in lists.items()
        for table in tables
    ]
    return "\n".join(parts)


def _has_headers(key: str, value: object) -> bool:
    """Tell whether this is a list of tables without tables in them, which tomli-w writes inline."""
    return (
        isinstance(value, list | tuple)
        and len(value) > 0
        and _BARE.fullmatch(key) is not None
        and all(isinstance(each, Mapping) and not _nests(each) for each in value)
    )


def _nests(table: Mapping[str, Any]) -> bool:
    return any(isinstance(value, Mapping) for value in table.values())
