"""Scenarios as a form has them: fields and query strings, and the TOML that they stand for.

The name of a field says where its text belongs: ``shocks.0.between.1``. A field without text is
not given. Whatever comes from a form is written as TOML and read by the strict reader, so that
there is one road to a scenario, and one way to say what is wrong with it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from splinternet.base.asn import as_number, looks_like_asn
from splinternet.base.countries import known_country
from splinternet.base.errors import InputError, MisuseError
from splinternet.base.groups import group_members
from splinternet.base.toml_text import write_toml
from splinternet.scenario.language import decode
from splinternet.scenario.scenario import Scenario, ScenarioFile
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks import kinds

__all__ = [
    "FILE",
    "MOST_SHOCKS",
    "Fields",
    "fields_of",
    "is_field",
    "plain_of",
    "read_fields",
    "read_text",
    "text_of",
]

#: How a scenario is called that came as text.
FILE = "scenario.toml"

#: Shocks of a scenario, which a page can still show.
MOST_SHOCKS = 40

#: Dots in the name of a field; ``shocks.0.except_links.0.1`` has four.
_MOST_DOTS = 8

#: Letters of a scenario as text: more than what an address holds, for there may be comments.
_LONGEST = 200_000

#: Names of fields and their texts, in the order of the form.
Fields = tuple[tuple[str, str], ...]

_PARTS = ("name", "description", "world", "date", "outcome", "sources", "blocs", "shocks")

_FIELD = re.compile(rf"(?:{'|'.join(_PARTS)})(?:\.(?:\d{{1,3}}|[a-z_]{{1,20}}))*")


def is_field(name: str) -> bool:
    """Tell whether this is the name of a field of a scenario.

    Raises
    ------
    InputError
        If it has more parts than any field has.
    """
    if name.count(".") > _MOST_DOTS and name.startswith(_PARTS):
        raise InputError(f"a field is named {name[:40]}…, which has too many parts", FILE)
    return _FIELD.fullmatch(name) is not None


def fields_of(scenario: Scenario) -> Fields:
    """Return a scenario as the fields of a form, which has no answer recorded before."""
    plain = {n: value for n, value in scenario.plain().items() if value and n != "recorded"}
    blocs = [{"name": name, "networks": text} for name, text in plain.pop("blocs", {}).items()]
    return tuple(_flat(plain | ({"blocs": blocs} if blocs else {}), ""))


def _flat(value: object, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _flat(part, f"{at}.{key}" if at else key)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _flat(part, f"{at}.{number}")
    elif isinstance(value, bool):
        yield at, str(value).lower()
    elif value not in (None, ""):
        yield at, str(value)


def plain_of(fields: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the plain values that fields stand for, as a scenario has them.

    Of two fields of one name the last counts. Lists close up where numbers are left out.
    """
    # As browsers send lines, and without fields that are empty.
    given = {n: text.replace("\r\n", "\n") for n, text in fields if is_field(n) and text.strip()}
    tree: dict[str, Any] = {}
    for name, text in given.items():
        _plant(tree, name.split("."), _read(text, _type_of(name, given)))
    plain: dict[str, Any] = {part: _listed(tree[part]) for part in _PARTS if part in tree}
    if isinstance(plain.get("blocs"), list):
        plain["blocs"] = {
            str(bloc.get("name", "")): bloc.get("networks", "")
            for bloc in plain["blocs"]
            if isinstance(bloc, dict)
        }
    return plain


def _type_of(name: str, given: Mapping[str, str]) -> Any:  # noqa: ANN401 - a type
    """Return what a field of a scenario holds, by its declaration; None if nobody declares it."""
    part, *rest = name.split(".", 2)
    if part == "shocks" and len(rest) == 2:
        kind = kinds().get(given.get(f"shocks.{rest[0]}.kind", ""))
        return None if kind is None else kind.type_of(rest[1])
    if part == "blocs" and rest[1:] == ["networks"]:
        return Selection
    return dt.date if name == "date" else None


def _read(text: object, of: object) -> object:
    """Read the text of a field as what it holds; what is none stays, for the reader to refuse."""
    if not isinstance(text, str):
        return text
    try:
        if of is Selection:
            return _selection(text)
        if of in (int, float):
            return int(text) if of is int else float(text)
        if of is dt.date:
            return dt.date.fromisoformat(text.strip())
        if of is bool:
            return {"true": True, "false": False}[text.strip().lower()]
    except (ValueError, KeyError):
        pass
    return text


def _selection(text: str) -> str:
    """Take the name of a country or group and a bare number for the selections that they mean."""
    if members := group_members(text):
        return f"country:{','.join(members)}"
    try:
        if looks_like_asn(text):
            return f"AS{as_number(text)}"
    except MisuseError:
        return text
    code = known_country(text)
    return text if code is None else f"country:{code}"


def _plant(tree: dict[str, Any], path: list[str], text: object) -> None:
    *above, last = path
    for key in above:
        branch = tree.setdefault(key, {})
        if not isinstance(branch, dict):
            return  # text stands where a table should: the reader says so
        tree = branch
    tree[last] = text


def _listed(value: object) -> object:
    """Make lists of the tables whose keys are numbers."""
    if not isinstance(value, dict):
        return value
    if all(key.isdigit() for key in value):
        return [_listed(value[key]) for key in sorted(value, key=int)]
    return {key: _listed(part) for key, part in value.items()}


def text_of(plain: Mapping[str, Any]) -> str:
    """Write plain values as a scenario in TOML; dates may be ISO text, as in JSON.

    Raises
    ------
    InputError
        If TOML has no words for them.
    """
    try:
        text = write_toml(_dated(plain))
        text.encode()
    except RecursionError:
        raise InputError("is nested too deeply", FILE) from None
    except UnicodeEncodeError:
        raise InputError("has half a character, which no text has", FILE) from None
    except TypeError:
        raise InputError("holds what TOML has no word for, as a null; leave it out", FILE) from None
    return text


def _dated(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Make dates of the texts that stand for them, in the scenario and in its shocks."""
    found = {key: _read(value, dt.date) if key == "date" else value for key, value in plain.items()}
    shocks = found.get("shocks")
    if isinstance(shocks, list):
        found["shocks"] = [_dated_shock(shock) for shock in shocks]
    return found


def _dated_shock(shock: Any) -> Any:  # noqa: ANN401 - whatever somebody sent
    kind = kinds().get(str(shock.get("kind", ""))) if isinstance(shock, dict) else None
    if kind is None:
        return shock
    dates = [key for key in shock if kind.type_of(str(key)) is dt.date]
    return {**shock, **{key: _read(shock[key], dt.date) for key in dates}}


def read_fields(fields: Iterable[tuple[str, str]]) -> ScenarioFile:
    """Read a scenario from the fields of a form.

    Raises
    ------
    InputError
        If it is not as the language has it; the line of the TOML that it stands for is named.
    """
    return read_text(text_of(plain_of(fields)))


def read_text(text: str) -> ScenarioFile:
    """Read a scenario from text.

    Raises
    ------
    InputError
        If it is not as the language has it, or is longer than what a page can show.
    """
    if len(text) > _LONGEST:
        raise InputError(
            f"has {len(text):,} letters; a page takes {_LONGEST:,}, 'splinternet what-if' more",
            FILE,
        )
    scenario = decode(text, FILE)
    if len(scenario.shocks) > MOST_SHOCKS:
        raise InputError(
            f"has {len(scenario.shocks):,} shocks; a page takes {MOST_SHOCKS}, "
            "'splinternet what-if' any number",
            FILE,
        )
    return scenario
