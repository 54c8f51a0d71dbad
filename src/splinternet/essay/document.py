"""An essay as paragraphs of clean text, from plain text or HTML of whatever quality."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from splinternet.base.errors import InputError
from splinternet.base.text import read_bounded
from splinternet.essay.html import html_paragraphs

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
#: A blank line; HTML has one between its blocks too.
_BLANK = re.compile(r"\n[^\S\n]*(?=\n)")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its lines, joined by line breaks, and the number of the first in the file."""

    text: str
    line: int

    @property
    def flat(self) -> str:
        """The paragraph in one line."""
        return " ".join(self.text.split())


@dataclass(frozen=True)
class Document:
    """An essay as it was found.

    Parameters
    ----------
    paragraphs
        In the order of reading; in HTML one for each block.
    notes
        What was wrong with the file and has been mended.
    published
        Date that the metadata of an HTML page gives, as written there.
    """

    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()
    published: str | None = None


def read_document(path: str | Path) -> Document:
    """Read an essay, plain text or HTML.

    Raises
    ------
    InputError
        If the file cannot be opened, is empty, binary or larger than ``MAX_BYTES``.
    """
    return document_of_bytes(read_bounded(Path(path), MAX_BYTES, _TOO_LARGE), path)


def document_of_bytes(data: bytes, path: str | Path | None = None) -> Document:
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
    text, notes = decoded(data, path)
    return document_of(text, notes, path)


def document_of(text: str, notes: Iterable[str] = (), path: str | Path | None = None) -> Document:
    """Make a document of text that has been decoded, with what there was to note in doing so.

    Raises
    ------
    InputError
        If there is no text, or too much.
    """
    if len(text) > MAX_BYTES:
        raise InputError(_TOO_LARGE, path)
    (text,), removed = _cleaned([text])
    notes = [*notes, *removed]
    published = None
    if _HTML.match(text):
        found, published, problems = html_paragraphs(text)
        # What the page spells as &#x202e; shows only now.
        blocks, removed = _cleaned([block for _, block in found], " from what the page encodes")
        notes += problems + removed
        lines = (line for line, _ in found)
        paragraphs = [Paragraph(b, n) for b, n in zip(blocks, lines, strict=True) if b.strip()]
    else:
        paragraphs = list(_plain_paragraphs(text))
    if not paragraphs:
        raise InputError("there is no text in this file; give the essay itself", path)
    return Document(tuple(paragraphs), tuple(notes), published)


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
    return [unicodedata.normalize("NFC", "".join(_plain(text))) for text in texts], notes


def _plain(text: str) -> Iterator[str]:
    """Yield the characters, with plain spaces, and no more accents on a letter than it can bear.

    Putting thousands of accents on one letter into their normal order takes quadratic time.
    """
    accents = 0
    for character in text:
        accents = accents + 1 if unicodedata.combining(character) else 0
        if accents <= _MOST_ACCENTS:
            yield " " if unicodedata.category(character) == "Zs" else character


def _plain_paragraphs(text: str) -> Iterator[Paragraph]:
    line = 1
    for block in _BLANK.split(text):
        start = line + len(block) - len(block.lstrip("\n"))
        if block.strip():
            yield Paragraph(block.strip("\n"), start)
        line += block.count("\n") + 1
