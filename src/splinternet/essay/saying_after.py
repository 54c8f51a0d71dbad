"""Speakers whom the words after a quotation name."""

from __future__ import annotations

import re

from splinternet.essay.saying import (
    AUXILIARY,
    CAPITAL,
    IN_WORDS_OF,
    NAMED,
    NOUN,
    SUBJECT,
    VERB,
    is_name,
    name_beside,
    trimmed,
)

__all__ = ["speaker_after", "speaker_of_all", "speaker_putting"]

_AFTER_WORDS_OF = re.compile(
    rf"[ ,—–-]{{0,3}}{IN_WORDS_OF} {SUBJECT}(?=[,.;:()\[—]| who\b| as\b|$)"
)
_AFTER_AS = re.compile(
    rf"[ ,—–-]{{0,3}}(?:as|so) {SUBJECT}(?:, [^“”;]{{2,90}}?,|,)? {AUXILIARY}"
    rf"(?:(?:puts?|has|had) it|{VERB})"
)
_AFTER_INVERTED = re.compile(
    rf"[ ,—–-]{{0,3}}{VERB} (?P<subject>(?={CAPITAL}|(?:the|an?|one|his|her|its|their|my|"
    rf"our|another|some|both) )(?:{CAPITAL}\.|[^,.:;(\[“\"]){{2,60}})"
)
#: The same with a name set apart: recalled an engineer in Turku, Maria Holt.
_AFTER_INVERTED_NAMED = re.compile(
    rf"[ ,—–-]{{0,3}}{VERB} (?:the|an?|one|his|her|its|their|another) "
    rf"(?:{CAPITAL}\w+-)?[a-z][^,.:;(\[“\"]{{2,60}}, "
    rf"(?P<subject>{CAPITAL}[\w’-]+(?: {CAPITAL}(?:\.|[\w’-]+)){{1,3}})(?=[,.;:(]|$)"
)
_AFTER = re.compile(
    rf"[ ,—–-]{{0,4}}{SUBJECT}(?:, (?:who|which|then|a|an|the|now|chief|head|former|"
    rf"professor|minister|director)\b[^“”;.]{{2,90}}?,)? {AUXILIARY}{VERB}"
)
_AFTER_APPOSITION = re.compile(
    rf"[ ,—–-]{{0,4}}{SUBJECT}, (?P<apart>(?:{CAPITAL}\.|(?<=\d),(?=\d)|[^“”;.,]){{2,90}}?), "
    rf"{AUXILIARY}{VERB}"
)
#: Somebody whom another quotes: Roe quotes a lawyer in Oslo.
_AFTER_QUOTES = re.compile(
    rf"[ ,—–-]{{0,4}}[^,.;:()“”\"]{{2,60}} (?:quotes|quoted|cites|cited) "
    rf"(?P<subject>(?:an?|one|the) [^,.;:()“”\"]{{2,50}}|{NAMED})(?=[,.;:(]|$)"
)
#: Somebody who told it to another: Roe was told by Ann Poe.
_AFTER_TOLD_BY = re.compile(
    rf"[ ,—–-]{{0,4}}(?:[^,;:“”\"(]|\([^()]*\)){{2,80}} (?:was|were|has been|had been) told by "
    rf"(?P<subject>{NAMED}|(?:an?|one|the) [^,.;:()“”\"]{{2,50}})(?=[,.;:(]| (?:in|at|on|that)\b|$)"
)
#: A quotation as the subject: is how X described it, was the verdict of X, comes from X.
_AFTER_IS = re.compile(
    rf"[ ,]{{0,2}}(?:(?:is|was|are|were) (?:how|what) {SUBJECT}(?:, who [^,;“”]{{2,80}},)? "
    rf"{AUXILIARY}{VERB}"
    rf"|(?:is|was|are|were|remains|runs|ran) (?:the|a) (?:[a-z-]+ ){{0,2}}{NOUN} (?:of|by|from) "
    r"(?P<of>[^,.;:()“”]{2,60}))"
)
#: What a quotation in another language means.
_GLOSS = re.compile(
    r"^ ?[,(](?: ?(?:in English|in translation|meaning|that is|literally|i\.e\.)\b)[:,]? "
    r"[^“”;.]{3,90}?\)?(?=, [a-z]+ )"
)
#: Where a citation stood, between a name and its verb: Roe (2019) noted.
_CITED = re.compile(r" [(\[] +[)\]](?= [a-z])")
_COMES_FROM = re.compile(
    r" (?:comes from|came from|goes back to|is due to|was coined by|is by|was first used by) "
    r"(?P<subject>[^,.;:()“”]{2,60})"
)
_AFTER_WITH_WORDS = re.compile(
    rf"[ ,:—–-]{{1,4}}(?:with|in) (?:these|the same|those|such) (?:[a-z]+ )?{NOUN},? (?P<subject>{NAMED})"  # noqa: E501
)
_AFTER_SO = re.compile(
    rf" ?[,—–-] ?(?:so|thus) (?:the [a-z-]+(?: [a-z-]+)? (?={CAPITAL}))?(?P<subject>{NAMED})"
    r"(?=[,.;:]| in | at | on | to | \(|$)"
)


def speaker_of_all(text: str) -> str | None:
    """Return who says all that a sentence quotes: in the words of, right after a quotation."""
    found = _AFTER_WORDS_OF.match(text)
    return trimmed(found["subject"]) if found else None


def speaker_putting(text: str) -> str | None:
    """Return who says a quotation that ``as X put it`` follows."""
    found = _AFTER_AS.match(text)
    return name_beside(text, trimmed(found["subject"])) if found else None


def speaker_after(text: str) -> str | None:
    """Return who says a quotation, from the words right after it."""
    text = _CITED.sub("", _GLOSS.sub("", text))
    if found := _AFTER_IS.match(text):
        return trimmed(found["subject"] or found["of"])
    if found := _COMES_FROM.match(text):
        return trimmed(found["subject"])
    if (found := _AFTER_APPOSITION.match(text)) and is_name(found["apart"]):
        return trimmed(found["apart"])
    patterns = (
        _AFTER_TOLD_BY,
        _AFTER_QUOTES,
        _AFTER_WITH_WORDS,
        _AFTER_SO,
        _AFTER_INVERTED_NAMED,
        _AFTER_INVERTED,
        _AFTER,
        _AFTER_APPOSITION,
    )
    for pattern in patterns:
        if found := pattern.match(text):
            return name_beside(text, trimmed(found["subject"]))
    return None
