"""Shapes of answers of the API that are figures, with their ranges and doubts."""

from __future__ import annotations

import msgspec

__all__ = ["Dependent", "Followed", "NationFigure", "NationListed", "Share"]


class NationFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of a nation: a value, or a text where it is none; a network's number as ``asn``.

    ``value_low`` and ``value_high`` are its range by other rules (other preferences and, of shares
    of networks, weights), null where none is shipped; ``doubt`` names the carriers in doubt that
    figures of the measure rest on, and why.
    """

    measure: str
    figure: str
    unit: str
    country: str
    value: float | None
    value_low: float | None
    value_high: float | None
    text: str | None
    asn: int | None
    about: str
    doubt: str | None


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of a nation on a date; ``weights`` say what its networks count.

    ``value_low`` and ``value_high`` are its range by other rules, null where none is shipped:
    those of 2019-12, 2023-11 and 2025-09 by addresses are. ``doubt`` names the carriers in doubt
    that it rests on, and why.
    """

    date: str
    world: str
    weights: str
    figure: str
    value: float | None
    value_low: float | None
    value_high: float | None
    doubt: str | None


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A network or state on a nation's routes.

    ``share_low`` and ``share_high`` are the range of the share by other rules (other preferences
    and, of networks, weights), null where none is shipped; ``unavoidable`` is of states, for
    modelled inbound routes; ``doubt`` says why a share is not sure; ``observed`` and
    ``difference`` stand beside the modelled ``share`` where both kinds of path were asked for.
    """

    asn: int | None
    name: str | None
    country: str | None
    share: float | None
    share_low: float | None
    share_high: float | None
    doubt: str | None
    unavoidable: float | None
    observed: float | None
    difference: float | None


class NationListed(msgspec.Struct, frozen=True, kw_only=True):
    """A nation of a world, and the figures that nations are compared by; null is not known.

    Names that end in ``_low`` and ``_high`` are the range of a share by other rules (other
    preferences and, of networks, weights), null where none is shipped; ``doubt`` names the measures
    whose figures rest on a carrier in doubt, the carrier and why.
    """

    country: str
    name: str
    networks: int
    foreign_dependence: float | None
    foreign_dependence_low: float | None
    foreign_dependence_high: float | None
    foreign_dependence_on: int | None
    state: str | None
    state_share: float | None
    state_share_low: float | None
    state_share_high: float | None
    detours: float | None
    doubt: str | None


class Dependent(msgspec.Struct, frozen=True, kw_only=True):
    """A nation, the share of its routes that the carrier is on, and why it is not sure.

    ``share_low`` and ``share_high`` are the range of the share by other rules (other preferences
    and, of networks, weights), null where none is shipped.
    """

    country: str
    name: str
    share: float
    share_low: float | None
    share_high: float | None
    doubt: str | None
