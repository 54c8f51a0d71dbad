"""Reading the parameters of an address, and saying in plain words which one is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

import msgspec
import polars as pl
from starlette.requests import Request

from splinternet.base.errors import MisuseError

__all__ = ["read_parameters", "read_query", "rows_of"]

_Wanted = TypeVar("_Wanted", bound=msgspec.Struct)


def read_parameters(given: Mapping[str, object], wanted: type[_Wanted]) -> _Wanted:
    """Read texts as what is wanted.

    Raises
    ------
    MisuseError
        If one cannot be read; it is named, and what it can be.
    """
    try:
        return msgspec.convert(given, wanted, strict=False)
    except msgspec.ValidationError as error:
        raise MisuseError(_explained(str(error), wanted)) from None


def read_query(request: Request, wanted: type[_Wanted]) -> _Wanted:
    """Read a query string strictly: a name that is none is refused.

    Raises
    ------
    MisuseError
        If a parameter is none, is given twice, or cannot be read.
    """
    names = [name for name, _ in request.query_params.multi_items()]
    if len(set(names)) < len(names):
        raise MisuseError("a parameter is given twice")
    known = wanted.__struct_fields__
    if unknown := next((name for name in names if name not in known), None):
        raise MisuseError.unknown("parameter", unknown, known)
    return read_parameters(dict(request.query_params), wanted)


def rows_of(frame: pl.DataFrame, row: type[_Wanted]) -> list[_Wanted]:
    """Return the rows of a table as what an answer has."""
    return msgspec.convert(frame.to_dicts(), list[row])  # type: ignore[valid-type]


def _explained(said: str, wanted: type[msgspec.Struct]) -> str:
    message, _, place = said.partition(" - at `$.")
    name = re.split(r"[^\w]", place)[0]
    if found := re.search(r"unknown field `(.*)`", message):
        known = ", ".join(wanted.__struct_fields__)
        return f"there is no parameter {found[1]!r} here; there are {known}"
    if found := re.fullmatch(r"Invalid enum value '(.*)'", message):
        return f"{name}: {found[1]!r} is not one of {', '.join(_choices(wanted, name))}"
    if found := re.fullmatch(r"Expected `int` ([<>])= (\d+)", message):
        bound = "at least" if found[1] == ">" else "at most"
        return f"{name}: should be {bound} {int(found[2]):,}"
    if message.startswith("Expected `int`"):
        return f"{name}: should be a whole number"
    return f"{name}: {message[:1].lower()}{message[1:]}".replace("`", "")


def _choices(wanted: type[msgspec.Struct], name: str) -> list[str]:
    """Return the texts that a field of choices may have; an empty one is no choice."""
    hints = msgspec.inspect.type_info(wanted)
    assert isinstance(hints, msgspec.inspect.StructType)
    found = next(field.type for field in hints.fields if field.encode_name == name)
    inner = getattr(found, "item_type", found)
    return [str(each) for each in getattr(inner, "values", ()) if each != ""]
