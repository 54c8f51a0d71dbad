"""The command about who equips a nation: ``vendors``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from splinternet.base.choices import WEIGHTS, Weights
from splinternet.base.texts import phrase
from splinternet.cli.ledger import (
    AsOfOption,
    KnownByOption,
    Style,
    StyleOption,
    known_line,
)
from splinternet.cli.options import CountryArgument, LedgerOption, WorldOption
from splinternet.cli.request import OUTPUT, Request, asking

if TYPE_CHECKING:
    import polars as pl

    from splinternet.ledger.ledger import Ledger
    from splinternet.supply.question import Question
    from splinternet.world.world import World

__all__ = ["vendors"]


@asking(OUTPUT, {"world": WorldOption, "ledger": LedgerOption}, limit=0)
def vendors(
    asked: Request,
    country: CountryArgument,
    vendor: Annotated[
        str | None,
        typer.Option(
            "--vendor",
            metavar="ACTOR",
            help="Only this vendor, such as huawei, with what a ban of it would do and how many "
            "states ban it; by default all.",
        ),
    ] = None,
    weights: Annotated[
        Weights | None,
        typer.Option(
            "--weights",
            metavar="|".join(WEIGHTS),
            help="Weight of an operator: its part of the nation's users, as the ledger has them, "
            "of its addresses or its networks, as the world has them. By default users and "
            "addresses.",
        ),
    ] = None,
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    style: StyleOption = "mla",
) -> None:
    """Show who equips a nation's networks, and who says so.

    Vendors' shares, users behind them, what a ban would do, concentration, cables, loans and
    bans. A sum goes from what is known to what may be: 40 to 65 % is known of 40 %, and unknown
    of 25 % more. Works are numbered, and cited below the table with what each is. docs/supply.md
    has the definitions.
    """
    from splinternet.base.countries import country_code
    from splinternet.ledger.writing import ledger_record
    from splinternet.supply.overview import overview
    from splinternet.supply.question import Question

    sink = asked.sink
    code = country_code(country)
    opened = asked.open_ledgers()
    known = opened if known_by is None else opened.known_by(known_by)
    weighed = None if weights == "users" else asked.open_before()
    networks = None if weighed is None else weighed.networks
    question = Question(known, code, vendor, weights, as_of, networks)
    frame = overview(question)
    notes = list(_notes(question, known_by, weighed))
    heading = phrase("terminal.vendors.heading", nation=question.nation)
    if question.asked:
        vendor_name = question.names[question.asked]
        heading = phrase("terminal.vendors.one", nation=question.nation, vendor=vendor_name)
    if sink.format == "table":
        short, works = _numbered(known, frame, style, sink.limit)
        sink.write(short, heading, notes, works)
    else:
        more = {"ledger": ledger_record(opened)}
        sink.write(_cited(known, frame, style), heading, notes, more=more)


def _notes(question: Question, known_by: str | None, world: World | None) -> Iterator[str]:
    from splinternet.supply.gaps import coverage, gaps

    yield phrase("terminal.ledger.title", ledger=question.ledger.title)
    yield coverage(question)
    if question.day is not None:
        yield phrase("terminal.vendors.as_of", date=question.day)
    if known_by is not None:
        yield known_line(known_by)
    if world is not None and set(question.parts) - {"users"}:
        name = world.manifest.name
        yield phrase("terminal.vendors.world", world=name)
    yield from question.ledger.notes
    yield phrase("terminal.vendors.gaps")
    yield from (f"- {gap}" for gap in gaps(question))


def _numbered(
    ledger: Ledger, frame: pl.DataFrame, style: Style, limit: int
) -> tuple[pl.DataFrame, list[str]]:
    """Figures in words, and the works that the first ones cite, by number."""
    import polars as pl

    from splinternet.ledger.citations import cite
    from splinternet.supply.words import figure_words, is_uncertain

    shown = frame.head(limit) if limit else frame
    works = cite(ledger, [source for each in shown["sources"] for source in each], style)
    numbers = {source: f"[{number}]" for number, source in enumerate(works, 1)}
    told = frame.select("least", "most", "unit", "kind").iter_rows()
    figures = [
        f"{words} ({kind})" if is_uncertain(words := figure_words(*figure), kind) else words
        for *figure, kind in told
    ]
    cited = [" ".join(numbers.get(s, "") for s in sources) for sources in frame["sources"]]
    again = pl.col("measure") == pl.col("measure").shift()
    short = frame.select(
        pl.when(again).then(pl.lit("")).otherwise("measure").alias("measure"),
        "tie",
        pl.Series("figure", figures, dtype=pl.String()),
        "dated",
        pl.Series("works", cited, dtype=pl.String()),
    )
    return short, [f"{numbers[source]} {work}" for source, work in works.items()]


def _cited(ledger: Ledger, frame: pl.DataFrame, style: Style) -> pl.DataFrame:
    """All of every figure: ids joined by ``;``, and citations of its sources, each on a line."""
    import polars as pl

    from splinternet.ledger.citations import cite

    works = cite(ledger, [source for each in frame["sources"] for source in each], style)
    cited = ["\n".join(works[source] for source in sources) for sources in frame["sources"]]
    return frame.with_columns(
        pl.col("statements", "sources").list.join(";"),
        pl.Series("citations", cited, dtype=pl.String()),
    )
