"""Why, at whose order and to whom something was done, where no statement tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from splinternet.essay.actors import FIRMS
from splinternet.essay.contents import Contents
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.parties import Parties
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import Tellings, ends_of

__all__ = ["Causes"]

_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_REST = r"(?P<told>[^,;:()—]*)"
#: What leads to a reason.
_REASON = re.compile(
    r"(?:\b(?:[Bb]ecause(?: of)?|[Dd]ue to|[Oo]wing to|[Tt]hanks to|[Oo]n account of|"
    r"[Ii]n view of|[Ii]n (?:response|reaction|reply|retaliation|return|revenge|protest|exchange) "
    r"(?:to|for|at|against)|"
    r"[Oo]ut of (?:fear|concern|anger|spite|loyalty|respect)(?: of| for| that)?|"
    r"[Ff]or fear (?:of|that)|[Ff]or (?:[a-z]+ )?reasons? (?:of|that)|[Ii]n order (?:to|that)|"
    r"[Aa]s (?:an? )?(?:results?|consequences?|revenge|punishments?|"
    r"retaliation|reward|reply|answer|response) (?:of|for|to)|"
    r"[Oo]n the (?:strength|basis|grounds?) (?:of|that)|[Ii]n (?:the )?light of)|"
    r"\b(?:determined|dictated|driven|motivated|prompted|triggered|provoked|inspired|explained|"
    r"justified|influenced|brought about|necessitated|occasioned) by|"
    r"\b(?:based|rested|rests|founded|grounded|hinged|hinges) (?:up)?on|"
    r"\b(?:resulted|results|stemmed|stems|sprang|arose) from|"
    r"\b[Aa]fter(?! [\w-]+ (?:day|week|month|year)s?\b)"
    r"(?= (?:the |its |an? )?(?:[a-z-]{4,} ){1,3}(?:by|from|against) |"
    r" (?:[\w’'-]+ ){1,4}(?:had|were|was) [a-z]+(?:ed|en|n|ne|t|d|up)\b)) "
    rf"{_REST}"
)
#: The same before its noun: for political reasons.
_GROUNDS = re.compile(
    r"\b(?:[Ff]or|[Oo]n) (?P<told>(?!(?:the|his|her|its|our|these|no|other|many|several)\b)"
    r"(?:[a-z-]+ ){1,2})(?:reasons|grounds|motives|purposes)\b|"
    r"\b[Ff]or (?:the next|another|the coming|at least) "
    r"(?P<long>[\w-]+(?: [\w-]+)? (?:days|weeks|months|years|decades))\b|"
    r"\b(?:[Aa]t|[Oo]n|[Uu]nder|[Bb]y) (?:the |its |their )?(?:requests?|behest|orders?|insistence|"
    r"invitation|instructions?|pressure|urging|suggestion|demands?|advice|threats?) "
    r"(?:of|from|by) (?P<who>[^,;:()—]*)|"
    r"\b[Ff]ollowing (?P<after>(?:an?|the|its|their) [^,;:()—]*)"
)
_ORDERED = (
    r"(?:ordered|forced|compelled|told|instructed|obliged|required|directed|pressed|pressured|"
    r"urged|asked|demanded|imposed|dictated|decreed|commanded|requested|prompted|pushed|arranged|"
    r"brokered|decided|commissioned|approved|authorised|authorized|encouraged|threatened)"
)
_POWER = (
    r"(?:[Gg]overnment|[Ss]tate|[Mm]inist(?:ry|er)s?|[Pp]arliament|[Aa]uthorit(?:y|ies)|"
    r"[Rr]egulators?|[Pp]resident|[Cc]ourts?|[Aa]rmy|[Mm]ilitary|[Ii]ntelligence|[Pp]arty|"
    r"[Cc]ongress|[Ss]enate|[Ww]hite [Hh]ouse|[Kk]remlin|[Cc]ommittee|[Cc]ommission|leadership)"
)
#: Somebody in power at whose order a firm did something.
_BY_POWER = re.compile(
    rf"\b{_ORDERED} (?:[a-z]+ ){{0,3}}?by (?:the )?(?P<who>(?:[\w’'-]+ ){{0,4}}?{_POWER})\b"
)
_POWER_DID = re.compile(
    rf"(?P<who>(?:[A-ZÀ-Þ][\w’'-]+ ){{1,3}}{_POWER}) (?:(?:had|has|then|also) )?{_ORDERED} "
)
_STATE_DID = re.compile(
    rf"(?:(?:had|has|have|then|also) )*{_ORDERED} (?:the |its )?"
    r"(?:[A-ZÀ-Þ]|operators?|firms?|carriers?)"
)
_BY_STATE = re.compile(
    rf"\b(?:{_ORDERED} (?:[a-z]+ ){{0,3}}?by|(?:at|on|by|under) (?:the )?(?:orders?|instructions?|"
    r"requests?|behest|insistence|invitation|pressure|urging|demand|command|advice) (?:of|from)) "
    r"(?:the )?$"
)
_ORDERS = roots(
    "order force compel tell instruct oblige require direct demand impose request must government "
    "ministry authority pressure decree"
)
_POWERS = frozenset(("state", "agency", "region", "organisation"))
#: To whom a thing went, or who bought it.
_TO = re.compile(
    r"\b(?:sale|sales|sold|sells?|selling|hand\w*|transfer\w*|pass(?:ed|es)|g[ai]ve[ns]?|ceded|dispos\w+|"
    r"divest\w*|went|award\w*|lost|offer\w*|leas\w+|resold|ship\w*|export\w*|deliver\w*)\b"
    r"[^,;:]{0,70}? to (?:the )?$"
)
_BOUGHT = re.compile(
    r"\b(?:bought|acquired|purchased|taken over|taken up|snapped up|inherited|absorbed|replaced|"
    r"succeeded|followed|financed|funded|paid for|run|operated|built|laid|supplied|backed|insured|"
    r"guaranteed|owned|controlled|repaired|mended) (?:[a-z]+ ){0,2}?by (?:the )?$"
)


class Causes:
    """Finds reasons, orders and receivers of acts that no statement tells.

    Parameters
    ----------
    tellings
        The words by which statements may be told.
    parties
        The actors, and who acts for whom.
    """

    def __init__(self, tellings: Tellings, parties: Parties) -> None:
        self.tellings = tellings
        self.parties = parties
        self.lexicon = read_lexicon()

    def untold(self, contents: Contents, told: Sequence[Statement]) -> Iterator[str]:
        """Yield them, for statements that bear a sentence out."""
        yield from self._reasons(_QUOTED.sub(" ", contents.text), told)
        yield from self._orders(contents, told)
        yield from self._receivers(contents, told)

    def _reasons(self, text: str, told: Sequence[Statement]) -> Iterator[str]:
        known = self.lexicon.light.union(*map(self.tellings.known, told), self.tellings.names(told))
        for found in _GROUNDS.finditer(text):
            words = next(each for each in found.groupdict().values() if each)
            if not roots(re.sub(r"\S*[0-9]\S*", " ", words)) <= known:
                yield found[0]
        for found in _REASON.finditer(text):
            after_comma = text[: found.start()].rstrip().endswith(",")
            words = roots(re.sub(r"\S*[0-9]\S*", " ", found["told"]))
            if not (after_comma or words <= known):
                yield found[0]

    def _orders(self, contents: Contents, told: Sequence[Statement]) -> Iterator[str]:
        """Yield at whose order somebody did what statements have him do."""
        ends = {id for each in told for id in ends_of(each)}
        ends = ends.union(*(self.parties.related_to(id) for id in ends))
        subjects = {each.subject for each in told}
        if _ORDERS & roots(" ".join(each.own_words for each in told)):
            return
        text = contents.text
        firms = not any(self.parties.actors[id].kind in _POWERS for id in subjects)
        for pattern in (_BY_POWER, _POWER_DID) if firms else ():
            if found := pattern.search(text):
                yield found[0]
        for mention in contents.mentions:
            if mention.actor is None or mention.actor in ends:
                continue
            if self.parties.actors[mention.actor].kind not in _POWERS:
                continue
            if _STATE_DID.match(text, mention.end + 1) or _BY_STATE.search(text, 0, mention.start):
                yield mention.text

    def _receivers(self, contents: Contents, told: Sequence[Statement]) -> Iterator[str]:
        """Yield firms to whom a thing went, or by whom it was bought, that are no party."""
        ends = {id for each in told for id in ends_of(each)}
        related = ends.union(*(self.parties.related_to(id) for id in ends))
        words = " ".join(each.words for each in told)
        for mention in contents.mentions:
            if mention.actor is None or mention.actor in related or not mention.acts:
                continue
            one = self.parties.actors[mention.actor]
            if one.kind not in FIRMS or any(name in words for name in (mention.text, *one.names)):
                continue
            before = contents.text[max(0, mention.start - 120) : mention.start]
            if _TO.search(before) or _BOUGHT.search(before):
                yield mention.text
