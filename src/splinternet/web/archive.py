"""All nations' figures of every shipped date in one archive, with what each column is."""

from __future__ import annotations

import io
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import polars as pl
from starlette.requests import Request
from starlette.responses import Response

from splinternet.base.texts import phrase
from splinternet.figures.ranges import range_columns
from splinternet.figures.shipped import MANIFEST, Figures, list_figures
from splinternet.web.problems import NotHereError
from splinternet.web.site import download, site_of

__all__ = ["figures"]

#: Columns that are no figure of a measure, and their units.
_FACTS = {
    "country": "code",
    "name": "",
    "networks": "networks",
    "addresses": "addresses",
    "doubt": "",
    "missing": "",
}


async def figures(request: Request) -> Response:
    """Send the archive."""
    shipped = list_figures()
    if not shipped:
        raise NotHereError("no figures are shipped")
    packed = await site_of(request).look_up(("archive",), lambda: _packed(shipped))
    return download("splinternet-figures", "zip", packed)


def _packed(shipped: Iterable[Figures]) -> bytes:
    """Pack the figures; the same figures make the same bytes."""
    columns = pl.concat(map(_columns, shipped)).unique("column", maintain_order=True)
    contents = {
        "README.txt": phrase("web.archive.readme").encode(),
        "columns.csv": columns.write_csv().encode(),
    }
    for each in shipped:
        folder = each.world.name
        contents[f"{folder}/nations.csv"] = each.nations_ranged.write_csv().encode()
        contents[f"{folder}/manifest.json"] = (each.folder / MANIFEST).read_bytes()
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return packed.getvalue()


def _columns(figures: Figures) -> pl.DataFrame:
    """Say what each column of the nations' table is."""
    rows, names, made = [], figures.nations_ranged.columns, figures.made.columns
    said = {**made, **range_columns(names, made)}
    for name in names:
        unit = _FACTS.get(name, "")
        meaning = phrase(f"web.archive.{name}") if name in _FACTS else ""
        known = said.get(name, {"unit": unit, "meaning": meaning})
        rows.append({"column": name, "measure": "", "source": ""} | known)
    named = ("column", "unit", "measure", "meaning", "source")
    return pl.DataFrame(rows, schema=dict.fromkeys(named, pl.String))
