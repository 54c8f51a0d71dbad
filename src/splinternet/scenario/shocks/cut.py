"""Cutting links between two sets of networks (depeering), or a submarine cable."""

from __future__ import annotations

from typing import Annotated, Literal

import polars as pl

from splinternet.base.errors import MisuseError
from splinternet.base.texts import country_called, phrase
from splinternet.scenario.cables import Landings, landings_known
from splinternet.scenario.draft import Draft, Mask, Relation, ShockError
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks._kind import Kind, Preset
from splinternet.scenario.shocks._shock import Outcome, Shock, Stage, asks

__all__ = ["SHOCK", "CableCut", "Cut", "Over"]

Over = Literal["known", "all"]


class CableCut(Outcome, frozen=True, kw_only=True):
    """Cables that are cut, as far as known.

    Attributes
    ----------
    cables
        Their names.
    nations
        Codes of the nations where they land.
    links
        Links that may use them: those between networks at the other end and networks of other
        nations where they land.
    abroad
        Links between networks at the other end and networks of any other nation.
    left
        Of the nations at the other end where they land: cables that lead abroad, before and after.
    source
        Who says where cables land.
    """

    cables: tuple[str, ...]
    nations: tuple[str, ...]
    links: int
    abroad: int
    left: dict[str, tuple[int, int]]
    source: str

    def words(self) -> tuple[str, ...]:
        """Tell what is known, and that the networks are not."""
        nations = ", ".join(map(country_called, self.nations))
        return (
            phrase(
                "scenario.cut.unpublished",
                cables=phrase("scenario.and").join(self.cables),
                links=self.links,
                abroad=self.abroad,
                nations=nations,
            ),
            *(
                phrase(
                    "scenario.cut.left",
                    before=before,
                    nation=country_called(nation),
                    source=self.source,
                    after=after,
                )
                for nation, (before, after) in self.left.items()
            ),
        )


class Cut(Shock, frozen=True, kw_only=True, tag="cut"):
    """Cut of the links between two selections.

    Attributes
    ----------
    between
        The two; one of them may be submarine cables.
    relation
        Which links: those in which the first is the ``provider`` or the ``customer`` of the
        second, either of these (``transit``), in which they are peers (``peer``), or ``any``.
    over
        Of the links that may use a cable those that are ``known`` to, which are none, as nobody
        publishes it; or ``all``, which bounds the loss from above.
    """

    between: tuple[
        Annotated[Selection, asks("Between these")], Annotated[Selection, asks("and these")]
    ]
    relation: Annotated[Relation, asks("Only links in which the first are")] = "any"
    over: Annotated[Over, asks("Of links that may use a cable")] = "known"

    @property
    def cables(self) -> tuple[str, ...]:
        """Names of the cables that are cut."""
        return self.between[0].cables or self.between[1].cables

    @property
    def may_change_nothing(self) -> bool:
        """Whether it is a cable: which links use it is not known."""
        return bool(self.cables)

    def strike(self, stage: Stage) -> CableCut | None:
        """Cut the links."""
        if self.cables:
            return self._cut_cables(stage)
        first, second = (stage.match(end, "between", side) for side, end in enumerate(self.between))
        stage.draft.cut(stage.draft.between(first, second, self.relation))
        return None

    def _cut_cables(self, stage: Stage) -> CableCut:
        side = 1 if self.between[0].cables else 0
        other = stage.match(self.between[side], "between", side)
        draft, day = stage.draft, stage.day or stage.matcher.day
        try:
            known = landings_known(stage.matcher, day)
            rows = known.named(self.cables)
        except MisuseError as error:
            raise ShockError(("between", 1 - side), str(error)) from None
        nations = tuple(sorted(rows["country"].drop_nulls().unique()))
        here = _in_nations(draft, nations)
        if not (other & here).any():
            listed = ", ".join(map(country_called, nations))
            raise ShockError(
                ("between", side),
                f"none of these networks is of a nation where the cable lands ({listed})",
            )
        ends = (here, other) if side else (other, here)
        abroad = _crossing(draft) & (other[draft.a] | other[draft.b]) & draft.kept
        links = abroad & draft.between(*ends, self.relation)
        if self.over == "all":
            draft.cut(links)
        return CableCut(
            cables=tuple(rows.unique("cable", maintain_order=True)["name"]),
            nations=nations,
            links=int(links.sum()),
            abroad=int(abroad.sum()),
            left=_left(draft, known, rows, other & here),
            source=known.source,
        )


def _in_nations(draft: Draft, nations: tuple[str, ...]) -> Mask:
    found: Mask = draft.base.networks["country"].is_in(nations).fill_null(value=False).to_numpy()
    return found


def _crossing(draft: Draft) -> Mask:
    """Tell which links have their ends in two nations; one of unknown country is in none."""
    codes = draft.base.networks["country"].rank("dense").fill_null(0).to_numpy()
    a, b = codes[draft.a], codes[draft.b]
    found: Mask = (a != b) & (a > 0) & (b > 0)
    return found


def _left(
    draft: Draft, known: Landings, cut: pl.DataFrame, here: Mask
) -> dict[str, tuple[int, int]]:
    """Count the cables that lead abroad from each nation, before and after."""
    gone = set(cut["cable"])
    nations = draft.base.networks["country"].filter(pl.Series(here)).unique().sort()
    leading = {nation: known.leading_abroad(nation) for nation in nations}
    return {nation: (len(all_), len(all_ - gone)) for nation, all_ in leading.items()}


SHOCK = Kind(
    Cut,
    label="Cut links between two",
    summary="Cuts the links between the first and the second.",
    documented=(
        (
            "`between = [first, second]`, `relation`, `over`",
            "Cuts the links between the two: `any` (as by default), those of `peer`s, or in which "
            "the first is the `provider` or the `customer` of the second, or either (`transit`). "
            "One of the two may be a submarine cable, [see below](#cutting-a-cable).",
        ),
    ),
    place=2,
    presets=(
        Preset(
            "Lumen (AS3356) cuts its links with {nation}",
            {"between.0": "AS3356", "between.1": "country:{nation}"},
        ),
    ),
)
