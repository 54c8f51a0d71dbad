"""Banning a vendor: whom its equipment serves, and who uses it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import numpy as np
import polars as pl

from splinternet.base.errors import MisuseError
from splinternet.base.texts import phrase_for
from splinternet.scenario.draft import Mask, ShockError
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._kind import Kind, Preset
from splinternet.scenario.shocks._shock import Outcome, Shock, Stage, asks
from splinternet.supply.bans import BanAnswer, NationBanned, ban_in_nation
from splinternet.supply.figures import parse_scope
from splinternet.supply.question import Question
from splinternet.supply.replacements import replacements

__all__ = ["SHOCK", "Ban", "Using"]


class Using(Outcome, frozen=True, kw_only=True):
    """Operators known to use what is banned.

    Attributes
    ----------
    vendor, part
        The vendor and the part of networks, in words.
    operators
        Names of the operators under the ban that are known to use it.
    networks
        Networks of theirs that have a row in the world.
    """

    vendor: str
    part: str
    operators: tuple[str, ...]
    networks: int

    def words(self) -> tuple[str, ...]:
        """Tell how many operators and networks."""
        many, here = len(self.operators), self.networks
        networks = phrase_for("scenario.ban.networks", here, number=here)
        named = {"vendor": self.vendor, "part": self.part, "networks": networks}
        return (phrase_for("scenario.ban.known", many, number=many, **named),)


class Ban(Shock, frozen=True, kw_only=True, tag="ban"):
    """Ban of a vendor's equipment from the selected networks.

    A ban is about equipment and the people that it serves, see :meth:`answer`; networks go on until
    the equipment is replaced. Only ``effect = "remove"``, the strict reading, takes routes away.

    Attributes
    ----------
    vendor
        The vendor or group of vendors: an id, name or alias that the ledger has.
    networks
        Those under the ban.
    generation, segment
        The part of networks that is banned; all of them by default.
    deadline
        The day by which the equipment has to be gone.
    effect
        ``report`` says whom it reaches and changes nothing. ``remove`` also removes the networks of
        the operators that are known to use the equipment.

    Raises
    ------
    ValueError
        If the deadline comes before the day of effect.
    """

    vendor: Annotated[str, asks("Vendor", suggests="vendors")]
    networks: Annotated[Selection, asks("In the networks of")]
    generation: Annotated[
        Literal["2G", "3G", "4G", "5G"] | None, asks("Only this mobile generation")
    ] = None
    segment: Annotated[
        Literal["radio", "core", "transport", "fixed access", "phones", "cameras"] | None,
        asks("Only this part of networks, or these goods"),
    ] = None
    deadline: Annotated[
        dt.date | None, asks("Day by which it has to be gone", example="2027-12-31")
    ] = None
    effect: Annotated[Literal["report", "remove"], asks("Consequence")] = "report"

    @property
    def may_change_nothing(self) -> bool:
        """Whether it only tells whom it reaches, as it may."""
        return True

    def __post_init__(self) -> None:
        if self.date and self.deadline and self.deadline < self.date:
            raise ValueError(f"the deadline, {self.deadline}, comes before the ban, {self.date}")

    def contradicts(self, other: Shock) -> bool:
        """Tell whether it bans the same from the same networks, with another effect."""
        return (
            isinstance(other, Ban)
            and other.vendor.casefold() == self.vendor.casefold()
            and (other.networks, other.date) == (self.networks, self.date)
            and (other.generation, other.segment) == (self.generation, self.segment)
            and other.effect != self.effect
        )

    def strike(self, stage: Stage) -> Using:
        """Say who is known to use the equipment, and remove their networks if told to."""
        found = self.answer(stage)
        using = [each for nation in found.nations for each in nation.users]
        asns = pl.Series([asn for each in using for asn in each.asns], dtype=pl.UInt32)
        networks = stage.draft.base.networks
        known = stage.match(self.networks, "networks")
        known &= networks["asn"].is_in(asns.implode()).to_numpy()
        if self.effect == "remove":
            stage.draft.remove(known)
        return Using(
            vendor=found.vendor,
            part=found.scope.words,
            operators=tuple(each.name for each in using),
            networks=int(networks["members"].to_numpy()[known].sum()),
        )

    def answer(self, stage: Stage) -> BanAnswer:
        """Tell what the ban would reach in each nation with a network under it.

        Figures are all that the ledger knows, each with its date, unless the shock has a ``date``:
        then what was there on that day.

        Raises
        ------
        ShockError
            If nobody knows the vendor, no network is selected, or the deadline comes before the
            scenario's date.
        """
        if self.deadline and stage.day and self.deadline < stage.day:
            raise ShockError(
                ("deadline",), f"the deadline, {self.deadline}, comes before the ban, {stage.day}"
            )
        banned = stage.match(self.networks, "networks")
        scope = parse_scope(self.generation, self.segment)
        networks = stage.draft.base.networks
        try:
            ledger = stage.matcher.known_vendors(self.vendor).ledger
            nations = [
                ban_in_nation(
                    Question(
                        ledger,
                        country,
                        self.vendor,
                        day=self.date,
                        networks=networks,
                        scope=scope,
                        only=_only(stage, banned, country),
                    )
                )
                for country in _countries(networks, banned)
            ]
        except MisuseError as error:
            raise ShockError(("vendor",), str(error)) from None
        if not nations:
            raise ShockError(("networks",), "no network under the ban is of a known country")
        sizes = (
            networks.filter(pl.Series(banned))
            .group_by("country")
            .agg(pl.col("ipv4_addresses").sum())
        )
        return BanAnswer(
            vendor=nations[0].vendor,
            scope=scope,
            day=self.date,
            deadline=self.deadline,
            ledger=ledger.title,
            nations=tuple(sorted(nations, key=_reached, reverse=True)),
            addresses=dict(sizes.drop_nulls().iter_rows()),
            replaced=replacements(ledger, self.date),
        )


def _countries(networks: pl.DataFrame, banned: Mask) -> list[str]:
    return sorted(networks.filter(pl.Series(banned))["country"].drop_nulls().unique())


def _only(stage: Stage, banned: Mask, country: str) -> frozenset[str] | None:
    """Name the operators under the ban where not all networks of a nation are."""
    networks = stage.draft.base.networks
    of_nation = (networks["country"] == country).fill_null(False).to_numpy()
    if np.all(banned[of_nation]):
        return None
    ledger = stage.matcher.known_vendors(country).ledger
    here = set(networks.filter(pl.Series(banned & of_nation))["asn"])
    own = ledger.actors.filter(kind="operator", country=country)["id"]
    return frozenset(operator for operator in own if here & set(ledger.asns(operator)))


def _reached(nation: NationBanned) -> tuple[float, float, int]:
    """Order nations by what is known to be reached, and of these by what may be."""
    shares = [reach.share for reach in nation.told]
    return (
        max((share.least for share in shares), default=-1.0),
        max((share.most for share in shares), default=-1.0),
        len(nation.users),
    )


SHOCK = Kind(
    Ban,
    label="Ban a vendor",
    summary="Says whom the vendor's equipment serves and who uses it; a strict reading takes away.",
    documented=(
        (
            "`vendor`, `networks`, `generation`, `segment`, `deadline`, `effect`",
            "Says what part of people is on the vendor's equipment, which operators use it, and "
            'what is decided already. With `effect = "remove"` also removes the networks of the '
            "operators that are known to use it: the strict reading.",
        ),
    ),
    place=5,
    presets=(
        Preset(
            "Huawei is banned in {nation}",
            {"vendor": "huawei", "networks": "country:{nation}", "effect": "report"},
        ),
    ),
)
