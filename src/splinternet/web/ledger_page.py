"""The ledger: who is tied to whom, who says so, and who says otherwise."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

import msgspec
import polars as pl
from starlette.requests import Request
from starlette.responses import Response

from splinternet.base.errors import MisuseError
from splinternet.base.tables import FORMS
from splinternet.base.texts import phrase
from splinternet.brief.drawings.tie_graph import Tie, tie_graph
from splinternet.ledger.citations import STYLES
from splinternet.ledger.disputes import contradicted
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.vocabulary import PREDICATES, STATEMENT_KINDS
from splinternet.ledger.writing import ledger_record
from splinternet.web.embed import Drawn, send_chart
from splinternet.web.facets import Facet, facets
from splinternet.web.parameters import read_parameters
from splinternet.web.parts import Address, Link, to
from splinternet.web.problems import NotHereError, Problem, problem_of
from splinternet.web.site import Site, site_of, table_download
from splinternet.web.statements import Filters, Shown, show, statements

__all__ = ["ledger", "ledger_table", "ties_chart"]

#: Ties of a graph: those with most statements.
_TIES = 20

#: A graph of fewer says no more than its table.
_FEWEST = 2


@dataclass(frozen=True)
class _Found:
    """Content of a page: statements, their facets, ties between actors."""

    shown: Shown
    facets: tuple[Facet, ...]
    ties: tuple[Tie, ...]


def _filters(request: Request) -> Filters:
    given = {name: text for name, text in request.query_params.items() if text}
    return read_parameters(given, Filters)


async def ledger(request: Request) -> Response:
    """Show statements, with their sources; what is wrong is said above the form as it was sent."""
    site, filters = site_of(request), _filters(request)
    try:
        found = await _found(site, filters)
    except MisuseError as error:
        problem = problem_of(error)
        meant = await _by_words(site, filters) if filters.actor else None
        if meant is None:
            return _page(request, filters, None, problem, problem.status)
        filters, found = meant
        return _page(request, filters, found, problem, by_words=True)
    if filters.page > found.shown.pages:
        raise NotHereError(f"there are {found.shown.pages} pages of such statements")
    return _page(request, filters, found)


async def _found(site: Site, filters: Filters) -> _Found:
    found: _Found = await site.look_up(("ledger", filters), lambda: _look(site.ledger, filters))
    return found


def _look(ledger: Ledger, filters: Filters) -> _Found:
    shown = show(ledger, filters)
    against = contradicted(ledger.statements)
    found = tuple(facets(shown.table, filters, against))
    return _Found(shown, found, _ties(shown.table, against))


async def _by_words(site: Site, filters: Filters) -> tuple[Filters, _Found] | None:
    """Look for the words of what is no actor's name; None if no statement has them all."""
    words = f"{filters.q} {filters.actor}".strip()
    asked = msgspec.structs.replace(filters, actor="", q=words, page=1)
    try:
        found = await _found(site, asked)
    except MisuseError:
        return None
    return None if found.shown.table.is_empty() else (asked, found)


def _ties(table: pl.DataFrame, against: Collection[str]) -> tuple[Tie, ...]:
    """Sum statements up by the two actors that they tie, those with most first."""
    pairs = (
        table.drop_nulls("object")
        .group_by("subject", "object")
        .agg(
            kinds=pl.col("predicate").unique().sort().str.replace_all("_", " ").str.join(", "),
            many=pl.len(),
            contradicted=pl.col("id").is_in(against).any(),
        )
        .sort("many", "subject", "object", descending=[True, False, False])
        .head(_TIES)
    )
    return tuple(Tie(**row) for row in pairs.iter_rows(named=True))


def _page(
    request: Request,
    filters: Filters,
    found: _Found | None,
    problem: Problem | None = None,
    status: int = 200,
    *,
    by_words: bool = False,
) -> Response:
    site = site_of(request)
    page_of = _pages(site.ledger, to(request, site.default_world(request)))
    ties = found.ties if found else ()
    drawn = len(ties) >= _FEWEST
    return site.page(
        request,
        "ledger.html",
        status,
        ledger=site.ledger,
        filters=filters,
        found=found.shown if found else None,
        facets=found.facets if found else (),
        problem=problem,
        by_words=by_words,
        page_of=page_of,
        graph=tie_graph(ties, title=phrase("web.ledger.graph_title"), link=page_of)
        if drawn
        else "",
        ties=[_row(each, page_of) for each in ties],
        predicates=list(PREDICATES),
        kinds=STATEMENT_KINDS,
        styles=STYLES,
        actors=sorted(site.ledger.actors["name"].to_list(), key=str.casefold),
        forms=FORMS,
    )


def _pages(ledger: Ledger, address: Address) -> Address:
    """Return where the page of an actor is, by its name."""
    ids = dict(ledger.actors.select("name", "id").iter_rows())
    return lambda name: address(f"actor:{ids[name]}")


def _row(tie: Tie, page_of: Address) -> tuple[Link, ...]:
    these = f"/ledger?{urlencode({'actor': tie.subject, 'q': tie.object})}"
    return (
        Link(tie.subject, page_of(tie.subject)),
        Link(tie.kinds),
        Link(tie.object, page_of(tie.object)),
        Link(str(tie.many), these, number=tie.many),
    )


async def ties_chart(request: Request) -> Response:
    """Send the graph of ties of the statements that are wanted."""
    site, filters = site_of(request), _filters(request)
    ties = (await _found(site, filters)).ties
    if len(ties) < _FEWEST:
        raise NotHereError(f"a graph is drawn of {_FEWEST} ties or more; here are {len(ties)}")
    rows = [(each.subject, each.kinds, each.object, each.many) for each in ties]
    frame = pl.DataFrame(rows, schema=("actor", "tie", "to", "statements"), orient="row")
    title = phrase("web.ledger.graph_title")
    drawn = Drawn(title, tie_graph(ties, title=title), frame, is_stated=True)
    page = f"/ledger?{filters.query(page=1)}"
    return await send_chart(request, "ties", drawn, page)


async def ledger_table(request: Request) -> Response:
    """Send the statements that are wanted."""
    site = site_of(request)
    filters = _filters(request)
    frame = await site.look_up(("ties", filters), lambda: statements(site.ledger, filters))
    made = {"ledger": ledger_record(site.ledger), "notes": list(site.ledger.notes)}
    return table_download(request, "ledger", request.path_params["form"], {"ledger": frame}, made)
