"""Words by which a sentence denies an act or turns it round: the table ``reversals.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from splinternet.essay.stems import Sieve

__all__ = ["Turns", "turns_in", "without_idle_denials"]

_UP_TO_FIVE = r"(?:[\w’'-]+ ){0,5}?"
#: What denies an act, whatever its verb.
_DENIAL = re.compile(
    r"\b(?:not(?! only| just| merely| until| before| least| long| more than| less than|"
    r" fewer than| later than| quite| far| all| every| necessarily| entirely|"
    r" even (?:in|for|at|on|where|if|to|by|as|when)\b)"
    r"|never|neither|nor|nobody|none|nothing|nowhere|cannot"
    r"|no(?! (?:longer|more|less|fewer|later|earlier|sooner|matter|doubt|wonder|surprise|secret|"
    r"time limit|limits?|restrictions?|end)\b)"
    r"(?!\. ?[0-9])|zero(?= [0-9A-Za-z])|at no (?:time|point|stage)|without(?= (?:ever|any|a|even|"
    r"a single)\b))\b|"
    r"n[’']t\b(?! only| just| merely| until| before)",
    re.IGNORECASE,
)
#: What denies it of all times and kinds.
_EVER = re.compile(
    r"\b(?:never|ever|nothing|none|no one|nobody|neither|whatever|whatsoever|at all|of any kind|"
    r"any(?:thing|body|one)?|"
    r"not (?:one|a single|a)|zero|at no (?:time|point|stage)|always)\b|\bno\b",
    re.IGNORECASE,
)
#: What is not made known, which denies nothing.
_UNTOLD = re.compile(
    r"\b(?:without|no|not|never|nor|neither|n[’']t)\b(?: [\w’'-]+){0,5}? "
    r"(?:disclos|publish|nam(?:e|es|ed|ing)\b|told|given|giving|stat(?:ed|ing)|specif|reveal|"
    r"known|report|mention|say|said)\w*|"
    r"\b(?:nobody|no one|none)(?: [\w’'-]+){0,3}? (?:claim|say|said|believ|think|thought|doubt|"
    r"den(?:y|ies|ied)|surpris|mind|notic|know)\w*|"
    r"\b(?:surpris|shock|worr|bother|please|convinc|concern)\w* (?:nobody|no one)\b",
    re.IGNORECASE,
)
#: What is not put off, which is done.
_AT_ONCE = re.compile(
    r"(?:\b(?:not|never|without)|n[’']t)(?: (?:a|any|for|once))* (?:hesitat|fail|wait|delay|shrink|"
    r"shy|flinch|tire|waver|stop(?:ped|ping)? at|miss|forget)\w*( to\b)?",
    re.IGNORECASE,
)
#: Words that say that something is over.
_ENDING = re.compile(
    r"cancel|call\w* .*off|t[oe]a?r\w? up|withdr|pull|walk|back|laps|(?:run|ran)\w* out|"
    r"g[ai]v\w+ up|revok|repeal|rescind|"
    r"overturn|revers|abandon|dropp?|br[eo]a?k\w* off|terminat|dissol|w[io]u?nd\w* up|end|sever|"
    r"annul|suspend|halt|scrapp?|"
    r"lift|eas|relax|delist|remov|str[iu]|took|tak|quash|abolish|sold|sell|divest|dispos|"
    r"relinquish|clos|shut|sto[op]",
    re.IGNORECASE,
)
#: Acts whose words are those of a rule: it is no denial of them that something must not be.
_RULES = frozenset(("enacts", "regulates"))
_BIDDEN = re.compile(r"\b(?:must|may|shall|should|can) $", re.IGNORECASE)
#: So near before a word that turns an act round a denial turns it back.
_NEAR = 28


@dataclass(frozen=True)
class Turns:
    """Where a text denies an act, and where it turns one round.

    ``ever`` tells whether what is denied is so at any time.
    """

    denials: tuple[tuple[int, int], ...]
    reversals: tuple[tuple[int, int], ...]
    ever: bool

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where any of them stand."""
        return (*self.denials, *self.reversals)

    def only_end(self, text: str) -> bool:
        """Tell whether the first word ends what was, rather than say that it was not."""
        words = self.words(text)
        return bool(words) and not self.denials and bool(_ENDING.match(words[0]))

    def words(self, text: str) -> list[str]:
        """Return the words of a text that turn an act round."""
        return [text[start:end] for start, end in self.reversals]


@cache
def _table() -> tuple[dict[str, re.Pattern[str]], dict[str, list[str]]]:
    """Return a pattern for each kind of words, and which kinds turn the acts of each predicate."""
    with Path(__file__).with_name("reversals.toml").open("rb") as file:
        table = tomllib.load(file)
    of = table.pop("of")
    words = {kind: "|".join(each).replace("~?", _UP_TO_FIVE) for kind, each in table.items()}
    kinds = {k: re.compile(rf"\b(?:{each})(?![\w-])", re.IGNORECASE) for k, each in words.items()}
    return kinds, of


@cache
def _sieve() -> tuple[Sieve, list[str]]:
    """Return which kinds may be in a text, by their letters, and the kinds in that order."""
    kinds = _table()[0]
    return Sieve(each.pattern for each in kinds.values()), list(kinds)


@lru_cache(maxsize=64)
def _likely(text: str) -> frozenset[str]:
    """Return the kinds of which a text may have words."""
    sieve, kinds = _sieve()
    return frozenset(kinds[place] for place in sieve.likely(text))


@lru_cache(maxsize=64)
def _spans(text: str, kind: str) -> tuple[tuple[int, int], ...]:
    """Return where words of a kind stand in a text, or what denies an act."""
    if kind != "denial" and kind not in _likely(text):
        return ()
    pattern = _DENIAL if kind == "denial" else _table()[0][kind]
    return tuple(found.span() for found in pattern.finditer(text))


@lru_cache(maxsize=64)
def without_idle_denials(text: str) -> str:
    """Return a text with blanks for denials that deny no act: it was not put off, or not told."""
    text = _UNTOLD.sub(lambda found: " " * len(found[0]), text)
    return _AT_ONCE.sub(lambda found: " " * len(found[0]), text)


@lru_cache(maxsize=64)
def turns_in(text: str, predicate: str) -> Turns:
    """Find where a text denies acts of a predicate, or turns them round and does not deny that."""
    text = without_idle_denials(text)
    denials = [*_spans(text, "denial")]
    if predicate in _RULES:
        denials = [each for each in denials if not _BIDDEN.search(text[: each[0]])]
    kept = []
    for kind in _table()[1].get(predicate, ()):
        for start, end in _spans(text, kind):
            before = [d for d in denials if start - _NEAR <= d[1] <= start]
            if before and not text[start:end].lower().startswith("without"):
                denials.remove(before[-1])  # it turns back what turned round
            else:
                kept.append((start, end))
    return Turns(tuple(denials), tuple(kept), bool(denials) and bool(_EVER.search(text)))
