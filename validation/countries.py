"""How often a country that is found by evidence is the registered one.

``python validation/countries.py WORLD...`` takes full worlds (`make shipped` leaves two in
build/worlds). In each it hides the registered country of one network in ten, ten times over so that
each is hidden once, finds it again by what is left, and counts the right ones by kind of evidence.
"""

from __future__ import annotations

import sys

import numpy as np
import polars as pl

from splinternet.world.catalogue import open_world
from splinternet.world.country_evidence import REGISTERED, find_countries
from splinternet.world.world import World

FOLDS, SEED = 10, 0


def hidden(world: World) -> pl.DataFrame:
    """Registered countries beside those that are found when they are hidden."""
    evidence = pl.col("country_evidence")
    told = evidence.is_null() | (evidence == REGISTERED)  # older worlds do not tell
    networks = world.networks.with_columns(
        country=pl.when(told).then("country"),
        fold=pl.Series(np.random.default_rng(SEED).integers(FOLDS, size=world.networks.height)),
    )
    found = []
    for fold in range(FOLDS):
        hides = pl.col("fold") == fold
        left = networks.with_columns(country=pl.when(~hides).then("country"))
        truth = networks.filter(hides).drop_nulls("country").select("asn", truth="country")
        found.append(truth.join(find_countries(left, world.links), on="asn", how="left"))
    return pl.concat(found)


def report(name: str, found: pl.DataFrame) -> None:
    """Print the number found and the part that is right, by kind of evidence."""
    told = found.drop_nulls("country")
    right = pl.col("country") == pl.col("truth")
    print(f"{name}: {found.height:,} hidden, {told.height:,} found again")
    by = told.group_by("country_evidence").agg(found=pl.len(), right=right.mean())
    for kind, n, share in [
        *by.sort("found").iter_rows(),
        ("all", len(told), told.select(right.mean()).item()),
    ]:
        print(f"  {kind:<13} {n:>7,}  {share:.1%} right")


if __name__ == "__main__":
    for given in sys.argv[1:]:
        opened = open_world(given)
        report(opened.manifest.name, hidden(opened))
