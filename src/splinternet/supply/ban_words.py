"""Reach of a ban, in sentences and in a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from splinternet.base.texts import phrase
from splinternet.supply.acts import Act
from splinternet.supply.bans import BanAnswer, NationBanned, OperatorBanned, Reach
from splinternet.supply.figures import Scope
from splinternet.supply.intervals import Interval
from splinternet.supply.replacements import Replacement
from splinternet.supply.rules import Rule
from splinternet.supply.words import figure_words, not_known

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

#: So many nations of which nothing is known are named.
_SILENT = 30


def share_words(share: Interval) -> str:
    """Write a share, 0 to 1: ``59 to 63%``, ``up to 57%``, ``not known``."""
    return figure_words(100 * share.least, 100 * share.most, "%")


def is_told(share: Interval) -> bool:
    """Tell whether so much is known of a share that a figure is told."""
    return share_words(share) != not_known()


def ban_sentences(answer: BanAnswer) -> Iterator[str]:
    """Say what a ban would reach, people and equipment first."""
    yield _terms(answer)
    if len(answer.nations) == 1:
        yield from nation_sentences(answer.nations[0], answer.scope)
    else:
        yield from _together(answer)


def _terms(answer: BanAnswer) -> str:
    where = answer.nations[0].called
    if len(answer.nations) != 1:
        where = phrase("supply.ban.nations", number=len(answer.nations))
    what = "goods" if answer.scope.is_goods else "equipment"
    said = phrase(
        f"supply.ban.{what}",
        vendor=answer.vendor,
        part=answer.scope.words,
        Part=_capital(answer.scope.words),
        where=where,
    )
    if answer.day:
        said += phrase("supply.ban.day", date=answer.day)
    if answer.deadline:
        said += phrase(f"supply.ban.{what}_deadline", date=answer.deadline)
    return phrase("supply.ban.terms", said=said, ledger=answer.ledger)


def nation_sentences(nation: NationBanned, scope: Scope) -> Iterator[str]:
    """Say what a ban would reach in one nation, with what is not known and would be needed."""
    if nation.partly:
        yield phrase("supply.ban.partly", nation=nation.called)
    yield from figure_sentences(nation)
    if not scope.is_goods:
        yield from _behind(nation, scope)
        yield from _operators(nation)
        yield from alternative_sentences(nation)
    yield decided_sentence(nation)
    if nation.acts:
        named = _listed(_acts(nation.acts), "; ")
        yield phrase("supply.ban.acts", vendor=nation.vendor, acts=named)
    if nation.needed:
        needed = "; ".join(f"{each[0].lower()}{each[1:]}".rstrip(".") for each in nation.needed)
        yield phrase("supply.ban.needed", needed=needed)


def figure_sentences(nation: NationBanned) -> Iterator[str]:
    """Say what part of people is on equipment that would have to go, by part of networks."""
    for part in sorted({reach.scope for reach in nation.told}):
        yield phrase(
            "supply.ban.goods_part" if part.is_goods else "supply.ban.part",
            Part=_capital(part.words),
            nation=nation.called,
            vendor=nation.vendor,
            figures="; ".join(_figures(nation, part)),
        )
    if not nation.told:
        yield phrase("supply.ban.no_part", nation=nation.called, vendor=nation.vendor)


def _figures(nation: NationBanned, scope: Scope) -> Iterator[str]:
    """Say what part of people that is in a part of networks, by each count that tells any."""
    found = [reach for reach in nation.told if reach.scope == scope]
    telling = [reach for reach in found if reach.group or is_told(reach.share)]
    for reach in telling or found:
        dated = f" ({reach.dated})" if reach.dated else ""
        if reach.by == "nation":
            yield _of_nation(reach, phrase("supply.ban.by_nation", dated=dated))
        else:
            counted = f"supply.ban.by_{reach.by}" if is_told(reach.share) else "supply.ban.by_none"
            yield phrase(counted, share=share_words(reach.share), dated=dated)


def _of_nation(reach: Reach, source: str) -> str:
    if reach.group is None:
        return f"{share_words(reach.share)}, {source}"
    group, share = reach.group
    told = {"source": source, "group": group, "share": share_words(share)}
    if reach.share.most >= 1:
        return phrase("supply.ban.group", **told)
    return phrase("supply.ban.of_group", own=share_words(reach.share), **told)


def _counted(reach: Reach) -> str:
    return phrase(f"supply.ban.of_{reach.by}")


def _behind(nation: NationBanned, scope: Scope) -> Iterator[str]:
    """Say how many are behind operators that use any of the equipment."""
    for reach in nation.reaches:
        if reach.scope == scope and reach.behind is not None and reach.behind != (0, 1):
            share = share_words(reach.behind)
            yield phrase("supply.ban.behind", part=scope.words, share=share, of=_counted(reach))


def _operators(nation: NationBanned) -> Iterator[str]:
    for key, uses, in_part in (
        ("using", True, None),
        ("not_using", False, None),
        ("part_known", None, True),
        ("unknown", None, False),
    ):
        each = [
            operator
            for operator in nation.operators
            if operator.uses is uses and in_part in (None, bool(operator.shares))
        ]
        if each:
            named = _listed(_operator(operator) for operator in each)
            yield phrase(f"supply.ban.{key}", operators=named)
    if not nation.operators:
        key = "no_such_operator" if nation.partly else "no_operator"
        yield phrase(f"supply.ban.{key}", nation=nation.called)


def _operator(operator: OperatorBanned) -> str:
    said = [
        phrase("supply.ban.share_of", vendor=vendor, share=share_words(share), part=scope.words)
        for vendor, scope, share in operator.shares
    ]
    if operator.since:
        by = "uncertain" if operator.uses is None else "stated"
        since = phrase(f"supply.ban.{by}", date=operator.since)
        said.append(operator.since if operator.shares else since)
    return operator.name + (f" ({', '.join(said)})" if said else "")


def alternative_sentences(nation: NationBanned) -> Iterator[str]:
    """Say what other equipment there is at operators that use the vendor's."""
    for reach in nation.told:
        if reach.fates is not None and reach.fates.alternatives != (0, 1):
            yield phrase(
                "supply.ban.alternatives",
                part=reach.scope.words,
                share=share_words(reach.fates.alternatives),
                of=_counted(reach),
            )
    others = [each for each in nation.users if each.others]
    if others:
        named = _listed((f"{each.name} ({', '.join(each.others)})" for each in others), "; ")
        yield phrase("supply.ban.others", vendors=named)


def decided_sentence(nation: NationBanned) -> str:
    """Say what the nation, and the European Union for its members, has decided already."""
    own = [rule_words(rule) for rule in nation.rules if not rule.of_union]
    said = (
        phrase("supply.ban.decided", rules=_listed(own, "; "))
        if own
        else phrase("supply.ban.undecided", nation=nation.called, vendor=nation.vendor)
    )
    of_union = [rule_words(rule) for rule in nation.rules if rule.of_union]
    if not of_union:
        return said
    return f"{said} {phrase('supply.ban.union', rules=_listed(of_union, '; '))}"


def _acts(acts: Iterable[Act]) -> Iterator[str]:
    """Tell acts, those that are called alike once with all their dates."""
    dated: dict[str, list[str]] = {}
    for act in acts:
        said = [act.start] if act.start else []
        said += [] if act.certain else [phrase("supply.ban.not_certain")]
        dated.setdefault(act.words, []).extend([", ".join(said)] if said else [])
    for words, each in dated.items():
        yield words + (f" ({'; '.join(dict.fromkeys(each))})" if each else "")


def rule_words(rule: Rule) -> str:
    """Tell a decision: ``Estonia restricts Huawei: all equipment (5G, since 2021)``."""
    said = [str(rule.scope)] if any(rule.scope) else []
    said += [phrase("supply.ban.since", date=rule.start)] if rule.start else []
    said += [phrase("supply.ban.until", date=rule.deadline)] if rule.deadline else []
    said += [rule.kind] if rule.kind != "fact" else []
    said += rule.disputes
    claim = f": {rule.claim}" if rule.claim else ""
    act = f"{rule.who} {rule.act} {rule.whom}{claim}"
    return act + (f" ({', '.join(said)})" if said else "")


def _together(answer: BanAnswer) -> Iterator[str]:
    """Say what is known of several nations together."""
    for scope in answer.scopes:
        known = [nation for nation in answer.nations if nation.best(scope) is not None]
        share = answer.together(scope)
        yield phrase(
            "supply.ban.together" if is_told(share) else "supply.ban.together_unknown",
            Part=_capital(scope.words),
            number=len(known),
            all=len(answer.nations),
            nations=_listed(nation.name for nation in known),
            share=share_words(share),
            vendor=answer.vendor,
        )
    if not answer.scopes:
        yield phrase("supply.ban.no_figure", vendor=answer.vendor)
    using = {nation.name: nation.users for nation in answer.nations if nation.users}
    if using:
        named = (
            f"{nation} ({', '.join(operator.name for operator in users)})"
            for nation, users in using.items()
        )
        yield phrase("supply.ban.using", operators=_listed(named, "; ", len(using)))
    acts = {
        nation.name: sorted({rule.act for rule in nation.rules if not rule.of_union})
        for nation in answer.nations
    }
    own = [f"{nation} ({', '.join(each)})" for nation, each in acts.items() if each]
    if own:
        yield phrase("supply.ban.own_decisions", nations=_listed(own, ", ", len(own)))
    of_union = {rule_words(rule): None for n in answer.nations for rule in n.rules if rule.of_union}
    if of_union:
        yield phrase("supply.ban.union", rules=_listed(of_union, "; ", len(of_union)))
    silent = [nation.name for nation in answer.nations if not nation.told and not nation.users]
    if silent:
        yield phrase("supply.ban.silent", nations=_listed(silent, ", ", _SILENT))


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
            phrase(f"supply.ban.counted_{reach.by}"),
            reach.dated,
            " ".join(reach.statements),
        )
    if not nation.told:
        yield nation.name, scope.words, not_known(), None, None, ""


def _figure(reach: Reach) -> str:
    if reach.group is None:
        return share_words(reach.share)
    group, share = reach.group
    own = "" if reach.share.most >= 1 else f"{share_words(reach.share)}; "
    return own + phrase("supply.ban.have_together", group=group, share=share_words(share))


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
    told = phrase("supply.to").join(dict.fromkeys(map(str, replaced.months)))
    return phrase(f"supply.ban.{'ordered' if replaced.ordered else 'months'}", months=told)


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _listed(names: Iterable[str], between: str = ", ", most: int = _NAMED) -> str:
    each = list(names)
    rest = len(each) - most
    return between.join(each[:most]) + (phrase("supply.more", number=rest) if rest > 0 else "")
