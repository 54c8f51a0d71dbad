"""Importers of published datasets, one module each, registered by being in this folder.

An importer is a module whose name does not begin with an underscore, with

- ``NAME``: the dataset, for people; ``LICENCE`` and ``CITATION``: the terms it is published under;
- ``detect(file)``: whether a file holds this dataset;
- ``read(file, additions)``: adds what it holds to a ledger.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Protocol, cast

from splinternet.base.archives import DataFile
from splinternet.ledger.importers._additions import Additions

__all__ = ["Importer", "find_importer", "importers"]


class Importer(Protocol):
    """Importer: the names that its module offers."""

    NAME: str
    LICENCE: str
    CITATION: str

    def detect(self, file: DataFile) -> bool:
        """Tell whether a file holds this dataset."""

    def read(self, file: DataFile, additions: Additions) -> None:
        """Add what the file holds.

        Raises
        ------
        InputError
            If something in it is not as its publisher has it.
        """


@cache
def importers() -> tuple[Importer, ...]:
    """Return every importer, by module name."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return tuple(cast(Importer, importlib.import_module(f"{__name__}.{name}")) for name in names)


def find_importer(file: DataFile) -> Importer:
    """Find the importer of a file by what it holds.

    Raises
    ------
    InputError
        If the file is damaged, or holds no known dataset.
    """
    for importer in importers():
        if importer.detect(file):
            return importer
    known = "; ".join(importer.NAME for importer in importers())
    raise file.error(f"holds no known dataset; known are: {known}")
