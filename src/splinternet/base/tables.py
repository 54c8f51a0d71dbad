"""Tables as files: CSV, JSON and Parquet, each with a record of what made it.

The record stands beside the file, in ``NAME.manifest.json``; a Parquet file has it in its metadata
too, under the key ``splinternet``.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from splinternet.base.folders import new_file

__all__ = ["FORMS", "METADATA_KEY", "encode_table", "manifest_beside", "write_manifest"]

#: How a table can be kept.
FORMS = ("csv", "json", "parquet")

#: Under which key the metadata of a Parquet file has the record, as JSON.
METADATA_KEY = "splinternet"


def encode_table(frame: pl.DataFrame, form: str, made: Mapping[str, Any] | None = None) -> bytes:
    """Bytes of a table, with every row and digit.

    Parameters
    ----------
    frame
        The table.
    form
        One of :data:`FORMS`. In CSV, lists are joined by semicolons.
    made
        What the table was made of: Parquet keeps it.
    """
    if form == "csv":
        lists = [name for name, dtype in frame.schema.items() if dtype == pl.List]
        joined = [pl.col(name).cast(pl.List(pl.String)).list.join(";") for name in lists]
        return frame.with_columns(joined).write_csv().encode()
    if form == "json":
        return frame.write_json().encode() + b"\n"
    data = io.BytesIO()  # polars does not always notice that a disk is full, so it writes to memory
    record = {METADATA_KEY: msgspec.json.encode(made).decode()} if made else None
    frame.write_parquet(data, metadata=record)
    return data.getvalue()


def manifest_beside(path: Path) -> Path | None:
    """Return where the record of a file stands; a pipe or device has nothing beside it."""
    if path.exists() and not path.is_file():
        return None
    return path.with_name(f"{path.name}.manifest.json")


def write_manifest(path: Path, made: Mapping[str, Any]) -> None:
    """Write a record as a file.

    Raises
    ------
    WorldError
        If the file cannot be written.
    """
    with new_file(path) as scratch:
        scratch.write_bytes(msgspec.json.format(msgspec.json.encode(made)) + b"\n")
