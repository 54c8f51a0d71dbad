"""Problems, as a status and a sentence: on a page for people, as JSON for programs."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from starlette.exceptions import HTTPException

from splinternet.base.errors import ChartError, InputError, MisuseError, SplinternetError
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
    """A status, its name, what is wrong and what to do, and seconds after which to try again."""

    status: int
    title: str
    detail: str
    again: int | None = None


def problem_of(error: Exception) -> Problem:
    """Tell a person what went wrong, and nothing of where in the program."""
    match error:
        case WorldGoneError():
            return Problem(503, "A world is missing", _sentence(error), again=30)
        case NotHereError():
            return Problem(404, "Not here", _sentence(error))
        case ChartError():
            return Problem(500, "No picture", _sentence(error))
        case InputError() | SplinternetError():
            return Problem(422, "That cannot be done", _sentence(error))
        case BusyError():
            said = "Too many computations wait already. Try again in a few seconds."
            return Problem(503, "Busy", said, again=5)
        case TooSlowError():
            said = "This takes longer than one computation may here. Ask for less, or run it with "
            return Problem(503, "Too slow", said + "'splinternet what-if' on your own machine.", 60)
        case AbandonedError():
            return Problem(_CLIENT_GONE, "Cancelled", "Nobody waits for this any more.")
        case TooLargeError():
            return of_status(413)
        case TooLateError():
            return of_status(408)
        case HTTPException():
            return of_status(error.status_code)
    return of_status(500)


def of_status(status: int) -> Problem:
    """Return the problem of a bare status."""
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Error"
    title, said = _SAID.get(status, (phrase, f"{phrase}."))
    return Problem(status, title, said)


_SAID = {
    400: (
        "Not understood",
        "The request is malformed, or calls this server by a name that is not its own. Whoever "
        "runs it can add names with 'splinternet serve --name'.",
    ),
    403: ("Refused", "A page of another site may only link here. Ask from a page of this one."),
    404: ("Not here", "There is no such page here."),
    405: ("Not in this way", "This address does not take requests of that kind."),
    408: ("Too late", "The request took too long to arrive."),
    413: (
        "Too large",
        "This is larger than what a page here takes. The command line takes more.",
    ),
    414: (
        "Too long an address",
        "This address is too long. Longer scenarios go through the command line.",
    ),
    503: ("Busy", "Too many requests are being answered. Try again in a few seconds."),
    500: (
        "A mistake of ours",
        "Something went wrong in splinternet itself. The server goes on; please report it, with "
        "the address of this page.",
    ),
}


def _sentence(error: Exception) -> str:
    said = str(error)
    if isinstance(error, InputError) and error.path is not None:
        return said  # which begins with the name of a file
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "?", ")")) else ".")
