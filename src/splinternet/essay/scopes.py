"""Scopes of a statement: states, mobile generations, and parts of networks or goods."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from splinternet.essay.actors import Mention
from splinternet.essay.gazetteer import Actor
from splinternet.essay.stems import Sieve

__all__ = ["Scope", "scope_of", "tells_every", "tells_segment"]

_GENERATION = re.compile(r"\b([1-9]G)\b")

#: Words that leave nothing out of what is acted on.
_EVERY = re.compile(
    r"\b(?:each and every|every (?:single|last)|without exception|"
    r"(?:all|every|any)(?: (?:of )?(?:the|its|their|these|those))?(?: [\w’'-]+){0,2} "
    r"(?:licen[cs]es?|permits?|contracts?|ties|links|deals?|exports|imports|sales|purchases))\b",
    re.IGNORECASE,
)

#: Words for the segments of a ledger.
_SEGMENTS = {
    "RAN": r"radio (?:access|networks?|gear)|base stations?|(?-i:\bRAN\b)",
    "core": r"core networks?|\b[2-6]G core\b|(?:[’']s|\bits|\btheir) core\b|"
    r"\bcores? of [\w ]{0,20}networks?|\bradio,? (?:and )?core\b|\bcore,? (?:and )?radio\b",
    "billing": r"\bbilling\b",
    "fixed": r"(?:national )?broadband networks?|fixed(?:-line)? networks?|full[- ]fibre",
    "optical": r"optical (?:transport|networks?)",
    "submarine-cable": r"(?:submarine|undersea|subsea) cables?",
    "telecom-equipment": r"(?:telecom\w*|network(?:ing)?) (?:equipment|gear)",
    "smartphones": r"smart ?phones?|handsets?|phones?",
    "operating-system": r"operating systems?",
    "cameras": r"(?:security|surveillance|CCTV) cameras?|cameras",
    "face-recognition": r"(?:facial|face)[- ]recognition",
    "chips": r"semiconductors?|micro ?chips?|\bchips?\b",
    "components": r"\b(?:American|US) (?:goods|parts|components|technolog\w+|products)",
    "cloud": r"\bclouds?\b",
    "R&D": r"R&D|research and development",
    "DNS": r"\bDNS\b|domain names?",
    "DPI": r"deep packet inspection|\bDPI\b",
    "SORM": r"\bSORM\b",
    "government": r"\bby (?:its|the|their) government|federal agencies|"
    r"government (?:use|networks?|agencies|procurement|business|contracts?|purchases)|"
    r"public procurement|doors of (?:its|the) government|(?:its|federal|the|US) government from|"
    r"agencies from (?:us|buy)ing",
}
_SEGMENT = {name: re.compile(words, re.IGNORECASE) for name, words in _SEGMENTS.items()}
_NAMES = tuple(_SEGMENTS)
_SIEVE = Sieve(_SEGMENTS.values())


@dataclass(frozen=True)
class Scope:
    """States (ISO 3166-1), generations and segments, as in a ledger; empty where not limited."""

    countries: tuple[str, ...] = ()
    generations: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join((*self.countries, *self.generations, *self.segments))


def scope_of(text: str, mentions: Iterable[Mention], actors: dict[str, Actor]) -> Scope:
    """Return the scope that words name, and the states mentioned in them."""
    states = [actors[m.actor] for m in mentions if m.actor]
    countries = {actor.country for actor in states if actor.kind == "state"}
    generations, segments = _limits(text)
    named = tuple(sorted(country for country in countries if country))
    return Scope(countries=named, generations=generations, segments=segments)


def tells_every(text: str) -> bool:
    """Tell whether words leave nothing out of what is acted on."""
    return bool(_EVERY.search(text))


def tells_segment(segment: str, text: str) -> bool:
    """Tell whether words name a segment."""
    return segment in _SEGMENT and bool(_SEGMENT[segment].search(text))


@lru_cache(maxsize=64)
def _limits(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the generations and segments that words name."""
    generations = tuple(sorted(set(_GENERATION.findall(text))))
    likely = (_NAMES[place] for place in sorted(_SIEVE.likely(text)))
    return generations, tuple(name for name in likely if _SEGMENT[name].search(text))
