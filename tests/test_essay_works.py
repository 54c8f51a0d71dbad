"""Lists of works in three styles as CSL-JSON, and citations of them."""

import json

import pytest

from essays import APA, CHICAGO, MLA, sentences
from splinternet.essay.citations import uncited_works
from splinternet.essay.citing import find_citations
from splinternet.essay.document import Paragraph, document_of
from splinternet.essay.names import parse_authors
from splinternet.essay.parts import divide
from splinternet.essay.works import parse_works


def works_of(text):
    """The works of a list, one entry a line."""
    works, unread = parse_works([Paragraph(line, 1) for line in text.splitlines()])
    assert not unread
    return works


def csl(entry):
    (work,) = works_of(entry)
    return {key: value for key, value in work.csl.items() if key != "id"}


def day(*parts):
    return {"date-parts": [list(parts)]}


DOE = {"family": "Doe", "given": "Jane"}


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Doe, Jane.", [DOE]),
        ("Doe, J. K.", [{"family": "Doe", "given": "J. K."}]),
        ("Doe, Jane, and Sam van Dyke.", [DOE, {"family": "van Dyke", "given": "Sam"}]),
        ("Doe, Jane, et al.", [DOE]),
        ("Doe, Jane, editor.", [DOE]),
        ("Doe, J., & Roe, R. K.", [
            {"family": "Doe", "given": "J."}, {"family": "Roe", "given": "R. K."}
        ]),
        ("Doe, Jane, Ann Lee, and Al Roe.", [
            DOE, {"family": "Lee", "given": "Ann"}, {"family": "Roe", "given": "Al"}
        ]),
        ("CBS/AP.", [{"literal": "CBS/AP"}]),
        ("Works Company, Ltd.", [{"literal": "Works Company, Ltd."}]),
        ("Ministry of Roads, Ports and Mail.", [{"literal": "Ministry of Roads, Ports and Mail"}]),
        ("", []),
    ],
)  # fmt: skip
def test_authors(text, authors):
    assert parse_authors(text).names == authors


def test_mla_article_with_everything():
    assert csl(
        "Doe, Jane. “A ‘Great’ Title?” Journal of Markets, vol. 12, no. 3, 2019, pp. 45–67, "
        "https://doi.org/10.1000/x. Accessed 5 May 2020."
    ) == {
        "type": "article-journal",
        "author": [DOE],
        "title": "A ‘Great’ Title?",
        "container-title": "Journal of Markets",
        "volume": "12",
        "issue": "3",
        "page": "45–67",
        "issued": day(2019),
        "DOI": "10.1000/x",
        "accessed": day(2020, 5, 5),
    }


def test_mla_news_with_container_and_publisher():
    assert csl('Doe, Jane. "Title." The Courier. Courier News Group, June 6, 2019.') == {
        "type": "article-newspaper",
        "author": [DOE],
        "title": "Title",
        "container-title": "The Courier",
        "publisher": "Courier News Group",
        "issued": day(2019, 6, 6),
    }


def test_apa_article():
    assert csl(
        "Doe, J. (2019a). Of nets. Journal of Nets, 12(3), 45–67. https://doi.org/10.1000/x"
    ) == {
        "type": "article-journal",
        "author": [{"family": "Doe", "given": "J."}],
        "title": "Of nets",
        "container-title": "Journal of Nets",
        "volume": "12",
        "issue": "3",
        "page": "45–67",
        "issued": day(2019),
        "year-suffix": "a",
        "DOI": "10.1000/x",
    }


def test_apa_page_without_author_or_date():
    assert csl("A page of no known author. (n.d.). The Site. https://site.example/a") == {
        "type": "webpage",
        "title": "A page of no known author",
        "container-title": "The Site",
        "URL": "https://site.example/a",
    }


def test_chicago_book_and_article():
    assert csl("Doe, Jane. 2018. Both. London: Northern Press.") == {
        "type": "book",
        "author": [DOE],
        "title": "Both",
        "publisher": "London: Northern Press",
        "issued": day(2018),
    }
    article = csl("Doe, Jane. 2019b. “Second.” Journal of Nets 12 (3): 45–67.")
    assert article["volume"] == "12"
    assert article["page"] == "45–67"
    assert article["year-suffix"] == "b"
    assert csl("Doe, Jane. 2019. “A Day.” The Courier, June 6, 2019.")["issued"] == day(2019, 6, 6)


def listed(essay):
    found = divide(document_of(essay))
    return parse_works(found.works)


@pytest.mark.parametrize(
    ("essay", "style", "ids"),
    [
        (MLA, "MLA", ["doe-2019-06-03", "doe-2019-05-04", "lee-2018",
                      "no-author-for-this-2019-04-01", "roe-2019", "quiet-2019-06-02"]),
        (APA, "APA", ["doe-2019-06-06a", "doe-2019b", "doe-2018", "miller-2016",
                      "world-bank-2017"]),
        (CHICAGO, "Chicago", ["doe-2019-06-06a", "doe-2019b", "doe-2018"]),
    ],
    ids=["MLA", "APA", "Chicago"],
)  # fmt: skip
def test_lists_of_works(essay, style, ids):
    works, unread = listed(essay)
    assert [work.id for work in works] == ids
    assert {work.style for work in works} == {style}
    assert unread == []
    assert all(essay.splitlines()[work.line - 1].startswith(work.text[:20]) for work in works)
    assert json.loads(json.dumps([work.csl for work in works]))[0]["id"] == ids[0]


def test_entries_are_told_apart_by_indents_lines_and_paragraphs():
    hanging = "Doe, Jane. “One\n   more.” The Courier,\n   2019.\nRoe, Al. “Two.”\n   Daily, 2018."
    plain = "Doe, Jane. “One\nmore.” The Courier,\n2019.\nRoe, Al. “Two.” Daily, 2018."
    for text in (hanging, plain):
        works, _ = parse_works([Paragraph(text, 10)])
        assert [(work.title, work.line) for work in works] == [("One more", 10), ("Two", 13)]


def test_what_makes_no_sense_is_kept_apart():
    works, unread = parse_works([Paragraph("Nothing", 3), Paragraph("1. Doe, Al. “A.” 2019.", 5)])
    assert [entry.line for entry in unread] == [3]
    assert works[0].authors == ["Doe"]


def test_works_of_one_author_and_day_have_different_ids():
    works = works_of("Doe, Al. “A.” Daily, 2 May 2019.\nDoe, Al. “B.” Daily, 2 May 2019.")
    assert [work.id for work in works] == ["doe-2019-05-02", "doe-2019-05-02-2"]
    assert [work.csl["id"] for work in works] == [work.id for work in works]


def cited(text, works, actors=()):
    found = find_citations(sentences(text), works, frozenset(actors))
    return [(c.text, c.status, c.works) for c in found]


MLA_WORKS = works_of(
    "Doe, Jane. “Bans.” Daily, 3 June 2019.\n"
    "Doe, Jane. “Standards of It.” Daily, 4 June 2019.\n"
    "CBS/AP. “Faces.” News, 5 June 2019.\n"
    "Lee, Ann, and Sam van Dyke. Towers. Press, 2018.\n"
    "Poe, Ann. “A.” Daily, 2018.\n"
    "Poe, Eve. “E.” Daily, 2017.\n"
    "“The Long Title Without Author.” Post, 1 May 2019."
)
BANS, STANDARDS, FACES, TOWERS, ANN, EVE, LONG = (work.id for work in MLA_WORKS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So (Doe).", [("Doe", "ambiguous", (BANS, STANDARDS))]),
        ("So (Doe 12).", [("Doe 12", "ambiguous", (BANS, STANDARDS))]),
        ("So (Doe, “Standards” 12).", [("Doe, “Standards” 12", "unique", (STANDARDS,))]),
        ("So (Doe, Bans 3–4).", [("Doe, Bans 3–4", "unique", (BANS,))]),
        ("So (Doe, “Other”).", [("Doe, “Other”", "missing", ())]),
        ("So (CBS/AP).", [("CBS/AP", "unique", (FACES,))]),
        ("So (Lee and van Dyke 7).", [("Lee and van Dyke 7", "unique", (TOWERS,))]),
        ("So (Lee).", [("Lee", "unique", (TOWERS,))]),
        ("So (Lee et al.).", [("Lee et al.", "unique", (TOWERS,))]),
        ("So (A. Poe 2).", [("A. Poe 2", "unique", (ANN,))]),
        ("So (Poe 2017).", [("Poe 2017", "unique", (EVE,))]),
        ("So (“Long Title” 2).", [("“Long Title” 2", "unique", (LONG,))]),
        ("So (qtd. in Lee 3; CBS/AP).",
         [("qtd. in Lee 3", "unique", (TOWERS,)), ("CBS/AP", "unique", (FACES,))]),
        ("As Lee says, so (12).", [("12", "unique", (TOWERS,))]),
        ("So (Unheard).", [("Unheard", "missing", ())]),
        ("So (Unheard 3).", [("Unheard 3", "missing", ())]),
        ("So (Unheard) it is.", []),
        ("So (Russia).", []),
        ("So (MTS).", []),
        ("So (June 2019).", []),
        ("So (12), (Figure 3), (in 2019), (see below).", []),
    ],
)  # fmt: skip
def test_citations_in_mla(text, expected):
    assert cited(text, MLA_WORKS, ["russia"]) == expected


APA_WORKS = listed(APA)[0]
FIRST, SECOND, BOTH, MILLER, BANK = (work.id for work in APA_WORKS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So (Doe, 2019).", [("Doe, 2019", "ambiguous", (FIRST, SECOND))]),
        ("So (Doe, 2019b, p. 4).", [("Doe, 2019b, p. 4", "unique", (SECOND,))]),
        ("So (Doe, 2019a, 2019b).",
         [("Doe, 2019a, 2019b", "unique", (FIRST,)), ("Doe, 2019a, 2019b", "unique", (SECOND,))]),
        ("So (Doe & Roe, 2018).", [("Doe & Roe, 2018", "unique", (BOTH,))]),
        ("So Doe and Roe (2018) say.", [("2018", "unique", (BOTH,))]),
        ("So Doe et al. (2018) say.", [("2018", "unique", (BOTH,))]),
        ("So the World Bank (2017, p. 3).", [("2017, p. 3", "unique", (BANK,))]),
        ("So Doe (2015).", [("2015", "missing", ())]),
        ("So Smith (2014) says.", [("2014", "missing", ())]),
        ("So (Smith).", []),
        ("So it was (2014).", []),
    ],
)  # fmt: skip
def test_citations_in_apa_and_chicago(text, expected):
    assert cited(text, APA_WORKS) == expected


def test_hints_at_what_may_be_meant():
    found = find_citations(sentences("So (Miler, 2016) and (Doe, 2015)."), APA_WORKS, frozenset())
    assert [c.hint for c in found] == ["the list has Miller", "the list has no work by Doe of 2015"]


def test_what_a_citation_supports():
    text = "First it rained (CBS/AP), then “it poured.” (Lee 4)."
    first, second = find_citations(sentences(text), MLA_WORKS, frozenset())
    assert first.supports == "First it rained"
    assert second.supports == "then “it poured.”"
    assert second.page == "4"
    assert text[second.start : second.end] == "(Lee 4)"


def test_works_that_are_never_surely_cited():
    found = find_citations(sentences("So (Doe) and (Lee)."), MLA_WORKS, frozenset())
    assert [(u.work, u.maybe) for u in uncited_works(MLA_WORKS, found)] == [
        (BANS, True), (STANDARDS, True), (FACES, False), (ANN, False), (EVE, False), (LONG, False)
    ]  # fmt: skip


def test_without_a_list_every_citation_is_missing():
    assert cited("So (Miller). So (Lee 3).", None) == [
        ("Miller", "missing", ()),
        ("Lee 3", "missing", ()),
    ]


def test_a_comma_after_a_semicolon_makes_no_name_without_a_family():
    names = parse_authors("Roe, Richard;, Lee, Ann").names
    assert [name["family"] for name in names] == ["Roe", "Lee"]
