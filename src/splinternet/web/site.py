"""Site of all pages: the worlds and ledger, the pool of computations, and the layout."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec
import polars as pl
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from splinternet.base.countries import country_code, country_codes
from splinternet.base.errors import MisuseError
from splinternet.base.html import unbroken
from splinternet.base.naming import Names, nation_names
from splinternet.base.shares import UNKNOWN
from splinternet.base.tables import FORMS, encode_table
from splinternet.base.text import shown as shown_text
from splinternet.base.texts import country_called, nation_called, texts_of
from splinternet.base.wording import marked, marked_forms
from splinternet.brief.country import CountryBrief
from splinternet.brief.page import leading
from splinternet.brief.pictures import Address, frame_height, legend_of
from splinternet.brief.words import count, country_title, day
from splinternet.ledger.catalogue import open_ledger
from splinternet.ledger.ledger import Ledger
from splinternet.scenario.vendors import Vendors
from splinternet.web.addresses import addresses, leads
from splinternet.web.beneath import beneath
from splinternet.web.jobs import Jobs, Progress
from splinternet.web.kept import Kept
from splinternet.web.limits import Limits, TooLargeError, TooLateError
from splinternet.web.problems import NotHereError, Problem
from splinternet.web.stated import (
    actor_names,
    is_common,
    linked_ids,
    linked_words,
    network_names,
    other_names,
    statement_words,
)
from splinternet.web.tables import MEDIA, fitted, numeric, shown
from splinternet.web.worlds import Served, Worlds
from splinternet.world.manifest import software

__all__ = ["Site", "client_of", "download", "nation", "site_of", "table_download"]

_Value = TypeVar("_Value")

#: The form in which a table tells what it was made of.
_MANIFEST = "manifest"

_TEMPLATES = Path(__file__).with_name("templates")


@dataclass(eq=False)
class Site:
    """A server's worlds, ledger, pools and layout.

    Attributes
    ----------
    worlds
        The worlds that are served.
    ledgers
        Names or folders of the ledgers that are one together; none for the shipped one.
    limits
        What is granted to requests.
    jobs
        The pool of computations.
    lookups
        The pool of what is quick, so that a page need not wait for computations of others.
    answers
        The folder in which answers are kept; None for none.
    drafts
        What is found of the briefs that are being computed.
    named
        The names that texts about a world know.
    """

    worlds: Worlds
    ledgers: tuple[str | Path, ...]
    limits: Limits
    jobs: Jobs
    lookups: Jobs
    answers: Path | None = None
    drafts: dict[Hashable, CountryBrief] = field(default_factory=dict)
    named: dict[str, Names] = field(default_factory=dict)

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger, opened when first asked for."""
        return open_ledger(*self.ledgers)

    @cached_property
    def ledger_mark(self) -> int:
        """Stamp that changes when a statement, source or actor of the ledger does."""
        tables = (self.ledger.statements, self.ledger.sources, self.ledger.actors)
        return sum(int(table.hash_rows().sum()) for table in tables)

    @cached_property
    def kept(self) -> Kept:
        """Answers on disk."""
        mark = 0 if self.answers is None else self.ledger_mark
        return Kept(self.answers, self.limits.disk, mark)

    @cached_property
    def stated(self) -> dict[str, str]:
        """The statements of the ledger, by id in a few words."""
        return statement_words(self.ledger)

    @cached_property
    def vendors(self) -> Vendors:
        """Operators on each vendor's equipment, by the ledger."""
        return Vendors(lambda: self.ledger)

    def close(self) -> None:
        """Stop all computations, and whoever follows them."""
        self.jobs.close()
        self.lookups.close()

    @cached_property
    def templates(self) -> Environment:
        """The layout of pages."""
        environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters |= {
            "counted": count,
            "country": country_title,
            "day": day,
            "legend": lambda colours: Markup(legend_of(colours)),
            "nation": nation_called,
            "safe_svg": Markup,
        }
        environment.filters["leading"] = self._leading

        @pass_context
        def naming(context: Context, text: str, kind: str = "nation") -> Markup:
            """Let what a text of a page names lead to other pages, nations to one of a kind."""
            address = self.leads(context["world"], context["path"])
            return leading(escape(text), address, self.names_in(context["world"]), kind)

        @pass_context
        def mending(context: Context, problem: Problem) -> Markup:
            """Let names that may be meant lead to the page that was asked for, with them in it."""
            address = self.leads(context["world"])
            near = dict(problem.mended(context["path"], context["asked_with"]))
            link = Markup('<a href="{}">{}</a>').format
            before, meant, after = problem.told()
            linked = (
                escape(words) if name is None else link(near[name], words) for words, name in meant
            )
            names = self.names_in(context["world"])
            lead = partial(leading, address=address, names=names)
            return lead(escape(before)) + Markup("").join(linked) + escape(after)

        environment.filters |= {"mending": mending, "naming": naming}
        environment.filters["stated"] = lambda text: linked_ids(text, self.stated)
        environment.globals |= {
            "fitted": fitted,
            "frame_height": frame_height,
            "no_figure": UNKNOWN,
            "numeric": numeric,
            "shown": shown,
            "t": marked,
            "tn": marked_forms,
            "zip": zip,
        }
        return environment

    @cached_property
    def references(self) -> dict[str, str]:
        """Names that texts know: those of nations, and of vendors, operators, cables and others."""
        nations = nation_names(country_codes(), country_called, nation_called)
        return actor_names(self.ledger) | other_names(self.ledger) | nations

    def names_in(self, world: str) -> Names:
        """The same, and the titles of networks in a world, which is opened when one is met."""
        if world not in self.named:
            opened = partial(self.worlds.open, world)
            self.named[world] = Names(self.references, network_names(opened), is_common)
        return self.named[world]

    def leads(self, world: str, here: str = "") -> Address:
        """Return where names lead on pages about a world: nowhere to what is not known.

        ``here`` is the path of the page that they stand on, to which they do not lead.
        """
        address = addresses(world, self.worlds.default)
        networks, told = lambda: self.worlds.open(world).networks, lambda: self.ledger.actors["id"]
        return leads(address, networks, told, here)

    def _leading(
        self, text: str, world: str, here: str = "", stated: Iterable[tuple[str, str]] = ()
    ) -> Markup:
        """Let what is named in a text lead to its page, and statements that it tells to theirs."""
        address, names = self.leads(world, here), self.names_in(world)
        link = Markup('<a href="{}">{}</a>').format
        return Markup("").join(
            link(to, words) if to else leading(escape(words), address, names)
            for words, to in linked_words(text, stated)
        )

    def page(
        self, request: Request, template: str, status: int = 200, **values: object
    ) -> HTMLResponse:
        """Lay out a page."""
        values.setdefault("world", self.default_world(request))
        text = self.templates.get_template(template).render(
            path=request.url.path,
            lang=texts_of("web").lang,
            prefix=request.scope.get("prefix", ""),
            asked_with=request.query_params.multi_items(),
            origin=self.address(request),
            worlds=list(self.worlds),
            **values,
        )
        text = beneath(request.scope.get("prefix", ""), unbroken(shown_text(text)))
        return HTMLResponse(text, status_code=status)

    def address(self, request: Request) -> str:
        """Return where a browser sees this server, with the prefix of its addresses."""
        base = request.base_url
        return f"{base.scheme}://{base.netloc}{request.scope.get('prefix', '')}"

    def default_world(self, request: Request) -> str:
        """Name the world that a page's links go on with: the one asked for, if there is one."""
        asked = request.query_params.get("world", "")
        names = {served.name for served in self.worlds}
        return asked if asked in names else self.worlds.default

    def served(self, request: Request) -> Served:
        """Return the world that a request names, or the default one.

        Raises
        ------
        NotHereError
            If there is no such world.
        """
        return self.world_called(request.query_params.get("world") or self.worlds.default)

    def world_called(self, name: str) -> Served:
        """Return the world of a name.

        Raises
        ------
        NotHereError
            If there is none.
        """
        try:
            return self.worlds.served(name)
        except MisuseError as error:
            raise NotHereError(str(error)) from None

    async def compute(
        self,
        request: Request,
        key: Hashable,
        work: Callable[[Progress], _Value],
        *,
        keep: bool = True,
        kind: type[_Value] | None = None,
    ) -> _Value:
        """Compute in the pool for as long as the client waits; as :meth:`Jobs.answer`.

        Answers of a ``kind`` are kept on disk too, and taken from there.

        Raises
        ------
        NotHereError
            If a page of another site frames what would have to be computed.
        """
        if kind is not None:
            found = await self.recall(key, kind)
            if found is not None:
                return found
            work = partial(self._kept, key, work)
        if request.scope.get("framed") and not self.jobs.knows(key):
            raise NotHereError("this chart is not at hand; open the page that it is from first")
        gone = asyncio.ensure_future(_left(request))
        try:
            return await self.jobs.answer(key, work, gone, keep=keep, client=client_of(request))
        finally:
            gone.cancel()

    async def recall(self, key: Hashable, kind: type[_Value]) -> _Value | None:
        """Return an answer that is at hand, in memory or on disk; None if none is."""
        found = cast("_Value | None", self.jobs.recall(key))
        if found is None:
            found = await self.look_up(("kept", key), lambda: self.kept.get(key, kind), keep=False)
        return found

    def _kept(
        self, key: Hashable, work: Callable[[Progress], _Value], progress: Progress
    ) -> _Value:
        answer = work(progress)
        self.kept.put(key, answer)
        return answer

    async def look_up(
        self, key: Hashable, work: Callable[[], _Value], *, keep: bool = True
    ) -> _Value:
        """Do what takes some milliseconds, without waiting for computations."""
        return await self.lookups.answer(key, lambda _: work(), keep=keep)

    async def read(self, reader: Callable[[], _Value]) -> _Value:
        """Read what somebody sent, while others are served; nothing of it is kept."""
        return await self.look_up(object(), reader, keep=False)


async def _left(request: Request) -> None:
    """Return when the client has closed the connection, or sends what nobody asked for."""
    with suppress(TooLargeError, TooLateError):
        while (await request.receive())["type"] != "http.disconnect":
            pass


def client_of(request: Request) -> str | None:
    """Tell clients apart, by their addresses."""
    return None if request.client is None else request.client.host


def site_of(request: Request) -> Site:
    """Return the site that a request is to."""
    site: Site = request.app.state.site
    return site


def nation(text: str) -> str:
    """Return the code of a country named in an address.

    Raises
    ------
    NotHereError
        If there is none.
    """
    try:
        return country_code(text)
    except MisuseError as error:
        raise NotHereError(str(error)) from None


def download(name: str, form: str, content: bytes) -> Response:
    """Send a file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(content, media_type=MEDIA[form], headers=headers)


def table_download(
    request: Request,
    name: str,
    form: str,
    frames: Mapping[str, pl.DataFrame],
    made: Mapping[str, Any],
) -> Response:
    """Send a table as a file, or what it was made of (the form ``manifest``).

    CSV and JSON have no place for that, so a header leads from them to it.

    Raises
    ------
    NotHereError
        If there is no such table, or no such form.
    """
    if form not in (*FORMS, _MANIFEST):
        raise NotHereError(f"tables come as {', '.join(FORMS)}")
    if name not in frames:
        raise NotHereError(f"no table is called {name!r}; there are {', '.join(frames)}")
    asked = f"?{request.url.query}" if request.url.query else ""
    record = {"made_by": software(), "address": f"{request.url.path}{asked}", **made}
    if form == _MANIFEST:
        return download(f"{name}.manifest", "json", msgspec.json.encode(record))
    sent = download(name, form, encode_table(frames[name], form, record))
    beside = request.url.path.removesuffix(form) + _MANIFEST
    sent.headers["Link"] = f'<{beside}{asked}>; rel="describedby"; type="application/json"'
    return sent
