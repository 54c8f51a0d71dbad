"""Structs that people write in Python: a value is taken as a file's is, or told with the form."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import count
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from splinternet.base.errors import MisuseError
from splinternet.scenario.selection import Selection

__all__ = ["Written", "choices_of", "form"]

#: Selections that examples name in turn.
_SELECTIONS = ("country:RU", "AS3356")

#: What examples say of fields whose type tells little.
_EXAMPLES = {
    "blocs": "('west', 'east')",
    "shocks": "[Isolate(networks='country:RU')]",
    "vendor": "'huawei'",
    "world": "'2019-12'",
}


class Written(msgspec.StructMeta):
    """Type of such structs.

    Called from Python one takes keywords only: each value is made what its field declares, so that
    text stands for a selection. A function among a field's annotations does so in place of this.
    Decoding from files passes by it.

    Raises
    ------
    MisuseError
        If a field is missing, there is no such field, or it cannot have this value.
    """

    def __call__(cls, *given: Any, **named: Any) -> Any:  # noqa: ANN401, N805 (a class)
        """Make a struct of what is named."""
        if given:
            raise MisuseError(f"{cls.__name__} takes its fields by name; write {form(cls)}")
        hints = _hints(cls)
        if unknown := next((name for name in named if name not in hints), None):
            about = f"field of {cls.__name__}"
            raise MisuseError.unknown(about, unknown, hints, f"write {form(cls)}")
        if missing := next((name for name in _needed(cls) if name not in named), None):
            raise MisuseError(f"{cls.__name__} needs {missing}; write {form(cls)}")
        taken = {name: _taken(cls, name, value) for name, value in named.items()}
        try:
            return super().__call__(**taken)
        except ValueError as error:  # of its __post_init__, as files have it
            raise MisuseError(f"{cls.__name__}: {error}; write {form(cls)}") from None


def form(of: type) -> str:
    """How a struct is written: its fields that are needed with examples, and the names of others.

    Examples
    --------
    >>> from splinternet.scenario.shocks.inspect import Inspect
    >>> form(Inspect)
    "Inspect(networks='country:RU', by='AS3356'); it also takes date"
    """
    hints, needed = _hints(of), _needed(of)
    shown = needed or tuple(hints)[:1]
    turns = count()
    examples = ", ".join(
        f"{name}={_EXAMPLES.get(name) or _example(hints[name], turns)}" for name in shown
    )
    others = [name for name in hints if name not in shown]
    return f"{of.__name__}({examples})" + (f"; it also takes {', '.join(others)}" if others else "")


@cache
def _hints(of: type) -> dict[str, Any]:
    found = get_type_hints(of, include_extras=True)
    # The day, which all shocks have, is told last.
    names = sorted(of.__struct_fields__, key=lambda name: name == "date")  # type: ignore[attr-defined]
    return {name: found[name] for name in names}


@cache
def _needed(of: type) -> tuple[str, ...]:
    needed = {field.name for field in msgspec.structs.fields(of) if field.required}
    return tuple(name for name in _hints(of) if name in needed)


def _taken(of: type, name: str, value: object) -> object:
    hint = _hints(of)[name]
    try:
        if own := _own(hint):
            return own(value)
        return msgspec.convert(value, hint, dec_hook=_made)
    except MisuseError as error:
        raise MisuseError(f"{of.__name__}({name}=...): {error}") from None
    except msgspec.ValidationError as error:
        said = str(error).partition(" - at ")[0].replace("`", "").replace("array", "list")
        reason = said[:1].lower() + said[1:]
        if choices := choices_of(hint):
            reason = f"it is one of {', '.join(choices)}"
        elif "date" in reason:
            reason = "it is a day, as '2019-11-30'"
        raise MisuseError(f"{of.__name__}({name}={value!r}): {reason}; write {form(of)}") from None


def choices_of(hint: object) -> tuple[str, ...]:
    """Values of a Literal, or of one within a union."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    return next((found for part in get_args(hint) if (found := choices_of(part))), ())


def _own(hint: object) -> Callable[[object], object] | None:
    """The function among annotations, if there is one."""
    noted = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return next((each for each in noted if callable(each)), None)


def _made(to: type, value: object) -> object:
    if to is Selection:
        return Selection(value)  # type: ignore[arg-type]
    if not isinstance(value, to):
        raise MisuseError(f"{value!r} is no {to.__name__}")
    return value


def _example(hint: Any, turns: count[int]) -> str:  # noqa: ANN401 (a type)
    """A value that a field may have, as Python has it."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _example(inner[0], turns)
    if origin is Literal:
        return repr(inner[0])
    if origin is tuple:
        parts = [_example(each, turns) for each in (inner if inner[1:] != (...,) else inner[:1])]
        return f"({', '.join(parts)},)" if len(parts) == 1 else f"({', '.join(parts)})"
    if type(None) in inner:
        return _example(inner[0], turns)
    if hint is Selection:
        return repr(_SELECTIONS[next(turns) % len(_SELECTIONS)])
    return repr("...") if hint is str else "..."
