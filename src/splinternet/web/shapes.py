"""Shapes of requests to the API, and of its answers."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from splinternet.base.choices import INBOUND, MODELLED, Abroad, PathsFrom
from splinternet.ledger.citations import Style
from splinternet.scenario.scenario import Recorded
from splinternet.web.questions import Options
from splinternet.web.statements import Page, Statement, Year, YesNo

__all__ = [
    "Case",
    "Changed",
    "ChangedFigure",
    "Claim",
    "Controlled",
    "DependentsQuery",
    "Essay",
    "Exposed",
    "ExposureQuery",
    "Hop",
    "Index",
    "Network",
    "Networks",
    "NetworksQuery",
    "Offer",
    "PathQuery",
    "PathsQuery",
    "Problem",
    "Said",
    "ShareQuery",
    "Supplied",
    "Ties",
    "TiesQuery",
    "VendorsQuery",
    "WhatIf",
    "WorldQuery",
    "WorldServed",
]


_Date = Annotated[
    str, msgspec.Meta(description="A date, as exact as it is known: 2019, 2019-11 or 2019-11-30.")
]


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """An address of the API, how it is asked, and what it gives."""

    method: str
    address: str
    summary: str


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """Where the API is described, and what it offers."""

    description: str
    offers: list[Offer]


class WorldServed(msgspec.Struct, frozen=True, kw_only=True):
    """A world: the Internet on a date; ``levels`` says in a line what levels are taken from."""

    name: str
    date: str
    kind: str
    networks: int
    links: int
    citations: list[str]
    levels: str


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A shipped scenario; ``recorded`` is its answer on the full world, if one is recorded."""

    name: str
    world: str
    title: str
    toml: str
    recorded: Recorded | None = None


class ChangedFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure before a scenario and after it; ``asn`` of the network that it is ``of``, if any.

    ``before_low`` and ``before_high`` are the range of ``before`` by other rules, null where none
    is shipped; those of ``after`` and ``difference`` are computed if ``ranges`` is true, else null.
    ``factor`` is ``after`` over ``before``, null where there was nothing before. ``doubt`` says why
    the share of a network is not sure, on digests.
    """

    country: str | None
    figure: str
    of: str | None
    asn: int | None
    name: str | None
    unit: str
    before: float | None
    before_low: float | None
    before_high: float | None
    after: float | None
    after_low: float | None
    after_high: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    factor: float | None
    doubt: str | None


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """Changes of a scenario, in sentences and figures."""

    scenario: str
    world: str
    country: str | None
    notes: list[str]
    sentences: list[str]
    figures: list[ChangedFigure]


class WhatIf(Options, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A scenario, as a TOML file has it, and how to look at it."""

    scenario: dict[str, Any]

    def options(self) -> Options:
        """Return how to look at it."""
        names = Options.__struct_fields__
        return Options(**{name: getattr(self, name) for name in names})


class WorldQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """World that is meant."""

    world: str = ""


class PathsQuery(WorldQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """World, and whose paths count: the model's, those that monitors saw, or both."""

    paths: PathsFrom = MODELLED


class ShareQuery(PathsQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """World, whose paths, the direction of routes, and from which share on."""

    direction: Abroad = INBOUND
    least: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.01


class ExposureQuery(PathsQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """World, whose paths, and the state or network that observes; by default the main state."""

    observer: str = ""


class Exposed(msgspec.Struct, frozen=True, kw_only=True):
    """Shares of a nation's routes in a direction that an observer could see."""

    direction: str
    observer: str | None
    third: float | None
    passing: float | None
    ending: float | None
    exposed: float | None
    observed: float | None
    difference: float | None


class Controlled(msgspec.Struct, frozen=True, kw_only=True):
    """How many domestic networks see 90 % of a nation's routes, by one method."""

    method: str
    networks: int | None
    lower_bound: int | None
    exact: bool | None
    share: float | None
    observed: int | None
    difference: int | None


class VendorsQuery(WorldQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """World in which operators are weighed, the vendor, and the day."""

    vendor: str = ""
    as_of: _Date = ""


class Supplied(msgspec.Struct, frozen=True, kw_only=True):
    """Tie to a vendor as far as known: ``least``, and ``most`` where there is a bound."""

    measure: str
    tie: str
    least: float
    most: float | None
    unit: str
    dated: str | None
    kind: str | None
    statements: list[str]
    sources: list[str]


class DependentsQuery(WorldQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """World, and from which share on."""

    least: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.01


class PathQuery(WorldQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """World."""


class Hop(msgspec.Struct, frozen=True, kw_only=True):
    """A network on a path, so many links from its source."""

    hop: int
    asn: int
    name: str | None
    country: str | None


class NetworksQuery(WorldQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """World, country, and page of a thousand."""

    country: str = ""
    page: Page = 1


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """A network; a group of a digest stands for ``members`` of them."""

    asn: int
    name: str | None
    country: str | None
    ipv4_addresses: int | None
    members: int


class Networks(msgspec.Struct, frozen=True, kw_only=True):
    """A page of networks, and the address of the ``next`` one; the last page has none."""

    found: int
    page: int
    pages: int
    next: str | None
    networks: list[Network]


class TiesQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Statements that are wanted."""

    q: str = ""
    actor: str = ""
    predicate: str = ""
    kind: str = ""
    year: Year = ""
    as_of: _Date = ""
    known_by: _Date = ""
    disputed: YesNo = ""
    id: str = ""
    style: Style = "mla"
    page: Page = 1


class Ties(msgspec.Struct, frozen=True, kw_only=True):
    """A page of statements, the citations of their sources by id, and where the next page is."""

    ledger: str
    found: int
    page: int
    pages: int
    next: str | None
    statements: list[Statement]
    citations: dict[str, str]


class Essay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An essay, plain text, Markdown or HTML, and when it was written."""

    text: Annotated[str, msgspec.Meta(min_length=1)]
    date: _Date = ""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim of an essay, and what the ledger has about it."""

    line: int
    sentence: int
    status: str
    tie: str | None
    figure: str | None
    cites: str | None
    works: str | None
    why: str | None
    contradicts: str | None
    disputes: str | None
    supports: str | None
    objections: str | None
    text: str


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """Problem that occurred."""

    status: int
    message: str


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A request that failed."""

    error: Said
