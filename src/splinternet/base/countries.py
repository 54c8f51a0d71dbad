"""Countries: their ISO 3166-1 codes and the short names people use."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from splinternet.base.errors import MisuseError

__all__ = ["country_code", "country_codes", "country_name"]

#: Short names where ISO 3166-1 has a long or inverted one, and Kosovo, which it does not list.
_SHORT_NAMES = {
    "BN": "Brunei",
    "BO": "Bolivia",
    "BQ": "Caribbean Netherlands",
    "CD": "DR Congo",
    "CG": "Congo",
    "FK": "Falkland Islands",
    "FM": "Micronesia",
    "IR": "Iran",
    "KP": "North Korea",
    "KR": "South Korea",
    "LA": "Laos",
    "MD": "Moldova",
    "MF": "Saint Martin",
    "NL": "Netherlands",
    "PS": "Palestine",
    "RU": "Russia",
    "SH": "Saint Helena",
    "SX": "Sint Maarten",
    "SY": "Syria",
    "TW": "Taiwan",
    "TZ": "Tanzania",
    "VA": "Vatican City",
    "VE": "Venezuela",
    "VG": "British Virgin Islands",
    "VI": "US Virgin Islands",
    "VN": "Vietnam",
    "XK": "Kosovo",
}

#: Other names in common use.
_ALIASES = {
    "america": "US",
    "britain": "GB",
    "burma": "MM",
    "cape verde": "CV",
    "czech republic": "CZ",
    "democratic republic of the congo": "CD",
    "east timor": "TL",
    "great britain": "GB",
    "holland": "NL",
    "ivory coast": "CI",
    "macau": "MO",
    "macedonia": "MK",
    "republic of congo": "CG",
    "republic of the congo": "CG",
    "swaziland": "SZ",
    "the netherlands": "NL",
    "turkey": "TR",
    "uae": "AE",
    "uk": "GB",
    "united states of america": "US",
    "usa": "US",
    "xkx": "XK",
}


def country_code(text: str) -> str:
    """Find the country that a code or an English name means.

    Parameters
    ----------
    text
        ISO 3166-1 alpha-2 or alpha-3 code, or a name, in any case; ``XK`` is Kosovo.

    Returns
    -------
    str
        The alpha-2 code, in capitals.

    Raises
    ------
    MisuseError
        If no country has this code or name.
    """
    spellings = _spellings()
    found = spellings.get(_folded(text))
    if found is None:
        names = [country_name(code) for code in sorted(country_codes())]
        raise MisuseError.unknown(
            "country", text, names, "give an ISO 3166-1 code such as RU, or an English name"
        )
    return found


def country_name(code: str) -> str:
    """Name a country shortly, in English.

    Raises
    ------
    MisuseError
        If ``code`` is not an ISO 3166-1 alpha-2 code or ``XK``.
    """
    try:
        return _names()[code]
    except KeyError:
        raise MisuseError.unknown("country code", code, _names()) from None


def country_codes() -> frozenset[str]:
    """Return every ISO 3166-1 alpha-2 code, and ``XK``."""
    return frozenset(_names())


@cache
def _names() -> dict[str, str]:
    import pycountry

    listed = {c.alpha_2: str(getattr(c, "common_name", c.name)) for c in pycountry.countries}
    return listed | _SHORT_NAMES


@cache
def _spellings() -> dict[str, str]:
    """Every accepted spelling, folded, and the code it means."""
    import pycountry

    found = dict(_ALIASES)
    for country in pycountry.countries:
        for field in ("alpha_3", "name", "common_name", "official_name"):
            if spelling := getattr(country, field, None):
                found[_folded(spelling)] = country.alpha_2
    found |= {_folded(name): code for code, name in _names().items()}
    return found | {_folded(code): code for code in _names()}


def _folded(text: str) -> str:
    """Fold case, accents, punctuation and spaces away; digits stay, for AS12 is no code."""
    bare = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in bare if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()
