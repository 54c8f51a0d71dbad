"""The web application as a person meets it, in Chromium, on a desktop and on a telephone."""

import json
import re
import tempfile
import tomllib
from functools import cache
from pathlib import Path
from threading import Event
from urllib.parse import parse_qsl

import polars as pl
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import etree, html
from playwright.sync_api import expect, sync_playwright

from browser import SCREENSHOTS, launch, serving
from splinternet import cli
from splinternet.brief.country import make_brief
from splinternet.scenario.shocks import kinds
from splinternet.web import briefs, what_if
from splinternet.web.app import create_app
from splinternet.web.limits import Limits
from splinternet.web.sharing import packed

WIDTHS = {"phone": 390, "desktop": 1280}
THEMES = ("light", "dark")

#: How pages are looked at, of which each theme and each width is seen at every change.
LOOKS = pytest.mark.parametrize(
    ("theme", "width"),
    [
        ("light", "phone"),
        ("dark", "desktop"),
        pytest.param("light", "desktop", marks=pytest.mark.nightly),
        pytest.param("dark", "phone", marks=pytest.mark.nightly),
    ],
)

#: Seconds to wait for a page: the first brief may have to wait for a compiler.
_PATIENCE = 240

expect.set_options(timeout=_PATIENCE * 1000)

#: What is checked: rules of WCAG 2.2, level AA. Of what passes one example is told, not thousands.
_CHECKED = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}

#: Height of a picture, in pixels: a brief is as long as fifty screens of a telephone.
_LONGEST = 6000

ISOLATED = (
    "/what-if?country=KZ&name=Kazakhstan+alone&world=2019-12&shocks.0.kind=isolate"
    "&shocks.0.networks=country%3AKZ&run=1"
)

PAGES = {
    "map": "/",
    "brief": "/brief/CU",
    "builder": "/what-if?country=RU&world=2019-12&shocks.0.kind=cut&blocs.0.name=west",
    "answer": ISOLATED + "&measure=cut&by=state",
    "beside": ISOLATED + "&beside=" + packed(parse_qsl(ISOLATED.partition("?")[2] + "&by=state")),
    "wrong": "/what-if?world=2019-12&shocks.0.kind=cut&shocks.0.between.0=AS3356&run=1",
    "compare": "/compare?country=RU&country=IR&country=DE",
    "ledger": "/ledger?q=MTS+5G",
    "essay": "/essay",
    "about": "/about",
    "missing": "/brief/XX",
}


@pytest.fixture(scope="module")
def server():
    limits = Limits(seconds=_PATIENCE)
    with serving(create_app(["2019-12", "2025-09"], limits=limits)) as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def context(chromium, server):
    """Give one context for all pages of the same width, theme and options."""
    contexts = {}

    def context(width: int, theme: str, **options):
        key = (width, theme, *options.items())
        if key not in contexts:
            contexts[key] = chromium.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=theme,
                base_url=server,
                **options,
            )
            contexts[key].set_default_timeout(_PATIENCE * 1000)
        return contexts[key]

    yield context
    for each in contexts.values():
        each.close()


def listen(page, server: str, complaints: list[str]) -> None:
    """Note what a page complains of, and whom else than the site it asks."""
    page.on("console", lambda said: complaints.append(said.text) if _matters(said) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(server) else complaints.append(asked.url),
    )


def ranged(page):
    """Wait for the ranges of a what-if, which come after its answer and stand in its place."""
    expect(page.locator("#ranges")).to_have_count(0)


@pytest.fixture
def visit(context, server):
    """Open a page of the site; at the end nobody complained, and no other host was asked."""
    pages, complaints = [], []

    def visit(address: str, *, width: int = 1280, theme: str = "light", **options):
        page = context(width, theme, **options).new_page()
        pages.append(page)
        listen(page, server, complaints)
        page.goto(address)
        if options.get("java_script_enabled", True):
            ranged(page)
        return page

    yield visit
    for page in pages:
        page.close()
    assert complaints == []


@pytest.fixture(scope="module")
def tab(context, server):
    """One page for all that is only looked at, and what it complained of."""
    page, complaints = context(WIDTHS["phone"], "light").new_page(), []
    listen(page, server, complaints)
    yield page, complaints
    page.close()


@pytest.fixture
def look(tab):
    """Look at a page by a theme and a width, loaded once for all of them: styles alone differ."""
    page, complaints = tab

    def look(address: str, theme: str, width: str):
        page.set_viewport_size({"width": WIDTHS[width], "height": 900})
        page.emulate_media(color_scheme=theme)
        if not page.url.endswith(address):
            page.goto(address)
            ranged(page)
        return page

    yield look
    told = [*complaints]
    complaints.clear()
    assert told == []


def _matters(said) -> bool:
    """Tell errors and warnings from the note that a page of a problem has its status."""
    return said.type in ("error", "warning") and "the server responded with a status of 4" not in (
        said.text
    )


@pytest.fixture
def slow_brief(monkeypatch):
    """Briefs are never done, until they are cancelled: that is when the event is set."""
    stopped = Event()

    def slow(*_, progress, **_options):
        done = 0
        try:
            while not stopped.wait(0.02):
                done += 1
                progress(done, 5000)
        except BaseException:
            stopped.set()
            raise

    monkeypatch.setattr(briefs, "make_brief", slow)
    return stopped


def keep(page, name: str) -> None:
    """Keep a picture of a page, if there is a folder for it: of a long one its beginning."""
    if SCREENSHOTS is None:
        return
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": min(height, _LONGEST)})
    page.screenshot(path=SCREENSHOTS / f"{name}.png")
    page.set_viewport_size(before)


def wait_for_brief(page) -> None:
    expect(page.locator("article.brief")).to_be_visible()


def fits(page, width: int) -> None:
    """Fail if a page or a table in it is wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, "the page is wider than the screen"
    seen = "e.checkVisibility() && e.scrollWidth > e.clientWidth"
    over = f"all => all.filter(e => {seen}).map(e => e.ariaLabel)"
    assert page.locator(".scroll:has(table)").evaluate_all(over) == []


#: Dates in texts that stand on more than one line; addresses may break anywhere.
_BROKEN = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walk.nextNode()); ) {
    if (text.parentElement.closest("svg, script, style, textarea, option, pre")) continue;
    for (const date of text.data.matchAll(/(?<![\\w.-])\\d{4}-\\d{2}(-\\d{2})?(?![\\w-])/g)) {
      const range = document.createRange();
      range.setStart(text, date.index);
      range.setEnd(text, date.index + date[0].length);
      const lines = [...range.getClientRects()].map((each) => Math.round(each.bottom));
      if (new Set(lines).size > 1) found.push(text.data);
    }
  }
  return found;
}"""


def check(page, width: int) -> None:
    """Fail if a page is wider than the screen, or breaks a rule of WCAG 2.2, level AA."""
    fits(page, width)
    found = Axe().run(page, options=_CHECKED).response
    assert found["passes"], "nothing was checked"
    assert "target-size" in {each["id"] for each in found["passes"] + found["inapplicable"]}
    assert [
        (each["id"], each["nodes"][0]["html"][:200], each["nodes"][0]["failureSummary"])
        for each in found["violations"]
    ] == []


@LOOKS
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible(look, name, theme, width):
    page = look(PAGES[name], theme, width)
    if name == "brief":
        wait_for_brief(page)
    keep(page, f"{name}-{theme}-{width}")
    check(page, WIDTHS[width])


NAMED = {
    "network": "/networks/11960",
    "state": "/states/CU",
    "pair": "/routes?source=KZ&destination=DE",
    "ranking": "/rankings/foreign_dependence",
    "changes": "/changes",
    "date": "/dates/2023-11",
    "search": "/search?q=telia",
    "actor": "/actors/nokia",
    "cases": "/what-if/cases",
}


#: Kinds of pages that are looked at as a whole by hand (validation/pages.py).
MORE = {
    "first": "/",
    "answered": ISOLATED,
    "rankings": "/rankings",
    "vendor": "/actors/huawei",
    "operator": "/actors/mts",
    "cable": "/actors/c-lion1",
    "all-cables": "/actors?kind=cable",
    "statement": "/ledger?id=de-2024-core",
    "reading": "/essay/read?text=Huawei+supplies+MTS.+Russia+banned+Nokia+in+2019.",
    "over-time": "/compare?country=KZ&dates=all",
    "ban": "/what-if?country=DE&shock=ban",
    "ten-largest": "/what-if/each?country=RU",
    "losses": "/what-if/each",
    "case": "/what-if/cases/egypt-january-2011",
    "hijack": "/what-if/cases/pakistan-youtube-2008",
}


#: Words of tables that are broken within themselves: no line of letters ends another.
_TORN = """() => {
  const found = [];
  for (const cell of document.querySelectorAll("table.tight tbody th")) {
    const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let text; (text = walk.nextNode()); )
      for (const word of text.data.matchAll(/\\p{L}+/gu)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = [...range.getClientRects()].map((each) => Math.round(each.bottom));
        if (new Set(lines).size > 1) found.push(word[0]);
      }
  }
  return found;
}"""


@pytest.mark.parametrize("name", MORE)
def test_every_page_fits_a_telephone(visit, name):
    page = visit(MORE[name], width=390)
    page.locator("[aria-busy]").wait_for(state="detached")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    fits(page, 390)
    assert page.evaluate(_BROKEN) == []
    assert page.evaluate(_TORN) == []


@LOOKS
@pytest.mark.parametrize("name", NAMED)
def test_every_page_of_what_is_named_is_accessible(look, name, theme, width):
    page = look(NAMED[name], theme, width)
    keep(page, f"{name}-{theme}-{width}")
    check(page, WIDTHS[width])


@pytest.mark.parametrize("tab", ["states", "watch", "what-if", "laws", "method", "long"])
def test_tabs_open_without_scripts_and_are_accessible(visit, tab):
    page = visit("/brief/CU?wait=1", java_script_enabled=False, theme="dark", width=390)
    page.locator(f'.tabs a[href="#{tab}"]').click()
    expect(page.locator(f"section#{tab}")).to_be_visible()
    expect(page.locator("section#carriers")).to_be_hidden()


@pytest.mark.parametrize(
    "nation", ["CU", *(pytest.param(each, marks=pytest.mark.nightly) for each in ("RU", "TV"))]
)
def test_a_brief_is_printed_on_four_pages_and_its_long_report_apart(visit, nation):
    page = visit(f"/brief/{nation}?wait=1")
    printed = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert 2 <= len(printed) <= 4
    page.locator('.tabs a[href="#long"]').click()
    page.emulate_media(media="print")
    expect(page.locator("#long")).to_be_visible()
    expect(page.locator("#carriers")).to_be_hidden()
    outline = page.locator("#long").evaluate("each => getComputedStyle(each).outlineStyle")
    assert outline == "none"


def test_on_paper_nothing_is_said_of_scrolling(visit):
    page = visit("/rankings")
    said = page.get_by_text("the list scrolls")
    expect(said).to_be_visible()
    page.emulate_media(media="print")
    expect(said).to_be_hidden()


@LOOKS
def test_the_page_that_waits_for_a_brief_is_accessible(visit, slow_brief, theme, width):
    page = visit("/brief/IS", theme=theme, width=WIDTHS[width])
    expect(page.get_by_role("status")).to_contain_text("Computing the brief: ")
    keep(page, f"waiting-{theme}-{width}")
    check(page, WIDTHS[width])
    page.get_by_role("button", name="Cancel").click()
    assert slow_brief.wait(_PATIENCE), "the computation goes on"
    check(page, WIDTHS[width])


@pytest.mark.parametrize("theme", THEMES)
def test_a_table_that_goes_on_beside_the_screen_shows_it(visit, theme):
    """A shadow lies at the edge behind which it goes on, and nowhere else."""
    page = visit(NAMED["actor"], width=WIDTHS["phone"], theme=theme)
    table = page.locator(".scroll", has=page.locator("table")).first
    table.evaluate("each => { each.firstElementChild.style.minWidth = '700px' }")
    table.scroll_into_view_if_needed()
    keep(page, f"scroll-{theme}")
    assert table.evaluate("each => each.scrollWidth > each.clientWidth")
    table.evaluate("each => { each.firstElementChild.style.visibility = 'hidden' }")
    box = table.bounding_box()

    def edges() -> tuple[bytes, bytes]:
        clip = {"y": box["y"] + 20, "width": 8, "height": 40}
        places = (box["x"], box["x"] + box["width"] - clip["width"])
        return tuple(page.screenshot(clip={"x": x, **clip}) for x in places)

    plain, shadow = edges()
    assert plain != shadow
    table.evaluate("each => { each.scrollLeft = each.scrollWidth }")
    left, right = edges()
    assert right == plain
    assert left not in (plain, shadow)


def test_fields_fill_their_rows(visit):
    """No row of the builder leaves room for another field, and no hint is cut."""
    page = visit(
        "/what-if?world=2019-12&blocs.0.name=west&"
        + "&".join(f"shocks.{n}.kind={kind}" for n, kind in enumerate(kinds()))
    )
    page.locator("summary", has_text="How to look at it").click()
    keep(page, "builder-all")
    cut = page.evaluate(_CUT)
    assert cut == []
    gaps = page.evaluate(_GAPS)
    assert gaps
    assert max(gaps) <= 2


#: Fields whose hint does not fit: as a value it would have to be scrolled.
_CUT = """() => [...document.querySelectorAll("#form input[placeholder]")].filter(each => {
  if (each.value) return false;
  each.value = each.placeholder;
  const cut = each.scrollWidth > each.clientWidth;
  each.value = "";
  return cut;
}).map(each => each.placeholder)"""

#: How many pixels the last field of each row of the form's boxes ends before the row does.
_GAPS = """() => [...document.querySelectorAll("#form :is(fieldset, details) > div.row")].map(row =>
  row.getBoundingClientRect().right - Math.max(
    ...[...row.querySelectorAll("label")].map(each => each.getBoundingClientRect().right)))"""


@pytest.mark.parametrize("width", WIDTHS)
def test_choose_a_nation_on_the_map_and_read_its_brief(visit, width):
    page = visit("/", width=WIDTHS[width])
    page.locator('figure.map svg a[href="/brief/BR"] path').first.click()
    page.wait_for_url("**/brief/BR")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Brazil")


def test_choose_a_nation_with_the_keyboard(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.locator('svg.map a[href="/brief/CU"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/brief/CU")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cuba")


def test_a_brief_without_scripts(visit):
    page = visit("/brief/CU", java_script_enabled=False)
    wait_for_brief(page)


def test_a_brief_shows_its_progress_and_can_be_cancelled(visit, slow_brief, monkeypatch):
    page = visit("/brief/NZ")
    expect(page.get_by_role("status")).to_contain_text("Computing the brief: 1%")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= WIDTHS["desktop"]
    keep(page, "brief-progress")
    page.get_by_role("button", name="Cancel").click()
    assert slow_brief.wait(_PATIENCE), "the computation goes on"
    expect(page.get_by_role("status")).to_have_text("Cancelled")
    expect(page.get_by_role("link", name="Begin again")).to_be_focused()
    monkeypatch.setattr(briefs, "make_brief", make_brief)
    page.get_by_role("link", name="Begin again").click()
    wait_for_brief(page)


def build(page) -> None:
    """Build a scenario by hand: Lumen loses its links with Russia."""
    page.get_by_label("Another shock").select_option("cut")
    page.get_by_role("button", name="Add it").click()
    page.get_by_label("Between these").fill("AS3356")
    page.get_by_label("and these").fill("Russia")
    page.get_by_label("Its name").fill("Lumen leaves Russia")
    page.get_by_role("button", name="Run it").click()


@cache
def by_command(scenario: str, ranges: str) -> list[dict]:
    """Give the rows of a scenario's what-if by command, those that are in no table of others."""
    with tempfile.TemporaryDirectory() as folder:
        file, table = Path(folder) / "scenario.toml", Path(folder) / "rows.json"
        file.write_text(scenario)
        words = ("what-if", str(file), "--country", "RU", ranges, "-o", str(table))
        assert cli.main(words) == 0
        return [row for row in json.loads(table.read_text()) if "." not in row["figure"]]


@pytest.mark.parametrize(
    ("width", "scripts"),
    [
        pytest.param("phone", True, id="phone-scripts"),
        pytest.param("desktop", False, id="desktop-no-scripts"),
        pytest.param("phone", False, id="phone-no-scripts", marks=pytest.mark.nightly),
        pytest.param("desktop", True, id="desktop-scripts", marks=pytest.mark.nightly),
    ],
)
def test_build_run_share_and_keep_a_scenario(visit, width, scripts, tmp_path):
    page = visit("/what-if?country=RU", width=WIDTHS[width], java_script_enabled=scripts)
    build(page)
    answer = page.get_by_role("heading", name="Lumen leaves Russia: what changes for Russia")
    expect(answer).to_be_visible()
    if scripts:
        expect(page.locator("#outcome h2")).to_be_focused()
    expect(page.locator(".finding")).to_contain_text("In the model Russia keeps")
    expect(page.locator("figure.map")).to_have_count(1)
    keep(page, f"lumen-{width}-{'scripts' if scripts else 'plain'}")
    # Ranges come after the answer, where there are scripts.
    if scripts:
        expect(page.locator("#ranges")).to_have_count(0)
        expect(page.locator(".finding")).to_contain_text(re.compile(r"% \([\d.]+% to [\d.]+%\)"))
        expect(page.locator("#outcome h2")).to_be_focused()
    # Share the link: who opens it sees the same.
    told = page.locator(".answers").inner_text()
    other = visit(page.url, width=WIDTHS[width], java_script_enabled=scripts)
    expect(other.locator("#ranges")).to_have_count(0 if scripts else 1)
    assert other.locator(".answers").inner_text() == told
    # Keep the scenario, and run it on the command line.
    with page.expect_download() as download:
        page.get_by_role("link", name="Keep the scenario as TOML").click()
    file = tmp_path / "scenario.toml"
    download.value.save_as(file)
    assert tomllib.loads(file.read_text())["name"] == "Lumen leaves Russia"
    with page.expect_download() as download:
        page.locator("summary", has_text="Every figure").click()
        page.get_by_role("link", name="Download the table all as PARQUET").click()
    download.value.save_as(tmp_path / "all.parquet")
    by_page = pl.read_parquet(tmp_path / "all.parquet").to_dicts()
    rows = [{"scenario": "Lumen leaves Russia", **row} for row in by_page]
    assert rows == by_command(file.read_text(), "--ranges" if scripts else "--no-ranges")


def test_going_back_shows_what_was_there_before(visit):
    page = visit("/what-if?country=RU")
    build(page)
    first = page.get_by_role("heading", name="Lumen leaves Russia: what changes")
    expect(first).to_be_visible()
    page.get_by_label("and these").fill("Ukraine")
    page.get_by_label("Its name").fill("Lumen leaves Ukraine")
    page.get_by_role("button", name="Run it").click()
    expect(page.get_by_role("heading", name="Lumen leaves Ukraine: what changes")).to_be_visible()
    page.go_back()
    expect(first).to_be_visible()


def test_an_edit_is_answered_at_once_and_can_be_undone(visit):
    page = visit("/what-if?country=CU&shock=isolate")
    heading = page.locator("#outcome h1")
    expect(heading).to_have_text("Cuba is isolated: what changes for Cuba")
    expect(page.get_by_role("button", name="Undo the last change")).to_be_hidden()
    page.get_by_role("button", name="CIS").click()
    expect(heading).to_have_text("Isolate a country: CIS: what changes for Cuba")
    keep(page, "edited")
    page.get_by_role("button", name="Undo the last change").click()
    expect(heading).to_have_text("Cuba is isolated: what changes for Cuba")
    expect(page.get_by_label("Isolate", exact=True)).to_have_value("country:CU")


def test_a_computation_shows_its_progress_and_can_be_cancelled(visit, monkeypatch):
    stopped = Event()

    def slow(*given):
        done = 0
        try:
            while not stopped.wait(0.02):
                done += 1
                given[-1](done, 5000)
        except BaseException:
            stopped.set()
            raise

    page = visit("/what-if?country=RU")
    page.get_by_label("Another shock").select_option("isolate")
    page.get_by_role("button", name="Add it").click()
    page.get_by_label("Isolate", exact=True).fill("Chile")
    monkeypatch.setattr(what_if, "answer", slow)
    page.get_by_role("button", name="Run it").click()
    expect(page.get_by_role("status")).to_contain_text("Following the routes")
    expect(page.get_by_role("progressbar")).to_have_attribute("max", "5000")
    keep(page, "progress")
    page.get_by_role("button", name="Cancel").click()
    assert stopped.wait(_PATIENCE), "the computation goes on"
    expect(page.locator("#progress")).to_be_hidden()
    expect(page.get_by_role("button", name="Run it")).to_be_focused()


def test_what_is_wrong_is_said_in_place(visit):
    page = visit("/what-if?country=RU")
    page.get_by_label("Another shock").select_option("isolate")
    page.get_by_role("button", name="Add it").click()
    page.get_by_label("Isolate", exact=True).fill("Atlantis")
    page.get_by_role("button", name="Run it").click()
    expect(page.get_by_role("alert")).to_contain_text("Shock 1 (Isolate a country), 'Isolate': ")
    expect(page.get_by_label("Isolate", exact=True)).to_have_value("Atlantis")


def test_compare_nations(visit):
    page = visit("/compare")
    for number, name in enumerate(("Russia", "Iran"), 1):
        page.get_by_label(f"Nation {number}").fill(name)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("columnheader", name="Iran")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download this table as CSV").click()
    assert download.value.suggested_filename == "compare.csv"


@pytest.mark.parametrize(
    ("path", "width"),
    [("/changes", 390), ("/routes?source=KZ&destination=DE", 1280)],
)
def test_figures_and_ranges_stand_on_one_line_each(visit, path, width):
    page = visit(path, width=width)
    lines = page.locator("td .whole").evaluate_all("all => all.map(e => e.getClientRects().length)")
    assert len(lines) > 20
    assert set(lines) == {1}
    cut = "all => all.filter(e => e.scrollWidth > e.clientWidth).length"
    assert page.locator(".scroll").evaluate_all(cut) == 0, "a table is cut off"


def test_bars_of_two_answers_side_by_side_can_be_read(visit):
    page = visit(PAGES["beside"])
    seen = page.locator(".carriers svg.chart:visible")
    assert seen.count() == 2
    high = "e => e.querySelector('text').getBoundingClientRect().height"
    assert all(each.evaluate(high) >= 10 for each in seen.all())


def test_a_chart_can_be_kept(visit, tmp_path):
    page = visit(ISOLATED)
    with page.expect_download() as download:
        page.get_by_role(
            "link", name="Keep “Who is on the routes, before and after” as PNG"
        ).click()
    download.value.save_as(tmp_path / "chart.png")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")


#: Pages with charts, and how many each has.
CHARTED = {"/brief/CU?wait=1": 6, "/states/RU": 1, "/": 1, ISOLATED: 2, "/ledger?q=MTS": 1}


@pytest.mark.parametrize("address", CHARTED)
def test_every_switch_of_a_chart_does_what_it_says(visit, address):
    """Its table opens and closes by keyboard, its files hold it, its frame and its link show it."""
    page = visit(address)
    rows = page.locator(".keep:has(a[download]), .files:has(.embed)")
    assert rows.count() == CHARTED[address]
    for row in rows.all():
        _come_to(row)
        table = row.locator(".data")
        cells = _toggled(table, "tbody tr") if table.count() else 0
        _files_hold_it(page, row, cells)
        link = row.locator("a", has_text="Link").get_attribute("href")
        _frame_shows_it(visit, row)
        other = visit(f"{page.url.partition('#')[0]}{link}")
        expect(other.locator(link)).to_be_in_viewport(ratio=0.1)
        assert other.locator(link).evaluate("each => each.getBoundingClientRect().top") >= -1


def _come_to(row) -> None:
    """Open what a chart is in: a tab of a brief, or a part of a page."""
    row.evaluate("""each => {
      const tab = each.closest(".tabbed > section");
      if (tab) location.hash = tab.id;
      for (let at = each; (at = at.parentElement.closest("details")); ) at.open = true;
    }""")
    expect(row).to_be_visible()


def _toggled(part, inside: str) -> int:
    """Open and close a part by keyboard; tell how much was inside."""
    part.locator("summary").focus()
    part.page.keyboard.press("Enter")
    seen = part.locator(inside)
    expect(seen.first).to_be_visible()
    part.page.keyboard.press("Enter")
    expect(seen.first).to_be_hidden()
    return seen.count()


#: The words of the picture above a row of files.
_WORDS = """row => [...row.closest("figure, .graph, .one").querySelectorAll("svg.chart")]
  .filter(each => each.checkVisibility())
  .flatMap(each => [...each.querySelectorAll("text")].map(text => text.textContent))"""


def _files_hold_it(page, row, cells: int) -> None:
    files = row.locator("a[download]").evaluate_all("all => all.map(e => e.getAttribute('href'))")
    svg, png, csv = (page.request.get(each).body() for each in files)
    root = etree.fromstring(svg)
    words = {"".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")}
    assert set(row.evaluate(_WORDS)) <= words
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) >= 600, "the picture is too small to be read"
    assert pl.read_csv(csv).height >= max(cells, 1)


def _frame_shows_it(visit, row) -> None:
    assert _toggled(row.locator(".embed"), "textarea") == 1
    frame = html.fromstring(row.locator("textarea").input_value())
    framed = visit(frame.get("src"), width=400)
    fits(framed, 400)
    expect(framed.locator("figure svg.chart:visible").first).to_be_visible()
    expect(framed.get_by_role("navigation")).to_have_count(0)
    high = int(frame.get("height"))
    framed.set_viewport_size({"width": int(frame.get("width")), "height": 100})
    needed = framed.evaluate("document.documentElement.scrollHeight")
    assert high - 120 <= needed <= high


def test_an_essay_is_read(visit):
    page = visit("/essay")
    page.get_by_label("Essay").fill("In 2019 the United States banned Huawei.")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("1 sentence, 0 works")).to_be_visible()
    keep(page, "essay-read")
