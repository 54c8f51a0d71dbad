"""The page of an actor of the ledger: a vendor, an operator, a cable, a state, a law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

import polars as pl
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from splinternet.base.errors import MisuseError
from splinternet.base.naming import shown_name
from splinternet.base.shares import UNKNOWN
from splinternet.base.texts import country_called, phrase, phrase_for
from splinternet.brief.words import count, network_title
from splinternet.ledger.disputes import contradicted, disputes_of
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.ties import tabulate
from splinternet.ledger.vocabulary import ACTOR_KINDS
from splinternet.supply.cables import landings
from splinternet.web.parts import Address, Link, Part, show, titles, to
from splinternet.web.problems import NotHereError
from splinternet.web.site import site_of
from splinternet.web.supply_facts import SupplyFacts
from splinternet.world.world import World

__all__ = ["actor", "actors"]

#: Statements of one kind of tie that the page lists; the ledger's page has all.
_LISTED = 12

#: Statements beyond which each kind of tie is folded, to be opened by who wants it.
_FOLDED = 30

#: Who acts stands first: of a ban, an accusation or a loan the order is what matters.
_COLUMNS = ("who", "whom", "since", "said")

#: Words for how a statement stands against another.
_DISPUTED = {"contradicts": "disputed", "objected": "objected", "superseded": "superseded"}

#: Kinds of ties that the title names, the most frequent.
_TOLD = 3


async def actor(request: Request) -> Response:
    """Show an actor: what the ledger says of it, by kind of tie, and the networks it runs."""
    site, given = site_of(request), request.path_params["actor"]
    ledger = site.ledger
    try:
        id = ledger.actor(given)
    except MisuseError as error:
        raise NotHereError(str(error)) from None
    world = site.served(request).name
    if given != id:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/actors/{quote(id)}{query}", 303)
    row = ledger.actors.row(by_predicate=pl.col("id") == id, named=True)
    address = to(request, world)
    table = await site.look_up(("actor", id), lambda: tabulate(ledger.about(id)))
    facts = SupplyFacts(ledger, id, address)
    said, supply = await site.look_up(
        ("supply", id, world), lambda: (facts.finding(row["kind"]), tuple(facts.parts(row["kind"])))
    )
    parts = (
        *supply,
        *_ties(row, table, ledger, address),
        *_networks(ledger, id, site.worlds.open(world), address),
    )
    actions = [
        Link(phrase("web.actors.all"), f"/ledger?{urlencode({'actor': row['name']})}"),
        Link(
            phrase(f"web.actors.kinds.{row['kind']}"),
            f"/actors?{urlencode({'kind': row['kind']})}",
        ),
        *_more(row, address),
    ]
    return show(
        request,
        world,
        name=_kind(row),
        title=_finding(row, table, len(contradicted(ledger.about(id).statements)), said),
        parts=parts,
        is_model=False,
        actions=actions,
    )


def _led_to(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    """Return by cable the codes of the nations that it leads to, as far as the ledger knows."""
    rows = landings(ledger).select("cable", "country").unique().sort("country")
    found: dict[str, tuple[str, ...]] = {}
    for cable, code in rows.iter_rows():
        found[cable] = (*found.get(cable, ()), code)
    return found


def _where(row: Mapping[str, Any], led: Mapping[str, tuple[str, ...]], address: Address) -> Link:
    """Name the nations that a cable leads to, or the one that another actor is of."""
    if codes := led.get(row["id"]):
        return Link(", ".join(map(country_called, codes)))
    if row["country"]:
        return Link(country_called(row["country"]), address(f"nation:{row['country']}"))
    return Link(UNKNOWN)


async def actors(request: Request) -> Response:
    """List the actors of the ledger of a kind, vendors by default."""
    site, kind = site_of(request), request.query_params.get("kind", "vendor")
    world = site.served(request).name
    if kind not in ACTOR_KINDS:
        raise NotHereError.unknown("kind of actor", kind, ACTOR_KINDS, ", ".join(ACTOR_KINDS))
    address = to(request, world)
    listed = site.ledger.actors.filter(pl.col("kind") == kind).sort(
        pl.col("name").str.to_lowercase()
    )
    told = _counted(site.ledger)
    led = _led_to(site.ledger) if kind == "cable" else {}
    rows = tuple(
        (
            Link(row["name"], address(f"actor:{row['id']}")),
            _where(row, led, address),
            Link(str(told.get(row["id"], 0)), number=told.get(row["id"], 0)),
        )
        for row in listed.iter_rows(named=True)
    )
    part = Part(
        phrase(f"web.actors.kinds.{kind}"),
        "",
        columns=titles("actor", "leads_to" if kind == "cable" else "nation", "statements"),
        rows=rows,
    )
    kinds = [
        Link(phrase(f"web.actors.kinds.{each}"), f"/actors?kind={each}")
        for each in ACTOR_KINDS
        if each != kind
    ]
    many = phrase_for(f"web.actors.many.{kind}", len(rows), number=f"{len(rows):,}")
    title = phrase("web.actors.title", actors=many)
    return show(
        request,
        world,
        name=phrase("web.actors.name"),
        title=title,
        parts=(part,),
        actions=kinds,
        is_model=False,
    )


def _counted(ledger: Ledger) -> dict[str, int]:
    """Count the statements of each actor, by its id."""
    ends = pl.concat([ledger.statements["subject"], ledger.statements["object"].drop_nulls()])
    return dict(ends.alias("id").value_counts().iter_rows())


def _kind(row: Mapping[str, Any]) -> str:
    """Say what kind of actor it is, and of which country."""
    kind = row["kind"].capitalize()
    if not row["country"]:
        return str(kind)
    return phrase("web.actors.kind_of", kind=kind, country=country_called(row["country"]))


def _finding(row: Mapping[str, Any], table: pl.DataFrame, disputed: int, supply: str) -> str:
    """Say what its supply facts are, else which statements there are; how many are contradicted."""
    if table.is_empty():
        return phrase("web.actors.none", actor=row["name"])
    kinds = table["predicate"].value_counts(sort=True).head(_TOLD).rows()
    told = ", ".join(f"{_words(kind)} ({many})" for kind, many in kinds)
    statements = count(table.height, "statement")
    said = phrase("web.actors.most_often", statements=statements, ties=told)
    if len(kinds) == 1:
        said = phrase("web.actors.alike", statements=statements, tie=_words(kinds[0][0]))
    if supply:
        said = phrase("web.actors.supplies", supply=supply, statements=statements)
    found = phrase("web.actors.finding", actor=row["name"], said=said)
    if not disputed:
        return found
    return found + phrase_for("web.actors.contradicted", disputed, number=disputed)


def _ties(
    row: Mapping[str, Any], table: pl.DataFrame, ledger: Ledger, address: Address
) -> Iterator[Part]:
    """List its statements by kind of tie, the most frequent kind first."""
    ids, disputes = _ids(ledger), disputes_of(ledger.statements)
    is_long = table.height > _FOLDED
    for kind, many in table["predicate"].value_counts(sort=True).iter_rows():
        of_kind = table.filter(pl.col("predicate") == kind)
        rows = tuple(
            (
                *(_end(each[end], row["name"], ids, address) for end in ("subject", "object")),
                Link(each["start"] or UNKNOWN),
                _said(each, disputes.get(each["id"], ())),
            )
            for each in of_kind.head(_LISTED).iter_rows(named=True)
        )
        more = many - len(rows)
        words = (
            phrase("web.actors.newest", statements=count(many, "statement"), number=len(rows))
            if more > 0
            else ""
        )
        heading = _words(kind)[:1].upper() + _words(kind)[1:]
        yield Part(
            phrase("web.actors.folded", tie=heading, number=many) if is_long else heading,
            words,
            columns=tuple(phrase(f"web.actors.column.{each}") for each in _COLUMNS),
            rows=rows,
            is_folded=is_long,
        )


def _end(name: str | None, here: str, ids: Mapping[str, str], address: Address) -> Link:
    """Name an actor at an end of a statement; the page's own leads nowhere."""
    led = name in ids and name != here
    return Link(name or UNKNOWN, address(f"actor:{ids[name]}") if name and led else None)


def _said(row: Mapping[str, Any], disputes: Iterable[Mapping[str, str]]) -> Link:
    """Tell a statement, how it is stated and whether it is disputed; it leads to its sources."""
    how = "" if row["kind"] == "fact" else f" ({row['kind']})"
    kinds = {each["kind"] for each in disputes}
    told = "".join(
        f" {phrase(f'web.actors.{how}')}." for kind, how in _DISPUTED.items() if kind in kinds
    )
    return Link(f"{row['summary']}{how}.{told}", f"/ledger?{urlencode({'id': row['id']})}")


def _networks(ledger: Ledger, id: str, world: World, address: Address) -> Iterator[Part]:
    """List the networks that an actor runs, by the ledger, with their names in the world."""
    asns = ledger.asns(id)
    if asns:
        shown = world.networks.filter(pl.col("asn").is_in(asns)).select("asn", shown_name())
        names = dict(shown.iter_rows())
        rows = tuple(
            (Link(network_title(asn, names.get(asn)), address(f"network:{asn}")),)
            for asn in asns[:_LISTED]
        )
        many = count(len(asns), "network")
        words = phrase("web.actors.first_networks", networks=many, number=len(rows))
        words = words if len(asns) > len(rows) else ""
        yield Part(phrase("web.actors.networks"), words, columns=titles("network"), rows=rows)


def _more(row: Mapping[str, Any], address: Address) -> Iterator[Link]:
    """Lead on: to a state's routes, or to what a ban of a vendor would do."""
    if row["kind"] == "state" and row["country"]:
        yield Link(phrase("web.actors.routes"), address(f"state:{row['country']}"))
        yield Link(phrase("web.actors.depends"), address(f"nation:{row['country']}"))
    if row["kind"] == "vendor":
        ban = {"shocks.0.kind": "ban", "shocks.0.vendor": row["name"]}
        yield Link(phrase("web.actors.banned"), f"/what-if?{urlencode(ban)}")
    if row["kind"] == "operator" and row["country"]:
        yield Link(phrase("web.actors.nation"), address(f"nation:{row['country']}"))


def _ids(ledger: Ledger) -> dict[str, str]:
    return dict(ledger.actors.select("name", "id").iter_rows())


def _words(predicate: str) -> str:
    return phrase("web.actors.says") if predicate == "states" else predicate.replace("_", " ")
