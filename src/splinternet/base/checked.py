"""Arguments of the wrong type: refused where they are given, with the right form.

Names of nations and the like, and numbers of networks, are left to those who read them: their
errors say more.
"""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, wraps
from numbers import Integral, Real
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from splinternet.base.errors import MisuseError

__all__ = ["check_fields", "spelled", "typed"]

_Function = TypeVar("_Function", bound=Callable[..., Any])
_Kind = TypeVar("_Kind", bound=type)

#: What to give, by the name of a type.
_FORMS = {
    "Callable": "give a function",
    "Counting": "write Counting(direction=...)",
    "DataFrame": "give a polars DataFrame",
    "ErrorRates": "write ErrorRates(wrong=0.004)",
    "Executor": "give an executor, as concurrent.futures.ThreadPoolExecutor()",
    "Filters": "write Filters(rov=[3356])",
    "Path": "give a path, as 'results'",
    "Routing": "write Routing(prefer=...)",
    "Sequence": "give a list",
    "World": "give a World, as open_world('2019-12')",
    "bool": "give True or False",
    "date": "give a day, as '2019-11-30'",
    "float": "give a number",
    "int": "give a whole number",
    "str": "give text",
    "tuple": "give a tuple",
}

#: What to give for parameters of some names.
_NAMED = dict.fromkeys(("country", "nation"), "give an ISO 3166-1 code such as RU, or a name")

#: Types of values that stand for those of another.
_ALSO: dict[type, type] = {float: Real, int: Integral, Path: str}

#: Parameters whose own errors say more.
_TOLD_ELSEWHERE = frozenset(
    "at_least countries destinations ledger measure members name_or_path of share "
    "sources text vendor".split()
)

_Rule = tuple[tuple[type, ...], str]


def typed(function: _Function) -> _Function:
    """A function whose arguments are of the types that it declares, or are refused by name.

    Raises
    ------
    MisuseError
        When called with an argument of another type.
    """
    signature = inspect.signature(function)

    @wraps(function)
    def ask(*given: Any, **named: Any) -> Any:  # noqa: ANN401 (the function's)
        bound = _bound(function.__name__, signature, given, named)
        _check(_rules_of(function), bound.arguments)
        return function(*given, **named)

    return ask  # type: ignore[return-value] # checkers see the function itself


def spelled(kind: _Kind) -> _Kind:
    """A class whose objects are made by the fields that it declares, or refused with these."""
    make, signature = vars(kind)["__init__"], inspect.signature(kind)

    @wraps(make)
    def made(self: object, *given: Any, **named: Any) -> None:  # noqa: ANN401 (the class's)
        _bound(kind.__name__, signature, given, named)
        make(self, *given, **named)

    setattr(kind, "__init__", made)  # noqa: B010 (checkers see the class itself)
    return kind


def _bound(
    called: str, signature: inspect.Signature, given: tuple[Any, ...], named: Mapping[str, Any]
) -> inspect.BoundArguments:
    """Arguments by the names of their parameters.

    Raises
    ------
    MisuseError
        If one is missing, too many, or called otherwise.
    """
    try:
        return signature.bind(*given, **named)
    except TypeError as error:
        # Python's own words would count the world among what a method takes.
        takes = [name for name in signature.parameters if name != "world"]
        for name in named:
            if name not in signature.parameters and "unexpected keyword" in str(error):
                hint = f"it takes {', '.join(takes)}"
                raise MisuseError.unknown(f"argument of {called}", name, takes, hint) from None
        raise MisuseError(f"{called}: {error}; it takes {', '.join(takes)}") from None


def check_fields(of: object) -> None:
    """Check the fields of a dataclass against the types that it declares.

    Raises
    ------
    MisuseError
        If one is of another type.
    """
    _check(_fields_of(type(of)), vars(of))  # type: ignore[arg-type]


def _check(rules: Mapping[str, _Rule], given: Mapping[str, Any]) -> None:
    for name, (kinds, form) in rules.items():
        if name not in given:
            continue
        value = given[name]
        fits = isinstance(value, kinds)
        if isinstance(value, str):  # a sequence of letters, which nobody means
            fits = str in kinds and (value != "" or Path not in kinds)
        if not fits:
            raise MisuseError(f"{name} is {value!r}; {form}")


@cache
def _rules_of(function: Callable[..., object]) -> dict[str, _Rule]:
    parameters = inspect.signature(function).parameters.values()
    plain = [
        each for each in parameters if each.kind not in (each.VAR_KEYWORD, each.VAR_POSITIONAL)
    ]
    return {
        each.name: rule
        for each in plain
        if (rule := _rule(each.name, each.annotation, each.default, function.__globals__))
    }


@cache
def _fields_of(kind: type) -> dict[str, _Rule]:
    known = vars(sys.modules[kind.__module__])
    return {
        name: rule
        for name, declared in inspect.get_annotations(kind).items()
        if (rule := _rule(name, declared, getattr(kind, name, None), known))
    }


def _rule(name: str, declared: Any, default: object, known: dict[str, Any]) -> _Rule | None:  # noqa: ANN401
    """Types that a parameter may be of, and what to give; None of one that is left alone."""
    if declared is inspect.Parameter.empty:
        return None
    try:
        hint = eval(declared, known) if isinstance(declared, str) else declared
    except NameError:
        return None  # imported for checkers only
    parts = list(_parts(hint))
    kinds = [kind for part in parts if (kind := _kind(part))]
    if name in _TOLD_ELSEWHERE or len(kinds) != len(parts):
        return None
    forms = [_form(part, kind) for part, kind in zip(parts, kinds, strict=True)]
    forms = [_NAMED[name]] if name in _NAMED else forms
    usual = f", as {default!r}" if type(default) in (int, float) else ""
    also = [_ALSO[each] for each in kinds if each in _ALSO]
    return (*kinds, *also), " or ".join(dict.fromkeys(filter(None, forms))) + usual


def _form(part: Any, kind: type) -> str:  # noqa: ANN401 (a type)
    """Words for the right form of a type; none for None."""
    if get_origin(part) is Literal:
        return f"give one of {', '.join(map(str, get_args(part)))}"
    return "" if kind is type(None) else _FORMS.get(kind.__name__, f"give a {kind.__name__}")


def _parts(hint: Any) -> Iterator[Any]:  # noqa: ANN401 (types)
    """Types of a union, each by itself."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        yield from _parts(inner[0])
    elif origin in (Union, types.UnionType):
        paths = Path in inner and str in inner
        for part in inner:
            if not (paths and part is str):
                yield from _parts(part)
    else:
        yield hint


def _kind(part: Any) -> type | None:  # noqa: ANN401 (a type)
    """The class to ask for, where a type is one."""
    if get_origin(part) is Literal:
        return str
    found = get_origin(part) or part
    if found in (Callable, Sequence, tuple):
        return found  # type: ignore[no-any-return]
    is_plain = isinstance(part, type) and not getattr(part, "_is_protocol", False)
    return part if is_plain and part is not object else None
