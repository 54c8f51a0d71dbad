"""Private data of persons, which a ledger refuses to hold."""

from __future__ import annotations

import re

__all__ = ["private_name", "private_value"]

#: Names of fields that describe a person rather than the holder of an office.
_PRIVATE = frozenset(
    "address age birth birthdate birthday birthplace born children contact dob email ethnicity "
    "family_status fax gender health home home_address id_card income mail mobile mother_tongue "
    "nationality_id parents passport phone phone_number photo politics postcode private_address "
    "religion residence sex sexuality spouse ssn street tax_id telephone tel union zip".split()
)

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"\+[0-9][0-9 ()./-]{7,}[0-9]", re.ASCII)


def private_name(name: str) -> bool:
    """Tell whether a column or key would hold private data: ``e-mail``, ``date of birth``."""
    folded = re.sub(r"[^a-z]+", "_", name.casefold()).strip("_")
    squeezed = folded.replace("_", "")
    return bool(
        {folded, squeezed, squeezed.removesuffix("s")} & _PRIVATE
        or {"birth", "phone", "passport"} & set(folded.split("_"))
    )


def private_value(text: str) -> str | None:
    """Say which private data a text holds, if it does: an e-mail address or a telephone number."""
    if _EMAIL.search(text):
        return "an e-mail address"
    if _TELEPHONE.search(text):
        return "a telephone number"
    return None
