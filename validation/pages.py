"""Weigh every kind of page, take the time until it shows something, and keep pictures of it.

``python validation/pages.py [FOLDER]`` serves the shipped worlds and opens each page in Chromium
twice. It prints a row for each: milliseconds until the first content at the first visit and at the
second, kilobytes as sent and requests, all with an empty cache of the browser. With a folder it
keeps pictures there, light and dark, of a desktop and of a telephone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from browser import launch, serving
from splinternet.web.app import create_app
from splinternet.web.limits import Limits
from test_browser import NAMED, PAGES, THEMES, WIDTHS

_PATIENCE = 300

#: Pixels of a picture: of a long page its beginning.
_LONGEST = 4000

_MEASURED = """() => ({
  shown: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  loaded: ["navigation", "resource"]
    .flatMap(kind => performance.getEntriesByType(kind)).map(each => each.transferSize),
})"""


def visited(browser: Browser, address: str, path: str) -> dict[str, Any]:
    """Open a page with nothing in the browser's cache, and measure it."""
    page = browser.new_page(base_url=address)
    page.set_default_timeout(_PATIENCE * 1000)
    page.goto(path)
    page.wait_for_timeout(300)
    found: dict[str, Any] = page.evaluate(_MEASURED)
    page.close()
    return found


def keep(browser: Browser, address: str, path: str, name: str, folder: Path) -> None:
    """Take pictures of a page in both themes and widths."""
    for size, width in WIDTHS.items():
        for theme in THEMES:
            page = browser.new_page(
                base_url=address,
                color_scheme=theme,  # type: ignore[arg-type]
                viewport={"width": width, "height": 900},
            )
            page.set_default_timeout(_PATIENCE * 1000)
            page.goto(path)
            high = int(page.evaluate("document.documentElement.scrollHeight"))
            page.set_viewport_size({"width": width, "height": min(high, _LONGEST)})
            page.screenshot(path=folder / f"{name}-{theme}-{size}.png")
            page.close()


def rows(browser: Browser, address: str, folder: Path | None) -> Iterator[str]:
    """Measure each page, a row of a table each."""
    for name, path in {**PAGES, **NAMED}.items():
        first, second = (visited(browser, address, path) for _ in range(2))
        kilobytes = sum(second["loaded"]) / 1000
        yield (
            f"| {name} | {first['shown']:.0f} | {second['shown']:.0f} | {kilobytes:.0f} | "
            f"{len(second['loaded'])} |"
        )
        if folder is not None:
            keep(browser, address, path, name, folder)


def main() -> None:
    """Print the table of pages."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    app = create_app(["2019-12", "2025-09"], limits=Limits(seconds=_PATIENCE))
    print("| page | first visit, ms | second, ms | kB | requests |\n|---|--:|--:|--:|--:|")
    with serving(app) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        for row in rows(browser, address, folder):
            print(row, flush=True)
        browser.close()


if __name__ == "__main__":
    main()
