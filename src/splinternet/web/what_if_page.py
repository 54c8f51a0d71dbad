"""The page of a what-if: what came out, and the form that it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from splinternet.base.choices import CHOICES
from splinternet.base.countries import country_codes
from splinternet.base.groups import GROUPS
from splinternet.base.shares import in_points, rounded
from splinternet.base.tables import FORMS
from splinternet.base.texts import country_called, nation_called, phrase
from splinternet.brief.changed import FEW
from splinternet.brief.drawings.nations_map import CHANGES, nations_map, shares
from splinternet.brief.drawings.svg import Legend
from splinternet.brief.pictures import Address, shown
from splinternet.brief.shapes import NOTE
from splinternet.brief.theme import PAPER
from splinternet.measures.catalogue import find_measure
from splinternet.scenario.shocks import Kind, kinds
from splinternet.web.answers import Answer
from splinternet.web.cases import case_of, meant_by, told_here
from splinternet.web.chart_tables import ChartTable, carried, differences
from splinternet.web.charts import carriers_of
from splinternet.web.ideas import changing, group_ideas, ideas, nation_meant, suggestions
from splinternet.web.present import Present, present
from splinternet.web.problems import Problem
from splinternet.web.questions import MEASURES, Question
from splinternet.web.sharing import packed
from splinternet.web.site import Site, site_of

__all__ = ["short_link", "show_what_if"]

#: States that gain, and that lose, which an answer names.
_MOVERS = 5

#: Fields that only tell of a scenario, and change no answer: a short link leaves them out.
_TELLING = ("description", "date", "outcome", "sources.")


@dataclass(frozen=True)
class Answered:
    """An answer as the page shows it.

    Attributes
    ----------
    asked, found
        The question, and what came out.
    svg, legend
        The difference that it makes on a map, a nation that it leaves alone in grey.
    gain, lose
        Codes of the states on more routes after it and on fewer, most first, with points.
    carriers
        Picture of the largest carriers, before and after; empty for none.
    mapped, carried
        The figures of the map, and of that picture.
    """

    asked: Question
    found: Answer
    svg: str
    legend: Legend
    gain: tuple[tuple[str, str], ...]
    lose: tuple[tuple[str, str], ...]
    carriers: str
    mapped: ChartTable
    carried: ChartTable

    @classmethod
    def of(cls, asked: Question, found: Answer, address: Address) -> Answered:
        """Draw an answer; ``address`` gives the pages of what carries."""
        nations, legend = shares(found.mapped, found.breaks)
        svg = nations_map(nations, title=found.map_title, highlight=found.country, blank=PAPER)
        gain, lose = ((), ()) if found.before is None else _movers(found.mapped)
        carriers = shown(carriers_of(found), address) if found.bars.height else ""
        tables = differences(found, address), carried(found, address)
        return cls(asked, found, svg, legend, gain, lose, carriers, *tables)


async def show_what_if(
    request: Request,
    asked: Question,
    answers: Mapping[Question, Answer],
    problem: Problem | None = None,
    *,
    sent: str = "",
) -> Response:
    """Show the form, what came out or went wrong, and the file that was ``sent`` in vain.

    The first answer is that to the question asked; a second one stands beside it.
    """
    site = site_of(request)
    world = site.world_called(asked.world).name
    stamp = site.worlds.stamp(world)
    opened = site.worlds.open
    offered = await site.look_up(
        ("suggestions", stamp), lambda: suggestions(opened(world), site.vendors)
    )
    has_users = await site.look_up(
        ("users", stamp), lambda: opened(world).networks["users"].count() > 0
    )
    whose = asked.options.country
    begun = await site.look_up(
        ("ideas", stamp, nation_meant(whose)), lambda: changing(ideas(world, whose), opened(world))
    )
    return site.page(
        request,
        "what_if.html",
        problem.status if problem else 200,
        sent=sent,
        world=world,
        asked=asked,
        values=dict(asked.fields),
        sources=_sources(asked),
        kinds=_kinds(),
        countries=sorted((country_called(code), code) for code in country_codes()),
        cases=[(name, case_of(name).name) for name in told_here(site)],
        ideas=begun,
        about=nation_meant(whose),
        present=None if answers else await _present(site, stamp, world, nation_meant(whose)),
        groups=group_ideas(world, whose),
        presets=[(name, called) for name, (called, _) in GROUPS.items()],
        suggestions=offered,
        measures={name: find_measure(name).title for name in MEASURES},
        choices={name: CHOICES[name] for name in asked.options.choices},
        # Users are no weight where a world does not know them.
        unknown=() if has_users else ("users",),
        answers=[
            Answered.of(question, found, site.leads(found.world))
            for question, found in answers.items()
        ],
        joint=_joint(tuple(answers.values())),
        note=NOTE,
        options=msgspec.structs.asdict(asked.options),
        codes=country_codes(),
        forms=FORMS,
        problem=problem,
        toml=asked.toml if asked.numbers("shocks") else "",
        address=site.address(request),
        link=f"{site.address(request)}{short_link(asked)}",
        kept=_code(asked),
    )


async def _present(site: Site, stamp: object, world: str, code: str) -> Present | None:
    """Tell how the nation that is asked about stands, before anything happens to it."""
    return await site.look_up(
        ("present", stamp, code), lambda: present(site.worlds.open(world), code)
    )


def short_link(asked: Question) -> str:
    """Return the shortest address of a question: that of a shipped case, or all of it pressed."""
    alone = asked.options.pairs()[1:] == [] and not asked.beside
    if alone and (name := meant_by(asked)) is not None:
        nation = asked.options.country
        return f"/what-if/cases/{name}{f'?country={nation}' if nation else ''}"
    beside = (("beside", asked.beside),) if asked.beside else ()
    return f"/what-if/s/{_code(asked, *beside)}"


def _code(asked: Question, *more: tuple[str, str]) -> str:
    """Press a question, and maybe more of its address, into the letters of a short link."""
    kept = (pair for pair in asked.fields if not pair[0].startswith(_TELLING))
    return packed((*asked.options.pairs(), *kept, ("run", "1"), *more))


def _sources(asked: Question) -> list[dict[str, str]]:
    """Return the works that a scenario names, field by field."""
    named = [(name.split("."), text) for name, text in asked.fields if name.startswith("sources.")]
    known = ((parts[1], parts[2], text) for parts, text in named if len(parts) > 2)
    return [
        {key: text for _, key, text in parts} for _, parts in groupby(known, lambda each: each[0])
    ]


def _kinds() -> dict[str, Kind]:
    """Return every kind of shock, those that people ask for most first."""
    return {k.name: k for k in sorted(kinds().values(), key=lambda k: (k.place, k.name))}


def _joint(found: tuple[Answer, ...]) -> str:
    """Say of two scenarios how many routes each takes away; nothing of one alone."""
    if len(found) < 2:
        return ""
    one, other = found
    beside = phrase("web.answer.beside_called", name=other.name)
    values = {"one": one.name, "other": beside if one.name == other.name else other.name}
    if one.lost is None or other.lost is None:
        return phrase("web.answer.two", **values)
    values |= {"first": rounded(one.lost), "second": rounded(other.lost)}
    if one.country is None and other.country is None:
        return phrase("web.answer.joint_world", **values)
    for name, each in (("nation", one), ("of", other)):
        of_all = phrase("web.answer.all_nations")
        values[name] = of_all if each.country is None else nation_called(each.country)
    if one.country != other.country:
        return phrase("web.answer.joint_other", **values)
    few = max(one.lost, other.lost) < FEW
    how = "few" if few else "both" if values["first"] == values["second"] else "same"
    return phrase(f"web.answer.joint_{how}", **values | {"first": _part(one.lost)})


def _part(share: float) -> str:
    """Say what part of something, "all" or "98% of" it."""
    if share == 1:
        return phrase("web.answer.joint_all")
    return phrase("web.answer.joint_part", share=rounded(share))


def _movers(difference: Mapping[str, float | None]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return the states that gain, and those that lose, with their points."""
    told = {code: points or 0.0 for code, points in difference.items()}
    changed = sorted(
        (each for each in told.items() if abs(each[1]) >= CHANGES[3]),
        key=lambda each: (-abs(each[1]), each[0]),
    )
    ways = ([each for each in changed if each[1] > 0], [each for each in changed if each[1] < 0])
    return tuple(tuple((code, in_points(points)) for code, points in way[:_MOVERS]) for way in ways)
