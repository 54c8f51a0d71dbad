"""Values of tables as people read them, by the names of their columns."""

from __future__ import annotations

from collections.abc import Iterable

from splinternet.base.shares import rounded
from splinternet.base.text import in_one_line

__all__ = ["AS_NUMBERS", "cell_text"]

#: Columns of AS numbers; so are whole numbers in columns that end in ``_of`` and ``_on``.
AS_NUMBERS = ("asn", "origin", "next_hop")

_SHARES = frozenset(
    (
        "share",
        "share_low",
        "share_high",
        "address_share",
        "ends",
        "before",
        "after",
        "inbound",
        "outbound",
    )
)

#: What stands beside a share is written as these columns are.
_BESIDE = {"observed": "share", "difference": "points"}


def cell_text(column: str, value: object, columns: Iterable[str] = ()) -> str:
    """Write a value: shares in percent, changes in points, thousands with commas.

    Beside a share, among the ``columns`` of its table, what was observed is one too.
    """
    if column in _BESIDE and "share" in columns:
        column = _BESIDE[column]
    match value:
        case None:
            return "unknown" if column == "country" else "-"
        case bool():
            return "yes" if value else "no"
        case int() if column in AS_NUMBERS or column.endswith(("_of", "_on")):
            return f"AS{value}"
        case int():
            return f"{value:,}"
        case float() if column in _SHARES:
            return rounded(value)
        case float() if column == "points":
            return f"{100 * value:+.1f}"
        case float():
            return f"{value:.3f}" if abs(value) < 10 else f"{value:,.2f}"
    return in_one_line(str(value))
