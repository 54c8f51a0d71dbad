"""A measure over time: one row for each world, and only like compared with like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import polars as pl

from splinternet.base.asn import Asn, as_number, looks_like_asn
from splinternet.base.checked import typed
from splinternet.base.choices import DIRECTIONS, Counting, Routing
from splinternet.base.countries import country_code
from splinternet.base.errors import MisuseError, SplinternetError, remedy
from splinternet.measures.bootstrap import figure_intervals, interval_schema
from splinternet.measures.catalogue import Measures, find_measures
from splinternet.measures.exposure import MEASURE as EXPOSURE
from splinternet.measures.resampling import Draws
from splinternet.measures.together import figures_of, options_of, schema_of, takes_of
from splinternet.routing.sweep import Progress
from splinternet.world.evidence import evidence_of
from splinternet.world.learned import as_routed
from splinternet.world.world import World, as_world

__all__ = ["history"]


#: What lets worlds stand side by side that differ in more than their date.
_MIXED = remedy("mixed=True", "--mixed")
_BGP = remedy("links='bgp'", "--links bgp")


@typed
def history(
    worlds: World | Iterable[World],
    measures: Measures,
    country: str,
    *,
    through: Asn | None = None,
    mixed: bool = False,
    draws: Draws | None = None,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Any,  # noqa: ANN401 (of the measures, which check them)
) -> pl.DataFrame:
    """Figures of one nation in worlds of several dates.

    Parameters
    ----------
    worlds
        The worlds, in any order; one may stand alone.
    measures
        Measures, or their names, one or more.
    country
        Code or English name of the nation.
    through
        A network's number, or a state's code or name, that is followed beside: what of the nation's
        traffic passes it, whether or not most does. A state's shares are of third parties' traffic.
    mixed
        Compare what is not of one kind all the same.
    draws
        Worlds to draw beside each for intervals of its figures: then ``_low`` and ``_high`` of
        each figure that is a number stand behind the figures.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them, see
        :mod:`splinternet.base.choices`, and options of the measures. Each takes those that make a
        difference to it; all weigh alike.
    progress
        Told of worlds done and of all.

    Returns
    -------
    polars.DataFrame
        A row for each world, by date: ``date``, ``world``, ``kind``, ``evidence``, ``links``, the
        measures' figures (null where there is nothing to measure), ``doubt``, which says which
        carriers in doubt they rest on, and ``missing``, which says why there are none.
        With ``through`` also its name, ``through_inbound``, ``through_outbound`` and
        ``through_domestic``, null where a world has not got it.

    Raises
    ------
    MisuseError
        If there is no such measure, choice or country, no world, two worlds of one date, or they
        are not of one kind: full worlds and digests, a scenario and none, or links that different
        evidence shows. Evidence beside BGP
        (as ``mlp``: multilateral peering at exchanges) adds links, so that a difference would tell
        of the evidence and not of time.

    Examples
    --------
    >>> history([world, later], "dependence", "CU").select("world", "dependence_on").rows()
    [('2019-12', 11960), ('2025-09', 11960)]
    """
    worlds = list(worlds) if isinstance(worlds, Iterable) else [as_world(worlds)]
    if not worlds:
        raise MisuseError("no world to look at; name two or more")
    chosen = find_measures(measures)
    followed = chosen if through is None else [*chosen, EXPOSURE]
    options = options_of(takes_of("history", followed), routing, counting, choices)
    over = Routing(**{each: options[each] for each in ("links", "observed") if each in options})
    shown = [as_routed(world, over) for world in worlds]
    ordered = sorted(shown, key=lambda world: world.manifest.date)
    if not mixed:
        _check_alike(ordered)
    code = country_code(country)
    rows = []
    for done, world in enumerate(ordered, 1):
        row = _facts(world) | figures_of(world, code, chosen, options)
        if through is not None:
            row |= _passing(world, code, through, options)
        if draws:
            row |= figure_intervals(world, code, chosen, options, draws)
        rows.append(row)
        if progress:
            progress(done, len(ordered))
    between = interval_schema(chosen) if draws else {}
    passed = {} if through is None else _THROUGH
    return pl.DataFrame(rows, schema=_FACTS | passed | schema_of(chosen) | between)


#: What is followed of a given network or state.
_THROUGH: dict[str, pl.DataType] = {"through": pl.String()} | {
    f"through_{direction}": pl.Float64() for direction in DIRECTIONS
}


def _passing(world: World, code: str, through: Asn, options: dict[str, Any]) -> dict[str, Any]:
    """Share of the nation's traffic that passes a network, or of third parties' a state."""
    carrier = as_number(through) if looks_like_asn(through) else country_code(str(through))
    named = f"AS{carrier}" if isinstance(carrier, int) else carrier
    taken = EXPOSURE.only(options) | {"observers": (carrier,)}
    try:
        found = EXPOSURE.table(world, code, **taken)
    except SplinternetError:
        return {"through": named}
    share = "passing" if isinstance(carrier, int) else "third"
    shares = dict(found.select("direction", share).iter_rows())
    return {"through": named} | {
        f"through_{direction}": shares.get(direction) for direction in DIRECTIONS
    }


def _check_alike(worlds: Sequence[World]) -> None:
    """Refuse worlds that differ in more than their date."""
    for what, kind, hint in (
        ("", _kind, ""),
        # Before evidence: a link that a scenario adds is its own evidence.
        ("scenarios: ", _scenarios, ""),
        ("evidence of links: ", _evidence, f"; {_BGP} leaves what BGP shows"),
    ):
        first = worlds[0]
        for other in worlds[1:]:
            if kind(first) != kind(other):
                raise MisuseError(
                    f"not comparable: {what}{first.manifest.name} has {kind(first)}, "
                    f"{other.manifest.name} has {kind(other)}{hint}; {_MIXED} compares all the same"
                )
    for earlier, later in pairwise(worlds):
        if earlier.manifest.date == later.manifest.date:
            raise MisuseError(
                f"{earlier.manifest.name} and {later.manifest.name} are both of "
                f"{later.manifest.date}; name one of them; {_MIXED} shows both"
            )


def _kind(world: World) -> str:
    return "the groups of a digest" if world.manifest.is_digest else "every network"


def _evidence(world: World) -> str:
    return ", ".join(evidence_of(world)) or "unknown"


def _scenarios(world: World) -> str:
    applied = world.manifest.parameters.get("scenarios", [])
    return ", ".join(str(each["name"]) for each in applied) or "none"


_FACTS: dict[str, pl.DataType] = {
    "date": pl.String(),
    "world": pl.String(),
    "kind": pl.String(),
    "evidence": pl.String(),
    "links": pl.Int64(),
}


def _facts(world: World) -> dict[str, Any]:
    return {
        "date": world.manifest.date,
        "world": world.manifest.name,
        "kind": world.manifest.kind,
        "evidence": _evidence(world),
        "links": world.links.height,
    }
