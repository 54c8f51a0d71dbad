"""Countries of networks of which no file tells one, by a stated order of evidence.

Registries list some networks under a region (EU, AP) or under nothing (ZZ, empty). Their countries
follow from others, whose countries files tell. Each kind of evidence is a vote: it decides where
enough voters tell and enough of these agree. The first kind that decides holds, in the order of
:data:`EVIDENCE`; what none decides stays unknown. ``validation/countries.py`` hides countries that
are known and counts how many of them each kind finds again.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

import polars as pl

__all__ = ["ADDRESSES", "DEDUCED", "EVIDENCE", "REGISTERED", "corrections", "find_countries"]

#: What a country rests on that a file tells of the network itself, or of its addresses.
REGISTERED, ADDRESSES = "registered", "addresses"
#: What a country rests on that was entered by hand.
_CORRECTION = "correction"

#: Organisations that bear a word, at least, and their part in one country, for it to tell that.
_BEARERS, _PURE = 10, 0.97
#: Networks with the next numbers on either side, and how many of all these must be in a country.
_NEXT, _NEAR = 10, 6


@dataclass(frozen=True)
class _Bar:
    """How many voters must tell, and what part of them must agree."""

    voters: int
    agree: float


@dataclass(frozen=True)
class _Kind:
    """A kind of evidence: votes, as ``asn`` and ``country``, and bars, of which one is enough."""

    votes: Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]
    bars: tuple[_Bar, ...]


def find_countries(networks: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Find the countries of networks of which none is known.

    Parameters
    ----------
    networks
        ``asn``, ``name``, ``org``, ``country`` as in the networks table.
    links
        ``a``, ``b``, ``kind`` as in the links table.

    Returns
    -------
    polars.DataFrame
        ``asn``, ``country``, ``country_evidence`` (a key of :data:`EVIDENCE`) of each network whose
        country was found, sorted by ``asn``. Countries found are no evidence for others.
    """
    open_ = networks.filter(pl.col("country").is_null()).select("asn")
    found = []
    for name, kind in _KINDS.items():
        told = _decided(kind, networks, links, open_)
        found.append(told.with_columns(country_evidence=pl.lit(name)))
        open_ = open_.join(told, on="asn", how="anti")
    return pl.concat(found).sort("asn")


def corrections() -> pl.DataFrame:
    """Read the countries that were entered by hand, as :func:`find_countries` gives them."""
    text = files("splinternet.world").joinpath("corrections.toml").read_text("utf-8")
    rows = tomllib.loads(text)["network"]
    return pl.DataFrame(
        {
            "asn": pl.Series([row["asn"] for row in rows], dtype=pl.UInt32),
            "country": [row["country"] for row in rows],
            "country_evidence": _CORRECTION,
        }
    )


def _decided(
    kind: _Kind, networks: pl.DataFrame, links: pl.DataFrame, open_: pl.DataFrame
) -> pl.DataFrame:
    """Count votes on the networks that are still open."""
    votes = kind.votes(networks, links).join(open_, on="asn", how="semi")
    counted = votes.group_by("asn", "country").len("votes")
    most = counted.with_columns(voters=pl.col("votes").sum().over("asn")).sort(
        "votes", "country", descending=[True, False]
    )
    first = most.unique("asn", keep="first", maintain_order=True)
    agree = pl.col("votes") / pl.col("voters")
    enough = [(pl.col("voters") >= bar.voters) & (agree >= bar.agree) for bar in kind.bars]
    return first.filter(pl.any_horizontal(enough)).select("asn", "country")


def _siblings(networks: pl.DataFrame, _: pl.DataFrame) -> pl.DataFrame:
    """Votes of the networks of the same organisation."""
    owned = networks.drop_nulls("org").select("asn", "org", "country")
    voters = owned.drop_nulls("country").select("org", "country")
    return owned.select("asn", "org").join(voters, on="org").select("asn", "country")


def _partners(networks: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Votes of the providers and customers."""
    transit = links.filter(pl.col("kind") == "p2c")
    ends = pl.concat([transit.select(asn="a", other="b"), transit.select(asn="b", other="a")])
    voters = networks.drop_nulls("country").select("country", other="asn")
    return ends.join(voters, on="other").select("asn", "country")


def _words(networks: pl.DataFrame, _: pl.DataFrame) -> pl.DataFrame:
    """Votes of the words of a name that hardly any organisation elsewhere bears: Oyj, Nederland."""
    plain = pl.coalesce("org", "name").str.to_lowercase().str.replace_all(r"[.'’]", "")
    borne = (
        networks.select("asn", "country", text=plain)
        .drop_nulls("text")
        .with_columns(word=pl.col("text").str.extract_all(r"[\p{L}\p{N}]+"))
        .explode("word")
        .drop_nulls("word")
        .unique(["asn", "word"])
    )
    told = (
        borne.drop_nulls("country")
        .unique(["text", "country", "word"])
        .group_by("word", "country")
        .len("here")
        .with_columns(bearers=pl.col("here").sum().over("word"))
        .filter((pl.col("bearers") >= _BEARERS) & (pl.col("here") / pl.col("bearers") >= _PURE))
    )
    return borne.select("asn", "word").join(told.select("word", "country"), on="word")


def _near_partners(networks: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """The country of half of the providers and customers, where networks of near numbers are too.

    Registries hand out numbers in blocks.
    """
    there = _partners(networks, links).group_by("asn", "country").len("there")
    half = there.filter(pl.col("there") * 2 >= pl.col("there").sum().over("asn"))
    near = _neighbours(networks).group_by("asn", "country").len("near")
    return half.join(near.filter(pl.col("near") >= _NEAR), on=["asn", "country"]).select(
        "asn", "country"
    )


def _neighbours(networks: pl.DataFrame) -> pl.DataFrame:
    """Countries of the networks with the next numbers, below and above each that has none."""
    known = networks.drop_nulls("country").select("asn", "country").sort("asn")
    others = networks.filter(pl.col("country").is_null()).select("asn").sort("asn")
    steps = pl.DataFrame({"step": range(-_NEXT, _NEXT)})
    places = known.select("country", place=pl.int_range(pl.len(), dtype=pl.Int64))
    return (
        others.with_columns(at=known["asn"].search_sorted(others["asn"]).cast(pl.Int64))
        .join(steps, how="cross")
        .with_columns(place=pl.col("at") + pl.col("step"))
        .join(places, on="place")
        .select("asn", "country")
    )


_KINDS = {
    "organisation": _Kind(_siblings, (_Bar(2, 0.6),)),
    "name": _Kind(_words, (_Bar(1, 1.0),)),
    "transit": _Kind(_partners, (_Bar(3, 0.8), _Bar(10, 0.5))),
    "numbers": _Kind(_near_partners, (_Bar(1, 1.0),)),
}

#: Kinds of evidence for a network's country, in the order in which they hold.
EVIDENCE = {
    REGISTERED: "a file tells it of the network",
    ADDRESSES: "most of its addresses are there, by a file that locates these",
    "organisation": "2 or more other networks of the organisation are known, 60 % of them there",
    "name": "a word of its name is borne there by 97 % of those who bear it, 10 or more",
    "transit": "80 % of 3 or more known providers and customers are there, or half of 10 or more",
    "numbers": "half of the known providers and customers are there, and 6 or more of the 20 "
    "networks with the next numbers",
    _CORRECTION: "it stands in corrections.toml, with its source",
}

#: Those of which no file tells: the country was found.
DEDUCED = (*_KINDS, _CORRECTION)
