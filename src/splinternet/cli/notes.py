"""Notes that stand with an answer: the world and settings that it was made of, and their limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from splinternet.base.choices import MODELLED
from splinternet.base.texts import phrase

if TYPE_CHECKING:
    from polars import DataFrame

    from splinternet.figures.shipped import Figures
    from splinternet.scenario.levelled import Levelled
    from splinternet.world.manifest import Manifest
    from splinternet.world.world import World

__all__ = [
    "Notes",
    "about_ranges",
    "notes_after",
    "notes_on",
    "notes_on_levels",
    "notes_on_shipped",
    "settings_line",
]


class Notes(list[str]):
    """Lines that say of what an answer was made, with the world and settings themselves.

    Attributes
    ----------
    world
        The manifest of the world.
    settings
        How routes were chosen and what was counted, by name.
    """

    def __init__(self, lines: Iterable[str], world: Manifest, settings: Mapping[str, str]) -> None:
        super().__init__(lines)
        self.world = world
        self.settings = settings

    def record(self) -> dict[str, Any]:
        """Return the world with its inputs, the scenarios that it is after, and the settings."""
        import msgspec

        return {
            "world": msgspec.to_builtins(self.world),
            "scenarios": self.world.parameters.get("scenarios", []),
            "settings": dict(self.settings),
        }


#: Choices of how routes are computed, which observed paths have no use for.
_OF_THE_MODEL = frozenset(("prefer", "tie_break", "links"))


def notes_on(world: World, levels: str = "", **settings: str) -> Notes:
    """Say which world and settings an answer comes from, and that a digest is one.

    ``levels`` says where levels after a scenario come from, if not from the world itself.
    """
    from splinternet.brief.words import (
        digest_line,
        filter_line,
        fit_line,
        repair_line,
        scenario_line,
    )

    manifest = world.manifest
    paths = settings.get("paths", MODELLED)
    if not world.learned.height or paths != "modelled":
        settings.pop("observed", None)  # there is nothing to follow, or the model is told nothing
    if paths == "observed":
        settings = {name: it for name, it in settings.items() if name not in _OF_THE_MODEL}
    said = [_world_line(manifest, settings)]
    if after := scenario_line(manifest, levels):
        said.append(after)
    if filtering := filter_line(world):
        said.append(filtering)
    if repaired := repair_line(manifest):
        said.append(repaired)
    if fit := fit_line(manifest, settings.get("prefer", "")):
        said.append(fit)
    if manifest.is_digest:
        said.append(digest_line(manifest))
    return Notes(said, manifest, settings)


def notes_on_levels(world: World, **settings: str) -> Notes:
    """Say as :func:`notes_on` what levels come from, and that those of this world are not shipped.

    A scenario changes a world: nobody asks whether what it is after that is shipped.
    """
    from splinternet.figures.shipped import levels_line, shipped_figures

    notes = notes_on(world, **settings)
    if not world.manifest.after and shipped_figures(world) is None:
        notes.append(levels_line(world))
    return notes


def notes_after(asked: Levelled, world: World, **settings: str) -> Notes:
    """Say of an answer after a scenario what :func:`notes_on` does, and where levels come from."""
    from splinternet.brief.changed import figures_changed
    from splinternet.brief.errors import error_words

    manifest = world.manifest
    on_levels = asked.is_moved or asked.figures
    notes = notes_on(world, asked.line if on_levels else "", **settings)
    if not on_levels:
        notes.append(asked.line)
    if asked.figures:
        told = ", ".join(figures_changed(asked.figures, manifest))
        notes.append(phrase("terminal.measures.moved", world=manifest.name, figures=told))
    error = error_words(manifest, "carrier")
    if error and asked.is_moved and "difference" in asked.table.columns:
        notes.append(phrase("what_if.change.smaller_rows", error=error))
    return notes


def _world_line(manifest: Manifest, settings: Mapping[str, str]) -> str:
    from splinternet.brief.words import day

    world, date = manifest.name, day(manifest.date)
    if not settings:
        return phrase("brief.document.world", world=world, date=date)
    used = settings_line(settings)
    return phrase("terminal.notes.world_by", world=world, date=date, settings=used)


def settings_line(settings: Mapping[str, str]) -> str:
    """Say the settings in a line."""
    return "; ".join(f"{name.replace('_', '-')} {value}" for name, value in settings.items())


def notes_on_shipped(figures: Figures, **settings: str) -> Notes:
    """Say which full world and settings shipped figures are of."""
    manifest = figures.world
    settings.pop("observed", None)  # no paths are behind them
    said = [
        _world_line(manifest, settings),
        phrase("terminal.notes.shipped"),
    ]
    return Notes(said, manifest, settings)


def about_ranges(shares: DataFrame) -> Iterator[str]:
    """Say what the ranges are that stand beside shares, or why none do."""
    from splinternet.brief.ranged import about_shipped

    yield about_shipped(shares)
