"""The JSON API, called by hand and by schemathesis from its own description."""

import io
import zipfile

import msgspec
import polars as pl
import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig

from budgets import fewest
from commands import save, small_world
from splinternet.figures.shipped import list_figures
from splinternet.measures.exposure import exposure
from splinternet.scenario.comparison import ENDS
from splinternet.web import api_nations, api_routes, reverse
from splinternet.web.api import ENDPOINTS
from splinternet.web.app import create_app
from websites import small_site

SCENARIO = {
    "name": "Mine",
    "world": "small",
    "shocks": [{"kind": "isolate", "networks": "country:RU"}],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with small_site(tmp_path_factory.mktemp("site")) as opened:
        yield opened


def test_the_index_names_all_there_is(site):
    index = site.get("/api").json()
    assert index["description"] == "/api/openapi.json"
    assert {offer["address"] for offer in index["offers"]} == {e.address for e in ENDPOINTS}


def test_worlds(site):
    (world,) = site.get("/api/worlds").json()
    assert (world["name"], world["networks"]) == ("small", 10)
    assert world["levels"] == "Levels are computed on this world: no figures of it are shipped."


def test_nation(site):
    figures = site.get("/api/nations/Russia").json()
    named = {row["figure"]: row["value"] for row in figures}
    assert named["providers"] == 2
    assert {row["country"] for row in figures} == {"RU"}


def test_what_if(site):
    body = {"scenario": SCENARIO, "country": "RU", "measure": ["cut"]}
    changed = site.post("/api/what-if", json=body).json()
    figures = {row["figure"]: row for row in changed["figures"]}
    assert figures["reached_abroad"]["after"] == 0
    assert changed["country"] == "RU"
    assert changed["sentences"]


def test_what_if_by_page_and_by_api_are_one(site):
    page = site.get("/what-if/tables/all.json?name=Mine&world=small&country=RU"
                    "&shocks.0.kind=isolate&shocks.0.networks=RU").json()  # fmt: skip
    body = {"scenario": SCENARIO, "country": "RU"}
    figures = site.post("/api/what-if", json=body).json()["figures"]
    for each in figures:
        number = each.pop("asn")
        assert number is None or each["of"] == f"AS{number}"
        # Of a full world ranges and doubts are computed where they are asked for alone.
        assert {each.pop(end) for end in (*ENDS, "doubt")} == {None}
    assert {row["of"]: row["name"] for row in page}["AS1"] == "One, Inc."
    assert figures == page


def test_shares_and_who_depends(site):
    """What a nation depends on, and the nations that depend on it, are one figure."""
    shares = site.get("/api/dependence/RU").json()
    first = shares[0]
    found = site.get(f"/api/dependents/AS{first['asn']}").json()
    named = {row["country"]: row["share"] for row in found}
    assert named["RU"] == pytest.approx(first["share"], abs=1e-6)
    states = site.get("/api/states/RU?least=0").json()
    assert {"US"} <= {row["country"] for row in states}
    assert all(row["asn"] is None for row in states)


def test_shares_of_the_full_world_where_they_are_shipped(site, monkeypatch):
    """Levels of the API are those of pages and commands; what asks for more is computed."""
    computed = site.get("/api/dependence/RU").json()
    figures = list_figures()[0]
    for module in (api_routes, reverse):
        monkeypatch.setattr(module, "shipped_figures", lambda _: figures)
    shares = site.get("/api/dependence/RU").json()
    whole = figures.table("dependence", "RU").filter(pl.col("share") >= 0.01)
    assert [(row["asn"], row["share"], row["doubt"]) for row in shares] == [
        *whole.select("asn", "share", "doubt").iter_rows()
    ]
    first = shares[0]
    found = site.get(f"/api/dependents/AS{first['asn']}").json()
    assert {"RU": first["share"]}.items() <= {row["country"]: row["share"] for row in found}.items()
    assert site.get("/api/dependents/AS77").status_code == 404
    assert site.get("/api/dependence/RU?least=0.005").json() == computed


def test_paths_and_networks(site):
    hops = site.get("/api/path/1/10").json()
    assert (hops[0]["asn"], hops[-1]["asn"]) == (1, 10)
    networks = site.get("/api/networks").json()
    assert (networks["found"], networks["next"], len(networks["networks"])) == (10, None, 10)
    assert site.get("/api/networks?page=2").status_code == 404
    assert {
        row["country"] for row in site.get("/api/networks?country=Russia").json()["networks"]
    } == {"RU"}


def test_an_answer_that_is_known_is_not_sent_again(site):
    first = site.get("/api/networks")
    again = site.get("/api/networks", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    wide = site.get("/api/ties", headers={"accept-encoding": "gzip"})
    assert wide.headers["content-encoding"] == "gzip"


def test_ties(site):
    found = site.get("/api/ties?actor=Huawei&disputed=yes&style=apa").json()
    assert found["found"] >= 1
    statement = found["statements"][0]
    assert statement["disputes"]
    assert set(statement["sources"]) <= set(found["citations"])


def test_essay(site):
    claims = site.post("/api/essay", json={"text": "In 2019 the United States banned Huawei."})
    assert claims.json()[0]["line"] == 1


def test_scenarios(site):
    names = [case["name"] for case in site.get("/api/scenarios").json()]
    assert site.get(f"/api/scenarios/{names[0]}").json()["toml"].startswith("name")


@pytest.mark.parametrize(
    ("method", "address", "body", "status"),
    [
        ("GET", "/api/nothing", None, 404),
        ("GET", "/api/nations/Atlantis", None, 404),
        ("GET", "/api/nations/RU?world=none", None, 404),
        ("GET", "/api/nations/RU?colour=red", None, 422),
        ("GET", "/api/dependents/AS77", None, 404),
        ("GET", "/api/dependents/Atlantis", None, 404),
        ("GET", "/api/dependence/PE", None, 404),
        ("GET", "/api/path/1/77", None, 404),
        ("GET", "/api/dependence/RU?least=2", None, 422),
        ("GET", "/api/ties?page=x", None, 422),
        ("GET", "/api/scenarios/none", None, 404),
        ("DELETE", "/api/worlds", None, 405),
        ("POST", "/api/what-if", {}, 422),
        ("POST", "/api/what-if", {"scenario": SCENARIO, "more": 1}, 422),
        ("POST", "/api/what-if", {"scenario": {**SCENARIO, "world": "none"}}, 404),
        ("POST", "/api/what-if", {"scenario": {**SCENARIO, "name": None}}, 422),
        ("POST", "/api/what-if", {"scenario": {**SCENARIO, "shocks": 1e300}}, 422),
        ("POST", "/api/essay", {"text": ""}, 422),
        ("POST", "/api/essay", {"text": "x", "date": "never"}, 422),
    ],
)
def test_what_is_wrong_is_said_as_json(site, method, address, body, status):
    answer = site.request(method, address, json=body)
    assert answer.status_code == status
    said = answer.json()["error"]
    assert said["status"] == status
    assert said["message"]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000, b'"\\ud800"', b"null"])
def test_what_is_no_json(site, data):
    answer = site.post("/api/what-if", content=data)
    assert answer.status_code == 422
    assert "error" in answer.json()


def test_the_document_describes_every_endpoint(site):
    found = site.get("/api/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    assert set(found["paths"]) == {endpoint.address for endpoint in ENDPOINTS}
    posted = found["paths"]["/api/what-if"]["post"]["responses"]
    assert {"400", "403", "405", "408", "413", "414", "422", "503"} <= set(posted)
    assert found["components"]["schemas"]["Scenario"]["required"] == ["name", "world", "shocks"]


#: What is of the right form is accepted, or names what is not here (404). Only these three may
#: refuse it for what it means (422): a scenario that selects nobody, an actor that nobody knows, a
#: date that is none.
JUDGES = ("/api/what-if", "/api/ties", "/api/essay")

CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {"positive_data_acceptance": {"expected-statuses": ["200", "404"]}},
        "operations": [
            {
                "include-path": list(JUDGES),
                "checks": {
                    "positive_data_acceptance": {"expected-statuses": ["200", "404", "422"]}
                },
            }
        ],
    }
)


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    folder = tmp_path_factory.mktemp("api") / "small"
    save(small_world(), folder)
    app = create_app([folder], hosts=["*"])
    return schemathesis.openapi.from_asgi("/api/openapi.json", app, config=CONFIG)


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@fewest
def test_the_api_is_as_described(case):
    case.call_and_validate()


ELSEWHERE = "https://news.example"


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    with small_site(tmp_path_factory.mktemp("shared"), origins=[ELSEWHERE]) as opened:
        yield opened


def from_elsewhere(mode, origin):
    named = {"origin": origin} if mode == "cors" else {"referer": f"{origin}/"}
    return {"sec-fetch-site": "cross-site", "sec-fetch-mode": mode, **named}


def test_pages_of_a_site_that_is_named_may_ask_send_and_embed(shared):
    headers = from_elsewhere("cors", ELSEWHERE)
    asked = shared.get("/api/worlds", headers=headers)
    assert asked.headers["access-control-allow-origin"] == ELSEWHERE
    body = {"scenario": SCENARIO, "country": "RU"}
    assert shared.post("/api/what-if", json=body, headers=headers).status_code == 200
    before = {**headers, "access-control-request-method": "POST"}
    assert shared.options("/api/what-if", headers=before).status_code == 200
    embedded = shared.get("/static/icon.svg", headers=from_elsewhere("no-cors", ELSEWHERE))
    assert embedded.headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize("mode", ["cors", "no-cors"])
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://news.example", "https://news.example.evil.example"]
)
def test_pages_of_other_sites_may_not(shared, site, mode, origin):
    for each in (shared, site):
        answer = each.get("/api/worlds", headers=from_elsewhere(mode, origin))
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    refused = site.get("/api/worlds", headers=from_elsewhere(mode, ELSEWHERE))
    assert refused.status_code == 403


def test_a_mark_is_of_the_question_the_worlds_and_the_ledger(site, monkeypatch):
    """Who has an answer is told before it is computed again; another question has another mark."""
    first = site.get("/api/control/RU")
    monkeypatch.setattr(api_nations, "control", None)
    again = {"if-none-match": f'"other", {first.headers["etag"]}'}
    assert site.get("/api/control/RU", headers=again).status_code == 304
    other = site.get("/api/control/RU?paths=modelled", headers=again)
    assert other.status_code != 304
    assert "etag" not in site.get("/api/control/Atlantis").headers
    assert "etag" not in site.get("/about").headers


def test_other_figures_of_a_nation(site):
    nations = {row["country"]: row for row in site.get("/api/nations").json()}
    assert nations["RU"]["networks"] == 3
    watched = {row["direction"]: row for row in site.get("/api/exposure/RU?observer=US").json()}
    table = exposure(small_world(), "RU", observers=("US",))
    assert watched["inbound"]["exposed"] == table["exposed"][0]
    fewest = site.get("/api/control/RU").json()[-1]
    assert (fewest["method"], fewest["exact"]) == ("fewest", True)
    equipped = site.get("/api/vendors/RU?vendor=Huawei").json()
    told = [row["tie"] for row in equipped if row["measure"] == "equipment from"]
    assert told
    assert all("Huawei" in each for each in told)
    assert site.get("/api/control/RU?paths=observed").status_code == 404
    assert site.get("/api/states/RU?paths=dreamt").status_code == 422


def test_the_archive_has_all_nations_and_says_what_each_column_is(site):
    sent = site.get("/figures.zip")
    with zipfile.ZipFile(io.BytesIO(sent.content)) as archive:
        columns = pl.read_csv(archive.read("columns.csv"))
        assert columns["meaning"].null_count() == 0
        for figures in list_figures():
            table = pl.read_csv(archive.read(f"{figures.world.name}/nations.csv"))
            assert table.height == figures.nations.height
            assert set(table.columns) <= set(columns["column"])


def test_every_page_of_the_statements_is_reached_once(site):
    """Following the next page ends, with every statement seen once."""
    address, seen = "/api/ties?q=5g", []
    while address:
        page = site.get(address).json()
        seen += [each["id"] for each in page["statements"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == page["found"]
    assert page["pages"] > 1


def test_every_endpoint_has_an_example_of_its_form(site):
    """Examples of the document are what the endpoints give, and bodies what they take."""
    document = site.get("/api/openapi.json").json()
    for endpoint in ENDPOINTS:
        operation = document["paths"][endpoint.address][endpoint.method.lower()]
        given = operation["responses"]["200"]["content"]["application/json"]["example"]
        msgspec.convert(given, endpoint.result)
        if endpoint.body is not None:
            sent = operation["requestBody"]["content"]["application/json"]["example"]
            msgspec.convert(sent, endpoint.body)
