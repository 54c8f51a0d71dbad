"""Hijacks and leaks of a scenario told: what part of each nation they deceive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from splinternet.base.shares import rounded
from splinternet.base.texts import nation_called, phrase
from splinternet.brief.comparison import Section
from splinternet.scenario.apply import Effect
from splinternet.scenario.diverted import Deceived, Diverted

__all__ = ["diversion_rows", "diversion_table", "nation_sentence", "tell_diversions"]

#: Shares of a nation, with the figures that they are in the table of a comparison.
_FIGURES = {
    "networks": "deceived",
    "addresses": "deceived_addresses",
    "users": "deceived_users",
}


def tell_diversions(effects: Sequence[Effect], country: str | None) -> Iterator[Section]:
    """Tell whom each hijack and leak deceives, by nation, and of the nation that is asked for."""
    for number, found in _diverted(effects):
        said = () if country is None else (nation_sentence(country, found),)
        yield Section(
            phrase("what_if.diverted.heading", shock=f"shocks[{number}]", how=found.how),
            sentences=said,
            table=diversion_table(found),
            name=f"deceived{number}",
        )


def nation_sentence(country: str, found: Diverted) -> str:
    """Say what part of a nation a hijack or leak deceives."""
    own, name = found.of_nation(country), nation_called(country)
    if own is None:
        return phrase("what_if.diverted.none", nation=name)
    known = ((what, _share(own, what)) for what in _FIGURES)
    shares = [
        phrase(f"what_if.diverted.{what}", share=rounded(share))
        for what, share in known
        if share is not None
    ]
    told = phrase("what_if.diverted.and").join(shares)
    return phrase("what_if.diverted.nation", nation=name, shares=told)


def diversion_table(found: Diverted) -> pl.DataFrame:
    """Shares by nation: ``country``, ``networks``, ``addresses``, ``users``."""
    schema = {"country": pl.String, **dict.fromkeys(_FIGURES, pl.Float64)}
    rows = [(each.country, *(_share(each, what) for what in _FIGURES)) for each in found.nations]
    return pl.DataFrame(rows, schema=schema, orient="row")


def diversion_rows(effects: Sequence[Effect], country: str | None) -> pl.DataFrame:
    """Return the shares deceived as rows of the table of a comparison.

    ``figure`` is ``deceived`` (networks), ``deceived_addresses`` or ``deceived_users``, ``of`` the
    shock; of the world, without a country, and of each nation, or of the one asked for.
    """
    rows = [
        {
            "country": nation,
            "figure": figure,
            "of": f"shocks[{number}]",
            "name": None,
            "unit": "share",
            "before": None,
            "after": share,
            "difference": None,
        }
        for number, found in _diverted(effects)
        for nation, of in _by_nation(found)
        if country is None or nation in (None, country)
        for what, figure in _FIGURES.items()
        if (share := _share(of, what)) is not None
    ]
    schema = dict.fromkeys(("country", "figure", "of", "name", "unit"), pl.String)
    numbers = dict.fromkeys(("before", "after", "difference"), pl.Float64)
    return pl.DataFrame(rows, schema={**schema, **numbers}, orient="row")


def _diverted(effects: Sequence[Effect]) -> Iterator[tuple[int, Diverted]]:
    for number, effect in enumerate(effects):
        if isinstance(effect.outcome, Diverted):
            yield number, effect.outcome


def _by_nation(found: Diverted) -> Iterator[tuple[str | None, Deceived | Diverted]]:
    """Yield the world, and each nation that is known."""
    yield None, found
    yield from ((each.country, each) for each in found.nations if each.country is not None)


def _share(of: Deceived | Diverted, what: str) -> float | None:
    share: float | None = getattr(of, what)
    return share
