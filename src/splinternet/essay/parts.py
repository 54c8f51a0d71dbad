"""The parts of an essay: its heading, its prose, its notes and its list of works."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from splinternet.essay.dates import Period, parse_date
from splinternet.essay.document import Document, Paragraph
from splinternet.essay.works import parse_works

__all__ = ["Note", "Parts", "divide"]

_KIND_OF_LIST = (
    r"(?:(?:selected?|annotated|general|full|complete|list of|further|additional|cited|key|main|"
    r"primary|secondary|works? cited and|reference) ){0,3}"
)
_WORKS = re.compile(
    rf"\W{{0,9}}(?:[0-9ivx]{{1,4}}\W{{1,3}})?{_KIND_OF_LIST}(?:works?|references?|"
    rf"bibliography|bibliographies|"
    r"literature|resources?|sources?|citations?|readings?|list|literatur(?:verzeichnis)?|"
    r"quellen(?:verzeichnis)?|"
    r"bibliographie|références|referencias|bibliograf[ií]a|fuentes|riferimenti|referenties|"
    r"literatuur(?:lijst)?|bronnen(?:lijst)?|referências|bibliografi[ea]?|literatura|"
    r"käll(?:förteckning|or)|litteratur(?:förteckning|list[ae])?|referen[sc]er|referanser|"
    r"kilde(?:liste|r)|lähde(?:luettelo|et)|lähteet|kirjallisuus|piśmiennictwo|źródła|"
    r"seznam literatury|zdroje|irodalom(?:jegyzék)?|források|список литературы|литература|"
    r"источники)"
    r"(?: (?:(?:cited|consulted|quoted|used)"
    r"(?: (?:and|or) (?:cited|consulted|quoted|used))?|list|"
    r"and (?:further reading|notes|sources|references)|quoted|"
    r"bibliographi(?:ques|cal)|bibliogr[aá]ficas|bibliografici)){0,2}"
    r"(?: ?[(\[][^()\[\]]{1,24}[)\]])?\W{0,9}",
    re.IGNORECASE,
)
#: Words that head a list only with another word, or with nothing but entries below.
_NO_LIST = re.compile(r"\W*(?:works?|list|source|citation|reading)\W*", re.IGNORECASE)
_NOTES = re.compile(
    r"\W{0,9}(?:notes?|end ?notes|foot ?notes|anmerkungen|notas)\W{0,9}", re.IGNORECASE
)
_RULE = re.compile(r"\s*[_—⎯─-]{4,200}\s*")
_NOTE = re.compile(
    r"\s*(?:\[\^?(?P<mark>\w{1,20})\]:?|(?P<number>[0-9]{1,3})[.)]?|"
    r"(?P<raised>[¹²³⁰-⁹]{1,3}))\s+(?=\S)"
)
#: The mark of a note after the full stop.
_MARK_AT_END = re.compile(
    r"(?<=[.!?:”\"’)])(?:[0-9]{1,3}|\[\^?\w{1,9}\]|[¹²³⁰-⁹]{1,3})$|\[\^\w{1,9}\]$"
)
#: The mark of a note behind a stop, in the midst of a text.
_MARK = re.compile(r"[.,!?:;”\"’)]([0-9]{1,3})(?![0-9])")
#: So many notes stand between paragraphs, numbered in order, or these are none.
_AT_FOOT = 3
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ENDS_PROSE = tuple(".!?:;,…\"”’')]")
_LONGEST_HEADING = 120
#: Below a word that heads other things too, so many entries, none longer, and nearly nothing else.
_FEWEST_ENTRIES = 2
_LONGEST_ENTRY = 500
_MOSTLY = 0.8
_BYLINE = re.compile(
    r"(?:by|posted|published|updated|written|author|student|seminar|course|supervisor|von|"
    r"vorgelegt|"
    r"word count|submitted|draft)\b",
    re.IGNORECASE,
)
#: What stands after the name of whoever wrote the essay.
_DEGREE = re.compile(r", (?:B\.?A|B\.?Sc|M\.?A|M\.?Sc|M\.?Phil|LL\.?[BM]|Ph\.?D|MBA|MPP|MPA)\b")
#: A line on the course that an essay was written for.
_COURSE = re.compile(
    r"(?:\w*seminar|term paper|essay (?:for|in)|course|lehrstuhl|hausarbeit|\w*arbeit,|department|"
    r"(?:bachelor|master)[’']?s?\b|module|faculty|school of|lecture|instructor|professor)\w*\b",
    re.IGNORECASE,
)
_NUMBERED_HEAD = re.compile(r"(?:\d+|[IVX]+)$")
#: A heading of a chapter, and a line above the title of APA's style.
_NO_TITLE = re.compile(
    r"(?:\d{1,2}\.?|[IVX]{1,4}\.|§ ?\d+) +\S|(?:abstract|introduction|summary|einleitung|"
    r"zusammenfassung|résumé|introducción|inledning)\W*$|running head:",
    re.IGNORECASE,
)
#: What an entry has, and no heading.
_LIKE_ENTRY = re.compile(
    r"[0-9“\"«]|https?://|\bwww\.|\b(?:[nszbu]\. ?[dlaå]|o\. ?J)\.|\bno date\b"
)
#: Authors below a title.
_NAMES = re.compile(r"(?:[A-ZÀ-Þ][\w.’'-]*,? ){2,12}(?:and|&)(?: [A-ZÀ-Þ][\w.’'-]*){2,4}")
_INITIAL = re.compile(r"\b[A-ZÀ-Þ]\. [A-ZÀ-Þ]")
#: A line of a date alone has no more words.
_WORDS_OF_DATE = 4
_SMALL = frozenset("a an and as at but by for from in into nor of on or the to up with".split())


@dataclass(frozen=True)
class Note:
    """A note at the foot or the end: its mark, its text and its line."""

    mark: str
    text: str
    line: int


@dataclass(frozen=True)
class Parts:
    """An essay in its parts.

    Parameters
    ----------
    title
        As front matter or the page has it; else the last line before the prose if it stands below
        the date, or else the first.
    dated
        First date in front matter, the lines before the prose, or the page's metadata.
    prose
        Paragraphs of running text; headings between them are left out.
    notes
        Notes at the foot of pages, below a rule, and at the end.
    works
        Paragraphs of the list of works; None if there is no such list.
    left_out
        Paragraphs after the list of works, which are not read.
    """

    title: str | None
    dated: Period | None
    prose: tuple[Paragraph, ...]
    notes: tuple[Note, ...]
    works: tuple[Paragraph, ...] | None
    left_out: tuple[Paragraph, ...] = ()


def divide(document: Document) -> Parts:
    """Tell heading, prose, notes and list of works.

    The list of works follows the last paragraph that says nothing but ``Works Cited``,
    ``References``, ``Selected Bibliography`` or the like, and ends at the next heading. Notes
    follow a rule, or a heading that says so. A heading is a paragraph whose every line is short
    and does not end as a sentence does.
    """
    paragraphs, notes = _without_notes(document.paragraphs)
    at = _works_heading(paragraphs)
    text = paragraphs if at is None else paragraphs[:at]
    works, left_out = (None, ()) if at is None else _listed(paragraphs[at:])
    first_prose = next((n for n, p in enumerate(text) if not _is_heading(p)), len(text))
    lines = [line.strip() for p in text[:first_prose] for line in p.text.splitlines()]
    return Parts(
        title=_title(document, lines),
        dated=_dated(document, lines, text[first_prose : first_prose + 2]),
        prose=tuple(p for p in text[first_prose:] if not _is_heading(p)),
        notes=tuple(notes),
        works=works,
        left_out=left_out,
    )


def _title(document: Document, lines: Sequence[str]) -> str | None:
    if document.title:
        return document.title
    dates = [number for number, line in enumerate(lines) if parse_date(line)]
    alone = [number for number in dates if len(lines[number].split()) <= _WORDS_OF_DATE]
    dates = alone or dates
    titles = [
        (number, line)
        for number, line in enumerate(lines)
        if number not in dates and not _BYLINE.match(line) and not _NO_TITLE.match(line)
    ]
    heads = " ".join(document.heads).casefold()
    in_heads = [line for _, line in titles if len(line.split()) > 1 and line.casefold() in heads]
    if in_heads:
        begun = f"{in_heads[0].casefold()}:"  # the head of a page leaves out the subtitle
        whole = [line for _, line in titles if line.casefold().startswith(begun)]
        return _cased([*whole, *in_heads][0])
    if not titles:
        return None
    below = [each for each in titles if dates and each[0] > dates[-1]]
    plain = [each for each in titles if not (heads and _NUMBERED_HEAD.search(each[1]))]
    number, first = below[-1] if below else (plain or titles)[0]
    return _cased(_with_next(first, document, dict(titles).get(number + 1, "")))


def _with_next(title: str, document: Document, below: str) -> str:
    """Join a title with the line below it, where it goes on there or a subtitle stands there."""
    if f"{title}\n{below}" not in "\n".join(p.text for p in document.paragraphs[:9]):
        return title
    if title.rpartition(" ")[2] in _SMALL:
        return f"{title} {below}"
    if _DEGREE.search(below) or _COURSE.match(below):
        return title
    if ":" in title and _SMALL & {*below.split()} and not re.search(r"[0-9,:]", below):
        return f"{title} {below}"  # no name has such words
    subtitle = len(below.split()) > 4 and title[-1:] not in ":?!," and not _INITIAL.search(below)
    subtitle = subtitle and not _NAMES.fullmatch(below)
    return f"{title}: {below}" if subtitle else title


def _cased(title: str) -> str:
    """Write a title that is all in capitals as titles are."""
    if not title.isupper() or len(title.split()) < 2:
        return title
    words = title.lower().split()
    return " ".join(
        word if word in _SMALL and number else word[:1].upper() + word[1:]
        for number, word in enumerate(words)
    )


def _dated(document: Document, lines: Sequence[str], first: Sequence[Paragraph]) -> Period | None:
    """Return the date of the essay: of front matter, the heading, a byline, or the metadata."""
    if document.title and document.published and (given := parse_date(document.published)):
        return given
    bylines = [p.text for p in first if len(p.text) <= _LONGEST_HEADING and _is_byline(p.text)]
    alone = [line for line in lines if len(line.split()) <= _WORDS_OF_DATE]
    for line in (*alone, *lines, *bylines):
        if period := parse_date(line):
            return period
    return parse_date(document.published) if document.published else None


def _is_byline(text: str) -> bool:
    return bool(_BYLINE.match(text)) or len(text.split()) < 8


def _without_notes(
    paragraphs: Sequence[Paragraph],
) -> tuple[list[Paragraph], list[Note]]:
    """Take the notes out: below a rule, below a heading, at the foot of pages, marked as such."""
    at_foot = _at_foot(paragraphs)
    kept: list[Paragraph] = []
    notes: list[Note] = []
    in_notes = False
    for place, paragraph in enumerate(paragraphs):
        lines = paragraph.text.split("\n")
        rule = next((n for n, line in enumerate(lines) if _RULE.fullmatch(line)), None)
        if rule is not None and rule + 1 < len(lines) and _NOTE.match(lines[rule + 1]):
            if above := "\n".join(lines[:rule]).strip():
                kept.append(replace(paragraph, text=above))
            notes += _notes(lines[rule + 1 :], paragraph.line + rule + 1)
            continue
        if rule is not None and len(lines) == 1:
            in_notes = True
            continue
        first, _, rest = paragraph.text.strip().partition("\n")
        if _NOTES.fullmatch(first):
            in_notes = True
            if rest.strip():
                notes += _notes(rest.split("\n"), paragraph.line + 1)
            continue
        marked = in_notes or place in at_foot or paragraph.text.startswith("[^")
        if marked and _NOTE.match(paragraph.text):
            notes += _notes(_with_addresses(paragraph), paragraph.line)
        elif in_notes and paragraph.kind == "item" and not _WORKS.fullmatch(first):
            notes.append(Note(str(len(notes) + 1), paragraph.flat, paragraph.line))
        else:
            in_notes = False
            kept.append(paragraph)
    return kept, notes


def _with_addresses(paragraph: Paragraph) -> list[str]:
    """Return the lines of notes, each with the addresses that stand behind its words."""
    lines = paragraph.text.split("\n")
    for link in paragraph.links:
        if link.url not in paragraph.text:
            place = next((n for n, line in enumerate(lines) if link.text in line), 0)
            lines[place] += f" {link.url}"
    return lines


def _at_foot(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Places of notes at the foot of pages, without a rule: in order, each behind its mark."""
    found: set[int] = set()
    marks: set[str] = set()
    number = 1
    for place, paragraph in enumerate(paragraphs):
        note = _NOTE.match(paragraph.text)
        if note and note["number"] == str(number) and note["number"] in marks:
            found.add(place)
            lines = _notes(paragraph.text.split("\n"), 0)
            number = 1 + max(int(each.mark) for each in lines if each.mark.isdigit())
        else:
            marks.update(_MARK.findall(paragraph.text))
    return found if number > _AT_FOOT else set()


def _notes(lines: Sequence[str], line: int) -> Iterator[Note]:
    """Read numbered lines; a line without a number goes on with the note before."""
    mark, text, start = "", "", line
    for number, each in enumerate(lines):
        found = _NOTE.match(each)
        if found:
            if mark:
                yield Note(mark, " ".join(text.split()), start)
            named = found["mark"] or found["number"] or found["raised"].translate(_RAISED)
            mark, text, start = named, each[found.end() :], line + number
        else:
            text = f"{text}\n{each}"
    if mark:
        yield Note(mark, " ".join(text.split()), start)


def _works_heading(paragraphs: Sequence[Paragraph]) -> int | None:
    found = None
    for number, paragraph in enumerate(paragraphs):
        first, _, rest = paragraph.text.strip().partition("\n")
        if not _WORKS.fullmatch(first.strip()):
            continue
        below = bool(rest.strip()) or number + 1 < len(paragraphs)
        if below and (not _NO_LIST.fullmatch(first) or _all_entries(paragraphs[number:])):
            found = number
    return found


def _all_entries(paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether nothing but entries stands below a heading: with authors and dates."""
    listed, _ = _listed(paragraphs)
    works, unread = parse_works(listed)
    whole = sum(
        bool(work.authors and work.issued) and len(work.text) <= _LONGEST_ENTRY for work in works
    )
    return whole >= _FEWEST_ENTRIES and whole >= _MOSTLY * (len(works) + len(unread))


def _listed(
    paragraphs: Sequence[Paragraph],
) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Return what the list holds, without its heading, and what follows the list."""
    heading, *rest = paragraphs
    _, _, below = heading.text.strip("\n").partition("\n")
    listed = [Paragraph(below, heading.line + 1)] if below.strip() else []
    for number, paragraph in enumerate(rest):
        ends = _is_heading(paragraph) and not _LIKE_ENTRY.search(paragraph.text)
        if listed and ends and paragraph.kind != "item":
            return tuple(listed), tuple(rest[number:])
        listed.append(paragraph)
    return tuple(listed), ()


def _is_heading(paragraph: Paragraph) -> bool:
    if paragraph.kind != "text":
        return paragraph.kind == "heading"
    lines = [_MARK_AT_END.sub("", line.strip()) for line in paragraph.text.splitlines()]
    if len(lines) == 1 and lines[0].endswith("?") and _is_title_case(lines[0]):
        return len(lines[0]) <= _LONGEST_HEADING
    return all(len(line) <= _LONGEST_HEADING and not line.endswith(_ENDS_PROSE) for line in lines)


def _is_title_case(line: str) -> bool:
    """Tell whether all long words have capitals, as in ``Who Owns the Cable?``."""
    long = re.findall(r"[^\W\d_]{4,}", line)
    return len(long) > 1 and all(word[0].isupper() for word in long)
