"""Bans and cables, which a scenario reaches beside routes, and readings that bound their effect."""

from __future__ import annotations

import msgspec

from splinternet.scenario.draft import Draft, ShockError
from splinternet.scenario.matching import Matcher
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.shocks._shock import Shock, Stage
from splinternet.scenario.shocks.ban import Ban
from splinternet.scenario.shocks.cut import Cut
from splinternet.scenario.vendors import Vendors
from splinternet.supply.bans import BanAnswer
from splinternet.world.world import World

__all__ = ["ban_answers", "cuts_cables", "read_strictly"]


def ban_answers(world: World, scenario: Scenario, vendors: Vendors) -> tuple[BanAnswer, ...]:
    """Tell what each ban of a scenario reaches: people, equipment, operators, rules.

    Raises
    ------
    InputError
        If a ban selects what the world does not have, or a vendor that the ledger does not know.
    """
    matcher = Matcher(world, scenario.blocs, vendors)
    found = []
    for number, shock in enumerate(scenario.shocks):
        if isinstance(shock, Ban):
            stage = Stage(Draft(world), matcher, shock.date or scenario.date)
            try:
                found.append(shock.answer(stage))
            except ShockError as error:
                raise scenario.error(("shocks", number, *error.key), str(error)) from None
    return tuple(found)


def cuts_cables(scenario: Scenario) -> bool:
    """Tell whether it cuts a cable, so that what it does to links is not known."""
    return any(
        isinstance(shock, Cut) and shock.cables and shock.over == "known"
        for shock in scenario.shocks
    )


def read_strictly(scenario: Scenario) -> Scenario:
    """Let as much be lost as may be.

    The networks of operators that are known to use a banned vendor's equipment stop, and all links
    go that may use a cable that is cut.
    """
    return msgspec.structs.replace(scenario, shocks=tuple(map(_strictly, scenario.shocks)))


def _strictly(shock: Shock) -> Shock:
    match shock:
        case Ban():
            return msgspec.structs.replace(shock, effect="remove")
        case Cut() if shock.cables:
            return msgspec.structs.replace(shock, over="all")
        case _:
            return shock
