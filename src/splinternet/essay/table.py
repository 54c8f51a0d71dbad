"""The claims of a reading as a table."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from splinternet.essay.citations import Citation
from splinternet.essay.claims import Claim
from splinternet.essay.findings import Finding
from splinternet.essay.reading import Reading
from splinternet.essay.report import figure_in_words, tie_in_words

__all__ = ["claims_table"]

_SCHEMA = {
    "line": pl.Int64(),
    "sentence": pl.Int64(),
    "status": pl.String(),
    "tie": pl.String(),
    "figure": pl.String(),
    "cites": pl.String(),
    "works": pl.String(),
    "why": pl.String(),
    "contradicts": pl.String(),
    "disputes": pl.String(),
    "supports": pl.String(),
    "objections": pl.String(),
    "text": pl.String(),
}


def claims_table(reading: Reading) -> pl.DataFrame:
    """Return one row for each finding, and one for each claim without any.

    Columns: line, sentence, status, tie, figure (with unit, scope and time), cites (the citation as
    written, and whether it is ambiguous or missing), works (ids, several if it is ambiguous),
    why, contradicts, disputes, supports and objections (ids of statements), text.
    """
    rows = [
        _row(reading, claim, finding)
        for claim in reading.claims
        for finding in claim.findings or (None,)
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _row(reading: Reading, claim: Claim, finding: Finding | None) -> dict[str, object]:
    citations = [reading.citations[index] for index in claim.citations]
    works = dict.fromkeys(work for citation in citations for work in citation.works)
    tie = finding.tie if finding else None
    words = tie_in_words(tie, reading.names) if tie else None
    if finding and not tie:
        words = reading.statements[finding.same[0]].claim
    figure = reading.figures[tie.figure] if tie and tie.figure is not None else None
    return {
        "line": claim.line,
        "sentence": claim.sentence,
        "status": finding.status if finding else claim.status,
        "tie": words,
        "figure": figure_in_words(figure) if figure else None,
        "cites": "; ".join(map(_cited, citations)) or None,
        "works": " ".join(works) or None,
        "why": finding.why or None if finding else None,
        "contradicts": _ids(finding.contradicts) if finding else None,
        "disputes": _ids(finding.disputes) if finding else None,
        "supports": _ids(finding.supports) if finding else None,
        "objections": _ids(finding.objections) if finding else None,
        "text": claim.text,
    }


def _ids(ids: Sequence[str]) -> str | None:
    return " ".join(ids) or None


def _cited(citation: Citation) -> str:
    return citation.text + ("" if citation.status == "unique" else f" ({citation.status})")
