"""Commands about routing tables of route collectors: ``rib``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from splinternet.cli.options import FileOption, FormatOption, LimitOption
from splinternet.cli.progress import progress_bar
from splinternet.cli.tables import Output

__all__ = ["rib"]


def rib(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Routing tables (MRT), plain, gzip, bzip2 or xz."),
    ],
    form: FormatOption = None,
    output: FileOption = None,
    limit: LimitOption = 25,
) -> None:
    """Sum up routing tables of route collectors: who tells how much, and what was left out.

    Columns: asn (the monitor), collector, table (full: routes to three quarters of the origins
    or more; else partial), origins, prefixes, addresses (IPv4), paths.
    """
    from splinternet.world.report import input_lines
    from splinternet.world.rib.observing import Hints, observe
    from splinternet.world.rib.summary import summarise_monitors

    sink = Output(form, output, limit)
    with progress_bar("rib"):
        observed = observe(files, Hints())
    monitors = summarise_monitors(observed.paths)
    full = monitors.filter(monitors["table"] == "full")["asn"].n_unique()
    notes = [
        *input_lines(observed.inputs),
        f"{monitors['asn'].n_unique():,} monitors, {full:,} with full tables; "
        f"{observed.paths.height:,} paths to {observed.paths['origin'].n_unique():,} origins.",
    ]
    sink.write(monitors, "Monitors of route collectors", notes)
