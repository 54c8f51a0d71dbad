"""Measure the essay reader on a folder of essays with their truth.

``python validation/essays.py FOLDER`` prints, per style and in total, how much of what a person
found in the essays the reader finds, and how much of what it finds is right. Everything in the
truth counts, read or not. ``--wrong`` lists each miss. The fields of a truth are described in
tests/essays_unseen/README.md. ``--speed``, without a folder, times forms of text instead.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from splinternet.essay.citations import Citation
from splinternet.essay.figures import Figure
from splinternet.essay.names import folded
from splinternet.essay.reading import Reading, read_essay_file
from splinternet.essay.works import Work
from splinternet.ledger.catalogue import open_ledger

FORMS = (".txt", ".md", ".html", ".mhtml")
CURRENCY = re.compile(r"[A-Z]{3}")
#: Words that do not tell speakers apart.
_FILLING = frozenset("a an the one some of in his her its their this that".split())

#: What leads to a second work of a citation, which the truth may leave out.
_SECOND = re.compile(r"; (?:cf\.|see)|, cited in")
#: Of more styles than fit beside each other only their total is printed.
MOST_STYLES = 16

Truth = dict[str, Any]


class Tally:
    """Counts of one essay, and a line for each thing that is wrong."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []

    def add(self, name: str, right: bool, told: str) -> None:
        """Count a thing, and keep what is wrong with it."""
        self.counts[f"{name} of"] += 1
        self.counts[name] += right
        if not right:
            self.wrong.append(f"{name}: {told}")


def measure(path: Path, truth: Truth, reading: Reading) -> Tally:
    """Compare a reading with its truth."""
    tally = Tally()
    dated = str(reading.dated) if reading.dated else ""
    same = truth["date"] in (dated, f"{dated}-01")
    tally.add("date", same, f"{dated!r}, not {truth['date']!r}")
    same_title = folded(reading.title or "") == folded(truth["title"] or "")
    tally.add("title", same_title, f"{reading.title!r}, not {truth['title']!r}")
    of = _works(tally, truth["works"], reading.works)
    _citations(tally, truth, reading, of)
    _figures(tally, truth, reading)
    _speakers(tally, truth, reading)
    _claims(tally, truth, reading)
    return tally


def _works(tally: Tally, wanted: Sequence[Truth], found: Sequence[Work]) -> dict[str, int]:
    """Count works; return the place in the truth of each work that was found, by its id."""
    left = list(found)
    of: dict[str, int] = {}
    for number, work in enumerate(wanted):
        best = max(left, key=lambda each: _likeness(work, each), default=None)
        if best is None or _likeness(work, best) < 1:
            for name in ("authors", "titles", "dates", "containers"):
                tally.add(name, False, f"no work for {work['title'] or work['url']}")
            continue
        left.remove(best)
        of[best.id] = number
        _compare_work(tally, work, best)
    for extra in left:
        tally.counts["works too many"] += 1
        tally.wrong.append(f"works too many: {extra.text[:100]}")
    return of


def _likeness(work: Truth, found: Work) -> float:
    if work["title"] is None:
        return 2.0 * (_address(work["url"]) == _address(str(found.csl.get("URL", ""))))
    title, other = folded(work["title"]), folded(found.text)
    authors = sum(folded(author) in other for author in work["authors"])
    return 2.0 * (title in other) + authors / (1 + len(work["authors"]))


def _address(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url or "").rstrip("/")


def _compare_work(tally: Tally, work: Truth, found: Work) -> None:
    for role, key in (("authors", "author"), ("editors", "editor")):
        if role == "editors" and not (work["editors"] or found.csl.get("editor")):
            continue
        names = found.csl.get(key, [])
        right = len(names) == len(work[role]) or "et al" in found.text
        right = right and all(
            _is_name(wanted, name) for wanted, name in zip(work[role], names, strict=False)
        )
        tally.add(role, bool(right and (names or not work[role])), f"{names}, not {work[role]}")
    title = str(found.csl.get("title", ""))
    if work["title"] is not None:
        same = folded(title) == folded(work["title"])
        tally.add("titles", same, f"{title!r}, not {work['title']!r}")
    issued = found.csl.get("issued", {"date-parts": [[None]]})["date-parts"][0][0]
    accessed = found.csl.get("accessed", {"date-parts": [[]]})["date-parts"][0]
    day = "-".join(f"{part:02}" for part in accessed) or None
    right = issued == work["year"] and day == work["accessed"]
    told = f"{issued} ({day}), not {work['year']} ({work['accessed']}): {found.text[:60]}"
    tally.add("dates", right, told)
    container = found.csl.get("container-title")
    same = folded(container or "") == folded(work["container"] or "")
    tally.add("containers", same, f"{container!r}, not {work['container']!r}")
    for key, name in (("DOI", "doi"), ("URL", "url")):
        if work[name]:
            got = str(found.csl.get(key, ""))
            right = _address(got) == _address(work[name])
            tally.add("addresses", right, f"{got!r}, not {work[name]!r}")


def _is_name(wanted: str, name: dict[str, str]) -> bool:
    particle = name.get("non-dropping-particle", "")
    family = f"{particle} {name['family']}".strip() if "family" in name else ""
    whole = f"{name.get('given', '')} {family}"
    turned = f"{family} {name.get('given', '')}"
    forms = (family, name.get("literal", ""), whole, turned)
    # A name without a comma, family name first, is as right whole.
    first = folded(name.get("literal", "")).startswith(f"{folded(wanted)} ")
    return folded(wanted) in [folded(form) for form in forms] or first


def _citations(tally: Tally, truth: Truth, reading: Reading, of: dict[str, int]) -> None:
    ours = list(reading.citations)
    used: set[int] = set()
    for citation in truth["citations"]:
        text = folded(citation["text"])
        first = next(
            (
                n
                for n, c in enumerate(ours)
                if n not in used
                and (_is_part(folded(c.text), text) or _is_place_of(c, citation, of))
            ),
            None,
        )
        meant: set[int] = set()
        if first is not None:
            last = first
            while last < len(ours) and (last == first or _is_part(folded(ours[last].text), text)):
                used.add(last)
                meant |= {of.get(work, -1) for work in ours[last].works}
                last += 1
                if meant >= set(citation["works"]) and not _SECOND.search(citation["text"]):
                    break
        # A work beside the one that counts (see also, cf., cited in) may be named or not.
        wanted = set(citation["works"])
        right = meant == wanted or bool(_SECOND.search(citation["text"]) and wanted < meant)
        told = "not seen" if first is None else f"means {sorted(meant)}, not {citation['works']}"
        tally.add("citations", right, f"{citation['text']}: {told}")
        if first is not None:
            tally.counts["citations right of"] += 1
            tally.counts["citations right"] += right
    for number, extra in enumerate(ours):
        if number not in used and not any(_is_place_of(extra, c, of) for c in truth["citations"]):
            told = f"({extra.text}) is none or counted twice: {extra.status}"
            tally.add("citations right", False, told)


def _is_place_of(ours: Citation, citation: Truth, of: dict[str, int]) -> bool:
    """Tell whether ours is the page, further on, of a citation that names its author."""
    place = folded(citation["locator"] or "")
    same = [of.get(work, -1) for work in ours.works] == citation["works"]
    return bool(place) and same and folded(ours.text) in (place, f"p {place}", f"pp {place}")


def _is_part(one: str, other: str) -> bool:
    return bool(one) and (f" {one} " in f" {other} " or f" {other} " in f" {one} ")


def _figures(tally: Tally, truth: Truth, reading: Reading) -> None:
    left = list(reading.figures)
    for figure in truth["figures"]:
        match = next((f for f in left if _is_figure(figure, f)), None)
        if match is not None:
            left.remove(match)
            tally.add("figures right", True, "")
        if not figure.get("optional"):
            tally.add("figures", match is not None, f"{figure['text']}: not found")
    for extra in left:
        small = extra.low == extra.high and extra.low is not None and extra.low < 10
        if not (small and extra.text[:1].isalpha()):
            told = f"{extra.text}: {extra.low} to {extra.high} {extra.unit}, is none"
            tally.add("figures right", False, told)


def _is_figure(wanted: Truth, found: Figure) -> bool:
    unit = wanted["unit"]
    exact = unit == "%" or CURRENCY.fullmatch(unit)
    other = found.unit == "%" or CURRENCY.fullmatch(found.unit)
    if (exact or other) and found.unit != unit:
        return False
    pairs = ((wanted["low"], found.low), (wanted["high"], found.high))
    return all(
        one is None if other is None else one is not None and abs(one - other) <= 0.005 * abs(other)
        for one, other in pairs
    )


def _speakers(tally: Tally, truth: Truth, reading: Reading) -> None:
    for quotation in truth["quotations"]:
        start = folded(quotation["text"])
        found = next((q for q in reading.quotations if start in folded(q.text)), None)
        rights = [quotation["speaker"], *quotation.get("also_right", [])]
        said = found.speaker if found else None
        right = any(_same_speaker(said, each) for each in rights)
        told = f"{quotation['text'][:40]}: {said!r}, not {rights}"
        if quotation["speaker"] is not None:
            tally.add("speakers", right, told)
        if said is not None:
            tally.counts["speakers right of"] += 1
            tally.counts["speakers right"] += right
            if not right and quotation["speaker"] is None:
                tally.wrong.append(f"speakers right: {told}")


def _same_speaker(said: str | None, right: str | None) -> bool:
    if said is None or right is None:
        return said == right
    one, other = ({*folded(each).split()} - _FILLING for each in (said, right))
    return bool(one and other) and (one <= other or other <= one)


def _claims(tally: Tally, truth: Truth, reading: Reading) -> None:
    for claim in truth["claims"]:
        sentence = folded(claim["sentence"])
        status = next((c.status for c in reading.claims if sentence in folded(c.text)), "unknown")
        rights = {claim["expect"], *claim.get("also_right", [])}
        told = f"{status}, not {claim['expect']}: {claim['sentence']} [{claim['statement']}]"
        match claim["expect"]:
            case "supported":
                tally.add("supported", status in rights, told)
            case "contradicted":
                tally.add("contradicted", status == "contradicted", told)
            case _:
                tally.add("other verdicts", status in rights, told)
        if "supported" not in rights:
            tally.add("not called supported", status != "supported", told)


#: Columns of the table: name, what is counted.
COLUMNS = (
    "authors", "titles", "dates", "containers", "addresses", "citations", "citations right",
    "figures", "figures right", "speakers", "speakers right", "supported", "contradicted",
    "other verdicts", "not called supported", "date", "title",
)  # fmt: skip


def table(tallies: dict[str, Tally]) -> pl.DataFrame:
    """Return one row for each style and one for all, with ``right/all`` in each column."""
    total = Tally()
    for tally in tallies.values():
        total.counts.update(tally.counts)
    rows = [
        {"style": style}
        | {name: f"{each.counts[name]}/{each.counts[f'{name} of']}" for name in COLUMNS}
        for style, each in (*tallies.items(), ("all", total))
    ]
    shares = {
        name: f"{100 * total.counts[name] / max(total.counts[f'{name} of'], 1):.1f} %"
        for name in COLUMNS
    }
    return pl.DataFrame([*rows, {"style": "all, %"} | shares])


def _essays(folder: Path) -> Iterator[tuple[Path, Truth]]:
    for path in sorted(folder.glob("*.json")):
        essay = next(p for p in folder.glob(f"{path.stem}.*") if p.suffix in FORMS)
        yield essay, json.loads(path.read_text(encoding="utf-8"))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="a folder of essays and their truths")
    parser.add_argument("--speed", action="store_true", help="time texts of many forms instead")
    parser.add_argument("--wrong", action="store_true", help="list each thing that is wrong")
    given = parser.parse_args()
    ledger = open_ledger()
    if given.speed:
        from essay_speed import speeds

        print_table(speeds(ledger))
        return
    if given.folder is None:
        parser.error("give a folder, or --speed")
    tallies: dict[str, Tally] = {}
    for essay, truth in _essays(given.folder):
        tally = measure(essay, truth, read_essay_file(essay, ledger))
        style = truth["style"]
        tallies[style if style not in tallies else f"{style} ({essay.stem})"] = tally
        if given.wrong:
            print(f"{essay.name}", *(f"  {line}" for line in tally.wrong), sep="\n")
    rows = table(tallies)
    rows = rows if rows.height <= MOST_STYLES else rows.tail(2)
    print_table(rows.transpose(include_header=True, header_name="", column_names="style"))


def print_table(rows: pl.DataFrame) -> None:
    """Print every row and column."""
    with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_width_chars=300, tbl_hide_dataframe_shape=True):
        print(rows)


if __name__ == "__main__":
    main()
