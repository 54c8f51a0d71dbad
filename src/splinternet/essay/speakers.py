"""Who is quoted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from splinternet.essay.actors import Mention
from splinternet.essay.names import folded
from splinternet.essay.quotations import Marked, blanked, find_quotations
from splinternet.essay.sentences import Sentence, by_sentence

__all__ = ["Quotation", "quotations_of"]

_VERB = (
    r"(?:said|says?|stat(?:ed?|es)|report(?:s|ed)?|announc(?:ed?|es)|declar(?:ed?|es)|"
    r"accus(?:ed?|es)|argu(?:ed?|es)|claim(?:s|ed)?|warn(?:s|ed)?|told|tells?|wrote|writes?|"
    r"call(?:s|ed)?|describ(?:ed?|es)|explain(?:s|ed)?|note[sd]?|insist(?:s|ed)?|add(?:s|ed)|"
    r"view(?:s|ed)|conclude[sd]?|den(?:y|ies|ied)|promise[sd]?|admit(?:s|ted)?|asked|asks|"
    r"describing|calling)"
)
_PARTICIPLE = r"(?:announcing|saying|stating|declaring|reporting|claiming|warning|arguing|adding)"
_BEFORE = re.compile(rf"(?P<subject>.*)\b(?P<verb>{_VERB})\b(?P<between>[^“\"]{{0,60}})$")
_BEFORE_PARTICIPLE = re.compile(
    rf".*\b(?P<subject>(?:a|an|the|his|her|its|their) [^,;]{{1,60}}?) {_PARTICIPLE}\b"
    r"(?P<between>[^“\"]{0,30})$"
)
_AFTER_INVERTED = re.compile(rf"[ ,]{{0,3}}{_VERB} (?P<subject>[A-Z][^,.;:(“\"]{{1,60}})")
_AFTER = re.compile(rf"[ ,]{{0,3}}(?P<subject>[^,.;:(“\"]{{1,60}}?) {_VERB}\b")
_ACCORDING = re.compile(r"\b[Aa]ccording to (?P<subject>[^,.;:(“\"]{2,80})")
_LEADING = re.compile(
    r"^(?:(?:and|but|while|as|when|although|though|because|that|where|so|then|however)\b[ ,]*)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?: (?:has|have|had|is|was|were|are|also|then|recently|once|later|again|be|been|would|"
    r"will|may|might|could))+$"
)
#: So few words in quotation marks, which nobody is said to say, are a term and no quotation.
_TERM = 3
_MOST_REPEATS = 20


@dataclass(frozen=True)
class Quotation:
    """Words between quotation marks.

    Parameters
    ----------
    text
        The words.
    sentence, start, end
        Number of the sentence, and where the marks stand in it.
    depth
        0, or 1 for a quotation within a quotation.
    kind
        quotation; or term, for at most three words that nobody is said to say.
    speaker
        Words for whoever says it; None if the sentence does not tell.
    actor
        Id of the actor that these words name.
    also_in
        Numbers of the (first twenty) other sentences that quote the same words.
    """

    text: str
    sentence: int
    start: int
    end: int
    depth: int
    kind: str
    speaker: str | None
    actor: str | None
    also_in: tuple[int, ...] = ()


def quotations_of(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Quotation]:
    """Find the quotations of an essay, who is quoted, and what is quoted more than once.

    Whoever follows ``according to`` in the sentence says all it quotes. Else the subject of a verb
    of saying before the quotation, or right after it; else whoever says what the sentence quoted
    before it.
    """
    found: list[Quotation] = []
    here = by_sentence(mentions)
    for sentence in sentences:
        found += _quotations(sentence, here.get(sentence.number, ()))
    same: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for quotation in found:
        where = same[folded(quotation.text)]
        if len(where) <= _MOST_REPEATS:
            where[quotation.sentence] = None
    return [
        replace(q, also_in=tuple(n for n in same[folded(q.text)] if n != q.sentence)) for q in found
    ]


def _quotations(sentence: Sentence, mentions: Sequence[Mention]) -> list[Quotation]:
    marked = find_quotations(sentence.text)
    outer = [q for q in marked if q.depth == 0]
    outside = blanked(sentence.text)
    according = _ACCORDING.search(outside)
    found: list[Quotation] = []
    speaker: str | None = None
    for quotation in marked:
        if quotation.depth:
            around = next(o for o in outer if o.start < quotation.start < o.end)
            said_by = _before(sentence.text[around.start + 1 : quotation.start])
        elif according:
            said_by = _trimmed(according["subject"])
        else:
            after = max((o.end for o in outer if o.end <= quotation.start), default=0)
            said_by = _before(sentence.text[after : quotation.start]) or _after(
                outside[quotation.end : quotation.end + 90]
            )
        is_term = not said_by and len(quotation.text.split()) <= _TERM
        if not quotation.depth and not is_term:
            said_by = said_by or speaker
            speaker = said_by
        found.append(_made(quotation, sentence, said_by, is_term, mentions))
    return found


def _made(
    quotation: Marked,
    sentence: Sentence,
    speaker: str | None,
    is_term: bool,
    mentions: Sequence[Mention],
) -> Quotation:
    named = [m for m in mentions if speaker and folded(m.text) == _bare(speaker) and m.acts]
    return Quotation(
        text=quotation.text.rstrip(","),
        sentence=sentence.number,
        start=quotation.start,
        end=quotation.end,
        depth=quotation.depth,
        kind="term" if is_term else "quotation",
        speaker=speaker,
        actor=named[0].actor if named else None,
    )


def _before(text: str) -> str | None:
    """Return the subject of the verb of saying that leads to a quotation."""
    text = text[-400:]
    found = _BEFORE_PARTICIPLE.match(text) or _BEFORE.match(text)
    if not found or len(found["between"].split()) > 6:
        return None
    subject = found["subject"].rstrip()
    if subject.endswith(",") and subject.count(",") > 1:
        # A statement, signed by both, said: the subject stands before the words set apart.
        subject = subject[:-1].rpartition(",")[0]
    return _trimmed(re.split(r"[,;] ", subject.rstrip(","))[-1])


def _after(text: str) -> str | None:
    found = _AFTER_INVERTED.match(text) or _AFTER.match(text)
    return _trimmed(found["subject"]) if found else None


def _trimmed(subject: str) -> str | None:
    """Keep the words that name somebody; None if there are none, or too many."""
    subject = " ".join(re.sub(r"\( +\)", " ", subject).split())  # where a citation stood
    subject = _TRAILING.sub("", _LEADING.sub("", subject.strip(" ,")))
    words = subject.split()
    return subject if words and len(words) <= 10 and any(c.isalpha() for c in subject) else None


def _bare(speaker: str) -> str:
    return re.sub(r"^(?:the|a|an) ", "", folded(speaker))
