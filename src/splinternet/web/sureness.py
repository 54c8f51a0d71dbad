"""How sure figures on pages are: marks of doubt in cells, and the error of a digest in words."""

from __future__ import annotations

from collections.abc import Iterable

from splinternet.base.shares import rounded
from splinternet.base.texts import phrase
from splinternet.world.world import World

__all__ = ["because", "computed_error", "computed_errors", "marked"]

#: Doubts that a page tells of; all stand in its files.
_TOLD = 6


def marked(text: str, doubt: str | None) -> str:
    """Mark a figure that is in doubt."""
    return phrase("web.sureness.marked", figure=text) if doubt else text


def because(doubts: Iterable[tuple[str, str | None]]) -> str:
    """Say of what figures are in doubt, and why; nothing where none is."""
    found = [f"{of} ({doubt})" for of, doubt in doubts if doubt]
    if not found:
        return ""
    told = "; ".join(found[:_TOLD])
    if (more := len(found) - _TOLD) > 0:
        return phrase("web.sureness.because_more", doubts=told, more=more)
    return phrase("web.sureness.because", doubts=told)


def computed_errors(world: World) -> str:
    """Say how far a world's shares of networks and of states are off; nothing for a full world."""
    if not world.manifest.is_digest:
        return ""
    network, state = (
        world.manifest.error_of(figure, "level") for figure in ("foreign_dependence", "state_share")
    )
    if network is None or state is None:
        return phrase("web.sureness.not_measured")
    return phrase(
        "web.sureness.errors",
        network=rounded(network.error),
        state=rounded(state.error),
        nations=network.nations,
    )


def computed_error(world: World, figure: str) -> str:
    """Say how far shares that are computed on a world are off; nothing for a full world.

    Parameters
    ----------
    world
        The world.
    figure
        The figure of nations whose error was measured and that comes nearest to these shares.
    """
    if not world.manifest.is_digest:
        return ""
    error = world.manifest.error_of(figure, "level")
    if error is None:
        return phrase("web.sureness.not_measured")
    return phrase("web.sureness.error", error=rounded(error.error), nations=error.nations)
