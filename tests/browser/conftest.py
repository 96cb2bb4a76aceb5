"""A ledger of samples and hostile reports, served, and a browser that tells on the pages.

Needs Chromium on PATH (Debian: `apt-get install chromium`). Where there is none these tests are
skipped, and the end of the run says so; with REQUIRE_BROWSER=1 they fail instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

from served_site import HOSTILE, Site, serve_site

SAMPLES = Path(__file__).parents[2] / "samples" / "reports"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
REQUIRED = os.environ.get("REQUIRE_BROWSER") == "1"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
skipped: list[str] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM is not None or REQUIRED:
        return
    here = str(Path(__file__).parent)
    for item in items:
        if str(item.path).startswith(here):
            skipped.append(item.nodeid)
            item.add_marker(pytest.mark.skip(reason="no Chromium on PATH"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if skipped:
        terminalreporter.section("NO BROWSER", sep="=", red=True, bold=True)
        terminalreporter.line(
            f"Chromium is not on PATH: {len(skipped)} tests of the pages did NOT run.", red=True
        )
        terminalreporter.line("On Debian: apt-get install chromium", red=True)


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the samples and of hostile reports, read as a user would."""
    folder = tmp_path_factory.mktemp("pages")
    reports = folder / "reports"
    reports.mkdir()
    for name, text in HOSTILE.items():
        (reports / name).write_text(text, encoding="utf-8")
    target = folder / "pages.sayso"
    command = [sys.executable, "-m", "sayso", "read", str(SAMPLES), str(reports)]
    subprocess.run([*command, "--ledger", str(target)], check=True, capture_output=True)
    # A revision of a report at the same place.
    changed = HOSTILE["emoji.txt"].replace("Harbour 🚢 news\n", "Harbour 🚢🚢🚢 news, corrected\n")
    (reports / "emoji.txt").write_text(changed, encoding="utf-8")
    subprocess.run([*command, "--ledger", str(target)], check=True, capture_output=True)
    return target


@pytest.fixture(scope="session")
def site(ledger: Path) -> Iterator[Site]:
    with serve_site(ledger) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert CHROMIUM is not None, "REQUIRE_BROWSER=1, and Chromium is not on PATH"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@dataclass(slots=True)
class Watched:
    """A browser context, and what its pages did that no page of ours may do."""

    context: BrowserContext
    origin: str
    wrongs: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.on("console", lambda message: self._hear(message))  # noqa: PLW0108 - a method is set on
        page.on("pageerror", lambda error: self.wrongs.append(f"script error: {error}"))
        page.on("dialog", lambda dialog: self.wrongs.append(f"dialog: {dialog.message}"))
        page.goto(self.origin + path, wait_until="load")
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.wrongs.append(f"console: {message.text}")

    def watch(self) -> None:
        self.context.on("request", lambda request: self._see(request.url))

    def _see(self, url: str) -> None:
        if not url.startswith((self.origin + "/", "data:", "about:")):
            self.wrongs.append(f"request: {url}")


@pytest.fixture
def watch(browser: Browser, site: Site) -> Iterator[Any]:
    """Make watched contexts: `watch(width=390, color_scheme="dark")`; checked at the end."""
    made: list[Watched] = []

    def make(
        *, width: int = 1280, height: int = 900, of: Site | None = None, **options: Any
    ) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        watched = Watched(context, (of or site).address)
        watched.watch()
        made.append(watched)
        return watched

    yield make
    for watched in made:
        watched.context.close()
    wrongs = [wrong for watched in made for wrong in watched.wrongs]
    assert wrongs == []
