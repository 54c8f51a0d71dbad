"""Whether the subject of a statement is who acts in a passage, by where the two stand in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from splinternet.essay.actors import FIRMS, Mention
from splinternet.essay.apposed import begin_of
from splinternet.essay.displaced import gives_way
from splinternet.essay.gazetteer import Actor
from splinternet.essay.lexicon import roots
from splinternet.essay.passages import Passage
from splinternet.essay.statements import Statement

__all__ = ["is_after_by", "is_done_back", "is_in_order", "tell_kinds"]

#: Predicates of which the object cannot act, so that no order of words is needed.
_PASSIVE = frozenset(("enacts", "damages", "lands_at", "regulates", "builds", "operates", "states"))
_PASSIVE_VOICE = re.compile(
    r"\b(?:(?:is|are|was|were|been|being|be)(?: not| never|n[’']t)?) (?:\w+ly )?(?:\w{2,}ed|"
    r"\w+en|\w+wn|put|cut|shut|hit|"
    r"built|bought|sold|left|kept|told|held|sent|lent|won|made|struck|torn|paid)\b"
)
#: What is done to the object is told beside the act: chips that are made.
_RELATIVE = re.compile(r"\b(?:that|which|who) (?:is|are|was|were) \w+")
#: What went before, told first: after SubCom had been picked.
_FRONT = re.compile(
    r"^\W*(?:After|Once|When|Since|As|Because|Although|Though|While) [^,;:]{5,80}, "
)
#: How it became known, which is no act on anybody.
_MADE_PUBLIC = re.compile(
    r"\b(?:is|was|were|are|has been|had been) (?:made public|made known|announced|published|"
    r"disclosed|reported|taken|confirmed)\b|"
    r"\b(?:is|was|were|are|has been|have been|had been) (?:named|identified|described|listed|cited|"
    r"known) (?:as|among)\b"
)
_BY = re.compile(
    r"(?<!gear )(?<!kit )(?<!equipment )(?<!made )(?<!hardware )(?<!devices )"
    r"(?<!service )(?<!services )(?<!sales )(?<!use )(?<!bid )(?<!application )(?<!phones )"
    r"\bby (?:the |its )?$"
)
_FROM = re.compile(r"\bfrom (?:the |its )?$")
_FRONTED = re.compile(r"\W*(?:For|In|On|To|Against|Over|About|At|With) (?:the |its |their )?")
_POSSESSIVE = re.compile(r"[’']s?\b")
_OF = re.compile(r"\bof (?:the )?$")
#: Whoever wins a contract is its object.
_WON = re.compile(r"\b(?:won|wins?|landed|secured|clinched|got)\b")
#: Whoever borrows is who is financed, and whoever is awarded a part of a tender sells.
_BORROWED = re.compile(r"\bborrow(?:s|ed|ing)?\b")
_GONE_TO = re.compile(r"\b(?:tender|contract|orders?) [^,;:]{0,20}\b(?:went|gone|goes|fell) to\b")
_AWARDED = re.compile(r"\b(?:was|were) awarded\b")
#: Words for who has or provides, and for who is had or served, by which one tells the other.
_SERVING = r"(?:suppliers?|vendors?|contractors?|providers?|partners?)"
_SERVED = r"(?:customers?|clients?|buyers?)"
_OWNING = r"(?:owners?|parents?|holders?)"
_OWNED = r"(?:subsidiar(?:y|ies)|daughters?|units?|arms?)"
_THEIRS = {
    serving: (
        re.compile(rf"[’']s? (?:[\w-]+ ){{0,3}}{serving}\b"),
        re.compile(rf"\b{serving}(?: in [A-Z]\w+)? (?:of|to|for) (?:the )?$"),
    )
    for serving in (_SERVING, _SERVED, _OWNING, _OWNED)
}
#: Whoever something goes to is the object of those who give it.
_GIVEN = re.compile(
    r"\b(?:giv(?:e|es|en|ing)|gave|hand(?:s|ed)?|award(?:s|ed)?|went|go(?:es)?|fell|turn(?:s|ed)|"
    r"entrust(?:s|ed)|"
    r"pass(?:es|ed)|outsourc(?:es|ed)|assign(?:s|ed)|lent|paid|granted|flowed|reached)\b"
    r"[^;:]{0,80}?\b(?:to|into) (?:the |its )?(?:[a-z]+ ){0,2}$"
)
#: Whoever is chosen supplies from then on.
_CHOSEN = re.compile(
    r"\b(?:cho(?:se|sen|oses?)|pick(?:s|ed)?|select(?:s|ed)?|hir(?:es|ed)|opt(?:s|ed)|"
    r"prefer(?:s|red)|appoint(?:s|ed)|signed|contract(?:s|ed)|rel(?:y|ies|ied)|"
    r"(?:ha[sd]|have) (?:had )?[A-Z][\w-]+ as)\b"
)
#: Whoever is lent something does not lend it.
_LENT = re.compile(r"\b(?:lent|paid|granted|financed|funded) (?:the )?$")
#: Nobody agrees with somebody on what is done to him.
_AGREED_WITH = re.compile(
    r"\b(?:agree(?:s|d)?|settle(?:s|d)?|sign(?:s|ed)?) (?:\w+ )?with (?:the )?$"
)
#: Whoever replaces somebody is not its supplier, and whoever sells does not buy.
_INSTEAD_OF = re.compile(r" (?:has |had )?(?:replace[sd]|ousted|outdid) (?:the )?$")
_REPLACED = re.compile(
    r"\b(?:replac(?:e|es|ed|ing)|oust(?:s|ed)?|took over from|in place of|instead of) (?:the )?$"
)
_SELLS = re.compile(r" (?:has |had )?(?:sold|sells|supplied|supplies|delivered) ")
#: Whoever makes something for somebody, called right after the verb or after "for", is no customer.
_MAKES_FOR = re.compile(
    r" (?:has |had )?(?:built|laid|installed|erected|set up)(?: [^,;:]{1,80} for)? (?:the )?$"
)
#: Nor is whoever wins a contract from somebody, or gives somebody goods.
_WINS_FROM = re.compile(
    r" (?:has |had )?(?:won|got|received|secured|landed|obtained) [^,;:]{0,60}"
    r"\b(?:contracts?|orders?|deals?|tenders?) [^,;:]{0,40}?\bfrom (?:the )?$"
)
_GIVES = re.compile(r" (?:has |had )?(?:gave|handed|sent|lent|offered) (?:the )?$")
_GOODS = re.compile(
    r"^ (?:(?:an?|the|its|some|new|[0-9]+G) )*(?:[a-z-]+ )?"
    r"(?:cables?|equipment|gear|base stations?|antennas?|networks?|money|cash|shares?)\b"
)
#: What a supplier does by a contract.
_BY_SUPPLIER = re.compile(
    r"\b(?:equipped|supplied|delivered|built|provided|served|moderni[sz]ed|installed|upgraded|"
    r"replaced|replacement of [^,;:]{2,60}?|rolled out|run|operated|managed) "
    r"(?:[a-z]+ ){0,2}?by (?:the )?$"
)
_MADE_BY = re.compile(
    r"\b(?:equipped|supplied|delivered|built|provided|installed) (?:[a-z]+ ){0,2}?by (?:the )?$"
)
_OWN_GOODS = re.compile(
    r" (?:(?:[2-5]G|mobile|radio|brand|network|[a-z]+-line) )*(?:smartphones?|phones?|handsets?|"
    r"equipment|gear|"
    r"base stations?|devices?|radios?|kit|products?|terminals?|cameras?|servers?|"
    r"antennas?|shipments?|"
    r"technology|hardware)\b"
)
_INTO = re.compile(
    r"\b(?:to|into|in|for|at|reached|reaching|across) "
    r"(?:the )?(?:operator |company )?$"
)
_AGAINST = frozenset(("bans", "restricts", "accuses", "leaves"))
#: Acts of which both are told alike: agreed between one and the other.
_BETWEEN = re.compile(
    r"\b(?:agree(?:d|ment)|signed|concluded|reached|struck|contract|loan|deal|treaty|pact|"
    r"memorandum|declaration|statement|cooperation|partnership)\b[^,;:]{0,40}?\bbetween (?:the )?$"
)
#: Who says so, before what is said or after it.
_SAID = r"(?:said|says|stated|states|declared|complained|charged|alleged|claimed|found|warned|told)"
_SAYS_AFTER = re.compile(rf"(?: had| has)? {_SAID}\b")
_SAYS_BEFORE = re.compile(rf"(?:\b{_SAID}|\baccording to(?: what)?) (?:the )?$")
#: Those that powers do to firms, and operators to vendors, and the kinds of powers.
_OF_POWERS = frozenset(("bans", "restricts", "allows", "regulates"))
_OF_OPERATORS = frozenset(("contracts", "trials_with"))
_POWERS = frozenset(("state", "agency", "organisation", "person"))
#: So near an object stands to the verb of which it is one, and words by which it is none.
_NEXT = 30
_BY_OR_FROM = re.compile(r"\b(?:by|from|in|of|under|with|to)\b")
_SELLING = frozenset(("supplies", "sells_to"))
_GIVING = frozenset(("contracts", "finances", "supplies", "sells_to", "trials_with"))


def is_in_order(
    passage: Passage,
    statement: Statement,
    same: Callable[[str], frozenset[str]],
    agreed: bool,
    listed: bool,
    freely: bool = False,
) -> bool:
    """Tell whether the subject of a statement is who acts in it, as far as it shows.

    Parameters
    ----------
    passage
        The passage.
    statement
        A statement.
    same
        Returns who counts as the same as an actor.
    agreed
        Whether it is an act of both.
    listed
        Whether both speak of a list that only one agency has.
    freely
        Whether their kinds tell who acts, but for a verb that says otherwise.
    """
    giving = statement.predicate in _GIVING
    text, subject = passage.text, _place(passage, statement.subject, same)
    object = _place(passage, statement.object or "", same)
    if _is_between(text, subject, object):
        return True
    for tie in passage.ties:
        turned = statement.object in same(tie.subject or "")
        alike = tie.predicate == statement.predicate or (giving and tie.predicate in _GIVING)
        alike = alike and not (tie.act or "").startswith(("signs a contract", "is signed"))
        if alike and turned and statement.subject in same(tie.object or ""):
            return agreed or _turns(statement.predicate, text)
    between = text[subject.end : object.start] if subject.actor else ""
    if giving and _INSTEAD_OF.match(between):
        return False
    if giving and object.actor and _REPLACED.search(text[: object.start]):
        return False
    if (
        statement.predicate in _OF_OPERATORS
        and object.actor
        and gives_way(text, object.start, object.end)
    ):
        return False
    if statement.predicate in _SELLING and object.actor and _FROM.search(text[: object.start]):
        return False
    if (
        statement.predicate in _SELLING
        and subject.actor
        and _REPLACED.search(text[: subject.start])
    ):
        return False
    if statement.predicate == "finances" and subject.actor and _LENT.search(text[: subject.start]):
        return False
    if statement.predicate == "contracts" and _is_supplier(text, subject, object):
        return False
    by_supplier = object.actor and _BY_SUPPLIER.search(text[: object.start])
    if statement.predicate in _OF_OPERATORS and by_supplier and not is_after_by(text, subject):
        return True
    if statement.predicate in _OF_OPERATORS and _MADE_BY.search(text[: subject.start]):
        return False
    if freely:
        limited = statement.predicate in _AGAINST
        return not (limited and _AGREED_WITH.search(text[: object.start]))
    if statement.predicate == "finances" and (borrowed := _BORROWED.search(text)):
        return object.start < borrowed.start() < subject.start
    if statement.predicate in _PASSIVE or agreed:
        return not (subject.actor and object.actor and is_after_by(text, object))
    if statement.predicate in _AGAINST and _AGREED_WITH.search(text[: object.start]):
        return False
    if subject.actor is None and listed:
        return True
    role = _tells_role(statement.predicate, text, subject, object)
    if role is not None and (giving or statement.predicate == "owns"):
        return role
    if statement.predicate == "accuses" and _says(text, subject):
        return True
    if _turns(statement.predicate, text):
        subject, object = object, subject
    if is_after_by(text, subject) or is_after_by(text, object):
        return is_after_by(text, subject)
    if statement.predicate in _SELLING and _are_goods_for(text, subject, object):
        return True
    if giving and (given := _is_given(text, subject, object)) is not None:
        return given
    owns = _POSSESSIVE.match(text, subject.end)
    if not _POSSESSIVE.match(text, object.end):
        owns = owns or _OF.search(text[: subject.start])
    if owns or subject.rule == "adjective":
        return True
    passive = bool(
        _PASSIVE_VOICE.search(_RELATIVE.sub(" ", _FRONT.sub(" ", _MADE_PUBLIC.sub(" ", text))))
    )
    if subject.start == subject.end and object.actor and _PASSIVE_VOICE.search(text, object.end):
        return True  # all is told but by whom
    if object.start == object.end:
        return subject.actor is not None and not passive  # all is told but to whom
    if subject.rule == "place":
        return passive  # in its capital it was done
    fronted = object.actor and _FRONTED.fullmatch(text[: object.start])
    return passive == (object.start < subject.start and not fronted)


def _is_between(text: str, *parties: Mention) -> bool:
    """Tell whether an act is told as one between two parties: agreed between one and the other."""
    first, second = sorted(parties, key=lambda mention: mention.start)
    joined = re.fullmatch(r",? and (?:the )?", text[first.end : second.start])
    return bool(first.actor and joined and _BETWEEN.search(text[: first.start]))


def _tells_role(predicate: str, text: str, subject: Mention, object: Mention) -> bool | None:
    """Tell whether words say who is whose supplier, customer or owner; None where they do not."""
    above, below, serving, served = subject, object, _SERVING, _SERVED
    if predicate in ("contracts", "trials_with", "partners_with"):
        above, below = object, subject
    if predicate == "owns":
        serving, served = _OWNING, _OWNED
    if _has(text, below, serving) or _has(text, above, served):
        return True
    return False if _has(text, above, serving) or _has(text, below, served) else None


def _says(text: str, actor: Mention) -> bool:
    """Tell whether an actor is who says what stands before or after it."""
    return actor.actor is not None and bool(
        _SAYS_AFTER.match(text, actor.end) or _SAYS_BEFORE.search(text[: actor.start])
    )


def _has(text: str, actor: Mention, role: str) -> bool:
    """Tell whether an actor is said to have somebody in a role: X's supplier, a supplier of X."""
    after, before = _THEIRS[role]
    own = after.match(text, actor.end) or before.search(text[: actor.start])
    return actor.actor is not None and bool(own)


def _turns(predicate: str, text: str) -> bool:
    """Tell whether words make the object of a statement who acts: won, was the choice of."""
    if predicate == "contracts":
        return bool(_WON.search(text))  # whoever wins a contract is not who gives it
    if predicate == "finances":
        return bool(_BORROWED.search(text))
    if predicate == "sells_to" and (_AWARDED.search(text) or _GONE_TO.search(text)):
        return True
    return predicate == "supplies" and bool(_CHOSEN.search(text))


def _is_given(text: str, subject: Mention, object: Mention) -> bool | None:
    """Tell whether words say who gives and who gets; None where they do not."""
    if object.actor and _GIVEN.search(text[: object.start]):
        return True
    if subject.actor and _GIVEN.search(text[: subject.start]):
        return False
    if subject.actor and object.actor and _FROM.search(text[: subject.start]):
        return True
    return None


def _are_goods_for(text: str, subject: Mention, object: Mention) -> bool:
    """Tell whether goods of a seller go to somebody: Huawei phones were imported into Russia."""
    if not (subject.actor and object.actor and subject.start < object.start):
        return False
    between = text[subject.end : object.start]
    return bool(_OWN_GOODS.match(between) and _INTO.search(between))


def _place(passage: Passage, actor: str, same: Callable[[str], frozenset[str]]) -> Mention:
    """Return where an actor stands, or else the pronoun that may stand for it."""
    named = (m for m in passage.mentions if m.actor and actor in same(m.actor))
    place = next(named, passage.pronoun)
    return replace(place, start=begin_of(passage.text, place.start)) if place.actor else place


def _is_supplier(text: str, subject: Mention, object: Mention) -> bool:
    """Tell whether whoever is said to act makes, sells or wins what a customer asks for."""
    between, after = text[subject.end : object.start], text[object.end :]
    if _GIVES.match(between):
        return bool(_GOODS.match(after))
    return bool(
        _SELLS.match(text, subject.end) or _MAKES_FOR.match(between) or _WINS_FROM.match(between)
    )


def is_after_by(text: str, actor: Mention) -> bool:
    """Tell whether an actor stands right after by."""
    return bool(_BY.search(text[: begin_of(text, actor.start)]))


def tell_kinds(statement: Statement, subject: Actor, object: Actor | None) -> bool:
    """Tell whether the kinds of its parties tell who acts: no firm bans a state."""
    if object is None:
        return True
    if statement.predicate in _OF_POWERS:
        return subject.kind in _POWERS and object.kind in FIRMS | {"group"}
    kinds = (subject.kind, object.kind)
    return statement.predicate in _OF_OPERATORS and kinds == ("operator", "vendor")


def is_done_back(
    passage: Passage, object: str | None, subjects: frozenset[str], own: frozenset[str]
) -> bool:
    """Tell whether an object is told to do an act, of these words, to those who do it to it."""
    return any(
        len(between := passage.text[one.end : other.start]) < _NEXT
        and bool(roots(between) & own)
        and not _BY_OR_FROM.search(between)
        for one in passage.mentions
        if one.actor == object
        for other in passage.mentions
        if other.actor in subjects and other.start > one.end
    )
