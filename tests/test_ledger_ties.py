"""``splinternet ties`` and ``ledger check``, citations, and forms for other programs."""

import csv
import io
import json
import re
from datetime import date

import polars as pl
import pytest
import stix2
import stix2validator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledgers import ACTORS, SOURCES, STATEMENTS, changed, issued, source, write_ledger
from splinternet.base.errors import InputError, MisuseError
from splinternet.ledger.catalogue import open_ledger
from splinternet.ledger.citations import STYLES, cite
from splinternet.ledger.ftm import ftm_entities, ftm_lines
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.reading import read_ledger
from splinternet.ledger.stix import stix_bundle
from splinternet.ledger.vocabulary import ACTOR_KINDS


@pytest.fixture
def folder(tmp_path):
    return write_ledger(tmp_path / "small")


@pytest.fixture
def ledger(folder) -> Ledger:
    return read_ledger(folder)


# Citations -------------------------------------------------------------------------------------

JANE = [{"family": "Doe", "given": "Jane Q."}]
TWO = [*JANE, {"family": "Roe", "given": "Richard"}]
THREE = [*TWO, {"literal": "The Agency"}]
WEB = {"URL": "https://example.org/a", "container-title": "The Paper"}


@pytest.mark.parametrize(
    ("values", "mla", "apa", "chicago"),
    [
        (
            {"author": JANE, "issued": issued(2019, 6, 6), **WEB},
            "Doe, Jane Q. “A tie.” The Paper, 6 June 2019, https://example.org/a.",
            "Doe, J. Q. (2019, June 6). A tie. The Paper. https://example.org/a",
            "Doe, Jane Q. 2019. “A tie.” The Paper, June 6. https://example.org/a.",
        ),
        (
            {"author": TWO, "issued": issued(2019, 9), "publisher": "A Press"},
            "Doe, Jane Q., and Richard Roe. “A tie.” The Paper, A Press, Sept. 2019.",
            "Doe, J. Q., & Roe, R. (2019, September). A tie. The Paper. A Press",
            "Doe, Jane Q., and Richard Roe. 2019. “A tie.” The Paper, A Press, September.",
        ),
        (
            {"author": THREE, "issued": issued(2019)},
            "Doe, Jane Q., et al. “A tie.” The Paper, 2019.",
            "Doe, J. Q., Roe, R., & The Agency. (2019). A tie. The Paper",
            "Doe, Jane Q., Richard Roe, and The Agency. 2019. “A tie.” The Paper.",
        ),
        (
            {"title": "Who is tied to whom?", "accessed": issued(2019, 11, 13), **WEB},
            "“Who is tied to whom?” The Paper, https://example.org/a. Accessed 13 Nov. 2019.",
            "Who is tied to whom? (n.d.). The Paper. Retrieved November 13, 2019, from "
            "https://example.org/a",
            "“Who is tied to whom?” n.d. The Paper. Accessed November 13, 2019. "
            "https://example.org/a.",
        ),
        (
            {"title": "AT&T <b>and</b> others", "issued": issued(2019)},
            "“AT&T <b>and</b> others.” The Paper, 2019.",
            "AT&T <b>and</b> others. (2019). The Paper",
            "“AT&T <b>and</b> others.” 2019. The Paper.",
        ),
    ],
)
def test_citations(tmp_path, values, mla, apa, chicago):
    work = source("Work", "repost", title="A tie") | values
    ledger = read_ledger(write_ledger(tmp_path / "x", sources=[*SOURCES, work]))
    cited = {style: cite(ledger, ["Work"], style)["Work"] for style in STYLES}
    expected = {"mla": mla, "apa": apa, "chicago": chicago}
    assert cited == {style: f"{text} [repost]" for style, text in expected.items()}


def test_the_kind_of_a_source_shows_beside_its_citation(ledger):
    works = cite(ledger, ["agency", "seen", "unseen", "agency"])
    assert list(works) == ["agency", "seen", "unseen"]
    assert works["agency"].endswith("https://example.org/deal. [press, from Reuters]")
    assert works["seen"].endswith("[dataset]")
    assert works["unseen"].endswith("[essay, not seen]")
    assert cite(ledger, []) == {}


def test_unknown_style(ledger):
    with pytest.raises(MisuseError, match="unknown style 'ala'; did you mean"):
        cite(ledger, ["agency"], "ala")


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
def test_every_source_of_the_shipped_ledger_can_be_cited(style):
    ledger = open_ledger()
    rows = {row["id"]: row for row in ledger.sources.iter_rows(named=True)}
    for name, work in cite(ledger, rows, style).items():
        row = rows[name]
        assert row["title"] in work
        assert f" [{row['kind']}" in work
        assert row["url"] is None or row["url"] in work
        assert ".." not in work.replace("...", "")


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20))
def test_any_title_can_be_cited(tmp_path_factory, title):
    sources = changed(SOURCES, "blog", title=title)
    folder = write_ledger(tmp_path_factory.getbasetemp() / "titles", sources=sources)
    work = cite(read_ledger(folder), ["blog"])["blog"]
    assert work.startswith("“")
    assert work.endswith("The Paper, Nov. 2019. [repost]")


RANGES = {
    "5-7 June 2019": ([2019, 6, 5], [2019, 6, 7]),
    "28 May to 3 June 2019": ([2019, 5, 28], [2019, 6, 3]),
    "30 December 2018 to 2 January 2019": ([2018, 12, 30], [2019, 1, 2]),
    "May-June 2019": ([2019, 5], [2019, 6]),
    "December 2018 to January 2019": ([2018, 12], [2019, 1]),
    "2018-2019": ([2018], [2019]),
    "2018 to June 2019": ([2018], [2019, 6]),
    "2019 to 1 March 2020": ([2019], [2020, 3, 1]),
    "June 2019 to 2020": ([2019, 6], [2020]),
    "6 June 2019": (["2019", "06", " 6"], [2019, 6, 6]),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("told", RANGES)
def test_ranges_of_dates(tmp_path, told, style):
    dates = {"date-parts": list(RANGES[told])}
    sources = changed(SOURCES, "blog", issued=dates)
    if len(dates["date-parts"][1]) == 3:
        sources = changed(sources, "blog", accessed=dates, URL="https://example.org")
    folder = write_ledger(tmp_path / "x", sources=sources)
    work = cite(read_ledger(folder), ["blog"], style)["blog"]
    if "-" in told or " to " in told:
        assert work.count(told) == (2 if "URL" in str(sources[1]) else 1)
    else:
        assert "2019" in work
        assert "range" not in work


@pytest.mark.parametrize("text", ["2019-06-05/2019-06-07", "2019-06-07", "June 2019"])
@pytest.mark.parametrize("key", ["raw", "edtf", None])
def test_dates_that_a_program_left_as_text(tmp_path, text, key):
    sources = changed(SOURCES, "blog", issued={key: text} if key else text)
    folder = write_ledger(tmp_path / "x", sources=sources)
    if text == "June 2019":
        with pytest.raises(InputError, match="issued: is no CSL date"):
            read_ledger(folder)
    else:
        assert "7 June 2019" in cite(read_ledger(folder), ["blog"])["blog"]


_PART = st.one_of(st.integers(0, 13), st.integers(2015, 2020), st.sampled_from(["2019", "6", "x"]))
_DATE = st.fixed_dictionaries(
    {"date-parts": st.lists(st.lists(_PART, max_size=4), max_size=3)},
    optional={"circa": st.booleans(), "season": st.integers(1, 4), "literal": st.text(max_size=3)},
)
_NAME_KEYS = [
    "family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle",
    "comma-suffix", "static-ordering", "parse-names",
]  # fmt: skip
_AUTHOR = st.dictionaries(
    st.sampled_from(_NAME_KEYS), st.sampled_from(["Doe", "", "de la", True, 1]), max_size=4
)
_FIELD = st.sampled_from(["The Paper", "", 5, None, ["x"], {}])


@pytest.mark.slow
@settings(suppress_health_check=list(HealthCheck), max_examples=300, deadline=None)
@given(
    dates=st.dictionaries(st.sampled_from(["issued", "accessed"]), _DATE),
    authors=st.lists(_AUTHOR, max_size=3),
    fields=st.dictionaries(st.sampled_from(["container-title", "publisher", "language"]), _FIELD),
)
def test_what_the_check_accepts_can_be_cited(tmp_path_factory, dates, authors, fields):
    sources = changed(SOURCES, "blog", **dates, author=authors, **fields)
    folder = write_ledger(tmp_path_factory.getbasetemp() / "cited", sources=sources)
    try:
        ledger = read_ledger(folder)
    except InputError:
        return
    for style in STYLES:
        assert "Title of blog" in cite(ledger, ["blog"], style)["blog"]


# The command -----------------------------------------------------------------------------------


def test_ties_of_an_actor(run, folder):
    status, out, err = run("ties", "华为", "--ledger", str(folder))
    lines = out.splitlines()
    assert (status, err) == (0, "")
    assert lines[:3] == ["Ties of Huawei", "Ledger: A small ledger.", "Made up for tests."]
    assert lines[3] == (
        "Coverage: 4 of the ledger's 7 statements; ties that it does not have may be there all the "
        "same."
    )
    assert lines[5].split() == "start end tie figure kind works disputes id".split()
    assert re.split(r"  +", lines[6]) == [
        "2019-11", "–", "Huawei market share Russia (smartphones)", "more than 37 %", "quote",
        "[1]", "contradicts share", "claimed",
    ]  # fmt: skip
    assert lines[8].startswith("2019-06-05  –        MTS PJSC partners with Huawei (RU; 5G)")
    assert "  [2] [1]  " in lines[8]
    assert lines[10:] == [
        "",
        "[1] “Title of blog.” The Paper, Nov. 2019. [repost]",
        "[2] Doe, Jane. “Title of agency.” The Paper, 6 June 2019, https://example.org/deal. "
        "[press, from Reuters]",
    ]


def test_ties_are_limited_and_so_are_the_works(run, folder):
    _, out, _ = run("ties", "huawei", "--ledger", str(folder), "--limit", "2")
    assert "2 more; --limit 0 shows all\n\n[1] “Title of blog.”" in out
    assert "[2]" not in out


def test_ties_on_a_day_and_known_by_a_day(run, folder):
    words = ("ties", "huawei", "--ledger", str(folder))
    _, out, err = run(*words, "--as-of", "2019-09-30", "-f", "csv")
    assert [row["id"] for row in csv.DictReader(io.StringIO(out))] == ["share", "deal", "ban"]
    assert "Statements that held on 2019-09-30, as far as dates tell.\n" in err
    _, out, err = run(*words, "--as-of", "2019-09-30", "--known-by", "2019-06-30", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["id"], row["sources"]) for row in rows] == [("deal", "agency"), ("ban", "agency")]
    assert "Statements of sources issued by 2019-06-30.\n" in err


def test_undated_ties_are_said_to_be_so(run, folder):
    _, out, _ = run("ties", "mts", "--ledger", str(folder), "--as-of", "2019-01-01")
    assert "as far as dates tell; 1 of no known start may have." in out
    assert "–      –    MTS PJSC operates AS8359" in out


def test_deprecated_ties_are_shown_as_such(run, folder):
    _, out, _ = run("ties", "makers", "--ledger", str(folder))
    assert "All makers sells to Russia (deprecated)" in out
    assert "2.84 to 2.86 million smartphones" in out


def test_words_of_nobody_else(run, folder):
    _, out, _ = run("ties", "putin", "--ledger", str(folder), "--predicate", "states")
    assert "Vladimir Putin states: this is a war" in out


def test_an_actor_without_ties(run, folder):
    status, out, _ = run("ties", "law", "--ledger", str(folder))
    assert status == 0
    assert out.endswith("\nnothing\n")


def test_ties_as_data(run, folder, tmp_path):
    words = ("ties", "huawei", "--ledger", str(folder), "--style", "chicago")
    _, out, _ = run(*words, "-f", "json")
    rows = json.loads(out)
    assert [row["id"] for row in rows] == ["claimed", "share", "deal", "ban"]
    assert rows[2]["citations"].splitlines() == [
        "Doe, Jane. 2019. “Title of agency.” The Paper, June 6. https://example.org/deal. "
        "[press, from Reuters]",
        "“Title of blog.” 2019. The Paper, November. [repost]",
    ]
    assert rows[0]["note"] == "basis not stated"
    saved = tmp_path / "ties.parquet"
    run(*words, "-o", str(saved))
    assert pl.read_parquet(saved)["id"].to_list() == [row["id"] for row in rows]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("Huwei",), "unknown actor 'Huwei'; did you mean Huawei"),
        (("huawei", "--as-of", "2019-02-30"), "'2019-02-30' is no date; February 2019 has 28 days"),
        (("huawei", "--known-by", "2019"), "'2019' is no single day; write it as 2019-11-30"),
        (("huawei", "--predicate", "own"), "unknown predicate 'own'; did you mean owns"),
        (("huawei", "--style", "ala"), "'ala' is not one of 'mla', 'apa', 'chicago'"),
        (
            ("huawei", "--ledger", "technology"),
            "unknown ledger 'technology'; did you mean technology-ties",
        ),
    ],
)
def test_misuse(run, words, problem):
    status, out, err = run("ties", *words)
    assert (status, out) == (2, "")
    assert problem in err


@pytest.mark.slow
def test_ties_of_the_shipped_ledger(run):
    status, out, _ = run("ties", "Huawei", "--as-of", "2019-11-30", "--limit", "0")
    assert status == 0
    assert "37 %" in out
    assert "contradicts sm-q319; contradicts sm-q419" in out
    assert "Mobile TeleSystems (MTS) partners with Huawei (RU; 5G)" in out
    assert "[repost, from Forbes]" in out
    assert "[state media, from Xinhua]" in out


def test_check(run, folder):
    assert run("ledger", "check", str(folder)) == (
        0,
        f"{folder}: 7 statements about 7 actors from 5 sources, no problem\n",
        "",
    )


def test_check_of_a_bad_ledger(run, tmp_path):
    bad = changed(changed(STATEMENTS, "deal", start="2019-02-30"), "ban", unit="%")
    folder = write_ledger(tmp_path / "bad", statements=bad)
    status, out, err = run("ledger", "check", str(folder))
    assert status == 1
    assert [line.partition(": ")[0] for line in out.splitlines()] == [
        f"{folder}/statements.csv:2",
        f"{folder}/statements.csv:5",
    ]
    assert err == f"{folder}: 2 problems\n"


@pytest.mark.slow
def test_check_by_name(run):
    status, out, _ = run("ledger", "check", "technology-ties")
    assert status == 0
    assert out.endswith("no problem\n")


def test_check_of_nothing(run, tmp_path):
    status, out, _ = run("ledger", "check", str(tmp_path))
    assert status == 1
    assert out.splitlines()[0] == f"{tmp_path}/ledger.toml: no such file"
    status, _, err = run("ledger", "check", str(tmp_path / "none"))
    assert status == 2
    assert "no ledger here" in err


# Forms for other programs ----------------------------------------------------------------------


def check_ftm(entities: list[dict]) -> None:
    """Let the library of FollowTheMoney's authors judge every entity, property and reference."""
    from followthemoney import model

    schema_of = {entity["id"]: model.get(entity["schema"]) for entity in entities}
    assert len(schema_of) == len(entities)
    for entity in entities:
        assert set(entity) == {"id", "schema", "properties"}
        schema, properties = schema_of[entity["id"]], entity["properties"]
        schema.validate({"properties": properties})
        assert set(schema.required) | {schema.source_prop and schema.source_prop.name} - {
            None
        } <= set(properties)
        for name, values in properties.items():
            known = schema.get(name)
            assert known is not None, (entity["id"], name)
            assert values
            for value in values:
                if known.type.name == "entity":
                    assert schema_of[value].is_a(known.range), (entity["id"], name)
                else:
                    assert known.type.clean(value) is not None, (entity["id"], name, value)


@pytest.mark.slow
def test_ftm_of_a_small_ledger(run, folder, ledger):
    status, out, err = run("ties", "huawei", "--ledger", str(folder), "-f", "ftm")
    assert err.splitlines()[:2] == ["Ledger: A small ledger.", "Made up for tests."]
    entities = {entity["id"]: entity for entity in map(json.loads, out.splitlines())}
    assert status == 0
    check_ftm(list(entities.values()))
    assert entities["statement-deal"] == {
        "id": "statement-deal",
        "schema": "Project",
        "properties": {
            "name": ["They signed an agreement"],
            "goal": ["partners with"],
            "summary": ["They signed an agreement"],
            "sourceUrl": ["https://example.org/deal"],
            "description": ["RU; 5G", "stated as fact"],
            "recordId": ["deal"],
            "proof": ["source-agency", "source-blog"],
            "startDate": ["2019-06-05"],
        },
    }
    parts = [each["properties"] for each in entities.values()
             if each["properties"].get("project") == ["statement-deal"]]  # fmt: skip
    assert [each["participant"] for each in parts] == [["actor-mts"], ["actor-huawei"]]
    assert entities["actor-huawei"]["properties"]["alias"] == ["华为", "Hua Wei"]
    assert "contradicts share" in entities["statement-claimed"]["properties"]["description"]
    check_ftm(list(ftm_entities(ledger)))


@pytest.mark.slow
def test_ftm_has_types_for_permissions_damage_and_ends(tmp_path):
    about = {"kind": "fact", "sources": "blog", "summary": "A tie", "start": "2019-07"}
    actors = [*ACTORS, {"id": "line", "kind": "cable", "name": "A cable"},
              {"id": "storm", "kind": "group", "name": "A storm"}]  # fmt: skip
    more = [
        {"id": "permit", "subject": "us", "predicate": "allows", "object": "huawei", **about},
        {"id": "cut", "subject": "storm", "predicate": "damages", "object": "line", **about},
        {"id": "gone", "subject": "mts", "predicate": "leaves", "object": "line", **about},
    ]
    ledger = read_ledger(
        write_ledger(tmp_path / "x", actors=actors, statements=[*STATEMENTS, *more])
    )
    entities = list(ftm_entities(ledger))
    check_ftm(entities)
    found = {entity["id"]: (entity["schema"], entity["properties"]) for entity in entities}
    assert found["license-permit"][1]["authority"] == ["actor-us"]
    assert found["statement-permit"][1]["supplier"] == ["actor-huawei"]
    assert found["statement-cut"][0] == "Event"
    links = [found[f"{role}-cut"][1] for role in ("cause", "struck")]
    assert [(each["subject"], each["object"]) for each in links] == [
        (["statement-cut"], ["actor-storm"]), (["statement-cut"], ["actor-line"]),
    ]  # fmt: skip
    schema, over = found["statement-gone"]
    assert (schema, over["endDate"], over.get("startDate")) == ("Ownership", ["2019-07"], None)


def test_ftm_knows_owners(tmp_path):
    owned = {
        "id": "owned", "subject": "huawei", "predicate": "owns", "object": "mts", "start": "2019",
        "value_low": "51", "value_high": "51", "unit": "%", "kind": "fact", "sources": "blog",
        "summary": "A stake",
    }  # fmt: skip
    ledger = read_ledger(write_ledger(tmp_path / "x", statements=[*STATEMENTS, owned]))
    [properties] = [
        each["properties"]
        for each in ftm_entities(ledger)
        if each["id"] == "statement-owned" and each["schema"] == "Ownership"
    ]
    assert (properties["owner"], properties["asset"]) == (["actor-huawei"], ["actor-mts"])
    assert (properties["percentage"], properties["startDate"]) == (["51 %"], ["2019"])


def test_ftm_tells_who_runs_a_network_from_who_owns_it(tmp_path):
    owns = {"id": "has", "subject": "mts", "predicate": "owns", "object": "as8359", "kind": "fact",
            "sources": "blog", "summary": "It owns the network"}  # fmt: skip
    ledger = read_ledger(write_ledger(tmp_path / "x", statements=[*STATEMENTS, owns]))
    entities = list(ftm_entities(ledger))
    check_ftm(entities)
    links = [each["properties"] for each in entities if each["schema"] == "Ownership"]
    assert [(each["role"], each.get("ownershipType")) for each in links] == [
        (["operates"], ["operator"]), (["owns"], None),
    ]  # fmt: skip


def test_ftm_has_types_for_bans_loans_and_contracts(tmp_path):
    """With figures, units and dates as properties, not as words."""
    about = {"kind": "fact", "sources": "blog", "summary": "A tie"}
    money = {"value_low": "1500000", "value_high": "1500000", "unit": "USD"}
    more = [
        {"id": "loan", "subject": "huawei", "predicate": "finances", "object": "mts", **money},
        {"id": "gift", "subject": "huawei", "predicate": "finances", "object": "mts", **money,
         "basis": "grant"},
        {"id": "buys", "subject": "mts", "predicate": "contracts", "object": "huawei", **money,
         "start": "2019-07", "claim": "radio network"},
        {"id": "passes", "subject": "ru", "predicate": "enacts", "object": "law"},
    ]  # fmt: skip
    rows = [*changed(STATEMENTS, "ban", generations="5G"), *(row | about for row in more)]
    ledger = read_ledger(write_ledger(tmp_path / "x", statements=rows))
    entities = list(ftm_entities(ledger))
    check_ftm(entities)
    found = {entity["id"]: entity for entity in entities}
    schemata = {name: found[f"statement-{name}"]["schema"] for name in
                ("ban", "loan", "gift", "buys", "passes", "said")}  # fmt: skip
    assert schemata == {
        "ban": "Sanction", "loan": "Debt", "gift": "Payment", "buys": "ContractAward",
        "passes": "Documentation", "said": "Note",
    }  # fmt: skip
    ban = found["statement-ban"]["properties"]
    assert (ban["authority"], ban["entity"]) == (["United States"], ["actor-huawei"])
    assert (ban["startDate"], ban["endDate"], ban["country"]) == (["2019"], ["2020-03"], ["us"])
    assert ban["provisions"] == ["bans", "5G", "to be done by 2021"]
    loan = found["statement-loan"]["properties"]
    assert (loan["amount"], loan["currency"]) == (["1500000.00"], ["USD"])
    contract = found["contract-buys"]["properties"]
    assert (contract["authority"], contract["contractDate"]) == (["actor-mts"], ["2019-07"])
    assert found["statement-buys"]["properties"]["supplier"] == ["actor-huawei"]


def test_identifiers_of_actors_go_along(tmp_path):
    actors = changed(ACTORS, "mts", wikidata="Q1", mcc_mnc="250-01;250-02", peeringdb="7")
    actors = changed(actors, "huawei", lei="ABCDEFGHIJKLMNOPQR12")
    ledger = read_ledger(write_ledger(tmp_path / "x", actors=actors))
    entities = list(ftm_entities(ledger))
    check_ftm(entities)
    found = {entity["id"]: entity["properties"] for entity in entities}
    assert found["actor-mts"]["wikidataId"] == ["Q1"]
    assert found["actor-mts"]["keywords"] == ["MCC-MNC 250-01", "MCC-MNC 250-02"]
    assert found["actor-huawei"]["leiCode"] == ["ABCDEFGHIJKLMNOPQR12"]
    bundle = stix2.parse(stix_bundle(ledger), allow_custom=False)
    [mts] = [each for each in bundle.objects if each.get("name") == "MTS PJSC"]
    assert [(each.source_name, each.external_id) for each in mts.external_references] == [
        ("wikidata", "Q1"), ("mcc-mnc", "250-01"), ("mcc-mnc", "250-02"), ("peeringdb-org", "7"),
    ]  # fmt: skip


def test_stix_objects_are_as_old_as_their_own_sources(ledger):
    bundle = stix2.parse(stix_bundle(ledger), allow_custom=False)
    [deal] = [o for o in bundle.objects if o.get("relationship_type") == "partners-with"]
    # The agency's report is of 6 June 2019, the blog's of some day of November.
    assert (deal.created.date(), deal.modified.date()) == (date(2019, 6, 6), date(2019, 11, 30))
    [ban] = [o for o in bundle.objects if o.get("relationship_type") == "bans"]
    assert ban.created.date() == ban.modified.date() == date(2019, 6, 6)


@pytest.mark.slow
def test_exports_of_the_shipped_ledger():
    ledger = open_ledger()
    entities = [json.loads(line) for line in ftm_lines(ledger).splitlines()]
    check_ftm(entities)
    untyped = sum(entity["schema"] == "UnknownLink" for entity in entities)
    assert untyped < 0.16 * ledger.statements.height  # two for each event, as its links
    own = {entity["schema"] for entity in entities if entity["id"].startswith("statement-")}
    assert {"Event", "Ownership", "Sanction"} <= own
    said_so = [e for e in entities if e["id"].startswith("statement-")]
    bare = sum(entity["schema"] == "UnknownLink" for entity in said_so)
    assert bare / len(said_so) < 0.08  # as docs/ledger.md says
    assert sum(entity["id"].startswith("statement-") for entity in entities) == (
        ledger.statements.height
    )
    bundle = stix2.parse(stix_bundle(ledger), allow_custom=False)
    said = sum(each.type in ("relationship", "note") for each in bundle.objects)
    assert said >= ledger.statements.height


def test_every_kind_of_actor_can_be_exported(tmp_path):
    plain = {"kind": "law", "name": "X"}
    need = {
        "state": {"id": "fi", "country": "FI"},
        "person": {"office": "Minister"},
        "network": {"asn": "1"},
    }
    actors = [{"id": kind, **plain, "kind": kind, **need.get(kind, {})} for kind in ACTOR_KINDS]
    statements = [
        {**STATEMENTS[0], "id": f"s-{row['id']}", "subject": row["id"], "object": "law"}
        for row in actors
        if row["id"] != "law"
    ]
    for row in statements:
        row.pop("countries")
    ledger = read_ledger(write_ledger(tmp_path / "x", actors=actors, statements=statements))
    check_ftm(list(ftm_entities(ledger)))
    kinds = {each.type for each in stix2.parse(stix_bundle(ledger)).objects}
    assert kinds == {"identity", "infrastructure", "autonomous-system", "relationship"}


def test_stix_of_a_small_ledger(run, folder):
    status, out, _ = run("ties", "huawei", "--ledger", str(folder), "-f", "stix")
    bundle = stix2.parse(out, allow_custom=False)
    objects = {each.id: each for each in bundle.objects}
    assert status == 0
    ban, deal = (
        next(each for each in bundle.objects if each.get("relationship_type") == word)
        for word in ("bans", "partners-with")
    )
    assert objects[ban.source_ref].name == "United States"
    assert objects[ban.target_ref].name == "Huawei"
    assert ban.start_time.isoformat() == "2019-01-01T00:00:00+00:00"
    assert ban.stop_time.isoformat() == "2020-04-01T00:00:00+00:00"
    assert "stop_time" not in deal
    assert [each.source_name for each in deal.external_references] == ["agency", "blog"]
    assert deal.external_references[0].url == "https://example.org/deal"
    assert deal.external_references[0].description.endswith("[press, from Reuters]")
    [dispute] = [each for each in bundle.objects if each.type == "note"]
    assert dispute.content == "The statement share contradicts claimed."
    assert {objects[name].type for name in dispute.object_refs} == {"relationship"}


@pytest.mark.parametrize(
    "opened", [pytest.param("small"), pytest.param("shipped", marks=pytest.mark.nightly)]
)
def test_the_validator_of_stix_finds_nothing(ledger, opened):
    """OASIS' own; what it suggests beyond the standard does not count."""
    bundle = stix_bundle(ledger if opened == "small" else open_ledger())
    found = stix2validator.validate_string(bundle, stix2validator.ValidationOptions(version="2.1"))
    assert found.is_valid, found.errors


def test_stix_of_words_and_networks(ledger):
    bundle = stix2.parse(stix_bundle(ledger), allow_custom=False)
    [network] = [each for each in bundle.objects if each.type == "autonomous-system"]
    # The identifier that STIX derives from the number, as the library of its authors does.
    assert network.id == stix2.AutonomousSystem(number=8359).id
    said = [each for each in bundle.objects if each.type == "note" and "war" in each.content]
    assert [each.content for each in said] == ["this is a war; Words at a forum"]
    [wrong] = [each for each in bundle.objects if each.get("revoked")]
    assert wrong.labels == ["estimate", "deprecated"]


def test_stix_is_the_same_every_time_and_may_be_empty(ledger):
    assert stix_bundle(ledger) == stix_bundle(ledger)
    empty = json.loads(stix_bundle(ledger.about("law")))
    assert set(empty) == {"type", "id"}
    assert ftm_lines(ledger.about("law")) == ""


def test_exports_go_to_files(run, folder, tmp_path):
    file = tmp_path / "ties.json"
    run("ties", "huawei", "--ledger", str(folder), "-f", "stix", "-o", str(file))
    assert json.loads(file.read_text(encoding="utf-8"))["type"] == "bundle"
