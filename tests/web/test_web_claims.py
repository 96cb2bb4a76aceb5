"""The pages of claims: the list, one claim with its wordings, and links to it in a report."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / "identify")]

from claim_samples import GRANT, PIER, PIER_TOLD, VOTE, Told, WordReader, link, load  # noqa: E402
from test_web_crawl import HOSTILE, check  # noqa: E402
from web_pages import Pages  # noqa: E402

from sayso.ledger.paths import create_ledger  # noqa: E402
from sayso.link.same_claim import ClaimLink  # noqa: E402
from sayso.settings import Settings  # noqa: E402
from sayso.web.spread import MOST_OUTLETS, Dot, draw_spread  # noqa: E402

FIRST = Told("ash", (("Ida Marsh", "says", PIER),), outlet="Kestrin Wire", day="2031-02-10")
SECOND = Told("birch", (("Ida Marsh", "says", PIER_TOLD),), (GRANT,))
THIRD = Told("cedar", (), (PIER, VOTE), outlet="Oller Times", day="2031-02-12")
FOURTH = Told("elm", (("Ben Orr", "denies", PIER),), (GRANT,), outlet="Oller Times")
UNDATED = Told("fir", (("a clerk", "says", PIER),), outlet=None, day=None)
NASTY = (
    f"growers of the Valle district picked fewer apples {HOSTILE} than\u202e ever after late frost"
)
SCRIPTS = [
    Told("gum", ((f"Mara {HOSTILE}", "says", NASTY),), outlet=HOSTILE, day="2031-05-01"),
    Told("ivy", ((f"Mara {HOSTILE}", "says", NASTY),), outlet=f"{HOSTILE} B", day="2031-05-02"),
]


@pytest.fixture(scope="module")
def claimed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    paths = create_ledger(tmp_path_factory.mktemp("claims") / "claims.sayso")
    load(paths, [FIRST, SECOND, THIRD, FOURTH, UNDATED, *SCRIPTS])
    link(paths)
    made = Pages(paths)
    yield made
    made.app.state.pool.close()


def get(pages: Pages, path: str) -> str:
    answer = pages.ask(path)
    assert answer.status_code == 200, answer.text
    check(path, answer.text)
    return answer.text


def find_claim(pages: Pages, words: str) -> str:
    row = next(row for row in pages.rows("/claims.json") if words in row["text"])
    return str(row["claim_id"])


def test_the_list_has_every_claim_those_of_most_owners_first(claimed: Pages) -> None:
    page = get(claimed, "/claims")
    assert "3 claims" in page
    assert page.count('<article class="card claim"') == 3
    assert page.index("4 reports, 3 outlets") < page.index("2 reports, 2 outlets")
    assert "nothing of whether the claim holds" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=harbour", 1),
        ("q=council", 1),
        ("speaker=Ida+Marsh", 1),
        ("voice=own", 2),
        ("outlet=kestrin", 1),
        ("since=2031-05", 1),
        ("since=2040", 0),
        ("across=1", 3),
    ],
)
def test_filters_narrow_the_list(claimed: Pages, query: str, count: int) -> None:
    page = get(claimed, f"/claims?{query}")
    assert page.count('<article class="card claim"') == count
    assert len({row["claim_id"] for row in claimed.rows(f"/claims.json?{query}")}) == count


def test_the_list_says_on_how_many_origins_each_rests(claimed: Pages) -> None:
    page = get(claimed, "/claims")
    heads = re.findall(r'<h2 id="claim-\d+"><a href="/claims/(k-\w+)">.*?</h2>', page)
    told = re.findall(r"<small>((?:at most )?\d+ origins?)</small></h2>", page)
    assert len(told) == len(heads) == page.count('<article class="card claim"')
    for claim_id, words in zip(heads, told, strict=True):
        assert f": {words} (" in get(claimed, f"/claims/{claim_id}")


def test_a_claim_has_its_first_saying_spread_and_wordings(claimed: Pages) -> None:
    page = get(claimed, f"/claims/{find_claim(claimed, 'northern pier')}")
    assert "4 reports give this claim" in page
    assert re.search(r"Earliest dated here</dt><dd>Ida Marsh.*?Kestrin Wire · 2031-02-10", page)
    assert page.count('<section class="beside"') == 1
    assert "<ins>yesterday</ins>" in page
    spread = page[page.index('class="spread"') :]
    assert spread[: spread.index("</svg>")].count("<circle") == 3
    assert "outlets: " in page and 'class="origins"' in page
    assert "1 saying without a date is not drawn" in page
    assert "in its own voice" in page and "the very words" in page
    assert "does not say whether it holds" in page
    beside = page[page.index("Beside it") :]
    assert (
        '<span class="tag">one of them is denied</span> Ben Orr <small>(denies)</small>' in beside
    )


def test_every_saying_leads_to_its_place(claimed: Pages) -> None:
    claim = find_claim(claimed, "northern pier")
    for row in claimed.rows(f"/claims/{claim}.json"):
        passage = claimed.ask(
            f"/reports/{row['report_id']}?s={row['start']}-{row['end']}&t={row['text_sha256'][:12]}"
        ).text
        assert 'id="passage"' in passage
    assert claimed.ask(f"/claims/{claim}.csv").text.count("\n") == 6


def test_a_claim_is_found_by_any_of_its_sayings(claimed: Pages) -> None:
    claim = find_claim(claimed, "northern pier")
    for row in claimed.rows(f"/claims/{claim}.json")[1:4]:
        answer = claimed.ask(f"/claims/{row['id']}")
        assert answer.headers["location"] == f"/claims/{claim}"


def test_the_reader_leads_to_the_claims_of_a_report(claimed: Pages) -> None:
    page = get(claimed, f"/reports/{SECOND.report_id}")
    claim = find_claim(claimed, "northern pier")
    assert "2 sayings of this text are in other reports too" in page
    assert f'<a class="claimed" href="/claims/{claim}">4 reports say so' in page


def test_words_of_reports_stay_words(claimed: Pages) -> None:
    page = get(claimed, f"/claims/{find_claim(claimed, 'growers')}")
    assert "&lt;script&gt;alert(1)" in page and "\u202e" not in page
    assert "\u202e" not in get(claimed, "/claims")


def test_denials_and_figures_stand_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = create_ledger(tmp_path / "beside.sayso")

    def decide(one: object, other: object, cosine: float, read: object) -> ClaimLink:
        denied = "denies" in (getattr(one, "stance", None), getattr(other, "stance", None))
        return ClaimLink("contradicts" if denied else "same", (), ("denied in one",))

    monkeypatch.setattr("sayso.identify.claiming.decide", decide)
    load(paths, [FIRST, replace(SECOND, outlet="Letter"), FOURTH])
    link(paths)
    pages = Pages(paths)
    page = get(pages, f"/claims/{find_claim(pages, 'northern pier')}")
    beside = page[page.index("<h3>Denies or excludes it</h3>") :]
    assert '<span class="tag">denied in one</span> Ben Orr <small>(denies)</small>' in beside
    relations = [row["relation"] for row in pages.rows(f"/claims/{find_claim(pages, 'pier')}.json")]
    assert relations == ["same", "same", "contradicts"]
    pages.app.state.pool.close()


def test_what_stands_beside_it_is_listed_to_a_limit(
    claimed: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/claims/{find_claim(claimed, 'northern pier')}"
    assert "more in the JSON and CSV" not in get(claimed, path)
    monkeypatch.setattr("sayso.web.views.claims.MOST_BESIDE", 0)
    assert "1 more in the JSON and CSV" in get(claimed, path)


def test_why_there_are_none_is_said(tmp_path: Path) -> None:
    paths = create_ledger(tmp_path / "none.sayso")
    load(paths, [FIRST])
    pages = Pages(paths)
    assert "gone through by the next" in get(pages, "/claims")
    link(paths)
    assert "No two reports were found to say the same" in get(pages, "/claims")
    link(paths, Settings(claims=False))
    assert "is false" in get(pages, "/claims")
    reader = WordReader()
    reader.version = None
    link(paths, reader=reader)
    assert "a model that claims need is missing" in get(pages, "/claims")
    pages.app.state.pool.close()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/claims/k-000000000000000000000000", 404),
        (f"/claims/{'x' * 5_000}", 404),
        ("/claims/k-0.xml", 404),
        ("/claims?since=never", 400),
        ("/claims?voice=loud", 400),
        ("/claims?page=0", 400),
    ],
)
def test_what_is_wrong_is_refused(claimed: Pages, path: str, status: int) -> None:
    answer = claimed.ask(path)
    assert answer.status_code == status
    assert "<h1" in answer.text


def test_very_many_outlets_and_sayings_are_drawn_to_a_limit() -> None:
    dots = [Dot(f"Paper {n % 200}", "2031-02-11", False, "/x") for n in range(5_000)]
    assert draw_spread(dots).count("<text") == MOST_OUTLETS + 1
    assert len(draw_spread(dots)) < 200_000
    assert draw_spread([]) == ""


def test_the_drawing_escapes_what_reports_say() -> None:
    drawn = draw_spread([Dot("<b>&\u202e", "2031-02-11", True, '/x"><i>')])
    assert "<b>" not in drawn and "<i>" not in drawn and "\u202e" not in drawn


FORM = {
    "Origin": "http://127.0.0.1:8177",
    "Content-Type": "application/x-www-form-urlencoded",
}


def send(pages: Pages, **fields: str) -> httpx.Response:
    body = urlencode({**fields, "token": pages.app.state.token})
    return pages.ask("/judge", method="POST", content=body, headers=FORM)


def test_a_decision_is_tried_out_in_force_and_undone(tmp_path: Path) -> None:
    paths = create_ledger(tmp_path / "judged.sayso")
    load(paths, [FIRST, SECOND])
    link(paths)
    pages = Pages(paths)
    rows = pages.rows("/claims.json")
    first, second = (row["id"] for row in rows)
    page = get(pages, f"/claims/{rows[0]['claim_id']}")
    assert f'name="first" value="{first}"' in page
    given = {"kind": "different", "first": first, "saying": second, "next": f"/claims/{first}"}
    tried = send(pages, **given, do="preview")
    assert tried.status_code == 200 and "are two claims" in tried.text
    assert "no claim" in tried.text and "No name would be" not in tried.text
    assert pages.rows("/claims.json") == rows
    done = send(pages, **given, do="decide", author="Ines Falk")
    assert done.status_code == 303
    moved = pages.ask(done.headers["location"])
    assert moved.headers["location"].startswith("/claims?decided=")
    page = get(pages, moved.headers["location"])
    assert "are two claims" in page and pages.rows("/claims.json") == []
    [decision] = pages.rows("/names/decisions.json")
    assert (decision["kind"], decision["author"]) == ("different", "Ines Falk")
    get(pages, "/names/decisions")
    undone = send(
        pages, kind="undo", given=decision["judgement_id"], do="decide", next=f"/claims/{first}"
    )
    assert undone.status_code == 303
    assert pages.rows("/claims.json") == rows
    pinned = send(
        pages, kind="pin", saying=second, do="decide", next=f"/claims/{second}", author="Ines Falk"
    )
    page = get(pages, pages.ask(pinned.headers["location"]).headers["location"])
    assert "comes first in its claim" in page
    joined = send(pages, kind="same", first=second, given="s-0", do="decide")
    assert joined.status_code == 404
    pages.app.state.pool.close()
