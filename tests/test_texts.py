"""Texts by language and key: what is missing falls back to English, or is refused."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from commands import small_world
from splinternet.base.errors import InputError, MisuseError, TextError
from splinternet.base.texts import language_mark, languages, phrase, phrase_for, texts_of
from splinternet.cli import main
from splinternet.essay.reading import read_essay
from splinternet.essay.report import report
from splinternet.ledger.catalogue import open_ledger
from splinternet.world.confidence import LINK_DOUBTS, doubt_words
from websites import small_site


@pytest.fixture
def another(tmp_path, monkeypatch):
    """A folder of another language, which is the wanted one; it has three forms by number."""
    folder = tmp_path / "xx"
    folder.mkdir()
    (folder / "language.toml").write_text('plural = "n == 0 ? 2 : n != 1"\n', encoding="utf-8")
    monkeypatch.setenv("SPLINTERNET_LANGUAGE", str(folder))
    return folder


def test_pages_and_answers_in_another_language(another, capsys, tmp_path):
    """A page and a table have its words, where it has any."""
    (another / "web.toml").write_text('[about]\nquestion = "La <demando>"\n', encoding="utf-8")
    words = '[table]\nmore = "{number} pliaj"\n[depend]\ninbound = "Parto de vojoj al {nation}"\n'
    (another / "terminal.toml").write_text(words, encoding="utf-8")
    page = small_site(tmp_path).get("/about").text
    assert '<html lang="xx"' in page
    assert "<h2>La &lt;demando&gt;</h2>" in page
    assert "<h2>The method</h2>" in page
    assert main(["depend", "CU", "--limit", "1"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Parto de vojoj al Cuba that pass each network\n")
    assert said.endswith(" pliaj\n")


@pytest.mark.slow
def test_nations_have_their_names_in_another_language(another, capsys, tmp_path):
    """On pages, on charts and in the terminal; and they are asked for by these names."""
    (another / "brief.toml").write_text(
        '[countries]\nRU = "Rutenujo"\n[nations]\nRU = "la Rutenujo"\n', encoding="utf-8"
    )
    site = small_site(tmp_path)
    assert "Rutenujo" in site.get("/").text
    page = site.get("/compare?country=rutenujo&country=DE").text
    assert "<h1>Rutenujo, Germany</h1>" in page
    assert 'value="Rutenujo"' in page
    assert site.get("/search?q=Rutenujo").headers["location"] == "/brief/RU"
    assert "la Rutenujo" in html.fromstring(site.get("/states/RU").text).xpath("string(//h1)")
    assert site.get("/api/nations/Rutenujo").json() == site.get("/api/nations/RU").json()
    assert main(["depend", "Rutenujo", "--limit", "1"]) == 0
    assert capsys.readouterr().out.startswith("Share of routes to la Rutenujo that")


def test_notebooks_in_another_language(another):
    (another / "notebook.toml").write_text(
        '[world]\nlinks = "Ligoj"\n[ledger]\nmost = "Plej ofte"\n', encoding="utf-8"
    )
    assert "<th>Ligoj</th>" in small_world()._repr_html_()
    assert "<th>Networks</th>" in small_world()._repr_html_()
    assert "<th>Plej ofte</th>" in open_ledger()._repr_html_()


def test_answers_are_kept_by_language(another, monkeypatch):
    """Those of a language, or of a folder of texts that is changed, are not served for another."""
    marks = [language_mark()]
    (another / "brief.toml").write_text('[countries]\nRU = "Rutenujo"\n', encoding="utf-8")
    marks.append(language_mark())
    monkeypatch.setenv("SPLINTERNET_LANGUAGE", "en")
    marks.append(language_mark())
    monkeypatch.delenv("SPLINTERNET_LANGUAGE")
    assert len(set(marks)) == 3
    assert language_mark() == marks[-1]


def test_a_text_that_is_lacking_is_in_english(another):
    (another / "brief.toml").write_text('[document]\nskip = "Textwards"\n', encoding="utf-8")
    assert phrase("brief.document.skip") == "Textwards"
    assert phrase("brief.document.note", number=3) == "note 3"
    assert texts_of("brief").lang == "xx"


def test_forms_by_number(another):
    (another / "made.toml").write_text('n = ["{n} uno", "{n} pluri", "nulo"]', encoding="utf-8")
    assert [phrase_for("made.n", n, n=n) for n in (0, 1, 2)] == ["nulo", "1 uno", "2 pluri"]
    assert texts_of("made").many("n", n=5) == ("5 uno", "5 pluri", "nulo")


def test_mistakes_are_named(another):
    (another / "brief.toml").write_text('[document]\nnote = "{one}"\n', encoding="utf-8")
    with pytest.raises(TextError, match=r"no text is called brief\.nothing\.here"):
        phrase("brief.nothing.here")
    with pytest.raises(TextError, match=r"brief.document.note in xx .*'one'.* may have number"):
        phrase("brief.document.note", number=3)
    (another / "web.toml").write_text("[", encoding="utf-8")
    with pytest.raises(InputError, match=r"web.toml: is no file of texts"):
        texts_of("web")
    with pytest.raises(MisuseError, match="unknown language 'yy'; known: en"):
        texts_of("brief", "yy")
    assert languages() == ("en",)


_SOURCES = Path(__file__).parents[1] / "src" / "splinternet"

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TAG = re.compile(r"<!?[^>]*>")
_SPOKEN = re.compile(r'\b(?:aria-label|aria-valuetext|title|alt|placeholder|content)="([^"]*)"')
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_COMMENT = re.compile(r"(?<!:)//.*")

#: Letters in templates that are no words of a language: names, and what a computer reads.
_NAMES = {
    "splinternet", "width device-width initial-scale", "light dark", "article",
    "summary_large_image", "MTS", "Huawei", "class number class date",
    "splinternet what-if scenario toml", "url brief amp wait", "Chicago",
    "lt iframe src html width height title loading lazy lt iframe",
    "lt iframe src charts html width height title loading lazy lt iframe",
}  # fmt: skip


def _words_of(template: str) -> set[str]:
    """Words that a template says by itself: in text, in attributes that are read, in literals."""
    template = re.sub(r"<style>.*?</style>|kind == \"\w+\"", "", template, flags=re.DOTALL)
    outside = _JINJA.sub("", template)
    said = [*_TAG.split(outside), *_SPOKEN.findall(outside)]
    quoted = (
        one or other for each in _JINJA.findall(template) for one, other in _QUOTED.findall(each)
    )
    said += [
        each for each in quoted if re.fullmatch(r"[A-Z][a-z]+|[\w,;:'-]+( [\w.,;:'-]+)+", each)
    ]
    return {word for text in said if (word := " ".join(re.findall(r"[A-Za-z_-]{2,}", text)))}


def test_templates_say_nothing_by_themselves():
    assert _words_of("<p>{{ t('ab cd') }} Two words<b title='x' alt=\"Of it\">") == {
        "Two words", "Of it", "ab cd"
    }  # fmt: skip
    found = {}
    for path in (*_SOURCES.rglob("*.html"), *_SOURCES.rglob("*.j2")):
        if words := _words_of(path.read_text(encoding="utf-8")) - _NAMES:
            found[path.relative_to(_SOURCES).as_posix()] = words
    assert found == {}


def test_scripts_say_nothing_by_themselves():
    for path in _SOURCES.rglob("*.js"):
        code = _COMMENT.sub("", path.read_text(encoding="utf-8"))
        assert re.findall(r"[\"`]([A-Z][a-z]+)(?=[ \"`:.])", code) == [], path.name


#: Whose arguments are declarations or messages of errors, which stand in code.
_DECLARES = ("Option", "Argument", "_given", "_filtering", "Error", "unknown", "Endpoint", "Typer")

#: What is declared to programs: addresses of the API, their parameters and answers.
_DECLARATIONS = {"web/openapi.py", "web/api_nations.py", "web/api_routes.py", "web/api.py"}

#: What else has words in pages' and commands' modules, and is said by a computer or an error.
_NOT_SAID = {
    # messages of errors that are composed before they are raised
    "unknown field `(.*)`", "Invalid enum value '(.*)'", "at least", "at most",
    ": should be a whole number", "there is no parameter here; there are", ": is not one of",
    ": should be", "no exchange is in it", "AS is not in world",
    "--matrix takes every state and nation; leave VICTIM, --by and --prefix out",
    "name some with --worlds", "or say what it is: --actor ' =operator:KE'",
    "out of memory; try fewer origins or networks, or a digest",
    "the disk is full; free some space and try again", ": Value error,",
    "a bug in splinternet ( : ); please report it, with what SPLINTERNET_DEBUG=1 shows",
    # kinds of files, scenarios, words of the ledger's own, keys of what is kept
    'attachment; filename=" . "', "text/csv; charset=utf-8", "text/html; charset=utf-8",
    "application/toml; charset=utf-8", "at hand",
    'name = "Without AS " world = " " [[shocks]] kind = "remove" networks = "AS "',
    # what the API declares of a date, and a title that is written into a ledger
    "A date, as exact as it is known: 2019, 2019-11 or 2019-11-30.", "A ledger of our own",
}  # fmt: skip

_SENTENCE = re.compile(r"[A-Za-z]{2,}[,;:]? [A-Za-z]{2,}")


def _said(tree: ast.AST) -> Iterator[str]:
    """Yield literals of two words or more, but for docstrings, declarations and raised errors."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and _literal(node.value)):
            continue
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if called.endswith(_DECLARES) or called.startswith("MisuseError"):
            continue
        if words := " ".join(_literal(node).split()):
            if _SENTENCE.search(words):
                yield words
            continue
        yield from _said(node)


def _literal(node: ast.AST) -> str:
    """Return what a literal says by itself, with a space for each value in it."""
    if isinstance(node, ast.JoinedStr):
        return " ".join(str(each.value) for each in node.values if isinstance(each, ast.Constant))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_pages_and_commands_take_their_words_from_the_files_of_languages():
    read = '"""Of it."""\nsay("two words", f"{n} of many {what}")\nraise E("an error")\n'
    assert list(_said(ast.parse(read))) == ["two words", "of many"]
    found, excepted = {}, set()
    for path in (*(_SOURCES / "web").glob("*.py"), *(_SOURCES / "cli").glob("*.py")):
        name = path.relative_to(_SOURCES).as_posix()
        if name not in _DECLARATIONS:
            said = set(_said(ast.parse(path.read_text(encoding="utf-8"))))
            excepted |= said & _NOT_SAID
            found |= {name: said - _NOT_SAID} if said - _NOT_SAID else {}
    assert found == {}
    assert excepted == _NOT_SAID


_ROOMS = sorted(path.stem for path in (_SOURCES / "languages" / "en").glob("*.toml"))
_KEY = re.compile(rf"[\"'`]({'|'.join(_ROOMS)})\.([\w.-]*)([\"'`{{])( ~)?")
_CALLED = re.compile(r"\b(?:phrase|phrase_for|t|tn)\(\s*[\"']([\w.-]+\.[\w.-]+)[\"']( ~)?")


def test_every_text_is_used_and_there():
    """Keys stand in code in full, or as a beginning that code goes on from.

    Of the brief's, which chapters call by their own names, a nightly test sees each in use.
    """
    whole, beginnings, named = set(), set(), set()
    for path in (*_SOURCES.rglob("*.py"), *_SOURCES.rglob("*.html")):
        code = path.read_text(encoding="utf-8")
        named |= {key for key, goes_on in _CALLED.findall(code) if not goes_on}
        for room, name, end, goes_on in _KEY.findall(code):
            key = f"{room}.{name}"
            (beginnings if end == "{" or goes_on or key.endswith(".") else whole).add(key)
    there = {f"{room}.{key}" for room in _ROOMS for key in texts_of(room, "en")}
    unused = {key for key in there - whole if not key.startswith((*beginnings, "brief."))}
    assert unused - {"language.plural", "words.homonyms", "words.months", "words.units"} == set()
    assert named - there == set()


def test_reasons_of_doubts_are_texts(another):
    (another / "words.toml").write_text(
        '[doubt]\nseen-once = "estas nur unufoje"\n', encoding="utf-8"
    )
    assert doubt_words("seen-once") == "estas nur unufoje"
    assert {doubt_words(name) for name in LINK_DOUBTS} - {"estas nur unufoje"}


def test_the_report_on_an_essay_is_texts(another):
    (another / "essay.toml").write_text('[heading]\ncitations = "Citajoj"\n', encoding="utf-8")
    reading = read_essay("Huawei was founded in 1987 (Smith 2019).", open_ledger())
    headings = [section.heading for section in report(reading)]
    assert "Citajoj" in headings
    assert headings[-1] != "Citajoj"
