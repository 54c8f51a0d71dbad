"""Question about a scenario, as an address has it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlencode

import msgspec

from splinternet.base.choices import (
    CHOICES,
    VANTAGES,
    Carriers,
    Counting,
    Direction,
    Links,
    Outside,
    Prefer,
    Routing,
    TieBreak,
    Weights,
)
from splinternet.base.countries import country_codes
from splinternet.base.errors import InputError
from splinternet.base.texts import country_called, phrase
from splinternet.measures.catalogue import list_measures
from splinternet.scenario.scenario import Scenario, ScenarioFile
from splinternet.scenario.shocks import Kind, kinds
from splinternet.web.builder import Fields, fields_of, is_field, plain_of, read_text, text_of
from splinternet.web.parameters import read_parameters

__all__ = ["MEASURES", "Options", "Question"]

#: Measures whose figures can be set side by side here: those that take a second or less.
MEASURES = tuple(name for name, measure in list_measures().items() if measure.quick)

_COUNTING, _ROUTING = Counting(), Routing()

_LONGEST_NAME = 120


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How a scenario's effects are looked at; with ``ranges`` also by every other rule."""

    country: str = ""
    by: Carriers = _COUNTING.by
    direction: Direction = _COUNTING.direction
    weights: Weights = _COUNTING.weights
    outside: Outside = _COUNTING.outside
    vantages: Literal[VANTAGES] = _COUNTING.vantages  # type: ignore[valid-type]
    prefer: Prefer = _ROUTING.prefer
    tie_break: TieBreak = _ROUTING.tie_break
    links: Links = _ROUTING.links
    measure: tuple[Literal[MEASURES], ...] = ()  # type: ignore[valid-type]
    ranges: bool = False

    @property
    def choices(self) -> dict[str, Any]:
        """How routes are chosen and what is counted."""
        return {name: getattr(self, name) for name in CHOICES if hasattr(self, name)}

    def pairs(self) -> list[tuple[str, str]]:
        """Return what is not as by default, for an address."""
        pairs: list[tuple[str, str]] = []
        for field in _FIELDS:
            value = getattr(self, field.name)
            if value != field.default:
                several = value if isinstance(value, tuple) else (value,)
                pairs += [(field.name, "1" if each is True else str(each)) for each in several]
        return pairs

    @property
    def words(self) -> str:
        """The same for the command line."""
        named = ((f"--{name.replace('_', '-')}", name, text) for name, text in self.pairs())
        return "".join(
            f" {flag}" if name == "ranges" else f" {flag} {shlex.quote(text)}"
            for flag, name, text in named
        )


_PLAIN = Options()

_FIELDS = msgspec.structs.fields(Options)


@dataclass(frozen=True)
class Question:
    """A scenario as fields of a form, and how to look at it.

    Attributes
    ----------
    fields
        Names and texts of the scenario's fields.
    options
        How to look at it.
    run
        Whether it is to be answered, not only shown.
    beside
        The letters of the short link to another, whose answer stands beside this one's.
    """

    fields: Fields
    options: Options = _PLAIN
    run: bool = False
    beside: str = ""

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], world: str) -> Question:
        """Read an address; ``world`` is the one meant if it names none.

        Raises
        ------
        MisuseError
            If an option has a value that it cannot have.
        """
        given = [(name, text) for name, text in pairs if text]
        fields = dict(pair for pair in given if is_field(pair[0]))
        fields.setdefault("world", world)
        options: dict[str, object] = {n: t for n, t in given if n in Options.__struct_fields__}
        if "measure" in options:
            options["measure"] = sorted({text for name, text in given if name == "measure"})
        asked = read_parameters(options, Options)
        beside = next((text for name, text in given if name == "beside"), "")
        return cls(tuple(fields.items()), asked, run=("run", "1") in given, beside=beside)

    @classmethod
    def about(cls, scenario: Scenario, options: Options, *, run: bool = True) -> Question:
        """Ask about a scenario."""
        return cls(fields_of(scenario), options, run)

    @property
    def world(self) -> str:
        """The world that the scenario is about."""
        return dict(self.fields)["world"]

    @property
    def toml(self) -> str:
        """The scenario as a file for the command line."""
        return text_of({"name": self.name, **plain_of(self.fields)})

    @property
    def name(self) -> str:
        """Name of the scenario: as the form says, or after its shocks."""
        given, said = dict(self.fields), []
        for number in self.numbers("shocks"):
            kind = kinds().get(given.get(f"shocks.{number}.kind", ""))
            needed = () if kind is None else (each.name for each in kind.fields if each.needed)
            texts = [given[key] for name in needed if (key := f"shocks.{number}.{name}") in given]
            if kind is not None and texts:
                said.append(f"{kind.label}: {', '.join(map(_nations_named, texts))}")
        return given.get("name") or "; ".join(said)[:_LONGEST_NAME] or phrase("web.questions.name")

    def scenario(self) -> ScenarioFile:
        """Read the scenario.

        Raises
        ------
        InputError
            If it is not as the language has it.
        """
        return read_text(self.toml)

    @property
    def query(self) -> str:
        """The query string of its permalink."""
        pairs = [*self.options.pairs(), *self.fields]
        if self.beside:
            pairs.append(("beside", self.beside))
        return urlencode([*pairs, ("run", "1")] if self.run else pairs)

    @property
    def alone(self) -> Question:
        """The same without another beside it."""
        return replace(self, beside="")

    @property
    def by_state(self) -> Question:
        """The same with all networks of a state counted together."""
        return replace(self, options=msgspec.structs.replace(self.options, by="state"))

    @property
    def with_ranges(self) -> Question:
        """The same with ranges by other rules."""
        return replace(self, options=msgspec.structs.replace(self.options, ranges=True))

    @property
    def renamed(self) -> Question:
        """The same under the name that its shocks give it, for one that they no longer fit."""
        return replace(self, fields=tuple(pair for pair in self.fields if pair[0] != "name"))

    def having(self, *more: tuple[str, str]) -> Question:
        """Return this with more fields, in place of those of the same names."""
        return replace(self, fields=tuple((dict(self.fields) | dict(more)).items()), run=False)

    def without(self, start: str) -> Question:
        """Return this without the fields that begin so."""
        kept = tuple(pair for pair in self.fields if not pair[0].startswith(start))
        return replace(self, fields=kept, run=False)

    @property
    def gap(self) -> str:
        """Lack of the form, in its own words; nothing if it lacks nothing."""
        given, numbers = dict(self.fields), self.numbers("shocks")
        if not numbers and "shocks" not in given:
            return phrase("web.questions.no_shock")
        for place, number in enumerate(numbers, 1):
            kind = kinds().get(given.get(f"shocks.{number}.kind", ""))
            for each in () if kind is None else kind.fields:
                if each.needed and not given.get(f"shocks.{number}.{each.name}", "").strip():
                    called = _called(place - 1, kind)
                    return phrase("web.questions.empty", shock=called, field=each.label)
        return ""

    def told(self, error: InputError) -> str:
        """Say what is wrong with the scenario by the words of the form, where it has words."""
        said = error.reason[:1].upper() + error.reason[1:].rstrip(".") + "."
        match error.key:
            case ("blocs", name):
                return phrase("web.questions.bloc", bloc=name, said=said)
            case ("shocks", int(number), *rest):
                kind = kinds().get(self._kinds().get(number, ""))
                where = _label(kind, ".".join(map(str, rest)))
                shown = f", {where[:1].upper() + where[1:]!r}" if where else ""
                return f"{_called(number, kind)}{shown}: {said}"
        return str(error)

    def _kinds(self) -> dict[int, str]:
        given = dict(self.fields)
        numbers = self.numbers("shocks")
        return {place: given.get(f"shocks.{n}.kind", "") for place, n in enumerate(numbers)}

    def numbers(self, of: str) -> list[int]:
        """Return the numbers of the shocks, or blocs, or sources, that have a field."""
        starts = (name.split(".") for name, _ in self.fields)
        found = {
            int(parts[1])
            for parts in starts
            if parts[0] == of and parts[1:2] and parts[1].isdigit()
        }
        return sorted(found)


def _nations_named(selection: str) -> str:
    """Name the nations of a selection of nothing else."""
    if not re.fullmatch("country:[A-Z]{2}(,[A-Z]{2})*", selection):
        return selection
    codes = selection.removeprefix("country:").split(",")
    known = country_codes()
    return ", ".join(country_called(code) if code in known else code for code in codes)


def _label(kind: Kind | None, name: str) -> str:
    """Call a field as the form does."""
    labels = {} if kind is None else {each.name: each.label for each in kind.fields}
    return labels.get(name, name.replace("_", " "))


def _called(place: int, kind: Kind | None) -> str:
    """Name a shock as the form does."""
    if kind is None:
        return phrase("web.questions.shock", number=place + 1)
    return phrase("web.questions.shock_of", number=place + 1, kind=kind.label)
