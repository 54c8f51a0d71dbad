"""How networks choose among routes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from splinternet.base.errors import MisuseError

__all__ = ["PREFERENCES", "TIES", "Policy", "Prefer", "Ties"]

#: Which routes networks prefer.
Prefer = Literal["gao-rexford", "customer-first"]
#: What happens to traffic between equally good routes.
Ties = Literal["lowest-asn", "split"]

PREFERENCES: tuple[str, ...] = get_args(Prefer)
TIES: tuple[str, ...] = get_args(Ties)


@dataclass(frozen=True)
class Policy:
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
    ties: Ties

    def __post_init__(self) -> None:
        if self.prefer not in PREFERENCES:
            raise MisuseError.unknown("preference", self.prefer, PREFERENCES)
        if self.ties not in TIES:
            raise MisuseError.unknown("tie rule", self.ties, TIES)

    @property
    def split(self) -> bool:
        """Whether traffic is divided over equally good routes."""
        return self.ties == "split"
