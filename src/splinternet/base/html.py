"""HTML for notebooks: a heading, and a table of facts."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

__all__ = ["html_facts"]


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
