"""Countries: their names in English, and as datasets spell them."""

from __future__ import annotations

import unicodedata
from functools import cache

from splinternet.base.errors import MisuseError

__all__ = ["find_country", "state_name"]

#: Spellings that ISO 3166-1 does not have.
_SPELLED = {
    "brunei": "BN",
    "cape verde": "CV",
    "congo, dem. rep.": "CD",
    "congo, rep.": "CG",
    "democratic republic of the congo": "CD",
    "faeroe islands": "FO",
    "korea, rep.": "KR",
    "kosovo": "XK",
    "north korea": "KP",
    "republic of marshall islands": "MH",
    "russia": "RU",
    "saint martin": "MF",
    "sint maarten": "SX",
    "syria": "SY",
    "turkey": "TR",
    "virgin islands (u.k.)": "VG",
    "virgin islands (u.s.)": "VI",
}
#: Parts of a territory that ISO 3166-1 has as one.
_PARTS = {
    "ascension and tristan da cunha": "SH",
    "federated states of micronesia": "FM",
    "micronesia": "FM",
    "sint eustatius and saba": "BQ",
}


def find_country(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country's English name, or None."""
    return _names().get(_folded(name))


def state_name(code: str) -> str:
    """Name a state in English.

    Raises
    ------
    MisuseError
        If ``code`` is no ISO 3166-1 alpha-2 code.
    """
    import pycountry

    if code == "XK":
        return "Kosovo"
    found = pycountry.countries.get(alpha_2=code)
    if found is None or not code.isupper():
        raise MisuseError(f"{code!r} is no ISO 3166-1 alpha-2 code; write it as RU")
    return str(getattr(found, "common_name", found.name))


@cache
def _names() -> dict[str, str]:
    import pycountry

    found = {}
    for country in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            if name := getattr(country, field, None):
                found[_folded(name)] = country.alpha_2
    return found | _SPELLED | _PARTS


def _folded(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold().strip()
