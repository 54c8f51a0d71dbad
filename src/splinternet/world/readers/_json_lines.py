"""Files of one JSON object a line."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from splinternet.world.files import Source
from splinternet.world.readers._lines import ADVICE, first_line

__all__ = ["decode_lines", "keys_of_first"]

Record = TypeVar("Record", bound=msgspec.Struct)


def keys_of_first(head: list[str]) -> set[str]:
    """Return the keys of the first object; none if the first line is no object."""
    try:
        return set(msgspec.json.decode(first_line(head), type=dict[str, msgspec.Raw]))
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return set()


def decode_lines(source: Source, record: type[Record]) -> list[Record]:
    """Decode every line that is no comment.

    Raises
    ------
    InputError
        If a line is no JSON object with the fields of ``record``.
    """
    decoder = msgspec.json.Decoder(record)
    found = []
    for start, block in source.blocks():
        for number, line in enumerate(block.split(b"\n"), start):
            if not line.strip() or line.startswith(b"#"):
                continue
            try:
                found.append(decoder.decode(line))
            except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
                raise source.error(
                    f"no JSON object as expected ({error}); {ADVICE}", number
                ) from None
    if not found:
        raise source.error("holds no line of data; give the file as its publisher has it")
    return found
