"""Method, uncertainty, what the world does not know, and how to make it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from splinternet.base.shares import rounded
from splinternet.brief.chapters.carriers import incoming
from splinternet.brief.chapters.teller import Teller
from splinternet.brief.document import (
    Block,
    Chapter,
    Code,
    Column,
    Listing,
    Notes,
    Paragraph,
    Points,
    Subheading,
    Table,
)
from splinternet.brief.facts.asked import FIGURES, Missing, compared_by
from splinternet.brief.facts.carriers import Carried
from splinternet.brief.facts.sureness import SHARES
from splinternet.brief.facts.what_ifs import with_counted
from splinternet.brief.words import count, digest_line, fit_line
from splinternet.figures.shipped import levels_line

__all__ = ["method"]

#: Replicates of the command that gives intervals.
_REPLICATES = 20


def method(tell: Teller) -> Chapter:
    """Tell how it was computed, and what is not known; told last, for it lists all notes."""
    return Chapter("method", tell("method.title"), tuple(_blocks(tell)))


def _blocks(tell: Teller) -> Iterator[Block]:
    asked, code = tell.brief.asked, tell.brief.country
    if tell.brief.knowledge.networks:
        yield from _how(tell)
    yield Subheading(tell("method.known"))
    yield Points(tuple(_known(tell)))
    yield Subheading(tell("method.limits"))
    yield Points((tell("method.limit_country"), *(_limits(tell))))
    if tell.notes:
        yield Subheading(tell("method.notes"))
        yield Notes(tuple(tell.notes))
    yield Subheading(tell("method.again"))
    # A nation without networks has none to weigh.
    only = () if tell.brief.knowledge.networks else tuple(vars(asked.routing))
    again = asked.command(f"brief {code} -o brief.html", only=only)
    yield Listing(((again, tell("method.all")),))
    every = with_counted(tell.brief.what_ifs)
    tried = [each for each in every if each.toml and tell.brief.knowledge.networks]
    if tried:
        yield Paragraph(tell("method.files"))
    for each in tried:
        command = asked.command(f"what-if {each.file} --country {code}", FIGURES)
        yield Code(each.file, each.toml or "", command)


def _how(tell: Teller) -> Iterator[Block]:
    asked, code = tell.brief.asked, tell.brief.country
    yield Subheading(tell("method.how"))
    rules = {
        "prefer": tell(f"method.prefer_{asked.routing.prefer}"),
        "tie_break": tell(f"method.tie_break_{asked.routing.tie_break}"),
    }
    words = f"measure dependence {code} --bootstrap {_REPLICATES}"
    uncertainty = tell(
        "method.uncertainty", command=asked.command(words, FIGURES), replicates=_REPLICATES
    )
    chosen = (tell("method.chosen", choices=asked.chosen),) if asked.chosen else ()
    yield Points(
        (*chosen, tell("method.routes", **rules), tell("method.concentration"), uncertainty)
    )
    yield from _rules(tell)
    yield Subheading(tell("method.words"))
    yield Points(tell.texts.many("method.word"))


def _rules(tell: Teller) -> Iterator[Block]:
    """Tell the headlines by every preference and weighting."""
    asked, sure = tell.brief.asked, tell.brief.sureness
    if not sure.rules:
        return
    yield Subheading(tell("method.rules"))
    yield Paragraph(
        tell("method.intervals_drawn", draws=sure.draws) if sure.draws else tell("method.intervals")
    )
    if asked.full is not None and asked.world.manifest.is_digest:
        yield Paragraph(tell("method.rules_on_levels"), small=True)
    columns = ("preference", "weights", "network", "state")
    rows = tuple(
        (each.prefer, each.weights, *(_led(tell, each.figures, *shown) for shown in SHARES.items()))
        for each in sure.rules
    )
    labels = tuple(Column(tell(f"method.{name}")) for name in columns)
    yield Table(tell("method.rules_table"), labels, rows)


def _led(tell: Teller, figures: Mapping[str, Any], figure: str, about: str) -> str:
    """Say what leads, and its share."""
    if figure not in figures:
        return tell("method.not_computed")
    share, of = figures[figure], figures.get(about)
    if share is None or of is None:
        return tell("front.none")
    return f"{tell.country(of) if isinstance(of, str) else tell.network(of)}: {rounded(share)}"


def _limits(tell: Teller) -> tuple[str, ...]:
    """Say what limits figures, where there are any."""
    if tell.brief.knowledge.networks or tell.brief.was_followed:
        return tell.texts.many("method.limit")
    return ()


def _known(tell: Teller) -> Iterator[str]:
    knows, manifest = tell.brief.knowledge, tell.brief.manifest
    yield tell.world
    if not knows.networks:
        yield tell(
            "method.known_countries",
            countries=rounded(knows.with_country),
            networks=count(knows.world_networks, "network"),
        )
        return
    yield tell(
        "method.known_digest" if manifest.is_digest else "method.known_full",
        countries=rounded(knows.with_country),
        addresses=rounded(knows.world_with_addresses),
        networks=count(knows.world_networks, "network"),
        parts=count(knows.world_parts, "part"),
    )
    yield _own(tell)
    yield from tell.group_numbers(tell.brief.asked.world.networks["asn"])
    if manifest.is_digest:
        yield digest_line(manifest)
    asked = tell.brief.asked
    if asked.figures is None and not manifest.after:
        yield levels_line(asked.world, compared_by(asked.routing, asked.counting))
    if fit := fit_line(manifest, asked.routing.prefer):
        yield fit
    if not isinstance(tell.brief.carried, Missing):
        yield from _doubts(tell, tell.brief.carried)


def _own(tell: Teller) -> str:
    """Say how much is known of the nation."""
    knows = tell.brief.knowledge
    return tell(
        "method.own_parts" if knows.parts < knows.networks else "method.own",
        networks=count(knows.networks, "network"),
        parts=count(knows.parts, "part"),
        with_addresses=f"{knows.with_addresses:,}",
        addresses=count(knows.addresses, "ipv4_address"),
    )


def _doubts(tell: Teller, found: Carried) -> Iterator[str]:
    if found.unknown:
        yield tell(
            "method.unknown",
            inbound=incoming(tell, found.unknown),
            outbound=rounded(found.unknown.outbound),
        )
    if found.unknown_carriers:
        named = (
            tell(
                "method.unknown_carrier",
                who=tell.carrier(each, country=False),
                inbound=rounded(each.inbound),
                outbound=rounded(each.outbound),
            )
            for each in found.unknown_carriers
        )
        yield tell("method.unknown_carriers", carriers="; ".join(named))
    if found.one_way:
        names = ", ".join(tell.carrier(each, country=False) for each in found.one_way)
        yield tell("method.one_way", names=names)
