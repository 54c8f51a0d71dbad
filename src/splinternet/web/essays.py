"""Reading an essay that somebody pastes or sends, beside the ledger. Nothing of it is kept.

The link to a reading holds the essay itself, if that is short enough for an address.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple
from urllib.parse import urlencode

import msgspec
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from splinternet.essay.document import MAX_BYTES, decoded
from splinternet.essay.margin import essay_page, in_margin
from splinternet.essay.reading import Reading, read_essay
from splinternet.essay.report import report
from splinternet.essay.table import claims_table
from splinternet.ledger.writing import ledger_record
from splinternet.web.problems import NotHereError
from splinternet.web.site import Site, download, site_of, table_download

__all__ = ["essay_form", "read", "reading_of"]

#: How a reading can be kept: the page, or files.
_FORMS = ("csv", "parquet", "json", "html")


class _Sent(NamedTuple):
    """An essay as a file or text, when it was written, and the form that its reading is to have."""

    data: bytes
    text: str
    date: str
    form: str


async def essay_form(request: Request) -> Response:
    """Show the form."""
    site = site_of(request)
    return site.page(
        request,
        "essay.html",
        reading=None,
        paragraphs=[],
        sections=[],
        text="",
        date="",
        most=MAX_BYTES,
        link="",
    )


async def linked(request: Request) -> Response:
    """Read the essay that an address holds; lead to the form if it holds none."""
    given = request.query_params
    if not given.get("text"):
        return RedirectResponse("/essay", 303)
    words = (given.get(name, "").strip() for name in ("date", "form"))
    return await _read(request, _Sent(b"", given["text"], *words))


async def read(request: Request) -> Response:
    """Read the essay that was sent, and show or send what was found."""
    most = site_of(request).limits.text
    async with request.form(max_files=1, max_fields=6, max_part_size=most) as form:
        given = form.get("file")
        data = await given.read() if isinstance(given, UploadFile) else b""
        text, date, wanted = (str(form.get(name) or "") for name in ("text", "date", "form"))
    return await _read(request, _Sent(data, text, date.strip(), wanted))


async def _read(request: Request, sent: _Sent) -> Response:
    site = site_of(request)
    found = await reading_of(site, request, sent.data or sent.text, sent.date)
    if sent.form:
        return _file(request, found, sent.form)
    return site.page(
        request,
        "essay.html",
        reading=found,
        paragraphs=in_margin(found),
        sections=report(found),
        text="" if sent.data else sent.text,
        date=sent.date,
        most=MAX_BYTES,
        link=_link(sent, site.limits.address),
    )


def _link(sent: _Sent, longest: int) -> str:
    """Return the address that holds an essay as it was read; empty if it would be too long."""
    text = decoded(sent.data)[0] if sent.data else sent.text
    given = {"text": text} | ({"date": sent.date} if sent.date else {})
    address = f"/essay/read?{urlencode(given)}"
    return address if len(address) <= longest else ""


async def reading_of(site: Site, request: Request, essay: str | bytes, date: str) -> Reading:
    """Read an essay in the pool.

    Raises
    ------
    InputError
        If it is no text, or too large.
    MisuseError
        If ``date`` is none.
    """
    data = essay.encode(errors="replace") if isinstance(essay, str) else essay
    found: Reading = await site.compute(
        request,
        ("essay", hashlib.sha256(data).digest(), date),
        lambda _: read_essay(data, site.ledger, date or None),
        keep=False,
    )
    return found


def _file(request: Request, found: Reading, form: str) -> Response:
    if form == "json":
        return download("essay", form, msgspec.json.encode(found))
    if form == "html":
        return download("essay", form, essay_page(found).encode())
    if form not in _FORMS:
        raise NotHereError(f"a reading comes as {', '.join(_FORMS)}")
    made = {"ledger": ledger_record(site_of(request).ledger), "notes": list(found.notes)}
    return table_download(request, "claims", form, {"claims": claims_table(found)}, made)
