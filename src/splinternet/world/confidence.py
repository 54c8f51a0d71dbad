"""How sure the relationships of a world are, and what speaks against the others.

Relationships are inferred from paths, and some inferences are upside down: an access network in
which a content network's caches stand is taken for its provider, a network that leaks routes for
one that sells transit. ProbLink (Jin et al., NSDI 2019), PARI (Feng et al. 2019,
https://arxiv.org/abs/1905.02386) and TopoScope (Jin et al., IMC 2020,
https://doi.org/10.1145/3419394.3423627) doubt such links by the paths that show them. A world has
no paths; here links are doubted by what the graph and other snapshots say of them.
``validation/confidence.py`` counts how many links of each kind are the same years later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import msgspec
import polars as pl

from splinternet.base.doubts import Doubt
from splinternet.base.texts import phrase
from splinternet.world.world import World

__all__ = [
    "DISTRUSTED",
    "LINK_DOUBTS",
    "LinkDoubt",
    "Operator",
    "content_operators",
    "doubt_words",
    "doubts_of_links",
    "judge",
    "judged",
]

#: A customer is far larger than its provider if it has so many customers, and so many times as
#: many; or so many that have no other provider, and so many times as many.
_CUSTOMERS, _TIMES = 20, 4
_CAPTIVES, _CAPTIVE_TIMES = 5, 8

_FIRM = 1.0


@dataclass(frozen=True)
class LinkDoubt:
    """Reason to doubt a link.

    Attributes
    ----------
    confidence
        How often links doubted so are the same four years later, beside the others of their kind,
        as ``validation/confidence.py`` counts; of ``content`` and ``repaired-cycle`` an estimate.
    distrusted
        Whether such links count as peering, unless all are asked for as they are published.
    """

    confidence: float
    distrusted: bool


#: Doubts of links by name, the gravest first; a link has the first that applies.
LINK_DOUBTS: dict[str, LinkDoubt] = {
    "upside-down": LinkDoubt(0.4, distrusted=True),
    "content": LinkDoubt(0.5, distrusted=True),
    "repaired-cycle": LinkDoubt(0.7, distrusted=False),
    "seen-once": LinkDoubt(0.8, distrusted=False),
    "exchange-only": LinkDoubt(0.9, distrusted=False),
}

#: Doubts of links between provider and customer that count as peering.
DISTRUSTED = tuple(name for name, doubt in LINK_DOUBTS.items() if doubt.distrusted)


def doubt_words(name: str) -> str:
    """Say what a doubt says of a link, as a sentence goes on."""
    return phrase(f"words.doubt.{name}")


class Operator(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An operator of networks that carry nobody, what it does, and where that is said."""

    name: str
    asns: tuple[int, ...]
    kind: str
    source: str


class _Table(msgspec.Struct, frozen=True):
    operator: tuple[Operator, ...]


@cache
def content_operators() -> tuple[Operator, ...]:
    """Return the stated list of operators that carry nobody, ``content.toml``."""
    text = files("splinternet.world").joinpath("content.toml").read_bytes()
    return msgspec.toml.decode(text, type=_Table).operator


def judge(
    links: pl.DataFrame,
    networks: pl.DataFrame,
    *,
    circular: Iterable[tuple[int, int]] = (),
    others: Sequence[pl.DataFrame] = (),
) -> pl.DataFrame:
    """Judge links: how sure each is, and what speaks against it.

    Parameters
    ----------
    links
        ``a``, ``b``, ``kind``, ``evidence`` as in the links table.
    networks
        ``asn``, ``org``, ``country``, ``members`` as in the networks table.
    circular
        Provider and customer of links that lay on cycles.
    others
        Links of other dates, ``a`` and ``b`` of each.

    Returns
    -------
    polars.DataFrame
        The links with ``confidence`` (0 to 1; 1: nothing speaks against it) and ``doubt`` (a name
        in :data:`LINK_DOUBTS`, or null).
    """
    applies = {
        "upside-down": _is_upside_down(),
        "content": _is_of_content(),
        "repaired-cycle": _is_among(circular),
        "seen-once": _is_in_none(others),
        "exchange-only": pl.col("evidence") == "mlp",
    }
    first = pl.coalesce(pl.when(applies[name]).then(pl.lit(name)) for name in LINK_DOUBTS)
    confidence = {name: doubt.confidence for name, doubt in LINK_DOUBTS.items()}
    return _described(links, networks).select(
        *(name for name in links.columns if name not in ("confidence", "doubt")),
        confidence=first.replace_strict(confidence, default=_FIRM, return_dtype=pl.Float64),
        doubt=first,
    )


def judged(world: World) -> World:
    """World whose links are judged: as it is if they are, else by its own graph alone, once."""
    if world.links["confidence"].count():
        return world
    return world.derived("judged", lambda: replace(world, links=judge(world.links, world.networks)))


def doubts_of_links(
    world: World, networks: pl.Series | None = None
) -> dict[tuple[int, int], Doubt]:
    """Reasons to doubt links of a world, by their ends, the lower number first.

    Parameters
    ----------
    world
        The world; it is judged by its own graph if it is not yet.
    networks
        ASNs of networks of which one is an end of the link; all by default.
    """
    links = judged(world).links.drop_nulls("doubt")
    if networks is not None:
        ends = [pl.col(end).is_in(networks.implode()) for end in ("a", "b")]
        links = links.filter(ends[0] | ends[1])
    of_kind = {name: Doubt(name, doubt_words(name)) for name in links["doubt"].unique()}
    return {
        (min(a, b), max(a, b)): of_kind[name]
        for a, b, name in links.select("a", "b", "doubt").iter_rows()
    }


def _described(links: pl.DataFrame, networks: pl.DataFrame) -> pl.DataFrame:
    """Add what is known of either end: country, organisation, customers; and b's providers.

    ``captives`` are customers that have no other provider. A network that stands for several
    counts as many.
    """
    transit = links.filter(_is_transit()).select("a", "b")
    providers = transit.group_by("b").len("providers")
    counted = transit.join(providers, on="b").join(networks, left_on="b", right_on="asn")
    alone = pl.col("providers") == 1
    sizes = counted.group_by(pl.col("a").alias("asn")).agg(
        customers=pl.col("members").sum(), captives=pl.col("members").filter(alone).sum()
    )
    known = networks.select("asn", "country", "org").join(sizes, on="asn", how="left")
    for end in ("a", "b"):
        ours = known.select(pl.col("asn").alias(end), pl.exclude("asn").name.suffix(f"_{end}"))
        links = links.join(ours, on=end, how="left", maintain_order="left")
    found = links.join(providers, on="b", how="left", maintain_order="left")
    return found.with_columns(pl.col("^(providers|customers_.|captives_.)$").fill_null(0))


def _is_transit() -> pl.Expr:
    return pl.col("kind") == "p2c"


def _is_upside_down() -> pl.Expr:
    """Whether the customer is far larger than the provider, and not of its country.

    A gateway to a nation has often one large customer there. Caches stand in every country.
    """
    stranger = pl.col("country_a").ne_missing(pl.col("country_b")) | _operator("b").is_not_null()
    sister = pl.col("org_a").eq(pl.col("org_b")).fill_null(False)
    larger = (pl.col("customers_b") >= _CUSTOMERS) & (
        pl.col("customers_b") >= _TIMES * pl.col("customers_a")
    )
    firmer = (pl.col("captives_b") >= _CAPTIVES) & (
        pl.col("captives_b") >= _CAPTIVE_TIMES * pl.col("captives_a")
    )
    return _is_transit() & stranger & ~sister & (larger | firmer)


def _is_of_content() -> pl.Expr:
    """Whether the provider carries nobody, and the customer has others and another operator."""
    other = _operator("a").ne_missing(_operator("b"))
    return _is_transit() & _operator("a").is_not_null() & other & (pl.col("providers") > 1)


def _operator(end: str) -> pl.Expr:
    """Name of the operator that carries nobody at one end of a link, null if it is none."""
    names = {asn: each.name for each in content_operators() for asn in each.asns}
    return pl.col(end).replace_strict(names, default=None, return_dtype=pl.String)


def _is_among(circular: Iterable[tuple[int, int]]) -> pl.Expr:
    pairs = pl.Series([a << 32 | b for a, b in circular], dtype=pl.UInt64)
    return _is_transit() & (_pair("a", "b")).is_in(pairs.implode())


def _is_in_none(others: Sequence[pl.DataFrame]) -> pl.Expr:
    """Whether no other snapshot has the pair, whatever it is to each other there."""
    if not others:
        return pl.lit(False)
    pairs = pl.concat(each.select(_either_way()).to_series() for each in others)
    return ~_either_way().is_in(pairs.implode())


def _either_way() -> pl.Expr:
    return _pair(pl.min_horizontal("a", "b"), pl.max_horizontal("a", "b"))


def _pair(a: pl.Expr | str, b: pl.Expr | str) -> pl.Expr:
    a, b = (pl.col(end) if isinstance(end, str) else end for end in (a, b))
    return a.cast(pl.UInt64) * 2**32 + b
