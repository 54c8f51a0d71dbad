"""The first screen in words: the finding, and three figures with their place among all nations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from splinternet.base.shares import rounded, rounded_number
from splinternet.base.texts import Texts, phrase
from splinternet.brief.changed import loses
from splinternet.brief.document import FrontCard, Opening
from splinternet.brief.facts.front import Front, Placed
from splinternet.brief.finding import Finding
from splinternet.brief.ranged import ranged
from splinternet.brief.words import capital, count, day, month
from splinternet.figures.ranges import COUNTED

__all__ = ["Asked", "opening"]

#: Findings told below the title.
_MORE = 2

#: Numbers that are written in words.
_FEW = ("no", "one", "two", "three")

#: A share that is so near the median is about as that of most nations.
_ALIKE = 0.03

#: A share that is at most so much of the median is little.
_LITTLE = 0.75

#: Above no more than so much of all nations, and below so much, a figure is in the middle.
_HALF, _QUARTER = 0.55, 0.25

#: Findings whose title has the share of the state with most too.
_WITH_STATE = ("least", "ordinary")


@dataclass(frozen=True)
class Asked:
    """World that a first screen is about.

    Attributes
    ----------
    world
        The world in a few words, and what was asked that is not usual.
    date
        Its date, as ``2019-12-01``.
    outside
        What each network abroad counts, a choice of ``Counting``.
    """

    world: str
    date: str
    outside: str = "networks"


@dataclass(frozen=True)
class _Words:
    """Facts, texts and names that the sentences of a first screen are made with."""

    front: Front
    texts: Texts
    network: Callable[[int], str]

    def __call__(self, key: str, **values: object) -> str:
        return self.texts(key, **self._nation, **values)

    def maybe(self, key: str, **values: object) -> str | None:
        return self.texts.maybe(key, **self._nation, **values)

    @property
    def _nation(self) -> dict[str, object]:
        nation = self.texts.the_nation(self.front.country)
        return {"nation": nation, "Nation": capital(nation)}

    def of(self, of: int | str | None) -> str:
        if of is None:
            return self("finding.unnamed")
        return self.texts.the_nation(of) if isinstance(of, str) else self.network(of)


def opening(front: Front, texts: Texts, network: Callable[[int], str], asked: Asked) -> Opening:
    """Put the first screen into words.

    Parameters
    ----------
    front
        What it says.
    texts
        The texts of a language.
    network
        Names a network by its number.
    asked
        The world, and what was asked.
    """
    words = _Words(front, texts, network)
    first = front.findings[0]
    return Opening(
        name=texts.country(front.country),
        title=_title(words, first),
        more=tuple(_more(words, front.findings)),
        when=words("front.when", name=texts.country(front.country), month=month(asked.date)),
        about=words(
            "front.about", date=day(asked.date), outside=texts(f"counting.outside.{asked.outside}")
        ),
        range=words("front.range", world=asked.world.rstrip(".")),
        world=asked.world.rstrip("."),
        dots=" ".join(_dots(words)),
        cards=tuple(_card(words, each) for each in front.figures),
    )


def _dots(words: _Words) -> Iterator[str]:
    """Say how to read the strips, and the scale of one with numbers of networks."""
    yield words("front.dots")
    if any(each.figure == COUNTED and each.value is not None for each in words.front.figures):
        yield words("front.doubling")


def _title(words: _Words, found: Finding) -> str:
    """Say the finding; of who depends least also what stands out all the same.

    Gates are at home, so the state abroad that stands out is told with them.
    """
    if found.key == "lost":
        nation = words.texts.the_nation(words.front.country)
        return words("finding.lost", said=loses(nation, found.value or 0))
    said = _sentence(words, found)
    front = words.front
    if found.key == "gates" and (abroad := _standing(front)):
        told = ranged(abroad.value or 0, abroad.own_low, abroad.own_high)
        return said + _with_state(words, "", abroad.of, told)
    if found.key in _WITH_STATE and front.state and front.state_share is not None:
        share = ranged(front.state_share, front.state_low, front.state_high)
        return said + _with_state(words, found.key, front.state, share)
    return said


def _with_state(words: _Words, key: str, of: int | str | None, share: str) -> str:
    values = {"of": words.of(of), "share": share}
    if key and _is_little(words):
        key += "_less"
    said = words.maybe(f"finding.with_state_{key}", **values)
    return said or words("finding.with_state", **values)


def _than(words: _Words) -> str | None:
    """Hold the share of the state with most against that of most nations."""
    side = _side_of_share(words)
    share = _share_of_state(words)
    if side is None or share is None or share.median is None:
        return None
    return words(f"finding.share_{side}", median=_value(share, share.median))


def _side_of_share(words: _Words) -> str | None:
    """Find whether the share of the state with most is less, more or alike that of most nations.

    None where its interval is not known, or is not on one side of the median as a whole.
    """
    share = _share_of_state(words)
    if share is None or share.low is None or share.high is None or share.median is None:
        return None
    low, high = share.low - share.median, share.high - share.median
    sides = {"less": high < -_ALIKE, "more": low > _ALIKE, "alike": -low <= _ALIKE >= high}
    return next((side for side, holds in sides.items() if holds), None)


def _is_little(words: _Words) -> bool:
    """Tell whether the share of the state with most is far below that of most nations."""
    share = _share_of_state(words)
    if share is None or share.high is None or share.median is None:
        return False
    return share.high <= _LITTLE * share.median


def _share_of_state(words: _Words) -> Placed | None:
    return next((each for each in words.front.figures if each.figure == "state_share"), None)


def _standing(front: Front) -> Finding | None:
    """Return what is found of the state that stands out."""
    return next((each for each in front.findings if each.key == "stands"), None)


def _more(words: _Words, found: tuple[Finding, ...]) -> Iterator[str]:
    """Say whom the title is about, which is too long for a title, and what else is unusual."""
    first, *more = found
    room = _MORE
    if first.among and (among := words.maybe(f"finding.{first.key}_among", **_compared(first))):
        room -= 1
        yield among
    if first.key == "gates" and (abroad := _standing(words.front)):
        more.remove(abroad)
        yield words("finding.usual", of=words.of(abroad.of))
    if who := words.maybe(f"finding.{first.key}_who", of=words.of(first.of)):
        yield who
    if first.key in _WITH_STATE and (than := _than(words)):
        yield than
    for each in more[:room]:
        yield _sentence(words, each, named=True)


def _compared(found: Finding) -> dict[str, object]:
    """Say with how many nations a nation is compared, and how many are less far out."""
    return {"among": found.among, "least": found.least, "behind": found.behind}


def _sentence(words: _Words, found: Finding, *, named: bool = False) -> str:
    value = found.value
    number = "" if value is None or value < 1 else f"{value:,.0f}"
    few = _FEW[int(value)] if number and value is not None and value < len(_FEW) else number
    key = f"finding.{found.key}"
    if (found.key == "gates" and value == 1) or (found.key == "tiny" and words.front.networks == 1):
        key += "_one"
    values: dict[str, object] = {
        "share": "" if value is None else ranged(value, found.low, found.high),
        "own": "" if value is None else ranged(value, found.own_low, found.own_high),
        "number": number and _count_ranged(number, found),
        "few": _count_ranged(capital(few), found),
        "networks": count(words.front.networks, "network"),
        "of": words.of(found.of),
    }
    which = ["named"] * named + ["first"] * found.first
    forms = (words.maybe(f"{key}_{form}", **values) for form in which)
    return next(filter(None, forms), None) or words(key, **values)


def _count_ranged(number: str, found: Finding) -> str:
    """Write a number of networks, and its range in brackets, as shares are."""
    ends = {rounded_number(each) for each in (found.low, found.high) if each is not None}
    if len(ends) < 2 or found.low is None or found.high is None:
        return number
    low, high = rounded_number(found.low), rounded_number(found.high)
    between_ends = phrase("charts.between", low=low, high=high)
    return phrase("words.ranges.share", share=number, ends=between_ends)


def _card(words: _Words, placed: Placed) -> FrontCard:
    key = f"front.{placed.figure}"
    if placed.value is None:
        return FrontCard(
            placed.figure, words("front.none"), words(f"{key}.label_none"), "", "", "", None
        )
    one = "_one" if placed.value == 1 and placed.figure == COUNTED else ""
    median = placed.median
    return FrontCard(
        figure=placed.figure,
        value=_value(placed, placed.value),
        label=words(f"{key}.label{one}"),
        about=words(f"{key}.about", of=words.of(placed.of)) if placed.of is not None else "",
        interval=_interval(words, placed, _value(placed, placed.value)),
        beside=" ".join(_beside(words, placed)),
        placed=placed,
        median="" if median is None else words("front.median", value=_value(placed, median)),
        doubt=_doubt(words, placed),
        place=" ".join(_place(words, placed)),
    )


def _interval(words: _Words, placed: Placed, own: str) -> str:
    """Say between what values a figure may be by other rules."""
    if placed.low is None or placed.high is None:
        why = words.maybe(f"front.{placed.figure}.interval_unknown")
        return why or words("front.interval_unknown")
    low, high = (_value(placed, each) for each in (placed.low, placed.high))
    if low == own == high:
        return words("front.interval_none")
    return words("front.interval", low=low, high=high)


def _doubt(words: _Words, placed: Placed) -> str:
    found = placed.doubt
    if found is None:
        return ""
    key = "front.doubt" if found.leads else "front.doubt_left_out"
    return words(key, carrier=words.network(found.asn), why=found.why)


def _value(placed: Placed, value: float) -> str:
    """Write a figure; a median may lie between two numbers."""
    if placed.figure != COUNTED:
        return rounded(value)
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.1f}"


def _side(placed: Placed) -> tuple[str, int] | None:
    """Find on which side of most nations a figure is, and of how many; None in the middle."""
    own = _value(placed, float(placed.value or 0))
    others = [each for each in placed.values if _value(placed, each) != own]
    above = sum(each > (placed.value or 0) for each in others)
    side, number = max(("lower", above), ("higher", len(others) - above), key=lambda each: each[1])
    of = len(placed.values)
    less = len(others) - number
    if (placed.median is not None and own == _value(placed, placed.median)) or (
        number <= _HALF * of and less >= _QUARTER * of
    ):
        return None
    return side, number


def _place(words: _Words, placed: Placed, *, means: bool = False) -> Iterator[str]:
    """Say on which side of most nations it is, and maybe what that means."""
    found = _side(placed)
    if found is None:
        yield words("front.middle")
        if means and (meaning := words.maybe(f"front.{placed.figure}.middle_means")):
            yield meaning
        return
    side, number = found
    if number:
        key = f"front.{placed.figure}"
        yield words(f"{key}.{side}", number=number, of=len(placed.values))
        if means:
            yield words(f"{key}.{side}_means")
        if _crosses(placed, side):
            yield words("front.crosses")


def _beside(words: _Words, placed: Placed) -> Iterator[str]:
    """Say on which side of most nations it is, and name those nearest to it on the strip."""
    yield from _place(words, placed, means=True)
    near = [
        words("front.beside", state=words.of(each.country), value=_value(placed, each.value))
        for each in (placed.below, placed.above)
        if each
    ]
    if near:
        yield words("front.nearest", names=", ".join(near))
    if _is_of_whoever(words, placed):
        yield words("front.whoever")


def _is_of_whoever(words: _Words, placed: Placed) -> bool:
    """Tell whether a finding has the same share of the same one, with its own, other range."""
    return any(
        each.own_low is not None
        and (each.of, each.value) == (placed.of, placed.value)
        and (each.own_low, each.own_high) != (placed.low, placed.high)
        for each in words.front.findings
    )


def _crosses(placed: Placed, side: str) -> bool:
    """Tell whether the median of all nations lies between a figure and an end of its range."""
    if placed.median is None or placed.low is None or placed.high is None:
        return False
    return placed.high > placed.median if side == "lower" else placed.low < placed.median
