"""What tests of one process share: shipped worlds, and what takes long of a brief of one.

A shipped world is opened once, so that what follows from it is computed by the first test that
asks, whether by a command, a page, the API or Python. What a brief finds in one, a step at a time,
is kept for the next brief of the same nation by the same choices; drafts, progress, charts and
words are made anew. Worlds that tests make are opened and told of as ever, and so is a shipped
one in a program that a test starts.
"""

from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

from splinternet.brief import country
from splinternet.brief.facts.asked import Asked
from splinternet.ledger.catalogue import TABLES, open_ledger
from splinternet.world.catalogue import SHIPPED
from splinternet.world.world import World

__all__ = ["share"]

_open = World.open.__func__


@cache
def _shipped(name: str) -> World:
    return _open(World, SHIPPED / name)


@wraps(_open)
def _opened(cls: type[World], path: str | Path) -> World:
    is_shipped = isinstance(path, str | Path) and Path(path).parent == SHIPPED
    return _shipped(Path(path).name) if is_shipped else _open(cls, path)


def _kept(find: Callable[..., Any]) -> Callable[..., Any]:
    """Keep what a step of a brief finds in a shipped world."""
    found: dict[Any, Any] = {}

    def kept(brief: country.CountryBrief, draws: object, step: Asked) -> object:
        rules = (step.routing, step.counting, step.called, step.listed, step.figures is None)
        key = (step.world.manifest.name, step.country, *rules, draws)
        if not _is_usual(brief) or not _is_hashable(key):
            return find(brief, draws, step)
        if key not in found:
            found[key] = find(brief, draws, step)
        return found[key]

    return kept


def _is_usual(brief: country.CountryBrief) -> bool:
    """Tell whether a brief is of a shipped world, with the ledger and figures shipped for it."""
    world, known = brief.asked.world, brief.asked.full
    name = world.manifest.name
    if brief.bans or not (SHIPPED / name).is_dir() or world is not _shipped(name):
        return False
    others = None if known is None else known.nations
    is_ranked = brief.atlas is others or (others is not None and others.equals(brief.atlas))
    own = open_ledger()
    return is_ranked and all(getattr(own, n).equals(getattr(brief.ledger, n)) for n in TABLES)


def _is_hashable(key: object) -> bool:
    try:
        hash(key)
    except TypeError:  # a choice is a list or a table
        return False
    return True


def share() -> None:
    """Let the tests of this process share."""
    World.open = classmethod(_opened)
    country._LATER.update({fact: _kept(find) for fact, find in country._LATER.items()})
