"""Requests of commands about worlds: the world, how sure, and where the answer goes."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from splinternet.base.choices import Links, Routing
from splinternet.base.errors import MisuseError
from splinternet.base.texts import phrase
from splinternet.cli.options import (
    DEFAULT_WORLD,
    BootstrapOption,
    Chosen,
    FileOption,
    FormatOption,
    LedgerOption,
    LimitOption,
    RatesOption,
    ScenarioOption,
    SeedOption,
    WorldOption,
    open_ledgers,
    read_chosen,
)
from splinternet.cli.tables import Output, say

if TYPE_CHECKING:
    from splinternet.ledger.ledger import Ledger
    from splinternet.measures.resampling import Draws
    from splinternet.scenario.scenario import Recorded, ScenarioFile
    from splinternet.scenario.vendors import Vendors
    from splinternet.supply.bans import BanAnswer
    from splinternet.world.world import World

__all__ = ["INTERVALS", "OUTPUT", "WORLD", "Request", "asking"]

_Command = TypeVar("_Command", bound=Callable[..., None])

#: Options that say how many worlds to draw for intervals, where the answer goes, and of what world
#: it is.
INTERVALS = {"replicates": BootstrapOption, "rates": RatesOption, "seed": SeedOption}
OUTPUT = {"form": FormatOption, "output": FileOption, "limit": LimitOption}
WORLD = {"world": WorldOption, "scenario": ScenarioOption, "ledger": LedgerOption}

_DEFAULTS = {"replicates": 0}


@dataclass(frozen=True)
class Request:
    """Request of a command, besides what is its own.

    Attributes
    ----------
    context
        The command, and what is named before it.
    sink
        Where the answer goes.
    draws
        Worlds to draw for intervals, if any are asked for.
    world, scenario, ledger
        What is named after it.
    """

    context: typer.Context
    sink: Output
    draws: Draws | None
    world: str | None
    scenario: str | None
    ledger: list[str] | None

    @property
    def before(self) -> Chosen:
        """World, scenario and ledgers named before the command."""
        chosen: Chosen = self.context.obj
        return chosen

    @property
    def after(self) -> str | None:
        """The scenario that is meant, if any."""
        return self.scenario or self.before.scenario

    @property
    def world_named(self) -> str | None:
        """The world that is named, if any."""
        return self.world or self.before.world

    @property
    def called(self) -> str:
        """The world that is meant: where none is named, that of the scenario, if there is one."""
        if self.world_named is not None:
            return self.world_named
        return DEFAULT_WORLD if self.after is None else _world_of(read_chosen(self.after))

    def open(self, links: Links | None = None, *, world: str | None = None) -> World:
        """Open the world that is meant, of links that are meant, after the scenario meant."""
        from splinternet.world.catalogue import open_world
        from splinternet.world.evidence import by_evidence

        # First: links that a scenario adds are seen nowhere, and stay.
        opened = open_world(world or self.called)
        return self.apply(opened if links is None else by_evidence(opened, links), links=links)

    def apply(self, world: World, *, links: Links | None = None, anywhere: bool = False) -> World:
        """Let the scenario that is meant happen to a world; vendors are those of the ledger meant.

        ``anywhere``: also to another world than the scenario is about.
        """
        if self.after is None:
            return world
        from msgspec.structs import replace

        from splinternet.scenario.apply import apply

        read = read_chosen(self.after)
        if anywhere:
            read = replace(read, world=world.manifest.name)
        return apply(world, read, vendors=self.vendors, links=links or Routing().links)

    def open_before(self, links: Links | None = None) -> World:
        """Open the world that is meant, of links that are meant, before any scenario."""
        from splinternet.world.catalogue import open_world
        from splinternet.world.evidence import by_evidence

        opened = open_world(self.called)
        return opened if links is None else by_evidence(opened, links)

    def on_levels(self, links: Links | None = None) -> World | None:
        """Open the digest before the scenario that is meant, on whose levels answers are told.

        None without a scenario, of a full world, and where intervals are asked for.
        """
        if self.after is None or self.draws:
            return None
        before = self.open_before(links)
        return before if before.manifest.is_digest else None

    def bans(self, before: World) -> tuple[BanAnswer, ...]:
        """Tell what the bans of the scenario that is meant reach, in the world before it."""
        if self.after is None:
            return ()
        from splinternet.scenario.bans import ban_answers

        return ban_answers(before, read_chosen(self.after), self.vendors)

    def open_ledgers(self) -> Ledger:
        """Open the ledgers that are meant as one."""
        return open_ledgers(self.context, self.ledger)

    @property
    def vendors(self) -> Vendors:
        """Vendors that operators use, by the ledgers that are meant; read when asked."""
        from splinternet.scenario.vendors import Vendors

        return Vendors(self.open_ledgers)

    def recorded(self, scenario: ScenarioFile) -> Recorded | None:
        """Return the answer that a case brings, where its own world is not at hand in full."""
        from splinternet.world.catalogue import find_world
        from splinternet.world.world import read_manifest

        called = self.world_named or scenario.world
        if scenario.recorded is None or called != scenario.world:
            return None
        try:
            return scenario.recorded if read_manifest(find_world(called)).is_digest else None
        except MisuseError:
            return scenario.recorded


def asking(
    *shared: dict[str, Any], limit: int = 20, reads_ledger: bool = False
) -> Callable[[_Command], Callable[..., None]]:
    """Give a command options that others have too; it is called with a :class:`Request` of them.

    Parameters
    ----------
    shared
        Some of :data:`INTERVALS`, :data:`OUTPUT` and :data:`WORLD`.
    limit
        Rows of a table that are shown by default.
    reads_ledger
        Whether a ledger makes a difference to it also where no scenario is named.
    """
    options = {name: kind for each in shared for name, kind in each.items()}
    defaults = {**_DEFAULTS, "limit": limit}

    def decorate(command: _Command) -> Callable[..., None]:
        @functools.wraps(command)
        def run(context: typer.Context, **given: Any) -> None:  # noqa: ANN401
            named = {name: given.pop(name) for name in options}
            asked = _request(context, **named)
            _check_ledger(asked, useful=reads_ledger or "scenario" not in options)
            command(asked, **given)

        signature = inspect.signature(command, eval_str=True)
        _, *own = signature.parameters.values()
        many = [each for each in own if each.kind is each.VAR_KEYWORD]
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        every = [
            inspect.Parameter("context", kind, annotation=typer.Context),
            *(each for each in own if each not in many),
            *(
                inspect.Parameter(name, kind, default=defaults.get(name), annotation=option)
                for name, option in options.items()
            ),
            *many,
        ]
        run.__signature__ = signature.replace(parameters=every)  # type: ignore[attr-defined]
        run.__annotations__ = {each.name: each.annotation for each in every}
        return run

    return decorate


def _request(
    context: typer.Context,
    *,
    form: Any = None,  # noqa: ANN401 (these are as their options declare them)
    output: Any = None,  # noqa: ANN401
    limit: int = 0,
    replicates: int = 0,
    rates: str | None = None,
    seed: int | None = None,
    world: str | None = None,
    scenario: str | None = None,
    ledger: list[str] | None = None,
) -> Request:
    sink, draws = Output(form, output, limit), _draws(replicates, rates, seed)
    return Request(context, sink, draws, world, scenario, ledger)


def _check_ledger(asked: Request, *, useful: bool) -> None:
    """Find early that a ledger is none, and say where it makes no difference."""
    ledgers = asked.ledger or asked.before.ledgers
    if not ledgers:
        return
    from splinternet.ledger.catalogue import find_ledger

    for each in ledgers:
        find_ledger(each)
    if not useful and asked.after is None:
        say(phrase("terminal.notes.ledger"), error=True)


def _draws(replicates: int, rates: str | None, seed: int | None) -> Draws | None:
    """Worlds to draw for intervals, as options say; None where none are asked for.

    Raises
    ------
    MisuseError
        If rates or a seed are given alone, or rates are none.
    """
    for option, named in (("--rates", rates), ("--seed", seed)):
        if not replicates and named is not None:
            raise MisuseError(f"{option} tells how to draw for --bootstrap N; give that too")
    if not replicates:
        return None
    from splinternet.measures.resampling import Draws, ErrorRates

    try:
        given = ErrorRates(*(float(part) for part in rates.split(","))) if rates else ErrorRates()
    except (ValueError, TypeError):
        raise MisuseError(
            f"{rates!r} are no five rates; give the part of transit links missed, of large, small "
            "and stub networks all of whose links are seen, and of transit links of the other "
            "kind, as 0.01,0.77,0.34,0.005,0.004"
        ) from None
    return Draws(replicates, given, seed or 0)


def _world_of(scenario: ScenarioFile) -> str:
    """Return the world that a scenario is about, if there is one of that name."""
    from splinternet.world.catalogue import find_world

    try:
        find_world(scenario.world)
    except MisuseError as error:
        raise scenario.error(("world",), str(error)) from None
    return scenario.world
