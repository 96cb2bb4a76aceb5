"""The pages of a ledger, called without a server."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
from ledger_samples import READ_AT

from sayso.ledger.database import open_writer
from sayso.ledger.loader import load_pending
from sayso.ledger.paths import LedgerPaths, create_ledger
from sayso.ledger.shards import write_findings_shard, write_read_shard
from sayso.records.findings import Findings
from sayso.web.app import make_app


def load_found(folder: Path, found: Sequence[Findings]) -> LedgerPaths:
    """Make a ledger of these findings and their reports."""
    paths = create_ledger(folder)
    reports = [one.report for one in found]
    write_read_shard(paths, "r1", "0", reports, [None] * len(reports), ())
    write_findings_shard(paths, "f1", "0", found)
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection, read_at=READ_AT)
    return paths


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

        # In a thread of its own: the browser of other tests keeps a loop running in this one.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(call())).result()

    def rows(self, path: str) -> list[dict[str, Any]]:
        return list(self.ask(path).json()["rows"])
