"""A choice behind figures: its words, its values, its option."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["Choice"]


@dataclass(frozen=True)
class Choice:
    """A choice behind figures, in plain words.

    Attributes
    ----------
    term
        What a value of it is called.
    label
        What a form writes beside it.
    doc
        What it decides, in a sentence or two.
    values
        Words that it can have as a value.
    others
        Values that it can have besides, as a command line shows them.
    read
        Makes a value of one of the others, as a command line has it.
    flag
        What the command line calls it, if not by the name of its field.
    repeated
        Whether it may be given several times; then ``read`` takes all the texts.
    of_rows
        Whether it says which rows a measure's table has, and nothing of a nation's figures: then
        questions about many measures have no use for it.
    """

    term: str
    label: str
    doc: str
    values: tuple[str, ...] = ()
    others: str = ""
    read: Callable[[Any], Any] = str
    flag: str = ""
    repeated: bool = False
    of_rows: bool = False

    @property
    def metavar(self) -> str:
        """The values, as a command line shows them."""
        return "|".join((*self.values, *filter(None, [self.others])))

    def option(self, name: str) -> str:
        """Option of a command line, by the name of its field: ``--tie-break``."""
        return f"--{(self.flag or name).replace('_', '-')}"
