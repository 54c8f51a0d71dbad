"""Essays on the web: read as a file or as text, and by a link that holds them."""

import html
import re

import lxml.html
import pytest

from splinternet.web.stated import linked_ids, linked_words
from websites import small_site


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with small_site(tmp_path_factory.mktemp("site")) as opened:
        yield opened


@pytest.mark.slow
def test_an_essay_is_read(site):
    text = "In 2019 the United States banned Huawei. Huawei and MTS signed an agreement."
    answer = site.post("/essay/read", files={"file": ("essay.txt", text)})
    assert answer.status_code == 200
    assert "Huawei" in answer.text
    pasted = site.post("/essay/read", data={"text": text, "date": "2019-11", "form": "csv"})
    assert "tie" in pasted.text.splitlines()[0]
    whole = site.post("/essay/read", data={"text": text, "form": "json"}).json()
    assert whole["sentences"][0]["text"].startswith("In 2019")


def test_a_reading_has_a_link_that_holds_the_essay(site):
    text = 'In 2019 the United States banned "Huawei" & others.\r\nSo much for 100%.'
    sent = {"text": text, "date": "2019-11"}
    first = site.post("/essay/read", data=sent)
    (link,) = re.findall(r'href="(/essay/read\?[^"]+)"', first.text)
    again = site.get(html.unescape(link))
    assert again.status_code == 200
    assert again.text == first.text
    claims = site.get("/essay/read", params=sent | {"form": "csv"})
    assert claims.text == site.post("/essay/read", data=sent | {"form": "csv"}).text
    file = site.post("/essay/read", files={"file": ("essay.txt", text)}, data={"date": "2019-11"})
    assert link in file.text


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-8-sig", "utf-16"])
def test_the_link_holds_the_essay_as_it_was_decoded(site, encoding):
    file = ("essay.txt", "Café Huawei".encode(encoding))
    first = site.post("/essay/read", files={"file": file}).text
    (link,) = re.findall(r'href="(/essay/read\?[^"]+)"', first)
    assert ">Café Huawei</textarea>" in site.get(html.unescape(link)).text


@pytest.mark.slow
def test_an_essay_too_long_for_a_link_says_so(site):
    essay = "In 2019 they banned Huawei. " * 1000
    answer = site.post("/essay/read", files={"file": ("essay.txt", essay)})
    assert answer.status_code == 200
    assert "/essay/read?" not in answer.text
    assert "the essay is too long" in answer.text


def test_an_address_without_an_essay_leads_to_the_form(site):
    answer = site.get("/essay/read")
    assert (answer.status_code, answer.headers["location"]) == (303, "/essay")


@pytest.mark.parametrize("sent", [{"text": ""}, {"text": "a", "date": "soon"}, {"text": "\0" * 99}])
def test_an_essay_that_is_none(site, sent):
    assert site.post("/essay/read", data=sent).status_code == 422


def test_a_pdf_is_no_essay(site):
    answer = site.post("/essay/read", files={"file": ("essay.pdf", b"%PDF-1.4")})
    assert answer.status_code == 422
    assert "pdftotext" in answer.text


def test_statements_in_a_reading_are_told_in_words_and_are_links(site):
    """What a verdict rests on is one step away; no id stands raw, in the margin or below."""
    page = lxml.html.document_fromstring(site.get("/essay/read?text=Russia+bans+Huawei.").text)
    links = page.xpath("//section//a[starts-with(@href, '/ledger?id=')]")
    beside = page.xpath("//div[@class='essay']//li/a[contains(@href, '?id=')]")
    assert len(links) > len(beside) > 0
    for each in links:
        assert each.get("href").removeprefix("/ledger?id=") not in page.text_content()
        assert "Russia" in each.text or "Huawei" in each.text or each.text == "statement"


WORDS = {"us-huawei": "The United States bans Huawei, 2019", "a-1": "A bans B"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("for: us-huawei: it bans", "for: [us-huawei|statement]: it bans"),
        (
            "by us-huawei, a-1 & x-2",
            f"by [us-huawei|{WORDS['us-huawei']}], [a-1|A bans B] &amp; x-2",
        ),
        ("a-1 us-huawei", f"[a-1|A bans B]; [us-huawei|{WORDS['us-huawei']}]"),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_ids_give_way_to_words(text, told):
    found = re.sub(
        r'<a href="/ledger\?id=([^"]+)">([^<]+)</a>', r"[\1|\2]", linked_ids(text, WORDS)
    )
    assert found == told


def test_a_sentence_leads_to_the_statements_that_it_tells():
    told = [("A bans B", "a-1"), ("A bans B (2019)", "a-2")]
    assert list(linked_words("Decided: A bans B (2019); A bans B.", told)) == [
        ("Decided: ", None),
        ("A bans B (2019)", "/ledger?id=a-2"),
        ("; ", None),
        ("A bans B", "/ledger?id=a-1"),
        (".", None),
    ]
