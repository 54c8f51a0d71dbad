"""The list of works: its entries, each as CSL-JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from splinternet.essay.document import Paragraph
from splinternet.essay.entries import parse_entry
from splinternet.essay.names import Name, folded
from splinternet.essay.wrapping import mended

__all__ = ["Unread", "Work", "linked_works", "parse_works"]

#: How an entry starts: a name and a comma or year, a body, a title in quotation marks, dashes.
_STARTS = re.compile(
    r"(?:[A-ZÀ-Þ][^\s,.]{0,40}(?: [^\s,.]{1,40}){0,6}[,.(]|(?:[a-z]{1,4} ){1,3}[A-ZÀ-Þ]|[“\"„«‘]|"
    r"[-–—_]{3}|[A-ZÀ-Þ][\w’'&. -]{1,60} (?:\(?[12][0-9]{3}|\(n\.))"
)
_BULLET = re.compile(r"\s{0,8}(?:[-*•·‣▪] |\[[0-9]{1,3}\]|\(?[0-9]{1,3}[.)] )")
_NUMBER = re.compile(r"[\[(]?([0-9]{1,3})(?:[\])]|\. )")
_ENDS = re.compile(r"(?:[.)”\"’>\]]|https?://\S+|[a-z]/\S*|10\.[0-9]{4,9}/\S+|[-–][0-9]{1,5})$")


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
        MLA, APA, Chicago, Harvard or IEEE: the shape that the entry was read by.
    text
        The entry as written, in one line.
    csl
        The work as CSL-JSON.
    number
        Its number, in a numbered list.
    """

    id: str
    line: int
    style: str
    text: str
    csl: dict[str, Any]
    number: int | None = None

    @property
    def authors(self) -> list[str]:
        """Family names, or names of bodies; of editors where there is no author."""
        names: list[Name] = self.csl.get("author") or self.csl.get("editor", [])
        return [name.get("family") or name["literal"] for name in names]

    @property
    def title(self) -> str:
        """Title of the work."""
        return str(self.csl.get("title", self.csl.get("URL", "")))

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
        numbered = _NUMBER.match(text)
        number = int(numbered[1]) if numbered else None
        works.append(Work(made, line, style, text, {"id": made, **csl}, number))
    return works, unread


def linked_works(urls: Iterable[str]) -> list[Work]:
    """Make works of the addresses that an essay without a list of works links to."""
    works = []
    for url in dict.fromkeys(urls):
        bare = re.sub(r"[^a-z0-9]+", "-", re.sub(r"^https?://(?:www\.)?", "", url.lower())).strip(
            "-"
        )
        works.append(Work(bare, 0, "link", url, {"id": bare, "type": "webpage", "URL": url}))
    return works


def _stem(work: Work) -> str:
    who = folded(work.authors[0] if work.authors else " ".join(work.title.split()[:4]))
    words = re.sub(r"[^a-z0-9]+", "-", who).strip("-") or "work"
    issued = f"{work.issued}{work.csl.get('year-suffix', '')}"
    return "-".join(part for part in (words, issued) if part)


def _entries(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, str]]:
    """Split a list into entries, each with its line, and in one line."""
    for paragraph in _joined(paragraphs):
        hidden = [link.url for link in paragraph.links if link.url not in paragraph.text]
        if hidden:  # the address stands behind the title
            paragraph = replace(paragraph, text=f"{paragraph.text} {hidden[0]}")
        lines = paragraph.text.split("\n")
        starts = _starts(lines)
        for first, following in zip(starts, [*starts[1:], len(lines)], strict=True):
            text = mended(" ".join("\n".join(lines[first:following]).split(" ")))
            if text:
                yield paragraph.line + first, text


def _joined(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Join what a blank line tore apart: an entry that does not end goes on in the next one."""
    before: Paragraph | None = None
    for paragraph in paragraphs:
        goes_on = (
            before and not _ENDS.search(before.text.rstrip()) and before.text.rstrip()[-1] != "."
        )
        starts = _BULLET.match(paragraph.text) or _STARTS.match(paragraph.text.strip())
        if goes_on and before and not starts and len(before.text) > 30:
            before = Paragraph(f"{before.text}\n {paragraph.text.lstrip()}", before.line)
            continue
        if before:
            yield before
        before = paragraph
    if before:
        yield before


def _starts(lines: Sequence[str]) -> list[int]:
    """Find the lines of a paragraph where entries start.

    With a hanging indent, those that are not indented; else those that start as an entry does,
    after a line that ends as one does.
    """
    indented = [line[:1].isspace() for line in lines]
    bullets = [number for number, line in enumerate(lines) if _BULLET.match(line)]
    if bullets and (bullets[0] == 0 or len(bullets) > 1):
        return bullets if bullets[0] == 0 else [0, *bullets]
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
