"""Shocks: what every kind has and may use."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, NamedTuple

import msgspec

from splinternet.base.choices import Links, Routing
from splinternet.base.errors import MisuseError
from splinternet.scenario.draft import Draft, Mask, ShockError
from splinternet.scenario.matching import Matcher
from splinternet.scenario.selection import Selection
from splinternet.scenario.written import Written

__all__ = ["Outcome", "Shock", "Stage", "asks"]


class Stage(NamedTuple):
    """Where a shock takes place: the world in the making, who is who in it, which links count."""

    draft: Draft
    matcher: Matcher
    day: dt.date | None
    links: Links = Routing().links

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


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """Findings of a shock, besides the links and networks that it changed.

    A kind of shock that has more to tell declares a subclass, whose fields the manifest of the
    world after keeps.
    """

    def words(self) -> tuple[str, ...]:
        """Tell it in short lines."""
        raise NotImplementedError


def asks(
    label: str,
    about: str | None = None,
    *,
    unit: str = "",
    example: str = "",
    suggests: str = "",
    places: tuple[str, ...] = (),
) -> msgspec.Meta:
    """Words for a field of a shock, in ``Annotated``: forms and the API's document show them.

    Parameters
    ----------
    label
        What a form writes beside the field.
    about
        What it means, in a sentence.
    unit
        The unit of a number.
    example
        What may stand there.
    suggests
        ``vendors``, where a form can suggest those that the ledger has.
    places
        Labels of the first fields of a list. A list without them is for files only.
    """
    extra = {"unit": unit, "example": example, "suggests": suggests, "places": places}
    return msgspec.Meta(title=label, description=about, extra=extra)


class Shock(
    msgspec.Struct,
    metaclass=Written,
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

    date: Annotated[dt.date | None, asks("Day it takes effect", example="2020-01-31")] = None

    @property
    def may_change_nothing(self) -> bool:
        """Whether it is no mistake if every link and network stays as it was."""
        return False

    def contradicts(self, other: Shock) -> bool:
        """Tell whether another shock of the same day says otherwise about the same."""
        return False

    def strike(self, stage: Stage) -> Outcome | None:
        """Change the draft; return what else there is to tell of it.

        Raises
        ------
        ShockError
            If it cannot be done.
        """
        raise NotImplementedError
