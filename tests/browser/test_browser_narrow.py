"""What a window of 400 pixels leaves to read: forms folded, nothing covered, fields wide enough."""

from __future__ import annotations

from typing import Any

import pytest
from served_site import Site, list_pages


@pytest.mark.parametrize("address", ["/statements", "/figures", "/claims", "/copies"])
def test_the_form_of_a_list_is_folded_where_it_is_narrow(watch: Any, address: str) -> None:
    page = watch(width=400, height=700).open(address)
    assert not page.locator("details.asking form").is_visible()
    page.locator("details.asking > summary").click()
    assert page.locator("details.asking form").is_visible()


def test_the_form_of_a_list_is_open_where_there_is_room(watch: Any) -> None:
    page = watch().open("/statements")
    assert page.locator("details.asking form").is_visible()
    assert not page.locator("details.asking > summary").is_visible()


def test_the_queue_of_names_is_not_covered_by_its_form(watch: Any) -> None:
    page = watch(width=400, height=700).open("/names")
    form = page.locator("#queue .deciding")
    if form.count():
        assert form.evaluate("e => getComputedStyle(e).position") == "static"


def test_a_word_of_ones_own_has_a_field_to_write_in(watch: Any, site: Site) -> None:
    page = watch(width=400, height=700).open(list_pages(site)["words"])
    assert page.locator(".one-line input[name=word]").bounding_box()["width"] > 200


def test_entries_of_own_voice_have_no_empty_lines(watch: Any) -> None:
    page = watch().open("/assertions")
    entry = page.locator("article.passage").first
    assert entry.evaluate("e => getComputedStyle(e).whiteSpace") == "normal"
