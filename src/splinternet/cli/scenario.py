"""The command about scenarios: ``scenario``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from splinternet.base.texts import phrase
from splinternet.cli.notes import notes_on
from splinternet.cli.options import LedgerOption, WorldOption, read_chosen
from splinternet.cli.request import OUTPUT, Request, asking

if TYPE_CHECKING:
    import polars as pl

    from splinternet.scenario.apply import Effect
    from splinternet.scenario.scenario import Recorded, Scenario, Source

__all__ = ["deceived", "scenario"]


@asking(OUTPUT, {"world": WorldOption, "ledger": LedgerOption}, limit=0)
def scenario(
    asked: Request,
    name: Annotated[
        str | None,
        typer.Argument(metavar="SCENARIO", help="Name of a shipped scenario, or a TOML file."),
    ] = None,
) -> None:
    """Check a scenario, and say what it would do to a world; without one, list those shipped.

    The world is the scenario's own unless --world names one. Columns, a row for each shock: shock,
    kind, networks_removed, networks_touched (left, with links cut, added or changed),
    links_cut, links_added, links_changed. Of the list: name, world, title. A case whose world is
    not at hand in full tells its recorded answer: shock, deceived (share of networks).
    """
    from splinternet.brief.words import with_names
    from splinternet.scenario.apply import rehearse
    from splinternet.scenario.shocks import kinds
    from splinternet.world.catalogue import open_world

    sink = asked.sink
    asked = replace(asked, scenario=name)
    named = asked.after
    if named is None:
        shocks = phrase("terminal.scenario.kinds", kinds=", ".join(kinds()))
        notes = [phrase("terminal.scenario.more"), shocks]
        sink.write(_shipped(), phrase("terminal.scenario.heading"), notes)
        return
    read = read_chosen(named)
    if answer := asked.recorded(read):
        notes = [*_about(read), *answer.words]
        sink.write(deceived(answer), read.name, notes, more={"scenario": read.plain()})
        return
    before = open_world(asked.called)
    _, effects = rehearse(before, read, vendors=asked.vendors)
    notes = notes_on(before)
    notes += _about(read)
    notes += (
        f"shocks[{number}]: {with_names(note, before)}"
        for number, effect in enumerate(effects)
        for note in effect.notes
    )
    sink.write(_table(effects), read.name, notes, more={"scenario": read.plain()})


def _shipped() -> pl.DataFrame:
    import polars as pl

    from splinternet.scenario.cases import case_names

    read = {name: read_chosen(name) for name in case_names()}
    rows = [(name, case.world, case.name) for name, case in read.items()]
    return pl.DataFrame(rows, schema=["name", "world", "title"], orient="row")


def deceived(answer: Recorded) -> pl.DataFrame:
    """Shares of networks that the hijacks or leaks of a recorded answer deceive, by shock."""
    import polars as pl

    return pl.DataFrame({"shock": range(len(answer.deceived)), "deceived": answer.deceived})


def _table(effects: list[Effect]) -> pl.DataFrame:
    import polars as pl

    rows = [
        (
            number,
            effect.kind,
            effect.networks_removed,
            effect.networks_touched,
            effect.links_cut,
            effect.links_added,
            effect.links_changed,
        )
        for number, effect in enumerate(effects)
    ]
    schema = (
        "shock",
        "kind",
        "networks_removed",
        "networks_touched",
        "links_cut",
        "links_added",
        "links_changed",
    )
    return pl.DataFrame(rows, schema=schema, orient="row")


def _about(read: Scenario) -> Iterator[str]:
    """Tell what the scenario models, and what happened."""
    if read.description:
        yield " ".join(read.description.split())
    if read.outcome:
        yield phrase("terminal.scenario.outcome", outcome=" ".join(read.outcome.split()))
    for source in read.sources:
        yield phrase("terminal.scenario.source", source=_cited(source))


def _cited(source: Source) -> str:
    parts = (source.author, source.title, source.publisher, source.date, source.url)
    return ", ".join(part for part in parts if part)
