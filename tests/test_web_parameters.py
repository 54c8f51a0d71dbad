"""Misspelt parameters are told on every page and by the whole API: one rule for all routes."""

from urllib.parse import quote

import pytest
from starlette.routing import Route

from splinternet.web.api import ENDPOINTS
from splinternet.web.app import create_app
from websites import client, read, small_site

#: What stands in the place of each part of an address.
PARTS = {
    "{form}": "csv", "{country}": "RU", "{asn}": "1", "{actor}": "huawei", "{exchange}": "1",
    "{date}": "2019-12", "{figure}": "detours", "{code}": "x", "{carrier}": "RU", "{source}": "1",
    "{destination}": "10",
}  # fmt: skip

ROUTES = [each for each in create_app(["2019-12"]).routes if isinstance(each, Route)]
PAGES = [
    (method, each.path)
    for each in ROUTES
    for method in (each.methods or ()) - {"HEAD"}
    if not each.path.startswith(("/api", "/static"))
]
QUERIES = {each.address: each.query.__struct_fields__ for each in ENDPOINTS if each.query}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with small_site(tmp_path_factory.mktemp("worlds")) as opened:
        yield opened


def filled(path: str) -> str:
    for part, value in PARTS.items():
        path = path.replace(part, value)
    # Of a table or a chart the name, else that of a case.
    name = "russia-isolates-itself" if "cases" in path or "scenarios" in path else "lost"
    return path.replace("{name}", name)


def test_the_routes_are_those_of_the_application():
    assert len(PAGES) > 40
    assert {"/networks/{asn}", "/essay/read", "/what-if/upload"} <= {path for _, path in PAGES}


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_a_page_tells_of_a_misspelt_parameter(site, method, path):
    answer = site.request(method, f"{filled(path)}?wrold=small")
    assert answer.status_code == 422
    assert "nknown parameter 'wrold'; did you mean world?" in read(answer).replace("&#39;", "'")


@pytest.mark.parametrize("path", ["/networks/10", "/states/RU", "/brief/RU", "/rankings"])
def test_other_marks_of_an_address_are_passed_over(site, path):
    assert site.get(f"{path}?utm_source=elsewhere&fbclid=x").status_code == 200


@pytest.mark.parametrize("path", QUERIES)
def test_the_api_tells_of_a_misspelt_parameter(site, path):
    for name in QUERIES[path]:
        said = name[:-1] + name[-1] * 2
        answer = site.get(f"{filled(path)}?{quote(said)}=1")
        assert answer.status_code == 422
        message = answer.json()["error"]["message"]
        assert message.startswith(f"Unknown parameter '{said}'; did you mean ")
        assert name in message


def test_what_is_made_of_a_scenario_takes_the_fields_of_one():
    with client(create_app(["2019-12"])) as site:
        asked = "shocks.0.kind=isolate&shocks.0.networks=RU&by=state&measure=cut&world=2019-12"
        assert site.get(f"/what-if/scenario.toml?{asked}").status_code == 200
        wrong = site.get(f"/what-if/scenario.toml?{asked}&mesure=cut")
        assert "did you mean measure?" in read(wrong)
