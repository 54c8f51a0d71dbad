"""A brief laid out for a terminal or a text file: on one screen, or the long report."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatchmethod

import polars as pl
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from splinternet.base.texts import Texts, texts_of
from splinternet.brief.country import CountryBrief
from splinternet.brief.document import (
    Cards,
    Code,
    FrontCard,
    Listing,
    Notes,
    Opening,
    Paragraph,
    Picture,
    Points,
    Subheading,
    Table,
    Works,
)
from splinternet.brief.drawings.bars import in_letters
from splinternet.brief.ranged import has_ranges, ranged
from splinternet.brief.story import tell_brief
from splinternet.brief.words import day

__all__ = ["print_brief", "print_opening", "print_screen"]

_INDENT = 2

#: How much wider a column of sentences is than one of words.
_WIDE = 2

#: Letters that the first column has room for at least.
_FIRST = 12

#: Letters that a column of numbers has at most.
_NUMBER = 12


#: Columns of a name, and letters of a bar, on the one screen.
_NAME, _BAR = 44, 24

#: Rows of a list there by its key, and of the others.
_LISTED, _FEW = {"carriers-home": 2}, 3

#: Letters of a share with its range, and the room between columns.
_RANGE = 22

#: Shares of less would be told as nothing there.
_SHOWN = 0.0005

#: How the keys of pictures begin that are on the first screen.
_FIRST_BARS = ("carriers-", "states-ranked")


def print_screen(
    brief: CountryBrief, console: Console, *, page: str = "", lang: str | None = None
) -> None:
    """Print the finding, three figures, carriers, states, and where the page is.

    Raises
    ------
    MisuseError
        If there are no texts in this language.
    """
    document = tell_brief(brief, lang)
    if document.opening is None:
        print_brief(brief, console, lang=lang)
        return
    texts = texts_of("brief", lang)
    pictures = (block for tab in document.tabs for block in tab.blocks)
    ranked = (
        each for each in pictures if isinstance(each, Picture) and each.key.startswith(_FIRST_BARS)
    )
    where = texts("terminal.page", page=page) if page else texts("terminal.no_page")
    where = where.replace("{command}", brief.asked.command(f"brief {brief.country}"))
    about = texts("terminal.about", date=day(brief.manifest.date), world=document.opening.world)
    print_opening(document.opening, console, texts, ranked, (about, where))


def print_opening(
    opening: Opening,
    console: Console,
    texts: Texts,
    pictures: Iterable[Picture],
    last: Iterable[str],
) -> None:
    """Print a first screen: the finding, what is known first, figures, ranked shares, notes."""
    laid = _Page(console, texts)
    laid.heading(opening.when)
    laid.text(opening.title, "bold")
    for said in opening.known:
        laid.text(said)
    for said in opening.more[:1]:
        laid.text(f"{said}.")
    console.print()
    laid.figures(opening.cards)
    console.print()
    for picture in pictures:
        laid.ranked(picture)
    console.print()
    for said in last:
        laid.text(said, "dim")


def print_brief(brief: CountryBrief, console: Console, *, lang: str | None = None) -> None:
    """Print a brief, as wide as the console is.

    Raises
    ------
    MisuseError
        If there are no texts in this language.
    """
    document = tell_brief(brief, lang)
    page = _Page(console, texts_of("brief", lang))
    page.heading(document.title)
    page.text(document.subtitle)
    for said in document.lede:
        page.text(said)
    for chapter in document.chapters:
        page.heading(chapter.title)
        for block in chapter.blocks:
            page.show(block)


class _Page:
    """A console with the few shapes that a brief has."""

    def __init__(self, console: Console, texts: Texts) -> None:
        self.console = console
        self.texts = texts

    def _print(self, what: Text | Grid, indent: int = _INDENT) -> None:
        self.console.print(Padding(what, (0, 0, 0, indent)))

    def _noted(self, notes: Iterable[int]) -> str:
        """Say which notes tell how it is known."""
        numbers = ", ".join(map(str, notes))
        if not numbers:
            return ""
        if "," in numbers:
            return f" ({self.texts('document.notes', numbers=numbers)})"
        return f" ({self.texts('document.note', number=numbers)})"

    def heading(self, text: str) -> None:
        """Print the heading of a chapter."""
        self.console.print()
        self._print(Text(text, style="bold"), 0)

    def text(self, text: str, style: str = "") -> None:
        """Print sentences."""
        self._print(Text(text, style=style))

    def figures(self, cards: Iterable[FrontCard]) -> None:
        """Print large figures, each on a line or two."""
        grid = Grid.grid(padding=(0, 2))
        grid.add_column(justify="right", no_wrap=True)
        grid.add_column()
        for card in cards:
            about = f": {card.about}" if card.about else ""
            interval = f"({card.interval}) " if card.interval else ""
            where = " ".join(word for word in (card.doubt, card.place) if word)
            grid.add_row(
                Text(card.value, style="bold"), Text(f"{interval}{card.label}{about}. {where}")
            )
        self._print(grid)

    def ranked(self, picture: Picture) -> None:
        """Print the first rows of ranked shares, each with a bar on its track if there is room."""
        self._print(Text(picture.title, style="bold"), 0)
        shown = picture.frame.filter(pl.col("value") >= _SHOWN)
        known = has_ranges(shown, "low")
        room = self.console.width - _INDENT - (_RANGE if known else 0)
        name, wide = min(_NAME, room), _BAR // 2 if known else _BAR
        grid = Grid.grid(padding=(0, 1))
        grid.add_column(width=name, no_wrap=True, overflow="ellipsis")
        grid.add_column(justify="right", no_wrap=True)
        grid.add_column(no_wrap=True)
        for row in shown.head(_LISTED.get(picture.key, _FEW)).iter_rows(named=True):
            label, share = row["label"], row["value"]
            full, rest = in_letters(share, wide)
            bar = Text(full).append(rest, style="dim")
            said = ranged(share, row.get("low"), row.get("high"), known=known)
            has_room = not known or room - name >= wide
            grid.add_row(Text(_fitting(label)), said, bar if has_room else "")
        self._print(grid)

    @singledispatchmethod
    def show(self, block: object) -> None:
        """Print a block."""
        raise TypeError(type(block))

    @show.register
    def _(self, block: Paragraph) -> None:
        self.text(block.text + self._noted(block.notes), "dim" if block.small else "")

    @show.register
    def _(self, block: Subheading) -> None:
        self.console.print()
        self._print(Text(block.text, style="bold italic"))

    @show.register
    def _(self, block: Points) -> None:
        self._listed(("-", item) for item in block.items)
        if block.notes:
            self.text(self._noted(block.notes).strip(), "dim")

    @show.register
    def _(self, block: Cards) -> None:
        grid = Grid.grid(padding=(0, 2))
        grid.add_column(justify="right", no_wrap=True)
        grid.add_column()
        for card in block.cards:
            words = (f"{card.label}.", card.about, card.rank)
            said = " ".join(word for word in words if word) + self._noted(card.notes)
            grid.add_row(Text(card.value, style="bold"), Text(said))
        self._print(grid)

    @show.register
    def _(self, block: Table) -> None:
        self.console.print()
        self.text(block.caption + self._noted(block.notes), "italic")
        grid = Grid.grid(padding=(0, 2, 0, 0), expand=True)
        for number, column in enumerate(block.columns):
            grid.add_column(
                justify="right" if column.number else "left",
                ratio=None if column.number or column.date else _WIDE if column.wide else 1,
                no_wrap=column.date,
                overflow="fold",
                min_width=None if number else _FIRST,
                max_width=_NUMBER if column.number else None,
            )
        grid.add_row(*(Text(column.label, style="dim") for column in block.columns))
        for row in block.rows:
            grid.add_row(*map(Text, row))
        self._print(grid)

    @show.register
    def _(self, block: Picture) -> None:
        """Leave pictures out: the tables beside them have the same figures."""

    @show.register
    def _(self, block: Code) -> None:
        self._command(block.command, "")
        for line in block.text.splitlines():
            self.console.print(Text(f"          {line}", style="dim"), soft_wrap=True)

    @show.register
    def _(self, block: Listing) -> None:
        for command, gives in block.commands:
            self._command(command, gives)

    @show.register
    def _(self, block: Notes) -> None:
        world = ""
        for number, note in enumerate(block.notes, 1):
            source = self.texts("document.source", source=note.source)
            words = [f"{note.title}. {note.definition}", source]
            # Said once for all that it holds for.
            words += [note.world] if note.world != world else []
            world = note.world
            self._listed([(f"{number}.", " ".join(words))])
            self._command(note.command, "")

    @show.register
    def _(self, block: Works) -> None:
        self._listed([(f"[{number}]", work) for number, work in block.works])

    def _listed(self, items: Iterable[tuple[str, str]]) -> None:
        grid = Grid.grid(padding=(0, 1))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        for mark, text in items:
            grid.add_row(mark, Text(text))
        self._print(grid)

    def _command(self, command: str, gives: str) -> None:
        # Never wrapped, so that it can be copied.
        self.console.print(Text(f"      {command}"), soft_wrap=True)
        if gives:
            self.console.print(Text(f"          {gives}", style="dim"))


def _fitting(label: str) -> str:
    """Shorten the name in ``name (AS1, nation)`` where all of it has no room."""
    name, bracket, rest = label.rpartition(" (")
    room = _NAME - len(bracket + rest)
    if len(label) <= _NAME or room < _FIRST:
        return label
    return f"{name[: room - 1].rstrip()}…{bracket}{rest}"
