"""An essay as paragraphs of clean text, from plain text, Markdown or web pages of any quality."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from splinternet.base.errors import InputError
from splinternet.base.text import path_of, read_bounded
from splinternet.essay.columns import unfolded
from splinternet.essay.html import Kind, Link, Page, read_page
from splinternet.essay.markdown import front_matter, is_markdown, markdown_page
from splinternet.essay.mhtml import is_mhtml, saved_page
from splinternet.essay.wrapping import mended, page_furniture

__all__ = [
    "MAX_BYTES",
    "Document",
    "Paragraph",
    "decoded",
    "document_of",
    "document_of_bytes",
    "read_document",
]

#: An essay is far smaller: this is some 150,000 words.
MAX_BYTES = 1_000_000

_TOO_LARGE = f"larger than {MAX_BYTES:,} bytes, which no essay is; give the essay alone"

#: What a file starts with that is no text, and what to do with it.
_BINARY = {
    b"%PDF-": "is a PDF; save its text first, with pdftotext for example",
    b"PK\x03\x04": "is a zip archive, as Word documents are; save it as plain text or HTML",
    b"\xd0\xcf\x11\xe0": "is an old Word document; save it as plain text or HTML",
    b"{\\rtf": "is an RTF document; save it as plain text or HTML",
    b"\x1f\x8b": "is compressed; unpack it first",
}
_BOMS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
#: Encodings that a page may declare; Python has others that are slow or do something else.
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?"""
    rb"""((?:iso-8859-|windows-125|cp125|koi8-|utf-)[0-9ru-]{1,4}|us-ascii|gb18030|big5|shift_jis)"""
)
_HTML = re.compile(
    r"\s{0,999}(?:<\?xml[^>]{0,200}>\s{0,999})?"
    r"<(?:(?:!doctype|html|head|body|article|main|section|div|h1|p)\b|!--)",
    re.IGNORECASE,
)
#: Marks that override the direction of writing, so that text looks other than it reads.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff\ufff9-\ufffb]")
_MOST_ACCENTS = 8
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
#: What binary data has many of, and text none.
_UNPRINTABLE = bytes({*range(32), 127} - set(b"\t\n\v\f\r"))
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
#: A shorter paragraph is a heading rather than the start of one that a page's end tore.
_LONGEST_LINE = 60
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its lines, joined by line breaks, and the number of the first in the file.

    ``kind`` tells headings, block quotations and items of lists where the file does; ``links`` are
    its hyperlinks.
    """

    text: str
    line: int
    kind: Kind = "text"
    links: tuple[Link, ...] = ()

    @property
    def flat(self) -> str:
        """The paragraph in one line; words that a hyphen broke at the end of a line are whole."""
        return mended(self.text)


@dataclass(frozen=True)
class Document:
    """An essay as it was found.

    Parameters
    ----------
    paragraphs
        In the order of reading; in HTML one for each block.
    notes
        What was wrong with the file and has been mended.
    published, title
        Date, as written, and title that front matter, a page or its metadata gives.
    heads
        Heads and numbers of pages that were left out.
    posts
        Titles of all posts of the page, of which this is one.
    """

    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()
    published: str | None = None
    title: str | None = None
    heads: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()


def read_document(path: str | Path, post: int = 1) -> Document:
    """Read an essay; of a page with several posts the one of that number.

    Raises
    ------
    InputError
        If the file cannot be opened, is empty, binary or larger than ``MAX_BYTES``.
    """
    data = read_bounded(path_of(path, "essay"), MAX_BYTES, _TOO_LARGE)
    return document_of_bytes(data, path, post)


def document_of_bytes(data: bytes, path: str | Path | None = None, post: int = 1) -> Document:
    """Make a document of what a file holds.

    Raises
    ------
    InputError
        If it is empty, binary or larger than ``MAX_BYTES``.
    """
    if len(data) > MAX_BYTES:
        raise InputError(_TOO_LARGE, path)
    if not data.strip():
        raise InputError("the file is empty; give the essay", path)
    for magic, what in _BINARY.items():
        if data.startswith(magic):
            raise InputError(f"this {what}", path)
    if is_mhtml(data):
        page = saved_page(data)
        if page is None:
            raise InputError("this saved page (MHTML) holds no HTML; save it as HTML", path)
        data = page
    text, notes = decoded(data, path)
    return document_of(text, notes, path, post)


def document_of(
    text: str, notes: Iterable[str] = (), path: str | Path | None = None, post: int = 1
) -> Document:
    """Make a document of text that has been decoded, with what there was to note in doing so.

    Raises
    ------
    InputError
        If there is no text, or too much, or no post of that number.
    """
    if len(text) > MAX_BYTES:
        raise InputError(_TOO_LARGE, path)
    (text,), removed = _cleaned([text])
    fields, text = front_matter(text)
    if _HTML.match(text):
        document = _of_pages(read_page(text), post, path)
    elif fields or is_markdown(text):
        document = _of_pages(read_page(markdown_page(text)), 1, path)
    else:
        document = _of_plain(text)
    if not document.paragraphs:
        where = "" if path is None else " in this file"
        raise InputError(f"there is no text{where}; give the essay itself", path)
    return replace(
        document,
        notes=(*notes, *removed, *document.notes),
        title=fields.get("title") or document.title,
        published=fields.get("date") or document.published,
    )


def _of_pages(pages: Sequence[Page], post: int, path: str | Path | None) -> Document:
    """Make a document of one post of a page."""
    if not 1 <= post <= len(pages):
        raise InputError(f"the page holds {len(pages)} posts, and none of number {post}", path)
    page = pages[post - 1]
    # What the page spells as &#x202e; shows only now.
    texts, removed = _cleaned([b.text for b in page.blocks], " from what the page encodes")
    paragraphs = (
        Paragraph(text, block.line, block.kind, block.links)
        for text, block in zip(texts, page.blocks, strict=True)
        if text.strip()
    )
    titles = tuple(each.title or "untitled" for each in pages)
    notes = list(page.problems) + removed
    if len(pages) > 1:
        listed = "; ".join(f"{n}: {title}" for n, title in enumerate(titles, 1))
        notes.append(f"The page holds {len(pages)} posts ({listed}); this is number {post}.")
    posts = titles if len(pages) > 1 else ()
    return Document(tuple(paragraphs), tuple(notes), page.published, page.title, (), posts)


def decoded(data: bytes, path: str | Path | None = None) -> tuple[str, list[str]]:
    """Decode by what the file shows, or UTF-8, or else as Windows-1252, and say what was odd.

    Raises
    ------
    InputError
        If it is binary.
    """
    for mark, encoding in _BOMS.items():
        if data.startswith(mark):
            text = data.decode(encoding, errors="replace")
            return text, ["Some bytes could not be decoded."] if "\ufffd" in text else []
    printable = len(data.translate(None, _UNPRINTABLE))
    if b"\0" in data or printable < 0.9 * len(data):
        raise InputError("this is binary data, not text; give plain text or HTML", path)
    try:
        return _repaired(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:2048].lower())
    encoding = declared[1].decode() if declared else "windows-1252"
    if encoding.startswith("utf"):
        encoding = "windows-1252"
    text = data.decode(encoding, errors="replace")
    return text, [f"The file is not UTF-8; it was read as {encoding}."]


def _repaired(text: str) -> tuple[str, list[str]]:
    """Undo UTF-8 that was once read as Windows-1252: it shows ``â€œ`` for a quotation mark."""
    if "â€" not in text:
        return text, []
    try:
        mended = text.encode("windows-1252").decode("utf-8")
    except UnicodeError:
        return text, ["Some characters look wrongly encoded; they were left as they are."]
    return mended, ["The text had been encoded twice; it was mended."]


def _cleaned(texts: Iterable[str], where: str = "") -> tuple[list[str], list[str]]:
    """Remove what cannot be seen, and say how much of it there was, and where."""
    texts = [_LINE_ENDS.sub("\n", text.encode("utf-8", "replace").decode()) for text in texts]
    notes = []
    for pattern, name, effect in (
        (_DIRECTION, "mark", " of writing direction, which can make text look other than it is,"),
        (_CONTROL, "control character", ""),
        (_INVISIBLE, "invisible character", ""),
    ):
        cleaned = [pattern.subn("", text) for text in texts]
        texts = [text for text, _ in cleaned]
        if removed := sum(count for _, count in cleaned):
            plural = "s" if removed > 1 else ""
            verb = "were" if removed > 1 else "was"
            notes.append(f"{removed:,} {name}{plural}{effect} {verb} removed{where}.")
    spaced = (_NOT_ASCII.sub(lambda run: "".join(_plain(run[0])), text) for text in texts)
    plain = (unicodedata.normalize("NFC", text) for text in spaced)
    return [text.translate(_LIGATURES) for text in plain], notes


#: No accent is ASCII, so that each run of other characters has all of a letter's.
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def _plain(text: str) -> Iterator[str]:
    """Yield the characters, with plain spaces, and no more accents on a letter than it can bear.

    Putting thousands of accents on one letter into their normal order takes quadratic time.
    """
    accents = 0
    for character in text:
        accents = accents + 1 if unicodedata.combining(character) else 0
        if accents <= _MOST_ACCENTS:
            yield " " if unicodedata.category(character) == "Zs" else character


#: Italics as they are typed: *Title of a Book, 12*(1) or _Title_.
_EMPHASIS = re.compile(
    r"(?<![\w*_])(?P<mark>[*_])(?=[^\s*_])(?P<words>[^*_\n]{1,200}(?:\n[^*_\n]{1,200})?)(?<=\S)"
    r"(?P=mark)(?![\w*_])"
)


def _of_plain(text: str) -> Document:
    """Make a document of plain text, without heads and numbers of pages."""
    numbered = unfolded(_EMPHASIS.sub(r"\g<words>", text).split("\n"))
    lines = [line for _, line in numbered]
    furniture = page_furniture(lines)
    paragraphs: list[Paragraph] = []
    gathered: list[str] = []
    start = 0
    torn = False
    for number, line in enumerate([*lines, ""]):
        if number in furniture:
            torn = True
        elif line.strip():
            start = start if gathered else numbered[number][0]
            gathered.append(line)
        elif gathered:
            _add(paragraphs, Paragraph("\n".join(gathered), start + 1), torn)
            gathered, torn = [], False
    heads = tuple(" ".join(lines[number].split()) for number in sorted(furniture))
    notes = []
    if heads:
        verb = "was" if len(heads) == 1 else "were"
        notes.append(
            f"{len(heads)} heads or numbers of pages {verb} left out: {'; '.join(heads)[:200]}."
        )
    return Document(tuple(paragraphs), tuple(notes), heads=heads)


def _add(paragraphs: list[Paragraph], one: Paragraph, torn: bool) -> None:
    """Add a paragraph; if the end of a page tore it off the one before, join the two."""
    before = paragraphs[-1].text.rstrip() if paragraphs else ""
    if torn and len(before) > _LONGEST_LINE and before[-1] not in '.!?:”"’)':
        paragraphs[-1] = Paragraph(f"{before}\n{one.text.lstrip()}", paragraphs[-1].line)
    else:
        paragraphs.append(one)
