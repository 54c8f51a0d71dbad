"""Markdown, as HTML, and what stands in its front matter."""

from __future__ import annotations

import re

__all__ = ["front_matter", "is_markdown", "markdown_page"]

_FRONT = re.compile(r"\A---[ \t]*\n(?P<lines>(?:[^\n]{0,2000}\n){1,60}?)(?:---|\.\.\.)[ \t]*\n")
_FIELD = re.compile(r"^(title|date)\s{0,5}:\s{0,5}(.{1,500})$", re.MULTILINE)
_MARKS = re.compile(
    r"^#{1,6} \S|\]\(<?https?://|^\[\^\w{1,20}\]: |^\[[^\]\n]{1,60}\]: https?://|^```|^> \S"
    r"|\*\*[^*\n]{1,200}\*\*",
    re.MULTILINE,
)
_NOTE = re.compile(r"^\[\^(\w{1,20})\]: ", re.MULTILINE)


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return title and date from the front matter of a text, and the text without it."""
    found = _FRONT.match(text)
    if not found:
        return {}, text
    fields = {name: value.strip().strip("\"'") for name, value in _FIELD.findall(found["lines"])}
    blank = "\n" * found[0].count("\n")
    return fields, blank + text[found.end() :]


def is_markdown(text: str) -> bool:
    """Tell whether a text has marks of Markdown: headings, links, notes, strong words."""
    return bool(_MARKS.search(text))


def markdown_page(text: str) -> str:
    """Return Markdown as HTML, each block with its line."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # A note is a paragraph of its own, also right below another one.
    tokens = parser.parse(_NOTE.sub(r"\n[^\1] ", text))
    extra = [match.start() for match in _NOTE.finditer(text)]
    lines = [text.count("\n", 0, at) + shift + 1 for shift, at in enumerate(extra)]
    for token in tokens:
        if token.map and token.nesting >= 0:
            line = token.map[0] + 1
            token.attrSet("data-line", str(line - sum(inserted < line for inserted in lines)))
    body: str = parser.renderer.render(tokens, parser.options, {})
    return f"<html><body><main>{body}</main></body></html>"
