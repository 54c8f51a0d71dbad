"""Sentences of documents, docstrings, messages and texts: each begins with its subject, a noun.

A question may begin with "What", "Who" or "Which"; a sentence that tells may not.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["sentences_without_subject"]

#: Where a sentence begins: at the start of a text, of a paragraph or item, and after another.
_BEGINS = r"(?:\A|(?<=[.!?:])\s+|\n\s*\n\s*|\n\s*(?:[-*]|\d+\.)\s+)"
_SENTENCE = re.compile(_BEGINS + r"((?:What(?![ -]if)|Who|Whose|Which|Whom)\b[^.?!]*[.?!]?)")
_NO_PROSE = re.compile(r"```.*?```|^(?:#|\|| {4}).*?$", re.DOTALL | re.MULTILINE)

#: Shorter ones are words of tables of languages, which an essay is read by.
_SHORTEST = 12


def sentences_without_subject(root: Path) -> Iterator[str]:
    """Name the sentences that begin with a pronoun as their subject, and where they stand."""
    for path in sorted(each for each in (root / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from _found(f"{path.relative_to(root)}:{node.lineno}", node.value)
    for path in sorted(root.glob("src/splinternet/languages/*/*.toml")):
        for key, text in _texts(tomllib.loads(path.read_text(encoding="utf-8"))):
            if text.endswith("."):  # titles may ask
                yield from _found(f"{path.relative_to(root)}: {key}", text)
    for path in sorted([*root.glob("*.md"), *root.glob("docs/*.md")]):
        page = _NO_PROSE.sub("", path.read_text(encoding="utf-8"))
        yield from _found(str(path.relative_to(root)), page)


def _found(where: str, text: str) -> Iterator[str]:
    for found in _SENTENCE.finditer(text.strip()):
        said = " ".join(found[1].split())
        if len(said) >= _SHORTEST and not said.endswith("?"):
            yield f"{where}: begins with no noun: {said[:60]}"


def _texts(table: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _texts(value, f"{before}{name}.")
        elif isinstance(value, str):
            yield f"{before}{name}", value
