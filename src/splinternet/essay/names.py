"""Authors as lists of works write them, and as citations do."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

__all__ = [
    "ET_AL",
    "REMEMBERED",
    "UNNAMED",
    "Authors",
    "Name",
    "folded",
    "is_body",
    "names_body",
    "parse_authors",
]

#: So many texts are remembered that are asked for again and again.
REMEMBERED = 10_000
#: A name in CSL-JSON: ``family`` and ``given``, or ``literal`` for a body.
Name = dict[str, str]

#: Marks that are as good as others for comparing.
_PLAIN = str.maketrans("’‘“”„«»–—…\xa0", '\'\'"""""--. ')
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ][a-z]?\.?[ -]?){1,5}")
_INITIAL = re.compile(r"[A-ZÀ-Þ][a-z]?\.(?:-?[A-ZÀ-Þ]\.)*")
_ROLE = re.compile(
    r"[,.]? ?[(\[]?\b(?:editors?|eds?|hrsg|hg|dir|coords?|red|comps?|translators?|trans)\b\.?[)\]]?"
    r"[.,:]?$",
    re.IGNORECASE,
)
#: Words for further authors, in the languages of the lists that are read.
ET_AL = (
    r"(?:et al\b\.?|et alii\b|others\b|u\. ?a\.|e\. ?a\.|m\. ?fl\.|mfl\.|i in\.|"
    r"et coll\.|y otros\b|e outros\b|ym\.|a kol\.|és mtsai\.?)"
)
#: What stands for an author who is not known.
UNNAMED = re.compile(r"(?:o\. ?V\.|N\. ?N\.|[Oo]hne Verfasser|Anon(?:ymous|\.))(?=$|[ ,.(:])")
_OTHERS = re.compile(
    rf",? (?:and |& |en |und )?{ET_AL}$",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"(?:ltd|inc|llc|co|corp|plc|gmbh|ag|s\.?a|b\.?v|n\.?v|spa|oy|ab|sons|brothers|partners)\.?",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
#: Words of a body's name that no family name has.
_OF_BODIES = frozenset("of the for on and & für fur und pour et des du y e per di in at".split())
_BODY = re.compile(
    r"\b(?:[A-Z]\w*(?:ministr|departe?ment|agenc|institut|universit|commissi|committ|comit|council|"
    r"conseil|associat|organi[sz]|federat|authorit|parliament|observator|amt\b|rat\b)\w*|"
    r"Ministry|Department|Agency|Institute?|University|Commission|Committee|Council|Association|"
    r"Organi[sz]ation|Federation|Authority|Parliament|Bureau|Office|Board|Union|Group|Guild|"
    r"Society|Company|Bank|Cent(?:er|re)|Service|Press|News|Times|Networks?|Forum|Foundation|"
    r"Government|Partnership|Alliance|Trust|Fund|House|Gazette|Monitor|Equity|International|Wires?|"
    r"Capital|Research|Systems|Technologies|Telecom|Labs?|Chamber|Court|Senate|Congress|Academy|"
    r"Consortium|Coalition|Initiative|Project|Programme|Team|Staff|League|Club|College|School|"
    r"Bundes\w+|Verband|Verein|Gesellschaft|Stiftung|Amt|Rat|Agence|Observatoire|Observatory|Fédération|"
    r"Union|Ministère|Autorité|Société|Centre|Review|Journal|Quarterly|Association|Companies|"
    r"Exchange|Watch|Register|Secretariat|Administration|Regulator|"
    r"Analytics|Analysts|Consulting|Consultants|Partners|Advis[eo]rs|Insights|Associates)\b"
)
_PARTICLES = frozenset(
    "van von der den de del della di da dos das du la le al el ibn bin ter ten zu zur af av "
    "y".split()
)
#: Particles that belong to a family name with a capital too, and those that join two such names.
_CAPITAL_PARTICLES = frozenset(
    "De Di Da Van Von Del Della Dos Ó Ní Nic Mac Ben Bin Al El La Le Ter Ten Den Der St. Ap".split()
)
#: A particle before a vowel: d’Ávila.
_ELIDED = re.compile(r"[dl][’'][A-ZÀ-Þ]")
_JOINING = frozenset("da dos das do".split())
#: A family name in capitals, and given names: ``MARTIN Paul``.
_CAPITALS = re.compile(
    r"(?P<family>[A-ZÀ-Þ’'-]{2,}(?: [A-ZÀ-Þ’'-]{2,}){0,2}) (?P<given>[A-ZÀ-Þ][a-zà-þ].{0,30})"
)
#: Family name and initials without a comma: ``Martel C.``
_UNPARTED = re.compile(
    r"(?P<family>[^\s.,]{2,30}(?: [^\s.,]{2,30}){0,2}) "
    r"(?P<given>(?:[A-ZÀ-Þ]{1,2}|(?:[A-ZÀ-Þ]\.[ -]?){1,4}))"
)
_MOST_WORDS = 14


@dataclass(frozen=True)
class Authors:
    """The authors that a text names, whether as editors, and how sure that is, from 0 to 1."""

    names: list[Name] = field(default_factory=list)
    editors: bool = False
    score: float = 0.0


@dataclass(frozen=True)
class _Token:
    text: str
    joined: bool


def names_body(text: str) -> bool:
    """Tell whether words may name a body: one of them is what bodies are called."""
    return bool(_BODY.search(text)) and len(text.split()) < 8


def is_body(text: str) -> bool:
    """Tell whether words are the name of a body, each of its words with a capital letter."""
    words = [word for word in text.split() if word.lower() not in _OF_BODIES]
    return bool(_BODY.search(text)) and all(word[0].isupper() for word in words)


_LETTERS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=REMEMBERED)
def folded(text: str) -> str:
    """Fold case, accents and punctuation away, for comparing."""
    text = text.translate(_PLAIN)
    if not text.isascii():
        bare = text.replace("ß", "ss").replace("ø", "o").replace("ł", "l")
        bare = unicodedata.normalize("NFKD", bare)
        text = "".join(c for c in bare if not unicodedata.combining(c))
    letters = text.casefold()
    if "’" in letters or "'" in letters:
        letters = re.sub(r"(?<=\w)[’'](?=\w)", "", letters)
    return " ".join(_LETTERS.findall(letters))


def parse_authors(text: str, *, natural: bool = False) -> Authors:
    """Read the authors of a work, in whatever manner lists of works have.

    ``Doe, Jane``; ``Doe, Jane, and Richard Roe``; ``Doe, J., & Roe, R.``; ``Doe, Eva/Roe, Max``;
    ``J. Doe and R. Roe``; ``Doe, Jane, et al.``; whatever does not look like persons is one body:
    ``Reuters``, ``Ministry of Justice``, ``Barnes and Noble``, ``Hall, Inc.``

    Parameters
    ----------
    text
        The words before title or year.
    natural
        Whether given names stand first, as in notes and numbered lists.
    """
    text = " ".join(re.sub(r",? ?(?:\. \. \.|…),? ?(?:& )?", ", ", text).split()).strip(" ,;:")
    without_role = _ROLE.sub("", text)
    editors = without_role != text and not re.search(r"trans|comp", text[len(without_role) :], re.I)
    bare = _OTHERS.sub("", without_role).strip(" ,;:(")
    if not bare:
        return Authors()
    torn = bare.count("(") != bare.count(")")
    if len(bare.split()) > 3 * _MOST_WORDS or torn or re.search(r"[“”\"«»]|https?:", bare):
        return Authors([{"literal": _unstopped(bare)}], editors, 0.0)
    separated = _separated(bare)
    names, score = separated or _read(bare, natural)
    return Authors(names, editors, score)


def _separated(text: str) -> tuple[list[Name], float] | None:
    """Read names between semicolons, slashes or dashes: each family name first, or natural."""
    mark = next((m for m in (";", "/", " – ") if m in text), None)
    cut = re.split(rf" ?{mark} ?(?:and |& )?", text) if mark else []
    parts = [part for part in (each.strip(" .").lstrip(" ,") for each in cut) if part]
    if len(parts) < 2 or not all("," in part for part in parts):
        return None
    names = []
    for part in parts:
        family, _, given = part.partition(",")
        names.append({"family": family.strip(), "given": _given(given.strip())})
    return names, 0.95


def _read(text: str, natural: bool) -> tuple[list[Name], float]:
    tokens = _tokens(text)
    initials = any(_INITIALS.fullmatch(token.text) for token in tokens[1:])
    if initials and (persons := _persons(tokens, natural)):
        return persons, 1.0
    if len(tokens) == 1 and (person := _turned(text)) and not _BODY.search(text):
        return [person.groupdict()], 0.85
    if _is_body(tokens, text, natural):
        return [{"literal": _unstopped(text)}], _body_score(text, len(tokens))
    if persons := _persons(tokens, natural):
        return persons, 0.9 if len(tokens) > 1 else 0.7
    return [{"literal": _unstopped(text)}], 0.3


def _body_score(text: str, tokens: int) -> float:
    """Score a body: a name has few words in small letters, no year, no colon, and is not long."""
    words = text.split()
    small = sum(w[0].islower() and len(w) > 3 and w.lower() not in _OF_BODIES for w in words)
    score = 0.85 if _BODY.search(text) or tokens > 1 else 0.6
    odd = bool(re.search(r"[:?!]", text)) + bool(re.search(r"\b[12][0-9]{3}\b|\bn\.d", text))
    return score - 0.06 * max(0, len(words) - 6) - 0.3 * small - 0.6 * odd


def _tokens(text: str) -> list[_Token]:
    """Split at commas and words for and; suffixes and legal forms go with the name before."""
    tokens: list[_Token] = []
    pieces = re.split(r"(,? (?:and|&|und|et|y|a) |, & |, |,$| ?… ?)", text)
    for joint, piece in zip(["", *pieces[1::2]], pieces[::2], strict=False):
        piece = piece.strip()
        if not piece:
            continue
        legal = _COMPANY.fullmatch(piece) and not piece[0].islower()
        if tokens and (_SUFFIX.fullmatch(piece) or (legal and len(piece) > 2)):
            last = tokens.pop()
            glue = f"{joint} " if _SUFFIX.fullmatch(piece) is None else ", "
            tokens.append(_Token(f"{last.text}{glue.rstrip()} {piece}", last.joined))
        else:
            tokens.append(_Token(piece, bool(re.search(r"and|&|und|et|y|a", joint))))
    return tokens


def _is_body(tokens: list[_Token], text: str, natural: bool) -> bool:
    words = text.split()
    if len(tokens) == 1 and "," in text and not _SUFFIX.search(text):
        return True
    if _BODY.search(text):
        return True
    inner = {word.lower() for token in tokens for word in token.text.split()}
    if inner & (_OF_BODIES - {"e", "y", "di", "in"}):
        return True
    if len(tokens) == 1:
        return not _INITIAL.match(words[0]) and not (natural and 1 < len(words) < 5)
    # Barnes and Noble, Rigby & Sons: names joined, and nothing given.
    return all(t.joined for t in tokens[1:]) and all(len(t.text.split()) == 1 for t in tokens)


def _persons(tokens: list[_Token], natural: bool) -> list[Name]:
    """Read tokens as persons; empty if some are none."""
    names: list[Name] = []
    at = 0
    while at < len(tokens):
        token = tokens[at].text
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        inverted = following is not None and not following.joined and _is_given(following.text)
        initials = following is not None and bool(_INITIALS.fullmatch(following.text))
        if unparted := _turned(token):
            names.append(unparted.groupdict())
            at += 1
        elif (
            inverted
            and following
            and _is_family(token)
            and (initials or (at == 0 and not natural) or not _natural(token))
        ):
            names.append(_suffixed(token, following.text))
            at += 2
        elif person := _natural(token):
            # In lists that turn the first name, one without a comma has its family name first.
            turned = at == 0 and not natural and len(tokens) > 1 and not _INITIAL.match(token)
            names.append({"literal": token} if turned else person)
            at += 1
        else:
            return []
    return names


def _turned(text: str) -> re.Match[str] | None:
    """Match a family name first, without a comma: ``Martel C.``, ``MARTIN Paul``."""
    return _UNPARTED.fullmatch(text) or _CAPITALS.fullmatch(text)


def _suffixed(family: str, given: str) -> Name:
    found = re.search(r",? ((?:Jr|Sr)\.?|II|III|IV)$", given) or re.search(
        r",? ((?:Jr|Sr)\.?|II|III|IV)$", family
    )
    name = {"family": family, "given": _given(given)}
    if found:
        name = {
            "family": re.sub(r",? (?:(?:Jr|Sr)\.?|II|III|IV)$", "", family),
            "given": _given(re.sub(r",? (?:(?:Jr|Sr)\.?|II|III|IV)$", "", given)),
            "suffix": found[1],
        }
    return name


def _is_family(text: str) -> bool:
    words = text.split()
    if all(word in _PARTICLES for word in words):
        return False
    return len(words) <= 4 and all(
        word[0].isupper()
        or word.lower() in _PARTICLES
        or "-" in word
        or word[0] in "‘’'"
        or _ELIDED.match(word)
        for word in words
    )


def _is_given(text: str) -> bool:
    words = re.sub(r", (?:Jr|Sr|II|III)\.?$", "", text).split()
    return (
        0 < len(words) <= 4
        and all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
        and not _COMPANY.fullmatch(text)
    )


def _given(text: str) -> str:
    """Drop the full stop that ends the authors, but not that of an initial."""
    return text if re.search(r"\b[A-ZÀ-Þ]\.$", text) else text.rstrip(".")


def _natural(text: str) -> Name | None:
    """Read ``Jane van Doe``; one name alone, or one that is none, is no person."""
    suffix = re.search(r",? ((?:Jr|Sr)\.?|II|III|IV)$", text)
    words = (text[: suffix.start()] if suffix else text).rstrip(".").split()
    if not 2 <= len(words) <= 6 or any(any(c.isdigit() for c in word) for word in words):
        return None
    if not words[0][0].isupper() or words[-1].lower() in _PARTICLES:
        return None
    if any(word[0].islower() and word.lower() not in _PARTICLES for word in words[:-1]):
        return None
    inner = range(1, len(words) - 1)
    particles = _PARTICLES | _CAPITAL_PARTICLES
    at = next((n for n in inner if words[n] in particles), len(words) - 1)
    if words[at] in _JOINING and at > 1 and not _INITIAL.fullmatch(words[at - 1]):
        at -= 1
    name = {"family": " ".join(words[at:]), "given": " ".join(words[:at])}
    return name | ({"suffix": suffix[1]} if suffix else {})


def _unstopped(text: str) -> str:
    """Drop a full stop at the end, but not that of an abbreviation."""
    return text if re.search(r"\b(?:Inc|Ltd|Co|Corp|Jr|[A-Z])\.$", text) else text.rstrip(".")
