"""Whether a passage tells as a fact what a statement tells, or denies, wishes or ends it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from splinternet.essay.lexicon import Lexicon, roots
from splinternet.essay.moods import is_unsure
from splinternet.essay.passages import Passage
from splinternet.essay.polarity import direction
from splinternet.essay.statements import Statement
from splinternet.essay.stems import Sieve
from splinternet.essay.tellings import Tellings

__all__ = [
    "GAINS",
    "STOPS",
    "denies",
    "is_directed",
    "is_kept",
    "is_plan",
    "is_sure",
    "is_told_of_lists",
    "is_turned_back",
    "spans_an_act",
    "turning",
    "without_announced",
]

_NEGATED = re.compile(
    r"\b(?:no(?!\. ?[0-9])|not|never|neither|nor|without|cannot|hardly|barely|scarcely|"
    r"nearly|almost|once|"
    r"former(?:ly)?|twice|only|nothing|none|nobody|nowhere|except(?:ing|ed)?|exempt\w*|"
    r"but for|other than|apart from|all but|spared?)\b|n[’']t\b|\bexception of\b",
    re.IGNORECASE,
)
#: What denies without changing that something was denied: no, not.
_DENIAL = re.compile(r"\b(?:no|not|never|without|cannot)\b|n[’']t\b", re.IGNORECASE)
#: Only, where it says how late or how soon.
_ONLY_THEN = re.compile(
    r"\bonly (?=(?:until|till|on|in|by|after|from|since|when|then|days?|weeks?|months?|years?|"
    r"an? (?:few|day|week|month|year)|two|three|four|five|six|seven|eight|nine|ten|[0-9])\b)"
    r"|\bnot only\b|\bonce (?=[a-z]+ed\b)",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\bagain\b", re.IGNORECASE)
#: What turns an act round: who lost a contract was not chosen, who goes on selling has not left.
_LOST = re.compile(
    r"\b(?:lost|loses?|losing|fail(?:s|ed)?|miss(?:es|ed)?|turn(?:s|ed)? (?:[\w’'-]+ ){0,4}?down|"
    r"beat(?:en)?|passed over|away from|turn(?:s|ed) its back|rejected|refused|declined|"
    r"withdr[ae]w|instead|(?:sign(?:s|ed)?|gave|giv(?:es|en)|sen(?:t|ds)|threw|thrown) "
    r"(?:it |them )?(?:away|up|out)|t(?:ore|orn|ears) up|"
    r"(?:keep|kept|leav|left|shut|lock|froz|freez)\w* (?:[\w’'-]+ ){0,5}?(?:out|off))\b",
    re.IGNORECASE,
)
#: What ends a limit.
_LIFTED = re.compile(
    r"\b(?:lift|end|scrap|drop|repeal|revok|rescind|revers|overturn|abolish|remov|undo|undid)\w* "
    r"(?:[\w’'-]+ ){0,3}?(?:bans?|exclusions?|prohibitions?|restrictions?|orders?)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:(?:go(?:es)?|went|going) on(?! (?:[\w’'-]+ ){1,4}(?:black)?list\b)|continu\w+|"
    r"carr(?:y|ies|ied) on|"
    r"(?:keeps?|kept|keeping)\b(?! (?:[\w’'-]+ ){0,6}(?:out|away|off|(?<!gear )(?<!kit )"
    r"(?<!equipment )from)\b)|resum\w+|"
    r"stay(?:s|ed|ing)?|remain(?:s|ed|ing)?|return(?:s|ed)?|back to|reversed(?! course)|unlimited|"
    r"any limit|"
    r"sided? with)\b",
    re.IGNORECASE,
)
#: What nobody does who stops something.
_ACCEPTS = re.compile(
    r"\b(?:approv(?:e|es|ed|ing)|wav(?:e|es|ed|ing)|green light|welcom\w+|accept(?:s|ed)?|"
    r"permit(?:s|ted)?|allow(?:s|ed)?|lets|letting|open(?:s|ed)|clear(?:s|ed)|admit(?:s|ted)?|"
    r"invit(?:e|es|ed)|embrac(?:e|es|ed)|endors(?:e|es|ed)|bless\w*|licensed|exempt\w*|"
    r"authori[sz](?:e|es|ed)|legali[sz]\w+|free(?:s|d)|lift(?:s|ed)?|"
    r"end(?:s|ed|ing)?(?! of (?:[a-z]{2,5} )?(?-i:[A-Z0-9])|"
    r" of (?:the|that|this|last|next) (?:year|month|decade|quarter))|spar(?:es|"
    r"ed))\b",
    re.IGNORECASE,
)
#: The same with what it is done by, and what somebody may then do.
_GIVES_WAY = re.compile(
    r"\b(?:g[ai]ves?|granted|got|received)\b(?=[^,;:]{0,60}\b(?:green light|free hand|permission|"
    r"blessing|clearance)\b)|\b(?:free hand|permission|blessing|clearance)\b|"
    r"\bto (?:equip|supply|build|use|sell|buy|stay|take part|participate|keep|deliver|serve)\b|"
    r"\b(?:buying|using|selling|supplying|serving|equipping)\b|\bwithout (?:any )?(?:limit|end)\b|"
    r"\bof time\b|\bas before\b",
    re.IGNORECASE,
)
#: Acts that nobody does who lost, and those of which nothing goes on.
GAINS = frozenset(
    "contracts builds supplies sells_to finances partners_with trials_with owns acquires".split()
)
STOPS = frozenset(("bans", "restricts", "leaves", "accuses", "regulates"))
_KEEPS = re.compile(r"(?:keep|kept)", re.IGNORECASE)
_KEPT = re.compile(r"\bmust be kept\b|\bkept\b")
_REFUSED_TO = re.compile(r"\brefus(?:e|es|ed|ing|al) to (?:authori[sz]e|permit|allow|license)\b")
#: What is demanded of somebody by name, where a law demands it of operators.
_DEMANDED = re.compile(r"\bdemand(?:s|ed)? that (?=(?:the )?[A-Z])")
#: Those of whom nothing is told: not counted among those that.
_NOT_AMONG = re.compile(
    r"(?:\b(?:not|never)|n[’']t) (?:(?:[a-z]+|in [0-9]{4}) ){0,3}?(?:among|amongst|one of the)\b"
)
_TO_COME = re.compile(
    r"(?<!that )(?<!which )(?<!who )\b(?:is|are|was|were|has|have|had) (?:yet |still )?to [a-z]"
)
#: What somebody has to do by a rule, which is no wish.
_DUTY = re.compile(
    r"\b(?:(?:must|shall|may|can|(?:has|have|had|is|are|was|were|would have) to)"
    r"(?: be)?(?! (?:ban|exclud|bar|prohibit|restrict|block|list|consider|decid)))\b",
    re.IGNORECASE,
)
#: What was announced to come from then on.
_ANNOUNCED = re.compile(
    r"(?<=\b)(?:announced|decided|ruled|decreed|declared|told|learn(?:ed|t)|heard|said|agreed|"
    r"disclosed|revealed|confirmed|made (?:it )?(?:clear|public|known)|presented|"
    r"introduced)\b"
    r"(?P<told>[^;:]*?\b)(?:would|will|should|could|may)\b",
    re.IGNORECASE,
)
#: What is stopped is told by what is no more.
_NO_MORE = re.compile(r"\bno (?:more|further|new|place)\b", re.IGNORECASE)
#: What a supplier is to do by a contract.
_TO_DO = re.compile(
    r"\b(?:(?:is|are|was|were) to|will|would|should|shall) (?:be )?(?:(?:entirely|fully|partly) )?"
    r"(?:equip|buil[dt]|deliver|suppl|r[ua]n\b|"
    r"transfer|replac|provid|install|construct|complet|mov|serv|"
    r"moderni[sz]|upgrad|swap|operat|manag|maintain|hand|tak|li[ea]|laid|lay|connect|cover|last)\w*|"
    r"\bto be (?:equipped|built|delivered|supplied|run|transferred|replaced|provided|installed|"
    r"completed|"
    r"finished|moved|modernised|upgraded|swapped|operated|managed)\b"
)
_BY_CONTRACT = frozenset(("contracts", "builds", "finances"))
_FROM_THEN = frozenset(
    "bans restricts regulates contracts leaves finances supplies builds trials_with".split()
)
#: What is denied of a thing: without limits.
_DENIED_THING = re.compile(r"\b(?:no|not|never|without) [\w-]+", re.IGNORECASE)
#: Kinds of statements that are what somebody said of what is to come.
_SAID = frozenset(("quote", "estimate", "forecast"))
_MODAL = re.compile(r"\b(?:would|will|should|ought to|could|may|might)\b")
#: A figure that is a bound, and that something was the whole.
_BOUND = re.compile(
    r"\b(?:no|not) (?:more|less|fewer|later) than\b|\bwithout (?:any |an? )?(?:single )?"
    r"(?:exceptions?|hesitation|delay|further ado)\b|\bif need be\b|"
    r"\bwithout (?:an? |the )?(?:[a-z]+ ){1,4}(?:being |having been )?(?:disclosed|published|named|"
    r"given|revealed)\b|\bas if\b[^,;:.]*",
    re.IGNORECASE,
)
#: Nouns for what is wished, of which the sentence says something else.
_NOUNS = re.compile(
    r"(?:\b(?:the|this|that|these|its|their)|[’']s) (?:bids?|debates?|dispute|demand|offers?|"
    r"attempts?|question|threats?|hopes?|fears?)\b(?! (?:to|that|for|of|whether|on)\b)",
    re.IGNORECASE,
)
#: What is said to be over, and acts of which that says the opposite.
_UNDONE = re.compile(
    r"\b(?:ended|ends|terminat\w+|cancel\w*|scrapped|dissolved|annulled|repealed|rescinded|"
    r"broke off|called off|fell out|lapse[sd]?|expired|struck (?:out|down)|withdrawn|"
    r"withdrew|buried|"
    r"(?:is|was|were|be) (?:all )?(?:over(?! [$€£0-9]| an?\b)|at an end|dead|no more))\b"
)
_UNDOABLE = GAINS | {"enacts", "regulates"}
#: Which of these may be found.
_TURNING = Sieve([_GOES_ON.pattern, _ACCEPTS.pattern, _UNDONE.pattern])
#: Which way what is said of a limit, or of a leave, goes.
_DIRECTED = {"bans": "stops", "restricts": "stops", "allows": "lets"}
#: Words that stop or let, which are no doubts there, and a verb that is none.
_DIRECTING = re.compile(
    r"\b(?:den(?:y|ies|ied|ial)|reject\w*|refus\w+|declin\w+|neither|nor|ended|may|can|could|"
    r"need(?:s|ed)?|required?|plans?|seek|to be|(?:may|can|could|to) lie|draft|intend(?:s|ed) "
    r"for)\b",
    re.IGNORECASE,
)
#: What somebody says of what he does, as far ahead as it goes.
_FORESEEN = re.compile(
    r"\b(?:will|would|(?:is|was|are|were)(?: not|n[’']t)? (?:going|about|ready|set) to)\b",
    re.IGNORECASE,
)
#: Whose words something is, where the media count states.
_OF_LISTS = re.compile(
    r"\b(?:media|press|newspapers?[’']?) (?:lists?|surveys?|overviews?|tall(?:y|ies)|counts?|"
    r"tables?)\b|"
    r"\blists? (?:in|of|from|by) the (?:media|press|papers|newspapers)\b|\bthe media[’']s lists?\b"
)
#: What is said to go on still.
_NOT_ENDED = re.compile(
    r"\b(?:not|never|yet to be|n[’']t)\b(?: [a-z]+){0,3}? (?:lifted|ended|withdrawn|eased|repealed|"
    r"revoked|reversed|overturned)\b(?! (?:until|till|before))|\bfor good\b|\bto this day\b"
)
#: What tells less than the whole act, or that it was otherwise before.
_LIMITED = re.compile(
    r"\b(?:hardly|nearly|almost|once|former(?:ly)?|twice|only|except(?:ing|ed)?|exempt\w*|but for|"
    r"other than|apart from|all but|spared?|again|scarcely|barely|instead)\b",
    re.IGNORECASE,
)
_NEARLY = re.compile(r"\b(?:almost|nearly)(?= (?:without|any|no|all)\b)")
#: Those whose words may be a denial: no purchases after 2020.
_BY_DENIAL = frozenset(("bans", "restricts", "regulates", "states", "enacts"))


def denies(text: str) -> bool:
    """Tell whether words deny something."""
    return bool(_DENIAL.search(text))


def is_directed(text: str, predicate: str) -> bool:
    """Tell whether a text stops, or lets, somebody as acts of a predicate do."""
    return predicate in _DIRECTED and direction(text) == _DIRECTED[predicate]


def is_turned_back(text: str, predicate: str) -> bool:
    """Tell whether a text lets, or stops, where acts of a predicate do the opposite."""
    other = {"stops": "lets", "lets": "stops"}.get(_DIRECTED.get(predicate, ""))
    return other is not None and direction(text) == other


def turning(text: str, predicate: str) -> list[tuple[int, int]]:
    """Return where words turn an act of a predicate round: lost, welcomed, let it go on."""
    stopping = [_GIVES_WAY, _GOES_ON, _ACCEPTS] if predicate in STOPS else []
    patterns = [_LOST] if predicate in GAINS else stopping
    if predicate in STOPS:
        text = _REFUSED_TO.sub(lambda found: " " * len(found[0]), text)
    return [found.span() for pattern in patterns for found in pattern.finditer(text)]


def spans_an_act(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether one of some places is of a verb, rather than of what goes with it."""
    words = [text[start:end] for start, end in spans if text[start:end].lower() != "instead"]
    return any(_LOST.match(w) or _GOES_ON.match(w) or _ACCEPTS.match(w) for w in words)


def without_announced(text: str) -> str:
    """Return a text without the words by which what was announced, or is a duty, is to come."""
    return _ANNOUNCED.sub(lambda found: found["told"], _DUTY.sub(" ", text))


def _is_put_otherwise(passage: Passage, statement: Statement) -> bool:
    """Tell whether a passage doubts, wishes or foresees, but for words that stop or let.

    A leave that somebody only speaks of is told as what he will do.
    """
    text = without_announced(passage.text)
    if statement.kind == "quote" and statement.predicate == "allows":
        text = _FORESEEN.sub(" ", text)
    return is_unsure(_DIRECTING.sub(" ", text))


def _without_nearly(text: str, statement: Statement) -> str:
    """Return a text without words for less than the whole that a statement has too."""
    own = statement.separate_words
    return _NEARLY.sub(lambda found: " " if found[0] in own else found[0], text)


def _without_told(text: str, statement: Statement) -> str:
    """Return a text without what it denies in the words of a statement, and nouns of wishes."""
    own = statement.words.lower()
    for found in _DENIED_THING.finditer(text):
        if found[0].lower() in own:
            text = text.replace(found[0], " ", 1)
    if statement.predicate == "states" and statement.kind in _SAID:
        text = _MODAL.sub(" ", text)
    return _NOUNS.sub(" ", _BOUND.sub(" ", text))


def is_plan(passage: Passage, statement: Statement) -> bool:
    """Tell whether a passage tells as a plan what a statement has as a forecast."""
    return statement.kind == "forecast" and (
        is_unsure(passage.text) or statement.predicate == "states"
    )


def is_told_of_lists(passage: Passage, statement: Statement) -> bool:
    """Tell whether a passage tells as the words of media lists what a statement has as theirs."""
    return bool(statement.as_told) and bool(_OF_LISTS.search(passage.text))


def is_sure(passage: Passage, statement: Statement, tellings: Tellings, lexicon: Lexicon) -> bool:
    """Tell whether a passage tells a fact, but for words that are the act itself: refused."""
    if _DEMANDED.search(passage.text) or _NOT_AMONG.search(passage.text):
        return False
    if is_directed(passage.text, statement.predicate):
        if statement.period.end and _NOT_ENDED.search(passage.text):
            return False
        limited = _LIMITED.search(_without_nearly(_ONLY_THEN.sub(" ", passage.text), statement))
        return not (limited or _is_put_otherwise(passage, statement))
    way = _DIRECTED.get(statement.predicate)
    if way and direction(passage.text) not in (way, "both", "none"):
        return False
    told = tellings.told(statement)
    said = statement.claim if statement.predicate == "states" else None
    proposed = bool(said) and is_unsure(said or "")
    if _is_plain(passage.text):
        if proposed and statement.kind != "fact":
            return False  # what was only proposed is told as done
        return _is_not_turned(passage, statement, told, tellings)
    done = lexicon.with_same(told).union(lexicon.acts.get(statement.predicate, ()))
    text = _without_nearly(_ONLY_THEN.sub(" ", passage.text), statement)
    text = _without_told(text, statement)
    if statement.predicate in _BY_DENIAL and denies(f"{statement.claim} {statement.summary}"):
        text = _DENIAL.sub(" ", text, count=1)
    if statement.predicate in _BY_DENIAL:
        text = _DUTY.sub(" ", text)
    if statement.predicate in ("bans", "restricts"):
        text = _NO_MORE.sub(" ", text)
    if statement.predicate in _BY_CONTRACT:
        text = _TO_DO.sub(" ", text)
    if statement.predicate in _FROM_THEN:
        text = _ANNOUNCED.sub(lambda found: found["told"], text)
    text = " ".join("~" if roots(word) & done else word for word in text.split())
    if _NEGATED.search(text) or (statement.predicate != "damages" and _AGAIN.search(text)):
        return False
    if not _is_not_turned(passage, statement, told, tellings):
        return False
    if proposed and statement.kind != "fact" and not is_unsure(passage.text):
        return False
    plan = is_plan(passage, statement) or proposed
    return plan or not (is_unsure(text) or _TO_COME.search(text))


@lru_cache(maxsize=64)
def _is_plain(text: str) -> bool:
    """Tell whether a text has no word that denies, doubts, wishes or foresees anything."""
    return not (
        _NEGATED.search(text) or _AGAIN.search(text) or _TO_COME.search(text) or is_unsure(text)
    )


def _is_not_turned(
    passage: Passage, statement: Statement, told: frozenset[str], tellings: Tellings
) -> bool:
    """Tell whether a passage does not turn the act round, or tell what the statement denies."""
    if statement.predicate in GAINS and _LOST.search(passage.text):
        return False
    own = f"{statement.claim} {statement.summary}"
    if statement.predicate == "states" and _LIFTED.search(passage.text) and not _LIFTED.search(own):
        return False
    if statement.predicate in STOPS and _turns_round(passage.text, statement):
        return False
    undoable = statement.predicate in _UNDOABLE and _TURNING.likely(passage.text)
    undone = _UNDONE.search(passage.text) if undoable else None
    if undone and not roots(undone[0]) & tellings.words(statement, denied=True):
        return False
    denied = denies(passage.text) and denies(own)
    return denied or not (passage.acts & tellings.denied(statement)) - told


def _turns_round(text: str, statement: Statement) -> bool:
    """Tell whether words let be, or let go on, what a statement says was stopped."""
    own = f"{statement.claim} {statement.summary}".lower()
    text = _REFUSED_TO.sub(" ", text) if statement.predicate == "bans" else text
    if not _TURNING.likely(text):
        return False
    found = [*_GOES_ON.finditer(text), *_ACCEPTS.finditer(text)]
    return any(each[0].lower() not in own and not is_kept(each[0], own) for each in found)


def is_kept(word: str, own: str) -> bool:
    """Tell whether to keep is what a statement has as a duty, and nothing that goes on."""
    return bool(_KEEPS.match(word) and _KEPT.search(own))
