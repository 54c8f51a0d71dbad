"""The choices behind a figure: how routes are chosen, and what is counted.

Each choice, its values, its default and its words stand here and nowhere else. Functions, command
line, web forms and documents take them from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Literal, TypedDict, get_args, get_origin, get_type_hints

from splinternet.base.asn import Asn, as_number, as_numbers, looks_like_asn
from splinternet.base.checked import spelled
from splinternet.base.choice import Choice
from splinternet.base.errors import MisuseError

__all__ = [
    "CARRIERS",
    "CHOICES",
    "CONTENDING",
    "DEFINITIONS",
    "DIRECTIONS",
    "INBOUND",
    "LINKS",
    "MODELLED",
    "OBSERVED",
    "ONE_PATH",
    "OUTSIDE",
    "PARTIES",
    "PATHS",
    "PREFERENCES",
    "ROUTING",
    "TIE_BREAKS",
    "VANTAGES",
    "WEIGHTS",
    "Abroad",
    "Carriers",
    "Choices",
    "Counting",
    "Direction",
    "Links",
    "Observed",
    "Observers",
    "Outside",
    "Parties",
    "PathsFrom",
    "Prefer",
    "Routing",
    "RoutingChoices",
    "Settled",
    "TieBreak",
    "Vantages",
    "Weights",
    "Where",
    "declared",
]

#: Version of what figures mean. It goes up when a figure's definition changes: then figures of
#: two versions differ although world and choices are the same.
DEFINITIONS = 3

Prefer = Literal["gao-rexford", "customer-first", "shortest"]
TieBreak = Literal["lowest-asn", "split"]
Links = Literal["trusted", "all", "bgp"]
Observed = Literal["pins", "tie-break", "links", "none"]
Direction = Literal["inbound", "outbound", "domestic"]
Carriers = Literal["network", "state", "organisation", "owner"]
Weights = Literal["addresses", "networks", "users"]
Outside = Literal["networks", "addresses", "root-addresses", "users", "nations"]
Where = Literal["registered", "located"]
Parties = Literal["third", "all"]
#: Whose paths are counted: the model's, those that collectors saw, or one beside the other.
PathsFrom = Literal["modelled", "observed", "both"]
#: Directions of routes with an end abroad.
Abroad = Literal["inbound", "outbound"]
#: A named set of networks, or AS numbers.
Vantages = str | Iterable[Asn]


@dataclass(frozen=True)
class Settled:
    """Vantages that were chosen in a world, groups of a digest among them, for its variants."""

    asns: tuple[int, ...]


#: States and AS numbers; None: the foreign state that carries most.
Observers = Asn | Iterable[Asn] | None

#: What holds where nothing is named.
INBOUND: Abroad = "inbound"
MODELLED: PathsFrom = "modelled"

PREFERENCES: tuple[Prefer, ...] = get_args(Prefer)
TIE_BREAKS: tuple[str, ...] = get_args(TieBreak)
LINKS: tuple[str, ...] = get_args(Links)
OBSERVED: tuple[str, ...] = get_args(Observed)
DIRECTIONS: tuple[str, ...] = get_args(Direction)
CARRIERS: tuple[str, ...] = get_args(Carriers)
WEIGHTS: tuple[str, ...] = get_args(Weights)
OUTSIDE: tuple[str, ...] = get_args(Outside)
PARTIES: tuple[str, ...] = get_args(Parties)
VANTAGES = ("all", "carriers")


#: An option of the measures that can count observed paths.
PATHS = Choice(
    term="kind of path",
    label="Paths",
    doc="Modelled ones; those that monitors of route collectors observed (a world with routing "
    "tables); or both from these monitors, the model's without what was observed.",
    values=get_args(PathsFrom),
)


def _check(chosen: Routing | Counting) -> None:
    """Refuse values that a choice cannot have."""
    for name, given in vars(chosen).items():
        choice = CHOICES[name]
        if not choice.others and given not in choice.values:
            hint = f"one of {', '.join(choice.values)}"
            raise MisuseError.unknown(choice.term, given, choice.values, hint)


@spelled
@dataclass(frozen=True)
class Routing:
    """Routing: how networks choose among routes, and over which links.

    ``gao-rexford``: routes from customers, then peers, then providers; then the shortest.
    ``customer-first``: routes from customers, the shortest first; then the shortest of the
    others, a peer's before a provider's. ``shortest``: the shortest of all that is offered, of
    equal ones a customer's before a peer's before a provider's; peers and providers are told the
    best route from customers even so, and what comes from them takes it. Among equally good ones
    ``lowest-asn`` takes the next hop with the lowest number and ``split`` divides traffic equally
    over all. Of routes that collectors saw, ``pins`` follows next hops, by ``shortest`` alone;
    ``tie-break`` the order in which networks use equally good ones; ``links`` links that no source
    lists; each also what comes after it.

    Raises
    ------
    MisuseError
        If a choice has no such value.

    Examples
    --------
    >>> Routing(prefer="gao-rexford").tie_break
    'split'
    """

    prefer: Annotated[
        Prefer,
        Choice(
            term="preference",
            label="Networks prefer routes",
            doc="Routes from customers first, then from peers before providers (gao-rexford), or "
            "then the shortest (customer-first); or the shortest of all (shortest).",
        ),
    ] = "shortest"
    tie_break: Annotated[
        TieBreak,
        Choice(
            term="tie-break",
            label="Equally good routes",
            doc="Of equally good next hops take the lowest AS number, or split routes over all.",
        ),
    ] = "split"
    links: Annotated[
        Links,
        Choice(
            term="evidence",
            label="Links",
            doc="Those of provider and customer that are much doubted count as peering (trusted); "
            "all as published; or only those that BGP shows.",
        ),
    ] = "trusted"
    observed: Annotated[
        Observed,
        Choice(
            term="use of observed routes",
            label="Observed routes",
            doc="Routes that collectors saw and that are followed: next hops and what comes after "
            "(pins), the order of equally good ones and what comes after (tie-break), links that "
            "no source lists (links), or nothing (none).",
        ),
    ] = "pins"

    def __post_init__(self) -> None:
        _check(self)

    @property
    def split(self) -> bool:
        """Whether traffic is divided over equally good routes."""
        return self.tie_break == "split"

    @property
    def pinned(self) -> bool:
        """Whether observed next hops are taken: by a preference that may have two routes."""
        return self.observed == "pins" and self.prefer == "shortest"


@spelled
@dataclass(frozen=True)
class Counting:
    """Counting: the traffic that counts, and its weights.

    Raises
    ------
    MisuseError
        If a choice has no such value.

    Examples
    --------
    >>> Counting(vantages=["AS3356", 1299]).vantages
    (1299, 3356)
    """

    direction: Annotated[
        Direction,
        Choice(
            term="direction",
            label="Direction",
            doc="Routes to the nation from abroad, from the nation abroad, or within it.",
        ),
    ] = INBOUND
    by: Annotated[
        Carriers,
        Choice(
            term="kind of carrier",
            label="Carriers, by",
            doc="Shares of each network; or of any network of a state, of an organisation, or that "
            "a state owns (a world imported with --owners).",
        ),
    ] = "network"
    weights: Annotated[
        Weights,
        Choice(
            term="weight",
            label="A network counts",
            doc="Weight of a network of the nation: its IPv4 addresses, one, or its users (in "
            "worlds imported with --users).",
        ),
    ] = "addresses"
    where: Annotated[
        Where,
        Choice(
            term="place of addresses",
            label="A network's addresses are",
            doc="Addresses of a network count where it is registered, or in each nation in which "
            "they are located (a world imported with --located).",
        ),
    ] = "registered"
    parties: Annotated[
        Parties,
        Choice(
            term="set of parties",
            label="A state's share is of routes between",
            doc="A state's share is of the routes of third parties, with no end in that state; or "
            "of all routes, as country centrality has it (Karlin et al., 2009).",
        ),
    ] = "third"
    outside: Annotated[
        Outside,
        Choice(
            term="weight",
            label="A network abroad counts",
            doc="Weight of a network at the other end of the routes, abroad: one, its IPv4 "
            "addresses, their square root, its users, or its part of a nation that counts one.",
        ),
    ] = "networks"
    vantages: Annotated[
        str | tuple[int, ...] | Settled,
        Choice(
            term="set of vantages",
            label="Networks abroad",
            doc="Networks abroad at the other end of the routes: all, those with customers, AS "
            "numbers with commas between, or a file of them: a list, CSV with a column 'asn', or a "
            "routing table (MRT). Those not in the world are left out and counted.",
            values=VANTAGES,
            others="ASNS|FILE",
        ),
    ] = "all"
    observers: Annotated[
        tuple[int | str, ...] | None,
        Choice(
            term="observer",
            label="Observer",
            doc="States or AS numbers that observe, several together one observer; by default the "
            "foreign state whose networks carry most.",
            others="STATE|ASN",
            flag="observer",
            repeated=True,
            read=tuple,
        ),
    ] = None

    def __post_init__(self) -> None:
        _check(self)
        object.__setattr__(self, "vantages", _vantages(self.vantages))
        object.__setattr__(self, "observers", _observers(self.observers))


def _vantages(given: Vantages | Settled) -> str | tuple[int, ...] | Settled:
    """Read vantages: a named set as it is, AS numbers each once and in order.

    Raises
    ------
    MisuseError
        If there is no such set, or a vantage is no AS number.
    """
    if isinstance(given, Settled):
        return given
    if isinstance(given, str) and not all(map(looks_like_asn, given.split(","))):
        if given not in VANTAGES:
            raise MisuseError.unknown(
                "set of vantages", given, VANTAGES, "all, carriers, or AS numbers as [3356, 1299]"
            )
        return given
    numbers = tuple(sorted(set(as_numbers(given))))
    if not numbers:
        raise MisuseError("no vantage is named; give all, carriers, or AS numbers as [3356, 1299]")
    return numbers


def _observers(given: Observers) -> tuple[int | str, ...] | None:
    """Read observers: AS numbers, and names of states as they are; one may stand for several."""
    if given is None:
        return None
    several = given if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    return tuple(as_number(each) if looks_like_asn(each) else str(each) for each in several)


def declared(kind: type) -> Mapping[str, Choice]:
    """The choices of one of the two objects, by field."""
    found = {}
    for name, hint in get_type_hints(kind, include_extras=True).items():
        values, choice = get_args(hint)
        words = get_args(values) if get_origin(values) is Literal else choice.values
        found[name] = replace(choice, values=words)
    return found


#: Every choice by the name of its field, and the names of those of routes.
CHOICES: Mapping[str, Choice] = {**declared(Routing), **declared(Counting)}
ROUTING = tuple(declared(Routing))


#: Routes of which one path is shown, not parts of traffic.
ONE_PATH = Routing(tie_break="lowest-asn")
#: Routes that contend for a prefix, as simulators of hijacks have them.
CONTENDING = Routing(prefer="gao-rexford", tie_break="lowest-asn")


class RoutingChoices(TypedDict, total=False):
    """Fields of :class:`Routing` as keywords."""

    prefer: Prefer
    tie_break: TieBreak
    links: Links
    observed: Observed


class Choices(RoutingChoices, total=False):
    """Fields of :class:`Routing` and :class:`Counting` as keywords."""

    direction: Direction
    by: Carriers
    weights: Weights
    where: Where
    parties: Parties
    outside: Outside
    vantages: Vantages
    observers: Observers
