"""Commands about a nation: ``brief`` and ``depend``; and ``dependents``, the reverse question."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from splinternet.base.choices import MODELLED, PATHS, ROUTING, Counting, Where
from splinternet.base.errors import MisuseError
from splinternet.base.takes import Takes
from splinternet.base.texts import country_called, nation_called, phrase
from splinternet.cli.choices import choosing, options_for, said, vantage_notes
from splinternet.cli.measures import (
    after_scenario,
    columns_record,
    full_figures,
    interval_of,
    observer_on_levels,
    shipped_rows,
)
from splinternet.cli.notes import about_ranges, notes_after, notes_on_levels, notes_on_shipped
from splinternet.cli.options import CountryArgument, expanded
from splinternet.cli.progress import progress_bar
from splinternet.cli.request import INTERVALS, OUTPUT, WORLD, Request, asking
from splinternet.cli.tables import Output, drawn, say, text_console

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polars import DataFrame

    from splinternet.brief.country import CountryBrief
    from splinternet.world.world import World

__all__ = ["brief", "depend", "dependents"]

#: Where a brief goes by default.
_SCREEN = Path("-")

#: Columns of text that are still read with ease.
_WIDEST = 100

_OutputsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write it as one page of HTML (.html) or as plain text (.txt), not to the screen; - "
        "is the screen. Repeatable.",
    ),
]
_LangOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="LANG",
        help="In which language, en or a folder of texts; by default as SPLINTERNET_LANGUAGE says.",
    ),
]
_AtlasOption = Annotated[
    Path | None,
    typer.Option(
        "--atlas",
        metavar="FILE",
        help="Rank the nation by this file of 'splinternet atlas -o', of the same world; the "
        "shipped worlds have theirs.",
    ),
]
_WorldsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--worlds",
        metavar="WORLD",
        help="Follow the nation through worlds of several dates, or a folder of them. Repeatable.",
    ),
]

_LongOption = Annotated[
    bool,
    typer.Option(
        "--long", help="On the screen and in text, the long report in place of one screen."
    ),
]

_LAYOUTS: dict[str, Literal["html", "text"]] = {".html": "html", ".htm": "html", ".txt": "text"}


@choosing("weights", "where", "outside", "vantages", "by", "observers", *ROUTING)
@asking(INTERVALS, WORLD, reads_ledger=True)
def brief(
    asked: Request,
    country: CountryArgument,
    output: _OutputsOption = None,
    lang: _LangOption = None,
    atlas: _AtlasOption = None,
    worlds: _WorldsOption = None,
    long: _LongOption = False,
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Tell in plain words on whom a nation's Internet depends.

    On the screen the finding, three figures, carriers and states; with --long, or on the page,
    also who could watch or cut it, what if, who builds it, its ties and laws, how it changed, how
    all of it is known, and sources. The page needs no network and no scripts. Where no address of
    the nation is known, each of its networks counts one by default. Networks and states stand side
    by side; '--by organisation' or '--by owner' adds shares of these, and '--observer' adds what
    one state or network, or several together, could see.
    """
    from splinternet.brief.country import make_brief
    from splinternet.brief.facts.asked import TAKES, compared_by
    from splinternet.figures.given import read_atlas
    from splinternet.world.catalogue import open_world

    outputs = output or [_SCREEN]
    _check(outputs, lang)
    before, opened = asked.open_before(), asked.open(choices.get("links"))
    rules = compared_by(*TAKES.chosen(None, None, choices))
    listed = choices.get("vantages")
    for note in vantage_notes(opened, listed):
        say(note, error=True)
    with progress_bar("brief") as progress:
        made = make_brief(
            opened,
            country,
            called=asked.called,
            scenario=asked.after,
            before=before,
            bans=asked.bans(before),
            atlas=None if atlas is None else read_atlas(atlas, opened, rules),
            worlds=[open_world(each) for each in expanded(worlds or [])],
            ledger=asked.open_ledgers(),
            draws=asked.draws,
            listed=getattr(listed, "file", None),
            progress=progress,
            **choices,
        )
        pages = ", ".join(str(each) for each in outputs if _layout(each) == "html")
        texts = {
            each: _page(made, lang)
            if _layout(each) == "html"
            else _plain(made, lang, each, pages, long=long)
            for each in outputs
        }
    for each, text in texts.items():
        if each == _SCREEN:
            sys.stdout.write(text)
        else:
            Output(file=each).save(text.encode())


def _check(outputs: list[Path], lang: str | None) -> None:
    """Find before the long work what would keep a brief from being written."""
    from splinternet.base.folders import check_new_file
    from splinternet.base.texts import texts_of

    for each in outputs:
        _layout(each)
    texts_of("brief", lang)
    for each in outputs:
        if each != _SCREEN:
            check_new_file(each)


def _layout(output: Path) -> Literal["html", "text"]:
    """Tell by the name of the file how to lay a brief out."""
    suffix = ".txt" if output == _SCREEN else output.suffix.lower()
    if suffix not in _LAYOUTS:
        raise MisuseError(f"{output}: a brief is written to a file that ends in .html or .txt")
    return _LAYOUTS[suffix]


def _page(made: CountryBrief, lang: str | None) -> str:
    from splinternet.brief.page import page

    return page(made, lang=lang)


def _plain(made: CountryBrief, lang: str | None, output: Path, pages: str, *, long: bool) -> str:
    from io import StringIO

    from splinternet.brief.terminal import print_brief, print_screen

    shown = output == _SCREEN
    width = min(_WIDEST, text_console().width) if shown else _WIDEST
    console = text_console(width, None if shown else StringIO())
    if long:
        return drawn(lambda console: print_brief(made, console, lang=lang), console)
    return drawn(lambda console: print_screen(made, console, page=pages, lang=lang), console)


@options_for(
    Takes(
        "dependence",
        (
            *ROUTING,
            "direction",
            "by",
            "weights",
            "where",
            "parties",
            "outside",
            "vantages",
            "observers",
        ),
        own={"paths": PATHS},
    ),
    {"paths": MODELLED},
)
@asking(INTERVALS, OUTPUT, WORLD)
def depend(
    asked: Request,
    country: CountryArgument,
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Show what share of a nation's routes abroad pass each network, or each state.

    By default every network abroad counts one, each of the nation its addresses. A network that
    sends or receives is not counted as passed. By network also says how concentrated the foreign
    providers are. A state's share is of the routes with no end in that state: 'counted' says of
    how much of all, so shares do not add up. Columns: asn, name, country, share; by state:
    country, share, counted; by owner: country, share, counted, ends (what of the nation's own end
    the state owns); by organisation: organisation, share. Shipped shares also have share_low and
    share_high, their range by other rules. '--observer' asks about one state or
    network, several together as one: observer, share, counted. With '--paths both' share is
    modelled, and observed and difference stand beside it. After a scenario on a digest there are
    before (what is shipped of the full world), share (that and what changes in the digest) and
    difference, each with its range by other rules, as before_low and before_high.
    """
    from splinternet.base.countries import country_code
    from splinternet.measures.dependence import QUESTION
    from splinternet.measures.dependence import depend as compute

    code = country_code(country)
    routing, counting = QUESTION.takes.chosen(None, None, choices)
    opened = asked.open(routing.links)
    settings = said({**QUESTION.takes.said(routing, counting), "paths": choices.get("paths")})
    if not asked.draws and (known := shipped_rows(opened, QUESTION, code, choices)):
        more = columns_record(QUESTION, known[1])
        notes = notes_on_shipped(known[0], **settings)
        notes += about_ranges(known[1])
        asked.sink.write(known[1], _heading(code, counting), notes, more=more)
        return
    if before := asked.on_levels(routing.links):
        worlds = (before, opened)
        told, notes = after_scenario(QUESTION, code, worlds, choices, settings)
        if "asn" in told.table.columns:
            notes += _concentration(opened, code, told.table, counting.where)
        more = columns_record(QUESTION, told)
        asked.sink.write_after(told, [before.manifest], _heading(code, counting), notes, more)
        return
    notes = notes_on_levels(opened, **settings)
    notes += vantage_notes(opened, choices.get("vantages"))
    with progress_bar("depend") as progress:
        if asked.draws:
            shares, note = interval_of(opened, QUESTION, code, asked.draws, progress, choices)
            notes += [*full_figures(opened, QUESTION, code, choices), note]
        else:
            shares = compute(opened, code, progress=progress, **choices)
            shares, levels = observer_on_levels(opened, QUESTION, code, choices, shares)
            notes += levels
            paths = choices.get("paths", MODELLED)
            if counting.by in ("network", "state") and paths == "modelled":
                notes += about_ranges(shares)
    if "asn" in shares.columns and "difference" not in shares.columns:
        notes += _concentration(opened, code, shares, counting.where)
    more = columns_record(QUESTION, shares, drawn=bool(asked.draws))
    asked.sink.write(shares, _heading(code, counting), notes, more=more)


@choosing(*ROUTING, "direction", "weights", "outside", "vantages")
@asking(OUTPUT, WORLD)
def dependents(
    asked: Request,
    carrier: Annotated[
        str,
        typer.Argument(metavar="ASN|STATE", help="A network's number, or a state's code or name."),
    ],
    ranges: Annotated[
        bool,
        typer.Option(
            "--ranges",
            help="After a scenario on a digest, compute also ranges by other rules, of shares "
            "after and of differences.",
        ),
    ] = False,
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Show the nations whose routes abroad pass a network, or any network of a state.

    The reverse of 'depend', for all nations in one sweep. Of a state only third parties' routes
    counts: paths with no end in it. Columns: country, name, share; of shipped shares also
    share_low and share_high, their range by other rules, and doubt, why one is not sure. After a
    scenario on a digest there are before and difference, as in 'depend', their ranges with
    --ranges.
    """
    from splinternet.brief.changed import least_told
    from splinternet.brief.ranged import unsought_doubts
    from splinternet.figures.reverse import shipped_dependents
    from splinternet.figures.shipped import LEAST, shipped_of
    from splinternet.measures.dependence import MEASURE
    from splinternet.measures.dependents import TAKES, named_carrier
    from splinternet.measures.dependents import dependents as compute
    from splinternet.scenario.levelled_dependents import dependents_on_levels

    routing, counting = TAKES.chosen(None, None, choices)
    opened = asked.open(routing.links)
    settings = said(TAKES.said(routing, counting))
    called = named_carrier(opened, carrier)
    heading = phrase(f"terminal.dependents.{counting.direction}", carrier=called)
    if before := asked.on_levels(routing.links):
        with progress_bar("dependents") as progress:
            told = dependents_on_levels(
                before,
                opened,
                carrier,
                lambda world, rule: _named_nations(
                    compute(world, carrier, **{**choices, **rule}, progress=progress)
                ),
                choices,
                ranges=ranges,
                least=max(LEAST, least_told(before.manifest)),
            )
        notes = notes_after(told, opened, **settings)
        asked.sink.write_after(told, [before.manifest], heading, notes)
        return
    if ranges:
        raise MisuseError("--ranges are of shares after a scenario on a digest")
    notes, found = notes_on_levels(opened, **settings), None
    if known := shipped_of(opened, MEASURE, choices):
        notes, found = notes_on_shipped(known, **settings), shipped_dependents(known, carrier)
    if found is None:
        with progress_bar("dependents") as progress:
            found = compute(opened, carrier, routing=routing, counting=counting, progress=progress)
    shares = _named_nations(found)
    notes += vantage_notes(opened, choices.get("vantages"))
    notes += about_ranges(shares)
    if "doubt" not in shares.columns:
        notes.append(unsought_doubts(opened, carrier))
    asked.sink.write(shares, heading, notes)


def _named_nations(shares: DataFrame) -> DataFrame:
    """Put the name of each nation beside its code."""
    import polars as pl

    from splinternet.base.countries import country_name

    names = pl.col("country").replace_strict({c: country_name(c) for c in shares["country"]})
    return shares.select("country", names.cast(pl.String).alias("name"), pl.exclude("country"))


def _concentration(world: World, code: str, shares: DataFrame, where: Where) -> Iterator[str]:
    """Say how concentrated the foreign providers are."""
    from splinternet.measures.concentration import concentration

    if found := concentration(world, code, shares, where=where):
        how = "at_least" if world.manifest.is_digest else "providers"
        yield phrase(
            f"terminal.depend.{how}",
            number=found.providers,
            hhi=found.hhi,
            effective=found.effective,
        )


def _heading(code: str, counting: Counting) -> str:
    routes = phrase(f"terminal.depend.{counting.direction}", nation=nation_called(code))
    if counting.observers is not None:
        observers = phrase("terminal.depend.and").join(map(_observer_name, counting.observers))
        return phrase("terminal.depend.observed", share=routes, observers=observers)
    passed = phrase(f"terminal.depend.{counting.by}")
    return phrase("terminal.depend.passed", share=routes, carriers=passed)


def _observer_name(observer: int | str) -> str:
    from splinternet.base.countries import country_code

    return f"AS{observer}" if isinstance(observer, int) else country_called(country_code(observer))
