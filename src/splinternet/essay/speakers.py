"""Who is quoted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

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
    r"recall(?:s|ed)?|remember(?:s|ed)?|jok(?:es|ed)|remark(?:s|ed)?|observ(?:es|ed)|"
    r"repli(?:es|ed)|answer(?:s|ed)?|complain(?:s|ed)?|agree[sd]?|quip(?:s|ped)|sigh(?:s|ed)?|"
    r"laugh(?:s|ed)?|mutter(?:s|ed)?|shrug(?:s|ged)|predict(?:s|ed)?|confess(?:es|ed)?|"
    r"concede[sd]?|boast(?:s|ed)?|maintain(?:s|ed)?|suggest(?:s|ed)?|point(?:s|ed)? out|"
    r"comment(?:s|ed)?|respond(?:s|ed)?|emphasi[sz]e[sd]?|stress(?:es|ed)?|testif(?:ies|ied)|"
    r"vow(?:s|ed)?|protest(?:s|ed)?|shout(?:s|ed)?|whisper(?:s|ed)?|object(?:s|ed)|lament(?:s|ed)?|"
    r"puts? it|spoke of|speaks? of|doubts?(?: it)?|disagree[sd]?|reckon(?:s|ed)?|thinks?|believes?|"
    r"describing|calling|thought|believed|hoped|(?:likes?|liked|used) to say|"
    r"recount(?:s|ed)?|grumbl(?:es|ed)|counter(?:s|ed)?|summ(?:ed|ing|s) up)"
)
#: What verbs of saying may be joined to: has said, would later write.
_AUXILIARY = (
    r"(?:(?:has|have|had|would|later|once|then|also|recently|still|already|only|simply|even|"
    r"often|again|himself|herself|itself|just|now|afterwards|famously|privately|publicly) ){0,3}"
)
_PARTICIPLE = r"(?:announcing|saying|stating|declaring|reporting|claiming|warning|arguing|adding)"
_IN_WORDS_OF = r"(?:[Ii]n the (?:words|view|opinion|phrase) of|[Aa]ccording to)"
#: Words for somebody; initials have their full stops.
_SUBJECT = (
    r"(?:(?:his|her|its|their|the|an?) [a-z][^,.;:()“”\"]{2,50}, (?=[A-ZÀ-Þ]\w+ [A-ZÀ-Þ]))?"
    r"(?P<subject>(?:[A-Z]\.|[^,.;:()\[\]“”\"]){2,80}?)"
)
_BEFORE = re.compile(rf"(?P<subject>.*)\b(?P<verb>{_VERB})\b(?P<between>[^“\"]{{0,110}})$")
_BEFORE_PARTICIPLE = re.compile(
    rf".*\b(?P<subject>(?:a|an|the|his|her|its|their) [^,;]{{1,60}}?) {_PARTICIPLE}\b"
    r"(?P<between>[^“\"]{0,30})$"
)
_BEFORE_WORDS_OF = re.compile(
    rf"(?:^|[^\w]){_IN_WORDS_OF} {_SUBJECT}(?:, [^,;:“”]{{2,80}})?[,:] ?$"
)
_AFTER_WORDS_OF = re.compile(rf"[ ,]{{0,3}}{_IN_WORDS_OF} {_SUBJECT}(?=[,.;:()\[—]| who\b| as\b|$)")
_AFTER_AS = re.compile(
    rf"[ ,]{{0,3}}(?:as|so) {_SUBJECT}(?:, [^“”;]{{2,90}}?,)? {_AUXILIARY}"
    rf"(?:(?:puts?|has|had) it|{_VERB})\b"
)
_AFTER_INVERTED = re.compile(
    rf"[ ,]{{0,3}}{_VERB} (?P<subject>(?=[A-Z]|(?:the|an?|one|his|her|its|their|another|some) )"
    r"(?:[A-Z]\.|[^,.:;(\[“\"]){2,60})"
)
_AFTER = re.compile(
    rf"[ ,—–-]{{0,4}}{_SUBJECT}(?:, (?:who|which|then|a|an|the|now|chief|head|former|"
    rf"professor|minister|director)\b[^“”;.]{{2,90}}?,)? {_AUXILIARY}{_VERB}\b"
)
_AFTER_APPOSITION = re.compile(
    rf"[ ,—–-]{{0,4}}{_SUBJECT}, [^“”;.,]{{2,90}}?, {_AUXILIARY}{_VERB}\b"
)
_ACCORDING = re.compile(rf"\b[Aa]ccording to {_SUBJECT}(?=[,.;:()“\"]|$)")
#: A citation as the subject: [Doe, 2019] says.
_CITATION_SUBJECT = re.compile(rf"^[(\[] +[)\]] {_AUXILIARY}{_VERB}\b[^“\"]{{0,60}}$")
_SIGNED = re.compile(r"^\s*(?:[—–―]|--?)\s*(?P<subject>[^,(\[—–]{2,80})")
_ASKED = re.compile(r"\b(?:is|are|was|were|been|be)(?: not| never| also)? ?$")
_LEADING = re.compile(
    r"^(?:(?:and|but|while|as|when|although|though|because|that|where|so|then|however)\b[ ,]*)+",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"(?<=\w)[’']s$")
_NAME = re.compile(r"[A-ZÀ-Þ][\w’-]+(?: (?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w’-]+)){1,3}")
_PRONOUN = re.compile(r"(?:he|she)$", re.IGNORECASE)
#: A person at the start of a sentence, of which it goes on to say something.
_PERSON = re.compile(
    r"^(?:(?:In|At|On|From|By) [^,]{2,40}, )?(?P<name>(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame|Professor|"
    r"Senator|Minister)\.? )?[A-ZÀ-Þ][a-zà-þ’-]+(?: [A-ZÀ-Þ]\.)?(?: (?:[A-ZÀ-Þ][\w’-]+)){1,2}"
    r"|(?:The|A|An|Her|His|Its|Their|One) (?:[a-z-]+ )?(?:minister|prosecutor|engineer|official|"
    r"senator|spokes\w+|president|director|manager|professor|analyst|researcher|student|lawyer|"
    r"judge|editor|author|general|admiral|commander|captain|mayor|teacher|doctor|ambassador|"
    r"diplomat|consultant|commissioner|adviser|regulator|executive|chief))"
    r"(?=, (?:who|whose|an?|the)\b| (?!(?:and|or|of)\b)[a-z]{2,})"
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


def quotations_of(
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    cited: Mapping[tuple[int, int], str] = MappingProxyType({}),
) -> list[Quotation]:
    """Find the quotations of an essay, who is quoted, and what is quoted more than once.

    Whoever follows ``according to`` or ``in the words of`` right after one says all that the
    sentence quotes. Else the subject of a verb of saying before the quotation, or right after it;
    else whoever says what the sentence quoted before it. A block quotation is said by whoever
    signs it.

    Parameters
    ----------
    sentences
        Those of the prose, with spaces for what citations say.
    mentions
        Actors that they mention.
    cited
        First authors of the works that citations mean, by sentence and place of the citation.
    """
    found: list[Quotation] = []
    here = by_sentence(mentions)
    before: Sentence | None = None
    for sentence in sentences:
        person = _person(before, sentence, here)
        found += _quotations(sentence, here.get(sentence.number, ()), cited, person)
        before = sentence
    found = _with_blocks(found, sentences)
    same: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for quotation in found:
        where = same[folded(quotation.text)]
        if len(where) <= _MOST_REPEATS:
            where[quotation.sentence] = None
    return [
        replace(q, also_in=tuple(n for n in same[folded(q.text)] if n != q.sentence)) for q in found
    ]


def _person(
    before: Sentence | None, sentence: Sentence, mentions: Mapping[int, Sequence[Mention]]
) -> str | None:
    """Return whom ``he`` or ``she`` means: the person that the sentence before is about."""
    if before is None or before.paragraph != sentence.paragraph:
        return None
    found = _PERSON.match(blanked(before.text))
    taken = mentions.get(before.number, ())
    if not found or any(found.start("name") < m.end and m.start < found.end() for m in taken):
        return None
    return found["name"]


def _with_blocks(found: list[Quotation], sentences: Sequence[Sentence]) -> list[Quotation]:
    """Add block quotations without marks, and whoever signs a block."""
    for block in _blocks(sentences):
        signed = next((m for s in reversed(block) if (m := _SIGNED.match(s.text))), None)
        speaker = _trimmed(signed["subject"]) if signed else None
        numbers = {sentence.number for sentence in block}
        within = [q for q in found if q.sentence in numbers]
        if within:
            found = [
                replace(q, speaker=q.speaker or speaker, kind="quotation" if speaker else q.kind)
                if q.sentence in numbers
                else q
                for q in found
            ]
            continue
        words = [sentence for sentence in block if not _SIGNED.match(sentence.text)]
        if words:
            text = " ".join(sentence.text for sentence in words)
            first = words[0]
            found.append(
                Quotation(text, first.number, 0, len(first.text), 0, "quotation", speaker, None)
            )
    return sorted(found, key=lambda quotation: (quotation.sentence, quotation.start))


def _blocks(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    block: list[Sentence] = []
    for sentence in sentences:
        if sentence.in_block:
            block.append(sentence)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _quotations(
    sentence: Sentence,
    mentions: Sequence[Mention],
    cited: Mapping[tuple[int, int], str],
    person: str | None,
) -> list[Quotation]:
    marked = find_quotations(sentence.text)
    outer = [q for q in marked if q.depth == 0]
    outside = blanked(sentence.text)
    according = _ACCORDING.search(outside)
    whole = next(
        (m for o in outer if (m := _AFTER_WORDS_OF.match(outside[o.end : o.end + 180]))), None
    )
    found: list[Quotation] = []
    speaker: str | None = None
    for quotation in marked:
        if quotation.depth:
            around = next(o for o in outer if o.start < quotation.start < o.end)
            said_by = _before(sentence.text[around.start + 1 : quotation.start])
        elif whole:
            said_by = _trimmed(whole["subject"])
        else:
            after = max((o.end for o in outer if o.end <= quotation.start), default=0)
            said_by = (
                _cited(sentence, after, quotation.start, cited)
                or _before(sentence.text[after : quotation.start])
                or _after(outside[quotation.end : quotation.end + 180])
            )
            if not said_by and not speaker and according:
                said_by = _trimmed(according["subject"])
        if said_by and _PRONOUN.match(said_by):
            said_by = person
        is_term = not said_by and len(quotation.text.split()) <= _TERM
        if not quotation.depth and not is_term:
            said_by = said_by or speaker
            speaker = said_by
        found.append(_made(quotation, sentence, said_by, is_term, mentions))
    return found


def _cited(
    sentence: Sentence, after: int, start: int, cited: Mapping[tuple[int, int], str]
) -> str | None:
    """Return the author of a citation that is the subject of a verb of saying."""
    before = sentence.text[after:start].lstrip()
    if not _CITATION_SUBJECT.match(before):
        return None
    return cited.get((sentence.number, start - len(sentence.text[after:start].lstrip())))


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
    if words := _BEFORE_WORDS_OF.search(text[-200:]):
        return _trimmed(words["subject"])
    found = _BEFORE_PARTICIPLE.match(text) or _BEFORE.match(text)
    if found and _ASKED.search(found["subject"]):
        return None  # they were asked: that is said of them
    if not found or len(found["between"].split()) > 14 or ";" in found["between"]:
        return None
    subject = found["subject"].rstrip()
    if subject.endswith(",") and subject.count(",") > 1:
        # A statement, signed by both, said: the subject stands before the words set apart.
        subject, _, apart = subject[:-1].rpartition(",")
        if _NAME.fullmatch(apart.strip()):  # a senator, Ann Poe, said
            return _trimmed(apart)
    return _trimmed(re.split(r"[,;] ", subject.rstrip(","))[-1])


def _after(text: str) -> str | None:
    """Return who says it, from the words right after a quotation."""
    patterns = (_AFTER_WORDS_OF, _AFTER_AS, _AFTER_INVERTED, _AFTER, _AFTER_APPOSITION)
    for pattern in patterns:
        if found := pattern.match(text):
            return _trimmed(found["subject"])
    return None


def _trimmed(subject: str) -> str | None:
    """Keep the words that name somebody; None if there are none, or too many."""
    subject = " ".join(re.sub(r"\( +\)", " ", subject).split())  # where a citation stood
    subject = _TRAILING.sub("", _LEADING.sub("", subject.strip(" ,")))
    subject = _POSSESSIVE.sub("", subject)
    words = subject.split()
    if subject.lower() in ("they", "it", "we", "i", "who"):
        return None
    return subject if words and len(words) <= 10 and any(c.isalpha() for c in subject) else None


def _bare(speaker: str) -> str:
    return re.sub(r"^(?:the|a|an) ", "", folded(speaker))
