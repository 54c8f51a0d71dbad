"""Readers of published formats, one module each, registered by being in this folder.

A reader is a module whose name does not begin with an underscore, with

- ``NAME``: the format, for people; ``LICENCE`` and ``CITATION``: the terms it is published under;
- ``EXAMPLE``: a line of it;
- ``PROVIDES``: which of links, country, located, names, addresses, users, owners, roas,
  exchanges and cables it can tell;
- ``detect(head)``: whether these first lines of a file are of this format;
- ``read(source)``: what the file holds.

Other packages register theirs as entry points of the group ``splinternet.readers``.
"""

from __future__ import annotations

import re
from functools import cache
from ipaddress import ip_interface
from typing import Any, Protocol, cast

from splinternet.base.parts import find_parts
from splinternet.world.files import Source
from splinternet.world.readers._lines import first_line
from splinternet.world.readers._reading import Reading

__all__ = ["Reader", "Reading", "find_reader", "readers"]

#: What a reader module has.
_HAS = ("NAME", "EXAMPLE", "PROVIDES", "LICENCE", "CITATION", "detect", "read")

_IPV6 = "this is IPv6; IPv4 addresses are counted: give the file of these"


class Reader(Protocol):
    """Reader: the names that its module offers."""

    NAME: str
    EXAMPLE: str
    PROVIDES: frozenset[str]
    LICENCE: str
    CITATION: str

    def detect(self, head: list[str]) -> bool:
        """Tell whether a file that begins with these lines is of this format."""

    def read(self, source: Source) -> Reading:
        """Read the file.

        Raises
        ------
        InputError
            If a line is not as the format has it; the line is named.
        """


@cache
def readers() -> tuple[Reader, ...]:
    """Return every reader, our own first, by module name."""
    found = find_parts("reader", __name__, __path__, "splinternet.readers", _reader)
    return tuple(found.known.values())


def _reader(name: str, given: Any) -> Reader:  # noqa: ANN401 - what others wrote
    missing = [each for each in _HAS if not hasattr(given, each)]
    if missing:
        raise TypeError(f"lacks {', '.join(missing)}; see CONTRIBUTING.md")
    return cast(Reader, given)


def find_reader(source: Source) -> Reader:
    """Find the reader of a file by what its first lines look like.

    Raises
    ------
    InputError
        If the file is empty, is no text, has no line of data, or is of no known format.
    """
    head = source.head()
    first = first_line(head)
    if _is_ipv6(_fields(first)[0]):
        raise source.error(_IPV6)
    for reader in readers():
        if reader.detect(head):
            return reader
    if not first:
        raise source.error("holds no line of data; give the file as its publisher has it")
    source.check_first_line()
    if any(_is_ipv6(field) for line in head for field in _fields(line) if ":" in field):
        raise source.error(_IPV6)
    known = "; ".join(reader.NAME for reader in readers())
    raise source.error(
        f"this is in no known format; known are: {known}; docs/world.md shows a line of each"
    )


def _fields(line: str) -> list[str]:
    return [field.strip('"') for field in re.split(r"[\s,;|]", line)]


def _is_ipv6(field: str) -> bool:
    """Tell whether a field is an IPv6 address, a prefix, or one written as a number."""
    if field.isdecimal():
        return 2**32 <= int(field[:40]) < 2**128
    try:
        return ip_interface(field).version == 6
    except ValueError:
        return False
