"""Deciding who is who in a browser: by keys alone, and without script."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from served_site import Site, serve_site

SPEAKERS = (
    "Jon Hale", "J. Hale", "Jane Hale", "Mira Sovan", "M. Sovan", "Mara Sovan", "Ilo Marrin",
    "I. Marrin", "Ida Marrin",
)  # fmt: skip


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with pairs of names that are doubtful."""
    folder = tmp_path_factory.mktemp("names")
    (folder / "reports").mkdir()
    for number, name in enumerate(SPEAKERS):
        text = f"Ferry {number}\n\n“The ferry was late on day {number},” said {name}, a clerk.\n"
        (folder / "reports" / f"{number}.txt").write_text(text, encoding="utf-8")
    target = folder / "names.sayso"
    command = [sys.executable, "-m", "sayso", "read", str(folder / "reports")]
    subprocess.run([*command, "--ledger", str(target)], check=True, capture_output=True)
    return target


@pytest.fixture
def named(read_once: Path, tmp_path: Path) -> Iterator[Site]:
    """That ledger, served; each test decides on a copy."""
    with serve_site(shutil.copytree(read_once, tmp_path / "names.sayso")) as site:
        yield site


def list_kinds(site: Site) -> list[str]:
    return sorted(one["kind"] for one in site.ask("/names/decisions.json")["rows"])


def test_a_page_of_pairs_is_answered_by_keys_alone(watch: Any, named: Site) -> None:
    page = watch(of=named).open("/names")
    pairs = page.locator(".pair").count()
    assert pairs >= 4
    page.locator(".pair").first.focus()
    for key in "sdu":
        page.keyboard.press(key)
    page.keyboard.press("k")
    page.keyboard.press("x")
    for _ in range(pairs - 3):
        page.keyboard.press("x")
    assert page.evaluate("document.activeElement.value") == "decide"
    checked = page.locator(".verdict input:checked")
    assert [one.get_attribute("value") for one in checked.all()][:3] == ["same", "different", ""]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "decided=" in page.url
    assert list_kinds(named) == ["merge", "split"]
    with page.expect_navigation():
        page.locator("#undo").press("Enter")
    assert list_kinds(named) == ["merge", "split", "undo", "undo"]
    assert page.locator(".pair").count() == pairs


def test_keys_in_a_field_are_letters(watch: Any, named: Site) -> None:
    page = watch(of=named).open("/names")
    page.get_by_label("Reason, if any").fill("")
    page.get_by_label("Reason, if any").press_sequentially("sudden")
    assert page.get_by_label("Reason, if any").input_value() == "sudden"
    assert page.locator(".verdict input:checked[value=same]").count() == 0


def test_a_speaker_is_joined_without_script(watch: Any, named: Site) -> None:
    page = watch(of=named, java_script_enabled=False).open("/speakers/mira%20sovan")
    page.get_by_label("Is also called").fill("M. Sovan")
    page.get_by_role("button", name="Join …").click()
    assert page.get_by_text("Nothing is decided yet").is_visible()
    assert page.get_by_role("row", name="M. Sovan").is_visible()
    page.get_by_label("Decided by").fill("Ines Falk")
    page.get_by_role("button", name="Decide").click()
    assert page.get_by_text("are one").first.is_visible()
    assert page.locator("#names ~ form li, #names ~ ul li").count() >= 2
    page.goto(named.address + "/names")
    assert page.get_by_label("Decided by").input_value() == "Ines Falk"


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_the_pages_of_deciding_are_within_reach(
    watch: Any, named: Site, width: int, scheme: str
) -> None:
    watched = watch(of=named, width=width, color_scheme=scheme)
    axe = Axe()
    for step in ("queue", "preview", "decided", "decisions"):
        if step == "queue":
            page = watched.open("/names")
        elif step == "preview":
            page.locator(".verdict input[value=same]").first.check()
            page.get_by_role("button", name="See what would change").click()
        elif step == "decided":
            page.get_by_role("button", name="Decide", exact=True).click()
        else:
            page.goto(named.address + "/names/decisions")
        page.wait_for_load_state()
        results = axe.run(page)
        assert results.violations_count == 0, (step, results.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, step


def test_selected_words_become_the_source_of_a_statement(watch: Any, named: Site) -> None:
    row = named.ask("/statements.json?speaker=Marrin")["rows"][0]
    page = watch(of=named).open(f"/reports/{row['report_id']}")
    text = page.locator("#text").inner_text()
    page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.getElementById("text"), 4);
          for (let node; (node = walker.nextNode()); ) {
            const at = node.data.indexOf("clerk");
            if (at < 0) continue;
            getSelection().setBaseAndExtent(node, at, node, at + 5);
            return;
          }
        }"""
    )
    page.locator(".statement a.correct").first.click()
    page.wait_for_load_state()
    assert "source=" in page.url
    page.get_by_label("Speaker").fill("Ana Kovel")
    page.get_by_role("button", name="Correct", exact=True).click()
    page.wait_for_load_state()
    assert page.get_by_text("Corrected by").is_visible()
    assert "clerk" in text
    [now] = named.ask("/statements.json?speaker=Kovel")["rows"]
    assert now["source"] == "clerk" and now["statement_id"] == row["statement_id"]
    assert Axe().run(page).violations_count == 0
    page.locator("#undo").click()
    page.wait_for_load_state()
    assert page.get_by_text("Corrected by").count() == 0
