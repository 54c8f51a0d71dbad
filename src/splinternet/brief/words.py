"""Figures and names as people read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

import polars as pl

from splinternet.base.shares import in_times, rounded
from splinternet.base.texts import country_called, phrase, phrase_for, texts_of
from splinternet.world.manifest import Manifest
from splinternet.world.schema import FIRST_GROUP
from splinternet.world.world import World

__all__ = [
    "capital",
    "count",
    "country_title",
    "day",
    "digest_line",
    "filter_line",
    "fit_line",
    "growth",
    "many",
    "month",
    "network_title",
    "network_titles",
    "repair_line",
    "scenario_line",
    "with_names",
]

#: A network that is told by its number.
_NUMBER = re.compile(r"\bAS([0-9]+)\b")


def capital(text: str) -> str:
    """Begin with a capital letter, as a sentence does."""
    return text[:1].upper() + text[1:]


def count(number: int, thing: str) -> str:
    """Write a number of things: ``1 network``, ``2,000 networks``, ``42.5 million addresses``.

    ``thing`` is a key of the texts, as ``unnamed_network``.
    """
    return phrase_for(f"words.count.{thing}", number, number=many(number))


def many(number: int) -> str:
    """Write a number in full, or in millions with one decimal."""
    if number < 1_000_000:
        return f"{number:,}"
    return phrase("words.count.million", number=f"{number / 1e6:,.1f}")


def growth(before: float, after: float) -> str:
    """Say by what factor a share grows, as the end of a sentence; nothing if it does not."""
    if before == 0 < after:
        return phrase("words.growth.new")
    factor = in_times(after / before) if after > before else ""
    return phrase("words.growth.times", factor=factor) if factor else ""


def day(iso: str) -> str:
    """Write a date in words: ``1 December 2019``."""
    when = date.fromisoformat(iso)
    month = texts_of("words").many("months")[when.month - 1]
    return phrase("words.date", day=when.day, month=month, year=when.year)


def month(iso: str) -> str:
    """Write the month of a date in words: ``December 2019``."""
    return f"{date.fromisoformat(iso):%B %Y}"


def country_title(code: str | None) -> str:
    """Name a country, or say that it is unknown."""
    return phrase("words.country_unknown") if code is None else country_called(code)


def network_title(
    asn: int, name: str | None, country: str | None = None, *, members: int = 1
) -> str:
    """Name a network: ``Rostelecom (AS12389, Russia)``, or ``AS12389 (Russia)`` if it has no name.

    A group of a digest goes by its members, and by the number that the digest gave it:
    ``12 unnamed networks (AS4200000007, Germany)``.
    """
    if members > 1 or asn >= FIRST_GROUP:
        name = phrase("words.unnamed") if members == 1 else count(members, "unnamed_network")
    first, *about = [word for word in (name, f"AS{asn}", country) if word]
    return f"{first} ({', '.join(about)})" if about else first


def network_titles(
    world: World, asns: Iterable[int], country: Callable[[str | None], str] = country_title
) -> dict[int, str]:
    """Name networks as within a sentence, or with their countries called otherwise."""
    wanted = pl.Series(asns, dtype=pl.UInt32).implode()
    rows = world.named.filter(pl.col("asn").is_in(wanted))
    return {
        row["asn"]: network_title(
            row["asn"], row["name"], country(row["country"]), members=row["members"]
        )
        for row in rows.iter_rows(named=True)
    }


def with_names(text: str, world: World) -> str:
    """Name the networks that a text tells by their numbers."""
    titles = network_titles(world, sorted({int(each) for each in _NUMBER.findall(text)}))
    return _NUMBER.sub(lambda found: titles.get(int(found[1]), found[0]), text)


def digest_line(manifest: Manifest) -> str:
    """Say that a world is a digest, how far to trust it, and how to get the full one."""
    error = manifest.error
    measured = [
        phrase(f"words.world.error.{key}", value=error[key]) for key in _MEASURED if key in error
    ]
    fetch = f"splinternet fetch {manifest.date[:7]}"
    if not measured:
        return phrase("words.world.digest", world=manifest.name, command=fetch)
    told = ", ".join(measured)
    return phrase("words.world.digest_measured", world=manifest.name, measured=told, command=fetch)


def filter_line(world: World) -> str:
    """Say how many networks of a world drop false routes, and how; nothing if none does."""
    many = (
        world.filtering.join(world.networks, on="asn").group_by("by").agg(pl.col("members").sum())
    )
    said = [
        phrase("words.world.filters_by", networks=count(n, "network"), how=how)
        for how, n in many.sort("by").iter_rows()
    ]
    return phrase("words.world.filters", filters=", ".join(said)) if said else ""


def repair_line(manifest: Manifest) -> str:
    """Say what was left out of sources that contradict themselves; nothing if nothing was."""
    reasons = "; ".join(
        phrase("words.world.repaired_by", links=count(n, "link"), why=why)
        for why, n in manifest.repaired.items()
    )
    named = {"world": manifest.name, "reasons": reasons}
    return phrase("words.world.repaired", **named) if reasons else ""


def fit_line(manifest: Manifest, prefer: str) -> str:
    """Say how well the model does on the paths that were observed; nothing where none were."""
    fit = manifest.fit.get(prefer)
    if not fit:
        return ""
    right = {name: rounded(fit[name]) for name in ("path", "next_hop", "length")}
    said = phrase("words.world.fit", pairs=f"{fit['pairs']:,.0f}", **right)
    far = "; ".join(
        phrase("words.world.fit_far", date=day(each), days=n)
        for each, n in manifest.observed_far.items()
    )
    return f"{said} {phrase('words.world.fit_another', dates=far)}" if far else said


def scenario_line(manifest: Manifest, levels: str = "") -> str:
    """Say after which scenarios a world is; nothing if it is as it was.

    Figures of a digest after a scenario are its own, unless ``levels`` says which they are.
    """
    names = phrase("words.world.after_then").join(f"'{name}'" for name in manifest.after)
    if not names:
        return ""
    key = "after_digest" if manifest.is_digest and not levels else "after"
    return f"{phrase(f'words.world.{key}', scenarios=names)} {levels}".rstrip()


#: Errors of a digest that are told, in this order.
_MEASURED = ("spearman", "top_agreement", "mean_absolute_error")
