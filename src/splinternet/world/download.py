"""Downloads that go on where they broke off, try again for a while, and fail in plain words."""

from __future__ import annotations

import errno
import os
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from splinternet.base.errors import FetchError

if TYPE_CHECKING:
    import requests

__all__ = ["NotPublishedError", "Patience", "ResumingDownloader", "list_folder", "new_session"]

_Result = TypeVar("_Result")

#: Told of a download's progress: bytes so far, and in all where that is known.
Report = Callable[[int, int | None], None]

_BLOCK = 1 << 16

#: Bytes of a download, and of the page of a folder, at the most.
_MOST, _LONGEST_PAGE = 2 << 30, 16 << 20

_NOT_THERE = (404, 410)
_PASSING = (408, 429)


class NotPublishedError(FetchError):
    """The publisher has no such file."""


class _PassingError(FetchError):
    """A failure that may be over when tried again."""


@dataclass(frozen=True)
class Patience:
    """How long to go on trying.

    Attributes
    ----------
    retries
        Attempts after the first.
    wait
        Seconds before the first of them; doubled before each further one.
    timeout
        Seconds without a sign of the server.
    least
        Bytes that must come in so many seconds; a slower publisher is given up.
    """

    retries: int = 3
    wait: float = 1.0
    timeout: float = 30.0
    least: int = 30_000

    def __call__(self, attempt: Callable[[], _Result]) -> _Result:
        """Run ``attempt`` until it works, fails for good, or the retries are used up."""
        for retry in range(self.retries):
            try:
                return attempt()
            except _PassingError:
                time.sleep(self.wait * 2**retry)
        return attempt()


def new_session(patience: Patience) -> requests.Session:
    """Open a session that names this program to the publishers."""
    import requests

    from splinternet.world.connections import limit_heads

    session = requests.Session()
    limit_heads(session, patience.timeout)
    # Packed files must arrive as they are published, or their checksums mean nothing.
    session.headers["Accept-Encoding"] = "identity"
    session.headers["User-Agent"] = f"splinternet/{version('splinternet')}"
    return session


def list_folder(session: requests.Session, url: str, patience: Patience) -> list[str]:
    """Names of the files that the web page of a folder links to.

    Raises
    ------
    NotPublishedError
        If there is no such folder.
    FetchError
        If the page cannot be read.
    """

    def attempt() -> list[str]:
        with (
            _in_words(url, patience),
            session.get(url, stream=True, timeout=patience.timeout) as response,
        ):
            _check_status(response)
            page = b""
            for block in _blocks(response, patience):
                page += block
                if len(page) > _LONGEST_PAGE:
                    raise FetchError(f"{url}: too long a list of files; try again later")
            links = re.findall(r'href="([^"?#]+)"', page.decode(errors="replace"))
            return [link.rpartition("/")[2] for link in links]

    return patience(attempt)


class ResumingDownloader:
    """A downloader that keeps what has arrived and asks only for the rest.

    Bytes that have arrived lie in ``part``. Its modification time is set to the publisher's
    ``Last-Modified``, by which a later run asks whether it still belongs to the same file.

    Parameters
    ----------
    session, part, patience, report
        Connection to use, file to collect in, how long to try, and whom to tell of progress.
    """

    def __init__(
        self, session: requests.Session, part: Path, patience: Patience, report: Report
    ) -> None:
        self.session = session
        self.part = part
        self.patience = patience
        self.report = report
        #: When the publisher last changed the file, in seconds since 1970, if it says so.
        self.modified: float | None = None
        self._tag: str | None = None

    def __call__(self, url: str) -> None:
        """Download ``url`` whole to ``part``.

        Raises
        ------
        NotPublishedError
            If the publisher has no such file.
        FetchError
            If the download fails; what has arrived is kept in ``part``.
        """
        self.patience(lambda: self._transfer(url))

    def _transfer(self, url: str) -> None:
        start = self.part.stat().st_size if self.part.exists() else 0
        headers = {"Range": f"bytes={start}-", "If-Range": self._validator()} if start else {}
        with (
            _in_words(url, self.patience),
            self.session.get(
                url, headers=headers, stream=True, timeout=self.patience.timeout
            ) as response,
        ):
            if start and not self._continues(response, start):
                self.part.unlink()
                raise _PassingError(f"{url}: cannot be resumed; fetch again to start afresh")
            _check_status(response)
            _check_is_file(response)
            self._save(response, start if response.status_code == 206 else 0)

    def _validator(self) -> str:
        return self._tag or formatdate(self.part.stat().st_mtime, usegmt=True)

    def _continues(self, response: requests.Response, start: int) -> bool:
        """Whether the answer is usable: the rest of the same file, or anything but a part."""
        status: int = response.status_code
        if status != 206:
            return status != 416
        headers = response.headers
        same = self._validator() in (headers.get("ETag"), headers.get("Last-Modified"))
        rest: str = headers.get("Content-Range", "")
        return same and rest.startswith(f"bytes {start}-")

    def _save(self, response: requests.Response, start: int) -> None:
        tag = response.headers.get("ETag")
        self._tag = tag if tag and not tag.startswith("W/") else None
        self.modified = _seconds(response.headers.get("Last-Modified"))
        length = response.headers.get("Content-Length")
        total = start + int(length) if length else None
        done = start
        try:
            with self.part.open("ab" if start else "wb") as file:
                for block in _blocks(response, self.patience):
                    file.write(block)
                    done += len(block)
                    self.report(done, total)
        finally:
            if self.modified is not None:
                os.utime(self.part, (self.modified, self.modified))
        on_disk = _on_disk(self.part)
        if on_disk != done:
            self.part.unlink()
            raise FetchError(
                f"{response.url}: {done:,} bytes came and {on_disk:,} are on the disk; fetch again"
            )
        if total is not None and done != total:
            raise _cut_off(response.url)


def _on_disk(file: Path) -> int:
    return file.stat().st_size


def _blocks(response: requests.Response, patience: Patience) -> Iterator[bytes]:
    """Yield what comes, as long as enough of it does."""
    came, window, until = 0, 0, time.monotonic() + patience.timeout
    # Not a block of a given size, for which a slow publisher would keep us waiting for hours.
    while block := response.raw.read1(_BLOCK, decode_content=False):
        yield block
        came, window = came + len(block), window + len(block)
        if came > _MOST:
            raise FetchError(
                f"{response.url}: larger than {_MOST >> 30} GiB, which no published file is; "
                "open the address in a browser to see what it is"
            )
        if time.monotonic() > until:
            if window < patience.least:
                raise _PassingError(
                    f"{response.url}: fewer than {patience.least:,} bytes came in "
                    f"{patience.timeout:g} s; try again later"
                )
            window, until = 0, time.monotonic() + patience.timeout


@contextmanager
def _in_words(url: str, patience: Patience) -> Iterator[None]:
    """Turn what the network and the disk can do into one clear line."""
    import requests.exceptions
    import urllib3.exceptions

    host = urlsplit(url).netloc
    try:
        yield
    except requests.exceptions.SSLError as error:
        raise FetchError(
            f"{url}: no secure connection to {host} ({_first_line(error)}); "
            "check this machine's clock and certificates"
        ) from None
    except (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError):
        raise _PassingError(
            f"{url}: no sign of {host} for {patience.timeout:g} s; try again later"
        ) from None
    except requests.exceptions.ConnectionError as error:
        raise _PassingError(f"{url}: {_unreachable(host, error)}") from None
    except (requests.exceptions.ChunkedEncodingError, urllib3.exceptions.HTTPError):
        raise _cut_off(url) from None
    except requests.exceptions.RequestException as error:
        raise FetchError(f"{url}: cannot be asked for ({_first_line(error)})") from None
    except OSError as error:
        raise FetchError(f"{url}: {not_written(error)}") from None


def not_written(error: OSError) -> str:
    """Say why a download cannot be stored, and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk that holds the downloads is full; free some space and fetch again"
    return f"cannot be stored ({error.filename or 'file'}: {error.strerror or error})"


def _cut_off(url: str) -> _PassingError:
    return _PassingError(f"{url}: the connection broke off; fetch again to get the rest")


def _unreachable(host: str, error: Exception) -> str:
    causes = list(_causes(error))
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return f"cannot find {host} (no network?); check the connection and fetch again"
    reasons = [cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror]
    reason = reasons[-1] if reasons else _first_line(error)
    return f"cannot reach {host} ({reason}); check the connection and fetch again"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _check_status(response: requests.Response) -> None:
    status = response.status_code
    if status in (200, 206):
        return
    if status in _NOT_THERE:
        raise NotPublishedError(f"{response.url}: not there (HTTP {status})")
    kind = _PassingError if status in _PASSING or status >= 500 else FetchError
    raise kind(
        f"{response.url}: the server answers HTTP {status} {response.reason}; try again later"
    )


def _check_is_file(response: requests.Response) -> None:
    if response.headers.get("Content-Type", "").startswith("text/html"):
        raise FetchError(
            f"{response.url}: a web page came instead of the file; "
            "open the address in a browser to see what it asks for"
        )


def _seconds(http_date: str | None) -> float | None:
    try:
        return parsedate_to_datetime(http_date).timestamp() if http_date else None
    except ValueError:
        return None
