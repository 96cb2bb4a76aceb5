"""`sayso serve` over a socket: what no well-behaved client would send."""

from __future__ import annotations

import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from ledger_samples import make_ledger, make_report

START_S = 60


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen[str], int]]:
    paths = make_ledger(tmp_path_factory.mktemp("s") / "s.sayso", [make_report(1)])
    process = subprocess.Popen(
        [sys.executable, "-m", "sayso", "serve", str(paths.folder), "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    port = None
    end = time.monotonic() + START_S
    while port is None and time.monotonic() < end and process.poll() is None:
        if select.select([process.stderr], [], [], 0.5)[0]:
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stderr.readline())
            port = found and int(found[1])
    assert port is not None
    yield process, port
    if process.poll() is None:
        process.kill()
    process.wait()
    process.stderr.close()


def say(port: int, data: bytes) -> bytes:
    """All that the server answers, until it closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(data)
        answer = b""
        while part := client.recv(1 << 16):
            answer += part
    return answer


def get_status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize(
    ("line", "headers", "status"),
    [
        (b"GET /about HTTP/1.1", [b"Host: 127.0.0.1"], 200),
        (b"GET /about HTTP/1.0", [], 421),
        (b"GET /about HTTP/1.1", [], 400),
        (b"GET /about HTTP/1.1", [b"Host: evil.example"], 421),
        (b"GET /about HTTP/1.1", [b"Host: 127.0.0.1", b"Host: evil.example"], 400),
        (b"GET http://evil.example/about HTTP/1.1", [b"Host: 127.0.0.1"], 404),
        (b"GET //evil.example/about HTTP/1.1", [b"Host: localhost"], 404),
        (b"GET /%ff%00%0d%0aX: y HTTP/1.1", [b"Host: localhost"], 400),
        (b"GET /reports/%ff%fe HTTP/1.1", [b"Host: localhost"], 400),
        (b"GET /speakers/%0d%0aX-Evil:1/ HTTP/1.1", [b"Host: localhost"], 307),
        (b"POST /about HTTP/1.1", [b"Host: localhost", b"Content-Length: 0"], 403),
        (b"GET /" + b"a" * 50_000 + b" HTTP/1.1", [b"Host: localhost"], 404),
        (b"OPTIONS * HTTP/1.1", [b"Host: localhost"], 403),
        (b"GET /about HTTP/1.1", [b"Host: localhost", b"X-Forwarded-Host: evil.example"], 200),
    ],
)
def test_odd_requests_are_answered_and_harm_nothing(
    served: tuple[subprocess.Popen[str], int], line: bytes, headers: list[bytes], status: int
) -> None:
    process, port = served
    data = b"\r\n".join([line, *headers, b"Connection: close", b"", b""])
    answer = say(port, data)
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert get_status(answer) == status, answer[:300]
    assert b"\r\nx-evil" not in head and b"evil.example" not in head
    assert b"\r\nserver:" not in head
    if status != 400:
        assert b"content-security-policy: default-src 'none'" in head
    assert process.poll() is None


def test_a_head_request_has_no_body(served: tuple[subprocess.Popen[str], int]) -> None:
    for path in (b"/about", b"/statements.csv", b"/static/app.js", b"/nothing"):
        request = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        answer = say(served[1], b"HEAD " + path + request)
        head, _, body = answer.partition(b"\r\n\r\n")
        assert body == b"" and b"content-type" in head.lower(), path


def test_whoever_goes_away_or_dawdles_holds_nobody_up(
    served: tuple[subprocess.Popen[str], int],
) -> None:
    port = served[1]
    idle = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(60)]
    for client in idle[:30]:
        client.sendall(b"GET /statements HTTP/1.1\r\nHost: loc")
    for client in idle[30:]:
        client.sendall(b"GET /statements.csv HTTP/1.1\r\nHost: localhost\r\n\r\n")
        client.close()
    begun = time.monotonic()
    ask = b"GET /about HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert get_status(say(port, ask)) == 200
    assert time.monotonic() - begun < 10
    for client in idle[:30]:
        client.close()


def test_it_ends_when_told_and_says_nothing_of_it(
    served: tuple[subprocess.Popen[str], int],
) -> None:
    process = served[0]
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
