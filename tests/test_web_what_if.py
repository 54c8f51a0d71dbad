"""What if on one screen: short links, two answers side by side, buttons that fill fields in."""

import re
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from budgets import few
from splinternet.base.errors import MisuseError
from splinternet.brief.ranged import figure_ranged
from splinternet.scenario.apply import rehearse
from splinternet.scenario.cases import case_names
from splinternet.scenario.members import members_of
from splinternet.scenario.reachability import Reachability
from splinternet.scenario.shocks import kinds
from splinternet.web.app import create_app
from splinternet.web.cases import case_of
from splinternet.web.ideas import group_ideas, ideas
from splinternet.web.questions import Options, Question
from splinternet.web.sharing import packed, unpacked
from splinternet.web.what_if_page import short_link
from websites import client, digest_site, read, small_site

RUN = "world=small&country=RU&shocks.0.kind=isolate&shocks.0.networks=RU&run=1"

#: What costs Russia less than that.
LESS = "world=small&country=RU&shocks.0.kind=remove&shocks.0.networks=AS12&run=1"

#: Letters of a link with the longest host that is likely before it.
LONGEST = 200 - len("https://splinternet.example.org")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with small_site(Path(tmp_path_factory.mktemp("worlds"))) as site:
        yield site


PAIRS = st.lists(st.tuples(st.text(min_size=1, max_size=20), st.text(max_size=40)), max_size=6)


@few
@given(PAIRS)
def test_a_short_link_holds_what_was_put_in(pairs):
    assert unpacked(packed(pairs)) == pairs


def test_every_scenario_that_is_offered_has_a_short_link():
    offered = [*ideas("2019-12", "BR"), *group_ideas("2019-12", "BR")]
    asked = [Question.of(parse_qsl(each.query), "2019-12") for each in offered]
    asked += [Question.about(case_of(name), Options(country="RU")) for name in case_names()]
    looked = Options(country="BR", by="state")
    changed = [Question.about(case_of(name), looked) for name in case_names()]
    links = [short_link(each) for each in (*asked, *changed)]
    assert max(map(len, links)) <= LONGEST
    assert sum("/cases/" in each for each in links) == len(case_names())


def test_a_case_whose_world_is_not_here_in_full_shows_its_recorded_answer(site):
    """As the command line tells it, with day and command; the list of cases leads there."""
    listed = html.fromstring(site.get("/what-if").text).xpath("//a/@href")
    cases = {name: case_of(name) for name in case_names() if case_of(name).recorded}
    cases = {name: case for name, case in cases.items() if case.world != "2019-12"}
    assert len(cases) == 3
    for name, case in cases.items():
        assert f"/what-if/cases/{name}?country=" in listed
        answer = site.get(f"/what-if/cases/{name}")
        assert answer.status_code == 200
        said = " ".join(html.fromstring(answer.text).xpath("string(//main)").split())
        found = case.recorded
        for text in (found.answer, found.agrees, found.command, case.outcome):
            assert " ".join(text.split()) in said
        assert f"Computed on {found.date.day} {found.date:%B %Y}" in said
        assert said.count("of all other networks.") == len(case.shocks)
        asked = site.get(f"/what-if?{Question.about(case, Options(country='RU')).query}")
        assert asked.headers["location"] == f"/what-if/cases/{name}"
        told = site.get(f"/api/scenarios/{name}").json()["recorded"]
        assert told["deceived"] == list(found.deceived)


def test_a_case_is_found_by_its_name_and_a_wrong_name_suggests(site):
    answer = site.get("/what-if?scenario=two-blocs&country=RU")
    assert (answer.status_code, answer.headers["location"]) == (
        303, "/what-if/cases/two-blocs?country=RU"
    )  # fmt: skip
    wrong = site.get("/what-if?scenario=two-bloc")
    assert (wrong.status_code, "/what-if?scenario=two-blocs" in wrong.text) == (404, True)


@pytest.mark.parametrize(
    "letters", ["", "é", "AAAA", "x", packed([("a", "b")])[:-2], packed([("a", "b" * 30_000)])]
)
def test_a_damaged_link_or_one_that_holds_too_much_is_refused(site, letters):
    with pytest.raises(MisuseError, match="short link"):
        unpacked(letters)
    answer = site.get(f"/what-if?{RUN}", params={"beside": letters} | dict(parse_qsl(RUN)))
    assert answer.status_code == (422 if letters else 200)


def test_a_short_link_leads_to_its_answer_and_has_a_picture(site):
    code = packed(parse_qsl(RUN))
    led = site.get(f"/what-if/s/{code}").headers["location"]
    asked = dict(parse_qsl(urlsplit(led).query))
    assert asked == dict(parse_qsl(RUN))
    picture = site.get(f"/what-if/s/{code}.png")
    assert picture.content.startswith(b"\x89PNG")
    head = html.fromstring(site.get(led).text).head
    (shown,) = head.xpath("meta[@property='og:image']/@content")
    assert site.get(shown).content == picture.content


def test_two_answers_stand_side_by_side(site):
    other = packed(parse_qsl(LESS))
    page = site.get(f"/what-if?{RUN}&beside={other}").text
    assert "Isolate a country: RU" in page
    assert page.count('class="finding"') == 3
    joint = html.fromstring(page).xpath("string(//h2[@class='finding'])")
    assert re.fullmatch(
        r"In the model Russia loses all its routes to the world in “Isolate a country: RU”, "
        r"[\d.]+% in “What if”\.",
        joint.strip(),
    )
    (link,) = html.fromstring(page).xpath("//input[@readonly]/@value")
    assert len(link) < 200
    both = dict(parse_qsl(urlsplit(site.get(urlsplit(link).path).headers["location"]).query))
    assert both["beside"] == other


def test_two_answers_that_lose_alike_are_said_to_and_two_of_one_name_told_apart(site):
    def joint(one: str, other: str) -> str:
        asked = f"/what-if?{one}&beside={packed(parse_qsl(other))}"
        return str(html.fromstring(site.get(asked).text).xpath("string(//h2[@class='finding'])"))

    alike = joint(RUN, f"{RUN}&by=state")
    assert (
        alike.strip() == "In the model Russia loses all its routes to the world in both scenarios."
    )
    named = joint(f"{RUN}&name=Alone", f"{LESS}&name=Alone")
    assert "“Alone”, " in named
    assert "“Alone (set beside)”" in named


@pytest.mark.slow
def test_no_scenario_that_changes_nothing_is_suggested():
    """Lumen has no link with Cuba, and the United States none with Tuvalu."""
    with client(create_app(["2019-12"])) as opened:
        for code, gone in (("CU", "cut"), ("TV", "refuse"), ("RU", "")):
            page = html.fromstring(opened.get(f"/what-if?country={code}").text)
            kinds = [
                dict(parse_qsl(urlsplit(link).query)).get("shocks.0.kind")
                for link in page.xpath("//ul[@class='ideas'][1]//a/@href")
            ]
            assert "isolate" in kinds
            assert gone not in kinds
            if not gone:
                assert {"cut", "refuse"} <= set(kinds)


def test_filters_alone_are_said_to_move_nothing(site):
    page = site.get(
        "/what-if?world=small&country=RU&run=1&shocks.0.kind=filter&shocks.0.networks=RU"
    )
    finding = html.fromstring(page.text).xpath("string(//h2[@class='finding'])")
    assert "check what is announced to them (rov); that alone moves no route" in finding


def test_buttons_fill_a_field_in_and_answer_what_is_whole(site):
    open_ = "/what-if?world=small&country=RU&name=Old&shocks.0.kind=isolate"
    filled = site.get(f"{open_}&do=fill+shocks.0.networks+NATO").headers["location"]
    asked = dict(parse_qsl(urlsplit(filled).query))
    assert (asked["shocks.0.networks"], asked["run"], asked.get("name")) == ("NATO", "1", None)
    two = f"{filled.replace('&run=1', '')}&shocks.1.kind=cut"
    dropped = site.get(f"{two}&do=drop+shocks-1").headers["location"]
    assert dict(parse_qsl(urlsplit(dropped).query)) == asked
    assert "run=1" not in site.get(f"{two}&do=drop+shocks-0").headers["location"]


def test_a_hijack_is_told_by_whom_it_deceives(site):
    asked = "/what-if?world=small&country=RU&run=1&shocks.0.kind=hijack"
    page = site.get(f"{asked}&shocks.0.networks=AS1&shocks.0.by=AS2&shocks.0.tie_break=split").text
    finding = page.split('class="finding"')[1].split("</h2>")[0]
    assert "would send to the wrong place what is for 1 network" in finding
    assert "cable" not in finding
    assert "Part of each nation that would send to the wrong place in the model</fig" in page
    assert "In the model" in finding
    assert "Who is on the routes, before and after" not in page
    given = f"{asked.partition('?')[2]}&shocks.0.networks=AS1&shocks.0.by=AS2"
    mapped = site.get(f"/what-if/charts/difference.csv?{given}").text.splitlines()
    assert mapped[0] == "country,share"
    assert "FI,1.0" in mapped


def test_the_figures_of_a_difference_are_shares_before_and_after(site):
    asked = "world=small&country=RU&run=1&shocks.0.kind=remove&shocks.0.networks=AS1"
    mapped = pl.read_csv(site.get(f"/what-if/charts/difference.csv?{asked}").content)
    assert mapped.columns == ["country", "before", "after", "difference"]
    changed = mapped["after"].fill_null(0) - mapped["before"].fill_null(0) - mapped["difference"]
    assert changed.abs().max() == 0
    page = html.fromstring(site.get(f"/what-if?{asked}").text)
    for chart in ("difference", "carriers"):
        (row,) = page.xpath(f"//div[@class='files'][a[@href='#chart-{chart}']]")
        assert row.xpath("details[@class='data']//td"), "it has no table"
        assert page.xpath(f"//*[@id='chart-{chart}']")


@pytest.mark.parametrize(("country", "said"), [("", "pairs"), ("RU", "network on most routes")])
def test_what_gains_and_loses_is_told_as_what_it_is(site, country, said):
    asked = f"world=small&country={country}&run=1&shocks.0.kind=remove&shocks.0.networks=AS1"
    page = html.fromstring(site.get(f"/what-if?{asked}").text)
    (heading,) = page.xpath("//div[@class='movers']/preceding-sibling::h4[1]/text()")
    assert said in heading
    assert bool(page.xpath("//a[contains(., 'All networks of each state')]")) is bool(country)


@pytest.mark.parametrize("path", ["/what-if", "/what-if?country=DE"])
def test_a_nation_can_be_chosen_before_a_scenario_is(site, path):
    page = html.fromstring(site.get(path).text)
    (field,) = page.xpath("//main//form[input or label/input]//input[@name='country']")[:1]
    about = field.get("value")
    assert about == ("Germany" if "DE" in path else "Russia")
    assert f"{about} is isolated" in page.xpath("//ul[@class='ideas']/li/a/text()")
    assert "/what-if/each?world=small" in page.xpath("//main//a/@href")


@pytest.mark.slow
def test_the_loss_that_hurts_most_nations_is_first(site):
    """A nation is hurt where a tenth of its pairs abroad lose every route: counted one by one."""
    world = site.app.state.site.worlds.open("small")
    members = members_of(world, "network", largest=10)
    hurt = {}
    for member in members:
        changed, _ = rehearse(world, member.scenario(world), idle=True)
        lost = {}
        for code in world.networks["country"].drop_nulls().unique():
            of = Reachability.of(world, code)
            pairs = of.abroad(of.after(changed))
            lost[code] = pairs.lost / pairs.before if pairs.before else 0.0
        hurt[member.label] = sum(part >= 0.1 for part in lost.values()), max(lost.values())
    page = html.fromstring(site.get("/what-if/each?world=small").text)
    told = {}
    for row in page.xpath("//main//tbody/tr"):
        cells = row.xpath("*[@data-sort]/@data-sort")
        asn = re.search(r"AS\d+", row.xpath("th")[0].text_content())[0]
        told[asn] = int(cells[0]), float(cells[1]) if len(cells) == 3 else 0.0
    assert told == {asn: (number, pytest.approx(part)) for asn, (number, part) in hurt.items()}
    numbers = [number for number, _ in told.values()]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > 0
    assert f"{numbers[0]} nations lose a tenth or more" in page.xpath("string(//h1)")


def test_each_of_the_largest_networks_is_tried(site):
    page = site.get("/what-if/each?country=RU&world=small").text
    assert "networks of Russia" in page
    assert "shocks.0.kind=remove" in page
    assert site.get("/what-if/each?country=Atlantis").status_code == 404


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/what-if?country=DE&shock=ban&vendor=Huwaei", "did you mean Huawei"),
        ("/what-if?country=DE&shock=ban&vendr=Huawei", "did you mean vendor?"),
        ("/what-if?country=DE&vendor=Huawei", "give shock=ban with it"),
        ("/what-if?country=DE&shock=isolate&vendor=Huawei", "give shock=ban with it"),
        ("/what-if?contry=DE&shock=isolate", "did you mean country?"),
        ("/compare?country=RU&country=IR&dates=al", "did you mean all?"),
        ("/compare?contry=RU", "did you mean country?"),
        ("/ledger?actr=Huawei", "did you mean actor"),
        ("/rankings/detour", "did you mean detours"),
        ("/changes?form=2019-12", "did you mean from?"),
        ("/routes?sorce=KZ&destination=DE", "did you mean source?"),
    ],
)  # fmt: skip
def test_what_an_address_names_and_is_not_there_suggests_and_keeps_the_form(site, address, says):
    found = site.get(address, follow_redirects=True)
    assert found.status_code in (404, 422)
    page = html.fromstring(found.text)
    assert says in page.text_content()
    typed = address.replace("/", "=").split("=")[-1].split("&")[0]
    kept = [*page.xpath("//main//input/@value"), *page.xpath("//main//select/option/@value")]
    assert typed in kept or address.startswith("/what-if")


def test_marks_that_other_sites_add_are_passed_over(site):
    for address in ("/compare?country=RU&utm_source=news", "/ledger?fbclid=x", "/what-if?ref=a"):
        assert site.get(address).status_code == 200


@pytest.mark.slow
def test_an_address_names_any_shock(tmp_path):
    """Also those of which nothing is suggested: the form is there, filled in as far as it says."""
    with small_site(tmp_path) as site:
        run = site.get("/what-if?country=CU&shock=remove&networks=AS11960").headers["location"]
        assert parse_qs(urlsplit(run).query)["shocks.0.networks"] == ["AS11960"]
        assert "Lose a network" in read(site.get(run))
        for name, kind in kinds().items():
            found = site.get(f"/what-if?country=CU&shock={name}").headers["location"]
            assert f"shocks.0.kind={name}" in found
            assert kind.presets or site.get(found).status_code == 200
        wrong = site.get("/what-if?country=CU&shock=remov")
        assert (wrong.status_code, "did you mean remove?" in read(wrong)) == (422, True)


def test_a_vendor_of_a_short_address_is_the_one_that_is_banned(site):
    asked = site.get("/what-if?country=RU&shock=ban&vendor=ZTE").headers["location"]
    fields = dict(parse_qsl(urlsplit(asked).query))
    assert fields["shocks.0.vendor"] == "ZTE"
    assert fields["run"] == "1"
    assert "name" not in fields


@pytest.mark.slow
def test_the_builder_shows_a_nation_as_it_stands_before_anything_runs():
    """The figures of the nation's page, and its largest networks, each of which can be lost."""
    site = digest_site()
    page = html.fromstring(site.get("/what-if?country=KZ").text)
    told = [each.text_content() for each in page.xpath("//section[@class='present']/dl/dd")]
    known = {row["figure"]: row for row in site.get("/api/nations/KZ").json()}
    names = ("foreign_dependence", "state_share", "control_points")
    assert told == [
        figure_ranged(row["value"], row["value_low"], row["value_high"], row["unit"])
        for row in map(known.get, names)
    ]
    each = page.xpath("//section[@class='present']//ol/li/a/@href")
    assert len(each) == 10
    assert parse_qs(urlsplit(each[0]).query)["shocks.0.kind"] == ["remove"]
    lost = html.fromstring(site.get(each[0]).text)
    assert lost.xpath("//h2[@class='finding']")
    assert not lost.xpath("//section[@class='present']")


@pytest.mark.slow
def test_cables_and_exchanges_say_what_is_known_and_lead_on():
    site = digest_site()
    listed = html.fromstring(site.get("/actors?kind=cable").text)
    (row,) = listed.xpath("//tr[th/a='Asia-Pacific Cable Network 2']")
    assert {"/brief/TW", "/brief/SG"} <= set(row.xpath("td/a/@href"))
    assert "names no nation that it leads to" in read(site.get("/actors/c-lion1"))
    assert "names no nation" not in read(site.get("/actors/apcn-2"))
    none = html.fromstring(site.get("/exchanges").text)
    assert "/actors?kind=cable" in none.xpath("//main//a/@href")
    assert "'splinternet serve --world FOLDER'" in none.text_content()
