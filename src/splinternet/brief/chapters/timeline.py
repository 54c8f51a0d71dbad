"""Ties and laws in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from textwrap import shorten

import polars as pl

from splinternet.base.shares import UNKNOWN
from splinternet.brief.chapters.teller import Teller
from splinternet.brief.document import Block, Chapter, Column, Paragraph, Picture, Table
from splinternet.brief.facts.asked import NOTHING
from splinternet.brief.facts.timeline import Event
from splinternet.brief.words import day

__all__ = ["timeline"]

#: Letters of a label on the time line.
_LABEL = 110

#: Events of either kind on it.
_DRAWN = 8


def timeline(tell: Teller) -> Chapter:
    """Tell the ties of a nation, with disputes shown as disputes."""
    found = tell.brief.timeline
    note = tell.note("ties", f"ties {tell.brief.country}", NOTHING)
    if not (found.laws or found.accusations or found.deals):
        blocks: tuple[Block, ...] = (Paragraph(tell("timeline.none"), (note,)),)
        return Chapter("timeline", tell("timeline.title"), blocks)
    events = (*found.laws, *found.accusations, *found.deals)
    essay = _essay(tell, events)
    intro = tell(
        "timeline.intro" if essay else "timeline.intro_plain",
        ledger=tell.brief.ledger.title,
        date=day(tell.brief.manifest.date),
        essay=essay,
    )
    return Chapter(
        "timeline",
        tell("timeline.title"),
        (
            Paragraph(intro, (note,)),
            _picture(tell, note),
            *_events(tell, "laws", found.laws, found.all_laws, note),
            *_events(tell, "accusations", found.accusations, found.all_accusations, note),
            *_events(tell, "deals", found.deals, found.all_deals, note),
        ),
    )


def _essay(tell: Teller, events: Iterable[Event]) -> str:
    """Cite the essays that events are told after, or that dispute them."""
    ledger = tell.brief.ledger
    essays = dict(ledger.sources.filter(kind="essay").select("id", "title").iter_rows())
    used = dict.fromkeys(
        source
        for event in events
        for sources in (event.sources, *(against for *_, against in event.disputes))
        for source in sources
        if source in essays
    )
    return ", ".join(f"'{essays[source]}' {tell.works([source])}" for source in used)


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
                each.end or UNKNOWN,
                "\n".join([*_said(tell, each), *_disputes(tell, each)]),
                ", ".join(dict.fromkeys(one.kind for one in each.stages or (each,))),
                tell.works(each.sources),
            )
            for each in events
        ),
        (note,),
    )
    if all_events > len(events):
        yield Paragraph(tell("timeline.shown", shown=len(events), all=all_events), small=True)


def _said(tell: Teller, event: Event) -> Iterator[str]:
    """Say what the sources say; of a law, stage by stage."""
    if not event.stages:
        yield f"{_who(event)}: {event.said}."
        return
    yield f"{_who(event)}:"
    for stage in event.stages:
        key = "timeline.stage" if stage.kind == "fact" else "timeline.stage_unsure"
        works = tell.works(stage.sources)
        yield tell(key, date=stage.start, said=stage.said, kind=stage.kind, works=works)


def _who(event: Event) -> str:
    words = (event.who, event.predicate.replace("_", " "), event.whom)
    return " ".join(word for word in words if word)


def _disputes(tell: Teller, event: Event) -> Iterator[str]:
    for kind, said, sources in event.disputes:
        yield tell(f"document.disputes.{kind}", said=f"{said}.", works=tell.works(sources))


def _picture(tell: Teller, note: int) -> Picture:
    found = tell.brief.timeline
    rows = [
        (
            each.start,
            each.end,
            _short(_who(each)),
            tell(f"timeline.{name}"),
            any(kind == "contradicts" for kind, *_ in each.disputes),
        )
        for name, events in (
            ("law", found.laws),
            ("accusation", found.accusations),
            ("deal", found.deals),
        )
        for each in _around(events, date.fromisoformat(tell.brief.manifest.date))
    ]
    schema = {
        "start": pl.String,
        "end": pl.String,
        "label": pl.String,
        "kind": pl.String,
        "disputed": pl.Boolean,
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return Picture(
        key="timeline",
        kind="timeline",
        frame=frame.unique(maintain_order=True).sort("start"),
        title=tell("timeline.picture"),
        notes=(note,),
    )


def _around(events: tuple[Event, ...], day: date) -> list[Event]:
    """Return the events nearest to a day."""
    return sorted(events, key=lambda each: abs((each.first - day).days))[:_DRAWN]


def _short(text: str) -> str:
    """Cut a long text between two words."""
    return shorten(text, _LABEL, placeholder=" …")
