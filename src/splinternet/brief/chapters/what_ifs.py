"""Chapter on what-ifs: before and after."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from splinternet.base.shares import UNKNOWN, in_points, rounded
from splinternet.base.texts import phrase
from splinternet.brief.chapters.happened import happened
from splinternet.brief.chapters.teller import Teller
from splinternet.brief.document import (
    Block,
    Chapter,
    Column,
    Paragraph,
    Picture,
    Points,
    Subheading,
    Table,
)
from splinternet.brief.errors import difference_error, is_told
from splinternet.brief.facts.asked import NOTHING, Missing
from splinternet.brief.facts.carriers import Carrier
from splinternet.brief.facts.supply import MainVendor, User
from splinternet.brief.facts.what_ifs import WORTH_TELLING, Blocs, WhatIf, gainers, with_counted
from splinternet.brief.ranged import points_ranged, ranged
from splinternet.brief.words import growth
from splinternet.scenario.comparison import NationCompared
from splinternet.scenario.reachability import Pairs
from splinternet.scenario.scenario import Source
from splinternet.supply.ban_words import (
    alternative_sentences,
    decided_sentence,
    figure_sentences,
)

__all__ = ["summary", "what_ifs"]

#: Below this a share is a matter of rounding.
_SLIGHT = 1e-9


def what_ifs(tell: Teller) -> Chapter:
    """Tell what five changes would do."""
    counted = tell(f"weights.{_counts(tell)}")
    notes = tuple(_note(tell, each) for each in with_counted(tell.brief.what_ifs) if each.toml)
    return Chapter(
        "what-if",
        tell("what_if.title"),
        (
            *happened(tell),
            Paragraph(tell("what_if.intro", counted=counted)),
            *_summary(tell, notes),
            *_unjoined(tell),
            *_care(tell),
            *_error(tell, notes),
            *(block for each in tell.brief.what_ifs for block in _one(tell, each)),
        ),
    )


def _note(tell: Teller, tried: WhatIf) -> int:
    """Number the note on a scenario; its file stands with the commands at the end."""
    return tell.note(
        "what_if",
        f"what-if {tried.file} --country {tell.brief.country}",
        scenario=_title(tell, tried),
        file=tried.file,
    )


def _title(tell: Teller, tried: WhatIf) -> str:
    """Call a what-if by its change, with the networks that are counted in a bloc."""
    key = f"what_if.{tried.key}.title"
    match tried.of:
        case Blocs(placed=(asn,)):
            return tell(key, who=f"AS{asn}")
        case Blocs(placed=(_, *_)):
            return tell(key, who=tell("what_if.split.these"))
    return tell(key)


def _supply_note(tell: Teller) -> int:
    return tell.note("vendors", f"vendors {tell.brief.country}", NOTHING)


def _counts(tell: Teller) -> str:
    """By what pairs are counted: addresses, where they are known."""
    return "addresses" if tell.brief.knowledge.addresses else "networks"


def _left(tell: Teller, pairs: Pairs) -> tuple[float | None, float | None]:
    if _counts(tell) == "addresses":
        return pairs.addresses_before, pairs.addresses_after
    return pairs.share_before, pairs.share_after


def summary(tell: Teller) -> Iterator[Block]:
    """Show what each change would leave, before and after."""
    yield from happened(tell)
    tried = with_counted(tell.brief.what_ifs)
    counted = tell(f"weights.{_counts(tell)}")
    yield Paragraph(tell("what_if.intro", counted=counted), small=True)
    rows = []
    for each in tried:
        if not isinstance(each.compared, Missing):
            before, after = _left(tell, each.compared.abroad)
            if before is not None and after is not None:
                rows.append((_title(tell, each), _whole(after), _whole(before), f"case:{each.key}"))
    if rows:
        columns = {"label": pl.String, "value": pl.Float64, "other": pl.Float64, "ref": pl.String}
        yield Picture(
            key="what-if-ranked",
            kind="bars",
            frame=pl.DataFrame(rows, schema=columns, orient="row"),
            title=tell("what_if.ranked"),
            options={"other": tell("what_if.before")},
            notes=tuple(_note(tell, each) for each in tried if each.toml)[:1],
        )
    yield from _care(tell)


def _summary(tell: Teller, notes: tuple[int, ...]) -> Iterator[Block]:
    rows = []
    for each in with_counted(tell.brief.what_ifs):
        if isinstance(each.compared, Missing):
            continue
        row = [_title(tell, each)]
        for pairs in (each.compared.abroad, each.compared.within):
            row += [_share(share) for share in _left(tell, pairs)]
        rows.append(tuple(row))
    if not rows:
        return
    columns = ("abroad_before", "abroad_after", "home_before", "home_after")
    yield Table(
        tell("what_if.summary"),
        (
            Column(tell("what_if.what")),
            *(Column(tell(f"what_if.{name}"), number=True) for name in columns),
        ),
        tuple(rows),
        notes,
    )


def _unjoined(tell: Teller) -> Iterator[Block]:
    """Say why not everybody has a route to everybody, even before."""
    tried = [each.compared for each in tell.brief.what_ifs]
    before = [_left(tell, each.abroad)[0] for each in tried if not isinstance(each, Missing)]
    if any(share is not None and share < 1 - _SLIGHT for share in before):
        digest = "_digest" if tell.brief.manifest.is_digest else ""
        yield Paragraph(tell(f"what_if.unjoined{digest}"), small=True)


def _error(tell: Teller, notes: tuple[int, ...]) -> Iterator[Block]:
    """Say how far a digest errs in what changes."""
    manifest = tell.brief.manifest
    if manifest.is_digest and tell.brief.asked.figures is not None:
        yield Paragraph(tell(f"what_if.levels{'_after' if manifest.after else ''}"), small=True)
    if any("after_low" in nation.carriers.columns for nation in _answered(tell)):
        yield Paragraph(phrase("what_if.levels.ruled_network"), small=True)
    if manifest.errors:
        known = {
            name: rounded(difference_error(manifest, name))
            for name in ("reached_abroad", "carrier", "detours")
        }
        yield Paragraph(tell("what_if.error", **known), notes, small=True)


def _answered(tell: Teller) -> Iterator[NationCompared]:
    """Yield the answers of those that could be computed."""
    for each in with_counted(tell.brief.what_ifs):
        if not isinstance(each.compared, Missing):
            yield each.compared


def _care(tell: Teller) -> Iterator[Block]:
    """Warn of a row that rests on networks of which the country is unknown."""
    for tried in tell.brief.what_ifs:
        if isinstance(tried.of, Blocs) and tried.of.between:
            yield Paragraph(_on_whom(tell, "summary", tried.of), small=True)


def _on_whom(tell: Teller, key: str, blocs: Blocs, **values: str) -> str:
    """Tell with the networks that a split rests on."""
    names = ", ".join(tell.network(asn, country=False) for asn in blocs.between)
    them = tell("what_if.split.it" if len(blocs.between) == 1 else "what_if.split.them")
    return tell(f"what_if.split.{key}", names=names, them=them, **values)


def _counted(tell: Teller, blocs: Blocs) -> dict[str, str]:
    """Return what is left of connections with the world where each bloc has what is between."""
    found = {}
    for name, tried in blocs.counted.items():
        left = None if isinstance(tried.compared, Missing) else _left(tell, tried.compared.abroad)
        found[name] = _share(left[1] if left else None)
    return found


def _share(share: float | None) -> str:
    return UNKNOWN if share is None else rounded(_whole(share))


def _whole(share: float) -> float:
    """Drop what rounding left of nothing."""
    return 0.0 if abs(share) < _SLIGHT else share


def _one(tell: Teller, tried: WhatIf) -> Iterator[Block]:
    yield Subheading(_title(tell, tried))
    if tried.toml is None and isinstance(tried.of, MainVendor):
        yield Paragraph(_vendor(tell, tried.of), (_supply_note(tell),))
        return
    if tried.toml is None:
        reason = tried.compared.reason if isinstance(tried.compared, Missing) else ""
        yield Paragraph(tell("what_if.cannot", reason=reason or _none(tell, tried.key)))
        return
    notes: tuple[int, ...] = (_note(tell, tried),)
    if isinstance(tried.compared, Missing):
        said: tuple[str, ...] = (tell("what_if.cannot", reason=tried.compared.reason),)
    else:
        said = tuple(_found(tell, tried.compared))
    if isinstance(tried.of, MainVendor):
        notes += (_supply_note(tell),)
    yield Paragraph(_about(tell, tried), notes)
    if isinstance(tried.of, Blocs):
        yield from _blocs(tell, tried.of)
    if said:
        yield Points(said)
    if isinstance(tried.of, Blocs) and tried.of.between:
        yield _rests(tell, tried.of, notes)


def _rests(tell: Teller, blocs: Blocs, notes: tuple[int, ...]) -> Paragraph:
    """Say on whom the split rests, and what it is with these in either bloc."""
    said = [_on_whom(tell, "rests", blocs, **_counted(tell, blocs))]
    said += [
        tell(f"what_if.{tried.key}.moved")
        for tried in blocs.counted.values()
        if isinstance(tried.of, Blocs) and tried.of.side != blocs.side
    ]
    said += tell.group_numbers(blocs.between)
    counted = (_note(tell, tried) for tried in blocs.counted.values())
    return Paragraph(" ".join(said), (*notes, *counted))


def _blocs(tell: Teller, blocs: Blocs) -> Iterator[Block]:
    """Name the members of both blocs, and where the lists are from."""
    west, east = (
        ", ".join(sorted(tell.country(code) for code in codes)) for codes in blocs.members.values()
    )
    told = "; ".join(_told(source) for source in blocs.case.sources)
    yield Points(
        (
            tell("what_if.split.members_west", states=west),
            tell("what_if.split.members_east", states=east),
            tell("what_if.split.lists", world=blocs.case.world, sources=told),
        )
    )


def _told(source: Source) -> str:
    who = ", ".join(word for word in (source.publisher, source.date) if word)
    return f"'{source.title}' ({who})"


def _about(tell: Teller, tried: WhatIf) -> str:
    key = f"what_if.{tried.key}.about"
    match tried.of:
        case Carrier() as carrier:
            return tell(key, of=tell.carrier(carrier), share=rounded(carrier.inbound))
        case MainVendor() as vendor:
            return _vendor(tell, vendor)
        case Blocs() as blocs:
            return tell(key, side=tell(f"what_if.split.{blocs.side or 'neither'}"))
        case str() as state:
            return tell(key, of=tell.the_nation(state))
        case None:
            return tell(key)


def _none(tell: Teller, key: str) -> str:
    """Say why there is nothing to change."""
    supplied = tell.brief.supplied
    if key == "ban" and supplied.vendors:
        one = "_one" if len(supplied.vendors) == 1 else ""
        return tell(f"what_if.ban.none_weighed{one}", vendors=", ".join(supplied.vendors))
    if key == "ban" and supplied.groups:
        return tell("what_if.ban.none_single", groups=", ".join(supplied.groups))
    return tell(f"what_if.{key}.none")


def _vendor(tell: Teller, vendor: MainVendor) -> str:
    """Say what the ledger knows of the main vendor, and of a ban of it."""
    weights = tell(f"weights.{vendor.weights}")
    key = "what_if.ban.vendor"
    said = [
        tell(
            f"{key}_unknown" if vendor.behind.width > _SLIGHT else key,
            vendor=vendor.name,
            least=rounded(vendor.behind.least),
            rest=rounded(vendor.behind.width),
            weights=weights,
        )
    ]
    if vendor.operators:
        users = "; ".join(_user(tell, each) for each in vendor.operators)
        said.append(tell("what_if.ban.operators", operators=users))
    told = (
        *figure_sentences(vendor.banned),
        *alternative_sentences(vendor.banned),
        decided_sentence(vendor.banned),
    )
    said += [each.replace(" %", "%") for each in told]
    done = "strict" if vendor.networks else "not_here" if vendor.operators else "unsure"
    said.append(tell(f"what_if.ban.{done}"))
    return " ".join(said)


def _user(tell: Teller, user: User) -> str:
    """Name an operator, with the kind and date of what is said."""
    about = ", ".join(word for word in (user.kind, user.dated) if word)
    return f"{user.name} ({about}) {tell.works(user.sources)}"


def _found(tell: Teller, nation: NationCompared) -> Iterator[str]:
    """Say what is left, who gains, what goes abroad on its way home, and what takes longer."""
    left = (*_left(tell, nation.abroad), *_left(tell, nation.within))
    if None not in left[:2]:
        words = ("abroad_before", "abroad_after", "home_before", "home_after")
        yield tell(
            "what_if.left_abroad" if None in left else "what_if.left",
            **{word: _share(share) for word, share in zip(words, left, strict=True)},
        )
    manifest = tell.brief.manifest
    gain = gainers(nation, difference_error(manifest, "carrier"))
    if gain:
        named = "; ".join(
            tell(
                "what_if.who",
                name=tell.network(row["asn"]),
                points=points_ranged(
                    row["difference"], row.get("difference_low"), row.get("difference_high")
                ),
                after=ranged(row["after"], row.get("after_low"), row.get("after_high"))
                + growth(row["before"], row["after"]),
            )
            for row in gain
        )
        yield tell("what_if.gain", who=named)
    elif nation.abroad.after:
        least = max(WORTH_TELLING, difference_error(manifest, "carrier"))
        yield tell("what_if.nobody_gains", points=in_points(least).lstrip("+"))
    if nation.detours is not None and nation.abroad.after:
        before, after = map(rounded, nation.detours)
        if not is_told(manifest, "detours", nation.detours[1] - nation.detours[0]):
            after = before
        yield tell("what_if.detours", before=before, after=after)
    if nation.reroutes.longer >= WORTH_TELLING:
        yield tell("what_if.longer", share=rounded(nation.reroutes.longer))
