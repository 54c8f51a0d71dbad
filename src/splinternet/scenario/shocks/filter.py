"""Filtering: networks begin to drop false routes."""

from __future__ import annotations

from typing import Annotated, Literal

from splinternet.base.texts import phrase_for
from splinternet.scenario.draft import ShockError
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._kind import Kind, Preset
from splinternet.scenario.shocks._shock import Outcome, Shock, Stage, asks

__all__ = ["SHOCK", "Filter", "Filtering"]


class Filtering(Outcome, frozen=True, kw_only=True):
    """How many networks filter by now, and how."""

    by: str
    networks: int

    def words(self) -> tuple[str, ...]:
        """Tell how many."""
        return (phrase_for("scenario.filter", self.networks, number=self.networks, how=self.by),)


class Filter(Shock, frozen=True, kw_only=True, tag="filter"):
    """Filters of networks that drop false routes, in every hijack and leak that comes after.

    The world after the scenario knows them, and so does whatever is asked of it.

    Attributes
    ----------
    networks
        Those that begin to.
    by
        ``rov``: they drop what ROAs make invalid (RFC 6811). ``peer-rov``: only where a peer
        offers it. ``aspa``: paths too that provider records show to be false; they publish their
        own. ``only-to-customers``: they mark routes for customers only and drop marked ones that
        come from elsewhere (RFC 9234).
    """

    networks: Annotated[Selection, asks("These begin to filter")]
    by: Annotated[Literal["rov", "peer-rov", "aspa", "only-to-customers"], asks("How")] = "rov"

    @property
    def may_change_nothing(self) -> bool:
        """Whether it leaves every link, as it does."""
        return True

    def strike(self, stage: Stage) -> Filtering:
        """Note who filters."""
        draft = stage.draft
        found = stage.match(self.networks, "networks") & draft.present
        if not found.any():
            raise ShockError(
                ("networks",),
                "none of these networks is left, so nobody would filter; select others",
            )
        draft.filtering[self.by] = draft.filtering.get(self.by, found) | found
        return Filtering(by=self.by, networks=draft.filters[self.by])


SHOCK = Kind(
    Filter,
    label="Filter false routes",
    summary="Networks drop false routes in the hijacks and leaks that come after.",
    documented=(
        (
            "`networks`, `by`",
            "The networks drop false routes in every `hijack` and `leak` after it, and in whatever "
            "is asked of the world after the scenario: `rov` (origin validation), `peer-rov` (of "
            "what peers offer), `aspa`, `only-to-customers`. Changes no link. Refused: networks "
            "that are all gone.",
        ),
    ),
    place=11,
    presets=(Preset("Networks of {nation} validate origins", {"networks": "country:{nation}"}),),
)
