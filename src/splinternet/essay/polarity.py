"""Whether a sentence lets something be or stops it, as a statement of a limit or a leave has it.

Words that stop and words that let are told apart, and each by whether it is itself denied or
stopped: *no equipment may be used*, *refused to authorise* and *lost its licence* stop, *saw no
reason to exclude* lets, and *lifted the ban* says nothing of the kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Literal

__all__ = ["direction"]

_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:[’'][a-z]+)?")
#: What denies what follows it.
_NOT = re.compile(
    r"(?:no|not|never|neither|nor|without|cannot|none|nothing|nobody|nowhere|\w+n[’']t)",
    re.IGNORECASE,
)
#: Verbs and nouns that stop something.
_STOPS = re.compile(
    r"(?:bann?(?:s|ed|ing)?|barr(?:s|ed|ing)|bars?|exclu(?:d\w+|sion)|prohibit\w*|forb[ia]d\w*|"
    r"block(?:s|ed|ing)?|refus\w+|reject\w*|den(?:y|ies|ied|ial)|veto\w*|revo(?:k\w+|cation)|"
    r"remov\w+|stripp?(?:s|ed|ing)?|restrict\w*|limit(?:s|ed|ing)?|curb(?:s|ed)?|stopp?(?:s|ed|ing)?|"
    r"halt\w*|suspen\w+|disconnect\w*|outlaw\w*|ineligible|blacklist\w*|sanction\w*|withdr[ae]w\w*|"
    r"withh[eo]ld\w*|cancel\w*|lost|los(?:e|es|ing)|depriv\w+|unplug\w*|dr[oi]ven?|shut|gone|out|"
    r"away|off|rid|ripp?(?:s|ed|ing)?|replac\w+|drop(?:s|ped)?|disappear\w*|rulout|"
    r"end(?:s|ed|ing)|locked?|closed?|throttl\w+|slow(?:s|ed|ing)?|capp(?:ed|ing)|caps?|"
    r"blackouts?|shutdowns?|confin\w+|ceas\w+|cessation|discontinu\w+|terminat\w+|prevent(?:s|ed|ing)?|forestall\w*|"
    r"debar\w*|proscrib\w+|thwart\w*|foreclos\w+|phas\w+out)",
    re.IGNORECASE,
)
#: Those by which a limit itself may be ended.
_ENDS = re.compile(
    r"(?:lift\w*|eas(?:e|es|ed|ing)|overturn\w*|repeal\w*|rescind\w*|scrapp?\w*|revers\w+|relax\w*|"
    r"annul\w*|quash\w*|void|undo\w*|undid|undone|waiv\w+|expir\w+|lapsed?|end(?:s|ed|ing)?|"
    r"withdr[ae]w\w*|revok\w+|cancel\w*|suspend\w*|dropp?\w*|stopp?\w*|halt\w*|abandon\w*|remov\w+|"
    r"spar(?:e|es|ed)|exempt\w*|free(?:s|d)|clear(?:s|ed)|reject\w*|refus\w+|den(?:y|ies|ied)|block\w*)",
    re.IGNORECASE,
)
#: Nouns for a limit.
_LIMIT = re.compile(
    r"(?:bans?|exclusions?|prohibitions?|restrictions?|limits?|sanctions?|orders?|blacklist|list|"
    r"veto(?:es)?|barriers?|curbs?|blocks?|blockade|denials?|shutdown|blackout|caps?)",
    re.IGNORECASE,
)
#: Words that let something be.
_LETS = re.compile(
    r"(?:allow\w*|permit\w*|permission|lets?|letting|admi(?:t\w*|ssion)|accept\w*|welcom\w+|grant\w*|"
    r"licen[cs]\w+|authori[sz]\w+|authority|approv\w+|clear(?:s|ed|ance)|invit\w+|green|may|can|"
    r"could|able|free|stay\w*|remain\w*|continu\w+|resum\w+|return\w*|chance|place|"
    r"part|support\w*|access|open(?:s|ed)?|embrac\w+|endors\w+|bless\w*|legali[sz]\w+|reopen\w*|"
    r"restor\w+|reconnect\w*|sided?|kept|keeps?|keeping|ex(?:ce|em)ptions?|repriev\w*)",
    re.IGNORECASE,
)
#: Those of them that tell nothing by themselves, but only where they are denied.
_WEAK = re.compile(
    r"(?:may|can|could|able|chance|place|part|access|green|remain\w*|stay\w*|continu\w+|"
    r"free|support\w*|licen[cs]e[sd]?|kept|keeps?|keeping|authority|open(?:s|ed)?|sided?|return\w*|"
    r"ex(?:ce|em)ptions?)",
    re.IGNORECASE,
)
#: Nouns for being let, each of which is denied right before it.
_NOUN = re.compile(r"(?:chance|place|part|access|authority|support|ex(?:ce|em)ptions?)")
#: Those of the words that stop which do so only with a verb: left out, gone, shut off.
_PARTICLES = re.compile(r"(?:out|away|off|end(?:s|ed|ing)?|lost|los(?:e|es|ing)|gone|rul\w+|rid)")
#: What is off is so by a verb: cut off, but not written off.
_CUTS = re.compile(
    r"(?:cut\w*|shut\w*|switch\w*|turn\w*|seal\w*|wall\w*|fenc\w+|block\w*|lock\w*|chok\w+|knock\w*|"
    r"t[oa]k\w+|kept|keep\w*|kick\w*|pull\w*|went|go|goes|gone|was|were|is|are|be|been|struck|"
    r"broke\w*|sever\w*|close\w*|clos\w+|barr?\w*|thr[eo]wn?)",
    re.IGNORECASE,
)
#: What is given or done out is not out of anything.
_GIVES_OUT = re.compile(
    r"(?:g[ai]v\w+|hand\w*|carr\w+|point\w*|set\w*|turn\w*|roll\w*|la[iy]\w*|found|find\w*|work\w*|h[eo]ld\w*|"
    r"buil[dt]\w*|spell\w*|map\w*|send\w*|sent|dol\w+|par(?:cel|t)\w*|br[eo]ak\w*|broke\w*|start\w*)",
    re.IGNORECASE,
)
#: Verbs of several words.
_KEEPS_OUT = re.compile(r"\b(?:keep(?:s|ing)?|kept) ((?:[\w’'-]+ ){1,5}?)(?:out|away|off)\b")
#: Orders of goods, which are no limit.
_ORDERS = re.compile(
    r"\b(?:(?:new|taking|takes?|took|plac(?:e|es|ed|ing)|accept(?:s|ed|ing)?|further|fresh|more|purchase|its|"
    r"their) )+orders?\b(?= (?:from|for|with|to|by|of|in|and|[a-z]+ed\b)|[.,;]|$)"
)
_LET_KNOW = re.compile(r"\b(?:let|lets) (?:it be known|(?:\w+ )?know)\b")
#: Papers that somebody is given, which let nobody by themselves.
_PAPERS = re.compile(r"\b(?:its|the|their|of|for|all|out|such|[0-9]G) (?:[\w-]+ )?permits?\b")
_RULES_OUT = re.compile(r"\brul(?:ed|es|ing) (?:[\w’'-]+ ){0,3}?out\b")
_ENDS_IT = re.compile(r"\b(?:did|does|do|doing|done) away with\b|\bgot rid of\b")
_GIVES = re.compile(
    r"\b(?:gave|giv(?:es|en|ing)|grant(?:s|ed|ing)|confirm(?:s|ed|ing)|retain(?:s|ed)|keeps?|kept|"
    r"leaves?|left|ha(?:s|d|ve)|offer(?:s|ed)|promis(?:es|ed))"
    r"(?: (?!no\b|not\b|without\b|never\b|lost\b|been\b)[\w’'-]+){0,3}? "
    r"(?:access|authority|support|free|free hand)\b|"
    r"\b(?:left|leaves?) (?:alone|untouched|in peace)\b|"
    r"\bissu(?:es|ed|ing) (?:an?|the|its|two|three) (?:[a-z]+ ){0,3}?licen[cs]es?\b"
)
#: What nobody limits.
_NO_LIMIT = re.compile(
    r"\b(?:(?:set|sets|setting|impos(?:e|es|ed|ing)|put|puts|with|has|have|had) no|"
    r"without(?: any)?) "
    r"(?:vendor )?(?:limits?|restrictions?|bans?|barriers?)\b|\b(?:is|was|are|were|be) free to\b"
)
#: What somebody may not do: could not supply, may no longer be used.
_MAY_NOT = re.compile(
    r"(?<!\bit )\b(?:(?:may|can|could|must|shall) (?:not|no longer|never)|cannot|can ?n[’']t) "
    r"(?:[a-z]+ly )?"
    r"(?=(?:be )?(?:supply|supplied|use|used|sell|sold|build|built|take part|deliver|buy|bought|"
    r"provide|provided|install|installed|serve|bid|compete|equip|participate|operate|trade|"
    r"import|imported|get (?:in|on)to|enter|reach|access)\b)"
)
#: What somebody may do, of what firms do.
_MAY = re.compile(
    r"\b(?:may|can|could|might) (?:still |again |freely |also |now )?(?:be )?"
    r"(?=(?:supply|supplied|used?|sell|sold|build|built|take part|deliver(?:ed)?|buy|bought|"
    r"ship(?:ped)?|"
    r"provided?|install(?:ed)?|serviced?|bid|compete|equip|participate|operated?|trade|maintain(?:ed)?|"
    r"import(?:ed)?|kept (?:up|in|running|alive)|keep (?:up|running|using)|repair(?:ed)?|updated?|"
    r"upgraded?|go on|continue)\b)"
)
#: A leave that is made longer.
_LEAVE = r"(?:licen[cs]es?|permi(?:ts?|ssions?)|leave|exemptions?|reprieves?|waivers?|exceptions?)"
_RENEWS = re.compile(
    rf"\b(?:prolong|extend|renew)(?:s|ed|ing)? (?:[\w’'-]+ ){{0,6}}?{_LEAVE}\b|"
    rf"\b{_LEAVE} (?:[\w’'-]+ ){{0,9}}?(?:is|was|were|been|being) (?:again |then )?(?:prolonged|"
    rf"extended|renewed)\b"
)
#: Leaves that are things, and a list that somebody approved.
_PAPERS = re.compile(
    r"\b(?P<of>(?:its|the|their|of|for|these|those) (?:[\w-]+ ){0,2})permits\b|"
    r"\b(?P<list>list) (?:that|which) (?:the )?[A-Z][\w ]{2,30} (?:had )?approved\b"
)
#: What is needed to do something, which is a limit.
_CONTROLS = re.compile(
    r"\b(?:licen[cs](?:e|es|ing)|approval|authori[sz]ation) requirements?\b|"
    r"\b(?:export|trade|technology) controls?\b|\bcontrols (?=on\b)"
)
#: What has to be no more.
_HAS_TO_GO = re.compile(
    r"\b(?:must|(?:has|have|had|is|are|was|were) to) (?:all |first |now |soon )?"
    r"(?:go|leave|disappear|vanish|be gone|be out)\b"
)
#: Who needs a licence, or is on no list of those let in.
_NEEDS_LEAVE = re.compile(
    r"\b(?:requir(?:e|es|ed|ing)|need(?:s|ed|ing)?|subject(?:s|ed)?(?: [\w’'-]+){0,9}? to)(?: "
    r"(?:an?|the|prior|their|its|"
    r"special|export|new|government|official|state))* (?:licen[cs](?:e|es|ing)|approval|"
    r"authori[sz]ation|permission|permits?)\b|"
    r"\b(?:missing|absent|omitted|left|struck|kept) (?:from|off) (?:the|its|their|a|that) "
    r"(?:[\w-]+ ){0,3}?(?:lists?|permits|tenders?|bidders)\b"
)
_ON_NO_LIST = re.compile(
    r"\b(?:(?:is|was|were|are) (?:not|never)|(?:is|was|were|are)n[’']t) (?:among|on|in|one of|"
    r"part of) "
    r"(?:the|its|their|those|a|it|them)\b(?! (?:Entity|Covered))"
)
_ON_LIST = re.compile(
    r"\b(?:is|was|were|are|be|been|put|placed|stood|stands) on (?:the|its|their|an?) list of "
    r"(?:[\w-]+ ){0,2}?(?:permits?|approved|permitted|allowed|trusted|approvals?)\b"
)
#: What is not done that follows.
_WILL_NOT = re.compile(
    r"(?:refus\w+|declin\w+|fail\w*|hesitat\w+|short|avoid\w*|resist\w*|oppos\w+|refrain\w*|"
    r"abstain\w*|shied|shy|stopp?\w*)",
    re.IGNORECASE,
)
#: A denial as the subject of a clause: not a dollar, no operator.
_SUBJECT = frozenset("a an one any every single".split())
#: So many words further on a denial bears on what it denies, and a verb that stops on its object.
_DENIES, _GOVERNS, _NEAR, _BEFORE, _FAR = 3, 9, 3, 5, 12
_BE = re.compile(r"(?:was|were|is|are|been|be)")
_JOINTS = frozenset("and but which while who as".split())
_NONE = frozenset("no none nothing nobody neither".split())

Direction = Literal["stops", "lets", "both", "none"]


@lru_cache(maxsize=512)
def direction(text: str) -> Direction:
    """Tell which way a text goes; ``both`` and ``none`` where that does not show."""
    text = _LET_KNOW.sub("said", _ORDERS.sub("deliveries", _PAPERS.sub("papers", text)))
    text = _KEEPS_OUT.sub(r"barred \1", _ENDS_IT.sub("lifted", text))
    text = _NO_LIMIT.sub("allowed", _RULES_OUT.sub("rulout", text))
    text = _MAY_NOT.sub("barred ", _GIVES.sub("allowed", text))
    text = _PAPERS.sub(lambda found: found["list"] or f"{found['of']}papers", text)
    text = _HAS_TO_GO.sub("barred", _CONTROLS.sub("restrictions", text))
    text = _NEEDS_LEAVE.sub("barred", _ON_NO_LIST.sub("barred", _ON_LIST.sub("allowed", text)))
    text = _MAY.sub("allowed ", _RENEWS.sub("allowed", text))
    words = [found[0] for found in _WORD.finditer(text)]
    ways = set(_ways(words))
    return "both" if len(ways) > 1 else ways.pop() if ways else "none"


def _ways(words: list[str]) -> Iterator[Direction]:
    nots = [bool(_NOT.fullmatch(word)) for word in words]
    stops = [bool(_STOPS.fullmatch(word)) for word in words]
    for at, word in enumerate(words):
        if word == "off":
            stops[at] = any(map(_CUTS.fullmatch, words[max(0, at - _GOVERNS) : at]))
        elif word == "out" and at and _GIVES_OUT.fullmatch(words[at - 1]):
            stops[at] = False
    for at, word in enumerate(words):
        denied = any(nots[max(0, at - _DENIES) : at]) or _is_denied(words, nots, stops, at)
        if _ENDS.fullmatch(word) and _has_limit(words, at):
            yield "lets" if not denied else "stops"
        elif stops[at] and _WILL_NOT.fullmatch(word) and any(stops[at + 1 : at + 5]):
            continue
        elif stops[at] and not (_LIMIT.fullmatch(word) and _is_ended(words, at)):
            yield from _of_stop(words, nots, at, denied)
        elif _LETS.fullmatch(word):
            reach = _NEAR if _NOUN.fullmatch(word) else _GOVERNS
            near = nots[max(0, at - reach) : at], stops[max(0, at - reach) : at]
            after = stops[at + 1 : at + 1 + _BEFORE]
            if any(near[0]) and not any(near[1]):
                yield "stops"
            elif not (any(near[1]) or any(after) or _WEAK.fullmatch(word)):
                yield "lets"


def _is_denied(words: list[str], nots: list[bool], stops: list[bool], at: int) -> bool:
    """Tell whether a verb is not done, or has a denial as its subject: not a dollar was."""
    before = range(max(0, at - _NEAR), at)
    if stops[at] and any(_WILL_NOT.fullmatch(words[i]) for i in before):
        return True
    first = max(0, at - _FAR)
    for i in range(first, at):
        subject = nots[i] and (words[i].lower() in _NONE or words[i + 1].lower() in _SUBJECT)
        if subject and not any(stops[i:at]) and not any(map(_LETS.fullmatch, words[i:at])):
            return bool(re.fullmatch(r"(?:was|were|is|are|been|be)", words[at - 1]))
    return False


def _of_stop(words: list[str], nots: list[bool], at: int, denied: bool) -> Iterator[Direction]:
    if not denied:
        yield "stops"
    elif not _PARTICLES.fullmatch(words[at]):
        yield "lets"


def _is_ended(words: list[str], at: int) -> bool:
    """Tell whether a limit is ended by a verb near it."""
    around = (*words[max(0, at - 4) : at], *words[at + 1 : at + 5])
    after = takewhile(lambda word: word not in _JOINTS, words[at + 1 : at + _FAR])
    passive = (one for be, one in pairwise(after) if _BE.fullmatch(be))
    return any(_ENDS.fullmatch(word) and not _LIMIT.fullmatch(word) for word in (*around, *passive))


def _has_limit(words: list[str], at: int) -> bool:
    """Tell whether a limit is what a verb ends, right after it or right before it."""
    reach = _FAR if at and _BE.fullmatch(words[at - 1]) else _BEFORE - 1
    around = (*words[at + 1 : at + 5], *words[max(0, at - reach) : at])
    return any(_LIMIT.fullmatch(word) for word in around)
