"""How tables are declared: every column once, with type, unit and meaning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

__all__ = ["Column", "Table"]


@dataclass(frozen=True)
class Column:
    """One column: its name, type, unit and meaning; ``optional`` ones may hold null (unknown).

    ``label`` is what people read above it.
    """

    name: str
    dtype: pl.DataType
    doc: str
    unit: str = ""
    optional: bool = False
    label: str = ""

    @property
    def words(self) -> str:
        """Heading that people read above it: its label, by default its name."""
        return self.label or self.name.replace("_", " ")


@dataclass(frozen=True)
class Table:
    """One table: its name, meaning, columns, and the columns that identify a row.

    An ``optional`` table need not be there; it is empty then.
    """

    name: str
    doc: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    optional: bool = False

    @cached_property
    def schema(self) -> pl.Schema:
        """Names and types, as polars wants them."""
        return pl.Schema({c.name: c.dtype for c in self.columns})

    def fits(self, frame: pl.DataFrame) -> bool:
        """Whether a frame has these names and types, in this order."""
        return frame.columns == self.schema.names() and frame.dtypes == self.schema.dtypes()

    def completed(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return rows of this table with the optional columns that they lack, all unknown."""
        lacking = [c for c in self.columns if c.optional and c.name not in frame.columns]
        if not lacking or not set(frame.columns) <= set(self.schema):
            return frame
        whole = frame.with_columns(pl.lit(None, c.dtype).alias(c.name) for c in lacking)
        return whole.select(name for name in self.schema if name in whole.columns)

    def empty(self) -> pl.DataFrame:
        """Return this table without rows."""
        return self.schema.to_frame()
