"""Writing a scenario as TOML, for the command line and for its strict reader."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["write_toml"]

_DATED = "date"


def write_toml(scenario: Mapping[str, Any]) -> str:
    """Write plain values as the text of a scenario.

    Parameters
    ----------
    scenario
        Text, lists of text, and tables of them, as
        :meth:`splinternet.scenario.scenario.Scenario.plain` gives. Dates are ISO text, of the
        scenario and of shocks; what is none stays text, for the reader to refuse.

    Raises
    ------
    TypeError
        If there is a null.
    RecursionError
        If tables are nested too deeply.
    """
    return "\n".join([*_table(scenario, ()), ""])


def _table(table: Mapping[str, Any], at: tuple[str, ...]) -> Iterator[str]:
    """Yield a table's own values, then the tables within it."""
    within = {k: v for k, v in table.items() if _is_table(v) or _is_tables(v)}
    for key, value in table.items():
        if key not in within:
            yield f"{_key(key)} = {_value(value, dated=key == _DATED and at != ('sources',))}"
    for key, value in within.items():
        header = ".".join(map(_key, (*at, key)))
        if _is_table(value):
            yield from ("", f"[{header}]", *_table(value, (*at, key)))
        else:
            for each in value:
                yield from ("", f"[[{header}]]", *_table(each, (*at, key)))


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_tables(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(map(_is_table, value))


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else _text(key)


def _value(value: object, *, dated: bool) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(each, dated=False) for each in value)}]"
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    if value is None:
        raise TypeError("TOML has no null; leave the key out")
    text = str(value)
    if dated and _is_date(text):
        return text
    return _text(text)


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _text(text: str) -> str:
    """Quote text: JSON's escapes are TOML's, but for the slash, which json.dumps leaves alone."""
    if "\n" in text and not set(text) - {"\n", "\t"} & _CONTROLS and not _ends_badly(text):
        return _long(text)
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


_CONTROLS = frozenset(map(chr, [*range(32), 127]))


def _ends_badly(text: str) -> bool:
    return '"""' in text or text.endswith('"')


def _long(text: str) -> str:
    """Quote text of several lines as people write it."""
    escaped = text.replace("\\", "\\\\")
    return f'"""\n{escaped}"""'
