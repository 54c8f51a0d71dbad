"""What sentences hold: actors, times, figures, quotations and ties."""

import pytest

from essays import NOVEMBER, mentions, sentences, small_ledger
from splinternet.essay.dates import Period, find_dates, parse_date
from splinternet.essay.figures import find_figures
from splinternet.essay.gazetteer import Gazetteer
from splinternet.essay.shares import find_shares
from splinternet.essay.speakers import quotations_of
from splinternet.essay.ties import find_ties
from splinternet.essay.times import find_times


def named(*texts):
    return [(m.text, m.actor, m.rule) for m in mentions(*texts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Huawei Technologies Co., Ltd. sells.",
         [("Huawei Technologies Co., Ltd.", "huawei", "name")]),
        ("Huawei’s HUAWEI, huaweis", [("Huawei", "huawei", "name")]),
        ("huawei technologies and MTS", [("huawei technologies", "huawei", "name"),
                                         ("MTS", "mts", "name")]),
        ("Rain and rain", []),
        ("the U.S. and us in the US", [("U.S.", "us", "name"), ("US", "us", "name")]),
        ("Putin and Xi", [("Putin", "putin", "name"), ("Xi", "xi", "name")]),
        ("the Russian market", [("Russian", "ru", "adjective")]),
        ("the Kremlin, Moscow, in Moscow",
         [("Kremlin", "ru", "seat"), ("Moscow", "ru", "capital"), ("Moscow", "ru", "place")]),
        ("China’s president met", [("China’s president", "xi", "office")]),
        ("the Russian leader met", [("Russian leader", "putin", "office")]),
        ("Russian President Putin", [("Russian", "ru", "adjective"), ("Putin", "putin", "name")]),
        ("the US government", [("US government", "us", "office")]),
        ("European countries", [("European", "europe", "adjective")]),
        ("Mobile One", [("Mobile One", None, "name")]),
    ],
)  # fmt: skip
def test_actors_by_name(text, expected):
    assert named(text) == expected


def test_persons_act_for_their_state_too():
    putin, russia = mentions("Putin and Russia")
    assert (putin.state, russia.state) == ("ru", None)


def test_ambiguous_names_have_candidates():
    (mention,) = mentions("Mobile One")
    assert mention.candidates == ("spark", "sparkle")
    assert not mention.acts


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("Huawei and Ericsson met MTS.", "The Chinese company won.", ["huawei"]),
        ("Huawei and ZTE met.", "The Chinese tech giant won.", ["zte"]),
        ("Huawei and Ericsson met.", "The vendor won.", ["ericsson"]),
        ("Putin met China’s president.", "The two countries agreed.", ["ru", "cn"]),
        ("Putin met Xi and Huawei.", "The leaders agreed.", ["putin", "xi"]),
        ("Huawei met Russia.", "The two parties agreed.", ["huawei", "ru"]),
        ("Huawei met Ericsson.", "Both companies agreed.", ["huawei", "ericsson"]),
        ("Ericsson came.", "The Chinese company won.", [None]),
        ("Huawei came.", "The two companies won.", [None]),
        ("Huawei came.", "He said “the Chinese company won”.", ["cn"]),
        ("Huawei came.", "The Marsian company won.", []),
    ],
)
def test_actors_by_description(before, text, expected):
    assert [m.actor for m in mentions(before, text) if m.sentence == 2] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("November 13, 2019 and 13 Nov. 2019", ["2019-11-13", "2019-11-13"]),
        ("2019-11-13, 2019-11 and 3rd May 2018", ["2019-11-13", "2019-11", "2018-05-03"]),
        ("2019, November 13", ["2019-11-13"]),
        ("February 30, 2019 and 2019-13", []),
        ("29 February 2020", ["2020-02-29"]),
    ],
)
def test_calendar_dates(text, expected):
    assert [str(period) for _, _, period in find_dates(text)] == expected


def times(text, dated=NOVEMBER):
    return [str(found.period) for found in find_times(sentences(text), dated)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("over the last year", "2018-11 to 2019-11"),
        ("in the past three months", "2019-08 to 2019-11"),
        ("In June", "2019-06"),
        ("in December", "2018-12"),
        ("in November", "2019-11"),
        ("last November", "2018-11"),
        ("next June", "2020-06"),
        ("since June", "2019-06 to 2019-11"),
        ("since 2017", "2017 to 2019-11"),
        ("since June 2018", "2018-06 to 2019-11"),
        ("by 2025", "until 2025"),
        ("before 2018", "until 2017"),
        ("after 2018", "from 2018"),
        ("between 2017 and 2019", "2017 to 2019"),
        ("from April 15 to July 13, 2018", "2018-04-15 to 2018-07-13"),
        ("from July 2009 to May 2010", "2009-07 to 2010-05"),
        ("2017–18", "2017 to 2018"),
        ("in Q3 2019", "2019-07 to 2019-09"),
        ("the fourth quarter of 2018", "2018-10 to 2018-12"),
        ("the 1990s", "1990 to 1999"),
        ("two years ago", "2017"),
        ("a month ago", "2019-10"),
        ("last year", "2018"),
        ("this autumn", "2019"),
        ("next spring", "2020"),
        ("next month", "2019-12"),
        ("currently", "2019-11"),
        ("in recent years", "until 2019-11"),
        ("on 5 June 2019", "2019-06-05"),
    ],
)
def test_times(text, expected):
    assert times(text) == [expected]


def test_times_of_an_undated_essay_stay_open():
    assert times("over the last year and in June 2018", None) == ["None", "2018-06"]
    assert times("since 2017", None) == ["from 2017"]


def test_what_is_no_time():
    assert times("It may march on 2019 roads, 2017% of them, in 12 or 3000.") == []


def test_a_month_before_the_last_day_of_march():
    march = Period(parse_date("31 March 2019").start, parse_date("31 March 2019").end, "day")
    assert times("over the last month", march) == ["2019-02-28 to 2019-03-31"]


def figures(text, dated=NOVEMBER):
    here = sentences(text)
    named = mentions(text)
    actors = Gazetteer(small_ledger()).actors
    return find_figures(here, named, find_times(here, dated), actors, dated)


def test_a_share_has_unit_scope_owner_and_date():
    (found,) = figures("Huawei has nearly 37% of the Russian smartphone market, they say.")
    assert (found.low, found.high, found.unit, found.qualifier) == (37, 37, "%", "about")
    assert found.text == "nearly 37%"
    assert found.basis == "Russian smartphone market"
    assert found.actor == "huawei"
    assert (found.scope.countries, found.scope.segments) == (("RU",), ("smartphones",))
    assert str(found.period) == "2019-11"
    assert found.is_market_share


def test_a_multiple_is_of_the_figure_before_it():
    share, multiple = figures("In May Huawei had 30% of the 5G market, tripled since 2017.")
    assert (multiple.low, multiple.unit, multiple.of) == (3, "times", 0)
    assert (multiple.actor, multiple.scope, multiple.basis) == (
        share.actor,
        share.scope,
        share.basis,
    )
    assert (str(share.period), str(multiple.period)) == ("2019-05", "2017 to 2019-11")


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("30-40% of it", 30, 40, "%"),
        ("30 to 40 per cent of it", 30, 40, "%"),
        ("more than half of it", 50, None, "%"),
        ("up to 12.5 percent of it", None, 12.5, "%"),
        ("two-thirds of it", 200 / 3, 200 / 3, "%"),
        ("$1.2 billion", 1.2e9, 1.2e9, "USD"),
        ("10 billion roubles", 1e10, 1e10, "RUB"),
        ("at least €3m", 3e6, None, "EUR"),
        ("50,000 base stations", 50_000, 50_000, "count"),
        ("5.4 million smartphones", 5.4e6, 5.4e6, "count"),
        ("1,000 easily abused security cameras", 1000, 1000, "count"),
        ("it grew threefold", 3, 3, "times"),
        ("2.5 times as much", 2.5, 2.5, "times"),
        ("9 out of 10 viewers", 90, 90, "%"),
        ("fewer than thirty had left", None, 30, "count"),
        ("another billion dollars", 1e9, 1e9, "USD"),
        ("some 106,000 (in all)", 106_000, 106_000, "count"),
        ("70 or so engineers", 70, 70, "count"),
        ("610 Czech operators", 610, 610, "count"),
        ("240 h", 240, 240, "hours"),
        ("not even 12 percent", None, 12, "%"),
    ],
)
def test_figures(text, low, high, unit):
    (found,) = figures(text)
    assert found.low == pytest.approx(low)
    assert found.high == pytest.approx(high)
    assert found.unit == unit


def test_a_sum_without_a_sign_is_of_the_currency_before_it():
    told = figures("It rose from $230 million to $285 million; a mast cost 1 million.")
    assert [(figure.low, figure.unit) for figure in told] == [
        (2.3e8, "USD"), (2.85e8, "USD"), (1e6, "USD")
    ]  # fmt: skip


def test_what_is_no_figure():
    assert figures("In 2019 it had 5G, 40-30% and 3.5.2, of 2 points % and the AS 3356.") == []


def quotations(*texts):
    found = quotations_of(sentences(*texts), mentions(*texts))
    return [(q.text, q.kind, q.speaker, q.actor) for q in found]


@pytest.mark.parametrize(
    ("text", "speaker", "actor"),
    [
        ("Putin said that “so it will always be.”", "Putin", "putin"),
        ("At the fair, Putin accused the US of “forcing all of them out.”", "Putin", "putin"),
        ("“So it will always be,” said Putin.", "Putin", "putin"),
        ('"So it will always be," the minister said.', "the minister", None),
        ("A text, signed by Putin and Xi in May, states that “so it will be.”", "A text", None),
        ("Both signed a text announcing that “so it will always be.”", "a text", None),
        ("As Xi views it “as a thing that will be,” according to Jo Doe, an editor.", "Jo Doe",
         None),
        ("It was as if “so it will always be” was true.", None, None),
    ],
)  # fmt: skip
def test_who_is_quoted(text, speaker, actor):
    ((_, kind, *who),) = quotations(text)
    assert (kind, *who) == ("quotation", speaker, actor)


def test_a_second_quotation_goes_on_with_the_speaker_of_the_first():
    found = quotations("Putin said “this is the first” and so “this is the second part”.")
    assert [who for *_, who in found] == ["putin", "putin"]


def test_terms_and_quotations_within_quotations():
    assert quotations("The ‘Great Wall’ and “Xi says: ‘it will be so’ again.”") == [
        ("Great Wall", "term", None, None),
        ("Xi says: ‘it will be so’ again.", "quotation", None, None),
        ("it will be so", "quotation", "Xi", "xi"),
    ]


def test_the_same_quotation_twice():
    one = "“We are friends for ever,” said Xi."
    two = 'They say "We are friends, for ever".'
    found = quotations_of(sentences(one, "No.", two), mentions(one, "No.", two))
    assert [q.also_in for q in found] == [(3,), (1,)]


def ties(text):
    here = sentences(text)[0]
    actors = Gazetteer(small_ledger()).actors
    found = list(enumerate(figures(text)))
    return [
        (tie.subject, tie.predicate, tie.object, tie.mood)
        for find in (find_ties, find_shares)
        for tie in find(here, mentions(text), found, [], actors)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The United States banned Huawei.", ("us", "bans", "huawei")),
        ("Huawei was banned in the United States.", ("us", "bans", "huawei")),
        ("Being barred from the US, Huawei left.", ("us", "bans", "huawei")),
        ("Huawei was sanctioned by Russia.", ("ru", "restricts", "huawei")),
        ("Putin accused the US of it.", ("putin", "accuses", "us")),
        ("MTS works closely with Huawei.", ("mts", "partners_with", "huawei")),
        ("MTS’s joint venture with Huawei grew.", ("mts", "partners_with", "huawei")),
        ("Huawei’s and Russia’s partnership grew.", ("huawei", "partners_with", "ru")),
        ("Putin and Xi signed a joint statement.", ("putin", "partners_with", "xi")),
        ("A joint statement, signed by Putin and Xi, came.", ("putin", "partners_with", "xi")),
        ("Russia and China work together.", ("ru", "partners_with", "cn")),
        ("Huawei sold security cameras to European countries.", ("huawei", "sells_to", "europe")),
        ("Huawei supplies MTS.", ("huawei", "supplies", "mts")),
        ("Russia passed its Sovereign Internet law.", ("ru", "enacts", "law")),
        ("ZTE bought Huawei.", ("zte", "acquires", "huawei")),
        ("Serbia bought many cameras from Huawei.", ("rs", "contracts", "huawei")),
        ("Huawei has 3% of the Russian market.", ("huawei", "market_share", "ru")),
        ("Huawei has 3% of network equipment in Russia.", ("huawei", "vendor_share", "ru")),
    ],
)
def test_ties(text, expected):
    assert ties(text) == [(*expected, "asserted")]


def test_lists_of_actors():
    assert [
        tie[:3] for tie in ties("Russia, Serbia and the US banned Huawei and ZTE from it.")
    ] == [(state, "bans", vendor) for state in ("ru", "rs", "us") for vendor in ("huawei", "zte")]
    assert [tie[0] for tie in ties("In Russia, the US banned Huawei, ZTE, as was said.")] == ["us"]


def test_what_stands_after_the_object_limits_a_tie_too():
    text = "The US banned Huawei and ZTE from its 5G networks, as Russia did with cameras."
    found = find_ties(sentences(text)[0], mentions(text), [], [], Gazetteer(small_ledger()).actors)
    assert [(tie.object, str(tie.scope)) for tie in found] == [("huawei", "5G"), ("zte", "5G")]


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("The US never banned Huawei.", "negated"),
        ("The US hasn’t banned Huawei.", "negated"),
        ("The US may have banned Huawei.", "possible"),
        ("Huawei will be banned in the US.", "possible"),
    ],
)
def test_moods(text, mood):
    assert ties(text) == [("us", "bans", "huawei", mood)]


@pytest.mark.parametrize(
    "text",
    [
        "Huawei and Russia are there.",
        "“The US banned Huawei,” said a man.",
        "The US banned it; Huawei left.",
        "The US banned them (Doe), Huawei left.",
        "The US banned Serbia.",
        "The Russian market banned Huawei.",
        f"The US banned {'many and many ' * 15} Huawei.",
        "Huawei has 3% of it.",
    ],
)
def test_no_ties(text):
    assert ties(text) == []
