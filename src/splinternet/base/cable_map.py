"""TeleGeography's submarine cable map: an archive with a JSON file for each cable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec

from splinternet.base.archives import DataFile
from splinternet.base.countries import find_country
from splinternet.base.kept import NO_JSON

__all__ = ["CITATION", "LICENCE", "NAME", "Cable", "Point", "cables", "in_newest", "is_cable_map"]

NAME = "TeleGeography's Submarine Cable Map, as JSON files in a tar or zip archive"
LICENCE = "CC BY-NC-SA 3.0"
CITATION = "TeleGeography, Submarine Cable Map, https://www.submarinecablemap.com"

#: Files of single cables, below whatever folders; others have all of them, or their lines on a map.
_CABLE = re.compile(
    r"(?:\./)?((?:(?!\.\.?/)[^/]+/)*)cable/(?!all\.|cable-geo\.)([\w-]+)\.json", re.DOTALL
)
_MONTHS = (
    "January February March April May June July August September October November December".split()
)


class Point(msgspec.Struct):
    """A place where a cable comes ashore; ``latlon`` as "13.765555,121.064939"."""

    id: str
    name: str
    country: str | None = None
    latlon: str | None = None

    @property
    def code(self) -> str | None:
        """Code of its country: by its own word, else by what stands last in its name."""
        if self.country:
            return find_country(self.country)
        parts = self.name.split(", ")
        ends = (", ".join(parts[-count:]) for count in (2, 1) if len(parts) > count)
        return next((code for end in ends if (code := find_country(end))), None)


class Cable(msgspec.Struct):
    """A cable; owners and suppliers are names with commas between."""

    id: str
    name: str
    landing_points: list[Point] = []
    owners: str | None = None
    suppliers: str | None = None
    rfs: str | None = None
    length: str | None = None
    is_planned: bool | None = None

    @property
    def ready(self) -> str:
        """When it is ready for service: ``2016 June`` as 2016-06, of a quarter the year, or ""."""
        found = re.fullmatch(r"([0-9]{4})(?: (\w+))?", " ".join((self.rfs or "").split()))
        if not found or not 1850 <= int(found[1]) < 2200:
            return ""
        return f"{found[1]}-{_MONTHS.index(found[2]) + 1:02}" if found[2] in _MONTHS else found[1]


def is_cable_map(names: Iterable[str]) -> bool:
    """Tell whether files of these names are those of cables."""
    return any(map(_CABLE.fullmatch, names))


def cables(file: DataFile) -> Iterator[tuple[str, Cable]]:
    """Yield each cable of the newest version that an archive holds, and the name of its file.

    Raises
    ------
    InputError
        If a file is no cable, or the archive is damaged.
    """
    for name, _, content in file.members(in_newest(file)):
        try:
            yield name, msgspec.json.decode(content, type=Cable)
        except NO_JSON as error:
            raise file.error(f"{name}: is no cable as TeleGeography has them ({error})") from None


def in_newest(file: DataFile) -> Callable[[str], bool]:
    """Choose the files of cables in one folder: that of the newest version (``v2``, ``v3``)."""
    folders = {found[1] for name in file.names if (found := _CABLE.fullmatch(name))}
    newest = max(folders, key=lambda folder: (_version(folder), folder))
    return lambda name: (found := _CABLE.fullmatch(name)) is not None and found[1] == newest


def _version(folder: str) -> int:
    return max((int(number) for number in re.findall(r"/v([0-9]{1,6})/", f"/{folder}")), default=0)
