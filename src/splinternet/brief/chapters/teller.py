"""Tools of all chapters: the brief, its texts, and its numbered notes and works."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cached_property

import polars as pl

from splinternet.base.takes import Takes
from splinternet.base.texts import Texts
from splinternet.brief.country import CountryBrief
from splinternet.brief.document import Note
from splinternet.brief.facts.asked import FIGURES as EVERY_FIGURE
from splinternet.brief.facts.asked import Missing
from splinternet.brief.facts.carriers import Carrier
from splinternet.brief.facts.changes import FIGURES
from splinternet.brief.words import capital, count, day, network_title
from splinternet.measures.catalogue import list_measures
from splinternet.world.schema import FIRST_GROUP

__all__ = ["Teller"]

#: Notes whose figures are defined elsewhere, or that only restate what works say.
_NO_DEFINITION = ("atlas", "history", "ties")

#: Notes whose figures are levels, which are shipped of full worlds.
_LEVELS = ("dependence", "states", "reliability", "continuity", "detours", "crp", "cut", "atlas")

#: Notes on all figures at a glance, and those whose figures no world has.
_ALL_FIGURES, _OF_THE_LEDGER = ("atlas", "history"), ("vendors", "ties")

#: The note whose command takes no world: ties are of the ledger alone.
_ASKS_NO_WORLD = "ties"


class Teller:
    """Tells a brief in a language.

    Attributes
    ----------
    brief
        What is told.
    texts
        In which words.
    notes
        How figures are known, in the order in which they were first told.
    """

    def __init__(self, brief: CountryBrief, texts: Texts) -> None:
        self.brief = brief
        self.texts = texts
        self.nation = self.the_nation(brief.country)
        self.notes: list[Note] = []
        self._works: dict[str, int] = {}

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with values, and the nation's name, filled in."""
        return self.texts(key, nation=self.nation, Nation=capital(self.nation), **values)

    def note(
        self,
        key: str,
        words: str,
        takes: Takes | None = None,
        only: Collection[str] = (),
        *,
        before: bool = False,
        **values: object,
    ) -> int:
        """Number the note on how a figure is known, and the command that makes it again.

        Parameters
        ----------
        key
            The note's texts; where these name no source, the measure of this name does, or the one
            that they name.
        words, takes, only
            The command, see :meth:`~splinternet.brief.facts.asked.Asked.command`; by default it
            takes what the measure does.
        before
            Whether it asks the world before the scenario that this one is after.
        values
            What the note's title and definition name.
        """
        asked = replace(self.brief.asked, scenario=None) if before else self.brief.asked
        measure = self.texts.maybe(f"notes.{key}.measure") or key
        told = self.texts.maybe(f"notes.{key}.source")
        measures = FIGURES.values() if key in _ALL_FIGURES else (measure,)
        defined = dict.fromkeys(list_measures()[name].source for name in measures if not told)
        title = self.texts(f"notes.{key}.title", **values)
        command = asked.command(words, takes or _taken(measure), only)
        made = Note(
            title=title,
            kind=self.texts.maybe(f"notes.{key}.kind") or title,
            definition=self.texts(f"notes.{key}.definition", **values),
            source=told or "; ".join(defined),
            world=self._evidence(key),
            command=f"splinternet {words}" if key == _ASKS_NO_WORLD else command,
            defines=key not in _NO_DEFINITION,
        )
        if made not in self.notes:
            self.notes.append(made)
        return self.notes.index(made) + 1

    def _evidence(self, key: str) -> str:
        """Say what the figures of a note were computed from."""
        brief = self.brief
        if key in _OF_THE_LEDGER:
            return self.texts("document.ledger_short", ledger=brief.ledger.title)
        if key == "history" and brief.changes is not None:
            named = (
                self.texts("document.world_of", world=world, date=day(when))
                for world, when in brief.changes.select("world", "date").iter_rows()
            )
            return self.texts("document.worlds_short", worlds=", ".join(named))
        if key in _LEVELS and brief.asked.full is not None:
            of = brief.asked.full.world
            return self.texts("document.world_shipped", world=of.name, date=day(of.date))
        return self.world_short

    @property
    def counted(self) -> dict[str, str]:
        """Words for the networks ``abroad``, and what each of them and of the nation's counts."""
        counting = self.brief.asked.counting
        named = counting.vantages
        key, several = ("listed", len(named)) if isinstance(named, tuple) else (named, 0)
        return {
            "abroad": self.texts(f"counting.abroad_{key}", networks=count(several, "network")),
            "outside": self.texts(f"counting.outside.{counting.outside}"),
            "counted": self.texts(f"carriers.counted_{counting.weights}"),
        }

    def works(self, sources: Iterable[str]) -> str:
        """Number works, and return their numbers: ``[1] [4]``."""
        numbers = [self._works.setdefault(each, len(self._works) + 1) for each in sources]
        return " ".join(f"[{number}]" for number in sorted(set(numbers)))

    @property
    def cited(self) -> dict[str, int]:
        """Numbers of the works told so far, by id."""
        return dict(self._works)

    @cached_property
    def world(self) -> str:
        """The world in a sentence."""
        manifest = self.brief.manifest
        key = "document.world_digest" if manifest.is_digest else "document.world"
        return self.texts(key, world=manifest.name, date=day(manifest.date))

    @cached_property
    def world_short(self) -> str:
        """The world in a few words."""
        manifest = self.brief.manifest
        key = "document.world_short" + ("_digest" if manifest.is_digest else "")
        return self.texts(key, world=manifest.name, date=day(manifest.date))

    def missing(self, missing: Missing) -> str:
        """Say why there is no figure."""
        return self("document.none", reason=f"{missing.reason}.")

    def country(self, code: str | None) -> str:
        """Name a country, or say that it is unknown."""
        return self.texts("document.no_country") if code is None else self.texts.country(code)

    def the_nation(self, code: str) -> str:
        """Name a country as within a sentence."""
        return self.texts.the_nation(code)

    def network(self, asn: int, *, country: bool = True) -> str:
        """Name a network of the world."""
        networks = self.brief.asked.world.named
        found = networks.filter(pl.col("asn") == asn).select("name", "country", "members")
        if found.is_empty():  # a network of the full world that the digest sums up
            return network_title(asn, None)
        name, code, members = found.row(0)
        return network_title(asn, name, self.country(code) if country else None, members=members)

    def group_numbers(self, asns: Iterable[int]) -> tuple[str, ...]:
        """Say whose numbers those of a digest's groups are, if any of these is one."""
        if not self.brief.manifest.is_digest or all(asn < FIRST_GROUP for asn in asns):
            return ()
        return (self("document.group_numbers", first=FIRST_GROUP),)

    def carrier(self, carrier: Carrier, *, country: bool = True) -> str:
        """Name a carrier, and its country where that is not plain."""
        where = self.country(carrier.country) if country else None
        return network_title(carrier.asn, carrier.name, where, members=carrier.members)


def _taken(measure: str) -> Takes:
    """Choices that a question takes: those of its measure; if it is about all, of all figures."""
    known = list_measures().get(measure)
    return EVERY_FIGURE if known is None else known.takes
