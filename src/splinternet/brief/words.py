"""Figures and names as people read them."""

from __future__ import annotations

from datetime import date

import polars as pl

from splinternet.base.countries import country_name, the_nation
from splinternet.base.shares import percent, rounded
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
    "fraction",
    "growth",
    "month",
    "network_title",
    "repair_line",
    "scenario_line",
    "the_nation",
]


def capital(text: str) -> str:
    """Begin with a capital letter, as a sentence does."""
    return text[:1].upper() + text[1:]


def fraction(share: float) -> str:
    """Write a share as a part in words where it is near one, else as :func:`rounded` does."""
    name, part = min(_PARTS.items(), key=lambda each: abs(each[1] - share))
    return name if abs(part - share) <= _NEAR else rounded(share)


def count(number: int, thing: str, things: str = "") -> str:
    """Write a number of things: ``1 network``, ``2,000 networks``, ``42.5 million addresses``."""
    many = f"{number / 1e6:,.1f} million" if number >= 1_000_000 else f"{number:,}"
    return f"{many} {thing if number == 1 else things or thing + 's'}"


def growth(before: float, after: float) -> str:
    """Say by what factor a share grows, as the end of a sentence; nothing if it does not."""
    if before == 0 < after:
        return ", new"
    return f", {after / before:,.1f} times as much as before" if after > before else ""


def day(iso: str) -> str:
    """Write a date in words: ``1 December 2019``."""
    when = date.fromisoformat(iso)
    return f"{when.day} {when:%B %Y}"


def month(iso: str) -> str:
    """Write the month of a date in words: ``December 2019``."""
    return f"{date.fromisoformat(iso):%B %Y}"


def country_title(code: str | None) -> str:
    """Name a country, or say that it is unknown."""
    return "country unknown" if code is None else country_name(code)


def network_title(
    asn: int, name: str | None, country: str | None = None, *, members: int = 1
) -> str:
    """Name a network: ``Rostelecom (AS12389, Russia)``, or ``AS12389 (Russia)`` if it has no name.

    A group of a digest goes by its members, and by the number that the digest gave it:
    ``12 unnamed networks (AS4200000007, Germany)``.
    """
    if members > 1 or asn >= FIRST_GROUP:
        name = "one unnamed network" if members == 1 else count(members, "unnamed network")
    first, *about = [word for word in (name, f"AS{asn}", country) if word]
    return f"{first} ({', '.join(about)})" if about else first


def digest_line(manifest: Manifest) -> str:
    """Say that a world is a digest, how far to trust it, and how to get the full one."""
    error = manifest.error
    measured = [words.format(error[key]) for key, words in _MEASURED.items() if key in error]
    trust = f" (against the full world: {', '.join(measured)})" if measured else ""
    return (
        f"World {manifest.name} is a digest{trust}: "
        f"`splinternet fetch {manifest.date[:7]}` brings the full one."
    )


def filter_line(world: World) -> str:
    """Say how many networks of a world drop false routes, and how; nothing if none does."""
    many = (
        world.filtering.join(world.networks, on="asn").group_by("by").agg(pl.col("members").sum())
    )
    said = [f"{count(n, 'network')} by {how}" for how, n in many.sort("by").iter_rows()]
    return f"Networks that filter false routes in it: {', '.join(said)}." if said else ""


def repair_line(manifest: Manifest) -> str:
    """Say what was left out of sources that contradict themselves; nothing if nothing was."""
    reasons = "; ".join(f"{count(n, 'link')}: {why}" for why, n in manifest.repaired.items())
    said = f"World {manifest.name} was repaired when it was imported, as its sources contradict "
    return f"{said}themselves; left out ({reasons}); its manifest names them." if reasons else ""


def fit_line(manifest: Manifest, prefer: str) -> str:
    """Say how well the model does on the paths that were observed; nothing where none were."""
    fit = manifest.fit.get(prefer)
    if not fit:
        return ""
    right = [percent(fit[name]) for name in ("path", "next_hop", "length")]
    far = [f"{day(each)}, {n:,} days away" for each, n in manifest.observed_far.items()]
    of_another = f" These paths are of another time: {'; '.join(far)}." if far else ""
    return (
        f"Of {fit['pairs']:,.0f} observed paths the model, which was not told them, has {right[0]} "
        f"right as a whole, {right[1]} in the first hop and {right[2]} in length.{of_another}"
    )


def scenario_line(manifest: Manifest) -> str:
    """Say after which scenarios a world is; nothing if it is as it was."""
    names = [f"'{name}'" for name in manifest.after]
    after = ", then ".join(names)
    return f"After the scenario {after}: what if, not what was seen." if names else ""


#: Parts that have a name, and how near to one a share must be to go by it.
_PARTS = {
    "a tenth": 0.1,
    "a fifth": 0.2,
    "a quarter": 0.25,
    "a third": 1 / 3,
    "two fifths": 0.4,
    "half": 0.5,
    "three fifths": 0.6,
    "two thirds": 2 / 3,
    "three quarters": 0.75,
    "nine tenths": 0.9,
}
_NEAR = 0.02

_MEASURED = {
    "spearman": "rank correlation {:.2f}",
    "top_agreement": "same top network for {:.0%} of countries",
    "mean_absolute_error": "mean error of shares {:.3f}",
}
