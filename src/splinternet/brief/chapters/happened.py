"""Hijacks and leaks of the scenarios that a world is after: whom they deceive, and through whom."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from splinternet.base.shares import rounded
from splinternet.brief.chapters.teller import Teller
from splinternet.brief.document import Block, Column, Points, Subheading, Table
from splinternet.brief.facts.asked import NOTHING
from splinternet.brief.words import capital, count
from splinternet.scenario.diverted import Diverted, diversions

__all__ = ["happened", "in_a_sentence"]

#: Nations that a table names, the most deceived first.
_NATIONS = 8


def in_a_sentence(tell: Teller) -> Iterator[str]:
    """Say of each hijack and leak what part of the world, and of the nation, it deceives."""
    for _, found in diversions(tell.brief.manifest):
        yield f"{_event(tell, found)} {_deceived(tell, found)}"


def happened(tell: Teller) -> Iterator[Block]:
    """Tell each hijack and leak: whose networks, how far, through whom, beside whose filters."""
    for scenario, found in diversions(tell.brief.manifest):
        note = _note(tell, scenario)
        yield Subheading(tell("happened.title", scenario=scenario))
        yield Points(
            (
                _event(tell, found),
                _deceived(tell, found),
                *_through(tell, found),
                _filters(tell, found),
                tell("happened.no_link"),
            ),
            (note,),
        )
        rows = [(each.country, each.share) for each in found.nations if each.country is not None]
        told = [(tell.country(code), rounded(share)) for code, share in rows if share is not None]
        if told:
            columns = Column(tell("happened.nation")), Column(tell("happened.share"), number=True)
            yield Table(tell("happened.table"), columns, tuple(told[:_NATIONS]), (note,))


def _note(tell: Teller, scenario: str) -> int:
    """Number the note on a scenario, by the name that the command line finds it by."""
    called = tell.brief.asked.scenario or scenario
    words = f"what-if {shlex.quote(called)} --country {tell.brief.country}"
    return tell.note("happened", words, NOTHING, before=True, scenario=scenario)


def _event(tell: Teller, found: Diverted) -> str:
    """Say who announces what."""
    by, of = _named(tell, found.by, found.attackers), _named(tell, found.of, found.victims)
    if found.how == "leak":
        return capital(tell("happened.leak", by=by, of=of))
    one = "_one" if found.attackers == 1 else ""
    return capital(
        tell(f"happened.hijack{one}", by=by, of=of, how=tell(f"happened.how.{found.how}"))
    )


def _deceived(tell: Teller, found: Diverted) -> str:
    """Say what part of the world, and of the nation, sends to the wrong place."""
    by = "networks" if found.addresses is None else "addresses"
    world = rounded(getattr(found, by) or 0.0)
    own = found.of_nation(tell.brief.country)
    if own is None or own.share is None:
        return tell("happened.world", share=world, by=tell(f"weights.{by}"))
    return tell("happened.both", share=world, by=tell(f"weights.{by}"), own=rounded(own.share))


def _through(tell: Teller, found: Diverted) -> Iterator[str]:
    if found.through:
        carriers = (f"{tell.network(asn)} ({rounded(share)})" for asn, share in found.through)
        first = tell.network(found.of[0])
        yield tell("happened.through", first=first, carriers="; ".join(carriers))


def _filters(tell: Teller, found: Diverted) -> str:
    if not found.filters:
        return tell("happened.nobody_filters")
    each = (f"{count(many, 'network')} by {how}" for how, many in found.filters.items())
    return tell("happened.filters", filters=", ".join(each))


def _named(tell: Teller, asns: Sequence[int], many: int) -> str:
    """Name the first few networks, and count the others."""
    names = [tell.network(asn) for asn in asns]
    if many > len(names):
        names.append(tell("happened.more", networks=count(many - len(names), "network")))
    return "; ".join(names)
