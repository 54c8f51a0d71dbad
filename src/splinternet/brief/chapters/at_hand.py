"""Tabs before anything is computed: what the shipped figures of a nation answer at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import polars as pl

from splinternet.base.texts import Texts
from splinternet.brief.document import Block, Chapter, Paragraph, Pending, Picture
from splinternet.brief.drawings.classes import class_names
from splinternet.brief.facts.carriers import NAMED
from splinternet.brief.ranged import about_shipped
from splinternet.figures.reverse import states_with_doubts
from splinternet.figures.shipped import Figures

__all__ = ["at_hand", "map_at_hand", "map_of", "of_shipped_shares"]

#: The least share of a state that is shipped.
_LEAST = 0.01

#: Where each table of the figures is told: the tab, its rows, and what it shows.
_TOLD = {
    "carriers": ("dependence", "asn", "network", "tabs.at_hand_carriers"),
    "states": ("states", "country", "state", "tabs.states_ranked"),
    "watch": ("states", "country", "state", "tabs.at_hand_watch"),
}


def at_hand(
    figures: Figures, country: str, texts: Texts, network: Callable[[int], str], keys: Iterable[str]
) -> tuple[Chapter, ...]:
    """Tell the tabs by these keys, each with what is still computed below it.

    Parameters
    ----------
    figures
        The shipped figures of the world.
    country
        The nation's code.
    texts
        The texts of a language.
    network
        Names a network by its number.
    keys
        The tabs.
    """
    nation = texts.the_nation(country)

    def blocks(key: str) -> Iterator[Block]:
        if key in _TOLD:
            table, column, kind, title = _TOLD[key]
            rows = figures.ranged(table, country)
            if rows is not None and rows.height:
                if column != "asn":
                    rows = states_with_doubts(figures, rows, country)
                named = network if column == "asn" else texts.country
                others = rows if column == "asn" else rows.filter(pl.col("country") != country)
                yield Picture(
                    key=f"at-hand-{key}",
                    kind="bars",
                    frame=_ranked(
                        others.drop_nulls(column).head(NAMED), column, kind, named, texts
                    ),
                    title=texts(title, nation=nation),
                )
                yield Paragraph(about_shipped(rows), small=True)
        yield Pending()

    return tuple(Chapter(key, texts(f"tabs.{key}"), tuple(blocks(key))) for key in keys)


def map_at_hand(figures: Figures, country: str, texts: Texts) -> Picture | None:
    """Draw who is on the routes, by states, of the shipped figures; None where there are none."""
    rows = figures.table("states", country)
    if rows is None or rows.is_empty():
        return None
    others = rows.drop_nulls("country").filter(pl.col("country") != country)
    title = texts("tabs.states_map", nation=texts.the_nation(country))
    shares = list(others.select("country", "share").iter_rows())
    return of_shipped_shares(map_of(country, shares, title, key="at-hand-map"))


def of_shipped_shares(drawn: Picture) -> Picture:
    """Say of states without a share on a map that they have less than any that is shipped."""
    rest = class_names((_LEAST,), "share")[0]
    return replace(drawn, options={**drawn.options, "rest": rest})


def map_of(
    country: str,
    shares: Sequence[tuple[str, float]],
    title: str,
    notes: tuple[int, ...] = (),
    key: str = "states-map",
) -> Picture:
    """Map the shares that states have of the routes to a nation."""
    schema = {"country": pl.String, "value": pl.Float64}
    frame = pl.DataFrame(shares, schema=schema, orient="row")
    options = {"highlight": country}
    return Picture(key, "nations_map", frame, title, options=options, notes=notes)


def _ranked(
    rows: pl.DataFrame, column: str, kind: str, named: Callable[..., str], texts: Texts
) -> pl.DataFrame:
    called = [
        texts("tabs.in_doubt", carrier=named(each)) if doubt else named(each)
        for each, doubt in rows.select(column, "doubt").iter_rows()
    ]
    ends = [name for name in ("share_low", "share_high") if name in rows.columns]
    return rows.select(
        label=pl.Series(called, dtype=pl.String),
        value="share",
        ref=pl.format(f"{kind}:{{}}", column),
        **{name.removeprefix("share_"): pl.col(name) for name in ends},
    )
