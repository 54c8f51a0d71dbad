"""The texts of a brief, of one language in one file: ``languages/en.toml``.

A file of another language may name countries: ``countries.RU``, and ``nations.RU`` where the name
is another one within a sentence.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from splinternet.base.countries import country_name
from splinternet.base.errors import MisuseError
from splinternet.brief.words import the_nation

__all__ = ["Texts", "languages", "texts_of"]

_FOLDER = Path(__file__).with_name("languages")


class Texts:
    """Texts by key; those with ``{name}`` in them are filled in.

    A key that is not there is a mistake of the program's, and so a ``KeyError``.
    """

    def __init__(self, lang: str, table: dict[str, Any]) -> None:
        self.lang = lang
        self._table = table

    def __call__(self, key: str, **values: object) -> str:
        """Return a text, ``chapter.name``, with values filled in."""
        found = self._find(key)
        if not isinstance(found, str):
            raise KeyError(key)
        return found.format(**values)

    def many(self, key: str, **values: object) -> tuple[str, ...]:
        """Return a list of texts."""
        found = self._find(key)
        if not isinstance(found, list):
            raise KeyError(key)
        return tuple(each.format(**values) for each in found)

    def country(self, code: str) -> str:
        """Name a country; in English where the language has no name for it."""
        return self.maybe(f"countries.{code}") or country_name(code)

    def the_nation(self, code: str) -> str:
        """Name a country as within a sentence, with an article if it takes one."""
        named = self.maybe(f"nations.{code}") or self.maybe(f"countries.{code}")
        return named or the_nation(code)

    def maybe(self, key: str, **values: object) -> str | None:
        """Return a text with values filled in, or None where there is none."""
        try:
            return self(key, **values)
        except KeyError:
            return None

    def _find(self, key: str) -> Any:  # noqa: ANN401 - a text, or a list of them
        table: Any = self._table
        for part in key.split("."):
            table = table[part]
        return table


def languages() -> tuple[str, ...]:
    """Return the languages that a brief can be in."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def texts_of(lang: str) -> Texts:
    """Return the texts of a language.

    Raises
    ------
    MisuseError
        If there are none.
    """
    if lang not in languages():
        known = languages()
        raise MisuseError.unknown("language", lang, known, f"known: {', '.join(known)}")
    text = (_FOLDER / f"{lang}.toml").read_text(encoding="utf-8")
    return Texts(lang, tomllib.loads(text))
