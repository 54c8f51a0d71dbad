"""Reach of a ban of a vendor in a nation: people and equipment, rules, operators.

Whoever tells of a ban (``vendors``, ``what-if``, briefs, pages) asks :func:`ban_in_nation`, so that
all tell the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from splinternet.base.texts import nation_called
from splinternet.supply.acts import Act, own_acts
from splinternet.supply.figures import GOODS, Scope
from splinternet.supply.gaps import unknown_parts
from splinternet.supply.holdings import bounds
from splinternet.supply.intervals import UNKNOWN, Interval, add
from splinternet.supply.question import Question
from splinternet.supply.replacements import Replacement
from splinternet.supply.rules import Rule, rules
from splinternet.supply.vendor_reach import Ban, banned, national_figures, reach_asked
from splinternet.supply.weights import Weights

__all__ = [
    "BanAnswer",
    "NationBanned",
    "OperatorBanned",
    "Reach",
    "ban_in_nation",
    "reaches",
]


@dataclass(frozen=True)
class Reach:
    """Part of a nation on equipment that would have to go, from 0 to 1.

    Attributes
    ----------
    scope
        The part of networks that the figure is of.
    by
        ``users`` or ``addresses``: operators' shares of equipment, weighed by their parts of the
        nation. ``nation``: a share that is published for the nation as a whole.
    share
        On the vendor's equipment, from what is known to what may be.
    behind
        Behind operators that use any of it; None of a nation's share.
    of_known
        The share among operators alone of which both part and share are known.
    fates
        What would be stranded, replaced and not affected; None of a nation's share.
    group
        Where the figure is of a group of vendors: its name, and its share.
    dated
        The first and last date of the statements; None if they have none.
    statements
        Ids of those it rests on.
    """

    scope: Scope
    by: Literal["users", "addresses", "networks", "nation"]
    share: Interval
    behind: Interval | None = None
    of_known: Interval | None = None
    fates: Ban | None = None
    group: tuple[str, Interval] | None = None
    dated: str | None = None
    statements: tuple[str, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether the share is known at all, at least that of the vendor's group."""
        return self.share != UNKNOWN or self.group is not None


@dataclass(frozen=True)
class OperatorBanned:
    """An operator under a ban.

    Attributes
    ----------
    operator, name
        Its id, and what it is called.
    uses
        Whether it uses the vendor's equipment in the part of networks asked of; None if that is not
        known.
    shares
        The vendor's share, or that of its group, by part of networks: name, scope and share.
    since
        The first and last date that is stated; None if there is none.
    others
        Other vendors that are known to equip it.
    asns
        AS numbers that it runs.
    statements
        Ids of those it rests on.
    """

    operator: str
    name: str
    uses: bool | None
    shares: tuple[tuple[str, Scope, Interval], ...]
    since: str | None
    others: tuple[str, ...]
    asns: tuple[int, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True)
class NationBanned:
    """Reach of a ban of a vendor in a nation.

    Attributes
    ----------
    country, name
        Its code, and what it is called.
    vendor
        What the vendor is called.
    reaches
        Figures of people on equipment that would have to go, by part of networks.
    operators
        Those that use it, those that do not, and those of which nothing is known.
    rules
        What the nation has decided already, as held on the day.
    acts
        What the vendor itself did there.
    needed
        What would have to be known for narrower figures, in sentences.
    partly
        Whether only some networks of the nation are under the ban.
    """

    country: str
    name: str
    vendor: str
    reaches: tuple[Reach, ...]
    operators: tuple[OperatorBanned, ...]
    rules: tuple[Rule, ...]
    acts: tuple[Act, ...]
    needed: tuple[str, ...]
    partly: bool = False

    @property
    def called(self) -> str:
        """The nation as within a sentence: ``the United Kingdom``."""
        return nation_called(self.country)

    @property
    def told(self) -> tuple[Reach, ...]:
        """The figures of which something is known."""
        return tuple(reach for reach in self.reaches if reach.tells)

    @property
    def users(self) -> tuple[OperatorBanned, ...]:
        """Operators that are known to use the equipment."""
        return tuple(each for each in self.operators if each.uses)

    def best(self, scope: Scope) -> Reach | None:
        """Return the narrowest figure of a part of networks, of operators rather than a nation."""
        of_scope = [reach for reach in self.told if reach.scope == scope]
        return min(of_scope, key=lambda each: (each.share.width, each.by == "nation"), default=None)


@dataclass(frozen=True)
class BanAnswer:
    """Reach of a ban of a vendor in one or more nations.

    Attributes
    ----------
    vendor
        What the vendor is called.
    scope
        The part of networks that is under the ban.
    day, deadline
        When it takes effect, and by when the equipment has to be gone; None if that is not said.
    ledger
        Title of the ledger that this is known from.
    nations
        Each nation under the ban, those first of which most people are known to be reached.
    addresses
        IPv4 addresses of each nation in the world, by code.
    replaced
        Replacements of equipment of which the ledger has the time or the cost.
    """

    vendor: str
    scope: Scope
    day: date | None
    deadline: date | None
    ledger: str
    nations: tuple[NationBanned, ...]
    addresses: Mapping[str, int]
    replaced: tuple[Replacement, ...]

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Parts of networks of which a figure is known in any nation."""
        return tuple(sorted({reach.scope for nation in self.nations for reach in nation.told}))

    def together(self, scope: Scope) -> Interval:
        """Part of all nations together on equipment that would have to go, by their addresses.

        A nation of which nothing is known counts from none to all.
        """
        total = sum(self.addresses.values())
        if not total:
            return UNKNOWN
        best = {nation.country: nation.best(scope) for nation in self.nations}
        return add(
            (reach.share if reach else UNKNOWN).scaled(self.addresses.get(country, 0) / total)
            for country, reach in best.items()
        )


def ban_in_nation(question: Question) -> NationBanned:
    """Tell what a ban of the vendor that is asked for would reach in a nation.

    Raises
    ------
    MisuseError
        If no vendor is asked for, or there is no such vendor or day.
    """
    return NationBanned(
        country=question.country,
        name=question.nation,
        vendor=question.names[question.vendor_asked],
        reaches=tuple(reaches(question)),
        operators=tuple(_operator(question, each) for each in question.operators),
        rules=tuple(rules(question)),
        acts=tuple(own_acts(question)),
        needed=() if question.scope.is_goods else tuple(unknown_parts(question)),
        partly=question.only is not None,
    )


def reaches(question: Question) -> Iterator[Reach]:
    """Yield the figures of each part of networks of which there are any, and of the whole."""
    asked = question.vendor_asked
    for scope in _scopes(question):
        for weights in question.parts:
            yield _by_operators(question, scope, weights)
        shares = national_figures(question, scope)
        if shares and asked in _told_by(question, shares):
            yield _by_nation(question, scope, shares)
    if set(question.scope.segments) & set(GOODS):
        yield from _sold(question)


def _scopes(question: Question) -> list[Scope]:
    """The part that is asked of, and single parts of it that figures are of."""
    told = {
        figure.scope
        for figure in question.figures
        if question.wants(figure.vendor)
        and all(len(words) <= 1 for words in figure.scope)
        and question.scope.holds(figure.scope)
    }
    return sorted({question.scope, *told})


def _by_operators(question: Question, scope: Scope, weights: Weights) -> Reach:
    found = reach_asked(question, weights, scope)
    return Reach(
        scope=scope,
        by=weights,
        share=found.share,
        behind=found.behind,
        of_known=found.of_known,
        fates=banned(question, weights, scope),
        dated=question.dated(found.statements),
        statements=found.statements,
    )


def _told_by(question: Question, shares: Iterable[str]) -> set[str]:
    """Vendors of which shares tell something: themselves, members of a group, groups of members."""
    named = set(shares)
    members = {each for group in named for each in question.groups.get(group, ())}
    return named | members | {g for g, inside in question.groups.items() if named & set(inside)}


def _by_nation(question: Question, scope: Scope, shares: Mapping[str, Interval]) -> Reach:
    asked = question.vendor_asked
    home = next((g for g, inside in question.groups.items() if asked in inside), None)
    is_group = asked not in shares and home is not None
    own = (home if is_group else asked, *question.groups.get(asked, ()))
    is_sum = asked not in shares and not is_group  # so that shares of all others bound it too
    figures = [
        figure
        for figure in question.figures
        if figure.holder == question.country.lower()
        and figure.scope == scope
        and (is_sum or figure.vendor in own)
    ]
    ids = tuple(dict.fromkeys(i for figure in figures for i in figure.statements))
    return Reach(
        scope=scope,
        by="nation",
        share=bounds(asked, shares, question.groups),
        group=(question.names[home], shares[home]) if is_group and home else None,
        dated=question.dated(ids),
        statements=ids,
    )


def _sold(question: Question) -> Iterator[Reach]:
    """Yield the vendor's share of phones or cameras sold in the nation, the newest."""
    rows = question.ledger.without_deprecated().statements.filter(
        predicate="market_share", subject=question.vendor_asked, object=question.country.lower()
    )
    for row in rows.sort("start", descending=True, nulls_last=True).iter_rows(named=True):
        scope = Scope(tuple(row["generations"]), tuple(row["segments"]))
        counts = row["unit"] == "%" and row["kind"] in ("fact", "estimate")
        if counts and question.scope.holds(scope) and (row["start"] or date.min) <= question.last:
            low, high = row["value_low"], row["value_high"]
            share = Interval((low or 0.0) / 100, 1.0 if high is None else high / 100)
            ids = (row["id"],)
            yield Reach(scope, "nation", share, dated=question.dated(ids), statements=ids)
            return


def _operator(question: Question, operator: str) -> OperatorBanned:
    """Tell of one operator what it has of the vendor, since when, and of whom else."""
    asked = question.vendor_asked
    own = {asked, *question.groups.get(asked, ())}
    held = question.holding(operator, asked, question.scope)
    figures = [f for f in question.figures if f.holder == operator]
    of_vendor = [f for f in figures if question.wants(f.vendor) and question.scope.holds(f.scope)]
    ties = [
        s
        for s in question.supplies
        if s.operator == operator and s.certain and question.scope.touches(s.scope)
    ]
    others = {s.vendor for s in ties} | {f.vendor for f in figures if f.share.least > 0}
    home = {group for group, inside in question.groups.items() if asked in inside}
    return OperatorBanned(
        operator=operator,
        name=question.names[operator],
        uses=held.uses,
        shares=tuple((question.names[f.vendor], f.scope, f.share) for f in of_vendor),
        since=question.dated(held.statements),
        others=tuple(sorted(question.names[each] for each in others - own - home)),
        asns=tuple(question.ledger.asns(operator)),
        statements=tuple(
            dict.fromkeys([*held.statements, *(i for f in of_vendor for i in f.statements)])
        ),
    )
