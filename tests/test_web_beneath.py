"""The web application behind a proxy that serves it beneath a prefix."""

import re

import pytest

from commands import save, small_world
from splinternet.web.app import create_app
from splinternet.web.beneath import beneath
from websites import client, small_site

PAGES = ["/", "/what-if", "/compare", "/ledger", "/essay", "/about", "/brief/RU", "/nowhere"]


def links(text: str) -> list[str]:
    return re.findall(r'\s(?:href|src|action|data-follow)="(/[^"]*)"', text)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with small_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.mark.parametrize("page", PAGES)
def test_every_link_has_the_prefix_that_the_proxy_says(site, page):
    plain = links(site.get(page).text)
    assert len(plain) > 5
    text = site.get(page, headers={"X-Forwarded-Prefix": "/net"}).text
    assert links(text) == [f"/net{link}" for link in plain]
    assert 'data-prefix="/net"' in text


def test_redirections_have_it_too(site):
    answer = site.get("/brief?country=Russia", headers={"X-Forwarded-Prefix": "/a/b/"})
    assert answer.is_redirect
    assert answer.headers["location"].startswith("/a/b/brief/RU")


@pytest.mark.parametrize(
    "prefix", ["net", "//evil.example", '/"onload="x', "/a b", "http://x/", ""]
)
def test_what_is_no_prefix_is_not_heeded(site, prefix):
    assert site.get("/", headers={"X-Forwarded-Prefix": prefix}).text == site.get("/").text


@pytest.mark.parametrize("asked", ["/about", "/net/about"])
def test_an_option_names_it_whether_the_proxy_takes_it_off_or_not(tmp_path, asked):
    world = save(small_world(), tmp_path / "small")
    with client(create_app([world], prefix="/net")) as site:
        answer = site.get(asked)
        assert answer.status_code == 200
        assert all(link.startswith("/net/") for link in links(answer.text))


@pytest.mark.parametrize(("prefix", "server"), [("/net", "/net"), ("/a/b/", "/a/b"), ("net", "/")])
def test_the_document_of_the_api_says_where_the_server_is(site, prefix, server):
    headers = {"X-Forwarded-Prefix": prefix}
    index = site.get("/api", headers=headers).json()
    above = server.rstrip("/")
    assert index["description"] == f"{above}/api/openapi.json"
    assert all(offer["address"].startswith(f"{above}/api") for offer in index["offers"])
    document = site.get(index["description"], headers=headers).json()
    assert document["servers"] == [{"url": server}]
    assert all(path.startswith("/api") for path in document["paths"])


def test_only_addresses_of_this_server_are_changed():
    page = '<a href="/x">/y href=&quot;/z&quot;</a><a href="https://x/">//</a><a href="//x/">'
    assert beneath("/n", page) == page.replace('href="/x"', 'href="/n/x"')
