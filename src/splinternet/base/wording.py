"""Texts in pages: escaped, with words for a computer as code and stressed ones as emphasis."""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup, escape

from splinternet.base.texts import texts_of

__all__ = ["marked", "marked_forms"]

_CODE, _STRESSED = re.compile(r"`([^`]+)`"), re.compile(r"\*([^*]+)\*")


def marked(key: str, /, **values: object) -> Markup:
    """Return a text of the wanted language as markup; values that are none are escaped.

    Raises
    ------
    TextError
        If there is none, or a value that it has room for is missing.
    """
    return _filled(key, None, values)


def marked_forms(key: str, number: int, /, **values: object) -> Markup:
    """Return the form of a text for a number of things, as :func:`marked`."""
    return _filled(key, number, values)


def _filled(key: str, number: int | None, values: dict[str, object]) -> Markup:
    room, _, name = key.partition(".")
    texts = texts_of(room)
    return Markup(texts.filled(name, _markup(texts.raw(name, number)), values))


@cache
def _markup(written: str) -> Markup:
    coded = _CODE.sub(r"<code>\1</code>", str(escape(written)))
    return Markup(_STRESSED.sub(r"<em>\1</em>", coded))
