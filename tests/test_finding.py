"""The finding that titles a nation's page: by hand, by a slow twin, and for twenty nations."""

import io
import re
from types import MappingProxyType

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs import LARGE, WORLD, brief_of, digest_brief
from budgets import few
from splinternet.base.shares import rounded
from splinternet.base.texts import texts_of
from splinternet.brief.chapters.front import Asked, opening
from splinternet.brief.facts.front import front
from splinternet.brief.finding import RULES, UNUSUAL, findings
from splinternet.brief.story import tell_at_hand
from splinternet.brief.terminal import _fitting, print_screen
from splinternet.cli.tables import drawn, text_console
from splinternet.figures.shipped import list_figures
from splinternet.figures.standing import with_standing
from splinternet.world.schema import FIRST_GROUP

SHIPPED = list_figures()[0]
ATLAS = with_standing(SHIPPED.nations, SHIPPED.table("states"))

#: Large and small, of every part of the world.
TWENTY = "CU IR RU TV DE US EE KZ BR IN GB UA BY KP SY EG KE MX GL AE".split()

ASKED = Asked("World w", "2019-12-01")


def told(atlas: pl.DataFrame, code: str, beside=MappingProxyType({})):
    return opening(
        front(atlas, code, beside), texts_of("brief", "en"), lambda asn: f"AS{asn}", ASKED
    )


@pytest.mark.parametrize(
    ("code", "keys", "title"),
    [
        ("CU", ["home"], "One domestic network is on 98% of the routes to Cuba"),
        (
            "IR",
            ["gates", "home"],
            "Three of the 455 networks of Iran are on at least 90% of the routes to it",
        ),
        (
            "RU",
            ["least"],
            "; networks registered in the United States are on 33% of the routes",
        ),
        (
            "KZ",
            ["gates", "stands"],
            "to it; networks registered in Russia are on 55% of those from third nations",
        ),
        (
            "TV",
            ["tiny"],
            "Tuvalu has one network in these data, and AS38176 is on 99% of the routes to it",
        ),
    ],
)
def test_what_the_nations_known_for_it_are_known_for(code, keys, title):
    assert [each.key for each in findings(ATLAS, code)][: len(keys)] == keys
    assert title in told(ATLAS, code).title


def test_names_too_long_for_a_title_are_told_below_it():
    assert told(ATLAS, "CU").more[0] == "The network is AS11960"
    among, home = told(ATLAS, "IR").more[:2]
    assert among == "Of the 103 nations with 30 networks or more, 85 need more networks for that"
    assert home == "One domestic network, AS49666, is on 66% of the routes to Iran"
    assert told(ATLAS, "KZ").more[1].startswith("Networks registered in Russia are on a far")


def test_nations_of_some_networks_are_counted_one_by_one():
    found = findings(ATLAS, "IR")[0]
    others = [
        row["control_points"]
        for row in ATLAS.iter_rows(named=True)
        if row["networks"] >= 30 and row["control_points"] is not None
    ]
    assert (found.least, found.among) == (30, len(others))
    assert found.behind == sum(each > found.value for each in others)


def test_a_share_far_below_the_median_is_told_as_little():
    assert " are on only 33% of the routes" in told(ATLAS, "RU", {"state_share_high": 0.37}).title
    assert " are on 33% of the routes" in told(ATLAS, "RU", {"state_share_high": 0.5}).title


def test_twenty_nations_have_twenty_titles():
    said = [told(ATLAS, code) for code in TWENTY]
    assert len({each.title for each in said}) == len(TWENTY)
    figures = {tuple((card.value, card.beside) for card in each.cards) for each in said}
    assert len(figures) == len(TWENTY)
    assert len({findings(ATLAS, code)[0].key for code in TWENTY}) >= 5
    assert max(len(each.title) for each in said) < 150


#: Figures of each date; all but the last at night, as titles of all nations take seconds.
DATES = [
    pytest.param(each, marks=() if place == 0 else pytest.mark.nightly, id=each.world.name)
    for place, each in enumerate(reversed(list_figures()))
]


@pytest.mark.parametrize("figures", DATES)
def test_every_nation_of_shipped_figures_has_a_title(figures):
    for code in figures.nations["country"]:
        assert told(figures.nations, code).title
    assert told(ATLAS, "AQ").title == "No route to Antarctica is known"


#: A share in a title, with its range; and that of which networks together are on so much.
_SHARES = re.compile(r"(?:over |under )?\d[\d.]*%(?: \([^)]*% to [^)]*%\))?")
_TOGETHER = re.compile(r"(?:at least|be on) 90%")
#: A number of networks in a title, as a figure or a word, and its range.
_COUNTS = re.compile(r"^(?:It takes )?(\w+(?: \(\d+ to \d+\))?) (?:of the \d|domestic networks)")


def as_written(figures, code: str) -> dict[str, set[str]]:
    """Every way in which a share of a nation may stand in its title, by the share alone."""
    row, around = figures.row(code), figures.around[code]
    known = [(row[name], around.get(name)) for name in ("dependence", "foreign_dependence",
             "state_share", "reliability", "continuity", "detours")]  # fmt: skip
    ranges = {of: (low, high) for of, low, high in figures.ranges("states", code).iter_rows()}
    shares = figures.table("states", code).select("country", "share").iter_rows()
    known += [(share, ranges.get(of)) for of, share in shares]
    carriers = {
        asn: (low, high) for asn, low, high in figures.ranges("dependence", code).iter_rows()
    }
    known += [
        (row[name], carriers.get(row[of]))
        for name, of in (
            ("dependence", "dependence_on"),
            ("foreign_dependence", "foreign_dependence_on"),
        )
    ]
    found: dict[str, set[str]] = {}
    for share, ends in known:
        if share is not None:
            own = rounded(share)
            low, high = (rounded(min(1, max(0, share + end))) for end in ends or (0, 0))
            with_ends = own if low == own == high or ends is None else f"{own} ({low} to {high})"
            found.setdefault(own, set()).add(own if low == high == own else with_ends)
    return found


@pytest.mark.parametrize("figures", DATES)
def test_every_figure_of_a_title_has_its_range(figures):
    """A share, or a number of networks, that other rules give otherwise never stands alone."""
    ranged, gates, asked = 0, 0, Asked("World w", figures.world.date)
    for code in figures.nations["country"]:
        title = tell_at_hand(figures, code, asked, lambda asn: f"AS{asn}").opening.title
        written = as_written(figures, code)
        for share in _SHARES.findall(_TOGETHER.sub("", title)):
            assert share in written[share.partition(" (")[0]], (code, title)
            ranged += "(" in share
        if counted := _COUNTS.search(title):
            below, above = figures.around[code]["control_points"]
            assert (" to " in counted[1]) == (below < 0 or above > 0), title
            gates += 1
        assert len(title) < 190
    assert ranged > 100
    assert gates > 10


@pytest.mark.parametrize("figures", DATES)
def test_a_carrier_that_is_named_has_its_own_range(figures):
    """By other rules another may have the largest share: a title names nobody with its range."""
    asked, others = Asked("World w", figures.world.date), 0
    for row in figures.nations.filter(networks=1).iter_rows(named=True):
        code, asn = row["country"], row["foreign_dependence_on"]
        title = tell_at_hand(figures, code, asked, lambda asn: f"AS{asn}").opening.title
        _, named, told = title.partition(f"AS{asn} is on ")
        shipped = figures.ranges("dependence", code).iter_rows()
        ends = {of: (low, high) for of, low, high in shipped}
        if named and asn in ends:
            own, low, high = (
                rounded(min(1, max(0, row["foreign_dependence"] + end))) for end in (0, *ends[asn])
            )
            assert told.startswith(own if low == own == high else f"{own} ({low} to {high})")
            others += ends[asn] != figures.around[code]["foreign_dependence"]
    assert others


@pytest.mark.parametrize(("code", "said"), [("KP", [True, True, False]), ("RU", [False] * 3)])
def test_cards_say_that_their_range_is_of_whoever_leads_where_a_title_has_another(code, said):
    cards = tell_at_hand(SHIPPED, code, ASKED, lambda asn: f"AS{asn}").opening.cards
    assert [("whoever has it" in card.beside) for card in cards] == said


def test_the_range_of_cuba_is_told():
    title = tell_at_hand(SHIPPED, "CU", ASKED, lambda asn: f"AS{asn}").opening.title
    assert title == "One domestic network is on 98% (66% to 98%) of the routes to Cuba"


def small(**columns: list) -> pl.DataFrame:
    """An atlas of as many nations as a column has figures."""
    many = len(next(iter(columns.values())))
    asns = ("dependence_on", "foreign_dependence_on", "reliability_of")
    figures = ("dependence", "foreign_dependence", "state_share", "control_points", "detours",
               "reliability", "continuity")  # fmt: skip
    blank = {
        "country": [f"A{chr(65 + n)}" for n in range(many)],
        "networks": [100] * many,
        **{name: [0.3] * many for name in figures},
        **{name: [1] * many for name in asns},
        **{name: ["US"] * many for name in ("state", "detours_through")},
    }
    return pl.DataFrame(blank | columns)


def test_by_hand():
    """Of ten nations one depends on a network at home, and one on two gates."""
    atlas = small(
        dependence=[0.9] + [0.3] * 9, control_points=[9.0, 2.0] + [9.0] * 8, state_share=[0.45] * 10
    )
    first, second, third = (findings(atlas, code)[0] for code in ("AA", "AB", "AC"))
    # Of nations that depend on a network at home it is the only one, so nothing sets it apart.
    assert (first.key, third.key) == ("ordinary", "ordinary")
    assert (second.key, second.value, second.unusual) == ("gates", 2.0, pytest.approx(0.05))


@pytest.mark.parametrize(
    ("beside", "key"),
    [
        ({}, "least"),
        ({"foreign_dependence_low": 0.05, "foreign_dependence_high": 0.12}, "least"),
        ({"foreign_dependence_low": 0.05, "foreign_dependence_high": 0.5}, "ordinary"),
        ({"foreign_dependence_high": 0.24}, "ordinary"),  # too near the others
    ],
)
def test_a_finding_holds_at_the_near_end_of_its_interval(beside, key):
    atlas = small(foreign_dependence=[0.1] + [0.2] * 9, dependence=[0.1] * 10)
    assert findings(atlas, "AA", beside)[0].key == key


@few
@given(st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9, None]), min_size=3, max_size=12), st.data())
def test_how_unusual_equals_the_slow_twin(values, data):
    """The part of all nations that are further out, and half of those that are alike."""
    place = data.draw(st.integers(0, len(values) - 1))
    atlas = small(state_share=values)
    rule = next(each for each in RULES if each.key == "state")
    own = values[place]
    found = {each.key: each for each in findings(atlas, atlas["country"][place])}.get("state")
    if own is None or own < rule.least:
        assert found is None
        return
    known = [value for value in values if value is not None]
    expected = (sum(v > own for v in known) + sum(v == own for v in known) / 2) / len(known)
    assert (found is not None) == (expected <= UNUSUAL)
    assert found is None or found.unusual == pytest.approx(expected)


def test_a_nation_stands_between_its_neighbours():
    atlas = small(state_share=[0.1, 0.2, 0.4, None])
    placed = {each.figure: each for each in front(atlas, "AB").figures}["state_share"]
    assert (placed.below.country, placed.above.country, placed.median) == ("AA", "AC", 0.2)
    last = {each.figure: each for each in front(atlas, "AC").figures}["state_share"]
    assert (last.below.country, last.above) == ("AB", None)
    none = {each.figure: each for each in front(atlas, "AD").figures}["state_share"]
    assert (none.value, none.below, none.above) == (None, None, None)


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ([0.2, 0.5, 0.5, 0.9], "Lower than in 3 of 4 nations. "),
        ([0.5, 0.2, 0.5, 0.9], "In the middle of all nations."),
        ([0.9, 0.2, 0.5, 0.899], "Higher than in 2 of 4 nations. "),
        ([0.5, 0.2, 0.6, 0.9], "In the middle of all nations."),
    ],
)
def test_a_figure_is_held_against_those_of_other_nations(shares, said):
    """Nations whose figure is written alike are on neither side."""
    cards = told(small(country=TWENTY[:4], state_share=shares), "CU").cards
    card = next(each for each in cards if each.figure == "state_share")
    assert card.beside.startswith(said)


def test_numbers_of_networks_in_the_middle_say_that_small_nations_have_few():
    """The title may hold a nation against the large ones only, where it does not stand there."""
    counts = {"country": TWENTY[:4], "control_points": [3.0, 2.0, 3.0, 9.0]}
    card = next(
        each for each in told(small(**counts), "CU").cards if each.figure == "control_points"
    )
    assert card.beside.startswith("In the middle of all nations. Many of these are small")


@pytest.mark.parametrize(
    ("low", "high", "than", "interval"),
    [
        (0.45, 0.5, "a larger share in most nations: the median is 60%", "may be 45% to 50%"),
        (0.42, 0.45, "a larger share in most nations: the median is 60%", "may be 42% to 45%"),
        (0.42, 0.5, "a larger share in most nations: the median is 60%", "may be 42% to 50%"),
        (0.45, 0.45, "a larger share in most nations: the median is 60%", "under all assumptions"),
        (0.45, 0.65, None, "may be 45% to 65%"),  # on both sides of the median
        (
            0.58,
            0.62,
            "about the same share in most nations: the median is 60%",
            "may be 58% to 62%",
        ),
        (0.7, 0.8, "a smaller share in most nations: the median is 60%", "may be 70% to 80%"),
        (None, None, None, "range not computed"),
    ],
)
def test_a_share_is_compared_where_its_whole_interval_is_on_one_side(low, high, than, interval):
    atlas = small(country=TWENTY[:4], state_share=[0.45, 0.6, 0.6, 0.9])
    beside = {} if low is None else {"state_share_low": low, "state_share_high": high}
    first = told(atlas, "CU", beside)
    assert next(each.interval for each in first.cards if each.figure == "state_share") == interval
    assert [each for each in first.more if "median" in each] == (
        [f"The leading foreign nation has {than}"] if than else []
    )


def test_more_than_any_other_nation_is_first_at_the_near_end_too():
    atlas = small(country=TWENTY[:10], control_points=[60.0, 40.0] + [4.0] * 8)
    for low, more in ((None, "any other nation"), (50, "any other nation"), (30, "most nations")):
        beside = {} if low is None else {"control_points_low": low}
        assert told(atlas, "CU", beside).title.endswith(f"more than in {more}")
    assert told(atlas, "IR").title.endswith("more than in most nations")


def test_the_figure_of_a_title_is_the_first_of_three():
    for code, figure in (("CU", "dependence"), ("KE", "continuity"), ("RU", "foreign_dependence")):
        shown = [each.figure for each in front(ATLAS, code).figures]
        assert (shown[0], len(shown)) == (figure, 3)


def test_a_median_between_two_numbers_is_written_as_it_is():
    atlas = small(country=TWENTY[:2], control_points=[3.0, 4.0])
    assert told(atlas, "CU").cards[2].median == "median 3.5"


@pytest.mark.parametrize(
    ("share", "two"),
    [(0.9842, "98%"), (0.0772, "7.7%"), (0.51, "51%"), (0, "0%"), (0.997, "over 99%"),
     (1.0, "100%"), (0.00001, "under 0.01%")],
)  # fmt: skip
def test_two_digits(share, two):
    assert rounded(share) == two


@pytest.mark.parametrize(
    ("low", "high", "crosses"), [(0.1, 0.4, False), (0.2, 0.7, True), (None, None, False)]
)
def test_a_range_on_both_sides_of_the_median_is_told(low, high, crosses):
    atlas = small(country=TWENTY[:5], state_share=[0.2, 0.5, 0.6, 0.7, 0.9])
    beside = {} if low is None else {"state_share_low": low, "state_share_high": high}
    cards = told(atlas, "CU", beside).cards
    card = next(each for each in cards if each.figure == "state_share")
    assert ("crosses the median" in card.beside) == crosses


def test_a_brief_is_one_screen_in_a_terminal():
    brief = brief_of(WORLD, "RU")
    console = text_console(80, io.StringIO())
    text = drawn(lambda each: print_screen(brief, each, page="brief-RU.html"), console)
    lines = text.splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80
    assert "brief-RU.html" in text
    assert "--long" in text
    assert "AS1" in text


@pytest.mark.slow
@LARGE
def test_a_digest_names_no_group_and_nothing_that_carries_nothing(large):
    brief = digest_brief(large)
    named = (*brief.carried.foreign, *brief.carried.domestic)
    assert len(named) > 6
    assert all(each.asn < FIRST_GROUP for each in named)
    console = text_console(80, io.StringIO())
    text = drawn(lambda each: print_screen(brief, each), console)
    assert not re.search(r"  0%", text)


def test_a_long_name_makes_room_for_its_number():
    assert _fitting("Telecom (AS1, Peru)") == "Telecom (AS1, Peru)"
    long = _fitting("Emirates Telecommunications Corporation (AS8966, United Arab Emirates)")
    assert long == "Emirates Tel… (AS8966, United Arab Emirates)"


@pytest.mark.parametrize(
    ("lost", "title"),
    [
        (0.88, "In the model Cuba loses 88% of its routes to the world"),
        (1.0, "In the model Cuba loses all its routes to the world"),
    ],
)
def test_a_nation_that_is_cut_off_is_not_told_to_depend_on_little(lost, title):
    """Shares are of all routes that there were: with few left nothing has much of them."""
    atlas = small(country=TWENTY, foreign_dependence=[0.02, *[0.4] * 19])
    assert "least" in {each.key for each in front(atlas, "CU").findings}
    found = front(atlas, "CU", lost=lost)
    assert found.findings[0].key == "lost"
    assert not {"least", "apart", "ordinary", "none"} & {each.key for each in found.findings}
    assert opening(found, texts_of("brief", "en"), str, ASKED).title == title
    assert front(atlas, "CU", lost=0.05) == front(atlas, "CU")
