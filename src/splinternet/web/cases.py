"""Shipped cases: which of them a world here answers, and the answers recorded of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from msgspec.structs import asdict
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from splinternet.base.shares import rounded
from splinternet.scenario.cases import case_names, find_scenario
from splinternet.scenario.language import read_scenario
from splinternet.scenario.scenario import Recorded, ScenarioFile
from splinternet.web.builder import fields_of
from splinternet.web.problems import NotHereError
from splinternet.web.questions import Options, Question
from splinternet.web.site import Site, site_of

__all__ = [
    "Story",
    "case",
    "case_of",
    "meant_by",
    "recorded_of",
    "shipped_case",
    "stories",
    "told_here",
]

#: Where a sentence ends; "88 %" and "Inc." go on.
_SENTENCE = re.compile(r"(?<=[a-z0-9)]{2}\.)\s+(?=[A-Z])")


@dataclass(frozen=True)
class Story:
    """A shipped case: what happened, and where the model stands beside it.

    ``is_recorded`` tells that its answer is not computed here.
    """

    title: str
    date: str
    happened: str
    address: str
    is_recorded: bool


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


def stories(site: Site, most: int) -> list[Story]:
    """Tell of shipped cases, what was observed first: so many computed here, and all recorded."""
    found = []
    for name in told_here(site):
        case = case_of(name)
        if case.date and case.outcome:
            happened = _SENTENCE.split(case.outcome.strip(), maxsplit=1)[0]
            is_recorded = recorded_of(site, case) is not None
            address = f"/what-if/cases/{name}"
            found.append(Story(case.name, str(case.date), happened, address, is_recorded))
    computed = [each for each in found if not each.is_recorded]
    return computed[:most] + [each for each in found if each.is_recorded]


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
