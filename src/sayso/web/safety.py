"""Who may ask, and what a browser may do with the answer.

- Another site's page can send requests to this machine: a request whose Host is not ours is
  refused (DNS rebinding), and one that would change something must come from a page of ours, with
  the token that only our pages hold, as a header or as a field of the form.
- Report text is hostile: no script but our own files, no style in the page, nothing from any other
  address, no frame around us.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_HEADER = "X-Sayso-Token"
TOKEN_FIELD = "token"
FORM_TYPE = "application/x-www-form-urlencoded"
MAX_FORM_BYTES = 1_000_000
MAX_FIELDS = 5_000
_NOT_SERVED = "sayso is not served under this name; --allow-host NAME lets it be\n"
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:/?#@\[\]]+)(?::\d{1,5})?\Z", re.ASCII)
READING = frozenset(("GET", "HEAD"))
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # without it a browser hides where a form comes from
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "private, no-cache",
}


class Guard:
    """ASGI middleware: refuses what is not for us and marks every answer."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], token: str | None) -> None:
        """hosts: names and addresses by which we may be called, without a port, lower case.
        token: what a writing request must carry; None: none may write."""
        self._app = app
        self._hosts = frozenset(hosts)
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refuse(scope["method"], headers)
        if refusal is None and scope["method"] not in READING:
            refusal, receive = await self._check_token(headers, receive)

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                marked = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    marked.setdefault(name, value)
            await send(message)

        if refusal is None:
            await self._app(scope, receive, send_marked)
        else:
            await refusal(scope, receive, send_marked)

    def _refuse(self, method: str, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "")
        name = _name_of(host)
        if not name or name not in self._hosts:
            return PlainTextResponse(_NOT_SERVED, status_code=421)
        if method in READING:
            return None
        if self._token is None:
            return PlainTextResponse("these pages only read\n", status_code=403)
        origin = headers.get("origin")
        if origin not in (f"http://{host}", f"https://{host}"):
            return PlainTextResponse("not from a page of this ledger\n", status_code=403)
        return None

    async def _check_token(
        self, headers: Headers, receive: Receive
    ) -> tuple[PlainTextResponse | None, Receive]:
        """Return the refusal of a request without our token, and what the application receives
        then: the form has been read here."""
        given = headers.get(TOKEN_HEADER)
        if given is None and headers.get("content-type", "").partition(";")[0] == FORM_TYPE:
            body = await _read_body(receive)
            if body is None:
                return PlainTextResponse("this form is too long\n", status_code=413), receive
            try:
                fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=MAX_FIELDS)
            except ValueError:
                return PlainTextResponse("this form is too long\n", status_code=413), receive
            given = fields.get(TOKEN_FIELD, [""])[0]
            receive = _send_again(body, receive)
        if not hmac.compare_digest((given or "").encode(), (self._token or "").encode()):
            stale = PlainTextResponse("this page is out of date; reload it\n", status_code=403)
            return stale, receive
        return None, receive


async def _read_body(receive: Receive) -> bytes | None:
    """Return the body of a request; None where it is longer than a form of ours."""
    pieces, size = [], 0
    while True:
        message = await receive()
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > MAX_FORM_BYTES:
            return None
        if not message.get("more_body", False):
            return b"".join(pieces)


def _send_again(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body that was read already once more, then whatever comes."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _name_of(host: str) -> str:
    """Return the Host header without its port: `localhost:8177`, `[::1]:8177`; empty where it is no
    host."""
    match = _HOST.match(host)
    return match[1].lower() if match else ""
