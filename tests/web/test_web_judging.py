"""Deciding who is who on the pages: what is tried out changes nothing, what is decided holds."""

from __future__ import annotations

import html
import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from web_pages import Pages

sys.path.insert(0, str(Path(__file__).parents[1] / "identify"))

from identify_samples import (
    get_identity,
    list_groups,
    load,
    load_findings,
    make_groups,
    make_titled,
)
from ledger_samples import day

from sayso.ledger.paths import create_ledger
from sayso.web.app import make_app

ORIGIN = "http://127.0.0.1:8177"
FORM = {"Origin": ORIGIN, "Content-Type": "application/x-www-form-urlencoded"}
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def names(tmp_path: Path) -> Iterator[Pages]:
    """A ledger with a pair that is doubtful and one that is joined."""
    paths = create_ledger(tmp_path / "names.sayso")
    load(
        paths,
        ["Jon Hale", "Mira Sovan"],
        ["J. Hale", "Mira Sovann"],
        ["Jane Hale", "Ana Kovel"],
        ["J. Hale"],
        ["Jon Hale"],
    )
    made = Pages(paths)
    yield made
    made.app.state.pool.close()


def send(
    pages: Pages, fields: Sequence[tuple[str, str]], *, token: str | None = None, **headers: str
) -> httpx.Response:
    given = pages.app.state.token if token is None else token
    body = urlencode([*fields, ("token", given)])
    return pages.ask("/judge", method="POST", content=body, headers={**FORM, **headers})


def read_pairs(pages: Pages) -> list[str]:
    return re.findall(r'name="pairs" value="([^"]+)"', pages.ask("/names").text)


def find_pair(pages: Pages, *people: str) -> str:
    """The pair of the queue that is about these two."""
    ids = {get_identity(pages.paths, name) for name in people}
    [pair] = [one for one in read_pairs(pages) if set(one.split(":")) == ids]
    return pair


def read_judgements(pages: Pages) -> list[dict[str, Any]]:
    return pages.rows("/names/decisions.json")


def test_the_queue_shows_what_the_reports_have_of_either(names: Pages) -> None:
    page = names.ask("/names").text
    assert find_pair(names, "Jon Hale", "J. Hale")
    assert "<mark>J. Hale</mark> said that the ferry was late." in page
    assert "No report has both" in page
    assert "initial: jon = j" in page


def test_what_is_tried_out_changes_nothing(names: Pages) -> None:
    before = list_groups(names.paths)
    pair = find_pair(names, "Jon Hale", "J. Hale")
    answer = send(names, [(f"pair:{pair}", "same"), ("do", "preview")])
    assert answer.status_code == 200
    assert "Nothing is decided yet" in answer.text
    assert "<b>Jon Hale</b>" in answer.text and "<b>J. Hale</b>" in answer.text
    assert list_groups(names.paths) == before
    assert read_judgements(names) == []
    assert not names.paths.judgements.exists()


def test_what_was_tried_out_is_decided_as_it_stood(names: Pages) -> None:
    pair = find_pair(names, "Jon Hale", "J. Hale")
    page = send(names, [(f"pair:{pair}", "same"), ("do", "preview")]).text
    given = [html.unescape(one) for one in re.findall(r'name="judgement" value="([^"]*)"', page)]
    answer = send(
        names,
        [
            *(("judgement", one) for one in given),
            ("do", "decide"),
            ("author", "Ines Falk"),
            ("reason", "one office"),
            ("next", "/names?q=hale"),
        ],
    )
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/names?q=hale&decided=j-")
    assert {"Jon Hale", "J. Hale"} in list_groups(names.paths)
    [judgement] = read_judgements(names)
    assert judgement["author"] == "Ines Falk" and judgement["reason"] == "one office"
    assert "sayso_author=" in answer.headers["set-cookie"]
    there = names.ask(answer.headers["location"]).text
    assert "are one" in there and 'id="undo"' in there
    undone = send(names, [("kind", "undo"), ("given", judgement["judgement_id"]), ("do", "decide")])
    assert undone.status_code == 303
    assert {"Jon Hale"} in list_groups(names.paths)


def test_a_whole_page_is_decided_at_once_and_undone_at_once(names: Pages) -> None:
    before = list_groups(names.paths)
    pairs = read_pairs(names)
    assert len(pairs) >= 2
    first, *others = pairs
    fields = [("pairs", one) for one in pairs] + [
        (f"pair:{first}", "unsure"),
        ("rest", "different"),
    ]
    answer = send(names, [*fields, ("do", "decide")])
    kinds = sorted(one["kind"] for one in read_judgements(names))
    assert kinds == ["split"] * len(others) + ["unsure"]
    assert read_pairs(names) == []
    assert "Nothing is doubtful" in names.ask("/names").text
    moments = [one["judged_at"] for one in read_judgements(names)]
    assert len(set(moments)) == len(moments)
    ids = re.search("decided=([^&]+)", answer.headers["location"])[1].split(".")  # type: ignore[index]
    send(names, [("kind", "undo"), *(("given", one) for one in ids), ("do", "decide")])
    assert sorted(read_pairs(names)) == sorted(pairs)
    assert list_groups(names.paths) == before


def test_skipping_leads_on_and_loses_no_pair(names: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    every = read_pairs(names)
    monkeypatch.setattr("sayso.web.views.names.PER_QUEUE", 1)
    seen, path = [], "/names"
    while True:
        page = names.ask(path).text
        seen += re.findall(r'name="pairs" value="([^"]+)"', page)
        after = re.search(r'href="([^"]+)" rel="next"', page)
        if after is None:
            break
        path = html.unescape(after[1])
    assert seen == every
    assert names.ask("/names?after=8-99999").status_code == 404
    assert names.ask("/names?after=x").status_code == 400


def test_the_page_of_a_speaker_joins_parts_and_renames(names: Pages) -> None:
    person = get_identity(names.paths, "Jon Hale")
    page = names.ask(f"/speakers/{person}").text
    assert names.app.state.token in page
    common = [("person", person), ("next", f"/speakers/{person}"), ("do", "decide")]
    send(names, [("kind", "join"), ("given", "J. Hale"), *common])
    assert {"Jon Hale", "J. Hale"} in list_groups(names.paths)
    send(names, [("kind", "join"), ("given", "The Old Pilot"), *common])
    assert names.ask("/speakers/the%20old%20pilot").status_code == 200
    send(names, [("kind", "rename"), ("given", "Jon Hale, pilot"), *common])
    page = names.ask(f"/speakers/{person}").text
    assert "<h1>Jon Hale, pilot</h1>" in page
    assert "3 decisions on these names" in page
    send(names, [("kind", "part"), ("name", "J. Hale"), *common])
    assert {"Jon Hale"} in list_groups(names.paths)


def test_some_reports_are_about_somebody_else_of_the_name(names: Pages) -> None:
    person = get_identity(names.paths, "Jon Hale")
    page = names.ask(f"/speakers/{person}").text
    reports = re.findall(r'name="report" value="([^"]+)"', page)
    assert len(reports) == 2
    fields = [("kind", "separate"), ("person", person), ("given", "the pilot")]
    send(names, [*fields, ("report", reports[0]), ("do", "decide")])
    assert {"Jon Hale (the pilot)"} in list_groups(names.paths)
    page = names.ask(f"/speakers/{person}").text
    assert re.findall(r'name="report" value="([^"]+)"', page) == [reports[1]]
    send(names, [*fields, ("report", reports[1]), ("do", "decide")])
    assert {"Jon Hale"} not in list_groups(names.paths)


@pytest.mark.parametrize(
    ("token", "headers", "status"),
    [("", {}, 403), ("wrong", {}, 403), (None, {"Origin": "null"}, 403),
     (None, {"Origin": "http://evil.example"}, 403), (None, {"Content-Type": "text/plain"}, 403),
     (None, {"Content-Type": "multipart/form-data; boundary=x"}, 403)],
)  # fmt: skip
def test_nothing_is_decided_without_our_page(
    names: Pages, token: str | None, headers: dict[str, str], status: int
) -> None:
    pair = find_pair(names, "Jon Hale", "J. Hale")
    answer = send(names, [(f"pair:{pair}", "same"), ("do", "decide")], token=token, **headers)
    assert answer.status_code == status
    assert read_judgements(names) == []


def test_a_form_that_is_too_long_is_refused(names: Pages) -> None:
    assert send(names, [("x", "y" * 1_000_001)]).status_code == 413
    assert send(names, [("x", "y")] * 5_001).status_code == 413


@pytest.mark.parametrize(
    "fields",
    [
        [],
        [("kind", "drop table")],
        [("kind", "join"), ("person", "i-" + "0" * 24), ("given", "J. Hale")],
        [("kind", "join"), ("person", "Jon Hale"), ("given", "")],
        [("kind", "join"), ("person", "Jon Hale"), ("given", "\x00\x07")],
        [("kind", "join"), ("person", "Jon Hale"), ("given", "x" * 501)],
        [("kind", "rename"), ("person", "Jon Hale"), ("given", "\u202e")],
        [("kind", "part"), ("person", "Jon Hale"), ("name", "Jon Hale")],
        [("kind", "separate"), ("person", "Jon Hale"), ("given", "pilot")],
        [("kind", "separate"), ("person", "Jon Hale"), ("given", "pilot"), ("report", "r-%")],
        [("kind", "undo"), ("given", "j-none")],
        [("judgement", "[")],
        [("judgement", "[" * 50_000)],
        [("judgement", '["merge", {"names": [["a", ""]]}]')],
        [("judgement", '["merge", 5]')],
        [("judgement", '["erase", {}]')],
        [("judgement", json.dumps(["merge", {"names": [["a", ""]] * 301, "others": [["b", ""]]}]))],
        [("pair:", "same")],
        [("pair:i-1:i-2", "same")],
        [("pair:i-1", "different")],
    ],
)
@pytest.mark.parametrize("do", ["decide", "preview"])
def test_what_cannot_be_decided_is_told(
    names: Pages, fields: list[tuple[str, str]], do: str
) -> None:
    answer = send(names, [*fields, ("do", do)])
    assert 400 <= answer.status_code < 500, answer.text
    assert read_judgements(names) == []


def test_hostile_names_and_reasons_stay_text(names: Pages) -> None:
    person = get_identity(names.paths, "Jon Hale")
    fields = [("kind", "join"), ("person", person), ("given", f"Pilot {HOSTILE}")]
    more = [("reason", HOSTILE), ("author", HOSTILE), ("next", f"/speakers/{person}?x={HOSTILE}")]
    for do in ("preview", "decide"):
        answer = send(names, [*fields, *more, ("do", do)])
        assert HOSTILE not in answer.text
        assert HOSTILE not in answer.headers.get("location", "")
    for path in ("/names/decisions", f"/speakers/{person}", "/names"):
        page = names.ask(path, headers={"Cookie": f"sayso_author={HOSTILE}"}).text
        assert HOSTILE not in page
        assert "alert(1)" in page


@pytest.mark.parametrize(
    "given",
    ["https://evil.example/names", "//evil.example/names", "/\\evil.example", "javascript:alert(1)",
     "/names\r\nSet-Cookie: a=b", "names", "", "/static/app.js", "/judge"],
)  # fmt: skip
def test_a_form_leads_to_no_page_but_ours(names: Pages, given: str) -> None:
    pair = find_pair(names, "Jon Hale", "J. Hale")
    answer = send(names, [(f"pair:{pair}", "unsure"), ("do", "decide"), ("next", given)])
    assert answer.status_code == 303
    assert re.match(r"/names(%20Set-Cookie%3A%20a%3Db)?\?decided=", answer.headers["location"])


def test_pages_that_only_read_have_no_forms_that_write(names: Pages) -> None:
    only = Pages(names.paths)
    only.app = make_app(names.paths, read_only=True)
    person = get_identity(names.paths, "Jon Hale")
    for path in ("/names", "/names/decisions", f"/speakers/{person}"):
        page = only.ask(path)
        assert page.status_code == 200 and 'method="post"' not in page.text
    body = urlencode([("kind", "rename"), ("person", person), ("given", "X"), ("token", "")])
    answer = only.ask("/judge", method="POST", content=body, headers=FORM)
    assert answer.status_code == 403
    only.app.state.pool.close()


def test_the_twins_have_every_pair_and_decision(names: Pages) -> None:
    pair = find_pair(names, "Jon Hale", "J. Hale")
    rows = names.rows("/names.json")
    assert f"{rows[0]['identity_id']}:{rows[0]['other_identity_id']}" == read_pairs(names)[0]
    assert names.rows("/names.json?q=sovan") == []
    send(names, [(f"pair:{pair}", "same"), ("do", "decide")])
    lines = names.ask("/names/decisions.csv").text.splitlines()
    assert len(lines) == 2 and '""names""' in lines[1]
    assert make_groups(["Jon Hale", "J. Hale"]) <= list_groups(names.paths)


def test_an_address_of_the_queue_that_makes_no_sense_is_told(names: Pages) -> None:
    for after in ("x", "5", "-", "1-x", "9" * 20 + "-1", "1-" + "9" * 16, "²-1"):
        assert names.ask(f"/names?after={after}").status_code == 400, after
    assert names.ask("/names?q=" + "x" * 2001).status_code == 400
    assert names.ask("/names?decided=" + "j-1." * 900).status_code == 200
    assert names.ask("/names.xml").status_code == 404


def test_names_that_are_perhaps_two_people_lead_to_their_reports(tmp_path: Path) -> None:
    paths = create_ledger(tmp_path / "two.sayso")
    titles = ("Rep.", "Adm.", "Rep.", "Adm.", "Rep.")
    load_findings(
        paths, *(make_titled("Mara Sovan", t, day(2031, 1, n + 1), n) for n, t in enumerate(titles))
    )
    pages = Pages(paths)
    end = time.monotonic() + 20
    while "perhaps two people</h2>" not in (page := pages.ask("/names").text):
        assert time.monotonic() < end and "are being looked for" in page
        time.sleep(0.02)
    assert "Rep. in 3 reports, Adm. in 2 of the same time" in page
    [link] = re.findall(r'href="(/speakers/[^"]+apart=1)#apart"', page)
    there = pages.ask(html.unescape(link)).text
    assert '<details id="apart" open>' in there
    boxes = re.findall(r'name="report" value="[^"]+"( checked)?', there)
    assert boxes == [" checked"] * 2 + [""] * 3
    assert 'value="Adm."' in there
    pages.app.state.pool.close()
