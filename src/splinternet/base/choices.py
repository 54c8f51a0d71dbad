"""How networks choose among routes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from splinternet.base.errors import MisuseError

__all__ = ["PREFERENCES", "TIE_BREAKS", "Prefer", "Routing", "TieBreak"]

#: Which routes networks prefer.
Prefer = Literal["gao-rexford", "customer-first"]
#: What happens to traffic between equally good routes.
TieBreak = Literal["lowest-asn", "split"]

PREFERENCES: tuple[str, ...] = get_args(Prefer)
TIE_BREAKS: tuple[str, ...] = get_args(TieBreak)


@dataclass(frozen=True)
class Routing:
    """How networks choose among routes.

    ``gao-rexford``: routes from customers, then peers, then providers; then the shortest.
    ``customer-first``: routes from customers, the shortest first; then the shortest of the
    others, a peer's before a provider's. Among equally good ones ``lowest-asn`` takes the next
    hop with the lowest number and ``split`` divides traffic equally over all.

    Raises
    ------
    MisuseError
        If there is no such preference or tie rule.
    """

    prefer: Prefer
    tie_break: TieBreak

    def __post_init__(self) -> None:
        if self.prefer not in PREFERENCES:
            raise MisuseError.unknown("preference", self.prefer, PREFERENCES)
        if self.tie_break not in TIE_BREAKS:
            raise MisuseError.unknown("tie-break", self.tie_break, TIE_BREAKS)

    @property
    def customer_first(self) -> bool:
        """Whether only customer routes go before shorter ones."""
        return self.prefer == "customer-first"

    @property
    def split(self) -> bool:
        """Whether traffic is divided over equally good routes."""
        return self.tie_break == "split"
