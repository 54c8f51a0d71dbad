"""Networks of a world that a selection means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from splinternet.base.countries import country_name
from splinternet.base.errors import MisuseError, remedy
from splinternet.scenario.draft import Mask, layout_of
from splinternet.scenario.selection import Both, Either, Expression, Not, Selection, Term
from splinternet.scenario.vendors import Vendors
from splinternet.world.world import World

__all__ = ["Matcher", "exchanges_named", "has_words"]


@dataclass(frozen=True, eq=False)
class Matcher:
    """Matches selections on a world, always the one before any shock.

    Parameters
    ----------
    world
        The world.
    blocs
        Named selections; each may use those before it.
    vendors
        Who knows which networks are on a vendor's equipment.
    """

    world: World
    blocs: Mapping[str, Selection]
    vendors: Vendors | None = None

    def match(self, selection: Selection, day: date | None = None) -> Mask:
        """Tell which networks are selected; shape ``(networks,)``, as the table has them.

        ``day`` is that for which ``vendor:`` is asked, by default the world's.

        Raises
        ------
        MisuseError
            If the selection, or a term in it, matches nothing, or cannot be known here.
        """
        found = self._match(selection.expression, day or self.day)
        if not found.any():
            raise MisuseError(f"{selection.text!r} matches no network: each part does, but not all")
        return found

    @property
    def day(self) -> date:
        """The date of the world."""
        return date.fromisoformat(self.world.manifest.date)

    def known_vendors(self, vendor: str) -> Vendors:
        """Return who knows a vendor.

        Raises
        ------
        MisuseError
            If nobody does.
        """
        if self.vendors is None:
            raise MisuseError(f"who is on {vendor} needs a ledger of vendors, and none was given")
        return self.vendors

    def _match(self, expression: Expression, day: date) -> Mask:
        match expression:
            case Not(operand):
                return ~self._match(operand, day)
            case Both(left, right):
                return self._match(left, day) & self._match(right, day)
            case Either(left, right):
                return self._match(left, day) | self._match(right, day)
            case Term(kind, value):
                return self._term(kind, value, day)

    def _term(self, kind: str, value: str, day: date) -> Mask:
        match kind:
            case "network":
                return self._network(int(value))
            case "country":
                return self._country(value)
            case "org":
                return self._org(value)
            case "cone":
                return self._cone(int(value))
            case "exchange":
                return self._exchange(value)
            case "vendor":
                return self._vendor(value, day)
            case "cable":
                raise MisuseError(
                    "which networks use a cable is not known; it may stand, by itself, at one end "
                    f'of a cut: between = [\'cable:"{value}"\', "country:TW"]'
                )
            case _:
                return self._bloc(value, day)

    def _network(self, asn: int) -> Mask:
        found: Mask = (self.world.networks["asn"] == asn).to_numpy()
        if found.any():
            return found
        name = self.world.manifest.name
        if self.world.manifest.is_digest:
            raise MisuseError(
                f"AS{asn} is not in world {name} by itself, a digest that sums small networks up; "
                f"'splinternet fetch {self.world.manifest.date[:7]}' brings the full one"
            )
        known = ("AS" + self.world.networks["asn"].cast(pl.String)).to_list()
        raise MisuseError.unknown("network", f"AS{asn}", known, f"it has no link in world {name}")

    def _country(self, code: str) -> Mask:
        found: Mask = self._equals("country", code)
        if not found.any():
            raise MisuseError(
                f"no network of world {self.world.manifest.name} is known to be in "
                f"{country_name(code)} ({code})"
            )
        return found

    def _equals(self, column: str, value: str) -> Mask:
        return (self.world.networks[column] == value).fill_null(False).to_numpy()

    def _org(self, name: str) -> Mask:
        # Where the organisation is unknown, the name of the network is often that of it.
        named = self.world.networks.select(pl.coalesce("org", "name")).to_series()
        found: Mask = has_words(named, name).to_numpy()
        if not found.any():
            raise MisuseError.unknown("organisation", name, sorted(_similar(named, name)))
        return found

    def _cone(self, asn: int) -> Mask:
        reached = self._network(asn)
        layout = layout_of(self.world)
        above, below = layout.a[layout.transit], layout.b[layout.transit]
        size = 0
        while size < (size := int(reached.sum())):
            reached[below[reached[above]]] = True
        return reached

    def _exchange(self, name: str) -> Mask:
        members = self.world.exchange_members.filter(
            pl.col("exchange").is_in(exchanges_named(self.world, name).implode())
        )
        return self._are(members["asn"])

    def _vendor(self, name: str, day: date) -> Mask:
        on_it = self.known_vendors(name).users(name, day)
        found = self._are(pl.Series(sorted(on_it), dtype=pl.UInt32))
        if not found.any():
            raise MisuseError(
                f"no network of world {self.world.manifest.name} is known to be on {name} on "
                f"{day}" + (f" (of {len(on_it):,} elsewhere)" if on_it else "")
            )
        return found

    def _are(self, asns: pl.Series) -> Mask:
        found: Mask = self.world.networks["asn"].is_in(asns.implode()).to_numpy()
        return found

    def _bloc(self, name: str, day: date) -> Mask:
        if name not in self.blocs:
            hint = "blocs are named under [blocs]; one may use those before it"
            raise MisuseError.unknown("bloc", name, self.blocs, hint)
        before = dict(list(self.blocs.items())[: list(self.blocs).index(name)])
        return Matcher(self.world, before, self.vendors).match(self.blocs[name], day)


def exchanges_named(world: World, name: str) -> pl.Series:
    """Return the numbers of the exchanges whose name has these words.

    Raises
    ------
    MisuseError
        If there is none, or the world has no exchanges.
    """
    if not world.exchange_members.height:
        raise MisuseError(
            f"world {world.manifest.name} holds no exchanges; "
            + (
                "a digest leaves them out, give the full world"
                if world.manifest.is_digest
                else f"import it with {remedy('exchanges=...', '--exchanges')}"
            )
        )
    found = world.exchanges.filter(has_words(world.exchanges["name"], name))["exchange"]
    if not len(found):
        names = world.exchanges["name"]
        raise MisuseError.unknown("exchange", name, sorted({*names, *_similar(names, name)}))
    return found


def has_words(texts: pl.Series, words: str) -> pl.Series:
    """Tell which texts have these words, next to each other, whatever the case and accents."""
    wanted = _folded(pl.Series([words])).item()
    if not wanted.strip():
        raise MisuseError(f"{words!r} has no letter or digit to look for")
    return _folded(texts).str.contains(wanted, literal=True).fill_null(False)


def _folded(texts: pl.Series) -> pl.Series:
    """Fold case, accents and punctuation away, and put a space around each word."""
    bare = texts.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    return " " + bare.str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars() + " "


def _similar(names: pl.Series, wanted: str) -> set[str]:
    """Cut words out of names, as many as are wanted and with the same first letter."""
    many, first = len(wanted.split()), wanted.strip()[:1].casefold()
    found = set()
    for words in map(str.split, names.drop_nulls().unique().to_list()):
        runs = (" ".join(words[at : at + many]) for at in range(len(words) - many + 1))
        found |= {run.strip(",.;") for run in runs if run.casefold().startswith(first)}
    return found
