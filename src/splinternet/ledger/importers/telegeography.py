"""TeleGeography's submarine cable map: an archive with a JSON file for each cable."""

from __future__ import annotations

import re
from datetime import date

from splinternet.base.archives import DataFile
from splinternet.base.cable_map import (
    CITATION,
    LICENCE,
    NAME,
    Cable,
    cables,
    in_newest,
    is_cable_map,
)
from splinternet.base.dates import parse_span
from splinternet.ledger.importers._additions import Additions, clean, slug

__all__ = ["CITATION", "LICENCE", "NAME", "detect", "read"]

#: The day of a snapshot in the name of its file.
_DAY = re.compile(r"(20[0-9]{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12][0-9]|3[01])(?![0-9])")
_SNAPSHOTS = range(2005, 2200)

#: Commas that part names, as opposed to those within parentheses.
_BETWEEN = re.compile(r",\s+(?![^()]*\))")


def detect(file: DataFile) -> bool:
    """Tell whether this is an archive with files of cables."""
    return is_cable_map(file.names)


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
    for member, cable in cables(file):
        if _is_named(cable):
            _add(cable, day, additions, source)
        else:
            raise file.error(f"{member}: a cable or landing point lacks its name or id")


def _is_named(cable: Cable) -> bool:
    named = [(cable.id, cable.name), *((point.id, point.name) for point in cable.landing_points)]
    return all(clean(text) for texts in named for text in texts)


def _day_of(file: DataFile) -> date:
    """Day of a snapshot: as the name of its file has it, else that of its newest member."""
    if named := _DAY.search(file.path.name):
        return parse_span("-".join(named.groups())).first
    newest = max(changed for _, changed, _ in file.members(in_newest(file)))
    if newest.year not in _SNAPSHOTS:
        raise file.error("does not tell its date; put it into the name, as in cables-20191125.tar")
    return newest


def _add(cable: Cable, day: date, additions: Additions, source: str) -> None:
    name = slug(clean(cable.id))
    actor = additions.actor(cable.name, "cable")
    ready = cable.ready
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
        code = point.code
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


def _names(text: str | None) -> list[str]:
    """Names in a list; ``n.a.`` is none."""
    each = [clean(name.replace("*", "")) for name in _BETWEEN.split(text or "")]
    return list(dict.fromkeys(name for name in each if name and name != "n.a."))
