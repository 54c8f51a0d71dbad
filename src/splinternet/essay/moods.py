"""How a sentence puts an act: as so, as not so, as ended, or as possible, wished for or doubted."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Literal

from splinternet.essay.stems import Sieve

__all__ = ["Mood", "clause_around", "is_unsure", "mood_of", "mood_of_act", "phrase_around"]

#: asserted: as a fact, be it with the name of who says so. negated: as not so. ended: as over.
#: possible: as to come, wished for, asked for or on a condition. doubted: as untrue or unsure.
#: presupposed: taken for granted by a noun, of which the sentence says something else.
Mood = Literal["asserted", "negated", "ended", "possible", "doubted", "presupposed"]

#: So many characters around an act are looked at for what bears on it.
_REACH = 300
_BREAK = re.compile(
    r"[;:—] ?| [–-] | and (?:has|have|had|was|were|is|are|will|would|then)\b|, (?:and|but|"
    r"while|whereas|so|yet|although|though|which|who|where|because|"
    r"since|after|before|as)\b|(?<=[a-z]{3})\. "
    r"| and (?=(?:an?|another|one) (?:[\w’'-]+ ){1,4}?(?:\w{3,}ed|cut|broke|won|took|gave|hit)\b)"
)
#: What begins something else that the same subject does, or that follows from it.
_ASIDE = re.compile(
    r", (?=\w{3,}ing\b)| and (?=(?:also |then |later |soon |finally )?"
    r"(?:\w{3,}ed|set|gave|took|put|made|went|left|told|began|kept|won|lost|sold|got|saw|held|sent)"
    r"\b)|, when\b| when\b"
)
_DOUBT = re.compile(
    r"\b(?:nobody|no one|none of|few believe|hardly any\w*|doubt(?:s|ed|ful|less)?|unlikely|"
    r"untrue|false|falsely|myths?|mistaken(?:ly)?|wrong|wrongly|rumou?r(?:s|ed)?|unfounded|"
    r"fabricat\w+|hoax|fiction\w*|imagin\w+|pretend\w*|as if|as though|supposed(?:ly)?|"
    r"allegedly|alleged to|reportedly|unconfirmed|no (?:evidence|proof|sign)|never happened|"
    r"contrary to|den(?:y|ies|ied|ying)|den(?:ial|ials) (?:that|of)|reject\w*|refut\w+|"
    r"on paper|in name only|so (?:it|he|she|they|we) (?:is |was |were |are )?(?:said|told|say|says|"
    r"claim(?:s|ed)?|thought|believed)|(?<!investment )disput(?:e|es|ed|ing)|"
    r"(?P<choice>instead of|rather than)|"
    r"far from|neither|nor|"
    r"contest(?:s|ed)?|question(?:s|ed) whether|speculat\w+|suspect\w*|gossip|lies?|nonsense|"
    r"invent(?:s|ed)|untruth|fake[ds]?|bogus|sham|a (?:joke|dream)|"
    r"in (?:a|an|the|his|her|this|one) (?:novel|film|story|game|"
    r"dream|satire|"
    r"play|comic|series|simulation|thought experiment))\b",
    re.IGNORECASE,
)
#: What takes back a whole sentence, wherever it stands after the act.
_FALSE = re.compile(
    r"\b(?:which|that|this|and it|but it) (?:is|was|are|were) (?:\w+ )?(?:lies?|false|"
    r"untrue|wrong|nonsense|"
    r"a lie|a myth|not (?:so|true|the case)|invented|denied|doubted|disputed)\b"
    r"|\b(?:falsely|wrongly|mistakenly)\b"
    r"|\b(?:is|was|are|were) (?:\w+ ){0,2}?(?:invented|made[- ]up|fabricated|an? (?:pure |mere )?"
    r"(?:fable|fairy tale|myth|hoax|invention)|invention|fiction)\b"
    r"|\b(?:it|that|this) (?:is|was) (?:not true|untrue|false)\b"
    r"|\bnone of (?:it|this|that|these|which) (?:is|was|were|are|ever)\b|\bor so\b"
    r"|\bso (?:the|a) (?:story|tale|rumou?r|legend|joke|theory) |\b(?:only )?on paper\b"
    r"|\bcame to (?:nothing|naught|nought)\b|\bfell (?:through|apart)\b"
    r"|\bdid not (?:happen|last|hold)\b|\bha(?:s|d|ve) not happened\b|\bno such thing\b"
    r"|\bturned out (?:to be )?(?:wrong|false|otherwise|not)\b"
    r"|, an? (?:[\w-]+ ){0,2}(?:plan|idea|rumou?r|proposal|threat|promise|wish|hope|fear|fiction|"
    r"legend|myth|hoax|invention|prediction|forecast|fantasy|dream|scenario)\b"
    r"|\b(?:but|and|though|although|yet) (?:that|this|it|all|they|the \w+) "
    r"(?:(?:was|were|has been|had been|have been) )?"
    r"(?:(?:soon|later|then|since|all|never|quickly|quietly|again) )*(?:undone|"
    r"reversed|dropped|scrapped|shelved|abandoned|withdrawn|cancelled|canceled|lifted|overturned|"
    r"annulled|repealed|rescinded|suspended|revoked|quashed|struck down|taken back|retracted|"
    r"corrected)\b"
    r"|\bnever (?:took effect|[ce]ame? into (?:force|effect)|entered into (?:force|effect)|"
    r"happened|materiali[sz]ed|(?:was|were) (?:implemented|enforced|carried out|built|signed))\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:will|would|(?-i:may)|might|could|can|should|shall|must|ought|likely|possibl[ey]|perhaps|"
    r"maybe|probabl[ey]|potentially|to be|plan(?:s|ned|ning)?|hop(?:e|es|ed|ing)|"
    r"want(?:s|ed|ing)?|wish(?:es|ed|ing)?|promis(?:e|es|ed|ing)|pledg(?:e|es|ed|ing)|"
    r"vow(?:s|ed)?|threat(?:s|en|ens|ened|ening)?|demand(?:s|ed|ing)?|urg(?:e|es|ed|ing)|"
    r"ask(?:s|ed|ing)?|beg(?:s|ged)?|call(?:s|ed|ing)? (?:on|for|upon)(?! (?:WhatsApp|"
    r"Telegram|Signal|Viber|FaceTime|messengers?|apps?)\b)|advis(?:e|es|ed|ing)|"
    r"recommend\w*|suggest(?:s|ed|ing)? that|propos(?:e|es|ed|ing|al)|consider(?:s|ed|ing)?|"
    r"discuss(?:es|ed|ing)?|debat(?:e|es|ed|ing)|expect(?:s|ed|ing)?|predict\w*|forecast\w*|"
    r"fear(?:s|ed|ing)?|intend\w*|aim(?:s|ed|ing)?|seek(?:s|ing)?|sought|try|tries|tried|trying|"
    r"attempt\w*|offer(?:s|ed|ing)?|refus(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|fail(?:s|ed)? to|"
    r"agree[sd]? to|ready|set to|about to|due to|going to|poised|in talks|talks (?:on|about)|"
    r"negotiat\w+|explor(?:e|es|ed|ing)|need(?:s|ed)?|lobb(?:y|ies|ied|ying)|petition\w*|"
    r"favou?r(?:s|ed)?|support(?:s|ed)? a|back(?:s|ed) a|prepar(?:e|es|ed|ing)|bid(?:s|ding)?|"
    r"dream(?:s|t|ed)?|draft(?:s|ed)?|if|unless|whether|suppose|provided|lest|"
    r"in case|until .{1,30} (?:does|do))\b",
    re.IGNORECASE,
)
#: Which of the three may be found.
_SIEVE = Sieve(pattern.pattern for pattern in (_DOUBT, _FALSE, _WISH))
#: What is denied of two things in a clause before says nothing of the next.
_NEITHER = re.compile(
    r"(?:neither|nor|nobody|no one|none of|hardly any\w*)\b.*[:;]", re.IGNORECASE | re.DOTALL
)
_BUT = re.compile(r"[,;] but\b(?! (?:only|not|it|this|that|nobody|no one)\b)")
_CONDITION = re.compile(
    r"^\W*(?:(?:What|Even|As|Only) if|Had|Were|Should|If|Unless|Suppose|Imagine)\b"
)
_DUTY = re.compile(r"\b(?:must|should|shall|may only|will be)\b")
#: What is told of the subject between commas right before the act.
_SET_APART = re.compile(
    r", (?:(?:the|an?) [^,;:]{2,80}|"
    r"(?:which|who) (?:had |has )?(?:hoped|wanted|feared|expected) [^,;:]{2,60}),$"
)
#: A form of "be" or "have" that makes of an infinitive a duty or a plan: was to be banned.
_TO_COME = re.compile(r"\b(?:is|are|was|were|has|have|had) to$")
#: Words that put first what the sentence denies: it was not Sweden that.
_CLEFT = re.compile(
    r"\bit (?:is|was|were) (?:not|never|nearly|almost|no longer|hardly|scarcely|to be)\b"
    r"[^:;]*\b(?:that|which|who)\b[^:;]*$",
    re.IGNORECASE,
)
#: Words after an act that take back how much, or what, it was.
_LESS = re.compile(
    r"^(?:(?!, (?:an?|who|which|that|says|said)\b).)*?\b(?:is|are|was|were|has|have|had|did|does)"
    r"(?: (?:not(?! only)|never|no longer|hardly|scarcely|barely|nearly|almost|to be)\b|n[’']t\b)",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"\b(?:not(?! only)|never|nearly|almost|refus\w+)\b|n[’']t\b", re.IGNORECASE)
_NOT_BETWEEN = re.compile(r"\b(?:not(?! only)|never)\b|n[’']t\b", re.IGNORECASE)
_OF_BEFORE = re.compile(r"\b(?:which|who|whom|whose)$")
_NOT = re.compile(
    r"(?:\b(?:not(?! only)|never|cannot)|n[’']t)"
    r"(?! (?:hesitat|fail|wait|delay|shrink|flinch)\w* to\b)(?: \w+){0,2}$|"
    r"\b(?:has|have|had|did|does|do) no$",
    re.IGNORECASE,
)
#: What nobody is given, or allowed, by an act: granted no exception.
_NONE_OF_IT = re.compile(r" no (?!(?:longer|less|more|fewer|later|other|doubt)\b)", re.IGNORECASE)
_LOOSE_NOT = re.compile(
    r"\b(?:not(?! only)|never|no(?! longer|\. ?[0-9])|without|hardly|scarcely|barely)\b|n[’']t\b",
    re.IGNORECASE,
)
_ENDING = (
    r"(?:end(?:s|ed|ing)?(?! of (?:the (?:year|month)|this|next|that|[A-Z]|[12][0-9]{3}))|"
    r"lift(?:s|ed|ing)?|terminat(?:e|es|ed|ing)|revok(?:e|es|ed|ing)|"
    r"scrap(?:s|ped|ping)?|cancel(?:s|l?ed|l?ing)?|drop(?:s|ped|ping)?|abandon(?:s|ed|ing)?|"
    r"suspend(?:s|ed|ing)?|withdr[ae]w(?:s|n|ing)?|quit(?:s|ting)?|br(?:ea|o)k(?:e|en)? (?:off|up)|"
    r"dissolv(?:e|es|ed|ing)|annul(?:s|led|ling)?|repeal(?:s|ed|ing)?|overturn(?:s|ed|ing)?|"
    r"revers(?:e|es|ed|ing)|rescind(?:s|ed|ing)?|expir(?:e|es|ed|ing)|collaps(?:e|es|ed|ing)|"
    r"stop(?:s|ped|ping)?|ceas(?:e|es|ed|ing)|halt(?:s|ed|ing)?|froze(?:n)?|paus(?:e|es|ed|ing)|"
    r"str(?:ikes?|uck|icken) down|quash(?:es|ed|ing)?|set aside|throw(?:s|n)? out|threw out|"
    r"invalidat(?:e|es|ed|ing)|overrul(?:e|es|ed|ing)|block(?:s|ed|ing)?|"
    r"relax(?:es|ed|ing)?|eas(?:e|es|ed|ing)|undid|undo(?:es|ne|ing)?|left|leav(?:e|es|ing)|"
    r"(?:put|puts|putting) (?:an|a) (?:end|stop|halt) to|tore up|torn up|"
    r"walk(?:s|ed|ing)? away from|"
    r"(?:is|was|are|were) over(?! )|void|no longer|not renew\w*)"
)
_ENDED_BEFORE = re.compile(rf"\b{_ENDING}\b(?: [\w’'-]+){{0,4}}$", re.IGNORECASE)
#: An act within a relative clause, of something that the sentence says is over.
_ENDED_OF_IT = re.compile(
    rf"\b{_ENDING} (?:the|its|their|this|that|a|an) (?:[\w’'-]+ ){{0,4}}?"
    r"(?:bans?|deals?|contracts?|orders?|agreements?|partnerships?|licences?|restrictions?|sanctions?|permissions?)"
    r"(?: (?:that|which))?(?: \w+){0,3}$",
    re.IGNORECASE,
)
_ENDED_AFTER = re.compile(
    rf"^[^,;:.]{{0,40}}?\b(?:(?:has|have|had|was|were|is|are|been|came|come) )?(?:now |"
    rf"then |since )?"
    rf"(?:been )?(?:{_ENDING}|to an end)\b",
    re.IGNORECASE,
)
#: What was over no sooner than at a time: was not lifted until.
_NOT_ENDED_UNTIL = re.compile(
    rf"^[^,;:.]{{0,40}}?\b(?:was|were|(?:has|had|have)(?: not)? been|did)(?: not|n[’']t) (?:been )?"
    rf"{_ENDING} (?:until|till|before)\b",
    re.IGNORECASE,
)
#: What follows a verb or a later clause that takes it back: agreed to end, lifted the ban.
_ENDED_NEXT = re.compile(
    rf"^ (?:their |its |the |to )?{_ENDING}\b"
    rf"|(?<!, leaving)(?<!\bleft)\b(?!leaving|left){_ENDING} (?:the|that|this|its|their|it)\b"
    rf"|\b(?:ban|deal|contract|agreement|partnership|licence|restrictions?|permission) "
    rf"(?:has been |had been |was |were |is |are )?(?:since |then |later )?{_ENDING}\b",
    re.IGNORECASE,
)
_ENDING_SIEVE = Sieve([_ENDING])
#: Verbs that say of what a noun names that it is so.
_HOLDS = re.compile(
    r"\b(?:has|have|had|with|sign\w*|form\w*|enter\w*|conclud\w*|announc\w*|struck|seal\w*|"
    r"reach\w*|extend\w*|renew\w*|prolong\w*|deepen\w*|strengthen\w*|expand\w*|continu\w*|"
    r"began|begin\w*|start\w*|launch\w*|kept|keeps?|maintain\w*|impos\w*|introduc\w*|issu\w*|"
    r"won|award\w*|dat(?:es|ed)|made|makes?|put|puts|plac\w+|cement\w*|built|builds?|through|under|via|is|was|are|were)\b",
    re.IGNORECASE,
)
_VERB_BEFORE = re.compile(
    r"\b\w{3,}ed\b|\b(?!this|its|his)\w{2,}s (?:the|its|their|that|this|an?|[A-ZÀ-Þ])\b"
)
_ENDED_WITHIN = re.compile(rf"\b{_ENDING}\b", re.IGNORECASE)
#: Ends that are no other act: to leave or to drop is one of its own.
_CANCELS = re.compile(
    r"\b(?:end|lift|terminat|revok|scrap|cancel|abandon|suspend|annul|repeal|overturn|rescind|"
    r"quash|invalidat|halt|froze|torn up|tore up|suspens|paus|freez)\w*\b",
    re.IGNORECASE,
)
#: Predicates of acts that are ends themselves.
_ENDS = frozenset(("bans", "restricts", "leaves", "enacts", "accuses"))
#: What was announced at a time, and those predicates of which that is the time.
_ANNOUNCED = re.compile(
    r"\b(?:announced|decided|ruled|decreed)\b[^,;:]{0,40} that "
    r"(?:it|they|[^,;:]{2,50}?) (?P<would>would) $"
)
_ANNOUNCEABLE = frozenset(("bans", "contracts", "finances", "leaves", "restricts"))
_NEARLY = re.compile(r"\b(?:almost|nearly|practically|virtually|all but)(?: \w+)?$", re.IGNORECASE)
_NEARLY_SO = re.compile(
    r"(?:is|are|was|were|been|being|has|have|had) (?:almost|nearly|practically|virtually|all but)\b"
)
#: What leads to an act in -ing that was not done, or only spoken of.
_NOT_DOING = re.compile(
    r"\b(?:refrain\w*|stop\w* short|avoid\w*|abstain\w*|against|oppos\w*|th(?:ink|inks|ought) "
    r"(?:about|of)|talk\w* (?:about|of)|rul(?:es?|ed) out|warn\w*|instead of|rather than|toy\w*|"
    r"mull\w*|contemplat\w*|weigh\w*|resist\w*|from|short of|close to|without|before|after)\b",
    re.IGNORECASE,
)
_NO_LONGER = re.compile(
    r"\b(?:no longer|stopped|ceased(?: to)?|used to|once|formerly|previously)(?: \w+)?$",
    re.IGNORECASE,
)


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the clause starts and ends that holds a span."""
    starts, ends = _breaks(text)
    ended = bisect_right(ends, start)
    after = max(ended, bisect_left(starts, end))
    return ends[ended - 1] if ended else 0, starts[after] if after < len(starts) else len(text)


@lru_cache(maxsize=64)
def _breaks(text: str) -> tuple[list[int], list[int]]:
    """Return where the breaks between clauses start, and where they end."""
    found = list(_BREAK.finditer(text))
    return [m.start() for m in found], [m.end() for m in found]


def phrase_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the part of the clause ends and starts that tells the same act."""
    first, last = clause_around(text, start, end)
    for found in _ASIDE.finditer(text, first, last):
        if found.end() <= start:
            first = found.end()
        elif found.start() >= end:
            return first, found.start()
    return first, last


@lru_cache(maxsize=64)
def _doubts(text: str) -> tuple[int, ...]:
    """Return where a sentence doubts something."""
    return tuple(found.start() for found in _DOUBT.finditer(text))


@lru_cache(maxsize=64)
def _ends_something(text: str) -> bool:
    """Tell whether a sentence may say that anything is over."""
    return bool(_ENDING_SIEVE.likely(text))


@lru_cache(maxsize=64)
def _bearing(text: str) -> tuple[bool, bool, bool]:
    """Tell whether a sentence doubts, takes back or wishes for anything at all."""
    likely = _SIEVE.likely(text)
    false = 1 in likely and bool(_FALSE.search(text))
    return 0 in likely and bool(_doubts(text)), false, 2 in likely and bool(_WISH.search(text))


def _is_doubted(text: str, start: int) -> bool:
    """Tell whether a sentence doubts something before what it says, up to a ``but``."""
    if not _bearing(text)[0]:
        return False
    turn = max((m.end() for m in _BUT.finditer(text) if m.end() <= start), default=0)
    return any(
        turn <= place < start and not _NEITHER.match(text[place:start]) for place in _doubts(text)
    )


def is_unsure(text: str) -> bool:
    """Tell whether a sentence doubts, wishes or foresees anything; a duty is none of these."""
    plain = _DUTY.sub("", text)
    return any(_bearing(plain)) or bool(_CONDITION.match(plain))


def mood_of(
    text: str,
    start: int,
    end: int,
    reach: int,
    noun: bool = False,
    counted: bool = False,
    dated_after: bool = False,
) -> Mood:
    """Tell how a sentence puts what its words from ``start`` to ``end`` say.

    Parameters
    ----------
    text
        The sentence, without what it quotes.
    start, end
        Where the verb or noun stands.
    reach
        Where its object ends.
    noun
        Whether it is a noun: what governs it, or follows it, tells whether it holds.
    counted
        Whether a figure tells how much.
    dated_after
        Whether something after it in the clause has a time of its own.
    """
    first, last = clause_around(text, start, max(end, reach))
    if first and _OF_BEFORE.search(text[:first]):
        first = clause_around(text, first - 8, first - 8)[0]
    before = text[max(first, start - _REACH) : start].rstrip()
    doubts, false, wishes = _bearing(text)
    doubted = _is_doubted(text, start) or (false and _FALSE.search(text, reach))
    phrase = phrase_around(text, start, max(end, reach))
    after_it = _DOUBT.finditer(text[reach : min(phrase[1], reach + _REACH)])
    if doubted or (doubts and any(found["choice"] is None for found in after_it)):
        return "doubted"  # but "chose one instead of the other" says what was chosen
    bare = _SET_APART.sub(" ", before) if wishes else before
    if _CONDITION.match(text) or (wishes and _WISH.search(bare)) or _TO_COME.search(before):
        return "possible"
    if _CLEFT.search(text[:start]) or _NOT_BETWEEN.search(text, end, reach):
        return "doubted"
    ends, after = _ends_something(text), text[reach:last]
    if noun and ends and _NOT_ENDED_UNTIL.match(after):
        return "ended"
    if (noun or counted) and _LESS.match(after):
        return "doubted"
    if dated_after and _REFUSED.search(text, phrase[1], last):
        return "doubted"
    if _NEARLY.search(before) or _NEARLY_SO.search(text, start, end):
        return "doubted"
    if _NO_LONGER.search(before) or (ends and _is_over(text, before, start, end, noun, after)):
        return "ended"
    if noun and _VERB_BEFORE.search(before[-60:]) and not _HOLDS.search(before[-60:]):
        return "presupposed"
    if _NOT.search(f"{before} {text[start:end]}".rpartition(" ")[0]) or _NOT.search(before):
        return "negated"
    if not noun and (_NONE_OF_IT.match(text, end) or _NONE_OF_IT.match(text, reach)):
        return "negated"
    if within := _LOOSE_NOT.search(text, start, end):
        return "negated" if within[0].lower() in ("not", "never") else "doubted"
    return "doubted" if _LOOSE_NOT.search(text, max(first, phrase[0]), start) else "asserted"


def _is_over(text: str, before: str, start: int, end: int, noun: bool, after: str) -> bool:
    """Tell whether words before or after an act say that it is over."""
    if _ENDED_OF_IT.search(before):
        return True
    if noun and (_ENDED_BEFORE.search(before) or _ENDED_AFTER.match(after)):
        return True
    ended = _ENDED_NEXT.search(text[end : end + _REACH])
    return bool(ended) and not _ENDED_WITHIN.search(text[start:end])


def mood_of_act(
    predicate: str, text: str, found: re.Match[str], reach: int, noun: bool, *told: bool
) -> Mood:
    """Tell how a sentence puts an act by its words and its predicate.

    One whose own words end something is over (has cancelled its contract), as is an end that is
    ended (ended its suspension); what somebody announced to do counts from then.
    """
    if found[0].partition(" ")[0].endswith("ing"):
        first, _ = clause_around(text, *found.span())
        if _NOT_DOING.search(text, first, found.start()):
            return "possible"
    if len(_CANCELS.findall(found[0])) > (predicate in _ENDS):
        return "ended"
    announced = _ANNOUNCED.search(text, max(0, found.start() - 80), found.start())
    if announced and predicate in _ANNOUNCEABLE:
        first, last = announced.span("would")
        text = text[:first] + " " * (last - first) + text[last:]
    return mood_of(text, *found.span(), reach, noun, *told)
