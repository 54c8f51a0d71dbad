"""The builder of scenarios, and what they change: pages, downloads, uploads."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial
from urllib.parse import parse_qsl, quote

import msgspec
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from splinternet.base.countries import country_code
from splinternet.base.errors import InputError, MisuseError, SplinternetError
from splinternet.brief.drawings.card import card
from splinternet.brief.drawings.nations_map import nations_map, shares
from splinternet.brief.theme import PAPER
from splinternet.scenario.scenario import ScenarioFile
from splinternet.scenario.shocks import kinds
from splinternet.web.answers import Answer, answer, key_of
from splinternet.web.builder import FILE, MOST_SHOCKS, is_field, read_text
from splinternet.web.cards import send_card
from splinternet.web.cases import case_of, meant_by, recorded_of, shipped_case
from splinternet.web.charts import chart_file
from splinternet.web.following import follow
from splinternet.web.ideas import Idea, idea_of
from splinternet.web.jobs import Progress
from splinternet.web.naming import Handler, check_names
from splinternet.web.problems import NotHereError, problem_of
from splinternet.web.questions import Options, Question
from splinternet.web.sharing import unpacked
from splinternet.web.site import Site, download, site_of, table_download
from splinternet.web.what_if_page import show_what_if
from splinternet.web.worlds import WorldGoneError

__all__ = [
    "builder",
    "chart",
    "checked",
    "progress",
    "scenario_file",
    "short",
    "short_card",
    "table",
    "upload",
]


def _question(request: Request) -> Question:
    site = site_of(request)
    return Question.of(request.query_params.multi_items(), site.worlds.default)


async def builder(request: Request) -> Response:
    """Show the form, and what comes out if the scenario is to be run."""
    if name := request.query_params.get("scenario"):
        shipped_case(name)
        country = quote(request.query_params.get("country", ""))
        return RedirectResponse(f"/what-if/cases/{name}?country={country}", 303)
    try:
        asked = _question(request)
    except MisuseError as error:
        return await show_what_if(request, _without_options(request), {}, problem_of(error))
    site = site_of(request)
    if (kind := request.query_params.get("shock")) is not None:
        name = site.world_called(asked.world).name
        try:
            if asked.options.country:  # else the answer would be on another nation
                country_code(asked.options.country)
            _check(request, kind)
        except MisuseError as error:
            return await show_what_if(request, asked, {}, problem_of(error))
        meant = idea_of(name, asked.options.country, kind)
        query = _filled(request, meant, name).query
        return RedirectResponse(f"{request.url.path}?{query}", 303)
    try:
        _check(request, "")
    except MisuseError as error:
        return await show_what_if(request, asked, {}, problem_of(error))
    if act := request.query_params.get("do"):
        return RedirectResponse(f"{request.url.path}?{_acted(asked, act, request).query}", 303)
    if (known := meant_by(asked)) is not None and recorded_of(site, case_of(known)) is not None:
        return RedirectResponse(f"/what-if/cases/{known}", 303)
    world = site.world_called(asked.world).name
    site.worlds.stamp(world)
    found: dict[Question, Answer] = {}
    problem = None
    if asked.run:
        try:
            if asked.gap:
                raise MisuseError(asked.gap)
            found[asked] = await _answer(request, asked)
            if asked.beside:
                other = _pressed(request, asked.beside)
                found[other] = await _answer(request, other)
        except (WorldGoneError, NotHereError):
            raise
        except InputError as error:
            problem = replace(problem_of(error), detail=asked.told(error))
        except SplinternetError as error:
            problem = problem_of(error)
    return await show_what_if(request, asked, found, problem)


#: What an address of this page may name besides fields of a scenario.
_NAMES = (*Options.__struct_fields__, "add", "beside", "do", "run", "scenario", "shock", "world")


def _check(request: Request, kind: str) -> None:
    """Refuse a parameter that is misspelt, or a field of another shock than the one named."""
    own = _own(kind)
    every = {name for each in kinds() for name in _own(each)}
    given = [name for name in request.query_params if is_field(name)]
    for name in request.query_params:
        if name in every - {*own, *given, *_NAMES}:
            takers = " or ".join(f"shock={each}" for each in kinds() if name in _own(each))
            raise MisuseError(f"{name} is a field of a shock; give {takers} with it")
    check_names(request, (*_NAMES, *own, *given))


def checked(handler: Handler) -> Handler:
    """Check the parameters of what is made of a scenario: its tables, charts and progress."""

    async def check(request: Request) -> Response:
        _check(request, request.query_params.get("shock", ""))
        return await handler(request)

    return check


def _own(kind: str) -> tuple[str, ...]:
    """Names of the fields of a kind of shock."""
    found = kinds().get(kind)
    return () if found is None else tuple(each.name for each in found.fields)


def _filled(request: Request, meant: Idea, world: str) -> Question:
    """Return the scenario that is suggested, with the fields that the address names."""
    suggested = Question.of(parse_qsl(meant.query), world)
    own = {name: request.query_params.get(name) for name in _own(meant.kind)}
    given = [(f"shocks.0.{name}", text) for name, text in own.items() if text]
    return replace(suggested.renamed.having(*given), run=True) if given else suggested


def _pressed(request: Request, code: str) -> Question:
    """Return the question of a short link."""
    return Question.of(unpacked(code), site_of(request).worlds.default)


async def short(request: Request) -> Response:
    """Lead from a short link to the scenario that it holds."""
    asked = _pressed(request, request.path_params["code"])
    return RedirectResponse(f"/what-if?{asked.query}", 303)


async def short_card(request: Request) -> Response:
    """Send the picture that a link to an answer is shown with elsewhere."""
    asked = _pressed(request, request.path_params["code"])
    found = await _answer(request, asked)
    nations, _ = shares(found.mapped, found.breaks)
    drawn = nations_map(nations, title=found.map_title, highlight=found.country, blank=PAPER)
    words = card(found.name, found.sentences[0], drawn)
    return await send_card(request, words)


def _without_options(request: Request) -> Question:
    """Return the form of an address whose options are none."""
    pairs = request.query_params.multi_items()
    kept = [pair for pair in pairs if pair[0] == "country" or is_field(pair[0])]
    return Question.of(kept, site_of(request).worlds.default)


def _acted(asked: Question, act: str, request: Request) -> Question:
    """Return the form after a button: run, add, bloc, fill a field, or drop and what to drop.

    Work that is whole after it is answered at once.
    """
    if act == "run":
        return replace(asked, run=True)
    if act == "add":
        kind = request.query_params.get("add", "")
        numbers = asked.numbers("shocks")
        if kind not in kinds() or len(numbers) >= MOST_SHOCKS:
            return replace(asked, run=False)
        return asked.having((f"shocks.{max(numbers, default=-1) + 1}.kind", kind))
    if act == "bloc":
        number = max(asked.numbers("blocs"), default=-1) + 1
        return asked.having((f"blocs.{number}.name", f"bloc {number + 1}"))
    if act.startswith("fill "):
        name, _, text = act.removeprefix("fill ").partition(" ")
        filled = asked.renamed.having((name, text)) if is_field(name) else asked
        return replace(filled, run=not filled.gap)
    what, _, which = act.removeprefix("drop ").partition("-")
    left = asked.without(f"{what}.{which}.") if which.isdigit() else replace(asked, run=False)
    return replace(left, run=bool(left.numbers("shocks")) and not left.gap)


async def _answer(request: Request, asked: Question) -> Answer:
    """Compute in the pool what a scenario changes."""
    key, work = _work(site_of(request), asked)
    return await site_of(request).compute(request, key, work, kind=Answer)


def _work(site: Site, asked: Question) -> tuple[Hashable, Callable[[Progress], Answer]]:
    scenario = asked.scenario()
    site.world_called(scenario.world)
    return (
        key_of(site.worlds, scenario, asked.options),
        partial(_do, site, scenario, asked.options),
    )


def _do(site: Site, scenario: ScenarioFile, options: Options, progress: Progress) -> Answer:
    return answer(site.worlds, site.vendors, scenario, options, progress)


async def progress(request: Request) -> Response:
    """Tell, a line of JSON each, how far the answer is; closing the connection cancels it."""
    site = site_of(request)
    key, work = _work(site, _question(request))
    return follow(request, key, work)


async def table(request: Request) -> Response:
    """Send a table of an answer."""
    asked, site = _question(request), site_of(request)
    found = await _answer(request, asked)
    name, form = request.path_params["name"], request.path_params["form"]
    made = site.world_called(asked.world).record() | {
        "scenario": asked.scenario().plain(),
        "settings": msgspec.structs.asdict(asked.options),
    }
    return table_download(request, name, form, found.frames, made)


async def chart(request: Request) -> Response:
    """Send a chart of an answer."""
    asked, site = _question(request), site_of(request)
    found = await _answer(request, asked)
    name, form = request.path_params["name"], request.path_params["form"]
    return await chart_file(site, request, name, form, found, _work(site, asked)[0])


async def scenario_file(request: Request) -> Response:
    """Send the scenario as a file for the command line."""
    asked = _question(request)
    asked.scenario()
    return download("scenario", "toml", asked.toml.encode())


async def upload(request: Request) -> Response:
    """Read a scenario that somebody sends, with the strict reader, and lead to its permalink."""
    site = site_of(request)
    async with request.form(max_files=1, max_fields=4, max_part_size=site.limits.text) as form:
        given = form.get("file")
        data = await given.read() if isinstance(given, UploadFile) else b""
        text = str(form.get("text") or "")
    if data:
        try:
            text = data.decode()
        except UnicodeDecodeError:
            raise InputError("is no text; a scenario is a TOML file in UTF-8", FILE) from None
    try:
        scenario = await site.read(partial(read_text, text))
        site.world_called(scenario.world)
        asked = Question.about(scenario, Options())
        if len(asked.query) > site.limits.address:
            raise InputError("is too long for a page; use 'splinternet what-if'", FILE)
    except SplinternetError as error:
        blank = Question.of([], site.worlds.default)
        return await show_what_if(request, blank, {}, problem_of(error), sent=text)
    return RedirectResponse(f"/what-if?{asked.query}", 303)
