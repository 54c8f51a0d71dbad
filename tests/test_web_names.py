"""Every name leads on: what pages tell of is linked, and what is misspelt is suggested in place."""

import pytest
from lxml import html

from named import options_told, unled
from splinternet.base.naming import Names, nation_names, shown_name
from splinternet.base.texts import country_called, nation_called
from splinternet.brief.ranged import figure_ranged
from splinternet.web.app import create_app
from splinternet.web.found import bare
from websites import client, read

NATIONS = nation_names(("RU", "US", "TD", "GW", "GN"), country_called, nation_called)
NAMES = Names({**NATIONS, "Play": "actor:play", "China Telecom": "actor:china-telecom"})


@pytest.fixture(scope="module")
def app():
    return create_app(["2019-12", "2025-09"])


@pytest.fixture(scope="module")
def digest(app):
    with client(app) as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("In Russia and the United States.", {"Russia": "nation:RU",
                                              "the United States": "nation:US"}),
        ("The United States leads.", {"The United States": "nation:US"}),
        ("Level 3 (AS3356, United States) is on 16%.", {"AS3356, United States": "network:3356"}),
        ("From Guinea-Bissau to Guinea", {"Guinea-Bissau": "nation:GW", "Guinea": "nation:GN"}),
        ("One link (AS1-AS2, which is seen at exchanges only) has it.",
         {"AS1": "network:1", "AS2": "network:2"}),
        ("China Telecom (AS4134) and China Telecom.",
         {"AS4134": "network:4134", "China Telecom": "actor:china-telecom"}),
        ("Play by the rules of Play.", {"Play": "actor:play"}),
        ("By Beeline Russia, Russians and non-Russia", {}),
        ("Russia Today and Guinea's", {}),
        ("Nothing here", {}),
    ],
)  # fmt: skip
def test_names_are_found_in_sentences(text, named):
    pieces = list(NAMES.pieces(text))
    assert "".join(words for words, _ in pieces) == text
    assert {words: of for words, of in pieces if of} == named


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("Level 3 (AS3356, United States) is on 16%.", "Level 3 (AS3356, United States)"),
        ('Is "Beeline" (AS8402) on it?', 'Beeline" (AS8402)'),
        ("Telia (AS3356) is another name.", "AS3356"),
        ("Level 3 (AS3356-AS8402) is no title.", "AS3356"),
        ("US Level 3 (AS3356)", "Level 3 (AS3356)"),
    ],
)
def test_the_whole_title_of_a_network_leads_to_it(text, linked):
    called = {3356: "Level 3", 8402: '"Beeline"'}
    pieces = list(Names(NATIONS, called.get).pieces(text))
    assert "".join(words for words, _ in pieces) == text
    assert next(words for words, of in pieces if (of or "").startswith("network:")) == linked


@pytest.mark.slow
def test_titles_in_sentences_are_links_as_a_whole(digest):
    page = digest.get("/brief/TV").text
    assert ">ABS (HK) Limited (AS38176, Hong Kong)</a> is on 99%" in page


@pytest.mark.slow
@pytest.mark.parametrize("code", ["CU", "RU", "TV", "IR", "DE", "BR", "KZ", "CN", "US", "ZA"])
def test_the_first_screen_has_the_figures_of_the_api(digest, code):
    """Each of the three large figures, with its range, is one that programs are told."""
    told = digest.get(f"/api/nations/{code}").json()
    known = {
        figure_ranged(row["value"], row["value_low"], row["value_high"], row["unit"])
        for row in told
        if row["value"] is not None
    }
    page = html.fromstring(digest.get(f"/brief/{code}").text)
    cards = page.xpath("//header[@class='opening']/ul/li/p[@class='value']")
    assert len(cards) == 3
    for card in cards:
        value, _, ends = card.text_content().partition(" may be ")
        value = value.replace(" under all assumptions", "").strip()
        assert (f"{value} ({ends.strip()})" if ends else value) in known


@pytest.mark.parametrize(
    ("cell", "of"),
    [
        ("Level 3 Parent, LLC (AS3356, United States)", "network:3356"),
        ("AS12 (Russia)", "network:12"),
        ("Bank (New York) (AS5, United States)", "network:5"),
        ("Russia", "nation:RU"),
        ("Russia (AS", None),
    ],
)
def test_a_cell_is_the_name_of_one_thing(cell, of):
    assert NAMES.whole(cell) == of


_ALONE = (
    "/what-if?country=KZ&name=Kazakhstan+alone&world=2019-12&shocks.0.kind=isolate"
    "&shocks.0.networks=country%3AKZ&run=1"
)

PAGES = (
    "/", "/brief/KP", "/networks/3356", "/states/RU", "/actors/huawei", "/actors/mts",
    "/actors/c-lion1", "/actors/russia", "/actors?kind=cable", "/routes?source=KZ&destination=DE",
    "/dates/2023-11", "/rankings/foreign_dependence", "/changes", "/search?q=telia",
    "/compare?country=RU&country=IR&country=DE", "/ledger", "/ledger?q=MTS+5G", _ALONE,
    f"{_ALONE}&by=state", "/what-if/each?country=RU", "/what-if/each",
    "/what-if/cases/pakistan-youtube-2008", "/what-if/cases", "/what-if?country=KZ", "/exchanges",
    "/essay/read?text=Huawei+supplies+MTS.+Russia+banned+Nokia+in+2019.",
    "/brief/KP?wait=1",
    pytest.param("/brief/RU?wait=1", marks=pytest.mark.nightly),
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("address", PAGES)
def test_every_name_on_a_page_leads_on(digest, app, address):
    answer = digest.get(address, follow_redirects=True)
    assert answer.status_code == 200
    page, names = html.document_fromstring(answer.text), app.state.site.names_in("2019-12")
    assert unled(page, names, answer.url.path) == set()
    assert options_told(page) == []


def test_a_bare_option_is_found_on_a_page():
    page = html.document_fromstring(
        "<main><p>With <i>--ranges</i> all.</p><p>By <code>--links</code></p>"
        "<p>The command 'splinternet what-if <i>--ranges</i>' tells.</p></main>"
    )
    assert options_told(page) == ["With --ranges all."]


@pytest.mark.parametrize(("said", "of"), [
    ("HMN Technologies", "huawei-marine"), ("Roskomnadzor", "roskomnadzor"),
    ("Chinese vendors", "chinese-vendors"), ("Yarovaya law of 2016", "ru-yarovaya-2016"),
    ("European Commission", "eu-commission"),
])  # fmt: skip
def test_regulators_companies_groups_and_laws_are_known_by_name(app, said, of):
    assert app.state.site.names_in("2019-12").whole(said) == f"actor:{of}"


@pytest.mark.parametrize(("said", "of"), [
    ("Britain banned it.", "nation:GB"), ("Since 2020 the UK has had a ban.", "nation:GB"),
    ("In Great Britain", "nation:GB"), ("Of Ivory Coast", "nation:CI"),
    ("Xinjiang was off.", "actor:cn-xinjiang"), ("So Vladimir Putin signed.", "actor:putin"),
    ("In New Britain", None), ("New Britain has one.", None), ("So. Greater Russia is", None),
    ("New Zealand has two.", "nation:NZ"), ("North Korea has one.", "nation:KP"),
    ("When Britain left", "nation:GB"), ("To Latin America", None), ("With Emirates", None),
])  # fmt: skip
def test_other_names_of_nations_lead_to_them_and_persons_to_what_they_said(app, said, of):
    pieces = app.state.site.names_in("2019-12").pieces(said)
    assert [named for _, named in pieces if named] == ([of] if of else [])


def test_a_cause_that_is_not_known_is_nobody(app):
    site = app.state.site
    assert site.names_in("2019-12").whole("Cause not known") is None
    assert site.leads("2019-12")("actor:cause-unknown") is None
    assert site.leads("2019-12")("actor:huawei") == "/actors/huawei"


@pytest.mark.parametrize(("said", "of"), [
    ("Huawei supplies MTS.", {"actor:huawei", "actor:mts"}), ("Nokia: once", {"actor:nokia"}),
    ("Apple trees", set()), ("Orange light", set()), ("To Orange", {"actor:orange"}),
])  # fmt: skip
def test_a_name_that_is_no_common_word_is_known_where_a_sentence_begins(app, said, of):
    pieces = app.state.site.names_in("2019-12").pieces(said)
    assert {named for _, named in pieces if named} == of


@pytest.mark.parametrize("said", ["Signal", "Africa", "the essay", "intelligence law", "EU"])
def test_words_that_may_be_anything_name_no_actor(app, said):
    assert app.state.site.names_in("2019-12").whole(said) is None


@pytest.mark.slow
def test_names_in_a_finding_are_links(digest):
    home = html.document_fromstring(digest.get("/").text)
    assert home.xpath("//h1/a/@href") == ["/states/US"]
    nation = html.document_fromstring(digest.get("/brief/RU").text)
    assert nation.xpath("//h1/a/@href") == ["/states/US"]
    beside = nation.xpath("//ul[@class='cards']/li/p[@class='small']/a/@href")
    assert len(beside) == 6
    assert all(each.startswith("/brief/") for each in beside)


@pytest.mark.slow
def test_a_nation_leads_to_who_depends_on_it_and_to_what_may_happen(digest):
    page = html.document_fromstring(digest.get("/brief/RU").text)
    led = [each.partition("?")[0] for each in page.xpath("//nav[@class='ways']/a/@href")]
    assert led == ["/states/RU", "/what-if", "/compare", "/ledger"]
    for address in page.xpath("//nav[@class='ways']/a/@href"):
        assert digest.get(address).status_code == 200


@pytest.mark.slow
def test_of_no_shares_no_error_and_no_doubt_is_told(digest):
    said = read(digest.get("/states/CU"))
    assert "There are none. Paths that begin or end in it do not count" in said
    assert "Such a share errs" not in said
    assert "in doubt" not in said


@pytest.mark.slow
@pytest.mark.parametrize(("actor", "said"), [
    ("nokia", "; 1 is contradicted"), ("mts", "; 3 are contradicted"),
])  # fmt: skip
def test_a_title_counts_what_is_contradicted(digest, actor, said):
    assert said in read(digest.get(f"/actors/{actor}"))


@pytest.mark.slow
def test_a_line_of_the_ledger_leads_to_its_actors_before_it_is_opened(digest):
    page = html.document_fromstring(digest.get("/ledger?q=MTS+5G").text)
    lines = page.xpath("//ol[@class='statements']/li/p[@class='line']")
    assert lines
    for line in lines:
        assert line.xpath("a[starts-with(@href, '/actors/')]")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "status", "leads"),
    [
        ("/brief/Germny", 404, "/brief/Germany"),
        ("/states/Germny?world=2019-12", 404, "/states/Germany?world=2019-12"),
        ("/compare?country=RU&country=Germny", 404, "/compare?country=RU&country=Germany"),
        ("/routes?source=KZ&destination=Germny", 404, "/routes?source=KZ&destination=Germany"),
        ("/search?q=Germny", 200, "/search?q=Germany"),
        ("/networks/rostelecom", 404, "/networks/AS12389"),
        ("/actors/huawey", 404, "/actors/Huawei"),
        ("/actors?kind=vendr", 404, "/actors?kind=vendor"),
        ("/ledger?actor=Huawey&kind=fact", 422, "/ledger?actor=Huawei&kind=fact"),
        ("/rankings/detour", 404, "/rankings/detours"),
        ("/what-if/cases/two-bloc", 404, "/what-if/cases/two-blocs"),
        ("/what-if?country=Germny&shock=isolate", 422, "/what-if?country=Germany&shock=isolate"),
        ("/?world=2019-11", 404, "/?world=2019-12"),
        (
            "/what-if?world=2019-12&shocks.0.kind=isolate&shocks.0.networks=Germny&run=1", 422,
            "/what-if?world=2019-12&shocks.0.kind=isolate&shocks.0.networks=Germany&run=1",
        ),
    ],
)  # fmt: skip
def test_what_may_be_meant_is_a_link_that_keeps_the_rest(digest, address, status, leads):
    answer = digest.get(address)
    assert answer.status_code == status
    assert "did you mean" in read(answer)
    assert leads in html.document_fromstring(answer.text).xpath("//main//a/@href")
    assert digest.get(leads, follow_redirects=True).status_code == 200


SUGGESTED = [
    ("ru", "Russia", "nation"),
    ("Россия", "Russia", "nation: Россия"),
    ("Герман", "Germany", "nation: Германия"),
    ("allemag", "Germany", "nation: Allemagne"),
    ("deutschland", "Germany", "nation: Deutschland"),
    ("uae", "United Arab Emirates", "nation: UAE"),
    ("us", "United States", "nation: USA"),
    ("huaw", "Huawei", "vendor"),
    ("华为", "Huawei", "vendor: 华为"),
    ("zte", "ZTE", "vendor"),
    ("mts", "Mobile TeleSystems (MTS)", "operator"),
    ("МТС", "Mobile TeleSystems (MTS)", "operator: МТС"),
    ("rostelecom", "Rostelecom", "operator"),
    ("Telefonica Deutsch", "Telefónica Deutschland", "operator"),
    ("level", "Lumen Technologies", "operator: Level 3"),
    ("c-lion", "C-Lion1", "cable"),
    ("AS3356", "Level 3 Parent, LLC (AS3356, United States)", "network"),
    ("3356", "Level 3 Parent, LLC (AS3356, United States)", "network"),
    ("HURRICANE", "Hurricane Electric LLC (AS6939, United States)", "network"),
    ("COGENT-174", "Cogent Communications (AS174, United States)", "network: COGENT-174"),
    ("Germny", "Germany", "nation, spelt like “Germny”"),
    ("Huawai", "Huawei", "vendor, spelt like “Huawai”"),
    ("Rostelekom", "Rostelecom", "operator, spelt like “Rostelekom”"),
    ("hurricaine", "Hurricane Electric LLC (AS6939, United States)",
     "network, spelt like “hurricaine”"),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "value", "label"), SUGGESTED)
def test_what_is_meant_is_suggested_first_as_it_is_written(digest, typed, value, label):
    found = digest.get("/search/suggest", params={"q": typed}).json()
    assert found[0] == {"value": value, "label": label}
    values = [each["value"] for each in found]
    assert len({*values}) == len(values) <= 12
    # Browsers offer only what has the letters that were typed.
    assert all(bare(typed) in bare(f"{each['value']} {each['label']}") for each in found)
    assert digest.get("/search", params={"q": value}, follow_redirects=True).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "not_meant"), [
    ("huawey", "United Arab Emirates"), ("or", "Armenia"), ("ban", "Iceland"),
    ("zte", "Uzbektelekom"), ("us", "Switzerland"), ("Rostelekom", "Telkom SA Ltd. (AS5713, "
     "South Africa)"),
])  # fmt: skip
def test_nothing_silly_is_suggested(digest, typed, not_meant):
    found = digest.get("/search/suggest", params={"q": typed}).json()
    assert found
    assert not_meant not in [each["value"] for each in found]


@pytest.mark.slow
def test_networks_of_an_operator_are_suggested_in_its_language(digest):
    found = digest.get("/search/suggest", params={"q": "Ростелеком"}).json()
    assert found[0] == {"value": "Rostelecom", "label": "operator: Ростелеком"}
    network = {"value": "PJSC Rostelecom (AS12389, Russia)", "label": "network: Ростелеком"}
    assert network in found
    led = digest.get("/search", params={"q": network["value"]}).headers["location"]
    assert led == "/networks/12389"


@pytest.mark.slow
def test_names_that_may_be_meant_are_those_most_alike_as_they_are_written(digest):
    said = read(digest.get("/ledger?actor=Huawey"))
    assert "did you mean Huawei?" in said


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/api/dependence/RU", "/api/dependence/RU?least=0.001",
                                     "/api/path/12389/174"])  # fmt: skip
def test_the_api_names_networks_as_pages_do(digest, address):
    networks = digest.app.state.site.worlds.open("2019-12").networks
    shown = dict(networks.select("asn", shown_name()).iter_rows())
    own = dict(networks.select("asn", "name").iter_rows())
    rows = [each for each in digest.get(address).json() if each["asn"] in shown]
    assert rows
    assert {each["asn"]: each["name"] for each in rows} == {
        each["asn"]: shown[each["asn"]] for each in rows
    }
    assert any(own[each["asn"]] != each["name"] for each in rows)


@pytest.mark.slow
def test_what_ifs_name_networks_as_pages_do(digest):
    shock = {"kind": "isolate", "networks": "country:CU"}
    sent = {"country": "RU", "scenario": {"name": "A", "world": "2019-12", "shocks": [shock]}}
    figures = digest.post("/api/what-if", json=sent).json()["figures"]
    named = {each["asn"]: each["name"] for each in figures if each["asn"]}
    assert named[6939] == "Hurricane Electric LLC"
    lost = html.document_fromstring(digest.get("/what-if/each?country=US").text)
    assert "Cogent Communications (AS174)" in lost.xpath("//tbody/tr/th/a/text()")
