"""Citations told from what only looks like one, and those that are put in rarer ways."""

import re

import pytest

from essays import small_ledger
from splinternet.essay.reading import read_essay_file

ENTRIES = {
    "APA": """
Bureau of Masts [BoM]. (2018). *Yearly count*. BoM.
Hale, J. (2019a). *Iron trees*. Aire.
Hale, J. (2019b). Copper roots. *Masts*, 4(2), 11–29.
Ito, A., & Berg, M. (2020). *Ports of tin*. Quay.
Ito, A., Berg, M., & Ruiz, C. (2021). Tin ships. *Sea Review*, 3, 1–20.
Noor, P. (in press). *Quiet lines*. Quay.
Noor, P. (n.d.). *Loud lines*. Quay.
""",
    "MLA": """
Bureau of Masts. Yearly Count. Bureau of Masts, 2018.
Hale, June. Iron Trees. Aire, 2019.
---. "Copper Roots." Masts, vol. 4, no. 2, 2019, pp. 11-29.
Ito, Ada, and Maria Berg. Ports of Tin. Quay, 2020.
Ito, Ada, et al. "Tin Ships." Sea Review, vol. 3, 2021, pp. 1-20.
""",
    "Chicago": """
Hale, June. Iron Trees. Leeds: Aire, 2019.
Ito, Ada, and Maria Berg. Ports of Tin. Lagos: Quay, 2020.
Noor, Paul, and June Hale, eds. Nets and Seas. Lagos: Quay, 2018.
Ruiz, Carla. “Ships by Night.” In Nets and Seas, edited by Paul Noor and June Hale, 60–80. 2018.
""",
}  # fmt: skip


@pytest.fixture(scope="module")
def cited(tmp_path_factory):
    """Return what a text cites: the ids of the works of each citation."""

    def read(style, text):
        path = tmp_path_factory.mktemp("essay") / "essay.txt"
        whole = f"On Masts\n\n3 September 2019\n\n{text}\n\nReferences\n{ENTRIES[style]}"
        path.write_text(whole, encoding="utf-8")
        return [citation.works for citation in read_essay_file(path, small_ledger()).citations]

    return read


IRON, ROOTS, SHIPS, TIN, COUNT = (
    ("hale-2019a",), ("hale-2019b",), ("ito-2021",), ("ito-2020",), ("bureau-of-masts-bom-2018",)
)  # fmt: skip


@pytest.mark.parametrize(
    ("style", "text", "expected"),
    [
        ("APA", "It grew (Bureau of Masts [BoM], 2018; BoM, 2018, Table 3).", [COUNT, COUNT]),
        ("APA", "The Bureau’s (2018) count is well known.", [COUNT]),
        ("APA", "Hale’s two books (2019a, 2019b) are good.", [IRON, ROOTS]),
        ("APA", "It hums (Noor, in press). It roars (Noor, n.d.).", [("noor",), ("noor-2",)]),
        ("APA", "Ito and colleagues (2021) say “no” (p. 7).", [SHIPS, SHIPS]),
        ("APA", "So it is (for which, see Hale, 2019a), and stays.", [IRON]),
        ("APA", "So (Hale, 2019a). Not so (Ito & Berg, 2020). Hale (op. cit., 5) knew.",
         [IRON, TIN, IRON]),
        ("APA", "We met Noor (Noor, who lives there, came).", []),
        ("MLA", "Hale says in “Copper Roots” that it does not (12).", [("hale-2019-2",)]),
        ("MLA", "In Ports of Tin, Ito and Berg tell of ships (ch. 3).", [TIN]),
        ("MLA", "It is so (Ito et al. 12). So it is (Ito and Berg 3).", [SHIPS, TIN]),
        ("MLA", "The director (June Hale) spoke there.", []),
    ],
)  # fmt: skip
def test_citations_in_rarer_ways(cited, style, text, expected):
    assert cited(style, text) == expected


def test_what_is_no_citation(cited):
    told = "It grew (Hale, 2019a). It fell (Noor, n.d.). "
    none = (
        "The fair (Expo 2020), the talks (G7 2019) and the cup (World Cup, 2018) were long. "
        "It was late (Monday, 3 June 2019), and far (Oslo, June 2019). A man (Trump 2016) won. "
        "The law (Act 90-FZ, 2019) came, with tools (OpenSSL 3.0.2), norms (ISO 27001:2013) and "
        "a phone (Mate 30) for a network (AS 3356), as the guild (Article 19) has it (Section 4)."
    )
    assert cited("APA", told + none) == [IRON, ("noor-2",)]
    assert cited("APA", f"{told}Nobody knows (Brown, 2011).")[2:] == [()]


def test_a_long_run_of_capitals_before_a_year_is_no_work_for_ever(cited):
    run = "G" * 60
    said = f"It is so ({run}, 2014). So says {run}, (2014). Hale (2019a) knew."
    assert cited("APA", said) == [IRON]


def test_notes_name_first_what_they_cite(cited):
    text = """It grew.1 It fell.2 It is.3 So.4 Thus.5 Then.6 Now.7

Notes

1. June Hale, Iron Trees (Leeds: Aire, 2019), 45.
2. Carla Ruiz, “Ships by Night,” in Nets and Seas, ed. Paul Noor (Lagos, 2018), 64.
3. See Ito and Berg, Ports of Tin, 9, on why Hale, Iron Trees, is wrong.
4. I thank Ada Ito and Maria Berg for their words on ports of tin.
5. Hale to the author, 3 June 2019.
6. Hale, op. cit., 50.
7. Ibid., 51.
"""
    expected = [("hale-2019",), ("ruiz-2018",), ("ito-2020",), ("hale-2019",), ("hale-2019",)]
    assert cited("Chicago", text) == expected


NUMBERED = """
1. HALE, June. Iron trees. Leeds: Aire, 2019.
2. ITO, Ada and Maria BERG. Ports of tin. Lagos: Quay, 2020.
3. RUIZ, Carla. Ships by night. Sea Review. 2021, vol. 3, no. 1, pp. 1-20.
4. NOOR, Paul. Quiet lines. Lagos: Quay, 2018.
"""


def numbered(tmp_path, text: str) -> list[tuple[str, str | None, int]]:
    """What a text with a numbered list cites: as written, the page, and how many works."""
    path = tmp_path / "essay.txt"
    path.write_text(f"On Masts\n\n3 September 2019\n\n{text}\n\nReferences\n{NUMBERED}", "utf-8")
    found = read_essay_file(path, small_ledger()).citations
    return [(each.text, each.page, len(each.works)) for each in found]


def test_a_short_word_in_quotation_marks_is_a_short_title_that_begins_one(cited):
    text = """It grew.1 It fell.2 It is.3

Notes

1. Ruiz, “Ships,” 64.
2. Hale, “Iron.”
3. Hale, “War.”
"""
    assert cited("Chicago", text) == [("ruiz-2018",), ("hale-2019",)]


def test_numbers_in_round_brackets(tmp_path):
    text = (
        "Masts grow (1). Ports do too (2, p. 41; 3). “Ships hum,” says Noor "
        "(cited in 3, pp. 2, 9), and Hale (1) agrees."
    )
    assert numbered(tmp_path, text) == [
        ("1", None, 1),
        ("2, p. 41; 3", "p. 41", 1),
        ("2, p. 41; 3", None, 1),
        ("cited in 3, pp. 2, 9", "pp. 2, 9", 1),
        ("1", None, 1),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "They want: (1) masts, (2) ports, and (3) ships.",  # items of a list
        "Masts grow (1). Ports do too (2).",  # too few
        "Masts grow (1). Ports do too (2). Ships hum (3). Lines rest (12).",  # no such work
        "They grew by ten (2018), by twelve (2019) and by nine (2020).",
    ],
)
def test_round_brackets_that_cite_by_no_number(tmp_path, text):
    assert numbered(tmp_path, text) == []


def test_numbers_in_square_brackets_leave_round_ones_alone(tmp_path):
    text = "Masts grow [1]. Ports do too (2). Ships hum (3). Lines rest (4)."
    assert numbered(tmp_path, text) == [("1", None, 1)]


def test_a_list_with_numbers_in_round_brackets(tmp_path):
    path = tmp_path / "essay.txt"
    listed = re.sub(r"^([0-9])\.", r"(\1)", NUMBERED, flags=re.MULTILINE)
    text = "Masts grow (1). Ports do too (2, Table 4; 3), as (1) and (2) have shown."
    path.write_text(f"On Masts\n\n3 September 2019\n\n{text}\n\nReferences\n{listed}", "utf-8")
    found = read_essay_file(path, small_ledger()).citations
    assert [each.text for each in found] == ["1", "2, Table 4; 3", "2, Table 4; 3", "1", "2"]


def test_notes_that_name_works_in_full(tmp_path):
    """Given names stand first; a note may name two works, or lead to one it is quoted in."""
    path = tmp_path / "essay.txt"
    page = """On Masts\n\n3 September 2019\n\nMasts grow.1 Ports do too.2 Ships hum.3 So it is.4

1. June Hale, Iron Trees: A History (Leeds: Aire, 2018), 7, 31.

2. Ada Ito, “Tin,” Journal of Ports 12, no. 3 (2019): 4–9, at 5; Hale, Iron Trees, 9.

3. Quoted in Tor Berg and Lil Oda, Hulls, in Ships, ed. Kim Poe (Oslo: Fjord, 2017), 66–67.

4. Conversation with the author, May 2019.
"""
    path.write_text(page, "utf-8")
    found = read_essay_file(path, small_ledger())
    assert [(work.authors, work.year) for work in found.works] == [
        (["Hale"], "2018"), (["Ito"], "2019"), (["Berg", "Oda"], "2017")
    ]  # fmt: skip
    hale, ito, berg = (work.id for work in found.works)
    assert [each.works for each in found.citations] == [(hale,), (ito,), (hale,), (berg,)]


def test_notes_at_the_foot_of_each_page(tmp_path):
    """Numbered in order between the paragraphs, each behind its mark; else they are paragraphs."""
    path = tmp_path / "essay.txt"
    page = """On Masts\n\n3 September 2019\n\nMasts grow.1 Ports do too.2

1. June Hale, Iron Trees (Leeds: Aire, 2019), 7.

2. Ada Ito, Ports of Tin (Lagos: Quay, 2020), 12.

Ships hum.3 Nobody says why.

3. Hale, Iron Trees, 9.

Bibliography

Hale, June. Iron Trees. Leeds: Aire, 2019.
Ito, Ada. Ports of Tin. Lagos: Quay, 2020.
"""
    path.write_text(page, "utf-8")
    found = read_essay_file(path, small_ledger())
    assert [each.works for each in found.citations] == [
        ("hale-2019",), ("ito-2020",), ("hale-2019",)
    ]  # fmt: skip
    path.write_text(page.replace(".3 ", ". "), "utf-8")
    assert not read_essay_file(path, small_ledger()).citations
