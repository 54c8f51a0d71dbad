"""Reach of a ban, in sentences and in a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from splinternet.supply.acts import Act
from splinternet.supply.bans import BanAnswer, NationBanned, OperatorBanned, Reach
from splinternet.supply.figures import Scope
from splinternet.supply.intervals import Interval
from splinternet.supply.replacements import Replacement
from splinternet.supply.rules import Rule
from splinternet.supply.words import figure_words

__all__ = [
    "alternative_sentences",
    "ban_sentences",
    "ban_table",
    "decided_sentence",
    "figure_sentences",
    "is_told",
    "nation_sentences",
    "replacement_table",
    "rule_words",
    "share_words",
]

#: So many operators, rules or nations are named in a sentence.
_NAMED = 8

#: What is said of a share of which nothing is known.
_UNKNOWN = "not known"

#: So many nations of which nothing is known are named.
_SILENT = 30

_COUNTED = {
    "users": "operators' shares by subscribers",
    "addresses": "operators' shares by addresses",
    "networks": "operators' shares by networks",
    "nation": "shares published for the nation",
}


def share_words(share: Interval) -> str:
    """Write a share, 0 to 1: ``59.2 to 62.8%``, ``up to 57.0%``, ``not known``."""
    return figure_words(100 * share.least, 100 * share.most, "%")


def is_told(share: Interval) -> bool:
    """Tell whether so much is known of a share that a figure is told."""
    return share_words(share) != _UNKNOWN


def ban_sentences(answer: BanAnswer) -> Iterator[str]:
    """Say what a ban would reach, people and equipment first."""
    yield _terms(answer)
    if len(answer.nations) == 1:
        yield from nation_sentences(answer.nations[0], answer.scope)
    else:
        yield from _together(answer)


def _terms(answer: BanAnswer) -> str:
    where = (
        f"in {answer.nations[0].called}"
        if len(answer.nations) == 1
        else f"in {len(answer.nations)} nations"
    )
    said = f"Equipment of {answer.vendor} is banned in {answer.scope.words} {where}"
    if answer.scope.is_goods:
        said = f"{_capital(answer.scope.words)} of {answer.vendor} are banned {where}"
    if answer.day:
        said += f", from {answer.day}"
    if answer.deadline:
        it_has = "they have" if answer.scope.is_goods else "it has"
        said += f"; {it_has} to be gone by {answer.deadline}"
    return f"{said}. Known from the ledger '{answer.ledger}', and from nothing else."


def nation_sentences(nation: NationBanned, scope: Scope) -> Iterator[str]:
    """Say what a ban would reach in one nation, with what is not known and would be needed."""
    if nation.partly:
        yield (
            f"Only some networks of {nation.called} are under the ban: figures are of operators "
            "that run one of them, and parts are of the whole nation."
        )
    yield from figure_sentences(nation)
    if not scope.is_goods:
        yield from _behind(nation, scope)
        yield from _operators(nation)
        yield from alternative_sentences(nation)
    yield decided_sentence(nation)
    if nation.acts:
        named = _listed(_acts(nation.acts), "; ")
        yield f"Own acts of {nation.vendor}: {named}."
    if nation.needed:
        needed = "; ".join(f"{each[0].lower()}{each[1:]}".rstrip(".") for each in nation.needed)
        yield f"Needed to know more: {needed}."


def figure_sentences(nation: NationBanned) -> Iterator[str]:
    """Say what part of people is on equipment that would have to go, by part of networks."""
    for part in sorted({reach.scope for reach in nation.told}):
        where, which = ("sold in", "those") if part.is_goods else ("of", "on equipment")
        yield (
            f"{_capital(part.words)} {where} {nation.called}, {which} of {nation.vendor} that "
            f"would have to go: {'; '.join(_figures(nation, part))}."
        )
    if not nation.told:
        yield (
            f"Not known is the part of {nation.called} on equipment of {nation.vendor}, from "
            "shares of operators as from those of the nation."
        )


def _figures(nation: NationBanned, scope: Scope) -> Iterator[str]:
    """Say what part of people that is in a part of networks, by each count that tells any."""
    found = [reach for reach in nation.told if reach.scope == scope]
    telling = [reach for reach in found if reach.group or share_words(reach.share) != _UNKNOWN]
    for reach in telling or found:
        dated = f" ({reach.dated})" if reach.dated else ""
        if reach.by == "nation":
            yield _of_nation(reach, f"by a share published for the nation{dated}")
        else:
            part = share_words(reach.share)
            of = "" if part == _UNKNOWN else f" of {_counted(reach)}"
            yield f"{part}{of}, by shares of operators{dated}"


def _of_nation(reach: Reach, source: str) -> str:
    if reach.group is None:
        return f"{share_words(reach.share)}, {source}"
    group, share = reach.group
    together = f"{group} together have {share_words(share)}"
    if reach.share.most >= 1:
        return f"{source} {together}, not told apart by vendor"
    return f"{share_words(reach.share)}, {source}, as {together}"


def _counted(reach: Reach) -> str:
    return "subscribers" if reach.by == "users" else reach.by


def _behind(nation: NationBanned, scope: Scope) -> Iterator[str]:
    """Say how many are behind operators that use any of the equipment."""
    for reach in nation.reaches:
        if reach.scope == scope and reach.behind is not None and reach.behind != (0, 1):
            yield (
                f"Behind operators that use any of it in {scope.words} are "
                f"{share_words(reach.behind)} of {_counted(reach)}."
            )


def _operators(nation: NationBanned) -> Iterator[str]:
    for words, uses, in_part in (
        ("Operators known to use it", True, None),
        ("Known not to use it", False, None),
        ("Operators of which only a part of the networks is known", None, True),
        ("Operators of which that is not known", None, False),
    ):
        each = [
            operator
            for operator in nation.operators
            if operator.uses is uses and in_part in (None, bool(operator.shares))
        ]
        if each:
            yield f"{words}: {_listed(_operator(operator) for operator in each)}."
    if not nation.operators:
        run = " that runs one of them" if nation.partly else ""
        yield f"The ledger has no operator of {nation.called}{run}."


def _operator(operator: OperatorBanned) -> str:
    said = [f"{vendor} {share_words(s)} of {scope.words}" for vendor, scope, s in operator.shares]
    if operator.since:
        by = "uncertain, of" if operator.uses is None else "by statements of"
        said.append(operator.since if operator.shares else f"{by} {operator.since}")
    return operator.name + (f" ({', '.join(said)})" if said else "")


def alternative_sentences(nation: NationBanned) -> Iterator[str]:
    """Say what other equipment there is at operators that use the vendor's."""
    for reach in nation.told:
        if reach.fates is not None and reach.fates.alternatives != (0, 1):
            yield (
                f"Alternatives in place, {reach.scope.words}: "
                f"{share_words(reach.fates.alternatives)} of {_counted(reach)} on other "
                "equipment of these operators."
            )
    others = [each for each in nation.users if each.others]
    if others:
        named = _listed((f"{each.name} ({', '.join(each.others)})" for each in others), "; ")
        yield f"Other vendors there: {named}."


def decided_sentence(nation: NationBanned) -> str:
    """Say what the nation, and the European Union for its members, has decided already."""
    own = [rule_words(rule) for rule in nation.rules if not rule.of_union]
    said = (
        f"Decided already: {_listed(own, '; ')}."
        if own
        else f"The ledger knows of no decision of {nation.called} about {nation.vendor}."
    )
    of_union = [rule_words(rule) for rule in nation.rules if rule.of_union]
    if not of_union:
        return said
    return f"{said} By the European Union, for its members: {_listed(of_union, '; ')}."


def _acts(acts: Iterable[Act]) -> Iterator[str]:
    """Tell acts, those that are called alike once with all their dates."""
    dated: dict[str, list[str]] = {}
    for act in acts:
        said = [act.start] if act.start else []
        said += [] if act.certain else ["not certain"]
        dated.setdefault(act.words, []).extend([", ".join(said)] if said else [])
    for words, each in dated.items():
        yield words + (f" ({'; '.join(dict.fromkeys(each))})" if each else "")


def rule_words(rule: Rule) -> str:
    """Tell a decision: ``Estonia restricts Huawei: all equipment (5G, since 2021)``."""
    said = [str(rule.scope)] if any(rule.scope) else []
    said += [f"since {rule.start}"] if rule.start else []
    said += [f"by {rule.deadline}"] if rule.deadline else []
    said += [rule.kind] if rule.kind != "fact" else []
    said += rule.disputes
    claim = f": {rule.claim}" if rule.claim else ""
    act = f"{rule.who} {rule.act} {rule.whom}{claim}"
    return act + (f" ({', '.join(said)})" if said else "")


def _together(answer: BanAnswer) -> Iterator[str]:
    """Say what is known of several nations together."""
    for scope in answer.scopes:
        known = [nation for nation in answer.nations if nation.best(scope) is not None]
        part = share_words(answer.together(scope))
        of = f" on equipment of {answer.vendor} that would have to go"
        yield (
            f"{_capital(scope.words)}: a figure is known of {len(known)} of {len(answer.nations)} "
            f"nations ({_listed(nation.name for nation in known)}); of all together, weighed by "
            f"their addresses, {part}{'' if part == _UNKNOWN else of}."
        )
    if not answer.scopes:
        yield f"Of no nation a figure of the equipment of {answer.vendor} is known."
    using = {nation.name: nation.users for nation in answer.nations if nation.users}
    if using:
        named = (
            f"{nation} ({', '.join(operator.name for operator in users)})"
            for nation, users in using.items()
        )
        yield f"Operators known to use it: {_listed(named, '; ', len(using))}."
    acts = {
        nation.name: sorted({rule.act for rule in nation.rules if not rule.of_union})
        for nation in answer.nations
    }
    own = [f"{nation} ({', '.join(each)})" for nation, each in acts.items() if each]
    if own:
        yield f"With decisions of their own already: {_listed(own, ', ', len(own))}."
    of_union = {rule_words(rule): None for n in answer.nations for rule in n.rules if rule.of_union}
    if of_union:
        yield f"By the European Union, for its members: {_listed(of_union, '; ', len(of_union))}."
    silent = [nation.name for nation in answer.nations if not nation.told and not nation.users]
    if silent:
        yield (
            f"Not known of {_listed(silent, ', ', _SILENT)}: operators' shares of equipment, "
            "or a share of the nation, would be needed."
        )


def ban_table(answer: BanAnswer) -> pl.DataFrame:
    """Set the figures of all nations under a ban side by side.

    Returns
    -------
    polars.DataFrame
        ``country``; ``equipment``, the part of networks; ``figure``, people on equipment that would
        have to go; ``counted``, by what; ``dated``; ``statements``, ids. One row for each figure,
        and one for each nation of which none is known.
    """
    rows = [row for nation in answer.nations for row in _rows(nation, answer.scope)]
    columns = ("country", "equipment", "figure", "counted", "dated", "statements")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String()), orient="row")


def _rows(nation: NationBanned, scope: Scope) -> Iterator[tuple[str | None, ...]]:
    for reach in nation.told:
        yield (
            nation.name,
            reach.scope.words,
            _figure(reach),
            _COUNTED[reach.by],
            reach.dated,
            " ".join(reach.statements),
        )
    if not nation.told:
        yield nation.name, scope.words, "not known", None, None, ""


def _figure(reach: Reach) -> str:
    if reach.group is None:
        return share_words(reach.share)
    group, share = reach.group
    own = "" if reach.share.most >= 1 else f"{share_words(reach.share)}; "
    return f"{own}{group} together {share_words(share)}"


def replacement_table(replaced: Iterable[Replacement]) -> pl.DataFrame:
    """Set replacements side by side: who, from when to when, how long, at what cost."""
    rows = [
        (
            f"{each.who}: {each.whom or ''}".rstrip(": "),
            each.text,
            each.took,
            _months(each),
            each.cost,
            each.statement,
        )
        for each in replaced
    ]
    columns = ("who", "what", "time", "months", "cost", "statement")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String()), orient="row")


def _months(replaced: Replacement) -> str | None:
    if replaced.months is None:
        return None
    told = " to ".join(dict.fromkeys(map(str, replaced.months)))
    return f"{'ordered within ' if replaced.ordered else ''}{told} months"


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _listed(names: Iterable[str], between: str = ", ", most: int = _NAMED) -> str:
    each = list(names)
    rest = len(each) - most
    return between.join(each[:most]) + (f" and {rest} more" if rest > 0 else "")
