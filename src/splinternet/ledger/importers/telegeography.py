"""TeleGeography's submarine cable map: an archive with a JSON file for each cable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from splinternet.base.countries import find_country
from splinternet.base.dates import parse_span
from splinternet.base.kept import NO_JSON
from splinternet.ledger.importers._additions import Additions, clean, slug
from splinternet.ledger.importers._files import DataFile

NAME = "TeleGeography's Submarine Cable Map, as JSON files in a tar or zip archive"
LICENCE = "CC BY-NC-SA 3.0"
CITATION = "TeleGeography, Submarine Cable Map, https://www.submarinecablemap.com"

#: Files of single cables, below whatever folders; others have all of them, or their lines on a map.
_CABLE = re.compile(
    r"(?:\./)?((?:(?!\.\.?/)[^/]+/)*)cable/(?!all\.|cable-geo\.)([\w-]+)\.json", re.DOTALL
)

#: The day of a snapshot in the name of its file.
_DAY = re.compile(r"(20[0-9]{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12][0-9]|3[01])(?![0-9])")
_SNAPSHOTS = range(2005, 2200)

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
#: Commas that part names, as opposed to those within parentheses.
_BETWEEN = re.compile(r",\s+(?![^()]*\))")


class _Point(msgspec.Struct):
    id: str
    name: str
    country: str | None = None


class _Cable(msgspec.Struct):
    id: str
    name: str
    landing_points: list[_Point] = []
    owners: str | None = None
    suppliers: str | None = None
    rfs: str | None = None
    is_planned: bool | None = None


def detect(file: DataFile) -> bool:
    """Tell whether this is an archive with files of cables."""
    return any(map(_CABLE.fullmatch, file.names))


def read(file: DataFile, additions: Additions) -> None:
    """Add where each cable lands, and who built and owns it.

    All of it begins when the cable is ready for service; of a quarter the year is kept. Cables
    that are planned, or were not ready on the day of the archive, are forecasts.
    """
    day = _day_of(file)
    source = additions.source(
        {
            "id": f"telegeography-{day:%Y%m%d}",
            "type": "dataset",
            "title": "Submarine Cable Map",
            "author": [{"literal": "TeleGeography"}],
            "publisher": "TeleGeography",
            "issued": {"date-parts": [[day.year, day.month, day.day]]},
            "URL": "https://www.submarinecablemap.com",
            "custom": {"kind": "dataset", "seen": "whole"},
        },
        f"Cables named in statements cable-* are from {CITATION}, {LICENCE}: "
        "not for commercial use, and to be shared alike.",
    )
    for member, cable in _cables(file):
        if _is_named(cable):
            _add(cable, day, additions, source)
        else:
            raise file.error(f"{member}: a cable or landing point lacks its name or id")


def _is_named(cable: _Cable) -> bool:
    named = [(cable.id, cable.name), *((point.id, point.name) for point in cable.landing_points)]
    return all(clean(text) for texts in named for text in texts)


def _cables(file: DataFile) -> Iterator[tuple[str, _Cable]]:
    for name, _, content in file.members(_in_newest(file)):
        try:
            yield name, msgspec.json.decode(content, type=_Cable)
        except NO_JSON as error:
            raise file.error(f"{name}: is no cable as TeleGeography has them ({error})") from None


def _in_newest(file: DataFile) -> Callable[[str], bool]:
    """Choose the files of cables in one folder: that of the newest version (``v2``, ``v3``)."""
    folders = {found[1] for name in file.names if (found := _CABLE.fullmatch(name))}
    newest = max(folders, key=lambda folder: (_version(folder), folder))
    return lambda name: (found := _CABLE.fullmatch(name)) is not None and found[1] == newest


def _version(folder: str) -> int:
    return max((int(number) for number in re.findall(r"/v([0-9]{1,6})/", f"/{folder}")), default=0)


def _day_of(file: DataFile) -> date:
    """Day of a snapshot: as the name of its file has it, else that of its newest member."""
    if named := _DAY.search(file.path.name):
        return parse_span("-".join(named.groups())).first
    newest = max(changed for _, changed, _ in file.members(_in_newest(file)))
    if newest.year not in _SNAPSHOTS:
        raise file.error("does not tell its date; put it into the name, as in cables-20191125.tar")
    return newest


def _add(cable: _Cable, day: date, additions: Additions, source: str) -> None:
    name = slug(clean(cable.id))
    actor = additions.actor(cable.name, "cable")
    ready = _ready(cable.rfs)
    planned = cable.is_planned
    if planned is None:
        planned = ready != "" and parse_span(ready).first > day
    cells = {
        "start": ready,
        "segments": "submarine-cable",
        "kind": "forecast" if planned else "fact",
        "sources": source,
    }
    if not ready:
        cells["note"] = "TeleGeography does not say when it is ready for service"
    for point in {point.id: point for point in cable.landing_points}.values():
        code = _country(point)
        summary = "A landing point of the cable by TeleGeography's map"
        site = additions.actor(point.name, "site", code)
        known = {"countries": code} if code else {}
        number = f"cable-{name}-at-{slug(clean(point.id))}"
        additions.statement(
            number, actor, "lands_at", object=site, summary=summary, **known, **cells
        )
    for predicate, names, summary in (
        ("owns", cable.owners, "An owner of the cable by TeleGeography's map"),
        ("builds", cable.suppliers, "A supplier of the cable by TeleGeography's map"),
    ):
        for company in _names(names):
            subject = additions.actor(company, "company")
            number = f"cable-{name}-{predicate}-{subject}"
            additions.statement(number, subject, predicate, object=actor, summary=summary, **cells)


def _ready(rfs: str | None) -> str:
    """Write ``2016``, ``2016 Q2`` or ``2016 June`` as a ledger's date; nothing if unknown."""
    found = re.fullmatch(r"([0-9]{4})(?: (\w+))?", clean(rfs or ""))
    if not found or not 1850 <= int(found[1]) < 2200:
        return ""
    return f"{found[1]}-{_MONTHS.index(found[2]) + 1:02}" if found[2] in _MONTHS else found[1]


def _country(point: _Point) -> str | None:
    """Country of a landing point: its own word, else what stands last in its name."""
    if point.country:
        return find_country(point.country)
    parts = point.name.split(", ")
    ends = (", ".join(parts[-count:]) for count in (2, 1) if len(parts) > count)
    return next((code for end in ends if (code := find_country(end))), None)


def _names(text: str | None) -> list[str]:
    """Names in a list; ``n.a.`` is none."""
    each = [clean(name.replace("*", "")) for name in _BETWEEN.split(text or "")]
    return list(dict.fromkeys(name for name in each if name and name != "n.a."))
