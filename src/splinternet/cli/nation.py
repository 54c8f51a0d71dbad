"""Commands about a nation: ``brief`` and ``depend``."""

from __future__ import annotations

import sys

import typer

from splinternet.cli.options import (
    ByOption,
    CountryArgument,
    DirectionOption,
    FileOption,
    FormatOption,
    LimitOption,
    PreferOption,
    ScenarioOption,
    TiesOption,
    WeightsOption,
    WorldOption,
    chosen,
    open_chosen,
)
from splinternet.cli.progress import progress_bar
from splinternet.cli.tables import Output, drawn, notes_on, text_console

__all__ = ["brief", "depend"]

#: Columns of text that are still read with ease.
_WIDEST = 100


def brief(
    context: typer.Context,
    country: CountryArgument,
    weights: WeightsOption = "addresses",
    prefer: PreferOption = "customer-first",
    ties: TiesOption = "split",
    world: WorldOption = None,
    scenario: ScenarioOption = None,
) -> None:
    """Tell in plain words who carries a nation's traffic.

    By which networks and through which states it goes abroad, how concentrated that is, what is
    known of it and what not, how it was computed, and how to compute it again.
    """
    from splinternet.brief.country import make_brief
    from splinternet.brief.terminal import print_brief

    called, named = chosen(context, world, scenario)
    with progress_bar("brief") as progress:
        made = make_brief(
            open_chosen(context, world, scenario),
            country,
            weights=weights,
            prefer=prefer,
            ties=ties,
            called=called,
            scenario=named,
            progress=progress,
        )
    width = min(_WIDEST, text_console().width)
    sys.stdout.write(drawn(lambda console: print_brief(made, console), text_console(width)))


def depend(
    context: typer.Context,
    country: CountryArgument,
    direction: DirectionOption = "inbound",
    by: ByOption = "network",
    weights: WeightsOption = "addresses",
    prefer: PreferOption = "customer-first",
    ties: TiesOption = "split",
    form: FormatOption = None,
    output: FileOption = None,
    limit: LimitOption = 20,
    world: WorldOption = None,
    scenario: ScenarioOption = None,
) -> None:
    """Show what share of a nation's traffic abroad passes each network, or each state.

    Every network abroad counts one, each of the nation what --weights says. A network that sends
    or receives is not counted as passed. By network also says how concentrated the foreign
    providers are. Columns: asn, name, country, share; by state: country, share.
    """
    from splinternet.measures.concentration import concentration
    from splinternet.measures.dependence import depend as compute
    from splinternet.world.countries import country_code, country_name

    sink = Output(form, output, limit)
    code = country_code(country)
    opened = open_chosen(context, world, scenario)
    with progress_bar("depend") as progress:
        shares = compute(
            opened,
            code,
            direction=direction,
            by=by,
            weights=weights,
            prefer=prefer,
            ties=ties,
            progress=progress,
        )
    notes = notes_on(opened, weights=weights, preference=prefer, ties=ties)
    if by == "network" and (found := concentration(opened, code, shares)):
        at_least = "at least " if opened.manifest.is_digest else ""
        notes.append(
            f"Foreign providers: {at_least}{found.providers:,}; "
            f"Herfindahl-Hirschman index {found.hhi:.3f}; effective number {found.effective:.1f}."
        )
    where = {"inbound": "to", "outbound": "from", "domestic": "within"}[direction]
    traffic = f"traffic {where} {country_name(code)}"
    passed = "each network" if by == "network" else "any network of a state"
    sink.write(shares, f"Share of {traffic} that passes {passed}", notes)
