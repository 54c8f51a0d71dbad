"""The words that name whoever says what is quoted.

The verbs and nouns of saying are a table, in ``saying.toml`` beside this module.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

__all__ = [
    "GESTURE",
    "PERSON",
    "PRONOUN",
    "is_citation_saying",
    "speaker_according",
    "speaker_after",
    "speaker_before",
    "speaker_of_all",
    "speaker_putting",
    "trimmed",
]

with Path(__file__).with_name("saying.toml").open("rb") as _file:
    _TABLE = tomllib.load(_file)


def _any(key: str) -> str:
    """Return a pattern of the words of an entry of the table, longest first."""
    return "|".join(sorted(_TABLE[key].split(), key=len, reverse=True))


_VERB = (
    r"(?<![\w-])(?:(?:"
    + "|".join(re.sub(r"e$", "e?", stem) for stem in _TABLE["regular"].split())
    + r")(?:e?s|e?d)?|"
    + "|".join(_TABLE["forms"])
    + r")(?![\w-])"
)
_STEMS = frozenset(_TABLE["regular"].split())
_NOUN = f"(?:{_any('nouns')})"
#: What verbs of saying may be joined to: has said, would later write.
_AUXILIARY = (
    r"(?:(?:has|have|had|would|later|once|then|also|recently|still|already|only|simply|even|"
    r"often|again|himself|herself|itself|just|now|afterwards|famously|privately|publicly|"
    r"merely|rightly|duly|quietly|openly|bluntly|since|long|must|could|did|does|do) ){0,3}"
)
_PARTICIPLE = rf"(?:{_any('going_on')})"
_IN_WORDS_OF = (
    r"(?:[Ii]n the (?:words|view|opinion|phrase|eyes) of|[Aa]ccording to|[Tt]o quote|"
    r"[Tt]o (?:use|borrow|cite) (?:the|a) (?:words?|phrase|expression|formula|image) (?:of|by))"
)
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀŠŽČŁŚ]"
#: Words for somebody; initials have their full stops.
_SUBJECT = (
    rf"(?:(?:his|her|its|their|the|an?) [a-z][^,.;:()“”\"]{{2,50}}, (?={_CAPITAL}\w+ {_CAPITAL}))?"
    rf"(?P<subject>(?:{_CAPITAL}\.|et al\.|e\.a\.|[^,.;:()\[\]“”\"]){{2,80}}?)"
)
_SAYING = re.compile(_VERB)
#: Words after which a verb of saying is a noun: the claims, its report.
_NOUN_AFTER = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|these|those|this|that|such|all|many|no|of|in|by|any|some|most)|[’']s?)"
    r"(?: [a-z]+(?:al|ed|ive|ing|ic|ish|ary|our|ew|irst|ong|ort))?\s$"
)
_PLURAL_BEFORE = re.compile(
    rf"(?:\b{_CAPITAL}[\w’-]*|et al\.|[a-z]s|\b(?:I|we|they|who|not|to|never|people|would|could|did|does|do|may|might|must|can|will|both|all|men|women|media|police))[,)]? (?:\w+ly )?$"  # noqa: E501
)
_BEFORE_PARTICIPLE = re.compile(
    rf".*\b(?P<subject>(?:a|an|the|his|her|its|their) [^,;]{{1,60}}?) {_PARTICIPLE}\b"
    r"(?P<between>[^“\"]{0,30})$"
)
#: A clause that goes on with a participle: declined to comment, saying only that.
_CLAUSE_PARTICIPLE = re.compile(rf"(?P<clause>.*), (?:\w+ly )?{_PARTICIPLE}\b[^“\"]{{0,60}}$")
_BEFORE_WORDS_OF = re.compile(
    rf"(?:^|[^\w]){_IN_WORDS_OF} {_SUBJECT}(?:, [^,;:“”]{{2,80}})?(?:[,:]| is| was| are)? ?$"
)
_BEFORE_WORDS = re.compile(
    r"(?:^|[^\w])(?:[Ii]n|[Bb]y|[Tt]o (?:use|borrow|quote)) (?P<subject>[^,.;:“”]{2,60})[’']s? "
    r"(?:(?:own|famous|apt|blunt|dry|memorable|well-known) )*"
    r"(?:words?|view|opinion|phrase|account|telling|reading|formula)[,:]? ?$"
)
#: Quoted by somebody else: was quoted as saying, is reported to have said.
_QUOTED_AS = re.compile(
    r"(?P<subject>[^,;:“”]{2,80}?),? (?:(?:is|was|were|are|has been|have been|had been) "
    r"(?:quoted|reported|cited|said|heard) )?(?:as (?:having )?(?:saying|said|warning|calling)|"
    r"to have (?:said|called|warned|told)|(?:was|were) heard to \w+)\b[^“\"]{0,60}$"
)
#: A citation right after the name of whom a sentence is about, up to a colon.
_CITED_BEFORE = re.compile(
    rf"(?:^|[.!?] )(?P<subject>{_CAPITAL}[\w’-]+(?:,? (?:and|&) {_CAPITAL}[\w’-]+)?) "
    r"\([^()]*\) [^“”\":;.]{3,90}:\s*$"
)
#: Words set apart that tell more of who speaks: Roe, whose book came out in May, had said.
_TELLS_MORE = re.compile(r"(?<=\w), (?:who|whose|whom) [^,;:“”.]{2,80}, (?=[a-z])")
#: Somebody whom another lets speak: Roe quotes a clerk, Roe was told by a clerk.
_LETS_SPEAK = re.compile(
    r"\b(?:quotes?|quoted|cites?|cited|heard|lets?|(?:was|were) told by) "
    r"(?P<subject>(?:an?|one|the) [^,;:“”]{2,50}?|[A-ZÀ-Þ][\w’-]+ [A-ZÀ-Þ][\w’-]+)"
    r"(?: (?:say|saying|speak|tell it|explain)\b[^,;:“”]{0,20})?(?:[:,]| that) ?$"
)
_HAS_TO_SAY = re.compile(
    rf"(?:^|[.!?] )(?P<subject>{_CAPITAL}[^,;:“”]{{1,60}}?)(?:, [^,;:“”]{{2,60}},)? "
    r"(?:has|had|have) (?:this|these words|the following) to say\b[^“\"]{0,60}$"
)
_AS_HAS_IT = re.compile(
    r"(?:^|[^\w])[Aa]s (?P<subject>[^,.;:“”]{2,60}?) (?:ha(?:s|d) it|shows?)[,:] ?$"
)
#: Somebody's words, called so before they come: her verdict was harsh, his phrase for it.
_NOUN_BEFORE = re.compile(
    rf"(?:^|[,;] )(?:[A-Z][a-z]+ [^,;]{{0,30}}, )?(?P<subject>[^,;:“”]{{2,60}}?)(?:[’']s|s[’]) "
    rf"(?:[a-z-]+ ){{0,2}}{_NOUN}\b[^“”\":;,]{{0,60}}(?:[:,]|\b(?:is|was|remains|remained)(?: that)?) ?$"  # noqa: E501
)
_PRONOUN_BEFORE = re.compile(
    rf"(?:^|[,;] )(?P<subject>[Hh]is|[Hh]er) (?:[a-z-]+ ){{0,2}}{_NOUN}\b[^“”\";]{{0,60}}[:,] ?$"
)
_NOUN_OF_BEFORE = re.compile(
    rf"(?:^|[,;] )[Tt]he (?:[a-z-]+ ){{0,2}}{_NOUN} (?:of|by|from) (?P<subject>(?:[^,;:“”]{{2,60}}?))"  # noqa: E501
    r"(?: (?:is|was|are|were|still|has|have|had|remains?|rings?|came|sounds?|would|reads?|runs?)\b[^“”\":;]{0,60})?"  # noqa: E501
    r"[:,] ?$"
)
_NOUN_OF_THAT = re.compile(
    rf"\b[Tt]he (?:[a-z-]+ ){{0,2}}{_NOUN} (?:of|by) (?P<subject>[^,;:“”]{{2,60}}?) that "
    r"[^“”\";:]{1,90}$"
)
#: A person by name, or by what he or she does.
PERSON = (
    rf"(?:(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame|Lord|Professor|Senator|Minister|President|General|Judge)"
    rf"\.? )?{_CAPITAL}[a-zà-þ’-]+(?: {_CAPITAL}\.)*(?: (?:(?:van|von|de|der|den|al|bin|ter|la|di) "
    rf"){{0,2}}{_CAPITAL}[\w’-]+){{1,2}}"
    rf"|(?:(?i:the|an?|her|his|its|their|my|our|one|another)) (?:[a-z-]+ ){{0,2}}"
    rf"(?:{_any('persons')})\b(?: (?:of|for|from|at|in) (?:(?:the|a|an) )?[\w-]+(?: [A-Z]\w+)?)?)"
)
_NAMED = rf"(?:{PERSON}|{_CAPITAL}[\w’-]+(?:, {_CAPITAL}[\w’-]+)*,? (?:and|&) {_CAPITAL}[\w’-]+)"
_THING = rf"(?:The|An?|One|Its|Their) (?:[a-z-]+ ){{0,2}}(?:{_any('texts')})\b"
#: A sentence that only tells how somebody took it: Roe shrugs.
GESTURE = re.compile(
    rf"(?P<name>{_NAMED}|{_CAPITAL}[\w’-]+) (?:{_any('gestures')})(?: [a-z ]{{2,40}})?[.:]$"
)
#: The debate was closed with the words.
_WITH_WORDS = re.compile(
    rf"^(?:[^,;:“”]{{2,60}}, )?(?P<subject>{_NAMED}) [^;:“”]{{3,90}} (?:with|in|by) (?:the|these|a few) "  # noqa: E501
    rf"(?:[a-z]+ )?{_NOUN}[,:]? ?$"
)
#: A sentence on a person that ends in a colon: Roe and Doe are not convinced.
_COLON = re.compile(
    rf"^(?:(?:In|At|On|From|By|Asked|Speaking|Writing|Yet|But|And)\b[^,:;]{{0,60}},? )?"
    rf"(?P<subject>{_NAMED}|{_THING}|Article [0-9]+)"
    r"(?: (?:quoted|cited|interviewed) (?:by|in) [^,:;“”]{2,50}?(?= [a-z]+ed\b))?"
    r"(?:[’']s? [a-z]+)?(?:, [^,:;]{2,80},)?(?P<rest>(?: [^“”\":;]{0,90})?):\s*$"
)
_FOR = re.compile(rf"(?:^|[,;] )[Ff]or (?P<subject>{_NAMED}),? [^“”\":;]{{0,60}}[:,] ?$")
#: A sentence that leads to several persons speaking, or to nobody's words.
_NOT_SPOKEN = re.compile(
    r"\b(?:titled?|entitled|named|label\w*|chapters?|songs?|called|translat\w+|follows|between|"
    r"heard|hears|question(?:s|ed)? (?:is|was)|received|got|faces|faced|met)\b"
)
_AFTER_WORDS_OF = re.compile(
    rf"[ ,—–-]{{0,3}}{_IN_WORDS_OF} {_SUBJECT}(?=[,.;:()\[—]| who\b| as\b|$)"
)
_AFTER_AS = re.compile(
    rf"[ ,—–-]{{0,3}}(?:as|so) {_SUBJECT}(?:, [^“”;]{{2,90}}?,)? {_AUXILIARY}"
    rf"(?:(?:puts?|has|had) it|{_VERB})"
)
_AFTER_INVERTED = re.compile(
    rf"[ ,—–-]{{0,3}}{_VERB} (?P<subject>(?={_CAPITAL}|(?:the|an?|one|his|her|its|their|another|some|"  # noqa: E501
    rf"both) )(?:{_CAPITAL}\.|[^,.:;(\[“\"]){{2,60}})"
)
_AFTER = re.compile(
    rf"[ ,—–-]{{0,4}}{_SUBJECT}(?:, (?:who|which|then|a|an|the|now|chief|head|former|"
    rf"professor|minister|director)\b[^“”;.]{{2,90}}?,)? {_AUXILIARY}{_VERB}"
)
_AFTER_APPOSITION = re.compile(
    rf"[ ,—–-]{{0,4}}{_SUBJECT}, (?P<apart>(?:{_CAPITAL}\.|(?<=\d),(?=\d)|[^“”;.,]){{2,90}}?), "
    rf"{_AUXILIARY}{_VERB}"
)
#: Somebody whom another quotes: Roe quotes a lawyer in Oslo.
_AFTER_QUOTES = re.compile(
    rf"[ ,—–-]{{0,4}}[^,.;:()“”\"]{{2,60}} (?:quotes|quoted|cites|cited) "
    rf"(?P<subject>(?:an?|one|the) [^,.;:()“”\"]{{2,50}}|{_NAMED})(?=[,.;:(]|$)"
)
#: A quotation as the subject: is how X described it, was the verdict of X, comes from X.
_AFTER_IS = re.compile(
    rf"[ ,]{{0,2}}(?:(?:is|was|are|were) (?:how|what) {_SUBJECT} {_AUXILIARY}{_VERB}"
    rf"|(?:is|was|are|were|remains|runs|ran) (?:the|a) (?:[a-z-]+ ){{0,2}}{_NOUN} (?:of|by|from) "
    r"(?P<of>[^,.;:()“”]{2,60}))"
)
#: What a quotation in another language means.
_GLOSS = re.compile(
    r"^ ?[,(](?: ?(?:in English|in translation|meaning|that is|literally|i\.e\.)\b)[:,]? "
    r"[^“”;.]{3,90}?\)?(?=, [a-z]+ )"
)
_COMES_FROM = re.compile(
    r" (?:comes from|came from|goes back to|is due to|was coined by|is by|was first used by) "
    r"(?P<subject>[^,.;:()“”]{2,60})"
)
_AFTER_WITH_WORDS = re.compile(
    rf"[ ,:—–-]{{1,4}}(?:with|in) (?:these|the same|those|such) (?:[a-z]+ )?{_NOUN},? (?P<subject>{_NAMED})"  # noqa: E501
)
_AFTER_SO = re.compile(
    rf" ?[,—–-] ?(?:so|thus) (?P<subject>{_NAMED})(?=[,.;:]| in | at | on | to |$)"
)
_ACCORDING = re.compile(rf"\b[Aa]ccording to {_SUBJECT}(?=[,.;:()“\"]|$)")
_CITATION_SUBJECT = re.compile(rf"^[(\[] +[)\]] {_AUXILIARY}{_VERB}[^“\"]{{0,60}}$")
_ASKED = re.compile(r"\b(?:is|are|was|were|been|be)(?: not| never| also)? ?$")
#: What goes before a verb of saying without being who says it: goes so far as to, seemed to.
_TO = re.compile(
    r" (?:goes|went|declined|refused|seem(?:s|ed)|like[sd]?|use[sd]|want(?:s|ed)|"
    r"tried|tries|began|begins|came|continue[sd]|prefer(?:s|red)|chose|agreed|rushed|was quick|is quick)"  # noqa: E501
    r"(?: [a-z]+){0,4} (?:to|as)$"
)
_LEADING = re.compile(
    r"^(?:(?:and|but|while|as|when|although|though|because|that|where|so|then|however|yet|in turn|"
    r"still|later|in [0-9]{4})\b[ ,]*)+",
    re.IGNORECASE,
)
#: Where somebody with a name says it.
_WHERE = re.compile(rf"(\b{_CAPITAL}[\w’-]+) (?:at|during|before|in|on) (?:an?|the|[A-Z0-9]).*$")
_POSSESSIVE = re.compile(r"(?<=\w)[’']s$")
_NAME = re.compile(rf"{_CAPITAL}(?:\.|[\w’-]+)(?: (?:{_CAPITAL}\.|{_CAPITAL}[\w’-]+)){{1,3}}")
#: Words after whoever speaks of himself or herself: Roe told me that she expects.
_TOLD_ME = re.compile(r" told (?:me|us) (?:that )?(?:he|she|they)$")
#: Words for a person whom another sentence names.
PRONOUN = re.compile(r"(?:he|she|his|her|they)$", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?: (?:has|have|had|is|was|were|are|also|then|recently|once|later|again|be|been|would|"
    r"will|may|might|could|did|does|do|still|must|rightly|merely|simply|even|long|since))+$"
)
#: Words with which whoever speaks is not called.
_NO_SUBJECT = re.compile(
    r"(?:is|was|were|are|had|has|have|did|does|do|be|been|to|of|not|it)\b|.*\b(?:have|has) in common"  # noqa: E501
    r"|.*\b(?:that|which) (?:it|they|he|she|we)$"
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
_MOST_BETWEEN = 14
#: Reported speech may go on so long, in words, before some of it is quoted.
_MOST_REPORTED = 45


def _is_name(text: str) -> bool:
    """Tell whether words are the whole name of a person."""
    return bool(_NAME.fullmatch(text.strip()))


def is_citation_saying(text: str) -> bool:
    """Tell whether a citation in brackets is the subject of a verb of saying: [Doe, 2019] says."""
    return bool(_CITATION_SUBJECT.match(text))


def speaker_of_all(text: str) -> str | None:
    """Return who says all that a sentence quotes: in the words of, right after a quotation."""
    found = _AFTER_WORDS_OF.match(text)
    return trimmed(found["subject"]) if found else None


def speaker_putting(text: str) -> str | None:
    """Return who says a quotation that ``as X put it`` follows."""
    found = _AFTER_AS.match(text)
    return trimmed(found["subject"]) if found else None


def speaker_according(text: str) -> str | None:
    """Return according to whom a sentence says what it says."""
    found = _ACCORDING.search(text)
    return trimmed(found["subject"]) if found else None


def speaker_before(text: str) -> str | None:
    """Return who says a quotation, from the words of its sentence before it."""
    if cited := _CITED_BEFORE.search(text[-400:]):
        return trimmed(cited["subject"])
    text = " ".join(re.sub(r"\([^()]*\)", " ", text[-400:]).split())
    text = _TELLS_MORE.sub(" ", text)
    text = re.sub(r" (?=[,:])", "", text)
    for pattern in (_BEFORE_WORDS_OF, _BEFORE_WORDS, _AS_HAS_IT, _HAS_TO_SAY):
        if found := pattern.search(text):
            return trimmed(found["subject"])
    if quoted := _QUOTED_AS.search(text):
        return trimmed(re.split(r"\b(?:quotes?|quoted|cites?|cited) ", quoted["subject"])[-1])
    if found := _LETS_SPEAK.search(text):
        return trimmed(found["subject"])
    if said := _subject_of_verb(text):
        return said
    for pattern in (
        _PRONOUN_BEFORE,
        _NOUN_BEFORE,
        _NOUN_OF_BEFORE,
        _NOUN_OF_THAT,
        _FOR,
        _WITH_WORDS,
    ):
        if found := pattern.search(text):
            return trimmed(found["subject"])
    if going_on := _CLAUSE_PARTICIPLE.match(text):
        return _subject_of_clause(going_on["clause"])
    found = _COLON.match(text)
    return trimmed(found["subject"]) if found and not _NOT_SPOKEN.search(found["rest"]) else None


def _subject_of_verb(text: str) -> str | None:
    """Return the subject of the last verb of saying, if what it says is what follows."""
    participle = _BEFORE_PARTICIPLE.match(text)
    found = participle.group("subject", "between") if participle else _last_verb(text)
    if not found or _ASKED.search(found[0]):
        return None  # they were asked: that is said of them
    subject, between = found
    reported = re.match(r"(?:,? [\w’-]+){0,6},? that ", between) and re.search(
        r"\bthat\b|“?$", between
    )
    most = _MOST_REPORTED if reported else _MOST_BETWEEN
    if len(between.split()) > most or ";" in between or re.search(r"[.!?] [A-Z]", between):
        return None
    subject = _TOLD_ME.sub("", subject.rstrip())
    subject = re.sub(r"^.*\bwhat (?=\S)", "", _TO.sub("", subject))
    if who := re.search(
        rf"(?P<who>(?:\b(?:an?|the|one|another) [^,;]{{2,50}}|{_NAMED})),? who$", subject
    ):
        return trimmed(re.split(r"\b(?:cites|quotes|cited|quoted|by|with) ", who["who"])[-1])
    if subject.endswith(",") and subject.count(",") > 1:
        # A statement, signed by both, said: the subject stands before the words set apart.
        subject, _, apart = subject[:-1].rpartition(",")
        if _is_name(apart):  # a senator, Ann Poe, said
            return trimmed(apart)
    return trimmed(re.split(r"[,;] ", subject.rstrip(","))[-1])


def _last_verb(text: str) -> tuple[str, str] | None:
    """Return what stands before and after the last verb of saying; nouns of that form are none."""
    last = None
    for found in _SAYING.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        several = _PLURAL_BEFORE.search(before) or " and " in text[: found.start()]
        if found[0] in _STEMS and not several:
            continue
        if not found[0].endswith("ed") and _NOUN_AFTER.search(before):
            continue
        last = found
    return (text[: last.start()], text[last.end() :]) if last else None


def _subject_of_clause(clause: str) -> str | None:
    """Return the person with whom a clause starts."""
    found = re.match(
        rf"(?:[^,]{{2,60}}, )?(?P<subject>{_NAMED}|{_CAPITAL}[\w’-]+)(?= [a-z])", clause
    )
    return trimmed(found["subject"]) if found else None


def speaker_after(text: str) -> str | None:
    """Return who says a quotation, from the words right after it."""
    text = _GLOSS.sub("", text)
    if found := _AFTER_IS.match(text):
        return trimmed(found["subject"] or found["of"])
    if found := _COMES_FROM.match(text):
        return trimmed(found["subject"])
    if (found := _AFTER_APPOSITION.match(text)) and _is_name(found["apart"]):
        return trimmed(found["apart"])
    patterns = (
        _AFTER_QUOTES, _AFTER_WITH_WORDS, _AFTER_SO, _AFTER_INVERTED, _AFTER, _AFTER_APPOSITION
    )  # fmt: skip
    for pattern in patterns:
        if found := pattern.match(text):
            return trimmed(found["subject"])
    return None


def trimmed(subject: str) -> str | None:
    """Keep the words that name somebody; None if there are none, or too many."""
    subject = " ".join(re.sub(r"\([^()]*\)", " ", subject).split())  # where a citation stood
    subject = _TRAILING.sub("", _LEADING.sub("", subject.strip(" ,")))
    subject = _POSSESSIVE.sub("", _WHERE.sub(r"\1", subject))
    words = subject.split()
    if _NO_SUBJECT.match(subject) or subject.lower() in _NOBODY or _NO_SPEAKER.match(subject):
        return None
    return subject if words and len(words) <= 10 and any(c.isalpha() for c in subject) else None
