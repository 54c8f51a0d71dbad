"""Words that mean an act, words that mean the same, and words that add nothing: ``gist.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from splinternet.essay.names import REMEMBERED, folded
from splinternet.essay.wording import content_word

__all__ = ["Lexicon", "read_lexicon", "roots"]

_OF_SHARES = frozenset(("market_share", "vendor_share", "depends_on"))
_NONE = frozenset(("",))
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|s)$")
#: Letters that are written twice before an ending, and how many the root of a word has at least.
_DOUBLED = frozenset("bcdfghjklmnpqrstvwxyz")
_LEAST = 3


@dataclass(frozen=True)
class Lexicon:
    """The table of words, by their roots.

    Parameters
    ----------
    acts
        Words for the acts of each predicate; a predicate that stands for many acts has none.
    further
        More words for them, which mean no act beside that of another predicate.
    groups, things
        Words that mean the same, of acts and of things.
    light
        Words that add nothing to what is told.
    narrative
        Words that only narrate it.
    manners
        Words in -ly that tell more than how something was done.
    beside
        Words that may stand beside an act, by what they are.
    measuring
        Words for what shares are of, and for how and by whom they are reckoned.
    numbered
        Words by which a numbered network is told to be somebody's.
    opposites
        Pairs of words of which one cannot stand for the other.
    """

    acts: dict[str, frozenset[str]]
    further: dict[str, frozenset[str]]
    groups: tuple[frozenset[str], ...]
    things: tuple[frozenset[str], ...]
    light: frozenset[str]
    narrative: frozenset[str]
    manners: frozenset[str]
    beside: dict[str, frozenset[str]]
    measuring: frozenset[str]
    numbered: frozenset[str]
    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...]

    def done(self, predicate: str) -> frozenset[str]:
        """Return all words for the acts of a predicate."""
        return self.acts.get(predicate, frozenset()) | self.further.get(predicate, frozenset())

    @cached_property
    def idle(self) -> frozenset[str]:
        """The words that tell nothing by themselves."""
        return self.light | self.narrative

    @cached_property
    def acting(self) -> frozenset[str]:
        """The words for any act."""
        return frozenset[str]().union(*self.acts.values(), *self.groups) - self.idle

    @cached_property
    def sharing(self) -> frozenset[str]:
        """The words that mean an act only of shares: to account for, a slice."""
        shares = frozenset[str]().union(*(self.acts[each] for each in _OF_SHARES))
        others = (words for each, words in self.acts.items() if each not in _OF_SHARES)
        return shares - frozenset[str]().union(*others, *self.groups)

    def with_same(self, words: frozenset[str]) -> frozenset[str]:
        """Return words with those that mean the same."""
        alike = (*self.groups, *self.things)
        return words.union(*(group for group in alike if group & words))

    def turns_round(self, words: frozenset[str], own: frozenset[str]) -> bool:
        """Tell whether words have the opposite of one of a statement's, which they lack."""
        return any(
            (one & own and other & words and not (one & words or other & own))
            or (other & own and one & words and not (other & words or one & own))
            for one, other in self.opposites
        )

    def tells_twice(self, text: str, known: frozenset[str]) -> bool:
        """Tell whether two words of one meaning are used of which the statement has none."""
        told = [root for word in text.split() for root in roots(word) - known - self.idle]
        return any(sum(root in group for root in told) > 1 for group in self.groups)


@cache
def read_lexicon() -> Lexicon:
    """Read the table of words."""
    with Path(__file__).with_name("gist.toml").open("rb") as file:
        table = tomllib.load(file)
    return Lexicon(
        acts={predicate: roots(words) for predicate, words in table["acts"].items()},
        further={predicate: roots(words) for predicate, words in table["further"].items()},
        groups=tuple(roots(words) for words in table["same"]["groups"]),
        things=tuple(roots(words) for words in table["same"]["things"]),
        light=roots(table["light"]["words"]),
        narrative=roots(table["narrative"]["words"]),
        manners=frozenset(table["manners"]["words"].split()),
        beside={kind: roots(words) for kind, words in table["beside"].items()},
        measuring=roots(table["measuring"]["words"]),
        numbered=roots(table["numbered"]["words"]),
        opposites=tuple(
            (roots(one), roots(other))
            for one, _, other in (pair.partition(" / ") for pair in table["opposites"]["pairs"])
        ),
    )


@lru_cache(maxsize=REMEMBERED)
def roots(text: str) -> frozenset[str]:
    """Return the words of content without endings: bans, banned and banning are one."""
    return frozenset(map(_root, folded(text).split())) - _NONE


@lru_cache(maxsize=REMEMBERED)
def _root(word: str) -> str:
    bare = _ENDING.sub("", content_word(word))
    if bare[-1:] == bare[-2:-1] and bare[-1:] in _DOUBLED:
        bare = bare[:-1]
    return bare[:-1] if len(bare) > _LEAST and bare[-1] in "eyi" else bare
