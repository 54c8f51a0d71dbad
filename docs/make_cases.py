"""Fill the figures of bans in docs/cases.md.

Usage: ``python docs/make_cases.py [--check]``; ``--check`` writes nothing and fails if they are out
of date. A part of the page between ``<!-- bans NAME: begin -->`` and ``<!-- bans: end -->`` is what
the function of that name in ``PARTS`` yields, line by line.
"""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from splinternet.base.countries import the_nation
from splinternet.base.shares import rounded
from splinternet.ledger.catalogue import open_ledger
from splinternet.scenario.apply import rehearse
from splinternet.scenario.bans import ban_answers, read_strictly
from splinternet.scenario.cases import find_scenario
from splinternet.scenario.language import decode, read_scenario
from splinternet.scenario.reachability import Reachability
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.vendors import Vendors
from splinternet.supply.ban_words import decided_sentence, figure_sentences, share_words
from splinternet.supply.bans import BanAnswer, NationBanned, Reach
from splinternet.supply.figures import parse_scope
from splinternet.world.catalogue import open_world
from splinternet.world.world import World

PAGE = Path(__file__).with_name("cases.md")
PART = re.compile(r"(<!-- bans (\w+): begin -->\n).*?(<!-- bans: end -->\n)", re.DOTALL)
WORLD = "2019-12"
BANNED = (
    ("huawei", ("PL", "DE", "BE", "GB", "RU")),
    ("ericsson", ("RU",)),
    ("nokia", ("RU",)),
)
RADIO = parse_scope("4G", "radio")


def main() -> int:
    """Fill the page, or tell whether it is out of date, and return the exit status."""
    text = PAGE.read_text(encoding="utf-8")
    current = PART.sub(filled, text)
    if sys.argv[1:] != ["--check"]:
        PAGE.write_text(current, encoding="utf-8")
    elif current != text:
        print("docs/cases.md: out of date; run python docs/make_cases.py")
        return 1
    return 0


def filled(part: re.Match[str]) -> str:
    """Write a part of the page anew."""
    return part[1] + "".join(f"{line}\n" for line in PARTS[part[2]]()) + part[3]


def union() -> Iterator[str]:
    """Tell of the European Union: its members together, what is decided, and routes."""
    case = read_scenario(find_scenario("huawei-ban-european-union"))
    found = answer(case)
    many = len(found.nations)
    for scope in found.scopes:
        known = sum(nation.best(scope) is not None for nation in found.nations)
        yield (
            f"- {capital(scope.words)}: a figure is known of {known} of the {many} nations; of all "
            f"together, weighed by their addresses, {share_words(found.together(scope))}."
        )
    own = [each.name for each in found.nations if any(not r.of_union for r in each.rules)]
    yield f"- {len(own)} of the {many} have decisions of their own: {', '.join(sorted(own))}."
    of_union = {rule.statement: rule for each in found.nations for rule in each.rules}
    acts = sorted(rule.start or "" for rule in of_union.values() if rule.of_union)
    yield f"- Acts of the Union, which count for its members, are of {', '.join(acts)}."
    took = [each.months for each in found.replaced if each.months]
    least, most = min(months[0] for months in took), max(months[1] for months in took)
    yield (
        f"- Replacements elsewhere: of {len(took)} the ledger has both dates; they took, or were "
        f"given, {least} to {most} months."
    )
    yield f"- {strictly(case)}"


def nations() -> Iterator[str]:
    """Tell of single nations and vendors, one row for each."""
    yield (
        f"| nation | command | {RADIO.words}, by operators' subscribers | by operators' addresses "
        "| by a share of the nation | operators known to use it "
        "| strict reading: pairs with others lost, by addresses |"
    )
    yield "|---|---|--:|--:|--:|---|--:|"
    for vendor, countries in BANNED:
        found = answer(ban(vendor, *countries))
        for nation in sorted(found.nations, key=lambda each: countries.index(each.country)):
            yield f"| {' | '.join(row(nation, vendor))} |"


def russia() -> Iterator[str]:
    """Tell of Russia without both Nordic vendors."""
    case = read_scenario(find_scenario("russia-without-ericsson-and-nokia"))
    found = ban_answers(before(), case, Vendors(open_ledger))
    for each in found:
        (nation,) = each.nations
        yield from (f"- {said}" for said in figure_sentences(nation))
        using = ", ".join(operator.name for operator in nation.users)
        yield f"- Operators known to use {each.vendor}: {using}."
    yield f"- {decided_sentence(found[0].nations[0])}"
    yield f"- {strictly(case, 'RU')}"


def row(nation: NationBanned, vendor: str) -> Iterator[str]:
    """Tell of one nation, cell by cell."""
    yield nation.name
    yield f"`splinternet vendors {nation.country} --vendor {vendor}`"
    for by in ("users", "addresses"):
        of_radio = (each for each in nation.told if (each.scope, each.by) == (RADIO, by))
        yield ", ".join(share_words(each.share) for each in of_radio) or "not known"
    shares = [of_nation(each) for each in nation.told if each.by == "nation"]
    yield "; ".join(shares) or "not known"
    yield ", ".join(each.name for each in nation.users) or "none"
    after = struck(ban(vendor, nation.country))
    if after.networks.height == before().networks.height:
        yield "no row of theirs"
        return
    pairs = Reachability.known(before(), nation.country)
    left = pairs.abroad(pairs.after(after))
    yield lost(left.addresses_before, left.addresses_after)


def of_nation(reach: Reach) -> str:
    """Tell a share of the nation, and of which part of networks and which group it is."""
    of = "" if reach.scope == RADIO else f" of {reach.scope.words}"
    if reach.group is not None and reach.share.most >= 1:
        group, share = reach.group
        return f"{group} together {share_words(share)}{of}"
    return f"{share_words(reach.share)}{of}"


def strictly(case: Scenario, country: str | None = None) -> str:
    """Tell what routes would be lost if the networks of operators known to use it stopped."""
    after = struck(case)
    gone = before().networks["members"].sum() - after.networks["members"].sum()
    pairs = Reachability.known(before(), country)
    left = pairs.after(after)
    said = f"The strict reading: if the {gone} networks that have a row stopped at once, "
    if country is None:
        total = pairs.total(left)
        first = pairs.by_country(left).filter(side="abroad").sort("share", descending=True)
        name, share = first.select("country", "share").row(0)
        return (
            f"{said}{lost(total.share_before, total.share_after)} of the pairs of networks in the "
            f"world that have a route would lose it, most in {the_nation(name)} "
            f"({rounded(share)} of its pairs with others)."
        )
    abroad, within = pairs.abroad(left), pairs.within(left)
    return (
        f"{said}{lost(abroad.share_before, abroad.share_after)} of pairs with others would lose "
        f"every route, and {rounded(within.share_after or 0.0)} of pairs at home would be left, of "
        f"{rounded(within.share_before or 0.0)}."
    )


def lost(had: float | None, has: float | None) -> str:
    """Write the part of what had a route that has none after."""
    return rounded(1 - (has or 0.0) / had) if had else "not known"


def ban(vendor: str, *countries: str) -> Scenario:
    """Make the scenario of a ban in nations."""
    text = (
        f'name = "A ban"\nworld = "{WORLD}"\n[[shocks]]\nkind = "ban"\nvendor = "{vendor}"\n'
        f'networks = "country:{",".join(countries)}"\n'
    )
    return decode(text, Path("ban.toml"))


def answer(scenario: Scenario) -> BanAnswer:
    """Tell what the ban of a scenario reaches."""
    (found,) = ban_answers(before(), scenario, Vendors(open_ledger))
    return found


def struck(scenario: Scenario) -> World:
    """Make the world after the strict reading of a scenario."""
    return rehearse(before(), read_strictly(scenario), vendors=Vendors(open_ledger))[0]


@cache
def before() -> World:
    """Open the world before."""
    return open_world(WORLD)


def capital(words: str) -> str:
    """Begin with a capital letter."""
    return f"{words[0].upper()}{words[1:]}"


PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "union": union,
    "nations": nations,
    "russia": russia,
}

if __name__ == "__main__":
    sys.exit(main())
