"""Reading an essay: everything that rules find in it, set beside a ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from splinternet.base.checked import typed
from splinternet.base.dates import parse_span
from splinternet.base.errors import MisuseError
from splinternet.essay.actors import Mention, find_mentions
from splinternet.essay.citations import (
    Citation,
    Uncited,
    uncited_works,
    without_citations,
)
from splinternet.essay.citing import find_citations
from splinternet.essay.claims import Claim, Parsed, find_claims
from splinternet.essay.comparing import Comparison
from splinternet.essay.dates import Period
from splinternet.essay.document import (
    Document,
    Paragraph,
    document_of,
    document_of_bytes,
    read_document,
)
from splinternet.essay.figures import Figure, find_figures
from splinternet.essay.gazetteer import Gazetteer
from splinternet.essay.language import ENGLISH_FROM, english_share
from splinternet.essay.marks import marked, without_marks
from splinternet.essay.noted import noted_works
from splinternet.essay.parts import Note, Parts, divide
from splinternet.essay.sentences import Sentence, split_sentences
from splinternet.essay.speakers import Quotation, quotations_of
from splinternet.essay.statements import Statement, read_statements
from splinternet.essay.times import TimeReference, find_times
from splinternet.essay.works import Unread, Work, linked_works, parse_works
from splinternet.ledger.catalogue import LedgerLike, ledger_of
from splinternet.ledger.ledger import Ledger

__all__ = ["Reading", "read_essay", "read_essay_file"]

#: A citation after the last full stop, as it stands behind a block quotation.
_CITED_AT_END = re.compile(r"[.!?…][”\"]? ?[(\[][^()\[\]]{1,100}[)\]]$")
_ITEM = re.compile(r"\s*(?:[-*•·‣▪–]|\(?[0-9a-z]{1,3}[.)])\s")


@dataclass(frozen=True)
class Reading:
    """Findings in an essay.

    Parameters
    ----------
    title
        Title of the essay, if it has one.
    dated
        Its date, from which relative dates are told; None if unknown.
    ledger
        Title of the ledger it was set beside.
    notes
        What was wrong with the file, and what could not be read.
    sentences
        Those of its prose.
    works, unread, uncited
        The list of works; entries of it that make no sense; works that no citation surely means.
    has_list
        Whether there is a list of works at all.
    citations, mentions, times, figures, quotations, claims
        What the sentences hold, in the order of the text.
    names
        Names of the actors mentioned or in ``statements``, by id.
    statements
        Statements of the ledger that findings name, by id.
    """

    title: str | None
    dated: Period | None
    ledger: str
    notes: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    works: tuple[Work, ...]
    unread: tuple[Unread, ...]
    uncited: tuple[Uncited, ...]
    has_list: bool
    citations: tuple[Citation, ...]
    mentions: tuple[Mention, ...]
    times: tuple[TimeReference, ...]
    figures: tuple[Figure, ...]
    quotations: tuple[Quotation, ...]
    claims: tuple[Claim, ...]
    names: dict[str, str]
    statements: dict[str, Statement]


@typed
def read_essay_file(
    path: str | Path, ledger: LedgerLike | None = None, date: str | None = None, post: int = 1
) -> Reading:
    """Reading of an essay in a file of plain text, Markdown, HTML or MHTML.

    Parameters
    ----------
    path
        The file, of ``MAX_BYTES`` at most.
    ledger
        What it is set beside; by default the ledger that is shipped.
    date
        Date of the essay, as 2019-11-30, 2019-11 or 2019; by default the one found in it.
    post
        Which post of a page that holds several, from 1.

    Raises
    ------
    InputError
        If the file is no text, or too large, or holds no such post.
    MisuseError
        If ``date`` is none.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "essay.txt"
    ...     _ = path.write_text("Huawei made $122 billion in 2019.")
    ...     read_essay_file(path).figures[0].unit
    'USD'
    """
    return _read(read_document(path, post), ledger_of(ledger), date)


@typed
def read_essay(
    text: str | bytes, ledger: LedgerLike | None = None, date: str | None = None, post: int = 1
) -> Reading:
    """Reading of an essay given as text, or as the bytes of a file; as :func:`read_essay_file`.

    Raises
    ------
    InputError
        If there is no text, or too much.
    MisuseError
        If ``date`` is no date, or ``text`` neither text nor bytes.

    Examples
    --------
    >>> read_essay("Huawei made $122 billion in 2019.", open_ledger()).figures[0].unit
    'USD'
    """
    if not isinstance(text, str | bytes):
        raise MisuseError(f"{text!r} is no essay; give its text, or read_essay_file a file")
    document = (
        document_of(text, post=post)
        if isinstance(text, str)
        else document_of_bytes(text, post=post)
    )
    return _read(document, ledger_of(ledger), date)


def _read(document: Document, ledger: Ledger, date: str | None) -> Reading:
    parts = divide(document)
    dated = _given(date) or parts.dated
    sentences = _sentences(parts.prose, parts.notes)
    works, unread = _works(parts, sentences)
    gazetteer, statements, undated = _known(ledger)
    listed = None if parts.works is None and not works else works
    citations = find_citations(sentences, listed, gazetteer.folded_names, parts.notes)
    english, notes = _language(sentences)
    prose = without_citations(sentences, citations) if english else []
    parsed = _parse(prose, citations, gazetteer, dated, works)
    comparison = undated.dated_at(dated)
    claims = find_claims(sentences if english else [], parsed, gazetteer.actors, comparison)
    used = _used(claims, statements)
    return Reading(
        title=parts.title,
        dated=dated,
        ledger=ledger.title,
        notes=(*document.notes, *notes, *_missing(parts, dated, works)),
        sentences=tuple(sentences),
        works=tuple(works),
        unread=tuple(unread),
        uncited=tuple(uncited_works(works, citations)),
        has_list=parts.works is not None,
        citations=tuple(citations),
        mentions=tuple(parsed.mentions),
        times=tuple(parsed.times),
        figures=tuple(parsed.figures),
        quotations=tuple(parsed.quotations),
        claims=tuple(claims),
        names=_names(parsed.mentions, used, gazetteer),
        statements=used,
    )


def _known(ledger: Ledger) -> tuple[Gazetteer, tuple[Statement, ...], Comparison]:
    """Names and statements of a ledger, whatever the essay; they take longer than a short one."""
    return ledger.derived("essays", lambda: _learn(ledger))


def _learn(ledger: Ledger) -> tuple[Gazetteer, tuple[Statement, ...], Comparison]:
    gazetteer, statements = Gazetteer(ledger), tuple(read_statements(ledger))
    return gazetteer, statements, Comparison(statements, gazetteer.actors, None)


def _given(date: str | None) -> Period | None:
    if date is None:
        return None
    try:
        span = parse_span(date)
    except ValueError as error:
        raise MisuseError(str(error)) from None
    return Period(span.first, span.last, span.precision)


def _works(parts: Parts, sentences: Sequence[Sentence]) -> tuple[list[Work], list[Unread]]:
    """Return the works of the list; without one those of the notes, and the pages linked to."""
    if parts.works is not None:
        return parse_works(parts.works)
    return [
        *noted_works(parts.notes),
        *linked_works(link.url for s in sentences for link in s.links),
    ], []


def _sentences(prose: Sequence[Paragraph], notes: Sequence[Note]) -> list[Sentence]:
    """Split the prose into sentences; the marks of notes are taken out of their words."""
    sentences: list[Sentence] = []
    expected = [note.mark for note in notes]
    before: Paragraph | None = None
    for number, paragraph in enumerate(prose, 1):
        in_block = paragraph.kind == "quote" or _is_block(paragraph, before)
        before = paragraph
        links = list(paragraph.links)
        for text in split_sentences(marked(paragraph.flat, expected)):
            plain, marks = without_marks(text)
            here = [link for link in links if link.text in plain]
            links = [link for link in links if link not in here]
            sentences.append(
                Sentence(
                    len(sentences) + 1,
                    number,
                    paragraph.line,
                    plain,
                    tuple(marks),
                    tuple(here),
                    in_block,
                )
            )
    return sentences


def _is_block(paragraph: Paragraph, before: Paragraph | None) -> bool:
    """Tell a block quotation of plain text: led to, and set in or with a citation after its end."""
    if before is None:
        return False
    set_in = paragraph.text[:1].isspace() and not before.text[:1].isspace()
    led = before.text.rstrip()
    if not (led.endswith((":", ",")) or (set_in and led[-1:].isalpha() and " " in led)):
        return False
    return not _ITEM.match(paragraph.text) and bool(set_in or _CITED_AT_END.search(paragraph.flat))


def _parse(
    prose: Sequence[Sentence],
    citations: Sequence[Citation],
    gazetteer: Gazetteer,
    dated: Period | None,
    works: Sequence[Work],
) -> Parsed:
    authors = {work.id: work.authors[0] for work in works if work.authors}
    cited = {
        (c.sentence, c.start): authors[c.works[0]]
        for c in citations
        if c.status == "unique" and c.works[0] in authors
    }
    mentions = find_mentions(prose, gazetteer)
    times = find_times(prose, dated)
    return Parsed(
        prose=prose,
        citations=citations,
        mentions=mentions,
        times=times,
        figures=find_figures(prose, mentions, times, gazetteer.actors, dated),
        quotations=quotations_of(prose, mentions, cited),
    )


def _language(sentences: Sequence[Sentence]) -> tuple[bool, list[str]]:
    share = english_share(" ".join(sentence.text for sentence in sentences))
    if share is None or share >= ENGLISH_FROM:
        return True, []
    return False, [
        f"This does not look like English ({share:.0%} of its words are common English ones, "
        f"where {ENGLISH_FROM:.0%} are expected): only citations and works were read."
    ]


def _missing(parts: Parts, dated: Period | None, works: Sequence[Work]) -> list[str]:
    """Say what an essay lacks for a full reading."""
    notes = []
    if parts.works is None:
        instead = "its links are read as its works" if works else "citations cannot be resolved"
        notes.append(
            "There is no list of works (no line that says Works Cited, References or "
            f"Bibliography): {instead}."
        )
    if parts.left_out:
        first, count = parts.left_out[0], len(parts.left_out)
        verb = "paragraph follows" if count == 1 else "paragraphs follow"
        notes.append(
            f"{count} {verb} the list of works from line {first.line} on, and were not read: "
            f"“{first.flat[:60]}”."
        )
    if dated is None:
        latest = max((day for work in works if (day := work.latest)), default=None)
        not_before = f" It is not older than its newest work, of {latest}." if latest else ""
        notes.append(
            "The essay has no date in the lines before its text: times such as 'last year' are "
            "left open, and 'supported' may rest on later facts; say when it was written."
            f"{not_before}"
        )
    if not parts.prose:
        notes.append("There is no running text before the list of works.")
    return notes


def _used(claims: Sequence[Claim], statements: Sequence[Statement]) -> dict[str, Statement]:
    ids = {id for claim in claims for finding in claim.findings for id in finding.named}
    return {statement.id: statement for statement in statements if statement.id in ids}


def _names(
    mentions: Sequence[Mention], statements: dict[str, Statement], gazetteer: Gazetteer
) -> dict[str, str]:
    ids = {id for m in mentions for id in (m.actor, m.state, *m.candidates) if id}
    ids |= {id for s in statements.values() for id in (s.subject, s.object) if id}
    return {id: gazetteer.actors[id].name for id in sorted(ids) if id in gazetteer.actors}
