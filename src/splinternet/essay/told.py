"""Sayings that a sentence reports, beside the words that the ledger has of the speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from splinternet.essay.dates import MONTHS
from splinternet.essay.figures import Figure
from splinternet.essay.gazetteer import Actor
from splinternet.essay.moods import is_unsure
from splinternet.essay.statements import Statement
from splinternet.essay.wording import content_words

__all__ = ["Told", "told_of"]

#: Verbs by which somebody is said to say, to reckon or to show something.
_SAYS = re.compile(
    r"\b(?:said|says|stated|states|announced|announces|declared|declares|told|reported|reports|"
    r"objected|objects|replied|replies|warned|warns|claimed|claims|estimated|estimates|"
    r"reckoned|reckons|calculated|put|puts|counted|counts|found|measured|wrote|writes|"
    r"explained|argued|argues|insisted|insists|confirmed|confirms)\b(?: (?:that|at|to)\b)?"
)
#: Words that add nothing to what is told.
_LIGHT = content_words(
    "be been have had has need needs needed cost costs put show shown showed fall fallen fell rise "
    "risen stand stood reach reached come came make made take taken about around roughly some "
    "nearly least most more less than up down between over under it its they their he she this "
    "that which an each level levels amount figure price sum value work worked works would could "
    "will may might can at to of only just also company firm operator minister ministry"
)
_TIMES = frozenset((*MONTHS, "year", "month", "day", "quarter"))
_NEGATIONS = frozenset(("no", "not", "never", "neither", "nor", "without", "cannot"))
#: So many words of a claim have to be told; one less beside a figure.
_FEWEST = 3

#: Words that mean the same here.
_SAME = {
    "normal": "ordinary", "usual": "ordinary", "outside": "outside", "global": "outside",
    "eliminat": "remov", "removal": "remov", "stripp": "remov", "loss": "loss", "losses": "loss",
    "drill": "exercise", "test": "exercise", "cost": "cost", "compliance": "comply",
    "removing": "remov", "remove": "remov", "delivered": "deliver", "delivery": "deliver",
}  # fmt: skip


class Told:
    """A sentence in which somebody is said to say something: the words of it that count."""

    def __init__(self, text: str) -> None:
        says = _SAYS.search(text)
        self.before = text[: says.start()] if says else ""
        self.after = text[says.end() :] if says else ""
        self.by_verb = says is not None
        self.is_sure = says is not None and not is_unsure(self.before)
        self.negations = content_words(self.after) & _NEGATIONS
        self.words = _meant(self.after) - _NEGATIONS


def _meant(text: str) -> frozenset[str]:
    """Return the words of content, those that mean the same as one word."""
    words = (word for word in content_words(text) if not word.isdigit())
    return frozenset(_SAME.get(word, word) for word in words) - _LIGHT - _TIMES


def told_of(
    told: Told,
    speaker: str,
    statements: Iterable[Statement],
    figures: Sequence[Figure],
    actors: dict[str, Actor],
) -> list[Statement]:
    """Return the statements that have all that the speaker is said to say.

    Every word of content after the verb of saying must be one of the claim, the basis, the unit or
    the names of the parties, most words of a short claim must be told, and the figure must be
    the statement's, with both its ends.
    """
    if not told.by_verb or not told.is_sure:
        return []
    return [
        statement
        for statement in statements
        if statement.predicate == "states" and statement.subject == speaker
        if statement.claim and not statement.of_an_essay and statement.kind != "opinion"
        if _holds(told, statement, actors) and _has_figures(figures, statement)
    ]


def _holds(told: Told, statement: Statement, actors: dict[str, Actor]) -> bool:
    ids = [id for id in (statement.subject, statement.object) if id]
    names = " ".join(name for id in ids for name in actors[id].names)
    claim = _meant(f"{statement.claim}")
    unit = statement.unit or ""
    allowed = claim | _meant(f"{statement.basis or ''} {unit} {names} euros dollars pounds roubles")
    allowed |= frozenset(("million", "billion", "thousand", "percent"))
    needed = content_words(f"{statement.claim}") & _NEGATIONS
    fewest = _FEWEST - (statement.low is not None)
    common = told.words & claim
    parts = [_meant(part) for part in f"{statement.claim}".split(";")]
    whole = any(part and part <= common for part in parts)
    return told.words <= allowed and told.negations == needed and (len(common) >= fewest or whole)


def _has_figures(figures: Sequence[Figure], statement: Statement) -> bool:
    """Tell whether the one figure of a sentence is the statement's, and neither lacks it."""
    known = (statement.low, statement.high)
    if known == (None, None):
        return not figures
    return len(figures) == 1 and _is_same(figures[0], statement)


def _is_same(figure: Figure, statement: Statement) -> bool:
    return (figure.low, figure.high) == (statement.low, statement.high) and (
        figure.unit.rstrip("s") == (statement.unit or "").rstrip("s")
    )
