"""AidData's Global Huawei Finance Dataset: an xlsx workbook, also in a zip archive."""

from __future__ import annotations

from datetime import date

from splinternet.base.archives import DataFile
from splinternet.base.countries import find_country
from splinternet.ledger.importers._additions import Additions
from splinternet.ledger.vocabulary import UNITS

NAME = "AidData's Global Huawei Finance Dataset"
LICENCE = "ODC-By 1.0"
CITATION = "AidData's Global Huawei Finance Dataset, AidData at William & Mary, 2021"

_ID = "AidData TUFF Project ID"
_COUNTED = "Recommended For Huawei Aggregates"
_COLUMNS = (
    _ID,
    _COUNTED,
    "Recipient",
    "Commitment Year",
    "Commitment Year Estimated",
    "Title",
    "Status",
    "Flow Type",
    "Funding Agencies",
    "Receiving Agencies",
    "Amount (Original Currency)",
    "Original Currency",
    "Amount (Nominal)",
)

#: What an amount is; a loan needs no word.
_FLOWS = {
    "Supplier's Credit/Export Seller's Credit": "",
    "Loan": "",
    "Scholarships/training in the donor country": "training",
    "Vague TBD": "of unknown kind",
}

_YEARS = range(1949, 2100)


def detect(file: DataFile) -> bool:
    """Tell whether the first row of the first sheet names the columns that tell these projects."""
    return file.workbook is not None and {_ID, _COUNTED} <= set(map(str, _head(file)))


def read(file: DataFile, additions: Additions) -> None:
    """Add a statement ``finances`` for each project that AidData recommends for sums.

    The others are pledges, and umbrellas of projects that are there by themselves. The borrower is
    the agency that receives the money if there is exactly one, else the state. Names of contact
    persons are not read.
    """
    head = [str(cell) for cell in _head(file)]
    if missing := [name for name in _COLUMNS if name not in head]:
        raise file.error(f"lacks the column {missing[0]!r}; give the workbook as AidData has it", 1)
    source = additions.source(
        {
            "id": "aiddata-huawei-finance",
            "type": "dataset",
            "title": "AidData's Global Huawei Finance Dataset",
            "author": [{"literal": "AidData"}],
            "publisher": "AidData at William & Mary",
            "issued": {"date-parts": [[2021]]},
            "URL": "https://www.aiddata.org",
            "custom": {"kind": "dataset", "seen": "whole"},
        },
        f"Projects named aiddata-* are from {CITATION}, {LICENCE}.",
    )
    for line, cells in enumerate(file.first_sheet[1:], 2):
        row = {name: _text(cell) for name, cell in zip(head, cells, strict=False)}
        if not any(row.values()):
            continue
        if row[_COUNTED] == "Yes":
            _add(file, line, row, additions, source)
        else:
            additions.skipped["not recommended for sums by AidData"] += 1


def _head(file: DataFile) -> list[object]:
    return file.first_sheet[0] if file.first_sheet else []


def _add(file: DataFile, line: int, row: dict[str, str], additions: Additions, source: str) -> None:
    code = find_country(row["Recipient"])
    if code is None:
        raise file.error(f"unknown recipient {row['Recipient'][:80]!r}; correct the name", line)
    if not row[_ID].isdigit():
        raise file.error(f"{row[_ID][:40]!r} is no project number", line)
    year = row["Commitment Year"]
    if year and not (year.isdigit() and int(year) in _YEARS):
        raise file.error(f"{year[:40]!r} is no year of a commitment", line)
    receivers = [name.strip() for name in row["Receiving Agencies"].split("|") if name.strip()]
    one = len(receivers) == 1 and not receivers[0].startswith("Government of ")
    flow = row["Flow Type"]
    funders = [name.strip() for name in row["Funding Agencies"].split("|")]
    lender = next((name for name in funders if "huawei" in name.casefold()), "Huawei")
    additions.statement(
        f"aiddata-{row[_ID]}",
        additions.actor(lender, "vendor", "CN"),
        "finances",
        object=additions.actor(receivers[0], "organisation", code)
        if one
        else additions.state(code),
        claim=row["Title"],
        start=year,
        **_amount(file, line, row),
        basis=_FLOWS.get(flow, flow.lower()),
        countries=code,
        kind="estimate" if row["Commitment Year Estimated"] == "Yes" else "fact",
        sources=source,
        summary=f"AidData project {row[_ID]}: {flow or 'finance'} of Huawei, {row['Status']}",
    )


def _amount(file: DataFile, line: int, row: dict[str, str]) -> dict[str, str]:
    """Value and unit: in the currency of the agreement if ledgers have it, else in dollars."""
    currency, amount = row["Original Currency"], row["Amount (Original Currency)"]
    converted = currency not in UNITS
    if converted:
        currency, amount = "USD", row["Amount (Nominal)"]
    if not amount:
        return {}
    try:
        value = float(amount)
    except ValueError:
        raise file.error(f"{amount[:40]!r} is no amount", line) from None
    if not 0 <= value < 1e15:
        raise file.error(f"{amount[:40]!r} is no sensible amount", line)
    told = f"{value:.2f}".rstrip("0").rstrip(".")
    cells = {"value_low": told, "value_high": told, "unit": currency}
    return cells | ({"note": "Converted to dollars by AidData"} if converted else {})


def _text(cell: object) -> str:
    """Write a cell as text; whole numbers without a point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()
