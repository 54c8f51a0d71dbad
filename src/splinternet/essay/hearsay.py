"""Hearsay: what a sentence has from somebody unnamed, or calls untrue as a whole."""

from __future__ import annotations

import re

from splinternet.essay.stems import Sieve

__all__ = ["is_hearsay"]

#: Those who say in the name of an office, be it without a name, or in a paper of one.
_OFFICIAL = (
    r"(?:court|judge|tribunal|regulator|ministry|minister|government|agency|parliament|committee|"
    r"commission|report|study|survey|statement|filing|release|communiqu[ée]|order|decree|law|act|"
    r"notice|directive|letter|audit|official|spokes\w+|ambassador|president|treaty|agreement|deal|"
    r"decision|ruling|verdict|reading|finding|investigation|inquiry|document|source|clause|rule)s?\b"
)
_SAYS = (
    r"(?:says?|said|claims?|claimed|writes?|wrote|has it|have it|had it|reports?|reported|"
    r"swears?|swore|"
    r"insists?|insisted|tells?|told|maintains?|maintained|alleges?|alleged|asserts?|asserted|"
    r"boasts?|boasted|mentions?|mentioned|(?-i:lists?)|notes?|noted|knows?|knew|believes?|believed|"
    r"thinks?|thought|heard|hears?|reads?|assures?|assured|repeats?|repeated|posted|shared)\b"
)
_SOMEBODY = (
    rf"(?:(?:an?|some|another|one of|certain|several|many)\b(?! year| month| week| day)"
    rf"(?! (?:[\w-]+ ){{0,3}}{_OFFICIAL})(?: [\w’'-]+){{1,9}}?|"
    r"(?-i:[Oo]ne)|(?:somebody|someone|people|everybody|everyone|some|many|rumou?r|legend|gossip|word)"
    r"(?: [\w’'-]+){0,6}?)"
)
#: What carries no weight, whoever made it.
_IDLE = (
    r"(?:brochure|leaflet|flyer|prospectus|advert\w*|forum|blog\w*|tweet|posting|meme|commenter|"
    r"chat\w*|neighbour|friend|uncle|aunt|cousin|colleague|acquaintance|driver|barber|stranger|"
    r"tabloid|horoscope|podcast|video|wiki|website|handout|pamphlet|poster|quiz|newsletter)s?\b"
)
#: Those without a name who give another account, and verbs that then are ones of saying.
_OTHERS = (
    rf"(?:others?|some|{_IDLE}|(?:papers?|newspapers?|magazines?|tabloids?|media|press|sources?|"
    r"accounts?|reports?|voices|commentators?|observers?|critics?|sites?|pages?|posts?)\b)"
)
_GIVES = (
    r"(?:say|said|g[ai]ves?|puts?|blamed?|blames|adds?|added|named?|names|have|has|had|claim(?:s|ed)?|"
    r"(?:speaks?|spoke|wrote|writes?|talk(?:s|ed)?) (?:of|about)|made it|mak(?:e|es) it|spoke of)\b"
)
#: What a paper without a name does, whatever kind of paper it is.
_ASSERTING = r"(?:asserting|claiming|alleging|insisting|suggesting|purporting|pretending|swearing)"
#: How a sentence calls untrue what it has told.
_WHAT_WAS_SAID = r"(?:(?:the|that|this|their|his|her) [\w-]+|that|this|it|he|she|they)"
_UNTRUE = (
    r"(?:is|was|are|were) (?:quite |simply |plainly |just |flatly )?(?:wrong|false|untrue|mistaken|"
    r"incorrect|in error|a mistake|an error|an? (?:\w+ )?(?:invention|lie|myth)|nonsense|not true|"
    r"not so|not the case)\b"
)
#: What nobody said.
_UNSAID = re.compile(
    r"\b(?:never|did not|has not|had not|have not|did ?n[’']t|has ?n[’']t|refused to|declined to|"
    r"failed to) (?:(?:once|ever|even|yet) )?(?:said|say|told|tell|stated|state|disclosed?|"
    r"revealed?|explained?|mention(?:ed)?|warn(?:ed)?|promised?|estimated?)\b"
)
_HEARSAY = re.compile(
    rf"(?:^\W*|[;:,—(] ?(?:and |but )?)(?:(?:and|but|yet|still,?|(?:even )?though|although|while|"
    rf"whereas|because|as|since|or|what|whatever) )?{_SOMEBODY} {_SAYS}"
    rf"|[;:,—(] ?(?:(?:and|but|yet|(?:even )?though|although|while|whereas|as|or) )?"
    rf"(?:(?:an?|some|other|one|several|many|certain) (?:[\w-]+ ){{0,2}}?)?{_OTHERS}"
    rf"(?: (?:had|have|has|also|even|then|later)| (?:in|on|from|of) [\w-]+(?: [\w-]+)?)? {_GIVES}"
    r"|, (?:say|write|add|claim|swear|wrote|said)(?:s|ed)? (?:an?|some|one|the) "
    rf"(?:[\w-]+ ){{0,2}}?{_IDLE}"
    rf"|\b(?:an?|some|one|the) (?:[\w-]+ ){{0,2}}?(?:{_IDLE}|press\b|papers\b|media\b)"
    r"(?: ha[ds]| have)? (?:ha[ds] it|had it|reported|gave|gives|put it)\b"
    rf"|\b(?:the|this|that|my|his|her|our) (?:[\w-]+ ){{0,2}}?{_IDLE}(?: [\w’'-]+){{0,6}}? {_SAYS}"
    rf"|\b(?:according to|if (?:you|we|one) believes?|on|in|from|by) (?:an?|some|another|people|"
    rf"my|the|one) (?:[\w-]+ ){{0,2}}?{_IDLE}"
    r"|\baccording to (?:people|somebody|someone|some|rumou?r|hearsay|gossip|"
    r"legend|the grapevine)\b"
    r"|\b(?:I|we|one|you) (?:(?:ha(?:ve|s|d)|once|often|also|only) ){0,2}"
    r"(?:read|reads|heard|hears?|gather(?:ed)?|learn(?:ed|t)?|(?:am|was|is|are|were|been) told)\b"
    r"|\b(?:supposedly|allegedly|purportedly|reputedly)\b"
    r"|\b(?:the|a|an|this|their|his|her|one) (?:[\w-]+ )?(?:claim|idea|notion|belief|story|tale|"
    r"legend|assertion|allegation|suggestion|theory|impression|hypothesis|contention|"
    r"fear|hope) that\b"
    r"|(?:^\W*|[;:,—] (?:and |but )?)[Ww]hether (?:[A-Z]|the\b|its?\b)[^;:]*"
    r"\b(?:is|was|are|remains?|nobody|question|unknown|unclear|doubt)"
    rf"|\b(?:an?|some|another|one) (?:[\w-]+ ){{0,3}}?{_ASSERTING} that\b"
    rf"|[;:,—] ?(?:and |but |yet )?{_WHAT_WAS_SAID} {_UNTRUE}"
    r"|\bit(?: is|[’']s| was) (?:said|told|rumou?red|whispered|believed|thought|claimed) that\b",
    re.IGNORECASE,
)
_SIEVE = Sieve([_HEARSAY.pattern])
#: A clause as the subject, of which the sentence says something.
_CLAUSE = re.compile(r"(?:^\W*(?:(?:And|But|Yet) )?|[;:—] )[Tt]hat (?=[A-Z]|(?:the|an?|it|its) )")
#: What may be said of such a clause so that it is a fact.
_AFFIRMED = re.compile(
    r"\b(?:is|was|are|remains?|became|becomes) (?!not\b|no longer\b|hardly\b)(?:[\w-]+ ){0,3}?"
    r"(?:known|certain|true|clear|no secret|documented|beyond|public|history|proved|proven|"
    r"established|evident|undisputed|facts?|no surprise|on record|no accident|no wonder)\b"
)


def is_hearsay(text: str) -> bool:
    """Tell whether nobody with a name or an office says it, or the sentence calls it untrue.

    A clause as a subject (*that X did Y is ...*) counts only where the sentence says that it is so.
    """
    if _UNSAID.search(text):
        return True
    clause = _CLAUSE.search(text)
    if clause and not _AFFIRMED.search(text, clause.end()):
        return True
    return bool(_SIEVE.likely(text) and _HEARSAY.search(text))
