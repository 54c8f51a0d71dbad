"""The command that sets the model beside routes that were observed: ``check-model``."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

import typer

from splinternet.base.texts import phrase
from splinternet.cli.choices import choosing, said
from splinternet.cli.notes import notes_on
from splinternet.cli.options import WorldOption
from splinternet.cli.progress import progress_bar
from splinternet.cli.request import OUTPUT, Request, asking

__all__ = ["check_model"]

By = Literal["preference", "monitor", "nation"]


@choosing("prefer", "links")
@asking(OUTPUT, {"world": WorldOption}, limit=25)
def check_model(
    asked: Request,
    by: Annotated[
        By,
        typer.Option(
            "--by",
            metavar="|".join(get_args(By)),
            help="A row for each order of preference, for each monitor, or for each nation of "
            "origins.",
        ),
    ] = "preference",
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Set the modelled routes of a world beside those that route collectors saw.

    Columns: prefer, asn (the monitor) or country; pairs (of monitor and origin), and the part of
    them of which is true: path (the whole path is as observed), next_hop (its first hop is), length
    (it has as many links), best (the observed path is one of the equally good ones), rest (from
    the observed first hop on the path is as observed), missing (the world lacks a link of it).
    """
    from splinternet.routing.observed import check_model as check

    opened = asked.open(choices.get("links"))
    with progress_bar("check-model") as progress:
        found = check(opened, by=by, progress=progress, **choices)
    notes = notes_on(opened, **said(choices))
    asked.sink.write(found, phrase("terminal.model.heading"), notes)
