"""Ties and laws in the order of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from splinternet.brief.chapters.teller import Teller
from splinternet.brief.document import Block, Chapter, Column, Paragraph, Picture, Table
from splinternet.brief.facts.timeline import Event
from splinternet.brief.words import day

__all__ = ["timeline"]

#: Letters of a label on the time line.
_LABEL = 60

#: Events of either kind on it.
_DRAWN = 8


def timeline(tell: Teller) -> Chapter:
    """Tell the ties of a nation, with disputes shown as disputes."""
    found = tell.brief.timeline
    note = tell.note("ties", f"ties {tell.brief.country}", "")
    if not found.laws and not found.deals:
        blocks: tuple[Block, ...] = (Paragraph(tell("timeline.none"), (note,)),)
        return Chapter("timeline", tell("timeline.title"), blocks)
    intro = tell(
        "timeline.intro", ledger=tell.brief.ledger.title, date=day(tell.brief.manifest.date)
    )
    return Chapter(
        "timeline",
        tell("timeline.title"),
        (
            Paragraph(intro, (note,)),
            _picture(tell, note),
            *_events(tell, "laws", found.laws, found.all_laws, note),
            *_events(tell, "deals", found.deals, found.all_deals, note),
        ),
    )


def _events(
    tell: Teller, name: str, events: tuple[Event, ...], all_events: int, note: int
) -> Iterator[Block]:
    if not events:
        return
    columns = ("start", "end", "said", "kind", "works")
    yield Table(
        tell(f"timeline.{name}"),
        tuple(
            Column(tell(f"timeline.{name}"), wide=name == "said", date=name in ("start", "end"))
            for name in columns
        ),
        tuple(
            (
                each.start,
                each.end or tell("timeline.open"),
                "\n".join([f"{_who(each)}: {each.said}.", *_disputes(tell, each)]),
                each.kind,
                tell.works(each.sources),
            )
            for each in events
        ),
        (note,),
    )
    if all_events > len(events):
        yield Paragraph(tell("timeline.shown", shown=len(events), all=all_events), small=True)


def _who(event: Event) -> str:
    words = (event.who, event.predicate.replace("_", " "), event.whom)
    return " ".join(word for word in words if word)


def _disputes(tell: Teller, event: Event) -> Iterator[str]:
    for said, sources in event.disputes:
        yield tell("document.disputed", said=f"{said}.", works=tell.works(sources))


def _picture(tell: Teller, note: int) -> Picture:
    found = tell.brief.timeline
    rows = [
        (
            each.start,
            each.end,
            _short(_who(each)),
            tell(f"timeline.{name}"),
            bool(each.disputes),
        )
        for name, events in (("law", found.laws), ("deal", found.deals))
        for each in _around(events, date.fromisoformat(tell.brief.manifest.date))
    ]
    schema = {
        "start": pl.String,
        "end": pl.String,
        "label": pl.String,
        "kind": pl.String,
        "disputed": pl.Boolean,
    }
    return Picture(
        key="timeline",
        kind="timeline",
        frame=pl.DataFrame(rows, schema=schema, orient="row").sort("start"),
        title=tell("timeline.picture"),
        notes=(note,),
    )


def _around(events: tuple[Event, ...], day: date) -> list[Event]:
    """Return the events nearest to a day."""
    return sorted(events, key=lambda each: abs((each.first - day).days))[:_DRAWN]


def _short(text: str) -> str:
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1].rstrip()}…"
