"""The pages of wording: two sides, the sentences behind each bar, words for somebody."""

from __future__ import annotations

import html
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, urljoin

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / "compare")]

from test_web_crawl import HOSTILE, check  # noqa: E402
from web_pages import Pages  # noqa: E402
from word_samples import GAZETTE, TIMES, Told, make_told, make_two, make_words, say  # noqa: E402

from sayso.compare.word_groups import WordQuestion, choose_sides  # noqa: E402
from sayso.ledger.database import open_writer  # noqa: E402
from sayso.web.app import make_app  # noqa: E402

SIDES = f"outlet={quote(GAZETTE)}&against={quote(TIMES)}"


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    random = Random(1)
    nasty = [
        make_told(
            Told(
                100 + n,
                HOSTILE,
                (f"{HOSTILE} {say(random)}", "The strongman left."),
                (f"{HOSTILE} {say(random)}",),
                title=f"{HOSTILE} {n}",
            )
        )
        for n in range(12)
    ]
    made = Pages(make_words(tmp_path_factory.mktemp("words"), [*make_two(), *nasty]))
    yield made
    made.app.state.pool.close()


def get(pages: Pages, path: str) -> str:
    answer = pages.ask(path)
    assert answer.status_code == 200, answer.text
    check(path, answer.text)
    return answer.text


def test_the_plain_page_offers_outlets_and_computes_nothing(words: Pages) -> None:
    page = get(words, "/wording")
    assert f'<option value="{GAZETTE}">20 reports</option>' in page
    assert "word-rows" not in page and "For example" in page


def test_two_sides_are_shown_by_voice_with_numbers_beside_the_bars(words: Pages) -> None:
    page = get(words, f"/wording?{SIDES}")
    assert re.findall(r'<span class="word">([^<]*)</span>', page) == [
        "regime", "government", "storm", "breeze",
    ]  # fmt: skip
    assert "In their own voice" in page and "In what they quote" in page
    assert page.count("<b>100 %</b>") == 4 and page.count("<b>0 %</b>") == 4
    assert "at most 5 of 100 comparisons" in page
    everything = get(words, f"/wording?{SIDES}&all=1")
    assert "may be chance" in everything and "weather" in everything


def test_every_bar_opens_as_many_reports_as_it_counts(words: Pages) -> None:
    page = get(words, f"/wording?{SIDES}&all=1")
    one = r'<a class="word-side" href="([^"]*)">.*?</span> ([\d,]+)</span></a>'
    bars = re.findall(one, page, re.DOTALL)
    assert len(bars) > 60
    for address, count in bars[::4]:
        shown = get(words, html.unescape(address))
        assert f"{count} report" in shown
        rows = words.rows(html.unescape(address).replace("/sentences?", "/sentences.json?"))
        assert len({row["report_id"] for row in rows}) == int(count)
        for row in rows:
            assert row["sentence"][row["start"] - row["sentence_start"] :].startswith(row["text"])


def test_a_sentence_leads_to_its_exact_place(words: Pages) -> None:
    page = get(words, f"/wording/sentences?{SIDES}&word=storm&voice=quoted&side=first")
    assert "<mark>storm</mark>" in page and "Ana Kovel" in page
    link = re.search(r'class="snippet"><a href="([^"]*)"', page)
    assert link is not None
    reader = get(words, html.unescape(link[1]).split("#")[0])
    assert 'id="passage"' in reader
    assert "All words of this comparison" in page


def test_any_word_can_be_looked_up(words: Pages) -> None:
    page = get(words, f"/wording?{SIDES}&voice=own&all=1&page=1")
    form = re.search(
        r'<form class="one-line" action="/wording/sentences".*?</form>', page, re.DOTALL
    )
    assert form is not None
    names = re.findall(r'<input type="hidden" name="(\w+)"', form[0])
    assert sorted(names) == ["against", "outlet", "voice"]
    assert "40 reports" in get(words, f"/wording/sentences?{SIDES}&voice=own&word=Weather")


def test_twins_have_all_rows(words: Pages) -> None:
    rows = words.rows(f"/wording.json?{SIDES}")
    assert len(rows) > 60 and rows[0]["finding"] is True and rows[-1]["finding"] is False
    table = words.ask(f"/wording.csv?{SIDES}").text.splitlines()
    assert len(table) == len(rows) + 1 and table[0].startswith("word,voice,more_in,")
    assert words.ask(f"/wording.xml?{SIDES}").status_code == 404


def test_leanings_are_offered_and_compared(words: Pages) -> None:
    other = Pages(words.paths)
    other.app = make_app(words.paths, leanings={GAZETTE: "up", TIMES: "down"})
    assert '<option value="up">a leaning' in get(other, "/wording")
    page = get(other, "/wording?outlet=up&against=down")
    assert '<span class="word">regime</span>' in page and "More in up" in page
    other.app.state.pool.close()


@pytest.mark.parametrize(
    ("query", "told", "status"),
    [
        ("outlet=Nobody", "no report of this ledger has it", 400),
        (f"outlet={quote(GAZETTE)}&against={quote(GAZETTE)}", "stand on both sides", 400),
        (f"against={quote(GAZETTE)}", "first side too", 400),
        ("since=soon", "not a date", 400),
        (f"{SIDES}&voice=loud", "it is one of own, quoted", 400),
        (f"{SIDES}&copies=some", "it is one of once", 400),
        (f"{SIDES}&within=space", "it is one of length", 400),
        (f"{SIDES}&around=%E2%80%94", "no letter or digit", 400),
        ("&".join(f"outlet=o{n}" for n in range(60)), "more than 50 outlets", 400),
        (f"outlet={'x' * 3000}", "longer than", 400),
        (f"{SIDES}&since=2040", "A side has no report", 200),
        (f"{SIDES}&deal=outlets", "no p can be below", 200),
    ],
)
def test_what_makes_no_sense_is_told_beside_the_form(
    words: Pages, query: str, told: str, status: int
) -> None:
    answer = words.ask(f"/wording?{query}")
    assert answer.status_code == status and told in html.unescape(answer.text)
    assert 'action="/wording"' in answer.text
    check(query, answer.text)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "word=a",
        f"{SIDES}&word=a+b+c",
        f"{SIDES}&word=storm&side=x",
        f"{SIDES}&word=storm&page=0",
    ],
)
def test_sentences_of_nothing_are_refused(words: Pages, query: str) -> None:
    answer = words.ask(f"/wording/sentences?{query}")
    assert answer.status_code == 400
    check(query, answer.text)


def test_words_for_somebody_by_outlet_and_voice(words: Pages) -> None:
    page = get(words, "/wording/references?name=Ana+Kovel")
    assert "Words for Ana Kovel" in page and "52 reports refer to them" in page
    assert "<b>harbour minister</b>" in page and "<b>strongman</b>" in page
    rows = words.rows("/wording/references.json?name=Ana+Kovel")
    for row in rows:
        query = f"name=Ana+Kovel&called={quote(row['wording'])}&voice={row['voice']}"
        places = words.rows(
            f"/wording/references/sentences.json?{query}&against={quote(row['outlet'])}"
        )
        assert len(places) == row["mentions"]
        assert len({place["report_id"] for place in places}) == row["reports"]
    only = get(words, f"/wording/references?name=Ana+Kovel&outlet={quote(TIMES)}")
    assert "20 reports refer" in only
    answer = words.ask("/wording/references?name=Nobody+Known")
    assert answer.status_code == 404 and "nobody of this ledger" in answer.text
    assert words.ask("/wording/references.json").status_code == 400
    assert "/wording/references?name=" in get(words, "/speakers/ana%20kovel")


def test_hostile_reports_stay_text_behind_every_link(words: Pages) -> None:
    waiting = [
        f"/wording?outlet={quote(HOSTILE)}&against={quote(TIMES)}&all=1",
        "/wording/references?name=Ana+Kovel",
        f"/wording?naming={quote('script alert')}&all=1",
    ]
    asked: set[str] = set()
    shown = 0
    while waiting and len(asked) < 60:
        path = waiting.pop(0)
        page = check(path, get(words, path))
        asked.add(path)
        shown += "<script>alert(1)" in page.text
        links = [urljoin(path, link) for link in page.links()]
        waiting += [
            link
            for link in links
            if link.startswith("/wording") and ".csv" not in link and ".json" not in link
            if link not in asked and link not in waiting
        ]
    assert shown > 30
    for name in ("outlet", "against", "since", "naming", "around", "voice", "deal", "word", "page"):
        for view in ("", "/sentences", "/references", "/references/sentences"):
            query = f"{SIDES}&name=Ana+Kovel&called=x&word=storm&{name}={quote(HOSTILE)}"
            answer = words.ask(f"/wording{view}?{query}")
            assert answer.status_code in (200, 400, 404), (name, view)
            check(f"{view} {name}", answer.text)


def test_a_comparison_sees_one_moment_of_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = Pages(make_words(tmp_path, make_two()))

    def choose_and_lose(connection: sqlite3.Connection, question: WordQuestion) -> Any:
        chosen = choose_sides(connection, question)
        with closing(open_writer(pages.paths)) as writer:
            for table in ("statement", "report"):
                writer.execute(f"DELETE FROM {table}")
        return chosen

    monkeypatch.setattr("sayso.compare.word_use.choose_sides", choose_and_lose)
    page = get(pages, f"/wording?{SIDES}")
    assert '<td class="n">20</td>' in page and "regime" in page and "storm" in page
    pages.app.state.pool.close()


def test_the_sentences_of_a_bar_lead_back_to_the_same_comparison(words: Pages) -> None:
    for sides in (SIDES, f"{SIDES}&voice=own"):
        bars = re.findall(r'"(/wording/sentences[^"]*)"', get(words, f"/wording?{sides}"))
        page = get(words, html.unescape(bars[0]))
        assert ", in their own voice" in page
        [back] = re.findall(r'"([^"]*)">All words of this comparison', page)
        assert html.unescape(back) == f"/wording?{sides.replace('%20', '+')}"
    answer = words.ask(f"/wording/sentences?{SIDES}&word=storm&said=loud")
    assert answer.status_code == 400
