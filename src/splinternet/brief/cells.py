"""Values of tables as people read them, by the names of their columns."""

from __future__ import annotations

from collections.abc import Iterable

from splinternet.base.shares import UNKNOWN, in_figures, in_points, rounded, rounded_number
from splinternet.base.text import in_one_line

__all__ = ["AS_NUMBERS", "BESIDE", "cell_text"]

#: Columns of AS numbers; so are whole numbers in columns that end in ``_of`` and ``_on``.
AS_NUMBERS = ("asn", "origin", "next_hop")

#: Columns of shares that no measure declares, and those of every day, which need not be looked up.
_SHARES = frozenset(
    "address_share after before inbound outbound share through_domestic through_inbound "
    "through_outbound".split()
)

#: Columns that are shares of these in some tables, and numbers in others.
_SHARES_OF = frozenset(("networks", "addresses", "users", "deceived", "gain", "lost"))

#: What stands beside a share is written as these columns are.
BESIDE = {"observed": "share", "difference": "points"}


def cell_text(column: str, value: object, columns: Iterable[str] = ()) -> str:
    """Write a value: shares in percent, changes in points, thousands with commas.

    Beside a share, among the ``columns`` of its table, what was observed is one too.
    """
    of = column.removesuffix("_low").removesuffix("_high")
    if of in BESIDE and any(map(_names_share, columns)):
        column = of = BESIDE[of]
    elif of.startswith("difference_") and _names_share(of.removeprefix("difference_")):
        column = of = "points"
    match value:
        case None:
            return "unknown" if column == "country" else UNKNOWN
        case bool():
            return "yes" if value else "no"
        case int() if column in AS_NUMBERS or column.endswith(("_of", "_on")):
            return f"AS{value}"
        case int():
            return in_figures(value, ",")
        case float() if _is_share(column, value):
            return rounded(value)
        case float() if of == "points":
            return in_points(value)
        case float():
            return rounded_number(value)
    return in_one_line(str(value))


def _is_share(column: str, value: float) -> bool:
    name = column.removesuffix("_low").removesuffix("_high")
    name = name.removeprefix("before_")
    return (name in _SHARES_OF and 0 <= value <= 1) or _names_share(name)


def _names_share(name: str) -> bool:
    """Whether a column is of shares; the measures say of theirs, and are loaded if they must be."""
    if name in _SHARES:
        return True
    from splinternet.measures.catalogue import share_columns

    return name in share_columns() - BESIDE.keys()
