"""Do what people come for in the web application, and count clicks and seconds.

``python validation/tasks.py [TASK ...]`` serves the shipped worlds, does each task, or those that
are named as their functions, in Chromium from the first page on, and prints a row for each: clicks
(a form that is filled in and sent is one), seconds until the answer stands there, and its first
words. A task whose answer does not come fails.
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
    """A person at a page, and how often they clicked."""

    page: Page
    clicks: int = 0

    def click(self, what: str) -> None:
        """Follow a link or press a button."""
        self.clicks += 1
        self.page.locator(what).first.click()

    def send(self, button: str, **fields: str) -> None:
        """Fill fields in and send them."""
        for name, text in fields.items():
            self.page.locator(f'[name="{name}"]').first.fill(text)
        self.click(f'button:has-text("{button}")')

    def read(self, what: str = "h1") -> str:
        """Wait for an answer, and read its first line."""
        return self.page.locator(what).first.inner_text().strip().splitlines()[0]


def search(visit: Visit, text: str) -> None:
    """Search from the first page."""
    visit.send("Search", q=text)


def depends(visit: Visit) -> str:
    """Whom does Iran depend on."""
    search(visit, "Iran")
    return visit.read(".opening h1")


def isolated(visit: Visit) -> str:
    """What if Russia isolates itself."""
    visit.click('nav a:has-text("What if")')
    visit.click('.ideas a:has-text("Russia is isolated")')
    return visit.read(".finding")


def banned(visit: Visit) -> str:
    """What if Germany bans Huawei."""
    visit.page.goto("/what-if?country=DE")
    visit.click('.ideas a:has-text("Huawei is banned")')
    return visit.read(".finding")


def compared(visit: Visit) -> str:
    """Compare the Baltic states."""
    visit.click('nav a:has-text("Compare")')
    for number, name in enumerate(("Estonia", "Latvia", "Lithuania")):
        visit.page.locator('input[name="country"]').nth(number).fill(name)
    visit.click('button:has-text("Compare")')
    visit.read("table.compared")
    return visit.read()


def watched(visit: Visit) -> str:
    """Who could see Brazil's traffic."""
    search(visit, "Brazil")
    visit.click('.tabs a[href="#watch"]')
    return visit.read("#watch :is(figcaption, p:not(.pending))")


def shared(visit: Visit) -> str:
    """Share what happens if Russia isolates itself."""
    isolated(visit)
    link = visit.page.get_by_label("Link to pass on").input_value()
    visit.page.goto(link)
    return f"{len(link)} letters: {visit.read('.finding')}"


def kept(visit: Visit) -> str:
    """Download a chart of Cuba's page, which has a link of its own."""
    search(visit, "Cuba")
    with visit.page.expect_download() as found:
        visit.click('a[href*="carriers-abroad.svg"]')
    return found.value.suggested_filename


def embedded(visit: Visit) -> str:
    """Embed a chart of Cuba's page in a page of one's own."""
    search(visit, "Cuba")
    visit.click("#picture-carriers-abroad .embed summary")
    code = visit.page.locator("#picture-carriers-abroad .embed textarea").input_value()
    visit.page.goto(code.split('"')[1])
    return visit.read()


def said(visit: Visit) -> str:
    """What is said of MTS and 5G."""
    visit.click('nav a:has-text("Ledger")')
    visit.send("Show", q="MTS 5G")
    return f"{visit.read('h2')}: {visit.read('.statements .line')}"


def changed(visit: Visit) -> str:
    """What changed from 2019 to 2025."""
    visit.click('a:has-text("What changed")')
    return visit.read()


def dependents(visit: Visit) -> str:
    """Who depends on Russia."""
    visit.page.goto("/states/RU")
    return visit.read()


def failures(visit: Visit) -> str:
    """Which single failure hurts most, by nation."""
    visit.click('nav a:has-text("Rankings")')
    visit.click('a[href="/rankings/reliability"]')
    return visit.read()


def way(visit: Visit) -> str:
    """The way from Kazakhstan to Germany."""
    visit.click('nav a:has-text("Routes")')
    visit.send("Show", source="Kazakhstan", destination="Germany")
    return visit.read()


TASKS: tuple[Callable[[Visit], str], ...] = (
    depends, isolated, banned, compared, watched, shared, kept, embedded, said, changed, dependents,
    failures, way,
)  # fmt: skip


def main() -> None:
    """Print the table of tasks."""
    app = create_app(["2019-12", "2025-09"], limits=Limits(seconds=_PATIENCE))
    print("| task | clicks | seconds | answer |\n|---|--:|--:|---|")
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
            print(f"| {asked} | {visit.clicks} | {taken:.1f} | {answer} |", flush=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
