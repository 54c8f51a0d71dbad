"""Countries: their ISO 3166-1 codes, and the names by which people and datasets know them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from itertools import islice

from splinternet.base.country_names import (
    GETTEXT_LANGUAGES,
    LANGUAGES,
    OTHER_NAMES,
    SAME_WORDS,
    SHORT_NAMES,
)
from splinternet.base.errors import MisuseError

__all__ = [
    "codes_of",
    "countries_beginning",
    "country_code",
    "country_codes",
    "country_name",
    "find_country",
    "folded",
    "known_country",
    "the_nation",
]

#: Words without which a name is the same.
_SMALL_WORDS = frozenset(("the", "of", "and", "a"))
#: Words that many names have, which tell nothing about which country is meant.
_COMMON_WORDS = frozenset(
    "arab british city democratic federal federated french islamic island islands kingdom "
    "north northern peoples province republic saint socialist south southern state states "
    "territories territory union united west western east".split()
)

#: Countries that take an article in a sentence.
_THE = (
    "Bahamas",
    "British",
    "Caribbean",
    "Cayman",
    "Central",
    "Comoros",
    "Cook",
    "DR",
    "Dominican Republic",
    "Falkland",
    "Faroe",
    "French Southern",
    "Gambia",
    "Isle",
    "Maldives",
    "Marshall",
    "Netherlands",
    "Northern Mariana",
    "Philippines",
    "Seychelles",
    "Solomon",
    "Turks",
    "US",
    "United",
)


def country_code(text: str) -> str:
    """ISO 3166-1 alpha-2 code of the country that a code or a name means.

    Parameters
    ----------
    text
        Alpha-2 or alpha-3 code, or a name, in any case: the common or official name in English,
        as ISO 3166-1 or datasets write it ("Korea, Rep."), or the name in another of some sixty
        languages; ``XK`` is Kosovo.

    Returns
    -------
    str
        The alpha-2 code, in capitals.

    Raises
    ------
    MisuseError
        If no country has this code or name, or more than one.

    Examples
    --------
    >>> [country_code(name) for name in ("ru", "U.S.", "Congo, Dem. Rep.", "Deutschland")]
    ['RU', 'US', 'CD', 'DE']
    """
    if not isinstance(text, str):
        raise MisuseError(f"{text!r} is no country; give an ISO 3166-1 code such as RU, or a name")
    found = known_country(text)
    if found is None:
        raise MisuseError.unmatched(
            "country", text, _meant(text), "give an ISO 3166-1 code such as RU, or a name"
        )
    return found


def codes_of(countries: str | Iterable[str]) -> list[str]:
    """Codes of some countries, or of the one that stands where several may; each once.

    Raises
    ------
    MisuseError
        If one is no country.
    """
    if isinstance(countries, str) or not isinstance(countries, Iterable):
        return [country_code(countries)]
    return list(dict.fromkeys(map(country_code, countries)))


def known_country(text: str) -> str | None:
    """Alpha-2 code of the country that :func:`country_code` takes a text for; None of another.

    To look for what may have been meant instead takes longer than all else.
    """
    from splinternet.base.texts import code_called

    found = _codes().get(folded(text)) or find_country(text)
    return found or code_called(text) or _translated(text)


def find_country(name: str) -> str | None:
    """ISO 3166-1 alpha-2 code of the country of an English name; None where there is none.

    Codes are no names here: in lists of places, CA is California.
    """
    names = _english()
    found = names.get(_key(name))
    if found is None and (parts := _with_another_name(name)):
        meant = {names.get(_key(part)) for part in parts}
        found = meant.pop() if len(meant) == 1 else None
    return found


def country_name(code: str) -> str:
    """Short English name of a country.

    Raises
    ------
    MisuseError
        If ``code`` is not an ISO 3166-1 alpha-2 code or ``XK``.
    """
    try:
        return _names()[code]
    except KeyError:
        raise MisuseError.unknown("country code", code, _names(), "write it as RU") from None


def the_nation(code: str) -> str:
    """Name a country as within a sentence: ``Russia``, ``the United States``."""
    name = country_name(code)
    return f"the {name}" if name.startswith(_THE) else name


def country_codes() -> frozenset[str]:
    """Return every ISO 3166-1 alpha-2 code, and ``XK``."""
    return frozenset(_names())


@cache
def _names() -> dict[str, str]:
    import pycountry

    listed = {c.alpha_2: str(getattr(c, "common_name", c.name)) for c in pycountry.countries}
    return listed | SHORT_NAMES


@cache
def _codes() -> dict[str, str]:
    """Alpha-2 and alpha-3 codes, in small letters."""
    import pycountry

    found = {country.alpha_3.lower(): country.alpha_2 for country in pycountry.countries}
    return found | {code.lower(): code for code in _names()}


def _english_names() -> Iterator[tuple[str, str]]:
    """Every English name and its code."""
    import pycountry

    for country in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            if name := getattr(country, field, None):
                yield name, country.alpha_2
    for code, names in OTHER_NAMES.items():
        for name in names:
            yield name, code
    for code, name in _names().items():
        yield name, code


@cache
def _english() -> dict[tuple[str, ...], str]:
    """Code of each English name, by the words of the name."""
    return {_key(name): code for name, code in _english_names()}


def _translated(text: str) -> str | None:
    wanted = folded(text)
    found = (_named_in(language).get(wanted) for language in LANGUAGES)
    return next((named[0] for named in found if named), None) if wanted else None


#: Latin letters from which on names of all languages are told apart, and lists of English names.
_TOLD_APART, _ENGLISH = 4, 2


def countries_beginning(text: str, most: int = 8) -> list[tuple[str, str]]:
    """Codes of the countries with a name in any language that begins so, and that name.

    English names come first. A few Latin letters begin so many names of other languages that only
    English ones are looked at.
    """
    wanted = folded(text)
    found: dict[str, str] = {}
    is_short = len(wanted) < _TOLD_APART and wanted.isascii()
    for named in islice(_languages(), _ENGLISH if is_short else None) if wanted else ():
        for name, (code, written) in named.items():
            if name.startswith(wanted):
                found.setdefault(code, written)
        if len(found) >= most:
            break
    return list(found.items())[:most]


def _languages() -> Iterator[dict[str, tuple[str, str]]]:
    """Yield code and name of each country by its folded name: English first, then the others."""
    yield {folded(name): (code, name) for code, name in _names().items()}
    yield {folded(name): (code, name) for name, code in _english_names()}
    yield from map(_named_in, LANGUAGES)


@cache
def _named_in(language: str) -> dict[str, tuple[str, str]]:
    """Code and name by each folded name in a language: short ones (CLDR), then official ones.

    The official are those of ISO 3166-1. A name that the language gives to two countries is a slip
    of its translators.
    """
    from babel import Locale

    found: dict[str, tuple[str, str]] = {}
    for names in (_official_names(language), Locale.parse(language).territories.items()):
        meant: dict[str, dict[str, str]] = {}
        for code, name in names:
            if code in _names():
                meant.setdefault(folded(name), {})[code] = name
        found |= {name: of.popitem() for name, of in meant.items() if len(of) == 1}
    return found


def _official_names(language: str) -> Iterator[tuple[str, str]]:
    """Code and official name in a language of each country whose name is translated."""
    import gettext

    import pycountry

    called = [GETTEXT_LANGUAGES.get(language, language)]
    names = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, called, fallback=True)
    for country in pycountry.countries:
        for field in ("name", "official_name"):
            english = getattr(country, field, None)
            if english and (name := names.gettext(english)) != english:
                yield country.alpha_2, name


def _meant(text: str) -> list[str]:
    """Short names of up to three countries that may be meant, the likeliest first."""
    spelled, wanted = _spelled(), folded(text)
    near = [spelled[name] for name in get_close_matches(wanted, spelled, n=9, cutoff=0.85)]
    if not near:  # a word in common tells more than letters in common
        given = [word for word in wanted.split() if len(word) > 3 and word not in _COMMON_WORDS]
        known = {word for name in spelled for word in name.split()} - _COMMON_WORDS
        words = {word for each in given for word in get_close_matches(each, known, 1, 0.9)}
        near = [code for name, code in sorted(spelled.items()) if words & {*name.split()}]
    if not near:
        near = [spelled[name] for name in get_close_matches(wanted, spelled, n=3, cutoff=0.78)]
    if not near:
        foreign = _foreign()
        near = [foreign[name] for name in get_close_matches(wanted, foreign, n=3, cutoff=0.85)]
    return [country_name(code) for code in dict.fromkeys(near)][:3]


@cache
def _spelled() -> dict[str, str]:
    """Code of each English name of more than three letters, folded."""
    return {folded(name): code for name, code in _english_names() if len(name) > 3}


@cache
def _foreign() -> dict[str, str]:
    """Code of each name of more than three letters in any other language, folded."""
    return {
        name: code
        for language in LANGUAGES
        for name, (code, _) in _named_in(language).items()
        if len(name) > 3
    }


def _with_another_name(text: str) -> list[str]:
    """Both names of "Myanmar (Burma)" or "Myanmar/Burma"; nothing of other texts."""
    found = re.fullmatch(r"\s*([^()/]+?)\s*(?:\(([^()]+)\)|/\s*([^()/]+))\s*", text)
    return [part for part in found.groups() if part] if found else []


def _key(name: str) -> tuple[str, ...]:
    """Words of a name that tell it from others, sorted: "Korea, Rep." is "Republic of Korea"."""
    words = [SAME_WORDS.get(word, word) for word in folded(name).split()]
    return tuple(sorted(word for word in " ".join(words).split() if word not in _SMALL_WORDS))


class _Bare(dict[int, int | None]):
    """Characters without those that combine with the one before, by number; each is asked once."""

    def __missing__(self, character: int) -> int | None:
        kept = None if unicodedata.combining(chr(character)) else character
        self[character] = kept
        return kept


_BARE = _Bare()
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
_INITIAL = re.compile(r"\b(\w)\.\s?(?=\w\b)")
_BETWEEN = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Fold case, accents, punctuation and spaces away; digits stay, for AS12 is no code."""
    letters = unicodedata.normalize("NFKD", text).translate(_BARE).casefold()
    if "'" in letters or "’" in letters:
        letters = _POSSESSIVE.sub("s", letters)
    if "." in letters:
        letters = _INITIAL.sub(r"\1", letters)  # U.S. is US
    return _BETWEEN.sub(" ", letters).strip()
