"""At a glance: five figures with their rank."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from splinternet.base.shares import rounded
from splinternet.brief.chapters.teller import Teller
from splinternet.brief.document import Block, Card, Cards, Chapter, Paragraph
from splinternet.brief.facts.asked import FIGURES
from splinternet.brief.facts.glance import Headline
from splinternet.brief.words import capital
from splinternet.figures.ranges import COUNTED

__all__ = ["glance"]

#: The note and the command of each figure.
_KNOWN = {
    "foreign_dependence": ("dependence", "depend {code}"),
    "state_share": ("states", "measure states {code}"),
    "control_points": ("control", "measure control {code}"),
    "reliability": ("reliability", "measure reliability {code}"),
    "continuity": ("continuity", "measure continuity {code}"),
}


def glance(tell: Teller) -> Chapter:
    """Tell the five figures."""
    cards = Cards(tuple(_card(tell, each) for each in tell.brief.headlines))
    read = Paragraph(tell("glance.how_to_read", **tell.counted), small=True)
    return Chapter("glance", tell("glance.title"), (cards, read, *_ranks(tell)))


def _card(tell: Teller, headline: Headline) -> Card:
    key = f"glance.{headline.figure}"
    measure, words = _KNOWN[headline.figure]
    notes = (tell.note(measure, words.format(code=tell.brief.country)),)
    value, label = headline.value, tell(f"{key}.label")
    if value is None:
        return Card(tell("glance.none"), tell(f"{key}.unknown"), _why(tell, headline), "", notes)
    if headline.figure == COUNTED:
        shown = f"{value:,.0f}"
        label = tell(f"{key}.label_one") if value == 1 else label
    else:
        shown = rounded(value)
    about = tell(
        f"{key}.{_about(headline.figure, value)}",
        of=_of(tell, headline.of),
        unavoidable=rounded(headline.unavoidable or 0.0),
        weights=tell(f"weights.{tell.brief.asked.weights}"),
    )
    said = " ".join(word for word in (about, _range(tell, headline.figure, value)) if word)
    return Card(shown, label, said, _rank(tell, headline), notes)


def _range(tell: Teller, figure: str, value: float) -> str:
    """Say how far a figure reaches by other rules; nothing where that is not known."""
    ends = tell.brief.sureness.ends({figure: value})
    if f"{figure}_low" not in ends:
        return ""
    low, high = (
        f"{end:,.0f}" if figure == COUNTED else rounded(end)
        for end in (ends[f"{figure}_low"], ends[f"{figure}_high"])
    )
    return tell(f"glance.{'same' if low == high else 'range'}", low=low, high=high)


def _about(figure: str, value: float) -> str:
    """Choose what is said about a figure."""
    if figure == "reliability" and value == 0:
        return "zero"
    return "about_one" if figure == "control_points" and value == 1 else "about"


def _why(tell: Teller, headline: Headline) -> str:
    """Say why there is no figure."""
    if headline.missing:
        return f"{capital(headline.missing)}."
    one = headline.figure == "reliability" and tell.brief.knowledge.networks == 1
    return tell(f"glance.{headline.figure}.{'one' if one else 'none'}")


def _of(tell: Teller, of: int | str | None) -> str:
    if isinstance(of, int):
        return tell.network(of)
    return tell.the_nation(of) if of else ""


def _rank(tell: Teller, headline: Headline) -> str:
    rank = headline.rank
    if rank is None:
        return ""
    first = tell(f"glance.{headline.figure}.first")
    key = {0: "rank", 1: "rank_shared_one"}.get(rank.alike, "rank_shared")
    return tell(f"glance.{key}", place=rank.place, of=rank.of, alike=rank.alike, first=first)


def _ranks(tell: Teller) -> Iterator[Block]:
    brief = tell.brief
    if brief.asked.figures is None:
        yield Paragraph(tell("glance.computed"), small=True)
    if brief.atlas is None:
        file = f"atlas-{Path(brief.asked.called).name}.parquet"
        yield Paragraph(
            tell(
                "glance.no_atlas",
                atlas=brief.asked.command(f"atlas -o {file}", FIGURES),
                brief=brief.asked.command(f"brief {brief.country} --atlas {file}"),
            ),
            small=True,
        )
        return
    note = tell.note("atlas", "atlas")
    yield Paragraph(tell("glance.read_ranks"), (note,), small=True)
