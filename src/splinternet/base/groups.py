"""Groups of states that people name in one word, by their members in 2025."""

from __future__ import annotations

__all__ = ["GROUPS", "group_members"]

#: What each group is called, and its members by ISO 3166-1 code: full members alone, as the group
#: itself lists them.
GROUPS: dict[str, tuple[str, str]] = {
    "EU": (
        "the European Union",
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
    ),
    "NATO": (
        "NATO",
        "AL BE BG CA CZ DE DK EE ES FI FR GB GR HR HU IS IT LT LU LV ME MK NL NO PL PT RO SE SI SK "
        "TR US",
    ),
    "CIS": ("the Commonwealth of Independent States", "AM AZ BY KG KZ MD RU TJ UZ"),
    "SCO": ("the Shanghai Cooperation Organisation", "BY CN IN IR KG KZ PK RU TJ UZ"),
    "BRICS": ("BRICS", "AE BR CN EG ET ID IN IR RU ZA"),
    "Five Eyes": ("the Five Eyes", "AU CA GB NZ US"),
}


def group_members(name: str) -> tuple[str, ...]:
    """Codes of the members of a group; none if no group is called so.

    Examples
    --------
    >>> group_members("five eyes")
    ('AU', 'CA', 'GB', 'NZ', 'US')
    """
    named = {each.casefold(): members for each, (_, members) in GROUPS.items()}
    return tuple(named.get(name.strip().casefold(), "").split())
