"""Set figures beside published ones: reliability of nations, and what single networks hang on.

``python validation/compare.py WORLD`` takes a full world of December 2019 (`make shipped` leaves
one in build/worlds/2019-12) and prints two tables.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from splinternet.measures.hegemony import hegemony
from splinternet.measures.reliability import reliability
from splinternet.world.catalogue import open_world
from splinternet.world.world import World

PUBLISHED = Path(__file__).parent / "published.csv"
RANKED = ("DE", "BR", "GB", "UA", "CH", "NL", "CA", "US", "FR", "RU", "IR", "CN", "CU")


def nations(world: World, published: pl.DataFrame) -> None:
    """Print the reliability of nations, and their rank in Qrator's reports."""
    ranks = published.filter(pl.col("measure") == "national reliability: rank").select(
        "country", "date", rank=pl.col("value").cast(pl.Int64)
    )
    by_year = {
        year: dict(ranks.filter(pl.col("date") == year).select("country", "rank").iter_rows())
        for year in ("2019", "2020")
    }
    print("nation  others  addresses  network   rank 2019  rank 2020")
    for code in RANKED:
        table = reliability(world, code)
        worst = table.row(0, named=True)
        ranked = [str(by_year[year].get(code, "-")) for year in by_year]
        print(
            f"{code:<7} {worst['others']:.2%}   {table['addresses'].max():.2%}     "
            f"AS{worst['asn']:<7} {ranked[0]:<10} {ranked[1]}"
        )


def origins(world: World, published: pl.DataFrame) -> None:
    """Compare the hegemony of networks' origins with the Internet Health Report's."""
    rows = published.filter(pl.col("measure") == "hegemony of a network's origin").select(
        origin=pl.col("network").cast(pl.UInt32, strict=False),
        asn=pl.col("carrier").cast(pl.UInt32),
        theirs=pl.col("value").cast(pl.Float64),
    )
    known = world.networks["asn"].implode()  # a row that names no number is left out too
    rows = rows.filter(pl.col("origin").is_in(known) & pl.col("asn").is_in(known))
    ours = pl.concat(
        hegemony(world, f"AS{origin}", vantages="all", at_least=0.001).select(
            "asn", origin=pl.lit(origin, pl.UInt32), ours="hegemony"
        )
        for origin in rows["origin"].unique().sort()
    )
    both = rows.join(ours, on=["origin", "asn"], how="left").with_columns(
        pl.col("ours").fill_null(0.0)
    )
    sole = both.filter(pl.col("theirs") == 1.0)
    print(f"{both.height} dependences of {both['origin'].n_unique()} networks")
    print(f"mean difference {(both['ours'] - both['theirs']).abs().mean():.3f}")
    print(
        f"rank correlation {both.select(pl.corr('ours', 'theirs', method='spearman')).item():.3f}"
    )
    print(f"of {sole.height} sole carriers, {(sole['ours'] > 0.9).sum()} are above 0.9 here")
    with pl.Config(tbl_rows=-1, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
        print(both.sort("origin", "theirs", descending=[False, True]))


if __name__ == "__main__":
    opened = open_world(sys.argv[1])
    figures = pl.read_csv(PUBLISHED, infer_schema_length=None)
    nations(opened, figures)
    print()
    origins(opened, figures)
