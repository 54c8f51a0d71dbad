"""Texts by language and key: what is missing falls back to English, or is refused."""

import re
from pathlib import Path

import pytest

from splinternet.base.errors import InputError, MisuseError, TextError
from splinternet.base.texts import languages, phrase, phrase_for, texts_of


@pytest.fixture
def another(tmp_path, monkeypatch):
    """A folder of another language, which is the wanted one; it has three forms by number."""
    folder = tmp_path / "xx"
    folder.mkdir()
    (folder / "language.toml").write_text('plural = "n == 0 ? 2 : n != 1"\n', encoding="utf-8")
    monkeypatch.setenv("SPLINTERNET_LANGUAGE", str(folder))
    return folder


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
