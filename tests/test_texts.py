"""Texts by language and key: what is missing falls back to English, or is refused."""

import pytest

from splinternet.base.errors import InputError, MisuseError, TextError
from splinternet.base.texts import languages, text, texts_of


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
    assert text("brief.document.skip") == "Textwards"
    assert text("brief.document.note", number=3) == "note 3"
    assert texts_of("brief").lang == "xx"


def test_forms_by_number(another):
    (another / "made.toml").write_text('n = ["{n} uno", "{n} pluri", "nulo"]', encoding="utf-8")
    made = texts_of("made")
    assert [made.forms("n", n, n=n) for n in (0, 1, 2)] == ["nulo", "1 uno", "2 pluri"]
    assert made.many("n", n=5) == ("5 uno", "5 pluri", "nulo")


def test_mistakes_are_named(another):
    (another / "brief.toml").write_text('[document]\nnote = "{one}"\n', encoding="utf-8")
    with pytest.raises(TextError, match=r"no text is called brief\.nothing\.here"):
        text("brief.nothing.here")
    with pytest.raises(TextError, match=r"brief.document.note in xx .*'one'.* may have number"):
        text("brief.document.note", number=3)
    (another / "web.toml").write_text("[", encoding="utf-8")
    with pytest.raises(InputError, match=r"web.toml: is no file of texts"):
        texts_of("web")
    with pytest.raises(MisuseError, match="unknown language 'yy'; known: en"):
        texts_of("brief", "yy")
    assert languages() == ("en",)
