"""Statements that are said twice, or do not go together and are not marked as disputes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any

from splinternet.base.dates import parse_span, written
from splinternet.ledger.checks import Named
from splinternet.ledger.rows import Rows

__all__ = ["check_content"]

_Row = dict[str, Any]

_SCOPE = ("countries", "generations", "segments")
_CONTENT = (
    "subject",
    "predicate",
    "object",
    "claim",
    "start",
    "start_precision",
    "end",
    "deadline",
    "value_low",
    "value_high",
    "qualifier",
    "unit",
    "basis",
    "rank",
    *_SCOPE,
    "kind",
)

#: Predicates whose figures tell of one moment, so that two of them can be set side by side.
_FIGURES = ("market_share", "vendor_share", "owns")


def check_content(
    actors: Rows, statements: Rows, sources: Rows, below: Mapping[str, Named]
) -> None:
    """Blame statements that cannot all be so.

    Of two statements that do not go together the later is blamed. Deprecated ones do not count.
    ``below`` are the rows of ledgers that these add to, which are not to blame.
    """
    own = [row | {"line": line} for line, row in statements]
    replaced = {row["id"] for row in own}
    lower = [
        {**row, "line": 0} for name, row in below["statements"].items() if name not in replaced
    ]
    rows = [row for row in (*lower, *own) if row["status"] != "deprecated"]
    disputed = {
        frozenset((row["id"], dispute["statement"])) for row in rows for dispute in row["disputes"]
    }
    named = {**below["actors"], **{row["id"]: row for _, row in actors}}
    groups = {name for name, row in named.items() if row["kind"] == "group"}
    works = {**below["sources"], **{row["id"]: row for _, row in sources}}
    issued = {name: row["issued"] for name, row in works.items()}
    for line, message in (
        *_duplicates(rows),
        *_figures(rows, disputed),
        *_bans(rows, disputed),
        *_sums([row for row in rows if row["subject"] not in groups]),
        *_order({row["id"]: row for row in rows}),
        *_hindsight(rows, issued),
    ):
        if line:
            statements.blame(line, message)
    statements.problems.sort(key=lambda problem: problem.line or 0)


def _order(rows: Mapping[str, _Row]) -> Iterator[tuple[int, str]]:
    """Statements that were superseded by an earlier one."""
    for row in rows.values():
        for dispute in row["disputes"]:
            other = rows.get(dispute["statement"])
            if dispute["kind"] != "superseded" or other is None:
                continue
            if (other["start"] or date.max) < (row["start"] or date.min):
                yield (
                    row["line"],
                    f"is superseded by {other['id']!r}, which began before it; exchange the two, "
                    "or leave the word out",
                )


def _duplicates(rows: list[_Row]) -> Iterator[tuple[int, str]]:
    seen: dict[str, str] = {}
    for row in rows:
        content = repr([row[name] for name in _CONTENT])
        if content in seen:
            yield row["line"], f"says the same as {seen[content]!r}; join their sources in one"
        seen.setdefault(content, row["id"])


def _figures(rows: list[_Row], disputed: set[frozenset[str]]) -> Iterator[tuple[int, str]]:
    """Different figures for the same thing at the same time."""
    for group in _grouped(rows, "subject", "object").values():
        for one, other in combinations(group, 2):
            if _clash(one, other) and not _linked(one, other, disputed):
                yield (
                    other["line"],
                    f"contradicts {one['id']!r}, a different figure for the same time, scope and "
                    "basis; name it under disputes, or tell them apart by basis",
                )


def _clash(one: _Row, other: _Row) -> bool:
    if one["rank"] and other["rank"]:
        return bool(one["rank"] != other["rank"])
    if one["unit"] is None or one["unit"] != other["unit"]:
        return False
    if "about" in (one["qualifier"], other["qualifier"]):
        return False
    (low, high), (least, most) = _interval(one), _interval(other)
    return high < least or most < low


def _interval(row: _Row) -> tuple[float, float]:
    low, high = row["value_low"], row["value_high"]
    return (0.0 if low is None else low, float("inf") if high is None else high)


def _bans(rows: list[_Row], disputed: set[frozenset[str]]) -> Iterator[tuple[int, str]]:
    """The same actor bans and allows the same at the same time."""
    ties = [row for row in rows if row["predicate"] in ("bans", "allows")]
    for one, other in combinations(ties, 2):
        if (
            one["predicate"] != other["predicate"]
            and (one["subject"], one["object"]) == (other["subject"], other["object"])
            and _overlap(one, other)
            and not any(_apart(one[name], other[name]) for name in _SCOPE)
            and not _linked(one, other, disputed)
        ):
            yield (
                other["line"],
                f"contradicts {one['id']!r}: {other['subject']} cannot both ban and allow "
                f"{other['object']}; name it under disputes, or say when the earlier ended",
            )


def _overlap(one: _Row, other: _Row) -> bool:
    (first, last), (begin, end) = (
        (row["start"] or date.min, row["end"] or date.max) for row in (one, other)
    )
    return bool(first <= end and begin <= last)


def _apart(one: list[str], other: list[str]) -> bool:
    """Tell whether two scopes have nothing in common; an empty one has no limits."""
    return bool(one and other and not set(one) & set(other))


def _linked(one: _Row, other: _Row, disputed: set[frozenset[str]]) -> bool:
    return frozenset((one["id"], other["id"])) in disputed


def _sums(rows: list[_Row]) -> Iterator[tuple[int, str]]:
    """Shares of one whole that come to more than all of it.

    A subject counts once, with the least of its figures. Groups are left out, as their members
    count by themselves.
    """
    shares = [row for row in rows if row["unit"] == "%"]
    for (predicate, of, *_), group in _grouped(shares, "predicate", "object").items():
        least: dict[str, float] = {}
        for row in group:
            low = _interval(row)[0]
            least[row["subject"]] = min(low, least.get(row["subject"], low))
        total = sum(least.values())
        if total > 100 + 1e-6:
            parts = ", ".join(f"{subject} {share:g}" for subject, share in least.items())
            yield (
                max(row["line"] for row in group),
                f"{predicate} of {of} comes to {total:g} % at one time, scope and basis: {parts}",
            )


def _grouped(rows: list[_Row], *names: str) -> dict[tuple[Any, ...], list[_Row]]:
    """Put figures together that are of the same time, scope and basis, and agree in ``names``."""
    groups: dict[tuple[Any, ...], list[_Row]] = defaultdict(list)
    for row in rows:
        if row["predicate"] in _FIGURES and row["start"]:
            scope = tuple(tuple(sorted(row[name])) for name in _SCOPE)
            key = *(row[name] for name in names), row["predicate"], *_period(row)
            groups[*key, row["basis"], *scope].append(row)
    return groups


def _period(row: _Row) -> tuple[date, date]:
    start: date = row["start"]
    return start, row["end"] or parse_span(written(start, row["start_precision"])).last


def _hindsight(rows: list[_Row], issued: dict[str, date | None]) -> Iterator[tuple[int, str]]:
    """Facts that begin after the last of their sources was issued."""
    for row in rows:
        dates = [issued[source] for source in row["sources"]]
        known = [day for day in dates if day]
        if row["kind"] == "fact" and row["start"] and len(known) == len(dates):
            newest = max(known)
            if row["start"] > newest:
                yield (
                    row["line"],
                    f"start: is a fact of {row['start']}, but its newest source is of {newest}; "
                    "call it a forecast, or give a later source",
                )
