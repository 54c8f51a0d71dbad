"""Parquet that strangers may have made: bounded, and no more than an error if it is crafted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock

import polars as pl

from splinternet.base.parquet_pages import PageError, check_sizes

__all__ = ["MAX_ROWS", "ParquetError", "read_parquet"]

#: Rows of a table at the most; the links of the largest Internet so far are a tenth of it.
MAX_ROWS = 10_000_000

_silence = Lock()


class ParquetError(ValueError):
    """Why this is no Parquet that can be read, in a few words."""


def read_parquet(data: bytes) -> pl.DataFrame:
    """Read a table.

    Raises
    ------
    ParquetError
        If it is damaged, has more than ``MAX_ROWS`` rows, or states sizes that it cannot have.
    """
    with _quiet():
        try:
            check_sizes(data, MAX_ROWS)
            return pl.read_parquet(BytesIO(data))
        except PageError as error:
            raise ParquetError(str(error)) from None
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
            raise ParquetError((str(error).splitlines() or ["no Parquet"])[0]) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the library says of a panic from standard error; it is said once, in one line."""
    with _silence:
        try:
            kept = os.dup(2)
        except OSError:  # it is closed
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            os.close(nowhere)
