"""The command that sets the model beside routes that were observed: ``check-model``."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

import typer

from splinternet.cli.choices import choosing, said
from splinternet.cli.options import (
    FileOption,
    FormatOption,
    LimitOption,
    WorldOption,
    open_chosen,
)
from splinternet.cli.progress import progress_bar
from splinternet.cli.tables import Output, notes_on

__all__ = ["check_model"]

By = Literal["preference", "monitor", "nation"]


@choosing("prefer", "links")
def check_model(
    context: typer.Context,
    by: Annotated[
        By,
        typer.Option(
            "--by",
            metavar="|".join(get_args(By)),
            help="A row for each order of preference, for each monitor, or for each nation of "
            "origins.",
        ),
    ] = "preference",
    form: FormatOption = None,
    output: FileOption = None,
    limit: LimitOption = 25,
    world: WorldOption = None,
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Set the modelled routes of a world beside those that route collectors saw.

    Columns: prefer, asn (the monitor) or country; pairs (of monitor and origin), and the part of
    them of which is true: path (the whole path is as observed), next_hop (its first hop is), length
    (it has as many links), best (the observed path is one of the equally good ones), rest (from
    the observed first hop on the path is as observed), missing (the world lacks a link of it).
    """
    from splinternet.routing.observed import check_model as check

    sink = Output(form, output, limit)
    opened = open_chosen(context, world, None, choices.get("links"))
    with progress_bar("check-model") as progress:
        found = check(opened, by=by, progress=progress, **choices)
    notes = notes_on(opened, **said(choices))
    sink.write(found, "Modelled routes beside observed ones, as parts of all pairs", notes)
