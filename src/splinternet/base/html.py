"""HTML: a table of facts for notebooks, and text in which lines do not end within a date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import escape

from splinternet.base.texts import texts_of

__all__ = ["html_facts", "unbroken"]

#: What stays as it is: what shows no text that wraps, or is no HTML; what is whole; the text of a
#: label, button or button-like link, which are boxes that set their parts apart; and any tag.
_KEPT = (
    r"<(script|style|title|textarea|option|svg|pre)\b.*?</\1>|<span class=\"unbroken\">[^<]*"
    r"|<(?:label|button)\b[^>]*>[^<]*|<a class=\"button[^>]*>[^<]*|<[^>]*>"
)

#: A date, a span of years, or an option of a command, which end no line at their hyphens.
_HYPHENED = r"\d{4}[-–](?:\d{4}|\d{2}(?:-\d{2})?)|--[a-z][a-z-]*"


def html_facts(heading: str, facts: Mapping[str, object], body: str = "") -> str:
    """Heading and a table of facts, those that are empty left out, as HTML.

    Parameters
    ----------
    heading
        What the facts are of.
    facts
        Each fact under its name. They are escaped.
    body
        HTML that follows the table as it is.

    Examples
    --------
    >>> html_facts("World", {"Links": 3, "After": ""})
    '<b>World</b><table><tr><th>Links</th><td>3</td></tr></table>'
    """
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(str(fact))}</td></tr>"
        for name, fact in facts.items()
        if fact not in ("", None)
    )
    return f"<b>{escape(heading)}</b><table>{rows}</table>{body}"


def unbroken(page: str, lang: str | None = None) -> str:
    """Let no line of a page end within a date or an option, or between a number and its unit.

    Parameters
    ----------
    page
        HTML, with ``.unbroken`` among its styles as what does not wrap.
    lang
        The language of its months and units.

    Examples
    --------
    >>> unbroken("<p>Since 2024-07-11</p>")
    '<p>Since <span class="unbroken">2024-07-11</span></p>'
    """
    words = texts_of("words", lang)
    return _breaking((*words.many("months"), *words.many("units"))).sub(_kept_whole, page)


@cache
def _breaking(words: tuple[str, ...]) -> re.Pattern[str]:
    """Pattern of what stays as it is, and as ``whole`` of what one line has."""
    after = "|".join(map(re.escape, words))
    whole = rf"(?<![\w.,-])(?P<whole>{_HYPHENED}|\d[\d.,]* (?:{after}))(?![\w-])"
    return re.compile(f"{_KEPT}|{whole}", re.DOTALL)


def _kept_whole(found: re.Match[str]) -> str:
    return f'<span class="unbroken">{found[0]}</span>' if found["whole"] else found[0]
