"""Calls of a world's methods that a checker of types reads in `make check`; nobody runs them.

Those with ``type: ignore`` are wrong, and mypy says so: else it would call the comment unused.
"""

from typing import assert_type

import polars as pl

import splinternet
from splinternet import Comparison, World


def right(world: World) -> None:
    assert_type(world.depend("CU", prefer="gao-rexford", by="state"), pl.DataFrame)
    assert_type(world.measure("cti", "CU"), pl.DataFrame)
    assert_type(world.after("two-blocs"), World)
    assert_type(world.compare("two-blocs", "RU", measures=["cut"]), Comparison)
    assert_type(world.path("AS3356", 12389), pl.DataFrame)
    assert_type(world.history("dependence", "RU"), pl.DataFrame)
    assert_type(world.vendors("PL", "Huawei"), pl.DataFrame)
    assert_type(world.exposure("CU", observers="US").height, int)
    assert_type(splinternet.open_world("2019-12").depend("CU"), pl.DataFrame)


def wrong(world: World) -> None:
    world.depend(3)  # type: ignore[arg-type]
    world.depend("CU", prefer="nearest")  # type: ignore[arg-type]
    world.depends("CU")  # type: ignore[attr-defined]
    world.vendors("PL", weights=3)  # type: ignore[arg-type]
    world.atlas("dependence", "CU", folder=3)  # type: ignore[arg-type]
