"""What if: five scenarios of a nation, each before and after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from splinternet.brief.facts.asked import Asked, Missing, attempt
from splinternet.brief.facts.carriers import Carried, Carrier
from splinternet.brief.facts.supply import MainVendor
from splinternet.scenario.apply import Effect, rehearse
from splinternet.scenario.cases import find_scenario
from splinternet.scenario.compare import NationCompared, what_if
from splinternet.scenario.language import decode, read_scenario
from splinternet.scenario.selection import Both, Either, Expression, Not, Term
from splinternet.world.countries import country_name

__all__ = ["WhatIf", "what_ifs"]

#: The shipped scenario that blocs are taken from.
_BLOCS = "two-blocs"


@dataclass(frozen=True, eq=False)
class WhatIf:
    """One scenario, before and after.

    Attributes
    ----------
    key
        ``isolation``, ``carrier``, ``refusal``, ``split`` or ``ban``.
    toml
        The scenario as a file; None if there is nothing to make one of.
    of
        The network that is lost, the state that refuses, the vendor that is banned, or the bloc
        that the nation is in.
    compared
        What changes for the nation, or why that cannot be said.
    effects
        What the shocks did.
    """

    key: str
    toml: str | None
    compared: NationCompared | Missing
    of: Carrier | MainVendor | str | None = None
    effects: tuple[Effect, ...] = ()

    @property
    def file(self) -> str:
        """Name of the file that its command reads."""
        return f"{self.key}.toml"


def what_ifs(
    asked: Asked, carried: Carried | Missing, main: MainVendor | None
) -> tuple[WhatIf, ...]:
    """Compare a nation before and after each of five scenarios."""
    nation = f"country:{asked.country}"
    name = country_name(asked.country)
    made = [_tried(asked, "isolation", f"{name} is isolated", _shock("isolate", networks=nation))]
    largest = None if isinstance(carried, Missing) else carried.largest
    state = None if isinstance(carried, Missing) else carried.largest_state
    reason = carried.reason if isinstance(carried, Missing) else ""
    if largest is None:
        made.append(WhatIf("carrier", None, Missing(reason)))
    else:
        lost = _shock("remove", networks=f"AS{largest.asn}")
        tried = _tried(asked, "carrier", f"{name} loses AS{largest.asn}", lost)
        made.append(replace(tried, of=largest))
    if state is None or state.country is None:
        made.append(WhatIf("refusal", None, Missing(reason)))
    else:
        refusing = country_name(state.country)
        shock = _shock("refuse", networks=f"country:{state.country}", traffic_of=nation)
        tried = _tried(asked, "refusal", f"{refusing} refuses transit to {name}", shock)
        made.append(replace(tried, of=state.country))
    return (*made, _split(asked), _banned(asked, name, main))


def _banned(asked: Asked, name: str, main: MainVendor | None) -> WhatIf:
    """Remove the networks of operators that are known to use the main vendor."""
    if main is None or not main.networks:
        return WhatIf("ban", None, Missing(""), of=main)
    networks = " or ".join(f"AS{asn}" for asn in main.networks)
    title = f"{name} without the operators that use {main.name}"
    tried = _tried(asked, "ban", title, _shock("remove", networks=networks))
    return replace(tried, of=main)


def _split(asked: Asked) -> WhatIf:
    """Split the world in two, as the shipped scenario does, of states that the world has."""
    case = read_scenario(find_scenario(_BLOCS))
    here = set(asked.world.networks["country"].drop_nulls())
    blocs = {
        name: [code for code in _countries(selection.expression) if code in here]
        for name, selection in case.blocs.items()
    }
    if not all(blocs.values()):
        return WhatIf("split", None, Missing(""))
    listed = "".join(
        f"{name} = {_text('country:' + ','.join(codes))}\n" for name, codes in blocs.items()
    )
    names = ", ".join(_text(name) for name in blocs)
    shock = f'[[shocks]]\nkind = "split"\nblocs = [{names}]\nneutral = "join"\n'
    tried = _tried(asked, "split", case.name, f"[blocs]\n{listed}\n{shock}")
    return replace(tried, of=_side(asked.country, blocs, tried.effects))


def _side(code: str, blocs: dict[str, list[str]], effects: tuple[Effect, ...]) -> str | None:
    """Tell which bloc a nation is in, or joined."""
    for name, codes in blocs.items():
        joined = [
            note.removeprefix(f"join {name}: ").split(", ")
            for effect in effects
            for note in effect.notes
            if note.startswith(f"join {name}: ")
        ]
        if code in codes or any(code in each for each in joined):
            return name
    return None


def _tried(asked: Asked, key: str, title: str, shocks: str) -> WhatIf:
    head = f"name = {_text(title)}\nworld = {_text(asked.world.manifest.name)}\n\n"
    toml = head + shocks
    scenario = decode(toml, Path(f"{key}.toml"))
    effects: tuple[Effect, ...] = ()

    def compare() -> NationCompared:
        nonlocal effects
        after, done = rehearse(asked.world, scenario)
        effects = tuple(done)
        compared = what_if(asked.world, after, asked.country, measures=(), **asked.routing)
        if compared.nation is None:
            raise AssertionError("a nation was asked for")
        return compared.nation

    compared = attempt(compare)
    return WhatIf(key, toml, compared, effects=effects)


def _shock(kind: str, **keys: str) -> str:
    lines = "".join(f"{key} = {_text(value)}\n" for key, value in keys.items())
    return f"[[shocks]]\nkind = {_text(kind)}\n{lines}"


def _text(value: str) -> str:
    """Write a TOML string; names hold no control characters."""
    return json.dumps(value, ensure_ascii=False)


def _countries(expression: Expression) -> Iterator[str]:
    match expression:
        case Term("country", code):
            yield code
        case Either(left, right) | Both(left, right):
            yield from _countries(left)
            yield from _countries(right)
        case Not(operand):
            yield from _countries(operand)
