"""Actors that each sentence names, also where it describes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from splinternet.essay.dates import MONTH
from splinternet.essay.describing import Descriptions, find_bodies, is_called
from splinternet.essay.gazetteer import Found, Gazetteer
from splinternet.essay.peoples import ADJECTIVES
from splinternet.essay.quotations import blanked
from splinternet.essay.sentences import Sentence

__all__ = ["FIRMS", "Mention", "find_mentions"]

#: Kinds of actors that are companies.
FIRMS = frozenset(("vendor", "operator", "company"))

_FIRM_WORD = (
    r"(?:tech(?:nology)? |telecom(?:s|munications)? |network |equipment )?"
    r"(?:company|firm|vendor|giant|maker|manufacturer|operator|carrier|supplier|conglomerate)"
)
_DESCRIPTION = re.compile(
    r"\b[Tt]he (?:"
    rf"(?P<adjective>[A-Z][a-z]+(?: [A-Z][a-z]+)?) {_FIRM_WORD}\b"
    rf"|(?P<firm>(?:same )?{_FIRM_WORD})\b(?! of)"
    r"|(?P<states>two (?:countries|states|nations|governments|powers))\b"
    r"|(?P<firms>two (?:companies|firms|vendors|operators))\b"
    r"|(?P<persons>(?:two )?(?:leaders|presidents))\b(?! of)"
    r"|(?P<law>(?:new |same )?(?:law|act|regulation|toolbox|decree|bill|directive|programme))\b"
    r"(?! (?:which|that|on|for|of|about|between)\b)"
    r"|(?P<any>two (?:parties|sides|partners))\b"
    r")|\b[Bb]oth (?:(?P<both_states>countries|states|nations|governments)"
    r"|(?P<both_firms>companies|firms)|(?P<both>parties|sides))\b"
)
_CALENDAR = re.compile(rf"(?:{MONTH}|I|In|On|By)\b")
_OFFICE = re.compile(
    r"(?:['’]s?)? (?:(?:[a-z]{4,14} ){0,2}(?=agency|regulator|"
    r"watchdog))?(?P<office>(?:[Pp]resident|[Pp]rime [Mm]inister|[Ff]oreign [Mm]inister|"
    r"[Ll]eader)|(?:government|ministry|parliament|authorities|regulators?|officials|agency|"
    r"watchdog))\b"
)
_OPERATING = re.compile(r"\b(?:operator|carrier)$")
_LONGEST_NAME = 40
#: So many mentions back a description may reach.
_REACH = 500
_NAME_AFTER = re.compile(r" [A-ZÀ-Þ][a-zà-þ]")
_NAME_BEFORE = re.compile(r"(?:(?<=\w )(?P<name>[A-ZÀ-Þ][\w-]+)|\b(?:North|South|Central|Latin)) $")
#: Bodies that bear the name of a state and are neither the state nor of it.
_BODY_OF = re.compile(
    r"\b(?:(?<!Development )Banks?|University|Academy|Chamber of Commerce|Church|Museum|Federation|"
    r"League|Society|Orchestra|Voice|Confederation|Institute|Polytechnic|"
    r"Insurance Company) of (?:the )?$"
)
_PLACE_BEFORE = re.compile(r"\b(?:in|from|to|at|near|outside|around|of) $", re.IGNORECASE)


@dataclass(frozen=True)
class Mention:
    """An actor named or described in a sentence.

    Parameters
    ----------
    actor
        Id of the actor; None if the words leave open whom they mean.
    candidates
        Whom they may mean then; empty if nobody fits.
    text
        The words.
    sentence
        Number of the sentence.
    start, end
        Where they stand in it.
    rule
        name; seat (``the Kremlin``) and capital (``Moscow``) for the state; office
        (``China's president``); description (``the Chinese company``); adjective (``Russian``) and
        place (``in Moscow``), which tell a scope and nobody who acts.
    state
        Id of the state that a person acts for.
    """

    actor: str | None
    candidates: tuple[str, ...]
    text: str
    sentence: int
    start: int
    end: int
    rule: str
    state: str | None = None

    @property
    def acts(self) -> bool:
        """Whether it names one actor, as one that acts or is acted on."""
        return self.actor is not None and self.rule not in ("adjective", "place")


def find_mentions(sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[Mention]:
    """Find the actors of an essay.

    A description means the last that fits of the actors that act before it: ``the Chinese company``
    the last company of China, ``the two countries`` the last two states, where a person counts for
    the state whose office he or she holds. Words within quotation marks name but do not describe.
    Pronouns are left alone here; ties read ``it``.
    """
    finder = _Finder(gazetteer)
    for sentence in sentences:
        finder.read(sentence)
    return finder.mentions


def _is_of_longer(found: Found, text: str) -> bool:
    """Tell whether a name is a part of another: the Mobile World Congress, the Bank of China."""
    if found.rule == "name" and _BODY_OF.search(text, max(0, found.start - 40), found.start):
        return True
    before = _NAME_BEFORE.search(text, 0, found.start) if found.rule == "seat" else None
    return before is not None and before["name"] not in ADJECTIVES


class _Finder:
    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.actors = gazetteer.actors
        self.states = {a.country: a.id for a in self.actors.values() if a.kind == "state"}
        self.descriptions = Descriptions(self.actors, gazetteer.told)
        self.mentions: list[Mention] = []

    def read(self, sentence: Sentence) -> None:
        text = sentence.text
        own = blanked(text)
        found_names = (f for f in self.gazetteer.find(text) if not _is_of_longer(f, text))
        named = [self._whole(found, text) for found in found_names]
        named += [f for f in self.descriptions.find(text, named) if own[f.start] != " "]
        described = [*_DESCRIPTION.finditer(text), *find_bodies(text)]
        described = [found for found in described if own[found.start()] != " "]
        places = sorted(
            [(found.start, 1, -found.end, found) for found in named]
            + [(found.start(), 0, 0, found) for found in described],
            key=lambda place: place[:3],
        )
        after = 0
        for start, *_, found in places:
            if start < after:
                continue
            if isinstance(found, Found):
                self._add(sentence, found.start, found.end, found.actors, found.rule)
                after = found.end
            elif self._describe(sentence, found):
                after = found.end()

    def _whole(self, found: Found, text: str) -> Found:
        """Take ``China's president`` whole, and tell capitals from places."""
        if found.rule == "capital":
            placed = _PLACE_BEFORE.search(text, max(0, found.start - 9), found.start)
            within = _NAME_AFTER.match(text, found.end)  # the Lisbon Gazette
            rule = "place" if placed or within else "capital"
            return Found(found.start, found.end, found.actors, rule)
        one = self.actors[found.actors[0]]
        office = _OFFICE.match(text, found.end)
        if not office or one.kind != "state":
            return found
        if following := next(self.gazetteer.find(text[office.end() : office.end() + 40]), None):
            named = self.actors[following.actors[0]]
            if named.kind == "person" and following.start < 3:
                return found  # Russian President Putin: the name follows
        holder = self._holder(one.country, office["office"].lower())
        return Found(found.start, office.end(), (holder or one.id,), "office")

    def _holder(self, country: str | None, office: str) -> str | None:
        wanted = ("president", "prime minister") if office == "leader" else (office,)
        for actor in self.actors.values():
            if actor.country == country and (actor.office or "").lower().startswith(wanted):
                return actor.id
        return None

    def _describe(self, sentence: Sentence, found: re.Match[str]) -> bool:
        """Add whom a description means; tell whether it is a description at all."""
        groups = {name for name, words in found.groupdict().items() if words}
        if groups & {"adjective", "firm"} and self._is_named_after(sentence.text, found.end()):
            return False  # the Dutch operator Odido
        if "word" in groups:
            meant = self._last(1, lambda id: is_called(self.actors[id], found["word"]))
            for actor in meant:
                self._add(sentence, found.start(), found.end(), (actor,), "description")
            return bool(meant)
        if groups & {"adjective", "firm"} and self._is_named(sentence.text, found.end()):
            return False
        if "adjective" in groups:
            peoples = next(self.gazetteer.find(found["adjective"]), None)
            if not peoples or peoples.rule != "adjective":
                return False
            country = self.actors[peoples.actors[0]].country
            meant = self._last(1, lambda id: self._is_firm(id) and self._country(id) == country)
        elif "firm" in groups:
            called = _OPERATING.search(found["firm"])
            meant = self._last(1, lambda id: self.actors[id].kind == "operator") if called else []
            meant = meant or self._last(1, self._is_firm)
        elif "law" in groups:
            meant = self._last(1, lambda id: self.actors[id].kind == "law")
            if not meant:
                return False
        elif groups & {"states", "both_states"}:
            meant = self._last(2, lambda id: self.actors[id].kind == "state", as_states=True)
        elif groups & {"firms", "both_firms"}:
            meant = self._last(2, self._is_firm)
        elif "persons" in groups:
            meant = self._last(2, lambda id: self.actors[id].kind == "person")
        else:
            meant = self._last(2, lambda id: True)
        pair = not groups & {"adjective", "firm", "law"}
        if len(meant) != (2 if pair else 1):
            self._add(sentence, found.start(), found.end(), (), "description")
        for actor in meant if len(meant) == (2 if pair else 1) else ():
            self._add(sentence, found.start(), found.end(), (actor,), "description")
        return True

    def _is_named_after(self, text: str, end: int) -> bool:
        """Tell whether a firm is named right after what it is called."""
        after = next(self.gazetteer.find(text[end : end + _LONGEST_NAME]), None)
        return after is not None and after.start == 1 and self._is_firm(after.actors[0])

    def _is_named(self, text: str, end: int) -> bool:
        """Tell whether the name of somebody whom the ledger lacks follows a description."""
        if not _NAME_AFTER.match(text, end) or _CALENDAR.match(text, end + 1):
            return False
        following = next(self.gazetteer.find(text[end + 1 : end + 60]), None)
        return following is None or following.start > 0

    def _last(self, number: int, fits: Callable[[str], bool], as_states: bool = False) -> list[str]:
        """Return the last actors that fit, in the order of the text."""
        found: list[str] = []
        for actor in self._backwards(as_states):
            if actor not in found and fits(actor):
                found.append(actor)
                if len(found) == number:
                    break
        return found[::-1]

    def _backwards(self, as_states: bool) -> Iterator[str]:
        for mention in reversed(self.mentions[-_REACH:]):
            if mention.acts and mention.actor:
                yield (mention.state or mention.actor) if as_states else mention.actor

    def _is_firm(self, actor: str) -> bool:
        return self.actors[actor].kind in FIRMS

    def _country(self, actor: str) -> str | None:
        return self.actors[actor].country

    def _add(
        self, sentence: Sentence, start: int, end: int, actors: tuple[str, ...], rule: str
    ) -> None:
        actor = actors[0] if len(actors) == 1 else None
        known = self.actors[actor] if actor else None
        person = known is not None and known.kind == "person" and known.office
        self.mentions.append(
            Mention(
                actor=actor,
                candidates=() if actor else actors,
                text=sentence.text[start:end],
                sentence=sentence.number,
                start=start,
                end=end,
                rule=rule,
                state=self.states.get(known.country) if known and person else None,
            )
        )
