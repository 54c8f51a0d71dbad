"""Names: how networks are shown, and which words of a sentence name a nation, network or actor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "Names",
    "Reference",
    "nation_names",
    "shown_name",
    "with_registry_names",
    "with_shown_names",
]

#: What is named, as ``nation:RU``, ``network:3356`` or ``actor:huawei``.
Reference = str

_WORD = re.compile(r"\w+")

#: A number of a network, and the nation that its title has behind it.
_NETWORK = re.compile(r"\bAS([0-9]+)\b(?:, ([A-ZÀ-Þ][^():;]*)(?=\)))?")

#: A text that is a title of a network and nothing else.
_TITLE = re.compile(
    r"[^()]+(?:\([^()]*\)[^()]*)*\(AS([0-9]+)(?:, [^()]+)?\)|AS([0-9]+)(?: \(\D+\))?"
)

#: Behind a name: a word that makes it part of a longer one, or the number of a network.
_GOES_ON = re.compile(r" (?:[A-ZÀ-Þ]\w|\([^()]*\bAS[0-9])|[-'’]\w|\.\w")

#: What stands before the first word of a sentence.
_BEGINS = re.compile(r"(?:^|[.:;!?(“\"–]\s*)$")

#: Words that make another name of one, also where a sentence begins with them: "New Britain".
_MAKES_ANOTHER = frozenset(
    "New Old Greater Lesser Little Upper Lower Inner Outer Saint San Port North South East West "
    "Northern Southern Eastern Western Central".split()
)

#: The word before a name.
_BEFORE = re.compile(r"([\w&.-]+) $")


class Names:
    """Names by which things are found in texts.

    Parameters
    ----------
    references
        What each name is of. The longest name counts where one begins another.
    networks
        Gives the name of a network, which belongs to its title where it stands before its number;
        None of one that has none.
    common
        Whether a name of one word, which begins a sentence, may be a common word as well.
    """

    def __init__(
        self,
        references: Mapping[str, Reference],
        networks: Callable[[int], str | None] = lambda _: None,
        common: Callable[[str], bool] = lambda _: True,
    ) -> None:
        self._references = dict(references)
        self._common = common
        self._networks = networks
        self._beginning: dict[str, list[str]] = {}
        for name in sorted(references, key=len, reverse=True):
            if first := _WORD.search(name):
                self._beginning.setdefault(first[0], []).append(name)

    def whole(self, text: str) -> Reference | None:
        """Return what a text names that is nothing but a name, or the title of a network."""
        if found := _TITLE.fullmatch(text):
            return f"network:{found[1] or found[2]}"
        return self._references.get(text)

    def pieces(self, text: str) -> Iterator[tuple[str, Reference | None]]:
        """Take a text apart: words that name something, with what they name, and others."""
        before = 0
        for start, end, reference in self._found(text):
            if start > before:
                yield text[before:start], None
            yield text[start:end], reference
            before = end
        if before < len(text):
            yield text[before:], None

    def _found(self, text: str) -> Iterator[tuple[int, int, Reference]]:
        titles = {each[0]: each for each in map(self._title, _NETWORK.finditer(text))}
        end = 0
        for word in _WORD.finditer(text):
            start = word.start()
            if start < end:
                continue
            if title := titles.get(start):
                end = title[1]
                yield title
            elif name := self._name_at(text, start, word[0]):
                end = start + len(name)
                yield start, end, self._references[name]

    def _title(self, number: re.Match[str]) -> tuple[int, int, Reference]:
        """Where the title of a network begins and ends, of which the number is known."""
        (start, end), text = number.span(), number.string
        name = self._networks(int(number[1]))
        if name and text.endswith(f"{name} (", 0, start) and text[end : end + 1] == ")":
            first = _WORD.search(name)
            start, end = start - len(name) - 2 + (first.start() if first else 0), end + 1
        return start, end, f"network:{number[1]}"

    def _name_at(self, text: str, start: int, first: str) -> str | None:
        """Return the longest name that stands at a place, and is no part of a longer one there."""
        for name in self._beginning.get(first, ()):
            if not text.startswith(name, start):
                continue
            end = start + len(name)
            if text[end : end + 1].isalnum() or _GOES_ON.match(text, end):
                continue
            if start and text[start - 1] in "-.’'@/_":
                continue
            if not _is_part(text, start) and (
                " " in name or not self._is_common(text, start, name)
            ):
                return name
        return None

    def _is_common(self, text: str, start: int, name: str) -> bool:
        """Whether a word may be none but a common one: so is "Play" where a sentence begins."""
        is_actor = self._references[name].startswith("actor:")
        if not is_actor or name.islower():
            return is_actor
        return _BEGINS.search(text[:start]) is not None and self._common(name)


def _is_part(text: str, start: int) -> bool:
    """Whether a name of several words may begin before: at a word in capitals within a sentence.

    The first word of a sentence has one anyway, so of these only words that make names count.
    """
    before = _BEFORE.search(text, max(0, start - 40), start)
    if before is None or not before[1][0].isupper() or before[1].endswith("."):
        return False
    if before[1] in _MAKES_ANOTHER:
        return True
    return _BEGINS.search(text[: before.start()]) is None


def nation_names(codes: Iterable[str], *named: Callable[[str], str]) -> dict[str, Reference]:
    """Return the names of nations, each as given by ``named``, also as a sentence begins."""
    found = {}
    for code in sorted(codes):
        for name in {each(code) for each in named}:
            found[name] = found[name[:1].upper() + name[1:]] = f"nation:{code}"
    return found


def shown_name() -> pl.Expr:
    """The name of a network: its organisation's where its own is but a handle, as COGENT-174.

    For frames with ``name`` and ``org``, as :attr:`splinternet.world.world.World.networks`.
    """
    import polars as pl

    handle = pl.col("name").str.contains(r"^[A-Z0-9_-]+$")
    return pl.coalesce(pl.when(~handle).then("name"), "org", "name").alias("name")


def with_shown_names(frame: pl.DataFrame, networks: pl.DataFrame) -> pl.DataFrame:
    """Return a table in which networks are named as they are shown.

    For shipped tables, which have the registry's names; as it is without ``asn`` and ``name``.
    """
    return _renamed(frame, networks, shown_name())


def with_registry_names(frame: pl.DataFrame, networks: pl.DataFrame) -> pl.DataFrame:
    """Return a table in which networks are named as their registry does, as shipped tables have it.

    How names are shown may change; what is shipped stays.
    """
    import polars as pl

    return _renamed(frame, networks, pl.coalesce("name", "org"))


def _renamed(frame: pl.DataFrame, networks: pl.DataFrame, name: pl.Expr) -> pl.DataFrame:
    import polars as pl

    if not {"asn", "name"} <= set(frame.columns):
        return frame
    named = networks.select(pl.col("asn").cast(frame.schema["asn"]), shown=name)
    told = frame.join(named, on="asn", how="left", maintain_order="left")
    return told.with_columns(name=pl.coalesce("shown", "name")).drop("shown")
