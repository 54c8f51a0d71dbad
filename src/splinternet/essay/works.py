"""The list of works: its entries, each as CSL-JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from splinternet.essay.document import Paragraph
from splinternet.essay.entries import parse_entry
from splinternet.essay.names import Name, folded

__all__ = ["Unread", "Work", "parse_works"]

#: How an entry starts: a name and a comma, a body, a title in quotation marks, dashes, a bullet.
_STARTS = re.compile(
    r"(?:[A-ZÀ-Þ][^\s,.]{0,40}(?: [^\s,.]{1,40}){0,6}[,.]|[“\"]|[-–—_]{3}|\[?[0-9])"
)
_ENDS = re.compile(r"(?:[.)”\"]|https?://\S+|[0-9])$")


@dataclass(frozen=True)
class Work:
    """A work in the list.

    Parameters
    ----------
    id
        First author, or title, and date: ``doe-2019-06-07``.
    line
        Line of the file its entry starts on.
    style
        MLA, APA or Chicago (author-date).
    text
        The entry as written, in one line.
    csl
        The work as CSL-JSON.
    """

    id: str
    line: int
    style: str
    text: str
    csl: dict[str, Any]

    @property
    def authors(self) -> list[str]:
        """Family names, or names of bodies."""
        names: list[Name] = self.csl.get("author", [])
        return [name.get("family") or name["literal"] for name in names]

    @property
    def title(self) -> str:
        """Title of the work."""
        return str(self.csl["title"])

    @property
    def year(self) -> str | None:
        """Year of issue, with its letter where there is one: ``2019a``."""
        issued = self.csl.get("issued")
        if not issued:
            return None
        return f"{issued['date-parts'][0][0]}{self.csl.get('year-suffix', '')}"

    @property
    def issued(self) -> str:
        """Date of issue: ``2019-11-11``, ``2019-11``, ``2019`` or nothing."""
        return _written(self.csl.get("issued"))

    @property
    def name(self) -> str:
        """The work as a report names it: author, title and date."""
        who = " and ".join(self.authors[:2] if len(self.authors) < 3 else self.authors[:1])
        who += " and others, " if len(self.authors) > 2 else ", " if who else ""
        accessed = _written(self.csl.get("accessed"))
        when = self.issued or (f"looked up on {accessed}" if accessed else "undated")
        return f"{who}“{self.title}”, {when}"

    @property
    def latest(self) -> date | None:
        """Last day that the entry names: of issue, or of looking the work up."""
        days = [
            date(*[*parts, 1, 1][:3])
            for key in ("issued", "accessed")
            if (parts := self.csl.get(key, {"date-parts": [[]]})["date-parts"][0])
        ]
        return max(days, default=None)


def _written(csl_date: dict[str, list[list[int]]] | None) -> str:
    return "-".join(f"{part:02}" for part in csl_date["date-parts"][0]) if csl_date else ""


@dataclass(frozen=True)
class Unread:
    """An entry that could not be understood."""

    line: int
    text: str


def parse_works(paragraphs: Sequence[Paragraph]) -> tuple[list[Work], list[Unread]]:
    """Read a list of works; the second list holds what is in it and could not be read."""
    works: list[Work] = []
    unread: list[Unread] = []
    before: list[Name] = []
    ids: Counter[str] = Counter()
    for line, text in _entries(paragraphs):
        parsed = parse_entry(text, before)
        if parsed is None:
            unread.append(Unread(line, text))
            continue
        style, csl = parsed
        before = csl.get("author", before)
        work = Work("", line, style, text, csl)
        stem = _stem(work)
        ids[stem] += 1
        made = stem if ids[stem] == 1 else f"{stem}-{ids[stem]}"
        works.append(Work(made, line, style, text, {"id": made, **csl}))
    return works, unread


def _stem(work: Work) -> str:
    who = folded(work.authors[0] if work.authors else " ".join(work.title.split()[:4]))
    words = re.sub(r"[^a-z0-9]+", "-", who).strip("-") or "work"
    issued = f"{work.issued}{work.csl.get('year-suffix', '')}"
    return "-".join(part for part in (words, issued) if part)


def _entries(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, str]]:
    """Split a list into entries, each with its line, and in one line."""
    for paragraph in paragraphs:
        lines = paragraph.text.split("\n")
        starts = _starts(lines)
        for first, following in zip(starts, [*starts[1:], len(lines)], strict=True):
            text = " ".join(" ".join(lines[first:following]).split())
            if text:
                yield paragraph.line + first, text


def _starts(lines: Sequence[str]) -> list[int]:
    """Find the lines of a paragraph where entries start.

    With a hanging indent, those that are not indented; else those that start as an entry does,
    after a line that ends as one does.
    """
    indented = [line[:1].isspace() for line in lines]
    if any(indented) and not all(indented):
        starts = [number for number, inside in enumerate(indented) if not inside]
        return starts if starts[0] == 0 else [0, *starts]
    return [
        0,
        *(
            number
            for number, (above, line) in enumerate(pairwise(lines), 1)
            if _ENDS.search(above.rstrip()) and _STARTS.match(line.strip())
        ),
    ]
