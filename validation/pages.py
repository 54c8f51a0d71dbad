"""Weigh every kind of page, take the time until it shows something, and look for barriers.

``python validation/pages.py [FOLDER [PAGE ...]]`` serves the shipped worlds and opens each page, or
those that are named, in Chromium. It prints a row for each: milliseconds until the first content at
the first visit, at the next, when the answer is whole, and of a server that starts again with the
answers that this one kept; kilobytes as sent with the whole answer, and requests; all with an empty
cache of the browser; and violations that axe finds (WCAG 2.2, A and AA) light and dark, at 390 and
1280 px, all four together. In a folder it keeps pictures of all four; ``-`` is no folder.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from browser import launch, serving
from splinternet.web.app import create_app
from splinternet.web.limits import Limits
from test_browser import MORE, NAMED, PAGES, THEMES, WIDTHS

_PATIENCE = 300

#: Pixels of a picture: of a long page its beginning.
_LONGEST = 4000

_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
}

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


def barriers(browser: Browser, address: str, path: str, keep: Path | None, name: str) -> int:
    """Count violations of a page in both themes and widths, and keep pictures of all four."""
    found = 0
    for size, width in WIDTHS.items():
        page = browser.new_page(base_url=address, viewport={"width": width, "height": 900})
        page.set_default_timeout(_PATIENCE * 1000)
        page.goto(path)
        page.locator("[aria-busy]").wait_for(state="detached")
        high = int(page.evaluate("document.documentElement.scrollHeight"))
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            found += len(Axe().run(page, options=_RULES).response["violations"])
            if keep is not None:
                page.set_viewport_size({"width": width, "height": min(high, _LONGEST)})
                page.screenshot(path=keep / f"{name}-{theme}-{size}.png")
        page.close()
    return found


def rows(browser: Browser, first: str, other: str, keep: Path | None) -> Iterator[str]:
    """Measure each page, a row of a table each, on a server and on one that starts after it."""
    only = sys.argv[2:]
    for name, path in {**PAGES, **NAMED, **MORE}.items():
        if only and name not in only:
            continue
        shown = [visited(browser, first, path)["shown"], visited(browser, first, path)["shown"]]
        found = barriers(browser, first, path, keep, name)  # waits for the whole answer
        whole = visited(browser, first, path)
        shown += [whole["shown"], visited(browser, other, path)["shown"]]
        times = " | ".join(f"{each:.0f}" for each in shown)
        loaded = whole["loaded"]
        yield f"| {name} | {times} | {sum(loaded) / 1000:.0f} | {len(loaded)} | {found} |"


def main() -> None:
    """Print the table of pages."""
    folder = Path(sys.argv[1]) if sys.argv[1:] and sys.argv[1] != "-" else None
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    print(
        "| page | first visit, ms | next, ms | whole, ms | kept, ms | kB | requests | axe |\n"
        "|---|--:|--:|--:|--:|--:|--:|--:|"
    )
    with ExitStack() as open_, TemporaryDirectory() as answers:
        first, other = (
            open_.enter_context(
                serving(
                    create_app(
                        ["2019-12", "2025-09"],
                        limits=Limits(seconds=_PATIENCE),
                        answers=Path(answers),
                    )
                )
            )
            for _ in range(2)
        )
        browser = launch(open_.enter_context(sync_playwright()))
        for row in rows(browser, first, other, folder):
            print(row, flush=True)
        browser.close()


if __name__ == "__main__":
    main()
