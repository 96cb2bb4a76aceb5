"""Every page at every width, light and dark: no accessibility violation, nothing off the edge."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from served_site import Site, list_pages

SIZES = [(width, scheme) for width in (390, 768, 1280) for scheme in ("light", "dark")]


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_axe_finds_nothing(watch: Any, site: Site, width: int, scheme: str) -> None:
    watched = watch(width=width, color_scheme=scheme)
    axe = Axe()
    found = {}
    for name, path in list_pages(site).items():
        page = watched.open(path)
        results = axe.run(page)
        if results.violations_count:
            found[name] = results.generate_report()
        page.close()
    assert found == {}


@pytest.mark.parametrize("width", [320, 390, 640, 768, 1280])
def test_no_page_is_wider_than_its_window(watch: Any, site: Site, width: int) -> None:
    """640 and 320 are 1280 and 640 at 200 % zoom."""
    watched = watch(width=width, height=450 if width == 640 else 900)
    wide = {}
    for name, path in list_pages(site).items():
        page = watched.open(path)
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            wide[name] = needed
        page.close()
    assert wide == {}


def test_pages_are_whole_without_script(watch: Any, site: Site) -> None:
    watched = watch(java_script_enabled=False)
    page = watched.open("/statements")
    page.get_by_role("textbox", name="Speaker").fill("Orvel")
    page.get_by_role("button", name="Show").click()
    assert "speaker=Orvel" in page.url
    assert page.locator("#count").inner_text().startswith("1")
    page.get_by_role("link", name="Cite").first.click()
    assert "@online" in page.locator("#text-bibtex").input_value()
    page.get_by_role("link", name="The passage in its report").click()
    assert page.locator("#passage").count() == 1


def test_print_shows_text_and_cards_alone(watch: Any, site: Site) -> None:
    page = watch().open(list_pages(site)["report"])
    page.emulate_media(media="print")
    assert not page.locator("header.site").is_visible()
    assert page.locator("#text").is_visible()
    assert page.locator("#cards article").first.is_visible()
