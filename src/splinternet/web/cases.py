"""Shipped cases: which of them a world here answers, and the answers recorded of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

from msgspec.structs import asdict
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from splinternet.base.shares import UNKNOWN, rounded
from splinternet.base.texts import phrase
from splinternet.brief.words import day
from splinternet.scenario.cases import case_names, find_scenario
from splinternet.scenario.language import read_scenario
from splinternet.scenario.scenario import Recorded, ScenarioFile
from splinternet.web.builder import fields_of
from splinternet.web.parts import Link, Part, show, titles
from splinternet.web.problems import NotHereError
from splinternet.web.questions import Options, Question
from splinternet.web.site import Site, site_of

__all__ = [
    "Story",
    "case",
    "case_of",
    "cases",
    "meant_by",
    "recorded_of",
    "shipped_case",
    "stories",
    "told_here",
]

#: Where a sentence ends; "88 %" and "Inc." go on.
_SENTENCE = re.compile(r"(?<=[a-z0-9)]{2}\.)\s+(?=[A-Z])")

#: Cases that show best what the program is for, each in a way of its own: carriers leave a nation,
#: one shuts its gates, one would leave, routes are stolen by mistake, a vendor is banned.
_TELLING = (
    "cogent-and-lumen-leave-russia",
    "iran-november-2019",
    "russia-isolates-itself",
    "pakistan-youtube-2008",
    "huawei-ban-european-union",
)


@dataclass(frozen=True)
class Story:
    """A shipped case: what happened or was feared, and where the model stands beside it.

    ``is_recorded`` tells that its answer is not computed here, ``has_happened`` that something was
    observed; else what is told is what might be.
    """

    title: str
    date: str
    happened: str
    address: str
    is_recorded: bool
    has_happened: bool


@cache
def case_of(name: str) -> ScenarioFile:
    """Read a shipped scenario."""
    return read_scenario(find_scenario(name))


def shipped_case(name: str) -> ScenarioFile:
    """Read the shipped scenario of a name that somebody asks for.

    Raises
    ------
    NotHereError
        If there is none.
    """
    if name not in case_names():
        raise NotHereError.unknown("case", name, case_names())
    return case_of(name)


def meant_by(asked: Question) -> str | None:
    """Return the name of the shipped case that a question is about, unchanged."""
    fields = dict(asked.fields)
    return next((name for name in case_names() if dict(fields_of(case_of(name))) == fields), None)


def recorded_of(site: Site, case: ScenarioFile) -> Recorded | None:
    """Return the recorded answer of a case whose world is not served in full."""
    return None if _is_served(site, case) else case.recorded


def told_here(site: Site) -> Iterator[str]:
    """Yield the names of cases with an answer here: computed, or recorded of the full world."""
    for name in case_names():
        if _is_served(site, case_of(name)) or case_of(name).recorded is not None:
            yield name


def stories(site: Site, most: int | None = None) -> list[Story]:
    """Tell of the shipped cases with an answer here, those that show most first.

    Parameters
    ----------
    site
        The site, whose worlds answer them.
    most
        How many at most; all if it is None.
    """
    told = sorted(told_here(site), key=lambda name: (*_TELLING, name).index(name))
    found = (_story(site, name) for name in told)
    return [each for each in found if each.has_happened][:most]


def _story(site: Site, name: str) -> Story:
    """Tell in a sentence what was observed in a case, or of what it is a model."""
    case = case_of(name)
    told = case.outcome or case.description or ""
    return Story(
        title=case.name,
        date=str(case.date or ""),
        happened=_SENTENCE.split(told.strip(), maxsplit=1)[0],
        address=f"/what-if/cases/{name}",
        is_recorded=recorded_of(site, case) is not None,
        has_happened=bool(case.date and case.outcome),
    )


async def cases(request: Request) -> Response:
    """List the shipped cases that have an answer here, the newest first."""
    site = site_of(request)
    told = map(partial(_story, site), told_here(site))
    rows = tuple(map(_row, sorted(told, key=lambda each: each.date, reverse=True)))
    columns = titles("case", "date", "what_is_known", "answer")
    title = phrase("web.cases.title", number=len(rows))
    return show(
        request,
        site.worlds.default,
        name=phrase("web.cases.name"),
        title=title,
        parts=(Part(phrase("web.cases.name"), columns=columns, rows=rows),),
        actions=(Link(phrase("web.what_if.build"), "/what-if"),),
        is_model=False,
    )


def _row(story: Story) -> tuple[Link, ...]:
    answer = phrase(f"web.cases.{'recorded' if story.is_recorded else 'computed'}")
    when = Link(UNKNOWN)
    if story.date:
        when = Link(day(story.date), number=float(story.date.replace("-", "")))
    return Link(story.title, story.address), when, Link(story.happened), Link(answer)


async def case(request: Request) -> Response:
    """Lead to a shipped scenario in the builder, or show its recorded answer."""
    name, site = request.path_params["name"], site_of(request)
    read, country = shipped_case(name), request.query_params.get("country", "")
    answer = recorded_of(site, read)
    if answer is None:
        asked = Question.about(read, Options(country=country))
        return RedirectResponse(f"/what-if?{asked.query}", 303)
    return site.page(
        request,
        "case.html",
        world=site.worlds.default,
        case=read,
        answer=answer,
        values=dict(fields_of(read)),
        sources=[{key: text for key, text in asdict(it).items() if text} for it in read.sources],
        deceived=[
            (str(shock.__struct_config__.tag), rounded(share))
            for shock, share in zip(read.shocks, answer.deceived, strict=True)
        ],
    )


def _is_served(site: Site, case: ScenarioFile) -> bool:
    """Whether a world here can answer a case; a digest cannot where its answer is recorded."""
    return any(
        case.world in (s.name, s.manifest.date[:7])
        and (case.recorded is None or not s.manifest.is_digest)
        for s in site.worlds
    )
