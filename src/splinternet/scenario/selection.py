"""Selections of networks: the small grammar in which scenarios say whom they mean.

::

    either     = both { "or" both }
    both       = one { "and" one }
    one        = "not" one | "(" either ")" | network | kind ":" value { "," value }
    kind       = "bloc" | "cable" | "cone" | "country" | "exchange" | "org" | "vendor"
    network    = an AS number, with or without "AS" before it
    value      = a word, or anything in double or single quotes
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, SupportsIndex

from splinternet.base.asn import as_number, looks_like_asn
from splinternet.base.countries import country_code, known_country
from splinternet.base.errors import MisuseError

__all__ = ["KINDS", "Both", "Either", "Expression", "Not", "Selection", "Term"]

#: What may stand before the colon of a term. A bare AS number is a term of kind ``network``.
KINDS = ("bloc", "cable", "cone", "country", "exchange", "org", "vendor")

_WORDS = ("and", "or", "not")

#: Parentheses within parentheses beyond which nobody means it.
_DEEPEST = 100


@dataclass(frozen=True)
class Term:
    """One kind of thing and its value: an AS number without ``AS``, a country's code, or a name."""

    kind: str
    value: str


@dataclass(frozen=True)
class Not:
    """All networks but these."""

    operand: Expression


@dataclass(frozen=True)
class Both:
    """Networks that are in both."""

    left: Expression
    right: Expression


@dataclass(frozen=True)
class Either:
    """Networks that are in one or both."""

    left: Expression
    right: Expression


Expression = Term | Not | Both | Either


class Selection:
    """Selection of a world's networks, as ``country:RU and not cone:AS12389``.

    An AS number is one, too, as is a selection. Two are equal if their texts are. It is no
    dataclass, for msgspec would take one to be a table.

    Raises
    ------
    MisuseError
        If the text does not follow the grammar, or names a kind or a country that does not exist.

    Examples
    --------
    >>> Selection("country:RU and not cone:AS12389")
    Selection('country:RU and not cone:AS12389')
    """

    __slots__ = ("expression", "text")

    def __init__(self, text: str | int | Selection) -> None:
        self.text = _text(text)
        self.expression: Expression = _Parser(self.text).parse()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Selection) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Selection({self.text!r})"

    def __str__(self) -> str:
        return self.text

    @property
    def cables(self) -> tuple[str, ...]:
        """Names of the cables that it consists of; none if it names anything else."""
        return _cables(self.expression)


def _text(given: object) -> str:
    """Text of what a caller gave for a selection."""
    if isinstance(given, str | Selection):
        return str(given)
    if isinstance(given, SupportsIndex) and not isinstance(given, bool):
        return f"AS{as_number(given)}"
    raise MisuseError(f"{given!r} is no selection; give text, as 'AS3356' or 'country:RU,BY'")


def _cables(expression: Expression) -> tuple[str, ...]:
    match expression:
        case Term("cable", name):
            return (name,)
        case Either(left, right) if _cables(left) and _cables(right):
            return _cables(left) + _cables(right)
        case _:
            return ()


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


_BARE = r"[^\s()\"':,]+"
_TOKENS = re.compile(
    rf"\s*(?:(?P<mark>[(),:])|(?P<word>{_BARE})|\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')"
)


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKENS.match(text, at)
        if match is None:
            raise MisuseError(f"the quotation in {text!r} is not closed")
        kind = match.lastgroup or ""
        quoted = kind in ("double", "single")
        found.append(
            _Token("quoted" if quoted else kind, match[kind], match.start(kind) - quoted + 1)
        )
        at = match.end()
    return found


class _Parser:
    """Recursive descent, one token ahead."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [*_tokens(text), _Token("end", "", len(text) + 1)]
        self.at = 0
        self.depth = 0

    def parse(self) -> Expression:
        found = self._either()
        if self._now.kind != "end":
            raise self._unexpected("'and', 'or' or the end")
        return found

    @property
    def _now(self) -> _Token:
        return self.tokens[self.at]

    def _takes(self, kind: str, text: str) -> bool:
        """Step over the next token if it is this one."""
        token = self._now
        same = token.kind == kind and token.text.casefold() == text
        self.at += same
        return same

    def _either(self) -> Expression:
        return self._joined("or", self._both, Either)

    def _both(self) -> Expression:
        return self._joined("and", self._one, Both)

    def _joined(
        self,
        word: str,
        part: Callable[[], Expression],
        join: Callable[[Expression, Expression], Expression],
    ) -> Expression:
        found = part()
        while self._takes("word", word):
            found = join(found, part())
        return found

    def _one(self) -> Expression:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise MisuseError(f"{self.text[:40]!r}... is nested too deeply")
        found = self._negated_or_grouped()
        self.depth -= 1
        return found

    def _negated_or_grouped(self) -> Expression:
        if self._takes("word", "not"):
            return Not(self._one())
        if self._takes("mark", "("):
            inner = self._either()
            if not self._takes("mark", ")"):
                raise self._unexpected("')'")
            return inner
        return self._term()

    def _term(self) -> Expression:
        token = self._now
        if token.kind != "word" or token.text.casefold() in _WORDS:
            raise self._unexpected("a network (AS3356) or a kind and value (country:RU)")
        self.at += 1
        if not self._takes("mark", ":"):
            return Term("network", _network(token.text))
        kind = token.text.casefold()
        if kind not in KINDS:
            raise MisuseError.unknown("kind of selection", token.text, KINDS, _listed())
        found: Expression = Term(kind, self._value(kind))
        while self._takes("mark", ","):
            found = Either(found, Term(kind, self._value(kind)))
        return found

    def _value(self, kind: str) -> str:
        token = self._now
        if token.kind not in ("word", "quoted") or not token.text.strip():
            raise self._unexpected(f"what {kind}: is to select")
        self.at += 1
        if kind == "country":
            return country_code(token.text)
        return _network(token.text) if kind == "cone" else token.text.strip()

    def _unexpected(self, wanted: str) -> MisuseError:
        token = self._now
        if token.kind == "end":
            return MisuseError(f"{self.text!r} ends where {wanted} should follow")
        return MisuseError(
            f"{token.text!r} at character {token.at} of {self.text!r} stands where {wanted} "
            "should; names of several words need quotation marks"
        )


def _network(text: str) -> str:
    if not looks_like_asn(text):
        hint = f"write AS3356, or {_listed()}"
        if code := known_country(text):
            raise MisuseError(f"{text!r} is no network; write country:{code}")
        if near := _countries_near(text):
            raise MisuseError.unmatched("network or country", text, near, hint)
        raise MisuseError(f"{text!r} is no network; {hint}")
    return str(as_number(text))


def _countries_near(text: str) -> tuple[str, ...]:
    """Return the countries that a misspelt name may mean."""
    try:
        country_code(text)
    except MisuseError as error:
        return error.near
    return ()


def _listed() -> str:
    return ", ".join(f"{kind}:..." for kind in KINDS)
