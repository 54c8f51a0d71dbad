"""Essays as files: formats, encodings, what cannot be seen, parts, sentences, quotation marks."""

import pytest

from splinternet.base.errors import InputError
from splinternet.essay.dates import parse_date
from splinternet.essay.document import MAX_BYTES, document_of, read_document
from splinternet.essay.language import ENGLISH_FROM, english_share
from splinternet.essay.parts import divide
from splinternet.essay.quotations import blanked, find_quotations
from splinternet.essay.sentences import LONGEST, split_sentences


@pytest.fixture
def document(tmp_path):
    """Write a file, and read it as an essay."""

    def read(data: bytes):
        path = tmp_path / "essay.txt"
        path.write_bytes(data)
        return read_document(path)

    return read


def texts(document):
    return [(paragraph.line, paragraph.flat) for paragraph in document.paragraphs]


def test_plain_text_has_paragraphs_and_lines(document):
    found = document(b"One\r\nmore.\r\n \r\n\r\nTwo.\n")
    assert texts(found) == [(1, "One more."), (5, "Two.")]
    assert found.notes == ()


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ("“Déjà”".encode(), None),
        ("“Déjà”".encode("utf-8-sig"), None),
        ("“Déjà”".encode("utf-16"), None),
        ("“Déjà”".encode("windows-1252"), "not UTF-8; it was read as windows-1252"),
        ("“Déjà”".encode().decode("windows-1252", "replace").encode(), None),
        ("“Déjà’".encode().decode("windows-1252").encode(), "encoded twice"),
        (b"<!-- charset=windows-1251 --><p>" + "Да".encode("windows-1251"), "windows-1251"),
        (b"<!-- charset=utf-7 --><p>caf\xe9", "read as windows-1252"),
    ],
)
def test_encodings(document, data, note):
    found = document(data)
    assert found.paragraphs[0].text[:2] in ("“D", "â€", "Да", "ca")
    assert (note or "") in " ".join(found.notes)
    assert bool(found.notes) == bool(note) or "wrongly encoded" in found.notes[0]


def test_what_cannot_be_seen_is_removed_and_counted(document):
    found = document("a\u202eb\u2066c \x07d\u200be\u00a0f".encode())
    assert texts(found) == [(1, "abc de f")]
    assert [note.split(" ", 1)[0] for note in found.notes] == ["2", "1", "1"]
    assert "writing direction" in found.notes[0]


def test_thousands_of_accents_on_a_letter_are_too_many():
    (paragraph,) = document_of("e" + "\u0301\u0316" * 5000).paragraphs
    assert len(paragraph.text) < 10


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\x01\x02\x03\x04", "binary"),
        (bytes(range(256)) * 4, "binary"),
        (b"text\0text", "binary"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "Word"),
        (b"\x1f\x8b....", "unpack"),
        (b"<html><script>x</script></html>", "no text"),
        ("\u200b\u200b".encode(), "no text"),
    ],
)
def test_what_is_no_text_is_refused_in_words(document, data, message):
    with pytest.raises(InputError, match=message):
        document(data)


def test_fifty_megabytes_are_refused_without_reading_them(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(InputError, match=f"larger than {MAX_BYTES:,} bytes"):
        read_document(path)
    with pytest.raises(InputError, match="larger"):
        document_of("a" * (MAX_BYTES + 1))


def test_missing_files_and_folders(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_document(tmp_path / "none.txt")
    with pytest.raises(InputError, match="cannot be read"):
        read_document(tmp_path)


def test_html_is_what_a_reader_sees():
    found = document_of(
        "<!DOCTYPE html><html><head><title>No</title>"
        '<meta property="article:published_time" content="2019-11-13T10:00:00Z"></head><body>\n'
        "<nav>Home</nav><h1>A <em>title</em></h1><script>alert('no')</script>\n"
        "<p>One &ldquo;two&rdquo; <q>three</q><br>four<style>no</style></p><p hidden>no</p>\n"
        "<ul><li>five<li>six</ul><!-- no --><noscript>no</noscript></body></html>"
    )
    blocks = [paragraph.text for paragraph in found.paragraphs]
    assert blocks == ["A title", "One “two” “three”\nfour", "five", "six"]
    assert [paragraph.line for paragraph in found.paragraphs] == [2, 3, 4, 4]
    assert divide(found).dated == parse_date("13 November 2019")


def test_broken_html_is_read_as_far_as_it_goes():
    deep = document_of("<p>start</p>" + "<div>" * 5000 + "end")
    assert deep.paragraphs[0].text == "start"
    assert "nested too deep" in deep.notes[0]
    unclosed = document_of("<p>one<b>two<p>three &bogus; <a href='x>four")
    assert [p.text for p in unclosed.paragraphs][:2] == ["onetwo", "three &bogus;"]


def parts(text):
    return divide(document_of(text))


def test_heading_prose_and_works_are_told_apart():
    found = parts(
        "Site\n\n13 November 2019\n\nA Title\n\nBy Jane\n\n"
        "Prose here.\n\nSection\n\nMore prose.\n\n"
        "## Works Cited ##\n\nDoe, Jane. “One.” 2019.\n\nShare this\n\nA comment."
    )
    assert found.title == "A Title"
    assert found.dated == parse_date("13 November 2019")
    assert [p.text for p in found.prose] == ["Prose here.", "More prose."]
    assert [p.text for p in found.works] == ["Doe, Jane. “One.” 2019."]


@pytest.mark.parametrize("heading", ["Works", "## Works", "List", "READING"])
def test_a_word_that_heads_other_things_heads_a_list_of_nothing_but_entries(heading):
    entries = "- Poe, Ada. 2021. *Masts*. Ulm: Aire.\n- Lund, Ivo. 2020. “Trees.” *Iron* 4: 5–9.\n"
    found = divide(document_of(f"# A head\n\nProse of some length.\n\n{heading}\n\n{entries}"))
    assert found.works is not None
    prose = "The works, so Poe says, began in 2021. They went on.\n\nLund, too, saw them in 2020."
    assert divide(document_of(f"# A head\n\nProse.\n\n{heading}\n\n{prose}")).works is None


@pytest.mark.parametrize(
    "heading", ["Works Cited", "WORKS CITED:", "References", "7. References", "Bibliography"]
)
def test_headings_of_lists_of_works(heading):
    assert len(parts(f"Prose.\n\n{heading}\n\nDoe, Jane. “One.” 2019.").works) == 1
    assert len(parts(f"Prose.\n\n{heading}\nDoe, Jane. “One.” 2019.").works) == 1


@pytest.mark.parametrize(
    ("below", "title"),
    [
        ("Built for the Many", "Open Doors: How Networks Were Built for the Many"),
        ("Jane Doe, MSc of Trade and Law", "Open Doors: How Networks Were"),
        ("Jane Doe", "Open Doors: How Networks Were"),
        ("Proseminar, Chair of Trade and the Law", "Open Doors: How Networks Were"),
        ("Essay for the course on Trade and Law", "Open Doors: How Networks Were"),
    ],
)
def test_titles_of_two_lines(below, title):
    assert parts(f"Open Doors: How Networks Were\n{below}\n3 May 2021\n\nProse.").title == title


def test_an_essay_may_lack_everything_but_prose():
    found = parts("These are my references. They are few.")
    assert (found.title, found.dated, found.works) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("By the U.S. 5G law. So Mr. Doe said.", ["By the U.S. 5G law.", "So Mr. Doe said."]),
        ("It left the U.S. The end.", ["It left the U.S.", "The end."]),
        ("J. R. Doe came at 3.5 km. Next.", ["J. R. Doe came at 3.5 km.", "Next."]),
        ("He said “No. Never.” She left.", ["He said “No. Never.”", "She left."]),
        ("It is “so.” (Doe). Next.", ["It is “so.” (Doe).", "Next."]),
        ("So it is (Doe). (Not here.) End.", ["So it is (Doe).", "(Not here.)", "End."]),
        ("An “open mark. Still split.", ["An “open mark.", "Still split."]),
    ],
)
def test_sentences(text, expected):
    assert list(split_sentences(text)) == expected


def test_sentences_that_never_end_are_cut():
    found = list(split_sentences("word " * 2000 + "."))
    assert max(map(len, found)) <= LONGEST
    assert " ".join(found).split() == ("word " * 2000 + ".").split()
    assert len(next(split_sentences("x" * 5000))) == LONGEST


def quoted(text):
    return [(q.text, q.depth) for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“one” and “two”", [("one", 0), ("two", 0)]),
        ('"one" and "two"', [("one", 0), ("two", 0)]),
        ("“one ‘two’ three”", [("one ‘two’ three", 0), ("two", 1)]),
        ("\"one 'two' three\"", [("one 'two' three", 0), ("two", 1)]),
        ("China’s ‘Great Firewall’, it's 'so'", [("Great Firewall", 0), ("so", 0)]),
        ("«one» and „two“", [("one", 0), ("two", 0)]),
        ("“never closed and “closed”", [("closed", 0)]),
        ("the states’ rights and don't", []),
        ("“”", []),
    ],
)
def test_quotation_marks(text, expected):
    assert quoted(text) == expected


def test_quotations_are_blanked_in_place():
    assert blanked("a “b ‘c’” d “e”") == "a         d    "


def test_language():
    english = (
        "The reader of this text would say that it is written in the language of the English, "
    )
    german = (
        "Der Leser dieses Textes würde sagen, dass er in der Sprache der Deutschen verfasst ist "
    )
    assert english_share(english * 3) > 2 * ENGLISH_FROM
    assert english_share(german * 3) < ENGLISH_FROM
    assert english_share("Читатель этого текста скажет по-русски " * 10) == 0
    assert english_share("too few words") is None
