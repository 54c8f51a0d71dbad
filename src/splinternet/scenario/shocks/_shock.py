"""What every kind of shock is and may use."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import msgspec

from splinternet.base.errors import MisuseError
from splinternet.scenario.draft import Draft, Mask, ShockError
from splinternet.scenario.matching import Matcher
from splinternet.scenario.selection import Selection

__all__ = ["Shock", "Stage"]


class Stage(NamedTuple):
    """Where a shock takes place: the world in the making, and who is who in it."""

    draft: Draft
    matcher: Matcher
    day: dt.date | None

    def match(self, selection: Selection, *key: str | int) -> Mask:
        """Tell which networks are selected, or blame the shock's key that holds the selection.

        Raises
        ------
        ShockError
            If none is, or the selection cannot be known here.
        """
        try:
            return self.matcher.match(selection, self.day)
        except MisuseError as error:
            raise ShockError(key, str(error)) from None


class Shock(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="kind",
):
    """One thing that happens.

    ``date`` is the day it takes effect, for which ``vendor:`` is asked; by default the scenario's,
    and the world's if that has none.
    """

    date: dt.date | None = None

    def contradicts(self, other: Shock) -> bool:
        """Tell whether another shock of the same day says otherwise about the same."""
        return False

    def strike(self, stage: Stage) -> tuple[str, ...]:
        """Change the draft; return what else there is to say of it.

        Raises
        ------
        ShockError
            If it cannot be done.
        """
        raise NotImplementedError
