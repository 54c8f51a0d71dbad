"""The pages of the web application, and what they say when something is wrong."""

import io
import json
import re
import shutil
import tomllib
from urllib.parse import parse_qs, parse_qsl

import polars as pl
import pytest
from lxml import html

from commands import save, small_world
from graphs import make_world
from splinternet.base.countries import country_code, country_name
from splinternet.base.groups import GROUPS, group_members
from splinternet.base.shares import rounded
from splinternet.base.texts import phrase
from splinternet.figures.history import shipped_history
from splinternet.figures.shipped import list_figures
from splinternet.ledger.catalogue import open_ledger
from splinternet.measures.catalogue import headline_figures
from splinternet.scenario.language import decode
from splinternet.supply.holdings import holdings
from splinternet.web import briefs, pages, what_if, what_if_page
from splinternet.web.app import create_app
from splinternet.web.cases import told_here
from splinternet.world.world import World
from websites import client, narrow, read, small_site

RUN = (
    "world=small&country=RU&shocks.0.kind=cut&shocks.0.between.0=AS1"
    "&shocks.0.between.1=Russia&run=1"
)
ISOLATED = "world=small&country=RU&shocks.0.kind=isolate&shocks.0.networks=RU&run=1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def site(folder):
    with small_site(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def digest():
    with client(create_app(["2019-12"])) as opened:
        yield opened


@pytest.mark.slow
def test_users_are_a_weight_only_where_the_world_knows_them(site, tmp_path):
    assert '<option value="users"' not in site.get("/what-if").text
    world = small_world()
    users = world.networks.with_columns(users=pl.lit(5, pl.Int64))
    save(World(world.manifest, users, world.links), tmp_path / "peopled")
    with client(create_app([tmp_path / "peopled"])) as peopled:
        assert '<option value="users"' in peopled.get("/what-if").text


PAGES = (
    "/", "/what-if", f"/what-if?{RUN}", f"/what-if?{RUN}&by=state&measure=cut", "/compare",
    "/compare?country=RU&country=Cuba", "/ledger", "/ledger?actor=Huawei&disputed=yes&style=apa",
    "/essay", "/about", "/brief/RU?wait=1", "/brief/US", "/networks/1", "/states/US",
    "/routes?source=RU&destination=US", "/rankings", "/rankings/foreign_dependence", "/changes",
    "/changes?from=2019-12&to=2023-11", "/dates/2023-11", "/actors", "/actors?kind=cable",
    "/what-if/cases", "/exchanges", "/search?q=one", "/search?q=nothing+of+the+kind",
    "/ledger?q=MTS+5G",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_pages(site, address):
    answer = site.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.count("<h1") == 1
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    # Nothing that the policy would refuse.
    assert "<style" not in answer.text
    assert " style=" not in answer.text
    assert "onclick" not in answer.text


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/nowhere", 404, "no such page"),
        ("/brief/Atlantis", 404, "unknown country &#39;Atlantis&#39;"),
        ("/brief?country=Rusiia", 404, "did you mean Russia"),
        ("/brief/RU?world=1066-10", 404, "unknown world"),
        ("/?world=../../etc", 404, "unknown world"),
        ("/?figure=beauty", 404, "beauty"),
        ("/what-if?world=nowhere", 404, "unknown world"),
        ("/what-if?by=colour", 422, "by: &#39;colour&#39; is not one of network"),
        ("/what-if?world=small&run=1", 422, "There is no shock yet"),
        (
            "/what-if?world=small&shocks.0.kind=isolate&run=1",
            422,
            "Shock 1 (Isolate a country): &#39;Isolate&#39; is empty",
        ),
        (
            "/what-if?world=small&shocks.4.kind=ban&shocks.4.networks=RU&run=1",
            422,
            "Shock 1 (Ban a vendor): &#39;Vendor&#39; is empty",
        ),
        (
            "/what-if?world=small&shocks.0.kind=isolate&shocks.0.networks=Atlantis&run=1",
            422,
            "Shock 1 (Isolate a country), &#39;Isolate&#39;: ",
        ),
        ("/what-if?world=small&shocks.0.kind=dance&run=1", 422, "unknown shock"),
        ("/what-if?world=small&shocks.0.kind=isolate&shocks.0.networks=AS5&run=1", 422, "AS5"),
        (f"/what-if?{RUN}".replace("country=RU", "country=XX"), 422, "XX"),
        ("/what-if?world=small&shocks=text&run=1", 422, "list of tables"),
        ("/what-if?world=small&shocks.0=text&run=1", 422, "kind"),
        ("/networks/77", 404, "AS77 is not in world small"),
        ("/networks/many", 404, "no AS number"),
        ("/states/PE", 404, "no network in Peru"),
        ("/states/Atlantis", 404, "unknown country"),
        ("/routes?source=PE&destination=RU", 404, "no network in Peru"),
        ("/rankings/beauty", 404, "beauty"),
        ("/routes?source=Kasachstann&destination=DE", 404, "did you mean Kazakhstan"),
        ("/dates/1066-10", 404, "2019-12"),
        ("/changes?from=never", 404, "2025-09"),
        ("/actors?kind=dragon", 404, "vendor"),
        ("/exchanges/1", 404, "no exchanges"),
        ("/brief/RU/charts/nothing.svg", 404, "carriers-abroad"),
        ("/brief/RU/charts/carriers-abroad.gif", 404, "svg, png, csv"),
        ("/compare?country=XX", 404, "XX"),
        ("/compare?" + "&".join(f"country={c}" for c in "RU US DE FR IR CN CU".split()), 422, "6"),
        ("/ledger?actor=Nobody-at-all", 422, "unknown actor"),
        ("/ledger?as_of=yesterday", 422, "yesterday"),
        ("/ledger?predicate=loves", 422, "loves"),
        ("/ledger?page=0", 422, "Page: should be at least 1."),
        ("/ledger?page=x", 422, "Page: should be a whole number."),
        ("/ledger?page=99999", 404, "pages"),
        ("/ledger/table.exe", 404, "csv"),
        (f"/what-if/tables/nothing.csv?{RUN}", 404, "carriers"),
        (f"/what-if/charts/nothing.svg?{RUN}", 404, "carriers"),
        ("/what-if/cases/..%2Fsecret", 404, ""),
        ("/what-if/cases/secret", 404, "secret"),
        ("/static/..%2Fapp.py", 404, ""),
        ("/static/app.py", 404, "app.py"),
        ("/essay/read?text=One.&date=soon", 422, "soon"),
        ("/what-if?name=" + "x" * 30_000, 414, "too long"),
    ],
)
def test_what_is_wrong_is_said_on_a_page(site, address, status, says):
    answer = site.get(address)
    assert answer.status_code == status
    assert says.casefold() in read(answer).casefold()
    assert answer.text.count("<h1") == 1
    assert "Traceback" not in answer.text
    assert answer.headers["content-security-policy"]


def test_a_form_leads_to_the_brief(site):
    assert site.get("/brief?country=russia").headers["location"] == "/brief/RU"
    assert site.get("/brief/russia").headers["location"] == "/brief/RU"


@pytest.mark.slow
def test_a_brief_that_is_not_known_answers_at_once(folder):
    with small_site(folder) as site:
        waiting = site.get("/brief/RU").text
        assert "being computed" in waiting
        assert "url=/brief/RU?world=small&amp;wait=1" in waiting  # without scripts
        assert json.loads(site.get("/brief/RU/progress?world=small").text.splitlines()[-1]) == {
            "finished": True
        }
        assert 'class="brief"' in site.get("/brief/RU").text
        assert "being computed" not in site.get("/brief/RU").text
        assert "being computed" in site.get("/brief/US").text
        assert 'class="brief"' in site.get("/brief/US?wait=1").text
        assert site.get("/brief/XX/progress").status_code == 404


def test_a_brief_can_be_kept(site):
    answer = site.get("/brief/RU/brief.html")
    assert answer.headers["content-disposition"] == 'attachment; filename="brief-RU.html"'
    assert answer.text.startswith("<!doctype html>")


@pytest.fixture
def at_hand(monkeypatch):
    """Figures of all nations in December 2019, whatever their definitions."""
    for module in (pages, briefs):
        monkeypatch.setattr(module, "shipped_figures", lambda _: list_figures()[0])


@pytest.mark.slow
def test_all_nations_are_on_the_map_and_in_the_list(at_hand, digest):
    page = digest.get("/").text
    drawn_and_listed = re.sub(r'<details class="data">.*?</details>', "", page, flags=re.DOTALL)
    assert drawn_and_listed.count('href="/brief/RU"') == 2
    nations = pl.read_csv(io.BytesIO(digest.get("/nations.csv").content), infer_schema_length=None)
    row = nations.filter(pl.col("country") == "RU").row(0, named=True)
    assert (
        f"Russia: {rounded(row['foreign_dependence'])}"
        in digest.get("/?figure=foreign_dependence").text
    )
    named = f"Russia: {country_name(row['state'])}, {rounded(row['state_share'])}"
    assert f'aria-label="{named} (' in digest.get("/?figure=state").text
    assert f'aria-label="{named} (' in page
    stands = digest.get("/?figure=stands-out").text
    assert re.search(
        r'aria-label="Russia: Sweden, 10% \([\d.]+% to [\d.]+%\); mean of all nations', stands
    )


@pytest.mark.slow
def test_a_page_begins_with_the_finding_before_the_rest_is_computed(at_hand, digest):
    waiting = digest.get("/brief/CU").text
    assert "being computed" in waiting
    tabs = digest.get("/brief/CU?tabs=1").text
    assert len(tabs) < len(waiting) / 4  # without the finding and its map
    at_hand_of = "//div[@class='tabbed']//figure/@id"
    assert html.fromstring(tabs).xpath(at_hand_of) == html.fromstring(waiting).xpath(at_hand_of)
    assert html.fromstring(tabs).xpath(at_hand_of)
    assert "EMPRESA DE TELECOMUNICACIONES DE CUBA" in waiting
    assert "of the routes to Cuba" in waiting


def test_names_lead_on(site):
    """From a nation to a network, from there to whom it carries for, and back to a nation."""
    brief = html.document_fromstring(site.get("/brief/RU?wait=1").text)
    assert "/networks/1" in brief.xpath("//article//a/@href")
    network = html.document_fromstring(site.get("/networks/1").text)
    assert "/brief/RU" in network.xpath("//table//a/@href")
    assert "/networks/2" in network.xpath("//table//a/@href") or len(network.xpath("//table")) > 1
    assert site.get("/networks/AS1").headers["location"] == "/networks/1"
    assert site.get("/states/usa").headers["location"] == "/states/US"


@pytest.mark.slow
def test_a_map_of_shipped_shares_says_that_others_are_below_it_and_outlines_its_own_state():
    """Nations below 1 % are in no shipped table: to say that there is no figure misleads."""
    with client(create_app(["2019-12"])) as opened:
        page = html.document_fromstring(opened.get("/states/RU").text)
        (map_,) = page.xpath("//section[@class='broad']//figure")
        legend = [each.text_content().strip() for each in map_.xpath(".//ul/li")]
        assert legend[-1] == "under 1%, or none"
        assert "no figure" not in map_.text_content()
        said = [each.text for each in map_.iter("{*}title")]
        assert "Russia: the state itself" in said
        assert "Mexico: under 1%, or none" in said
        kept = opened.get("/states/RU/charts/dependents.svg").text
        assert "Russia: the state itself" in kept
        about = page.xpath("string(//section[@class='broad']/p[@class='small'][last()])")
        assert about.startswith("Paths that begin or end in it do not count")
        assert "differences" not in about
        assert "headline" not in about


@pytest.mark.slow
def test_a_figure_and_its_range_break_apart_and_not_within():
    with client(create_app(["2019-12"])) as opened:
        page = html.document_fromstring(opened.get("/networks/11960").text)
        assert page.xpath("//td[1]/span[@class='whole']/text()")[:2] == ["98%", "(66% to 98%)"]


@pytest.mark.slow
def test_pages_say_of_which_worlds_their_figures_are(site):
    with client(create_app(["2019-12"])) as opened:
        ranking = read(opened.get("/rankings/foreign_dependence"))
        assert "of worlds 2019-12, 2023-11 and 2025-09: routes are computed" in ranking
        assert "stands on its own page" not in ranking  # the ranges are here
    assert "of world small: routes are computed, not measured." in read(site.get("/networks/1"))


def test_charts_of_a_page_can_be_kept(site):
    svg = site.get("/brief/RU/charts/carriers-abroad.svg")
    assert svg.headers["content-disposition"] == 'attachment; filename="RU-carriers-abroad.svg"'
    assert svg.text.startswith("<svg")
    csv = pl.read_csv(site.get("/brief/RU/charts/carriers-abroad.csv").content)
    assert csv.columns[:3] == ["name", "share", "the same of the routes from it"]


@pytest.mark.parametrize(
    ("path", "stated"),
    [("/brief/RU/charts/carriers-abroad.html", False), ("/brief/RU/charts/vendors.html", True)],
)
def test_a_framed_chart_says_whether_it_is_a_model_or_statements(site, path, stated):
    framed = read(site.get(path))
    assert ("routes are computed, not measured" in framed) is not stated
    assert ("By statements of the ledger" in framed) is stated


@pytest.mark.slow
@pytest.mark.parametrize(
    ("figure", "columns"),
    [
        ("state", ["country", "state", "state_share", "state_share_low", "state_share_high"]),
        ("stands-out", ["country", "state", "share", "mean", "share_low", "share_high"]),
        ("foreign_dependence", ["country", "foreign_dependence"]),
    ],
)
def test_figures_of_the_map_are_columns_of_numbers(digest, figure, columns):
    csv = pl.read_csv(digest.get(f"/charts/nations.csv?figure={figure}").content)
    assert set(columns) <= set(csv.columns)
    assert all(csv.schema[each].is_numeric() for each in columns if each not in columns[:2])
    assert set(csv["country"].str.len_chars()) == {2}


@pytest.mark.slow
def test_a_state_without_networks_leads_to_what_is_known_of_it(digest):
    page = html.document_fromstring(digest.get("/brief/CU?wait=1").text)
    led = set(page.xpath("//figure[@id='picture-states-map']//svg//a/@href"))
    assert {"/states/US", "/brief/EH"} <= led
    states = [to for to in sorted(led) if to.startswith("/states/")]
    known = pl.read_csv(digest.get("/nations.csv").content, infer_schema_length=None)["country"]
    assert {to.removeprefix("/states/") for to in states} <= set(known)


@pytest.mark.slow
def test_networks_that_a_world_lacks_lead_to_what_the_ledger_says(digest):
    page = html.document_fromstring(digest.get("/actors/mts").text)
    led = page.xpath("//a[starts-with(., 'AS') or contains(., '(AS')]/@href")
    assert {"/networks/8359", "/actors/as8580"} <= set(led)
    assert {digest.get(each).status_code for each in led} == {200}


@pytest.mark.parametrize(
    ("text", "leads"),
    [("Германия", "/brief/DE"), ("as1", "/networks/1"), ("Cuba", "/brief/CU")],
)
def test_search_leads_to_what_is_named(site, text, leads):
    assert site.get("/search", params={"q": text}).headers["location"] == leads


def test_search_lists_what_may_be_meant(site):
    found = html.document_fromstring(site.get("/search?q=huaw").text)
    assert "/actors/huawei" in found.xpath("//table//a/@href")
    assert "did you mean" in site.get("/search?q=Rusiia").text


def test_search_leads_to_statements_with_these_words(site):
    found = html.document_fromstring(site.get("/search?q=MTS+5G").text)
    (leads,) = found.xpath("//table//a[starts-with(@href, '/ledger?')]")
    assert leads.get("href") == "/ledger?q=MTS+5G"
    page = html.document_fromstring(site.get(leads.get("href")).text)
    assert leads.text.split()[0] in page.text_content()
    assert "/ledger?" not in site.get("/search?q=zzzz").text


@pytest.mark.slow
def test_misspelt_vendors_are_found(site):
    for text, leads in (
        ("Huawai", "huawei"),
        ("Ericson", "ericsson"),
        ("Rostelekom", "rostelecom"),
    ):
        found = html.document_fromstring(site.get("/search", params={"q": text}).text)
        assert f"/actors/{leads}" in found.xpath("//table//a/@href")
        suggested = site.get("/search/suggest", params={"q": text}).json()
        assert leads in [each["value"].casefold() for each in suggested]
    assert site.get("/search/suggest?q=zzzzzz").json() == []


def test_years_of_statements_are_years(site):
    for year in ("abc", "19", "20191", "２０１９"):
        refused = site.get("/api/ties", params={"year": year})
        assert (refused.status_code, f"{year!r} is no year" in refused.text) == (422, True)
    assert site.get("/api/ties?year=2019").json()["found"]
    page = site.get("/ledger?q=mts&year=abc")
    assert page.status_code == 422
    assert "is no year" in page.text
    assert html.document_fromstring(page.text).xpath("//input[@name='q']/@value") == ["mts"]
    declared = site.get("/api/openapi.json").json()["paths"]["/api/ties"]["get"]["parameters"]
    schema = next(each["schema"] for each in declared if each["name"] == "year")
    assert schema["pattern"] == "^([0-9]{4})?$"


@pytest.mark.parametrize("asked", ["?destination=", "?source=&destination=RU", "?source=+"])
def test_a_way_needs_two_nations(site, asked):
    page = site.get(f"/routes{asked}")
    assert page.status_code == 404
    assert phrase("web.pairs.empty") in page.text
    assert "Unknown country" not in page.text


@pytest.mark.parametrize(
    ("statement", "mark"),
    [("de-2019-allow", "superseded"), ("de-2024-core", ""), ("au-2018", "objected to"),
     ("e-jv", "contradicted")],
)  # fmt: skip
def test_a_line_of_the_ledger_says_how_others_stand_against_it(site, statement, mark):
    """What took the place of another is not disputed for that; the facet counts the same."""
    page = html.document_fromstring(site.get(f"/ledger?id={statement}").text)
    (line,) = page.xpath("//ol[@class='statements']/li/p[@class='line']")
    marks = {"contradicted", "objected to", "superseded", "disputed"}
    said = " ".join(line.xpath("span[@class='small']/text()")).strip("()").split(", ")
    assert marks & set(said) == ({mark} if mark else set())
    counted = site.get(f"/ledger?id={statement}&disputed=yes").text
    assert (mark == "contradicted") == ('<ol class="statements">\n<li' in counted)


def test_the_ledger_has_one_number_of_actors(site):
    about, page = (site.get(each).text for each in ("/about", "/ledger"))
    told = {re.search(r"about ([0-9,]+) actors", text)[1] for text in (about, page)}
    assert len(told) == 1


def test_much_that_is_said_is_folded(site):
    page = html.document_fromstring(site.get("/actors/huawei").text)
    folded = page.xpath("//section/details[not(@open)]/summary/h2/text()")
    assert "Bans (" in " ".join(folded)
    assert page.text_content().count("From what is known to what is possible") == 1
    assert "Huawei" in page.xpath("string(//section/details//table)")
    cable = html.document_fromstring(site.get("/actors/c-lion1").text)
    assert not cable.xpath("//section/details")
    assert "damaged 2 times, last 2024-12-25" in cable.xpath("string(//h1)")


@pytest.mark.slow
def test_networks_of_an_operator_have_their_names(digest):
    page = html.document_fromstring(digest.get("/actors/mts").text)
    part = page.xpath("//section[h2='Its networks']")[0]
    assert "MTS PJSC (AS8359)" in part.xpath(".//a/text()")
    assert re.fullmatch(r"\d+ networks, the first 12 here\.", part.xpath("string(p)"))


@pytest.mark.slow
def test_the_finding_of_a_ban_comes_before_its_terms(digest):
    answer = digest.get("/what-if?country=DE&shock=ban", follow_redirects=True)
    page = html.document_fromstring(answer.text)
    finding = page.xpath("string(//*[@class='finding'])")
    assert "equipment of Huawei that would have to go" in finding
    told = page.xpath("//ul[@class='sentences']/li")[0].text_content()
    assert told.startswith("Equipment of Huawei is banned in networks of all kinds in Germany.")


def test_kinds_of_actors_are_in_plain_words(site):
    page = html.document_fromstring(site.get("/actors?kind=cable").text)
    assert re.fullmatch(r"[0-9]+ cables in the ledger", page.xpath("string(//h1)"))
    assert page.xpath("string(//h2)") == "All cables"
    assert "All vendors" in page.xpath("//p[@class='row']/a/text()")


def test_words_find_statements(site):
    found = site.get("/ledger?q=mts+5g").text
    assert "MTS" in found
    assert "0 statements" in site.get("/ledger?q=zzzz").text


def test_what_if_tells_what_the_command_tells(site, run, folder, tmp_path):
    text = site.get(f"/what-if/scenario.toml?{ISOLATED}").text
    file = tmp_path / "scenario.toml"
    file.write_text(text)
    status, out, _ = run(
        "what-if", str(file), "--world", str(folder / "small"), "--country", "RU", "--format",
        "json",
    )  # fmt: skip
    assert status == 0
    by_command = [row for row in json.loads(out) if "." not in row["figure"]]
    by_page = site.get(f"/what-if/tables/all.json?{ISOLATED}").json()
    assert [{"scenario": "Isolate a country: RU", **row} for row in by_page] == by_command


def test_a_table_is_the_same_in_every_form(site):
    address = f"/what-if/tables/all.{{}}?{RUN}"
    csv = pl.read_csv(site.get(address.format("csv")).content, infer_schema_length=None)
    parquet = pl.read_parquet(site.get(address.format("parquet")).content)
    rows = site.get(address.format("json")).json()
    assert parquet.to_dicts() == rows
    assert csv["figure"].to_list() == [row["figure"] for row in rows]
    assert csv.height > 5


def test_a_chart_is_a_picture(site):
    svg = site.get(f"/what-if/charts/carriers.svg?{RUN}")
    assert svg.headers["content-type"] == "image/svg+xml"
    assert svg.text.startswith("<svg")
    assert "Before" in svg.text or "before" in svg.text
    png = site.get(f"/what-if/charts/difference.png?{RUN}")
    assert png.content.startswith(b"\x89PNG")
    assert site.get(f"/what-if/charts/difference.gif?{RUN}").status_code == 404


def test_the_buttons_of_the_form_work_without_scripts(site):
    added = site.get("/what-if?world=small&add=cut&do=add")
    assert added.status_code == 303
    assert "shocks.0.kind=cut" in added.headers["location"]
    twice = site.get(added.headers["location"] + "&add=isolate&do=add").headers["location"]
    assert "shocks.1.kind=isolate" in twice
    page = site.get(twice).text
    assert 'name="shocks.1.networks"' in page
    dropped = site.get(twice + "&do=drop+shocks-0").headers["location"]
    assert "shocks.0" not in dropped
    assert "shocks.1.kind=isolate" in dropped
    bloc = site.get("/what-if?world=small&do=bloc").headers["location"]
    assert "blocs.0.name" in bloc
    ran = site.get(f"/what-if?{RUN.replace('&run=1', '')}&do=run&shocks.0.relation=")
    assert ran.status_code == 303
    assert ran.headers["location"].endswith("run=1")
    assert "relation" not in ran.headers["location"]  # what is empty is not given
    assert site.get("/what-if?do=add&add=nothing").status_code == 303


@pytest.mark.slow
def test_shipped_scenarios_open_in_the_builder(digest):
    led = digest.get("/what-if/cases/cogent-and-lumen-leave-russia?country=RU")
    assert led.status_code == 303
    page = digest.get(led.headers["location"]).text
    assert "Cogent and Lumen leave Russia" in page
    assert "That cannot be done" not in page


SCENARIO = 'name = "Mine"\nworld = "small"\n[[shocks]]\nkind = "isolate"\nnetworks = "country:RU"\n'


@pytest.mark.parametrize("as_file", [True, False])
def test_a_scenario_can_be_sent(site, as_file):
    sent = {"files": {"file": ("x.toml", SCENARIO)}} if as_file else {"data": {"text": SCENARIO}}
    led = site.post("/what-if/upload", **sent)
    assert led.status_code == 303
    back = site.get(led.headers["location"].replace("/what-if?", "/what-if/scenario.toml?")).text
    assert decode(back, "x").plain() == decode(SCENARIO, "x").plain()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"name = ", "scenario.toml:1"),
        (b'name = "x"\nworld = "small"\n[[shocks]]\nkind = "isolate"\nnetwork = "AS1"\n',
         "scenario.toml:5"),
        (SCENARIO.replace("small", "large").encode(), "large"),
        (SCENARIO.encode() + b'[[shocks]]\nkind="remove"\nnetworks="AS1"\n' * 1, ""),
        (b"", "missing"),
    ],
)  # fmt: skip
def test_a_malformed_scenario_is_refused_with_its_line(site, content, says):
    answer = site.post("/what-if/upload", files={"file": ("x.toml", content)})
    if not says:
        assert answer.status_code == 303
        return
    assert answer.status_code in (404, 422)
    assert says in answer.text


def test_an_enormous_upload_is_refused(folder):
    with small_site(folder, limits=narrow(body=1000)) as site:
        sized = site.post("/what-if/upload", data={"text": "x" * 2000})
        assert sized.status_code == 413
        streamed = site.post("/api/what-if", content=iter([b"x" * 600] * 3))
        assert streamed.status_code == 413
        assert site.get("/about").status_code == 200


def test_markup_in_an_address_stays_text(site):
    script = "%3Cscript%3Ealert(1)%3C/script%3E"
    for address in (f"/brief/{script}", f"/ledger?actor={script}",
                    f"/what-if?{ISOLATED}&name={script}"):  # fmt: skip
        assert "<script>alert" not in site.get(address).text


def test_another_name_for_this_server_is_refused(site):
    """A page elsewhere may not read this one by a name of its own that points here."""
    assert site.get("/", headers={"host": "evil.example"}).status_code == 400
    for name in ("localhost:8000", "127.0.0.1", "[::1]:8000"):
        assert site.get("/", headers={"host": name}).status_code == 200


@pytest.mark.slow
def test_a_world_that_vanishes_comes_back(tmp_path):
    with small_site(tmp_path) as site:
        assert site.get(f"/what-if?{RUN}").status_code == 200
        shutil.move(tmp_path / "small", tmp_path / "away")
        for address in (f"/what-if?{RUN}", "/", "/brief/RU", "/compare?country=RU"):
            gone = site.get(address)
            assert gone.status_code == 503
            assert "is not where it was" in gone.text
            assert gone.headers["retry-after"] == "30"
        assert site.get("/ledger").status_code == 200
        shutil.move(tmp_path / "away", tmp_path / "small")
        assert site.get(f"/what-if?{RUN}").status_code == 200


def test_a_world_that_is_damaged_while_served(tmp_path):
    with small_site(tmp_path) as site:
        (tmp_path / "small" / "links.parquet").write_bytes(b"no")
        gone = site.get(f"/what-if?{RUN}")
        assert gone.status_code == 503
        assert "damaged" in gone.text


def test_a_bug_is_a_page_too(site, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(what_if_page, "group_ideas", broken)  # which is never kept
    answer = site.get("/what-if")
    assert answer.status_code == 500
    assert "report" in answer.text
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"]


def test_progress_ends(site):
    lines = site.get(f"/what-if/progress?{RUN}&name=other").text.splitlines()
    assert json.loads(lines[-1]) == {"finished": True}
    wrong = site.get("/what-if/progress?world=small&shocks.0.kind=isolate&shocks.0.networks=AS9")
    assert "AS9" in json.loads(wrong.text.splitlines()[-1])["problem"]


def test_the_toml_is_toml(site):
    text = site.get(f"/what-if/scenario.toml?{RUN}").text
    assert tomllib.loads(text)["shocks"] == [{"kind": "cut", "between": ["AS1", "country:RU"]}]


def test_assets_are_kept_by_browsers(site):
    first = site.get("/static/site.css")
    assert first.headers["content-type"].startswith("text/css")
    again = site.get("/static/site.css", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


def test_two_worlds_of_one_name_are_refused(tmp_path):
    from splinternet.base.errors import MisuseError

    save(small_world(), tmp_path / "one")
    save(small_world(), tmp_path / "two")
    with pytest.raises(MisuseError, match="two worlds are called small"):
        create_app([tmp_path / "one", tmp_path / "two"])


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://localhost"},
        {"origin": "https://evil.example"},
        {"origin": "http://localhost:3000"},
        {"origin": "null"},
    ],
)
def test_a_page_elsewhere_may_not_send_anything(site, headers):
    for address in ("/what-if/upload", "/essay/read", "/api/what-if"):
        answer = site.post(address, data={"text": "x"}, headers=headers)
        assert answer.status_code == 403
        assert "another site" in answer.text
    navigated = {**headers, "sec-fetch-mode": "navigate"}
    assert site.get("/about", headers=navigated).status_code == 200


@pytest.mark.parametrize("place", ["cross-site", "same-site"])
@pytest.mark.parametrize(
    "address",
    ["/what-if?country=RU&shock=isolate", "/brief/RU?wait=1", "/api/nations/RU", "/compare", "/"],
)
def test_a_page_elsewhere_may_not_embed_anything(site, address, place):
    embedded = {"sec-fetch-site": place, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}
    answer = site.get(address, headers=embedded)
    assert answer.status_code == 403
    own = {**embedded, "sec-fetch-site": "same-origin"}
    assert site.get("/about", headers=own).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"sec-fetch-site": "same-origin"}, {"origin": "http://localhost"},
     {"sec-fetch-site": "none", "origin": "null"}],
)  # fmt: skip
def test_a_page_of_this_server_may(site, headers):
    assert site.post("/what-if/upload", data={"text": SCENARIO}, headers=headers).is_redirect


@pytest.mark.parametrize("host", ["evil.example", "[", "", "localhost.evil.example"])
def test_a_strange_name_is_refused_on_a_page(site, host):
    answer = site.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "<h1>Not understood</h1>" in answer.text
    assert site.get("/api/worlds", headers={"host": host}).json()["error"]["status"] == 400


def test_fields_of_very_many_parts(site):
    deep = "shocks.0." + "x." * 5500 + "y=1"
    for address in ("/what-if?run=1&shocks.0.kind=isolate&", "/what-if/scenario.toml?"):
        answer = site.get(address + deep)
        assert answer.status_code == 422
        assert "too many parts" in answer.text


@pytest.mark.parametrize("content", [b"x." * 300_000 + b"y=1", b"x." * 50_000 + b"y=1"])
def test_keys_of_very_many_parts(site, content):
    answer = site.post("/what-if/upload", files={"file": ("x.toml", content)})
    assert answer.status_code == 422


def test_what_is_sent_is_read_beside_the_loop(site, monkeypatch):
    from threading import current_thread

    readers = []
    real = what_if.read_text

    def noted(text):
        readers.append(current_thread().name)
        return real(text)

    monkeypatch.setattr(what_if, "read_text", noted)
    assert site.post("/what-if/upload", data={"text": SCENARIO}).is_redirect
    assert readers[0].startswith("job")


@pytest.mark.parametrize("wrong", ["country=XX", "country=RU&by=colour", "country=RU&measure=x"])
def test_what_is_wrong_leaves_the_form_as_it_was(site, wrong):
    query = RUN.replace("country=RU", wrong)
    answer = site.get(f"/what-if?{query}")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'name="shocks.0.between.1" value="Russia"' in answer.text


def test_a_refused_upload_comes_back(site):
    text = SCENARIO.replace("isolate", "isolat")
    answer = site.post("/what-if/upload", data={"text": text})
    assert answer.status_code == 422
    assert "did you mean isolate" in read(answer)
    assert "kind = &#34;isolat&#34;" in answer.text


def test_every_figure_has_plain_words():
    from splinternet.measures.catalogue import list_measures

    for measure in list_measures().values():
        assert measure.title
        for figure in measure.figures:
            assert figure.label != figure.doc
            assert figure.label


@pytest.mark.slow
def test_the_first_page_has_stories_a_slider_and_the_nations_that_are_dots(digest):
    page = html.fromstring(digest.get("/").text)
    told = page.xpath("//ul[@class='stories']/li")
    recorded = [each for each in told if "answer is recorded" in each.text_content()]
    assert (len(told), len(recorded)) == (5, 1)
    for each in told:
        found = digest.get(each.xpath(".//a/@href")[0]).status_code
        assert found == (200 if each in recorded else 303)
    listed = html.fromstring(digest.get("/what-if/cases").text)
    assert page.xpath("//section[@aria-labelledby='stories']/p/a/@href") == ["/what-if/cases"]
    every = listed.xpath("//table//a[starts-with(@href, '/what-if/cases/')]/@href")
    assert len(every) > len(told)
    assert set(every) == {f"/what-if/cases/{name}" for name in told_here(digest.app.state.site)}
    assert all(row.xpath("td[last()]")[0].text_content() for row in listed.xpath("//tbody/tr"))
    assert "/brief/TV" in page.xpath("//ul[@class='nations']//a/@href")
    assert digest.get("/?at=0").headers["location"] == "/?world=2019-12"
    assert digest.get("/?at=9").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "value", "label"),
    [
        ("Герм", "Germany", "nation: Германия"),
        ("allemag", "Germany", "nation: Allemagne"),
        ("ru", "Russia", "nation"),
    ],
)
def test_names_are_suggested_in_any_language(digest, text, value, label):
    found = digest.get("/search/suggest", params={"q": text}).json()
    assert {"value": value, "label": label} in found
    assert digest.get("/search/suggest?q=").json() == []


@pytest.mark.slow
def test_vendors_and_networks_are_suggested(digest):
    found = digest.get("/search/suggest?q=rostel").json()
    assert any("(AS" in each["value"] for each in found)
    values = [each["value"] for each in digest.get("/search/suggest?q=huaw").json()]
    assert "Huawei" in values


@pytest.mark.slow
def test_one_nation_alone_has_no_full_bars(digest):
    page = html.fromstring(digest.get("/compare?country=KZ").text)
    row = page.xpath("//tr[th[@title='control_points']]")[0]
    assert not row.xpath(".//svg")
    share = page.xpath("//tr[th[@title='foreign_dependence']]")[0]
    track, filled, *_ = (float(each) for each in share.xpath(".//td//rect/@width"))
    assert 0 < filled < track
    assert re.search(r"\d% \(\d.*% to .*%\)", share.text_content())  # its range is known


@pytest.mark.slow
def test_rankings_begin_with_what_a_brief_begins_with(digest):
    page = html.fromstring(digest.get("/rankings").text)
    listed = page.xpath("//table//a/@href")
    heads = [figure.name for figure, _ in headline_figures()]
    assert listed[: len(heads)] == [f"/rankings/{name}" for name in heads]
    assert len(listed) == len(set(listed)) > 30
    assert digest.get("/rankings/crp").headers["location"].startswith("/rankings/crp")
    assert digest.get("/rankings/nothing").status_code == 404


@pytest.mark.slow
def test_the_error_of_a_digest_stands_once_on_a_pair(digest):
    told = html.fromstring(digest.get("/routes?source=CU&destination=TV").text).text_content()
    assert told.count("Computed on the digest") == 1
    assert "those of states" in told


@pytest.mark.slow
def test_pages_of_several_dates_name_the_worlds_of_their_figures(digest):
    for path in ("/changes?from=2019-12&to=2025-09", "/rankings/detours"):
        told = (
            html.fromstring(digest.get(path).text).xpath("//p[@class='small']")[-1].text_content()
        )
        assert re.search(r"of worlds 2019-12(, 2023-11)? and 2025-09: routes are computed", told)
    assert "routes are computed" not in digest.get("/rankings").text


@pytest.mark.slow
def test_a_change_too_small_for_shares_is_told_in_pairs(digest):
    asked = {"country": "RU", "shocks.0.kind": "isolate", "shocks.0.networks": "country:BY"}
    page = html.fromstring(digest.get("/what-if", params=asked | {"run": "1"}).text)
    assert page.xpath("string(//h1)") == "Isolate a country: Belarus: what changes for Russia"
    assert page.xpath("string(//h2)").startswith("In the model Russia keeps nearly all its routes")
    told = page.xpath("string(//ul[@class='sentences'])")
    assert re.search(
        r"Within Russia [\d,]+ pairs of networks lose every route; over 99% of all", told
    )
    assert "before over 99%" not in told


@pytest.mark.slow
def test_what_differs_most_is_read_out_with_ranks(digest):
    page = html.fromstring(digest.get("/compare?country=CU&country=DE").text)
    first = page.xpath("(//table)[1]/tbody/tr")
    assert 1 <= len(first) <= 6
    assert len(page.xpath("//ul[@class='sentences']/li")) == 3
    known = list_figures()[0].nations["detours"].drop_nulls()
    assert f"of {len(known)}" in page.text_content()
    words = page.xpath("string(//ul[@class='sentences'])")
    assert "for Cuba" in words
    assert "for Germany" in words


@pytest.mark.slow
def test_a_nation_is_compared_with_itself_at_every_date(digest):
    page = html.fromstring(digest.get("/compare?country=CU&dates=all").text)
    dates = [each.world.date[:7] for each in list_figures()]
    heads = [each.text_content() for each in page.xpath("(//table)[1]//th[@scope='col']")][1:]
    assert heads == [f"Cuba in {date}" for date in dates]
    rows = digest.get("/compare/table.json?country=CU&dates=all").json()
    shares = [each["value"] for each in rows if each["figure"] == "dependence"]
    assert shares == [each.row("CU")["dependence"] for each in list_figures()]
    many = "&".join(f"country={code}" for code in ("CU", "RU", "DE"))
    assert digest.get(f"/compare?{many}&dates=all").status_code == 422


@pytest.mark.slow
def test_pages_mark_figures_in_doubt_and_say_why(digest, monkeypatch):
    doubts = {"GL": {"dependence": "AS1: a reason"}}
    monkeypatch.setitem(vars(list_figures()[0]), "doubts", doubts)
    for page in ("/compare?country=GL&dates=all", "/rankings/foreign_dependence"):
        found = digest.get(page).text
        assert "%, in doubt" in found
        assert "(AS1: a reason)" in found
    rows = digest.get("/compare/table.json?country=GL&dates=all").json()
    assert {each["measure"] for each in rows if each["doubt"]} == {"dependence"}


@pytest.mark.slow
def test_nations_are_compared_in_plain_words(digest):
    page = digest.get("/compare?country=RU&country=IR").text
    assert "Herfindahl-Hirschman" in page
    assert "<code" not in page
    assert "provider/peer observed" not in page


@pytest.mark.slow
def test_a_network_has_one_name_on_a_page_of_a_what_if(tmp_path):
    """The sentence, the bars and the table say alike who gains and who loses."""
    group = 4_200_000_001
    world = make_world(
        [(1, 5, "p2c"), (1, 4, "p2c"), (group, 5, "p2c"), (group, 3, "p2c"), (3, 4, "p2c")],
        name={1: "HURRICANE", group: "group of 2"},
        org={1: "Hurricane Electric LLC"},
        country={1: "US", 3: "DE", 4: "DE", 5: "RU"},
        members={1: 1, 3: 1, 4: 1, 5: 1, group: 2},
    )
    world.save(tmp_path / "made-up")
    cut = {
        "shocks.0.kind": "cut",
        "shocks.0.between.0": "AS1",
        "shocks.0.between.1": "AS5",
        "run": "1",
    }
    asked = {"country": "RU", "name": "x", "world": "made-up", "weights": "networks"} | cut
    with client(create_app([tmp_path / "made-up"])) as site:
        laid = site.get("/what-if", params=asked).text
        chart = site.get("/what-if/charts/carriers.svg", params=asked).text
    assert '<a href="/networks/1">Hurricane Electric LLC (AS1, United States)</a>' in laid
    page = re.sub(r"</?a\b[^>]*>", "", laid)
    assert "has 3 links instead of 2." in page
    assert "lose most: Hurricane Electric LLC (AS1, United States)" in page
    assert "gain most: 2 unnamed networks (AS4200000001, country unknown)" in page
    for seen in (page, chart):
        assert "Hurricane Electric LLC (AS1)" in seen
        assert "2 unnamed networks (AS4200000001" in seen
    assert "2 unnamed networks (AS4200000001)</td>" in page
    assert "HURRICANE" not in page
    assert "group of" not in page


@pytest.mark.slow
def test_a_suggested_scenario_is_answered_by_a_short_address(digest):
    page = digest.get("/what-if?country=RU&shock=isolate", follow_redirects=True)
    assert "what changes for Russia" in page.text
    assert "shocks.0.kind=isolate" in str(page.url)
    assert digest.get("/what-if?country=RU&shock=isolat").status_code == 422
    wrong = digest.get("/what-if?country=Germny&shock=isolate", follow_redirects=True)
    assert wrong.status_code == 422
    assert "did you mean Germany" in read(wrong)


@pytest.mark.slow
def test_a_group_of_states_is_named_in_a_word(digest):
    asked = "/what-if?shocks.0.kind=isolate&shocks.0.networks=five+eyes&run=1&country=FR"
    page = digest.get(asked)
    assert page.status_code == 200
    assert "country:AU,CA,GB,NZ,US" in page.text
    assert "Gainers and losers by state" in page.text
    by_state = html.fromstring(page.text).xpath("//a[contains(@href, 'by=state')]/@href")
    assert [parse_qs(each.partition("?")[2])["country"] for each in by_state] == [["FR"]]
    offered = html.fromstring(digest.get("/what-if").text).xpath("//ul[@class='ideas']//a/@href")
    groups = [each for each in offered if "NATO" in each]
    assert len(groups) == 1
    assert len(f"http://127.0.0.1:8000{groups[0]}") < 200


def test_every_member_of_a_group_is_a_country():
    for name in GROUPS:
        members = group_members(name)
        assert list(members) == sorted({country_code(each) for each in members})


@pytest.mark.slow
@pytest.mark.parametrize(("named", "id"), [("Huawei", "huawei"), ("mts", "mts")])
def test_an_actor_of_the_ledger_has_a_page(digest, named, id):
    page = digest.get(f"/actors/{named}", follow_redirects=True)
    assert page.url.path == f"/actors/{id}"
    found = html.fromstring(page.text)
    assert " statements" in found.xpath("string(//h1)")
    led = {each.split("?")[0] for each in found.xpath("//table//a/@href")}
    assert "/ledger" in led
    others = sorted(each for each in led if each.startswith("/actors/"))
    assert digest.get(others[0]).status_code == 200


@pytest.mark.slow
def test_an_actors_page_says_who_acts_on_whom_and_who_objects(digest):
    found = html.fromstring(digest.get("/actors/au").text)
    bans, accused = (
        [
            [" ".join(cell.text_content().split()) for cell in row.xpath("./td | ./th")]
            for row in found.xpath(f"//section[h2 = '{kind}']//tbody/tr")
        ]
        for kind in ("Bans", "Accuses")
    )
    (first,) = (row for row in bans if row[1:3] == ["Huawei", "2018-08-23"])
    assert first[0] == "Australia"
    assert first[3].endswith("names no firm. Objected to.")
    assert [row[:2] for row in accused] == [["China", "Australia"]]


@pytest.mark.slow
def test_an_unknown_actor_is_not_found(digest):
    page = digest.get("/actors/Huawai")
    assert page.status_code == 404
    assert "Huawai" in page.text


@pytest.mark.slow
def test_the_history_of_a_nation_is_in_the_api(digest):
    rows = digest.get("/api/history/cuba").json()
    table = shipped_history("CU")
    assert {each["date"] for each in rows} == {str(each) for each in table["date"]}
    (one,) = [
        each
        for each in rows
        if (each["date"], each["weights"]) == (str(table["date"][-1]), table["weights"][-1])
        and each["figure"] == "foreign_dependence"
    ]
    assert one["value"] == table["foreign_dependence"][-1]


@pytest.mark.slow
def test_the_archive_of_all_nations_says_what_its_columns_are(digest):
    columns = digest.get("/nations.manifest").json()["columns"]
    head = digest.get("/nations.csv").text.partition("\n")[0].split(",")
    assert "foreign_dependence" in columns
    assert set(columns) <= set(head)


def test_what_is_no_actor_is_looked_for_as_words(site):
    """A name with a word too many finds statements, and the form keeps what was typed."""
    found = html.document_fromstring(site.get("/ledger?actor=Ericsson+5G").text)
    assert found.xpath("string(//p[@role='alert'])").startswith("Unknown actor 'Ericsson 5G'")
    assert found.xpath("//input[@name='q']/@value") == ["Ericsson 5G"]
    assert found.xpath("//ol[@class='statements']/li")
    wrong = html.document_fromstring(site.get("/ledger?q=5G&actor=MTS&as_of=soon").text)
    assert wrong.xpath("//input[@name='q' or @name='actor' or @name='as_of']/@value") == [
        "5G", "MTS", "soon"
    ]  # fmt: skip


@pytest.mark.slow
def test_a_facet_counts_what_its_link_finds(site):
    """Following a facet finds as many statements as it said, and offers to drop it again."""
    page = html.document_fromstring(site.get("/ledger?q=5g").text)
    facets = page.xpath("//div[@class='facets']/p")
    assert len(facets) == 5
    for facet in facets[1:]:
        link = facet.xpath("a")[0]
        many = link.xpath("string(span)")
        found = html.document_fromstring(site.get(link.get("href")).text)
        assert found.xpath("string(//h2[1])").startswith(f"{many} statement")
        assert found.xpath("//div[@class='facets']//a[contains(@aria-label, 'chosen')]")


def test_ties_as_a_graph_and_as_a_table_are_the_same(site):
    page = html.document_fromstring(site.get("/ledger?actor=MTS").text)
    rows = page.xpath("//div[@class='graph']//tbody/tr")
    told = [
        f"{row.xpath('string(th)')}, {row.xpath('string(td[1])')}, {row.xpath('string(td[2])')} "
        f"({row.xpath('string(td[3])')})"
        for row in rows
    ]
    assert page.xpath("//svg//path/title/text()") == told
    (one,) = html.document_fromstring(
        site.get(page.xpath("//details//a[starts-with(@href, '/ledger?id=')]/@href")[0]).text
    ).xpath("//ol/li/details")
    assert "open" in one.attrib


def test_an_error_page_keeps_what_was_typed(site):
    """A form has the fields that were sent, a search the end of the address."""
    wrong = html.document_fromstring(site.get("/?figure=beauty&world=small").text)
    fields = wrong.xpath("//form//input")
    assert [(each.get("name"), each.get("value")) for each in fields] == [
        ("figure", "beauty"), ("world", "small")
    ]  # fmt: skip
    missing = html.document_fromstring(site.get("/actors/Huawai").text)
    assert missing.xpath("//form[@action='/search']//input[@name='q']/@value") == ["Huawai"]
    pair = html.document_fromstring(site.get("/routes?source=Atlantis&destination=DE").text)
    assert pair.xpath("//input[@name='source' or @name='destination']/@value") == ["Atlantis", "DE"]


@pytest.mark.slow
def test_supply_facts_stand_on_the_pages_of_actors(digest):
    """A vendor has its operators, an operator its vendors, and a cable the nations it leads to."""

    def table(address: str, heading: str) -> list[list[str]]:
        page = html.document_fromstring(digest.get(address).text)
        (part,) = page.xpath(f"//section[h2[text()={heading!r}]]")
        return [row.xpath("th//text()|td//text()") for row in part.xpath(".//tbody/tr")]

    known = holdings(open_ledger(), "ericsson")
    vendor = table("/actors/ericsson", "Operators with its equipment")
    assert len(vendor) == len(known)
    (mts,) = [row for row in vendor if row[0].startswith("Mobile TeleSystems")]
    assert mts[2] == "yes"
    assert "Ericsson" in {row[0] for row in table("/actors/mts", "Vendors of its equipment")}
    led = table("/actors/apcn-2", "Nations it leads to")
    assert "Taiwan" in {row[0] for row in led}
    cut = html.document_fromstring(digest.get("/actors/apcn-2").text).xpath(
        "//a[text()='What if it is cut there?']/@href"
    )[0]
    assert "Shock 1" not in digest.get(cut).text


@pytest.mark.slow
def test_alternatives_between_nations_are_those_without_the_largest_carrier(digest):
    """Networks that would carry more, their shares then larger than now."""
    page = html.document_fromstring(digest.get("/routes?source=KZ&destination=DE").text)
    (part,) = page.xpath("//section[h2[starts-with(text(), 'Alternatives from Kazakhstan')]]")
    assert part.xpath("string(p)").startswith("Without ")
    rows = part.xpath(".//tbody/tr")
    shares = [tuple(map(float, row.xpath("td/@data-sort"))) for row in rows]
    assert all(then > now for then, now in shares)
    other = html.document_fromstring(digest.get("/routes?source=DE&destination=KZ").text)
    assert other.xpath("//h2[starts-with(text(), 'Alternatives from Kazakhstan')]")


def test_an_exchange_has_a_page(tmp_path):
    """Its members and their nations, also from the page of a network."""
    world = small_world()
    met = World(
        world.manifest,
        world.networks,
        world.links,
        exchanges=pl.DataFrame(
            {"exchange": [7], "name": ["Example IX"], "country": ["DE"], "city": ["Ulm"]},
            schema=world.exchanges.schema,
        ),
        exchange_members=pl.DataFrame(
            {"exchange": [7, 7], "asn": [1, 20]}, schema=world.exchange_members.schema
        ),
    )
    save(met, tmp_path / "met")
    with client(create_app([tmp_path / "met"])) as opened:
        page = opened.get("/exchanges/7").text
        assert "2 networks of 2 nations meet" in page
        assert "routes are computed" not in page
        fails = html.fromstring(page).xpath("//a[contains(@href, 'exchange=Example')]/@href")
        assert [parse_qsl(each.partition("?")[2]).count(("run", "1")) for each in fails] == [1]
        assert 'href="/exchanges/7"' in opened.get("/networks/20").text
        assert 'href="/exchanges/7"' in opened.get("/exchanges").text
        assert 'href="/exchanges/7"' in opened.get("/search?q=example").text
        assert opened.get("/exchanges/8").status_code == 404
