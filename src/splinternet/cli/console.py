"""A console for words that strangers wrote: nothing in them is markup, or obeyed by a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from splinternet.base.text import shown

__all__ = ["PlainConsole"]


class PlainConsole(Console):
    """A console that shows all texts as they are, save characters that cannot be shown."""

    def __init__(self, width: int | None = None, file: io.StringIO | None = None) -> None:
        super().__init__(file=file, width=width, markup=False, emoji=False, highlight=False)

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Render what is to be printed, and clean each piece of text in it."""
        for segment in super().render(renderable, options):
            if segment.control or segment.text.isprintable():
                yield segment
            else:
                yield Segment(shown(segment.text), segment.style)
