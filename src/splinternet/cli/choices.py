"""Options for the choices behind a figure, and for files, made from where these are declared."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer
import typer.core
import typer.main

from splinternet.base.asn import as_numbers, looks_like_asn
from splinternet.base.choice import Choice
from splinternet.base.choices import (
    CHOICES,
    DEFINITIONS,
    VANTAGES,
    Counting,
    Routing,
)
from splinternet.base.errors import MisuseError
from splinternet.base.takes import Takes
from splinternet.world.purposes import PURPOSES, flag

if TYPE_CHECKING:
    from splinternet.measures.measure import Measure
    from splinternet.world.world import World

__all__ = ["MeasuresCommand", "choosing", "options_for", "said", "taking_files", "vantage_notes"]

_Command = TypeVar("_Command", bound=Callable[..., None])

#: For types that are put together while the program runs.
_ANNOTATED: Any = Annotated


def choosing(
    *names: str, routing: Routing | None = None, counting: Counting | None = None
) -> Callable[[_Command], _Command]:
    """Give a command, which takes them as keywords, an option for each of some choices.

    It is called with those that are named on the command line, and no others.

    Parameters
    ----------
    names
        Names of fields of :class:`Routing` and :class:`Counting`.
    routing, counting
        What is taken where nothing is named, for ``--help``.
    """
    return options_for(
        Takes("", names, routing=routing or Routing(), counting=counting or Counting())
    )


def options_for(
    takes: Takes, own: Mapping[str, Any] | None = None, *, refusing: bool = False
) -> Callable[[_Command], _Command]:
    """Give a command an option for each choice, and option of its own, that a question leaves open.

    Parameters
    ----------
    takes
        What the question leaves open.
    own
        What its own options are by default.
    refusing
        Whether the command is called with other choices too, to say that it has no use for them.
    """
    every = {**{name: CHOICES[name] for name in takes.names}, **takes.own}
    defaults = {**takes.defaults, **(own or {})}
    added = [_parameter(name, each, defaults.get(name)) for name, each in every.items()]
    if refusing:
        others = {name: each for name, each in CHOICES.items() if name not in every}
        added += [_parameter(name, each, None, hidden=True) for name, each in others.items()]
        every |= others

    def decorate(command: _Command) -> _Command:
        @functools.wraps(command)
        def run(**given: Any) -> None:  # noqa: ANN401
            named = {name: value for name in every if (value := given.pop(name)) is not None}
            read = {
                name: _read(name, every[name], x, defaults.get(name)) for name, x in named.items()
            }
            command(**given, **read)

        _declare(run, command, added, before=("replicates", "form"))
        run.without_options = command  # type: ignore[attr-defined]
        return run  # type: ignore[return-value]

    return decorate


class MeasuresCommand(typer.core.TyperCommand):
    """A command about several measures: once it is asked for, it has options of their own too."""

    @cached_property
    def _whole(self) -> Any:  # noqa: ANN401 (a command of typer's own)
        from splinternet.measures.catalogue import list_measures
        from splinternet.measures.together import takes_of

        measures = list_measures().values()
        own = {
            name: replace(choice, doc=_docs_of(name, measures))
            for name, choice in takes_of("", measures).own.items()
        }
        names = tuple(each.name for each in self.params if each.name in CHOICES)
        command: Any = self.callback
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(self.name)(options_for(Takes("", names, own=own))(command.without_options))
        return typer.main.get_command(alone)

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401
        """Return its arguments and options."""
        found: list[Any] = self._whole.get_params(ctx)
        return found

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Run it."""
        return self._whole.invoke(ctx)


def _docs_of(option: str, measures: Iterable[Measure]) -> str:
    """Words for an option of the measures' own, and which of them have it."""
    having: dict[str, list[str]] = {}
    for each in measures:
        if option in each.takes.own:
            having.setdefault(each.takes.own[option].doc, []).append(each.name)
    return " ".join(f"For {', '.join(names)}: {doc}" for doc, names in having.items())


def taking_files(command: _Command) -> _Command:
    """Give a command, which takes them as keywords, an option for each purpose of files.

    It is called with those that are named on the command line, and no others.
    """

    @functools.wraps(command)
    def run(**given: Any) -> None:  # noqa: ANN401
        command(**{name: value for name, value in given.items() if value or name not in PURPOSES})

    _declare(run, command, [_files_of(name) for name in PURPOSES], before=("name",))
    return run  # type: ignore[return-value]


def _files_of(purpose: str) -> inspect.Parameter:
    needed = purpose == "as_rel"
    paths: Any = list[Path] if needed else list[Path] | None
    option = typer.Option(
        f"--{flag(purpose)}", metavar="FILE", help=f"{PURPOSES[purpose].doc} Repeatable."
    )
    return inspect.Parameter(
        purpose,
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        default=inspect.Parameter.empty if needed else None,
        annotation=_ANNOTATED[paths, option],
    )


def _declare(
    run: Callable[..., None],
    command: Callable[..., None],
    added: list[inspect.Parameter],
    before: tuple[str, ...],
) -> None:
    """Show typer the parameters of a command, and more before the first of some, or at the end."""
    signature = inspect.signature(command, eval_str=True)
    own = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
    at = next((i for i, p in enumerate(own) if p.name in before), len(own))
    every = [*own[:at], *added, *own[at:]]
    run.__signature__ = signature.replace(parameters=every)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in every}


def _parameter(
    name: str, choice: Choice, default: object, *, hidden: bool = False
) -> inspect.Parameter:
    option = typer.Option(
        choice.option(name),
        metavar=choice.metavar,
        hidden=hidden,
        help=f"{choice.doc}{' Repeatable.' if choice.repeated else ''}{_shown(default)}",
    )
    kind: Any = str if choice.others else Literal.__getitem__(choice.values)
    several: Any = list
    return inspect.Parameter(
        name,
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        default=None,
        annotation=_ANNOTATED[(several[kind] if choice.repeated else kind) | None, option],
    )


def _shown(default: object) -> str:
    return "" if default is None else f" [default: {_written(default)}]"


def _read(name: str, choice: Choice, given: Any, default: object) -> Any:  # noqa: ANN401
    """Make a value of what the command line has; an error shows the one by default."""
    if name == "vantages":
        return _vantages(given)
    if not choice.repeated and given in choice.values:
        return given
    try:
        return choice.read(given)
    except ValueError:
        form = choice.metavar if default is None else _written(default)
        raise MisuseError(
            f"{choice.option(name)}: {given!r} is no {choice.term}; give one as {form}"
        ) from None


class _Listed(list[int]):
    """AS numbers of a file, its name, and notes on how it was read."""

    file: str = ""
    notes: tuple[str, ...] = ()


def vantage_notes(world: World, given: object) -> list[str]:
    """Say which of the vantages that are listed are none here."""
    if not isinstance(given, list):
        return []
    from splinternet.measures.vantages import vantages_left_out

    return [*getattr(given, "notes", ()), *vantages_left_out(world, given)]


def _vantages(text: str) -> str | list[int]:
    if text in VANTAGES:
        return text
    if all(looks_like_asn(part) for part in text.split(",")):
        return as_numbers(text.split(","))
    if not text or not Path(text).exists():
        raise MisuseError.unknown(
            "set of vantages", text, VANTAGES, "or give AS numbers, or a file of them"
        )
    from splinternet.world.collectors import read_peers

    peers = read_peers(text)
    found = _Listed(peers.asns)
    found.file, found.notes = text, peers.notes
    return found


def said(values: Mapping[str, Any]) -> dict[str, str]:
    """Choices and options as notes have them, and the version of definitions.

    Those without a value are left out.
    """
    every = {name: value for name, value in values.items() if name != "definitions"}
    every["definitions"] = DEFINITIONS
    return {name: _written(value) for name, value in every.items() if value is not None}


def _written(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} ({' '.join(members)})" for name, members in value.items())
    if isinstance(value, str) or not isinstance(value, Iterable):
        return str(value)
    named = [str(each) for each in value]
    return ", ".join(named) if len(named) <= 5 else f"{len(named)} given"
