"""Lines of delimited text: parsed block by block, with the first bad line named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import polars as pl

from splinternet.world.files import Source

__all__ = ["ADVICE", "RANGE_CHECKS", "Layout", "first_line", "shortened", "tidied"]

ADVICE = "correct or remove the line, or give the file as its publisher has it"

#: Checks of layouts with the columns ``first`` and ``last``: both ends of an IPv4 range.
RANGE_CHECKS = (
    (
        ~(pl.col("first").is_between(0, 2**32 - 1) & pl.col("last").is_between(0, 2**32 - 1)),
        "an IPv4 address is a number from 0 to 4294967295",
    ),
    (pl.col("last") < pl.col("first"), "the range ends before it begins"),
)


#: A value in quotes after which something stands before the next comma: other parsers take the
#: quotes for text, and then part the value at its commas.
_AFTER_QUOTES = re.compile(rb'(?:^|,)"(?:[^"\n]|"")*"(?:[^",\s]|[ \t]+[^,\s])', re.MULTILINE)


class _BadLineError(Exception):
    """Some line of a block is not as its layout has it."""


@dataclass(frozen=True)
class Layout:
    """How the lines of a format are cut into columns.

    Blank lines are none, and white space around a value is no part of it.

    Attributes
    ----------
    form
        What a line looks like, for error messages.
    schema
        Columns and their types.
    separator
        What stands between columns.
    quoted
        Whether a value may be in double quotes.
    comment
        What begins a line that is no data (a header line is one).
    optional
        Columns that may be empty.
    derived
        Columns to add, computed from the others.
    checks
        Expressions that are true for a bad row, and what is wrong with it then.
    trimmed
        Around what white space is dropped, where lines are taken whole: else the separator.
    """

    form: str
    schema: Mapping[str, type[pl.DataType]]
    separator: str
    quoted: bool = False
    comment: str = "#"
    optional: frozenset[str] = frozenset()
    derived: tuple[pl.Expr, ...] = ()
    checks: tuple[tuple[pl.Expr, str], ...] = ()
    trimmed: str = ""

    def parse(self, source: Source) -> pl.DataFrame:
        """Parse a whole file.

        Raises
        ------
        InputError
            If a line is not as this layout has it, or there is none.
        """
        blocks = [self.parse_block(source, line, block) for line, block in source.blocks()]
        frame = pl.concat(blocks, rechunk=True)
        if frame.is_empty():
            raise source.error("holds no line of data; give the file as its publisher has it")
        return frame

    def parse_block(self, source: Source, line: int, block: bytes) -> pl.DataFrame:
        """Parse some whole lines, the first of which is ``line`` of ``source``."""
        try:
            return self._parsed(block, _count(block, self.comment.encode()))
        except _BadLineError:
            pass  # a bad line, or only white space that has to go first
        kept = [
            (number, tidy)
            for number, raw in enumerate(block.split(b"\n"), line)
            if (tidy := self._tidied(raw)) and not tidy.startswith(self.comment.encode())
        ]
        lines = [tidy for _, tidy in kept]
        try:
            return self._parsed(_joined(lines), len(lines))
        except _BadLineError as bad:
            good, reason = self._first_bad(lines, str(bad))
        number = kept[good][0]
        shown = shortened(block.split(b"\n")[number - line])
        raise source.error(f"{shown!r}: {reason}; {ADVICE}", number)

    def first_line(self, head: list[str]) -> str:
        """Return the first line of data, without needless white space; empty if there is none."""
        tidy = (self._tidied(line.encode()).decode() for line in head)
        return next((line for line in tidy if line and not line.startswith(self.comment)), "")

    def _tidied(self, line: bytes) -> bytes:
        return tidied(line, (self.trimmed or self.separator).encode(), quoted=self.quoted)

    def _parsed(self, block: bytes, lines: int) -> pl.DataFrame:
        if self.quoted and _AFTER_QUOTES.search(block):
            raise _BadLineError("no comma follows a value in quotation marks")
        try:
            frame = pl.read_csv(
                block,
                has_header=False,
                schema=dict(self.schema),
                separator=self.separator,
                quote_char='"' if self.quoted else None,
                comment_prefix=self.comment,
                encoding="utf8-lossy",
                raise_if_empty=False,
            )
        except pl.exceptions.PolarsError:
            raise _BadLineError(f"should be '{self.form}'") from None
        if self.quoted and _AFTER_QUOTES.search(block):
            raise _BadLineError(
                "something stands between a value in quotation marks and the next comma"
            )
        trimmed = pl.col(pl.String).str.strip_chars()
        frame = frame.with_columns(pl.when(trimmed != "").then(trimmed))
        missing = any(frame[name].null_count() for name in self.schema if name not in self.optional)
        if missing or frame.height != lines:  # a value in quotes may go on over several lines
            raise _BadLineError(f"should be '{self.form}'")
        frame = frame.with_columns(self.derived)
        for bad, reason in self.checks:
            if frame.select(bad.any()).item():
                raise _BadLineError(reason)
        return frame

    def _first_bad(self, lines: list[bytes], reason: str) -> tuple[int, str]:
        """Halve what may be to blame until one line is left; return its place, and the reason."""
        good, bad = 0, len(lines)  # the first `good` lines are right, the first `bad` are not
        while bad - good > 1:
            middle = (good + bad) // 2
            try:
                self._parsed(_joined(lines[:middle]), middle)
            except _BadLineError as error:
                bad, reason = middle, str(error)
            else:
                good = middle
        return good, reason


def tidied(line: bytes, mark: bytes, *, quoted: bool) -> bytes:
    """Drop white space around values, which a mark parts; but not where white space is the mark."""
    if not line.strip():
        return b""
    blank = b" \r\x0b\x0c" if mark == b"\t" else b" \t\r\x0b\x0c"
    line = line.strip(blank)
    if mark == b" ":
        return re.sub(rb"[ \t]+", b" ", line)
    around = _around(blank, mark, quoted)
    return around.sub(lambda found: found[1] or mark, line)


@cache
def _around(blank: bytes, mark: bytes, quoted: bool) -> re.Pattern[bytes]:
    """Match a mark with the white space around it, and before that values in quotes."""
    outside = rb'("(?:[^"]|"")*")|' if quoted else rb"()"
    return re.compile(outside + rb"[%b]*%b[%b]*" % (blank, re.escape(mark), blank))


def first_line(head: list[str]) -> str:
    """Return the first line that is neither blank nor a comment; empty if there is none."""
    return next((line for line in map(str.strip, head) if line and line[0] != "#"), "")


def shortened(line: bytes) -> str:
    """Return a line as an error shows it."""
    text = line.decode(errors="replace").strip()
    return text if len(text) <= 80 else text[:77] + "..."


def _joined(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def _count(block: bytes, comment: bytes) -> int:
    """Count the lines that are no comments."""
    comments = block.count(b"\n" + comment) + block.startswith(comment)
    return block.count(b"\n") - comments
