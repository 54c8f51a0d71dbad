"""Catalogue of ledgers: those shipped, by name, and any folder."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from splinternet.base.errors import MisuseError
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.reading import LEDGER_FILE, read_ledger
from splinternet.ledger.schema import TABLES

__all__ = ["DEFAULT_LEDGER", "LedgerLike", "find_ledger", "ledger_of", "open_ledger"]

#: The ledger that is meant where none is named.
DEFAULT_LEDGER = "technology-ties"

#: A ledger, or the name or folder of one.
LedgerLike = Ledger | str | Path

_SHIPPED = Path(__file__).with_name("cases")


def find_ledger(name_or_path: str | Path) -> Path:
    """Return the folder of a ledger.

    Parameters
    ----------
    name_or_path
        The name of a shipped ledger, else a folder that holds one. A :class:`~pathlib.Path`, or
        text with a separator as in ``./technology-ties``, is never a name.

    Raises
    ------
    MisuseError
        If there is no such ledger.
    """
    if not isinstance(name_or_path, str | os.PathLike) or name_or_path == "":
        raise MisuseError(
            f"{name_or_path!r} is no ledger; give a name, as {DEFAULT_LEDGER!r}, or a folder"
        )
    path, name = Path(name_or_path), str(name_or_path)
    may_be_name = isinstance(name_or_path, str) and not {os.sep, os.altsep} & set(name)
    shipped = {folder.name: folder for folder in _SHIPPED.iterdir() if folder.is_dir()}
    if may_be_name and name in shipped:
        return shipped[name]
    if (path / LEDGER_FILE).is_file():
        return path
    if path.exists() or not may_be_name:
        raise MisuseError(f"{path}: no ledger here (no {LEDGER_FILE})")
    raise MisuseError.unknown(
        "ledger", name, shipped, f"give {' or '.join(sorted(shipped))}, or a folder"
    )


def open_ledger(*names_or_paths: str | Path) -> Ledger:
    """Ledger of a name or folder, or several as one.

    Parameters
    ----------
    names_or_paths
        Each ledger adds to those before it: a statement, actor or source of the same id takes the
        place of the earlier one, so a later ledger can deprecate what an earlier one says. By
        default the ledger that is shipped.

    Raises
    ------
    MisuseError
        If there is no such ledger.
    InputError
        If a line of one cannot be understood.

    Examples
    --------
    >>> open_ledger("technology-ties").actor("Huawei")
    'huawei'
    """
    folders = tuple(find_ledger(each) for each in names_or_paths or (DEFAULT_LEDGER,))
    if any(each.parent != _SHIPPED for each in folders):
        return read_ledger(*folders)
    found = _shipped(folders)
    return replace(found, **{name: getattr(found, name).clone() for name in TABLES})


def ledger_of(given: LedgerLike | None) -> Ledger:
    """Ledger that a caller means; the shipped one where none is given.

    Raises
    ------
    MisuseError, InputError
        As for :func:`open_ledger`.
    """
    if isinstance(given, Ledger):
        return given
    return open_ledger() if given is None else open_ledger(given)


@lru_cache(maxsize=4)
def _shipped(folders: tuple[Path, ...]) -> Ledger:
    """Read ledgers of the package, which do not change while it runs."""
    return read_ledger(*folders)
