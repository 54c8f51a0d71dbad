"""Quantities in a sentence: what is a number with a unit, and what is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from splinternet.essay.numbers import NUMBER, SCALE, may_have_number, parse_number, scale_of
from splinternet.essay.peoples import ADJECTIVES
from splinternet.essay.portions import find_portions
from splinternet.essay.quantity import Quantity, qualified

__all__ = ["find_quantities"]

_SIGNS = {
    "US$": "USD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "S$": "SGD", "HK$": "HKD", "R$": "BRL",
    "NT$": "TWD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB", "₹": "INR",
    "₩": "KRW", "₺": "TRY", "₴": "UAH", "RMB": "CNY", "Rs": "INR",
}  # fmt: skip
_CODES = (
    "USD EUR GBP RUB CNY INR SEK NOK DKK CHF JPY AUD CAD PLN CZK HUF RON BRL ZAR KRW TWD TRY UAH "
    "HKD SGD NZD MXN IDR MYR THB VND PHP AED SAR ILS KZT UZS RSD BGN ISK EGP NGN KES"
).split()
_WORDS = {
    "dollar": "USD", "dollars": "USD", "us dollars": "USD", "euro": "EUR", "euros": "EUR",
    "pound": "GBP", "pounds": "GBP", "pounds sterling": "GBP", "rouble": "RUB", "roubles": "RUB",
    "ruble": "RUB", "rubles": "RUB", "yuan": "CNY", "renminbi": "CNY", "rupees": "INR",
    "kronor": "SEK", "kroner": "NOK", "us dollar": "USD", "us-dollar": "USD", "us-dollars": "USD",
    "yen": "JPY", "won": "KRW", "zloty": "PLN", "zlotys": "PLN", "forint": "HUF",
    "lira": "TRY", "hryvnia": "UAH", "rand": "ZAR", "swiss francs": "CHF", "francs": "CHF",
    "reais": "BRL", "dirhams": "AED", "riyals": "SAR", "dinars": "RSD",
    "shekels": "ILS", "kwacha": "MWK", "australian dollars": "AUD",
    "canadian dollars": "CAD", "cent": "cents",
    "cents": "cents", "korunas": "CZK", "koruna": "CZK",
}  # fmt: skip
#: Units of a ledger, and words for them.
_UNITS = {
    "day": "days", "days": "days", "month": "months", "months": "months", "year": "years",
    "years": "years", "hour": "hours", "hours": "hours", "h": "hours", "km": "km",
    "kilometres": "km", "kilometers": "km", "times": "times", "fold": "times",
}  # fmt: skip
_SIGN = (
    rf"(?:{'|'.join(re.escape(s) for s in sorted(_SIGNS, key=len, reverse=True))}|"
    rf"(?:US )?\b(?:{'|'.join(_CODES)})\b)"
)
_CURRENCY = re.compile("[A-Z]{3}")
_PERCENT = r"(?:%|(?:per|pour|por) ?cent\b|por ?ciento\b|procent\b|prozent\b|p\.c\.)(?! points?)"
_LONGEST_FIRST = "|".join(sorted(_WORDS, key=len, reverse=True))
_AFTER = rf"(?:€|£|\$|₽|(?:d[’'])?\b(?:{_LONGEST_FIRST})\b|(?-i:\b(?:{'|'.join(_CODES)})\b))"
_ONE = (
    rf"(?:(?P<sign{{n}}>{_SIGN}) ?)?(?P<number{{n}}>{NUMBER})(?:[ -]?(?P<scale{{n}}>{SCALE}))?"
    rf"(?: ?(?P<percent{{n}}>{_PERCENT})| ?(?P<after{{n}}>{_AFTER}))?"
)
_QUANTITY = re.compile(
    rf"(?<![\w.,/$€£-])(?:{_ONE.replace('{n}', '1')}"
    rf"(?:(?P<joint> ?[-–—] ?| to | and | or | à | bis )(?:{_ONE.replace('{n}', '2')}))?)(?![\w/]|"
    rf"[- ](?:thirds?|quarters?|fifths?|sixths?|sevenths?|"
    rf"eighths?|ninths?|tenths?|twelfths?|twentieths?|half)\b|\.[0-9])",
    re.IGNORECASE,
)
#: What follows a number that counts what was named before: 5,800 of them.
_OF_THEM = re.compile(
    r" of (?:them|these|those|the|its|their|our|his|her|which|whom|[A-Z])"
    r"|,? in (?:number|all|total)\b| of [0-9]{1,4} [a-z]"
)
#: Verbs of change, after which ``from 5 to 8`` are two values.
_CHANGE = re.compile(
    r"\b(?:rose|risen|fell|fallen|grew|grown|went|gone|dropped|increased|decreased|climbed|shrank|"
    r"shrunk|slid|declined|jumped|moved|expanded|cut|raised|lowered|up|down|doubled|halved|changed|"
    r"rises?|falls?|grows?|rising|falling|growing|dropping|gained?|lost|sank|soared|crept)\b",
    re.IGNORECASE,
)
_FEW = frozenset("one two three four five six seven eight nine".split())
_BEARING = re.compile(r" (?:north|south|east|west)\b|[’']? ?N\b")
_PEOPLES = sorted((word for word in ADJECTIVES if " " not in word), key=len, reverse=True)
#: A number without a noun that is bounded, or rounded, and what follows it.
_BOUND_BEFORE = re.compile(
    r"\b(?:fewer than|more than|at least|at most|no more than|no fewer than) $", re.IGNORECASE
)
_ABOUT_BEFORE = re.compile(
    r"\b(?:some|about|around|roughly|nearly|almost|an estimated) $", re.IGNORECASE
)
_ALONE = re.compile(
    r" (?:were|was|are|is|have|had|has|did|do|could|would|can|will|may|said|thought|gave|chose|"
    r"belong\w*|[a-z]{3,}ed)\b| ?[,.;:()]|$"
)
#: What leads from one sum of money to another that has no sign of its own.
_ALSO_PAID = re.compile(r"\b(?:costs?|for|at|paid|pays?|fetched|charged|only|and|but|or) $")
#: The name of a maker or a product, before what is counted: 400 Halden masts.
_BRAND = r"(?-i:[A-Z][\w-]{2,30})"
#: Words between a number and what is counted.
_NOUN = re.compile(
    r"(?P<gap>(?: or so)?[- ])(?P<words>(?:(?:[a-z][\w’'-]*|[2-6]G|"
    rf"[A-Z][a-z]+(?:ian|ean|ish|ese|can|utch|ench)|{'|'.join(_PEOPLES)}) ){{0,3}}?"
    rf"|(?:{_BRAND} ){{1,2}}(?:[a-z]+ )?)"
    r"(?P<noun>[a-z][a-z-]*(?:[^s\W]s|ies|"
    r"xes|sses)\b"
    r"|people|staff|personnel|men|women|children|engineers|police|equipment|percent|"
    r"(?:mega|giga|kilo|tera)(?:hertz|bits?|bytes?|watts?)|[MGkT]?Hz|[kMGT]Wh?|kWh|km|[MGT]bps|ms|"
    r"[kMGT]bit/s|tonnes|metres?|mph|degrees|dBm?|GB|TB|MB|h)\b"
)
#: A length of time as an adjective: a ten-year contract.
_SPAN = re.compile(r"-(year|month|day|hour)(?:-long)?\b", re.IGNORECASE)
_STOPS = frozenset(
    "of in on at to for by from and or as is are was were has have had that which who it its "
    "their his her this these those than with but if when while after before since until will "
    "would can may did do does not no the a an".split()
)
_NO_NOUN = frozenset(
    "is was has does this its his as us always perhaps besides sometimes towards afterwards thus "
    "across less unless whereas news says sells buys needs takes makes gives shows comes goes "
    "carries keeps stands points".split()
)
#: A capitalised word right before a number makes it a part of a name, but for these.
_OPENERS = frozenset(
    "about some of in the only over nearly almost another around at from between up more "
    "less fewer "
    "all and but with by to for these its their his every least just roughly after within a an on "
    "as or then now both under below above those our we it he she they is was are were not no "
    "when while since until if that which exactly barely mere estimated".split()
)
_LABEL = re.compile(
    r"\b(?:no|nos|nr|page|pp?|chapter|ch|section|sec|article|art|table|figure|fig|line|room|note|"
    r"paragraph|para|clause|order|law|act|rule|regulation|directive|resolution|version|vol|volume|"
    r"part|annex|appendix|item|level|phase|stage|number|channel|band|day|step|grade|category|"
    r"release|group|type|class|aged?|box|tram|bus|flight|war)\.? $",
    re.IGNORECASE,
)
_YEAR = re.compile("1[5-9][0-9]{2}|20[0-9]{2}|21[0-9]{2}")
_MONTH = re.compile(
    r" (?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
)
_MONTH_BEFORE = re.compile(rf"{_MONTH.pattern}\.? $")


def find_quantities(text: str) -> list[Quantity]:
    """Find the quantities of a sentence, in the order of the text.

    Numbers with a currency, a per cent sign, or a noun that is counted; fractions and multiples in
    words; and numbers alone that go on with the unit of the one before. Years, ordinals, numbers of
    names and of pages are none. ``From 26 to 24.8 %`` is two values.
    """
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(text) if may_have_number(text) else ():
        for quantity in _read(text, match, found):
            found.append(qualified(text, quantity))
    portions = list(find_portions(text, found))
    if not portions:
        return sorted(found, key=lambda quantity: quantity.start)
    whole = [q for q in found if not any(p.start <= q.start < p.end for p in portions)]
    found = [*whole, *portions]
    return sorted(found, key=lambda quantity: quantity.start)


def _read(text: str, match: re.Match[str], found: list[Quantity]) -> Iterator[Quantity]:
    """Yield the quantity, or the two, that a match holds."""
    first, second = _part(match, "1"), _part(match, "2")
    before = text[: match.start()]
    if second is not None and not _is_range(match, before):
        cut = _QUANTITY.match(text[: match.start("joint")], match.start())
        if cut is None:
            return
        yield from _read(text, cut, found)
        other = _QUANTITY.match(text, match.end("joint"))
        if other is not None:
            yield from _read(text, other, [*found])
        return
    last = second or first
    assert first is not None
    assert last is not None
    unit = last.unit or first.unit
    scale = first.scale or (last.scale if second and first.value < 1000 else None)
    low = first.value * scale_of(scale)
    high = last.value * scale_of(last.scale)
    end, what = match.end(), ""
    if unit is None:
        if _is_name_or_date(text, match):
            return
        counted = _counted(text, match)
        if counted is None and _is_bare_count(text, match, second is not None):
            counted = "count", "", end
        if counted is None and not (first.scale or last.scale):
            if carried := _carried(text, match, found, low):
                yield carried
            return
        unit, what, end = counted or ("count", "", end)
        if counted is None and found and _ALSO_PAID.search(before[-12:]):
            unit = found[-1].unit if _CURRENCY.fullmatch(found[-1].unit) else unit
    if unit == "cents":
        unit = next((q.unit for q in reversed(found) if q.unit.isupper()), "USD")
        low, high = low / 100, high / 100
    if second and low > high and not match["joint"].isspace() and match["joint"].strip() in "-–—":
        return
    if second and (low > high or _changes(text, match)):
        yield Quantity(
            match.start(), match.start("joint"), match.start(), low, low, None, unit, what
        )
        yield Quantity(
            match.start("number2"), end, match.start("number2"), high, high, None, unit, what
        )
        return
    start = match.start()
    opened = re.search(r"\b[Bb]etween $", before)
    yield Quantity(start, end, opened.start() if opened else start, low, high, None, unit, what)


def _is_bare_count(text: str, match: re.Match[str], ranged: bool) -> bool:
    """Tell whether a number without a noun counts what was named before."""
    if match["number1"].lower() in ("one", "a", "an"):
        return False
    if _OF_THEM.match(text, match.end()):
        return True
    before = text[: match.start()]
    if _ALONE.match(text, match.end()):
        if _BOUND_BEFORE.search(before[-24:]):
            return True
        if "," in match["number1"] and _ABOUT_BEFORE.search(before[-24:]):
            return True
    between = ranged and (before.endswith("etween ") or _changes(text, match))
    return bool(between and "," in match["number1"])


@dataclass(frozen=True)
class _Part:
    value: float
    scale: str | None
    unit: str | None


def _part(match: re.Match[str], n: str) -> _Part | None:
    number = match[f"number{n}"]
    if not number:
        return None
    sign, after = match[f"sign{n}"], match[f"after{n}"]
    unit = "%" if match[f"percent{n}"] else _currency(sign) or _currency(after)
    scaled = (
        bool(match[f"scale{n}"]) or unit == "%" or bool(match[f"scale{'1' if n == '2' else '2'}"])
    )
    return _Part(parse_number(number, decimal_point=scaled), match[f"scale{n}"], unit)


def _currency(text: str | None) -> str | None:
    if not text:
        return None
    sign = next((code for s, code in _SIGNS.items() if s.lower() == text.lower()), None)
    return (
        sign or _WORDS.get(re.sub("^d[’']", "", text.lower())) or text.upper().removeprefix("US ")
    )


def _is_range(match: re.Match[str], before: str) -> bool:
    """Tell a range from two numbers that only stand beside each other."""
    joint = match["joint"]
    if re.fullmatch(r"(?:19|20)[0-9]{2}", match["number1"]) and match["sign2"]:
        return False  # in 2015 to $41,000
    units = [unit for n in "12" if (part := _part(match, n)) and (unit := part.unit)]
    if len(set(units)) > 1:
        return False
    if joint == " and ":
        return bool(re.search(r"\b[Bb]etween $", before))
    if match["percent1"] or match["after1"]:
        return joint != " or "
    return True


def _changes(text: str, match: re.Match[str]) -> bool:
    """Tell ``from 26 to 24.8 %``, two values, from a range."""
    before = text[max(0, match.start() - 80) : match.start()].lower()
    if match["joint"] != " to " or not before.endswith("from "):
        return False
    first, second = _part(match, "1"), _part(match, "2")
    rises = first is not None and second is not None and first.value < second.value
    return not rises or bool(_CHANGE.search(before)) or bool(match["percent1"] or match["sign1"])


def _is_name_or_date(text: str, match: re.Match[str]) -> bool:
    """Tell a number of a name, a label, a date or a year."""
    before = text[: match.start()]
    if _LABEL.search(before[-20:]):
        return True
    number = match["number1"]
    if _MONTH.match(text, match.end()) or _MONTH_BEFORE.search(before[-12:]):
        return True
    word = re.search(r"([\w’'-]+) $", before[-40:])
    capital = bool(word and word[1][0].isupper() and word[1].lower() not in _OPENERS)
    inside = bool(word and word.start(1) > 0 and before[: len(before) - len(word[0])].strip())
    if capital and inside and number[0].isdigit():
        return True
    year = _YEAR.fullmatch(number)
    if year and not match["scale1"]:
        noun = _NOUN.match(text, match.end())
        return not noun or bool(
            re.search(r"\b(?:in|since|by|until|of|from|before|after) $", before.lower()[-8:])
        )
    return False


def _counted(text: str, match: re.Match[str]) -> tuple[str, str, int] | None:
    """Return unit, noun and end of what is counted; None if nothing is."""
    if span := _SPAN.match(text, match.end()):
        return f"{span[1].lower()}s", "", span.end()
    noun = _NOUN.match(text, match.end())
    if noun is None or set(noun["words"].split()) & _STOPS or noun["noun"] in _NO_NOUN:
        return None
    if _YEAR.fullmatch(match["number1"]) and noun["words"][:1].isupper():
        return None  # during 2019 Halden masts fell
    before = text[max(0, match.start() - 6) : match.start()].lower()
    few = match["number1"].lower() in _FEW
    if before.endswith("the ") and few:
        return None  # the two companies
    if match["number1"].lower() in ("one", "a", "an") and not match["scale1"]:
        return None
    word = noun["noun"]
    if word == "degrees" and _BEARING.match(text, noun.end()):
        return None
    return _UNITS.get(word, "count"), f"{noun['words']}{word}", noun.end()


def _carried(
    text: str, match: re.Match[str], found: list[Quantity], value: float
) -> Quantity | None:
    """Go on with the unit of the figure before: ``one counts 118 vendors, another 43``."""
    if not found or value < 10:
        return None
    last = found[-1]
    alone = re.match(
        r"[,.;)]|$| (?:have|has|had|did|were|was|kept|do|in|came|went|said|stood|fell|rose|left|"
        r"remain|\w+ed)\b|[a-z ]{0,12}$",
        text[match.end() :],
    )
    if text.rfind("(", 0, match.start()) > text.rfind(")", 0, match.start()):
        return None  # a page in a citation that was not read
    if not alone or match.start() - last.end > 120 or ". " in text[last.end : match.start()]:
        return None
    return replace(
        last,
        start=match.start(),
        end=match.end(),
        qualified_from=match.start(),
        low=value,
        high=value,
        qualifier=None,
    )
