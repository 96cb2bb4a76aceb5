"""Whole flows by keyboard, and hostile reports that stay text."""

from __future__ import annotations

from typing import Any

from served_site import Site, list_pages


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def tab_to(page: Any, script: str, most: int = 150) -> None:
    """Press Tab until the focused element fits."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"((e) => {script})(document.activeElement)"):
            return
    raise AssertionError(f"no Tab leads to {script}")


def test_from_a_search_to_a_copied_citation_by_keyboard(watch: Any, site: Site) -> None:
    watched = watch(permissions=["clipboard-read", "clipboard-write"])
    page = watched.open("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    tab_to(page, "e.name === 'q'")
    page.keyboard.type("checkpoint")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=checkpoint")
    tab_to(page, "e.closest('.snippet')")
    page.keyboard.press("Enter")
    page.wait_for_selector("#passage")
    box = page.locator("#passage").bounding_box()
    assert box is not None and 0 <= box["y"] <= 900
    tab_to(page, "e.closest('article') && e.classList.contains('cite')", 400)
    opener = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_selector("#dialog[open]")
    assert page.evaluate("document.getElementById('dialog').contains(document.activeElement)")
    tab_to(page, "e.dataset.copy === 'text-markdown'")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.querySelector('#dialog .told-here').textContent === 'Copied.'"
    )
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#text-markdown").input_value()
    assert copied.startswith("> ") and "/reports/" in copied
    page.keyboard.press("Escape")
    assert page.locator("#dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.href") == opener


def test_outlets_are_compared_by_keyboard(watch: Any, site: Site) -> None:
    page = watch(width=390).open("/compare?outlet=Kestrinform")
    tab_to(page, "e.name === 'outlet' && e.tagName === 'SELECT'")
    page.keyboard.press("ArrowDown")
    tab_to(page, "e.tagName === 'BUTTON'")
    page.keyboard.press("Enter")
    page.wait_for_url("**outlet=Kestrinform&outlet=*")
    assert page.locator(".compare thead th").count() == 2
    tab_to(page, "e.classList.contains('compared')")  # the table scrolls by itself, with the arrows
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.compared').scrollLeft > 0")
    tab_to(page, "e.closest('tbody#speaker td')")
    count = focused(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/statements?outlet=*")
    assert page.locator("#count").inner_text().split()[0] == count


def test_narrowing_keeps_its_place_and_its_address(watch: Any, site: Site) -> None:
    page = watch().open("/statements")
    before = page.locator("#count").inner_text()
    tab_to(page, "e.id === 'to-kind-1'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statements?kind=*")
    page.wait_for_function(
        "(before) => document.getElementById('count').textContent.trim() !== before", arg=before
    )
    assert page.evaluate("document.activeElement.id") == "to-kind-1"
    narrowed = page.locator("#count").inner_text()
    assert page.locator("#to-kind-1").get_attribute("aria-current") == "true"
    # The same view by its address alone.
    page.reload(wait_until="load")
    assert page.locator("#count").inner_text() == narrowed
    page.go_back(wait_until="load")
    page.wait_for_function(
        "(before) => document.getElementById('count').textContent.trim() === before", arg=before
    )
    # A field beside a facet keeps it.
    page.locator("#to-kind-1").click()
    page.wait_for_url("**/statements?kind=*")
    page.get_by_role("textbox", name="Outlet").fill("Kestrinform")
    page.keyboard.press("Enter")
    page.wait_for_url("**outlet=Kestrinform**")
    page.wait_for_selector("#chip-kind")
    assert page.locator("#chip-outlet").is_visible()


def test_a_wrong_question_is_answered_in_words(watch: Any, site: Site) -> None:
    watched = watch()
    page = watched.open("/statements")
    page.get_by_label("From").fill("yesterday")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice.warn")
    assert "yesterday" in page.locator(".notice.warn").inner_text()
    # The form is there to mend it.
    page.get_by_label("From").fill("2031-04")
    page.keyboard.press("Enter")
    page.wait_for_selector("article.statement")
    assert page.locator(".notice.warn").count() == 0
    # The browser itself reports the status 400.
    watched.wrongs = [wrong for wrong in watched.wrongs if "status of 400" not in wrong
                      and "Response Status Error Code 400" not in wrong]  # fmt: skip


def test_hostile_reports_are_text_on_every_page(watch: Any, site: Site) -> None:
    watched = watch()
    hostile = site.find_report("Nothing runs")["report"]
    row = site.find_report("30 trucks")["report"]
    paths = [
        *list_pages(site).values(),
        f"/reports/{hostile['report_id']}",
        f"/reports/{row['report_id']}",
        f"/reports/{row['report_id']}/cite?s=0-9",
        f"/reports/{row['report_id']}/original",
        "/reports?all=1",
        "/search?q=script",
        "/statements?speaker=Marrin",
        "/statements?q=%3Cscript%3Ewindow.hacked%3Dtrue%3C/script%3E",
        "/speakers?outlet=script",
    ]
    for path in paths:
        page = watched.open(path)
        assert page.evaluate("window.hacked") is None
        assert page.locator("a[href^='javascript:']").count() == 0
        page.close()


def test_an_original_runs_nothing(watch: Any, site: Site) -> None:
    report = site.find_report("Nothing runs")["report"]
    watched = watch()
    page = watched.open(f"/reports/{report['report_id']}/original")
    assert page.evaluate("window.origin") == "null"
    assert page.evaluate("window.hacked") is None
    # The browser tells that the script of the page was stopped.
    assert any("sandbox" in wrong or "Content Security" in wrong for wrong in watched.wrongs)
    assert not any(wrong.startswith("request") for wrong in watched.wrongs)
    watched.wrongs.clear()


def test_cite_in_a_list_opens_the_dialog_again_and_again(watch: Any, site: Site) -> None:
    page = watch().open("/statements")
    for number in range(3):
        page.locator("article.statement .cite").nth(number).click()
        page.wait_for_selector("#dialog[open] #text-plain")
        assert page.locator("#list article.statement").count() > 3
        page.get_by_role("button", name="Close").click()
        assert page.locator("#dialog[open]").count() == 0


def test_the_skip_link_leads_to_the_top_of_the_content(watch: Any, site: Site) -> None:
    page = watch().open("/statements")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("window.scrollY") < 200
    tab_to(page, "e.name === 'q'", 2)


def test_enter_in_a_filter_is_one_step_back(watch: Any, site: Site) -> None:
    page = watch().open("/statements")
    steps = page.evaluate("history.length")
    page.get_by_role("textbox", name="Outlet").fill("Kestrinform")
    page.keyboard.press("Enter")
    page.wait_for_url("**outlet=Kestrinform**")
    page.wait_for_selector("#chip-outlet")
    assert page.evaluate("history.length") == steps + 1


def test_words_that_were_typed_go_along_with_a_facet(watch: Any, site: Site) -> None:
    page = watch().open("/statements")
    page.get_by_role("textbox", name="Outlet").fill("Kestrinform")
    page.locator("#to-kind-1").click()
    page.wait_for_selector("#chip-kind")
    assert page.locator("#chip-outlet").is_visible()
    assert "outlet=Kestrinform" in page.url and "kind=" in page.url


def test_the_next_page_begins_at_its_beginning(watch: Any, site: Site) -> None:
    page = watch().open("/statements")
    page.locator("#page-after").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**page=2")
    page.wait_for_selector("#page-before")
    page.wait_for_function("() => document.activeElement.id === 'results'")
    assert page.evaluate("window.scrollY") < 200
