"""Chapter on carriers: networks and states, in and out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from splinternet.base.choices import Direction
from splinternet.base.shares import rounded
from splinternet.brief.chapters.teller import Teller
from splinternet.brief.document import (
    Block,
    Chapter,
    Column,
    Paragraph,
    Points,
    Subheading,
    Table,
)
from splinternet.brief.facts.asked import Missing
from splinternet.brief.facts.carriers import NAMED, Carried, Carrier, State
from splinternet.brief.ranged import about_computed, between, of_shipped
from splinternet.brief.words import count
from splinternet.figures.shipped import LEAST
from splinternet.measures.concentration import Concentration

__all__ = [
    "about_ranges",
    "carriers",
    "doubted",
    "group_name",
    "incoming",
    "is_shipped",
    "lede",
    "range_of",
]


def carriers(tell: Teller) -> Chapter:
    """Tell who carries a nation's traffic abroad."""
    found = tell.brief.carried
    blocks = (
        (Paragraph(tell.missing(found)),)
        if isinstance(found, Missing)
        else (
            *_networks(tell, found),
            *_states(tell, found),
            *_grouped(tell, found),
            *_concentration(tell, found),
        )
    )
    return Chapter("carriers", tell("carriers.title"), blocks)


def lede(tell: Teller) -> Iterator[str]:
    """Say the most important in sentences."""
    found = tell.brief.carried
    if isinstance(found, Missing):
        return
    if not found.foreign and not found.domestic:
        yield tell("lede.nobody")
        return
    foreign, domestic = (
        [each for each in named if each.doubt is None] for named in (found.foreign, found.domestic)
    )
    abroad = [(tell.carrier(c), c.inbound, c.outbound) for c in foreign]
    home = [(tell.carrier(c, country=False), c.inbound, c.outbound) for c in domestic]
    states = [
        (tell("lede.networks_of", state=tell.the_nation(s.country)), s.inbound, s.outbound)
        for s in found.states
        if s.country
    ]
    yield (
        tell("lede.foreign", leaders=_leaders(tell, abroad, "carries"))
        if abroad
        else tell("lede.no_foreign")
    )
    if home:
        yield tell("lede.domestic", leaders=_leaders(tell, home, "carries"))
    if states:
        yield tell("lede.states", leaders=_leaders(tell, states, "carry"))


def _leaders(tell: Teller, named: list[tuple[str, float, float]], carry: str) -> str:
    """Say who carries the largest share of what comes in, and who of what goes out."""
    into = max(named, key=lambda each: each[1])
    out = max(named, key=lambda each: each[2])
    key = "lede.one_leads" if into == out else "lede.two_lead"
    return tell(
        key,
        who=into[0],
        into=into[0],
        out=out[0],
        carry=tell(f"lede.{carry}"),
        inbound=rounded(into[1]),
        outbound=rounded(out[2]),
    )


def _networks(tell: Teller, found: Carried) -> Iterator[Block]:
    code = tell.brief.country
    notes = (
        tell.note("dependence", f"depend {code}"),
        tell.note("dependence_out", f"depend {code} --direction outbound"),
    )
    yield Subheading(tell("carriers.networks"))
    yield Paragraph(tell("carriers.how_to_read", **tell.counted))
    yield Paragraph(tell("carriers.order", named=NAMED), small=True)
    if found.foreign:
        rows = [(tell.carrier(each), each) for each in found.foreign]
        yield _shares(tell, "abroad", rows, notes)
    else:
        yield Paragraph(tell("carriers.nobody_abroad"))
    if found.domestic:
        rows = [(tell.carrier(each, country=False), each) for each in found.domestic]
        yield _shares(tell, "home", rows, notes)
    else:
        yield Paragraph(tell("carriers.nobody_home"))
    yield from about_ranges(tell, (*found.foreign, *found.domestic))
    if said := tuple(doubted(tell, (*found.foreign, *found.domestic))):
        yield Points(said)


def doubted(tell: Teller, named: Iterable[Carrier]) -> Iterator[str]:
    """Say of which carriers the shares are in doubt, and why."""
    for each in named:
        if each.doubt is not None:
            yield tell("carriers.doubted", carrier=tell.carrier(each), doubt=each.doubt)


def range_of(tell: Teller, each: Carrier | State) -> tuple[float | None, float | None]:
    """Range of the share of the routes in that a carrier is on, if it is known by now."""
    of = each.asn if isinstance(each, Carrier) else each.country
    return tell.brief.sureness.of(of, each.inbound) or (None, None)


def _between(tell: Teller, each: Carrier | State) -> str:
    return between(*range_of(tell, each)) or tell("carriers.range_unknown")


def about_ranges(tell: Teller, named: Iterable[Carrier | State]) -> Iterator[Paragraph]:
    """Say what the ranges are, where there are any."""
    if all(range_of(tell, each) == (None, None) for each in named):
        return
    brief, sure = tell.brief, tell.brief.sureness
    said = about_computed(brief.manifest, sure.draws)
    if brief.asked.full is not None and brief.manifest.is_digest and sure.draws is None:
        said = of_shipped()
    yield Paragraph(said, small=True)


def _shares(
    tell: Teller, caption: str, rows: Iterable[tuple[str, Carrier]], notes: tuple[int, ...]
) -> Table:
    return Table(
        tell(f"carriers.{caption}"),
        (
            Column(tell("carriers.network")),
            Column(tell("carriers.inbound"), number=True),
            Column(tell("carriers.range"), number=True),
            Column(tell("carriers.outbound"), number=True),
        ),
        tuple(
            (name, rounded(each.inbound), _between(tell, each), rounded(each.outbound))
            for name, each in rows
        ),
        notes,
    )


def _states(tell: Teller, found: Carried) -> Iterator[Block]:
    code = tell.brief.country
    yield Subheading(tell("carriers.states"))
    if not found.states:
        yield Paragraph(tell("carriers.no_states"))
        return
    notes = (
        tell.note("states", f"measure states {code}"),
        tell.note("states_out", f"depend {code} --by state --direction outbound"),
    )
    yield Table(
        tell("carriers.by_state"),
        (
            Column(tell("carriers.state")),
            Column(tell("carriers.inbound"), number=True),
            Column(tell("carriers.range"), number=True),
            Column(tell("carriers.counted"), number=True),
            Column(tell("carriers.unavoidable"), number=True),
            Column(tell("carriers.outbound"), number=True),
        ),
        tuple(
            (
                tell.country(each.country),
                incoming(tell, each),
                _between(tell, each) if is_shipped(tell, each) else "",
                "" if each.counted is None else rounded(each.counted),
                rounded(each.unavoidable) if is_shipped(tell, each) else incoming(tell, each),
                rounded(each.outbound),
            )
            for each in found.states
        ),
        notes,
    )
    about = f"{tell('carriers.third_parties')} {tell('carriers.unavoidable_about')}"
    yield Paragraph(about, small=True)
    yield from about_ranges(tell, found.states)
    doubts = ((tell.country(each.country), each.doubt) for each in found.states if each.doubt)
    if said := tuple(tell("carriers.doubted_state", state=s, doubt=why) for s, why in doubts):
        yield Points(said)


def is_shipped(tell: Teller, state: State) -> bool:
    """Whether the incoming share of a state is known: those shipped of full worlds are 1% or more.

    The share of outgoing routes is the digest's, and may be of states with less of the others.
    """
    return state.counted is not None or tell.brief.asked.shipped("states") is None


def incoming(tell: Teller, state: State) -> str:
    """Write the incoming share of a state, or that it is less than any that is shipped."""
    if is_shipped(tell, state):
        return rounded(state.inbound)
    return tell("carriers.less_than", share=rounded(LEAST))


def _grouped(tell: Teller, found: Carried) -> Iterator[Block]:
    """Tell the organisations, or the states that own networks, where they were asked for."""
    by, code = tell.brief.asked.counting.by, tell.brief.country
    if found.grouped is None:
        return
    yield Subheading(tell(f"carriers.{by}s"))
    if not found.grouped.height:
        yield Paragraph(tell(f"carriers.no_{by}s"))
        return
    notes = (
        tell.note("grouped", f"depend {code} --by {by}"),
        tell.note("grouped_out", f"depend {code} --by {by} --direction outbound"),
    )
    columns = (
        Column(tell(f"carriers.{by}")),
        Column(tell("carriers.inbound"), number=True),
        Column(tell("carriers.outbound"), number=True),
    )
    rows = tuple(
        (group_name(tell, group), rounded(into), rounded(out))
        for group, into, out in found.grouped.head(NAMED).iter_rows()
    )
    yield Table(tell(f"carriers.by_{by}"), columns, rows, notes)


def group_name(tell: Teller, group: str) -> str:
    """Name an organisation, or a state that owns networks."""
    return group if tell.brief.asked.counting.by == "organisation" else tell.country(group)


def _concentration(tell: Teller, found: Carried) -> Iterator[Block]:
    said = [_concentrated(tell, way, each) for way, each in found.concentration.items()]
    if tell.brief.manifest.is_digest:
        said.append(tell("carriers.concentration_digest"))
    note = tell.note("concentration", f"depend {tell.brief.country}")
    yield Subheading(tell("carriers.concentration"))
    yield Points(tuple(said), (note,))


def _concentrated(tell: Teller, way: Direction, found: Concentration | None) -> str:
    name = tell(f"carriers.way_{way}")
    if found is None:
        return tell("carriers.not_concentrated", way=name)
    one = "_one" if found.providers == 1 else ""
    digest = "_digest" if tell.brief.manifest.is_digest else ""
    return tell(
        f"carriers.concentrated{one}{digest}",
        way=name,
        level=tell(f"carriers.{found.level}"),
        count=count(found.providers, "foreign_network"),
        effective=found.effective,
        hhi=found.hhi,
    )
