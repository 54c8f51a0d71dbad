"""The command that follows a nation over time: ``history``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from splinternet.base.choices import CHOICES
from splinternet.base.errors import MisuseError
from splinternet.base.texts import phrase
from splinternet.cli.choices import choosing, said
from splinternet.cli.measures import called
from splinternet.cli.notes import settings_line
from splinternet.cli.options import CountryArgument, LedgerOption, ScenarioOption, expanded
from splinternet.cli.progress import progress_bar
from splinternet.cli.request import INTERVALS, OUTPUT, Request, asking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from polars import DataFrame

    from splinternet.measures.measure import Measure
    from splinternet.scenario.levelled import Levelled
    from splinternet.world.manifest import Manifest
    from splinternet.world.world import World

__all__ = ["history"]

_NAME_SOME = "name some with --worlds"


@choosing(*CHOICES)
@asking(INTERVALS, OUTPUT, {"scenario": ScenarioOption, "ledger": LedgerOption}, limit=0)
def history(
    asked: Request,
    country: CountryArgument,
    worlds: Annotated[
        list[str] | None,
        typer.Option(
            "--worlds",
            metavar="NAME|FOLDER",
            help="Worlds, one or more; without any the shipped figures of all dates are shown.",
        ),
    ] = None,
    more: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME|FOLDER]...", help="More of them.")
    ] = None,
    measures: Annotated[
        list[str] | None,
        typer.Option(
            "--measure",
            metavar="MEASURE",
            help="By default dependence; or exposure, where there is an --observer. Repeatable.",
        ),
    ] = None,
    through: Annotated[
        str | None,
        typer.Option(
            "--through",
            metavar="STATE|ASN",
            help="Follow what of the nation's routes pass this state or network.",
        ),
    ] = None,
    mixed: Annotated[
        bool, typer.Option("--mixed", help="Compare also what is not of one kind.")
    ] = False,
    ranges: Annotated[
        bool,
        typer.Option(
            "--ranges",
            help="After a scenario on digests, compute also ranges by other rules, of figures "
            "after and of differences, of dependence, states and reliability.",
        ),
    ] = False,
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Follow a nation's figures over time, a row for each world.

    Only like is compared with like: worlds whose links other evidence shows, or digests with full
    worlds, are refused unless --mixed says otherwise. A folder of worlds stands for all in it. A
    scenario happens to each of them, whichever world it is about. Without worlds it shows figures
    of full worlds from 1998 on that are shipped, by networks, and by addresses where prefixes of
    the time are known; --measure and --weights choose among them. FIGURE_low and FIGURE_high are
    the range of a figure by other rules, where one is shipped. Whatever else is chosen is
    asked of the digests that are shipped. After a scenario on a digest a figure is the shipped one
    and what changes in the digest; behind it are its range by other rules (with --ranges),
    before_FIGURE with its own, and difference_FIGURE.
    """
    from splinternet.world.catalogue import open_world, shipped_worlds

    named = [*(worlds or []), *(more or [])]
    is_shipped = not (through or asked.draws or asked.after or {*choices} - {"weights"})
    if ranges and (asked.after is None or asked.draws):
        raise MisuseError("--ranges are of figures after a scenario on digests")
    if not named and is_shipped:
        _shipped_history(asked, country, measures, choices.get("weights"))
        return
    if not named and not (named := [str(folder) for folder in shipped_worlds()]):
        raise MisuseError(f"no worlds are shipped that could tell this; {_NAME_SOME}")
    from splinternet.measures.atlas import settings_of
    from splinternet.measures.catalogue import find_measures
    from splinternet.measures.history import history as compute
    from splinternet.measures.together import options_of, takes_of
    from splinternet.scenario.levelled_figures import history_on_levels
    from splinternet.world.evidence import by_evidence

    usual = [] if through else ["exposure" if "observers" in choices else "dependence"]
    chosen = find_measures(measures or usual)
    options = options_of(takes_of("history", chosen), None, None, choices)
    settings = settings_of(options)
    before = [by_evidence(open_world(each), settings["links"]) for each in expanded(named)]
    opened = [asked.apply(each, anywhere=True) for each in before]
    shared = {"through": through, "mixed": mixed, "draws": asked.draws, **choices}
    told = None
    with progress_bar("history") as progress:
        table = compute(opened, chosen, country, progress=progress, **shared)
        if asked.after and not asked.draws:
            told = history_on_levels(
                list(zip(before, opened, strict=True)),
                chosen,
                country,
                table,
                lambda: compute(before, chosen, country, progress=progress, **shared),
                settings,
                options,
                ranges=ranges,
            )
    _tell(asked, country, table, told, (before, opened), chosen, settings)


def _tell(
    asked: Request,
    country: str,
    table: DataFrame,
    told: Levelled | None,
    worlds: tuple[Sequence[World], Sequence[World]],
    measures: Sequence[Measure],
    settings: Mapping[str, Any],
) -> None:
    """Write a history of worlds, or of what comes after a scenario on their levels."""
    before, opened = worlds
    moved = told if told and told.is_moved else None
    notes = [
        *_notes(opened, settings, moved.line if moved else ""),
        *(phrase("terminal.notes.source", source=each.source) for each in measures),
    ]
    if asked.draws:
        notes.append(phrase("terminal.notes.intervals", draws=asked.draws))
    elif not moved:
        notes.append(phrase("terminal.notes.unranged"))
    made = [each.manifest for each in opened]
    if moved:
        record = _record(made, settings)
        dated = sorted((each.manifest for each in before), key=lambda each: each.date)
        asked.sink.write_after(moved, dated, _heading(country), notes, record)
    else:
        _write(asked, table, country, notes, made, settings)


def _notes(worlds: Sequence[World], settings: Mapping[str, Any], levels: str = "") -> Iterator[str]:
    """Say by which choices figures of several worlds are, and how far to trust each of these."""
    from splinternet.brief.words import digest_line, fit_line, repair_line, scenario_line

    shown = said(settings)
    if not any(each.learned.height for each in worlds):
        shown.pop("observed", None)
    yield phrase("terminal.history.settings", settings=settings_line(shown))
    manifests = [world.manifest for world in worlds]
    lines = [scenario_line(manifests[0], levels)] if manifests else []
    for each in manifests:
        lines += [repair_line(each), fit_line(each, settings.get("prefer", ""))]
        lines += [digest_line(each)] if each.is_digest else []
    yield from filter(None, lines)


def _write(
    asked: Request,
    table: DataFrame,
    country: str,
    notes: Sequence[str],
    worlds: Sequence[Manifest],
    settings: Mapping[str, Any],
) -> None:
    asked.sink.write(table, _heading(country), notes, more=_record(worlds, settings))


def _heading(country: str) -> str:
    return phrase("terminal.history.heading", nation=called(country))


def _record(worlds: Sequence[Manifest], settings: Mapping[str, Any]) -> dict[str, Any]:
    import msgspec

    return {"worlds": [msgspec.to_builtins(each) for each in worlds], "settings": settings}


def _shipped_history(
    asked: Request, country: str, measures: list[str] | None, weights: str | None
) -> None:
    """Write the figures of a nation at all dates that are shipped."""
    import polars as pl

    from splinternet.figures.history import history_made, shipped_history

    made = history_made()
    found = shipped_history(country, weights=weights, measures=measures)
    if made is None or found is None:
        raise MisuseError(f"no figures of all dates are shipped by these definitions; {_NAME_SOME}")
    left_out = ("weights", "observed")  # each row has its weights; no paths are behind them
    settings = {name: value for name, value in made.settings.items() if name not in left_out}
    used = settings_line(said(settings))
    notes = [phrase("terminal.history.shipped", settings=used), *made.notes]
    ends = [name for name in found.columns if name.endswith("_low")]
    dates = found.filter(pl.any_horizontal(pl.col(ends).is_not_null()))["date"] if ends else ()
    if months := dict.fromkeys(date[:7] for date in dates):
        notes.append(phrase("words.ranges.history", dates=", ".join(months)))
    if found.is_empty():
        notes.append(phrase("terminal.history.nothing", nation=called(country)))
    _write(asked, found, country, notes, made.worlds, settings)
