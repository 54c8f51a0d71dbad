"""Finding the line of a key in a TOML document, which TOML readers do not tell."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left

__all__ = ["MOST_PARTS", "Key", "lines", "long_key"]

#: A place in a document: ``("shocks", 1, "between", 0)``.
Key = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
#: Long quotations first; of these up to two quotation marks may stand at the end.
_STRING = re.compile(
    r'''"""(?:[^\\]|\\.)*?""""{0,2}|\'\'\'.*?\'\'\'\'{0,2}'''
    r"""|"(?:[^"\\\n]|\\.)*"|'[^'\n]*\'""",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}\n#]*")

#: So many parts a dotted key may have: readers of TOML take the square of it in time and memory.
MOST_PARTS = 32

_TOKEN = re.compile(
    r"""#[^\n]*|\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}.*?'{3}"""
    r"""|(?P<part>"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)|(?P<dot>\.)|(?P<space>[ \t]+)|.""",
    re.DOTALL,
)


def long_key(text: str) -> int | None:
    """Return the line of a dotted key of more than :data:`MOST_PARTS` parts, in any text."""
    dots, between = 0, False
    for token in _TOKEN.finditer(text):
        if token["dot"]:
            dots, between = dots + 1, True
        elif token["part"] and between:
            between = False
        elif not token["space"]:
            dots = 0
        if dots >= MOST_PARTS:
            return text.count("\n", 0, token.start()) + 1
    return None


def lines(text: str) -> dict[Key, int]:
    """Tell on which line each key and each element of a list begins.

    Parameters
    ----------
    text
        A valid TOML document.

    Returns
    -------
    dict
        One-based line of every table, key and element of a list. Of a table that only a longer
        header names, the line of that header.
    """
    return _Scanner(text.replace("\r\n", "\n")).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Key, int] = {}
        self.lengths: dict[Key, int] = {}  # of lists of tables, [[...]]
        self.ends = [found.start() for found in re.finditer("\n", text)]

    def scan(self) -> dict[Key, int]:
        table: Key = ()
        while self._skip(_BLANK) and self.at < len(self.text):
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._entry(table)
        return self.found

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise ValueError(f"no valid TOML at character {self.at}")
        self.at = match.end()
        return True

    def _takes(self, mark: str) -> bool:
        same = self.text.startswith(mark, self.at)
        self.at += len(mark) * same
        return same

    def _note(self, key: Key) -> None:
        """Note the line of a key and of the tables that it names on the way."""
        line = bisect_left(self.ends, self.at) + 1
        for end in range(1, len(key) + 1):
            self.found.setdefault(key[:end], line)

    def _header(self) -> Key:
        """Read ``[table]`` or ``[[list of tables]]``."""
        start = self.at
        is_list = self._takes("[[")
        self.at += not is_list
        *above, last = self._dotted()
        self.at += 2 if is_list else 1
        table: Key = ()
        for part in above:
            table = self._current((*table, part))
        table = (*table, last)
        if is_list:
            number = self.lengths.get(table, 0)
            self.lengths[table] = number + 1
            table = (*table, number)
        else:
            table = self._current(table)
        end, self.at = self.at, start
        self._note(table)
        self.at = end
        return table

    def _current(self, table: Key) -> Key:
        """Of a list of tables the last one so far is meant."""
        return (*table, self.lengths[table] - 1) if table in self.lengths else table

    def _dotted(self) -> list[str]:
        parts = []
        while True:
            self._skip(_SPACE)
            start = self.at
            self._skip(_KEY_PART)
            part = self.text[start : self.at]
            quoted = part[0] in "\"'"
            parts.append(str(tomllib.loads(f"k = {part}")["k"]) if quoted else part)
            self._skip(_SPACE)
            if not self._takes("."):
                return parts

    def _entry(self, table: Key) -> None:
        """Read ``key = value``."""
        start = self.at
        key = (*table, *self._dotted())
        end, self.at = self.at, start
        self._note(key)
        self.at = end + 1  # the equals sign
        self._value(key)

    def _value(self, key: Key) -> None:
        self._skip(_SPACE)
        if self._takes("["):
            self._list(key)
        elif self._takes("{"):
            self._inline_table(key)
        elif self.text[self.at] in "\"'":
            self._skip(_STRING)
        else:
            self._skip(_SCALAR)

    def _list(self, key: Key) -> None:
        number = 0
        while self._skip(_BLANK) and not self._takes("]"):
            self._note((*key, number))
            self._value((*key, number))
            number += 1
            self._skip(_BLANK)
            self._takes(",")

    def _inline_table(self, key: Key) -> None:
        while self._skip(_BLANK) and not self._takes("}"):
            self._entry(key)
            self._skip(_BLANK)
            self._takes(",")
