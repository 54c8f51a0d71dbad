"""Answers kept on disk, and charts that other sites embed."""

from itertools import chain

import polars as pl
import pytest

from splinternet.web import briefs, kept, pairs, tries
from splinternet.web.answers import Answer
from splinternet.web.kept import Kept
from splinternet.web.tables import Table
from test_web import RUN
from websites import small_site

FRAMED = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "answers"


def test_what_is_kept_comes_back_alike(folder):
    frame = pl.DataFrame({"country": ["RU", None], "share": [0.5, float("nan")]})
    table = Table("all", "Every figure", frame)
    answer = Answer("Alone", "w", None, (), ("said",), (table,), "Map", {"RU": 0.1}, {}, frame)
    one, other = Kept(folder, 10**6, 7), Kept(folder, 10**6, 7)
    one.put("answer", answer)
    one.put(("chart", 1), ("title", b"\0\xff"))
    found = other.get("answer", Answer)
    assert found.tables[0].frame.equals(frame)
    assert (found.before, found.sentences, found.world) == ({"RU": 0.1}, ("said",), "w")
    assert other.get(("chart", 1), tuple[str, bytes]) == ("title", b"\0\xff")
    assert other.get("never asked", Answer) is None


def test_nothing_is_served_of_another_program_ledger_or_from_a_damaged_file(folder, monkeypatch):
    Kept(folder, 10**6, 7).put("key", "told")
    assert Kept(folder, 10**6, 8).get("key", str) is None
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    for damaged in chain((whole[:cut] for cut in range(len(whole))), [whole[:-1] + b"x"]):
        file.write_bytes(damaged)
        assert Kept(folder, 10**6, 7).get("key", str) is None
    file.write_bytes(whole)
    assert Kept(folder, 10**6, 7).get("key", str) == "told"
    monkeypatch.setattr(kept, "program_mark", lambda: "the next version")
    assert Kept(folder, 10**6, 7).get("key", str) is None


def test_the_folder_stays_small_and_keeps_what_is_asked_for(folder):
    store = Kept(folder, 1000, 7)
    for number in range(20):
        store.put(number, "x" * 200)
        assert store.get(0, str) is not None
        assert sum(file.stat().st_size for file in folder.iterdir()) <= 1000
    assert store.get(19, str) is not None
    assert store.get(1, str) is None
    store.put("large", "x" * 2000)
    assert store.get("large", str) is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path):
    (tmp_path / "file").write_text("in the way")
    store = Kept(tmp_path / "file" / "answers", 1000, 7)
    store.put("key", "told")
    assert store.get("key", str) is None


@pytest.mark.slow
def test_a_server_that_starts_again_has_its_answers(tmp_path, folder, monkeypatch):
    chart = "/brief/RU/charts/carriers-abroad"
    with small_site(tmp_path, answers=folder) as site:
        assert site.get(f"{chart}.html", headers=FRAMED).status_code == 404  # to be computed
        first = site.get("/brief/RU?wait=1").text
        ran = site.get(f"/what-if?{RUN}").text
        drawn = site.get(f"{chart}.html").text
    monkeypatch.setattr(briefs, "make_brief", None)
    monkeypatch.setattr("splinternet.web.answers.what_if_on_levels", None)
    with small_site(tmp_path, answers=folder) as site:
        assert site.get("/brief/RU").text == first
        assert site.get(f"/what-if?{RUN}").text == ran
        framed = site.get(f"{chart}.html", headers=FRAMED)
        assert framed.text == drawn
        assert "<svg" in drawn
        assert 'target="_blank"' in drawn
    assert "frame-ancestors *" in framed.headers["content-security-policy"]
    assert "x-frame-options" not in framed.headers


def test_a_pair_of_nations_is_kept_and_an_essay_is_not(tmp_path, folder, monkeypatch):
    """An essay is what somebody wrote, and nobody asked for it to be on a disk."""
    way, essay = "/routes?source=RU&destination=DE", "/essay/read?text=Huawei+supplies+MTS."
    with small_site(tmp_path, answers=folder) as site:
        first = site.get(way).text
        assert "AS1, United States" in first
        before = len([*folder.iterdir()])
        assert site.get(essay).status_code == 200
        assert len([*folder.iterdir()]) == before > 0
    monkeypatch.setattr(pairs, "find_way", pytest.fail)
    with small_site(tmp_path, answers=folder) as site:
        assert site.get(way).text == first


def test_other_sites_frame_charts_and_nothing_else(tmp_path):
    with small_site(tmp_path) as site:
        for address in ("/", "/brief/RU", f"/what-if?{RUN}", "/brief/RU/brief.html"):
            found = site.get(address, headers=FRAMED)
            assert found.status_code == 403, address
            assert found.headers["x-frame-options"] == "DENY"
        follows = FRAMED | {"Sec-Fetch-Dest": "document"}
        assert site.get("/brief/RU", headers=follows).status_code == 200


@pytest.mark.parametrize(
    "chart",
    ["/charts/nations", "/networks/1/charts/dependents", "/states/RU/charts/dependents",
     "/ledger/charts/ties", "/what-if/charts/difference", "/what-if/charts/carriers"],
)  # fmt: skip
def test_every_chart_comes_in_every_form(tmp_path, chart):
    query = RUN if "what-if" in chart else ""
    with small_site(tmp_path) as site:
        sent = {form: site.get(f"{chart}.{form}?{query}") for form in ("svg", "png", "csv", "html")}
        assert {each.status_code for each in sent.values()} == {200}
        assert sent["svg"].text.startswith("<svg")
        assert sent["png"].content.startswith(b"\x89PNG")
        assert "," in sent["csv"].text.splitlines()[0]
        assert "<svg" in sent["html"].text
        assert site.get(f"{chart}.gif?{query}").status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/what-if/each?country=RU", "/what-if/each"])
def test_the_losses_of_the_largest_are_not_tried_again_by_the_next_server(
    tmp_path, folder, monkeypatch, path
):
    with small_site(tmp_path, answers=folder) as site:
        first = site.get(path)
    assert first.status_code == 200
    monkeypatch.setattr(tries, "_tried", None)
    monkeypatch.setattr(tries, "_hurt", None)
    with small_site(tmp_path, answers=folder) as site:
        assert site.get(path).text == first.text
