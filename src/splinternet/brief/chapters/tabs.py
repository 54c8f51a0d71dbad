"""The tabs of a nation's page: each question answered on a screen, in the order people ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import polars as pl

from splinternet.brief.chapters.at_hand import map_of, of_shipped_shares
from splinternet.brief.chapters.carriers import (
    about_ranges,
    doubted,
    group_name,
    is_shipped,
    range_of,
)
from splinternet.brief.chapters.changes import changes
from splinternet.brief.chapters.diverting import divertible
from splinternet.brief.chapters.method import method
from splinternet.brief.chapters.supply import supply
from splinternet.brief.chapters.teller import Teller
from splinternet.brief.chapters.timeline import timeline
from splinternet.brief.chapters.watch import asked_note, observers_named, watch
from splinternet.brief.chapters.what_ifs import summary
from splinternet.brief.document import (
    Block,
    Chapter,
    Code,
    Notes,
    Paragraph,
    Pending,
    Picture,
    Points,
    Subheading,
    Table,
)
from splinternet.brief.facts.asked import Missing
from splinternet.brief.facts.carriers import NAMED, Carrier, State

__all__ = ["KEYS", "states_map", "tabs"]

#: Rows of a table, and items of a list, that a tab shows; the long report has all.
_ROWS, _POINTS = 5, 4

#: Columns of ranked bars.
_RANKED = {
    "label": pl.String,
    "value": pl.Float64,
    "other": pl.Float64,
    "ref": pl.String,
    "low": pl.Float64,
    "high": pl.Float64,
}


def tabs(tell: Teller) -> tuple[Chapter, ...]:
    """Tell the short answers; what they leave out is in the long report.

    Of a draft, tabs whose facts are not found yet say so.
    """
    return tuple(
        Chapter(key, tell(f"tabs.{key}"), (Pending(),) if _waits(tell, fact) else tuple(told(tell)))
        for key, (fact, told) in _TABS.items()
        if not (key == "states" and _is_missing(tell))
    )


def _waits(tell: Teller, fact: str) -> bool:
    return fact in tell.brief.pending


def _is_missing(tell: Teller) -> bool:
    return isinstance(tell.brief.carried, Missing) and not _waits(tell, "carried")


def _carriers(tell: Teller) -> Iterator[Block]:
    found = tell.brief.carried
    if isinstance(found, Missing):
        yield Paragraph(tell.missing(found))
        return
    notes = (tell.note("dependence", f"depend {tell.brief.country}"),)
    yield Paragraph(tell("tabs.overlap"), small=True)
    for key, carriers in (("abroad", found.foreign), ("home", found.domestic)):
        if carriers:
            yield _ranked(tell, key, carriers, notes)
        else:
            yield Paragraph(tell(f"carriers.nobody_{key}"))
    if found.grouped is not None and found.grouped.height:
        yield _groups(tell, found.grouped)
    yield from about_ranges(tell, (*found.foreign, *found.domestic))
    if said := tuple(doubted(tell, (*found.foreign, *found.domestic))):
        yield Points(said)


def _groups(tell: Teller, grouped: pl.DataFrame) -> Picture:
    """Show organisations, or states that own networks, where they were asked for."""
    by = tell.brief.asked.counting.by
    rows = [
        (group_name(tell, group), into, out, f"state:{group}" if by == "owner" else None)
        for group, into, out in grouped.sort("inbound", "group", descending=[True, False])
        .head(NAMED)
        .iter_rows()
    ]
    note = tell.note("grouped", f"depend {tell.brief.country} --by {by}")
    title, other = tell(f"carriers.by_{by}"), tell("tabs.outgoing")
    return _bars(f"carriers-{by}", rows, title, other, (note,))


def _observed(tell: Teller) -> Iterator[Block]:
    """Show what the observers that were asked for could see, before what anybody could."""
    found = tell.brief.watch.asked
    if isinstance(found, pl.DataFrame):
        rows = [
            (tell(f"watch.{row['direction']}"), row["third"], row["exposed"], None)
            for row in found.iter_rows(named=True)
        ]
        title, other = tell("watch.asked", who=observers_named(tell)), tell("tabs.exposed")
        yield _bars("watch-asked", rows, title, other, (asked_note(tell),))
    yield from _shortened(tell, (*watch(tell).blocks, *_divertible(tell)))


def _divertible(tell: Teller) -> Iterator[Block]:
    """Tell who could divert the traffic, once that is found, which is later than the rest."""
    yield Subheading(tell("divert.title"))
    yield from (Pending(),) if _waits(tell, "diverting") else divertible(tell)


def _ranked(
    tell: Teller, key: str, carriers: tuple[Carrier, ...], notes: tuple[int, ...]
) -> Picture:
    by_share = sorted(carriers, key=lambda each: -each.inbound)
    rows = [
        (
            _named(tell, each),
            each.inbound,
            each.outbound,
            f"network:{each.asn}",
            *range_of(tell, each),
        )
        for each in by_share
    ]
    return _bars(f"carriers-{key}", rows, tell(f"tabs.{key}"), tell("tabs.outgoing"), notes)


def _bars(
    key: str, rows: Sequence[tuple[object, ...]], title: str, other: str, notes: tuple[int, ...]
) -> Picture:
    """Ranked bars of rows of a label, a share, another one as a mark, and what it is about.

    The ends of a share's range may come after these.
    """
    none = (None, None)
    whole = [(*row, *none)[: len(_RANKED)] for row in rows]
    frame = pl.DataFrame(whole, schema=_RANKED, orient="row")
    options = {"other": other}
    return Picture(key=key, kind="bars", frame=frame, title=title, options=options, notes=notes)


def _named(tell: Teller, carrier: Carrier | State) -> str:
    name = tell.carrier(carrier) if isinstance(carrier, Carrier) else tell.country(carrier.country)
    return name if carrier.doubt is None else tell("tabs.in_doubt", carrier=name)


def _states(tell: Teller) -> Iterator[Block]:
    found = tell.brief.carried
    if isinstance(found, Missing) or not found.states:
        yield Paragraph(tell("carriers.no_states"))
        return
    notes = (_states_note(tell),)
    known = [each for each in found.states if is_shipped(tell, each)]
    ranked = sorted(known, key=lambda each: -each.inbound)
    rows = [
        (
            _named(tell, each),
            each.inbound,
            each.unavoidable,
            f"state:{each.country}",
            *range_of(tell, each),
        )
        for each in ranked
    ]
    title, other = tell("tabs.states_ranked"), tell("tabs.unavoidable")
    yield _bars("states-ranked", rows, title, other, notes)
    yield from about_ranges(tell, ranked)


def _states_note(tell: Teller) -> int:
    return tell.note("states", f"measure states {tell.brief.country}")


def states_map(tell: Teller) -> Picture | None:
    """Draw who is on the routes, by states, for the place above the tabs."""
    found = tell.brief.carried
    if isinstance(found, Missing) or not found.states:
        return None
    title, notes = tell("tabs.states_map"), (_states_note(tell),)
    known = tell.brief.asked.shipped("states")
    if known is None:
        return map_of(tell.brief.country, list(found.by_state.items()), title, notes)
    told = set(known["country"])
    shares = [(code, share) for code, share in found.by_state.items() if code in told]
    return of_shipped_shares(map_of(tell.brief.country, shares, title, notes))


def _shortened(tell: Teller, blocks: Iterable[Block]) -> Iterator[Block]:
    """Cut tables and lists down to their heads."""
    left_out = False
    for block in blocks:
        match block:
            case Table(rows=rows) if len(rows) > _ROWS:
                left_out = True
                yield Table(block.caption, block.columns, rows[:_ROWS], block.notes)
            case Points(items=items) if len(items) > _POINTS:
                left_out = True
                yield Points(items[:_POINTS], block.notes, block.linked)
            case Paragraph(small=True):
                pass
            case _:
                yield block
    if left_out:
        yield Paragraph(tell("tabs.more"), small=True)


def _method(tell: Teller) -> Iterator[Block]:
    """Tell the rules and what is not known, without notes and files."""
    for block in method(tell).blocks:
        if isinstance(block, Notes | Code) or block == Subheading(tell("method.again")):
            return
        if block == Subheading(tell("method.notes")):
            return
        yield block


#: Each tab with the fact that it waits for, and its teller; no fact for what is known at once.
_TABS: dict[str, tuple[str, Callable[[Teller], Iterable[Block]]]] = {
    "carriers": ("carried", _carriers),
    "states": ("carried", _states),
    "watch": ("watch", _observed),
    "what-if": ("what_ifs", summary),
    "vendors": ("", lambda tell: _shortened(tell, supply(tell).blocks)),
    "laws": ("", lambda tell: _shortened(tell, timeline(tell).blocks)),
    "changes": ("", lambda tell: changes(tell).blocks),
    "method": ("sureness", _method),
}

KEYS = tuple(_TABS)
