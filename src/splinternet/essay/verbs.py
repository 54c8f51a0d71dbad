"""The table of verbs: which words say that one actor does something to another.

The table is data, in ``verbs.toml`` beside this module; its head says how to add to it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from splinternet.essay.actors import FIRMS
from splinternet.essay.stems import Sieve
from splinternet.ledger.vocabulary import PREDICATES

__all__ = ["Verb", "acts_in", "has_act", "is_act_at", "read_verbs"]

_POWERS = frozenset(("state", "agency", "person", "organisation"))
_LAWS = frozenset(("law",))
_WORKS = frozenset(("cable", "site", "system"))
_FIRMS = FIRMS | {"group"}
_ANY = _POWERS | _FIRMS | _LAWS | _WORKS | {"region", "ship"}
_KINDS = {
    "powers": _POWERS,
    "deciders": _POWERS | {"operator"},
    "networks": frozenset(("network", "system", "cable")),
    "firms": _FIRMS,
    "bound": frozenset(("group", "operator")),
    "services": _FIRMS | {"system"},
    "lines": _WORKS | {"operator"},
    "unlaid": _ANY - _WORKS,
    "operators": frozenset(("operator",)),
    "laws": _LAWS,
    "works": _WORKS,
    "any": _ANY,
}
_BE = (
    r"(?:is|are|was|were|be|been|being)(?: (?:both|all|each|too|also|since|now|then|again|"
    r"thereupon|not|never|first|\w{3,20}ly))?"
)
#: Orders in which the words, subject and object may stand.
_ORDERS = ("passive", "dative", "happens", "active", "noun", "pair", "between")
#: Before a participle without a form of "be", and after it: the law, passed in 2019, or passed by.
_AFTER_COMMA = r"(?:(?<=, )|(?<=^))(?:(?:then|later|first|already|since|also|\w{3,20}ly) )?"
_NO_OBJECT = (
    r"(?= (?:by|on|in|at|as|since|from|under|into|to|for|with|after|early|late|that|"
    r"the (?:same|next|following)|two|three|[0-9]+)\b)"
)


@dataclass(frozen=True)
class Verb:
    """An act, and the words for it.

    Parameters
    ----------
    act
        What is done.
    words
        For each order (active, passive, dative, happens, noun, pair, between) the words, and for
        participle those of the passive without a form of be.
    subjects, objects
        Kinds of actors that may do it, and have it done to them.
    proved, opposite
        Predicates that bear it out or contradict it, each with whether it is turned round.
    dated_by
        Predicates of what begins by it, and so contradicts a date that is years away.
    about
        Words that a statement must have.
    tail, head
        Words that must follow, and words that must stand before an object that comes first.
    things
        What is acted on, where no actor is named.
    kinds
        Words that a statement must have where the sentence has them.
    agent
        Id of whoever does it where the sentence does not say.
    once, lasting, law_first, by_anybody, ends
        Whether it happens once, goes on, has a law as its grammatical subject, is told without
        who does it, or says that something is over.
    example
        A sentence, and the subject and object in it.
    """

    act: str
    words: dict[str, re.Pattern[str]]
    subjects: frozenset[str]
    objects: frozenset[str]
    proved: tuple[tuple[str, bool], ...]
    opposite: tuple[tuple[str, bool], ...]
    dated_by: tuple[tuple[str, bool], ...]
    about: re.Pattern[str] | None
    tail: re.Pattern[str] | None
    head: re.Pattern[str] | None
    things: re.Pattern[str] | None
    kinds: tuple[str, ...]
    agent: str | None
    once: bool
    lasting: bool
    law_first: bool
    by_anybody: bool
    ends: bool
    example: tuple[str, str, str]

    @property
    def predicate(self) -> str:
        """The predicate of the ledger that it says first of all."""
        return self.proved[0][0]


@cache
def read_verbs() -> tuple[Verb, ...]:
    """Read the table of verbs."""
    with Path(__file__).with_name("verbs.toml").open("rb") as file:
        table = tomllib.load(file)
    return tuple(_verb(_spelt_out(entry, table["words"])) for entry in table["verb"])


def acts_in(text: str) -> list[tuple[Verb, str, list[re.Match[str]]]]:
    """Find the words of each act that a text has, in each order.

    Parameters
    ----------
    text
        A sentence.

    Returns
    -------
    list of (Verb, str, list of re.Match)
        In the order of the table.

    Examples
    --------
    >>> from splinternet.essay.verbs import acts_in
    >>> {verb.act for verb, order, found in acts_in("Australia banned Huawei.")}
    {'bans'}
    """
    words, sieve = _all_words()
    return [
        (verb, order, found)
        for verb, order, pattern in (words[place] for place in sorted(sieve.likely(text)))
        if (found := list(pattern.finditer(text)))
    ]


@cache
def _all_words() -> tuple[list[tuple[Verb, str, re.Pattern[str]]], Sieve]:
    """Return the words of all acts, and a sieve of them."""
    words = [(verb, order, found) for verb in read_verbs() for order, found in verb.words.items()]
    return words, Sieve(pattern.pattern for _, _, pattern in words)


def is_act_at(text: str, at: int) -> bool:
    """Tell whether the words of an act stand at a place, before an object."""
    patterns = (verb.words.get("active") for verb in read_verbs())
    return any(words.match(text, at) for words in patterns if words)


def has_act(text: str, end: int) -> bool:
    """Tell whether the words of an act stand somewhere before a place."""
    patterns = (verb.words.get("active") for verb in read_verbs())
    return any(words.search(text, 0, end) for words in patterns if words)


def _spelt_out(entry: dict[str, object], words: dict[str, str]) -> dict[str, object]:
    """Put words that many entries share in the place of their names: <few>, <deal>."""
    made = dict(entry)
    for key, value in entry.items():
        if isinstance(value, str) and key not in ("act", "example"):
            made[key] = re.sub("<([a-z]+)>", lambda name: words[name[1]], value)
    return made


def _verb(entry: dict[str, object]) -> Verb:
    words = {order: str(entry[order]) for order in _ORDERS if order in entry}
    if "dative" in words:
        words["dative"] = rf"{_BE} (?:{words['dative']}) to"
    if "passive" in words:
        participle = words["passive"]
        words["passive"] = rf"{_BE} (?:{participle})"
        apart = rf"{_AFTER_COMMA}(?:{participle}){_NO_OBJECT}"
        words = {"participle": rf"{apart}|(?:{participle})(?= by )"} | words
    return Verb(
        act=str(entry["act"]),
        words={order: _compiled(rf"\b(?:{each})\b") for order, each in words.items()},
        subjects=_KINDS[str(entry.get("subjects", "any"))],
        objects=_KINDS[str(entry.get("objects", "any"))],
        proved=_predicates(entry["proved"]),
        opposite=_predicates(entry.get("opposite", [])),
        dated_by=_predicates(entry.get("dated_by", [])),
        about=_pattern(entry, "about"),
        tail=_pattern(entry, "tail"),
        head=_pattern(entry, "head"),
        things=_pattern(entry, "things"),
        kinds=tuple(map(str, entry.get("kinds", []))),  # type: ignore[call-overload]
        agent=str(entry["agent"]) if "agent" in entry else None,
        once=bool(entry.get("once")),
        lasting=bool(entry.get("lasting")),
        law_first=entry.get("order") == "law first",
        by_anybody=bool(entry.get("by_anybody")),
        ends=bool(entry.get("ends")),
        example=_example(entry["example"]),
    )


def _example(given: object) -> tuple[str, str, str]:
    assert isinstance(given, list)
    sentence, subject, object = map(str, given)
    return sentence, subject, object


def _predicates(names: object) -> tuple[tuple[str, bool], ...]:
    assert isinstance(names, list)
    found = tuple((str(name).lstrip("~"), str(name).startswith("~")) for name in names)
    assert all(name in PREDICATES for name, _ in found), names
    return found


def _pattern(entry: dict[str, object], key: str) -> re.Pattern[str] | None:
    return _compiled(str(entry[key])) if key in entry else None


def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)
