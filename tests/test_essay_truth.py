"""The truths of the unseen essays are whole, and speak of what stands in the essays."""

import csv
import email
import html
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from splinternet.ledger.catalogue import DEFAULT_LEDGER, find_ledger

ESSAYS = Path(__file__).with_name("essays_unseen")
TRUTHS = sorted(ESSAYS.glob("*/*.json"))
FORMS = {".txt", ".md", ".html", ".mhtml"}
VERDICTS = {"supported", "contradicted", "disputed", "unknown"}
KEYS = {
    "works": {"authors", "editors", "title", "year", "accessed", "container", "doi", "url"},
    "citations": {"text", "works", "locator"},
    "figures": {"text", "low", "high", "unit"},
    "quotations": {"text", "speaker"},
    "claims": {"sentence", "expect", "statement", "why"},
}
OPTIONAL = {
    "figures": {"optional"},
    "quotations": {"also_right"},
    "claims": {"also_right", "statements"},
}


def essay_of(truth: Path) -> Path:
    (essay,) = (path for path in truth.parent.glob(f"{truth.stem}.*") if path.suffix in FORMS)
    return essay


def content(essay: Path) -> str:
    """Return what stands in the file, unpacked if it is MHTML."""
    if essay.suffix != ".mhtml":
        return essay.read_text(encoding="utf-8")
    parts = email.message_from_bytes(essay.read_bytes()).walk()
    (page,) = (part for part in parts if part.get_content_type() == "text/html")
    return page.get_payload(decode=True).decode("utf-8")


def plain(text: str) -> str:
    """Return text as a person reads it, without tags, marks and broken words."""
    text = re.sub(r"</?[a-zA-Z][^>]*>", "", text)
    text = html.unescape(text).replace("ﬁ", "fi").replace("ﬂ", "fl")
    text = re.sub(r"(?<=[a-z])-\n\n[^\n]+\n\n(?=[a-z])", "", text)  # a page head amid a word
    text = re.sub(r"(?<=[a-z])-\n\s*(?=[a-z])", "", text)
    text = re.sub(r"(?<=\d)-\n\s*(?=\d)", "-", text)
    text = re.sub(r"\n> ?", " ", text)
    text = re.sub(r"\[([^\]\n]+)\](?:\((https?:[^)\s]+)[^)]*\)|\[\w+\])", r"\1", text)
    return " ".join(text.replace("*", "").replace("`", "").replace("\\$", "$").split())


def quoted(truth: dict) -> list[str]:
    """List the texts that a truth says to stand in its essay."""
    texts = [
        item["text"] for kind in ("citations", "figures", "quotations") for item in truth[kind]
    ]
    texts += [claim["sentence"] for claim in truth["claims"]]
    texts += truth["non_citations"] + truth.get("outside", [])
    texts += [post["title"] for post in truth.get("posts", [])]
    for work in truth["works"]:
        named = [*work["authors"], *work["editors"], work["title"], work["container"]]
        texts += [name for name in named if name]
    return texts


@pytest.fixture(scope="module")
def statements() -> set[str]:
    table = find_ledger(DEFAULT_LEDGER) / "statements.csv"
    with table.open(encoding="utf-8", newline="") as rows:
        return {row["id"] for row in csv.DictReader(rows)}


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_text_of_a_truth_stands_in_its_essay(path):
    truth = json.loads(path.read_text(encoding="utf-8"))
    raw = content(essay_of(path))
    text = plain(raw).casefold()
    assert [t for t in quoted(truth) if " ".join(t.split()).casefold() not in text] == []
    joined = "".join(html.unescape(raw).split())
    addresses = [work[key] for work in truth["works"] for key in ("doi", "url") if work[key]]
    mended = "".join(plain(raw).split())  # one may be broken at the end of a line
    assert [each for each in addresses if each not in joined and each not in mended] == []
    assert len(text.split()) >= 250


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_truth_has_the_fields_that_the_readme_names(path, statements):
    truth = json.loads(path.read_text(encoding="utf-8"))
    for kind, keys in KEYS.items():
        for item in truth[kind]:
            assert keys <= set(item) <= keys | OPTIONAL.get(kind, set())
    for citation in truth["citations"]:
        assert citation["works"]
        assert set(citation["works"]) <= set(range(len(truth["works"])))
    for figure in truth["figures"]:
        assert figure["low"] is not None or figure["high"] is not None
        assert None in (figure["low"], figure["high"]) or figure["low"] <= figure["high"]
    for claim in truth["claims"]:
        assert {claim["expect"], *claim.get("also_right", [])} <= VERDICTS
        named = {claim["statement"], *claim.get("statements", [])} - {None}
        assert named <= statements
        assert named or claim["expect"] == "unknown"
        assert claim["why"]


def test_every_essay_has_a_truth_and_the_two_halves_are_alike():
    essays = {path for path in ESSAYS.glob("*/*") if path.suffix in FORMS}
    assert {essay_of(path) for path in TRUTHS} == essays
    halves = {half: Counter[str]() for half in ("seen", "held")}
    for path in TRUTHS:
        truth = json.loads(path.read_text(encoding="utf-8"))
        halves[path.parent.name]["essays"] += 1
        halves[path.parent.name].update(claim["expect"] for claim in truth["claims"])
        for kind in KEYS:
            halves[path.parent.name][kind] += len(truth[kind])
    assert min(half["essays"] for half in halves.values()) >= 16
    for kind in [*KEYS, "supported", "contradicted", "unknown"]:
        low, high = sorted(half[kind] / half["essays"] for half in halves.values())
        assert low >= 0.4 * high
