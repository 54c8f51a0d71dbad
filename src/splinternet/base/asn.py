"""AS numbers (ASNs): written ``3356`` or ``AS3356``, 1 to 4,294,967,295 (RFC 6793)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import index
from typing import SupportsIndex

from splinternet.base.errors import MisuseError

__all__ = ["LARGEST", "Asn", "as_number", "as_numbers", "looks_like_asn"]

#: An AS number as callers may give it: 3356, ``"3356"``, ``"AS3356"``, ``"as3356"``.
Asn = SupportsIndex | str

LARGEST = 2**32 - 1

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


def as_numbers(given: Iterable[Asn]) -> list[int]:
    """AS numbers, each given as a whole number or as text, in the order given.

    Raises
    ------
    MisuseError
        If one is no AS number, or ``given`` is one number where several may stand.
    """
    if isinstance(given, str):
        return [as_number(given)]
    try:
        each = iter(given)
    except TypeError:
        return [as_number(given)]  # type: ignore[arg-type]
    return [as_number(one) for one in each]


def looks_like_asn(given: Asn) -> bool:
    """Tell whether an AS number is meant: a number, or digits with or without ``AS`` before."""
    return not isinstance(given, str) or _FORM.fullmatch(given.strip()) is not None


def _whole(given: object) -> int:
    if isinstance(given, bool):
        return 0
    try:
        return index(given)  # type: ignore[arg-type]
    except TypeError:
        return 0
