"""Fill the figures of bans in docs/cases.md.

Usage: ``python docs/make_cases.py [--check]``; ``--check`` writes nothing and fails if they are out
of date.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from splinternet.ledger.catalogue import open_ledger
from splinternet.scenario.bans import ban_answers
from splinternet.scenario.cases import find_scenario
from splinternet.scenario.language import decode, read_scenario
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.vendors import Vendors
from splinternet.supply.ban_words import share_words
from splinternet.supply.bans import BanAnswer, NationBanned, Reach
from splinternet.supply.figures import parse_scope
from splinternet.world.catalogue import open_world

PAGE = Path(__file__).with_name("cases.md")
BEGIN, END = "<!-- bans: begin -->\n", "<!-- bans: end -->\n"
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
    before, _, rest = text.partition(BEGIN)
    current = before + BEGIN + "\n".join(lines()) + "\n" + END + rest.partition(END)[2]
    if sys.argv[1:] != ["--check"]:
        PAGE.write_text(current, encoding="utf-8")
    elif current != text:
        print("docs/cases.md: out of date; run python docs/make_cases.py")
        return 1
    return 0


def lines() -> Iterator[str]:
    """Tell of the Union together, then of each nation and vendor."""
    union = answer(read_scenario(find_scenario("huawei-ban-european-union")))
    for scope in (RADIO, parse_scope("5G", "radio")):
        known = sum(nation.best(scope) is not None for nation in union.nations)
        yield (
            f"- {scope.words}: a figure is known of {known} of the {len(union.nations)} nations; "
            f"of all together, weighed by their addresses, {share_words(union.together(scope))}"
        )
    yield ""
    yield (
        f"| nation | command | {RADIO.words}, by operators' subscribers | by operators' addresses "
        "| by a share of the nation | operators known to use it |"
    )
    yield "|---|---|--:|--:|--:|---|"
    for vendor, countries in BANNED:
        found = answer(ban(vendor, countries))
        for nation in sorted(found.nations, key=lambda each: countries.index(each.country)):
            yield f"| {' | '.join(row(nation, vendor))} |"


def ban(vendor: str, countries: tuple[str, ...]) -> Scenario:
    """Make the scenario of a ban in nations."""
    text = (
        f'name = "A ban"\nworld = "{WORLD}"\n[[shocks]]\nkind = "ban"\nvendor = "{vendor}"\n'
        f'networks = "country:{",".join(countries)}"\n'
    )
    return decode(text, Path("ban.toml"))


def answer(scenario: Scenario) -> BanAnswer:
    """Tell what the ban of a scenario reaches."""
    (found,) = ban_answers(open_world(scenario.world), scenario, Vendors(open_ledger))
    return found


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


def of_nation(reach: Reach) -> str:
    """Tell a share of the nation, and of which part of networks and which group it is."""
    of = "" if reach.scope == RADIO else f" of {reach.scope.words}"
    if reach.group is not None and reach.share.most >= 1:
        group, share = reach.group
        return f"{group} together {share_words(share)}{of}"
    return f"{share_words(reach.share)}{of}"


if __name__ == "__main__":
    sys.exit(main())
