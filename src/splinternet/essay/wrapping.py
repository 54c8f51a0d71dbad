"""Lines that were broken: words hyphenated at their ends, and page heads between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["mended", "page_furniture"]

_BROKEN_WORD = re.compile(r"(?<=[a-zà-þ])-[ \t]*\n\s*(?=[a-zà-þ])")
_BROKEN_RANGE = re.compile(r"(?<=[\w])([-–/])[ \t]*\n\s*(?=[\w])")
_BROKEN_ADDRESS = re.compile(r"(?<=[\w/])[ \t]*\n\s*(?=[./][\w])")
_LONE_NUMBER = re.compile(r"\s*(?:[-–] ?|[Pp]age )?[0-9]{1,4}(?: ?[-–]| (?:of|/) [0-9]{1,4})?\s*")
_WIDE_GAP = re.compile(r"\S {4,}\S")
_LONGEST = 120
#: A number so far from the margin is that of a page, even between lines.
_FAR = " " * 10


def mended(text: str) -> str:
    """Put lines together into one: a word that a hyphen broke at the end of a line is whole.

    A hyphen before a capital or between digits stays, and so does one that the word has.
    """
    text = _BROKEN_ADDRESS.sub("", text)
    return " ".join(_BROKEN_RANGE.sub(r"\1", _BROKEN_WORD.sub("", text)).split())


def _is_head(line: str) -> bool:
    """Tell whether a line may be the head of a page: short, with a number, and no sentence."""
    ends = line.rstrip().endswith((".", ".”", '."')) or "://" in line
    return len(line) <= _LONGEST and any(c.isdigit() for c in line) and not ends


def page_furniture(lines: Sequence[str]) -> set[int]:
    """Return the places of lines that are heads or numbers of pages: alone, wide or repeated."""
    bare = [re.sub(r"[\W\d_]+", " ", line).strip().casefold() for line in lines]
    often = Counter(text for text in bare if text)
    found: set[int] = set()
    wide = {
        n
        for n, line in enumerate(lines)
        if _WIDE_GAP.search(line.strip()) and len(line) <= 2 * _LONGEST
    }
    for number, line in enumerate(lines):
        above = lines[number - 1].strip() if number else ""
        below = lines[number + 1].strip() if number + 1 < len(lines) else ""
        alone = not above or not below
        furniture = number in wide or _LONE_NUMBER.fullmatch(line)
        repeated = bare[number] and often[bare[number]] > 1 and _is_head(line)
        apart = bool(_LONE_NUMBER.fullmatch(line)) and line.startswith(_FAR)
        if (furniture and (alone or apart or number - 1 in found)) or (
            repeated and not (above or below)
        ):
            found.add(number)
    return found if wide or len(found) > 1 else set()
