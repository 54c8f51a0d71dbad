"""Snapshots that can be fetched, and where their files are published."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from splinternet.base.errors import InputError, MisuseError

__all__ = ["PublishedFile", "Role", "Snapshot", "Sources", "load_sources"]

#: What a file is for: arguments of ``build_world`` of the same names; or ``rib``, observed paths.
Role = Literal["as_rel", "as_country", "as_names", "prefixes", "exchanges", "rib"]

_SHIPPED = Path(__file__).with_name("snapshots.toml")


class PublishedFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of every snapshot, as ``snapshots.toml`` explains it."""

    name: str
    roles: tuple[Role, ...]
    urls: tuple[str, ...]
    pick: str = ""
    required: bool = False
    licence: str
    citation: str

    def addresses(self, day: date) -> list[str]:
        """Addresses of the file of ``day``, or with ``pick`` of the folders that list it."""
        parts = {"date": f"{day:%Y%m%d}", "year": f"{day:%Y}", "month": f"{day:%m}"}
        return [url.format(**parts) for url in self.urls]

    def kept_as(self, url: str) -> str:
        """Name of the file of an address here: that of a routing table has its collector's too."""
        name = urlsplit(url).path.rpartition("/")[2]
        return f"{self.name}.{name}" if "rib" in self.roles else name

    def choose(self, names: list[str], day: date) -> tuple[str, str] | None:
        """Take from a folder's file names the one for ``day``: its name, and its date as written.

        The nearest on or before the day is chosen, so that files published later change nothing.
        """
        dated = sorted(
            (found[1], name) for name in names if (found := re.fullmatch(self.pick, name))
        )
        before = [(when, name) for when, name in dated if when <= f"{day:%Y%m%d}"[: len(when)]]
        chosen = before[-1:] or dated[:1]
        return (chosen[0][1], chosen[0][0]) if chosen else None


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The files of one day; ``sha256`` holds the known checksums, by file name."""

    name: str
    about: str = ""
    sha256: dict[str, str] = {}

    @property
    def date(self) -> date:
        """The first day of the month that is the name."""
        return date.fromisoformat(f"{self.name}-01")


class Sources(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Content of ``snapshots.toml``."""

    snapshot: tuple[Snapshot, ...]
    file: tuple[PublishedFile, ...]

    def find(self, name: str) -> Snapshot:
        """Return the snapshot of that name; any month, as YYYY-MM, is one.

        Raises
        ------
        MisuseError
            If the name is neither a known one nor a month.
        """
        known = {snapshot.name: snapshot for snapshot in self.snapshot}
        if name in known:
            return known[name]
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", name):
            raise MisuseError.unknown("snapshot", name, list(known), "give a month as YYYY-MM")
        return Snapshot(name=name)


def load_sources(path: str | Path = _SHIPPED) -> Sources:
    """Read a list of sources; the program's own unless another file is given.

    Raises
    ------
    InputError
        If the file cannot be read as one.
    """
    try:
        return msgspec.toml.decode(Path(path).read_bytes(), type=Sources)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", path) from None
    except msgspec.DecodeError as error:
        raise InputError(f"is no list of snapshot files ({error})", path) from None
