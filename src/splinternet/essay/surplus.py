"""Words of a sentence for which no statement accounts, whatever part of it these bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from splinternet.essay.anchors import is_plain
from splinternet.essay.causes import Causes
from splinternet.essay.contents import Contents
from splinternet.essay.findings import Finding
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.parties import Parties
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import Tellings
from splinternet.essay.weighing import weighs_more

__all__ = ["Surplus"]

_BREAK = re.compile(r"[,;:()—]| – ")
_WORD = re.compile(r"(?<![\w’'-])[A-Za-zÀ-þ][\w’'-]*")
#: What stands between commas within an act.
_INSERTED = re.compile(r"(?<=\w), [^,;]{3,120},(?= [a-z])")
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
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
_ONLY = {"of_its_own": "market_share"}
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
        for finding in found:
            if finding.tie is None:
                continue
            told = [self.statements[id] for id in finding.supports]
            clause = _INSERTED.sub(" ", _QUOTED.sub(" ", _clause_of(finding, text)))
            predicates = {each.predicate for each in told}
            free = {kind for each in predicates for kind in _FREE.get(each, ())}
            free |= {kind for kind, predicate in _ONLY.items() if predicate not in predicates}
            if more := weighs_more(clause, supports, free):
                yield more
            if finding.tie.act is not None:
                yield from self._strange(clause, contents, supports)
        yield from self.causes.untold(contents, supports)

    def _strange(
        self, clause: str, contents: Contents, supports: Sequence[Statement]
    ) -> Iterator[str]:
        """Yield words of a clause that are neither plain nor told."""
        clause = _OCCASION.sub(" ", clause)
        named = [*(m.text for m in contents.mentions), *(time.text for time in contents.times)]
        for text in (*named, *(figure.text for _, figure in contents.figures)):
            words = re.escape(" ".join(text.split()))
            clause = re.sub(rf"(?<!\w){words}(?!\w)", " ", clause, count=1)
        about = self._of_same(contents, supports)
        known = self.lexicon.idle.union(
            self.lexicon.acting,
            self.lexicon.beside["usual"],
            self.tellings.names(supports),
            *map(self.tellings.known, about),
        )
        for found in _WORD.finditer(clause):
            if not all(root in known or is_plain(root) for root in roots(found[0])):
                yield found[0]

    def _of_same(self, contents: Contents, supports: Sequence[Statement]) -> list[Statement]:
        """Return statements, and those of the same acts on others that a sentence names."""
        named = {mention.actor for mention in contents.mentions}
        acts = {(each.subject, each.predicate) for each in supports}
        about = [s for subject, _ in acts for s in self._of_actor.get(subject, ())]
        alike = [s for s in about if (s.subject, s.predicate) in acts and s.object in named]
        return [*supports, *alike]


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
