"""Words in brackets that no work of the list fits: a citation of one that is missing, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from splinternet.essay.citations import Citation
from splinternet.essay.dates import MONTH

__all__ = ["in_the_form_of_others", "like_author", "takes_number"]

#: Capitalised words, which an author unknown to the list may be.
_LIKE_AUTHOR = re.compile(
    r"(?:(?:van|von|de|del|der|la|al|di|da|den|le) ){0,3}[A-ZÀ-Þ][^\W\d_’'-]?[\w’'-]{0,30}"
    r"(?:(?:,? (?:and|&|und))? [A-ZÀ-Þ][\w’'-]{1,30}|/[A-Z]\w{0,30}){0,4}"
    r"(?:,? (?:et al|u\. ?a|e\. ?a|m\. ?fl)\.?)?"
)
_NUMBERED = (
    r"Figure|Fig|Table|Chapter|Section|Part|Appendix|Annex|Note|Box|Page|Article|Clause|"
    r"Paragraph|Line|Room|Day|Week|Phase|Stage|Step|Level|Grade|Class|Unit|Block|Floor|Gate|Route|"
    r"Road|Exit|Tram|Bus|Flight|Platform|Channel|Group|Plan|Protocol|Release|Version|Model|Type|"
    r"World War|War|Boeing|Airbus|Galaxy|Mate|Pixel|Windows|Android|Formula|Apollo|Covid|AS|Area|"
    r"Region|District|Zone|Pier|Terminal|Hall|Stiege|Building|House|Number|No|Nr|Item|Case|Bill|"
    r"Order|Rule|Law|Act|Directive|Regulation|Resolution|Recommendation|Standard|"
    r"Volume|Vol|Issue|Episode|Season|Series|Player|Team|Track|Slide|Exhibit|Photo|Map|"
    r"Drawer|Salle|Raum|Zimmer|Sala|Deck|Draft|Port|"
    r"Pin|Bay|Lot|Wave|Round|Session|Lecture|Seminar|Ward|Hut|Bridge|Tunnel|Mile|Highway|Camp|Rack|"
    r"Cabinet|Sheet|Form|Schedule|Category|Tier|Layer|Band|Mark|Gen|Iphone|iPhone|Nexus|Xbox"
)
#: Words that stand before a year and name no author.
_DATED = (
    rf"{MONTH}|Spring|Summer|Autumn|Fall|Winter|Since|Until|Before|After|In|From|As|See|Also|"
    r"Founded|Born|Under|Early|Late|Mid|Around|About|Only|Aged|Opened|Built|Published|Launched|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)
_NO_AUTHOR = re.compile(rf"(?:{_NUMBERED}|{_DATED})s?\b")
#: Words at the end of the name of an event, a law or a thing, which has a year or number.
_NAMED_THING = re.compile(
    rf"(?: |^)(?:{_NUMBERED}|Cup|Games|Olympics|Expo|Summit|Congress|Conference|Convention|"
    r"Treaty|Accords?|Agreement|Pact|Protocol|Forum|Fair|Festival|Exercise|Manoeuvres|Shields?|"
    r"Operation|Mission|Edition|Budget|Code|Statute|Decree|Ordinance|Election|Elections|Storm|"
    r"Typhoon|Hurricane|Cyclone|Prize|Award|Championships?|Street|Square|Avenue)$"
)


def takes_number(who: str) -> bool:
    """Whether words are the name of what has a number or year, and of no author."""
    return bool(_NO_AUTHOR.match(who) or _NAMED_THING.search(who) or re.search(r"[0-9]", who))


def like_author(who: str) -> bool:
    """Whether words that the list does not know may be an author all the same."""
    return bool(_LIKE_AUTHOR.fullmatch(who)) and not takes_number(who)


def in_the_form_of_others(citations: Sequence[Citation]) -> list[Citation]:
    """Leave out what no work fits and what is not written as the citations of the essay are.

    An essay that cites by numbers, notes or pages does not cite by year as well, and one that puts
    a comma before the year always does. A month tells of when something was. Names that are nearly
    those of the list remain.
    """
    citations = [
        each
        for each in citations
        if each.status != "missing" or each.hint or not _MONTH.search(each.text)
    ]
    forms = {_form(each) for each in citations if each.status == "unique" and each.form != "link"}
    forms.discard("")
    told = sum(each.status == "unique" for each in citations)
    if len(forms) != 1 or told < _ENOUGH:
        return citations
    return [
        each
        for each in citations
        if each.status != "missing" or each.hint or _form(each) in ("", *forms)
    ]


_MONTH = re.compile(rf"\b{MONTH}\b")
#: So many citations show in which form an essay cites.
_ENOUGH = 2
_YEAR = re.compile(
    r"(?P<before>.?) ?\b(?:(?:1[5-9]|20)[0-9]{2}[a-z]?\b|n\. ?d\.|in press|forthcoming)"
)


def _form(citation: Citation) -> str:
    """Return how a citation is written; empty where a year or page alone does not tell it."""
    if citation.form != "brackets":
        return citation.form
    year = _YEAR.search(citation.text)
    if year is None:
        return "page" if re.match(r"\w*[^\W\d_]{3}", citation.text) else ""
    if year.start() == 0:
        return ""
    return "comma" if year["before"] == "," else "space"
