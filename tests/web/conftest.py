"""A small ledger, its pages called without a server, and hostile texts in every field."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))

from ledger_samples import day, make_ledger, make_report

from sayso.ledger.paths import LedgerPaths
from sayso.web.app import make_app

SCRIPT = "<script>alert(1)</script>"


class Pages:
    """The application over a ledger: `get` gives an answer as a browser on this machine would."""

    def __init__(self, paths: LedgerPaths) -> None:
        self.paths = paths
        self.app = make_app(paths)

    def ask(self, path: str, *, method: str = "GET", **options: Any) -> httpx.Response:
        async def call() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
            base = "http://127.0.0.1:8177"
            async with httpx.AsyncClient(transport=transport, base_url=base) as client:
                return await client.request(method, path, **options)

        return asyncio.run(call())

    def rows(self, path: str) -> list[dict[str, Any]]:
        return list(self.ask(path).json()["rows"])


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Pages]:
    reports = [make_report(n, published=day(2031, 3, n + 1)) for n in range(5)]
    hostile = replace(
        make_report(5),
        title=f"{SCRIPT} title",
        outlet=f"{SCRIPT} outlet",
        byline=f"{SCRIPT} byline",
        dateline=f"{SCRIPT} dateline",
        url="javascript:alert(1)",
        path=f"/{SCRIPT}.txt",
    )
    old = make_report(6, url="https://example.org/six", published=day(2031, 1, 1))
    new = make_report(
        6, url="https://example.org/six", published=day(2031, 1, 2), words=" It was late."
    )
    made = Pages(make_ledger(tmp_path / "pages.sayso", [*reports, hostile, old], [new]))
    yield made
    made.app.state.pool.close()
