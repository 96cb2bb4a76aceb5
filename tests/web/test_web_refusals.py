"""Who may ask, and the headers on every answer, whatever goes wrong."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from web_loops import run_apart
from web_pages import Pages

from sayso.ledger import queries
from sayso.web.safety import HEADERS, Guard
from sayso.web.views import about, reader

TOKEN = "t0ken"
OURS = ("127.0.0.1", "localhost", "[::1]", "wiki.example")


def knock(headers: list[tuple[bytes, bytes]], *, method: str = "GET") -> tuple[int, dict[str, str]]:
    """The status and headers that a guard before an application of nothing gives."""

    async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    guard = Guard(nothing, hosts=OURS, token=TOKEN)
    scope = {"type": "http", "method": method, "path": "/", "headers": headers}
    run_apart(lambda: guard(scope, receive, send))
    found = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:8177", "localhost", "LocalHost:80", "[::1]", "[::1]:65535",
     "wiki.example", "WIKI.example:1"],
)  # fmt: skip
def test_our_own_names_are_let_in(host: str) -> None:
    assert knock([(b"host", host.encode())])[0] == 204


@pytest.mark.parametrize(
    "host",
    ["", " ", ":8177", "evil.example", "evil.example:8177", "127.0.0.1.evil.example",
     "localhost.evil.example", "evil.example/localhost", "localhost@evil.example",
     "evil.example#localhost", "localhost:8177@evil.example", "localhost:evil", "localhost:80:80",
     "[::1]evil.example", "[::1]evil.example:80", "[::1", "::1", "[::2]", "[]", "127.1", "0.0.0.0",
     "2130706433", "0x7f.0.0.1", "localhost.", "localhost\t", "localhost,evil.example", "*"],
)  # fmt: skip
def test_every_other_name_is_refused(host: str) -> None:
    status, headers = knock([(b"host", host.encode())])
    assert status == 421
    assert {name.lower() for name in HEADERS} <= set(headers)


def test_a_request_without_a_host_is_refused() -> None:
    assert knock([])[0] == 421


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"])
def test_what_would_write_needs_our_origin_and_token(method: str) -> None:
    host, token = (b"host", b"localhost:8177"), (b"x-sayso-token", TOKEN.encode())
    own = (b"origin", b"http://localhost:8177")
    assert knock([host, own, token], method=method)[0] == 204
    for wrong in (
        [], [own], [token], [own, (b"x-sayso-token", b"")], [own, (b"x-sayso-token", b"t0ke")],
        [own, (b"x-sayso-token", "t0kén".encode())], [(b"origin", b"null"), token],
        [(b"origin", b"http://localhost"), token], [(b"origin", b"http://localhost:9"), token],
        [(b"origin", b"http://evil.example"), token], [(b"origin", b""), token],
        [(b"origin", b"http://localhost:8177.evil.example"), token],
        [(b"origin", b"http://localhost:8177/"), token],
        [(b"referer", b"http://localhost:8177/"), token],
    ):  # fmt: skip
        assert knock([host, *wrong], method=method)[0] == 403, wrong


def test_two_ledgers_have_two_tokens(pages: Pages) -> None:
    assert pages.app.state.token != Pages(pages.paths).app.state.token
    assert len(pages.app.state.token) >= 32


def check_headers(answer: Any) -> None:
    for name, value in HEADERS.items():
        if name != "Cache-Control":
            assert answer.headers[name] == value, name
    policy = answer.headers["content-security-policy"].split("; ")
    assert policy[0] == "default-src 'none'"
    assert "unsafe" not in " ".join(policy) and "*" not in " ".join(policy)
    assert "http:" not in " ".join(policy) and "data:" not in " ".join(policy)


@pytest.mark.parametrize("path", ["/", "/statements.json", "/reports/r-12345678/cite"])
def test_a_failure_that_nobody_foresaw_has_the_headers(
    pages: Pages, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def fail(*given: Any, **named: Any) -> Any:
        raise RuntimeError("a secret of the program")

    monkeypatch.setattr(about, "read_status", fail)
    monkeypatch.setattr(queries, "_ask", fail)
    monkeypatch.setattr(reader, "resolve_report_id", fail)
    answer = pages.ask(path)
    assert answer.status_code == 500
    check_headers(answer)
    assert "secret" not in answer.text
    if path.endswith(".json"):
        assert answer.json() == {"error": "the program failed; its log says more"}


def test_every_kind_of_refusal_has_the_headers(pages: Pages) -> None:
    own = {"origin": "http://127.0.0.1:8177", "x-sayso-token": pages.app.state.token}
    for path, options, status in (
        ("/nothing", {}, 404),
        ("/static/../app.py", {}, 404),
        ("/static/nothing.js", {}, 404),
        ("/static/app.js", {}, 200),
        ("/static/icon.svg", {"method": "HEAD"}, 200),
        ("/statements", {"method": "POST"}, 403),
        ("/statements", {"method": "POST", "headers": own}, 405),
        ("/static/app.js", {"method": "DELETE", "headers": own}, 404),
        ("/statements", {"headers": {"host": "evil.example"}}, 421),
        ("/statements/", {}, 307),
        ("/statements.json?page=0", {}, 400),
    ):
        answer = pages.ask(path, **options)
        assert answer.status_code == status, path
        check_headers(answer)
        assert status != 405 or "GET" in answer.headers["allow"]
        assert "access-control-allow-origin" not in answer.headers


def test_files_of_ours_are_those_and_no_others(pages: Pages) -> None:
    for path in ("/static/", "/static", "/static/../../app.py", "/static/%2e%2e/app.py",
                 "/static/..%2fapp.py", "/static/x/app.js", "/static//app.js", "/static/app.js/",
                 "/static/__init__.py", "/static/%00app.js"):  # fmt: skip
        answer = pages.ask(path)
        assert answer.status_code in (404, 307), path
    kinds = {"app.js": "text/javascript", "style.css": "text/css", "icon.svg": "image/svg+xml"}
    for name, kind in kinds.items():
        answer = pages.ask(f"/static/{name}")
        assert answer.headers["content-type"].startswith(kind)
        assert answer.headers["cache-control"] == "no-cache"
        versioned = pages.ask(f"/static/{name}?v={pages.app.state.asset}")
        assert "immutable" in versioned.headers["cache-control"]


def test_an_error_is_json_where_data_was_asked_for(pages: Pages) -> None:
    for path in ("/nothing.json", "/reports/r-00000000.csv", "/speakers/a%3Fb.json",
                 "/speakers/a%23b.csv", "/statements.csv?kind=x"):  # fmt: skip
        answer = pages.ask(path)
        assert answer.headers["content-type"] == "application/json", path
        assert answer.json()["error"] and answer.status_code in (400, 404)
    assert pages.ask("/nothing").headers["content-type"].startswith("text/html")


def test_an_answer_is_packed_for_who_takes_it(pages: Pages) -> None:
    for path in ("/statements", "/statements.json", "/static/style.css"):
        packed = pages.ask(path, headers={"accept-encoding": "gzip"})
        whole = pages.ask(path, headers={"accept-encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in whole.headers
        assert packed.content == whole.content, path


def test_an_order_that_a_list_has_not_is_refused(pages: Pages) -> None:
    for path in ("/speakers?order=newest", "/search?q=ferry&order=newest", "/reports?order=surest",
                 "/figures?order=unsurest", "/statements?order=largest"):  # fmt: skip
        assert pages.ask(path).status_code == 400, path
        told = pages.ask(path.replace("?", ".json?"))
        assert told.status_code == 400 and "it is one of" in told.json()["error"], path
