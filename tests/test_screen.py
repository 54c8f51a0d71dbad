"""A brief in the terminal is one screen, for every nation."""

from statistics import median

import polars as pl
import pytest

from splinternet.base.texts import country_called, texts_of
from splinternet.brief.chapters.front import Asked
from splinternet.brief.document import Picture
from splinternet.brief.story import tell_at_hand
from splinternet.brief.terminal import print_opening
from splinternet.brief.words import day, network_title
from splinternet.cli.tables import drawn, text_console
from splinternet.figures.shipped import list_figures

WORLDS = [each.world.name for each in list_figures()]


def ranked(key: str, title: str, rows: pl.DataFrame, label) -> Picture:
    frame = pl.DataFrame(
        [(label(row), row["share"]) for row in rows.iter_rows(named=True)],
        schema={"label": pl.String, "value": pl.Float64},
        orient="row",
    )
    return Picture(key=key, kind="bars", frame=frame, title=title)


def pictures(figures, code: str, texts):
    """The lists of a screen, of the shipped shares."""
    shares = figures.table("dependence", code)
    at_home = pl.col("country") == code
    nation = texts.the_nation(code)

    def network(row):
        return network_title(row["asn"], row["name"], country_called(row["country"] or "US"))

    for key, rows in (("abroad", ~at_home), ("home", at_home)):
        title = texts(f"tabs.{key}", nation=nation)
        yield ranked(f"carriers-{key}", title, shares.filter(rows), network)
    states = figures.table("states", code).drop_nulls("country").filter(~at_home)
    title = texts("tabs.states_ranked", nation=nation)
    yield ranked("states-ranked", title, states, lambda row: country_called(row["country"]))


def screen(figures, code: str, names: dict[int, str | None]) -> list[str]:
    texts, world = texts_of("brief", "en"), figures.world
    told = texts("front.world_digest", world=world.name)
    asked = Asked(told, world.date, "networks")
    opening = tell_at_hand(
        figures, code, asked, lambda asn: network_title(asn, names.get(asn))
    ).opening
    last = (
        texts("terminal.about", date=day(world.date), world=opening.world),
        texts("terminal.no_page").replace("{command}", f"splinternet brief {code}"),
    )
    lists = list(pictures(figures, code, texts))
    return drawn(
        lambda console: print_opening(opening, console, texts, lists, last), text_console(80)
    ).splitlines()


@pytest.mark.parametrize(
    "figures",
    [
        pytest.param(each, id=name, marks=() if name == WORLDS[-1] else pytest.mark.nightly)
        for each, name in zip(list_figures(), WORLDS, strict=True)
    ],
)
def test_every_nation_has_one_screen(figures):
    names = dict(figures.table("dependence").select("asn", "name").iter_rows())
    lines = {code: screen(figures, code, names) for code in figures.nations["country"]}
    assert len(lines) >= 234
    assert max(map(len, lines.values())) <= 40
    assert max(len(line) for told in lines.values() for line in told) <= 80
    assert median(map(len, lines.values())) <= 30
    row = {code: figures.row(code) for code in lines}
    for code, told in lines.items():
        said = " ".join(" ".join(told).split())
        assert f"splinternet brief {code} -o brief.html" in said
        assert "--long" in said
        assert f"{country_called(code)} in " in said
        if row[code]["foreign_dependence"] is not None:
            # Shares of networks and of states are of other routes, and say so where they stand.
            assert "of all routes from abroad pass the foreign network with most" in said
            assert "of routes from third nations pass networks of the foreign nation" in said
