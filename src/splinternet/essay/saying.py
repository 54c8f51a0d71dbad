"""Words of saying, and the words that name whoever says something.

The verbs and nouns are a table, in ``saying.toml`` beside this module.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

__all__ = [
    "AUXILIARY",
    "CAPITAL",
    "GESTURE",
    "IN_WORDS_OF",
    "NAME",
    "NAMED",
    "NOUN",
    "PERSON",
    "PRONOUN",
    "STEMS",
    "SUBJECT",
    "VERB",
    "is_citation_saying",
    "is_name",
    "name_beside",
    "speaker_according",
    "trimmed",
    "words_for",
]

with Path(__file__).with_name("saying.toml").open("rb") as _file:
    _TABLE = tomllib.load(_file)


def words_for(key: str) -> str:
    """Return a pattern of the words of an entry of the table, longest first."""
    return "|".join(sorted(_TABLE[key].split(), key=len, reverse=True))


VERB = (
    r"(?<![\w-])(?:(?:"
    + "|".join(re.sub(r"e$", "e?", stem) for stem in _TABLE["regular"].split())
    + r")(?:e?s|e?d)?|"
    + "|".join(_TABLE["forms"])
    + r")(?![\w-])"
)
#: Verbs whose stem is a noun too.
STEMS = frozenset(_TABLE["regular"].split())
NOUN = f"(?:{words_for('nouns')})"
#: What verbs of saying may be joined to: has said, would later write.
AUXILIARY = (
    r"(?:(?:has|have|had|would|later|once|then|also|recently|still|already|only|simply|even|"
    r"often|again|himself|herself|itself|just|now|afterwards|famously|privately|publicly|"
    r"merely|rightly|duly|quietly|openly|bluntly|since|long|must|could|did|does|do) ){0,3}"
)
IN_WORDS_OF = (
    r"(?:[Ii]n the (?:words|view|opinion|phrase|eyes) of|[Aa]ccording to|[Tt]o quote|"
    r"[Tt]o (?:use|borrow|cite) (?:the|a) (?:words?|phrase|expression|formula|image) (?:of|by))"
)
CAPITAL = r"[A-ZÀ-ÖØ-ÞĀŠŽČŁŚ]"
#: Words for somebody; initials have their full stops.
SUBJECT = (
    rf"(?:(?:his|her|its|their|the|an?) [a-z][^,.;:()“”\"]{{2,50}}, (?={CAPITAL}\w+ {CAPITAL}))?"
    rf"(?P<subject>(?:{CAPITAL}\.|et al\.|e\.a\.|[^,.;:()\[\]“”\"]){{2,80}}?)"
)
#: A person by name, or by what he or she does.
PERSON = (
    rf"(?:(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame|Lord|Professor|Senator|Minister|President|General|Judge)"
    rf"\.? )?{CAPITAL}[a-zà-þ’-]+(?: {CAPITAL}\.)*(?: (?:(?:van|von|de|der|den|al|bin|ter|la|di) "
    rf"){{0,2}}{CAPITAL}[\w’-]+){{1,2}}"
    rf"|(?:(?i:the|an?|her|his|its|their|my|our|one|another)) (?:[a-z-]+ ){{0,2}}"
    rf"(?:{words_for('persons')})\b"
    rf"(?: (?:of|for|from|at|in) (?:(?:the|a|an) )?[\w-]+(?: [A-Z]\w+)?)?)"
)
NAMED = rf"(?:{PERSON}|{CAPITAL}[\w’-]+(?:, {CAPITAL}[\w’-]+)*,? (?:and|&) {CAPITAL}[\w’-]+)"
#: A sentence that only tells how somebody took it: Roe shrugs.
GESTURE = re.compile(
    rf"(?P<name>{NAMED}|{CAPITAL}[\w’-]+) (?:{words_for('gestures')})(?: [a-z ]{{2,40}})?[.:]$"
)
_ACCORDING = re.compile(rf"\b[Aa]ccording to {SUBJECT}(?=[,.;:()\[“\"]|$)")
_CITATION_SUBJECT = re.compile(rf"^[(\[] +[)\]] {AUXILIARY}{VERB}[^“\"]{{0,60}}$")
_LEADING = re.compile(
    r"^(?:(?:and|but|while|as|when|although|though|because|that|where|so|then|however|yet|in turn|"
    r"still|later|in [0-9]{4})\b[ ,]*)+",
    re.IGNORECASE,
)
#: Where somebody with a name says it.
_WHERE = re.compile(rf"(\b{CAPITAL}[\w’-]+) (?:at|during|before|in|on) (?:an?|the|[A-Z0-9]).*$")
_POSSESSIVE = re.compile(r"(?<=\w)[’']s$")
#: The whole name of a person.
NAME = (
    r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Rev|Gen|Col|Capt)\. )?"
    rf"{CAPITAL}(?:\.|[\w’-]+)(?: (?:{CAPITAL}\.|{CAPITAL}[\w’-]+)){{1,3}}"
)
_NAME = re.compile(NAME)
#: Words for a person whom another sentence names.
PRONOUN = re.compile(r"(?:he|she|his|her|they|their)$", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?: (?:has|have|had|is|was|were|are|also|then|recently|once|later|again|be|been|would|"
    r"will|may|might|could|did|does|do|still|must|rightly|merely|simply|even|long|since))+$"
)
#: Words with which whoever speaks is not called.
_NO_SUBJECT = re.compile(
    r"(?:is|was|were|are|had|has|have|did|does|do|be|been|to|of|not|it)\b|.*\b(?:have|has) in common"  # noqa: E501
    r"|.*\b(?:that|which) (?:it|they|he|she|we)$|.*\bI$"
)
#: Words that go about, and that nobody says.
_NO_SPEAKER = re.compile(
    r"(?:the|an?|one|his|her|its|this|that|old|common) (?:[a-z]+ )?(?:jokes?|saying|proverb|rumou?r|"  # noqa: E501
    r"refrain|book|article|thinking|logic|theory|story|line|motto|slogan|argument|formula|joke)\b"
)
_NOBODY = frozenset(
    (
        "it",
        "we",
        "i",
        "this",
        "that",
        "what",
        "there",
        "people",
        "some",
        "many",
        "often",
        "sometimes",
        "also",
        "widely",
        "rather",
        "always",
        "usually",
        "formerly",
        "officially",
        "who",
        "which",
    )
)


#: What somebody does, and the name that stands beside it.
_ROLE = re.compile(r"(?i:an?|the|one|another|my|our|his|her|their|its) [^A-Z]")
_APPOSED_NAME = re.compile(rf", (?P<name>{NAME})$")
_BESIDE = re.compile(
    r"(?: (?:at|in|of|from|on|by|to) [^,;:]{2,30}| (?:I|we) (?:know|knew|met|once met))?"
    r"(?:, (?:(?:an?|the|then|now) [^,;:]{2,60}? "
    rf"(?:by the name of|named|called) |(?:an?|the) (?:[a-z-]+ ){{1,2}})?"
    r"| (?:by the name of|named|called) )"
    rf"(?P<name>{NAME})"
    r"(?=[,:]| who\b| \(|$)"
)


def name_beside(text: str, said: str | None) -> str | None:
    """Return the name beside what somebody does: a retired pilot, Ann Roe; else the words."""
    if not said or not _ROLE.match(said):
        return said
    start = text.rfind(said)
    if within := _APPOSED_NAME.search(said):
        return within["name"]  # an old judge, Ann Roe
    found = _BESIDE.match(text, start + len(said)) if start >= 0 else None
    return found["name"] if found else said


def is_name(text: str) -> bool:
    """Tell whether words are the whole name of a person."""
    return bool(_NAME.fullmatch(text.strip()))


def is_citation_saying(text: str) -> bool:
    """Tell whether a citation in brackets is the subject of a verb of saying: [Doe, 2019] says."""
    return bool(_CITATION_SUBJECT.match(text))


def speaker_according(text: str) -> str | None:
    """Return according to whom a sentence says what it says."""
    found = _ACCORDING.search(text)
    return trimmed(found["subject"]) if found else None


def trimmed(subject: str) -> str | None:
    """Keep the words that name somebody; None if there are none, or too many."""
    subject = " ".join(re.sub(r"\([^()]*\)", " ", subject).split())  # where a citation stood
    subject = _TRAILING.sub("", _LEADING.sub("", subject.strip(" ,")))
    subject = _POSSESSIVE.sub("", _WHERE.sub(r"\1", subject))
    words = subject.split()
    if _NO_SUBJECT.match(subject) or subject.lower() in _NOBODY or _NO_SPEAKER.match(subject):
        return None
    return subject if words and len(words) <= 10 and any(c.isalpha() for c in subject) else None
