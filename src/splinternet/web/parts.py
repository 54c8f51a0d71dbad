"""Pages on one thing: a finding, then parts of words, a picture and a table of links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import polars as pl
from starlette.requests import Request
from starlette.responses import Response

from splinternet.base.countries import country_codes
from splinternet.base.texts import country_called, phrase, phrase_for
from splinternet.brief.drawings.nations_map import Nation, nations_map, shares
from splinternet.brief.drawings.svg import Legend
from splinternet.brief.ranged import about_shipped, has_ranges, ranged
from splinternet.brief.shapes import NOTE
from splinternet.brief.theme import NONE
from splinternet.web.embed import Drawn
from splinternet.web.problems import Problem
from splinternet.web.site import site_of
from splinternet.web.sureness import because, marked

__all__ = [
    "Address",
    "Link",
    "Part",
    "is_shipped",
    "nations_drawn",
    "nations_part",
    "show",
    "titles",
    "to",
]

#: Gives the address of what is named, as "network:3356".
Address = Callable[[str], str | None]

#: Where the shades of a map of shares begin.
_BREAKS = (0.01, 0.05, 0.2, 0.5)


@dataclass(frozen=True)
class Link:
    """A text, where it leads if anywhere, and the number that a table is sorted by."""

    text: str
    address: str | None = None
    number: float | None = None


@dataclass(frozen=True)
class Part:
    """A part of a page.

    Attributes
    ----------
    heading, words
        What it is about, and a sentence.
    svg, legend, chart
        A picture, its colours, and the address of its files without their ending.
    columns, rows
        A table.
    is_folded
        Whether only its heading is seen at first.
    about
        What its figures and their ranges are, below them.
    """

    heading: str
    words: str = ""
    svg: str = ""
    legend: Legend = ()
    chart: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Link, ...], ...] = ()
    is_folded: bool = False
    about: str = ""


def titles(*columns: str) -> tuple[str, ...]:
    """Return what stands above columns of links."""
    return tuple(phrase(f"web.column.{each}") for each in columns)


def to(request: Request, world: str) -> Address:
    """Return where what is named leads, on pages about a world: nowhere to what it lacks."""
    return site_of(request).leads(world)


def show(
    request: Request,
    world: str,
    *,
    name: str,
    title: str,
    parts: Iterable[Part],
    actions: Iterable[Link] = (),
    pair: tuple[str, str] | None = None,
    search: str | None = None,
    is_model: bool = True,
    worlds: Sequence[str] = (),
    status: int = 200,
    problem: Problem | None = None,
) -> Response:
    """Lay out a page on one thing.

    Parameters
    ----------
    request, world
        Who asks, and of which world.
    name, title
        What kind of thing it is, and a finding.
    parts, actions
        What stands below, and where it leads.
    pair, search
        The nations, or the words, that a form on top has to ask again.
    is_model
        Whether its figures are those of the model.
    worlds
        Worlds whose figures these are, if not of the world asked about alone.
    status
        Of the answer.
    problem
        What is wrong, if that is the title.
    """
    shown, of = tuple(parts), tuple(dict.fromkeys(worlds or (world,)))
    return site_of(request).page(
        request,
        "thing.html",
        status,
        world=world,
        name=name,
        title=title,
        problem=problem,
        parts=shown,
        actions=tuple(actions),
        note=NOTE,
        query=f"?world={quote(world)}",
        pair=pair,
        search=search,
        is_model=is_model,
        modelled=_modelled(of, has_ranges=any(part.about for part in shown)),
        names=sorted(map(country_called, country_codes())) if pair else [],
    )


def _modelled(worlds: tuple[str, ...], *, has_ranges: bool) -> str:
    """Say that figures are a model's, of which worlds, and where their ranges are if not here."""
    *others, last = worlds
    named = phrase("web.thing.listed").join(others)
    of = phrase("web.thing.and").join(each for each in (named, last) if each)
    said = phrase_for("web.thing.modelled", len(worlds), world=of)
    return said if has_ranges else f"{said} {phrase('web.thing.elsewhere')}"


def nations_part(
    heading: str,
    found: pl.DataFrame,
    address: Address,
    chart: str,
    words: str = "",
    *,
    own: str | None = None,
) -> Part:
    """Show a share of each nation on a map and in a table, and what its ranges are.

    ``found`` has ``country`` and ``share``; and, where they are known, ``share_low``,
    ``share_high`` and ``doubt``. ``own`` is the state whose networks these are, if it is one.
    """
    if found.is_empty():
        return Part(heading, f"{phrase('web.parts.no_rows')} {words}".rstrip())
    nations, legend, rest = _shaded(found, own)
    svg = nations_map(
        nations,
        title=heading,
        link=lambda code: address(f"nation:{code}"),
        highlight=own,
        rest=rest,
    )
    known = has_ranges(found)
    rows = tuple(
        (
            Link(country_called(row["country"]), address(f"nation:{row['country']}")),
            Link(_told(row, known), number=row["share"]),
        )
        for row in found.iter_rows(named=True)
    )
    columns = titles("nation", "share_of_its_routes")
    doubted = because(
        (country_called(row["country"]), row.get("doubt")) for row in found.iter_rows(named=True)
    )
    ranges = about_shipped(found, headline=False)
    about = " ".join(word for word in (words, ranges, doubted) if word)
    return Part(
        heading, about=about, svg=svg, legend=legend, chart=chart, columns=columns, rows=rows
    )


def _shaded(found: pl.DataFrame, own: str | None) -> tuple[dict[str, Nation], Legend, str | None]:
    """Shade nations by their share; of those that a shipped table leaves out, say that."""
    nations, legend = shares(dict(found.select("country", "share").iter_rows()), _BREAKS)
    rest = None
    if is_shipped(found):
        rest = phrase("web.parts.below", share=legend[0][1])
        legend = (*legend[1:-1], (NONE, rest))
    if own is not None:
        nations[own] = Nation(NONE, phrase("web.parts.own"))
    return nations, legend, rest


def is_shipped(found: pl.DataFrame) -> bool:
    """Whether shares of nations are shipped ones, which leave out those below 1 %."""
    return "doubt" in found.columns


def _told(row: Mapping[str, Any], known: bool) -> str:
    """Write a share with its range, where those of others are known; marked if it is in doubt."""
    said = ranged(row["share"], row.get("share_low"), row.get("share_high"), known=known)
    return marked(said, row.get("doubt"))


def nations_drawn(title: str, found: pl.DataFrame, own: str | None = None) -> Drawn:
    """Draw the same map for a file, or for a page of another site."""
    nations, legend, rest = _shaded(found, own)
    svg = nations_map(nations, title=title, legend=legend, rest=rest, highlight=own)
    return Drawn(title, svg, found)
