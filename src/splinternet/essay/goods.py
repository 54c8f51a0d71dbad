"""Whether an act is on an actor and its goods, or on something else beside it."""

from __future__ import annotations

import re

from splinternet.essay.peoples import ADJECTIVES

__all__ = ["is_elsewhere", "is_from_elsewhere", "is_owned", "makers_of"]

_GOODS = (
    r"(?:(?:[2-6]G|mobile|telecom\w*|network\w*|radio|new|Chinese|core|"
    r"own|critical|national|fixed|broadband|full-fibre|access) ){0,4}(?:equipment|gear|"
    r"technolog\w+|products?|services?|networks?|devices?|kit|hardware|infrastructure|[2-6]G|"
    r"parts?|components?|goods|business|terminals?|cameras?|routers?|phones?|handsets?|"
    r"smartphones?|chips?|masts?|base stations?|radio|satellites?|dishes|customers|operators?|"
    r"applications?|bids?|licen[cs]es?|authority|authori[sz]ations?|participation|role|"
    r"systems?|broadband|core|auctions?|trials?|roll-?out|markets?|telecom\w*|tenders?)\b"
)
_TOOLS = rf"(?:tools?|software|machines?|designs?|{_GOODS})"
_FIRMS = (
    r"(?:makers?|manufacturers?|vendors?|suppliers?|giants?|firms?|compan(?:y|ies)|groups?|"
    r"operators?|providers?|carriers?|champions?|incumbents?)\b"
)
_MADE_BY = re.compile(
    rf"\b(?P<people>{'|'.join(ADJECTIVES)}) "
    rf"(?P<firm>(?:(?:state-owned|state|[2-6]G|mobile|tele\w*|network|equipment|radio|Internet|"
    rf"transit|fixed-line|cable|wireless|technology) )*{_FIRMS})?"
    rf"(?(firm)|(?:[a-z-]+ )?{_TOOLS})"
)
_OWNED = re.compile(rf"[’']s? (?!{_GOODS})(?=[a-z])", re.IGNORECASE)
#: Whose networks a ban is from; what follows may be something else.
_FROM = re.compile(
    r" from (?:(?:its|the|all|their|any|building|supplying|providing|buying|purchasing|"
    r"American|[A-Z]\w+[’']s?) ){0,4}"
)
#: Where an act holds, as far as a statement on networks may mean it: the state's own purchases.
_FIELD = re.compile(
    r" (?:in|inside|across|throughout) (?:(?:its|the|all|their|any|every|some) ){0,2}"
    r"(?P<field>[a-z][a-z-]+)(?: (?P<sector>industr(?:y|ies)|sectors?|trade|business(?:es)?))?"
)
_FIELDS = frozenset("space schools hospitals agriculture shipping aviation banking".split())
_OF_NETWORKS = re.compile(
    r"(?:tele\w*|mobile|communications?|internet|network\w*|public|state|government\w*|federal|"
    r"digital|ICT|IT|private|critical|technology|tech|electronics?|\dG|wireless|broadband|cable)$",
    re.IGNORECASE,
)
_GOODS_HERE = re.compile(rf"{_GOODS}|[A-Z]|$")


def is_owned(text: str, end: int) -> bool:
    """Tell whether something of an actor is meant that is none of its goods: ``Huawei's rival``."""
    return bool(_OWNED.match(text, end))


def is_from_elsewhere(text: str, end: int) -> bool:
    """Tell whether a ban is from something other than networks: ``from its airports``."""
    domain = _FROM.match(text, end)
    return bool(domain and not _GOODS_HERE.match(text, domain.end()))


def is_elsewhere(text: str, end: int) -> bool:
    """Tell whether an act holds in a field without networks: ``in the fishing industry``."""
    found = _FIELD.match(text, end)
    if not found or _OF_NETWORKS.match(found["field"]):
        return False
    return bool(found["sector"]) or found["field"] in _FIELDS


def makers_of(text: str, firms: bool = False) -> list[str]:
    """Return the adjectives of the peoples whose goods a text names, or whose firms.

    Examples
    --------
    >>> from splinternet.essay.goods import makers_of
    >>> text = "The Swedish vendor sold Chinese tools."
    >>> makers_of(text), makers_of(text, firms=True)
    (['Chinese'], ['Swedish'])
    """
    found = _MADE_BY.finditer(text)
    return [each["people"] for each in found if bool(each["firm"]) == firms]
