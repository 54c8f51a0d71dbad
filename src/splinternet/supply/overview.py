"""All that is known of a nation's vendors in one table, every figure with its statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import polars as pl

from splinternet.base.checked import typed
from splinternet.base.countries import country_code
from splinternet.base.dates import written
from splinternet.ledger.catalogue import LedgerLike, ledger_of
from splinternet.supply.acts import own_acts
from splinternet.supply.bans import Reach, reaches
from splinternet.supply.cables import (
    CABLES_BY,
    cables_by,
    international_cables,
    landing_points,
)
from splinternet.supply.figures import Scope, Supply
from splinternet.supply.finance import finance
from splinternet.supply.hhi import vendor_concentration
from splinternet.supply.intervals import UNKNOWN, Interval, per_cent
from splinternet.supply.question import Question
from splinternet.supply.rules import rules
from splinternet.supply.standing import standing, strictest
from splinternet.supply.vendor_reach import national_figures
from splinternet.supply.weights import Weights
from splinternet.world.world import World

__all__ = ["overview", "vendors", "vendors_in"]

_SCHEMA = pl.Schema(
    {
        "measure": pl.String(),
        "tie": pl.String(),
        "least": pl.Float64(),
        "most": pl.Float64(),
        "unit": pl.String(),
        "dated": pl.String(),
        "kind": pl.String(),
        "statements": pl.List(pl.String()),
        "sources": pl.List(pl.String()),
    }
)


class _Row(NamedTuple):
    measure: str
    tie: str
    least: float
    most: float | None
    unit: str
    statements: Iterable[str]


@typed
def vendors(
    country: str,
    vendor: str | None = None,
    *,
    ledger: LedgerLike | None = None,
    world: World | None = None,
    weights: Weights | None = None,
    as_of: str | date | None = None,
) -> pl.DataFrame:
    """Vendors of a nation's networks, and what is known of each.

    Parameters
    ----------
    country
        Code or name of the nation.
    vendor
        Id, name or alias of a vendor or group; all by default.
    ledger
        The ledger; by default the one that is shipped.
    world
        A world to weigh operators by their addresses or networks in it.
    weights
        What operators count; by default users, and addresses where there is a world.
    as_of
        The day that is asked of; by default the newest that is known.

    Returns
    -------
    polars.DataFrame
        As :func:`overview` gives it.

    Raises
    ------
    MisuseError
        If there is no such country, vendor or day, or weights need a world.

    Examples
    --------
    >>> vendors("Poland", "Huawei").columns[:5]
    ['measure', 'tie', 'least', 'most', 'unit']
    """
    return overview(
        Question(
            ledger=ledger_of(ledger),
            country=country_code(country),
            vendor=vendor,
            weights=weights,
            day=as_of,
            networks=None if world is None else world.networks,
        )
    )


def vendors_in(
    world: World,
    country: str,
    vendor: str | None = None,
    *,
    ledger: LedgerLike | None = None,
    weights: Weights | None = None,
    as_of: str | date | None = None,
) -> pl.DataFrame:
    """Vendors of a nation's networks, its operators weighed by their addresses in a world.

    Parameters and answer are those of :func:`vendors`.
    """
    return vendors(country, vendor, ledger=ledger, world=world, weights=weights, as_of=as_of)


def overview(question: Question) -> pl.DataFrame:
    """Return every supply measure of a nation of which something is known.

    Returns
    -------
    polars.DataFrame
        ``measure``; ``tie``, what it is of, in words; ``least`` and ``most``, the latter null where
        there is no upper bound; ``unit``: ``%``, ``yes`` (1 if it is certain that it is so, 0 to 1
        if it may be), a currency, what is counted, or empty for an index; ``dated``, the first and
        last date of ``statements``, and ``kind``, what they are (fact, estimate and so on), both
        null if it was counted in a world; ``statements`` and ``sources``, ids of those it rests on.

    Raises
    ------
    MisuseError
        If there is no such vendor or day, or weights need a world.
    """
    rows = [
        *_shares(question),
        *_suppliers(question),
        *_parts(question),
        *_reaches(question),
        *_concentrations(question),
        *_cables(question),
        *_loans(question),
        *_positions(question),
        *_rules(question),
        *_acts(question),
    ]
    known = {row["id"]: row for row in question.ledger.statements.iter_rows(named=True)}
    return pl.DataFrame(
        [_told(row, [known[name] for name in row.statements]) for row in rows],
        schema=_SCHEMA,
        orient="row",
    )


def _told(row: _Row, statements: list[dict[str, object]]) -> dict[str, object]:
    dates = sorted(
        written(s["start"], str(s["start_precision"]))
        for s in statements
        if isinstance(s["start"], date)
    )
    sources = [source for s in statements for source in s["sources"]]  # type: ignore[attr-defined]
    return row._asdict() | {
        "dated": " to ".join(dict.fromkeys([dates[0], dates[-1]])) if dates else None,
        "kind": ", ".join(sorted({str(s["kind"]) for s in statements})) or None,
        "statements": [s["id"] for s in statements],
        "sources": list(dict.fromkeys(sources)),
    }


def _percent(measure: str, tie: str, share: Interval, statements: Iterable[str]) -> _Row:
    return _Row(measure, tie, per_cent(share.least), per_cent(share.most), "%", statements)


def _shares(question: Question) -> Iterator[_Row]:
    for figure in question.figures:
        if question.wants(figure.vendor):
            tie = f"{question.names[figure.vendor]} at {question.names[figure.holder]}"
            at = tie.replace(" at ", " in ") if figure.holder == question.country.lower() else tie
            yield _percent(
                "share of equipment", at + _within(figure.scope), figure.share, figure.statements
            )


def _suppliers(question: Question) -> Iterator[_Row]:
    """One row for an operator and vendor."""
    pairs: dict[tuple[str, str], list[Supply]] = defaultdict(list)
    for supply in question.supplies:
        if question.wants(supply.vendor):
            pairs[supply.operator, supply.vendor].append(supply)
    for (operator, vendor), each in sorted(pairs.items()):
        certain = [supply for supply in each if supply.certain]
        scopes = [supply.scope for supply in certain or each]
        scope = Scope(*(_ordered(words) for words in zip(*scopes, strict=True)))
        tie = f"{question.names[operator]}: {question.names[vendor]}{_within(scope)}"
        ids = [supply.statement for supply in certain or each]
        yield _Row("equipment from", tie, float(bool(certain)), 1.0, "yes", ids)


def _ordered(words: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """All words, or none if one has no limit."""
    each = list(words)
    return tuple(sorted({word for some in each for word in some})) if all(each) else ()


def _parts(question: Question) -> Iterator[_Row]:
    for weights, parts in question.parts.items():
        for operator, weight in parts.items():
            share = Interval(weight.part, weight.most)
            name = question.names[operator]
            yield _percent(f"part of {weights}", name, share, weight.statements)


def _reaches(question: Question) -> Iterator[_Row]:
    for vendor in question.vendors:
        asked = question if question.asked else replace(question, vendor=vendor)
        for reach in reaches(asked):
            of = f"{question.names[vendor]}{_within(reach.scope)}"
            if reach.by != "nation":
                yield from _by_operators(reach, of, bool(question.asked))
            elif question.asked and reach.share != UNKNOWN and (how := _followed(question, reach)):
                tie = f"on equipment of {of}, {how}"
                yield _percent("reach in the nation", tie, reach.share, reach.statements)


def _followed(question: Question, reach: Reach) -> str:
    """Say from whose share a nation's follows, if none is published of the vendor itself."""
    if reach.group is not None:
        return f"as one of {reach.group[0]}"
    published = national_figures(question, reach.scope)
    return "" if question.vendor_asked in published else "by the shares of its vendors"


def _by_operators(reach: Reach, of: str, with_ban: bool) -> Iterator[_Row]:
    """People on a vendor's equipment, and behind a ban of it, by operators' shares."""
    measure, ids = f"reach among {reach.by}", reach.statements
    if reach.behind is not None and reach.behind != UNKNOWN:
        yield _percent(measure, f"behind operators that use {of}", reach.behind, ids)
    if reach.of_known is None:
        return
    yield _percent(measure, f"on equipment of {of}", reach.share, ids)
    yield _percent(measure, f"on equipment of {of}, of those known", reach.of_known, ids)
    if with_ban and reach.fates is not None:
        for words, part in (
            ("stranded", reach.fates.strand),
            ("to be replaced", reach.fates.replace),
            ("not affected", reach.fates.unaffected),
            ("with alternatives in place", reach.fates.alternatives),
        ):
            yield _percent(f"ban, by {reach.by}", f"{words}: {of}", part, ids)


def _concentrations(question: Question) -> Iterator[_Row]:
    scopes = {f.scope for f in question.figures if all(len(words) <= 1 for words in f.scope)}
    for scope in sorted(scopes):
        weights: Weights = next(iter(question.parts), "users")
        generation, segment = (words[0] if words else None for words in scope)
        found = vendor_concentration(
            question.ledger,
            question.country,
            weights=weights,
            generation=generation,
            segment=segment,
            day=question.day,
            networks=question.networks,
        )
        if found:
            ids = [i for f in question.figures if f.scope == scope for i in f.statements]
            ids += [i for w in question.parts.get(weights, {}).values() for i in w.statements]
            tie = f"in {question.nation}{_within(scope)}"
            yield _Row("HHI of vendors", tie, found.least, found.most, "", ids)


def _cables(question: Question) -> Iterator[_Row]:
    cables = international_cables(question.ledger, question.country, question.day)
    if not cables.height:
        return
    ids = [name for each in cables["statements"] for name in each]
    in_service = int(cables["in_service"].sum())
    of = f"of {question.nation}, as far as the ledger has them"
    yield _Row("international cables", of, in_service, cables.height, "cables", ids)
    for by in CABLES_BY:
        for name, number in cables_by(cables, by).items():
            said = question.names.get(name if by == "builder" else name.lower(), name)
            yield _Row(f"cables by {by}", said, *number, "cables", _of_cables(cables, by, name))
    points = landing_points(question.ledger, question.country, question.day)
    if points.height:
        alone = int(points["one_nation"].sum())
        most = alone + points["one_nation"].null_count()
        tie = f"of {points.height} {of}: those that lead to one other nation only"
        yield _Row("landing points", tie, alone, most, "points", ids)


def _of_cables(cables: pl.DataFrame, by: str, name: str) -> list[str]:
    """Statements on the cables that a builder, or owners of a state, are known to have."""
    column = "builders" if by == "builder" else "owner_states"
    own = cables.filter(pl.col(column).list.contains(name))
    return [name for each in own["statements"] for name in each]


def _loans(question: Question) -> Iterator[_Row]:
    for vendor in question.vendors:
        loans = finance(question.ledger, vendor, country=question.country, day=question.day)
        for row in loans.iter_rows(named=True):
            lenders = ", ".join(question.names[lender] for lender in row["lenders"])
            what = f"; {row['basis']}" if row["basis"] else ""
            year = row["year"] or "year unknown"
            tie = f"{question.names[row['borrower']]} from {lenders}, {year}{what}"
            of = f"finance naming {question.names[vendor]}"
            yield _Row(of, tie, row["least"], row["most"], row["unit"], row["statements"])


def _positions(question: Question) -> Iterator[_Row]:
    """Acts of the nation about vendors, and how many states do what."""
    for vendor in [question.asked] if question.asked else _judged(question):
        positions = standing(question.ledger, vendor, question.day)
        name = question.names[vendor]
        for row in positions.filter(pl.col("country") == question.country).iter_rows(named=True):
            if row["position"] != "contracts":  # they are listed by operator
                tie = f"{question.nation} {row['position']} {name}"
                tie += _terms(question, row["statements"])
                yield _Row("position", tie, row["certain"], 1.0, "yes", row["statements"])
        if question.asked:
            for position, number in strictest(positions).items():
                of = positions.filter(pl.col("position") == position)["statements"]
                ids = [i for each in of for i in each]
                yield _Row("states by position", f"{position} {name}", *number, "states", ids)


def _terms(question: Question, ids: list[str]) -> str:
    """Say by when statements have to be obeyed, and what stands against them, and how."""
    each = [*question.deadlines(ids), *question.against(ids)]
    return f" ({'; '.join(each)})" if each else ""


def _rules(question: Question) -> Iterator[_Row]:
    """Laws and rules for networks, and what the European Union decided for its members."""
    for rule in rules(question):
        measure = "by the Union, for its members" if rule.of_union else "rule for networks"
        if not rule.of_union and rule.act not in ("enacts", "regulates"):
            if question.asked not in question.groups or rule.whom == question.names[question.asked]:
                continue  # standing has it
            measure = "position"  # on a member of the group that is asked for
        claim = f": {rule.claim}" if rule.claim else ""
        tie = f"{rule.who} {rule.act} {rule.whom}{claim}{_within(rule.scope)}"
        tie += _terms(question, [rule.statement])
        certain = float(rule.kind in ("fact", "estimate"))
        yield _Row(measure, tie, certain, 1.0, "yes", [rule.statement])


def _acts(question: Question) -> Iterator[_Row]:
    """Acts of vendors themselves in the nation: leave it, hold back, build, buy, do research."""
    for act in own_acts(question):
        tie = act.words + _terms(question, [act.statement])
        yield _Row("vendors' own acts", tie, float(act.certain), 1.0, "yes", [act.statement])


def _judged(question: Question) -> list[str]:
    """Vendors about which the nation itself, or an agency of it, has said something."""
    own = question.ledger.actors.filter(
        pl.col("kind").is_in(["state", "agency"]) & (pl.col("country") == question.country)
    )
    vendors = {*question.ledger.actors.filter(kind="vendor")["id"], *question.groups}
    said = question.ledger.statements.filter(pl.col("subject").is_in(own["id"].implode()))
    return sorted(set(said["object"]) & vendors)


def _within(scope: Scope) -> str:
    return f" ({scope})" if any(scope) else ""
