"""Choices that a question leaves open, and those that hold where none is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from splinternet.base.choice import Choice
from splinternet.base.choices import (
    CHOICES,
    Choices,
    Counting,
    Routing,
    RoutingChoices,
    declared,
)
from splinternet.base.errors import MisuseError, UselessChoiceError

__all__ = ["Takes"]


@dataclass(frozen=True)
class Takes:
    """The choices that a question leaves open, and what it takes where none is named.

    Attributes
    ----------
    who
        The question, as an error names it.
    names
        Fields of :class:`Routing` and :class:`Counting` that make a difference to it.
    own
        Options that it has besides, by the names of its keywords.
    routing, counting
        What is taken by default.
    """

    who: str
    names: tuple[str, ...]
    own: Mapping[str, Choice] = field(default_factory=dict, hash=False)
    routing: Routing = Routing()
    counting: Counting = Counting()

    def __post_init__(self) -> None:
        object.__setattr__(self, "own", MappingProxyType(dict(self.own)))

    @property
    def defaults(self) -> dict[str, Any]:
        """Value by default of each choice that is open."""
        return self.said(self.routing, self.counting)

    def said(self, routing: Routing, counting: Counting) -> dict[str, Any]:
        """Values of the choices that are open."""
        every = {**vars(routing), **vars(counting)}
        return {name: every[name] for name in self.names}

    def chosen(
        self,
        routing: Routing | None,
        counting: Counting | None,
        named: Mapping[str, Any] | Choices | RoutingChoices,
    ) -> tuple[Routing, Counting]:
        """Put together what is chosen: an object, or what is taken by default, and single fields.

        Options of the question's own are left to it.

        Raises
        ------
        MisuseError
            If there is no such choice, it makes no difference to the question, or it cannot have
            this value.
        """
        self._check(routing, counting, named)
        of_routing = {name: value for name, value in named.items() if name in _ROUTING}
        of_counting = {name: value for name, value in named.items() if name in _COUNTING}
        return (
            replace(routing or self.routing, **of_routing),  # type: ignore[arg-type]
            replace(counting or self.counting, **of_counting),  # type: ignore[arg-type]
        )

    def routed(self, routing: Routing | None, named: RoutingChoices) -> Routing:
        """Put together how routes are chosen, as :meth:`chosen` does."""
        return self.chosen(routing, None, named)[0]

    def _check(
        self,
        routing: Routing | None,
        counting: Counting | None,
        named: Mapping[str, Any] | Choices | RoutingChoices,
    ) -> None:
        for wrong, kind in ((routing, Routing), (counting, Counting)):
            if wrong is not None and not isinstance(wrong, kind):
                right = f"{kind.__name__}({next(iter(declared(kind)))}=...)"
                raise MisuseError(f"{wrong!r} is no {kind.__name__}; write {right}")
        for name, value in named.items():
            self._check_once(routing, counting, name, value)
            if name not in CHOICES and name not in self.own:
                raise MisuseError.unknown(
                    f"option of '{self.who}'",
                    name,
                    (*self.names, *self.own),
                    f"it takes {self._list}",
                )
        given = {**vars(routing or Routing()), **vars(counting or Counting())}
        changed = [name for name, value in given.items() if value != _USUAL[name]]
        for name in (*named, *changed):
            if name not in self.names and name not in self.own:
                every = {**CHOICES, **self.own}
                takes = {each: every[each].option(each) for each in (*self.names, *self.own)}
                raise UselessChoiceError(self.who, name, every[name].option(name), takes)

    def _check_once(
        self, routing: Routing | None, counting: Counting | None, name: str, value: object
    ) -> None:
        """Refuse a field that is given beside an object that says otherwise."""
        for kind, given in (("routing", routing), ("counting", counting)):
            if given is None or name not in vars(given) or name in self.own:
                continue
            if replace(given, **{name: value}) != given:  # type: ignore[arg-type]
                raise MisuseError(
                    f"{name} is {value!r} and in {kind} {getattr(given, name)!r}; give it once, as "
                    f"{type(given).__name__}({name}={value!r}, ...)"
                )

    @property
    def _list(self) -> str:
        return ", ".join((*self.names, *self.own)) or "no choice"


_ROUTING = frozenset(declared(Routing))
_COUNTING = frozenset(declared(Counting))
_USUAL = {**vars(Routing()), **vars(Counting())}
