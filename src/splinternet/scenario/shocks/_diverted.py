"""Work of shocks that lead traffic astray: whom the world by then lets them deceive."""

from __future__ import annotations

from splinternet.base.choices import TieBreak
from splinternet.base.errors import MisuseError
from splinternet.measures.hijacks import hijack
from splinternet.scenario.diverted import Deceived, Diverted
from splinternet.scenario.draft import Mask, ShockError
from splinternet.scenario.shocks._shock import Stage
from splinternet.world.world import World

__all__ = ["divert", "single"]

#: Victims, attackers and carriers that are named.
_NAMED = 5


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
            world,
            victims,
            by,
            kind=kind,
            covered=covered,
            links=stage.links,
            tie_break=tie_break,
        )
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
        how=kind,
        of=found.victims[:_NAMED],
        by=found.attackers[:_NAMED],
        nations=tuple(
            Deceived(*row)
            for row in found.nations.select("country", "networks", "addresses", "users").iter_rows()
        ),
        through=tuple(found.through.select("asn", "share").head(_NAMED).iter_rows()),
        filters=draft.filters,
    )
