"""Reading an essay that somebody pastes or sends, beside the ledger. Nothing of it is kept."""

from __future__ import annotations

import hashlib

import msgspec
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from splinternet.ledger.essay.document import MAX_BYTES
from splinternet.ledger.essay.reading import Reading, read_essay
from splinternet.ledger.essay.report import report
from splinternet.ledger.essay.table import claims_table
from splinternet.web.problems import NotHereError
from splinternet.web.site import Site, download, site_of, table_download

__all__ = ["essay_form", "read", "reading_of"]

#: How a reading can be kept: the page, or files.
_FORMS = ("csv", "parquet", "json")


async def essay_form(request: Request) -> Response:
    """Show the form."""
    site = site_of(request)
    return site.page(
        request, "essay.html", reading=None, sections=[], text="", date="", most=MAX_BYTES
    )


async def read(request: Request) -> Response:
    """Read the essay that was sent, and show or send what was found."""
    site = site_of(request)
    async with request.form(max_files=1, max_fields=6, max_part_size=site.limits.text) as form:
        given = form.get("file")
        data = await given.read() if isinstance(given, UploadFile) else b""
        text = str(form.get("text") or "")
        date = str(form.get("date") or "").strip()
        wanted = str(form.get("form") or "")
    found = await reading_of(site, request, data or text, date)
    if wanted:
        return _file(found, wanted)
    return site.page(
        request,
        "essay.html",
        reading=found,
        sections=report(found),
        text="" if data else text,
        date=date,
        most=MAX_BYTES,
    )


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


def _file(found: Reading, form: str) -> Response:
    if form == "json":
        return download("essay", form, msgspec.json.encode(found))
    if form not in _FORMS:
        raise NotHereError(f"a reading comes as {', '.join(_FORMS)}")
    return table_download("claims", form, {"claims": claims_table(found)})
