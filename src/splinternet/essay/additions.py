"""Purposes, further acts and names that a sentence adds to an act, beside what statements tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from splinternet.essay.actors import FIRMS
from splinternet.essay.dates import MONTHS
from splinternet.essay.findings import Finding
from splinternet.essay.goods import makers_of
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.moods import clause_around
from splinternet.essay.peoples import ADJECTIVES
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import Tellings

__all__ = ["DID", "Additions", "reasons_in"]

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
#: The numbers from two to 99 in words.
_SMALL = [
    *_ONES[1:],
    *_TEENS,
    *(f"{ten}-{one}" if one else ten for ten in _TENS for one in ("", *_ONES)),
]
_THE = r"(?:the|its|their|his|her|an?|this|that|these|those|all|every|any|each|both|some|our)\b"
DID = (
    r"(?:[a-z]{3,}ed|left|cut|took|gave|won|lost|put|sold|bought|chose|kept|shut|built|set|made|"
    r"went|began|sent|held|paid|broke|brought|drew|led|met|ran|spent|lent|withdrew|threw|got|said)\b"
)
_NUMBERS = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)\b"
_IDLE = (
    r"(?:an?|example|instance|years|months|weeks|good|ever\w*|about|almost|nearly|some|most|half|"
    r"many|several|months|now|long|nothing)\b"
)
_REST = rf"(?:(?! and {DID}| (?:in|on|since|until|after|before|from|when|while) )[^,;:.()\[—])*"
_GET = r"(?:buy|purchase|order|acquire|pay for|install|use|deploy)\b"
_GOODS = r"(?:equipment|gear|kit|hardware)\b"
#: What an act was for: to renew its cables, for its cables, for Acme equipment.
_PURPOSE = re.compile(
    rf"(?:\bto (?!{_THE}|{_NUMBERS})[a-z]{{3,}}(?: (?:up|out|off|over|in))? "
    rf"(?={_THE}|[a-z]+s\b|[0-9])|\bto {_GET} (?=[A-ZÀ-Þ])|"
    rf"\bfor (?=(?:its|their|his|her|the) |[a-z]+ing {_THE}|(?:[A-ZÀ-Þ][\w-]+ )?{_GOODS})|"
    rf"(?<=, )for (?!{_NUMBERS}|{_IDLE})(?=[a-z]{{5,}}(?: (?:in|on) |[.,;]|$)))"
    rf"(?P<told>(?:{_GOODS} from )?{_REST})"
)
#: What went before an act, or why it was done.
_REASON = re.compile(
    rf"\b(?:(?:after|before|by|upon) (?=[a-z]{{3,}}ing )|because(?: of)? |on the grounds? |"
    rf"(?:at|on|under|in) (?:the |its |their )?(?:request|behest|orders?|insistence|invitation|"
    rf"instructions?|pressure|urging|suggestion|demand|advice)s? (?:of|from|by) |"
    rf"(?:on behalf|in place|for the sake) of |in (?:return|exchange|revenge|retaliation) for )"
    rf"(?P<told>{_REST})"
)
#: Whose plan or contract it was.
_OWNER = re.compile(
    r"(?P<name>[A-ZÀ-Þ][\w-]+)[’']s (?:[\w-]+ ){0,2}"
    r"(?:plans?|proposals?|bids?|requests?|applications?|contracts?|deals?|tenders?|orders?)\b"
)
#: That nobody else did it.
_ALONE = re.compile(
    r"\b[Oo]nly (?=[A-ZÀ-Þ])|\b(?<=\w )alone\b|\bno (?:other|one else)\b|\bnobody else\b|"
    r"\b(?:[Tt]he|as|its) (?:first|only|last|sole) (?:\w+ )?(?:states?|countr(?:y|ies)|nations?|"
    r"firms?|compan(?:y|ies)|operators?|members?|ones?)\b"
)
_BY_ITSELF = re.compile(r"\b(?:only|alone|sole|exclusive\w*|first|last)\b", re.IGNORECASE)
#: Something else that the same subject did.
_SECOND = re.compile(
    rf"(?:,? and|, then|, but)(?: (?:then|also|later|soon|even|finally|instead))? "
    rf"(?=(?P<verb>{DID})(?! by\b))(?P<told>{_REST})"
    rf"|, (?=[a-z]{{3,}}ing {_THE})(?P<doing>{_REST})"
)
#: Somebody else, for another part or at another time: and Acme for the core.
_OTHER = re.compile(
    r"(?:,? (?:and|but|plus|as well as|along with|besides)|, with) (?:the )?"
    r"(?P<name>[A-ZÀ-Þ][\w&-]+(?: [A-ZÀ-Þ][\w&-]+){0,3})"
    r"(?= (?:for|in|as|on|at|too|after|from|since)\b| ?[.,;(\[]|$)"
)
#: The end of what was damaged, which has a time or a length.
_MENDED = re.compile(
    r"\b(?:repair\w*|restored|mend(?:ed)?|fixed|back (?:in|on|up|after|within)|working again)\b"
)
_COUNTED = re.compile(
    rf"\b(?:[0-9]+|{'|'.join(map(str.title, MONTHS))}|{'|'.join(reversed(_SMALL))})\b"
)
_END_OF_DAMAGE = re.compile(r"[;:] (?!(?:the )?(?:repairs?|it)\b)")
#: How a suit went.
_OUTCOME = re.compile(
    r"\b(?:won|wins?|lost|loses|prevail\w*|dismiss\w*|settled?|settles|withdr\w+|reject\w*|upheld|"
    r"succeeded|dropped|drops|fail\w*|thrown|threw)\b"
)
#: What followed from an act: an essay's view of it.
_FOLLOWED = re.compile(r"(?:end|leav|mak|mean|follow|settl|turn|sai)(?:ing|ed|d)\b")
#: What suppliers do is no more than what they are chosen for.
_PROVIDING = ("builds", "supplies", "operates", "sells_to")
#: So long a word means the same as one that it begins.
_LONG = 5
#: Ends of a clause.
_BREAK = re.compile(r"[,;:(]")
_NOTHING = re.compile(r"\b(?:nothing|nobody|never|not)\b")
#: Ends of what is told of one act.
_END = re.compile(r"[;:]")


class Additions:
    """The words that sentences add to acts, beside the words of statements.

    Parameters
    ----------
    statements
        Those of the ledger, by id.
    of_actor
        The statements on each actor, by its id.
    tellings
        The words by which statements may be told.
    """

    def __init__(
        self,
        statements: Mapping[str, Statement],
        of_actor: Mapping[str, Sequence[Statement]],
        tellings: Tellings,
    ) -> None:
        self.statements = statements
        self.tellings = tellings
        self.lexicon = read_lexicon()
        acts = (self.lexicon.acts[predicate] for predicate in _PROVIDING)
        self._free = self.lexicon.light.union(
            roots(
                "buy purchase order acquire pay purpose reason modernise modernize upgrade equip "
                "deploy renew roll expand install demand demanded require required need needed "
                "side part half layer"
            ),
            *acts,
        )
        self._of_actor = of_actor
        firms = (a for a in tellings.actors.values() if a.kind in FIRMS)
        self._firms = {roots(name) for firm in firms for name in firm.names}

    def untold(self, sentence: str, found: Sequence[Finding]) -> str:
        """Return the first words that a sentence adds and no statement tells; or none.

        ``found`` are the findings on its ties, all supported.
        """
        text = " ".join(sentence.split())
        spans = {each: _span(text, each) for each in found}
        for finding, (start, end) in spans.items():
            if finding.tie is None or finding.tie.act is None or start < 0:
                continue  # told as a whole
            others = [span for each, span in spans.items() if each is not finding]
            for untold in (
                *self._of_parts(finding, text, (start, end)),
                *self._of_others(finding, text, end, others),
            ):
                return untold
        return ""

    def _of_parts(self, finding: Finding, text: str, span: tuple[int, int]) -> Iterator[str]:
        """Yield what no statement tells of the act itself: what it was for, how it ended."""
        statements = [self.statements[id] for id in finding.supports]
        stop = _BREAK.search(text, span[1])
        last = stop.start() if stop else len(text)
        yield from self._of_other_peoples(text[span[0] : last], statements)
        own_words = " ".join(each.words for each in statements)
        ends = {end for each in statements for end in (each.subject, each.object) if end}
        names = " ".join(n for end in ends for n in self.tellings.actors[end].names)
        for owner in _OWNER.finditer(text, *span):
            if owner["name"] not in f"{own_words} {names}":
                yield owner["name"]
        alone = _ALONE.search(text, 0, last)
        if alone and not any(_BY_ITSELF.search(each.words) for each in statements):
            yield alone[0]
        reasons = (found["told"] for found in _REASON.finditer(text, span[0], last))
        ahead = len(" to") if text[span[0] : span[1]].endswith(" to") else 0
        for told in (*_purposes(text, span[0], span[1] - ahead), *reasons):
            known = self._free.union(*map(self.tellings.known, statements))
            if not all(_is_among(root, known) for root in roots(told)):
                yield told
        predicates = {statement.predicate for statement in statements}
        if "damages" in predicates and _MENDED.search(text, span[1]):
            stop = _END_OF_DAMAGE.search(text, span[1])
            counted = _COUNTED.findall(text, span[1], stop.start() if stop else len(text))
            yield from (each for each in counted if each not in _counts(statements))
        if "accuses" in predicates:
            outcomes = _OUTCOME.findall(text)
            done = frozenset[str]().union(*map(self.tellings.told, statements))
            yield from (each for each in outcomes if not roots(each) <= done)

    def _of_other_peoples(self, text: str, statements: Sequence[Statement]) -> Iterator[str]:
        """Yield whose make goods are, or where firms are from, that no statement tells."""
        told = " ".join(each.words for each in statements)
        for firms in (False, True):
            for people in makers_of(text, firms):
                ends = [each.subject for each in statements]
                ends += [each.object for each in statements if firms and each.object]
                own = {self.tellings.actors[end].country for end in ends}
                if own == {None}:  # nobody is known to have done it
                    own = {self.tellings.actors[s.object].country for s in statements if s.object}
                if people not in told and ADJECTIVES[people] not in own:
                    yield people

    def _of_others(
        self, finding: Finding, text: str, end: int, others: Sequence[tuple[int, int]]
    ) -> Iterator[str]:
        """Yield what no statement tells of other acts of the subject, or of other objects."""
        for last, told in _further_acts(text, end):
            covered = any(at <= last and last - len(told) < to for at, to in others)
            if not (covered or self._is_told_of(finding, told)):
                yield told
        stop = min((at for at, _ in others if at >= end), default=len(text))
        for name in _further_names(text, end, stop):
            if not self._is_named_beside(finding, roots(name)):
                yield name

    def _is_named_beside(self, finding: Finding, name: frozenset[str]) -> bool:
        """Tell whether a statement of the same act by the same subject is on somebody of a name."""
        supports = [self.statements[id] for id in finding.supports]
        same = {(statement.subject, statement.predicate) for statement in supports}
        about = [s for each in supports for s in self._of_actor.get(each.subject, ())]
        alike = [s for s in about if (s.subject, s.predicate) in same]
        if any(name <= self.lexicon.light | self.tellings.names([s]) for s in alike):
            return True
        return name not in self._firms and any(name <= self.tellings.words(s) for s in supports)

    def _is_told_of(self, finding: Finding, words: str) -> bool:
        """Tell whether one statement on the subject of a finding tells all these words."""
        if _NOTHING.search(words):
            return False
        ends = {self.statements[id].subject for id in finding.supports}
        about = (s for end in ends for s in self._of_actor.get(end, ()))
        needed = roots(words) - self.lexicon.idle
        return any(needed <= self.tellings.known(statement) for statement in about)


def reasons_in(text: str) -> Iterator[str]:
    """Yield what a text says an act was done for, or why."""
    yield from (found["told"] for found in _REASON.finditer(text))


def _span(text: str, finding: Finding) -> tuple[int, int]:
    """Return where the words of a finding stand; before the text where they do not."""
    words = " ".join(finding.tie.text.split()) if finding.tie else ""
    at = text.find(words) if words else -1
    return (at, at + len(words)) if at >= 0 else (-1, -1)


def _purposes(text: str, start: int, end: int) -> Iterator[str]:
    """Yield what a clause says its act was for, after its object."""
    last = clause_around(text, start, end)[1]
    for found in _PURPOSE.finditer(text, end, last):
        yield _worded(found[0])


def _further_acts(text: str, end: int) -> Iterator[tuple[int, str]]:
    """Yield where a sentence tells another act of the same subject, and its words."""
    stop = _END.search(text, end)
    for found in _SECOND.finditer(text, end, stop.start() if stop else len(text)):
        if not _FOLLOWED.match(found["told"] or found["doing"]):
            yield found.end(), _worded(found["told"] or found["doing"])


def _further_names(text: str, end: int, stop: int) -> Iterator[str]:
    """Yield the names of others without a verb, up to where another act begins."""
    ended = _END.search(text, end, stop)
    for found in _OTHER.finditer(text, end, ended.start() if ended else stop):
        yield found["name"]


def _counts(statements: Sequence[Statement]) -> frozenset[str]:
    """Return the numbers and months of statements, the small ones also in words."""
    counts: set[str] = set()
    for statement in statements:
        counts.update(_COUNTED.findall(statement.words))
        counts.update(
            f"{bound:g}" for bound in (statement.low, statement.high) if bound is not None
        )
        for day in (statement.period.start, statement.period.end):
            if day:
                counts |= {f"{day.year}", f"{day.day}", f"{day:%B}"}
    small = dict(enumerate(_SMALL, 2))
    return frozenset(counts.union(small[n] for n in small if f"{n}" in counts))


def _is_among(root: str, known: frozenset[str]) -> bool:
    """Tell whether a word is known, or begins one that is: south, southern."""
    return root in known or (len(root) >= _LONG and any(word.startswith(root) for word in known))


def _worded(text: str) -> str:
    """Return text without the words that hold digits."""
    return " ".join(word for word in text.split() if not re.search(r"[0-9]", word))
