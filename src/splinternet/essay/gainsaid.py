"""Statements that a sentence gainsays: it denies their act, or says that the opposite was done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from splinternet.essay.actors import FIRMS, Mention
from splinternet.essay.assertion import without_announced
from splinternet.essay.dates import year_period
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.moods import is_unsure
from splinternet.essay.off_lists import is_off_list
from splinternet.essay.passages import Passage
from splinternet.essay.polarity import direction
from splinternet.essay.reversals import Turns, turns_in, without_idle_denials
from splinternet.essay.scopes import scope_of
from splinternet.essay.statements import Statement
from splinternet.essay.topics import Topic, Topics
from splinternet.ledger.vocabulary import PREDICATES

__all__ = ["gainsaid"]

#: Acts of which a statement is told by which way it goes.
_WAYS = {"bans": "stops", "restricts": "stops", "allows": "lets"}
#: Acts that let somebody be there, and acts against somebody.
_WITH = frozenset(
    (
        "contracts supplies sells_to builds finances partners_with trials_with acquires owns allows"
    ).split()
)
_AGAINST = frozenset(("bans", "restricts", "leaves", "accuses"))
#: Acts that happen once, of which no time has to be told.
_ONCE = frozenset("enacts acquires leaves operates lands_at builds finances".split())
#: Those that are told by naming their parties, or by the word that turns them round.
_BY_PARTIES = frozenset(("operates", "lands_at"))
_BY_REVERSAL = frozenset(("accuses", "damages", "enacts", "regulates", *_WAYS))
#: Words that tell nothing of what is denied.
_FREE = roots(
    "whatsoever whatever anything anybody anyone something nothing again autonomous request bid "
    "offer wish favour "
    "consortium openness participation kind sort part any single ever reason rejection refusal"
)
#: Words that turn limits and leaves round whatever stands beside them.
_STRONG = {
    "stops": re.compile(
        r"(?:spar|exempt)\w*|un(?:touched|restricted|hindered|justified)", re.IGNORECASE
    ),
    "lets": re.compile(
        r"laps\w+|(?:run|ran)\w* out|rul\w+ .*out|ruled out|revok\w+", re.IGNORECASE
    ),
}
#: Words for a ban, and for nothing less.
_BANS = re.compile(r"\b(?:bann?(?:s|ed|ing)?|outlaw\w*|prohibit\w*|forb[ia]d\w*|exclu\w+)\b", re.I)
#: No limit was ever set.
_NO_LIMIT = re.compile(
    r"\b(?:no|never|not|without|nor|any)(?: (?!only\b|longer\b)[\w’'-]+){0,5}? "
    r"(?:limit(?:s|ation|ations)?|restrict(?:ion|ions|ed)|bans?|banned|barred|exclu(?:sion|ded)|"
    r"block(?:ed)?|slowing|slowed|"
    r"throttl\w+|shut down|blocking|curbs?|sanctions?|prohibit\w*|prohibition|refus(?:al|ed)|"
    r"removal)\b(?! (?:on|to) (?:lift|end))",
    re.IGNORECASE,
)
#: Whoever stands before it is whom it is done to.
_BY = re.compile(r" (?:[a-z]+ ){0,2}by\b")
#: Words that turn an act round by themselves.
_NOTHING = re.compile(
    r"nothing|empty|lost out|turn\w* .*(?:down|away|back)|no to|back|spurn|shun|snub|rebuff|repuls|"
    r"discard|ditch|jettison|pass\w* (?:over|up)|steer",
    re.IGNORECASE,
)
#: What is no law, or not the whole of it.
_DRAFT = re.compile(
    r"\b(?:drafts?|bills?|versions?|proposals?|readings?|plans?|parts?|articles?|clauses?|sections?|"
    r"appeals?|complaints?|amendments?|challenges?|motions?|objections?)\b",
    re.IGNORECASE,
)
_DENYING = roots("no not never without nor")
#: Where another part of a sentence begins.
_APART = re.compile(r"[,;:—()]|\s(?:while|whereas|although|though|because)\b")
#: What only describes whoever stands before it.
_ASIDE = re.compile(r", [^,;:()]{2,80},(?= (?:[a-z]+ ){0,3}[a-z]+)")
#: Harm, after what denies it.
_HARMS = re.compile(
    r"(?: [\w’'-]+){0,6}? (?:damag|harm|cut|br[eo]a?k|fault|fail|sever|interrupt|disrupt|hurt|hit|"
    r"loss|outage|snap|tear|tor|"
    r"rupture|incident|problem|trouble|disturb|injur|attack|affect|impair)\w*",
    re.IGNORECASE,
)
#: So many further words may be left where an act is turned round at its time.
_LEFT = 1
#: What is not known of damage is who did it, and not that it was done.
_OF_CAUSE = re.compile(
    r"\b(?:caus(?:e|es|ed)|known?|responsib\w+|blam\w+|establish\w*|prov(?:e|ed|en)|clear|"
    r"suspect\w*|culprit|"
    r"who|what|why|whether|name[sd]?|sabotage|deliberate\w*|intent\w*|accus\w+|charg(?:e|ed))\b"
)
#: Words for having to do with something, whatever it is.
_ANY_PART = roots(
    "part role hand involve involved do deal dealings piece equipment member come came talk talks "
    "talked meet met "
    "use used name named partner partners contract contracts operator network system belong own "
    "run planned use"
)


#: As if it were told of all times.
_EVER = Turns((), (), True)


def gainsaid(passage: Passage, topics: Topics) -> list[Topic]:
    """Return the statements that a passage gainsays.

    Parameters
    ----------
    passage
        The passage.
    topics
        The statements of the ledger, to find those that it is on.
    """
    text = _without_names(passage).text
    turned = {predicate for predicate in PREDICATES if turns_in(text, predicate).spans}
    if not turned:
        return []
    found = topics.of(passage, lambda one: one.predicate in turned)
    told = [each for each in found if _is_gainsaid(passage, each, topics)]
    if not told or (passage.times and _is_on_another(passage, told[0], topics)):
        return []
    return [each for each in told if each.shared == told[0].shared]


def _is_on_another(passage: Passage, one: Topic, topics: Topics) -> bool:
    """Tell whether a passage has more words of another statement of its time."""
    more = (each for each in topics.of(passage, lambda _: True) if each.shared > one.shared)
    return any(_is_then(passage, each.statement, _EVER) for each in more)


def _is_gainsaid(passage: Passage, topic: Topic, topics: Topics) -> bool:
    one = topic.statement
    bare = _without_names(passage)
    turns = _without_own(turns_in(bare.text, one.predicate), passage.text, one)
    turns = _of_parties(turns, passage, topic)
    if passage.words & topics.tellings.denied(one) - _DENYING:
        turns = replace(turns, denials=())  # it denies that itself
    if not turns.spans or not _is_turned(bare, one, turns, topics.tellings.known(one)):
        return False
    plain = topics.without_names(passage, *turns.spans)
    return (
        (one.kind == "forecast" or not is_unsure(without_announced(plain.text[: _first(turns)])))
        and _is_then(passage, one, turns)
        and _tells_act(passage, one, turns, topics)
        and _is_on_party(passage, topic, turns, topics)
        and topics.leaves_nothing(
            plain, one, _FREE | read_lexicon().acting, _LEFT if turns.reversals else 0
        )
        and not _is_so_elsewhere(passage, topic, topics)
    )


def _first(turns: Turns) -> int:
    """Return where what is denied or turned round begins: its plan, offer or chance may follow."""
    return min(start for start, _ in turns.spans)


def _named(passage: Passage) -> list[tuple[int, int]]:
    """Return where names and times stand."""
    names = [(each.start, each.end) for each in passage.mentions]
    return names + [(each.start, each.end) for each in passage.times]


def _without_names(passage: Passage) -> Passage:
    """Return the same with a word of no meaning for each name and time."""
    text = passage.text
    for start, end in _named(passage):
        text = f"{text[:start]}{'x' * (end - start)}{text[end:]}"
    return replace(passage, text=text)


def _without_own(turns: Turns, text: str, one: Statement) -> Turns:
    """Leave out words that a statement has itself, which turn nothing round: not on the list."""
    own = read_lexicon().with_same(roots(f"{one.claim or ''} {one.summary}"))
    first = ((a, b, text[a:b].partition(" ")[0]) for a, b in turns.reversals)
    kept = tuple((a, b) for a, b, word in first if not roots(word) & own)
    return replace(turns, reversals=kept)


def _of_parties(turns: Turns, passage: Passage, topic: Topic) -> Turns:
    """Leave out what is denied, or turned round, in a part of a sentence that names no party.

    Of damage only that it was done is denied, and not what could be done afterwards.
    """
    ends = [each for each in (topic.subject, topic.object) if each]
    asides = [found.span() for found in _ASIDE.finditer(passage.text)]
    text = passage.blanked(asides).text
    bounds = [0, *(found.start() for found in _APART.finditer(text)), len(text)]
    told = [(a, b) for a, b in asides if any(a <= each.start < b for each in ends)]
    outside = [e for e in ends if not any(a <= e.start < b for a, b in asides)]
    parts = [(a, b) for a, b in pairwise(bounds) if any(a <= each.start < b for each in outside)]
    if not ends:
        return turns

    def is_kept(span: tuple[int, int]) -> bool:
        within = any(first <= span[0] < last for first, last in asides)
        return any(first <= span[0] < last for first, last in (told if within else parts))

    harms = topic.statement.predicate == "damages"
    denials = (d for d in turns.denials if not harms or _HARMS.match(passage.text, d[1]))
    kept = tuple(filter(is_kept, denials)), tuple(filter(is_kept, turns.reversals))
    return Turns(*kept, turns.ever)


def _is_turned(passage: Passage, one: Statement, turns: Turns, known: frozenset[str]) -> bool:
    """Tell whether words deny an act or turn it round; a limit may be told by what is denied."""
    text = passage.text
    if one.low == one.high == 0:
        return False  # it has none itself
    if one.predicate == "damages" and _OF_CAUSE.search(text):
        return False
    if one.predicate == "enacts" and not roots(" ".join(_DRAFT.findall(text))) <= known:
        return False  # of a draft, or a part, of it
    way = _WAYS.get(one.predicate)
    if way is None:
        claimed = scope_of(text, (), {})
        more = {*claimed.generations} - {*one.scope.generations}
        return bool(turns.reversals) or not more
    text = " ".join(without_idle_denials(text).split())
    denied = one.predicate == "restricts" and turns.denials and not turns.reversals
    if denied and _BANS.search(text) and not _BANS.search(one.own_words):
        return False  # to limit somebody is no ban
    if (off := is_off_list(text, one)) is not None:
        return off and not turns.denials
    if (
        any(_STRONG[way].fullmatch(word) for word in turns.words(passage.text))
        and not turns.denials
    ):
        return True
    if way == "stops" and _NO_LIMIT.search(text):
        return True
    goes = direction(text)
    if goes == "none" and way == "lets" and turns.denials:
        return not turns.reversals
    if goes in ("stops", "lets"):
        return goes != way
    return goes == "none" and bool(turns.reversals) and not turns.denials


def _is_then(passage: Passage, one: Statement, turns: Turns) -> bool:
    """Tell whether an act was, by its statement, at the time of a passage, or always was."""
    times = [t.period for t in passage.times if t.period and t.period.precision != "vague"]
    times += [year_period(int(year)) for year in passage.unread_years]
    if len(times) < len(passage.times):
        return False
    if not times and turns.only_end(passage.text):
        return False  # of what was
    if not times:
        undated = one.period.start is None and not turns.reversals
        return turns.ever or undated or one.predicate in _ONCE
    if one.period.start is None:
        return False
    then = [one.happened.overlaps(time) for time in times]
    return any(then) if turns.reversals else all(then)


def _tells_act(passage: Passage, one: Statement, turns: Turns, topics: Topics) -> bool:
    """Tell whether a word is one for the act, or for having any part in it."""
    lexicon = read_lexicon()
    if one.predicate in _BY_PARTIES or (turns.reversals and one.predicate in _BY_REVERSAL):
        return True
    if any(map(_NOTHING.search, turns.words(passage.text))):
        return True
    if one.predicate in _WAYS and turns.denials and _NO_LIMIT.search(passage.text):
        return True
    plain = passage.blanked(turns.spans)
    acts = lexicon.acts.get(one.predicate, frozenset())
    acts |= lexicon.with_same(topics.tellings.told(one)) & lexicon.acting
    return bool(plain.words & (acts | _ANY_PART))


def _is_on_party(passage: Passage, topic: Topic, turns: Turns, topics: Topics) -> bool:
    """Tell whether a word that turns an act round is of a party of it, and of no third one."""
    ends = [each for each in (topic.subject, topic.object) if each]
    firms = [m for m in passage.mentions if m.acts and topics.actors[m.actor or ""].kind in FIRMS]
    third = [m for m in firms if not any(m.actor == each.actor for each in ends)]
    if not third:
        return True
    if turns.denials and not turns.reversals:
        return all(
            _before(firms, s) not in third or _after(firms, s) not in third
            for s in turns.denials[:1]
        )
    if topic.object is None:
        return False
    span = turns.reversals[0]
    whom = _before if _BY.match(passage.text, span[1]) else _after
    return whom(firms, span).actor == topic.object.actor


def _after(firms: Sequence[Mention], span: tuple[int, int]) -> Mention:
    """Return whom words are on: who is named next after them, or last."""
    after = [m for m in firms if m.start >= span[1]]
    return after[0] if after else firms[-1]


def _before(firms: Sequence[Mention], span: tuple[int, int]) -> Mention:
    """Return of whom something is denied: who is named last before that, or next."""
    before = [m for m in firms if m.end <= span[0]]
    return before[-1] if before else firms[0]


def _is_so_elsewhere(passage: Passage, topic: Topic, topics: Topics) -> bool:
    """Tell whether a statement of the same parties goes the way of a passage, at its time."""
    one = topic.statement
    times = [t.period for t in passage.times if t.period]
    against = (
        _AGAINST
        if one.predicate in _WITH
        else _WITH
        if one.predicate in _AGAINST
        else frozenset[str]()
    )
    others = [each for each in topics.between(one) if each.predicate in against]
    others = [o for o in others if len(passage.words & topics.tellings.told(o)) >= topic.shared]
    return any(
        not times or each.went_on.overlaps(time)
        for each in others
        for time in times or [one.happened]
    )
