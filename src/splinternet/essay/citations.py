"""Citations in the text, and which work of the list each means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from splinternet.essay.sentences import Sentence, by_sentence
from splinternet.essay.works import Work

__all__ = ["Citation", "Form", "Status", "Uncited", "uncited_works", "without_citations"]

Status = Literal["unique", "ambiguous", "missing", "linked", "unread"]
Form = Literal["brackets", "note", "number", "link"]


@dataclass(frozen=True)
class Citation:
    """A citation in the text.

    Parameters
    ----------
    text
        As written, without brackets; of several in one pair, this one; of a note, its words; of a
        link, the words that are linked.
    sentence, line
        Number of the sentence it stands in, and line of the file.
    start, end
        Where it, or the mark of its note, stands in the sentence.
    supports
        The words before it, back to the start of the sentence or the citation before it. Of a year
        alone, amid a sentence after its author, also those up to the next brackets or the end.
    status
        unique: one work is meant. ambiguous: it may mean several. missing: no work of the list.
        linked: a page that the list does not have. unread: it names an author of the list, but
        what else it says is not understood.
    works
        Id of the work, or ids of all it may mean.
    page
        The page, chapter or other place that it names.
    hint
        Why it is missing, or an author in the list who is spelt nearly alike.
    form
        brackets, note, number (of a numbered list) or link.
    url
        The address, of a link.
    """

    text: str
    sentence: int
    line: int
    start: int
    end: int
    supports: str
    status: Status
    works: tuple[str, ...]
    page: str | None = None
    hint: str | None = None
    form: Form = "brackets"
    url: str | None = None


@dataclass(frozen=True)
class Uncited:
    """A work in the list that no citation certainly means; ``maybe`` if an ambiguous one may."""

    work: str
    maybe: bool


def without_citations(
    sentences: Sequence[Sentence], citations: Iterable[Citation]
) -> list[Sentence]:
    """Put spaces for what citations say, so that nothing in it is taken for the essay's words."""
    cited = by_sentence(c for c in citations if c.form in ("brackets", "number"))
    return [_without(sentence, cited.get(sentence.number, ())) for sentence in sentences]


def _without(sentence: Sentence, citations: Iterable[Citation]) -> Sentence:
    text = sentence.text
    for start, end in {(citation.start + 1, citation.end - 1) for citation in citations}:
        text = text[:start] + " " * (end - start) + text[end:]
    return replace(sentence, text=text) if text != sentence.text else sentence


def uncited_works(works: Sequence[Work], citations: Sequence[Citation]) -> list[Uncited]:
    """Return the works of the list that no citation certainly means."""
    certain = {c.works[0] for c in citations if c.status == "unique"}
    distinct = {id(citation.works): citation.works for citation in citations}
    perhaps = {work for cited in distinct.values() for work in cited}
    return [Uncited(work.id, work.id in perhaps) for work in works if work.id not in certain]
