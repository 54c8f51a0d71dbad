"""Clauses beside what is told that tell nothing that statements would have to tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from splinternet.essay.amounts import tells_amount
from splinternet.essay.anchors import Anchors
from splinternet.essay.assertion import denies
from splinternet.essay.findings import Finding, Findings
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.moods import is_unsure
from splinternet.essay.passages import Passage
from splinternet.essay.tellings import Tellings, ends_of

__all__ = ["FreeClauses"]

#: A clause of its own, and one in which the same is said of somebody else.
_VERB = re.compile(
    r"\b(?:is|was|are|were|has|had|have|did|does|[a-z]{3,}ed|took|went|came|stood|made|set|saw|kept|"
    r"began|felt|knew|thought|stands|goes|takes|comes|has)\b"
)
_SAME = re.compile(r"\b(?:too|as well|likewise|also|follow\w*|join\w*|same|similar\w*|like)\b")
#: What tells more of whoever stands before, or of what was done.
_OF_PARTIES = re.compile(
    r"^\W*(?:(?:and|but|so|then|or) )*(?:which|who|that|whose|it|they|he|she|[a-z]+(?:ed|ing)|"
    r"left|cut|took|gave|won|lost|put|sold|bought|chose|kept|shut|built|made|set|sent)\b|"
    r"\b(?:its|their|his|her)\b|[’']s\b"
)
#: What is no verb, by what stands before it.
_NOUN = re.compile(
    r"\b(?:an?|the|its|their|his|her|own|another|every|such|of|this|that|these|those|first|last) "
    r"(?:[a-z-]+ )??(?P<noun>[a-z-]+)\b"
)
_DIGITS = re.compile(r"[0-9]")


class FreeClauses:
    """Tells such clauses from others.

    Parameters
    ----------
    findings
        The statements and parties of the ledger.
    tellings
        The words by which its statements may be told.
    """

    def __init__(self, findings: Findings, tellings: Tellings) -> None:
        self.findings = findings
        self.parties = findings.parties
        self.tellings = tellings
        self.lexicon = read_lexicon()
        self.anchors = Anchors()

    def tells_nothing(self, clause: Passage, findings: Sequence[Finding]) -> bool:
        """Tell whether a clause tells nothing of anybody that statements would have to tell.

        That of the parties (which, its, and went) has to be told in plain words.
        """
        statements = [self.findings.statements[id] for f in findings for id in f.supports]
        ends = {id for s in statements for id in ends_of(s)}
        related = ends.union(*(self.parties.related_to(id) for id in ends))
        dated = any(t.period and t.period.precision != "vague" for t in clause.times)
        figures = all(any(tells_amount(f, s) for s in statements) for _, f in clause.figures)
        if not figures or dated or clause.ties or denies(clause.text):
            return False
        if any(m.actor not in related for m in clause.mentions) or _DIGITS.search(clause.text):
            return False
        known = self.lexicon.idle.union(*map(self.tellings.known, statements))
        of_parties = clause.mentions or _OF_PARTIES.search(clause.text)
        return self.anchors.is_free(clause, known, bool(of_parties))

    def _leads(self, clause: Passage) -> bool:
        """Tell whether a clause only leads to what follows, and has no act but as a noun."""
        if not clause.text.rstrip().endswith(":") or denies(clause.text) or is_unsure(clause.text):
            return False
        nouns = roots(" ".join(found["noun"] for found in _NOUN.finditer(clause.text)))
        return not clause.times and not clause.mentions and clause.acts <= nouns

    def is_idle(self, clause: Passage) -> bool:
        """Tell whether a clause tells nothing of anybody: that somebody followed."""
        if clause.ties or (clause.acts and not self._leads(clause)):
            return False
        if not any(m.acts for m in clause.mentions):
            return not clause.figures
        if clause.figures or clause.times or denies(clause.text):
            return False
        leads = clause.text.rstrip().endswith(":")
        if not _VERB.search(clause.text) or (_SAME.search(clause.text) and not leads):
            return False
        names = roots(" ".join(m.text for m in clause.mentions))
        return clause.words <= self.lexicon.idle | names
