"""Scenarios as TOML files: decoded strictly, with the line of whatever is wrong."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TypeAlias, TypeVar, get_type_hints

import msgspec

from splinternet.base.errors import InputError, MisuseError
from splinternet.base.text import path_of, read_bounded
from splinternet.base.toml_lines import MOST_PARTS, Key, lines, long_key
from splinternet.scenario.cases import find_scenario
from splinternet.scenario.scenario import Scenario, ScenarioFile, Source, blame
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks import Shock, kinds, parts
from splinternet.scenario.written import choices_of

__all__ = ["ScenarioLike", "decode", "read_scenario", "read_scenario_text", "scenario_of"]

#: A scenario, the name of a shipped one, its file, or its text in TOML; or a shock, or several.
ScenarioLike: TypeAlias = Scenario | Shock | Iterable[Shock] | str | Path

_Part = TypeVar("_Part")

#: A file of more letters or bytes than this is no scenario.
_LONGEST = 1_000_000

#: What no name or path of a scenario holds, and every text of one does.
_TOML = re.compile(r"^\s*(\[\[shocks\]\]|\w+\s*=)", re.MULTILINE)


def scenario_of(given: ScenarioLike, world: str) -> Scenario:
    """Scenario that a caller means.

    Parameters
    ----------
    given
        A scenario, the name of a shipped one, a file, or the text of one in TOML: text that has a
        line ``name = ...`` or ``[[shocks]]``; or a shock, or several.
    world
        Name of the world that shocks alone are about.

    Raises
    ------
    MisuseError
        If it is none of these.
    InputError
        If the file or the text is not as the language has it.

    Examples
    --------
    >>> scenario_of("two-blocs", "2025-09").name
    'A world of two blocs'
    """
    if isinstance(given, Scenario):
        return given
    shocks = (given,) if isinstance(given, Shock) else given
    if isinstance(shocks, list | tuple) and shocks and isinstance(shocks[0], Shock):
        name = ", ".join(str(each.__struct_config__.tag) for each in shocks)
        return Scenario(name=name, world=world, shocks=tuple(shocks))
    if not isinstance(given, str | Path):
        raise MisuseError(
            f"{given!r} is no scenario; give a Scenario, the name of one such as 'two-blocs', a "
            "file, its text in TOML, or shocks, as Isolate(networks='country:RU')"
        )
    return read_scenario(given)


def read_scenario(path: str | Path) -> ScenarioFile:
    """Scenario of a TOML file, or of its text, or the shipped one of a name.

    Raises
    ------
    MisuseError
        If there is none of this name, and no file either.
    InputError
        If it cannot be read, or is not as the language has it; the line is named.

    Examples
    --------
    >>> read_scenario("two-blocs").world
    '2025-09'
    """
    if isinstance(path, str) and _TOML.search(path):
        return decode(path, "the scenario given")
    found = find_scenario(path)
    return decode(read_scenario_text(found), found)


def read_scenario_text(path: str | Path) -> str:
    """Read the text of a scenario, whatever it says.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    path = path_of(path, "scenario")
    data = read_bounded(path, _LONGEST, f"larger than {_LONGEST:,} bytes, which no scenario is")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("is no text; a scenario is a TOML file in UTF-8", path) from None


def decode(text: str, path: str | Path) -> ScenarioFile:
    """Decode the text of a scenario; ``path`` is named in errors.

    Raises
    ------
    InputError
        If it is not as the language has it; the line is named.
    """
    path = Path(path)
    if len(text) > _LONGEST:
        raise InputError(f"has more than {_LONGEST:,} letters; a scenario is a short text", path)
    if (line := long_key(text)) is not None:
        raise InputError(f"is no scenario: a key of more than {MOST_PARTS} parts", path, line)
    try:
        document, places = tomllib.loads(text), lines(text)
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(str(error), text, path) from None
    except RecursionError:
        raise InputError("is no TOML (nested too deeply)", path) from None
    reader = _Reader(path, places)
    head = {**document, "shocks": (), "blocs": {}, "sources": ()}
    if "shocks" not in document:
        del head["shocks"]
    scenario = reader.convert(head, Scenario, ())
    shocks = reader.each(document["shocks"], "shocks", reader.shock)
    if not shocks:
        raise reader.error(("shocks",), "there is no shock; add one under [[shocks]]")
    _check_order(reader, scenario.date, shocks)
    return ScenarioFile(
        name=scenario.name,
        world=scenario.world,
        shocks=shocks,
        description=scenario.description,
        date=scenario.date,
        outcome=scenario.outcome,
        blocs=reader.blocs(document.get("blocs", {})),
        sources=reader.each(document.get("sources", ()), "sources", reader.source),
        recorded=scenario.recorded,
        path=path,
        text=text,
    )


class _Reader:
    """Converts parts of a document, and says where one is wrong."""

    def __init__(self, path: Path, places: Mapping[Key, int]) -> None:
        self.path = path
        self.places = places

    def error(self, key: Key, message: str) -> InputError:
        return blame(self.path, self.places, key, message)

    def each(
        self, values: object, name: str, read: Callable[[object, Key], _Part]
    ) -> tuple[_Part, ...]:
        """Read every part of a list of tables."""
        if not isinstance(values, list | tuple):
            raise self.error((name,), f"should be a list of tables: write [[{name}]]")
        return tuple(read(value, (name, number)) for number, value in enumerate(values))

    def source(self, value: object, at: Key) -> Source:
        return self.convert(value, Source, at)

    def shock(self, value: object, at: Key) -> Shock:
        kind = value.get("kind") if isinstance(value, dict) else None
        if kind is None:
            raise self.error(at, f"the key 'kind' is missing; it is one of {', '.join(kinds())}")
        try:
            found = parts().find(str(kind))
        except MisuseError as error:
            raise self.error((*at, "kind"), str(error)) from None
        return self.convert(value, found.shock, at)

    def blocs(self, values: object) -> dict[str, Selection]:
        if not isinstance(values, dict):
            raise self.error(("blocs",), "should be a table: write [blocs]")
        return {
            name: self.convert(value, Selection, ("blocs", name)) for name, value in values.items()
        }

    def convert(self, value: object, to: type[_Part], at: Key) -> _Part:
        """Convert plain values to a type."""
        try:
            return msgspec.convert(
                value, to, dec_hook=_selection, builtin_types=(dt.date,), str_keys=True
            )
        except msgspec.ValidationError as error:
            key, message = _explained(str(error), to)
            raise self.error((*at, *key), message) from None


def _selection(to: type, value: object) -> object:
    """Make what msgspec does not know, which is selections only."""
    if not isinstance(value, str):
        raise TypeError("expected a selection in quotation marks, such as 'country:RU'")
    try:
        return to(value)
    except MisuseError as error:
        raise ValueError(str(error)) from None


def _check_order(reader: _Reader, start: dt.date | None, shocks: Iterable[Shock]) -> None:
    """See to it that shocks stand in the order of their dates, and are all different."""
    seen: list[Shock] = []
    for number, shock in enumerate(shocks):
        if shock in seen:
            raise reader.error(("shocks", number), f"is the same as shocks[{seen.index(shock)}]")
        for other, before in enumerate(seen):
            if shock.contradicts(before):
                raise reader.error(
                    ("shocks", number),
                    f"contradicts shocks[{other}], which is alike but for its effect; keep one, or "
                    "give each its date",
                )
        seen.append(shock)
        if shock.date is None:
            continue
        if start is not None and shock.date < start:
            raise reader.error(
                ("shocks", number, "date"),
                f"{shock.date} is before {start}, the date of what comes before it; list shocks in "
                "the order of their dates",
            )
        start = shock.date


def _explained(said: str, to: type) -> tuple[Key, str]:
    """Read what msgspec says is wrong: where, and in our words."""
    message, _, path = said.partition(" - at `$")
    key: Key = tuple(
        int(number) if number else name for name, number in re.findall(r"\.(\w+)|\[(\d+)\]", path)
    )
    hints = get_type_hints(to) if issubclass(to, msgspec.Struct) else {}
    fields = _fields(to)
    if found := re.fullmatch(r"Object contains unknown field `(.*)`", message):
        wrong = MisuseError.unknown("key", found[1], fields, f"known: {', '.join(fields)}")
        return (*key, found[1]), str(wrong)
    if found := re.fullmatch(r"Object missing required field `(.*)`", message):
        return key, f"the key {found[1]!r} is missing"
    if found := re.fullmatch(r"Invalid enum value '(.*)'", message):
        choices = choices_of(hints[fields[str(key[0])]])
        return key, f"{found[1]!r} is not one of {', '.join(choices)}" + _nearest(found[1], choices)
    plain = message.replace("`", "").replace(" | null", "").replace("array", "list")
    return key, plain[:1].lower() + plain[1:]


def _fields(to: type) -> dict[str, str]:
    """Return the keys of a table, and the fields that hold them."""
    if not issubclass(to, msgspec.Struct):
        return {}
    config = to.__struct_config__
    tag = {} if config.tag_field is None else {config.tag_field: config.tag_field}
    return tag | {field.encode_name: field.name for field in msgspec.structs.fields(to)}


def _nearest(given: str, choices: Iterable[str]) -> str:
    near = get_close_matches(given, choices, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _no_toml(said: str, text: str, path: Path) -> InputError:
    """Say where a document stops to be TOML."""
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", said)
    if found is None:
        return InputError(f"is no TOML ({said})", path)
    line = int(found[1]) if found[1] else text.count("\n") + 1
    return InputError(f"is no TOML ({said[: found.start()]})", path, line)
