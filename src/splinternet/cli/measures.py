"""Commands that measure: ``measure``, ``atlas`` and ``history``."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from splinternet.base.asn import as_number, looks_like_asn
from splinternet.base.errors import MisuseError
from splinternet.cli.options import (
    Direction,
    FileOption,
    FormatOption,
    LedgerOption,
    LimitOption,
    LinksOption,
    Prefer,
    ScenarioOption,
    Ties,
    Weights,
    WorldOption,
    open_chosen,
)
from splinternet.cli.progress import progress_bar
from splinternet.cli.tables import Output, notes_on

if TYPE_CHECKING:
    from splinternet.measures.bootstrap import ErrorRates
    from splinternet.measures.measure import Measure

__all__ = ["atlas", "expanded", "history", "measure"]


def _option(name: str, values: str, text: str) -> Any:  # noqa: ANN401
    return typer.Option(f"--{name}", metavar=values, help=text)


_WEIGHTS = _option(
    "weights", "|".join(get_args(Weights)), "What a network counts [default: addresses]."
)
_PREFER = _option(
    "prefer", "|".join(get_args(Prefer)), "As for 'depend' [default: customer-first]."
)
_TIES = _option("ties", "|".join(get_args(Ties)), "As for 'depend' [default: split].")


def measure(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[MEASURE]", help="Which; without one all are listed.")
    ] = None,
    country: Annotated[
        str | None,
        typer.Argument(metavar="[COUNTRY]", help="ISO 3166-1 code, such as RU, or English name."),
    ] = None,
    direction: Annotated[
        Direction | None,
        _option("direction", "|".join(get_args(Direction)), "Traffic to, from or within it."),
    ] = None,
    vantages: Annotated[
        str | None,
        _option(
            "vantages",
            "carriers|all|ASNS|FILE",
            "Who looks: outside networks with customers, all outside networks, AS numbers with "
            "commas between, or a file of them or a routing table (MRT).",
        ),
    ] = None,
    at_least: Annotated[
        float | None, _option("at-least", "VALUE", "The smallest value to list.")
    ] = None,
    share: Annotated[
        float | None, _option("share", "SHARE", "The share of addresses that is meant.")
    ] = None,
    observer: Annotated[
        list[str] | None,
        _option("observer", "STATE|ASN", "Who observes; several are one observer together."),
    ] = None,
    bloc: Annotated[
        list[str] | None,
        _option("bloc", "NAME=STATES", "States to take as one, as 'west=US,GB'; may be repeated."),
    ] = None,
    core: Annotated[
        str | None,
        _option("core", "ASNS", "The global tier-1 networks, with commas between."),
    ] = None,
    weights: Annotated[Weights | None, _WEIGHTS] = None,
    prefer: Annotated[Prefer | None, _PREFER] = None,
    ties: Annotated[Ties | None, _TIES] = None,
    links: LinksOption = "all",
    replicates: Annotated[
        int,
        typer.Option(
            "--bootstrap",
            metavar="N",
            min=0,
            help="Compute it N times more with links dropped or changed at random, and give the "
            "interval of 95 % beside each figure.",
        ),
    ] = 0,
    rates: Annotated[
        str | None,
        _option(
            "rates",
            "A,B,C,D",
            "For --bootstrap: parts of the transit and of the peering links that are dropped, and "
            "that are of the other kind [default: 0.01,0.2,0.004,0.013].",
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="For --bootstrap: which chance.")] = 0,
    form: FormatOption = None,
    output: FileOption = None,
    limit: LimitOption = 20,
    world: WorldOption = None,
    scenario: ScenarioOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Measure how dependent, exposed or fragile a nation's Internet is.

    Without a measure it lists those there are, with what they ask and who defined them. Each takes
    the options that make sense for it; docs/measures.md has their formulas.
    """
    sink = Output(form, output, limit)
    if name is None:
        _list(sink)
        return
    from splinternet.measures.measure import find_measure

    found = find_measure(name)
    if country is None:
        raise MisuseError(f"of which country? Give one after {name}, such as RU")
    given = {
        "direction": direction,
        "vantages": None if vantages is None else _vantages(vantages),
        "at_least": at_least,
        "share": share,
        "observers": None if not observer else [_observer(each) for each in observer],
        "blocs": None if not bloc else _blocs(bloc),
        "core": None if core is None else [as_number(each) for each in core.split(",")],
        "weights": weights,
        "prefer": prefer,
        "ties": ties,
    }
    options = _taken(found, given)
    if rates is not None and not replicates:
        raise MisuseError("--rates tells how to draw for --bootstrap N; give that too")
    opened = open_chosen(context, world, scenario, links, ledger)
    notes = notes_on(opened, **_said(found, options, links))
    with progress_bar(name) as progress:
        if "progress" in found.options and not replicates:
            options["progress"] = progress
        if replicates:
            from splinternet.measures.bootstrap import bootstrap

            chance = _rates(rates)
            table = bootstrap(
                opened, found, country, replicates,
                rates=chance, seed=seed, progress=progress, **options,
            )  # fmt: skip
            notes.append(f"Intervals: 95 % of {replicates} worlds {chance}; seed {seed}.")
        else:
            table = found.table(opened, country, **options)
    notes.append(f"Source: {found.source}.")
    sink.write(table, f"{_called(country)}: {found.question}", notes)


def atlas(
    context: typer.Context,
    measures: Annotated[
        list[str] | None,
        _option("measure", "MEASURE", "One of them; by default all but those that take long."),
    ] = None,
    countries: Annotated[
        str | None, _option("countries", "CODES", "With commas between; all by default.")
    ] = None,
    keep: Annotated[
        Path | None,
        _option("keep", "FOLDER", "Keep each nation's figures here [default: FILE.parts]."),
    ] = None,
    weights: Annotated[Weights, _WEIGHTS] = "addresses",
    prefer: Annotated[Prefer, _PREFER] = "customer-first",
    ties: Annotated[Ties, _TIES] = "split",
    links: LinksOption = "all",
    form: FormatOption = None,
    output: FileOption = None,
    limit: LimitOption = 20,
    world: WorldOption = None,
    scenario: ScenarioOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Set the measures of all nations side by side, in one table.

    With -o FILE it can be stopped, and goes on when the same command is given again; beside FILE
    it writes FILE.manifest.json, which tells what it was made of and what each column means.
    """
    from splinternet.measures.atlas import atlas as compute
    from splinternet.measures.atlas import atlas_manifest

    sink = Output(form, output, 0 if output else limit)
    if output and output.is_dir():
        raise MisuseError(f"{output}: is a folder; name a file")
    opened = open_chosen(context, world, scenario, links, ledger)
    # A pipe or a device has nothing beside it.
    beside = output if output and (output.is_file() or not output.exists()) else None
    folder = keep or (beside.with_name(f"{beside.name}.parts") if beside else None)
    with progress_bar("atlas") as progress:
        table = compute(
            opened, measures, countries.split(",") if countries else None,
            folder=folder, weights=weights, prefer=prefer, ties=ties, progress=progress,
        )  # fmt: skip
    settings = _named(weights, prefer, ties, links)
    notes = notes_on(opened, **settings)
    notes.append("'splinternet measure' lists the measures with their sources.")
    sink.write(
        table, "Nations by measures", notes, more=atlas_manifest(opened, measures, **settings)
    )
    if folder and not keep:
        shutil.rmtree(folder)


def history(
    context: typer.Context,
    country: Annotated[str, typer.Argument(metavar="COUNTRY", help="ISO code or English name.")],
    worlds: Annotated[
        list[str], typer.Option("--worlds", metavar="NAME|FOLDER", help="Worlds, one or more.")
    ],
    more: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME|FOLDER]...", help="More of them.")
    ] = None,
    measures: Annotated[
        list[str] | None, _option("measure", "MEASURE", "Which; 'dependence' by default.")
    ] = None,
    mixed: Annotated[
        bool, typer.Option("--mixed", help="Compare also what is not of one kind.")
    ] = False,
    weights: Annotated[Weights, _WEIGHTS] = "addresses",
    prefer: Annotated[Prefer, _PREFER] = "customer-first",
    ties: Annotated[Ties, _TIES] = "split",
    links: LinksOption = "all",
    form: FormatOption = None,
    output: FileOption = None,
    limit: LimitOption = 0,
) -> None:
    """Follow a nation's figures over time, a row for each world.

    Only like is compared with like: worlds whose links other evidence shows, or digests with full
    worlds, are refused unless --mixed says otherwise. A folder of worlds stands for all in it.
    """
    import msgspec

    from splinternet.measures.history import history as compute
    from splinternet.measures.measure import find_measure
    from splinternet.world.catalogue import open_world
    from splinternet.world.evidence import by_evidence

    if context.obj.scenario:
        raise MisuseError("'history' takes worlds as they are and no --scenario; leave it out")
    sink = Output(form, output, limit)
    chosen = [find_measure(each) for each in measures or ["dependence"]]
    opened = [by_evidence(open_world(each), links) for each in expanded([*worlds, *(more or [])])]
    with progress_bar("history") as progress:
        table = compute(
            opened, chosen, country,
            mixed=mixed, progress=progress, weights=weights, prefer=prefer, ties=ties,
        )  # fmt: skip
    settings = _named(weights, prefer, ties, links)
    said = "; ".join(f"{k} {v}" for k, v in settings.items())
    notes = [f"Computed with {said}.", *(f"Source: {each.source}." for each in chosen)]
    manifests = [msgspec.to_builtins(each.manifest) for each in opened]
    record = {"worlds": manifests, "settings": settings}
    sink.write(table, f"{_called(country)} over time", notes, more=record)


def _list(sink: Output) -> None:
    import polars as pl

    from splinternet.measures.measure import list_measures

    rows = [(m.name, m.question, m.source) for m in list_measures().values()]
    frame = pl.DataFrame(rows, schema=["measure", "question", "source"], orient="row")
    sink.write(frame, "Measures; 'splinternet measure NAME COUNTRY' computes one")


def _taken(measure: Measure, given: dict[str, Any]) -> dict[str, Any]:
    """Leave the options that were given.

    Raises
    ------
    MisuseError
        If the measure does not take one of them.
    """
    options = {key: value for key, value in given.items() if value is not None}
    for key in options:
        if key not in measure.options:
            takes = ", ".join(_flag(k) for k in given if k in measure.options) or "no option"
            raise MisuseError(f"'{measure.name}' has no use for {_flag(key)}; it takes {takes}")
    return options


def _flag(option: str) -> str:
    word = {"observers": "observer", "blocs": "bloc"}.get(option, option)
    return f"--{word.replace('_', '-')}"


def _called(country: str) -> str:
    """Name what is measured: a country, or a network where there is none of this name."""
    from splinternet.base.countries import country_code, country_name

    try:
        return country_name(country_code(country))
    except MisuseError:
        return country


def _said(measure: Measure, options: dict[str, Any], links: str) -> dict[str, str]:
    """Name the settings of a measure, also those that it has by default."""
    words = {"prefer": "preference", "at_least": "at least"}
    used = {**measure.options, **options, "links": links}
    return {
        words.get(key, key): str(value) if isinstance(value, str | float) else _many(value)
        for key, value in used.items()
        if key != "progress" and value is not None
    }


def _many(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} ({' '.join(members)})" for name, members in value.items())
    named = [str(each) for each in value] if isinstance(value, Iterable) else [str(value)]
    return ", ".join(named) if len(named) <= 5 else f"{len(named)} given"


def _named(weights: str, prefer: str, ties: str, links: str) -> dict[str, str]:
    return {"weights": weights, "preference": prefer, "ties": ties, "links": links}


def _vantages(text: str) -> str | list[int]:
    if text in ("carriers", "all"):
        return text
    if all(looks_like_asn(part) for part in text.split(",")):
        return [as_number(part) for part in text.split(",")]
    if not text or not Path(text).exists():
        raise MisuseError.unknown(
            "set of vantages", text, ("carriers", "all"), "or give AS numbers, or a file of them"
        )
    from splinternet.world.collectors import read_collector_peers

    return read_collector_peers(text)


def _observer(text: str) -> int | str:
    return as_number(text) if looks_like_asn(text) else text


def _blocs(texts: list[str]) -> dict[str, list[str]]:
    blocs: dict[str, list[str]] = {}
    for text in texts:
        name, states = (part.strip() for part in text.partition("=")[::2])
        if not name or not states:
            raise MisuseError(f"{text!r} names no bloc; write it as 'west=US,GB'")
        if name in blocs:
            raise MisuseError(f"bloc {name!r} is given twice; list all its states once")
        blocs[name] = [state.strip() for state in states.split(",")]
    return blocs


def _rates(text: str | None) -> ErrorRates:
    from splinternet.measures.bootstrap import ErrorRates

    if text is None:
        return ErrorRates()
    try:
        one, two, three, four = (float(part) for part in text.split(","))
    except ValueError:
        raise MisuseError(
            f"{text!r} are no four rates; give transit and peering dropped, transit and peering of "
            "the other kind, as 0.01,0.2,0.004,0.013"
        ) from None
    return ErrorRates(one, two, three, four)


def expanded(worlds: list[str]) -> list[str]:
    """Replace a folder of worlds by the worlds in it."""
    found: list[str] = []
    for each in worlds:
        folder = Path(each)
        # A leading dot marks a save in progress.
        inside = sorted(path.parent for path in folder.glob("[!.]*/manifest.json"))
        found += map(str, inside) if inside and not (folder / "manifest.json").exists() else [each]
    return found
