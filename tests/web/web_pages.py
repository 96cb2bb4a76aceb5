"""The pages of a ledger, called without a server."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from sayso.ledger.paths import LedgerPaths
from sayso.web.app import make_app


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
