"""A brief laid out for a terminal or a text file."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from splinternet.brief import sentences
from splinternet.brief.country import CountryBrief
from splinternet.brief.words import country_title, percent, the_nation

__all__ = ["print_brief"]

_INDENT = 2


def print_brief(brief: CountryBrief, console: Console) -> None:
    """Print a brief, as wide as the console is."""
    page = _Page(console)
    page.title(sentences.title(brief))
    page.text(sentences.lede(brief))
    page.heading("Who carries it")
    page.text(sentences.how_to_read(brief))
    page.shares(_carriers(brief), sentences.order())
    page.heading("Through which states")
    page.shares(_states(brief), sentences.order())
    page.heading("How concentrated it is")
    page.points(sentences.concentrated(brief))
    page.heading("What this world knows")
    page.points(sentences.known(brief))
    page.heading("What it cannot know")
    page.points(sentences.unknown_to_the_model(brief))
    page.heading("How this was computed")
    page.points(sentences.method(brief))
    page.heading("Data")
    page.points(brief.citations or ["No source is recorded."])
    page.heading("Make it again")
    for command, gives in brief.commands:
        page.command(command, gives)


#: A part of a table of shares: its heading, and rows of name, inbound and outbound share.
_Part = tuple[str, list[tuple[str, float, float]]]


def _carriers(brief: CountryBrief) -> list[_Part]:
    nation = the_nation(brief.country)
    abroad = [(sentences.carrier_title(c), c.inbound, c.outbound) for c in brief.foreign]
    home = [
        (sentences.carrier_title(c, country=False), c.inbound, c.outbound) for c in brief.domestic
    ]
    return [(f"Outside {nation}", abroad), (f"In {nation}", home)]


def _states(brief: CountryBrief) -> list[_Part]:
    rows = [(country_title(s.country), s.inbound, s.outbound) for s in brief.states]
    return [("By any network of", rows)]


class _Page:
    """A console with the few shapes that a brief has."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def _print(self, what: Text | Table, indent: int = _INDENT) -> None:
        self.console.print(Padding(what, (0, 0, 0, indent)))

    def title(self, text: str) -> None:
        self._print(Text(text, style="bold"), 0)
        self.console.print()

    def heading(self, text: str) -> None:
        self.console.print()
        self._print(Text(text, style="bold"), 0)

    def text(self, text: str) -> None:
        self._print(Text(text))

    def points(self, texts: Iterable[str]) -> None:
        grid = Table.grid(padding=(0, 1))
        for text in texts:
            grid.add_row("-", Text(text))
        self._print(grid)

    def shares(self, parts: Iterable[_Part], order: str) -> None:
        grid = Table.grid(padding=(0, 2), expand=True)
        grid.add_column(ratio=1)
        grid.add_column(justify="right", no_wrap=True)
        grid.add_column(justify="right", no_wrap=True)
        for heading, rows in parts:
            grid.add_row()
            grid.add_row(Text(heading, style="italic"), "inbound", "outbound")
            for name, inbound, outbound in rows:
                grid.add_row(Text(name), percent(inbound), percent(outbound))
            if not rows:
                grid.add_row("none that carries for another", "", "")
        self._print(grid)
        self._print(Text(order, style="dim"))

    def command(self, command: str, gives: str) -> None:
        # Never wrapped, so that it can be copied.
        self.console.print(Text(f"  {command}"), soft_wrap=True)
        self.console.print(Text(f"      {gives}", style="dim"))
