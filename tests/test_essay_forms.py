"""Forms of essays: Markdown, saved pages, several posts, notes, text from PDF, other lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splinternet.base.errors import InputError
from splinternet.essay.dates import MONTHS
from splinternet.essay.entries import parse_entry
from splinternet.essay.quantities import find_quantities
from splinternet.essay.reading import read_essay
from splinternet.ledger.catalogue import open_ledger

LEDGER = open_ledger()
PROSE = (
    "The masts of the town are old, and most of them were put up by the firm that has since left."
)


def read(text, **options):
    return read_essay(text, LEDGER, **options)


def cited(reading):
    return [(c.text, c.status, *c.works) for c in reading.citations]


def test_markdown_has_its_date_title_works_notes_and_block_quotations():
    found = read(
        "---\ntitle: 'Masts of Clay'\ndate: 2021-05-06T07:08:09Z\ntags: [a, b]\n---\n\n# Other\n\n"
        f"{PROSE} It **is** so (*Mast Weekly*, 2018).[^n]\n\n"
        '> "A mast is a tree that nobody waters."\n>\n> — Ada Moor, gardener\n\n'
        "A [shop](https://shop.example) and a [report](https://report.example/a) say so.\n\n"
        "## Reference list\n\n- Moor, A. (2020). *Trees of iron*. [A link](https://moor.example/t).\n"
        "- *Mast weekly*. (2018). Mast Association.\n\n[^n]: Moor (2020), p. 4.\n"
    )
    assert (found.title, str(found.dated)) == ("Masts of Clay", "2021-05-06")
    assert [work.title for work in found.works] == ["Trees of iron", "Mast weekly"]
    assert found.works[0].csl["URL"] == "https://moor.example/t"
    assert [c.form for c in found.citations] == ["brackets", "note", "link"]
    assert found.citations[1].works == ("moor-2020",)
    assert found.citations[2].url == "https://report.example/a"
    assert [q.speaker for q in found.quotations] == ["Ada Moor"]


def test_an_essay_without_a_list_cites_by_its_links():
    found = read(
        "<html><body><article><h1>A page</h1><p>3 May 2020</p><p>" + PROSE * 6 + " "
        'It grew, <a href="https://one.example/x">a paper says</a>, and fell '
        '(<a href="https://two.example">Two</a>).</p><p class="share-buttons">'
        '<a href="https://share.example/y">Share</a></p></article></body></html>'
    )
    assert [work.csl["URL"] for work in found.works] == [
        "https://one.example/x",
        "https://two.example",
    ]
    assert [(c.text, c.works) for c in found.citations] == [
        ("a paper says", ("one-example-x",)),
        ("Two", ("two-example",)),
    ]


def page(*posts):
    nav = '<nav><ul><li><a href="/">Start</a></li></ul></nav>'
    rest = '<div class="sidebar"><p>Most read: a ban on everything.</p></div>'
    return (
        f"<!doctype html><html><body>{nav}<div id='main'>{''.join(posts)}</div>{rest}</body></html>"
    )


def post(title, day, text):
    return (
        f'<div class="post hentry"><h2 class="entry-title">{title}</h2>'
        f'<time datetime="{day}">then</time><div>{text}</div>'
        '<div class="sharedaddy"><p>Share this: click here.</p></div></div>'
    )


def test_posts_of_a_page_are_read_one_by_one():
    first = post("First Post", "2019-04-05", f"<p>{PROSE * 6}</p>")
    second = post("Second Post", "2019-03-02T10:00", f"<p>{PROSE * 6} Huawei left.</p>")
    text = page(first, second)
    found = read(text)
    assert (found.title, str(found.dated)) == ("First Post", "2019-04-05")
    assert "holds 2 posts (1: First Post; 2: Second Post); this is number 1" in found.notes[0]
    other = read(text, post=2)
    assert (other.title, str(other.dated)) == ("Second Post", "2019-03-02")
    assert other.sentences[-1].text == "Huawei left."
    assert "click here" not in " ".join(sentence.text for sentence in other.sentences)
    with pytest.raises(InputError, match="none of number 3"):
        read(text, post=3)


def test_a_saved_page_is_read_as_its_page():
    html = f"<html><body><article><h1>Kept</h1><p>4 May 2019</p><p>{PROSE * 6}</p></article></body>"
    saved = (
        "From: <Saved>\nSubject: Kept\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related;\n\tboundary="xx"\n\n--xx\n'
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        f"{html}\n--xx\nContent-Type: text/css\n\nbody {{}}\n--xx--\n"
    )
    found = read(saved.encode())
    assert (found.title, str(found.dated)) == ("Kept", "2019-05-04")
    with pytest.raises(InputError, match="holds no HTML"):
        read(saved.replace("text/html", "text/plain").encode())


def test_text_copied_from_a_pdf():
    found = read(
        "ON MASTS\n\nAda Moor\n4 May 2019\n\nThe masts of the town are old, and nobody can de-\n"
        "fend what the ﬁrm has put up (Moor 2018); it was\n\n"
        "Moor                                   On Masts\n\n"
        "left to the town.\n\n12\n\nREFERENCES\n\nMoor, Ada. 2018. Trees of Iron: How Masts Be-\n"
        "came Cheap. Leeds: Aire.\n"
    )
    assert (found.title, str(found.dated)) == ("On Masts", "2019-05-04")
    assert "defend what the firm has put up" in found.sentences[0].text
    assert found.sentences[0].text.endswith("it was left to the town.")
    assert found.works[0].title == "Trees of Iron: How Masts Became Cheap"
    assert "2 heads or numbers of pages were left out" in found.notes[0]


def test_notes_at_the_foot_and_ibid():
    found = read(
        f"Masts\n\nAda Moor\n4 May 2019\n\n{PROSE}1 It grew.2 It fell.3\n\n_____\n"
        "1. Jo Bell, Iron Trees (Leeds: Aire, 2018), 7.\n2. Ibid., 9.\n3. Bell, Iron Trees, 12; "
        "see also “No Mast.”\n\nBibliography\n\nBell, Jo. Iron Trees. Leeds: Aire, 2018.\n\n"
        "“No Mast.” Daily, May 3, 2017.\n"
    )
    assert [(c.works, c.page) for c in found.citations] == [
        (("bell-2018",), "7"),
        (("bell-2018",), "9"),
        (("bell-2018",), "12"),
        (("no-mast-2017-05-03",), None),
    ]
    assert found.sentences[1].text == "It grew."


def test_notes_in_square_brackets_and_by_letters():
    found = read(
        f"{PROSE}[1] It grew.[2]\n\nEndnotes\n\n[1] Jo Bell, Iron Trees (Leeds: Aire, 2018), 7.\n"
        "[2] Ibid., 9.\n\nWorks Cited and Consulted\n\nBell, Jo. Iron Trees. Leeds: Aire, 2018.\n"
    )
    assert [(c.works, c.page) for c in found.citations] == [
        (("bell-2018",), "7"),
        (("bell-2018",), "9"),
    ]


def test_a_page_alone_stands_for_the_work_before_it():
    text = f"{PROSE} It grew (Bell 7). It fell (12).\n\nIt is (3)."
    found = read(f"{text}\n\nWorks Cited\n\nBell, Jo. Iron Trees. Leeds: Aire, 2018.\n")
    assert [(c.text, c.works) for c in found.citations] == [
        ("Bell 7", ("bell-2018",)),
        ("12", ("bell-2018",)),
    ]


def test_notes_without_a_list_are_the_list():
    found = read(
        f"{PROSE}1 It grew.2\n\nNotes\n\n"
        "1. Jo Bell, “Iron,” Daily, May 3, 2017.\n2. Bell, “Iron.”\n"
    )
    assert [work.title for work in found.works] == ["Iron"]
    assert [c.works for c in found.citations] == [("bell-2017-05-03",)] * 2


TORN = """
References

Bell, Jo. 2018. Iron Trees: A Tale of Ma-
sts. Leeds: Aire.

                                        12
Masts and Poles 7 (2)                                   13

Moor, Ann, and Kay Oz. 2020. Poles of
                                        14
Tin. Leeds: Aire.
"""
TWO_COLUMNS = """
References

Bell, Jo. 2018. Iron Trees: A        Moor, Ann, and Kay Oz. 2020.
    Tale of Masts. Leeds:                Poles of Tin. Leeds:
    Aire.                                Aire.
"""


@pytest.mark.parametrize("listed", [TORN, TWO_COLUMNS])
def test_lists_copied_from_pdf(listed):
    found = read(f"{PROSE} So (Bell 2018).\n{listed}")
    assert [(work.title, work.year) for work in found.works] == [
        ("Iron Trees: A Tale of Masts", "2018"),
        ("Poles of Tin", "2020"),
    ]
    assert found.unread == ()
    assert [c.works for c in found.citations] == [("bell-2018",)]


def test_what_follows_the_list_is_said():
    found = read(
        f"{PROSE}\n\nReferences\n\nBell, J. (2018). Iron trees. Aire.\n\nAppendix\n\n{PROSE}\n"
    )
    assert any("2 paragraphs follow the list of works" in note for note in found.notes)


LIST = (
    "\n\nReferences\n\nBell, J., & Moor, A. (2018). Iron trees. Aire.\n\n"
    "Council of Masts and Poles. (2019). Yearly report. CMP.\n\n"
    "van der Aa, K., Li, B., & Oz, C. (n.d.). On poles. Daily.\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So (CMP, 2019).", ["council-of-masts-and-poles-2019"]),
        ("So (jfr Bell & Moor 2018, s. 4–6).", ["bell-2018"]),
        ("So (van der Aa m.fl. u.å., s. 5).", ["van-der-aa"]),
        ("Li and van der Aa came. Bell & Moor (2018, 19n) went.", ["bell-2018"]),
        ("So (Council of Masts and Poles [MP], 2019). And (MP, 2019, p. 3).",
         ["council-of-masts-and-poles-2019"] * 2),
        ("So [Bell & Moor, 2018, ch. 2].", ["bell-2018"]),
        ("Bell and Moor’s (2018) view is so.", ["bell-2018"]),
        ("As van der Aa et al. (n.d.) say, so.", ["van-der-aa"]),
        ("So it is. (Bell & Moor, 2018) Then it was not.", ["bell-2018"]),
        ("So (cf. Bell & Moor, 2018; van der Aa et al., n.d.).", ["bell-2018", "van-der-aa"]),
        ("So (Bell & Moor, 2018). So (ibid., p. 4).", ["bell-2018"] * 2),
        ("Bell and Moor (2018) counted 40 masts (Table 3).", ["bell-2018"] * 2),
        ("Bell and Moor (2018) counted well (p. 3). In towns they found 9 (88).",
         ["bell-2018"] * 3),
        ("So (Table 3), though Bell and Moor think that “masts are trees” (2018, p. 80).",
         ["bell-2018"]),
        ("So a clerk (in Bell & Moor, 2018, p. 10), met on foot (in Leeds, 2014).", ["bell-2018"]),
        ("So (zit. n. Bell/Moor 2018, S. 5). Bell and Moor (2018) agree (n. pag.).",
         ["bell-2018"] * 3),
        ("So (as cited in Bell & Moor, 2018, Fig. 3).", ["bell-2018"]),
        ("In a hall (Room 12) and by tram (Tram 81), on Boeing 747s (Boeing 747).", []),
    ],
)  # fmt: skip
def test_citations_in_all_their_forms(text, expected):
    assert [work for c in read(f"{PROSE} {text}{LIST}").citations for work in c.works] == expected


def test_numbers_cite_where_the_list_has_them():
    found = read(
        f"{PROSE} So [1], [3, p. 2]. And so [1]–[3].\n\nReferences\n\n"
        '[1] J. Bell, "Iron," Daily, May 2017.\n[2] Guild of Poles, "Poles," 2018.\n'
        '[3] A. Moor and J. Bell, "Trees," Masts, vol. 2, pp. 1-3, 2019.\n'
    )
    assert [c.works[0] for c in found.citations] == [
        "bell-2017-05", "moor-2019", "bell-2017-05", "guild-of-poles-2018", "moor-2019",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "authors", "title", "year"),
    [
        ("Bell, Jo A. Iron Trees. Leeds: Aire, 2018.", ["Bell"], "Iron Trees", 2018),
        ("Bell, Jo, Jr., and Al Moor. “The 2012 Mast.” Masts, vol. 2, no. 3, Spring 2019, pp. 1-9.",
         ["Bell", "Moor"], "The 2012 Mast", 2019),
        ("Bell, J. & Moor, A. 2019, 'Iron trees', Masts, vol. 2, no. 3, pp. 1-9.",
         ["Bell", "Moor"], "Iron trees", 2019),
        ("Guild of Masts and Poles 2017, Yearly poles, viewed 2 May 2019, <https://poles.example>.",
         ["Guild of Masts and Poles"], "Yearly poles", 2017),
        ("BELL Jo, 2018, Les arbres de fer, Leeds, Aire, 230 p.", ["BELL"], "Les arbres de fer",
         2018),
        ("Bell, Jo/Moor, Al (2018): Eisen. In: Masten, Jg. 2, H. 3, S. 1–9.", ["Bell", "Moor"],
         "Eisen", 2018),
        ("Bell, Jo: Eisen und Holz. Leeds 2015.", ["Bell"], "Eisen und Holz", 2015),
        ("“A Mast.” Daily. Daily Group, 2 May 2017. Web. 4 June 2018.", [], "A Mast", 2017),
        ("Are masts trees? (2017, May 2). The Daily. https://daily.example/m", [],
         "Are masts trees?", 2017),
        ("Bell, J. (in press). Iron trees. Masts.", ["Bell"], "Iron trees", None),
        ("Bell, Jo, and Al Moor. “Iron.” Masts 4, no. 1 (2016): 1–9.", ["Bell", "Moor"], "Iron",
         2016),
        ("Bell, Jo, et al. Iron Trees: Masts since 1988. Aire, 2022.", ["Bell"],
         "Iron Trees: Masts since 1988", 2022),
        ("Bell, Jo. Who Built It? Masts of the North. Leeds: Aire, 2017.", ["Bell"],
         "Who Built It? Masts of the North", 2017),
        ("Iron and stop. (2018, May 2). The Daily, p. B2.", [], "Iron and stop", 2018),
        ("[3] J. Bell, Jr., Counting poles. Leeds, U.K.: Aire, 2014.", ["Bell"], "Counting poles",
         2014),
        ("[1] J. Bell, Iron trees, 3rd ed. Leeds, U.K.: Aire, 2014.", ["Bell"], "Iron trees", 2014),
        ("Bell, Jo, Moor, Al & Oz, Di (2017). ”Järn på stolpar”. Master, 9(1), s. 1–22.",
         ["Bell", "Moor", "Oz"], "Järn på stolpar", 2017),
        ("Bell, Jo (2018): Eisen. Eine Geschichte der Masten, 2. Aufl., Graz: Aire.", ["Bell"],
         "Eisen. Eine Geschichte der Masten", 2018),
        ("Rat für Masten (2018): Masten im Norden. Bericht 2017, Graz.", ["Rat für Masten"],
         "Masten im Norden. Bericht 2017", 2018),
        ("o. V. (2018): „Eisen?“, in: Der Mast, 03.01.2018, S. 2.", [], "Eisen?", 2018),
        ("[2] J. Bell, Iron and Wood: A Life with Masts. Leeds, U.K.: Aire, 2014.", ["Bell"],
         "Iron and Wood: A Life with Masts", 2014),
        ('[3] Low Hill Analytics, "Who paints what: Masts by colour," 2019. [Online]. Available: '
         "https://lowhill.example/c", ["Low Hill Analytics"], "Who paints what: Masts by colour",
         2019),
        ("[9] J. van der Aa, Mast by Mast: A Life, 2nd ed. Leeds: Aire, 2014.", ["van der Aa"],
         "Mast by Mast: A Life", 2014),
        ("Observatory of Masts. Spain: A File. Accessed May 2, 2019. https://masts.example/spain.",
         ["Observatory of Masts"], "Spain: A File", None),
        ("Mast Map. (2018). Ghana: Standing tall. https://masts.example/ghana", ["Mast Map"],
         "Ghana: Standing tall", 2018),
        ("Bell, Jo, and Al Moor. Upright: Samoa, 2012. Aire, 2014.", ["Bell", "Moor"],
         "Upright: Samoa, 2012", 2014),
        ("Guild of Masts. Poles since 1950: A Life. N.d. Accessed May 2, 2019. https://m.example/a",
         ["Guild of Masts"], "Poles since 1950: A Life", None),
        ("Stolprådet (u.å.). Stolpar. https://stolpar.example/s [Hämtad 2023-11-20].",
         ["Stolprådet"], "Stolpar", None),
    ],
)  # fmt: skip
def test_entries_of_many_styles(entry, authors, title, year):
    _, item = parse_entry(entry, [])
    names = [name.get("family") or name["literal"] for name in item.get("author", [])]
    issued = item.get("issued", {"date-parts": [[None]]})["date-parts"][0][0]
    assert (names, item["title"], issued) == (authors, title, year)


@pytest.mark.parametrize(
    ("place", "container", "editors"),
    [
        ("Trans. Mast Paint., vol. 6, no. 1, pp. 1–19, 2021.", "Trans. Mast Paint", []),
        ("Tidskr. Stolpar, vol. 18, no. 3, pp. 33–41, 2021.", "Tidskr. Stolpar", []),
        ("Iron and Wood, vol. 18, no. 3, pp. 33–41, 2021.", "Iron and Wood", []),
        ("in Iron and Wood, P. Bell and A. Moor, Eds. Leeds, U.K.: Aire, 2021, pp. 7–9.",
         "Iron and Wood", ["Bell", "Moor"]),
        ("in Iron and Wood, P. Bell, Ed., Leeds: Aire, 2021, pp. 7–9.", "Iron and Wood", ["Bell"]),
    ],
)  # fmt: skip
def test_places_of_numbered_works(place, container, editors):
    _, item = parse_entry(f"[4] J. Holm, “All poles counted,” {place}", [])
    assert item["title"] == "All poles counted"
    assert item["container-title"] == container
    assert [name["family"] for name in item.get("editor", [])] == editors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Of 3 412 masts, 1 250 stood.", [(3412, 3412, "count"), (1250, 1250, "count")]),
        ("It cost 2.300 euros or 1,4 Mrd. Euro.", [(2300, 2300, "EUR"), (1.4e9, 1.4e9, "EUR")]),
        ("It fell from 41 to 39.5 %.", [(41, 41, "%"), (39.5, 39.5, "%")]),
        ("Between 12 and 15 percent left.", [(12, 15, "%")]),
        ("Costs of £2–3 billion, or kr.", [(2e9, 3e9, "GBP")]),
        ("Fewer than a third of them came.", [(None, 100 / 3, "%")]),
        ("Seventy-two masts in sixteen to twenty weeks.",
         [(72, 72, "count"), (16, 20, "count")]),
        ("A thousand masts, half a million poles.", [(1000, 1000, "count"), (5e5, 5e5, "count")]),
        ("It grew from 9,500 to 12,800.", [(9500, 9500, "count"), (12800, 12800, "count")]),
        ("It costs from C$250 up to C$400, of which up to C$20 is tax.",
         [(250, 250, "CAD"), (400, 400, "CAD"), (None, 20, "CAD")]),
        ("Of the eleven masts, 17 of 23 owners took over 51 percent.",
         [(11, 11, "count"), (17, 17, "count"), (23, 23, "count"), (51, 51, "%")]),
        ("It took SEK 3.2bn, 40 cents a head.", [(3.2e9, 3.2e9, "SEK"), (0.4, 0.4, "SEK")]),
        ("He put his name under 40 masts, in a contract over £9 million; it took over 50 days.",
         [(40, 40, "count"), (9e6, 9e6, "GBP"), (50, None, "days")]),
        ("They paid over £9 million for under 40 masts.",
         [(9e6, None, "GBP"), (None, 40, "count")]),
        ("About 1,400 Halden masts and 30 Ulm Steel poles fell; by 2019 Halden masts were rare.",
         [(1400, 1400, "count"), (30, 30, "count")]),
        ("A ten-year deal in the second half of 2019, on page 12, by Boeing 747.",
         [(10, 10, "years")]),
    ],
)  # fmt: skip
def test_quantities(text, expected):
    found = [(q.low, q.high, q.unit) for q in find_quantities(text)]
    assert found == [
        (low and pytest.approx(low), high and pytest.approx(high), unit)
        for low, high, unit in expected
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“Masts are trees,” as Jo Bell, then head of the guild, put it.", "Jo Bell"),
        ("“Masts are only trees,” one gardener remembered.", "one gardener"),
        ("It “is a tree that nobody waters,” in the words of a monk.", "a monk"),
        ("“We water every tree,” said J. Bell, Minister for Masts.", "J. Bell"),
        ("“Masts are only trees,” Jo Bell, who waters them, said in June.", "Jo Bell"),
        ("»Masts are only trees«, as Moor puts it.", "Moor"),
        ("Jo Bell, who waters them, was tired. “Masts are only trees,” she said.", "Jo Bell"),
        ("The gardens grew. “Masts are only trees,” she said.", None),
        ("“Masts are only trees,” according to her deputy, Jo Bell.", "Jo Bell"),
        ("A gardener, Jo Bell, asks: “Who waters the masts of iron?”", "Jo Bell"),
        ("Bell's answer is short: “Masts are only trees.”", "Bell"),
    ],
)
def test_speakers(text, speaker):
    assert [q.speaker for q in read(f"{PROSE} {text}").quotations] == [speaker]


CASES = [str.lower, str.upper, str.title, str.capitalize, str.swapcase]
COUNTS = ["one", "two", "a", "an", "a couple of", "12", "3", "ten"]
UNITS = ["day", "week", "month", "quarter", "year", "decade"]
TIMES = st.one_of(
    st.builds("{} {}s ago".format, st.sampled_from(COUNTS), st.sampled_from(UNITS)),
    st.builds("over the last {} {}s".format, st.sampled_from(COUNTS), st.sampled_from(UNITS)),
    st.builds("{} {}".format, st.sampled_from(["last", "this", "next"]), st.sampled_from(UNITS)),
    st.builds("on {} {}".format, st.integers(0, 40), st.sampled_from(MONTHS)),
    st.builds("{} {}".format, st.sampled_from(["in", "since", "by"]), st.sampled_from(MONTHS)),
    st.builds(
        "{}% of {} {}".format, st.integers(), st.sampled_from(COUNTS), st.sampled_from(UNITS)
    ),
    st.builds("{} {} to {} {}".format, *[st.integers(0, 9999), st.sampled_from(UNITS)] * 2),
    st.builds("from {} to {} {}".format, *[st.sampled_from(MONTHS)] * 2, st.integers(0, 9999)),
    st.builds(
        "on 3 May {}, {} {}s later, in mid-{}".format,
        st.integers(0, 9999),
        st.sampled_from(COUNTS),
        st.sampled_from(UNITS),
        st.sampled_from(MONTHS),
    ),
    st.builds("that same {}, the following {}".format, *[st.sampled_from(UNITS)] * 2),
)


@given(TIMES, st.sampled_from(CASES), st.sampled_from(["2019-11-30", "2020-02-29", None]))
def test_times_and_units_in_any_case_are_read(time, case, date):
    found = read(f"{case(time)} Huawei came. Huawei came {case(time)}.", date=date)
    assert len(found.sentences) >= 1
