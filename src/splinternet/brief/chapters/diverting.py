"""Chapter on diversion: states that could divert, cover by ROAs, filtering that would help."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from splinternet.base.shares import rounded
from splinternet.brief.chapters.teller import Teller
from splinternet.brief.document import Block, Chapter, Column, Paragraph, Subheading, Table
from splinternet.brief.facts.asked import Missing
from splinternet.brief.words import count

__all__ = ["divertible", "diverting"]


def diverting(tell: Teller) -> Chapter:
    """Tell how far traffic could be diverted, and what would help against it."""
    return Chapter(
        "divert",
        tell("divert.title"),
        (
            Paragraph(tell("divert.intro", filters=_filtering(tell))),
            *_taken(tell),
            Subheading(tell("divert.help")),
            *_helped(tell),
        ),
    )


def divertible(tell: Teller) -> Iterator[Block]:
    """Tell the same in a few figures: who could take how much, and what would help most."""
    yield Paragraph(tell("divert.short", filters=_filtering(tell)))
    yield from _taken(tell)
    found = tell.brief.diverting.helped
    if not isinstance(found, Missing) and found.steps.height:
        asn, left = found.steps.select("asn", "exposed").row(0)
        said = tell(
            "divert.first",
            network=tell.network(asn),
            before=rounded(found.before),
            left=rounded(left),
        )
        yield Paragraph(said, (_help_note(tell),))


def _filtering(tell: Teller) -> str:
    """Say who filters: those that a scenario lets filter, or nobody."""
    filters = "some_filter" if tell.brief.asked.world.filtering.height else "nobody_filters"
    return tell(f"divert.{filters}")


def _help_note(tell: Teller) -> int:
    """Number the note on filtering that would help."""
    words = f"protect {tell.brief.country} --budget 3 --sample 8"
    return tell.note("protect", words, only=("links",))


def _taken(tell: Teller) -> Iterator[Block]:
    """Tell what the foreign state in the best, the middle and the worst position could take."""
    found = tell.brief.diverting.taken
    note = tell.note("diversion", f"measure diversion {tell.brief.country}", only=("links",))
    if isinstance(found, Missing):
        yield Paragraph(tell.missing(found), (note,))
        return
    weighed = "addresses" if found["addresses"].count() else "networks"
    states = found.filter(pl.col("by") == "state").drop_nulls(weighed)
    states = states.sort(weighed, "country", descending=[True, False])
    if states.height:
        places = dict.fromkeys((0, states.height // 2, states.height - 1))
        rows = [
            (tell.country(state), rounded(share))
            for state, share in states[list(places)].select("country", weighed).iter_rows()
        ]
        columns = Column(tell("divert.state")), Column(tell("divert.share"), number=True)
        caption = tell("divert.table", states=count(states.height, "foreign_state"))
        yield Table(caption, columns, tuple(rows), (note,))
    home = found.filter(pl.col("by") == "home").drop_nulls(weighed)
    if home.height:
        share = rounded(home[weighed][0])
        yield Paragraph(tell("divert.home", share=share, weights=weighed), (note,))
    (covered,) = found["covered"].head(1)
    said = "divert.unsigned" if covered is None else "divert.covered"
    yield Paragraph(tell(said, share=rounded(covered or 0)), (note,))


def _helped(tell: Teller) -> Iterator[Block]:
    """Tell the networks whose filtering would lower the share most."""
    found = tell.brief.diverting.helped
    note = _help_note(tell)
    if isinstance(found, Missing):
        yield Paragraph(tell.missing(found), (note,))
        return
    if not found.steps.height:
        yield Paragraph(tell("divert.nobody_helps"), (note,))
        return
    attackers, victims, candidates = found.trials
    yield Paragraph(
        tell(
            "divert.sample",
            before=rounded(found.before),
            attackers=count(attackers, "network"),
            victims=count(victims, "network"),
            candidates=count(candidates, "network"),
        ),
        (note,),
    )
    rows = tuple(
        (tell.network(row["asn"]), rounded(row["exposed"]))
        for row in found.steps.iter_rows(named=True)
    )
    columns = Column(tell("divert.network")), Column(tell("divert.left"), number=True)
    yield Table(tell("divert.help_table"), columns, rows, (note,))
    together, least = rounded(found.together), rounded(found.least)
    yield Paragraph(tell("divert.least", together=together, least=least), (note,))
