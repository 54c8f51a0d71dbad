"""A world in the making: what shocks change, over a frozen world that stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.texts import phrase
from splinternet.world.schema import FIRST_GROUP, TABLES
from splinternet.world.world import World

__all__ = ["Draft", "Layout", "Mask", "Relation", "ShockError", "layout_of"]

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int32]

#: What the first network of a link is to the second, or either to the other.
Relation = Literal["any", "peer", "transit", "provider", "customer"]

#: The evidence of links that a scenario adds.
_EVIDENCE = "scenario"


class ShockError(Exception):
    """A shock cannot be applied: which of its keys is to blame, and why."""

    def __init__(self, key: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True, eq=False)
class Layout:
    """The ends of a world's links as places in its table of networks.

    Attributes
    ----------
    a, b
        Place of either end of each link; shape ``(links,)``.
    transit
        Whether the link is of provider and customer.
    """

    a: Ints
    b: Ints
    transit: Mask


def layout_of(world: World) -> Layout:
    """Layout of a world, made once."""
    return world.derived("layout", lambda: _lay_out(world))


def _lay_out(world: World) -> Layout:
    asn = world.networks["asn"].to_numpy()
    order = np.argsort(asn, kind="stable").astype(np.int32)
    a, b = (
        order[np.searchsorted(asn, world.links[side].to_numpy(), sorter=order)] for side in "ab"
    )
    return Layout(a, b, (world.links["kind"] == "p2c").to_numpy())


class Draft:
    """The networks and links that are left of a world, and those that were made.

    Attributes
    ----------
    base
        The world before.
    present
        Whether each network of ``base`` is left.
    a, b, transit
        The ends of each link as places among the networks of ``base``, and whether ``a`` is the
        provider of ``b``; first the links of ``base``, then those that were added.
    kept
        Whether each link is left.
    filtering
        Networks that drop false routes, by how they do; see
        :data:`~splinternet.world.schema.FILTERS`.
    """

    def __init__(self, base: World) -> None:
        layout = layout_of(base)
        self.base = base
        self.present = np.ones(base.networks.height, dtype=bool)
        self.a, self.b = layout.a, layout.b
        self.transit = layout.transit.copy()
        self.kept = np.ones(len(self.a), dtype=bool)
        self.filtering: dict[str, Mask] = {
            str(how): base.networks["asn"].is_in(some["asn"].implode()).to_numpy()
            for (how,), some in base.filtering.group_by("by", maintain_order=True)
        }

    @property
    def filters(self) -> dict[str, int]:
        """How many networks filter by now, by how they do; groups of a digest by members."""
        members = self.base.networks["members"].to_numpy()
        every = {how: mask & self.present for how, mask in self.filtering.items()}
        return {how: int(members[mask].sum()) for how, mask in every.items() if mask.any()}

    def name(self, network: int) -> str:
        """Name a network by its AS number, or say of whom it is if a digest made that up."""
        row = self.base.networks.row(int(network), named=True)
        if row["asn"] < FIRST_GROUP:
            return f"AS{row['asn']}"
        country = row["country"] or phrase("what_if.change.unknown_country")
        return phrase("scenario.unnamed", country=country)

    def between(self, first: Mask, second: Mask, relation: Relation = "any") -> Mask:
        """Tell which links join the first networks with the second.

        ``relation`` is what the end among the first is to the one among the second; ``transit``
        stands for provider or customer.
        """
        forth, back = first[self.a] & second[self.b], second[self.a] & first[self.b]
        match relation:
            case "any":
                return forth | back
            case "peer":
                return (forth | back) & ~self.transit
            case "transit":
                return (forth | back) & self.transit
            case "provider":
                return forth & self.transit
            case "customer":
                return back & self.transit

    def border(self, inside: Mask) -> Mask:
        """Tell which links have one end among these networks and one not."""
        border: Mask = inside[self.a] != inside[self.b]
        return border

    def cut(self, links: Mask) -> None:
        """Take links away."""
        self.kept = self.kept & ~links

    def remove(self, networks: Mask) -> None:
        """Take networks away, with their links."""
        self.present = self.present & ~networks
        self.cut(networks[self.a] | networks[self.b])

    def make_peering(self, links: Mask) -> None:
        """Turn links of provider and customer into peering."""
        self.transit = self.transit & ~links

    def add(self, a: Ints, b: Ints, *, transit: bool) -> None:
        """Add links, in which ``a`` is the provider or the two are peers.

        Raises
        ------
        ShockError
            If two of the networks are linked already, or providers and customers would form a
            circle.
        """
        self._check_new(a, b)
        self.a, self.b = np.concatenate([self.a, a]), np.concatenate([self.b, b])
        self.transit = np.concatenate([self.transit, np.full(len(a), transit)])
        self.kept = np.concatenate([self.kept, np.ones(len(a), dtype=bool)])
        if transit:
            self._check_circles(len(a))

    def linked(self, a: Ints, b: Ints) -> Mask:
        """Tell which pairs of networks have a link."""
        known = self._pairs(self.a[self.kept], self.b[self.kept])
        return np.isin(self._pairs(a, b), known)

    def _check_new(self, a: Ints, b: Ints) -> None:
        twice = ~pl.Series(self._pairs(a, b)).is_first_distinct().to_numpy()
        for place in np.flatnonzero(self.linked(a, b) | twice)[:1]:
            raise ShockError(
                (),
                f"{self.name(a[place])} and {self.name(b[place])} are linked already; cut that "
                "link before, or leave the pair out",
            )

    def _pairs(self, a: Ints, b: Ints) -> npt.NDArray[np.int64]:
        """Number each pair of networks, whichever way round."""
        return np.minimum(a, b).astype(np.int64) * len(self.present) + np.maximum(a, b)

    def _check_circles(self, added: int) -> None:
        """See to it that no added link is on a circle of providers and customers."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        links = self.kept & self.transit
        a, b, size = self.a[links], self.b[links], len(self.present)
        graph = csr_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(size, size))
        _, component = connected_components(graph, connection="strong")
        for link in range(len(self.a) - added, len(self.a)):
            above, below = self.a[link], self.b[link]
            if component[above] == component[below]:
                raise ShockError(
                    (),
                    f"{self.name(above)} cannot be a provider of {self.name(below)}, which is "
                    f"above it: {self.name(above)} buys from it, or from one of its customers",
                )

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return the tables of the world that the changes make."""
        here = pl.Series(self.present)
        networks = self.base.networks.filter(here)
        tables = {name: getattr(self.base, name) for name in TABLES}
        tables |= {"networks": networks, "links": self._links(), "filtering": self._filtering()}
        if not self.present.all():
            stay = pl.col("asn").is_in(networks["asn"].implode())
            for name in ("exchange_members", "located", "owners"):
                tables[name] = tables[name].filter(stay)
        return tables

    def _filtering(self) -> pl.DataFrame:
        asn, table = self.base.networks["asn"], TABLES["filtering"]
        each = [
            asn.filter(pl.Series(mask & self.present)).to_frame().with_columns(by=pl.lit(how))
            for how, mask in self.filtering.items()
        ]
        return pl.concat([table.empty(), *(some.cast(table.schema) for some in each)])

    def _links(self) -> pl.DataFrame:
        old = self.base.links.height
        turned = layout_of(self.base).transit & ~self.transit[:old]
        asn, low_first = self.base.networks["asn"], pl.min_horizontal("a", "b")
        links = self.base.links
        if turned.any():
            now = pl.Series(turned)
            links = links.with_columns(
                pl.when(now).then(low_first).otherwise("a").alias("a"),
                pl.when(now).then(pl.max_horizontal("a", "b")).otherwise("b").alias("b"),
                pl.when(now)
                .then(pl.lit("p2p", links.schema["kind"]))
                .otherwise("kind")
                .alias("kind"),
                pl.when(now).then(None).otherwise("confidence").alias("confidence"),
                pl.when(now).then(None).otherwise("doubt").alias("doubt"),
            )
        links = links.filter(pl.Series(self.kept[:old]))
        if len(self.a) == old:
            return links
        added = pl.DataFrame(
            {
                "a": asn.gather(self.a[old:]),
                "b": asn.gather(self.b[old:]),
                "transit": self.transit[old:],
            }
        ).filter(pl.Series(self.kept[old:]))
        is_transit = pl.col("transit")
        made = added.select(
            pl.when(is_transit).then("a").otherwise(low_first).alias("a"),
            pl.when(is_transit).then("b").otherwise(pl.max_horizontal("a", "b")).alias("b"),
            pl.when(is_transit)
            .then(pl.lit("p2c"))
            .otherwise(pl.lit("p2p"))
            .cast(links.schema["kind"])
            .alias("kind"),
            pl.lit(_EVIDENCE).alias("evidence"),
        )
        return pl.concat([links, made], how="diagonal")
