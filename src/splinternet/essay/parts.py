"""The parts of an essay: its heading, its prose and its list of works."""

from __future__ import annotations

import re
from dataclasses import dataclass

from splinternet.essay.dates import Period, parse_date
from splinternet.essay.document import Document, Paragraph

__all__ = ["Parts", "divide"]

_WORKS = re.compile(
    r"\W{0,9}(?:[0-9]{1,2}\W{1,3})?(?:works (?:cited|consulted)|cited works|references?(?: list)?|"
    r"references cited|reference list|bibliography|literature(?: cited)?|sources(?: cited)?|"
    r"list of (?:works|references))\W{0,9}",
    re.IGNORECASE,
)
_ENDS_PROSE = tuple(".!?:;,…\"”’')]")
_LONGEST_HEADING = 120
_BYLINE = re.compile(r"(?:by|posted|published|updated|written)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Parts:
    """An essay in its parts.

    Parameters
    ----------
    title
        Last line before the prose that is neither a date nor a byline.
    dated
        First date in the lines before the prose, or else in the page's metadata.
    prose
        Paragraphs of running text; headings between them are left out.
    works
        Paragraphs of the list of works; None if there is no such list.
    """

    title: str | None
    dated: Period | None
    prose: tuple[Paragraph, ...]
    works: tuple[Paragraph, ...] | None


def divide(document: Document) -> Parts:
    """Tell heading, prose and list of works.

    The list of works follows the last paragraph that says nothing but ``Works Cited``,
    ``References``, ``Bibliography`` or the like, and ends at the next heading. A heading is a
    paragraph whose every line is short and does not end as a sentence does.
    """
    paragraphs = document.paragraphs
    at = _works_heading(paragraphs)
    text = paragraphs if at is None else paragraphs[:at]
    works = None if at is None else _listed(paragraphs[at:])
    first_prose = next((n for n, p in enumerate(text) if not _is_heading(p)), len(text))
    lines = [line.strip() for p in text[:first_prose] for line in p.text.splitlines()]
    dates = [period for line in lines if (period := parse_date(line))]
    if not dates and document.published:
        dates = [period for period in [parse_date(document.published[:10])] if period]
    titles = [line for line in lines if not parse_date(line) and not _BYLINE.match(line)]
    return Parts(
        title=titles[-1] if titles else None,
        dated=dates[0] if dates else None,
        prose=tuple(p for p in text[first_prose:] if not _is_heading(p)),
        works=works,
    )


def _works_heading(paragraphs: tuple[Paragraph, ...]) -> int | None:
    found = None
    for number, paragraph in enumerate(paragraphs):
        first, _, rest = paragraph.text.strip().partition("\n")
        if _WORKS.fullmatch(first) and (rest.strip() or number + 1 < len(paragraphs)):
            found = number
    return found


def _listed(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Return what the list holds, without its heading and what follows the list."""
    heading, *rest = paragraphs
    _, _, below = heading.text.strip("\n").partition("\n")
    listed = [Paragraph(below, heading.line + 1)] if below.strip() else []
    for paragraph in rest:
        if listed and _is_heading(paragraph) and not re.search(r"[0-9“\"]", paragraph.text):
            break
        listed.append(paragraph)
    return tuple(listed)


def _is_heading(paragraph: Paragraph) -> bool:
    lines = [line.strip() for line in paragraph.text.splitlines()]
    return all(len(line) <= _LONGEST_HEADING and not line.endswith(_ENDS_PROSE) for line in lines)
