"""Texts that people read in terminal and pages: a folder a language, a file a room.

``languages/en/web.toml`` has the texts of pages, and so on. The key of a text is the name of its
file and the path in it: ``web.compare.title``. ``SPLINTERNET_LANGUAGE`` names another language, or
a folder of files like these; what it lacks is in English.
"""

from __future__ import annotations

import gettext
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from splinternet.base.countries import country_name, the_nation
from splinternet.base.errors import InputError, MisuseError, TextError

__all__ = [
    "Texts",
    "code_called",
    "country_called",
    "language_mark",
    "languages",
    "nation_called",
    "phrase",
    "phrase_for",
    "texts_of",
]

_FOLDER = Path(__file__).parents[1] / "languages"

#: The language that has every text, and where the wanted one is named.
_ENGLISH, _WANTED = "en", "SPLINTERNET_LANGUAGE"

#: The room of the names of countries.
_NAMES = "brief"

#: How a text with forms is chosen by a number, in a language that does not say.
_PLURAL = "n != 1"

#: A text; lists of them, and its forms by number, are tuples.
_Entry = str | tuple[str, ...]


@dataclass(frozen=True)
class Texts:
    """Texts of a room in a language; those with ``{name}`` in them are filled in.

    Attributes
    ----------
    lang
        The language, as pages declare it: ``en``.
    room
        The file that they stand in: ``brief``.
    """

    lang: str
    room: str
    _table: Mapping[str, _Entry]
    _plural: Callable[[int], int]

    def __call__(self, key: str, /, **values: object) -> str:
        """Return a text, ``chapter.name``, with values filled in.

        Raises
        ------
        TextError
            If there is none, or a value that it has room for is missing.
        """
        return self.filled(key, self.raw(key), values)

    def many(self, key: str, /, **values: object) -> tuple[str, ...]:
        """Return a list of texts; raise as a call does."""
        return tuple(self.filled(key, each, values) for each in self._found(key, tuple))

    def raw(self, key: str, number: int | None = None) -> str:
        """Return a text as it is written, of one with forms the one for a number of things."""
        if number is None:
            return str(self._found(key, str))
        forms = self._found(key, tuple)
        return str(forms[min(self._plural(number), len(forms) - 1)])

    def filled(self, key: str, written: str, values: Mapping[str, object]) -> str:
        """Fill values in what is written, or in markup that was made of it."""
        try:
            return written.format(**values)
        except (KeyError, IndexError, ValueError) as error:
            raise TextError(
                f"the text {self.room}.{key} in {self.lang} cannot be filled in ({error}); "
                f"it may have {', '.join(values) or 'no slot'}"
            ) from None

    def maybe(self, key: str, /, **values: object) -> str | None:
        """Return a text with values filled in, or None where there is none."""
        return self(key, **values) if isinstance(self._table.get(key), str) else None

    def country(self, code: str) -> str:
        """Name a country; in English where the language has no name for it."""
        return self.maybe(f"countries.{code}") or country_name(code)

    def the_nation(self, code: str) -> str:
        """Name a country as within a sentence, with an article if it takes one."""
        named = self.maybe(f"nations.{code}") or self.maybe(f"countries.{code}")
        return named or the_nation(code)

    def __iter__(self) -> Iterator[str]:
        """Yield the keys of all texts."""
        return iter(self._table)

    def _found(self, key: str, kind: type) -> Any:  # noqa: ANN401 - a text, or a list of them
        found = self._table.get(key)
        if not isinstance(found, kind):
            raise TextError(f"no text is called {self.room}.{key}; add it to {self.room}.toml")
        return found


def phrase(key: str, /, **values: object) -> str:
    """Return a text of the wanted language: ``room.chapter.name``, with values filled in.

    Raises
    ------
    TextError
        If there is none, or a value that it has room for is missing.
    MisuseError
        If there is no such language.
    """
    room, _, name = key.partition(".")
    return texts_of(room)(name, **values)


def phrase_for(key: str, number: int, /, **values: object) -> str:
    """Return the form of a text for a number of things; raise as :func:`phrase`."""
    room, _, name = key.partition(".")
    texts = texts_of(room)
    return texts.filled(name, texts.raw(name, number), values)


def country_called(code: str) -> str:
    """Name a country in the wanted language; in English where that has no name for it."""
    return texts_of(_NAMES).country(code)


def nation_called(code: str) -> str:
    """Name a country as within a sentence of the wanted language."""
    return texts_of(_NAMES).the_nation(code)


def code_called(name: str) -> str | None:
    """Code of the country of a name in the wanted language, in any case; None where it has none."""
    return _codes(os.environ.get(_WANTED) or _ENGLISH).get(name.strip().casefold())


@cache
def _codes(lang: str) -> dict[str, str]:
    texts = texts_of(_NAMES, lang)
    keys = [key for part in ("nations.", "countries.") for key in texts if key.startswith(part)]
    return {texts(key).casefold(): key.partition(".")[2] for key in keys}


def language_mark() -> str:
    """A mark of the wanted language, another as soon as a file of a folder elsewhere is changed."""
    lang = os.environ.get(_WANTED) or _ENGLISH
    states = [(each.name, each.stat()) for each in sorted(Path(lang).glob("*.toml"))]
    return repr((lang, [(name, state.st_size, state.st_mtime_ns) for name, state in states]))


def languages() -> tuple[str, ...]:
    """Return the languages that are shipped."""
    return tuple(sorted(path.name for path in _FOLDER.iterdir() if path.is_dir()))


def texts_of(room: str, lang: str | None = None) -> Texts:
    """Return the texts of a room, by default in the wanted language.

    Raises
    ------
    MisuseError
        If there is no such language.
    InputError
        If a file of it is no TOML.
    """
    return _texts(room, lang or os.environ.get(_WANTED) or _ENGLISH)


@cache
def _texts(room: str, lang: str) -> Texts:
    known = languages()
    folder = Path(lang) if lang not in known and Path(lang).is_dir() else _FOLDER / lang
    if folder.parent == _FOLDER and lang not in known:
        raise MisuseError.unknown("language", lang, known, f"known: {', '.join(known)}")
    plural = _read(folder / "language.toml").get("plural", _PLURAL)
    table = _read(_FOLDER / _ENGLISH / f"{room}.toml") | _read(folder / f"{room}.toml")
    return Texts(folder.name, room, table, gettext.c2py(str(plural)))


def _read(path: Path) -> dict[str, _Entry]:
    """Read a file of texts, each by the path to it; one that is not there has none."""
    try:
        return dict(_flat(tomllib.loads(path.read_text(encoding="utf-8"))))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"is no file of texts ({error})", path) from None


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, _Entry]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", tuple(value) if isinstance(value, list) else value
