"""Take the README's picture of a brief: ``make picture``.

It needs Chromium: named by ``SPLINTERNET_CHROMIUM``, or on the path.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome")

#: What is shown: the first screen, with its figures and the first tab.
WIDTH, HEIGHT = 1000, 1040


def take(page: Path, picture: Path) -> None:
    """Open a page in Chromium and save what is on top of it."""
    found = os.environ.get("SPLINTERNET_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        view.goto(page.resolve().as_uri())
        view.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]), ROOT / "docs" / "brief.png")
