"""Document of a brief: chapters of blocks in words, which any layout can show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from splinternet.brief.facts.front import Placed

__all__ = [
    "Block",
    "Card",
    "Cards",
    "Chapter",
    "Code",
    "Column",
    "Document",
    "FrontCard",
    "Listing",
    "Note",
    "Notes",
    "Opening",
    "Paragraph",
    "Pending",
    "Picture",
    "Points",
    "Subheading",
    "Table",
    "Works",
]


@dataclass(frozen=True)
class Paragraph:
    """Sentences; ``notes`` are numbers of notes that say how its figures are known.

    Words between `backticks` are what a computer reads.
    """

    text: str
    notes: tuple[int, ...] = ()
    small: bool = False


@dataclass(frozen=True)
class Subheading:
    """A heading within a chapter."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list of sentences; ``linked`` if addresses on the web in them are to be links."""

    items: tuple[str, ...]
    notes: tuple[int, ...] = ()
    linked: bool = False


@dataclass(frozen=True)
class Card:
    """One figure, large, with what it is and a line about it."""

    value: str
    label: str
    about: str
    rank: str
    notes: tuple[int, ...]


@dataclass(frozen=True)
class Cards:
    """Figures beside each other."""

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table; numbers stand at its right, ``wide`` is for sentences."""

    label: str
    number: bool = False
    wide: bool = False
    date: bool = False


@dataclass(frozen=True)
class Table:
    """A table of texts; its first column names the rows."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[int, ...] = ()

    @property
    def is_wide(self) -> bool:
        """Whether it has more columns, or more in those that do not break, than a telephone."""
        figures = [at for at, column in enumerate(self.columns) if column.number]
        long = max((sum(len(row[at]) for at in figures) for row in self.rows), default=0)
        return len(self.columns) > _COLUMNS or long > _LETTERS


#: What a table on a telephone has room for: columns, and letters of figures beside a name.
_COLUMNS, _LETTERS = 3, 40

#: Kinds of pictures that are drawn without Vega.
_QUICK = ("bars", "nations_map")


@dataclass(frozen=True, eq=False)
class Picture:
    """A chart, as :mod:`splinternet.brief.charts` draws it.

    Attributes
    ----------
    key
        A name that no other picture of the document has.
    kind
        The function that draws it.
    frame
        What it takes.
    title
        What it shows.
    options
        What else the function takes.
    """

    key: str
    kind: str
    frame: pl.DataFrame
    title: str
    options: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[int, ...] = ()

    @property
    def is_quick(self) -> bool:
        """Whether it is drawn in milliseconds; Vega, which draws others, takes up to seconds."""
        return self.kind in _QUICK


@dataclass(frozen=True)
class Code:
    """A file, and the command that reads it."""

    file: str
    text: str
    command: str


@dataclass(frozen=True)
class Listing:
    """Command lines, and what each gives."""

    commands: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Note:
    """How figures are known: what they are, after whom, and the command that makes them again.

    ``kind`` is the title without what it is of; ``defines`` tells whether the source is that of a
    definition.
    """

    title: str
    kind: str
    definition: str
    source: str
    world: str
    command: str
    defines: bool


@dataclass(frozen=True)
class Notes:
    """All notes, by number."""

    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Works:
    """Works that are cited, each with its number."""

    works: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Pending:
    """Place of facts that are still computed."""


Block = (
    Paragraph
    | Subheading
    | Points
    | Cards
    | Table
    | Picture
    | Code
    | Listing
    | Notes
    | Works
    | Pending
)


@dataclass(frozen=True)
class Chapter:
    """A heading and what stands under it."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class FrontCard:
    """A large figure, and its place among all nations'.

    Attributes
    ----------
    figure
        Its name, as in an atlas.
    value, label, about
        The figure, what it is, and the network or state that it is about.
    interval
        Between which figures it lies, if that is known.
    place, beside
        On which side of most nations it is; the same with what that means, and the nations nearest.
    placed
        All nations' figures; None where the nation has none.
    median
        The figure in the middle.
    doubt
        Why the figure is not sure, if something speaks against it.
    """

    figure: str
    value: str
    label: str
    about: str
    interval: str
    beside: str
    placed: Placed | None
    median: str = ""
    doubt: str = ""
    place: str = ""


@dataclass(frozen=True)
class Opening:
    """The first screen: the finding, what else is unusual, and three figures.

    Attributes
    ----------
    name, when
        The nation, and the nation in a month.
    title, more
        What is unusual of it, and what else is.
    about, range, dots
        What the figures are of, what their ranges are, and how to read the strips.
    world
        The world, and how it was asked.
    cards
        The figures.
    known
        What must be known first: after which scenario they are, what was repaired.
    """

    name: str
    when: str
    title: str
    more: tuple[str, ...]
    about: str
    range: str
    world: str
    dots: str
    cards: tuple[FrontCard, ...]
    known: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A whole brief in words.

    Attributes
    ----------
    lang
        Its language; None for the wanted one.
    title, subtitle, lede
        What the long report begins with.
    chapters
        The long report.
    opening
        The first screen; None where there is no nation's figure to begin with.
    map
        Who is on the routes, by states, on a map above the tabs; None where that is not known.
    tabs
        Short answers, each on a screen.
    notes
        How figures are known, in the order of their numbers.
    """

    lang: str | None
    title: str
    subtitle: str
    lede: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    opening: Opening | None = None
    map: Picture | None = None
    tabs: tuple[Chapter, ...] = ()
    notes: tuple[Note, ...] = ()
