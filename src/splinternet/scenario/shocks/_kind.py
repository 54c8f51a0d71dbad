"""A kind of shock as lists, forms and documents show it, read from its declaration."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._shock import Shock

__all__ = ["Field", "Kind", "Preset", "kind_of"]


@dataclass(frozen=True)
class Field:
    """A field of a form.

    Attributes
    ----------
    name
        Its name in the shock: ``networks``, ``between.0``.
    label, about
        Words for it.
    type
        What it holds: :class:`Selection`, a number, text, a date.
    choices
        What it may hold, if that is a choice.
    needed
        Whether there is no shock without it.
    unit, example, suggests
        As for :func:`~splinternet.scenario.shocks._shock.asks`.
    """

    name: str
    label: str
    type: Any
    about: str = ""
    choices: tuple[str, ...] = ()
    needed: bool = False
    unit: str = ""
    example: str = ""
    suggests: str = ""

    @property
    def selects(self) -> bool:
        """Whether it selects networks."""
        return self.type is Selection


@dataclass(frozen=True)
class Preset:
    """A shock to begin with.

    In the title ``{nation}`` stands for the nation that is looked at and ``{other}`` for another
    one, with a capital letter at the beginning of a sentence (``{Nation}``); in the values of
    ``fields`` they stand for their codes.
    """

    title: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Kind:
    """A kind of shock: what is known of it, besides what it does.

    Attributes
    ----------
    shock
        The shock; its tag is the name of the kind, its fields say by
        :func:`~splinternet.scenario.shocks._shock.asks` how they are called.
    label
        What a form calls it.
    summary
        What it does, in a sentence.
    documented
        What ``docs/scenarios.md`` says of it: keys, and what they do together.
    place
        Where it stands in forms: those that people ask for most have low numbers.
    presets
        Shocks of this kind that a form suggests.
    """

    shock: type[Shock]
    label: str
    summary: str
    documented: tuple[tuple[str, str], ...]
    place: int = 100
    presets: tuple[Preset, ...] = ()

    @property
    def name(self) -> str:
        """The name, as scenarios have it."""
        return str(self.shock.__struct_config__.tag)

    @cached_property
    def _hints(self) -> dict[str, Any]:
        hints = get_type_hints(self.shock, include_extras=True)
        return {
            field.encode_name: hints[field.name] for field in msgspec.structs.fields(self.shock)
        }

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields that a form has, the day last."""
        needed = {f.encode_name for f in msgspec.structs.fields(self.shock) if f.required}
        found = [
            field
            for name, hint in self._hints.items()
            for field in _fields(name, hint, needed=name in needed)
        ]
        return tuple(sorted(found, key=lambda field: field.name == "date"))

    def type_of(self, name: str) -> Any:  # noqa: ANN401 - a type
        """Return what a field holds, also one that only files have; None if there is none."""
        first, *rest = name.split(".")
        if first not in self._hints:
            return None
        _, found = _bare(self._hints[first])
        for part in rest:
            inner = get_args(found) if get_origin(found) is tuple and part.isdigit() else ()
            if inner[1:] == (Ellipsis,):
                _, found = _bare(inner[0])
            elif int(part if inner else 0) < len(inner):
                _, found = _bare(inner[int(part)])
            else:
                return None
        return found


def kind_of(name: str, given: Any) -> Kind:  # noqa: ANN401 - what others wrote
    """Return the kind of shock that a module or an entry point gives.

    Raises
    ------
    TypeError
        If it gives none, or the kind is called otherwise.
    """
    found = getattr(given, "SHOCK", given)
    if not isinstance(found, Kind):
        raise TypeError("has no SHOCK of the type Kind; see CONTRIBUTING.md")
    if found.name != name:
        raise TypeError(f"the shock's tag is {found.name!r}; call both alike")
    if not found.fields:
        raise TypeError("has no field")
    return found


def _fields(name: str, hint: Any, *, needed: bool) -> Iterator[Field]:  # noqa: ANN401
    """Yield the fields of a form for one of a shock; a pair has two."""
    meta, bare = _bare(hint)
    inner = get_args(bare) if get_origin(bare) is tuple else ()
    extra = {} if meta is None else meta.extra or {}
    if inner[1:] == (Ellipsis,):
        for number, label in enumerate(extra.get("places", ())):
            yield Field(f"{name}.{number}", label, _bare(inner[0])[1], needed=needed and number < 2)
    elif inner:
        for number, part in enumerate(inner):
            yield from _fields(f"{name}.{number}", part, needed=needed)
    else:
        told = {key: extra.get(key, "") for key in ("unit", "example", "suggests")}
        if bare is Selection and not told["example"]:
            told["example"] = "Russia, or AS3356"
        choices = tuple(map(str, get_args(bare))) if get_origin(bare) is Literal else ()
        label = meta.title if meta and meta.title else name.replace("_", " ").replace(".", " ")
        about = (meta.description if meta else None) or ""
        yield Field(name, label, bare, about, choices, needed, **told)


def _bare(hint: Any) -> tuple[msgspec.Meta | None, Any]:  # noqa: ANN401 - types
    """Return the words and the type of a hint, without None."""
    meta = None
    while True:
        if get_origin(hint) is Annotated:
            hint, *more = get_args(hint)
            meta = meta or next((each for each in more if isinstance(each, msgspec.Meta)), None)
        elif get_origin(hint) in (Union, types.UnionType):
            rest = [part for part in get_args(hint) if part is not type(None)]
            if len(rest) != 1:
                return meta, hint
            hint = rest[0]
        else:
            return meta, hint
