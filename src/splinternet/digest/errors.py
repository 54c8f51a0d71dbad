"""The error of a digest by figure: of levels, and of what a scenario changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.errors import SplinternetError
from splinternet.base.toml_text import write_toml
from splinternet.measures.catalogue import list_measures
from splinternet.measures.parallel import side_by_side
from splinternet.routing.sweep import Progress
from splinternet.scenario.compare import what_if
from splinternet.scenario.comparison import Comparison
from splinternet.scenario.language import decode
from splinternet.world.manifest import FigureError
from splinternet.world.world import World

__all__ = ["LEVELS", "WHAT_IFS", "difference_errors", "level_errors", "sampled"]

_Floats = npt.NDArray[np.float64]

#: Nations whose figures are compared, those whose what-ifs are, and the fewest networks of one.
LEVELS, WHAT_IFS, _FEWEST = 40, 12, 20

#: Of so many carriers of each nation the change of share is compared: those that change most.
_CARRIERS = 5

#: Figures are as good as equal if they differ by less.
_SLIGHT = 1e-9

_DIGITS = 5


def level_errors(full: pl.DataFrame, digest: pl.DataFrame) -> tuple[FigureError, ...]:
    """Compare the figures of nations that both tables have.

    Parameters
    ----------
    full, digest
        As :func:`~splinternet.measures.atlas.atlas` gives them of both worlds.
    """
    both = full.join(digest, on="country", suffix=" of digest")
    figures = [
        each.name
        for measure in list_measures().values()
        for each in measure.figures
        if each.is_number
    ]
    found = []
    for name in figures:
        if name in full.columns and f"{name} of digest" in both.columns:
            pair = both.select(
                true=pl.col(name).cast(pl.Float64),
                found=pl.col(f"{name} of digest").cast(pl.Float64),
            ).drop_nulls()
            if pair.height:
                true, own = pair["true"].to_numpy(), pair["found"].to_numpy()
                found.append(_error(name, "level", true, own))
    return tuple(found)


def _error(
    figure: str, of: Literal["level", "difference"], true: _Floats, found: _Floats
) -> FigureError:
    """Measure how far what was found is from what is true."""
    differs = found - true
    off = np.abs(differs) > np.maximum(np.abs(true) / 4, _SLIGHT)
    return FigureError(
        figure=figure,
        of=of,
        nations=len(true),
        bias=round(float(differs.mean()), _DIGITS),
        error=round(float(np.sqrt((differs**2).mean())), _DIGITS),
        off=round(float(off.mean()), _DIGITS),
    )


def sampled(nations: pl.DataFrame, many: int) -> pl.DataFrame:
    """Nations of all sizes that are compared: ``country`` and ``dependence_on``.

    Every n-th by the number of its networks, of those with at least 20, from the middle of the
    first n on.
    """
    large = nations.filter(pl.col("networks") >= _FEWEST).drop_nulls("dependence_on")
    every = max(large.height // many, 1)
    ordered = large.sort("networks", "country", descending=[True, False])
    return ordered.gather_every(every, every // 2).head(many).select("country", "dependence_on")


def difference_errors(
    full: World, digest: World, lost: pl.DataFrame, progress: Progress | None = None
) -> tuple[FigureError, ...]:
    """Compare what changes for nations when each loses the network that carries most.

    Parameters
    ----------
    full, digest
        The two worlds.
    lost
        ``country`` and ``dependence_on``, the network that it loses, as :func:`sampled` gives them.
    """
    both = side_by_side(lambda row: _changes(full, digest, *row), lost.rows(), progress)
    pairs: dict[str, list[tuple[float, float]]] = {}
    for figure, true, found in (each for one in both for each in one):
        pairs.setdefault(figure, []).append((true, found))
    return tuple(
        _error(figure, "difference", *np.array(values, dtype=np.float64).T)
        for figure, values in pairs.items()
    )


def _changes(full: World, digest: World, country: str, lost: int) -> list[tuple[str, float, float]]:
    """Return by figure what a nation's loss of a network changes in either world."""
    loss = {
        "name": f"The loss of AS{lost}",
        "world": full.manifest.name,
        "shocks": [{"kind": "remove", "networks": f"AS{lost}"}],
    }
    try:
        scenario = decode(write_toml(loss), Path("loss.toml"))
        true, found = (what_if(world, scenario, country) for world in (full, digest))
    except SplinternetError:  # a network that the digest sums up, or a nation without traffic
        return []
    seen = dict(_figures(found))
    of_carriers = zip(*(_carried(each, true) for each in (true, found)), strict=True)
    return [
        *((name, change, seen[name]) for name, change in _figures(true) if name in seen),
        *(("carrier", one, other) for one, other in of_carriers),
    ]


def _figures(compared: Comparison) -> Iterator[tuple[str, float]]:
    """Yield by name what changes; shares as parts of one."""
    nation = compared.nation
    if nation is None:
        raise AssertionError("a nation was asked for")
    given: Iterable[tuple[str, float | None, float | None]] = (
        ("reached_abroad", nation.abroad.share_before, nation.abroad.share_after),
        ("reached_domestic", nation.within.share_before, nation.within.share_after),
        ("detours", *(nation.detours or (None, None))),
        ("longer_paths", 0.0, nation.reroutes.longer),
        *((figure, before, after) for _, figure, _, before, after in nation.figures),
    )
    for name, before, after in given:
        if before is not None and after is not None:
            yield name, after - before


def _carried(compared: Comparison, true: Comparison) -> Sequence[float]:
    """Return by how much the shares of those change that change most in the full world."""
    if compared.nation is None or true.nation is None:
        raise AssertionError("a nation was asked for")
    most = true.nation.carriers.sort(pl.col("difference").abs(), descending=True).head(_CARRIERS)
    here = compared.nation.carriers.select("asn", "difference")
    joined = most.select("asn").join(here, on="asn", how="left", maintain_order="left")
    return joined["difference"].fill_null(0.0).to_list()
