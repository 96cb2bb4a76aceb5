"""The guard by itself, and that no answer of the pages goes without its headers."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message
from web_pages import Pages

from sayso.web.safety import HEADERS, TOKEN_HEADER, Guard

TOKEN = "right-token"
HOSTS = ("127.0.0.1", "localhost", "[::1]", "ledger.example")


def call(
    method: str, headers: list[tuple[str, str]], answer: PlainTextResponse | None = None
) -> tuple[int, dict[str, str]]:
    """Return status and headers of what a guarded application answers."""
    guard = Guard(answer or PlainTextResponse("passed"), hosts=HOSTS, token=TOKEN)
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
    scope: dict[str, Any] = {"type": "http", "method": method, "path": "/", "headers": raw}
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        await guard(scope, receive, send)

    with ThreadPoolExecutor(1) as thread:  # a browser of other tests keeps a loop in this one
        thread.submit(lambda: asyncio.run(run())).result()
    assert [m["type"] for m in sent] == ["http.response.start", "http.response.body"]
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    assert len(found) == len(sent[0]["headers"])
    return sent[0]["status"], found


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost", 200), ("localhost:1", 200), ("LocalHost:8177", 200), ("[::1]", 200),
     ("[::1]:8177", 200), ("ledger.example:443", 200), (None, 421), ("", 421), (":8177", 421),
     ("::1", 421), ("[::2]:8177", 421), ("[::1", 421), ("localhost.", 421), (" localhost", 421),
     ("localhost.evil.example", 421), ("evil.example", 421), ("evil.example:8177", 421),
     ("127.0.0.1.evil.example:8177", 421), ("127.1", 421), ("0.0.0.0", 421),
     ("user@localhost", 421), ("localhost@evil.example", 421), ("localhóst", 421)],
)  # fmt: skip
def test_only_our_names_are_served(host: str | None, status: int) -> None:
    found, headers = call("GET", [] if host is None else [("Host", host)])
    assert found == status
    assert all(headers[name.lower()] == value for name, value in HEADERS.items())


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get"])
@pytest.mark.parametrize(
    ("origin", "token", "status"),
    [("http://localhost:8177", TOKEN, 200), ("https://localhost:8177", TOKEN, 200),
     (None, TOKEN, 403), ("null", TOKEN, 403), ("", TOKEN, 403),
     ("http://evil.example", TOKEN, 403), ("http://localhost", TOKEN, 403),
     ("http://localhost:8178", TOKEN, 403), ("http://localhost:8177/", TOKEN, 403),
     ("http://localhost:8177.evil.example", TOKEN, 403), ("ftp://localhost:8177", TOKEN, 403),
     ("http://localhost:8177", None, 403), ("http://localhost:8177", "", 403),
     ("http://localhost:8177", "right-toke", 403), ("http://localhost:8177", "RIGHT-TOKEN", 403),
     ("http://localhost:8177", "rïght-token", 403)],
)  # fmt: skip
def test_a_writing_request_needs_our_page_and_its_token(
    method: str, origin: str | None, token: str | None, status: int
) -> None:
    headers = [("Host", "localhost:8177")]
    headers += [] if origin is None else [("Origin", origin)]
    headers += [] if token is None else [(TOKEN_HEADER, token)]
    found, marked = call(method, headers)
    assert found == status
    assert marked["content-security-policy"].startswith("default-src 'none'; ")


def test_a_foreign_host_is_refused_before_its_token_is_read() -> None:
    headers = [("Host", "evil.example"), ("Origin", "http://evil.example"), (TOKEN_HEADER, TOKEN)]
    assert call("POST", headers)[0] == 421


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_needs_no_token_and_a_stricter_policy_stays(method: str) -> None:
    strict = PlainTextResponse("x", headers={"Content-Security-Policy": "sandbox"})
    status, headers = call(method, [("Host", "localhost"), ("Origin", "null")], strict)
    assert status == 200
    assert headers["content-security-policy"] == "sandbox"
    assert headers["x-content-type-options"] == "nosniff"


def test_every_answer_of_the_pages_has_the_headers(pages: Pages) -> None:
    report = pages.rows("/reports.json")[0]["report_id"]
    for path, status in [
        ("/", 200),
        ("/about.json", 200),
        ("/about.csv", 200),
        ("/statements.json", 200),
        ("/statements.csv", 200),
        (f"/reports/{report}.json", 200),
        (f"/reports/{report[:9]}", 307),
        ("/static/style.css", 200),
        ("/static/style.css?v=1", 200),
        ("/static/nope.css", 404),
        ("/static/../app.py", 404),
        ("/statements/", 307),
        ("/nope", 404),
        ("/nope.json", 404),
        ("/statements?page=0", 400),
        ("/statements.csv?page=0", 400),
    ]:
        for method in ("GET", "HEAD"):
            answer = pages.ask(path, method=method)
            assert answer.status_code == status, (method, path)
            for name, value in HEADERS.items():
                if name != "Cache-Control":
                    assert answer.headers[name] == value, (method, path)
            kept = "immutable" in answer.headers["cache-control"]
            assert kept == path.startswith("/static/style.css?v="), path
            assert "server" not in answer.headers and "set-cookie" not in answer.headers


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert set(policy.values()) == {"'none'", "'self'"}


def test_the_token_is_new_for_each_start_and_on_no_page_that_only_reads(pages: Pages) -> None:
    other = Pages(pages.paths)
    assert pages.app.state.token != other.app.state.token
    assert len(pages.app.state.token) >= 32
    for path in ("/", "/statements", "/about", "/about.json", "/static/app.js"):
        assert pages.app.state.token not in pages.ask(path).text
    other.app.state.pool.close()
