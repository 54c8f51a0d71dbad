"""Speakers whom the words before a quotation name."""

from __future__ import annotations

import re

from splinternet.essay.saying import (
    CAPITAL,
    IN_WORDS_OF,
    NAME,
    NAMED,
    NOUN,
    STEMS,
    SUBJECT,
    VERB,
    is_name,
    name_beside,
    trimmed,
    words_for,
)

__all__ = ["speaker_before"]

_PARTICIPLE = rf"(?:{words_for('going_on')})"
_SAYING = re.compile(VERB)
#: A name, what he or she does, and who: Ann Roe, a retired pilot, who.
_WITH_ROLE = re.compile(rf"(?P<who>{NAME}), (?:an?|the|then|now|once) [^,;]{{2,60}},? who$")
#: Words after which a verb of saying is a noun: the claims, its report.
_NOUN_AFTER = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|these|those|this|that|such|all|many|no|"
    r"of|in|by|any|some|most)|[’']s?)"
    r"(?: [a-z]+(?:al|ed|ive|ing|ic|ish|ary|our|ew|irst|ong|ort))?\s$"
)
_PLURAL_BEFORE = re.compile(
    rf"(?:\b{CAPITAL}[\w’-]*|et al\.|[a-z]s|\b(?:I|we|they|who|not|to|never|people|would|could|"
    rf"did|does|do|may|might|must|can|will|both|all|men|women|media|"
    rf"police))[,)]? (?:\w+ly )?$"
)
_BEFORE_PARTICIPLE = re.compile(
    rf".*\b(?P<subject>(?:a|an|the|his|her|its|their) [^,;]{{1,60}}?) {_PARTICIPLE}\b"
    r"(?P<between>[^“\"]{0,30})$"
)
#: A clause that goes on with a participle: declined to comment, saying only that.
_CLAUSE_PARTICIPLE = re.compile(rf"(?P<clause>.*), (?:\w+ly )?{_PARTICIPLE}\b[^“\"]{{0,60}}$")
_BEFORE_WORDS_OF = re.compile(
    rf"(?:^|[^\w]){IN_WORDS_OF} {SUBJECT}(?:, [^,;:“”]{{2,80}})?"
    r"(?:[,:]|,? (?:it|this|that|these|they)(?: all)?"
    r"(?: is| was| are| were| had been| has been)| is| was| are)? ?$"
)
_BEFORE_WORDS = re.compile(
    r"(?:^|[^\w])(?:[Ii]n|[Bb]y|[Tt]o (?:use|borrow|quote)) (?P<subject>[^,.;:“”]{2,60})[’']s? "
    r"(?:(?:own|famous|apt|blunt|dry|memorable|well-known) )*"
    r"(?:words?|view|opinion|phrase|account|telling|reading|formula)[,:]? ?$"
)
#: The same of somebody who was named before: in his phrase.
_BEFORE_OWN_WORDS = re.compile(
    r"\b(?:[Ii]n|[Bb]y) (?P<subject>his|her|their) (?:own )?"
    r"(?:words?|view|opinion|phrase|account|telling|reading|formula)[,:]?(?: is| was)? ?$"
)
#: Somebody who holds it with whoever writes: I argue, with Roe, that.
_WITH = re.compile(
    rf"\b(?:argue|say|hold|think|believe|maintain|conclude|insist|agree),? "
    rf"with (?P<subject>{NAMED}),? that\b[^“”\";:]{{0,120}}$"
)
#: Quoted by somebody else: was quoted as saying, is reported to have said.
_QUOTED_AS = re.compile(
    r"(?P<subject>[^,;:“”]{2,80}?),? (?:(?:is|was|were|are|has been|have been|had been) "
    r"(?:quoted|reported|cited|said|heard) )?(?:as (?:having )?(?:saying|said|warning|calling)|"
    r"to have (?:said|called|warned|told)|(?:was|were) heard to \w+)\b[^“\"]{0,60}$"
)
#: A citation right after the name of whom a sentence is about, up to a colon.
_CITED_BEFORE = re.compile(
    rf"(?:^|[.!?] )(?P<subject>{CAPITAL}[\w’-]+(?:,? (?:and|&) {CAPITAL}[\w’-]+)?) "
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
#: Somebody named in the middle of what he or she says: for them, says Ann Roe, it has.
_SAYS_AMID = re.compile(
    rf"\w, {VERB} (?:(?:the|an?|his|her|its|their|my|our) (?:[a-z-]+ ){{1,4}})?"
    rf"(?P<subject>{NAME}),? [^,;:“”.]{{2,80}} ?$"
)
#: A report within another: Roe reports that most of them expected.
_REPORTS_THAT = re.compile(rf"^(?P<who>.*?)(?:^| ){VERB} (?:\w+ )?that (?!is\b|was\b)")
#: Somebody who gives a name: one of them, who gave her name as Ann, said.
_GIVES_NAME = re.compile(
    rf", who (?:gave (?:his|her|their) name as|goes by(?: the name of)?|is called|"
    rf"calls (?:him|her)self) "
    rf"(?P<subject>{CAPITAL}[\w’-]+(?: {CAPITAL}[\w’-]+)?), {VERB}\b[^“”\";]{{0,60}}$"
)
_BY_NAME = re.compile(rf"\b(?:by the name of|named|called) (?P<name>{NAME})$")
#: One of several who speak.
_AMONG = re.compile(r"(?:among them|including|one of them) (?P<who>[^,;]{2,60}?)(?: whom?\b.*)?$")
_HAS_TO_SAY = re.compile(
    rf"(?:^|[.!?] )(?P<subject>{CAPITAL}[^,;:“”]{{1,60}}?)(?:, [^,;:“”]{{2,60}},)? "
    r"(?:has|had|have) (?:this|these words|the following) to say\b[^“\"]{0,60}$"
)
_AS_HAS_IT = re.compile(
    r"(?:^|[^\w])[Aa]s (?P<subject>[^,.;:“”]{2,60}?) (?:ha(?:s|d) it|shows?)[,:] ?$"
)
#: Somebody's words, called so before they come: her verdict was harsh, his phrase for it.
_NOUN_BEFORE = re.compile(
    rf"(?:^|[,;] )(?:[A-Z][a-z]+ [^,;]{{0,30}}, )?(?P<subject>[^,;:“”]{{2,60}}?)(?:[’']s|s[’]) "
    rf"(?:[a-z-]+ ){{0,2}}{NOUN}\b[^“”\":;,]{{0,60}}(?:[:,]|\b(?:is|was|remains|"
    rf"remained)(?: that)?) ?$"
)
_PRONOUN_BEFORE = re.compile(
    rf"(?:^|[,;] )(?P<subject>[Hh]is|[Hh]er) (?:[a-z-]+ ){{0,2}}{NOUN}\b[^“”\";]{{0,60}}[:,] ?$"
)
_NOUN_OF_BEFORE = re.compile(
    rf"(?:^|[,;] )[Tt]he (?:[a-z-]+ ){{0,2}}{NOUN} (?:of|by|"
    rf"from) (?P<subject>(?:[^,;:“”]{{2,60}}?))"
    r"(?: (?:is|was|are|were|still|has|have|had|remains?|rings?|came|sounds?|would|reads?|"
    r"runs?)\b[^“”\":;]{0,60})?"
    r"[:,] ?$"
)
#: In the book of somebody: in the preface of Roe and Doe.
_IN_TEXT_OF = re.compile(
    rf"\b(?:introduction|preface|foreword|afterword|chapter|book|memoirs?|report|essay|article|"
    rf"letter|thesis|study|diary|notes) (?:of|by) (?P<subject>{NAMED}): ?$"
)
_NOUN_OF_THAT = re.compile(
    rf"\b[Tt]he (?:[a-z-]+ ){{0,2}}{NOUN} (?:of|by) (?P<subject>[^,;:“”]{{2,60}}?) that "
    r"[^“”\";:]{1,90}$"
)
_THING = rf"(?:The|An?|One|Its|Their) (?:[a-z-]+ ){{0,2}}(?:{words_for('texts')})\b"
#: The debate was closed with the words.
_WITH_WORDS = re.compile(
    rf"^(?:[^,;:“”]{{2,60}}, )?(?P<subject>{NAMED}) [^;:“”]{{3,90}} (?:with|in|by) (?:the|these|"
    rf"a few) "
    rf"(?:[a-z]+ )?{NOUN}[,:]? ?$"
)
#: A sentence on a person that ends in a colon: Roe and Doe are not convinced.
_COLON = re.compile(
    rf"^(?:(?:In|At|On|From|By|Asked|Speaking|Writing|Yet|But|And)\b[^,:;]{{0,60}},? )?"
    rf"(?:(?:[Oo]ur|[Mm]y|[Hh]is|[Hh]er|[Tt]he|"
    rf"[Aa]n?) (?:[a-z-]+,? ){{1,3}}(?={CAPITAL}[\w-]+ {CAPITAL}))?"
    rf"(?P<subject>{NAMED}|{_THING}|Article [0-9]+)"
    r"(?: (?:quoted|cited|interviewed) (?:by|in) [^,:;“”]{2,50}?(?= [a-z]+ed\b))?"
    r"(?:[’']s? [a-z]+)?(?:, [^,:;]{2,80},)?(?P<rest>(?:,? [^“”\":;]{0,90})?):\s*$"
)
#: Somebody's words by name, anywhere: with Roe's dry remark that.
_NAMED_NOUN_THAT = re.compile(
    rf"\b(?P<subject>{CAPITAL}[\w’-]+?(?: {CAPITAL}[\w-]+?)?)[’']s (?:[a-z-]+ ){{0,2}}{NOUN} that\b"
    r"[^“”\";:]{0,60}$"
)
#: Roe and Doe were warning that.
_WAS_SAYING = re.compile(
    rf"(?:^|[.;] )(?P<subject>{CAPITAL}[^,;:“”]{{1,60}}?) (?:is|was|are|were) {_PARTICIPLE}\b"
    r"(?: that)?[^“”\"]{0,60}$"
)
#: The best answer came from an old judge, Ann Roe.
_CAME_FROM = re.compile(rf"\b{NOUN} (?:came|comes|is|was) from (?P<subject>[^:;“”]{{2,80}}?): ?$")
#: Who did something else before: a clerk showed me his list and added.
_DID_AND = re.compile(
    rf"^(?:[A-Z][a-z]+ [^,]{{0,40}}, )?(?P<who>{NAMED}) "
    r"(?:(?:once|then|later|also|only|just) )?(?:[a-z]+ed|took|gave|held|put|sat|stood|told|"
    r"wrote)\b"
    r".* and$"
)
_FOR = re.compile(rf"(?:^|[,;] )[Ff]or (?P<subject>{NAMED}),? [^“”\":;]{{0,60}}[:,] ?$")
#: A sentence that leads to several persons speaking, or to nobody's words.
_NOT_SPOKEN = re.compile(
    r"\b(?:titled?|entitled|named|label\w*|chapters?|songs?|called|translat\w+|follows|between|"
    r"heard|hears|question(?:s|ed)? (?:is|was)|received|got|faces|faced|met)\b"
)
_ASKED = re.compile(r"\b(?:is|are|was|were|been|be)(?: not| never| also)? ?$")
#: What goes before a verb of saying without being who says it: goes so far as to, seemed to.
_TO = re.compile(
    r" (?:goes|went|declined|refused|seem(?:s|ed)|like[sd]?|use[sd]|want(?:s|ed)|"
    r"tried|tries|began|begins|came|continue[sd]|prefer(?:s|red)|chose|agreed|rushed|was quick|"
    r"is quick)"
    r"(?: [a-z]+){0,4} (?:to|as)$"
)
#: Words after whoever speaks of himself or herself: Roe told me that she expects.
_TOLD_ME = re.compile(r" told (?:me|us) (?:that )?(?:he|she|they)$")
_MOST_BETWEEN = 14
#: Reported speech may go on so long, in words, before some of it is quoted.
_MOST_REPORTED = 45


def speaker_before(text: str) -> str | None:
    """Return who says a quotation, from the words of its sentence before it.

    A person told by what he or she does has the name that stands beside it.
    """
    return name_beside(text, _speaker_before(text))


def _speaker_before(text: str) -> str | None:
    if cited := _CITED_BEFORE.search(text[-400:]):
        return trimmed(cited["subject"])
    text = " ".join(re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", text[-400:]).split())
    text = re.sub(r" (?=[,:])", "", text)
    if found := _GIVES_NAME.search(text):
        return str(found["subject"])
    text = _TELLS_MORE.sub(" ", text)
    before = (_BEFORE_WORDS_OF, _BEFORE_OWN_WORDS, _BEFORE_WORDS, _WITH, _AS_HAS_IT, _HAS_TO_SAY)
    for pattern in before:
        if found := pattern.search(text):
            return trimmed(found["subject"])
    if quoted := _QUOTED_AS.search(text):
        return trimmed(re.split(r"\b(?:quotes?|quoted|cites?|cited) ", quoted["subject"])[-1])
    for pattern in (_LETS_SPEAK, _SAYS_AMID):
        if found := pattern.search(text):
            return trimmed(found["subject"])
    if said := _subject_of_verb(text):
        return said
    for pattern in (
        _CAME_FROM,
        _WAS_SAYING,
        _NAMED_NOUN_THAT,
        _PRONOUN_BEFORE,
        _NOUN_BEFORE,
        _IN_TEXT_OF,
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
    if did := _DID_AND.match(subject):
        return trimmed(did["who"])
    subject = re.sub(r"^.*\bwhat (?=\S)", "", _TO.sub("", subject))
    if who := _WITH_ROLE.search(subject):
        return trimmed(who["who"])
    if who := re.search(
        rf"(?P<who>(?:\b(?:an?|the|one|another) [^,;]{{2,50}}|{NAMED})),? who$", subject
    ):
        return trimmed(re.split(r"\b(?:cites|quotes|cited|quoted|by|with) ", who["who"])[-1])
    if subject.endswith(",") and subject.count(",") > 1:
        # A statement, signed by both, said: the subject stands before the words set apart.
        subject, _, apart = subject[:-1].rpartition(",")
        if is_name(apart):  # a senator, Ann Poe, said
            return trimmed(apart)
        if called := _BY_NAME.search(apart):
            return trimmed(called["name"])
        if one := _AMONG.match(apart.strip()):
            return trimmed(one["who"])
    subject = re.split(r"[,;] ", subject.rstrip(","))[-1]
    if outer := _REPORTS_THAT.match(subject):
        return trimmed(outer["who"]) if outer["who"].strip() else None
    return trimmed(subject)


def _last_verb(text: str) -> tuple[str, str] | None:
    """Return what stands before and after the last verb of saying; nouns of that form are none."""
    last = None
    for found in _SAYING.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        several = _PLURAL_BEFORE.search(before) or " and " in text[: found.start()]
        if found[0] in STEMS and not several:
            continue
        if not found[0].endswith("ed") and _NOUN_AFTER.search(before):
            continue
        last = found
    return (text[: last.start()], text[last.end() :]) if last else None


def _subject_of_clause(clause: str) -> str | None:
    """Return the person with whom a clause starts."""
    found = re.match(rf"(?:[^,]{{2,60}}, )?(?P<subject>{NAMED}|{CAPITAL}[\w’-]+)(?= [a-z])", clause)
    return trimmed(found["subject"]) if found else None
