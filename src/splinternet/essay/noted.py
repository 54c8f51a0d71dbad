"""Works that notes name in full, where an essay has no list of works."""

from __future__ import annotations

import re
from collections.abc import Sequence

from splinternet.essay.document import Paragraph
from splinternet.essay.names import folded
from splinternet.essay.noting import AGAIN, segments
from splinternet.essay.parts import Note
from splinternet.essay.works import Work, parse_works

__all__ = ["noted_works"]

#: Words that lead to a work: quoted in, on the drafting see, for the opposite view.
_LEAD = re.compile(
    r"^(?:(?:[A-Z][^,.:;“”\"]{0,60} )?"
    r"(?:[Ss]ee(?: also)?|[Qq]uoted (?:in|from|after)|(?:[Aa]s )?[Cc]ited in|[Cc]f\.|[Cc]ompare)|"
    r"[Ff]or [^,.:;“”\"]{3,60},),? (?=[A-ZÀ-Þ“\"])"
)
#: What somebody told whoever wrote the essay, which is no work.
_TOLD = re.compile(
    r"(?:[A-Z][\w’-]+ )?(?:conversation|interview|correspondence|e-?mail|letter|message|call|"
    r"communication)s?\b[^.;]*\b(?:with|to) (?:the |this )?(?:author|writer|me)\b",
    re.IGNORECASE,
)


def noted_works(notes: Sequence[Note]) -> list[Work]:
    """Read the works that notes name with a year or an address; those named before are left out."""
    told = [
        Paragraph(f"{_LEAD.sub('', segment, count=1).rstrip('.')}.", note.line)
        for note in notes
        for segment in segments(note.text)
        if not AGAIN.match(segment) and not _TOLD.match(segment)
    ]
    works = [work for work in parse_works(told)[0] if work.year or "URL" in work.csl]
    known = {(tuple(work.authors), folded(work.title)): work for work in reversed(works)}
    return [work for work in works if known[tuple(work.authors), folded(work.title)] is work]
