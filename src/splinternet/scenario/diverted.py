"""Traffic that hijacks and leaks of a scenario lead astray, as the world after it records it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from splinternet.base.errors import WorldError
from splinternet.base.shares import rounded
from splinternet.base.texts import phrase, phrase_for
from splinternet.scenario.shocks._shock import Outcome
from splinternet.world.manifest import Manifest

__all__ = ["Deceived", "Diverted", "diversions"]


class Deceived(msgspec.Struct, frozen=True, array_like=True):
    """Shares of a nation's networks, addresses and users that send to the wrong place.

    None where there are none, or the world does not know; ``country`` is None for networks of
    unknown country.
    """

    country: str | None
    networks: float | None
    addresses: float | None
    users: float | None

    @property
    def share(self) -> float | None:
        """The share by addresses, by networks where the nation has no addresses."""
        return self.networks if self.addresses is None else self.addresses


class Diverted(Outcome, frozen=True, kw_only=True):
    """Part of the world that sends to the wrong place.

    Attributes
    ----------
    victims, attackers
        How many networks' traffic it is, and how many get it.
    networks, addresses, users
        Shares of the others that are deceived; None where the world does not know.
    lost
        Share of the networks that have no route at all.
    how
        The kind of false announcement.
    of, by
        AS numbers of the first few victims, those with most addresses, and of attackers.
    nations
        The shares by nation, the most deceived first.
    through
        Networks on the way of what the first victim loses, and their shares of the deceived.
    filters
        How many networks filter by then, by how they do.
    """

    victims: int
    attackers: int
    networks: float | None
    addresses: float | None
    users: float | None
    lost: float | None
    how: str = "prefix"
    of: tuple[int, ...] = ()
    by: tuple[int, ...] = ()
    nations: tuple[Deceived, ...] = ()
    through: tuple[tuple[int, float], ...] = ()
    filters: dict[str, int] = msgspec.field(default_factory=dict)

    def words(self) -> tuple[str, ...]:
        """Tell the shares, and through whom."""
        shares = [
            phrase(f"what_if.diverted.{what}", share=rounded(share))
            for what, share in (
                ("networks", self.networks),
                ("addresses", self.addresses),
                ("users", self.users),
            )
            if share is not None
        ]
        who = phrase("what_if.diverted.and").join(shares) or phrase("scenario.diverted.nobody")
        lost = phrase("scenario.diverted.lost", share=rounded(self.lost)) if self.lost else ""
        key = "scenario.diverted.would_send"
        said = (phrase_for(key, self.victims, who=who, number=self.victims, lost=lost),)
        if not self.through:
            return said
        carriers = ", ".join(f"AS{asn} ({rounded(share)})" for asn, share in self.through)
        way = phrase("scenario.diverted.way", network=f"AS{self.of[0]}", carriers=carriers)
        return (*said, way)

    def of_nation(self, country: str) -> Deceived | None:
        """The shares of a nation, if it has networks besides victims and attackers."""
        return next((each for each in self.nations if each.country == country), None)


def diversions(manifest: Manifest) -> Iterator[tuple[str, Diverted]]:
    """Yield what each hijack and leak led astray, and in which scenario, of a world after them.

    Raises
    ------
    WorldError
        If the manifest does not have it as this program writes it.
    """
    for scenario in manifest.parameters.get("scenarios", ()):
        for shock in scenario["shocks"]:
            if shock["kind"] in ("hijack", "leak"):
                try:
                    found = msgspec.convert(shock["result"]["outcome"], Diverted)
                except (KeyError, msgspec.ValidationError) as error:
                    raise WorldError(
                        f"world {manifest.name}: its manifest has a damaged record of a "
                        f"{shock['kind']} ({error}); apply the scenario again"
                    ) from None
                yield scenario["name"], found
