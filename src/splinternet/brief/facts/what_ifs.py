"""Scenarios of a nation, five, each before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from splinternet.base.choices import Routing
from splinternet.base.errors import InputError, MisuseError
from splinternet.base.texts import nation_called, phrase
from splinternet.base.toml_text import write_toml
from splinternet.brief.errors import difference_error
from splinternet.brief.facts.asked import Asked, Missing, attempt
from splinternet.brief.facts.carriers import Carried, Carrier
from splinternet.brief.facts.supply import MainVendor
from splinternet.brief.words import capital
from splinternet.measures.parallel import side_by_side
from splinternet.scenario.apply import Effect, rehearse
from splinternet.scenario.cases import find_scenario
from splinternet.scenario.comparison import NationCompared
from splinternet.scenario.language import decode, read_scenario
from splinternet.scenario.levels import what_if_on_levels
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.selection import Both, Either, Expression, Not, Term
from splinternet.scenario.shocks.split import Joined

__all__ = ["WORTH_TELLING", "Blocs", "WhatIf", "gainers", "what_ifs", "with_counted"]

#: The shipped scenario that blocs are taken from.
_BLOCS = "two-blocs"

#: How many gainers are named, and the least share of traffic worth telling.
_NAMED, WORTH_TELLING = 3, 0.001


@dataclass(frozen=True, eq=False)
class Blocs:
    """Two blocs of states.

    Attributes
    ----------
    side
        The one that the nation is in or joins; None if it keeps its links to both.
    members
        Codes of the states of each that the world has.
    case
        The shipped scenario that has the lists.
    between
        The networks that gain most in the split, if these are of unknown country: in no bloc, they
        keep their links to both.
    placed
        Networks of unknown country that are counted in a bloc all the same.
    counted
        The split once more with the networks between counted in a bloc, by its name.
    """

    side: str | None
    members: dict[str, tuple[str, ...]]
    case: Scenario
    between: tuple[int, ...] = ()
    placed: tuple[int, ...] = ()
    counted: dict[str, WhatIf] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class WhatIf:
    """One scenario, before and after.

    Attributes
    ----------
    key
        ``isolation``, ``carrier``, ``refusal``, ``split`` or ``ban``; ``split-`` and the bloc's
        name where the networks between blocs are counted in it.
    toml
        The scenario as a file; None if there is nothing to make one of.
    of
        The network that is lost, the state that refuses, the vendor that is banned, or the blocs.
    compared
        What changes for the nation, or why that cannot be said.
    effects
        What the shocks did.
    """

    key: str
    toml: str | None
    compared: NationCompared | Missing
    of: Carrier | MainVendor | Blocs | str | None = None
    effects: tuple[Effect, ...] = ()

    @property
    def file(self) -> str:
        """Name of the file that its command reads."""
        return f"{self.key}.toml"


def what_ifs(
    asked: Asked, carried: Carried | Missing, main: MainVendor | None
) -> tuple[WhatIf, ...]:
    """Compare a nation before and after each of five scenarios."""
    name = nation_called(asked.country)
    each: tuple[Callable[[], WhatIf], ...] = (
        lambda: _isolated(asked, name),
        lambda: _without_carrier(asked, name, carried),
        lambda: _refused(asked, name, carried),
        lambda: _split(asked),
        lambda: _banned(asked, name, main),
    )
    return tuple(side_by_side(lambda compute: compute(), each))


def with_counted(tried: Iterable[WhatIf]) -> Iterator[WhatIf]:
    """Yield what-ifs, and after a split those with networks counted in a bloc."""
    for each in tried:
        yield each
        if isinstance(each.of, Blocs):
            yield from each.of.counted.values()


def _isolated(asked: Asked, name: str) -> WhatIf:
    """Cut every link across the border."""
    countries = asked.world.networks.select("asn", "country")
    ends = asked.world.links.select("a", "b").join(countries, left_on="a", right_on="asn")
    ends = ends.join(countries, left_on="b", right_on="asn", suffix="_b")
    at_home, there = (pl.col(end).eq_missing(asked.country) for end in ("country", "country_b"))
    if ends.filter(at_home != there).is_empty():
        return WhatIf("isolation", None, Missing(""))
    shock = {"kind": "isolate", "networks": f"country:{asked.country}"}
    return _tried(asked, "isolation", phrase("what_if.title.isolated", Nation=capital(name)), shock)


def _without_carrier(asked: Asked, name: str, carried: Carried | Missing) -> WhatIf:
    """Remove the network that carries most."""
    largest = None if isinstance(carried, Missing) else carried.largest
    if largest is None:
        return WhatIf("carrier", None, _why_not(carried))
    lost = {"kind": "remove", "networks": f"AS{largest.asn}"}
    return replace(
        _tried(
            asked,
            "carrier",
            phrase("what_if.title.lost", Nation=capital(name), network=f"AS{largest.asn}"),
            lost,
        ),
        of=largest,
    )


def _refused(asked: Asked, name: str, carried: Carried | Missing) -> WhatIf:
    """Let the foreign state that carries most refuse transit."""
    state = None if isinstance(carried, Missing) else carried.largest_state
    if state is None or state.country is None:
        return WhatIf("refusal", None, _why_not(carried))
    shock = {
        "kind": "refuse",
        "networks": f"country:{state.country}",
        "traffic_of": f"country:{asked.country}",
    }
    refusing = capital(nation_called(state.country))
    title = phrase("what_if.title.refused", State=refusing, nation=name)
    return replace(_tried(asked, "refusal", title, shock), of=state.country)


def _why_not(carried: Carried | Missing) -> Missing:
    return carried if isinstance(carried, Missing) else Missing("")


def _banned(asked: Asked, name: str, main: MainVendor | None) -> WhatIf:
    """Remove the networks of operators that are known to use the main vendor."""
    if main is None or not main.networks:
        return WhatIf("ban", None, Missing(""), of=main)
    networks = " or ".join(f"AS{asn}" for asn in main.networks)
    title = phrase("what_if.title.banned", nation=name, vendor=main.name)
    tried = _tried(asked, "ban", title, {"kind": "remove", "networks": networks})
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
    members = {name: tuple(codes) for name, codes in blocs.items()}
    tried, split = _parted(asked, "split", case, members)
    between = _between(tried.compared, tried.effects)
    if not between:
        return tried
    again = side_by_side(
        lambda name: _parted(asked, f"split-{name}", case, members, {name: between})[0],
        tuple(members),
    )
    counted = dict(zip(members, again, strict=True))
    return replace(tried, of=replace(split, between=between, counted=counted))


def _parted(
    asked: Asked,
    key: str,
    case: Scenario,
    members: dict[str, tuple[str, ...]],
    more: Mapping[str, tuple[int, ...]] = MappingProxyType({}),
) -> tuple[WhatIf, Blocs]:
    """Cut the links between blocs of states, and of more networks by AS number."""
    selected = {
        name: " or ".join(["country:" + ",".join(codes), *map("AS{}".format, more.get(name, ()))])
        for name, codes in members.items()
    }
    shock = {"kind": "split", "blocs": list(members), "neutral": "join"}
    title = ", ".join([case.name, *(f"{_listed(asns)} in {name}" for name, asns in more.items())])
    tried = _tried(asked, key, title, shock, selected)
    placed = tuple(asn for asns in more.values() for asn in asns)
    blocs = Blocs(_side(asked.country, members, tried.effects), members, case, placed=placed)
    return replace(tried, of=blocs), blocs


def gainers(nation: NationCompared, error: float = 0.0) -> list[dict[str, Any]]:
    """Return the rows of the networks that gain most, if that is worth telling, and no error.

    Networks in doubt are left out.
    """
    least = max(WORTH_TELLING, error)
    rows = nation.carriers.iter_rows(named=True)
    gain = [row for row in rows if row["difference"] >= least and row.get("doubt") is None]
    return gain[:_NAMED]


def _between(nation: NationCompared | Missing, effects: tuple[Effect, ...]) -> tuple[int, ...]:
    """Return the networks of unknown country that a split cuts off and that carried most."""
    if isinstance(nation, Missing):
        return ()
    cut = {
        name for each in effects if isinstance(each.outcome, Joined) for name in each.outcome.cut
    }
    lost = nation.carriers.filter(pl.col("difference") <= -WORTH_TELLING).sort("difference", "asn")
    return tuple(asn for asn in lost["asn"] if f"AS{asn}" in cut)[:_NAMED]


def _side(code: str, blocs: dict[str, tuple[str, ...]], effects: tuple[Effect, ...]) -> str | None:
    """Tell which bloc a nation is in, or joined."""
    joined = {
        name: codes
        for effect in effects
        if isinstance(effect.outcome, Joined)
        for name, codes in effect.outcome.countries.items()
    }
    sides = (name for name, codes in blocs.items() if code in (*codes, *joined.get(name, ())))
    return next(sides, None)


def _tried(
    asked: Asked,
    key: str,
    title: str,
    shock: Mapping[str, Any],
    blocs: Mapping[str, str] = MappingProxyType({}),
) -> WhatIf:
    plain = {"name": title, "world": asked.world.manifest.name}
    toml = write_toml(plain | ({"blocs": blocs} if blocs else {}) | {"shocks": [shock]})
    scenario = decode(toml, Path(f"{key}.toml"))
    effects: tuple[Effect, ...] = ()
    links = asked.options.get("links", Routing().links)

    def compare() -> NationCompared:
        nonlocal effects
        try:
            after, done = rehearse(asked.world, scenario, links=links)
        except InputError as error:  # where in a file that the brief itself made helps nobody
            raise MisuseError(error.reason) from None
        effects = tuple(done)
        compared = what_if_on_levels(
            asked.world,
            after,
            asked.country,
            measures=(),
            ranges=is_ranged,
            figures=asked.figures if asked.world.manifest.after else None,
            **asked.options,
        )
        if compared.nation is None:
            raise AssertionError("a nation was asked for")
        return compared.nation

    def is_ranged(found: NationCompared) -> bool:
        """Ranges are told of who gains; on a full world they would take too long."""
        manifest = asked.world.manifest
        return manifest.is_digest and bool(gainers(found, difference_error(manifest, "carrier")))

    compared = attempt(compare)
    return WhatIf(key, toml, compared, effects=effects)


def _listed(asns: Iterable[int]) -> str:
    return ", ".join(f"AS{asn}" for asn in asns)


def _countries(expression: Expression) -> Iterator[str]:
    match expression:
        case Term("country", code):
            yield code
        case Either(left, right) | Both(left, right):
            yield from _countries(left)
            yield from _countries(right)
        case Not(operand):
            yield from _countries(operand)
