"""How much of each operator's equipment may be a vendor's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from splinternet.ledger.ledger import Ledger
from splinternet.supply.figures import (
    Figure,
    Scope,
    Supply,
    share_figures,
    supplies,
    vendor_groups,
)
from splinternet.supply.intervals import UNKNOWN, Interval

__all__ = ["Holding", "bounds", "held", "holdings"]


@dataclass(frozen=True)
class Holding:
    """A vendor's part of one operator's equipment.

    Attributes
    ----------
    share
        Part of the equipment, 0 to 1; all of that if nothing is known.
    uses
        Whether the operator has any of it; None if that is not known, or statements contradict
        each other.
    statements
        Ids of the statements that this rests on.
    """

    share: Interval
    uses: bool | None
    statements: tuple[str, ...]


def holdings(
    ledger: Ledger,
    vendor: str,
    scope: Scope = Scope(),  # noqa: B008 - a tuple
    day: str | date | None = None,
) -> dict[str, Holding]:
    """Return what is known of a vendor's equipment in each operator's networks.

    Parameters
    ----------
    vendor
        Id of a vendor, or of a group that stands for those of its country.
    scope
        The part of networks. A figure counts only where it is of this very part: a share of a 4G
        radio network says nothing of the size of a share of all networks, but that the vendor is
        there.
    day
        See :func:`splinternet.supply.figures.share_figures`.

    Returns
    -------
    dict of Holding
        By operator. Of those that are absent nothing is known.
    """
    groups = vendor_groups(ledger)
    figures, ties = share_figures(ledger, day), supplies(ledger, day)
    found = {
        operator: held(operator, vendor, scope, figures, ties, groups)
        for operator in sorted(ledger.actors.filter(kind="operator")["id"])
    }
    return {operator: each for operator, each in found.items() if each is not None}


def held(
    operator: str,
    vendor: str,
    scope: Scope,
    figures: Iterable[Figure],
    ties: Iterable[Supply],
    groups: Mapping[str, Collection[str]],
) -> Holding | None:
    """Return what figures and ties tell of a vendor's equipment at one operator, if anything."""
    own = {vendor, *groups.get(vendor, ())}
    at = [figure for figure in figures if figure.holder == operator]
    of_scope = [figure for figure in at if figure.scope == scope]
    within = [figure for figure in at if figure.vendor in own and scope.holds(figure.scope)]
    tied = [tie for tie in ties if tie.operator == operator and tie.vendor in own]
    if not (of_scope or within or tied):
        return None
    share = bounds(vendor, {figure.vendor: figure.share for figure in of_scope}, groups)
    sure = (
        share.least > 0
        or any(figure.share.least > 0 for figure in within)
        or any(tie.is_for_sure_in(scope) for tie in tied)
    )
    none = share.most == 0
    ids = [i for figure in (*of_scope, *within) for i in figure.statements]
    ids += [tie.statement for tie in tied]
    return Holding(share, None if sure == none else sure, tuple(dict.fromkeys(ids)))


def bounds(
    vendor: str, shares: Mapping[str, Interval], groups: Mapping[str, Collection[str]]
) -> Interval:
    """Bound a vendor's share by all that is known of one whole.

    A group has at least what its members have together, a member at most what its group has, and
    all that others have for sure is not the vendor's. Where statements contradict each other, so
    that nothing is left, what is said of the vendor itself counts.

    Parameters
    ----------
    shares
        By vendor or group.
    groups
        The vendors of each group; no vendor is in two.
    """

    def least_of(name: str) -> float:
        own = shares[name].least if name in shares else 0.0
        return max(own, sum(least_of(each) for each in groups.get(name, ())))

    own = shares.get(vendor, UNKNOWN)
    home = next((group for group, inside in groups.items() if vendor in inside), None)
    grouped = {each for inside in groups.values() for each in inside}
    blocks = {*groups, *(set(shares) - grouped)} - {vendor, home}
    siblings = sum(least_of(each) for each in groups.get(home or "", ()) if each != vendor)
    most = min(own.most, 1 - siblings - sum(least_of(block) for block in blocks))
    if home is not None and home in shares:
        most = min(most, shares[home].most - siblings)
    least = least_of(vendor)
    return Interval(least, most) if least <= most else own
