"""The builder of scenarios, and what they change: pages, downloads, uploads."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import cache, partial

import msgspec
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from splinternet.base.choices import CHOICES
from splinternet.base.countries import country_codes, country_name
from splinternet.base.errors import InputError, MisuseError, SplinternetError
from splinternet.base.tables import FORMS
from splinternet.brief.drawings.nations_map import CHANGES, Legend, nations_map, shares
from splinternet.brief.shapes import NOTE
from splinternet.measures.catalogue import find_measure
from splinternet.scenario.cases import case_names, find_scenario
from splinternet.scenario.language import read_scenario
from splinternet.scenario.scenario import ScenarioFile
from splinternet.scenario.shocks import Kind, kinds
from splinternet.web.answers import Answer, answer, key_of
from splinternet.web.bars import Bar, bars
from splinternet.web.builder import FILE, MOST_SHOCKS, is_field, read_text
from splinternet.web.charts import chart_file
from splinternet.web.following import follow
from splinternet.web.ideas import group_ideas, idea_of, ideas, suggestions
from splinternet.web.jobs import Progress
from splinternet.web.problems import NotHereError, Problem, problem_of
from splinternet.web.questions import MEASURES, Options, Question
from splinternet.web.site import Site, download, site_of, table_download
from splinternet.web.worlds import WorldGoneError

__all__ = ["builder", "case", "chart", "progress", "scenario_file", "table", "upload"]


def _question(request: Request) -> Question:
    site = site_of(request)
    return Question.of(request.query_params.multi_items(), site.worlds.default)


#: States that gain, and that lose, which an answer names.
_MOVERS = 5


async def builder(request: Request) -> Response:
    """Show the form, and what comes out if the scenario is to be run."""
    try:
        asked = _question(request)
    except MisuseError as error:
        return await _page(request, _without_options(request), None, problem_of(error))
    site = site_of(request)
    if (kind := request.query_params.get("shock")) is not None:
        name = site.world_called(asked.world).name
        meant = idea_of(name, asked.options.country, kind)
        return RedirectResponse(f"{request.url.path}?{meant.query}", 303)
    if act := request.query_params.get("do"):
        return RedirectResponse(f"{request.url.path}?{_acted(asked, act, request).query}", 303)
    world = site.world_called(asked.world).name
    site.worlds.stamp(world)
    found, problem = None, None
    if asked.run:
        try:
            if asked.gap:
                raise MisuseError(asked.gap)
            found = await _answer(request, asked)
        except (WorldGoneError, NotHereError):
            raise
        except InputError as error:
            problem = replace(problem_of(error), detail=asked.told(error))
        except SplinternetError as error:
            problem = problem_of(error)
    return await _page(request, asked, found, problem)


def _without_options(request: Request) -> Question:
    """Return the form of an address whose options are none."""
    pairs = request.query_params.multi_items()
    kept = [pair for pair in pairs if pair[0] == "country" or is_field(pair[0])]
    return Question.of(kept, site_of(request).worlds.default)


async def _page(
    request: Request,
    asked: Question,
    found: Answer | None = None,
    problem: Problem | None = None,
    *,
    sent: str = "",
) -> Response:
    """Show the form, what came out or went wrong, and the file that was ``sent`` in vain."""
    site = site_of(request)
    world = site.world_called(asked.world).name
    offered = await site.look_up(
        ("suggestions", site.worlds.stamp(world)),
        lambda: suggestions(site.worlds.open(world), site.vendors),
    )
    has_users = await site.look_up(
        ("users", site.worlds.stamp(world)),
        lambda: site.worlds.open(world).networks["users"].count() > 0,
    )
    return site.page(
        request,
        "what_if.html",
        problem.status if problem else 200,
        sent=sent,
        world=world,
        asked=asked,
        values=dict(asked.fields),
        kinds=_kinds(),
        countries=sorted((country_name(code), code) for code in country_codes()),
        cases=[(name, _case(name).name) for name in case_names() if _is_served(site, name)],
        ideas=ideas(world, asked.options.country),
        groups=group_ideas(world, asked.options.country),
        suggestions=offered,
        measures={name: find_measure(name).title for name in MEASURES},
        choices={name: CHOICES[name] for name in asked.options.choices},
        # Users are no weight where a world does not know them.
        unknown=() if has_users else ("users",),
        found=found,
        map=_map(found),
        note=NOTE,
        pairs=_pairs(found),
        movers=_movers(found),
        options=msgspec.structs.asdict(asked.options),
        codes=country_codes(),
        forms=FORMS,
        problem=problem,
        toml=asked.toml if asked.numbers("shocks") else "",
    )


def _kinds() -> dict[str, Kind]:
    """Return every kind of shock, those that people ask for most first."""
    return {k.name: k for k in sorted(kinds().values(), key=lambda k: (k.place, k.name))}


def _map(found: Answer | None) -> tuple[str, Legend] | None:
    """Draw the difference that the scenario makes, a nation that it leaves alone in grey."""
    if found is None:
        return None
    nations, legend = shares(found.difference, CHANGES)
    drawn = nations_map(nations, title=found.map_title, highlight=found.country)
    return drawn, legend


def _pairs(found: Answer | None) -> list[tuple[str, tuple[Bar, ...]]]:
    """Return each of the largest carriers with its bars, before and after."""
    if found is None or not found.bars.height:
        return []
    values = found.bars["value"].to_list()
    labels = found.bars["label"].to_list()[::2]
    return [(label, bars(values[2 * n : 2 * n + 2])) for n, label in enumerate(labels)]


def _movers(found: Answer | None) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the states on more routes after a scenario, and those on fewer, most first."""
    if found is None:
        return [], []
    told = [(code, points or 0.0) for code, points in found.difference.items()]
    changed = sorted(
        ((code, points) for code, points in told if abs(points) >= CHANGES[3]),
        key=lambda each: (-abs(each[1]), each[0]),
    )
    ways = ([each for each in changed if each[1] > 0], [each for each in changed if each[1] < 0])
    gain, lose = (
        [(code, f"{100 * points:+.2g}".replace("-", "−")) for code, points in way[:_MOVERS]]
        for way in ways
    )
    return gain, lose


def _acted(asked: Question, act: str, request: Request) -> Question:
    """Return the form after one of its buttons: run, add, bloc, or drop and what to drop."""
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
    what, _, which = act.removeprefix("drop ").partition("-")
    return asked.without(f"{what}.{which}.") if which.isdigit() else replace(asked, run=False)


async def _answer(request: Request, asked: Question) -> Answer:
    """Compute in the pool what a scenario changes."""
    key, work = _work(site_of(request), asked)
    return await site_of(request).compute(request, key, work)


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


async def case(request: Request) -> Response:
    """Lead to a shipped scenario in the builder."""
    name = request.path_params["name"]
    if name not in case_names():
        raise NotHereError(f"no shipped scenario is called {name!r}")
    asked = Question.about(_case(name), Options(country=request.query_params.get("country", "")))
    return RedirectResponse(f"/what-if?{asked.query}", 303)


@cache
def _case(name: str) -> ScenarioFile:
    return read_scenario(find_scenario(name))


def _is_served(site: Site, name: str) -> bool:
    """Whether a world here can answer a case; a digest cannot where its answer is recorded."""
    case = _case(name)
    return any(
        case.world in (s.name, s.manifest.date[:7])
        and (case.recorded is None or not s.manifest.is_digest)
        for s in site.worlds
    )


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
        return await _page(request, blank, None, problem_of(error), sent=text)
    return RedirectResponse(f"/what-if?{asked.query}", 303)
