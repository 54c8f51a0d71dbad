"""Whether a sentence exchanges the parties of a statement: who buys, lends, owns or forbids.

The two are put as ``S`` and ``O``, in angle brackets, for subject and object; what a sentence says
of the two by such words is told from which stands where.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from splinternet.essay.actors import Mention
from splinternet.essay.apposed import without_callings
from splinternet.essay.statements import Statement

__all__ = ["are_exchanged"]

_ADVERB = r"(?:(?:also|then|later|soon|first|now|once|finally|had|has|have|[a-z]+ly) ){0,3}"
_WORDS = r"(?:[\w$€£%,.’'-]+ ){0,7}?"
_FEW = r"(?:[\w$€£%,.’'-]+ ){0,3}?"
_THE = r"(?:the |its |their |an? )?"
_BE = r"(?:is|was|are|were|been|being|became|becomes|remains?|remained)"
_DEAL = r"(?:contracts?|orders?|deals?|tenders?|commissions?|agreements?)"
_SUPPLIER = r"(?:suppliers?|vendors?|contractors?|providers?|sellers?)"
_CUSTOMER = r"(?:customers?|clients?|buyers?)"
_LOAN = r"(?:loans?|credits?|money|credit lines?|funds|funding|financing|facilit(?:y|ies))"
_GIVES = r"(?:g[ai]ves?|award(?:s|ed)|hand(?:s|ed)|grant(?:s|ed)|assign(?:s|ed)|entrust(?:s|ed))"
_GETS = (
    r"(?:w[io]ns?|g[eo]ts?|land(?:s|ed)|secure[sd]?|receive[sd]?|obtain(?:s|ed)|clinch(?:es|ed)|t[oa]kes?|"
    r"took|accept(?:s|ed))"
)
_BUYS = r"(?:buy|buys|bought|order(?:s|ed)?|purchase[sd]?|procure[sd]?|source[sd]?|acquire[sd]?)"
_SELLS = (
    r"(?:sell|sells|sold|suppl(?:y|ies|ied)|deliver(?:s|ed)?|equip(?:s|ped)?|serve[sd]?|provide[sd]?|"
    r"furnish(?:es|ed)?|ship(?:s|ped)?)"
)
_CHOOSES = (
    r"(?:cho(?:o?se|ses|oses)|pick(?:s|ed)|select(?:s|ed)|hire[sd]|appoint(?:s|ed)|opt(?:s|ed) for|"
    r"prefer(?:s|red)|commission(?:s|ed)|engage[sd]|enlist(?:s|ed)|"
    r"retain(?:s|ed)|settle[sd] on)"
)
_CHOSEN = r"(?:chosen|picked|selected|hired|appointed|commissioned|engaged|enlisted|retained)"
_LENDS = (
    r"(?:lends?|lent|loan(?:s|ed)|grant(?:s|ed)|financ(?:es|ed)|fund(?:s|ed)|"
    r"pa(?:ys|id)(?: for)?|g[ai]ves?)"
)
_OWNS = r"(?:owns?|owned|controls?|controlled|possess(?:es|ed))"

#: What says that ``<V>`` buys from ``<B>``, where ``<B>`` buys from ``<V>``.
_TRADED = (
    rf"<V> {_ADVERB}{_BUYS}\b[^;:]{{0,80}}? from {_THE}<B>",
    rf"\b(?:bought|purchased|ordered|obtained|procured|sourced|acquired) {_FEW}by {_THE}<V>"
    rf"[^;:]{{0,60}}? from {_THE}<B>",
    rf"<V> {_ADVERB}{_GIVES} {_THE}<B> {_FEW}{_DEAL}",
    rf"<V> {_ADVERB}{_GIVES} {_FEW}{_DEAL} [^;:]{{0,60}}?\bto {_THE}<B>",
    rf"<V> {_ADVERB}(?:placed?|places) {_FEW}{_DEAL} {_FEW}with {_THE}<B>",
    rf"<V>[’']s? {_FEW}{_DEAL} {_FEW}(?:to|for) {_THE}<B>",
    rf"{_DEAL} (?:[\w-]+ ){{0,3}}?(?:from|of|by) {_THE}<V>[^;:]{{0,40}}? to {_THE}<B>",
    rf"<V> {_ADVERB}{_CHOOSES} {_THE}<B>(?! over\b)",
    rf"<B> {_ADVERB}{_BE} {_FEW}{_CHOSEN} [^;:]{{0,60}}?\bby {_THE}<V>",
    rf"<B> {_ADVERB}{_GETS} {_FEW}{_DEAL} [^;:]{{0,60}}?\b(?:from|of|with) {_THE}<V>",
    rf"<B> {_ADVERB}{_BE} {_FEW}awarded {_FEW}{_DEAL} [^;:]{{0,40}}?\bby {_THE}<V>",
    rf"<B> {_ADVERB}{_SELLS} {_FEW}(?:to {_THE})?<V>(?![’'])",
    rf"<V> {_ADVERB}{_BE} {_FEW}(?:supplied|equipped|served) {_FEW}by {_THE}<B>",
    rf"<B> {_ADVERB}{_BE} {_FEW}{_SUPPLIER} {_FEW}(?:of|to|for) {_THE}<V>",
    rf"<B> {_ADVERB}{_BE} {_FEW}<V>[’']s? {_FEW}{_SUPPLIER}",
    rf"<V>[’']s? {_FEW}{_SUPPLIER},? <B>",
    rf"<V> {_ADVERB}{_BE} {_FEW}{_CUSTOMER} {_FEW}of {_THE}<B>",
    rf"<V> {_ADVERB}{_BE} {_FEW}<B>[’']s? {_FEW}{_CUSTOMER}",
    rf"<B> {_ADVERB}(?:has|had|have|counts?|counted|lists?|listed) {_THE}<V> "
    rf"{_FEW}(?:as|among) {_WORDS}{_CUSTOMER}",
    rf"<V> {_ADVERB}(?:rel(?:y|ies|ied)|depend(?:s|ed)?) {_FEW}on {_THE}<B>",
    rf"<V>[’']s? {_FEW}(?:reliance|dependence) {_FEW}on {_THE}<B>",
    rf"<V> {_ADVERB}(?:use[sd]?|runs?|ran) {_FEW}(?:of|from|by|on) {_THE}<B>",
)
#: What says that ``<L>`` borrows from ``<R>``, where ``<L>`` lends to ``<R>``.
_LENT = (
    rf"<L> {_ADVERB}{_GETS} {_WORDS}{_LOAN} [^;:]{{0,60}}?\bfrom {_THE}<R>",
    rf"<L> {_ADVERB}(?:borrow(?:s|ed)?|draws?|drew) [^;:]{{0,60}}?\bfrom {_THE}<R>",
    rf"<L> {_ADVERB}owe[sd]? {_WORDS}to {_THE}<R>",
    rf"<R> {_ADVERB}{_LENDS} {_THE}<L>(?![’'])",
    rf"<R> {_ADVERB}(?:{_LENDS}|extend(?:s|ed)|provide[sd]?) {_WORDS}to {_THE}<L>",
    rf"<L> {_ADVERB}{_BE} {_FEW}(?:lent|financed|funded|paid) {_WORDS}by {_THE}<R>",
    rf"{_LOAN} {_FEW}(?:from|by|of) {_THE}<R> {_FEW}to {_THE}<L>",
)
#: What says that ``<O>`` owns ``<S>``, or did something to it.
_OWNED = (
    rf"<O> {_ADVERB}(?:{_OWNS}|(?:bought|buys|acquire[sd]|took over|takes over)) {_THE}<S>(?![’'])",
    rf"<S> {_ADVERB}belong(?:s|ed)? to {_THE}<O>",
    rf"<S> {_ADVERB}{_BE} {_FEW}(?:owned|bought|acquired|taken over) by {_THE}<O>",
    rf"<O> {_ADVERB}{_BE} {_FEW}(?:owner|parent|parent company) of {_THE}<S>",
    rf"(?:takeover|purchase|acquisition) of {_THE}<S> by {_THE}<O>",
)
_DID = (
    r"(?:[a-z]{2,}ed|cut|shut|put|let|left|lets|held|kept|forbade|bars|bans|cuts|blocks|limits|allows|"
    r"paid for|permits|restricts|obliges|requires|orders|"
    r"accuses|blames|sues|builds|built|lays|laid|broke|hit)"
)
#: What says that ``<O>`` did something to ``<S>``.
_DONE = (
    rf"<O> {_ADVERB}(?!said|agreed|signed|announced|replied|stayed|remained|worked|"
    rf"appealed|objected){_DID} (?:off |out |down |up )?{_THE}<S>(?! (?:to court|of)\b)(?![’'])",
    rf"<O> {_ADVERB}(?:suspended|halted|stopped|paused|ended|withheld|imposed|revoked|"
    rf"placed) {_WORDS}(?:with|on|from|against|in|of) {_THE}<S>(?![’'])",
    rf"<S> {_ADVERB}{_BE} {_FEW}{_DID} (?:off |out |down |up )?by {_THE}<O>",
    rf"<O>[’']s? (?:[a-z]+ ){{0,2}}(?:bans?|exclusion|restrictions?|accusations?|"
    rf"charges|sanctions?|limits?) (?:on|of|against) {_THE}<S>",
    rf"<S> {_ADVERB}{_GETS} {_FEW}(?:licen[cs]es?|permission|permits?|money|funds) "
    rf"{_FEW}from {_THE}<O>",
)
#: Those of them that no agreement of the two bears out, either way.
_BY_CONTRACT = tuple(p for p in _TRADED if _DEAL in p)
#: What says that ``<O>`` tried what it has itself.
_TRIED = (
    rf"<O> {_ADVERB}(?:tested|tests|trial(?:s|led)|tried) {_FEW}(?:of|from|by) {_THE}<S>",
    rf"\b(?:[Tt]ests?|[Tt]rials?|[Tt]esting|[Pp]ilots?) (?:of|with|on) {_THE}<S>[’']s? {_FEW}"
    r"(?:gear|equipment|kit|technology|hardware)\b",
)
_WAYS = (("<S>", "<O>"), ("<O>", "<S>"))
_AGREED = frozenset(("partners_with", "trials_with"))
_BUYING = frozenset(("contracts",))
_SELLING = frozenset(("supplies", "sells_to"))
_OWNING = frozenset(("owns", "acquires"))
_DOING = frozenset(
    (
        "bans",
        "restricts",
        "allows",
        "accuses",
        "regulates",
        "leaves",
        "builds",
        "damages",
        "enacts",
        "states",
    )
)


@cache
def _patterns(predicate: str) -> tuple[re.Pattern[str], ...]:
    """Return what exchanges the parties of acts of a predicate."""
    told: list[str] = []
    if predicate in _BUYING | _SELLING:
        ends = ("<S>", "<O>") if predicate in _BUYING else ("<O>", "<S>")
        told = [p.replace("<B>", ends[0]).replace("<V>", ends[1]) for p in _TRADED]
    elif predicate in _AGREED:
        told = [p.replace("<B>", b).replace("<V>", v) for p in _BY_CONTRACT for b, v in _WAYS]
        told += _TRIED
    elif predicate == "finances":
        told = [p.replace("<L>", "<S>").replace("<R>", "<O>") for p in _LENT]
    elif predicate in _OWNING:
        told = [*_OWNED]
    elif predicate in _DOING:
        told = [*_DONE]
    return tuple(re.compile(pattern) for pattern in told)


def are_exchanged(
    text: str,
    mentions: Sequence[Mention],
    statement: Statement,
    related: Callable[[str], frozenset[str]],
) -> bool:
    """Tell whether a sentence says of two parties what a statement has the other way round.

    Parameters
    ----------
    text
        The sentence.
    mentions
        Those it has of actors.
    statement
        A statement on two of them.
    related
        Returns who counts as the same as an actor.
    """
    patterns = _patterns(statement.predicate)
    if not patterns or statement.object is None:
        return False
    subjects, objects = related(statement.subject), related(statement.object)
    if subjects & objects:
        return False
    told = _told(text, mentions, subjects, objects)
    if "<S>" not in told or "<O>" not in told:
        return False
    return any(pattern.search(told) for pattern in patterns)


def _told(
    text: str, mentions: Sequence[Mention], subjects: frozenset[str], objects: frozenset[str]
) -> str:
    """Return a text with the two parties put for their names."""
    parts: list[str] = []
    at = 0
    for mention in sorted(mentions, key=lambda each: each.start):
        party = "<S>" if mention.actor in subjects else "<O>" if mention.actor in objects else ""
        if party and mention.start >= at:
            parts += [text[at : mention.start], party]
            at = mention.end
    return without_callings("".join((*parts, text[at:])))
