"""Sources with full citations."""

from __future__ import annotations

from collections.abc import Iterator

from splinternet.brief.chapters.teller import Teller
from splinternet.brief.document import Block, Chapter, Points, Subheading, Works
from splinternet.brief.words import day
from splinternet.ledger.citations import cite
from splinternet.world.manifest import Manifest

__all__ = ["sources"]


def sources(tell: Teller) -> Chapter:
    """Cite data, definitions and works; told last, for it cites all that were told."""
    return Chapter("sources", tell("sources.title"), tuple(_blocks(tell)))


def _blocks(tell: Teller) -> Iterator[Block]:
    yield Subheading(tell("sources.data"))
    data = _data(tell, tell.brief.manifest) or (tell("sources.none"),)
    yield Points((*data, *_others(tell)), linked=True)
    if definitions := tuple(_definitions(tell)):
        yield Subheading(tell("sources.definitions"))
        yield Points(definitions, linked=True)
    if not tell.cited:
        return
    ledger = tell.brief.ledger
    yield Subheading(tell("sources.ledger"))
    yield Points((tell("sources.ledger_about", title=ledger.title), *ledger.notes))
    works = cite(ledger, tell.cited)
    yield Works(tuple((number, works[source]) for source, number in tell.cited.items()))


def _data(tell: Teller, manifest: Manifest) -> tuple[str, ...]:
    """Cite the data that a world is made from."""
    data = {
        each.citation: tell("sources.licence", citation=each.citation, licence=each.licence)
        if each.licence
        else each.citation
        for each in manifest.inputs
        if each.citation
    }
    return tuple(data.values())


def _others(tell: Teller) -> Iterator[str]:
    """Cite the data of the other worlds that have figures here."""
    own = tell.brief.manifest
    made_of: dict[str, list[Manifest]] = {}
    for each in tell.brief.followed:
        if (each.name, each.date) != (own.name, own.date):
            data = "; ".join(text.removesuffix(".") for text in _data(tell, each))
            made_of.setdefault(data or tell("sources.none"), []).append(each)
    for data, worlds in made_of.items():
        names = ", ".join(each.name for each in worlds)
        dates = " to ".join(dict.fromkeys(day(each.date) for each in (worlds[0], worlds[-1])))
        yield tell("sources.other", world=names, date=dates, data=data)


def _definitions(tell: Teller) -> Iterator[str]:
    """Name each source once, with all that it defines."""
    defined: dict[str, list[str]] = {}
    for note in tell.notes:
        if note.defines:
            defined.setdefault(note.source, []).append(note.kind)
    for source, titles in defined.items():
        yield f"{'; '.join(dict.fromkeys(titles))}: {source}."
