"""The web application: which page is where."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Scope

from splinternet.base.errors import SplinternetError
from splinternet.ledger.catalogue import find_ledger
from splinternet.web import (
    actors,
    api,
    archive,
    assets,
    briefs,
    cases,
    compare,
    dates,
    essays,
    exchanges,
    ledger_page,
    networks,
    pages,
    pairs,
    rankings,
    search,
    tries,
    what_if,
)
from splinternet.web.beneath import Beneath
from splinternet.web.callers import Called
from splinternet.web.jobs import AbandonedError, BusyError, Jobs, TooSlowError
from splinternet.web.limits import HEADERS, Bounded, Limits, Secured, TooLargeError, TooLateError
from splinternet.web.marks import Marked
from splinternet.web.naming import Handler, taking
from splinternet.web.problems import Problem, of_status, problem_of
from splinternet.web.site import Site, site_of
from splinternet.web.statements import Filters
from splinternet.web.worlds import Worlds

__all__ = ["LOOPBACK", "create_app"]

#: Names under which a browser on this machine may call on it. A page elsewhere whose own name is
#: made to point here (DNS rebinding) calls by that name, and is refused.
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def create_app(
    worlds: Iterable[str | Path] = (),
    *,
    ledgers: Iterable[str | Path] = (),
    limits: Limits | None = None,
    hosts: Sequence[str] = LOOPBACK,
    prefix: str = "",
    origins: Sequence[str] = (),
    answers: Path | None = None,
) -> Starlette:
    """Make the application.

    Parameters
    ----------
    worlds
        Names or folders of the worlds to serve, the default one first; by default all that can be
        opened by name.
    ledgers
        Names or folders of ledgers, each of which adds to those before it; by default the one that
        is shipped.
    limits
        What is granted to requests.
    hosts
        Names by which the server may be called; ``*`` for any.
    prefix
        What a proxy puts before addresses; by default what its header X-Forwarded-Prefix says.
    origins
        Other sites whose pages may ask, send and embed (CORS), as ``https://example.org``.
    answers
        The folder in which answers are kept, so that a server that starts again has them; by
        default they are kept in memory only.

    Raises
    ------
    MisuseError
        If there is no such world or ledger.
    WorldError
        If a world is damaged.
    """
    limits = limits or Limits()
    named = tuple(ledgers)
    for each in named:
        find_ledger(each)
    jobs = Jobs(
        workers=limits.workers, queue=limits.queue, seconds=limits.seconds, kept=limits.kept
    )
    lookups = Jobs(workers=4, queue=4 * limits.queue, seconds=limits.seconds, kept=limits.kept)
    site = Site(Worlds(worlds), named, limits, jobs, lookups, answers)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        site.close()

    def refuse(scope: Scope, status: int) -> ASGIApp:
        return _told(Request({**scope, "app": app}), of_status(status))

    app = Starlette(
        routes=_routes(),
        lifespan=lifespan,
        middleware=[
            Middleware(Beneath, prefix=prefix),
            Middleware(Secured, origins=tuple(origins)),
            *_shared(origins),
            Middleware(GZipMiddleware, minimum_size=2000, compresslevel=5),
            Middleware(Called, hosts=tuple(hosts), refuse=refuse, origins=tuple(origins)),
            Middleware(Bounded, limits=limits, refuse=refuse),
            Middleware(Marked, site=lambda: site),
        ],
        exception_handlers={Exception: _broke, **dict.fromkeys(_EXPECTED, _failed)},
    )
    app.state.site = site
    return app


def _shared(origins: Sequence[str]) -> list[Middleware]:
    """Let browsers hand answers on to pages of other sites, if there are any that may ask."""
    if not origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type", "If-None-Match"],
            expose_headers=["ETag", "Link", "Retry-After"],
        )
    ]


def _page(path: str, handler: Handler, *names: str, method: str = "GET") -> Route:
    """Return the route of a page that takes these parameters, and a world."""
    return Route(path, taking(handler, *names), methods=[method])


def _routes() -> list[Route]:
    filters, draws = Filters.__struct_fields__, ("bootstrap",)
    # The builder itself tells above the form what is misspelt.
    return [
        _page("/", pages.home, "at", "figure"),
        _page("/nations.{form}", pages.nations_table),
        _page("/charts/nations.{form}", pages.nations_chart, "figure"),
        _page("/figures.zip", archive.figures),
        _page("/brief", pages.find, "country"),
        _page("/brief/{country}", briefs.brief, *draws, "wait", "tabs"),
        _page("/brief/{country}/brief.html", briefs.brief_file, *draws),
        _page("/brief/{country}/progress", briefs.brief_progress, *draws),
        _page("/brief/{country}/card.png", briefs.card),
        _page("/brief/{country}/charts/{name}.{form}", briefs.chart, *draws),
        _page("/networks/{asn}", networks.network),
        _page("/networks/{asn}/charts/dependents.{form}", networks.chart),
        _page("/states/{country}", networks.state),
        _page("/states/{country}/charts/dependents.{form}", networks.chart),
        _page("/actors", actors.actors, "kind"),
        _page("/actors/{actor}", actors.actor),
        _page("/exchanges", exchanges.exchanges),
        _page("/exchanges/{exchange}", exchanges.exchange),
        _page("/dates/{date}", dates.date),
        _page("/routes", pairs.pair, "source", "destination"),
        _page("/rankings", rankings.rankings),
        _page("/rankings/{figure}", rankings.ranking),
        _page("/changes", dates.changes, "from", "to"),
        _page("/search", search.search, "q"),
        _page("/search/suggest", search.suggest, "q"),
        Route("/what-if", what_if.builder),
        Route("/what-if/progress", what_if.checked(what_if.progress)),
        Route("/what-if/scenario.toml", what_if.checked(what_if.scenario_file)),
        _page("/what-if/cases", cases.cases),
        _page("/what-if/cases/{name}", cases.case, "country"),
        _page("/what-if/s/{code}.png", what_if.short_card),
        _page("/what-if/s/{code}", what_if.short),
        _page("/what-if/each", tries.largest_lost, "country"),
        _page("/what-if/upload", what_if.upload, method="POST"),
        Route("/what-if/tables/{name}.{form}", what_if.checked(what_if.table)),
        Route("/what-if/charts/{name}.{form}", what_if.checked(what_if.chart)),
        _page("/compare", compare.compare, "country", "dates"),
        _page("/compare/table.{form}", compare.compare_table, "country", "dates"),
        _page("/ledger", ledger_page.ledger, *filters),
        _page("/ledger/charts/ties.{form}", ledger_page.ties_chart, *filters),
        _page("/ledger/table.{form}", ledger_page.ledger_table, *filters),
        _page("/essay", essays.essay_form),
        _page("/essay/read", essays.linked, "text", "date", "form"),
        _page("/essay/read", essays.read, method="POST"),
        _page("/about", pages.about),
        Route("/static/{name}", assets.asset),
        *api.routes(),
    ]


#: What handlers may raise on purpose. Anything else is a bug: a page says so, the log has it.
_EXPECTED = (
    HTTPException,
    SplinternetError,
    BusyError,
    AbandonedError,
    TooSlowError,
    TooLargeError,
    TooLateError,
)


#: Fields that an error page has to be mended.
_MENDED = 12


async def _failed(request: Request, error: Exception) -> Response:
    answer = _told(request, problem_of(error))
    # Of a method that is not allowed, those that are.
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer


async def _broke(request: Request, error: Exception) -> Response:
    """Answer after a bug: this is outside of what adds the headers otherwise."""
    answer = await _failed(request, error)
    answer.headers.update({**HEADERS, "Cache-Control": "no-store"})
    return answer


def _typed(request: Request) -> list[tuple[str, str]]:
    """Return what was typed, to be mended: names and texts of a form, or the end of the address."""
    given = [(name, text) for name, text in request.query_params.multi_items() if text]
    named = request.path_params.values()
    return given[:_MENDED] if given else [("q", str(each)) for each in named][:1]


def _told(request: Request, problem: Problem) -> Response:
    """Tell of a problem, in JSON where JSON was asked for."""
    headers = {} if problem.again is None else {"Retry-After": str(problem.again)}
    if request.url.path.startswith("/api"):
        said = {"error": {"status": problem.status, "message": problem.detail}}
        return JSONResponse(said, status_code=problem.status, headers=headers)
    page = site_of(request).page(
        request, "problem.html", problem.status, problem=problem, typed=_typed(request)
    )
    page.headers.update(headers)
    return page
