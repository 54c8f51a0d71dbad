"""Scenarios as objects: what is claimed, on which world, and what happens."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import msgspec

from splinternet.base.errors import InputError, MisuseError
from splinternet.base.texts import phrase
from splinternet.base.toml_lines import Key, lines
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks import Shock
from splinternet.scenario.written import Written

__all__ = ["Recorded", "Scenario", "ScenarioFile", "Source", "blame"]


class Source(
    msgspec.Struct, metaclass=Written, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Where it is told what a scenario claims to model. ``date`` is as exact as is known.

    Raises
    ------
    ValueError
        If the date is no date, year and month, or year; or the address is no web address.
    """

    title: str
    author: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if self.date and not _is_date(self.date):
            raise ValueError(f"'date' is {self.date!r}; write 2019, 2019-11 or 2019-11-01")
        if self.url and not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", self.url):
            raise ValueError(f"'url' is {self.url!r}; a web address begins with https://")


def _is_date(text: str) -> bool:
    """Tell a date, a month or a year from other text."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        return False
    try:
        dt.date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


class Recorded(
    msgspec.Struct, metaclass=Written, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Answer on a full world, for those who have a digest or no world of that date.

    Attributes
    ----------
    date
        The day on which it was computed.
    command
        What computes it again, where the full world is.
    answer
        What came out.
    agrees
        Whether that agrees with what happened.
    deceived
        Share of the networks that each hijack or leak deceived, in the order of the shocks.
    """

    date: dt.date
    command: str
    answer: str
    agrees: str
    deceived: tuple[float, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The whole in lines."""
        answer, agrees = (" ".join(text.split()) for text in (self.answer, self.agrees))
        return (
            phrase("scenario.recorded.answer", answer=answer),
            f"{phrase('scenario.recorded.agrees')} {agrees}",
            phrase("scenario.recorded.computed", date=self.date, command=self.command),
        )


def _shocks(given: object) -> tuple[Shock, ...]:
    """Shocks that a caller gave, one or several."""
    shocks = (given,) if isinstance(given, Shock) else given
    if isinstance(shocks, Iterable) and not isinstance(shocks, str | Mapping):
        shocks = tuple(shocks)
        if all(isinstance(each, Shock) for each in shocks):
            return shocks
    raise MisuseError(f"{given!r} is no list of shocks; give [Isolate(networks='country:RU')]")


class Scenario(
    msgspec.Struct, metaclass=Written, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Shocks to a world, in order.

    Attributes
    ----------
    name
        What it is called.
    world
        The world that it is about: its name, or its month as 2019-12.
    shocks
        What happens; one may stand for several.
    description
        What it models.
    date
        The day of what it models.
    outcome
        What really happened.
    blocs
        Named selections, which ``bloc:`` and ``split`` use; each may use those before it.
    sources
        Where it is told.
    recorded
        What came out on the full world, of a case that a digest cannot answer.

    Examples
    --------
    >>> shock = Isolate(networks=Selection("country:CU"))
    >>> world.after(Scenario(name="Cuba alone", world="2019-12", shocks=(shock,)))
    <World 2019-12 (digest) after "Cuba alone": ...>
    """

    name: str
    world: str
    shocks: Annotated[tuple[Shock, ...], _shocks]
    description: str = ""
    date: dt.date | None = None
    outcome: str = ""
    blocs: dict[str, Selection] = {}
    sources: tuple[Source, ...] = ()
    recorded: Recorded | None = None

    def error(self, key: Key, message: str) -> InputError:
        """Make an error that names this scenario and the key to blame."""
        return InputError(message, f"scenario {self.name!r}", key=key)

    def plain(self) -> dict[str, Any]:
        """Return the scenario as plain values, selections as their text and dates as ISO text."""
        fields = {name: getattr(self, name) for name in Scenario.__struct_fields__}
        made: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(fields, enc_hook=str))
        return made

    @property
    def sha256(self) -> str:
        """Checksum of what it says."""
        return hashlib.sha256(msgspec.json.encode(self.plain())).hexdigest()


class ScenarioFile(Scenario, frozen=True, kw_only=True, dict=True):
    """A scenario read from a file, which knows the lines of its keys."""

    path: Path
    text: str

    @cached_property
    def _lines(self) -> dict[Key, int]:
        return lines(self.text)

    def error(self, key: Key, message: str) -> InputError:
        """Make an error that names the file, the line and the key to blame."""
        return blame(self.path, self._lines, key, message)

    @property
    def sha256(self) -> str:
        """Checksum of the file."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def blame(path: Path, places: Mapping[Key, int], key: Key, message: str) -> InputError:
    """Make an error that names the file, the key, and its line or that of what should hold it."""
    line = next((places[key[:n]] for n in range(len(key), 0, -1) if key[:n] in places), 1)
    return InputError(message, path, line, key)
