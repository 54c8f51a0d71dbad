"""Outcome of shocks that lead traffic astray: the networks that they deceive."""

from __future__ import annotations

from splinternet.base.choices import TieBreak
from splinternet.base.errors import MisuseError
from splinternet.base.shares import rounded
from splinternet.measures.hijacks import hijack
from splinternet.scenario.draft import Mask, ShockError
from splinternet.scenario.shocks._shock import Outcome, Stage
from splinternet.world.evidence import links_of
from splinternet.world.world import World

__all__ = ["Diverted", "divert", "single"]


class Diverted(Outcome, frozen=True, kw_only=True):
    """Part of the world that sends to the wrong place.

    Attributes
    ----------
    victims, attackers
        How many networks' traffic it is, and how many get it.
    networks, addresses, users
        Shares of the others that are deceived; None where the world does not know.
    lost
        Share of the networks that have no route at all.
    """

    victims: int
    attackers: int
    networks: float | None
    addresses: float | None
    users: float | None
    lost: float | None

    def words(self) -> tuple[str, ...]:
        """Tell the shares."""
        shares = [
            f"{rounded(share)} of {what}"
            for what, share in (
                ("networks", self.networks),
                ("addresses", self.addresses),
                ("users", self.users),
            )
            if share is not None
        ]
        victims = "1 network" if self.victims == 1 else f"each of {self.victims:,} networks"
        lost = f"; {rounded(self.lost)} of networks have no route" if self.lost else ""
        return (
            f"{' and '.join(shares) or 'nobody'} elsewhere would send to the wrong place what is "
            f"for {victims}{lost}",
        )


def single(stage: Stage, chosen: Mask, key: str) -> list[int]:
    """AS numbers of chosen networks that are still there and stand for themselves.

    Raises
    ------
    ShockError
        If there is none.
    """
    draft = stage.draft
    members = draft.base.networks["members"].to_numpy()
    found = draft.base.networks["asn"].to_numpy()[chosen & draft.present & (members == 1)]
    if not len(found):
        raise ShockError(
            (key,),
            "none of these networks is left that stands for itself; groups of a digest can "
            "neither take traffic nor lose it, and removed networks are gone",
        )
    numbers: list[int] = found.tolist()
    return numbers


def divert(
    stage: Stage,
    victims: list[int],
    by: list[int],
    kind: str,
    covered: bool | None,
    tie_break: TieBreak,
) -> Diverted:
    """Compute whom the world as it is now would send astray, with all that filter by now.

    Raises
    ------
    ShockError
        If it cannot be done.
    """
    draft = stage.draft
    world = World(manifest=draft.base.manifest, **draft.tables())
    try:
        found = hijack(
            world, victims, by, kind=kind, covered=covered,
            links=links_of(world), tie_break=tie_break,
        )  # fmt: skip
    except MisuseError as error:
        key = "network" if kind == "leak" else "by"
        raise ShockError((key,), str(error)) from None
    return Diverted(
        victims=len(found.victims),
        attackers=len(found.attackers),
        networks=found.networks,
        addresses=found.addresses,
        users=found.users,
        lost=found.lost,
    )
