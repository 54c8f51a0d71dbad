"""Limits of a statement by its words: a part, a product, somebody who acts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from splinternet.essay.actors import FIRMS
from splinternet.essay.dates import MONTH, find_dates
from splinternet.essay.fitting import Evidence, fits_amounts, fits_scope, fits_time, is_evidence
from splinternet.essay.gazetteer import Actor
from splinternet.essay.peoples import ADJECTIVES
from splinternet.essay.statements import Statement
from splinternet.essay.tie import Tie
from splinternet.essay.times import TimeReference
from splinternet.essay.wording import content_words
from splinternet.ledger.vocabulary import UNKNOWN_CAUSE

__all__ = [
    "covers_duty",
    "covers_part",
    "fits_asides",
    "fits_form",
    "fits_length",
    "fits_product",
    "fits_region",
    "fits_somebody",
    "fits_times",
    "misfit",
    "names_part",
    "names_partner",
    "tells_years",
]

#: Acts of which one that is limited to a part is no example of the whole.
_OF_ALL = frozenset(("bans", "allows"))
#: Segments that tell how an act is done, and so limit nothing.
_MEANS = frozenset(("filtering", "DPI", "transit", "IXP", "USF"))
#: So much of the words for a part has to be told.
_ENOUGH = 0.5
#: Words by which a duty is laid on somebody.
_OBLIGES = content_words(
    "oblige obliges obliged require requires required order ordered make made compel compels "
    "compelled force forced demand demanded tell told had to must may only under by rule law "
    "decree decision order government country nation all every each new old its their who which "
    "that"
)
#: Predicates of what has to be done by a day.
_DEMANDS = frozenset(("bans", "restricts", "regulates", "enacts"))
_BY_THEN = re.compile(r"(?:by|until|till|no later than|up to|through|from|at the end of)\b", re.I)
_BY_DAY = re.compile(r"(?:by|no later than)\b", re.IGNORECASE)
#: What leads to the time from which something decided before holds.
_FROM_THEN = re.compile(
    r"\b(?:appl(?:y|ies|ied|ying)|in force|into force|effective|(?:with|tak(?:e|es|ing)|took) "
    r"effect|"
    r"valid|binding|beg[iau]n(?:s|ning)?|start(?:s|ed|ing)?|hold(?:s|ing)?)"
    r"(?: only)?(?: (?:from|as of|as from|on|at|in|with|since))?(?: the)? $|\bfrom $"
)
#: What a firm has by a name: Apple's App Store.
_PRODUCT = re.compile(r"(?P<of>[A-Z]\w+)[’']s (?P<name>[A-Z]\w+)")
#: Units of lengths of time, and a length without a number.
_LENGTHS = frozenset(("minutes", "hours", "days", "weeks", "months", "years"))
_FOR_A = re.compile(
    r"\b(?:for|lasted|took|within) (?:an?|one|the) (?:whole |full |entire |good |single )?"
    r"(?P<unit>minute|hour|day|week|fortnight|month|year|decade)\b"
)
#: A time that tells how long something took.
_LATER = re.compile(r"([0-9]{1,4}) (day|week|month|year)s? (?:later|afterwards)")
#: Words for somebody unknown that tell no more than that something was done.
_OF_VOLCANOES = content_words("volcanic eruption tsunami")
_OF_AGENCIES = content_words("regulator agency watchdog authority bureau commission office")
#: A parliament acts for its state, and for no agency of it.
_BY_PARLIAMENT = re.compile(
    r"\b(?:Congress(?! (?:in|at) (?:Barcelona|Shanghai))|Senate|parliament|lawmakers|legislators|"
    r"Duma|Bundestag|Riksdag|House of Commons)\b"
)
#: A part of the country in which networks are: its Ural networks.
_REGION = re.compile(
    r"(?:\b(?:its|their|the)|[’']s) ([A-Z][a-z]+(?:[ -][A-Z][a-z]+)?) "
    r"(?:networks?|regions?|districts?|divisions?|branch(?:es)?)\b"
)
#: What a firm is called beside its name.
_OF_FIRMS = content_words(
    "operator provider carrier company firm vendor maker supplier giant group insurer incumbent "
    "manufacturer now called known named state-owned owned national public export credit mobile "
    "telecom equipment"
)
_LENDERS = content_words("lender lenders creditor bank bankers")
_TIME = re.compile(
    rf"\b(?:(?:in|on|of) )?(?:[0-9]{{1,2}} )?{MONTH}(?: [0-9]{{1,2}},?)?(?: [0-9]{{4}})?\b"
)
#: Acts of which the form of an agreement may be any.
_AGREEMENTS = frozenset(("partners_with", "trials_with"))
#: Forms of an agreement that bind nobody, which no contract is.
_FORMS = (
    re.compile(r"\b(?:memorand(?:um|a)|MoUs?)\b", re.IGNORECASE),
    re.compile(r"\b(?:letters?|statements?|declarations?) of intent\b", re.IGNORECASE),
)
_ANYBODY = content_words(
    "when something somebody someone fault faults one two three both cables cable line lines it "
    "same announcement decision"
)


def names_part(evidence: Evidence) -> bool:
    """Tell whether a clause has most of the words by which a statement names a part."""
    part = content_words(evidence.statement.claim or "")
    told = content_words(evidence.tie.clause)
    return bool(part) and len(part & told) >= _ENOUGH * len(part)


def covers_part(evidence: Evidence) -> bool:
    """Tell whether a statement of a part bears out a tie: only if the tie names that part."""
    statement = evidence.statement
    limited = set(statement.scope.segments) - _MEANS
    if statement.predicate not in _OF_ALL or not limited:
        return True
    return bool(set(evidence.tie.scope.segments) & limited) or names_part(evidence)


def fits_asides(
    evidence: Evidence, statements: Iterable[Statement], others: Iterable[Statement]
) -> bool:
    """Tell whether the other dates of a clause stand in the words of statements of one act.

    ``others`` are those of the same parties and predicate, the dates of which are known too.
    """
    if not (evidence.tie.asides or evidence.tie.years):
        return True
    words = " ".join(statement.words for statement in statements)
    known = [period for _, _, period in find_dates(words)]
    known += [other.period for other in others]
    ends = [period.end for period in known if period.end]
    if evidence.statement.deadline:
        ends.append(evidence.statement.deadline)
    years = set(re.findall(r"\b(?:19|20)[0-9]{2}\b", words))
    if not set(evidence.tie.years) <= years:
        return False
    for time in evidence.tie.asides:
        if _is_duration(time.text, evidence.statement):
            continue
        if _is_other_deadline(time, evidence.statement):
            return False
        alone = replace(evidence, tie=replace(evidence.tie, times=(time,)))
        if fits_time(alone) and not _is_demanded(time, evidence.statement):
            continue
        if time.period and time.period.is_exact_range:
            return False
        bounds = [day for day in (time.period and (time.period.end or time.period.start),) if day]
        if not bounds:
            return False
        if time.period and time.period.precision == "year":
            if f"{bounds[0].year}" not in years | {f"{day.year}" for day in ends}:
                return False
        elif time.period and time.period.precision == "month":
            months = {(day.year, day.month) for day in ends}
            if (bounds[0].year, bounds[0].month) not in months:
                return False
        elif bounds[0] not in ends and not any(bounds[0] == period.start for period in known):
            return False
    return True


def _is_other_deadline(time: TimeReference, statement: Statement) -> bool:
    """Tell whether a time by which something has to be done is not that of a statement."""
    deadline, period = statement.deadline, time.period
    if deadline is None or period is None or period.end is None or not _is_end(time):
        return False
    parts = {"year": 1, "month": 2}.get(period.precision, 3)
    same = deadline.timetuple()[:parts] == period.end.timetuple()[:parts]
    return not (same or (period.start or period.end) <= deadline <= period.end)


def _is_demanded(time: TimeReference, statement: Statement) -> bool:
    """Tell whether something has to be done by a time, of which that it was begun shows nothing."""
    ends = time.period is not None and time.period.start is None and time.period.end is not None
    demands = statement.predicate in _DEMANDS and not statement.deadline
    return ends and demands and bool(_BY_DAY.match(time.text))


def _is_duration(text: str, statement: Statement) -> bool:
    """Tell whether a time, such as ``34 days later``, is how long the statement says it took."""
    if f"{text} later".replace(" later later", " later") in statement.own_words:
        return True
    found = _LATER.match(text)
    return bool(found and statement.unit == f"{found[2]}s" and statement.low == float(found[1]))


def fits_product(evidence: Evidence, actors: dict[str, Actor]) -> bool:
    """Tell whether a statement on one product of a firm is on the one that the tie names."""
    statement = evidence.statement
    names = actors[statement.object].names if statement.object and statement.claim else ()
    stated = {n for n in names if n in (statement.claim or "")}
    own = {word for name in names for word in name.split()}
    known = own.union(statement.own_words.split())
    is_firm = bool(names) and actors[statement.object or ""].kind in FIRMS
    products = _PRODUCT.finditer(evidence.tie.clause) if is_firm else ()
    known |= {*ADJECTIVES, "US", "UK", "EU"}
    if any(each["of"] in own and each["name"] not in known for each in products):
        return False
    if not stated:
        return True
    claimed = {n for n in names if n in evidence.tie.clause}
    whole = statement.predicate != "bans" and claimed <= {*names[:1]}
    named = claimed - {*names[:1]} or claimed
    return whole or (bool(named) and named <= stated)


def fits_form(evidence: Evidence) -> bool:
    """Tell whether a statement has the form of agreement that the tie names: a memorandum.

    Of who agreed with whom the ledger seldom has a form, which no contract has for that.
    """
    statement = evidence.statement
    if statement.predicate in _AGREEMENTS and "contract" not in statement.words.lower():
        return True
    forms = (form for form in _FORMS if form.search(evidence.tie.clause))
    return all(form.search(statement.words) for form in forms)


def fits_region(evidence: Evidence, actors: dict[str, Actor]) -> bool:
    """Tell whether a statement names the part of a country whose networks a tie is of."""
    statement = evidence.statement
    parties = (actors[id] for id in (statement.subject, statement.object) if id in actors)
    known = f"{statement.words} {' '.join(name for each in parties for name in each.names)}"
    told = content_words(f"{known} {' '.join(ADJECTIVES)}")
    return all(content_words(name) <= told for name in _REGION.findall(evidence.tie.clause))


def fits_somebody(evidence: Evidence, actors: dict[str, Actor]) -> bool:
    """Tell whether the words for somebody who acts are those of a statement or of its subject."""
    statement = evidence.statement
    is_agency = actors[statement.subject].kind == "agency"
    if is_agency and _BY_PARLIAMENT.search(evidence.tie.clause):
        return False
    if not evidence.tie.somebody:
        return True
    words = content_words(_TIME.sub(" ", evidence.tie.somebody)) - _ANYBODY
    if statement.predicate == "finances":
        words -= _LENDERS
    if any("volcano" in name.casefold() for name in actors[statement.subject].names):
        words -= _OF_VOLCANOES
    if not words:
        return True
    subject = actors[statement.subject]
    if is_agency:
        words -= _OF_AGENCIES
    if subject.kind in FIRMS and words & content_words(" ".join(subject.names)):
        words -= _OF_FIRMS
    if subject.kind == "state" and words <= content_words(statement.summary):
        return True  # an organ of it
    peoples = " ".join(word for word, code in ADJECTIVES.items() if code == subject.country)
    if subject.id == UNKNOWN_CAUSE:  # of whom its summary only tells who is suspected
        told = content_words(statement.claim or "")
        return all(any(own.endswith(word) for own in told) for word in words)
    return words <= content_words(f"{' '.join(subject.names)} {peoples}")


def names_partner(evidence: Evidence, actors: dict[str, Actor]) -> bool:
    """Tell whether a statement names the actor whose contract with the object is spoken of."""
    if not evidence.tie.partner.strip():
        return True
    ids = [id for id in (evidence.statement.subject, evidence.statement.object) if id]
    names = " ".join(name for id in ids for name in actors[id].names)
    known = content_words(f"{evidence.statement.words} {names} {' '.join(ADJECTIVES)}")
    return content_words(evidence.tie.partner) <= known


def covers_duty(evidence: Evidence, actors: dict[str, Actor]) -> bool:
    """Tell whether all that somebody is said to be obliged to stands in a statement of a duty."""
    statement = evidence.statement
    if statement.predicate != "regulates":
        return True
    ids = [id for id in (statement.subject, statement.object) if id]
    names = " ".join(name for id in ids for name in actors[id].names)
    known = content_words(f"{statement.words} {names} {' '.join(ADJECTIVES)}")
    times = " ".join(time.text for time in (*evidence.tie.times, *evidence.tie.asides))
    told = content_words(evidence.tie.clause) - content_words(times) - _OBLIGES
    return names_part(evidence) and {word for word in told if not word.isdigit()} <= known


def fits_length(text: str, statement: Statement) -> bool:
    """Tell whether a length without a number, for a whole month, is one of a statement's."""
    if statement.unit not in _LENGTHS:
        return True
    own = statement.own_words
    return all(
        (statement.low == 1 and statement.unit == f"{found['unit']}s") or found["unit"] in own
        for found in _FOR_A.finditer(text)
    )


def tells_years(years: Iterable[str], statement: Statement) -> bool:
    """Tell whether a statement has years: as its start, end or deadline, or in its words."""
    days = (statement.period.start, statement.period.end, statement.deadline)
    known = {f"{day.year}" for day in days if day}
    return all(year in known or year in statement.separate_words for year in years)


def _is_of_its_time(evidence: Evidence) -> bool:
    """Tell whether the one time is not a deadline, of which a statement only fits the start."""
    (time,) = evidence.tie.times
    if not (time.text.lower().startswith("by ") and time.period and time.period.end):
        return True
    start, end = evidence.statement.period.start, evidence.statement.period.end
    return any(
        day and (day.year, day.month) == (time.period.end.year, time.period.end.month)
        for day in (start, end)
    )


def fits_times(evidence: Evidence, of_act: Sequence[Statement] = ()) -> bool:
    """Tell whether one time is that of the act, and the statements of it tell the others."""
    tie = evidence.tie
    if not tie.times:
        return fits_time(evidence)
    if len(tie.times) == 1 and fits_time(evidence) and _is_of_its_time(evidence):
        told = evidence if not tie.asides else replace(evidence, tie=replace(tie, asides=()))
        return fits_asides(told, [evidence.statement, *of_act], [])
    alone = [replace(evidence, tie=replace(tie, times=(time,))) for time in tie.times]
    fitting = [fits_time(each) and _is_of_its_time(each) for each in alone]
    asides = tuple(t for t, fits in zip(tie.times, fitting, strict=True) if not fits)
    told = replace(evidence, tie=replace(tie, asides=asides, times=()))
    demanded = evidence.statement.predicate in _DEMANDS and all(
        _is_end(time) or _is_from_then(time, tie.clause) for time in tie.times
    )
    begun = any(fitting) or (demanded and fits_time(told))
    # Beside the very month of its start that of its end may be told.
    exact = any(
        fits and time.period and time.period.precision != "year"
        for time, fits in zip(tie.times, fitting, strict=True)
    )
    ended = [evidence.statement] if exact else []
    return begun and fits_asides(told, [evidence.statement, *of_act], ended)


def _is_from_then(time: TimeReference, text: str) -> bool:
    """Tell whether a time says from when on something decided before has to be done."""
    return bool(_FROM_THEN.search(text[: time.start]))


def _is_end(time: TimeReference) -> bool:
    """Tell whether a time says by when something has to be."""
    ranges = time.period is not None and time.period.is_exact_range
    return bool(_BY_THEN.match(time.text)) and not ranges


def misfit(tie: Tie, evidence: Sequence[Evidence]) -> str:
    """Say what of a tie does not fit the statements of the same act."""
    near = [e for e in evidence if is_evidence(e)]
    if not near:
        return ""
    if not tie.whole:
        return "a name beside the object is not in the ledger"
    if not any(fits_scope(e) for e in near):
        return "the ledger has it of another generation, part or place"
    if not any(fits_amounts(e) for e in near):
        return "the ledger has no such amount"
    return "the ledger has it of another time"
