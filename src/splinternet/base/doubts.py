"""Doubts: why a figure, or what it says of a network, is less sure than it looks."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Doubt"]


@dataclass(frozen=True)
class Doubt:
    """Why a figure is less sure than it looks.

    Attributes
    ----------
    kind
        What it rests on: ``one-link``, or what speaks against a link, a name in
        :data:`splinternet.world.confidence.LINK_DOUBTS`.
    words
        The same in plain words, as a sentence goes on after the figure.
    """

    kind: str
    words: str
