"""Networks and states that could watch a nation's traffic, or cut it."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from splinternet.base.countries import country_code
from splinternet.base.shares import rounded
from splinternet.brief.chapters.teller import Teller
from splinternet.brief.document import Block, Chapter, Column, Paragraph, Subheading, Table
from splinternet.brief.facts.asked import Missing
from splinternet.brief.words import count
from splinternet.figures.observed import main_observer

__all__ = ["watch"]

#: How many points of control a table names.
_NAMED = 8

#: How many states that domestic traffic passes are named.
_STATES = 3


def watch(tell: Teller) -> Chapter:
    """Tell who could watch the traffic, and what it takes to cut it."""
    return Chapter(
        "watch",
        tell("watch.title"),
        (
            Paragraph(tell("watch.intro")),
            *_asked(tell),
            *_exposure(tell),
            *_detours(tell),
            Subheading(tell("watch.control")),
            *_control(tell),
            *_crp(tell),
            Subheading(tell("watch.cut")),
            *_cut(tell),
        ),
    )


def _asked(tell: Teller) -> Iterator[Block]:
    """Tell what the observers that were asked for could see."""
    found = tell.brief.watch.asked
    if found is None:
        return
    if isinstance(found, Missing):
        yield Paragraph(tell.missing(found))
        return
    columns = (
        Column(tell("watch.routes")),
        Column(tell("watch.third"), number=True),
        Column(tell("watch.ending"), number=True),
        Column(tell("watch.exposed"), number=True),
    )
    rows = tuple(
        (
            tell(f"watch.{row['direction']}"),
            "" if row["third"] is None else rounded(row["third"]),
            rounded(row["ending"]),
            rounded(row["exposed"]),
        )
        for row in found.iter_rows(named=True)
    )
    caption = tell("watch.asked", who=observers_named(tell))
    yield Table(caption, columns, rows, (asked_note(tell),))


def observers_named(tell: Teller) -> str:
    """Name the observers that were asked for, as within a sentence."""
    every = tell.brief.asked.counting.observers or ()
    named = (
        tell.network(each, country=False)
        if isinstance(each, int)
        else tell("lede.networks_of", state=tell.the_nation(country_code(each)))
        for each in every
    )
    return tell.texts("watch.and").join(named)


def asked_note(tell: Teller) -> int:
    """Number the note on what the observers that were asked for could see."""
    every = tell.brief.asked.counting.observers or ()
    flags = "".join(
        f" --observer {f'AS{each}' if isinstance(each, int) else country_code(each)}"
        for each in every
    )
    words = f"measure exposure {tell.brief.country}{flags}"
    return tell.note("exposure", words, observer=observers_named(tell))


def _exposure(tell: Teller) -> Iterator[Block]:
    found = tell.brief.watch.exposure
    if isinstance(found, Missing):
        yield Paragraph(tell.missing(found))
        return
    if not found:
        yield Paragraph(tell("watch.no_observer"))
        return
    ways = tuple(found[0]["direction"])
    notes, rows = [], []
    for seen in found:
        state = seen["observer"][0]
        notes.append(_exposure_note(tell, state))
        rows.append((tell.country(state), *(_seen(tell, each) for each in seen.to_dicts())))
    columns = (
        Column(tell("watch.state")),
        *(Column(tell(f"watch.{way}"), number=True) for way in ways),
    )
    yield Paragraph(tell("watch.exposure"))
    yield Table(tell("watch.exposure_table"), columns, tuple(rows), tuple(notes))
    if len(found) > 1:
        yield Paragraph(tell("watch.exposure_overlap"), small=True)
    yield from _levels(tell)


def _all_of(tell: Teller, state: str) -> str:
    return tell("watch.levels_all", state=tell.the_nation(state))


def _levels(tell: Teller) -> Iterator[Block]:
    """Say of which world incoming and outgoing shares are, where these are two."""
    figures = tell.brief.asked.full
    if figures is None or not tell.brief.manifest.is_digest:
        return
    state = main_observer(figures, tell.brief.country)
    if state is not None:
        yield Paragraph(_all_of(tell, state))


def _seen(tell: Teller, seen: dict[str, float]) -> str:
    """Say what a state could observe on the way, and what at an end."""
    if not seen["ending"]:
        return rounded(seen["third"])
    return tell("watch.seen", way=rounded(seen["third"]), end=rounded(seen["ending"]))


def _exposure_note(tell: Teller, state: str) -> int:
    """Number the note on what a state could observe."""
    command = f"measure exposure {tell.brief.country} --observer {state}"
    observer = tell("lede.networks_of", state=tell.the_nation(state))
    return tell.note("exposure", command, observer=observer)


def _detours(tell: Teller) -> Iterator[Block]:
    found = tell.brief.watch.detours
    note = tell.note("detours", f"measure detours {tell.brief.country}")
    if isinstance(found, Missing):
        yield Paragraph(tell.missing(found), (note,))
        return
    known, most = found.head(2)["share"]
    said = [tell("watch.detours", known=rounded(known))]
    if rounded(most) != rounded(known):
        said.append(tell("watch.detours_most", most=rounded(most)))
    states = found.filter(pl.col("country").is_not_null(), through="state").head(_STATES)
    if states.height:
        named = ", ".join(
            tell("watch.detour", state=tell.the_nation(state), share=rounded(share))
            for state, share in states.select("country", "share").iter_rows()
        )
        said.append(tell("watch.detours_states", states=named))
    yield Paragraph(" ".join(said), (note,))


def _control(tell: Teller) -> Iterator[Block]:
    found = tell.brief.watch.control
    note = tell.note("control", f"measure control {tell.brief.country}")
    if isinstance(found, Missing):
        yield Paragraph(tell.missing(found), (note,))
        return
    if not found.height:
        yield Paragraph(tell("glance.control_points.none"), (note,))
        return
    many = int(found["networks"].sum())
    yield from _full(tell, many)
    if many == 1:
        yield Paragraph(tell("watch.control_one"), (note,))
    else:
        yield Paragraph(tell("watch.control_about", count=count(many, "network")), (note,))
    shown = found.head(_NAMED)
    rows = [
        (tell.network(row["asn"], country=False), rounded(row["share"]))
        for row in shown.iter_rows(named=True)
    ]
    if rest := many - int(shown["networks"].sum()):
        rows.append((tell("watch.more", count=f"{rest:,}"), rounded(found["share"][-1])))
    columns = Column(tell("watch.network")), Column(tell("watch.together"), number=True)
    yield Table(tell("watch.control_table"), columns, tuple(rows), (note,))
    for told in tell.group_numbers(shown["asn"]):
        yield Paragraph(told, small=True)
    yield from _differs(tell, found, note)


def _full(tell: Teller, here: int) -> Iterator[Block]:
    """Say how many the full world needs, whose figure the first screen has."""
    figures = tell.brief.asked.figures
    row = None if figures is None else figures.row(tell.brief.country)
    full = None if row is None else row.get("control_points")
    if full and full != here:
        key = "after" if tell.brief.manifest.after else "full"
        needed = count(int(full), "network")
        yield Paragraph(tell(f"watch.control_{key}", full=needed, here=f"{here:,}"))


def _differs(tell: Teller, found: pl.DataFrame, note: int) -> Iterator[Block]:
    """Say why the first point of control has another share among those that carry traffic."""
    first, carried = found.row(0, named=True), tell.brief.carried
    named = () if isinstance(carried, Missing) else carried.domestic
    for carrier in named:
        seen, passed = rounded(first["share"]), rounded(carrier.inbound)
        if carrier.asn == first["asn"] and first["networks"] == 1 and seen != passed:
            name = tell.network(carrier.asn, country=False)
            told = tell("watch.control_differs", name=name, seen=seen, passed=passed)
            passing = tell.note("dependence", f"depend {tell.brief.country}")
            yield Paragraph(told, tuple(sorted((note, passing))), small=True)


def _crp(tell: Teller) -> Iterator[Block]:
    found = tell.brief.watch.crp
    note = tell.note("crp", f"measure crp {tell.brief.country}")
    if isinstance(found, Missing):
        yield Paragraph(tell.missing(found), (note,))
    elif not found.height:
        yield Paragraph(tell("watch.crp_none"), (note,))
    elif not found["share"][0]:
        yield Paragraph(tell("watch.crp_all"), (note,))
    else:
        parts = [_past(tell, *each) for each in _exits(found, tell.brief.knowledge.networks)]
        yield Paragraph(tell("watch.crp", parts=", ".join(parts)), (note,))


def _past(tell: Teller, censors: int, share: float) -> str:
    """Say what gets past so many exits."""
    if censors == 1:
        return tell("watch.crp_one", share=rounded(share))
    return tell(
        "watch.crp_many" if share else "watch.crp_no", share=rounded(share), censors=censors
    )


def _exits(found: pl.DataFrame, networks: int) -> Iterator[tuple[int, float]]:
    """Yield what gets past so many exits, as long as there can be so many and anything does."""
    for censors, share in found.iter_rows():
        if censors <= max(networks, 1):
            yield censors, share
        if not share:
            return


def _cut(tell: Teller) -> Iterator[Block]:
    found = tell.brief.watch.cut
    note = tell.note("cut", f"measure cut {tell.brief.country}")
    if isinstance(found, Missing):
        yield Paragraph(tell.missing(found), (note,))
        return
    if not found.height:
        yield Paragraph(tell("watch.cut_none"), (note,))
        return
    sizes = {row["kind"]: row for row in found.iter_rows(named=True)}
    networks, links = sizes["network"], sizes["link"]
    weights = {"addresses": "addresses", "networks": "networks", "users": "users"}
    said = tell(
        "watch.cut_about",
        weights=weights[tell.brief.asked.weights],
        networks=count(networks["size"], "network"),
        links=count(links["size"], "link"),
    )
    exact = all(each["size"] == each["lower_bound"] for each in (networks, links))
    bound = tell(
        "watch.cut_exact" if exact else "watch.cut_bound",
        networks=count(networks["lower_bound"], "network"),
        links=count(links["lower_bound"], "link"),
    )
    yield Paragraph(f"{said} {bound}", (note,))
