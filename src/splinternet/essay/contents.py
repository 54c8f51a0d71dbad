"""Contents of a sentence, to be set beside statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from splinternet.essay.actors import Mention
from splinternet.essay.figures import Figure
from splinternet.essay.times import TimeReference

__all__ = ["Contents"]


@dataclass(frozen=True)
class Contents:
    """The text of a sentence, and the figures, times and actors in it.

    ``figures`` have their index among all those of the essay.
    """

    text: str
    figures: Sequence[tuple[int, Figure]] = ()
    times: Sequence[TimeReference] = ()
    mentions: Sequence[Mention] = ()
