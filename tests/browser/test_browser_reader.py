"""The reader: the text is the stored text, offsets are code points, passages are landed on."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from served_site import Site, list_pages

SELECT = """
(words) => {
  const text = document.getElementById("text");
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let all = "";
  while (walker.nextNode()) {
    nodes.push([walker.currentNode, all.length]);
    all += walker.currentNode.data;
  }
  const start = all.indexOf(words), end = start + words.length;
  const place = (at, last) => {
    const [node, from] = nodes.findLast(([, from]) => (last ? from < at : from <= at));
    return [node, at - from];
  };
  const range = document.createRange();
  range.setStart(...place(start, false));
  range.setEnd(...place(end, true));
  document.getSelection().removeAllRanges();
  document.getSelection().addRange(range);
}
"""


def test_the_text_of_every_report_is_the_stored_text(watch: Any, site: Site) -> None:
    watched = watch()
    for row in site.ask("/reports.json?all=1")["rows"]:
        page = watched.open(f"/reports/{row['report_id']}")
        shown = page.evaluate(
            "[...document.querySelectorAll('#text .line')].map((l) => l.textContent).join('')"
        )
        assert shown == site.ask(f"/reports/{row['report_id']}.json")["report"]["text"]
        page.close()


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("Harbour 🚢🚢🚢", "and all,” said Ana Kovel. “At least 40 crates 📦"),
        ("Harbour 🚢🚢🚢", "🚢🚢 is"),
        ("Harbour 🚢🚢🚢", "news, corrected\n\n“The ferry"),
        ("Talks resume in Varsk", "(peace) was in the draft.\n“We wrote وقف"),
        ("Talks resume in Varsk", "🕊 in the margin,” Sahl"),
        ("\u202e", "zero\u200bwidth words"),
        ("Nothing runs", "<b>all of it</b>"),
    ],
)
def test_a_selection_is_cited_in_code_points(
    watch: Any, site: Site, report: str, words: str
) -> None:
    findings = site.find_report(report)["report"]
    page = watch().open(f"/reports/{findings['report_id']}")
    page.evaluate(SELECT, words)
    button = page.locator("#cite-selection")
    page.wait_for_function("() => !document.getElementById('cite-selection').disabled")
    button.click()
    page.wait_for_selector("#dialog[open] #text-annotation")
    link = page.locator("#dialog a", has_text="The passage in its report").get_attribute("href")
    assert link is not None
    start, end = map(int, parse_qs(urlsplit(link).query)["s"][0].split("-"))
    assert findings["text"][start:end] == words
    page.keyboard.press("Escape")
    page.goto(site.address + link)
    marked = page.evaluate(
        "[...document.querySelectorAll('.target')].map((l) => l.textContent).join('')"
    )
    assert marked == words
    assert page.locator("#passage").count() == 1
    box = page.locator(".target").first.bounding_box()
    assert box is not None and 0 <= box["y"] <= 900
    assert page.locator(".notice[role=status]").count() == 0


def test_a_passage_of_a_replaced_text_is_found_by_its_words(watch: Any, site: Site) -> None:
    new = site.find_report("Harbour 🚢🚢🚢")["report"]
    old = site.ask(f"/reports/{new['revision_of']}.json")["report"]
    start = old["text"].index("At least 40")
    address = f"/reports/{new['report_id']}?s={start}-{start + 18}&t={old['text_sha256'][:12]}"
    page = watch().open(address)
    assert "found here by its words" in page.locator(".notice[role=status]").inner_text()
    marked = page.evaluate(
        "[...document.querySelectorAll('.target')].map((l) => l.textContent).join('')"
    )
    assert marked == old["text"][start : start + 18]


def test_a_card_and_its_passage_light_up_together(watch: Any, site: Site) -> None:
    page = watch().open(list_pages(site)["report"])
    card = page.locator("article.statement").first
    key = card.get_attribute("data-keys").split()[0]
    card.hover()
    assert page.locator(f"[data-k~={key}].lit").count() >= 1
    page.locator(f"[data-k~={key}]").last.hover()
    assert "lit" in (card.get_attribute("class") or "")


def test_a_passage_leads_to_its_card_and_back(watch: Any, site: Site) -> None:
    page = watch().open(list_pages(site)["report"])
    page.locator("#s1").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "card-s1"
    page.locator("#card-s1 blockquote a").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "s1"
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") not in ("s1", "")


def test_what_is_hidden_in_a_text_is_shown_and_turns_nothing(watch: Any, site: Site) -> None:
    findings = site.find_report("\u202e")["report"]
    page = watch().open(f"/reports/{findings['report_id']}")
    codes = page.evaluate("[...document.querySelectorAll('.hidden')].map((e) => e.dataset.code)")
    assert codes == ["U+202E", "U+202C", "U+200B", "U+2066", "U+2069"]
    assert "5 characters of this text are invisible" in page.locator(".report-head").inner_text()
    # What follows the override stands to its right, as it is written.
    words = "document.querySelector('.hidden').nextElementSibling.firstChild"
    first, last = page.evaluate(
        f"""[[0, 1], [3, 4]].map(([a, b]) => {{
          const range = document.createRange();
          range.setStart({words}, a); range.setEnd({words}, b);
          return range.getBoundingClientRect().left;
        }})"""
    )
    assert first < last


def test_a_mouse_selects_inside_a_statement(watch: Any, site: Site) -> None:
    page = watch().open(list_pages(site)["report"])
    box = page.locator("#s1").bounding_box()
    assert box is not None
    middle = box["y"] + min(box["height"], 24) / 2
    page.mouse.move(box["x"] + 20, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, middle, steps=8)
    page.mouse.up()
    selected = page.evaluate("document.getSelection().toString()")
    assert len(selected) > 4
    assert selected in page.locator("#s1").inner_text()
    assert page.locator("#cite-selection").is_enabled()
    page.mouse.dblclick(box["x"] + 40, middle)
    assert page.evaluate("document.getSelection().toString().trim()")


def test_the_column_of_cards_follows_the_text(watch: Any, site: Site) -> None:
    page = watch(height=500).open(list_pages(site)["report"])
    last = page.locator("#text a[id]").last
    anchor = last.get_attribute("id")
    last.focus()
    page.wait_for_function(
        """(anchor) => {
          const card = document.getElementById(`card-${anchor}`).getBoundingClientRect();
          const side = document.getElementById("cards").getBoundingClientRect();
          return card.top >= side.top - 1 && card.top < side.bottom;
        }""",
        arg=anchor,
    )


def test_a_passage_is_marked_where_statements_are_nested(watch: Any, site: Site) -> None:
    report = site.find_report("quoted a captured commander")["report"]
    start = report["text"].index("captured commander")
    end = report["text"].index("had ordered his men") + 10
    page = watch().open(f"/reports/{report['report_id']}?s={start}-{end}")
    colours = page.evaluate(
        "[...document.querySelectorAll('.target')].map((e) => getComputedStyle(e).backgroundColor)"
    )
    assert len(colours) > 2 and len(set(colours)) == 1
    assert page.locator(".target.nested").count() >= 1
