"""Concentration of the vendors that equip a nation's networks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Unpack

from splinternet.ledger.ledger import Ledger
from splinternet.supply.figures import vendor_groups
from splinternet.supply.intervals import Interval
from splinternet.supply.vendor_reach import Terms, national_figures, question_on, reach_asked

__all__ = ["hhi", "national_shares", "vendor_concentration"]

#: Vendors of which every combination is tried; narrower intervals count as most, which is no less.
_TRIED = 12


def vendor_concentration(
    ledger: Ledger,
    country: str,
    **terms: Unpack[Terms],
) -> Interval | None:
    """Herfindahl-Hirschman index of the vendors of a nation's equipment, as far as it is known.

    Terms are those of :class:`~splinternet.supply.vendor_reach.Terms`, and errors those of
    :func:`~splinternet.supply.vendor_reach.vendor_reach`.

    Returns
    -------
    Interval or None
        From near 0 (many small vendors) to 1 (one has all); no unit. None if no share is known, or
        those known come to more than 1.
    """
    shares = national_shares(ledger, country, **terms)
    groups = vendor_groups(ledger)
    told = {v: s for v, s in shares.items() if not (set(groups.get(v, ())) & set(shares))}
    if not told or sum(share.least for share in told.values()) > 1 + 1e-9:
        return None
    return hhi(told, set(groups))


def national_shares(
    ledger: Ledger,
    country: str,
    **terms: Unpack[Terms],
) -> dict[str, Interval]:
    """Shares of vendors and groups in a nation's equipment: as published, else of its operators.

    Terms are those of :class:`~splinternet.supply.vendor_reach.Terms`, and errors those of
    :func:`~splinternet.supply.vendor_reach.vendor_reach`.
    """
    question, weights, scope = question_on(ledger, country, None, terms)
    shares = national_figures(question, scope)
    at_operators = {
        figure.vendor
        for figure in question.figures
        if figure.holder in question.operators and figure.scope == scope
    }
    for vendor in sorted(at_operators - set(shares)):
        found = reach_asked(replace(question, vendor=vendor), weights, scope)
        if found.known:
            shares[vendor] = found.share
    return shares


def hhi(shares: Mapping[str, Interval], groups: Collection[str] = ()) -> Interval:
    """Bound the Herfindahl-Hirschman index of shares that are known in part.

    Parameters
    ----------
    shares
        By vendor or group, 0 to 1; the least of all sum to at most 1. The missing part may be one
        vendor's or that of many small ones.
    groups
        Which of them may be any number of vendors.

    Returns
    -------
    Interval
        The least and the most that the sum of squared shares may be.

    Notes
    -----
    Hirschman, National Power and the Structure of Foreign Trade, 1945; Herfindahl, 1950. A sum of
    squares is greatest where shares are as unequal as they may be: some vendors have the most
    that they may, and all that is left is one other's.
    """
    least = sum(share.least**2 for vendor, share in shares.items() if vendor not in groups)
    free = max(0.0, 1 - sum(share.least for share in shares.values()))
    widest = sorted(shares.values(), key=lambda share: share.width, reverse=True)
    tried, rest = widest[:_TRIED], widest[_TRIED:]
    most = max(_with_filled(tried, filled, free) for filled in _subsets(len(tried)))
    return Interval(least, most + sum(share.most**2 for share in rest))


def _subsets(size: int) -> Iterable[tuple[int, ...]]:
    return (chosen for count in range(size + 1) for chosen in combinations(range(size), count))


def _with_filled(shares: list[Interval], filled: tuple[int, ...], free: float) -> float:
    """Greatest sum of squares if these vendors have the most they may; 0 if that is too much."""
    left = free - sum(shares[i].width for i in filled)
    if left < 0:
        return 0.0
    total = sum(share.most**2 if i in filled else share.least**2 for i, share in enumerate(shares))
    gains = [
        (share.least + left) ** 2 - share.least**2
        for i, share in enumerate(shares)
        if i not in filled and share.width >= left
    ]
    return total + max([left**2, *gains])
