"""The bans of a scenario: what they reach, and the strict reading of them."""

from __future__ import annotations

import msgspec

from splinternet.scenario.draft import Draft, ShockError
from splinternet.scenario.matching import Matcher
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.shocks._shock import Stage
from splinternet.scenario.shocks.ban import Ban
from splinternet.scenario.vendors import Vendors
from splinternet.supply.bans import BanAnswer
from splinternet.world.world import World

__all__ = ["ban_answers", "read_strictly"]


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


def read_strictly(scenario: Scenario) -> Scenario:
    """Let the networks of operators that are known to use a banned vendor's equipment stop."""
    shocks = tuple(
        msgspec.structs.replace(shock, effect="remove") if isinstance(shock, Ban) else shock
        for shock in scenario.shocks
    )
    return msgspec.structs.replace(scenario, shocks=shocks)
