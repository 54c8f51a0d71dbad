"""Places of which a share is told, where a statement has it of the whole world."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from splinternet.essay.contents import Contents
from splinternet.essay.gazetteer import Actor
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import ends_of

__all__ = ["other_place"]

_PLACES = frozenset(("state", "region"))
_SHARES = frozenset(("market_share", "vendor_share", "depends_on"))
#: What the place of a market stands behind.
_IN = re.compile(
    r"\b(?:in|across|within|throughout|inside|of|for) (?:the )?(?:whole (?:of )?|all (?:of )?)?$"
)
#: Parts of the world, which no list of states has.
_REGION = re.compile(
    r"\b(?:(?:Latin|North|South|Central) America|the Americas|"
    r"(?:(?:North|South|East|West|Central|Sub-Saharan|Southeast|South-East)(?:ern)? )?"
    r"(?:Africa|Asia|Europe)|Asia[- ]Pacific|Oceania|"
    r"the (?:Middle East|Gulf|Balkans|Baltics|Caribbean|Caucasus|Pacific|Maghreb|Levant)|"
    r"Scandinavia|EMEA|MENA)\b(?![’']s (?!market))|"
    r"\b(?:Latin |North |South |East |West )?(?:American|African|Asian|European|Chinese|Indian|"
    r"Russian|Japanese|Korean|Brazilian) (?=(?:[\w-]+ ){0,4}market\b)"
)


def other_place(
    contents: Contents, supports: Sequence[Statement], actors: Mapping[str, Actor]
) -> str:
    """Return the first place of a share in a sentence that no statement has; or none.

    Parameters
    ----------
    contents
        What the sentence has.
    supports
        The statements that bear it out.
    actors
        Those of the ledger, by id.
    """
    if not supports or not all(each.predicate in _SHARES for each in supports):
        return ""
    if any(each.scope.countries for each in supports):
        return ""  # its scope is compared already
    ends = {end for each in supports for end in ends_of(each) if end in actors}
    told = " ".join(
        (*(each.own_words for each in supports), *(n for end in ends for n in actors[end].names))
    )
    text = contents.text
    places = {id for id, one in actors.items() if one.kind in _PLACES} - ends
    named = [m for m in contents.mentions if m.actor in places]
    found = [m.text for m in named if _IN.search(text, max(0, m.start - 30), m.start)]
    found += [match[0].strip() for match in _REGION.finditer(text)]
    return next((name for name in found if name.removesuffix("an") not in told), "")
