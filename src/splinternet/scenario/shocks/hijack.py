"""Hijacking: some networks announce the addresses of others."""

from __future__ import annotations

from typing import Annotated, Literal

from splinternet.base.choices import CONTENDING, TieBreak
from splinternet.scenario.diverted import Diverted
from splinternet.scenario.draft import ShockError
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._diverted import divert, single
from splinternet.scenario.shocks._kind import Kind, Preset
from splinternet.scenario.shocks._shock import Shock, Stage, asks

__all__ = ["SHOCK", "Hijack"]


class Hijack(Shock, frozen=True, kw_only=True, tag="hijack"):
    """Hijack: networks announce, at once, what each of others announces; and whom it deceives.

    It changes no link: traffic to other places goes as before. Networks that filter by then, see
    :class:`~splinternet.scenario.shocks.filter.Filter`, drop what they can.

    Attributes
    ----------
    networks
        Those whose addresses they are.
    by
        Those who announce them.
    announce
        How: the same prefix, a more specific one, the same with the victim at the end of the
        path, addresses that nobody routes, or a shorter prefix besides.
    signed
        Whether ROAs cover the addresses; ``roas``: as those of the world say, and all in a world
        that has none.
    tie_break
        Whether, of equally good routes, each network takes that of the lowest AS number, or splits
        its packets over all.
    """

    networks: Annotated[Selection, asks("Addresses of")]
    by: Annotated[Selection, asks("are announced by")]
    announce: Annotated[
        Literal[
            "prefix",
            "subprefix",
            "forged-origin",
            "forged-origin-subprefix",
            "unrouted",
            "superprefix",
        ],
        asks("How"),
    ] = "prefix"
    signed: Annotated[Literal["roas", "yes", "no"], asks("ROAs cover them")] = "roas"
    tie_break: Annotated[TieBreak, asks("Equally good routes")] = CONTENDING.tie_break

    @property
    def may_change_nothing(self) -> bool:
        """Whether it leaves every link, as it does."""
        return True

    def contradicts(self, other: Shock) -> bool:
        """Tell whether it is the same hijack in another way."""
        return (
            isinstance(other, Hijack)
            and (other.networks, other.by, other.date) == (self.networks, self.by, self.date)
            and other != self
        )

    def strike(self, stage: Stage) -> Diverted:
        """Tell whom it deceives."""
        victims = stage.match(self.networks, "networks")
        by = stage.match(self.by, "by")
        attackers = single(stage, by, "by")
        if not (victims & ~by).any():
            raise ShockError(("by",), "these would announce their own addresses; select others")
        targets = single(stage, victims & ~by, "networks")
        covered = {"roas": None, "yes": True, "no": False}[self.signed]
        return divert(stage, targets, attackers, self.announce, covered, self.tie_break)


SHOCK = Kind(
    Hijack,
    label="Announce the addresses of others",
    summary="Tells who would send to the wrong place if some announced the addresses of others.",
    documented=(
        (
            "`networks`, `by`, `announce`, `signed`, `tie_break`",
            "Tells what part of the world would send to `by` what is for `networks`; changes no "
            "link. `announce` is `prefix`, `subprefix`, `forged-origin`, "
            "`forged-origin-subprefix`, `unrouted` or `superprefix`. `signed`, whether ROAs cover "
            "the addresses, is `roas` (as the world's say; all in a world without any), `yes` or "
            "`no`. `tie_break`, of equally good routes, is `lowest-asn` or `split`. "
            "Refused: networks that would announce their own addresses only.",
        ),
    ),
    place=9,
    presets=(
        Preset(
            "Networks of {other} announce addresses of {nation}",
            {"networks": "country:{nation}", "by": "country:{other}"},
        ),
    ),
)
