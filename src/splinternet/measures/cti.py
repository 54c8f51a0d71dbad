"""Transit influence: who, near a nation, could watch or disturb what it receives."""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import MODELLED, Choices, Counting, PathsFrom, Routing
from splinternet.measures.hegemony import TAKES as HEGEMONY
from splinternet.measures.hegemony import largest, settle_vantages, told_by
from splinternet.measures.measure import (
    ASN,
    COUNTRY,
    DOUBT,
    NAME,
    OBSERVED,
    Figure,
    Measure,
    Rows,
    share_column,
)
from splinternet.measures.trimmed import Shares
from splinternet.routing.sweep import Progress
from splinternet.world.world import World

__all__ = ["MEASURE", "cti"]

TAKES = replace(HEGEMONY, who="cti")


@typed
def cti(
    world: World,
    country: str,
    *,
    at_least: float = 0.01,
    paths: PathsFrom = MODELLED,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Country-level transit influence (CTI) of the networks on the way to a nation.

    A path from a vantage to a network of the nation counts from its highest network on: from the
    provider of its first link from a provider down to a customer. Each network *x* from there on,
    but for the ends of the path, gets the part of the nation's addresses that lie behind the path,
    divided by the number of links from *x* to the network that is reached: 1 for its direct
    provider, 1/2 for the next. The values of *x* are averaged over the vantages, without a tenth at
    either end of those from which it gets anything.

    Parameters
    ----------
    world, country, at_least, paths, routing, counting, choices
        As for :func:`~splinternet.measures.hegemony.hegemony`.

    Returns
    -------
    polars.DataFrame
        ``asn``, ``name``, ``country``, ``cti`` (0 to 1) and ``doubt``, largest first.

    Raises
    ------
    MisuseError, WorldError, RoutingError
        As for :func:`~splinternet.measures.hegemony.hegemony`.

    Notes
    -----
    Gamero-Garrido, Carisimo, Hao, Huffaker, Snoeren and Dainotti, Quantifying Nations' Exposure to
    Traffic Observation and Selective Tampering, PAM 2022, https://arxiv.org/abs/2110.05772;
    trimming as in their code (https://github.com/CAIDA/mapkit-cti-code). They count the host
    networks of monitors, each once, and leave out those in the nation; so is it here. Their
    paths are observed, and addresses are located; here paths are computed, unless ``paths`` says
    otherwise, and a network's addresses are all in its country. They study nations that are reached
    mainly over transit;
    where much is reached over peering, CTI misses it by its definition.

    Examples
    --------
    >>> cti(world, "CU")["asn"].first()
    11960
    """
    routing, counting = TAKES.chosen(routing, counting, choices)
    return told_by(
        world,
        country,
        "cti",
        _influence,
        paths=paths,
        routing=routing,
        counting=counting,
        at_least=at_least,
        progress=progress,
    )


def _influence(shares: Shares) -> npt.NDArray[np.float64]:
    """Mean of each column, without a tenth at either end of the values above 0."""
    found = np.zeros(shares.shape[1])
    for column, values in enumerate(np.sort(shares, axis=0).T):
        above = values[values > 0]
        cut = len(above) // 10
        found[column] = above[cut : len(above) - cut].sum() / (len(values) - 2 * cut)
    return found


MEASURE = Measure(
    name="cti",
    title="transit influence",
    question="Which networks near the nation could watch or disturb what it receives?",
    source=(
        "Country-level transit influence: Gamero-Garrido et al., PAM 2022, "
        "https://arxiv.org/abs/2110.05772"
    ),
    table=cti,
    takes=TAKES,
    columns=(
        ASN,
        NAME,
        COUNTRY,
        share_column("cti", "Its transit influence on the nation, from 0 to 1.", "CTI"),
        DOUBT,
        *OBSERVED,
    ),
    figures=(
        Figure(
            "cti",
            "share",
            "The largest transit influence of any network that is not in doubt.",
            label="Largest part of its routes that any one network can observe or disturb "
            "nearby (country transit influence)",
        ),
        Figure("cti_of", "ASN", "That network.", label="The network that can"),
    ),
    summary=largest("cti"),
    rows=Rows("cti", "asn", ("cti",)),
    settle=settle_vantages,
)
