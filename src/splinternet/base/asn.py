"""AS numbers (ASNs): written ``3356`` or ``AS3356``, 1 to 4,294,967,295 (RFC 6793)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import index
from typing import Any, SupportsIndex

from splinternet.base.errors import MisuseError

__all__ = ["LARGEST", "RESERVED", "Asn", "as_number", "as_numbers", "is_reserved", "looks_like_asn"]

#: An AS number as callers may give it: 3356, ``"3356"``, ``"AS3356"``, ``"as3356"``.
Asn = SupportsIndex | str

LARGEST = 2**32 - 1

#: First and last of the numbers that name no one network of the Internet: AS_TRANS, and those for
#: documentation and private use (IANA special-purpose AS numbers; RFC 6793, 5398, 6996, 7300).
RESERVED = ((23_456, 23_456), (64_496, 131_071), (4_200_000_000, LARGEST))

_FORM = re.compile(r"(?:AS ?)?([0-9]+)", re.IGNORECASE | re.ASCII)


def as_number(given: Asn) -> int:
    """AS number that is given as a whole number or as text.

    Raises
    ------
    MisuseError
        If it is no AS number.

    Examples
    --------
    >>> as_number("AS3356"), as_number("3356"), as_number(3356)
    (3356, 3356, 3356)
    """
    if isinstance(given, str):
        found = _FORM.fullmatch(given.strip())
        # int() refuses thousands of digits; ten are enough for the largest number.
        digits = found[1].lstrip("0") if found else ""
        number = int(digits) if 0 < len(digits) <= len(str(LARGEST)) else 0
    else:
        number = _whole(given)
    if not 0 < number <= LARGEST:
        raise MisuseError(
            f"{given!r} is no AS number; give a number from 1 to {LARGEST}, as 3356 or AS3356"
        )
    return number


def as_numbers(given: Asn | Iterable[Asn]) -> list[int]:
    """AS numbers, one or several, each given as a whole number or as text, in the order given.

    One text may have several, with commas between.

    Raises
    ------
    MisuseError
        If one is no AS number.
    """
    if isinstance(given, str):
        return [as_number(part) for part in given.split(",")]
    try:
        each: list[Any] = list(given)  # type: ignore[arg-type]
    except TypeError:
        return [as_number(given)]  # type: ignore[arg-type]
    # The thousands of networks of a state are whole numbers already.
    if set(map(type, each)) == {int} and min(each) > 0 and max(each) <= LARGEST:
        return each
    return [as_number(one) for one in each]


def looks_like_asn(given: Asn) -> bool:
    """Tell whether an AS number is meant: a number, or digits with or without ``AS`` before."""
    return not isinstance(given, str) or _FORM.fullmatch(given.strip()) is not None


def is_reserved(number: int) -> bool:
    """Tell whether a number is for private use or documentation, and so names no one network."""
    return any(first <= number <= last for first, last in RESERVED)


def _whole(given: object) -> int:
    if isinstance(given, bool):
        return 0
    try:
        return index(given)  # type: ignore[arg-type]
    except TypeError:
        return 0
