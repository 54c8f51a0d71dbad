"""The paragraphs of an HTML page: what a reader would see, block by block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["html_paragraphs"]

#: Elements that hold nothing of the text.
_UNSEEN = frozenset(
    "script style noscript template head nav form button select textarea svg math iframe object "
    "audio video canvas".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure footer h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody "
    "td tfoot th thead tr ul".split()
)
_MARKS = {"q": ("“", "”")}
#: Where pages say when they were published.
_PUBLISHED = ("article:published_time", "datepublished", "date", "dc.date", "citation_date")


def html_paragraphs(text: str) -> tuple[list[tuple[int, str]], str | None, list[str]]:
    """Return blocks of text with their lines, the date of publication, and what was wrong.

    Scripts, styles, forms and navigation are left out.
    """
    from lxml import etree, html

    # lxml is used because the standard library's parser takes quadratic time on broken markup.
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, ValueError):
        return [], None, []
    too_deep = any("depth" in entry.message for entry in parser.error_log)
    notes = ["The page is nested too deep; some of its text is missing."] if too_deep else []
    return list(_blocks(root)), _published(root), notes


def _blocks(root: HtmlElement) -> Iterator[tuple[int, str]]:
    """Gather text between the starts and ends of blocks."""
    line = 1
    parts: list[str] = []
    for at, piece in _pieces(root):
        if piece is not None:
            if piece.strip() and not parts:
                line = at
            parts.append(piece)
        elif parts:
            if block := _tidied("".join(parts)):
                yield line, block
            parts = []


def _pieces(element: HtmlElement) -> Iterator[tuple[int, str | None]]:
    """Yield text with its line; None where a block starts or ends.

    Recursion is safe: the parser nests 256 elements at most.
    """
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag not in _UNSEEN and "hidden" not in element.attrib:
        line, block = element.sourceline or 1, tag in _BLOCKS
        before, after = _MARKS.get(tag, ("", ""))
        if block:
            yield line, None
        yield line, before + _spaced(element.text)
        if tag == "br":
            yield line, "\n"
        for child in element:
            yield from _pieces(child)
        yield line, after
        if block:
            yield line, None
    if element.tail:
        yield element.sourceline or 1, _spaced(element.tail)


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _tidied(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _published(root: HtmlElement) -> str | None:
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if name.lower() in _PUBLISHED and meta.get("content"):
            return str(meta.get("content"))
    for time in root.iter("time"):
        if time.get("datetime"):
            return str(time.get("datetime"))
    return None
