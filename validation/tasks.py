"""Do what people come for in the web application, and count clicks and seconds.

``python validation/tasks.py [TASK ...]`` serves the shipped worlds, does each task, or those that
are named as their functions, in Chromium, and prints a row for each: clicks, fields typed in,
seconds until the answer stands there, and its first words. Each begins at the first page and goes
on by what is seen there, by the words of links and buttons: nobody types an address. To press the
button of a form is a click. A task whose answer does not come fails.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from browser import launch, serving
from splinternet.web.app import create_app
from splinternet.web.limits import Limits

_PATIENCE = 120


@dataclass
class Visit:
    """A person at a page: how often they clicked, and how many fields they filled in."""

    page: Page
    clicks: int = 0
    typed: int = 0

    def click(self, words: str, within: str = "body") -> None:
        """Follow the first link that is seen with these words, or press such a button."""
        self.clicks += 1
        seen = self.page.locator(within).locator("a, button, summary").locator("visible=true")
        seen.filter(has_text=words).first.click()

    def fill(self, label: str, text: str) -> None:
        """Type into a field."""
        self.typed += 1
        self.page.get_by_label(label).first.fill(text)

    def read(self, what: str = "h1") -> str:
        """Wait for an answer, and read its first line."""
        return self.page.locator(what).first.inner_text().strip().splitlines()[0]


def search(visit: Visit, text: str) -> None:
    """Search from the first page."""
    visit.fill("A nation, network, vendor", text)
    visit.click("Search")


def depends(visit: Visit) -> str:
    """Whom does Iran depend on."""
    search(visit, "Iran")
    return visit.read(".opening h1")


def isolated(visit: Visit) -> str:
    """What if Russia isolates itself."""
    search(visit, "Russia")
    visit.click("What if …", ".ways")
    visit.click("Russia is isolated")
    return visit.read(".finding")


def banned(visit: Visit) -> str:
    """What if Germany bans Huawei."""
    search(visit, "Germany")
    visit.click("What if …", ".ways")
    visit.click("Huawei is banned")
    return visit.read(".finding")


def compared(visit: Visit) -> str:
    """Compare the Baltic states."""
    visit.click("Compare", "nav")
    for number, name in enumerate(("Estonia", "Latvia", "Lithuania"), 1):
        visit.fill(f"Nation {number}", name)
    visit.click("Compare", "form")
    visit.read("table.compared")
    return visit.read(".finding")


def watched(visit: Visit) -> str:
    """Who could see Brazil's traffic."""
    search(visit, "Brazil")
    visit.click("Watch and cut")
    return visit.read("#watch :is(figcaption, p:not(.pending))")


def shared(visit: Visit) -> str:
    """Share what happens if Russia isolates itself."""
    isolated(visit)
    link = visit.page.get_by_label("Link to pass on").input_value()
    visit.page.goto(link)  # whoever it is sent to
    return f"{len(link)} letters: {visit.read('.finding')}"


def kept(visit: Visit) -> str:
    """Download a chart of Cuba's page."""
    search(visit, "Cuba")
    with visit.page.expect_download() as found:
        visit.click("SVG", "#picture-carriers-abroad")
    return found.value.suggested_filename


def embedded(visit: Visit) -> str:
    """Embed a chart of Cuba's page in a page of one's own."""
    search(visit, "Cuba")
    visit.click("Embed", "#picture-carriers-abroad")
    code = visit.page.locator("#picture-carriers-abroad .embed textarea").input_value()
    visit.page.goto(code.split('"')[1])  # what the other page shows
    return visit.read()


def said(visit: Visit) -> str:
    """What is said of MTS and 5G."""
    search(visit, "MTS 5G")
    visit.click("statement", "main tbody")
    return f"{visit.read('h2')}: {visit.read('.statements .line')}"


def changed(visit: Visit) -> str:
    """What changed from 2019 to 2025."""
    visit.click("What changed")
    return visit.read()


def dependents(visit: Visit) -> str:
    """Who depends on Russia."""
    search(visit, "Russia")
    visit.click("Who depends on it")
    visit.read("main table")
    return visit.read()


def failures(visit: Visit) -> str:
    """Which single failure hurts most nations."""
    visit.click("Which single loss hurts most")
    visit.read("main table")
    return visit.read()


def way(visit: Visit) -> str:
    """The way from Kazakhstan to Germany."""
    visit.click("Routes", "nav")
    visit.fill("From", "Kazakhstan")
    visit.fill("To", "Germany")
    visit.click("Show")
    visit.read("main table")
    return visit.read()


TASKS: tuple[Callable[[Visit], str], ...] = (
    depends, isolated, banned, compared, watched, shared, kept, embedded, said, changed, dependents,
    failures, way,
)  # fmt: skip


def main() -> None:
    """Print the table of tasks."""
    app = create_app(["2019-12", "2025-09"], limits=Limits(seconds=_PATIENCE))
    print("| task | clicks | fields | seconds | answer |\n|---|--:|--:|--:|---|")
    with serving(app) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        named = sys.argv[1:]
        for task in (each for each in TASKS if not named or each.__name__ in named):
            page = browser.new_page(base_url=address)
            page.set_default_timeout(_PATIENCE * 1000)
            page.goto("/")
            visit, start = Visit(page), time.perf_counter()
            answer = task(visit)
            taken = time.perf_counter() - start
            asked = (task.__doc__ or "").rstrip(".")
            counted = f"{visit.clicks} | {visit.typed} | {taken:.1f}"
            print(f"| {asked} | {counted} | {answer} |", flush=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
