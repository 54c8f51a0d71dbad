"""The starter ledger: all the facts it was made from are in it, and its own kinds of evidence."""

import csv
import gzip
import json

import polars as pl
import pytest

from splinternet.ledger.catalogue import find_ledger, open_ledger
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.vocabulary import PREDICATES

#: Statements whose first source gave less than is known by now.
RESTATED = {"pl-memo"}
#: Operators that share radio masts only, or are in no list of networks under their name.
WITHOUT_NETWORK = {"starhub-m1", "syv", "tpg-sg"}


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return open_ledger()


def row(ledger: Ledger, name: str) -> dict:
    return ledger.statements.row(by_predicate=pl.col("id") == name, named=True)


def disputed(statement: dict) -> set[str]:
    return {dispute["statement"] for dispute in statement["disputes"]}


def test_nothing_of_the_facts_was_dropped(shared, ledger):
    facts = shared / "facts"
    with (facts / "ties.csv").open(encoding="utf-8", newline="") as file:
        ties = list(csv.DictReader(file))
    with (facts / "actors.csv").open(encoding="utf-8", newline="") as file:
        actors = {line["id"] for line in csv.DictReader(file)}
    sources = {each["id"] for each in json.loads((facts / "sources.json").read_bytes())}
    assert (len(ties), len(actors), len(sources)) == (476, 174, 259)
    assert actors - {"bt"} | {"bt-group"} <= set(ledger.actors["id"])
    assert sources <= set(ledger.sources["id"])
    for tie in ties:
        statement = row(ledger, tie["id"])
        assert set(tie["source_ids"].split(";")) <= set(statement["sources"])
        assert {part for part in tie["disputes"].split(";") if part} <= disputed(statement)
        assert statement["summary"] == tie["checked"] or tie["id"] in RESTATED
        figure = statement["value_low"] is not None or statement["value_high"] is not None
        typed = figure or statement["rank"] is not None or statement["deadline"] is not None
        assert typed == bool(tie["value"])


def test_every_statement_has_a_source_that_was_seen(ledger):
    unseen = set(ledger.sources.filter(pl.col("seen") == "not seen")["id"])
    assert len(unseen) == 9  # the works that the essay cites
    for sources in ledger.statements["sources"]:
        assert len(sources) > 0
        assert unseen.isdisjoint(sources)


def test_every_state_that_occurs_is_an_actor(ledger):
    states = set(ledger.actors.filter(pl.col("kind") == "state")["country"])
    named = set(ledger.actors["country"].drop_nulls())
    named |= set(ledger.statements["countries"].explode().drop_nulls())
    assert named <= states


def test_the_share_of_huawei_in_russia_is_disputed(ledger):
    claimed, measured = row(ledger, "e-37"), row(ledger, "sm-q419")
    assert (claimed["value_low"], claimed["unit"], claimed["basis"]) == (37.0, "%", None)
    assert (measured["value_low"], measured["basis"]) == (29.3, "shipments")
    assert "sm-q419" in disputed(claimed)
    assert "e-37" in disputed(measured)


def test_ranges_ranks_and_dates_are_typed(ledger):
    share, rank, ban = (row(ledger, name) for name in ("hw-share-3040", "sm-gfk-18", "se-2020"))
    assert (share["value_low"], share["value_high"]) == (30.0, 40.0)
    assert (rank["rank"], rank["unit"]) == (1, None)
    assert ban["deadline"].isoformat() == "2025-01-01"
    assert row(ledger, "mts-eric-2014-tot")["qualifier"] == "more than"


def test_the_users_exposed_in_poland_come_to_the_published_share(ledger):
    """Shares of Chinese equipment weighted by SIM cards; 60 % was published."""
    operators = ("play", "orange-pl", "tmobile-pl", "plus")
    exposed = known = 0.0
    for operator in operators:
        kept = ledger.statements.filter(pl.col("basis").is_in(["subscribers", "SIM cards"]))
        of = kept.filter((pl.col("predicate") == "vendor_share") & (pl.col("object") == operator))
        cards = kept.filter(
            (pl.col("predicate") == "market_share") & (pl.col("subject") == operator)
        )
        exposed += of["value_low"].item() * cards["value_low"].item() / 100
        known += cards["value_low"].item()
    assert known == pytest.approx(96.4)
    assert 100 * exposed / known == pytest.approx(61.5, abs=0.1)
    assert row(ledger, "str-pl-4g")["value_low"] == 60.0


def dates_written(folder) -> dict[str, str]:
    """Day, month or year of issue of each source, as far as it is known."""
    sources = json.loads((folder / "sources.json").read_bytes())
    parts = {each["id"]: each.get("issued", {}).get("date-parts", [[]])[0] for each in sources}
    return {name: "-".join(f"{part:02}" for part in date) for name, date in parts.items() if date}


def test_no_lasting_tie_starts_with_its_source():
    """Unless it began just then, and its note says how."""
    folder = find_ledger("technology-ties")
    issued = dates_written(folder)
    with (folder / "statements.csv").open(encoding="utf-8", newline="") as file:
        rows = [line for line in csv.DictReader(file) if line["status"] != "deprecated"]
    lasting = [line for line in rows if PREDICATES[line["predicate"]].span == "lasting"]
    begun = [line for line in lasting if line["start"]]
    assert len(begun) > 200
    dated = {
        line["id"]: line["note"]
        for line in begun
        for source in line["sources"].split(";")
        if issued.get(source, "").startswith(line["start"])
    }
    assert [name for name, note in dated.items() if "start: " not in note] == []
    assert not any("date of the article" in line["note"] for line in rows)


def test_facts_that_were_wrong(ledger):
    tender, taiwan, newspaper = (row(ledger, each) for each in ("cz-tender", "tw-2019", "benz-nz"))
    assert tender["start"].isoformat() == "2019-01-30"
    assert (taiwan["start"].isoformat(), taiwan["start_precision"]) == ("2013-01-01", "year")
    assert newspaper["status"] == "deprecated"


@pytest.mark.parametrize(
    ("day", "licence"),
    [
        ("2019-05-19", None),
        ("2019-06-30", "tgl-may"),
        ("2019-09-30", "tgl-aug"),
        ("2019-11-30", "tgl-nov"),
        ("2020-03-31", "tgl-mar"),
        ("2020-06-30", "tgl-may-2020"),
        ("2020-08-14", None),
    ],
)
def test_licences_for_existing_networks(ledger, day, licence):
    held = ledger.about("bis", ["allows"]).as_of(day).statements["id"].to_list()
    networks = [each for each in held if each.startswith("tgl-")]
    assert licence in networks if licence else networks == []


def test_statements_that_rest_on_copies_are_few(ledger):
    """Of 468 that were no networks, 88 rested on reposts or state media alone; 41 had a text."""
    kinds = dict(ledger.sources.select("id", "kind").iter_rows())
    numbers = ledger.statements["object"].is_in(
        ledger.actors.filter(pl.col("kind") == "network")["id"].to_list()
    )
    kept = ledger.statements.filter(~numbers.fill_null(value=False))
    kept = kept.filter(pl.col("status") == "normal")
    found = [{kinds[each] for each in sources} for sources in kept["sources"]]
    copied = sum(each <= {"repost", "state media"} for each in found)
    assert copied <= 88 / 2
    assert sum("primary" in each for each in found) / len(found) > 0.07


def test_operators_have_their_networks(ledger):
    operators = ledger.actors.filter(pl.col("kind") == "operator")["id"]
    assert {each for each in operators if not ledger.asns(each)} == WITHOUT_NETWORK
    assert ledger.asns("play") == [39603, 201019]
    assert {8359, 29497, 35728} <= set(ledger.asns("mts"))
    assert {3216, 8402, 16345} <= set(ledger.asns("vimpelcom"))
    assert len(ledger.asns("ertelecom")) > 40


def test_no_network_has_two_operators(ledger):
    runs = ledger.statements.filter(pl.col("predicate") == "operates")["object"]
    assert runs.is_unique().all()


@pytest.mark.slow
def test_numbers_have_the_name_that_the_lists_give(shared, ledger):
    data = shared / "as-info"
    names: dict[int, set[str]] = {}
    with gzip.open(data / "libloc-as-20221029.csv.gz", "rt", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            names.setdefault(int(line["asn"]), set()).add(plain(line["name"]))
    with gzip.open(data / "asrank-202003.csv.gz", "rt", encoding="utf-8") as file:
        for cells in csv.reader(file, delimiter="\t"):
            names.setdefault(int(cells[1]), set()).add(plain(cells[2]))
    networks = ledger.actors.filter(pl.col("kind") == "network")
    for asn, name in networks.select("asn", "name").iter_rows():
        listed = name.removeprefix(f"AS{asn} (").removesuffix(")")
        assert plain(listed) in names[asn], name


def plain(name: str) -> str:
    return " ".join(name.replace('"', "").split())


def test_nations_have_the_items_that_a_library_knows(ledger):
    territories = pytest.importorskip("rigour.territories")  # comes with followthemoney
    states = ledger.actors.filter(pl.col("kind") == "state")
    items = dict(states.select("country", "wikidata").iter_rows())
    assert len(items) == 250
    for country, item in items.items():
        assert territories.get_territory(country.lower()).qid == item


def test_identifiers_of_legal_entities_have_their_check_digits(ledger):
    """ISO 17442: letters as numbers from 10, the whole leaves 1 when divided by 97."""
    codes = ledger.actors["lei"].drop_nulls().to_list()
    assert len(codes) == len(set(codes)) > 4
    for code in codes:
        assert int("".join(str(int(each, 36)) for each in code)) % 97 == 1


def test_the_exchange_has_the_organisation_that_its_list_gives(shared, ledger):
    with gzip.open(shared / "ixp" / "rghvv_ixs_201910.json.gz", "rt", encoding="utf-8") as file:
        exchanges = [json.loads(line) for line in file if line.startswith("{")]
    ids = {each.get("pdb_org_id") for each in exchanges if each["name"].startswith("LINX ")}
    known = ledger.actors.drop_nulls("peeringdb").select("id", "peeringdb").rows()
    assert known == [("linx", (ids - {None}).pop())]
    assert len(ids - {None}) == 1


def test_starts_are_those_of_acts_and_not_of_reports():
    folder = find_ledger("technology-ties")
    with (folder / "statements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lasting = [line for line in rows if PREDICATES[line["predicate"]].span == "lasting"]
    reasons = [line["note"].partition("start: ")[2] for line in lasting]
    assert sum(map(bool, reasons)) > 90
    assert not any(words in each for each in reasons for words in ("of the report", "of the page"))


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("fi-2020-law", "2020-12-07"), ("at-2021-law", "2021-11-01"),
        ("es-2022-law", "2022-03-29"), ("ie-2023-law", "2023-03-02"),
        ("it-2019-golden", "2019-03-25"), ("se-2022-icsid", "2022-01-07"),
        ("tpe-2025", "2025-01-03"), ("eafrica-2024-eassy", "2024-05-12"),
        ("fcc-list-dji", "2025-12-22"), ("my-2025-umobile-h", "2025-04-15"),
    ],
)  # fmt: skip
def test_days_of_what_was_entered_last(ledger, name, start):
    assert row(ledger, name)["start"].isoformat() == start
