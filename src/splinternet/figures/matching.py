"""Of which world figures are, and by which choices: whether they are those that are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from splinternet.base.choices import DEFINITIONS, Counting, Routing
from splinternet.measures.atlas import settings_of
from splinternet.world.manifest import Manifest

__all__ = ["DEFAULTS", "other_settings", "other_world"]

#: The choices that figures of many nations are made with by default, and so the shipped ones.
DEFAULTS: dict[str, Any] = settings_of({"weights": Counting().weights})

#: Every choice by default, for what a record does not say.
_USUAL = {"definitions": DEFINITIONS, **vars(Counting()), **vars(Routing())}

#: The tables that figures are computed from.
_READ = ("networks", "links")


def other_world(of: Manifest, own: Manifest) -> str | None:
    """Say which world figures are of, if it is not this one.

    Parameters
    ----------
    of
        The world that the figures are of.
    own
        The world that they are wanted for: that very one, or a digest made of it.
    """
    if _scenarios(of) != _scenarios(own):
        return "the same world, but after another scenario"
    if own.is_digest and not of.is_digest:
        made_of = own.parameters.get("made_of")
        if of.date == own.date and made_of and made_of == _checksums(of):
            return None
    if (of.name, of.date, of.kind) != (own.name, own.date, own.kind):
        return f"world {of.name} of {of.date}, {of.kind}"
    if _checksums(of) != _checksums(own):
        return f"another world of the name {own.name}"
    return None


def other_settings(used: Mapping[str, Any], wanted: Mapping[str, Any]) -> str | None:
    """Say in which choice, or in which version of the definitions, figures differ from a wish."""
    made, asked = {**_USUAL, **used}, {**_USUAL, **wanted}
    for key in dict.fromkeys([*asked, *made]):
        have, want = _plain(made.get(key)), _plain(asked.get(key))
        if have != want:
            return f"other settings ({key.replace('_', '-')} {have}, not {want})"
    return None


def _plain(value: object) -> object:
    """Value of a choice as a record has it: AS numbers in their order, listed once."""
    return sorted(set(value)) if isinstance(value, list | tuple) else value


def _scenarios(manifest: Manifest) -> list[Any]:
    return list(manifest.parameters.get("scenarios", []))


def _checksums(manifest: Manifest) -> dict[str, str]:
    return {name: manifest.tables[name].sha256 for name in _READ if name in manifest.tables}
