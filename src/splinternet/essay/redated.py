"""Sentences that date an act, its end or a deadline otherwise than statements have it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from splinternet.essay.assertion import without_announced
from splinternet.essay.dates import Period, year_period
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.moods import is_unsure
from splinternet.essay.passages import Passage
from splinternet.essay.polarity import direction
from splinternet.essay.reversals import turns_in
from splinternet.essay.statements import Statement
from splinternet.essay.topics import Topic, Topics

__all__ = ["redated"]

#: It was not so before the time that follows.
_LATE = re.compile(
    r"\b(?:(?:not|never)\b|n[’']t\b|wait(?:ed|s|ing)\b|h(?:eld|olds) (?:back|off)\b)"
    r"[^.;:]{0,90}?\b(?:until|till|before)\b|\bno (?:earlier|sooner) than\b|\bas late as\b|"
    r"\bonly (?:[a-z]+ )?(?=(?:in|on|from|after|since)\b(?: the (?:spring|summer|autumn|"
    r"winter) of)? "
    r"(?:[0-9]|(?-i:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)))|\bonly (?:put|added|signed|listed|banned|issued|adopted|made|began|begun|"
    r"started)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"(?:until|till|before)\b", re.IGNORECASE)
#: It was the first of its kind, or began.
_FIRST = re.compile(
    r"\b(?:first(?! (?:half|quarter))|for the first time|beg[ai]n(?:s|ning)?|begun|start(?:s|ed|"
    r"ing)?|"
    r"dat(?:es|ed|ing)? (?:back )?(?:from|to)|goes back to|only|since|introduced|launched)\b",
    re.IGNORECASE,
)
#: The time of one act is told, not of one of several.
_DATED = re.compile(
    r"\b(?:dat(?:e|es|ed|ing)(?: back)? (?:from|to)|t(?:ook|akes|aken) (?:place|effect)|occurred|"
    r"happened|"
    r"as early as|back in|goes back|(?:entered|came|went|been|was|were|is) (?:in|into|"
    r"to) (?:force|effect)|"
    r"(?:was|were|is|been) (?:[a-z]+ly )?(?:signed|agreed(?: upon)?|concluded|published|adopted|"
    r"passed|issued|enacted|"
    r"introduced|announced|imposed|approved|granted|brought out|built|laid|completed|finished|"
    r"damaged|cut|broken|"
    r"hit|bought|acquired|sold|added|put|listed|placed|banned|excluded|barred|blocked|committed|"
    r"lent|lifted)|"
    r"(?:the|[’']s?|its|their) (?:[\w’'-]+ ){0,6}?(?:signing|signature|publication|adoption|"
    r"listing|agreement|contract|"
    r"statement|declaration|treaty|memorandum|law|act|decree|amendment|ban|exclusion|decision|"
    r"takeover|purchase|loan|"
    r"credit|damage|break|cut|attack|order|rule|warning|licence|settlement|deal|insurance))\b",
    re.IGNORECASE,
)
#: It was over, or went on, then.
_ENDED = re.compile(
    r"\b(?:end(?:s|ed|ing)?(?! of)|stopp?(?:ed|s)|ceased?|(?:is|was|were|been) over|expired?|"
    r"lapsed?|ran out|"
    r"terminated|discontinued|wound (?:up|down)|"
    r"finished|gone|for good)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:still|remain(?:s|ed|ing)?|continu(?:es|ed|ing)|kept|keeps|to this day|even now|went on|"
    r"right (?:through|up) to)\b",
    re.IGNORECASE,
)
_AS_LONG_AS = re.compile(r"(?:until|till|through|to|up to|right up to)\b", re.IGNORECASE)
#: By when something has to be done.
_DEADLINE = re.compile(
    r"\b(?:deadline|by|until|till|no later than|from which|must|have to|has to|out|remov\w+|"
    r"time limit|indefinite\w*)\b",
    re.IGNORECASE,
)
#: Those that happen once, of which another date is a contradiction by itself.
_ONCE = frozenset(
    "enacts acquires bans leaves damages regulates operates restricts allows builds accuses".split()
)
#: Those that are told of as one: the contract, the treaty.
_TOLD_OF = frozenset("partners_with contracts finances trials_with".split())
_WAYS = {"bans": "stops", "restricts": "stops", "allows": "lets"}
#: Words for when something was.
_FREE = roots(
    "wait waited until before first begin began start started date dates dated back place happen "
    "occur "
    "early late year month still remain continue end ended deadline fixed effect force "
    "publication signing "
    "sign publish announce only long ago war already"
)
_SHARES = frozenset(("market_share", "vendor_share", "depends_on"))
#: Acts that are told as those of a law.
_RULES = frozenset(("enacts", "regulates", "allows"))
#: So many words of a statement show that a passage is on it, where none means its act.
_SHOWN = 2
#: What was done after damage: it was mended, or laid at somebody's door.
_AFTERWARDS = re.compile(
    r"\b(?:repairs? (?:to|of|on|beg|start)|attribut\w*|blam\w+|accus\w+|pinn(?:ed|ing)|"
    r"responsib\w+|"
    r"finger|door|suspect\w*|investigat\w+|seiz\w+|detain\w*|arrest\w*|charg(?:ed|es)|sued)\b",
    re.IGNORECASE,
)
#: Acts that are ends.
_ENDS = frozenset(("leaves", "bans", "restricts", "damages"))
#: In what it is told, whose time is not that of the act.
_ATTRIBUTED = re.compile(
    r"^(?:According to|As|By|In) (?:[\w’'-]+ ){0,6}?(?:lists?|surveys?|reports?|stud(?:y|ies)|"
    r"counts?|"
    r"estimates?|figures|tables?|papers?|articles?|interviews?|texts?|essays?|speech|"
    r"letter)\b[^,;]{0,40},|"
    r"\b(?:lists?|surveys?|reports?|stud(?:y|ies)|articles?|interviews?|essays?) (?:of|from|in|"
    r"published in) "
    r"(?:[A-Z]\w+ )?[0-9]{4}",
)
#: What tells that a time is one of those that are compared.
_CUES = (_LATE, _FIRST, _DATED, _ENDED, _GOES_ON, _DEADLINE)
#: By so many words fewer a passage may tell what it dates otherwise than something else.
_FEWER = 1


def redated(passage: Passage, topics: Topics, dated: Period | None) -> list[Topic]:
    """Return the statements of which a passage gives another date, end or deadline.

    Parameters
    ----------
    passage
        The passage.
    topics
        The statements of the ledger, to find those that it is on.
    dated
        Date of the essay.
    """
    cited = [(*found.span(), found[0]) for found in _ATTRIBUTED.finditer(passage.text)]
    told = [
        (each.text, each.period)
        for each in passage.times
        if each.period and each.period.precision != "vague" and each.rule == "calendar"
    ]
    if any(a <= each.start < b for a, b, _ in cited for each in passage.times):
        return []
    if any(year in words for *_, words in cited for year in passage.unread_years):
        return []
    told += [(f"in {year}", year_period(int(year))) for year in sorted(passage.unread_years)]
    if len(told) < len(passage.times):
        return []
    if not _LATE.search(passage.text) and is_unsure(without_announced(passage.text)):
        return []
    now = [] if told or dated is None or not _GOES_ON.search(passage.text) else [("still", dated)]
    if not (told or now) or not any(cue.search(passage.text) for cue in _CUES):
        return []
    plain = topics.without_names(passage)
    found = topics.of(passage, lambda one: one.period.start is not None)
    found = [each for each in found if _tells(passage, plain, each, topics)]
    other = [each for each in found if _is_otherwise(passage, each.statement, told, now)]
    best = [each for each in other if each.shared == other[0].shared]
    if not best or best[0].shared < found[0].shared - _FEWER:
        return []
    further = [t for t in told if not any(_is_own(each.statement, t[1]) for each in best)]
    others = [each.statement for each in found if each not in best]
    told_of = [each.statement for each in best]
    others += [one for each in told_of for one in topics.between(each) if one not in told_of]
    others = [one for one in others if one.predicate not in _SHARES]
    return [] if any(_is_own(one, time) for one in others for _, time in further) else best


def _tells(passage: Passage, plain: Passage, topic: Topic, topics: Topics) -> bool:
    """Tell whether words are for the act of a statement, the way it goes, and for no other one."""
    one, lexicon = topic.statement, read_lexicon()
    acts = lexicon.acts.get(one.predicate, frozenset())
    acts |= lexicon.acts["enacts by itself"] if one.predicate in _RULES else frozenset()
    acts |= lexicon.with_same(topics.tellings.told(one)) & lexicon.acting
    if not plain.words & acts and topic.shared < _SHOWN:
        return False
    if one.predicate == "damages" and _AFTERWARDS.search(passage.text):
        return False
    late = bool(_LATE.search(passage.text))
    text = plain.text if not late else _LATE.sub(" ", topics.with_masks(passage))
    turns = turns_in(text, one.predicate)
    way = _WAYS.get(one.predicate)
    if turns.denials or (way is None and turns.reversals and not _ENDED.search(text)):
        return False
    if way and direction(text) not in (way, "none", "both"):
        return False
    return topics.leaves_nothing(plain, one, lexicon.acting | _FREE, 1)


def _is_otherwise(
    passage: Passage,
    one: Statement,
    told: list[tuple[str, Period]],
    now: list[tuple[str, Period]],
) -> bool:
    """Tell whether a passage has another time of a statement, by the words that tell it."""
    text, started = passage.text, one.started_by
    if started is None:
        return False
    if one.deadline and told:
        return _is_other_deadline(text, one, told)
    ended = _is_other_end(text, one, told or now) if one.lasting and one.period.end else None
    if ended is not None or (_ENDED.search(text) and one.predicate not in _ENDS):
        return bool(ended)
    times = [(word, time) for word, time in told if not _is_own(one, time)]
    if len(times) != 1:
        return False
    word, time = times[0]
    if _LATE.search(text) and (first := _first_of(word, time)):
        return started < first
    if time.start is None or time.end is None or _AS_LONG_AS.match(word):
        return False
    if _FIRST.search(text) and time.start > started and len(told) == 1:
        return True
    once = one.predicate in _ONCE or one.predicate in _TOLD_OF
    return once and len(told) == 1 and bool(_DATED.search(text)) and not _is_then(one, told)


def _first_of(word: str, time: Period) -> date | None:
    """Return the first day at which what was late may have been."""
    if time.start is not None:
        return time.start
    if time.end is None:
        return None
    if word.lower().startswith("before"):
        return time.end + timedelta(days=1)
    return time.end.replace(day=1) if time.precision != "year" else date(time.end.year, 1, 1)


def _is_other_deadline(text: str, one: Statement, told: list[tuple[str, Period]]) -> bool:
    """Tell whether a time by which something has to be done is another than a statement's."""
    other = [time for _, time in told if not _is_own(one, time)]
    if len(other) != 1 or not _DEADLINE.search(text) or one.deadline is None:
        return False
    ends = other[0].end or other[0].start
    return ends is not None and abs(ends.year - one.deadline.year) > 1


def _is_other_end(text: str, one: Statement, told: list[tuple[str, Period]]) -> bool | None:
    """Tell whether something is over, or goes on, at a time at which a statement has it not so.

    None where a passage says nothing of the kind.
    """
    end = one.period.end
    if end is None:
        return None
    word, time = told[-1]
    if _GOES_ON.search(text) and time.start and not _AS_LONG_AS.match(word):
        return time.start > end
    if _AS_LONG_AS.match(word) and time.end:
        return abs(time.end.year - end.year) > 0 and not _LATE.search(text)
    if _ENDED.search(text) and time.end:
        return time.end < end and (end.year - time.end.year) > 0
    return None


def _is_own(one: Statement, time: Period) -> bool:
    """Tell whether a time is that of a statement: of its start, its end or its deadline."""
    ends = (day for day in (one.period.end, one.deadline) if day)
    inside = any((time.start or day) <= day <= (time.end or day) for day in ends)
    bounded = time.start is not None and time.end is not None
    return (bounded and one.happened.overlaps(time)) or (inside and time.start is not None)


def _is_then(one: Statement, told: Iterable[tuple[str, Period]]) -> bool:
    """Tell whether a statement has an act at one of the times that are told as those of acts."""
    if one.period.start is None:
        return False
    times = [time for word, time in told if time.start is not None or not _UNTIL.match(word)]
    return len(times) == 1 and one.happened.overlaps(times[0])
