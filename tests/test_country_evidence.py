"""Countries of networks of which no file tells one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from splinternet.base.countries import country_codes
from splinternet.world.build import build_world
from splinternet.world.country_evidence import DEDUCED, EVIDENCE, corrections, find_countries
from splinternet.world.schema import TABLES

Facts = dict[int, tuple[str | None, str | None]]
Pairs = set[tuple[int, int]] | frozenset[tuple[int, int]]

#: Bars that the evidence has to pass: voters, and the part of them that agree.
_BARS = {"organisation": [(2, 0.6)], "name": [(1, 1.0)], "transit": [(3, 0.8), (10, 0.5)]}


def tables(facts: Facts, transit: Pairs, peers: Pairs = frozenset()) -> tuple[pl.DataFrame, ...]:
    """Networks with organisation and country, and links, as the tables have them."""
    rows = [{"asn": a, "org": org, "country": c, "members": 1} for a, (org, c) in facts.items()]
    networks = pl.DataFrame(rows, schema=TABLES["networks"].schema)
    links = [(a, b, "p2c") for a, b in transit] + [(a, b, "p2p") for a, b in peers]
    schema = {name: TABLES["links"].schema[name] for name in ("a", "b", "kind")}
    return networks, pl.DataFrame(links, schema=schema, orient="row")


def slow(facts: Facts, transit: Pairs) -> dict[int, tuple[str, str]]:
    """Find countries network by network, as the documents say it."""
    known = {asn: country for asn, (_, country) in facts.items() if country}
    found = {}
    for asn, (org, country) in facts.items():
        if country:
            continue
        partners = [b for a, b in transit if a == asn] + [a for a, b in transit if b == asn]
        votes = {
            "organisation": [c for a, c in known.items() if org and facts[a][0] == org],
            "name": _slow_words(facts, org),
            "transit": [known[each] for each in partners if each in known],
        }
        for kind, given_ in votes.items():
            if asn not in found and (winner := _winner(given_, _BARS[kind])):
                found[asn] = (winner, kind)
        near = _slow_near(asn, known)
        halves = Counter(votes["transit"])
        agreed = [c for c, n in halves.items() if 2 * n >= halves.total() and near[c] >= 6]
        if asn not in found and len(agreed) == 1:
            found[asn] = (agreed[0], "numbers")
    return found


def _winner(votes: list[str], bars: list[tuple[int, float]]) -> str | None:
    if not votes:
        return None
    most, n = min(Counter(votes).items(), key=lambda item: (-item[1], item[0]))
    passed = any(len(votes) >= least and n / len(votes) >= agree for least, agree in bars)
    return most if passed else None


def _slow_words(facts: Facts, org: str | None) -> list[str]:
    words = set(re.findall(r"[^\W_]+", (org or "").lower()))
    votes = []
    for word in words:
        bearers = {
            (name, country)
            for name, country in facts.values()
            if name and country and word in re.findall(r"[^\W_]+", name.lower())
        }
        counts = Counter(country for _, country in bearers)
        votes += [c for c, n in counts.items() if len(bearers) >= 10 and n / len(bearers) >= 0.97]
    return votes


def _slow_near(asn: int, known: dict[int, str]) -> Counter[str]:
    below = sorted((each for each in known if each < asn), reverse=True)[:10]
    above = sorted(each for each in known if each > asn)[:10]
    return Counter(known[each] for each in below + above)


_NAMES = st.sampled_from(
    [None, "Verkko Oyj", "Kaapeli Oyj", *(f"Yhtio {n} Oyj" for n in range(10)), "Red SA", "Net"]
)
_FACTS = st.dictionaries(
    st.integers(1, 60), st.tuples(_NAMES, st.sampled_from([None, "FI", "FI", "SE"])), min_size=2
)


@given(_FACTS, st.data())
def test_as_network_by_network(facts: Facts, data: st.DataObject) -> None:
    """All at once gives what each alone gives."""
    ends = st.tuples(st.sampled_from(sorted(facts)), st.sampled_from(sorted(facts)))
    transit = {(a, b) for a, b in data.draw(st.sets(ends, max_size=60)) if a < b}
    fast = find_countries(*tables(facts, transit))
    assert {a: (c, e) for a, c, e in fast.iter_rows()} == slow(facts, transit)


def finns(n: int) -> Facts:
    """Organisations of Finland with a word that nobody elsewhere bears."""
    return {100 + 50 * i: (f"Firma{i} Oyj", "FI") for i in range(n)}


def test_organisation_goes_before_name_and_links() -> None:
    """Where several kinds decide, the first in the order holds."""
    facts = finns(12) | {
        1: ("Bolaget Oyj", None),
        2: ("Bolaget Oyj", "SE"),
        3: ("Bolaget Oyj", "SE"),
        4: ("Annan Oyj", None),
    }
    got = find_countries(*tables(facts, {(1, 100), (1, 150), (1, 200)}))
    assert got.rows() == [(1, "SE", "organisation")]  # two of fourteen Oyj are Swedish now
    assert list(DEDUCED) == [kind for kind in EVIDENCE if kind in DEDUCED]


def test_word_of_a_name() -> None:
    """A word borne in one country tells it; one that few bear tells nothing."""
    facts = finns(10) | {1: ("Jokin, Oyj.", None), 2: ("Firma3", None)}
    assert find_countries(*tables(facts, set())).rows() == [(1, "FI", "name")]


def test_peers_are_no_evidence() -> None:
    """Networks peer with anybody who is at the exchange."""
    facts = finns(12) | {1: (None, None)}
    peers = {(1, asn) for asn in finns(12)}
    assert find_countries(*tables(facts, set(), peers)).is_empty()
    assert find_countries(*tables(facts, peers)).rows() == [(1, "FI", "transit")]


def test_found_countries_are_no_evidence() -> None:
    """What was found does not spread: 2 hangs on 1 alone."""
    facts = finns(3) | {1: (None, None), 2: (None, None)}
    transit = {(1, 100), (1, 150), (1, 200), (1, 2)}
    assert find_countries(*tables(facts, transit))["asn"].to_list() == [1]


def test_corrections_are_stated() -> None:
    """Each has a network, a country and a source."""
    rows = corrections()
    assert rows["asn"].is_unique().all()
    assert set(rows["country"]) <= set(country_codes())


@pytest.fixture
def published(tmp_path: Path) -> dict[str, list[Path]]:
    """Relationships and countries: 64 is listed under a region, as 1299 is."""
    as_rel, countries = tmp_path / "as-rel.txt", tmp_path / "countries.txt"
    as_rel.write_text("64|1|-1\n64|2|-1\n64|3|-1\n64|4|-1\n5|64|-1\n9|5|0\n")
    lines = [*(f"{n} Communications SE" for n in (1, 2, 3, 4, 5)), "64 Enterprise EU"]
    countries.write_text("\n".join(lines) + "\n")
    return {"as_rel": [as_rel], "as_country": [countries]}


def test_import_finds_and_says(published: dict[str, list[Path]]) -> None:
    """The table keeps what each country rests on, and the report counts."""
    world, report = build_world("2019-12-01", **published)
    kept = world.networks.select("asn", "country", "country_evidence").rows()
    assert (64, "SE", "transit") in kept
    assert (1, "SE", "registered") in kept
    assert (9, None, None) in kept
    assert any("found by other evidence: 1 transit" in line for line in report.lines())


def test_told_countries_only(published: dict[str, list[Path]]) -> None:
    """The switch leaves them unknown."""
    world, report = build_world("2019-12-01", **published, told_countries=True)
    assert world.networks.filter(asn=64)["country"].to_list() == [None]
    assert world.manifest.parameters["told_countries"]
    assert not report.found


def test_without_countries_nothing_is_corrected(published: dict[str, list[Path]]) -> None:
    """Where no file of countries is given, none is wanted."""
    published["as_rel"][0].write_text("58115|1|-1\n")
    world, _ = build_world("2019-12-01", published["as_rel"])
    assert world.networks["country"].null_count() == 2
