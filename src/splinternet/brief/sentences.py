"""What a brief says in whole sentences, for every layout alike."""

from __future__ import annotations

from splinternet.brief.country import Carrier, CountryBrief
from splinternet.brief.words import (
    count,
    country_title,
    day,
    digest_line,
    network_title,
    percent,
    scenario_line,
    the_nation,
)
from splinternet.measures.concentration import Concentration
from splinternet.world.countries import country_name

__all__ = [
    "carrier_title",
    "concentrated",
    "how_to_read",
    "known",
    "lede",
    "method",
    "order",
    "title",
    "unknown_to_the_model",
]

_LEVELS = {
    "low": "low, many share the work",
    "moderate": "moderate, some have much of the work",
    "high": "high, a few have most of the work",
}


def title(brief: CountryBrief) -> str:
    """Name the nation and the date."""
    nation, when = country_name(brief.country), day(brief.manifest.date)
    return f"{nation}: who carries its Internet traffic abroad, {when}"


def carrier_title(carrier: Carrier, *, country: bool = True) -> str:
    """Name a carrier, and its country where that is not plain."""
    where = country_title(carrier.country) if country else None
    return network_title(carrier.asn, carrier.name, where, members=carrier.members)


def lede(brief: CountryBrief) -> str:
    """Say the most important in one paragraph."""
    nation, after = the_nation(brief.country), scenario_line(brief.manifest)
    said = [after] if after else []
    if not brief.foreign and not brief.domestic:
        said.append(
            f"No network carries traffic between {nation} and the rest of the world here: "
            "either its networks link straight to those abroad, or not at all."
        )
        return " ".join(said)
    if brief.foreign:
        abroad = [(carrier_title(c), c.inbound, c.outbound) for c in brief.foreign]
        said.append(f"Of the networks outside {nation}, {_leaders(abroad, 'carries')}.")
    else:
        said.append(f"No network outside {nation} carries its traffic abroad.")
    if brief.domestic:
        home = [(carrier_title(c, country=False), c.inbound, c.outbound) for c in brief.domestic]
        said.append(f"Of those in {nation}, {_leaders(home, 'carries')}.")
    if brief.states:
        states = [
            (f"networks of {the_nation(s.country)}", s.inbound, s.outbound)
            for s in brief.states
            if s.country
        ]
        said.append(f"Of all other states, {_leaders(states, 'carry')}.")
    return " ".join(said)


def _leaders(named: list[tuple[str, float, float]], carry: str) -> str:
    """Say who carries the largest share of what comes in, and who of what goes out."""
    into = max(named, key=lambda each: each[1])
    out = max(named, key=lambda each: each[2])
    if into == out:
        return f"{into[0]} {carry} the largest share both ways: {_both_ways(*into[1:])}"
    return (
        f"{into[0]} {carry} the largest share of what comes in ({percent(into[1])}), and "
        f"{out[0]} of what goes out ({percent(out[2])})"
    )


def _both_ways(inbound: float, outbound: float) -> str:
    return f"{percent(inbound)} of what comes in and {percent(outbound)} of what goes out"


def how_to_read(brief: CountryBrief) -> str:
    """Say what the shares are shares of."""
    nation = the_nation(brief.country)
    counted = {
        "addresses": "its IPv4 addresses",
        "networks": "one",
        "users": "its users",
    }[brief.weights]
    return (
        f"Shares of the traffic between {nation} and all networks abroad that passes a network, "
        f"when each network of {nation} counts {counted} and each abroad counts one. A path passes "
        "several networks, so shares may add up to more than 100%. What a "
        "network sends or receives itself does not count as passing it."
    )


def order() -> str:
    """Say how the rows of a table of shares are ordered."""
    return "Ordered by inbound and outbound share added up."


def concentrated(brief: CountryBrief) -> list[str]:
    """Say how concentrated the nation's foreign providers are, for both directions."""
    nation, is_digest = the_nation(brief.country), brief.manifest.is_digest
    said = [
        f"{way.capitalize()}: {_concentrated(found, nation, is_digest=is_digest)}"
        for way, found in brief.concentration.items()
    ]
    if is_digest:
        said.append(
            "This digest takes small networks together and leaves out lesser links: the full "
            "world may have more such networks, and another index."
        )
    return said


def _concentrated(found: Concentration | None, nation: str, *, is_digest: bool) -> str:
    if found is None:
        return f"no foreign network that sells transit to {nation} carries anything."
    index = f"Herfindahl-Hirschman index {found.hhi:.3f}"
    if found.providers == 1:
        who, where = ("At least one", " in this digest") if is_digest else ("One", "")
        return (
            f"{found.level}, one has all the work{where}. {who} foreign network sells transit to "
            f"{nation} and carries traffic ({index})."
        )
    at_least = "At least " if is_digest else ""
    return (
        f"{_LEVELS[found.level]}. {at_least}{count(found.providers, 'foreign network')} sell "
        f"transit to {nation} and carry traffic, as concentrated as {found.effective:.1f} equal "
        f"ones ({index})."
    )


def known(brief: CountryBrief) -> list[str]:
    """Say what the world knows of the nation, and of all."""
    knows = brief.knowledge
    nation = the_nation(brief.country)
    start = f"This is world {brief.manifest.name}, the Internet of {day(brief.manifest.date)}. It"
    networks = count(knows.networks, "network")
    addresses = count(knows.addresses, "IPv4 address", "IPv4 addresses")
    if brief.manifest.is_digest:
        said = [
            f"{start} knows the country of {percent(knows.with_country)} of its "
            f"{count(knows.world_networks, 'network')}. A digest, it tells apart "
            f"{_parts(knows.world_parts)}, {percent(knows.world_with_addresses)} of them with some "
            "known address; of how many networks in a group addresses are known, it cannot say."
        ]
    else:
        said = [
            f"{start} knows the country of {percent(knows.with_country)} and the addresses of "
            f"{percent(knows.world_with_addresses)} of its "
            f"{count(knows.world_networks, 'network')}."
        ]
    if knows.parts < knows.networks:
        said.append(
            f"It has {networks} of {nation}, told apart as {_parts(knows.parts)}, of which "
            f"{knows.with_addresses:,} with some known address: {addresses}."
        )
    else:
        said.append(
            f"It has {networks} of {nation} and knows the addresses of "
            f"{knows.with_addresses:,}: {addresses}."
        )
    if brief.manifest.is_digest:
        said.append(digest_line(brief.manifest))
    if brief.unknown:
        said.append(
            "Networks of unknown country stand on the way of "
            f"{_both_ways(brief.unknown.inbound, brief.unknown.outbound)}. They count as foreign."
        )
    if brief.unknown_carriers:
        most = "; ".join(
            f"{carrier_title(each, country=False)}, {percent(each.inbound)} in and "
            f"{percent(each.outbound)} out"
            for each in brief.unknown_carriers
        )
        said.append(
            f"Those of them that carry most: {most}. The states they belong to are "
            "missing from the table of states, or stand too low in it."
        )
    if brief.one_way:
        names = ", ".join(carrier_title(carrier, country=False) for carrier in brief.one_way)
        said.append(
            f"Check before you rely on it: {names}. Much passes one way and little the other, "
            "which is often the mark of one wrong link in the data."
        )
    return said


def _parts(number: int) -> str:
    """Count what a digest tells apart."""
    return count(number, "named network or group", "named networks and groups")


def unknown_to_the_model(brief: CountryBrief) -> list[str]:
    """Say what the model cannot see."""
    return [
        "A network's country is where it is registered or holds most addresses, not where its "
        "cables and routers stand; one company may work in many countries.",
        "Links are inferred from public routing tables. Those miss many direct (peering) links, "
        "above all at home and at local exchanges, so carriers may look larger than they are.",
        "Nothing here sees filtering or blocking inside networks, how much traffic flows, or "
        "contracts. Paths are what usual business interests suggest, not what was measured.",
        "Addresses are not people: one address may serve thousands, or nobody.",
        "Each network abroad counts one, large or small, so states with very many small networks "
        "loom large: their carriers serve these.",
    ]


def method(brief: CountryBrief) -> list[str]:
    """Say how the figures came about."""
    prefer = {
        "gao-rexford": "routes from customers first, then from peers, then short ones",
        "customer-first": "routes from customers first, then short ones",
    }[brief.prefer]
    ties = {
        "lowest-asn": "the lowest AS number wins a tie",
        "split": "equally good paths share the traffic",
    }[brief.ties]
    return [
        f"Every network chooses among the routes it is offered: {prefer}; {ties} "
        "(after Gao and Rexford, IEEE/ACM Transactions on Networking, 2001).",
        "A carrier's share is AS hegemony (Fontugne, Shah and Aben, PAM 2018) in its country form; "
        "a state's counts a path once if it passes any of its networks (Karlin, Forrest and "
        "Rexford, 2009).",
        "Concentration is the Herfindahl-Hirschman index of the shares of the foreign networks "
        "that sell transit to a domestic one, from near 0 (many alike) to 1 (one has all); above "
        "0.10 it is called moderate, above 0.18 high.",
    ]
