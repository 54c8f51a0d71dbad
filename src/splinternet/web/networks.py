"""Pages of networks, and of states as carriers: who depends on them, and what if they failed."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import polars as pl
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from splinternet.base.asn import as_number
from splinternet.base.countries import country_name
from splinternet.base.errors import MisuseError
from splinternet.base.naming import shown_name
from splinternet.base.texts import country_called, nation_called, phrase
from splinternet.brief.ranged import ranged, unsought_doubts
from splinternet.brief.words import capital, count, network_title
from splinternet.figures.shipped import levels_line
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.ties import tabulate
from splinternet.web.asking import named
from splinternet.web.embed import send_chart
from splinternet.web.exchanges import exchanges_of
from splinternet.web.found import networks_called
from splinternet.web.parts import (
    Address,
    Link,
    Part,
    is_shipped,
    nations_drawn,
    nations_part,
    show,
    titles,
    to,
)
from splinternet.web.problems import NotHereError
from splinternet.web.reverse import reverse
from splinternet.web.site import Site, nation, site_of
from splinternet.web.sureness import computed_error
from splinternet.world.world import World

__all__ = ["chart", "network", "state"]

#: A nation depends much on a carrier that is on so large a part of its routes.
_MUCH = 0.2

#: Networks of a list.
_LISTED = 12

#: Networks that a name in the place of a number may mean, as they are named.
_MEANT = 3

#: Neighbours of a network, by the kind of link and which end it is.
_TIES = {
    ("p2c", "a"): "customers",
    ("p2c", "b"): "providers",
    ("p2p", "a"): "peers",
}


async def network(request: Request) -> Response:
    """Show a network: who depends on it, its ties, and what if it failed."""
    site, given = site_of(request), request.path_params["asn"]
    try:
        asn = as_number(given)
    except MisuseError as error:
        raise _unnumbered(site, request, given) or NotHereError(str(error)) from None
    if given != str(asn):
        return RedirectResponse(f"/networks/{asn}?{request.url.query}".rstrip("?"), 303)
    world = site.served(request).name
    opened = site.worlds.open(world)
    if opened.networks.filter(pl.col("asn") == asn).is_empty():
        raise NotHereError(f"AS{asn} is not in world {world}; choose another world, or network")
    row = opened.networks.filter(pl.col("asn") == asn).with_columns(shown_name()).row(0, named=True)
    where = None if row["country"] is None else country_called(row["country"])
    found = await _dependents(request, world, str(asn))
    address = to(request, world)
    name = network_title(asn, row["name"], where, members=row["members"])
    fails = {"shocks.0.kind": "remove", "shocks.0.networks": f"AS{asn}", "world": world, "run": "1"}
    actions = [Link(phrase("web.networks.fails"), f"/what-if?{urlencode(fails)}")]
    if where is not None:
        actions.append(
            Link(phrase("web.networks.state", state=where), address(f"state:{row['country']}"))
        )
    if row["name"]:
        actions.append(
            Link(phrase("web.networks.statements"), f"/ledger?{urlencode({'q': row['name']})}")
        )
    at = exchanges_of(opened, asn, address)
    sure = _sure(opened, str(asn), found, "foreign_dependence")
    parts = (
        nations_part(
            phrase("web.networks.dependents"),
            found,
            address,
            f"/networks/{asn}/charts/dependents",
            sure,
        ),
        *_ties(opened, asn, address),
        *([at] if at else ()),
        *_said(site.ledger, asn, address),
    )
    return show(
        request,
        world,
        name=phrase("web.networks.name"),
        title=_finding(name, found),
        parts=parts,
        actions=actions,
    )


def _unnumbered(site: Site, request: Request, name: str) -> MisuseError | None:
    """Say which networks a name in the place of a number may mean; None if there are none such."""
    world = site.worlds.open(site.served(request).name)
    found = networks_called(world, site.ledger, name)[:_MEANT]
    numbers = [f"AS{each.asn}" for each in found]
    said = [each.title for each in found]
    return NotHereError.unmatched("network", name, numbers, said=said) if found else None


async def state(request: Request) -> Response:
    """Show a state as a carrier: whose routes it is on, and so could see or cut."""
    site, given = site_of(request), request.path_params["country"]
    code = nation(given)
    if given != code:
        return RedirectResponse(f"/states/{code}?{request.url.query}".rstrip("?"), 303)
    world = site.served(request).name
    opened = site.worlds.open(world)
    found = await _dependents(request, world, code)
    address = to(request, world)
    who = capital(phrase("words.networks_of", nation=nation_called(code)))
    leaves = {
        "shocks.0.kind": "isolate",
        "shocks.0.networks": f"country:{code}",
        "world": world,
        "run": "1",
    }
    actions = (
        Link(phrase("web.networks.depends"), address(f"nation:{code}")),
        Link(phrase("web.networks.isolated"), f"/what-if?{urlencode(leaves)}"),
        Link(phrase("web.networks.statements"), f"/ledger?{urlencode({'q': country_name(code)})}"),
    )
    sure = _sure(opened, code, found, "state_share")
    words = f"{phrase('web.networks.third')} {sure}".rstrip()
    chart = f"/states/{code}/charts/dependents"
    parts = (
        nations_part(phrase("web.networks.dependents"), found, address, chart, words, own=code),
        _largest(opened, code, address),
    )
    return show(
        request,
        world,
        name=phrase("web.networks.state_name"),
        title=_finding(who, found, "_state"),
        parts=parts,
        actions=actions,
    )


async def chart(request: Request) -> Response:
    """Send the map of the nations whose routes a network or a state is on."""
    site = site_of(request)
    world = site.served(request).name
    if asn := request.path_params.get("asn"):
        with named():
            number = as_number(asn)
        carrier, page, own = str(number), f"/networks/{number}", None
        title = phrase("web.networks.dependents_of", network=f"AS{number}")
    else:
        carrier = own = nation(request.path_params["country"])
        page = f"/states/{carrier}"
        title = phrase("web.networks.dependents_of_state", nation=nation_called(carrier))
    found = await _dependents(request, world, carrier)
    drawn = nations_drawn(title, found, own)
    return await send_chart(request, f"dependents-{carrier}", drawn, f"{page}?world={quote(world)}")


async def _dependents(request: Request, world: str, carrier: str) -> pl.DataFrame:
    """Find who depends on a network or a state.

    Raises
    ------
    NotHereError
        If the world has none such.
    """
    site = site_of(request)
    opened = site.worlds.open(world)
    key = ("reverse", world, site.worlds.stamp(world), carrier)
    with named():
        found: pl.DataFrame = await site.compute(
            request, key, lambda _: reverse(opened, carrier), kind=pl.DataFrame
        )
    return found


def _sure(world: World, carrier: str, found: pl.DataFrame, figure: str) -> str:
    """Say where shares come from, how far they are off, and, where none was told, of doubts.

    Of none there is nothing to say.
    """
    if found.is_empty():
        return ""
    if is_shipped(found):
        return levels_line(world, changes=False)
    said = computed_error(world, figure), unsought_doubts(world, carrier)
    return " ".join(each for each in said if each)


def _finding(who: str, found: pl.DataFrame, of: str = "") -> str:
    """Say how many nations depend much on it, and which most; ``of`` a state in its own words."""
    if found.is_empty():
        return phrase("web.networks.no_routes", who=who)
    most = found.row(0, named=True)
    much = found.filter(pl.col("share") >= _MUCH).height
    share = ranged(most["share"], most.get("share_low"), most.get("share_high"))
    told = {"who": who, "nation": nation_called(most["country"]), "share": share}
    if not much:
        return phrase(f"web.networks.less{of}", **told)
    return phrase(f"web.networks.more{of}", nations=count(much, "nation"), **told)


def _ties(world: World, asn: int, address: Address) -> Iterator[Part]:
    """List a network's providers, customers and peers."""
    for (kind, own), whom in _TIES.items():
        links = world.links.filter(pl.col("kind") == kind)
        other = "b" if own == "a" else "a"
        near = links.filter(pl.col(own) == asn)[other]
        if kind == "p2p":
            near = pl.concat([near, links.filter(pl.col("b") == asn)["a"]])
        if len(near):
            yield _listed(world, phrase(f"web.networks.{whom}"), near, address)


def _said(ledger: Ledger, asn: int, address: Address) -> Iterator[Part]:
    """List the actors of the ledger that run a network, and what else is said of it."""
    own = ledger.actors.filter(pl.col("asn") == asn)["id"]
    ties = tabulate(ledger).filter(
        pl.col("id").is_in(
            ledger.statements.filter(
                pl.col("subject").is_in(own.implode()) | pl.col("object").is_in(own.implode())
            )["id"].implode()
        )
    )
    ids = dict(ledger.actors.select("name", "id").iter_rows())
    rows = tuple(
        (
            Link(row["subject"], address(f"actor:{ids[row['subject']]}")),
            Link(row["predicate"].replace("_", " ")),
            Link(row["summary"], f"/ledger?{urlencode({'id': row['id']})}"),
        )
        for row in ties.head(_LISTED).iter_rows(named=True)
    )
    if rows:
        yield Part(
            phrase("web.networks.ledger"),
            columns=titles("actor", "tie", "what_is_said"),
            rows=rows,
        )


def _largest(world: World, code: str, address: Address) -> Part:
    own = world.networks.filter(pl.col("country") == code)["asn"]
    return _listed(world, phrase("web.networks.largest"), own, address)


def _listed(world: World, heading: str, asns: pl.Series, address: Address) -> Part:
    """List networks, those with most neighbours first."""
    ends = pl.concat([world.links["a"], world.links["b"]])
    degree = ends.value_counts().rename({ends.name: "asn", "count": "degree"})
    named = (
        world.networks.filter(pl.col("asn").is_in(asns.implode()))
        .with_columns(shown_name())
        .join(degree, on="asn", how="left")
        .with_columns(pl.col("degree").fill_null(0))
        .sort("degree", "asn", descending=[True, False])
    )
    rows = tuple(
        (
            Link(_title(row), address(f"network:{row['asn']}")),
            Link(f"{row['degree']:,}", number=row["degree"]),
        )
        for row in named.head(_LISTED).iter_rows(named=True)
    )
    more = len(asns) - len(rows)
    words = (
        phrase("web.networks.most_neighbours", networks=count(len(asns), "network"))
        if more > 0
        else ""
    )
    return Part(
        heading,
        words,
        columns=titles("network", "neighbours"),
        rows=rows,
    )


def _title(row: dict[str, object]) -> str:
    where = None if row["country"] is None else country_called(str(row["country"]))
    name = None if row["name"] is None else str(row["name"])
    return network_title(int(str(row["asn"])), name, where, members=int(str(row["members"])))
