"""Lines of delimited text: parsed block by block, with the first bad line named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from splinternet.base.errors import InputError
from splinternet.world.files import Source

__all__ = ["RANGE_CHECKS", "Layout", "first_line"]

#: Checks of layouts with the columns ``first`` and ``last``: both ends of an IPv4 range.
RANGE_CHECKS = (
    (
        ~(pl.col("first").is_between(0, 2**32 - 1) & pl.col("last").is_between(0, 2**32 - 1)),
        "an IPv4 address is a number from 0 to 4294967295",
    ),
    (pl.col("last") < pl.col("first"), "the range ends before it begins"),
)


class _BadLineError(Exception):
    """Some line of a block is not as its layout has it."""


@dataclass(frozen=True)
class Layout:
    """How the lines of a format are cut into columns.

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
    """

    form: str
    schema: Mapping[str, type[pl.DataType]]
    separator: str
    quoted: bool = False
    comment: str = "#"
    optional: frozenset[str] = frozenset()
    derived: tuple[pl.Expr, ...] = ()
    checks: tuple[tuple[pl.Expr, str], ...] = ()

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
            return self._parsed(block)
        except _BadLineError as bad:
            raise self._first_error(source, line, block, str(bad)) from None

    def _parsed(self, block: bytes) -> pl.DataFrame:
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
        if any(frame[name].null_count() for name in self.schema if name not in self.optional):
            raise _BadLineError(f"should be '{self.form}'")
        frame = frame.with_columns(self.derived)
        for bad, reason in self.checks:
            if frame.select(bad.any()).item():
                raise _BadLineError(reason)
        return frame

    def _first_error(self, source: Source, line: int, block: bytes, reason: str) -> InputError:
        """Halve what may be to blame until one line is left."""
        lines = block.rstrip(b"\n").split(b"\n")
        good, bad = 0, len(lines)  # the first `good` lines are right, the first `bad` are not
        while bad - good > 1:
            middle = (good + bad) // 2
            try:
                self._parsed(b"\n".join(lines[:middle]) + b"\n")
            except _BadLineError as error:
                bad, reason = middle, str(error)
            else:
                good = middle
        text = lines[good].decode(errors="replace").strip()
        shown = text if len(text) <= 80 else text[:77] + "..."
        advice = "correct or remove the line, or give the file as its publisher has it"
        return source.error(f"{shown!r}: {reason}; {advice}", line + good)


def first_line(head: list[str], comment: str = "#") -> str:
    """Return the first line that is no comment; empty if there is none."""
    return next((line for line in head if not line.startswith(comment)), "")
