"""Phrases that people read stand in one place: pages, documents and commands share them."""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from splinternet.measures.catalogue import list_measures

_SOURCES = Path(__file__).parents[1] / "src" / "splinternet"

#: What is shown to people: pages, briefs with their texts, and the command line.
_SURFACES = ("languages", "web", "brief", "cli")

#: So many words are a phrase; fewer may be alike by chance.
_PHRASE = 5

_TAGS = re.compile(r"<[^>]*>|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_WORD = re.compile(r"[A-Za-z]{2,}")


def _of_python(path: Path) -> Iterator[str]:
    """Yield the texts of a module, but for its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    statements = (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))
    told = {id(each) for each in statements if isinstance(each, ast.Constant)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def _of_table(table: object) -> Iterator[str]:
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict | list):
        for each in table.values() if isinstance(table, dict) else table:
            yield from _of_table(each)


def _texts() -> Iterator[tuple[Path, str]]:
    for surface in _SURFACES:
        for path in (_SOURCES / surface).rglob("*"):
            if path.suffix == ".py":
                yield from ((path, text) for text in _of_python(path))
            elif path.suffix == ".toml":
                table = tomllib.loads(path.read_text(encoding="utf-8"))
                yield from ((path, text) for text in _of_table(table))
            elif path.suffix in (".html", ".j2"):
                yield from ((path, piece) for piece in _TAGS.split(path.read_text("utf-8")))


@pytest.mark.slow
def test_no_phrase_is_written_in_two_places():
    places = defaultdict(set)
    for path, text in _texts():
        phrase = " ".join(text.split()).strip(" .:;,")
        if len(_WORD.findall(phrase)) >= _PHRASE:
            places[phrase].add(path.relative_to(_SOURCES).as_posix())
    assert {"languages/en/brief.toml", "languages/en/web.toml"} <= set().union(*places.values())
    assert {phrase: found for phrase, found in places.items() if len(found) > 1} == {}


def test_words_of_figures_tell_them_apart():
    """Each figure's words stand alone: none leans on another's, and no two are alike."""
    words = [each.words for measure in list_measures().values() for each in measure.figures]
    numbers = [each for each in words if not each.startswith("That ")]
    assert len(set(numbers)) == len(numbers)
    assert [each for each in numbers if each.startswith("The same")] == []
