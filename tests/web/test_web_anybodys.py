"""The page of a name that bodies of several states have says so."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "identify")]

from claim_samples import PIER, Told, link, load  # noqa: E402
from test_web_crawl import check  # noqa: E402
from web_pages import Pages  # noqa: E402

from sayso.ledger.paths import create_ledger  # noqa: E402

NOTE = "Bodies of several states"


def test_a_ministry_without_a_land_may_be_several(tmp_path: Path) -> None:
    paths = create_ledger(tmp_path / "news.sayso")
    speakers = ("Foreign Ministry", "Kavrian Foreign Ministry")
    load(paths, [Told(who, ((who, "says", PIER),)) for who in speakers])
    link(paths)
    pages = Pages(paths)
    for name, said in (("foreign%20ministry", True), ("kavrian%20foreign%20ministry", False)):
        answer = pages.ask(f"/speakers/{name}", follow_redirects=True)
        assert answer.status_code == 200
        check(f"/speakers/{name}", answer.text)
        assert (NOTE in answer.text) is said
    pages.app.state.pool.close()
