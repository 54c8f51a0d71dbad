"""The names of a ledger's actors, and finding them in a text."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from splinternet.base.countries import country_codes, country_name
from splinternet.essay.peoples import ADJECTIVES, CAPITALS, INHABITANTS, REGIONS, SEATS
from splinternet.ledger.ledger import Ledger

__all__ = ["Actor", "Found", "Gazetteer"]

_LEGAL_FORM = re.compile(
    r"^(?:PJSC|JSC|OJSC|LLC) |,? (?:Co\.,? Ltd\.?|Ltd\.?|Inc\.?|LLC|PJSC|JSC|AG|S\.A\.|Corporation|"
    r"Corp\.?|PLC|plc|N\.V\.|NV|B\.V\.|AB|SpA|Group|Company|Communications|Technologies|"
    r"Telecommunications|Networks)$"
)
#: What a law is called by, without who made it and when.
_OF_YEAR = re.compile(r"(?<= Act) of (?:19|20)[0-9]{2}$")
_NUMBERED = re.compile(
    r"\b(Regulation|Decision|Directive|Law|Order|Decree|Act) (?:\([A-Z]+\) )?([0-9][0-9/-]+)"
)
_WITH_NUMBER = re.compile(r"[A-Z][A-Za-z -]+ [0-9]+/[0-9]{4}(?= |,)")
#: A law called by what it is about.
_SUBJECT_LAW = re.compile(r"^([a-z][\w -]+) (law|act)$")
#: Words of a name that may be left out.
_INSERTED = re.compile(r" \([^()]+\)$| of [0-9]{1,2} [A-Z][a-z]+ [0-9]{4}.*$")
_MINISTRY = re.compile(r"(?P<kind>Ministry|Department) (?:of|for) (?P<of>[A-Z]\w+)")
_VENTURE = re.compile(r"(\w+)-(\w+) joint venture")
#: A name of letters and a mark, before the words for what it is.
_MARKED = re.compile(r"([A-Z]+-[A-Z0-9]+) (?=[a-z])")
_GENERIC = frozenset(
    "telecom mobile communications networks marine telekom wireless group "
    "global china huawei".split()
)
_WORD = re.compile(r"(?<!\w)\w+")
#: What a cable's name goes without, and the number of one.
_CABLE_FORM = re.compile(r" (?:System|Interlink)$")
_NUMBER = re.compile(r" No\. ([0-9])$")
#: Marks as names have them.
_MARKS = str.maketrans("’–‑", "'--")
#: What a carrier is, behind the name that it is called by alone.
_CARRIER = re.compile(r"([A-ZÀ-Þ]\w{6,}) (?:Telecom|Telecommunications|Mobile|Telekom)")
#: A shorter name may be a word.
_SHORTEST = 4
_LEFT_OUT = frozenset(("network",))
#: Words that name nobody in small letters, even where a name consists of them.
_COMMON = frozenset(
    "information technology technologies data digital global international mobile network "
    "networks telecom telecommunications communications systems solutions services group "
    "company national royal decree law act order regulation directive".split()
)
#: Those who live in a state, where it is they with whom somebody agrees: the Americans.
_PLURALS = {word: code for word, code in INHABITANTS.items() if word.endswith("s")}
#: States where the family name comes first.
_FAMILY_FIRST = frozenset(("CN", "HU", "KP", "KR", "TW", "VN"))


@dataclass(frozen=True)
class Actor:
    """An actor of the ledger: its id, kind, state (ISO code), public office and aliases."""

    id: str
    kind: str
    name: str
    country: str | None
    office: str | None
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Found:
    """A name in a text: where, and whom it may mean, by which rule."""

    start: int
    end: int
    actors: tuple[str, ...]
    rule: str


class Gazetteer:
    """Every name of every actor of a ledger; networks by their numbers alone.

    Names are full names, aliases, both without their legal form (``Ltd``), dotted abbreviations of
    states (``U.S.``) and family names of persons. A single word must be written as the ledger has
    it, and with a capital letter or digit; names of several words may differ in case. States are
    also found by adjectives (``Russian``), seats (``the Kremlin``) and capitals (``Moscow``).
    ``told`` has the words of the statements on each actor, by its id.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.actors: dict[str, Actor] = {}
        self.told: defaultdict[str, str] = defaultdict(str)
        for row in ledger.statements.iter_rows(named=True):
            told = " ".join(row[key] for key in ("claim", "summary", "note") if row[key])
            for id in {row["subject"], row["object"]} - {None}:
                self.told[id] += f" {told}"
        self._names: dict[str, dict[str, tuple[set[str], str]]] = defaultdict(dict)
        columns = ("id", "kind", "name", "country", "office", "aliases")
        for id, kind, name, country, office, aliases in ledger.actors.select(columns).iter_rows():
            actor = Actor(id, kind, name, country, office, tuple(aliases))
            self.actors[actor.id] = actor
            if actor.kind in _LEFT_OUT:  # by their number alone
                self._add(name.partition(" ")[0], id, "name")
                continue
            for name in (actor.name, *aliases):
                self._add(name.replace("’", "'"), actor.id, "name")
        had = {actor.country for actor in self.actors.values() if actor.kind == "state"}
        for code in (
            country_codes() - had
        ):  # the other states of the world, of which it says nothing
            state = Actor(code.lower(), "state", country_name(code), code, None)
            if state.id not in self.actors:
                self.actors[state.id] = state
                self._add(state.name, state.id, "name")
        for actor in self.actors.values():
            if actor.kind == "cable" and ", " in actor.name:  # of one system with others
                self._add(actor.name.partition(", ")[0], actor.id, "name")
        whole = self.folded_names
        for actor in self.actors.values():
            for name in () if actor.kind in _LEFT_OUT else _spellings(actor):
                if name.casefold() not in whole:
                    self._add(name, actor.id, "name")
        states = {actor.country: id for id, actor in self.actors.items() if actor.kind == "state"}
        regions = {a.name: id for id, a in self.actors.items() if a.kind == "region"}
        union = next((id for id, a in self.actors.items() if "EU" in a.aliases), None)
        seats = states | ({"EU": union} if union else {})
        taken = self.folded_names
        for words, known_by, rule in (
            (ADJECTIVES, states, "adjective"),
            (SEATS, states, "seat"),
            (CAPITALS, seats, "capital"),
            (REGIONS, regions, "adjective"),
            (_PLURALS, states, "adjective"),
        ):
            for word, code in words.items():
                if code in known_by and word.casefold() not in taken:
                    self._add(word, known_by[code], rule)

    @property
    def folded_names(self) -> frozenset[str]:
        """Every name, in small letters."""
        return frozenset(name.casefold() for names in self._names.values() for name in names)

    def find(self, text: str) -> Iterator[Found]:
        """Find names, the longest at each place, without overlap."""
        plain = text.translate(_MARKS)
        folded = plain.lower()
        if len(folded) != len(plain):  # some capitals have small letters of another length
            folded = plain
        after = 0
        for word in _WORD.finditer(plain):
            start = word.start()
            if start < after:
                continue
            for name in self._names.get(word[0].lower(), ()):
                end = start + len(name)
                exact = plain.startswith(name, start)
                loose = " " in name and folded.startswith(name.lower(), start)
                common = loose and not exact and set(plain[start:end].split()) <= _COMMON
                loose = loose and not common  # information technology is no firm
                if (exact or loose) and not (
                    plain[end : end + 1].isalnum() or plain.startswith("$", end)
                ):
                    actors, rule = self._names[word[0].lower()][name]
                    yield Found(start, end, tuple(sorted(actors)), rule)
                    after = end
                    break

    def _add(self, name: str, actor: str, rule: str) -> None:
        first = _WORD.search(name)
        if not first or first.start() or not any(c.isupper() or c.isdigit() for c in name):
            return
        names = self._names[first[0].lower()]
        if name in names:
            names[name][0].add(actor)
            return
        names[name] = ({actor}, rule)
        self._names[first[0].lower()] = dict(sorted(names.items(), key=lambda item: -len(item[0])))


def _without_accents(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name)
    return "".join(c for c in bare if not unicodedata.combining(c))


def _without_state(name: str) -> str:
    """Return a name without the state at its end: TPG Telecom for TPG Telecom Singapore."""
    short, _, last = name.rpartition(" ")
    return short if last in _state_names() else ""


@cache
def _state_names() -> frozenset[str]:
    return frozenset(country_name(code) for code in country_codes())


def _proper(name: str) -> Iterator[str]:
    """Yield what is left of a name without the abbreviation of an owner: ``MTN Irancell``."""
    owner, _, own = name.partition(" ")
    abbreviated = owner.isupper() and len(owner) < 4
    if abbreviated and len(own) > 5 and " " not in own and own.lower() not in _GENERIC:
        yield own


def _of_state(name: str) -> Iterator[str]:
    """Yield other forms of the name of a body: the Commerce Department, Ukraine's Security Service.

    ``Department of Commerce``, without the state it is of, with its name or adjective before.
    """
    body = re.sub(r"^(?:US|UK) ", "", name)
    state, adjectives = "", []
    if found := re.search(r" of (?:the )?([A-Z]\w+(?: [A-Z]\w+)?)$", body):
        code = next((c for c in country_codes() if country_name(c) == found[1]), None)
        if code:
            state, body = found[1], body[: found.start()]
            adjectives = [word for word, of in ADJECTIVES.items() if of == code]
    bodies = {body}
    if ministry := _MINISTRY.fullmatch(body):
        bodies.add(f"{ministry['of']} {ministry['kind']}")
    for form in bodies:
        if form != name and (not state or form not in ("Ministry of Defence", "Security Service")):
            yield form
        if state:
            yield from (f"{state}'s {form}", *(f"{word} {form}" for word in adjectives))


def _spellings(actor: Actor) -> set[str]:
    """Return other forms of a name: without legal form, abbreviated, the family name alone."""
    names = {name.replace("’", "'") for name in actor.names}
    names |= {_LEGAL_FORM.sub("", _INSERTED.sub("", name)) for name in names}
    names |= {_without_accents(name) for name in names}
    if actor.kind == "agency":
        names |= {form for name in names for form in _of_state(name)}
    for one, other in [match.groups() for name in names if (match := _VENTURE.fullmatch(name))]:
        names |= {
            f"joint venture {word} {one} and {other}"
            for word in ("of", "between", "by", "formed by", "set up by", "that joins")
        }
    if actor.kind in ("system", "site", "cable"):  # KA-SAT, the Hunga volcano
        names |= {found[1] for name in names if (found := _MARKED.match(name))}
        names |= {
            f"{name.split('-')[0].split()[0]} volcano" for name in names if " volcano" in name
        }
        names |= {name.removeprefix("The ").removesuffix(" volcano") for name in names}
    if actor.kind == "cable":
        names |= {_CABLE_FORM.sub("", name) for name in names}
        names |= {_NUMBER.sub(joint + r"\1", name) for name in names for joint in ("-", " ")}
    if actor.kind in ("company", "vendor"):  # Hengtong, of two words
        firsts = {name.split()[0] for name in names if len(name.split()) == 2}
        names |= {word for word in firsts if len(word) > 4 and word.lower() not in _GENERIC}
    if actor.kind == "operator":
        names |= {short for name in names if len(short := _without_state(name)) > _SHORTEST}
        names |= {word for name in names for word in _proper(name)}
        names |= {
            found[1]
            for name in names
            if (found := _CARRIER.fullmatch(name)) and found[1] not in ADJECTIVES
        }
    if actor.kind == "law":
        names |= {
            f"{kind} on {article}{subject}".replace("-I", " I")
            for name in names
            for subject, kind in _SUBJECT_LAW.findall(name)
            for article in ("the ", "")
        }
        names |= {f"{kind} {number}" for name in names for kind, number in _NUMBERED.findall(name)}
        names |= {found[0] for name in names if (found := _WITH_NUMBER.match(name))}
        names |= {_OF_YEAR.sub("", name) for name in names}
    if actor.kind == "state":
        names |= {"".join(f"{c}." for c in n) for n in names if n.isupper() and len(n) < 4}
        if actor.country == "US":
            names |= {"US", "U.S."}
    if actor.kind == "person":
        first, *_, last = actor.name.split() * 2
        names.add(first if actor.country in _FAMILY_FIRST else last)
    return {name for name in names if len(name) > 1}
