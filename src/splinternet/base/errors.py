"""The errors a user can meet. Each message is one line: what is wrong, where, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path

__all__ = [
    "AmbiguousError",
    "ChartError",
    "FetchError",
    "InputError",
    "MisuseError",
    "Piece",
    "RoutingError",
    "SplinternetError",
    "TextError",
    "UselessChoiceError",
    "WorldError",
    "for_terminal",
    "key_text",
    "most_alike",
    "remedy",
]

#: So many words that are known are told whole.
_FEW = 16

#: The part of letters that a word that may be meant shares, and how much less than the likest.
_ALIKE, _FARTHER = 0.6, 0.12

#: Marks around the two forms of a remedy in a message: private use of Unicode, in no other text.
_OPEN, _OR, _CLOSE = "\ue000", "\ue001", "\ue002"
_REMEDY = re.compile(f"{_OPEN}([^{_OR}]*){_OR}([^{_CLOSE}]*){_CLOSE}")

#: A part of a message, and the name that it tells as one that may be meant; None of other words.
Piece = tuple[str, str | None]


def remedy(call: str, option: str) -> str:
    """Remedy in a message: as a function's caller writes it, and as an option of the terminal.

    Examples
    --------
    >>> error = WorldError(f"exists already; say {remedy('overwrite=True', '--force')}")
    >>> str(error), error.of_terminal
    ('exists already; say overwrite=True', 'exists already; say --force')
    """
    return f"{_OPEN}{call}{_OR}{option}{_CLOSE}"


def for_terminal(text: str) -> str:
    """Text of a message with its remedies as options."""
    return _REMEDY.sub(r"\2", text)


def _for_callers(text: str) -> str:
    return _REMEDY.sub(r"\1", text)


class SplinternetError(Exception):
    """Base of every error that splinternet raises on purpose; its text is one line."""

    exit_status = 1

    def __str__(self) -> str:
        return _for_callers(self.raw)

    @property
    def raw(self) -> str:
        """The text with both forms of each remedy, for another error to quote."""
        return _one_line(super().__str__())

    @property
    def of_terminal(self) -> str:
        """The text as a command line has it."""
        return for_terminal(self.raw)


class InputError(SplinternetError):
    """Fault of a file that was given: it cannot be read as what it should be.

    Its text is composed of its parts, as ``two-blocs.toml:12: shocks[0].networks: ...``; whoever
    needs one of them asks for it, and never takes the text apart.

    Attributes
    ----------
    reason
        What is wrong and what to do.
    path
        The file, or what else it is called.
    line
        One-based line number, where one line is to blame.
    key
        Names and numbers that lead to the value to blame: ``("shocks", 0, "networks")``.
    """

    def __init__(
        self,
        reason: str,
        path: str | Path | None = None,
        line: int | None = None,
        key: tuple[str | int, ...] = (),
    ) -> None:
        super().__init__(reason, path, line, key)
        self._reason = reason
        self.reason = _for_callers(reason)
        self.path = path
        self.line = line
        self.key = key

    @property
    def raw(self) -> str:
        """The text with both forms of each remedy, for another error to quote."""
        place = (self.path, self.line) if self.path is not None else ()
        where = ":".join(str(part) for part in place if part is not None)
        parts = (where, key_text(self.key), self._reason)
        return _one_line(": ".join(part for part in parts if part))


def most_alike(given: str, known: Iterable[str]) -> list[str]:
    """Return up to three words that are spelt much like another, none much less than the first."""
    near = get_close_matches(given, list(known), n=3, cutoff=_ALIKE)
    far = [SequenceMatcher(None, each, given).ratio() for each in near]
    return [each for each, ratio in zip(near, far, strict=True) if ratio >= far[0] - _FARTHER]


def _one_line(text: str) -> str:
    """Join the lines of a text: names and values of files, which messages quote, may have any."""
    return " ".join(text.splitlines())


def key_text(key: Iterable[str | int]) -> str:
    """Write the name of a value in a document, as ``shocks[1].between[0]``."""
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key)
    return name.removeprefix(".")


class WorldError(SplinternetError):
    """Fault of a world: it is missing, damaged, or lacks what was asked of it."""


class RoutingError(SplinternetError):
    """Failure to compute routes on a world."""


class FetchError(SplinternetError):
    """Failure of a download."""


class ChartError(SplinternetError):
    """A chart cannot be drawn."""


class TextError(SplinternetError):
    """A text that people read is missing from the files of languages, or cannot be filled in."""


class MisuseError(SplinternetError):
    """Misuse: an argument names something that does not exist or makes no sense.

    Attributes
    ----------
    given, near
        The name that nothing has, and those that may be meant; empty if it is something else.
    meant
        The part of the text that tells these, in pieces, so that nobody takes the text apart.
    """

    exit_status = 2
    given: str = ""
    near: tuple[str, ...] = ()
    meant: tuple[Piece, ...] = ()

    @classmethod
    def unknown(cls, what: str, given: str, known: Iterable[str], hint: str = "") -> MisuseError:
        """Say that ``given`` is not a known ``what``, with the nearest spellings."""
        spelled = {k.casefold(): k for k in known}
        listed = f"one of {', '.join(spelled.values())}" if 0 < len(spelled) <= _FEW else ""
        if not isinstance(given, str):
            told = hint or listed
            return cls(f"{given!r} is no {what}" + (f"; {told}" if told else ""))
        near = most_alike(given.casefold(), spelled)
        hint = hint or ("" if near else listed)
        return cls.unmatched(what, given, [spelled[name] for name in near], hint)

    @classmethod
    def unmatched(
        cls, what: str, given: str, near: Sequence[str], hint: str = "", said: Sequence[str] = ()
    ) -> MisuseError:
        """Say that ``given`` is not a known ``what``, with those that may be meant, as ``said``."""
        meant = _pieces("; did you mean ", near, said or near, "?") if near else ()
        message = f"unknown {what} {given!r}{_joined(meant)}"
        if hint:
            message += f"{' (' if near else '; '}{hint}{')' if near else ''}"
        error = cls(message)
        error.given, error.near, error.meant = given, tuple(near), meant
        return error


def _pieces(before: str, near: Sequence[str], said: Sequence[str], after: str) -> tuple[Piece, ...]:
    """Tell names that may be meant in pieces: ``said`` are they in words."""
    told = [
        piece
        for name, words in zip(near, said, strict=True)
        for piece in ((" or ", None), (words, name))
    ]
    return (before, None), *told[1:], (after, None)


def _joined(pieces: Iterable[Piece]) -> str:
    return "".join(words for words, _ in pieces)


class AmbiguousError(MisuseError):
    """A name may mean several things.

    Attributes
    ----------
    candidates
        The ids that it may mean.
    """

    def __init__(self, given: str, candidates: Iterable[str]) -> None:
        self.candidates = self.near = tuple(candidates)
        self.given = given
        self.meant = _pieces(" may mean ", self.near, self.near, "; give one of these")
        super().__init__(f"{given!r}{_joined(self.meant)}")


class UselessChoiceError(MisuseError):
    """A choice was named that makes no difference to what was asked.

    Attributes
    ----------
    who
        What was asked.
    choice
        Keyword of the choice.
    takes
        What would make a difference: keywords, each with the name of its option.
    option
        The choice as an option.
    """

    def __init__(self, who: str, choice: str, option: str, takes: Mapping[str, str]) -> None:
        self.who, self.choice, self.option, self.takes = who, choice, option, takes
        super().__init__(self._said(choice, takes))

    @property
    def of_options(self) -> str:
        """The same of a command line."""
        return self._said(self.option, self.takes.values())

    def _said(self, choice: str, takes: Iterable[str]) -> str:
        return f"'{self.who}' has no use for {choice}; it takes {', '.join(takes) or 'no choice'}"
