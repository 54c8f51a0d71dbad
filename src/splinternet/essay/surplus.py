"""Words of a sentence for which no statement accounts, whatever part of it these bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from splinternet.essay.anchors import is_plain
from splinternet.essay.causes import Causes
from splinternet.essay.contents import Contents
from splinternet.essay.displaced import gives_way
from splinternet.essay.findings import Finding
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.parties import Parties
from splinternet.essay.share_places import other_place
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import Tellings, ends_of
from splinternet.essay.unfinished import told_as_done
from splinternet.essay.weighing import weighs_more
from splinternet.essay.wording import without_word

__all__ = ["Surplus"]

_BREAK = re.compile(r"[,;:()—]| – ")
_WORD = re.compile(r"(?<![\w’'-])[A-Za-zÀ-þ][\w’'-]*")
#: What stands between commas within an act.
_INSERTED = re.compile(r"(?<=\w), [^,;]{3,120},(?= [a-z])")
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_BODIES = frozenset(("agency", "organisation", "company", "vendor", "operator", "person"))
_BY = re.compile(r"\bby (?:the )?$")
#: What leads to a place that a cable joins, or to whom something is laid at the door.
_JOINED = re.compile(
    r"\b(?:between|from|joins?|joining|links?|linking|linked|connects?|connecting|ties|tying) "
    r"(?:[A-ZÀ-Þ][\w’'-]+ ){0,3}(?:(?:to|and|with) )?(?:the )?$|\b(?:door|fault|work) of (?:the )?$"
)
_DOLLARS = re.compile(r"[- ](?:dollars?|pounds?|roubles?|kroner|yuan)\b")
_UNION = re.compile(r"\b(?:EU|Union|European|Commission)\b")
_PLACES = frozenset(("state", "region"))
_SHARES = frozenset(("market_share", "vendor_share", "depends_on"))
#: Kinds of weighing words that tell nothing beside acts of a predicate.
_FREE = {
    "market_share": ("every", "whole", "greatest", "took_over", "owned"),
    "vendor_share": ("every", "whole", "greatest", "sole", "took_over", "owned"),
    "depends_on": ("every", "whole", "sole"),
    "regulates": ("every", "whole"),
    "enacts": ("every", "whole"),
    "allows": ("untouched", "praised"),
    "leaves": ("whole",),
    "acquires": ("took_over", "owned"),
    "owns": ("took_over", "owned", "whole"),
    "finances": ("spent", "rewarded"),
}
#: Kinds that tell something beside acts of one predicate alone.
_RULES = frozenset(("bans", "restricts", "regulates", "enacts", "allows"))
_DEALS = frozenset("contracts supplies sells_to builds trials_with partners_with".split())
_ONLY = {
    "of_its_own": frozenset(("market_share",)),
    "left_out": _RULES,
    "not_before": _RULES | {"damages"},
    "no_act": frozenset(("bans", "restricts")),
    "brief": _DEALS | _RULES,
    "already": _RULES,
    "also": _RULES,
    "named": _RULES,
    "only_one": frozenset(("damages",)),
    "isolated": frozenset(("enacts", "regulates")),
    "core": _DEALS | {"depends_on", "vendor_share"},
}
#: Kinds that may stand in other clauses than that of the act, which tell of other things.
_IN_CLAUSE = frozenset(
    (
        "every",
        "greater",
        "greatest",
        "hidden",
        "at_once",
        "free",
        "spent",
        "owned",
        "of_its_own",
        "than",
        "core",
    )
)
#: The names of what was an occasion or a cause: the Acme forum, the eruption of Mount Acme.
_OCCASION = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'-]+ )+(?:fair|forum|congress|summit|conference|show|expo|volcano|storm)\b|"
    r"\b(?:fair|forum|congress|summit|conference|eruption|volcano|storm|typhoon|hurricane|cyclone|"
    r"earthquake)(?: (?:of|in|at|off|near))?(?: the)?(?: volcano)?(?: [A-ZÀ-Þ][\w’'-]+)+"
)


class Surplus:
    """Finds the words of a sentence for which no statement accounts.

    Parameters
    ----------
    statements
        Those of the ledger, by id.
    of_actor
        The statements on each actor, by its id.
    tellings
        The words by which they may be told.
    parties
        The actors, and who acts for whom.
    """

    def __init__(
        self,
        statements: Mapping[str, Statement],
        of_actor: Mapping[str, Sequence[Statement]],
        tellings: Tellings,
        parties: Parties,
    ) -> None:
        self.statements = statements
        self.tellings = tellings
        self.lexicon = read_lexicon()
        self.causes = Causes(tellings, parties)
        self._of_actor = of_actor

    def untold(self, contents: Contents, found: Sequence[Finding]) -> str:
        """Return the first such words; or none. ``found`` are all supported."""
        return next(self._untold(contents, found), "")

    def _untold(self, contents: Contents, found: Sequence[Finding]) -> Iterator[str]:
        text = " ".join(contents.text.split())
        supports = [self.statements[id] for each in found for id in each.supports]
        whole = _INSERTED.sub(" ", _QUOTED.sub(" ", text))
        for finding in found:
            if finding.tie is None:
                continue
            told = [self.statements[id] for id in finding.supports]
            clause = _INSERTED.sub(" ", _QUOTED.sub(" ", _clause_of(finding, text)))
            predicates = {each.predicate for each in told}
            free = {kind for each in predicates for kind in _FREE.get(each, ())}
            free |= {kind for kind, of in _ONLY.items() if not of & predicates}
            free |= {segment for each in supports for segment in each.scope.segments}
            if more := weighs_more(clause, supports, free):
                yield more
            if more := weighs_more(whole, supports, free | _IN_CLAUSE):
                yield more
            yield from self._elsewhere(clause, contents, supports)
            if finding.tie.act is not None:
                yield from self._strange(clause, contents, supports)
        if place := other_place(contents, supports, self.tellings.actors):
            yield place
        yield from _beaten(contents, supports)
        yield from self.causes.untold(contents, supports)
        yield from told_as_done(contents, supports)

    def _strange(
        self, clause: str, contents: Contents, supports: Sequence[Statement]
    ) -> Iterator[str]:
        """Yield words of a clause that are neither plain nor told."""
        clause = _OCCASION.sub(" ", clause)
        named = [*(m.text for m in contents.mentions), *(time.text for time in contents.times)]
        for text in (*named, *(figure.text for _, figure in contents.figures)):
            clause = without_word(clause, " ".join(text.split()))
        known = (
            self.lexicon.acting,
            self.lexicon.beside["usual"],
            self.tellings.names(supports),
            self.tellings.all_known(self._of_same(contents, supports)),
        )
        for found in _WORD.finditer(clause):
            untold = (root for root in roots(found[0]) if not any(root in each for each in known))
            if not all(map(is_plain, untold)):
                yield found[0]

    def _elsewhere(
        self, clause: str, contents: Contents, supports: Sequence[Statement]
    ) -> Iterator[str]:
        """Yield the states and regions that a clause names and no statement."""
        ends = {id for each in supports for id in ends_of(each)}
        related = ends.union(*(self.causes.parties.related_to(id) for id in ends))
        countries = {self.tellings.actors[id].country for id in related}
        countries.update(code for each in supports for code in each.scope.countries)
        names = [name for id in related for name in self.tellings.actors[id].names]
        words = " ".join((*names, *(each.words for each in supports)))
        for mention in contents.mentions:
            one = self.tellings.actors.get(mention.actor or "")
            if one is None or one.kind not in _PLACES or one.id in related:
                continue
            joined = _JOINED.search(contents.text, max(0, mention.start - 60), mention.start)
            if not (mention.text in clause or joined) or _DOLLARS.match(contents.text, mention.end):
                continue
            named = any(name in words for name in (mention.text, *one.names))
            named = named or (mention.text.startswith("Europe") and bool(_UNION.search(words)))
            if not named and (one.country is None or one.country not in countries):
                yield mention.text
        yield from self._doers(clause, contents, related, words)

    def _doers(
        self, clause: str, contents: Contents, related: frozenset[str] | set[str], words: str
    ) -> Iterator[str]:
        """Yield the bodies by which a clause has it done, and that are no party."""
        for mention in contents.mentions:
            one = self.tellings.actors.get(mention.actor or "")
            if one is None or one.kind not in _BODIES or one.id in related:
                continue
            by = _BY.search(contents.text, max(0, mention.start - 8), mention.start)
            if by and mention.text in clause and mention.text not in words:
                yield mention.text

    def _of_same(self, contents: Contents, supports: Sequence[Statement]) -> list[Statement]:
        """Return statements, and those of the same acts on others that a sentence names."""
        named = {mention.actor for mention in contents.mentions}
        acts = {(each.subject, each.predicate) for each in supports}
        about = [s for subject, _ in acts for s in self._of_actor.get(subject, ())]
        alike = [s for s in about if (s.subject, s.predicate) in acts and s.object in named]
        return [*supports, *alike]


def _beaten(contents: Contents, supports: Sequence[Statement]) -> Iterator[str]:
    """Yield whom a sentence has give way to another in a deal that statements have him make."""
    ends = {one.object for one in supports if one.predicate == "contracts"}
    for mention in contents.mentions:
        if mention.actor in ends and gives_way(contents.text, mention.start, mention.end):
            yield mention.text


def _clause_of(finding: Finding, text: str) -> str:
    """Return the clause in which a finding stands; of one that is told as a whole, its words."""
    assert finding.tie is not None
    words = " ".join(finding.tie.text.split())
    at = text.find(words)
    if (finding.tie.act is None and " " in words and words[:1].isupper()) or at < 0:
        return words
    first = max((each.end() for each in _BREAK.finditer(text, 0, at)), default=0)
    stop = _BREAK.search(text, at + len(words))
    return text[first : stop.start() if stop else len(text)]
