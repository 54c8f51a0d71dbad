"""Trials: who announces whose addresses, in which way, and who filters.

The kinds of false announcement, the filters and the words for outcomes are those that simulators of
BGP security share (Furuness et al., "BGPy: The BGP Python Security Simulator", CSET 2023).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from splinternet.base.asn import as_numbers
from splinternet.base.checked import check_fields
from splinternet.base.errors import MisuseError

__all__ = ["KINDS", "NO_FILTERS", "Announcement", "Filters", "Kind", "Trial"]


@dataclass(frozen=True, eq=False)
class Filters:
    """Networks that drop false routes, or help others to; AS numbers.

    Attributes
    ----------
    rov
        Drop what ROAs make invalid: route origin validation (RFC 6811).
    peer_rov
        Drop it only where a peer offers it.
    aspa
        Drop paths that provider records show to be false, of neighbours of any kind
        (draft-ietf-sidrops-aspa-verification).
    records
        Publish who their providers are (ASPA records).
    only_to_customers
        Mark routes for customers only, and drop marked ones that come from elsewhere (RFC 9234).
    """

    rov: Iterable[int] = ()
    peer_rov: Iterable[int] = ()
    aspa: Iterable[int] = ()
    records: Iterable[int] = ()
    only_to_customers: Iterable[int] = ()

    def __post_init__(self) -> None:
        for each in fields(self):
            object.__setattr__(self, each.name, _ascending(getattr(self, each.name)))

    @classmethod
    def of(cls, does: Mapping[str, Iterable[int]]) -> Filters:
        """Filters of networks by how they filter: ``rov``, ``peer-rov``, ``aspa``...

        ...and ``only-to-customers``. Those that validate paths validate origins too, and publish
        their own providers.
        """
        aspa = tuple(does.get("aspa", ()))
        return cls(
            rov=(*does.get("rov", ()), *aspa),
            peer_rov=does.get("peer-rov", ()),
            aspa=aspa,
            records=aspa,
            only_to_customers=does.get("only-to-customers", ()),
        )

    def joined(self, other: Filters) -> Filters:
        """These and others together."""
        more = other.by_kind
        return Filters(**{name: [*asns, *more[name]] for name, asns in self.by_kind.items()})

    @property
    def by_kind(self) -> dict[str, npt.NDArray[np.uint32]]:
        """The networks, ascending, by what they do."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def ask_paths(self) -> bool:
        """Whether any of them asks what a route has passed."""
        return any(len(self.by_kind[name]) for name in ("aspa", "only_to_customers"))


def _ascending(given: Iterable[int]) -> npt.NDArray[np.uint32]:
    """AS numbers, each once and in order."""
    known = given if isinstance(given, np.ndarray) else as_numbers(given)
    return np.unique(np.asarray(known, dtype=np.uint32))


NO_FILTERS = Filters()


class Announcement(NamedTuple):
    """A prefix that networks announce, each for itself.

    Attributes
    ----------
    networks
        Their AS numbers.
    hostile
        Whether it is the attacker's.
    behind
        The path that they claim to have: AS numbers, the origin last; none if it is theirs.
    itself
        Whether the path that they tell begins with their own number.
    invalid
        Whether ROAs make it invalid.
    """

    networks: tuple[int, ...]
    hostile: bool = False
    behind: tuple[int, ...] = ()
    itself: bool = True
    invalid: bool = False


@dataclass(frozen=True)
class Trial:
    """Announcements that are made at the same time.

    Attributes
    ----------
    victims, attackers
        AS numbers. Packets that reach them end there.
    prefixes
        The announcements of each prefix, the most specific prefix first.
    filters
        Networks that filter. Attackers do not, wherever they stand.
    leaks
        Whether the attacker, instead of announcing something, tells everyone what it has.
    """

    victims: tuple[int, ...]
    attackers: tuple[int, ...]
    prefixes: tuple[tuple[Announcement, ...], ...]
    filters: Filters = field(default=NO_FILTERS)
    leaks: bool = False

    def __post_init__(self) -> None:
        check_fields(self)
        both = set(self.victims).intersection(self.attackers)
        if both:
            raise MisuseError(f"AS{min(both)} is attacker and victim; name two networks")
        if self.leaks and len(self.attackers) != 1:
            raise MisuseError(f"{len(self.attackers)} networks leak; name one")

    @classmethod
    def of(
        cls,
        kind: str,
        victim: int,
        attackers: int | Iterable[int],
        filters: Filters = NO_FILTERS,
        *,
        covered: bool = True,
    ) -> Trial:
        """Make a trial of a kind.

        Parameters
        ----------
        kind
            One of :data:`KINDS`.
        victim, attackers
            AS numbers; several attackers announce the same at once.
        filters
            Networks that filter.
        covered
            Whether a ROA says that the victim alone may announce these addresses, no longer
            prefixes of them; of addresses that nobody routes, that nobody may.

        Raises
        ------
        MisuseError
            If there is no such kind, an attacker is the victim, there is none, or several leak.
        """
        if kind not in KINDS:
            raise MisuseError.unknown("kind of hijack", kind, KINDS, f"one of {', '.join(KINDS)}")
        by = (attackers,) if isinstance(attackers, int) else tuple(attackers)
        if not by:
            raise MisuseError("nobody attacks; name a network")
        prefixes = KINDS[kind].announce(victim, by, covered)
        return cls((victim,), by, prefixes, filters, leaks=kind == "leak")


class Kind(NamedTuple):
    """A kind of false announcement.

    Attributes
    ----------
    doc
        What the attacker does, in a line.
    announce
        Gives the announcements, of the victim, attackers, and whether a ROA covers.
    forges
        Whether the path ends in the victim, so that ROAs judge the victim's number.
    """

    doc: str
    announce: Callable[[int, tuple[int, ...], bool], tuple[tuple[Announcement, ...], ...]]
    forges: bool = False


def _own(victim: int) -> Announcement:
    return Announcement((victim,))


def _false(by: tuple[int, ...], **how: Any) -> Announcement:  # noqa: ANN401 - as declared
    return Announcement(by, hostile=True, **how)


#: Every kind by name.
KINDS: dict[str, Kind] = {
    "prefix": Kind(
        "announces the victim's prefix as its own",
        lambda victim, by, covered: ((_own(victim), _false(by, invalid=covered)),),
    ),
    "subprefix": Kind(
        "announces a more specific prefix, which goes first wherever it arrives",
        lambda victim, by, covered: ((_false(by, invalid=covered),), (_own(victim),)),
    ),
    "forged-origin": Kind(
        "announces the victim's prefix with a path that ends in the victim, so ROAs find no fault",
        lambda victim, by, covered: ((_own(victim), _false(by, behind=(victim,))),),
        forges=True,
    ),
    "forged-origin-subprefix": Kind(
        "announces a more specific prefix with such a path, which ROAs find by its length alone",
        lambda victim, by, covered: (
            (_false(by, behind=(victim,), invalid=covered),),
            (_own(victim),),
        ),
        forges=True,
    ),
    "stripped": Kind(
        "announces the victim's prefix with the victim's path, its own number left out",
        lambda victim, by, covered: ((_own(victim), _false(by, behind=(victim,), itself=False)),),
        forges=True,
    ),
    "unrouted": Kind(
        "announces addresses of the victim that nobody routes",
        lambda victim, by, covered: ((_false(by, invalid=covered),),),
    ),
    "superprefix": Kind(
        "announces the victim's prefix, and a shorter one around it of which no ROA says anything",
        lambda victim, by, covered: ((_own(victim), _false(by, invalid=covered)), (_false(by),)),
    ),
    "unrouted-superprefix": Kind(
        "announces addresses of the victim that nobody routes, and a shorter prefix around them",
        lambda victim, by, covered: ((_false(by, invalid=covered),), (_false(by),)),
    ),
    "leak": Kind(
        "tells all its neighbours what it has from its providers and peers",
        lambda victim, by, covered: ((_own(victim),),),
    ),
}
