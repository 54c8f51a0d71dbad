"""Authors as lists of works write them, and as citations do."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["Name", "folded", "parse_authors"]

#: A name in CSL-JSON: ``family`` and ``given``, or ``literal`` for a body.
Name = dict[str, str]

_INITIALS = re.compile(r"(?:[A-ZÀ-Þ][a-z]?\.[ -]?){1,6}")
_ROLE = re.compile(r",? ?\(?\b(?:editors?|eds?\.|translators?|trans\.)\)?[.,]?$", re.IGNORECASE)
_OTHERS = re.compile(r",? (?:et al\b\.?|and others)$")
_COMPANY = frozenset(("ltd", "inc", "llc", "co", "corp", "plc", "gmbh", "ag"))
#: Words of a body's name that no family name has.
_OF_BODIES = frozenset(("of", "the", "for", "on", "and", "&"))
_PARTICLES = frozenset("van von der den de del della di da dos du la le al el ibn bin ter".split())


def folded(text: str) -> str:
    """Fold case, accents and punctuation away, for comparing."""
    bare = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in bare if not unicodedata.combining(c)).casefold()
    return re.sub(r"[\W_]+", " ", letters).strip()


def parse_authors(text: str) -> list[Name]:
    """Read the authors of a work, in the manner of MLA, APA or Chicago.

    ``Doe, Jane``; ``Doe, Jane, and Richard Roe``; ``Doe, J., & Roe, R.``; ``Doe, Jane, et al.``;
    whatever does not look like persons is one body: ``Reuters``, ``Ministry of Justice``.
    """
    text = _OTHERS.sub("", _ROLE.sub("", text.strip()))
    tokens = [token for token in re.split(r", (?:and|&) |, ?… ?|, | & | and ", text) if token]
    if not tokens:
        return []
    paired = list(zip(tokens[::2], tokens[1::2], strict=False))
    if len(tokens) % 2 == 0 and all(_INITIALS.fullmatch(initials) for _, initials in paired):
        return [{"family": family, "given": initials} for family, initials in paired]
    if len(tokens) == 1 or not _is_person(tokens[0], tokens[1]):
        return [{"literal": text.rstrip(".") if not text.endswith("Inc.") else text}]
    first = {"family": tokens[0], "given": _given(tokens[1])}
    return [first, *(_natural(token) for token in tokens[2:])]


def _is_person(family: str, given: str) -> bool:
    words = family.split()
    if len(words) > 3 or _OF_BODIES & {word.lower() for word in words}:
        return False
    given_words = given.split()
    if len(given_words) > 4 or folded(given) in _COMPANY:
        return False
    return all(word[0].isupper() or word.lower() in _PARTICLES for word in given_words)


def _given(text: str) -> str:
    """Drop the full stop that ends the authors, but not that of an initial."""
    return text if re.search(r"\b[A-ZÀ-Þ]\.$", text) else text.rstrip(".")


def _natural(text: str) -> Name:
    """Read ``Jane van Doe``."""
    words = text.rstrip(".").split()
    at = next((n for n, word in enumerate(words) if n and word in _PARTICLES), len(words) - 1)
    if at < 1:
        return {"literal": text}
    return {"family": " ".join(words[at:]), "given": " ".join(words[:at])}
