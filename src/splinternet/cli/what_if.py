"""The command that compares a world with the one after a scenario: ``what-if``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from splinternet.base.choices import CHOICES, Counting, Routing
from splinternet.base.countries import country_code
from splinternet.base.errors import MisuseError
from splinternet.base.texts import phrase
from splinternet.cli.choices import choosing, said, vantage_notes
from splinternet.cli.notes import notes_on
from splinternet.cli.options import read_chosen
from splinternet.cli.progress import progress_bar
from splinternet.cli.request import INTERVALS, OUTPUT, WORLD, Request, asking
from splinternet.cli.scenario import deceived

if TYPE_CHECKING:
    import polars as pl

    from splinternet.brief.comparison import Section
    from splinternet.scenario.comparison import Comparison
    from splinternet.scenario.scenario import Recorded, Scenario
    from splinternet.world.world import World

__all__ = ["what_if"]

_USUAL = {**vars(Routing()), **vars(Counting())}


@choosing(*CHOICES)
@asking(INTERVALS, OUTPUT, WORLD, limit=10, reads_ledger=True)
def what_if(
    asked: Request,
    scenarios: Annotated[
        list[str],
        typer.Argument(metavar="SCENARIO...", help="Names of shipped scenarios, or TOML files."),
    ],
    country: Annotated[
        str | None,
        typer.Option(
            "--country", metavar="COUNTRY", help="Nation for which changes are told; code or name."
        ),
    ] = None,
    measures: Annotated[
        list[str] | None,
        typer.Option(
            "--measure",
            metavar="MEASURE",
            help="Its figures for the nation, before and after; by default those of chokepoints, "
            "cut and reliability, and with an --observer of exposure. Repeatable.",
        ),
    ] = None,
    ranges: Annotated[
        bool | None,
        typer.Option(
            "--ranges/--no-ranges",
            help="Whether to compute also ranges by other rules, of shares after and of "
            "differences; by default on a digest, without --bootstrap.",
        ),
    ] = None,
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Say what a scenario changes: who loses whom, who is on the routes then, who profits.

    Without --country it says which countries lose how many pairs of networks that had a route.
    With one, also who is on the nation's routes before and after, detours, and paths that get
    longer. Of a ban it says first whom the equipment serves, who uses it and what is decided
    already; what routes would lose is its strict reading. A scenario brings its own world unless
    --world names one; with --scenario the world before is the one after that. Other forms than
    table have one long table: scenario, country, figure, of, name, unit, before, after,
    difference, factor (after over before); on a digest, or with --ranges, behind before, after and
    difference also their ranges by other rules, as before_low and before_high, with --bootstrap
    those of the intervals, and doubt, why the share of a network is not sure. A case whose world
    is not at hand in full tells its recorded answer.
    """
    import polars as pl

    if measures and country is None:
        raise MisuseError("measures are of a nation; name one with --country")
    if asked.draws and country is None:
        raise MisuseError("intervals are of a nation's figures; name one with --country")
    from splinternet.brief.comparison import Section

    told = _Told()
    question = _Question(asked, country, measures, choices, ranges)
    for read in [read_chosen(name) for name in scenarios]:
        if answer := asked.recorded(read):
            told.sections.append(Section(read.name, answer.words))
            told.add(read.name, _recorded(answer))
        else:
            question.answer(read, told)
    asked.sink.write_report(
        told.sections,
        pl.concat(told.tables, how="diagonal"),
        phrase("terminal.what_if.heading"),
        told.notes,
        {"comparisons": told.compared},
    )


@dataclass
class _Told:
    """Answers about scenarios: in words, in one long table, and in its record."""

    sections: list[Section] = field(default_factory=list)
    tables: list[pl.DataFrame] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    compared: list[dict[str, Any]] = field(default_factory=list)

    def add(self, scenario: str, frame: pl.DataFrame) -> None:
        """Add the figures of a scenario, with its name before them."""
        import polars as pl

        self.tables.append(frame.select(pl.lit(scenario).alias("scenario"), pl.all()))


@dataclass
class _Question:
    """Question asked of every scenario, and the worlds before them, each opened once."""

    asked: Request
    country: str | None
    measures: list[str] | None
    choices: dict[str, Any]
    ranges: bool | None = None
    opened: dict[str, World] = field(default_factory=dict)

    def answer(self, read: Scenario, told: _Told) -> None:
        """Let a scenario happen, and tell what it changes."""
        from splinternet.brief import bans
        from splinternet.brief.comparison import Section, effects_told
        from splinternet.brief.diverted import diversion_rows, tell_diversions
        from splinternet.scenario.apply import rehearse
        from splinternet.scenario.bans import ban_answers, cuts_cables, read_strictly

        before = self._before(read)
        answers = ban_answers(before, read, self.asked.vendors)
        is_bound = cuts_cables(read)
        struck = read_strictly(read) if answers or is_bound else read
        links = self.choices.get("links", Routing().links)
        after, effects = rehearse(before, struck, vendors=self.asked.vendors, links=links)
        notes = notes_on(before, **said({**_USUAL, **self.choices}))
        notes += vantage_notes(before, self.choices.get("vantages"))
        happened = list(effects_told(effects, before))
        title, about = read.name, [*notes, *happened]
        told.notes += [phrase("terminal.what_if.of", scenario=title, note=note) for note in about]
        told.compared.append({"scenario": read.plain(), **notes.record()})
        if answers:
            told.sections += bans.tell_bans(title, answers, notes)
            told.add(title, bans.ban_rows(answers))
            title, about = (
                phrase(
                    "terminal.what_if.strict", scenario=title, reading=phrase("what_if.ban.strict")
                ),
                [phrase("what_if.ban.strictly"), *happened],
            )
        if is_bound:
            told.sections.append(Section(title, tuple(about), (phrase("what_if.cable.unknown"),)))
            title, about = (
                phrase(
                    "terminal.what_if.strict", scenario=title, reading=phrase("what_if.cable.bound")
                ),
                [phrase("what_if.cable.bounding"), happened[0]],
            )
        if answers and bans.changes_nothing(effects):
            told.sections.append(Section(title, tuple(about), (phrase("what_if.ban.unread"),)))
            return
        compared = self._compare(before, after, title, about, told)
        if self.asked.draws and self.country is not None:
            self._draw(compared, read_strictly(read) if answers else read, title, told)
        code = None if self.country is None else country_code(self.country)
        told.sections += tell_diversions(effects, code)
        told.add(title, diversion_rows(effects, code))

    def _compare(
        self, before: World, after: World, title: str, about: list[str], told: _Told
    ) -> Comparison:
        """Tell the figures before and after."""
        from splinternet.brief.comparison import tell
        from splinternet.scenario.levels import what_if_on_levels

        usual = before.manifest.is_digest and not self.asked.draws
        are_ranged = usual if self.ranges is None else self.ranges
        with progress_bar(title) as progress:
            compared = what_if_on_levels(
                before,
                after,
                self.country,
                ranges=are_ranged,
                progress=progress,
                **self._options,
            )
        if compared.levels and not are_ranged:
            levels = f"{compared.levels} {phrase('terminal.what_if.ranges')}"
            compared = replace(compared, levels=levels)
        told.sections += tell(title, compared, about)
        told.add(title, compared.table())
        return compared

    def _draw(self, compared: Comparison, struck: Scenario, title: str, told: _Told) -> None:
        """Tell the figures again, with intervals, in place of those without."""
        from splinternet.brief.comparison import intervals_told
        from splinternet.scenario.intervals import what_if_intervals
        from splinternet.scenario.levels import ends_on_levels

        draws, country = self.asked.draws, self.country
        assert draws is not None
        assert country is not None
        with progress_bar(f"{title}, intervals") as progress:
            table = what_if_intervals(
                compared.before,
                struck,
                country,
                draws,
                vendors=self.asked.vendors,
                progress=progress,
                **self._options,
            )
        table = ends_on_levels(table, compared)
        told.sections.append(intervals_told(table, str(draws)))
        told.tables.pop()
        told.add(title, table)

    @property
    def _options(self) -> dict[str, Any]:
        named = {} if self.measures is None else {"measures": self.measures}
        return {**named, **self.choices}

    def _before(self, read: Scenario) -> World:
        """Open the world before a scenario, its own where none is meant, each only once."""
        is_its_own = self.asked.world_named is None and self.asked.after is None
        called = read.world if is_its_own else self.asked.called
        if called not in self.opened:
            self.opened[called] = self.asked.open(self.choices.get("links"), world=called)
        return self.opened[called]


def _recorded(answer: Recorded) -> pl.DataFrame:
    """Rows of a recorded answer among those of comparisons."""
    import polars as pl

    text, number = pl.lit(None, pl.String), pl.lit(None, pl.Float64)
    return deceived(answer).select(
        country=text,
        figure=pl.lit("deceived"),
        of=pl.format("shocks[{}]", "shock"),
        name=text,
        unit=pl.lit("share"),
        before=number,
        after="deceived",
        difference=number,
    )
