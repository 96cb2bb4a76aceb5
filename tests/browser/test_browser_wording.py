"""From a bar to its sentences to the exact place, by keyboard and without script."""

from __future__ import annotations

from typing import Any

import pytest
from served_site import Site, list_pages
from test_browser_flows import tab_to


@pytest.mark.parametrize("script", [True, False])
def test_a_bar_opens_its_sentences_and_these_their_place(
    watch: Any, site: Site, script: bool
) -> None:
    page = watch(java_script_enabled=script).open(list_pages(site)["words"])
    bars = page.locator("a.word-side")
    assert bars.count() > 10
    told = bars.first.locator(".n").inner_text().split()[-1]
    if script:
        tab_to(page, "e.classList.contains('word-side')")
        page.keyboard.press("Enter")
        page.wait_for_url("**/wording/sentences?**")
    else:
        bars.first.click()
    assert page.locator("#count").inner_text().startswith(f"{told} report")
    marked = page.locator(".snippet mark").first.inner_text()
    page.locator(".snippet a").first.click()
    page.wait_for_selector("#passage")
    assert page.locator("#passage").inner_text() == marked


def test_sides_are_asked_for_by_the_form(watch: Any, site: Site) -> None:
    page = watch().open("/wording")
    outlet = page.locator("#outlets option").first.get_attribute("value")
    page.get_by_label("Outlet", exact=True).first.fill(outlet)
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url("**outlet=**")
    assert page.locator(".side-table tbody tr").count() == 2
    assert page.locator(".side-table").inner_text().count(outlet) == 1
