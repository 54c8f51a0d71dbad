"""The words a ledger may use: kinds, predicates, units, scopes.

The statement model is FollowTheMoney's (a subject, a property, a value, a source) with Wikidata's
qualifiers, references and ranks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "ACTOR_KINDS",
    "DISPUTES",
    "GENERATIONS",
    "PRECISIONS",
    "PREDICATES",
    "QUALIFIERS",
    "SEEN",
    "SEGMENTS",
    "SOURCE_KINDS",
    "STATEMENT_KINDS",
    "STATUSES",
    "UNITS",
    "UNKNOWN_CAUSE",
    "Predicate",
]

#: What an actor may be.
ACTOR_KINDS = {
    "state": "a state or territory; its id is its ISO 3166-1 code in small letters",
    "agency": "a body of a state",
    "organisation": "any other body: international, research, press",
    "company": "a company that is neither vendor nor operator",
    "vendor": "a maker of network equipment, phones or cameras",
    "operator": "a company that runs networks",
    "person": "the holder of a public office, acting in it",
    "group": "several actors that a source sums up",
    "region": "a part of the world or of a state",
    "market": "a market that shares are of",
    "law": "an act, decree, bill or other set of rules",
    "cable": "a submarine cable",
    "ship": "a vessel",
    "site": "a place or a project at one",
    "system": "a technical system or product",
    "network": "an autonomous system",
}

#: The actor that stands for a cause that is not known, and is nobody.
UNKNOWN_CAUSE = "cause-unknown"

#: How a statement is made.
STATEMENT_KINDS = {
    "fact": "reported as a fact",
    "estimate": "a figure somebody estimated, or what unnamed sources say",
    "quote": "what somebody claims",
    "forecast": "a plan or prediction",
    "opinion": "a judgement",
}

#: Whether a statement still counts.
STATUSES = {
    "normal": "it counts",
    "deprecated": "known to be wrong; it stays, with the reason in its note, but does not count",
}

#: How two statements may stand against each other, as either sees it: a file has the first three.
DISPUTES = {
    "contradicts": "the two cannot both be so",
    "objects": "it speaks against what the other did, and does not deny that it was done",
    "superseded": "the other took its place later",
    "objected": "the other objects to it",
    "supersedes": "it took the place of the other",
}

#: What the source says about a figure.
QUALIFIERS = {
    "about": "near the figure",
    "more than": "above the figure; there is no value_high",
    "at least": "the figure or more; there is no value_high",
    "just over": "slightly above the figure; there is no value_high",
    "up to": "the figure or less; there is no value_low",
}

#: How exact a date is; the loaded date is the first or last day of the month or year.
PRECISIONS = ("year", "month", "day")

#: What a figure is measured in.
UNITS = {
    "%": "per cent of what the basis says",
    "times": "ratio to an earlier value",
    "count": "things; the basis says which",
    "AUD": "Australian dollars",
    "CNY": "Chinese yuan",
    "EUR": "euros",
    "GBP": "pounds sterling",
    "RUB": "Russian roubles",
    "USD": "United States dollars",
    "USD/year": "United States dollars a year",
    "bit/s": "bits a second",
    "km": "kilometres",
    "hours": "hours",
    "days": "days",
    "months": "months",
    "years": "years",
}

#: Generations of mobile networks.
GENERATIONS = ("2G", "3G", "4G", "5G")

#: Parts of networks, goods and fields that a statement may be limited to.
SEGMENTS = {
    "RAN": "radio access network",
    "core": "core network",
    "optical": "optical transport",
    "fixed": "fixed access networks",
    "transit": "Internet transit",
    "IXP": "Internet exchanges",
    "submarine-cable": "submarine cables",
    "telecom-equipment": "equipment for networks of all kinds",
    "managed-services": "running networks for their owners",
    "smartphones": "smartphones",
    "operating-system": "operating systems of phones and tablets",
    "cameras": "surveillance cameras",
    "face-recognition": "face recognition",
    "chips": "semiconductors",
    "components": "parts and software that a maker buys",
    "cloud": "cloud computing",
    "R&D": "research and development",
    "DNS": "domain names",
    "DPI": "deep packet inspection",
    "SORM": "lawful interception and retention of data in Russia",
    "filtering": "filtering of contents",
    "USF": "the universal service fund of the United States",
    "government": "use by the state itself",
}

#: What a source is. It shows beside every citation.
SOURCE_KINDS = {
    "primary": "the acting body's own text: law, decision, statement, figures",
    "press": "a news medium's own report",
    "repost": "a copy, translation or retelling of another medium's report",
    "state media": "a medium that a state owns or directs, or a copy of its report",
    "dataset": "a collection of data",
    "research": "a scientific paper or measurement report",
    "analysis": "a note by a law firm, research institute, market researcher or expert",
    "reference": "an encyclopedia",
    "essay": "the essay that the ledger is set beside, and works known only from it",
}

#: How much of a source was read for the ledger.
SEEN = {
    "whole": "all of it, or all rows that are used",
    "excerpt": "an excerpt; the rest may say more",
    "not seen": "nothing: known from a citation of it, so no statement may rest on it",
}


@dataclass(frozen=True)
class Predicate:
    """Tie between subject and object.

    Attributes
    ----------
    doc
        What it says.
    span
        How long it holds. ``lasting``: from start to end, and on if no end is given. ``event``:
        from its start on it has happened. ``period``: a figure of the time from start to end, or
        of the day, month or year of its start if no end is given.
    """

    doc: str
    span: Literal["lasting", "event", "period"]


#: What may tie a subject to an object.
PREDICATES = {
    "accuses": Predicate("the subject accuses the object", "event"),
    "acquires": Predicate("the subject buys the object or a part of it", "event"),
    "allows": Predicate("the subject lets the object take part", "lasting"),
    "bans": Predicate("the subject forbids the object, its goods or their use", "lasting"),
    "builds": Predicate("the subject builds the object", "event"),
    "contracts": Predicate("the subject, a buyer, has a contract with the object", "lasting"),
    "damages": Predicate("the subject, a ship, a place or a cause, breaks the object", "event"),
    "depends_on": Predicate("the subject's networks rest on the object's equipment", "lasting"),
    "enacts": Predicate("the subject passes, signs or puts into force the object", "event"),
    "finances": Predicate("the subject lends to, insures or pays for the object", "lasting"),
    "lands_at": Predicate("the subject, a cable, comes ashore at the object, a site", "lasting"),
    "leaves": Predicate("the subject ends its part in the object", "event"),
    "market_share": Predicate("the subject's share or rank in the object, a market", "period"),
    "operates": Predicate("the subject runs the object", "lasting"),
    "owns": Predicate("the subject owns the object or a part of it", "lasting"),
    "partners_with": Predicate("the two work together or agree to", "lasting"),
    "regulates": Predicate("the subject sets rules for the object", "lasting"),
    "researches_in": Predicate(
        "the subject has research staff or spending in the object", "lasting"
    ),
    "restricts": Predicate("the subject limits the object or its dealings with it", "lasting"),
    "sells_to": Predicate("the subject sold to the object", "event"),
    "states": Predicate("the subject says, or does, what the claim says; of the object", "event"),
    "supplies": Predicate("the subject, a seller, equips or serves the object", "lasting"),
    "trials_with": Predicate("the subject tests the object's equipment with it", "event"),
    "vendor_share": Predicate(
        "the subject's share or rank in the equipment that the object has installed", "period"
    ),
}
