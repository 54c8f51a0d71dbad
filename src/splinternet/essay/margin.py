"""The essay itself, with what was found of each sentence beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from splinternet.essay.claims import Claim
from splinternet.essay.findings import Finding, Status
from splinternet.essay.reading import Reading
from splinternet.essay.report import statement_in_words, tie_in_words
from splinternet.essay.sentences import by_sentence

__all__ = ["Marked", "essay_page", "in_margin"]

#: What is said of a citation in the margin, by its status.
_CITED = {"ambiguous": "may mean several works", "missing": "not in the list", "unread": "not read"}


@dataclass(frozen=True)
class Marked:
    """A sentence of the essay: its text, its verdict, and notes for the margin.

    ``status`` is empty for a sentence that is no claim, or of which the ledger has nothing.
    """

    number: int
    text: str
    status: Status | str
    notes: tuple[str, ...]


def in_margin(reading: Reading) -> list[list[Marked]]:
    """Return the paragraphs of an essay, each as its sentences with notes for the margin."""
    claims = {claim.sentence: claim for claim in reading.claims}
    cited = by_sentence(reading.citations)
    return [
        [
            Marked(
                number=sentence.number,
                text=sentence.text,
                status=_status(claims.get(sentence.number)),
                notes=(
                    *_verdicts(reading, claims.get(sentence.number)),
                    *(
                        f"({c.text}): {_CITED[c.status]}"
                        for c in cited.get(sentence.number, ())
                        if c.status in _CITED
                    ),
                ),
            )
            for sentence in sentences
        ]
        for _, sentences in groupby(reading.sentences, key=lambda sentence: sentence.paragraph)
    ]


def essay_page(reading: Reading) -> str:
    """Return a page of its own: the essay with marked sentences and the verdicts in its margin."""
    from jinja2 import Environment, PackageLoader

    from splinternet.base.html import unbroken
    from splinternet.base.texts import texts_of
    from splinternet.base.wording import marked

    loader = PackageLoader("splinternet.essay", "")
    page = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    text = page.get_template("margin.html").render(
        reading=reading,
        paragraphs=in_margin(reading),
        statements=_told(reading),
        t=marked,
        lang=texts_of("essay").lang,
    )
    return unbroken(text)


def _told(reading: Reading) -> dict[str, str]:
    """Return in words each statement that the margin names, by its id."""
    found = (finding for claim in reading.claims for finding in claim.findings)
    ids = (id for finding in found for stated, _ in _by_what(finding) for id in stated)
    return {
        id: statement_in_words(reading.statements[id], reading.names) for id in dict.fromkeys(ids)
    }


def _status(claim: Claim | None) -> str:
    return claim.status if claim and claim.findings else ""


def _verdicts(reading: Reading, claim: Claim | None) -> Iterator[str]:
    for finding in claim.findings if claim else ():
        named = tie_in_words(finding.tie, reading.names) if finding.tie else "the sentence"
        told = ", ".join(_statements(finding))
        yield f"{named}: {finding.status}, {told or finding.why}"


def _statements(finding: Finding) -> Iterator[str]:
    """Yield the statements that a verdict rests on, by what they say of it."""
    for ids, what in _by_what(finding):
        if ids:
            yield f"{what} {', '.join(ids)}"


def _by_what(finding: Finding) -> tuple[tuple[tuple[str, ...], str], ...]:
    return (
        (finding.supports, "borne out by"),
        (finding.contradicts, f"{finding.why}:" if finding.contradicts else ""),
        (finding.disputes, "disputed by"),
        (finding.objections, "objected to by"),
        (finding.by_agency, "as acts of an agency:"),
    )
