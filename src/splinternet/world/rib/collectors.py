"""Route collectors whose tables are published: their names, places and addresses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from splinternet.base.errors import MisuseError
from splinternet.world.snapshots import PublishedFile

__all__ = ["Collector", "collector_of", "find_collectors", "list_collectors"]

_TABLE = Path(__file__).with_name("collectors.toml")
#: What names of files of tables have besides the collector's: their kind, times and packing.
_REST = re.compile(r"[._-]?(ribs?|bview|mrt|first|gz|bz2|xz|\d{4}\.?\d\d|\d{4,10})(?=[._-]|$)")


class Collector(NamedTuple):
    """A route collector; patterns tell in which ``folder`` its ``tables`` are, by which names."""

    name: str
    place: str
    country: str
    folder: str
    tables: str
    licence: str
    citation: str

    def published(self, day: date) -> PublishedFile:
        """First table of a day, as its publisher has it.

        Examples
        --------
        >>> day = date(2019, 12, 1)
        >>> list_collectors()["rrc12"].published(day).addresses(day)
        ['https://data.ris.ripe.net/rrc12/2019.12/']
        """
        return PublishedFile(
            name=self.name,
            roles=("rib",),
            urls=(self.folder.replace("{name}", self.name),),
            pick=self.tables.replace("{date}", f"{day:%Y%m%d}"),
            licence=self.licence,
            citation=self.citation,
        )


@cache
def list_collectors() -> dict[str, Collector]:
    """Return the collectors of RIPE RIS and RouteViews, by name."""
    table = tomllib.loads(_TABLE.read_text("utf-8"))
    own = table.pop("folders")
    return {
        name: Collector(
            name,
            place,
            country,
            own.get(name, project["folder"]),
            project["tables"],
            project["licence"],
            project["citation"].format(name=name),
        )
        for project in table.values()
        for name, place, country in project["collectors"]
    }


def find_collectors(names: Iterable[str]) -> list[Collector]:
    """Return collectors by their names, each once.

    Raises
    ------
    MisuseError
        If there is no such collector.

    Examples
    --------
    >>> [(each.place, each.country) for each in find_collectors(["rrc12", "route-views.kixp"])]
    [('Frankfurt', 'DE'), ('Nairobi', 'KE')]
    """
    known, wanted = list_collectors(), dict.fromkeys(names)
    for name in wanted:
        if name not in known:
            raise MisuseError.unknown("route collector", name, list(known), "as rrc00")
    return [known[name] for name in wanted]


def collector_of(path: str | Path) -> str:
    """Return the name of the collector whose table a file is, by its name or its folders'.

    A file that names none of the known ones gives its own name, without dates and packing.

    Examples
    --------
    >>> collector_of("route-views.kixp/bgpdata/2019.12/RIBS/rib.20191201.0000.bz2")
    'route-views.kixp'
    >>> collector_of("rrc00.bview.20191201.0000.gz"), collector_of("my-lab.rib.20191201.mrt")
    ('rrc00', 'my-lab')
    """
    path = Path(path)
    for part in (path.name, *(folder.name for folder in path.parents)):
        inside = [name for name in list_collectors() if _names(name, part)]
        if inside:
            return max(inside, key=len)
    return _REST.sub("", path.name).strip("._-") or path.name


def _names(collector: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(collector)}(?![\w-])", text) is not None
