"""Problems, as a status and a sentence: on a page for people, as JSON for programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException

from splinternet.base.errors import ChartError, InputError, MisuseError, Piece, SplinternetError
from splinternet.base.texts import phrase
from splinternet.web.jobs import AbandonedError, BusyError, TooSlowError
from splinternet.web.limits import TooLargeError, TooLateError
from splinternet.web.worlds import WorldGoneError

__all__ = ["NotHereError", "Problem", "of_status", "problem_of"]

#: What a server that has closed a connection notes of it; nobody reads it.
_CLIENT_GONE = 499


class NotHereError(MisuseError):
    """An address names something that there is not."""


@dataclass(frozen=True)
class Problem:
    """A refusal or failure, as a person is told of it.

    Attributes
    ----------
    status, title, detail
        Its status, the name of that, and what is wrong and what to do.
    again
        Seconds after which to try again.
    given, near
        The name that nothing has, and those that may be meant.
    meant
        The part of the detail that tells these, in pieces.
    """

    status: int
    title: str
    detail: str
    again: int | None = None
    given: str = ""
    near: tuple[str, ...] = ()
    meant: tuple[Piece, ...] = ()

    def told(self) -> tuple[str, tuple[Piece, ...], str]:
        """Give what stands before the names that may be meant, these in pieces, and the rest."""
        words = "".join(words for words, _ in self.meant)
        before, found, after = self.detail.partition(words) if words else (self.detail, "", "")
        return before, self.meant if found else (), after

    def mended(self, path: str, query: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Yield each name that may be meant, with the address that has it in the wrong one's place.

        A name that stands nowhere in the address leads to the search for it.
        """
        for name in self.near:
            fields = [(key, _in_place(self.given, name, text)) for key, text in query]
            if fields != list(query):
                yield name, f"{path}?{urlencode(fields)}"
            elif (put := _in_place(self.given, name, path)) != path:
                yield name, quote(put) + (f"?{urlencode(query)}" if query else "")
            else:
                yield name, f"/search?{urlencode({'q': name})}"


def _in_place(given: str, name: str, text: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(given)}(?!\w)", lambda _: name, text, flags=re.IGNORECASE)


def problem_of(error: Exception) -> Problem:
    """Tell a person what went wrong, and nothing of where in the program."""
    found, told = _problem(error), _misuse(error)
    return (
        found
        if told is None
        else replace(found, given=told.given, near=told.near, meant=told.meant)
    )


def _misuse(error: BaseException | None) -> MisuseError | None:
    """Return the error that knows which names may be meant, of those that one error came from."""
    while error is not None:
        if isinstance(error, MisuseError) and error.near and error.given:
            return error
        error = error.__cause__ or error.__context__
    return None


def _problem(error: Exception) -> Problem:
    match error:
        case WorldGoneError():
            return Problem(503, phrase("web.problem.missing"), _sentence(error), again=30)
        case NotHereError():
            return Problem(404, phrase("web.problem.title.404"), _sentence(error))
        case ChartError():
            return Problem(500, phrase("web.problem.no_picture"), _sentence(error))
        case InputError() | SplinternetError():
            return Problem(422, phrase("web.problem.undone"), _sentence(error))
        case BusyError():
            busy = phrase("web.problem.title.503")
            return Problem(503, busy, phrase("web.problem.busy"), again=5)
        case TooSlowError():
            slow = phrase("web.problem.too_slow")
            return Problem(503, slow, phrase("web.problem.too_slow_is"), 60)
        case AbandonedError():
            return Problem(
                _CLIENT_GONE, phrase("web.problem.cancelled"), phrase("web.problem.cancelled_is")
            )
        case TooLargeError():
            return of_status(413)
        case TooLateError():
            return of_status(408)
        case HTTPException():
            return of_status(error.status_code)
    return of_status(500)


def of_status(status: int) -> Problem:
    """Return the problem of a bare status."""
    name = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Error"
    if status not in _SAID:
        return Problem(status, name, f"{name}.")
    return Problem(
        status, phrase(f"web.problem.title.{status}"), phrase(f"web.problem.said.{status}")
    )


#: Statuses that have words of their own.
_SAID = (400, 403, 404, 405, 408, 413, 414, 503, 500)


def _sentence(error: Exception) -> str:
    said = str(error)
    if isinstance(error, InputError) and error.path is not None:
        return said  # which begins with the name of a file
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "?", ")")) else ".")
