"""A ban told: whom it reaches first, then the strict reading in routes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from splinternet.base.texts import phrase
from splinternet.brief.comparison import Section
from splinternet.scenario.apply import Effect
from splinternet.supply.ban_words import ban_sentences, ban_table, replacement_table
from splinternet.supply.bans import BanAnswer

__all__ = [
    "ban_rows",
    "changes_nothing",
    "reached_title",
    "tell_bans",
]


def reached_title(vendor: str) -> str:
    """Name the table of people whom a ban of a vendor reaches."""
    return phrase("what_if.ban.reached", vendor=vendor)


def tell_bans(title: str, answers: Iterable[BanAnswer], notes: Iterable[str]) -> Iterator[Section]:
    """Tell of people and equipment under each ban of a scenario, and of replacements elsewhere."""
    for number, answer in enumerate(answers):
        where = answer.nations[0].country if len(answer.nations) == 1 else "COUNTRY"
        cited = phrase("what_if.ban.cited", nation=where, vendor=answer.vendor)
        said = tuple(ban_sentences(answer))
        yield Section(title if not number else f"{title}, {answer.vendor}", (*notes, cited), said)
        yield Section(
            reached_title(answer.vendor),
            table=ban_table(answer),
            whole=True,
        )
        if answer.replaced and not number:
            yield Section(
                phrase("what_if.ban.replaced"),
                table=replacement_table(answer.replaced),
            )


def changes_nothing(effects: Iterable[Effect]) -> bool:
    """Tell whether no network and no link is changed."""
    return not any(each.changes for each in effects)


def ban_rows(answers: Iterable[BanAnswer]) -> pl.DataFrame:
    """Return the bans' figures as rows of the table of a comparison.

    ``figure`` is ``ban_least`` or ``ban_most``: the part of the nation on equipment that would have
    to go, as ``after``; ``of`` says of which part of networks and by what count.
    """
    rows = [
        {
            "country": nation.country,
            "figure": f"ban_{bound}",
            "of": f"{reach.scope} by {reach.by}".lstrip(),
            "name": answer.vendor,
            "unit": "share",
            "before": None,
            "after": getattr(reach.share, bound),
            "difference": None,
        }
        for answer in answers
        for nation in answer.nations
        for reach in nation.told
        for bound in ("least", "most")
    ]
    schema = dict.fromkeys(("country", "figure", "of", "name", "unit"), pl.String)
    numbers = dict.fromkeys(("before", "after", "difference"), pl.Float64)
    return pl.DataFrame(rows, schema={**schema, **numbers}, orient="row")
