"""Applying a scenario to a world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np

from splinternet.base.checked import typed
from splinternet.base.choices import Links, Routing
from splinternet.base.errors import remedy
from splinternet.ledger.catalogue import open_ledger
from splinternet.scenario.draft import Draft, ShockError
from splinternet.scenario.language import ScenarioLike, scenario_of
from splinternet.scenario.matching import Matcher
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.shocks import Outcome, Shock, Stage
from splinternet.scenario.vendors import Vendors
from splinternet.world.confidence import judged
from splinternet.world.manifest import Manifest, software
from splinternet.world.world import World, as_world

__all__ = ["Effect", "apply", "rehearse"]


@dataclass(frozen=True)
class Effect:
    """Effect of one shock.

    Attributes
    ----------
    kind
        The kind of shock.
    networks_removed
        Networks that are gone, a group of a digest as many as its members.
    networks_touched
        Networks left that lost a link, got one, or have one of another kind; counted alike.
    links_cut, links_added, links_changed
        Links that are gone, new, or of another kind.
    outcome
        What else there is to tell, as its kind of shock declares it.
    """

    kind: str
    networks_removed: int
    networks_touched: int
    links_cut: int
    links_added: int
    links_changed: int
    outcome: Outcome | None = None

    @property
    def changes(self) -> bool:
        """Whether any network or link is gone, new, or of another kind."""
        return bool(
            self.networks_removed or self.links_cut or self.links_added or self.links_changed
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """The outcome in words."""
        return () if self.outcome is None else self.outcome.words()


@typed
def apply(
    world: World,
    scenario: ScenarioLike,
    *,
    vendors: Vendors | None = None,
    links: Links = Routing().links,
) -> World:
    """World after a scenario.

    The shocks take place in order, but selections always mean the world before any of them.
    ``docs/scenarios.md`` says what each shock does and when their order matters.

    Parameters
    ----------
    world
        The world before, a digest too; it stays as it is.
    scenario
        What happens: a scenario, the name of a shipped one, a file, or its text in TOML; or a
        shock, or several.
    vendors
        What is known of networks on a vendor's equipment, for ``vendor:`` and bans; the starter
        ledger's by default.
    links
        Over which links, by evidence, a hijack or leak spreads; those that routes take by default.

    Returns
    -------
    World
        Its manifest's ``parameters["scenarios"]`` has the name, checksum, shocks and their results
        of this scenario, after those of scenarios that were applied before.

    Raises
    ------
    InputError
        If the scenario is about another world, selects what the world does not have, or
        contradicts itself. Nothing is applied then.
    MisuseError
        If there is no such scenario, or no world.

    Examples
    --------
    >>> apply(later, "two-blocs").manifest.after
    ('A world of two blocs',)
    """
    as_world(world)
    known = Vendors(open_ledger) if vendors is None else vendors
    over = Routing(links=links).links  # or it is refused
    return rehearse(world, scenario_of(scenario, world.manifest.name), vendors=known, links=over)[0]


def rehearse(
    world: World,
    scenario: Scenario,
    *,
    vendors: Vendors | None = None,
    links: Links = Routing().links,
    idle: bool = False,
) -> tuple[World, list[Effect]]:
    """Make the world after a scenario, and tell what each shock did.

    With ``idle`` a shock may change nothing, as where the same happens to many in turn.

    Raises
    ------
    InputError
        As for :func:`apply`.
    """
    manifest = world.manifest
    if scenario.world not in (manifest.name, manifest.date[:7]):
        raise scenario.error(
            ("world",),
            f"the scenario is about world {scenario.world}, this is {manifest.name} of "
            f"{manifest.date}; give {_world(scenario.world)}, or a scenario for this one",
        )
    # Judged before: what a scenario changes is stated, and nothing speaks against it.
    world = judged(world)
    draft, matcher = Draft(world), Matcher(world, scenario.blocs, vendors)
    effects = []
    for number, shock in enumerate(scenario.shocks):
        stage = Stage(draft, matcher, shock.date or scenario.date, links)
        effects.append(_strike(scenario, number, shock, stage, idle))
    if not draft.present.any():
        raise scenario.error(("shocks",), "no network is left")
    return World(manifest=_manifest(manifest, scenario, effects), **draft.tables()), effects


def _strike(scenario: Scenario, number: int, shock: Shock, stage: Stage, idle: bool) -> Effect:
    """Let one shock strike, and count what it changes."""
    draft = stage.draft
    present, kept, transit = draft.present, draft.kept, draft.transit
    try:
        outcome = shock.strike(stage)
    except ShockError as error:
        raise scenario.error(("shocks", number, *error.key), str(error)) from None
    old = len(kept)
    cut = kept & ~draft.kept[:old]
    changed = kept & draft.kept[:old] & (transit != draft.transit[:old])
    added = np.ones(len(draft.kept) - old, dtype=bool)
    removed = present & ~draft.present
    kind = str(shock.__struct_config__.tag)
    at_work = removed.any() or cut.any() or changed.any() or added.any()
    if not (at_work or idle or shock.may_change_nothing):
        raise scenario.error(
            ("shocks", number),
            f"{kind} changes nothing: there are no such links, or an earlier shock took them; "
            "leave it out, or select others",
        )
    touched = np.zeros(len(present), dtype=bool)
    ends = np.concatenate([cut | changed, added])
    touched[draft.a[ends]] = touched[draft.b[ends]] = True
    members = draft.base.networks["members"].to_numpy()
    return Effect(
        kind=kind,
        networks_removed=int(members[removed].sum()),
        networks_touched=int(members[touched & draft.present].sum()),
        links_cut=int(cut.sum()),
        links_added=len(added),
        links_changed=int(changed.sum()),
        outcome=outcome,
    )


def _recorded(effect: Effect) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(effect)
    if effect.outcome is None:
        del found["outcome"]
    return found | {"notes": list(effect.notes)}


def _manifest(before: Manifest, scenario: Scenario, effects: list[Effect]) -> Manifest:
    """Record the scenario among the parameters."""
    shocks = [
        shock | {"result": _recorded(effect)}
        for shock, effect in zip(scenario.plain()["shocks"], effects, strict=True)
    ]
    record: dict[str, Any] = {"name": scenario.name, "sha256": scenario.sha256, "shocks": shocks}
    if scenario.blocs:
        record["blocs"] = scenario.plain()["blocs"]
    earlier = before.parameters.get("scenarios", [])
    fresh = Manifest(name=before.name, date=before.date)
    return msgspec.structs.replace(
        before,
        made=fresh.made,
        made_by=software(),
        parameters={**before.parameters, "scenarios": [*earlier, record]},
        tables={},
    )


def _world(name: str) -> str:
    """World of a name, as it is given."""
    return remedy(f"open_world({name!r})", f"--world {name}")
